"""Positions on paper, one at a time: entered a minute late, left at a stop, a target or in time, after costs.

Prices are last prices on a grid of minutes, NaN for a minute that is not held; touches inside a minute are unseen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any, Protocol, Self

import numpy as np
import numpy.typing as npt

from include.evaluation.bootstrap import Interval, block_bootstrap

Array = npt.NDArray[np.float64]
Seconds = npt.NDArray[np.int64]
Places = npt.NDArray[np.int64]

BPS = 10_000
MINUTES_A_DAY = 1440
SECONDS_A_DAY = 86_400
DAYS_A_YEAR = 365


class Rules(Protocol):
    """What a trade costs and when it is left early, as the settings of the signals have it.

    Attributes
    ----------
    cost_bps_per_side
        Paid at entry and at exit, basis points.
    stop_loss_volatilities, take_profit_volatilities
        How far the barriers are, in volatilities of the horizon.
    """

    @property
    def cost_bps_per_side(self) -> float: ...

    @property
    def stop_loss_volatilities(self) -> float: ...

    @property
    def take_profit_volatilities(self) -> float: ...


@dataclass(frozen=True)
class Order:
    """A decision to trade: the minute that was decided (its place on the grid), +1 buy or −1 sell, and the barriers' prices."""

    minute: int
    direction: int
    stop: float
    target: float


@dataclass(frozen=True, eq=False)
class Orders:
    """Orders as columns, in order of their minutes, shape (orders,) each; what they mean stands at `Order`."""

    minute: npt.NDArray[np.int64]
    direction: npt.NDArray[np.int8]
    stop: Array
    target: Array

    @classmethod
    def of(cls, orders: Iterable[Order]) -> Self:
        """The columns of these orders."""
        listed = list(orders)
        return cls(
            np.array([one.minute for one in listed], dtype=np.int64),
            np.array([one.direction for one in listed], dtype=np.int8),
            np.array([one.stop for one in listed], dtype=np.float64),
            np.array([one.target for one in listed], dtype=np.float64),
        )

    def __len__(self) -> int:
        return len(self.minute)

    def __getitem__(self, row: int) -> Order:
        return Order(int(self.minute[row]), int(self.direction[row]), float(self.stop[row]), float(self.target[row]))


def barrier_prices(
    reference_price: Array,
    volatility_per_minute: Array,
    direction: npt.NDArray[np.integer],
    horizon: timedelta,
    rules: Rules,
) -> tuple[Array, Array]:
    """Stop and target prices: the reference price moved by multiples of the horizon's volatility, as log returns.

    The horizon's volatility is that of a minute times the square root of the horizon in minutes.

    Parameters
    ----------
    reference_price, volatility_per_minute, direction
        Of each row, shape (rows,); the direction is +1 buy or −1 sell.
    """
    sigma = volatility_per_minute * np.sqrt(horizon / timedelta(minutes=1))
    stop = reference_price * np.exp(-direction * rules.stop_loss_volatilities * sigma)
    target = reference_price * np.exp(direction * rules.take_profit_volatilities * sigma)
    return stop, target


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
    orders: Orders | Iterable[Order], price: Array, horizon_minutes: int, cost_bps_per_side: float
) -> tuple[list[Position], int]:
    """The positions of a rule that holds one at a time, and how many orders had no held minute to enter at.

    An order of the minute t is entered at the price of t + 1. A barrier is touched at the first price after the entry,
    at most a horizon later, that is at or beyond it, and fills at the next minute's price; without a touch the position
    is left at the price a horizon after the entry. Where that minute is not held, at the next one that is. The next
    position may be entered at the minute of the exit.

    The time is that of the positions, however many orders there are between them.

    Parameters
    ----------
    orders
        In order of their minutes.
    price
        Shape (minutes,), the last one held. An order whose horizon and the minute after it are not within opens nothing.
    """
    orders = _within(orders if isinstance(orders, Orders) else Orders.of(orders), len(price) - horizon_minutes - 1)
    is_held, entry = np.isfinite(price), orders.minute + 1
    held, enterable = np.flatnonzero(is_held), np.flatnonzero(is_held[entry])
    entries = entry[enterable]
    taken: list[Position] = []
    place = 0  # among the enterable orders
    while place < len(enterable):
        one = _carry_out(orders[int(enterable[place])], price, held, horizon_minutes, cost_bps_per_side)
        taken.append(one)
        place = int(entries.searchsorted(one.exited))
    return taken, _not_entered(entry[~is_held[entry]], taken)


def _within(orders: Orders, entered_before: int) -> Orders:
    """The orders that are entered at a place on the grid before that one."""
    kept = slice(np.searchsorted(orders.minute, entered_before - 1))
    return Orders(orders.minute[kept], orders.direction[kept], orders.stop[kept], orders.target[kept])


def _not_entered(missed: Places, taken: Sequence[Position]) -> int:
    """How many of the entry minutes that are not held lie outside the positions, where they would have opened one."""
    begun = np.searchsorted([one.entered for one in taken], missed)
    ended = np.searchsorted([one.exited for one in taken], missed)
    return int((begun == ended).sum())


def _carry_out(order: Order, price: Array, held: Places, horizon_minutes: int, cost_bps_per_side: float) -> Position:
    entered = order.minute + 1
    due, reason = _exit(order, price[entered + 1 : entered + horizon_minutes + 1])
    exited = int(held[held.searchsorted(entered + due)])
    entry_price, exit_price = float(price[entered]), float(price[exited])
    net_return = order.direction * (exit_price / entry_price - 1) - 2 * cost_bps_per_side / BPS
    return Position(order, entered, exited, entry_price, exit_price, reason, exited != entered + due, net_return)


def _exit(order: Order, price: Array) -> tuple[int, str]:
    """Minutes from the entry to the exit, and why, from the prices after the entry up to the horizon."""
    low, high = (order.stop, order.target) if order.direction > 0 else (order.target, order.stop)
    touched = (price <= low) | (price >= high)
    first = int(touched.argmax())
    if not touched[first]:
        return len(price), "TIME"
    return first + 2, "STOP" if order.direction * (price[first] - order.stop) <= 0 else "TARGET"


def equity(positions: Sequence[Position], price: Array, cost_bps_per_side: float) -> Array:
    """What a stake of 1 is worth at each minute, all of it in each position, shape (minutes,).

    An open position is valued at the last held price, one side's cost paid at its entry and the other's at its exit.
    """
    minutes = np.arange(len(price))
    seen = price[np.maximum.accumulate(np.where(np.isfinite(price), minutes, 0))]
    ended = np.searchsorted([one.exited for one in positions], minutes, side="right")
    is_open = np.searchsorted([one.entered for one in positions], minutes, side="right") > ended
    # before each position, and after the last
    stakes: Array = np.cumprod([1.0, *(1 + one.net_return for one in positions)], dtype=np.float64)
    worth: Array = stakes[ended]
    now = ended[is_open]
    entry_price = np.array([one.entry_price for one in positions])[now]
    direction = np.array([one.order.direction for one in positions])[now]
    worth[is_open] *= 1 + direction * (seen[is_open] / entry_price - 1) - cost_bps_per_side / BPS
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


def daily_sharpe(daily: Array) -> float | None:
    """Mean over standard deviation of daily returns; None for fewer than two days, or for days that never vary."""
    if len(daily) < 2 or np.ptp(daily) == 0:
        return None
    return float(daily.mean() / daily.std(ddof=1))


def yearly_sharpe(daily: Array) -> float | None:
    """`daily_sharpe` × √365."""
    of_a_day = daily_sharpe(daily)
    return None if of_a_day is None else a_year(of_a_day)


def a_year(sharpe_of_a_day: float) -> float:
    """A Sharpe ratio of a day as that of a year, of which every day is one."""
    return float(sharpe_of_a_day * np.sqrt(DAYS_A_YEAR))


def max_drawdown(worth: Array) -> float:
    """The largest loss from an earlier height, a fraction; the stake of 1 before the first minute counts as one."""
    heights = np.maximum(np.maximum.accumulate(worth), 1.0)
    return float((1 - worth / heights).max())
