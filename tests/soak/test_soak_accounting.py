"""The accounting of a soak on made rows: each way of not being accounted for is found."""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from include.lab.absence import held
from include.lab.command import add_arguments
from include.lab.faults import FaultyMarket
from include.lab.market import SYMBOL, SimulatedMarket
from include.lab.options import faults_of
from tests.soak.accounting import (
    MINUTE,
    Answer,
    Held,
    Outcome,
    Run,
    account,
    live_minutes,
    recovered_after,
    settled_problems,
    unexplained,
)
from tests.soak.plan import FIRST_AFTER_MINUTES, KINDS, make_plan
from tests.soak.truth import compare

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
CELLS = [(15, "0.003"), (30, "0.005")]
SPAN = [NOON + number * MINUTE for number in range(3)]


def answer(
    minute: int, cell: int = 0, side: str = "HOLD", is_late: bool = False, reason: str | None = "no_edge"
) -> Answer:
    ts = NOON + minute * MINUTE
    seconds = 90.0 if is_late else 2.0
    decided = ts + timedelta(seconds=seconds)
    return Answer(10 * minute + cell, CELLS[cell], ts, side, is_late, reason, decided, seconds)


def every_answer() -> list[Answer]:
    return [answer(minute, cell) for minute in range(3) for cell in range(2)]


def test_each_minute_of_each_cell_is_counted_once() -> None:
    """Scored in time is live, scored later is late, and an ABSTAIN is one whenever it came, with its reason."""
    rows = [
        *(row for row in every_answer() if row.signal_id not in {0, 11, 20}),
        answer(0, is_late=True),
        answer(1, cell=1, side="ABSTAIN", reason="missing_minute"),
        answer(2, side="ABSTAIN", reason="missing_minute", is_late=True),
    ]
    found = account(rows, CELLS, SPAN)
    assert found.problems == []
    assert found.counts == {CELLS[0]: {"late": 1, "live": 1, "abstained": 1}, CELLS[1]: {"live": 2, "abstained": 1}}
    assert (found.total, found.reasons) == ({"live": 3, "late": 1, "abstained": 2}, {"missing_minute": 2})


def test_a_minute_without_a_row_is_unanswered() -> None:
    """In the one cell that lacks it; a row outside of the span answers nothing."""
    rows = [row for row in every_answer() if row.signal_id != 11]
    assert account(rows, CELLS, SPAN).problems == ["unanswered: 12:01 at 30 min ±0.005"]


def test_two_rows_of_a_minute_are_doubled() -> None:
    """By counting, whatever index there is."""
    rows = [*every_answer(), replace(answer(2), signal_id=99)]
    assert account(rows, CELLS, SPAN).problems == ["doubled: 12:02 at 15 min ±0.003 has 2 rows"]


def test_a_cell_that_is_not_live_answers_nothing() -> None:
    """A row of another cell is no answer of these."""
    rows = [*every_answer(), replace(answer(0), cell=(60, "0.01"))]
    assert account(rows, CELLS, SPAN).problems == ["no live cell: 12:00 at 60 min ±0.01"]


def test_an_abstention_says_why() -> None:
    """Without a reason it is none."""
    rows = [answer(1, side="ABSTAIN", reason=None) if row.signal_id == 10 else row for row in every_answer()]
    assert account(rows, CELLS, SPAN).problems == ["without a reason: 12:01 at 15 min ±0.003"]


def test_a_minute_is_live_when_every_cell_is() -> None:
    """Recovery is the first such minute that ended after the moment, at the decision of its last cell."""
    rows = [row for row in every_answer() if row.signal_id != 11]
    live = live_minutes(rows, CELLS)
    assert live == {ts: ts + timedelta(seconds=2) for ts in (SPAN[0], SPAN[2])}
    assert recovered_after(NOON + timedelta(seconds=10), live) == 112
    assert recovered_after(NOON - timedelta(seconds=10), live) == 12
    assert recovered_after(SPAN[2], live) is None


SETTLED = NOON + timedelta(minutes=16)
MINUTES = {NOON + number * MINUTE: Held(100.0 + number / 100, NOON + number * MINUTE) for number in range(20)}
OUTCOME = Outcome(0, 1, 100.15 / 100 - 1, "SIDEWAYS", SETTLED)


@pytest.mark.parametrize(
    ("outcomes", "problem"),
    [
        ([OUTCOME], None),
        ([], "not settled"),
        ([replace(OUTCOME, version=2)], "settled as versions 2"),
        ([OUTCOME, OUTCOME], "settled as versions 1, 1"),
        ([OUTCOME, replace(OUTCOME, version=2)], "settled again without a change"),
        ([replace(OUTCOME, forward_return=0.002)], "settled at 0.002000 where the minutes say 0.001500"),
        ([replace(OUTCOME, outcome="UP")], "settled as UP where SIDEWAYS came"),
    ],
)
def test_an_outcome_is_settled_once_and_as_the_minutes_say(outcomes: list[Outcome], problem: str | None) -> None:
    """A 15 minute signal whose horizon's end is held."""
    found = settled_problems([answer(0)], outcomes, MINUTES)
    assert found == ([f"{problem}: 12:00 at 15 min ±0.003"] if problem else [])


def test_a_minute_that_changed_settles_again() -> None:
    """A minute of the horizon that came after the first version explains the second."""
    twice = [OUTCOME, replace(OUTCOME, version=2)]
    minutes = MINUTES | {NOON + 7 * MINUTE: Held(100.07, SETTLED + MINUTE)}
    assert settled_problems([answer(0)], twice, minutes) == []
    assert settled_problems([answer(0, side="BUY")], twice, MINUTES) == []


@pytest.mark.parametrize(("side", "known_with"), [("HOLD", 15), ("SELL", 17)])
def test_an_outcome_has_two_minutes_to_be_settled(side: str, known_with: int) -> None:
    """After the horizon's end; of a position, entered at 12:01, after 12:17."""
    for last, problems in ((known_with + 1, []), (known_with + 2, ["not settled: 12:00 at 15 min ±0.003"])):
        minutes = {ts: minute for ts, minute in MINUTES.items() if ts <= NOON + last * MINUTE}
        assert settled_problems([answer(0, side=side)], [], minutes) == problems


def test_nothing_is_settled_on_minutes_that_are_not_held() -> None:
    """Neither before the horizon is over nor across a hole."""
    hole = MINUTES | {NOON + 15 * MINUTE: Held(None, NOON)}
    later = {ts: minute for ts, minute in MINUTES.items() if ts < NOON + 15 * MINUTE}
    for minutes in (hole, later):
        assert settled_problems([answer(0)], [], minutes) == []
        assert settled_problems([answer(0)], [OUTCOME], minutes) == [
            "settled without its minutes: 12:00 at 15 min ±0.003"
        ]


def test_a_red_run_is_explained_by_a_disturbance_that_it_met() -> None:
    """From its begin until three minutes after its end; the checks that watch are red because they saw the faults."""

    def red(dag: str, minute: float) -> Run:
        began = NOON + minute * MINUTE
        return Run(dag, f"{minute}", "failed", began, began + timedelta(seconds=20))

    runs = [red("ingest_metrics", minute) for minute in (1, 5, 7.5, 9)]
    watching = red("monitor_pipeline", 30)
    green = replace(red("ingest_metrics", 40), state="success")
    disturbed = [(NOON + 4 * MINUTE, NOON + 5 * MINUTE)]
    assert [run.run_id for run in unexplained([*runs, watching, green], disturbed)] == ["1", "9"]


SOURCE = {NOON: {"last_price": 100.0, "price_avg_5m": 99.0}, SPAN[1]: {"last_price": float("inf")}}
COLUMNS = ("last_price", "price_avg_5m")


@pytest.mark.parametrize(
    ("held_values", "problem"),
    [
        ({NOON: SOURCE[NOON]}, None),
        ({NOON: SOURCE[NOON], SPAN[2]: {"last_price": 1.0}}, "invented minute: 12:02"),
        ({NOON: SOURCE[NOON], SPAN[1]: {"price_avg_5m": 1.0}}, "invented value: price_avg_5m of 12:01"),
        ({NOON: {"last_price": 100.0}}, "lost value: price_avg_5m of 12:00"),
        ({NOON: SOURCE[NOON] | {"last_price": 100.1}}, "changed value: last_price of 12:00"),
        ({}, "lost value: last_price of 12:00"),
    ],
)
def test_the_warehouse_holds_what_the_source_has(
    held_values: dict[datetime, dict[str, float]], problem: str | None
) -> None:
    """A value that is none may be left out; nothing else is lost, invented or changed."""
    problems = compare(SOURCE, held_values, computed=(), set_aside=(), columns=COLUMNS).problems
    assert problems == [] if problem is None else problems[0].startswith(problem)


def test_what_was_set_aside_or_computed_is_counted_apart() -> None:
    """A bad value that is not held is no loss, and one by expression is not compared."""
    held_values = {NOON: {"price_avg_5m": 98.0}}
    found = compare(SOURCE, held_values, {(NOON, "price_avg_5m")}, {(NOON, "last_price")}, COLUMNS)
    assert (found.problems, found.counts) == ([], Counter({"set aside": 2, "by expression": 1}))


@pytest.fixture(scope="module")
def market() -> SimulatedMarket:
    return SimulatedMarket(7)


def test_a_plan_disturbs_first_and_loses_minutes_last(market: SimulatedMarket) -> None:
    """Each kind once, none at the same time as another; the source's losses come in the last fifth alone."""
    plan = make_plan(3, NOON, 60, market)
    assert sorted(one.kind for one in plan.disturbances) == sorted(KINDS)
    assert plan == make_plan(3, NOON, 60, market)
    assert plan.disturbances[0].at >= NOON + FIRST_AFTER_MINUTES * MINUTE
    begins, ends = [one.at for one in plan.disturbances], [one.ends for one in plan.disturbances]
    assert all(end + 2 * MINUTE < begin for end, begin in zip(ends, begins[1:], strict=False))
    assert ends[-1] < NOON + 43 * MINUTE
    asked = (int(NOON.timestamp()) - 240 * 60, int(plan.end.timestamp()))
    given = FaultyMarket(market, plan.faults, SYMBOL).minutes(*asked).last_price
    price = market.minutes(*asked).last_price
    lost, bad = ~held(given), held(given) & (given != price)
    for broken in (lost, bad):
        assert not broken[:288].any()
        assert broken[288:].any()


def test_the_lab_understands_the_plans_arguments(market: SimulatedMarket) -> None:
    """They say the same faults as the plan."""
    plan = make_plan(3, NOON, 60, market)
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    assert faults_of(parser.parse_args(plan.lab_arguments.split())) == plan.faults
