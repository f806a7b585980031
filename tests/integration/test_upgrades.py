"""Older warehouses with data become this version's: each step of the schema, and each release as it was dumped."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from filled import LATER, NOW, answer, contents, market, pipeline_to
from markets import Serve
from older_schema import make_older
from older_schema.releases import VERSION, snapshots
from pipelines import rows

from include.ingest import ingest
from include.launcher.postgres import EmbeddedPostgres
from include.replay import replay
from include.warehouse.connection import Warehouse
from include.warehouse.migrate import migrate
from include.warehouse.schema_drift import compare, standing_objects
from include.warehouse.statements import sql_files
from tests.integration.conftest import PG_VERSIONS, database

MIGRATIONS = [name for name, _ in sql_files("migrations")]
# The first ones, the one before last and the last; the others take their time in `make test-long`.
SHORT = {1, 2, len(MIGRATIONS) - 1, len(MIGRATIONS)}
STEPS = [pytest.param(n, marks=[] if n in SHORT else pytest.mark.long) for n in range(1, len(MIGRATIONS) + 1)]
BOOKKEEPING = {"schema_migrations", "view_definitions", "schema_objects", "feature_versions"}
COLUMNS = """
SELECT c.relname::text, array_agg(quote_ident(a.attname) ORDER BY a.attnum) FROM pg_class AS c
INNER JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = 'market'::regnamespace AND c.relkind = 'r' GROUP BY c.relname
"""
COMMENTS = """
SELECT c.relname || '.' || coalesce(a.attname, ''), coalesce(col_description(c.oid, a.attnum), obj_description(c.oid, 'pg_class'))
FROM pg_class AS c LEFT JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = 'market'::regnamespace AND c.relkind IN ('r', 'v') AND c.relname !~ '^minute_features'
"""
VIEWS = "SELECT relname::text FROM pg_class WHERE relnamespace = 'market'::regnamespace AND relkind = 'v'"


@pytest.fixture(scope="module")
def fresh(postgres: EmbeddedPostgres) -> Iterator[dict[Any, str]]:
    """The schema that an empty database gets."""
    with database(postgres) as dsn:
        migrate(Warehouse(dsn))
        yield schema_of(Warehouse(dsn))


def schema_of(warehouse: Warehouse) -> dict[Any, str]:
    """Every object and comment, but for the features: which columns they show depends on the versions that there were."""
    with warehouse.transaction() as connection:
        objects = standing_objects(connection)
    found: dict[Any, str] = dict(rows(warehouse, COMMENTS))  # type: ignore[arg-type]
    return found | {
        key: one.definition
        for key, one in objects.items()
        if not str(one.relation or one.name).startswith(("minute_features", "features_between"))
    }


def copy_what_fits(source: Warehouse, target: Warehouse, superuser: str) -> None:
    """The rows of the filled warehouse, in the tables and columns that the older one has."""
    older = dict(rows(target, COLUMNS))
    with source.transaction() as full, Warehouse(superuser).transaction() as connection:
        connection.execute("SET LOCAL session_replication_role = replica")
        for table in older.keys() - BOOKKEEPING:
            columns = ", ".join(older[table])
            newest = "ORDER BY ts DESC LIMIT 500" if table == "minute_metrics" else ""
            with (
                full.cursor().copy(f"COPY (SELECT {columns} FROM {table} {newest}) TO STDOUT") as out,
                connection.cursor().copy(f"COPY {table} ({columns}) FROM STDIN") as into,
            ):
                for block in out:
                    into.write(block)


def assert_all_is_kept(before: dict[str, list[str]], after: dict[str, list[str]]) -> None:
    """No row more or less, and each older column as it was."""
    for table in before.keys() - BOOKKEEPING:
        old, new = ([json.loads(text) for text in found[table]] for found in (before, after))
        columns = set(old[0]) if old else set()
        kept = [{name: row[name] for name in row.keys() & columns} for row in new]
        assert sorted(map(repr, map(sorted_items, kept))) == sorted(map(repr, map(sorted_items, old))), table


def sorted_items(row: dict[str, Any]) -> list[tuple[str, Any]]:
    return sorted(row.items())


def assert_every_view_answers(warehouse: Warehouse) -> None:
    for (view,) in rows(warehouse, VIEWS):
        rows(warehouse, f"SELECT * FROM {view} LIMIT 5")


@pytest.mark.parametrize("steps", STEPS)
def test_each_step_of_the_schema_with_data(
    steps: int, filled: str, new_database: str, postgres: EmbeddedPostgres, fresh: dict[Any, str]
) -> None:
    """Every row and value survives, the schema is that of an empty database, and every view answers."""
    older, name = Warehouse(new_database), new_database.rpartition("/")[2]
    make_older(older, migrations=steps)
    copy_what_fits(Warehouse(filled), older, postgres.dsn(name))
    before = contents(pipeline_to("http://unasked", new_database))
    assert {"minute_metrics", "signals", "models", "promotions"} <= {table for table, found in before.items() if found}
    assert migrate(older).migrations == MIGRATIONS[steps:]
    assert_all_is_kept(before, contents(pipeline_to("http://unasked", new_database)))
    assert schema_of(older) == fresh
    assert compare(older).drift == ()
    assert_every_view_answers(older)


@pytest.mark.parametrize("postgres", PG_VERSIONS, indirect=True)
@pytest.mark.parametrize("snapshot", snapshots(), ids=lambda path: path.stem)
def test_each_release(snapshot: Path, postgres: EmbeddedPostgres, serve: Serve) -> None:
    """Its minutes, models and signals are kept, a user's view too, its signals replay, and its champion goes on."""
    with database(postgres) as dsn, database(postgres) as empty:
        psql = [postgres.binaries.program("psql"), "-q", "-v", "ON_ERROR_STOP=1", "-d", dsn, "-f", str(snapshot)]
        subprocess.run(psql, check=True, capture_output=True)
        upgraded = pipeline_to(serve(market(), LATER), dsn)
        with upgraded.warehouse.transaction() as connection:
            connection.execute("CREATE VIEW public.mine AS SELECT ts, outcome FROM signal_outcomes")
        before = contents(upgraded)
        migrate(upgraded.warehouse)
        assert_all_is_kept(before, contents(upgraded))
        migrate(Warehouse(empty))
        assert schema_of(upgraded.warehouse) == schema_of(Warehouse(empty))
        assert_every_view_answers(upgraded.warehouse)
        [(old,)] = rows(upgraded.warehouse, "SELECT min(signal_id) FROM signals WHERE p_up IS NOT NULL")
        assert replay(upgraded, old).is_right
        ingest(upgraded)
        answer(upgraded, NOW, LATER)
        [(scored, mine)] = rows(
            upgraded.warehouse,
            "SELECT count(*) FILTER (WHERE p_up IS NOT NULL) AS scored, (SELECT count(*) FROM public.mine) AS mine FROM signals WHERE ts >= %s",
            [NOW],
        )
        assert scored >= 19
        assert mine > 0


def test_this_version_has_its_snapshot() -> None:
    """The upgrade from it is a test of the next: `python -m tests.integration.older_schema.releases` writes it."""
    assert VERSION in {path.stem for path in snapshots()}
