"""The signals' rule on paper over a walk-forward: orders where an edge was expected, and what they brought after costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from include.evaluation.decision import Decisions
from include.evaluation.positions import (
    Array,
    Money,
    Orders,
    Position,
    Rules,
    Seconds,
    barrier_prices,
    daily_returns,
    daily_sharpe,
    equity,
    hold,
    money,
    take_positions,
)

MINUTE = 60
PRICES = (1e-30, 1e30)  # not included


def is_price(price: Array) -> npt.NDArray[np.bool_]:
    """Which of the values the views take for a price."""
    return (price > PRICES[0]) & (price < PRICES[1])


@dataclass(frozen=True, eq=False)
class Prices:
    """Last prices on a grid of minutes.

    Attributes
    ----------
    first_ts
        Epoch seconds of the first minute, which is held.
    price
        Shape (minutes,), NaN for a minute that is not held; the last one is held.
    """

    first_ts: int
    price: Array

    @classmethod
    def on_a_grid(cls, ts: Seconds, price: Array) -> Self:
        """From the first to the last of some minutes with a price.

        Parameters
        ----------
        ts
            Epoch seconds, strictly increasing, shape (rows,).
        price
            Shape (rows,); where it is none, as `is_price` says, the minute is not held. One at least is.
        """
        held = np.flatnonzero(is_price(price))
        first_ts = int(ts[held[0]])
        grid = np.full((int(ts[held[-1]]) - first_ts) // MINUTE + 1, np.nan)
        grid[(ts[held] - first_ts) // MINUTE] = price[held]
        return cls(first_ts, grid)

    def place(self, ts: Seconds) -> npt.NDArray[np.int64]:
        """Where on the grid these minutes are."""
        return (ts - self.first_ts) // MINUTE

    def between(self, start: int, end: int) -> Prices:
        """The minutes from `start`, which is held, to the first held one at or after `end`, or the last there is."""
        first = (start - self.first_ts) // MINUTE
        held = np.flatnonzero(np.isfinite(self.price))
        last = held[min(int(np.searchsorted(held, (end - self.first_ts) // MINUTE)), len(held) - 1)]
        return Prices(start, self.price[first : last + 1])


@dataclass(frozen=True, eq=False)
class Paper:
    """What the rule brought on the out-of-sample minutes after costs, beside holding over the same.

    Attributes
    ----------
    money, hold
        Of the rule's positions, and of one bought at the first decided minute and sold at the last one.
    first_day
        UTC day of the first decided minute.
    daily, hold_daily
        Net return of each UTC day from then on, days without a position 0, shape (days,); the first and last day may be
        parts.
    """

    money: Money
    hold: Money
    first_day: date
    daily: Array
    hold_daily: Array

    @property
    def sharpe_of_a_day(self) -> float | None:
        """What a trial is counted with; None where nothing was traded."""
        return daily_sharpe(self.daily)

    def as_columns(self) -> dict[str, Any]:
        """By the names of the columns of `model_evaluations`."""
        rule, holding = self.money, self.hold
        return {
            "trades": rule.trades,
            "trades_a_day": rule.trades_a_day,
            "win_rate": rule.win_rate,
            "mean_net_return_bps": rule.mean_net_return_bps,
            "net_return_low_bps": rule.low,
            "net_return_high_bps": rule.high,
            "net_return": rule.net_return,
            "sharpe": rule.sharpe,
            "max_drawdown": rule.max_drawdown,
            "hold_net_return": holding.net_return,
            "hold_sharpe": holding.sharpe,
            "hold_max_drawdown": holding.max_drawdown,
            "daily_from": self.first_day,
            "daily_net_returns": self.daily.tolist(),
        }


def trade_on_paper(
    prices: Prices,
    ts: Seconds,
    decisions: Decisions,
    volatility_per_minute: npt.NDArray[np.floating],
    horizon: timedelta,
    rules: Rules,
    seed: int,
) -> Paper | None:
    """What the signals' rule would have brought: an order wherever an edge was expected, one position at a time.

    How an order is carried out stands at `take_positions`, its barriers at `barrier_prices`. The time is that from the
    first decided minute until the order of the last one can be left.

    Parameters
    ----------
    prices
        Every held minute, also those that were not scored.
    ts
        The out-of-sample minutes, epoch seconds, strictly increasing, each with a price, shape (rows,).
    decisions
        By rules from earlier folds; a row that is undecided opens nothing.
    volatility_per_minute
        Root mean square of one-minute log returns over the last hour, shape (rows,).
    seed
        Of the bootstrap's draws.

    Returns
    -------
    Paper or None
        None where no row was decided, since no fold has an earlier one.
    """
    decided = np.flatnonzero(decisions.prediction >= 0)
    if not len(decided):
        return None
    first, last = int(ts[decided[0]]), int(ts[decided[-1]])
    needed = horizon + timedelta(minutes=2)  # a minute late, held for the horizon, and filled a minute after a touch
    span = prices.between(first, last + round(needed.total_seconds()))
    taken = positions_on_paper(span, ts, decisions, volatility_per_minute, horizon, rules)
    held = [hold(span.price[: (last - first) // MINUTE + 1], rules.cost_bps_per_side)]
    worth, found = _money(*taken, span, rules, seed)
    hold_worth, holding = _money(held, 0, span, rules, seed)
    return Paper(
        money=found,
        hold=holding,
        first_day=datetime.fromtimestamp(first, tz=UTC).date(),
        daily=daily_returns(worth, first),
        hold_daily=daily_returns(hold_worth, first),
    )


def positions_on_paper(
    prices: Prices,
    ts: Seconds,
    decisions: Decisions,
    volatility_per_minute: npt.NDArray[np.floating],
    horizon: timedelta,
    rules: Rules,
) -> tuple[list[Position], int]:
    """The positions of `trade_on_paper` on the grid of these prices, and how many orders had no held minute to enter at."""
    wanted = np.flatnonzero(decisions.edge_bps > 0)
    minute, direction = prices.place(ts[wanted]), decisions.direction[wanted]
    volatility = volatility_per_minute[wanted].astype(np.float64)
    stop, target = barrier_prices(prices.price[minute], volatility, direction, horizon, rules)
    orders = Orders(minute, direction, stop, target)
    return take_positions(orders, prices.price, horizon // timedelta(minutes=1), rules.cost_bps_per_side)


def _money(positions: list[Position], not_entered: int, span: Prices, rules: Rules, seed: int) -> tuple[Array, Money]:
    worth = equity(positions, span.price, rules.cost_bps_per_side)
    return worth, money(positions, not_entered, worth, span.first_ts, seed)
