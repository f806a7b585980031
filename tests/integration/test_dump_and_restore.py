"""A dump of a filled warehouse becomes a warehouse that goes on: where our roles are, and where they are not."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from filled import LATER, NOW, answer, contents, market, pipeline_to
from markets import Serve
from pipelines import rows

from include.errors import WarehouseRefused
from include.ingest import ingest
from include.launcher.postgres import EmbeddedPostgres
from include.pipeline import Pipeline
from include.replay import replay
from include.warehouse.migrate import migrate
from include.warehouse.migration_plan import plan_migration
from include.warehouse.schema_drift import compare
from tests.integration.conftest import DEFAULT_VERSION, database, running_server

SIGNALS = "SELECT count(*), max(signal_id) FROM signals"
BEHIND = """
SELECT c.relname, a.attname, s.last_value FROM pg_class AS c
INNER JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attidentity <> ''
INNER JOIN pg_sequences AS s ON s.schemaname || '.' || s.sequencename = pg_get_serial_sequence('market.' || c.relname, a.attname)
WHERE c.relnamespace = 'market'::regnamespace
"""


@pytest.fixture(scope="module")
def dump(postgres: EmbeddedPostgres, filled: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("dump") / "warehouse.dump"
    run(postgres, "pg_dump", "-Fc", "-f", str(file), "-d", filled)
    return file


@pytest.fixture(scope="module")
def server_without_roles() -> Iterator[EmbeddedPostgres]:
    with running_server(DEFAULT_VERSION) as server:
        yield server


def run(server: EmbeddedPostgres, program: str, *arguments: str) -> None:
    done = subprocess.run([server.binaries.program(program), *arguments], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def restore(server: EmbeddedPostgres, dump: Path, dsn: str, *options: str) -> None:
    run(server, "pg_restore", "--exit-on-error", *options, "-d", dsn, str(dump))


def test_where_our_roles_are(
    postgres: EmbeddedPostgres, filled: str, dump: Path, new_database: str, serve: Serve
) -> None:
    """All comes back but what the roles may do in the database itself, which no dump has and a migrate gives."""
    restore(postgres, dump, new_database)
    restored = pipeline_to(serve(market(), LATER), new_database)
    assert contents(restored) == contents(pipeline_to("http://unasked", filled))
    assert plan_migration(restored.warehouse).is_empty
    assert [one.found for one in compare(restored.warehouse).drift] == [
        "database grant TEMPORARY TO market_writer is gone"
    ]
    assert_nothing_is_left_to_migrate(restored)
    assert_it_goes_on(restored)


def test_where_our_roles_are_not(server_without_roles: EmbeddedPostgres, filled: str, dump: Path, serve: Serve) -> None:
    """Without owners and rights the rows come back; one migrate makes the roles and gives the rights, and no more."""
    with database(server_without_roles) as dsn:
        restore(server_without_roles, dump, dsn, "--no-owner", "--no-privileges")
        restored = pipeline_to(serve(market(), LATER), dsn)
        assert contents(restored) == contents(pipeline_to("http://unasked", filled))
        # without rights everybody may run every function, also those that write
        assert {one.name.rpartition(" TO ")[2] for one in compare(restored.warehouse).drift} == {"PUBLIC"}
        assert_nothing_is_left_to_migrate(restored)
        assert_it_goes_on(restored)


def test_with_the_roles_of_the_old_server(
    postgres: EmbeddedPostgres, server_without_roles: EmbeddedPostgres, dump: Path
) -> None:
    """With owners and rights it is refused where a role is missing: `pg_dumpall --roles-only` comes first, or the two options."""
    with database(server_without_roles) as dsn, server_without_roles.connect() as connection:
        for role in ("market_writer", "market_reader"):
            connection.execute(f"DROP ROLE IF EXISTS {role}")  # type: ignore[call-overload]
        done = subprocess.run(
            [postgres.binaries.program("pg_restore"), "--exit-on-error", "-d", dsn, str(dump)],
            capture_output=True,
            text=True,
        )
        assert done.returncode == 1
        assert 'role "market_' in done.stderr


def assert_nothing_is_left_to_migrate(restored: Pipeline) -> None:
    """A migrate makes nothing, and then everything stands."""
    done = migrate(restored.warehouse)
    assert (done.migrations, done.views) == ([], [])
    assert compare(restored.warehouse).drift == ()


def assert_it_goes_on(restored: Pipeline) -> None:
    """From the watermark, with numbers that are free, append-only, under the least rights; an old signal replays."""
    [(signals, newest)] = rows(restored.warehouse, SIGNALS)
    loaded = ingest(restored)
    assert (loaded.minutes_new, loaded.newest) == (20, LATER)
    answer(restored, NOW, LATER)
    [(now, last)] = rows(restored.warehouse, SIGNALS)
    assert now > signals
    assert last > newest
    for table, column, reached in rows(restored.warehouse, BEHIND):
        [(highest,)] = rows(restored.warehouse, f"SELECT max({column}) FROM {table}")
        assert (reached or 0) >= (highest or 0), table
    [(old,)] = rows(restored.warehouse, "SELECT min(signal_id) FROM signals WHERE p_up IS NOT NULL")
    assert replay(restored, old).is_right
    for role, change in {
        None: "DELETE FROM signals",
        "writer": "UPDATE signals SET side = 'HOLD'",
        "reader": "INSERT INTO alerts (alert_key, summary, runbook) VALUES ('a', 'b', 'c')",
    }.items():
        with pytest.raises(WarehouseRefused), restored.warehouse.transaction(role) as connection:
            connection.execute(change)  # type: ignore[call-overload]
