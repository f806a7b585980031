"""Behind a pooler that gives a session for a transaction and no longer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest
from filled import LATER, NOW, OF_THE_RUN, answer, contents, fill, market, pipeline_to, settings
from markets import Serve
from pgbouncer import pooled
from pipelines import rows
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from include.backup import back_up
from include.cli.main import main
from include.errors import WarehouseError, WarehouseRefused
from include.ingest import ingest
from include.launcher.postgres import EmbeddedPostgres
from include.pipeline import Pipeline
from include.predict import predict
from include.replay import replay
from include.settle import settle
from include.status import status
from include.warehouse.connection import Warehouse
from include.warehouse.migrate import migrate
from include.warehouse.page import page_state
from tests.integration.conftest import OWNER

# Of what is set, the pooler follows these itself.
LEFT_BEHIND = """
SELECT current_user = session_user AS acts_as_itself,
    (
        SELECT count(*) FROM pg_settings WHERE source = 'session'
        AND name NOT IN ('application_name', 'client_encoding', 'DateStyle', 'TimeZone', 'standard_conforming_strings')
    ) AS settings,
    (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()) AS locks,
    (SELECT count(*) FROM pg_prepared_statements) AS prepared,
    (SELECT count(*) FROM pg_class WHERE relnamespace = pg_my_temp_schema()) AS temporary,
    pg_backend_pid() AS session
"""


@pytest.fixture
def pooler(migrated_database: str) -> Iterator[str]:
    with pooled(migrated_database) as dsn:
        yield dsn


def vacuum(warehouse: Warehouse) -> None:
    with warehouse.autocommit() as connection:
        connection.execute("VACUUM minute_metrics")


def test_what_no_transaction_may_hold_runs_in_a_session_of_its_own(migrated_database: str) -> None:
    """A VACUUM works by the table's bare name, and what a statement writes is there before the next."""
    warehouse = Warehouse(migrated_database)
    vacuum(warehouse)
    with warehouse.autocommit() as connection:
        connection.execute("INSERT INTO minute_metrics (symbol, ts) VALUES ('X', '2026-01-01Z')")
        with warehouse.transaction() as other:
            assert other.execute("SELECT symbol FROM minute_metrics").fetchall() == [("X",)]


def test_a_pooler_gives_no_session_and_the_direct_dsn_does(migrated_database: str, pooler: str) -> None:
    """The sentence names the setting and no password; with it the work is done past the pooler."""
    with pytest.raises(WarehouseRefused, match=r"behind a pooler.*WAREHOUSE_DIRECT_DSN.*secret_direct_dsn") as refused:
        vacuum(Warehouse(pooler))
    assert "only for tests" not in str(refused.value)
    vacuum(Warehouse(pooler, direct_dsn=migrated_database))


def test_a_dump_wants_a_session_too(migrated_database: str, pooler: str, tmp_path: Path) -> None:
    """Refused through the pooler, whole past it."""
    with pytest.raises(WarehouseRefused, match=r"behind a pooler.*WAREHOUSE_DIRECT_DSN"):
        back_up(Warehouse(pooler), tmp_path, keep=1)
    assert [*tmp_path.iterdir()] == []
    done = back_up(Warehouse(pooler, direct_dsn=migrated_database), tmp_path, keep=1)
    assert Path(done.file).stat().st_size == done.bytes > 0


def test_a_pooler_that_swallows_the_options_gives_no_session_either(migrated_database: str) -> None:
    """With ignore_startup_parameters the connection comes, without the search path that was asked for."""
    with (
        pooled(migrated_database, ignore_startup_parameters="options") as dsn,
        pytest.raises(WarehouseRefused, match=r"WAREHOUSE_DIRECT_DSN"),
    ):
        vacuum(Warehouse(dsn))


def test_a_pooler_of_statements_is_refused(migrated_database: str) -> None:
    """It knows no transaction; nothing is written, and the sentence is the pooler's."""
    with (
        pooled(migrated_database, pool_mode="statement") as dsn,
        pytest.raises(WarehouseError, match=r"statement pool"),
    ):
        migrate(Warehouse(dsn))


def side_by_side(*works: Callable[[], Any], times: int) -> None:
    """Each of them so often, all at once."""
    with ThreadPoolExecutor(len(works)) as pool:
        for done in [pool.submit(_again, work, times) for work in works]:
            done.result()


def _again(work: Callable[[], Any], times: int) -> None:
    for _ in range(times):
        work()


def assert_nothing_is_left_behind(dsn: str) -> None:
    """Who gets the sessions next finds them as they were: no search path, role, lock, statement or table of ours."""
    with psycopg.connect(dsn) as one, psycopg.connect(dsn) as other:
        found = [connection.execute(LEFT_BEHIND).fetchone() for connection in (one, other)]
    assert [row[:5] for row in found if row] == [(True, 0, 0, 0, 0)] * 2
    assert found[0] != found[1]


def go_on(pipeline: Pipeline) -> None:
    """The next minutes, one stage after the other."""
    ingest(pipeline)
    predict(pipeline)
    answer(pipeline, NOW, LATER)


def go_on_side_by_side(pipeline: Pipeline) -> None:
    """The same with others about: loads beside loads, then answers beside loads, and readers all the time."""
    reads = (lambda: status(pipeline), lambda: page_state(pipeline.warehouse, settings()))
    side_by_side(lambda: ingest(pipeline), lambda: ingest(pipeline), lambda: settle(pipeline), *reads, times=3)
    side_by_side(lambda: predict(pipeline), lambda: ingest(pipeline), lambda: settle(pipeline), *reads, times=3)
    answer(pipeline, NOW, LATER)


def test_the_way_of_the_data_is_the_same_through_it(
    filled: str, another_database: str, new_database: str, postgres: EmbeddedPostgres, serve: Serve
) -> None:
    """Migrate, backfill, train, predict, settle, check and replay give the same rows as without it, side by side as well."""
    with pooled(new_database) as dsn:
        fill(pipeline_to(serve(market(), NOW), dsn))
        direct, through = (pipeline_to("http://unasked", one) for one in (filled, dsn))
        assert contents(through, of_the_run=False) == contents(direct, of_the_run=False)
        url = serve(market(), LATER)
        direct, through = pipeline_to(url, another_database), pipeline_to(url, dsn)
        copy_database(postgres, filled, another_database)
        go_on(direct)
        go_on_side_by_side(through)
        assert without_numbers(through) == without_numbers(direct)
        [(scored,)] = rows(through.warehouse, "SELECT max(signal_id) FROM signals WHERE p_up IS NOT NULL")
        assert replay(through, scored).is_right
        assert_nothing_is_left_behind(dsn)


def copy_database(postgres: EmbeddedPostgres, source: str, target: str) -> None:
    names = [sql.Identifier(str(conninfo_to_dict(dsn)["dbname"])) for dsn in (target, source)]
    with postgres.connect() as connection:
        connection.execute(sql.SQL("DROP DATABASE {}").format(names[0]))
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(names[0], sql.Identifier(OWNER), names[1])
        )


def without_numbers(pipeline: Pipeline) -> list[Any]:
    """Minutes, signals and outcomes, without the numbers that runs side by side take in another order."""
    left_out = sorted({*OF_THE_RUN, "signal_id"})
    return [
        rows(pipeline.warehouse, f"SELECT (to_jsonb(t) - %s::text[])::text FROM {table} AS t ORDER BY 1", [left_out])
        for table in ("minute_metrics", "signals", "settled_outcomes")
    ]


def test_the_commands_work_through_it(
    filled: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`status`, `migrate --dry-run` and `dsn`: the latter leads past the pooler, and without the direct DSN says why."""
    with pooled(filled) as dsn:
        for name, value in {"WAREHOUSE_DSN": dsn, "CORTEX_URL": "http://127.0.0.1:1"}.items():
            monkeypatch.setenv(name, value)
        assert main(["status"]) == main(["migrate", "--dry-run"]) == 0
        assert "Nothing to do" in capsys.readouterr().out
        assert main(["dsn"]) == 1
        assert "WAREHOUSE_DIRECT_DSN" in capsys.readouterr().err
        monkeypatch.setenv("WAREHOUSE_DIRECT_DSN", filled)
        assert main(["dsn"]) == 0
        with psycopg.connect(capsys.readouterr().out.strip()) as connection:
            assert connection.execute("SELECT current_user, count(*) > 0 FROM signals").fetchone() == (
                "market_reader",
                True,
            )
