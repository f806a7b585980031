"""`migrate --dry-run` says what the run then does, changes nothing and waits for nobody."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from older_schema import make_older
from pipelines import rows

from include.cli.main import main
from include.errors import WarehouseRefused, WarehouseUnreachable
from include.launcher.postgres import EmbeddedPostgres
from include.warehouse import migrate as migrate_module
from include.warehouse import migration_plan, schema_drift
from include.warehouse.connection import Warehouse
from include.warehouse.migrate import migrate
from include.warehouse.migration_plan import MigrationPlan, plan_migration
from include.warehouse.statements import sql_files
from tests.integration.conftest import PASSWORD

MIGRATIONS = [name for name, _ in sql_files("migrations")]
EVERYTHING = """
SELECT 'relation', oid::text, concat_ws(' ', relname, relfilenode, relacl) FROM pg_class WHERE relnamespace::regnamespace::text !~ '^pg_'
UNION ALL SELECT 'function', oid::text, prosrc FROM pg_proc
UNION ALL SELECT 'schema', oid::text, concat_ws(' ', nspname, nspacl) FROM pg_namespace
UNION ALL SELECT 'comment', concat_ws(' ', objoid, objsubid), description FROM pg_description
UNION ALL SELECT 'role', oid::text, rolname::text FROM pg_roles
ORDER BY 1, 2, 3
"""
LOCKED = """
SELECT DISTINCT c.relname::text FROM pg_locks AS l INNER JOIN pg_class AS c ON c.oid = l.relation
WHERE l.pid = pg_backend_pid() AND c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
    AND l.mode IN ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
"""


@pytest.fixture
def warehouse(new_database: str) -> Warehouse:
    return Warehouse(new_database)


def with_another_text(monkeypatch: pytest.MonkeyPatch, folder: str, name: str, text: str | None = None) -> None:
    """The file of that name has another text, by default its own and a remark."""
    real = migrate_module.sql_files

    def changed(asked: str) -> list[tuple[str, str]]:
        found = dict(real(asked))
        if asked == folder:
            found[name] = text or found[name] + "\n-- changed"
        return sorted(found.items())

    monkeypatch.setattr(migrate_module, "sql_files", changed)


def checked(warehouse: Warehouse) -> MigrationPlan:
    """The plan, after which everything is as before, and which the run then follows."""
    before = rows(warehouse, EVERYTHING)
    plan = plan_migration(warehouse)
    assert rows(warehouse, EVERYTHING) == before
    roles = {name for kind, _, name in before if kind == "role"}
    done = migrate(warehouse)
    assert (plan.migrations, plan.views, plan.feature_version) == (done.migrations, done.views, done.feature_version)
    assert {name for kind, _, name in rows(warehouse, EVERYTHING) if kind == "role"} - roles == set(plan.makes_roles)
    assert plan_migration(warehouse).is_empty
    return plan


def test_of_an_empty_database(warehouse: Warehouse) -> None:
    """Everything is to be made, and nobody waits for what is not there."""
    plan = checked(warehouse)
    assert plan.makes_schema
    assert plan.migrations == MIGRATIONS
    assert plan.locks == []
    assert set(plan.grants_to) == {"market_writer", "market_reader"}


@pytest.mark.parametrize("steps", [1, len(MIGRATIONS) - 1])
def test_of_a_warehouse_between(warehouse: Warehouse, steps: int) -> None:
    """Each older schema gets what it lacks."""
    make_older(warehouse, migrations=steps)
    plan = checked(warehouse)
    assert plan.migrations == MIGRATIONS[steps:]
    assert not plan.makes_schema


def test_the_tables_that_others_wait_for_are_those_that_are_locked(warehouse: Warehouse) -> None:
    """Of each migration: what its text tells is what the server says that it holds."""
    make_older(warehouse, migrations=1)
    for name, text in sql_files("migrations")[1:]:
        with warehouse.transaction() as connection:
            tables = migration_plan._tables(connection)
            told = migration_plan._locks(connection, [text], tables, set())
            connection.execute(text)  # type: ignore[call-overload]
            locked = {relation for (relation,) in connection.execute(LOCKED)} & tables.keys()
        declared = {one.strip() for line in migration_plan.LOCKS.findall(text) for one in line.split(",")}
        assert locked <= set(told) <= locked | declared, name


def test_of_a_changed_view_with_its_readers(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """Readers come with it, what others built on it is named, and the view is what others wait for."""
    migrate(warehouse)
    with warehouse.transaction() as connection:
        connection.execute("CREATE VIEW public.mine AS SELECT symbol FROM champions")
    with_another_text(monkeypatch, "views", "40_champion/champions.sql")
    plan = checked(warehouse)
    assert plan.migrations == []
    assert set(plan.views) == {"champions", "model_leaderboard"}
    assert set(plan.locks) == set(plan.views)
    assert plan.others == {"champions": ["public.mine"]}


def test_of_a_view_that_somebody_changed(warehouse: Warehouse) -> None:
    """It is made again, and the plan says why."""
    migrate(warehouse)
    with warehouse.transaction() as connection:
        connection.execute("DROP VIEW checks_latest CASCADE")
    plan = checked(warehouse)
    assert "checks_latest" in plan.repairs


def test_it_holds_up_no_load_and_waits_for_none(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a load writes and another migration has begun, the plan is told; while a table is changed, it gives up."""
    migrate(warehouse)
    with warehouse.transaction("writer") as load, warehouse.transaction() as other:
        load.execute("INSERT INTO minute_metrics (symbol, ts) VALUES ('X', '2026-01-01Z')")
        other.execute("SELECT pg_advisory_xact_lock(%s)", [migrate_module.MIGRATION_LOCK])
        assert plan_migration(warehouse).is_empty
        other.execute("LOCK TABLE signals IN ACCESS EXCLUSIVE MODE")
        monkeypatch.setattr(schema_drift, "PATIENCE", timedelta(milliseconds=50))
        with pytest.raises(WarehouseUnreachable, match=r"nothing was changed"):
            plan_migration(warehouse)


def test_what_the_run_would_refuse_is_refused(
    warehouse: Warehouse, postgres: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another's schema, a login that may make none, a changed past, a newer version: the sentence of the run."""
    postgres.ensure_role("guest_login", PASSWORD, "")
    name = warehouse.dsn.rpartition("/")[2]
    with psycopg.connect(warehouse.dsn) as connection:
        connection.execute("CREATE SCHEMA other")
        connection.execute(f"GRANT CONNECT ON DATABASE {name} TO guest_login")  # type: ignore[call-overload]
    refused(Warehouse(warehouse.dsn, "other"), r"did not make")
    refused(Warehouse(postgres.dsn(name, "guest_login", PASSWORD)), r"GRANT CREATE ON DATABASE .* TO guest_login")
    migrate(warehouse)
    with monkeypatch.context() as patch:
        with_another_text(patch, "migrations", "0001_market.sql")
        refused(warehouse, r"0001_market.sql was changed after it was applied")
    with warehouse.transaction() as connection:
        connection.execute("INSERT INTO schema_migrations VALUES ('9999_later.sql', 'x')")
    refused(warehouse, r"newer version, which has 9999_later.sql")


def refused(warehouse: Warehouse, sentence: str) -> None:
    for run in (plan_migration, migrate):
        with pytest.raises(WarehouseRefused, match=sentence):
            run(warehouse)


def test_the_command_tells_a_person_and_a_machine(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Text with each step and whom it holds up; the same as JSON; then nothing to do."""
    make_older(warehouse, migrations=len(MIGRATIONS) - 1)
    monkeypatch.setenv("WAREHOUSE_DSN", warehouse.dsn)
    monkeypatch.setenv("CORTEX_URL", "http://127.0.0.1:1")

    def told(*arguments: str) -> str:
        assert main(["migrate", *arguments]) == 0
        return capsys.readouterr().out

    text = told("--dry-run")
    assert text.startswith("Nothing was changed.")
    assert f"\n- apply 1 migrations: {MIGRATIONS[-1]}\n" in text
    assert re.search(r"\nOthers wait until it ends for .*minute_features.*at most 30 s", text)
    document: dict[str, Any] = json.loads(told("--dry-run", "--json"))
    assert (document["migrations"], document["is_empty"]) == (MIGRATIONS[-1:], False)
    told()
    assert told("--dry-run").startswith("Nothing to do")
