"""What market_writer and market_reader may do, by trying all of it as a login that is in the role and in no other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import psycopg
import pytest
from markets import FIRST, ChangeableMarket, Serve
from pipelines import make_pipeline, rows, small_settings
from psycopg import errors, sql
from psycopg.conninfo import conninfo_to_dict

from include.errors import WarehouseRefused
from include.ingest import ingest
from include.kill_switch import set_kill_switch
from include.launcher.postgres import EmbeddedPostgres
from include.predict import predict
from include.repair import repair
from include.settings import Cell
from include.settle import settle
from include.status import status
from include.train import train
from include.warehouse.connection import Connection, Warehouse
from include.warehouse.migrate import migrate
from include.watching.checks import run_checks
from include.watching.names import CHECK_NAMES
from tests.integration.conftest import PASSWORD, PG_VERSIONS

# S SELECT, I INSERT, U UPDATE, D DELETE, T TRUNCATE. A new table has to be added here, and so to be thought about.
MAY = """
table                 market_writer  market_reader
alerts                SIUD           S
catch_ups             SIUD           S
challengers           SI             S
feature_versions      SI             S
ingest_windows        SI             S
kill_switch           SI             S
metric_arrivals       SI             S
metric_catalogue      SIUD           S
metric_revisions      SI             S
minute_metrics        SIU            S
model_evaluations     SI             S
models                SI             S
overfitting_checks    SI             S
performance_days      SIUD           S
pipeline_checks       SI             S
promotions            SI             S
quarantined_samples   SI             S
schema_migrations     S              S
schema_objects        S              S
scoring_environments  SI             S
settle_marks          SIUD           S
settled_outcomes      SI             S
signal_commits        SI             S
signal_inputs         SI             S
signals               SI             S
source                SIU            S
source_absences       SIUD           S
source_limits         SIUD           S
view_definitions      S              S
"""
ROLES = ("market_writer", "market_reader")
TRIED = {
    "S": "SELECT FROM {table} LIMIT 0",
    "I": "INSERT INTO {table} DEFAULT VALUES",
    "U": "UPDATE {table} SET {column} = {column} WHERE FALSE",
    "D": "DELETE FROM {table} WHERE FALSE",
    "T": "TRUNCATE {table}",
}
RELATIONS = """
SELECT c.relname, c.relkind::text, (SELECT a.attname FROM pg_attribute AS a
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND a.attidentity = '' AND NOT a.attisdropped ORDER BY a.attnum LIMIT 1)
FROM pg_class AS c WHERE c.relnamespace = 'market'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
ORDER BY 1
"""

# What neither of the two may, whatever it is good for.
REFUSED = {
    "a table in the schema": "CREATE TABLE market.own (a int)",
    "a view in the schema": "CREATE VIEW market.own AS SELECT 1 AS a",
    "a function in the schema": "CREATE FUNCTION market.own() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "a table in public": "CREATE TABLE public.own (a int)",
    "a schema": "CREATE SCHEMA own",
    "a column": "ALTER TABLE signals ADD COLUMN own int",
    "no trigger": "ALTER TABLE signals DISABLE TRIGGER ALL",
    "no trigger of one's own session": "SET session_replication_role = replica",
    "the trigger's end": "DROP TRIGGER signals_append_only ON signals",
    "the trigger's function": "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "a trigger": "CREATE TRIGGER own BEFORE INSERT ON signals EXECUTE FUNCTION refuse_change()",
    "a rule": "CREATE RULE own AS ON INSERT TO signals DO INSTEAD NOTHING",
    "an index": "CREATE INDEX own ON signals (side)",
    "the owner's place": "ALTER TABLE signals OWNER TO CURRENT_USER",
    "a right for everybody": "ALTER DEFAULT PRIVILEGES FOR ROLE market_admin GRANT ALL ON TABLES TO PUBLIC",
    "other words": "COMMENT ON TABLE signals IS 'own'",
    "nobody else's reading": "LOCK TABLE signals IN ACCESS EXCLUSIVE MODE",
    "signal ids from the start": "SELECT setval('signal_ids', 1)",
    "the owner's role": "SET ROLE market_admin",
    "the superuser's role": "SET ROLE postgres",
    "a role": "CREATE ROLE own",
    "the database's settings": "ALTER DATABASE {database} SET jit = on",
    "the server's log": "SET log_statement = none",
    "the passwords": "SELECT rolpassword FROM pg_authid",
    "who may come in": "SELECT * FROM pg_hba_file_rules",
    "a file of the server": "SELECT pg_read_file('postgresql.conf')",
    "a folder of the server": "SELECT pg_ls_dir('.')",
    "a file into a table": "COPY pg_temp.own FROM '/etc/passwd'",
    "a table into a file": "COPY (SELECT 1) TO '/tmp/own'",
    "a program": "COPY (SELECT 1) TO PROGRAM 'true'",
    "a file as a large object": "SELECT lo_import('/etc/passwd')",
}
READER_REFUSED = {
    "a temporary table": "CREATE TEMPORARY TABLE own (a int)",
    "the next signal's id": "SELECT nextval('signal_ids')",
    "outcomes": "SELECT settle_outcomes('X', NULL, NULL)",
    "a champion": "INSERT INTO promotions (symbol) VALUES ('X')",
    "the kill switch": "INSERT INTO kill_switch (symbol, is_on, reason, set_by) VALUES (NULL, TRUE, 'own', 'own')",
}


@pytest.fixture(params=ROLES)
def role(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def member(role: str, postgres: EmbeddedPostgres, migrated_database: str) -> Iterator[Connection]:
    """A connection of a login that is in the role; whatever it tries is taken back."""
    with login_in(postgres, migrated_database, role) as dsn, psycopg.connect(dsn) as connection:
        connection.execute("SET search_path = market, public")
        connection.commit()
        yield connection
        connection.rollback()


@contextmanager
def login_in(postgres: EmbeddedPostgres, dsn: str, *roles: str) -> Iterator[str]:
    """The DSN of a login of its own, a member of those roles and of nothing else."""
    database, name = str(conninfo_to_dict(dsn)["dbname"]), f"only_{'_'.join(roles)}"
    login = sql.Identifier(name)
    postgres.ensure_role(name, PASSWORD)
    postgres.grant_connect(database, name, may_stage=False)
    with postgres.connect(database) as connection:
        connection.execute(sql.SQL("REVOKE TEMPORARY ON DATABASE {} FROM PUBLIC").format(sql.Identifier(database)))
        connection.execute(sql.SQL("GRANT {} TO {}").format(sql.SQL(", ").join(map(sql.Identifier, roles)), login))
        yield postgres.dsn(database, name, PASSWORD)
        connection.execute(sql.SQL("DROP OWNED BY {}").format(login))
        connection.execute(sql.SQL("DROP ROLE {}").format(login))


def is_permitted(connection: Connection, statement: str) -> bool:
    """Whether it is not refused for want of a right; what else is wrong with it does not count."""
    try:
        with connection.transaction(force_rollback=True):
            connection.execute(statement.encode())
    except errors.InsufficientPrivilege as error:
        return "append-only" in str(error)
    except psycopg.Error:
        return True
    return True


def tried(connection: Connection, table: str, column: str) -> str:
    """The letters of what the connection may do with the table."""
    return "".join(
        letter
        for letter, statement in TRIED.items()
        if is_permitted(connection, statement.format(table=table, column=f'"{column}"'))
    )


def rights_on(connection: Connection, view: str) -> list[str]:
    """What the login's roles were granted on a view, most of which nobody can do there."""
    verbs = ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "TRIGGER"]
    query = "SELECT has_table_privilege(%s, verb) AS may, verb FROM unnest(%s::text[]) AS verb"
    return [verb for may, verb in connection.execute(query, [view, verbs]) if may]


def expected(role: str) -> dict[str, str]:
    header, *lines = (line.split() for line in MAY.strip().splitlines())
    return {line[0]: line[header.index(role)] for line in lines}


@pytest.mark.parametrize("postgres", PG_VERSIONS, indirect=True)
def test_each_role_may_do_what_the_table_says(role: str, member: Connection) -> None:
    """Every table and verb was tried; from views the role may SELECT, and write nothing through them."""
    relations = member.execute(RELATIONS).fetchall()
    assert {name: tried(member, name, column) for name, kind, column in relations if kind in "rp"} == expected(role)
    views = [name for name, kind, _ in relations if kind in "vm"]
    assert len(views) > 15
    assert {name: rights_on(member, name) for name in views} == {name: ["SELECT"] for name in views}


def test_no_role_makes_or_changes_anything_else(role: str, member: Connection) -> None:
    """Objects, triggers, rights, settings, files and programs of the server are refused, each by its own error."""
    database = member.info.dbname
    more = READER_REFUSED if role == "market_reader" else {}
    permitted = [
        what
        for what, statement in {**REFUSED, **more}.items()
        if is_permitted(member, statement.format(database=database))
    ]
    assert permitted == []


def test_functions_run_with_the_callers_rights(migrated_database: str) -> None:
    """None lends the owner's rights, and those that write are for the writer alone."""
    functions = """
    SELECT p.proname, p.prosecdef, p.provolatile = 'v' AS writes,
        has_function_privilege('market_reader', p.oid, 'EXECUTE') AS reader,
        has_function_privilege('market_writer', p.oid, 'EXECUTE') AS writer
    FROM pg_proc AS p WHERE p.pronamespace = 'market'::regnamespace
    """
    found = rows(Warehouse(migrated_database), functions)
    assert {name for name, is_definer, *_ in found if is_definer} == set()
    assert all(reader is not writes for _, _, writes, reader, _ in found)
    assert all(writer for *_, writer in found)


def test_migrate_takes_back_what_was_granted_beside_the_file(migrated_database: str) -> None:
    """A right that an earlier version or a person gave to one of the roles is gone after the next migrate."""
    warehouse = Warehouse(migrated_database)
    with warehouse.transaction() as connection:
        connection.execute("GRANT ALL ON signals, signals_live TO market_writer, market_reader")
    migrate(warehouse)
    for role in ("writer", "reader"):
        with warehouse.transaction(role) as connection:
            assert tried(connection, "signals", "side") == expected(f"market_{role}")["signals"]
            assert rights_on(connection, "signals_live") == ["SELECT"]


def test_the_pipeline_runs_under_a_login_that_owns_nothing(
    postgres: EmbeddedPostgres, serve: Serve, new_database: str
) -> None:
    """Loads, trains, answers, settles, repairs, checks and stops as a member of the two roles; only migrate and maintain want the owner."""
    now = FIRST + timedelta(days=9)
    small = small_settings(candidates=("logistic",))
    settings = replace(
        small,
        ingest=replace(small.ingest, first_load=timedelta(days=9)),
        signals=replace(small.signals, live=(Cell(15, Decimal("0.003")),), catch_up=timedelta(hours=1)),
    )
    url = serve(ChangeableMarket(days=10, seed=5), now)
    migrate(Warehouse(new_database))
    with login_in(postgres, new_database, "market_writer", "market_reader") as dsn:
        pipeline = make_pipeline(url, dsn, settings)
        ingest(pipeline)
        train(pipeline, as_of=now - timedelta(hours=1))
        predict(pipeline)
        settle(pipeline)
        repair(pipeline)
        assert {result.name for result in run_checks(pipeline)} == set(CHECK_NAMES)
        set_kill_switch(pipeline, True, None, "tried")
        assert status(pipeline)["champions"] == 1
        with pytest.raises(WarehouseRefused, match=r"owner|permission|may not"):
            migrate(pipeline.warehouse)
