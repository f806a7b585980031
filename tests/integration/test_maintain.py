"""Upkeep of the warehouse: what nothing needs goes, what anything needs stays, and stopping it anywhere harms nothing."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from made_signals import DAYS, FIRST, NOW
from pipelines import make_pipeline, rows
from psycopg.conninfo import conninfo_to_dict

from include.errors import NotReady, WarehouseRefused, WarehouseUnreachable
from include.launcher.postgres import EmbeddedPostgres
from include.maintain import maintain, maintain_all
from include.settings import Cell
from include.upkeep_names import STEPS
from include.warehouse import upkeep
from include.warehouse.connection import Warehouse
from include.warehouse.models import stored_model
from include.warehouse.promotions import lock_cell
from tests.integration.conftest import OWNER, PASSWORD

KEPT = timedelta(days=90)
BTC = "BTCUSDT"
COLUMNS = (
    "candidate, is_baseline, symbol, horizon_minutes, threshold, trained_from, trained_to, as_of, snapshot_hash, feature_version, "
    "feature_hash, feature_columns, code_revision, parameters, decision, artifact, artifact_format, artifact_sha256"
)
ALL = {"minutes": None, "signals": None, "checks": None, "windows": None}


@pytest.fixture
def warehouse(made_signals: str, postgres: EmbeddedPostgres) -> Iterator[Warehouse]:
    """Four days with every kind of signal, a copy for each test; the models are a year old."""
    name = f"copy_{uuid4().hex}"
    template = conninfo_to_dict(made_signals)["dbname"]
    with postgres.connect() as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" OWNER "{OWNER}"')
    made = Warehouse(postgres.dsn(name, OWNER, PASSWORD))
    execute(made, "UPDATE models SET created_at = now() - interval '1 year', artifact = 'bytes'")
    yield made
    postgres.drop_database(name)


def execute(warehouse: Warehouse, query: str, values: Any = None) -> None:
    with warehouse.transaction() as connection:
        connection.execute(query, values)  # type: ignore[arg-type]


def register(warehouse: Warehouse, symbol: str = BTC, days_old: int = 365) -> int:
    """One more model like model 3; its number."""
    [(number,)] = rows(
        warehouse,
        f"INSERT INTO models ({COLUMNS}, created_at) SELECT {COLUMNS.replace('symbol', '%s', 1)}, now() - %s * interval '1 day' "
        "FROM models WHERE model_id = 3 RETURNING model_id",
        [symbol, days_old],
    )
    return int(number)


def decide(
    warehouse: Warehouse, model: int, kind: str, *, answers_to: int | None = None, accepted: bool = False
) -> int:
    """A row of promotions about the model in its cell; its number."""
    [(number,)] = rows(
        warehouse,
        "INSERT INTO promotions (run_id, symbol, horizon_minutes, threshold, candidate, model_id, is_accepted, reason, decided_by, "
        "effective_from, kind, answers_to) VALUES (gen_random_uuid(), %s, 15, .003, 'x', %s, %s, 'test', 'test', %s, %s, %s) "
        "RETURNING promotion_id",
        [BTC, model, accepted, NOW, kind, answers_to],
    )
    return int(number)


def challenge(warehouse: Warehouse, model: int | None, symbol: str = BTC) -> None:
    execute(
        warehouse,
        "INSERT INTO challengers (symbol, horizon_minutes, threshold, model_id, reason, appointed_by, effective_from) "
        "VALUES (%s, 15, .003, %s, 'test', 'test', %s)",
        [symbol, model, NOW],
    )


def shadow(warehouse: Warehouse, model: int, symbol: str) -> None:
    """A signal of the model in shadow, of a market of its own."""
    columns = [
        name
        for (name,) in rows(
            warehouse, "SELECT attname::text FROM pg_attribute WHERE attrelid = 'signals'::regclass AND attnum > 0"
        )
    ]
    changed = {"symbol": "%(symbol)s", "model_id": "%(model)s", "signal_id": "nextval('signal_ids')"}
    execute(
        warehouse,
        f"INSERT INTO signals ({', '.join(columns)}) SELECT {', '.join(changed.get(name, name) for name in columns)} FROM signals "
        "WHERE is_shadow ORDER BY ts LIMIT 1",
        {"symbol": symbol, "model": model},
    )


def collect(warehouse: Warehouse, *, dry_run: bool = False) -> dict[str, int]:
    return upkeep.collect_artifacts(warehouse, KEPT, [BTC], dry_run=dry_run)


def emptied(warehouse: Warehouse) -> set[int]:
    return {number for (number,) in rows(warehouse, "SELECT model_id FROM models WHERE artifact IS NULL")}


def test_only_what_nothing_needs_is_given_up(warehouse: Warehouse) -> None:
    """Champions and what they replaced, the challenger, an open proposal, the young and whatever gave a signal keep their bytes."""
    imported, young = register(warehouse), register(warehouse, days_old=89)
    declined, asked, was_challenger = (register(warehouse) for _ in range(3))
    pooled, pooled_with_signal = register(warehouse, "*"), register(warehouse, "*")
    decide(warehouse, declined, "declined", answers_to=decide(warehouse, declined, "proposed"))
    challenge(warehouse, was_challenger)
    challenge(warehouse, 3)
    challenge(warehouse, pooled_with_signal, "ETHUSDT")
    challenge(warehouse, None, "ETHUSDT")
    shadow(warehouse, pooled_with_signal, "ETHUSDT")
    decide(warehouse, asked, "proposed")
    before = rows(warehouse, "SELECT model_id, snapshot_hash, decision, artifact_sha256 FROM models ORDER BY model_id")

    assert collect(warehouse, dry_run=True) == {"artifacts": 4, "bytes": 20}
    assert emptied(warehouse) == set()
    assert collect(warehouse) == {"artifacts": 4, "bytes": 20}
    assert emptied(warehouse) == {imported, declined, was_challenger, pooled}
    assert young not in emptied(warehouse)
    assert collect(warehouse) == {"artifacts": 0, "bytes": 0}
    assert (
        rows(warehouse, "SELECT model_id, snapshot_hash, decision, artifact_sha256 FROM models ORDER BY model_id")
        == before
    )


def test_a_superseded_proposal_needs_its_model_no_more(warehouse: Warehouse) -> None:
    """A newer training's proposal took its place: the older one cannot be approved, and its bytes go."""
    older, newer = register(warehouse), register(warehouse)
    decide(warehouse, older, "proposed")
    decide(warehouse, newer, "proposed")
    collect(warehouse)
    assert emptied(warehouse) == {older}


def test_who_asks_for_a_collected_model_is_told_in_a_sentence(warehouse: Warehouse) -> None:
    """Its row answers, its bytes do not: that is what export, backtest and challenge say."""
    model = register(warehouse)
    collect(warehouse)
    with warehouse.transaction() as connection:
        found = stored_model(connection, model)
    with pytest.raises(NotReady, match=rf"The bytes of model {model} were collected at 20.* no signal refers to it"):
        found.kept_artifact()


def test_an_appointment_in_flight_keeps_its_model(warehouse: Warehouse) -> None:
    """Upkeep waits for who decides on the cell, and then sees what was decided."""
    model = register(warehouse)
    with ThreadPoolExecutor() as pool:
        with warehouse.transaction() as connection:
            lock_cell(connection, BTC, Cell(15, Decimal("0.003")))
            collecting = pool.submit(collect, warehouse)
            wait_for_lock(warehouse)
            connection.execute(
                "INSERT INTO promotions (run_id, symbol, horizon_minutes, threshold, candidate, model_id, is_accepted, reason, decided_by, "
                "effective_from, kind) VALUES (gen_random_uuid(), %s, 15, .003, 'x', %s, TRUE, 'test', 'test', %s, 'approved')",
                [BTC, model, NOW],
            )
        assert collecting.result() == {"artifacts": 0, "bytes": 0}
    assert emptied(warehouse) == set()


def test_a_collection_that_is_ended_midway_leaves_whole_models(warehouse: Warehouse) -> None:
    """The first is given up, the second is as it was; the next run goes on."""
    first, second = register(warehouse), register(warehouse)
    with ThreadPoolExecutor() as pool, warehouse.transaction() as connection:
        connection.execute("SELECT FROM models WHERE model_id = %s FOR UPDATE", [second])
        collecting = pool.submit(collect, warehouse)
        wait_for_lock(warehouse)
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        with pytest.raises(WarehouseUnreachable):
            collecting.result()
    assert emptied(warehouse) == {first}
    assert rows(warehouse, "SELECT artifact, artifact_collected_at FROM models WHERE model_id = %s", [second]) == [
        (b"bytes", None)
    ]
    assert collect(warehouse)["artifacts"] == 1


def wait_for_lock(warehouse: Warehouse) -> None:
    """Until a session of the database waits for a lock."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    while rows(warehouse, waiting) == [(0,)]:
        pass


def test_expired_signals_go_with_what_hangs_on_them(warehouse: Warehouse) -> None:
    """By whole days, in steps; younger rows and the sums of all days stay as they are, and the guard stands again."""
    cutoffs = upkeep.cutoffs(warehouse, {**ALL, "signals": timedelta(days=1)})
    cut = FIRST + timedelta(days=DAYS - 2)
    assert cutoffs == {**ALL, "signals": cut}
    young = [rows(warehouse, f"SELECT * FROM {table} WHERE ts >= %s ORDER BY 1, 2, 3", [cut]) for table in OF_SIGNALS]
    sums = rows(warehouse, "SELECT * FROM performance_days ORDER BY 1, 2, 3, 4, 5, 6")
    expected = upkeep.count_expired(warehouse, cutoffs)
    assert upkeep.drop_expired(warehouse, cutoffs) == expected
    assert expected["signals"] > 0
    assert expected["minutes"] == expected["checks"] == expected["windows"] == 0
    assert [rows(warehouse, f"SELECT * FROM {table} ORDER BY 1, 2, 3") for table in OF_SIGNALS] == young
    assert rows(warehouse, "SELECT * FROM performance_days ORDER BY 1, 2, 3, 4, 5, 6") == sums
    for table in OF_SIGNALS:
        with pytest.raises(WarehouseRefused, match="append-only"):
            execute(warehouse, f"DELETE FROM {table}")
    assert upkeep.drop_expired(warehouse, cutoffs)["signals"] == 0


OF_SIGNALS = ("signals", "settled_outcomes", "signal_inputs", "signal_commits")
OF_MINUTES = ("minute_metrics", "metric_revisions", "metric_arrivals")


def test_expired_minutes_go_with_what_was_corrected_of_them(warehouse: Warehouse) -> None:
    """Of each symbol, by whole days counted back from the newest minute, whatever the wall clock says."""
    execute(
        warehouse,
        "INSERT INTO minute_metrics (symbol, ts, last_price) SELECT 'ETHUSDT', ts, 1 FROM minute_metrics WHERE ts < %s",
        [FIRST + timedelta(days=3)],
    )
    cutoffs = upkeep.cutoffs(warehouse, {**ALL, "minutes": timedelta(days=2)})
    assert cutoffs["minutes"] == FIRST + timedelta(days=1)
    expected = upkeep.count_expired(warehouse, cutoffs)["minutes"]
    assert upkeep.drop_expired(warehouse, cutoffs)["minutes"] == expected == 2 * 1440
    for table in OF_MINUTES:
        assert rows(warehouse, f"SELECT count(*) FROM {table} WHERE ts < %s", [cutoffs["minutes"]]) == [(0,)], table
    assert rows(warehouse, "SELECT symbol, min(ts) FROM minute_metrics GROUP BY symbol ORDER BY 1") == [
        (BTC, cutoffs["minutes"]),
        ("ETHUSDT", cutoffs["minutes"]),
    ]
    assert rows(warehouse, "SELECT count(*) FROM signals WHERE ts < %s", [cutoffs["minutes"]])[0][0] > 0


def test_what_failed_and_the_newest_window_of_a_symbol_stay(warehouse: Warehouse) -> None:
    """A failed check is why minutes were abstained from, and a load goes on from the newest window that it knows."""
    execute(
        warehouse,
        "INSERT INTO pipeline_checks (checked_at, name, status, is_blocking, detail, runbook) SELECT %s::timestamptz - d * interval '100 days', "
        "'skew', s, TRUE, '', 'skew' FROM generate_series(1, 5) AS d, unnest(ARRAY['ok', 'alert', 'unknown', 'failed']) AS s",
        [NOW],
    )
    execute(
        warehouse,
        "INSERT INTO ingest_windows (symbol, window_from, window_to, requests, retries, rows_new, rows_changed, rows_same, seconds, finished_at) "
        "SELECT 'OLDUSDT', t, t + interval '1 minute', 1, 0, 1, 0, 0, 1, t FROM (SELECT %s::timestamptz - d * interval '500 days' AS t "
        "FROM generate_series(1, 3) AS d) AS x",
        [FIRST],
    )
    kept = {**ALL, "checks": timedelta(days=400), "windows": timedelta(days=400)}
    cutoffs = upkeep.cutoffs(warehouse, kept)
    assert upkeep.count_expired(warehouse, cutoffs) == {"minutes": 0, "signals": 0, "checks": 3, "windows": 2}
    assert upkeep.drop_expired(warehouse, cutoffs) == {"minutes": 0, "signals": 0, "checks": 3, "windows": 2}
    old = "SELECT DISTINCT status FROM pipeline_checks WHERE checked_at < %s::timestamptz - interval '400 days'"
    assert rows(warehouse, old, [NOW]) == [("failed",)]
    assert rows(warehouse, "SELECT count(*) FROM ingest_windows WHERE symbol = 'OLDUSDT'") == [(1,)]
    with pytest.raises(WarehouseRefused, match="append-only"):
        execute(warehouse, "DELETE FROM pipeline_checks")


def test_windows_that_are_not_settled_yet_stay(warehouse: Warehouse) -> None:
    """Settling finds corrected minutes by the ledger: what it has not looked at is kept, however old."""
    execute(warehouse, "INSERT INTO settle_marks (symbol, signal_id, looked_at) VALUES (%s, 1, %s)", [BTC, FIRST])
    assert upkeep.cutoffs(warehouse, {**ALL, "windows": timedelta(days=1)})["windows"] == FIRST


def test_only_the_owner_may_drop(warehouse: Warehouse, postgres: EmbeddedPostgres) -> None:
    """A login that may write the signals is refused in a sentence, and nothing went."""
    with login(postgres, "GRANT market_writer TO") as name:
        other = Warehouse(postgres.dsn(conninfo_to_dict(warehouse.dsn)["dbname"], name, PASSWORD))
        with pytest.raises(WarehouseRefused, match="a login that owns the schema"):
            upkeep.drop_expired(other, {**ALL, "signals": NOW})


@contextmanager
def login(postgres: EmbeddedPostgres, grant: str) -> Iterator[str]:
    name = f"login_{uuid4().hex}"
    postgres.ensure_role(name, PASSWORD)
    with postgres.connect() as connection:
        connection.execute(f'{grant} "{name}"')
    yield name
    with postgres.connect() as connection:
        connection.execute(f'DROP ROLE "{name}"')


def flushed(warehouse: Warehouse, table: str) -> None:
    """Change every row, and let the server count it now."""
    with psycopg.connect(warehouse.dsn, autocommit=True) as connection:
        connection.execute(f"UPDATE market.{table} SET loaded_at = now()")
        connection.execute("SELECT pg_stat_force_next_flush()")
        connection.execute("SELECT 1")


def test_a_table_that_changed_is_vacuumed(warehouse: Warehouse) -> None:
    """Its dead rows are gone and its statistics new; a second run finds it well; a dry run only counts."""
    pipeline = make_pipeline("http://127.0.0.1:9", warehouse.dsn)
    flushed(warehouse, "minute_metrics")
    assert "minute_metrics" in upkeep.tables_due(warehouse)[0]
    assert maintain(pipeline, "vacuum_and_analyse", dry_run=True).counts["tables"] >= 1
    done = maintain(pipeline, "vacuum_and_analyse")
    assert done.counts["held_by_others"] == 0
    [(dead, vacuumed, analysed)] = rows(
        warehouse,
        "SELECT n_dead_tup, last_vacuum IS NOT NULL AS a, last_analyze IS NOT NULL AS b FROM pg_stat_user_tables WHERE relname = 'minute_metrics'",
    )
    assert (dead, vacuumed, analysed) == (0, True, True)
    assert "minute_metrics" not in upkeep.tables_due(warehouse)[0]


def test_a_table_that_somebody_holds_is_left_and_said(warehouse: Warehouse) -> None:
    """Autovacuum or a migration at work is not waited for."""
    with warehouse.transaction() as connection:
        connection.execute("LOCK TABLE minute_metrics IN SHARE UPDATE EXCLUSIVE MODE")
        assert upkeep.vacuum(warehouse, ["minute_metrics", "signals"]) == ["minute_metrics"]


def test_tables_of_another_login_are_named(warehouse: Warehouse, postgres: EmbeddedPostgres) -> None:
    """PostgreSQL only warns and does nothing: the step is red and says whom to be."""
    flushed(warehouse, "minute_metrics")
    with login(postgres, "GRANT market_reader TO") as name:
        other = Warehouse(postgres.dsn(conninfo_to_dict(warehouse.dsn)["dbname"], name, PASSWORD))
        pipeline = replace(make_pipeline("http://127.0.0.1:9", warehouse.dsn), warehouse=other)
        with pytest.raises(WarehouseRefused, match=r"minute_metrics.* belong to another login"):
            maintain(pipeline, "vacuum_and_analyse")


def test_one_step_s_failure_leaves_the_others(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    """All that can be done is done, and what failed says so."""
    monkeypatch.setenv("CORTEX_SIGNALS_HOME", str(tmp_path))
    monkeypatch.setenv("CORTEX_SIGNALS_BACKUPS", "/proc/none")
    monkeypatch.delenv("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", raising=False)
    monkeypatch.delenv("AIRFLOW_HOME", raising=False)
    pipeline = make_pipeline("http://127.0.0.1:9", warehouse.dsn)
    done, failed = maintain_all(pipeline)
    assert [one.step for one in done] == [step for step in STEPS if step != "back_up"]
    assert set(failed) == {"back_up"}
    assert "cannot be written" in str(failed["back_up"])
    _, failed = maintain_all(pipeline, ["clean_metadata"])
    assert "address of Airflow's own database" in str(failed["clean_metadata"])
