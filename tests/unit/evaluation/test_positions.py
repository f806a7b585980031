"""Positions on hand-made price paths: when they are entered and left, at which price, and what it brings."""

from __future__ import annotations

import math
from datetime import timedelta
from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest

from include.evaluation.positions import (
    Order,
    Orders,
    Position,
    barrier_prices,
    daily_returns,
    equity,
    hold,
    max_drawdown,
    money,
    take_positions,
    yearly_sharpe,
)

HOLE = math.nan
MIDNIGHT = 20_000 * 86_400


def path(*prices: float) -> np.ndarray:
    return np.array(prices, dtype=np.float64)


def buy(minute: int = 0, stop: float = 95.0, target: float = 105.0) -> Order:
    return Order(minute, 1, stop, target)


def sell(minute: int = 0, stop: float = 105.0, target: float = 95.0) -> Order:
    return Order(minute, -1, stop, target)


def only(order: Order, price: np.ndarray, horizon: int = 3, cost: float = 0.0) -> Position:
    taken, not_entered = take_positions([order], price, horizon, cost)
    assert not_entered == 0
    [position] = taken
    return position


def test_an_order_is_entered_a_minute_late_and_left_a_horizon_after_that() -> None:
    """Decided at 0, entered at the price of 1, left at the price of 1 + 3: 103 / 101 − 1."""
    found = only(buy(), path(100, 101, 102, 99, 103, 500, 500))
    assert (found.entered, found.exited, found.reason, found.is_late) == (1, 4, "TIME", False)
    assert (found.entry_price, found.exit_price) == (101, 103)
    assert found.net_return == pytest.approx(103 / 101 - 1)


def test_a_stop_fills_at_the_next_minutes_price() -> None:
    """94.9 is at minute 2; the fill is 90 at minute 3, worse than the stop at 95, and the later 105 is not seen."""
    found = only(buy(), path(100, 100, 94.9, 90, 105, 105))
    assert (found.exited, found.exit_price, found.reason) == (3, 90, "STOP")
    assert found.net_return == pytest.approx(-0.10)


def test_a_target_fills_at_the_next_minutes_price() -> None:
    """105 itself touches; the fill is 104 at the next minute, not the target."""
    found = only(buy(), path(100, 100, 105, 104, 90, 90))
    assert (found.exited, found.exit_price, found.reason) == (3, 104, "TARGET")


def test_a_touch_at_the_horizon_fills_a_minute_after_it() -> None:
    """The last price that is judged is that of entry + 3; one at entry + 4 touches nothing."""
    found = only(buy(), path(100, 100, 100, 100, 94, 97, 97))
    assert (found.exited, found.exit_price, found.reason) == (5, 97, "STOP")
    assert only(buy(), path(100, 100, 100, 100, 96, 94, 94)).reason == "TIME"


def test_the_prices_up_to_the_entry_touch_nothing() -> None:
    """A barrier that the decided and the entry minute lie beyond is judged from the next minute on."""
    found = only(buy(), path(90, 94, 96, 97, 98, 98))
    assert (found.entry_price, found.reason, found.exit_price) == (94, "TIME", 98)


@pytest.mark.parametrize(("last", "reason", "net"), [(106, "STOP", -0.06), (94, "TARGET", 0.06)])
def test_a_sale_is_the_mirror(last: float, reason: str, net: float) -> None:
    """A rise stops it and a fall is its gain: 1 − exit / entry."""
    found = only(sell(), path(100, 100, last, last, 100, 100))
    assert (found.reason, found.exited) == (reason, 3)
    assert found.net_return == pytest.approx(net)


def test_both_sides_cost() -> None:
    """7 bp a side: a position without a move loses 14 bp, a sale's as much as a purchase's."""
    flat = path(100, 100, 100, 100, 100, 100)
    assert only(buy(), flat, cost=7.0).net_return == pytest.approx(-0.0014)
    assert only(sell(), flat, cost=7.0).net_return == pytest.approx(-0.0014)


def test_positions_do_not_overlap() -> None:
    """With an order every minute, each is entered at the exit of the one before: 1–4, 4–7, 7–10."""
    price = path(*[100.0] * 12)
    taken, _ = take_positions([buy(minute) for minute in range(12)], price, 3, 0.0)
    assert [(one.entered, one.exited) for one in taken] == [(1, 4), (4, 7), (7, 10)]


def test_an_early_exit_frees_the_next_entry() -> None:
    """Stopped at 2 and out at 3, the order of minute 2 is entered at 3."""
    taken, _ = take_positions([buy(0), buy(1), buy(2, stop=80)], path(100, 100, 94, 94, 94, 94, 94, 94), 3, 0.0)
    assert [(one.order.minute, one.entered, one.exited) for one in taken] == [(0, 1, 3), (2, 3, 6)]


def test_an_order_near_the_end_opens_nothing() -> None:
    """Its horizon and the minute after it must be there, whether a barrier is touched or not."""
    price = path(100, 100, 94, 94, 94, 94)
    assert len(take_positions([buy(0)], price, 3, 0.0)[0]) == 1
    assert take_positions([buy(0)], price[:-1], 3, 0.0) == ([], 0)


def test_a_missing_exit_minute_is_left_at_the_next_held_one() -> None:
    """In time as after a touch, and counted as late."""
    timed = only(buy(), path(100, 100, 100, 100, HOLE, HOLE, 96, 96))
    assert (timed.exited, timed.exit_price, timed.reason, timed.is_late) == (6, 96, "TIME", True)
    stopped = only(buy(), path(100, 100, 94, HOLE, 93, 93))
    assert (stopped.exited, stopped.exit_price, stopped.reason, stopped.is_late) == (4, 93, "STOP", True)


def test_a_hole_hides_what_happened_in_it() -> None:
    """The first held price after it is what touches."""
    found = only(buy(), path(100, 100, HOLE, 94, 97, 97))
    assert (found.exited, found.reason, found.is_late) == (4, "STOP", False)


def test_an_order_without_an_entry_minute_is_counted() -> None:
    """The next minute is not held: nothing is opened, and the order after it is free to."""
    taken, not_entered = take_positions([buy(0), buy(1), buy(2)], path(100, HOLE, 100, 100, 100, 100, 100, 100), 3, 0.0)
    assert ([one.entered for one in taken], not_entered) == ([2], 1)


def test_the_worth_of_an_open_position_is_marked_with_its_costs() -> None:
    """10 % up and 10 % of cost a side: 0.9 at the entry, +0.1 while it is up, 0.1 less at the exit; a hole keeps the last price."""
    price = path(100, 100, 110, HOLE, 110, 110, 50, 50)
    [one], _ = take_positions([buy(stop=1, target=1000)], price, 3, 1000.0)
    assert equity([one], price, 1000.0) == pytest.approx([1, 0.9, 1.0, 1.0, 0.9, 0.9, 0.9, 0.9])


def test_two_positions_compound() -> None:
    """+10 % and then −10 % of all of it is 0.99."""
    price = path(100, 100, 110, 110, 99, 99, 99)
    taken, _ = take_positions([buy(0, 1, 1000), buy(2, 1, 1000)], price, 1, 0.0)
    assert [round(one.net_return, 9) for one in taken] == [0.1, -0.1]
    assert equity(taken, price, 0.0)[-1] == pytest.approx(0.99)


def test_buying_and_holding_pays_twice() -> None:
    """From the first to the last price, less a round trip."""
    price = path(100, 90, 120)
    one = hold(price, 50.0)
    assert one.net_return == pytest.approx(0.19)
    assert equity([one], price, 50.0) == pytest.approx([0.995, 0.895, 1.19])


def test_a_day_is_a_utc_date_and_an_idle_one_is_zero() -> None:
    """The minute that ends at midnight belongs to the new day."""
    worth = np.concatenate([[1.0, 1.1], np.full(1440, 1.1), np.full(1440, 1.1), [1.1, 1.32]])
    assert daily_returns(worth, MIDNIGHT - 120) == pytest.approx([0.1, 0.0, 0.0, 0.2])


def test_sharpe_by_hand() -> None:
    """Mean 0.01, standard deviation 0.02 (of +1 %, −1 %, +3 %): 0.5 × √365; a rule that never trades has none."""
    assert yearly_sharpe(path(0.01, -0.01, 0.03)) == pytest.approx(0.5 * math.sqrt(365))
    assert yearly_sharpe(path(0.0, 0.0, 0.0)) is None
    assert yearly_sharpe(path(0.1)) is None


def test_drawdown_by_hand() -> None:
    """From 1.2 to 0.9 is a quarter; a loss from the start counts from the stake of 1."""
    assert max_drawdown(path(1.0, 1.2, 0.9, 1.1)) == pytest.approx(0.25)
    assert max_drawdown(path(0.8, 0.9)) == pytest.approx(0.2)


def test_money_by_hand() -> None:
    """Three trades on three days: +2 %, −1 %, +2 %, of which two win; mean 100 bp; a bootstrap of days spans −1 to 2 %."""
    price = np.full(3 * 1440, 100.0)
    orders = []
    for day, move in enumerate((1.02, 0.99, 1.02)):
        start = day * 1440 + 600
        price[start + 4 :] *= move
        orders.append(buy(start, 1, 1e9))
    taken, _ = take_positions(orders, price, 3, 0.0)
    found = money(taken, 2, equity(taken, price, 0.0), MIDNIGHT, seed=7)
    assert (found.trades, found.trades_a_day, found.win_rate) == (3, 1.0, pytest.approx(2 / 3))
    assert found.mean_net_return_bps == pytest.approx(100.0)
    assert found.low == pytest.approx(-100.0)
    assert found.high == pytest.approx(200.0)
    assert found.net_return == pytest.approx(1.02 * 0.99 * 1.02 - 1)
    assert found.sharpe == pytest.approx(0.01 / math.sqrt(3e-4) * math.sqrt(365))
    assert found.max_drawdown == pytest.approx(0.01)
    assert (found.times, found.stops, found.targets, found.late_exits, found.not_entered) == (3, 0, 0, 0, 2)


def test_no_trade_is_unknown_and_not_zero() -> None:
    """What no trade tells is None; the stake is what it was."""
    found = money([], 0, np.ones(3 * 1440), MIDNIGHT, seed=7)
    assert (found.win_rate, found.mean_net_return_bps, found.low, found.sharpe) == (None, None, None, None)
    assert (found.trades, found.net_return, found.max_drawdown) == (0, 0.0, 0.0)


@pytest.mark.parametrize("seed", range(20))
def test_no_position_overlaps_or_knows_what_comes_after_it(seed: int) -> None:
    """On a random path with holes, the positions up to any exit are the same when every later price is another."""
    generator = np.random.default_rng(seed)
    price = 100 * np.exp(np.cumsum(generator.normal(0, 0.003, 300)))
    price[generator.random(300) < 0.1] = HOLE
    price[-1] = 100.0
    sides = generator.choice([-1, 1], 300)
    orders = [
        Order(minute, int(side), price[minute] * (1 - 0.005 * side), price[minute] * (1 + 0.007 * side))
        for minute, side in enumerate(sides)
        if np.isfinite(price[minute])
    ]
    taken, _ = take_positions(orders, price, 10, 7.0)
    assert len(taken) > 10
    assert all(a.exited <= b.entered for a, b in pairwise(taken))
    middle = taken[len(taken) // 2]
    changed = np.where(np.arange(300) > middle.exited, price * 1.2, price)
    before = [one for one in taken if one.exited <= middle.exited]
    assert take_positions(orders, changed, 10, 7.0)[0][: len(before)] == before
    worth = equity(taken, price, 7.0)
    assert worth[-1] == pytest.approx(np.prod([1 + one.net_return for one in taken]))


def taken_one_by_one(orders: list[Order], price: np.ndarray, horizon: int, cost: float) -> tuple[list[Position], int]:
    """The rule as a person would carry it out: order by order and minute by minute."""
    taken: list[Position] = []
    missed = free_from = 0
    for order in orders:
        entered = order.minute + 1
        if entered < free_from or entered + horizon + 1 >= len(price):
            continue
        if not np.isfinite(price[entered]):
            missed += 1
            continue
        due, reason = entered + horizon, "TIME"
        for minute in range(entered + 1, entered + horizon + 1):
            beyond = order.direction * (price[minute] - order.stop), order.direction * (price[minute] - order.target)
            if beyond[0] <= 0 or beyond[1] >= 0:
                due, reason = minute + 1, "STOP" if beyond[0] <= 0 else "TARGET"
                break
        exited = due
        while not np.isfinite(price[exited]):
            exited += 1
        net = order.direction * (price[exited] / price[entered] - 1) - 2 * cost / 10_000
        taken.append(Position(order, entered, exited, price[entered], price[exited], reason, exited != due, net))
        free_from = exited
    return taken, missed


@pytest.mark.parametrize("seed", range(40))
def test_jumping_over_orders_takes_the_same_positions(seed: int) -> None:
    """On paths with holes and orders of any density, barriers of no width included, as columns and as a list."""
    generator = np.random.default_rng(seed)
    price = 100 * np.exp(np.cumsum(generator.normal(0, 0.003, 400)))
    price[generator.random(400) < generator.choice([0.0, 0.1, 0.5])] = HOLE
    price[-1] = 100.0
    width = generator.choice([0.0, 0.004, 0.02])
    orders = [
        Order(minute, int(side), 100 * (1 - width * side), 100 * (1 + 2 * width * side))
        for minute, side in enumerate(generator.choice([-1, 1], 400))
        if generator.random() < generator.choice([0.05, 1.0])
    ]
    expected = taken_one_by_one(orders, price, 10, 7.0)
    assert take_positions(orders, price, 10, 7.0) == expected
    assert take_positions(Orders.of(orders), price, 10, 7.0) == expected
    assert len(expected[0]) > 3


def test_barriers_by_hand() -> None:
    """0.1 % a minute is 0.4 % over 16 minutes: a stop of 1.5 and a target of 2 of those, as log returns, mirrored for a sale."""
    rules = SimpleNamespace(cost_bps_per_side=7.0, stop_loss_volatilities=1.5, take_profit_volatilities=2.0)
    stop, target = barrier_prices(path(100, 200), path(0.001, 0.001), np.array([1, -1]), timedelta(minutes=16), rules)
    assert stop == pytest.approx([100 * math.exp(-0.006), 200 * math.exp(0.006)])
    assert target == pytest.approx([100 * math.exp(0.008), 200 * math.exp(-0.008)])
