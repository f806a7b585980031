"""How BI tools come in: a login that only reads, a time-out that holds, and views that say what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
import sqlalchemy
from psycopg import errors
from sqlalchemy.engine import make_url

from include.cli.main import main
from include.cortex.address import Cortex
from include.launcher.databases import ensure_warehouse, locate_warehouse
from include.launcher.postgres import EmbeddedPostgres
from include.launcher.secrets import generate_secrets
from include.launcher.source import Source
from include.pipeline import warehouse_dsn
from include.settings import load_settings, read_environment
from include.warehouse.connection import Warehouse
from include.warehouse.migrate import migrate
from tests.integration.conftest import DEFAULT_VERSION, PASSWORD, running_server

DOCS = Path(__file__).resolve().parents[2] / "docs" / "bi.md"
STABLE = {
    "candles_1h",
    "candles_5m",
    "champions",
    "coverage_gaps",
    "daily_performance",
    "minute_features",
    "minute_labels",
    "model_leaderboard",
    "pipeline_freshness",
    "signal_outcomes",
    "signals_latest",
    "signals_live",
}
SLOW = "SELECT pg_sleep(20)"


@pytest.fixture
def warehouse(new_database: str) -> Warehouse:
    made = Warehouse(new_database)
    migrate(made)
    return made


@pytest.fixture
def bi_login(postgres: EmbeddedPostgres, warehouse: Warehouse) -> Iterator[str]:
    """The DSN of the login that the docs tell an administrator to make, with a shorter time-out."""
    [statements] = re.findall(r"```sql\n(CREATE ROLE bi .*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    database = make_url(warehouse.dsn).database
    told = statements.replace("'…'", "'bi'").replace("'60s'", "'300ms'").replace("my_database", str(database))
    with postgres.connect() as connection:
        connection.execute(told.encode())
    postgres.ensure_role("bi", PASSWORD)
    yield postgres.dsn(str(database), "bi", PASSWORD)
    with postgres.connect(str(database)) as connection:
        connection.execute("DROP OWNED BY bi")
        connection.execute("DROP ROLE bi")


def cancelled(dsn: str) -> bool:
    with psycopg.connect(dsn) as connection, pytest.raises(errors.QueryCanceled, match="statement timeout"):
        connection.execute(SLOW)
    return True


def test_the_readers_dsn_cancels_what_takes_too_long(warehouse: Warehouse, tmp_path: Path) -> None:
    """The setting is in force although the reader's role is one that another login acts as; the writer's DSN has none."""
    settings = tmp_path / "settings.toml"
    shipped = read_environment({}).settings_file.read_text(encoding="utf-8")
    settings.write_text(shipped.replace("statement_timeout_seconds = 60", "statement_timeout_seconds = 0.3"))
    environment = read_environment({"WAREHOUSE_DSN": warehouse.dsn, "CORTEX_SIGNALS_SETTINGS": str(settings)})
    assert cancelled(warehouse_dsn("reader", environment))
    with psycopg.connect(warehouse_dsn("reader", environment)) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("market_reader",)
        assert connection.execute("SHOW timezone").fetchone() == ("UTC",)
    with psycopg.connect(warehouse_dsn("writer", environment)) as connection:
        assert connection.execute("SHOW statement_timeout").fetchone() == ("0",)


@pytest.mark.parametrize(("role", "is_warned"), [("reader", True), ("writer", True), ("owner", False)])
def test_whoever_shares_ones_own_login_is_warned(
    role: str,
    is_warned: bool,
    warehouse: Warehouse,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The DSN acts as the role and holds the owner's password: on stderr, so that the DSN alone is what a shell takes."""
    monkeypatch.setenv("WAREHOUSE_DSN", warehouse.dsn)
    assert main(["dsn", "--role", role]) == 0
    said = capsys.readouterr()
    assert ("can leave that role" in said.err) is is_warned
    assert len(said.out.splitlines()) == 1
    with psycopg.connect(said.out.strip()) as connection:
        connection.execute("RESET ROLE")


def test_the_embedded_servers_reader_has_it_from_its_login() -> None:
    """What `make up` prints and Grafana enters by: names need no schema, jit is off, and the setting is in force."""
    secrets, source = generate_secrets(), Source("simulated", Cortex("http://127.0.0.1:1"))
    settings = replace(load_settings(), bi_statement_timeout=timedelta(milliseconds=300))
    with running_server(DEFAULT_VERSION) as postgres:
        ensure_warehouse(postgres, secrets, source, settings)
        dsns = locate_warehouse(read_environment({}), postgres, secrets, source)
        migrate(Warehouse(dsns.owner))
        assert cancelled(dsns.reader)
        with psycopg.connect(dsns.reader) as connection:
            assert connection.execute("SELECT count(*) FROM signals_latest").fetchone() == (0,)
            assert connection.execute("SHOW jit").fetchone() == ("off",)
        with psycopg.connect(dsns.writer) as connection:
            assert connection.execute("SHOW statement_timeout").fetchone() == ("0",)


def test_the_login_that_the_docs_make_reads_and_no_more(bi_login: str) -> None:
    """Names need no schema, a slow query is cancelled, jit is off, and nothing can be written."""
    assert cancelled(bi_login)
    with psycopg.connect(bi_login) as connection:
        assert connection.execute("SELECT count(*) FROM signals_latest").fetchone() == (0,)
        assert connection.execute("SHOW jit").fetchone() == ("off",)
        assert connection.execute("SHOW timezone").fetchone() == ("UTC",)
        with pytest.raises((errors.InsufficientPrivilege, errors.ReadOnlySqlTransaction)):
            connection.execute("DELETE FROM signals")


def test_a_bi_tool_finds_every_view_with_its_comments(bi_login: str) -> None:
    """What Superset and Metabase ask by SQLAlchemy's reflection, under psycopg2: names, types, and words on each column."""
    engine = sqlalchemy.create_engine(make_url(bi_login).set(drivername="postgresql+psycopg2"))
    inspector = sqlalchemy.inspect(engine)
    assert inspector.default_schema_name == "market"
    views = set(inspector.get_view_names("market"))
    assert views >= STABLE
    assert {"signals", "settled_outcomes"} <= set(inspector.get_table_names("market"))
    for name in views | set(inspector.get_table_names("market")):
        assert inspector.get_table_comment(name, "market")["text"], name
        silent = [column["name"] for column in inspector.get_columns(name, "market") if not column["comment"]]
        assert not silent, (name, silent)
    types = {column["name"]: column["type"] for column in inspector.get_columns("signals_live", "market")}
    assert isinstance(types["ts"], sqlalchemy.TIMESTAMP)
    assert types["ts"].timezone
    engine.dispose()


def test_the_grouped_query_of_a_chart_runs(bi_login: str) -> None:
    """A time series as Superset builds it: reflected, truncated to the hour, grouped and limited."""
    engine = sqlalchemy.create_engine(make_url(bi_login).set(drivername="postgresql+psycopg2"))
    live = sqlalchemy.Table("signals_live", sqlalchemy.MetaData(), schema="market", autoload_with=engine)
    hour = sqlalchemy.func.date_trunc("hour", live.c.ts).label("hour")
    query = sqlalchemy.select(hour, live.c.side, sqlalchemy.func.count().label("signals")).group_by(hour, live.c.side)
    with engine.connect() as connection:
        assert connection.execute(query.order_by(hour.desc()).limit(1000)).all() == []
    engine.dispose()
