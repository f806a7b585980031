"""The cookbook is run: every query as the reader, and where one flatters, the right one beside it is worse and true."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from made_signals import ABSTAINED, CELL, DAY, DAYS, LATE, LATER_TRAINING, MISSING, NOW
from psycopg.types.numeric import FloatLoader

from include.warehouse.connection import Connection, Warehouse

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "cookbook.md").read_text(encoding="utf-8")
SECTIONS = {
    int(number): re.findall(r"```sql\n(.*?)```", body, re.DOTALL)
    for number, body in re.findall(r"^### (\d+)\. .*?\n(.*?)(?=^##|\Z)", TEXT, re.DOTALL | re.MULTILINE)
}
LOOKING, FLATTERING = range(1, 13), range(13, 21)


def by_name(cursor: psycopg.Cursor[Any]) -> Any:
    """Rows whose values are attributes, whatever the columns are called."""
    names = [column.name for column in cursor.description or ()]
    return lambda values: SimpleNamespace(**dict(zip(names, values, strict=True)))


@pytest.fixture
def reader(made_signals: str) -> Iterator[Connection]:
    dsn = Warehouse(made_signals).dsn_for("reader", timedelta(seconds=60))
    with psycopg.connect(dsn, row_factory=by_name) as connection:
        connection.adapters.register_loader("numeric", FloatLoader)
        connection.execute("SET timezone = 'UTC'")
        yield connection


def run(connection: Connection, number: int, block: int = 0) -> list[Any]:
    """Rows of the last statement of that section's block."""
    rows: list[Any] = []
    for statement in SECTIONS[number][block].split(";"):
        if statement.strip():
            found = connection.execute(statement.encode())
            rows = found.fetchall() if found.description else []
    return rows


def pair(connection: Connection, number: int) -> tuple[list[Any], list[Any]]:
    """What flatters, and what is right."""
    return run(connection, number, 0), run(connection, number, 1)


def test_there_are_twenty_and_each_flattering_one_has_its_right_one() -> None:
    """Numbers 1 to 12 are one query each, 13 to 20 two, of which the first is marked."""
    assert list(SECTIONS) == list(range(1, 21))
    assert all(len(SECTIONS[number]) == 1 and "-- flatters" not in SECTIONS[number][0] for number in LOOKING)
    for number in FLATTERING:
        naive, right = SECTIONS[number]
        assert naive.startswith("-- flatters\n")
        assert "flatters" not in right


@pytest.mark.parametrize("number", LOOKING)
def test_a_query_answers_its_question(reader: Connection, number: int) -> None:
    """Each finds rows in the made data, in which there is something of every kind."""
    assert run(reader, number)


def test_what_is_said_stands_beside_its_base_rate(reader: Connection) -> None:
    """1: a row a cell, of the newest minute that it has."""
    rows = run(reader, 1)
    assert [(row.horizon_minutes, row.base_rate) for row in rows] == [(h, 0.84) for h in (15, 30, 45, 60, 120, 240)]
    assert rows[0].ts == NOW - timedelta(minutes=1)
    assert all(row.is_simulated for row in rows)


def test_every_minute_is_accounted_for(reader: Connection) -> None:
    """5: in time, late and not scored add up to the answered ones, and only the hole is lacking."""
    rows = run(reader, 5)
    assert [row.answered for row in rows] == [DAY - (day == MISSING // DAY) for day in range(DAYS)]
    assert all(row.in_time + row.late + row.not_scored == row.answered for row in rows)
    assert sum(row.late for row in rows) == len(LATE)
    assert [(row.not_scored, row.reasons) for row in rows if row.not_scored] == [(len(ABSTAINED), "missing_input")]


def test_a_hole_is_shown_with_its_reason(reader: Connection) -> None:
    """7: the missing minute of each metric that is asked for."""
    assert [(row.metric, row.minutes) for row in run(reader, 7)] == [("last_price", 1), ("volume_24h", 1)]


def test_every_champion_is_shown_with_the_scores_of_its_own_training(made_signals: str) -> None:
    """8: whatever later trainings found, and without scores where none are known."""
    with psycopg.connect(Warehouse(made_signals).dsn_for("owner"), row_factory=by_name) as connection:
        connection.adapters.register_loader("numeric", FloatLoader)
        before = run(connection, 8)
        connection.execute(LATER_TRAINING)
        assert run(connection, 8) == before
        connection.rollback()
    assert [(row.horizon_minutes, row.log_loss_skill, row.baseline_skill) for row in before] == [
        (15, 0.15, 0.13),
        *((h, None, None) for h in (30, 45, 60, 120, 240)),
    ]


def test_reigns_follow_each_other(reader: Connection) -> None:
    """9: the first ends where the second begins, which goes on."""
    first, second = run(reader, 9)
    assert (first.model_id, second.model_id) == (1, 2)
    assert (first.until, second.until) == (second.effective_from, None)


def test_features_of_a_day_are_those_of_its_minutes(reader: Connection) -> None:
    """12: a row a held minute of the newest day, which lacks one; the last labels are not there yet."""
    rows = run(reader, 12)
    assert len(rows) == DAY - 1
    assert [row.forward_log_return_15m is None for row in rows[-16:]] == [False] + [True] * 15


def test_accuracy_flatters(reader: Connection) -> None:
    """13: three in four are right, and always SIDEWAYS is right more often."""
    [naive], right = pair(reader, 13)
    assert naive.accuracy > 0.75
    assert {row.model_id for row in right} == {1, 2}
    for row in right:
        assert row.over_always_sideways < 0
        assert row.log_loss_skill < 0
        assert row.events < 200


def test_overlapping_trades_flatter(reader: Connection) -> None:
    """14: the same winners counted ten times turn a loss into a gain."""
    [naive], [right] = pair(reader, 14)
    assert naive.mean_net_bps > 0 > right.mean_net_bps
    assert naive.trades > 2 * right.trades


def test_wins_before_costs_flatter(reader: Connection) -> None:
    """15: moves that do not pay the round trip are no wins."""
    [naive], [right] = pair(reader, 15)
    assert naive.win_rate > right.win_rate + 0.05
    assert right.mean_net_bps < 0


def test_means_of_daily_rates_flatter(reader: Connection) -> None:
    """16: two lucky trades of a quiet day weigh as much as forty."""
    [naive], [right] = pair(reader, 16)
    assert naive.win_rate > right.win_rate + 0.05
    [again] = run(reader, 15, 1)
    assert right.win_rate == pytest.approx(again.win_rate)


def test_todays_champion_is_given_what_others_won(reader: Connection) -> None:
    """17: its own trades are fewer, and won less often."""
    [naive], right = pair(reader, 17)
    own = {row.model_id: row for row in right}
    assert set(own) == {1, 2}
    assert naive.model_id == 2
    assert naive.win_rate > own[2].win_rate
    assert naive.trades == own[1].trades + own[2].trades


def test_late_and_shadow_signals_flatter(reader: Connection) -> None:
    """18: what nobody could have acted on hits more often."""
    [naive], [right] = pair(reader, 18)
    assert naive.hit_rate > right.hit_rate
    assert naive.signals > right.signals + len(LATE)


def test_confidence_flatters_without_its_base_rate(reader: Connection) -> None:
    """19: right in four of five when sure, which is what comes anyway, and less than was promised."""
    [naive], right = pair(reader, 19)
    assert naive.accuracy > 0.8
    [sideways] = [row for row in right if row.prediction == "SIDEWAYS"]
    assert sideways.delivered - sideways.anyway < 0.02
    assert sideways.promised > sideways.delivered + 0.02
    assert {row.prediction for row in right} == {"UP", "DOWN", "SIDEWAYS"}


def test_local_days_are_other_days(reader: Connection) -> None:
    """20: in New York there is a day more; in UTC they are those of daily_performance."""
    naive, right = pair(reader, 20)
    assert len(naive) == DAYS + 1
    told = reader.execute(
        "SELECT day, sum(signals) AS signals FROM daily_performance WHERE kind = 'live' AND (horizon_minutes, threshold) = (%s, %s) "
        "GROUP BY day ORDER BY day",
        CELL,
    ).fetchall()
    assert [(row.day, row.signals) for row in right] == [(row.day, row.signals) for row in told]
