"""The schema on real servers: applied once, refused where it is not ours, roles with and without the right to make them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from older_schema import make_older
from pipelines import rows

from include.errors import NotReady, WarehouseError, WarehouseRefused, WarehouseUnreachable
from include.launcher.postgres import EmbeddedPostgres
from include.warehouse import migrate as migrate_module
from include.warehouse.connection import Warehouse
from include.warehouse.migrate import migrate, pending
from include.warehouse.minutes import stored_spans
from include.warehouse.statements import sql_files
from tests.integration.conftest import OWNER, PASSWORD, PG_VERSIONS

every_version = pytest.mark.parametrize("postgres", PG_VERSIONS, indirect=True)

SIGNAL = """
INSERT INTO signals (symbol, ts, horizon_minutes, threshold, side, reason, cost_bps_per_side, cutoff_at, decided_at,
    executable_at, latency_seconds, is_late, is_simulated)
VALUES ('X', '2026-01-01', 15, 0.003, 'ABSTAIN', 'test', 7, '2026-01-01', '2026-01-01', '2026-01-01', 0, FALSE, TRUE)
"""


@pytest.fixture
def warehouse(new_database: str) -> Warehouse:
    return Warehouse(new_database)


@pytest.fixture
def login_without_rights(postgres: EmbeddedPostgres, new_database: str) -> Iterator[Warehouse]:
    """A login that owns a database and may create no roles."""
    postgres.ensure_role("plain_login", PASSWORD, "")
    name = new_database_name(new_database) + "_plain"
    postgres.create_database(name, "plain_login")
    yield Warehouse(postgres.dsn(name, "plain_login", PASSWORD))
    postgres.drop_database(name)


def new_database_name(dsn: str) -> str:
    return dsn.rpartition("/")[2].partition("?")[0]


@every_version
def test_the_second_migrate_changes_nothing(warehouse: Warehouse) -> None:
    """Everything is applied once; again, nothing is."""
    first = migrate(warehouse)
    assert first.migrations
    assert "minute_features" in first.views
    before = rows(warehouse, "SELECT oid, relname FROM pg_class WHERE relnamespace = 'market'::regnamespace ORDER BY 1")
    again = migrate(warehouse)
    assert (again.migrations, again.views, again.feature_version) == ([], [], first.feature_version)
    assert (
        rows(warehouse, "SELECT oid, relname FROM pg_class WHERE relnamespace = 'market'::regnamespace ORDER BY 1")
        == before
    )
    assert pending(warehouse) == []


@every_version
def test_a_login_that_may_create_no_roles_gets_the_same_schema(login_without_rights: Warehouse) -> None:
    """All runs under that login, and the trigger still keeps signals append-only."""
    migrate(login_without_rights)
    with login_without_rights.transaction("writer") as connection:
        connection.execute(SIGNAL)
    for change in ("UPDATE signals SET side = 'HOLD'", "DELETE FROM signals", "TRUNCATE signals"):
        with pytest.raises(WarehouseRefused, match=r"append-only"), login_without_rights.transaction() as connection:
            connection.execute(change)


@every_version
def test_the_writer_may_add_signals_and_not_change_them(warehouse: Warehouse) -> None:
    """market_writer has no right to UPDATE or DELETE, and the trigger refuses the owner too."""
    migrate(warehouse)
    with warehouse.transaction("writer") as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("market_writer",)
        connection.execute(SIGNAL)
    for change in (
        "UPDATE signals SET side = 'HOLD'",
        "DELETE FROM signals",
        "UPDATE models SET candidate = 'x'",
        "DROP VIEW signals_live",
    ):
        with pytest.raises(WarehouseRefused), warehouse.transaction("writer") as connection:
            connection.execute(change)
    with pytest.raises(WarehouseRefused, match=r"append-only"), warehouse.transaction() as connection:
        connection.execute("DELETE FROM signals")


def test_the_reader_reads_and_writes_nothing(warehouse: Warehouse) -> None:
    """market_reader may SELECT from every table and view, and nothing else."""
    migrate(warehouse)
    with warehouse.transaction("reader") as connection:
        for (name,) in connection.execute(
            "SELECT c.oid::regclass::text FROM pg_class c WHERE relnamespace = 'market'::regnamespace AND relkind IN ('r', 'v')"
        ).fetchall():
            connection.execute(f"SELECT * FROM {name} LIMIT 0")
        connection.execute("SELECT * FROM features_between('X', now(), now())")
    with pytest.raises(WarehouseRefused), warehouse.transaction("reader") as connection:
        connection.execute(SIGNAL)


def test_a_schema_of_that_name_that_is_not_ours_is_refused(warehouse: Warehouse) -> None:
    """Nothing is written into somebody else's schema, and the sentence names the setting."""
    with psycopg.connect(warehouse.dsn) as connection:
        connection.execute("CREATE SCHEMA market CREATE TABLE prices (id int)")
    with pytest.raises(WarehouseRefused, match=r"did not make.*setting schema"):
        migrate(warehouse)
    assert rows(warehouse, "SELECT relname FROM pg_class WHERE relnamespace = 'market'::regnamespace") == [("prices",)]
    assert migrate(Warehouse(warehouse.dsn, "other")).migrations


def test_a_login_that_may_not_create_a_schema_is_told_what_to_grant(
    postgres: EmbeddedPostgres, new_database: str
) -> None:
    """The sentence holds the statement for an administrator, and nothing is half made."""
    postgres.ensure_role("guest_login", PASSWORD, "")
    with psycopg.connect(new_database) as connection:
        connection.execute(f"GRANT CONNECT ON DATABASE {new_database_name(new_database)} TO guest_login")
    guest = Warehouse(postgres.dsn(new_database_name(new_database), "guest_login", PASSWORD))
    with pytest.raises(WarehouseRefused, match=r"GRANT CREATE ON DATABASE .* TO guest_login"):
        migrate(guest)
    assert rows(Warehouse(new_database), "SELECT 1 FROM pg_namespace WHERE nspname = 'market'") == []


def test_a_login_that_only_may_create_in_the_database_is_enough(postgres: EmbeddedPostgres, new_database: str) -> None:
    """CREATE on somebody else's database, with the roles already there, makes the schema and all grants."""
    migrate(Warehouse(new_database))
    postgres.ensure_role("tenant_login", PASSWORD, "")
    name = new_database_name(new_database)
    with psycopg.connect(new_database) as connection:
        connection.execute(f"GRANT CONNECT, CREATE, TEMPORARY ON DATABASE {name} TO tenant_login")
        connection.execute("GRANT market_writer TO tenant_login")
    tenant = Warehouse(postgres.dsn(name, "tenant_login", PASSWORD), "tenant")
    assert migrate(tenant).migrations
    with tenant.transaction("writer") as connection:
        connection.execute(SIGNAL)


def test_a_changed_past_is_refused(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """A migration whose text changed after it was applied stops migrate."""
    migrate(warehouse)
    real = migrate_module.sql_files

    def changed(folder: str) -> list[tuple[str, str]]:
        return (
            [(name, text + "\n-- changed") for name, text in real(folder)] if folder == "migrations" else real(folder)
        )

    monkeypatch.setattr(migrate_module, "sql_files", changed)
    with pytest.raises(WarehouseRefused, match=r"was changed after it was applied"):
        migrate(warehouse)


def with_views(monkeypatch: pytest.MonkeyPatch, changed: Callable[[str, str], str]) -> None:
    """Makes another text of each view's file, given its path and text."""
    real = migrate_module.sql_files
    monkeypatch.setattr(
        migrate_module, "sql_files", lambda f: [(n, changed(n, t) if f == "views" else t) for n, t in real(f)]
    )


def test_a_users_view_on_ours_stays_through_a_change(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """Views that change their text and keep their columns are replaced under what others built on them."""
    migrate(warehouse)
    with warehouse.transaction() as connection:
        connection.execute("CREATE VIEW public.mine AS SELECT ts FROM signals_live")
    with_views(monkeypatch, lambda name, text: text + "\n-- changed")
    assert "signals_live" in migrate(warehouse).views
    assert rows(warehouse, "SELECT count(*) FROM public.mine") == [(0,)]
    assert migrate(warehouse).views == []


def test_a_users_view_on_a_column_that_goes_is_never_dropped(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A view that loses a column with somebody's view on it is refused, all or nothing; without one it is made anew."""
    migrate(warehouse)
    with warehouse.transaction() as connection:
        connection.execute("CREATE VIEW public.mine AS SELECT day FROM metric_days")
        connection.execute("CREATE VIEW public.yours AS SELECT symbol FROM pipeline_freshness")
    with_views(
        monkeypatch,
        lambda name, text: (
            text
            if "pipeline" not in name
            else "CREATE OR REPLACE VIEW pipeline_freshness AS SELECT 1 AS one\n-- reads: nothing"
        ),
    )
    with pytest.raises(WarehouseRefused, match=r"yours"):
        migrate(warehouse)
    assert rows(warehouse, "SELECT count(*) FROM public.yours") == [(0,)]
    with warehouse.transaction() as connection:
        connection.execute("DROP VIEW public.yours")
    assert migrate(warehouse).views == ["pipeline_freshness"]
    assert rows(warehouse, "SELECT count(*) FROM public.mine") == [(0,)]


def test_everything_has_a_comment(warehouse: Warehouse) -> None:
    """Every table, view, column and function says what it holds."""
    migrate(warehouse)
    missing = rows(
        warehouse,
        """
        SELECT c.relname || coalesce('.' || a.attname, '')
        FROM pg_class c
        LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE c.relnamespace = 'market'::regnamespace AND c.relkind IN ('r', 'v', 'm', 'p', 'f') AND col_description(c.oid, a.attnum) IS NULL
        UNION ALL
        SELECT c.relname FROM pg_class c
        WHERE c.relnamespace = 'market'::regnamespace AND c.relkind IN ('r', 'v', 'm', 'p', 'f') AND obj_description(c.oid, 'pg_class') IS NULL
        UNION ALL
        SELECT p.proname FROM pg_proc p WHERE p.pronamespace = 'market'::regnamespace AND obj_description(p.oid, 'pg_proc') IS NULL
        """,
    )
    assert missing == []


def test_the_printed_dsn_reads_signals_as_they_stand(warehouse: Warehouse) -> None:
    """With it `SELECT * FROM signals` works without the schema's name, under the least role."""
    migrate(warehouse)
    with psycopg.connect(warehouse.dsn_for("reader")) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("market_reader",)
        assert connection.execute("SELECT * FROM signals").fetchall() == []


def test_before_migrate_a_command_says_so(warehouse: Warehouse) -> None:
    """A warehouse without the schema is a sentence that names the command."""
    with pytest.raises(NotReady, match=r"cortex-signals migrate"):
        stored_spans(warehouse, ["BTCUSDT"])


@pytest.mark.parametrize(
    ("dsn", "error", "said"),
    [
        (
            "postgresql://me:hunter2@127.0.0.1:1/none",
            WarehouseUnreachable,
            "127.0.0.1:1/none cannot be reached.*WAREHOUSE_DSN",
        ),
        ("mysql://me:hunter2@host/none", WarehouseError, "WAREHOUSE_DSN"),
    ],
)
def test_a_wrong_dsn_is_one_sentence_without_the_password(dsn: str, error: type[Exception], said: str) -> None:
    """The address is named and the secret is not."""
    with pytest.raises(Exception, match=r"WAREHOUSE_DSN") as raised:
        migrate(Warehouse(dsn))
    assert re.search(said, str(raised.value), re.DOTALL)
    assert "hunter2" not in str(raised.value)
    assert "hunter2" not in repr(Warehouse(dsn))


def test_a_wrong_password_is_one_sentence(new_database: str, warehouse: Warehouse) -> None:
    """A refused login names the setting."""
    parts: dict[str, Any] = psycopg.conninfo.conninfo_to_dict(new_database)
    wrong = psycopg.conninfo.make_conninfo("", **{**parts, "password": "wrong"})
    with pytest.raises(WarehouseUnreachable, match=f"password authentication failed for user .{OWNER}.*WAREHOUSE_DSN"):
        migrate(Warehouse(wrong))


def test_a_warehouse_of_the_first_schema_is_brought_up_with_its_minutes(new_database: str) -> None:
    """The tables of 0001 with a minute and a ledger row in them get what came later, and nothing of theirs changes."""
    warehouse = Warehouse(new_database)
    make_older(warehouse, migrations=1)
    with warehouse.transaction() as connection:
        connection.execute("INSERT INTO minute_metrics (symbol, ts, last_price) VALUES ('BTC', '2026-01-01 00:00Z', 5)")
        connection.execute(
            "INSERT INTO ingest_windows (symbol, window_from, window_to, requests, retries, rows_new, rows_changed, rows_same, seconds) "
            "VALUES ('BTC', '2026-01-01 00:00Z', '2026-01-01 00:01Z', 1, 0, 1, 0, 0, 0.1)"
        )
    assert migrate(warehouse).migrations == [name for name, _ in sql_files("migrations")][1:]
    assert rows(warehouse, "SELECT last_price, computed_columns FROM minute_metrics") == [(5.0, [])]
    assert rows(warehouse, "SELECT rows_new, samples FROM ingest_windows") == [(1, None)]
    assert rows(warehouse, "SELECT count(*) FROM coverage_gaps") == [(0,)]
