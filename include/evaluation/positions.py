"""Positions on paper, one at a time: entered a minute late, left at a stop, a target or in time, after costs.

Prices are last prices on a grid of minutes, NaN for a minute that is not held; touches inside a minute are unseen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from include.evaluation.bootstrap import Interval, block_bootstrap

Array = npt.NDArray[np.float64]
Seconds = npt.NDArray[np.int64]

BPS = 10_000
MINUTES_A_DAY = 1440
SECONDS_A_DAY = 86_400
DAYS_A_YEAR = 365


@dataclass(frozen=True)
class Order:
    """A decision to trade: the minute that was decided (its place on the grid), +1 buy or −1 sell, and the barriers' prices."""

    minute: int
    direction: int
    stop: float
    target: float


@dataclass(frozen=True)
class Position:
    """An order that was carried out.

    Attributes
    ----------
    entered, exited
        Places on the grid; the position is held in [entered, exited).
    reason
        STOP, TARGET, or TIME.
    is_late
        Whether the minute of the exit is not held, so that it was left at the next one that is.
    net_return
        Of the whole stake, a fraction, after the cost of both sides.
    """

    order: Order
    entered: int
    exited: int
    entry_price: float
    exit_price: float
    reason: str
    is_late: bool
    net_return: float


def take_positions(
    orders: Iterable[Order], price: Array, horizon_minutes: int, cost_bps_per_side: float
) -> tuple[list[Position], int]:
    """The positions of a rule that holds one at a time, and how many orders had no held minute to enter at.

    An order of the minute t is entered at the price of t + 1. A barrier is touched at the first price after the entry,
    at most a horizon later, that is at or beyond it, and fills at the next minute's price; without a touch the position
    is left at the price a horizon after the entry. Where that minute is not held, at the next one that is. The next
    position may be entered at the minute of the exit.

    Parameters
    ----------
    orders
        In order of their minutes.
    price
        Shape (minutes,), the last one held. An order whose horizon and the minute after it are not within opens nothing.
    """
    cost = 2 * cost_bps_per_side / BPS
    held = np.flatnonzero(np.isfinite(price))
    taken: list[Position] = []
    not_entered = free_from = 0
    for order in orders:
        entered = order.minute + 1
        if entered < free_from or entered + horizon_minutes + 1 >= len(price):
            continue
        if not np.isfinite(price[entered]):
            not_entered += 1
            continue
        due, reason = _exit(order, price[entered + 1 : entered + horizon_minutes + 1])
        exited = int(held[np.searchsorted(held, entered + due)])
        gross = order.direction * (price[exited] / price[entered] - 1)
        taken.append(
            Position(
                order,
                entered,
                exited,
                float(price[entered]),
                float(price[exited]),
                reason,
                exited != entered + due,
                float(gross - cost),
            )
        )
        free_from = exited
    return taken, not_entered


def _exit(order: Order, price: Array) -> tuple[int, str]:
    """Minutes from the entry to the exit, and why, from the prices after the entry up to the horizon."""
    stopped = order.direction * (price - order.stop) <= 0
    reached = order.direction * (price - order.target) >= 0
    touched = stopped | reached
    if not touched.any():
        return len(price), "TIME"
    first = int(touched.argmax())
    return first + 2, "STOP" if stopped[first] else "TARGET"


def equity(positions: Sequence[Position], price: Array, cost_bps_per_side: float) -> Array:
    """What a stake of 1 is worth at each minute, all of it in each position, shape (minutes,).

    An open position is valued at the last held price, one side's cost paid at its entry and the other's at its exit.
    """
    cost = cost_bps_per_side / BPS
    seen = price[np.maximum.accumulate(np.where(np.isfinite(price), np.arange(len(price)), 0))]
    worth = np.ones(len(price))
    for one in positions:
        stake = worth[one.entered]
        open_at = slice(one.entered, one.exited)
        worth[open_at] = stake * (1 + one.order.direction * (seen[open_at] / one.entry_price - 1) - cost)
        worth[one.exited :] = stake * (1 + one.net_return)
    return worth


def hold(price: Array, cost_bps_per_side: float) -> Position:
    """Buying at the first minute and selling at the last one, both held."""
    first, last, net = float(price[0]), float(price[-1]), 2 * cost_bps_per_side / BPS
    order = Order(-1, 1, 0.0, np.inf)
    return Position(order, 0, len(price) - 1, first, last, "TIME", False, last / first - 1 - net)


@dataclass(frozen=True)
class Money:
    """What positions brought after costs; None is unknown, never 0.

    Attributes
    ----------
    mean_net_return_bps, low, high
        Of a trade, with its 95 % interval from blocks of one UTC day.
    net_return, max_drawdown
        Of the stake over all minutes, fractions; the drawdown is that of the minutes' worth, open positions included.
    sharpe
        Of the daily net returns, days without a position 0, × √365; the first and last day may be parts.
    late_exits
        Exits at a later minute than due, since that one is not held.
    not_entered
        Orders that opened nothing, since the next minute is not held.
    """

    trades: int
    trades_a_day: float
    win_rate: float | None
    mean_net_return_bps: float | None
    low: float | None
    high: float | None
    net_return: float
    sharpe: float | None
    max_drawdown: float
    stops: int
    targets: int
    times: int
    late_exits: int
    not_entered: int

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def money(positions: Sequence[Position], not_entered: int, worth: Array, first_ts: int, seed: int) -> Money:
    """All numbers of some positions.

    Parameters
    ----------
    worth
        Their `equity`, shape (minutes,), one or more.
    first_ts
        Epoch seconds of the grid's first minute.
    """
    net = np.array([one.net_return for one in positions])
    reasons = [one.reason for one in positions]
    mean = _mean_bps(positions, net, first_ts, seed)
    return Money(
        trades=len(positions),
        trades_a_day=len(positions) * MINUTES_A_DAY / len(worth),
        win_rate=float((net > 0).mean()) if len(net) else None,
        mean_net_return_bps=mean.value,
        low=mean.low,
        high=mean.high,
        net_return=float(worth[-1] - 1),
        sharpe=yearly_sharpe(daily_returns(worth, first_ts)),
        max_drawdown=max_drawdown(worth),
        stops=reasons.count("STOP"),
        targets=reasons.count("TARGET"),
        times=reasons.count("TIME"),
        late_exits=sum(one.is_late for one in positions),
        not_entered=not_entered,
    )


def _mean_bps(positions: Sequence[Position], net: Array, first_ts: int, seed: int) -> Interval:
    decided = first_ts + 60 * np.array([one.order.minute for one in positions], dtype=np.int64)
    rows = np.column_stack([net * BPS, np.ones(len(net))])
    return block_bootstrap(lambda sums: sums[:, 0] / sums[:, 1], rows, decided, seed, block=timedelta(days=1))


def daily_returns(worth: Array, first_ts: int) -> Array:
    """Return of each UTC day, from the worth at the end of the day before (of the first day: 1), shape (days,)."""
    days = (first_ts + 60 * np.arange(len(worth), dtype=np.int64)) // SECONDS_A_DAY
    ends = worth[np.flatnonzero(np.append(np.diff(days) > 0, True))]
    returns: Array = ends / np.concatenate([[1.0], ends[:-1]]) - 1
    return returns


def yearly_sharpe(daily: Array) -> float | None:
    """Mean over standard deviation of daily returns, × √365; None for fewer than two days, or for days that never vary."""
    if len(daily) < 2 or np.ptp(daily) == 0:
        return None
    return float(daily.mean() / daily.std(ddof=1) * np.sqrt(DAYS_A_YEAR))


def max_drawdown(worth: Array) -> float:
    """The largest loss from an earlier height, a fraction; the stake of 1 before the first minute counts as one."""
    heights = np.maximum(np.maximum.accumulate(worth), 1.0)
    return float((1 - worth / heights).max())
