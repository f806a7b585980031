"""What somebody changed in the schema by hand is found, named, and mended by what is said of it."""

from __future__ import annotations

import pytest
from older_schema import make_older
from pipelines import rows

from include.errors import NotReady
from include.warehouse.connection import Warehouse
from include.warehouse.migrate import migrate
from include.warehouse.schema_drift import MIGRATE, Compared, compare

ANOTHER_BODY = """
DO $$ BEGIN
    EXECUTE 'CREATE OR REPLACE VIEW checks_latest AS SELECT * FROM ('
        || rtrim(pg_get_viewdef('checks_latest'::regclass), ';') || ') AS q WHERE FALSE';
END $$
"""
# What somebody does, what is found, and the begin of what is to be done.
CHANGES = {
    "an index that went": ("DROP INDEX signals_newest", "index signals_newest is gone", "run CREATE INDEX"),
    "another index of the name": (
        "DROP INDEX signals_newest; CREATE INDEX signals_newest ON signals (symbol)",
        "index signals_newest was changed",
        "run DROP INDEX signals_newest; CREATE INDEX",
    ),
    "a trigger that sleeps": (
        "ALTER TABLE signals DISABLE TRIGGER signals_append_only",
        "trigger signals.signals_append_only was changed",
        "run ALTER TABLE signals ENABLE TRIGGER signals_append_only",
    ),
    "a trigger that went": (
        "DROP TRIGGER signals_append_only ON signals",
        "trigger signals.signals_append_only is gone",
        "run CREATE TRIGGER",
    ),
    "a check that went": (
        "ALTER TABLE signals DROP CONSTRAINT signals_side_check",
        "constraint signals.signals_side_check is gone",
        "run ALTER TABLE signals ADD CONSTRAINT signals_side_check CHECK",
    ),
    "a table that no crash spares": (
        "ALTER TABLE source_limits SET UNLOGGED",
        "table source_limits was changed: it is unlogged table",
        "run ALTER TABLE source_limits SET LOGGED",
    ),
    "another view": (ANOTHER_BODY, "view checks_latest was changed", MIGRATE),
    "a function of the triggers that lets all pass": (
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
        "function refuse_change() was changed",
        "run CREATE OR REPLACE FUNCTION market.refuse_change()",
    ),
    "a function with a setting": (
        "ALTER FUNCTION features_between(text, timestamptz, timestamptz) SET work_mem = '1MB'",
        "function features_between(text,timestamp with time zone,timestamp with time zone) was changed",
        MIGRATE,
    ),
    "a right that went": (
        "REVOKE SELECT ON signals FROM market_reader",
        "grant SELECT ON signals TO market_reader is gone",
        MIGRATE,
    ),
    "a function for all that was for the writer": (
        "GRANT EXECUTE ON FUNCTION settle_outcomes TO PUBLIC",
        "grant EXECUTE ON FUNCTION settle_outcomes(text,integer,interval,boolean) TO PUBLIC: migrate did not make it",
        "run REVOKE EXECUTE ON FUNCTION settle_outcomes(text,integer,interval,boolean) FROM PUBLIC",
    ),
    "a function for none but its owner": (
        "REVOKE EXECUTE ON FUNCTION student_t_95 FROM PUBLIC",
        "grant EXECUTE ON FUNCTION student_t_95(double precision) TO PUBLIC is gone",
        "run GRANT EXECUTE ON FUNCTION student_t_95(double precision) TO PUBLIC",
    ),
    "a right too many": (
        "GRANT UPDATE ON signals TO market_writer",
        "grant UPDATE ON signals TO market_writer: migrate did not make it",
        "run REVOKE UPDATE ON signals FROM market_writer",
    ),
}


@pytest.fixture
def warehouse(migrated_database: str) -> Warehouse:
    return Warehouse(migrated_database)


def change(warehouse: Warehouse, statements: str) -> None:
    with warehouse.transaction() as connection:
        connection.execute(statements)  # type: ignore[call-overload]


def said(found: Compared) -> list[tuple[str, str]]:
    return [(one.found, one.fix) for one in found.drift]


@pytest.mark.parametrize("name", CHANGES)
def test_what_was_changed_is_named_and_what_is_said_mends_it(warehouse: Warehouse, name: str) -> None:
    """One finding, a migrate that does not take it for right (and sets rights right itself), and a fix that mends it."""
    by_hand, found, begin = CHANGES[name]
    change(warehouse, by_hand)
    [(told, fix)] = said(compare(warehouse))
    assert told == found
    assert fix.startswith(begin)
    if fix == MIGRATE:
        migrate(warehouse)
    elif told.startswith("grant"):
        change(warehouse, fix.removeprefix("run "))
    else:
        migrate(warehouse)
        assert said(compare(warehouse)) == [(told, fix)]
        change(warehouse, fix.removeprefix("run "))
    assert said(compare(warehouse)) == []


def test_a_view_that_went_with_its_readers_is_made_again(warehouse: Warehouse) -> None:
    """DROP … CASCADE takes more than one; each is found, and migrate makes all of them."""
    change(warehouse, "DROP VIEW signals_live CASCADE")
    gone = {one.name for one in compare(warehouse).drift}
    assert "signals_live" in gone
    assert gone <= set(migrate(warehouse).views) | {f"SELECT ON {name} TO market_reader" for name in gone}
    assert said(compare(warehouse)) == []
    assert rows(warehouse, "SELECT count(*) FROM signals_live") == [(0,)]


def test_a_changed_column_is_found_and_an_added_one_only_told(warehouse: Warehouse) -> None:
    """The type and NOT NULL of a column are ours; a column, a table and a grant of somebody's own are not."""
    change(warehouse, "ALTER TABLE source_limits ALTER COLUMN fitted TYPE bigint")
    change(warehouse, "ALTER TABLE metric_revisions ALTER COLUMN old_value DROP NOT NULL")
    change(warehouse, "ALTER TABLE minute_metrics ADD COLUMN note text; CREATE TABLE mine (a int PRIMARY KEY)")
    change(warehouse, "GRANT SELECT ON signals TO pg_monitor; GRANT SELECT ON mine TO market_writer")
    found = compare(warehouse)
    assert {one.found for one in found.drift} == {
        "column source_limits.fitted was changed: it is bigint NOT NULL",
        "column metric_revisions.old_value was changed: it is double precision",
    }
    assert {one.fix for one in found.drift} == {
        "make the column source_limits.fitted again what it was (integer NOT NULL)",
        "make the column metric_revisions.old_value again what it was (double precision NOT NULL)",
    }
    assert [(one.kind, one.name) for one in found.others] == [("column", "minute_metrics.note"), ("table", "mine")]


def test_a_table_that_went_is_one_finding(warehouse: Warehouse) -> None:
    """Its columns, keys and rights are not told beside it."""
    change(warehouse, "DROP TABLE source_limits")
    assert said(compare(warehouse)) == [
        (
            "table source_limits is gone",
            "make the table source_limits again what it was (table); what it held is in a backup",
        )
    ]


def test_another_major_version_of_the_server_is_no_drift(warehouse: Warehouse) -> None:
    """It may word a definition differently: what stands is recorded anew by the next migrate, what is gone is still told."""
    change(warehouse, "UPDATE schema_objects SET server_major = 14, definition = definition || ' as 14 says it'")
    change(warehouse, "DROP INDEX signals_newest")
    assert [told for told, _ in said(compare(warehouse))] == ["index signals_newest is gone"]
    migrate(warehouse)
    assert [told for told, _ in said(compare(warehouse))] == ["index signals_newest is gone"]
    change(warehouse, "DROP INDEX signals_named")
    assert len(compare(warehouse).drift) == 2


def test_what_a_newer_version_looks_at_is_recorded_by_its_migrate(warehouse: Warehouse) -> None:
    """What stood and was not looked at is taken for right; what was looked at and changed meanwhile is not."""
    change(warehouse, "DROP INDEX signals_newest")
    change(warehouse, "DELETE FROM schema_objects WHERE kind = 'sequence'")
    change(warehouse, "UPDATE schema_objects SET definition = 'that of before' WHERE kind = 'query'")
    assert {one.kind for one in compare(warehouse).others} == {"sequence"}
    migrate(warehouse)
    found = compare(warehouse)
    assert [told for told, _ in said(found)] == ["index signals_newest is gone"]
    assert found.others == ()


def test_what_stands_may_be_taken_for_right(warehouse: Warehouse) -> None:
    """With the record emptied the next migrate records what it finds."""
    change(warehouse, "DROP INDEX signals_newest")
    change(warehouse, "DELETE FROM schema_objects")
    migrate(warehouse)
    assert said(compare(warehouse)) == []


def test_before_there_is_a_record_migrate_is_named(new_database: str) -> None:
    """A warehouse of a version that recorded nothing says so, and has its record after the next migrate."""
    warehouse = Warehouse(new_database)
    make_older(warehouse, migrations=1)
    change(warehouse, "DROP TABLE schema_objects")
    with pytest.raises(NotReady, match=r"cortex-signals migrate"):
        compare(warehouse)
    migrate(warehouse)
    assert compare(warehouse).recorded > 300
    assert said(compare(warehouse)) == []
