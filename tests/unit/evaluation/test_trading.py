"""The signals' rule on paper: which minutes it trades, what a day brings, and what it is shown beside."""

from __future__ import annotations

import math
from datetime import date, timedelta
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from include.evaluation.decision import Decisions
from include.evaluation.positions import Position
from include.evaluation.trading import Paper, Prices, positions_on_paper, trade_on_paper

HOLE = math.nan
MIDNIGHT = 20_000 * 86_400  # 2024-10-04
DAY = 1440
FREE = SimpleNamespace(cost_bps_per_side=0.0, stop_loss_volatilities=1e6, take_profit_volatilities=1e6)


def decisions(rows: int, buys: dict[int, int], undecided: int = 0) -> Decisions:
    """HOLD but for those rows, +1 or −1 each with an edge of 1 bp; the first `undecided` rows without a decision."""
    edge, direction = np.full(rows, -1.0), np.ones(rows, dtype=np.int8)
    for row, side in buys.items():
        edge[row], direction[row] = 1.0, side
    prediction = np.ones(rows, dtype=np.int8)
    prediction[:undecided], edge[:undecided], direction[:undecided] = -1, np.nan, 0
    return Decisions(prediction, edge, direction)


def trade(price: Any, said: Decisions, minutes: int = 3, rules: Any = FREE, volatility: float = 1e-4) -> Paper:
    """On a path from midnight on; the decisions are those of its first minutes."""
    path = np.asarray(price, dtype=np.float64)
    prices = Prices.on_a_grid(MIDNIGHT + 60 * np.arange(len(path)), path)
    ts = MIDNIGHT + 60 * np.arange(len(said.prediction))
    found = trade_on_paper(
        prices, ts, said, np.full(len(ts), volatility, np.float32), timedelta(minutes=minutes), rules, seed=7
    )
    assert found is not None
    return found


def test_the_grid_holds_a_place_for_every_minute() -> None:
    """From the first to the last price; a minute that is not there, or without a price above 0, is a hole."""
    ts = MIDNIGHT + 60 * np.array([0, 1, 3, 4, 5, 6])
    found = Prices.on_a_grid(ts, np.array([HOLE, 100.0, 101.0, 0.0, 102.0, HOLE]))
    assert found.first_ts == MIDNIGHT + 60
    np.testing.assert_array_equal(found.price, [100.0, HOLE, 101.0, HOLE, 102.0])
    assert found.place(ts[1:3]).tolist() == [0, 2]


def test_a_cut_reaches_to_a_held_minute() -> None:
    """A span ends at the first held minute at or after its end, or where the prices end."""
    prices = Prices(0, np.array([1.0, 2.0, HOLE, HOLE, 5.0, 6.0]))
    assert prices.between(60, 120).price.tolist()[::3] == [2.0, 5.0]
    assert prices.between(60, 6000).price.tolist()[-1] == 6.0
    assert prices.between(60, 6000).first_ts == 60


def test_a_trade_by_hand() -> None:
    """Bought a minute late at 101 and left 3 minutes later at 103 with 7 bp a side; held from 100 to 99, the last decided."""
    price = [100, 101, 102, 99, 103, 104, 105]
    rules = SimpleNamespace(cost_bps_per_side=7.0, stop_loss_volatilities=1e6, take_profit_volatilities=1e6)
    found = trade(price, decisions(4, {0: 1}), rules=rules)
    net = 103 / 101 - 1 - 0.0014
    assert (found.money.trades, found.money.times, found.money.win_rate) == (1, 1, 1.0)
    assert found.money.mean_net_return_bps == pytest.approx(net * 10_000)
    assert found.money.net_return == pytest.approx(net)
    assert found.hold.net_return == pytest.approx(99 / 100 - 1 - 0.0014)
    assert found.first_day == date(2024, 10, 4)
    assert found.daily == pytest.approx([net])
    assert found.hold_daily == pytest.approx([99 / 100 - 1 - 0.0014])


def test_barriers_are_those_of_a_signal() -> None:
    """1 % a minute is 2 % over 4 minutes: sold at 100 with a stop of one of those, 102.02 does not touch and 102.03 does."""
    rules = SimpleNamespace(cost_bps_per_side=0.0, stop_loss_volatilities=1.0, take_profit_volatilities=9.0)
    below, above = (
        trade([100, 100, touch, 101, 100, 100, 100, 100], decisions(1, {0: -1}), 4, rules, 0.01).money
        for touch in (102.02, 102.03)
    )
    assert (below.times, below.stops) == (1, 0)
    assert (above.times, above.stops) == (0, 1)
    assert above.net_return == pytest.approx(1 - 101 / 100)


def test_only_the_decided_minutes_count() -> None:
    """The time begins with the first decided minute, and an undecided one opens nothing."""
    price = np.full(3 * DAY, 100.0)
    price[: DAY + 100] = 1.0
    found = trade(price, decisions(2 * DAY, {}, undecided=DAY + 100))
    assert (found.first_day, len(found.daily)) == (date(2024, 10, 5), 2)
    assert (found.money.trades, found.money.sharpe, found.hold.net_return) == (0, None, 0.0)


def test_idle_days_are_0() -> None:
    """+2 % on the first of three days and −1 % on the third: daily 2 %, 0, −1 %, and 1.02 × 0.99 in all."""
    price = np.full(3 * DAY + 10, 100.0)
    price[14:] *= 1.02
    price[2 * DAY + 14 :] *= 0.99
    found = trade(price, decisions(3 * DAY, {10: 1, 2 * DAY + 10: 1}))
    assert found.daily[:3] == pytest.approx([0.02, 0.0, -0.01])
    assert found.money.net_return == pytest.approx(1.02 * 0.99 - 1)
    assert np.prod(1 + found.daily) - 1 == pytest.approx(found.money.net_return)
    assert found.money.trades_a_day == pytest.approx(2 / 3, rel=1e-2)


def test_nothing_decided_is_no_paper() -> None:
    """With one fold no earlier rows tell the rule."""
    prices = Prices(MIDNIGHT, np.full(20, 100.0))
    ts = MIDNIGHT + 60 * np.arange(10)
    undecided = decisions(10, {}, undecided=10)
    assert trade_on_paper(prices, ts, undecided, np.full(10, 1e-4), timedelta(minutes=3), FREE, 7) is None


def test_the_columns_are_those_of_the_table() -> None:
    """Low and high are named for what they are of, and the days are a list from their first one on."""
    found = trade([100, 100, 100, 100, 110, 110, 110], decisions(1, {0: 1})).as_columns()
    assert found["trades"] == 1
    assert found["mean_net_return_bps"] == pytest.approx(1000.0)
    assert (found["net_return_low_bps"], found["net_return_high_bps"], found["sharpe"]) == (None, None, None)
    assert (found["daily_from"], found["daily_net_returns"]) == (date(2024, 10, 4), pytest.approx([0.1]))
    assert {name for name in found if name.startswith("hold")} == {
        "hold_net_return",
        "hold_sharpe",
        "hold_max_drawdown",
    }


RULES = SimpleNamespace(cost_bps_per_side=7.0, stop_loss_volatilities=1.0, take_profit_volatilities=1.5)


def market(seed: int) -> tuple[np.ndarray, Decisions]:
    """A random path of three days with holes, and decisions on the first two, of whose minutes a third are orders."""
    generator = np.random.default_rng(seed)
    price = 100 * np.exp(np.cumsum(generator.normal(0, 0.001, 3 * DAY)))
    price[1:-1][generator.random(3 * DAY - 2) < 0.02] = HOLE
    wanted = np.flatnonzero((generator.random(2 * DAY) < 1 / 3) & np.isfinite(price[: 2 * DAY]))
    sides = generator.choice([-1, 1], 2 * DAY)
    return price, decisions(2 * DAY, {int(row): int(sides[row]) for row in wanted})


def positions(price: np.ndarray, said: Decisions, minutes: int) -> list[Position]:
    ts = MIDNIGHT + 60 * np.arange(len(said.prediction))
    volatility = np.full(len(ts), 0.001)
    found, _ = positions_on_paper(Prices(MIDNIGHT, price), ts, said, volatility, timedelta(minutes=minutes), RULES)
    return found


@pytest.mark.parametrize("seed", range(5))
def test_nothing_before_an_exit_knows_what_comes_after_it(seed: int) -> None:
    """With every later price another one, the positions up to an exit and the days before it are the same."""
    price, said = market(seed)
    first = [one for one in positions(price, said, 30) if one.exited < DAY + 700]
    changed = np.where(np.arange(len(price)) > first[-1].exited, 1e4 / price, price)
    assert len(first) > 20
    assert positions(changed, said, 30)[: len(first)] == first
    before, after = (trade(path, said, 30, RULES, 0.001) for path in (price, changed))
    assert after.daily[0] == before.daily[0]
    assert after.daily[1] != before.daily[1]


@settings(max_examples=25)
@given(seed=st.integers(0, 10_000), minutes=st.integers(1, 240))
def test_positions_never_overlap(seed: int, minutes: int) -> None:
    """Whatever is ordered, the next one is entered at or after the exit, and the days' returns compound to the whole."""
    price, said = market(seed)
    found = positions(price, said, minutes)
    assert all(one.entered < one.exited for one in found)
    assert all(before.exited <= after.entered for before, after in pairwise(found))
    paper = trade(price, said, minutes, RULES, 0.001)
    assert paper.money.trades == len(found)
    assert np.prod(1 + paper.daily) - 1 == pytest.approx(paper.money.net_return)
