"""What the page draws of a cell: minute by minute as it was, holes as holes, outcomes only where they are known."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import orjson
import pytest
from stored_prices import store_prices
from test_page_reads import CELLS, append, crown, signal, write

from include.errors import AskedWrongly
from include.warehouse import page_file
from include.warehouse.connection import Connection, Warehouse
from include.warehouse.migrate import migrate
from include.warehouse.page_coverage import cell_coverage
from include.warehouse.page_file import signals_csv
from include.warehouse.page_pipeline import pipeline_health
from include.warehouse.page_question import PageCell
from include.warehouse.page_rows import read_page
from include.warehouse.page_scores import cell_leaderboard, cell_performance
from include.warehouse.page_series import cell_series
from include.warehouse.scoring import append_switch, switches

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
FIRST = datetime(2026, 3, 1, 22, 0, tzinfo=UTC)
CELL = PageCell("BTCUSDT", CELLS[0].horizon_minutes, CELLS[0].threshold)


@pytest.fixture
def warehouse(new_database: str) -> Warehouse:
    made = Warehouse(new_database)
    migrate(made)
    return made


def series(warehouse: Warehouse, hours: int = 3) -> dict[str, Any]:
    found = read_page(warehouse, lambda connection: cell_series(connection, CELL, hours))
    orjson.dumps(found)
    return found


def coverage(warehouse: Warehouse) -> dict[str, Any]:
    return read_page(warehouse, lambda connection: cell_coverage(connection, CELL))


def settle(warehouse: Warehouse, ts: datetime, outcome: str) -> None:
    """A settled outcome of the signal at that minute, for a view that reads them."""
    write(
        warehouse,
        """
        INSERT INTO settled_outcomes (signal_id, version, symbol, ts, horizon_minutes, threshold, forward_return, outcome,
            opens_position)
        SELECT signal_id, 1, symbol, ts, horizon_minutes, threshold, 0.01, %(outcome)s, FALSE FROM signals WHERE ts = %(ts)s
        """,
        [{"ts": ts, "outcome": outcome}],
    )


def test_nothing_loaded_is_an_empty_chart(warehouse: Warehouse) -> None:
    """No minute, no point, no error."""
    assert series(warehouse) == {"step_minutes": None, "ts": [], "said": {"ts": []}, "is_cut": False}
    assert coverage(warehouse)["first_day"] is None
    assert read_page(warehouse, lambda connection: cell_performance(connection, CELL))["days"] == []


def test_every_minute_is_a_point_and_a_hole_has_no_price(warehouse: Warehouse) -> None:
    """Three hours are 180 points a minute apart; a lost minute and an unanswered one are None, not the last value."""
    store_prices(warehouse, [60_000.0 + n for n in range(200)], first=FIRST, missing=[150])
    model = crown(warehouse, CELLS[0])
    append(warehouse, signal(CELLS[0], FIRST + 199 * MINUTE, model), signal(CELLS[0], FIRST + 198 * MINUTE, None))
    read = series(warehouse)
    newest = int((FIRST + 199 * MINUTE).timestamp())
    assert (len(read["ts"]), read["ts"][-1], read["step_minutes"]) == (180, newest, 1)
    assert {b - a for a, b in pairwise(read["ts"])} == {60}
    hole = 150 - 20
    assert read["price"][hole - 1 : hole + 2] == [60_149.0, None, 60_151.0]
    assert read["p_up"][-3:] == [None, None, 0.2]
    assert read["base_rate_down"][-1] == 0.2
    assert read["said"]["side"] == ["ABSTAIN", "HOLD"]


def test_a_week_is_drawn_by_ten_minutes_with_their_range(warehouse: Warehouse) -> None:
    """A point has the last price of its ten minutes, the least and largest, and the mean probability; named by its end."""
    store_prices(warehouse, [60_000.0 + n for n in range(26)], first=FIRST)
    model = crown(warehouse, CELLS[0])
    append(
        warehouse,
        signal(CELLS[0], FIRST + 11 * MINUTE, model, p_up=0.1, p_sideways=0.8),
        signal(CELLS[0], FIRST + 20 * MINUTE, model, p_up=0.3, p_sideways=0.6, prediction="UP"),
    )
    read = series(warehouse, 168)
    assert (len(read["ts"]), read["step_minutes"]) == (7 * 144, 10)
    at = read["ts"].index(int((FIRST + 20 * MINUTE).timestamp()))
    assert [read[name][at] for name in ("price", "low", "high")] == [60_020.0, 60_011.0, 60_020.0]
    assert read["p_up"][at] == pytest.approx(0.2)
    assert read["said"]["prediction"] == ["UP"], "what named no direction is not marked"
    assert read["ts"][-1] == int((FIRST + 30 * MINUTE).timestamp()), "the last ten minutes have begun"


def test_a_late_answer_is_in_no_probability(warehouse: Warehouse) -> None:
    """It is told as late; the lines of P(UP) and P(DOWN) hold what was answered in time, minute by minute and in a mean."""
    store_prices(warehouse, [60_000.0] * 21, first=FIRST)
    model = crown(warehouse, CELLS[0])
    append(
        warehouse,
        signal(CELLS[0], FIRST + 12 * MINUTE, model, p_up=0.2),
        signal(CELLS[0], FIRST + 13 * MINUTE, model, p_up=0.9, p_sideways=0.0, prediction="UP", is_late=True),
        signal(CELLS[0], FIRST + 25 * MINUTE, model, is_late=True),
    )
    store_prices(warehouse, [60_000.0] * 10, first=FIRST + 21 * MINUTE)
    fine, coarse = series(warehouse), series(warehouse, 168)
    at = fine["ts"].index(int((FIRST + 12 * MINUTE).timestamp()))
    assert (fine["p_up"][at], fine["p_up"][at + 1], fine["base_rate_up"][at + 1]) == (0.2, None, None)
    assert fine["said"]["is_late"] == [False, True, True]
    at = coarse["ts"].index(int((FIRST + 20 * MINUTE).timestamp()))
    assert (coarse["p_up"][at], coarse["p_up"][at + 1]) == (0.2, None)
    assert (coarse["said"]["prediction"], coarse["said"]["is_late"]) == (["UP"], [True])


def test_an_outcome_is_shown_once_it_is_known_and_shadows_never(warehouse: Warehouse) -> None:
    """Before its horizon a signal has None; afterwards what came, of the champion's signal alone."""
    store_prices(warehouse, [60_000.0] * 15 + [61_000.0] * 10, first=FIRST)
    model = crown(warehouse, CELLS[0])
    append(warehouse, signal(CELLS[0], FIRST, model), signal(CELLS[0], FIRST + 20 * MINUTE, model))
    settle(warehouse, FIRST, "UP")
    write(
        warehouse,
        """
        INSERT INTO signals (symbol, ts, horizon_minutes, threshold, side, reason, cost_bps_per_side, cutoff_at, decided_at,
            executable_at, latency_seconds, is_shadow, is_late, is_simulated)
        VALUES ('BTCUSDT', %(ts)s, 15, 0.003, 'ABSTAIN', 'shadow', 7, %(ts)s, %(ts)s, %(ts)s, 0, TRUE, FALSE, FALSE)
        """,
        [{"ts": FIRST + 5 * MINUTE}],
    )
    said = series(warehouse)["said"]
    assert said["ts"] == [int(FIRST.timestamp()), int((FIRST + 20 * MINUTE).timestamp())]
    assert said["outcome"] == ["UP", None]


def test_the_calendar_counts_every_minute_once(warehouse: Warehouse) -> None:
    """Held, missing, live, late and abstained as runs over midnight, and as counts that add up."""
    store_prices(warehouse, [60_000.0] * 240, first=FIRST, missing=[100, 101, 130])
    model = crown(warehouse, CELLS[0])
    minutes = [FIRST + n * MINUTE for n in range(200, 240)]
    answers = [signal(CELLS[0], ts, model, is_late=n < 5) for n, ts in enumerate(minutes) if n not in {10, 11, 20}]
    append(warehouse, *answers, signal(CELLS[0], minutes[10], None), signal(CELLS[0], minutes[11], None))
    read = coverage(warehouse)
    at = {n: int((FIRST + n * MINUTE).timestamp()) for n in range(240)}
    assert read["held"] == [(at[0], 100), (at[102], 28), (at[131], 109)]
    assert read["answered"] == [
        ("late", at[200], 5), ("live", at[205], 5), ("abstained", at[210], 2), ("live", at[212], 8), ("live", at[221], 19),
    ]  # fmt: skip
    assert read["counts"] == {
        "minutes": 240, "held": 237, "missing": 3, "live": 32, "late": 5, "abstained": 2, "unanswered": 198,
    }  # fmt: skip
    assert (read["known_from"], read["newest"]) == (at[0], at[239])
    append(warehouse, *(signal(CELLS[0], FIRST + n * MINUTE, None) for n in range(99, 103)))
    counts = coverage(warehouse)["counts"]
    counted = [counts[name] for name in ("abstained", "missing", "unanswered")]
    assert counted == [6, 3, 196], "of four more that were abstained from, two were not held"


def test_only_thirty_days_are_in_the_calendar(warehouse: Warehouse) -> None:
    """An older minute is neither held nor missing there."""
    store_prices(warehouse, [60_000.0], first=FIRST - 40 * DAY)
    store_prices(warehouse, [60_000.0], first=FIRST)
    read = coverage(warehouse)
    assert read["known_from"] == read["first_day"]
    assert read["counts"]["held"] == 1


def test_the_leaderboard_is_of_the_cell_and_has_the_champion_s_curve(warehouse: Warehouse) -> None:
    """Recipes with their baseline, the most skilled first; calibration of the champion, then of the baseline."""
    crown(warehouse, CELLS[0])
    crown(warehouse, CELLS[1])
    write(
        warehouse,
        "UPDATE model_evaluations SET curves = %s WHERE fold IS NULL",
        [['{"calibration_up": [{"rows": 5}]}']],
    )
    read = read_page(warehouse, lambda connection: cell_leaderboard(connection, CELL))
    assert [(row["candidate"], row["is_champion"], row["events"]) for row in read["rows"]] == [
        ("lightgbm", True, 210),
        ("volatility_60m", False, 210),
    ]
    assert [(row["candidate"], row["calibration_up"]) for row in read["reliability"]] == [
        ("lightgbm", [{"rows": 5}]),
        ("volatility_60m", [{"rows": 5}]),
    ]
    orjson.dumps(read)


def performance(warehouse: Warehouse, day: str, kind: str, settled: int, **changes: Any) -> None:
    row = {
        "day": day, "kind": kind, "settled": settled, "expected_up": 0.1 * settled, "observed_up": settled // 4, "events": 3,
        "trades": 0, "net": 0.0, "model": None, "loss": 0.3,
    } | changes  # fmt: skip
    write(
        warehouse,
        """
        INSERT INTO performance_days (day, symbol, horizon_minutes, threshold, model_id, kind, signals, abstained, settled,
            expected_up, observed_up, expected_down, observed_down, events, correct, log_loss, log_loss_prior, trades, wins,
            net_return_sum, net_return_squares)
        VALUES (%(day)s, 'BTCUSDT', 15, 0.003, %(model)s, %(kind)s, %(settled)s, 0, %(settled)s, %(expected_up)s, %(observed_up)s,
            0, 0, %(events)s, 0, %(loss)s, 0.4, %(trades)s, 0, %(net)s, 0)
        """,
        [row],
    )


def test_promised_and_delivered_are_weighed_by_what_was_settled(warehouse: Warehouse) -> None:
    """A day of two models is one row a kind, live apart from late; the totals weigh the days by their signals."""
    store_prices(warehouse, [60_000.0], first=FIRST)
    first, second = crown(warehouse, CELLS[0]), crown(warehouse, CELLS[0])
    performance(warehouse, "2026-02-28", "live", 300, trades=2, net=-0.002, model=first)
    performance(warehouse, "2026-02-28", "live", 100, expected_up=50.0, model=second)
    performance(warehouse, "2026-03-01", "live", 400, model=second)
    performance(warehouse, "2026-03-01", "late", 8, model=second)
    performance(warehouse, "2025-12-01", "live", 999, model=second)
    read = read_page(warehouse, lambda connection: cell_performance(connection, CELL))
    orjson.dumps(read)
    days = {(str(row["day"]), row["kind"]): row for row in read["days"]}
    assert set(days) == {("2026-02-28", "live"), ("2026-03-01", "live"), ("2026-03-01", "late")}
    assert days["2026-02-28", "live"]["promised_up"] == pytest.approx((30 + 50) / 400)
    assert days["2026-02-28", "live"]["mean_net_return_bps"] == pytest.approx(-10)
    totals = {row["kind"]: row for row in read["totals"]}
    assert (totals["live"]["settled"], totals["live"]["events"], totals["live"]["trades"]) == (800, 9, 2)
    assert totals["live"]["promised_up"] == pytest.approx(120 / 800)
    assert totals["live"]["log_loss_skill"] == pytest.approx(0.25)


def test_the_days_together_have_intervals_and_a_day_by_itself_has_none(warehouse: Warehouse) -> None:
    """Days are what is independent, models put together: with one model the same numbers as performance_between's."""
    store_prices(warehouse, [60_000.0], first=FIRST)
    first, second = crown(warehouse, CELLS[0]), crown(warehouse, CELLS[0])

    def total(kind: str) -> dict[str, Any]:
        read = read_page(warehouse, lambda connection: cell_performance(connection, CELL))
        assert {row["net_return_low_bps"] for row in read["days"]} <= {None}
        assert {row["skill_low"] for row in read["days"]} <= {None}
        [found] = [row for row in read["totals"] if row["kind"] == kind]
        return found

    performance(warehouse, "2026-02-26", "live", 300, trades=2, net=-0.002, model=first)
    alone = total("live")
    assert (alone["days"], alone["trade_days"], alone["net_return_low_bps"], alone["skill_low"]) == (1, 1, None, None)
    performance(warehouse, "2026-02-27", "live", 100, trades=1, net=0.003, model=first, loss=0.35)
    performance(warehouse, "2026-02-28", "live", 200, model=first, loss=0.38)
    performance(warehouse, "2026-02-28", "late", 200, trades=9, net=9.0, model=first)
    with warehouse.transaction("reader") as connection:
        [of_one] = connection.execute(
            "SELECT * FROM performance_between('2026-01-01', '2026-04-01') WHERE kind = 'live'"
        ).fetchall()
    live = total("live")
    for name in ("mean_net_return_bps", "net_return_low_bps", "net_return_high_bps", "log_loss_skill"):
        assert live[name] == pytest.approx(getattr(of_one, name)), name
    assert (live["days"], live["trade_days"], live["trades"], live["skill_days"]) == (3, 2, 3, 3)
    assert live["skill_low"] < live["log_loss_skill"] < live["skill_high"]
    deviations = [300 * 0.3, 100 * 0.35, 200 * 0.38]
    ratio = sum(deviations) / 240
    squares = sum((loss - ratio * prior) ** 2 for loss, prior in zip(deviations, (120, 40, 80), strict=True))
    assert live["skill_high"] - live["log_loss_skill"] == pytest.approx(4.302653 * (squares * 3 / 2) ** 0.5 / 240)
    performance(warehouse, "2026-02-27", "live", 100, trades=1, net=-0.003, model=second, loss=0.35)
    both = total("live")
    assert (both["trades"], both["trade_days"], both["days"]) == (4, 2, 3), "two models' day is one day"
    assert both["mean_net_return_bps"] == pytest.approx(-5)
    assert both["net_return_high_bps"] - both["mean_net_return_bps"] == pytest.approx(
        1e4 * 12.706205 * (2 * (0.001**2 + 0.001**2)) ** 0.5 / 4
    )


def test_the_newest_row_of_each_check_and_the_open_alerts(warehouse: Warehouse) -> None:
    """What is not good stands first; older rows of a check, old checks and closed alerts are not shown."""
    check = """
        INSERT INTO pipeline_checks (checked_at, name, symbol, horizon_minutes, threshold, status, is_blocking, detail, runbook)
        VALUES (%s, %s, 'BTCUSDT', %s, %s, %s, FALSE, 'found', 'there')
    """
    write(
        warehouse,
        check,
        [
            (FIRST, "skew", 15, Decimal("0.003"), "failed"),
            (FIRST + MINUTE, "skew", 15, Decimal("0.003"), "ok"),
            (FIRST, "skew", 60, Decimal("0.0075"), "failed"),
            (FIRST, "gaps", None, None, "alert"),
            (FIRST - 3 * DAY, "drift", None, None, "alert"),
        ],
    )
    write(
        warehouse,
        "INSERT INTO alerts (alert_key, summary, runbook, closed_at) VALUES (%s, 'it is so', 'there', %s)",
        [("open", None), ("over", FIRST)],
    )
    health = read_page(warehouse, pipeline_health)
    orjson.dumps(health)
    assert [(row["name"], row["horizon_minutes"], row["status"]) for row in health["checks"]] == [
        ("skew", 60, "failed"),
        ("gaps", None, "alert"),
        ("skew", 15, "ok"),
    ]
    assert {row["of_all"] for row in health["checks"]} == {3}
    assert [row["alert_key"] for row in health["alerts"]] == ["open"]


def test_more_than_the_page_shows_is_counted(warehouse: Warehouse) -> None:
    """Of 60 open alerts the newest 50, of 60 symbols the 50 furthest behind; each row says how many there are."""
    write(
        warehouse,
        "INSERT INTO alerts (alert_key, summary, runbook, opened_at) VALUES (%s, 'it is so', 'there', %s)",
        [(f"alert {n:02d}", FIRST + n * MINUTE) for n in range(60)],
    )
    write(
        warehouse,
        "INSERT INTO minute_metrics (symbol, ts, last_price) VALUES (%s, %s, 1)",
        [(f"S{n:02d}", FIRST - n * MINUTE) for n in range(60)],
    )
    health = read_page(warehouse, pipeline_health)
    assert [row["alert_key"] for row in health["alerts"]] == [f"alert {n:02d}" for n in reversed(range(10, 60))]
    assert [row["symbol"] for row in health["freshness"]] == [f"S{n:02d}" for n in reversed(range(10, 60))]
    assert {row["of_all"] for part in ("alerts", "freshness") for row in health[part]} == {60}


def test_the_newest_act_of_each_switch_counts(warehouse: Warehouse) -> None:
    """Of all symbols and of each by itself; the reader sees them, and may not turn one."""

    def newest(connection: Connection) -> list[tuple[Any, ...]]:
        return [(one.symbol, one.is_on, one.set_by) for one in switches(connection)]

    assert read_page(warehouse, newest) == []
    with warehouse.transaction("writer") as connection:
        append_switch(connection, None, True, "all down", "ann")
        append_switch(connection, "BTCUSDT", True, "odd prices", "bob")
        append_switch(connection, "BTCUSDT", False, "prices are well", "eve")
    assert read_page(warehouse, newest) == [(None, True, "ann"), ("BTCUSDT", False, "eve")]


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(page_file, "PAGE_ROWS", 4)
    monkeypatch.setattr(page_file, "MOST_ROWS", 10)
    return


def answered(warehouse: Warehouse, minutes: int) -> None:
    model = crown(warehouse, CELLS[0])
    append(warehouse, *(signal(CELLS[0], FIRST + n * MINUTE, model, is_simulated=True) for n in range(minutes)))


def of_file(warehouse: Warehouse, since: datetime, until: datetime) -> list[dict[str, str]]:
    return list(csv.DictReader("".join(signals_csv(warehouse, CELL, since, until)).splitlines()))


@pytest.mark.usefixtures("small_pages")
@pytest.mark.parametrize("minutes", [1, 3, 4, 5, 8, 9])
def test_a_file_holds_each_signal_once_over_its_pages(warehouse: Warehouse, minutes: int) -> None:
    """[from, to), oldest first, one header, and whether it is simulated."""
    answered(warehouse, 12)
    found = of_file(warehouse, FIRST + MINUTE, FIRST + (1 + minutes) * MINUTE)
    assert [datetime.fromisoformat(row["ts"]) for row in found] == [FIRST + n * MINUTE for n in range(1, 1 + minutes)]
    assert {row["is_simulated"] for row in found} == {"True"}
    assert found[0]["p_up"] == "0.2"
    assert list(found[0])[-2:] == ["is_simulated", "reason_code"]
    assert found[0]["reason_code"] == "no_edge"


@pytest.mark.usefixtures("small_pages")
def test_a_file_ends_at_its_limit_and_an_empty_one_is_a_sentence(warehouse: Warehouse) -> None:
    """MOST_ROWS at most; nothing in the span says so."""
    answered(warehouse, 15)
    assert len(of_file(warehouse, FIRST, FIRST + 15 * MINUTE)) == 10
    with pytest.raises(AskedWrongly, match="no signal in that span"):
        of_file(warehouse, FIRST - DAY, FIRST)
