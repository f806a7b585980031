"""Settling goes in bounded steps: of new signals, of corrected minutes, and beside sessions that write."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from pipelines import make_pipeline, rows
from settling import at, give, insert, load, minute_of, opened, positions, register_model, signal
from stored_prices import walk

from include.pipeline import Pipeline
from include.settle import Settled, settle

STEP = timedelta(minutes=20)
AS_IF_HOURS_AGO = "UPDATE settle_marks SET looked_at = looked_at + INTERVAL '1 hour'"


@pytest.fixture
def pipeline(migrated_database: str) -> Pipeline:
    """A migrated warehouse; its source is never asked."""
    return make_pipeline("http://127.0.0.1:1", migrated_database)


@pytest.fixture
def model(pipeline: Pipeline) -> int:
    return register_model(pipeline.warehouse)


def prices_of(minutes: int, seed: int) -> dict[int, float | None]:
    return {minute: float(price) for minute, price in enumerate(walk(minutes, seed, 6e-4))}


def holds(pipeline: Pipeline, model: int, minutes: int) -> None:
    """So many minutes with prices and a HOLD each, and no statistics of any table."""
    with pipeline.warehouse.transaction() as connection:
        for table in ("signals", "minute_metrics", "settled_outcomes", "performance_days"):
            connection.execute(f"ALTER TABLE {table} SET (autovacuum_enabled = off)".encode())
    load(pipeline.warehouse, prices_of(minutes + 60, 1))
    give(pipeline.warehouse, [signal(minute, model, "HOLD") for minute in range(minutes)])


ROWS_READ = "SELECT sum(seq_tup_read + idx_tup_fetch) FROM pg_stat_xact_user_tables"


def test_a_connection_keeps_no_plan_for_any_signals(pipeline: Pipeline, model: int) -> None:
    """Without ANALYZE, a plan kept after five transactions would read the minutes of the symbol anew for each signal."""
    holds(pipeline, model, 2000)
    with pipeline.warehouse.kept_open() as kept:
        for _ in range(10):
            with kept.transaction() as connection:
                connection.execute("SELECT pg_stat_force_next_flush()")
            with kept.transaction() as connection:
                assert connection.execute("SELECT settled FROM settle_outcomes('BTCUSDT', 200)").fetchone() == (200,)
                read = connection.execute(ROWS_READ).fetchone()
    assert read is not None
    assert read[0] < 100_000  # 20,000; by such a plan a million


def test_outcomes_of_a_span_are_read_by_index(pipeline: Pipeline, model: int) -> None:
    """signal_outcomes asked by ts and symbol reads the signals of the span and no others."""
    holds(pipeline, model, 2000)
    settle(pipeline)
    with pipeline.warehouse.transaction() as connection:
        connection.execute("ANALYZE signals, settled_outcomes")
        query = "SELECT count(outcome) FROM signal_outcomes WHERE ts >= %s AND symbol = 'BTCUSDT'"
        plan = connection.execute(f"EXPLAIN {query}".encode(), [at(1940)]).fetchall()
        assert connection.execute(query.encode(), [at(1940)]).fetchone() == (60,)
    text = "\n".join(line for (line,) in plan)
    assert "Seq Scan" not in text, text
    assert "signals_newest" in text, text


def test_corrected_years_are_looked_at_in_steps(
    pipeline: Pipeline, model: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every price was corrected: each run takes up the newest minutes that are left, and the end is that of one run."""
    monkeypatch.setattr("include.settle.MOST_TIME", STEP)
    before, after = prices_of(200, 1), prices_of(200, 2)
    signals = [
        signal(minute, model, "BUY", stop_loss_price=59_900.0, take_profit_price=60_100.0)
        for minute in range(0, 150, 3)
    ]
    load(pipeline.warehouse, before)
    give(pipeline.warehouse, signals)
    settle(pipeline)
    with pipeline.warehouse.transaction() as connection:
        connection.execute(AS_IF_HOURS_AGO.replace("+", "-").encode())
    load(pipeline.warehouse, after)
    first = settle(pipeline, longest=timedelta(0))
    assert first.minutes_left == 180
    with pipeline.warehouse.transaction() as connection:
        connection.execute(AS_IF_HOURS_AGO.encode())
        connection.execute(AS_IF_HOURS_AGO.encode())
    assert settle(pipeline, longest=timedelta(0)).minutes_left == 160
    looked_at = {
        minute_of(ts) for (ts,) in rows(pipeline.warehouse, "SELECT ts FROM settled_outcomes WHERE version > 1")
    }
    assert min(minute for minute in looked_at if minute is not None) > 100  # the newest first
    assert settle(pipeline).minutes_left == 0
    assert opened(pipeline.warehouse) == positions(signals, after)
    assert settle(pipeline) == Settled()


def test_only_prices_are_looked_at_again(pipeline: Pipeline, model: int) -> None:
    """A minute that was loaded anew for another column settles nothing, and nothing is due."""
    load(pipeline.warehouse, prices_of(60, 1))
    give(pipeline.warehouse, [signal(0, model, "HOLD")])
    settle(pipeline)
    with pipeline.warehouse.transaction() as connection:
        connection.execute(AS_IF_HOURS_AGO.encode())
        connection.execute(
            "UPDATE minute_metrics SET volume_24h = 1, loaded_at = clock_timestamp() + INTERVAL '2 hours'"
        )
        connection.execute(
            "INSERT INTO metric_arrivals SELECT symbol, ts, ARRAY['volume_24h'], loaded_at FROM minute_metrics UNION ALL "
            "SELECT symbol, ts, ARRAY['volume_24h', 'last_price'], loaded_at + INTERVAL '1 s' FROM minute_metrics WHERE ts = %s",
            [at(7)],
        )
        connection.execute(
            "INSERT INTO metric_revisions SELECT symbol, ts, 'volume_24h', 1, 2, loaded_at FROM minute_metrics UNION ALL "
            "SELECT symbol, ts, 'last_price', 1, 2, loaded_at FROM minute_metrics WHERE ts = %s",
            [at(9)],
        )
        connection.execute(
            "INSERT INTO ingest_windows (symbol, window_from, window_to, requests, retries, rows_new, rows_changed, rows_same, seconds, "
            "finished_at) VALUES ('BTCUSDT', %s, %s, 1, 0, 0, 60, 0, 0, clock_timestamp() + INTERVAL '2 hours')",
            [at(0), at(60)],
        )
    ((due,),) = rows(
        pipeline.warehouse,
        "SELECT array_agg(lower(u)) FROM unnest(minutes_of_loads('BTCUSDT', clock_timestamp() + INTERVAL '1 hour')) AS u",
    )
    assert [minute_of(ts) for ts in due] == [7, 9]


def test_what_may_still_come_is_waited_for_once(pipeline: Pipeline, model: int) -> None:
    """A number is missing while a session writes: what is there is settled, once a run, and the mark stays before it."""
    load(pipeline.warehouse, prices_of(60, 1))
    seen: list[Any] = []
    with pipeline.warehouse.transaction() as writing:
        insert(writing, [signal(0, model, "HOLD")])
        give(pipeline.warehouse, [signal(1, model, "HOLD")])
        done = settle(pipeline, progress=lambda *counts: seen.append(counts))
    assert (done.settled, done.left, len(seen)) == (1, 2, 1)
    assert settle(pipeline) == Settled(settled=1, days=1)


def test_a_writing_session_does_not_hold_up_numbers_before_its_own(
    pipeline: Pipeline, model: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While signals are written for hours, those of before are settled, each looked at once."""
    monkeypatch.setattr("include.settle.MOST_SIGNALS", 10)
    load(pipeline.warehouse, prices_of(60, 1))
    give(pipeline.warehouse, [signal(minute, model, "HOLD") for minute in range(30)])
    seen: list[Any] = []
    with pipeline.warehouse.transaction() as writing:
        insert(writing, [signal(30, model, "HOLD")])
        done = settle(pipeline, progress=lambda *counts: seen.append(counts))
    assert (done.settled, done.left, len(seen)) == (30, 0, 3)


def test_latency_is_that_of_the_commit_and_abstaining_counts_for_who_was_asked(pipeline: Pipeline, model: int) -> None:
    """The decision's latency where no commit was told of; an ABSTAIN with a model stands in that model's row."""
    give(
        pipeline.warehouse,
        [
            *(signal(minute, model, "HOLD") for minute in (0, 1)),
            signal(2, None, "ABSTAIN") | {"model_id": model},
            signal(3, None, "ABSTAIN"),
        ],
    )
    with pipeline.warehouse.transaction() as connection:
        connection.execute(
            "INSERT INTO signal_commits SELECT s.symbol, s.ts, 1, s.decided_at, s.decided_at + n.late, 5 + extract(EPOCH FROM n.late), "
            "FALSE FROM signals AS s, (VALUES (INTERVAL '3 s'), (INTERVAL '60 s')) AS n (late) WHERE s.ts = %s",
            [at(1)],
        )
    settle(pipeline)
    columns = "model_id, signals, abstained, latency_median_seconds, latency_max_seconds"
    assert rows(pipeline.warehouse, f"SELECT {columns} FROM daily_performance ORDER BY model_id") == [
        (model, 3, 1, 5.0, 8.0),
        (None, 1, 1, 5.0, 5.0),
    ]
