"""Every query that Grafana sends, as the login that Grafana has, on data: it runs, finds something, and reads little."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml
from grafana_macros import Shown
from made_signals import LATER_TRAINING, NOW
from psycopg.conninfo import conninfo_to_dict
from stored_prices import scanned_rows

from include.launcher.postgres import EmbeddedPostgres
from include.warehouse.connection import Connection, Warehouse
from include.warehouse.migrate import migrate

GRAFANA = Path(__file__).resolve().parents[2] / "include" / "grafana"
TIMEOUT = timedelta(seconds=60)
DAY = timedelta(days=1)
CHOSEN = {"symbol": "BTCUSDT", "horizon": "15", "threshold": "0.00300", "kind": "live"}
NOTHING = {"symbol": "", "horizon": "", "threshold": "", "kind": "live"}


def queries() -> Iterator[Any]:
    """(query, format, interval) of each panel and variable, with a name."""
    for path in sorted((GRAFANA / "dashboards").glob("*.json")):
        dashboard = json.loads(path.read_text(encoding="utf-8"))
        for panel in dashboard["panels"]:
            for target in panel["targets"]:
                name = f"{path.stem}: {panel['title']}, {target['refId']}"
                yield pytest.param((target["rawSql"], target["format"], panel.get("interval", "1m")), id=name)
        for variable in dashboard["templating"]["list"]:
            if variable["type"] == "query":
                yield pytest.param((variable["query"], "table", "1m"), id=f"{path.stem}: ${variable['name']}")
    [alerting] = (GRAFANA / "provisioning" / "alerting").iterdir()
    model = yaml.safe_load(alerting.read_text(encoding="utf-8"))["groups"][0]["rules"][0]["data"][0]["model"]
    yield pytest.param((model["rawSql"], model["format"], "1m"), id="alert")


QUERIES = list(queries())
every_query = pytest.mark.parametrize("query", QUERIES)


@pytest.fixture(scope="module")
def many_signals(postgres: EmbeddedPostgres, made_signals: str) -> Iterator[str]:
    """The made signals after two months of one cell's, so that an index is worth it."""
    made, name = conninfo_to_dict(made_signals)["dbname"], f"{conninfo_to_dict(made_signals)['dbname']}_many"
    with postgres.connect() as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{made}"'.encode())
    dsn = made_signals.replace(f"/{made}", f"/{name}")
    with Warehouse(dsn).transaction() as connection:
        connection.execute(
            """
            INSERT INTO signals (symbol, ts, horizon_minutes, threshold, side, reason, cost_bps_per_side, cutoff_at, decided_at,
                executable_at, latency_seconds, is_late, is_simulated)
            SELECT 'BTCUSDT', m, 15, 0.003, 'ABSTAIN', 'test', 7, m, m, m, 1, FALSE, TRUE
            FROM generate_series('2026-01-01Z'::timestamptz, '2026-02-28T23:59Z', interval '1 minute') AS m
            """
        )
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE market.signals, market.minute_metrics")
    yield dsn
    postgres.drop_database(name)


@pytest.fixture(scope="module")
def reader(many_signals: str) -> Iterator[Connection]:
    """Grafana's connection: the reader's, with its time-out."""
    with psycopg.connect(Warehouse(many_signals).dsn_for("reader", TIMEOUT), autocommit=True) as connection:
        connection.execute("SET timezone = 'UTC'")
        yield connection


@pytest.fixture(scope="module")
def nothing(postgres: EmbeddedPostgres, made_signals: str) -> Iterator[Connection]:
    """The same on a warehouse that nothing was loaded into."""
    name = f"{conninfo_to_dict(made_signals)['dbname']}_nothing"
    postgres.create_database(name, str(conninfo_to_dict(made_signals)["user"]))
    warehouse = Warehouse(made_signals.replace(f"/{conninfo_to_dict(made_signals)['dbname']}", f"/{name}"))
    migrate(warehouse)
    with psycopg.connect(warehouse.dsn_for("reader", TIMEOUT), autocommit=True) as connection:
        yield connection
    postgres.drop_database(name)


def shown(start: datetime, end: datetime, interval: str, variables: dict[str, str]) -> Shown:
    return Shown(start, end, variables, interval)


@every_query
def test_a_query_finds_what_is_there(reader: Connection, query: tuple[str, str, str]) -> None:
    """As market_reader it gives rows of the four days, in order of time where Grafana wants series."""
    raw, form, interval = query
    found = reader.execute(shown(NOW - 4 * DAY, NOW, interval, CHOSEN).expand(raw).encode())
    rows = found.fetchall()
    assert rows
    assert found.description is not None
    names = [column.name for column in found.description]
    assert len(set(names)) == len(names)
    assert any(value is not None for row in rows for value in row[1:] or row)
    if form == "time_series":
        assert names[0] == "time"
        assert [row[0] for row in rows] == sorted(row[0] for row in rows)
        labels = {name for name in names if any(isinstance(row[names.index(name)], str) for row in rows)}
        assert labels <= {"symbol", "what"}, "text becomes labels of the series"


@every_query
def test_a_query_of_an_empty_warehouse_is_empty(nothing: Connection, query: tuple[str, str, str]) -> None:
    """Before anything is loaded no panel shows an error, though the variables have no value yet."""
    raw, _, interval = query
    nothing.execute(shown(NOW - DAY, NOW, interval, NOTHING).expand(raw).encode()).fetchall()


def test_a_value_with_a_quote_is_a_value(reader: Connection) -> None:
    """What a person types into a variable cannot end the text that it stands in."""
    raw = "SELECT count(*) FROM signals WHERE symbol = '$symbol'"
    variables = {**CHOSEN, "symbol": "x' OR 'a' = 'a"}
    assert reader.execute(shown(NOW - DAY, NOW, "1m", variables).expand(raw).encode()).fetchone() == (0,)


def plan_of(connection: Connection, statement: str) -> dict[str, Any]:
    row = connection.execute(b"EXPLAIN (ANALYZE, FORMAT JSON) " + statement.encode()).fetchone()
    assert row is not None
    return dict(row[0][0]["Plan"])


def scans(node: dict[str, Any], relation: str) -> list[str]:
    here = [node["Node Type"]] if node.get("Relation Name") == relation else []
    return here + [scan for child in node.get("Plans", []) for scan in scans(child, relation)]


SIX_HOURS = (NOW - timedelta(hours=18), NOW - timedelta(hours=12))
ON_SIGNALS = [p for p in QUERIES if "signal" in p.values[0][0] and "$__timeFilter" in p.values[0][0]]
ON_LATEST = [p for p in QUERIES if "signals_latest" in p.values[0][0] and "$__timeFilter" not in p.values[0][0]]
ON_MINUTES = [p for p in QUERIES if "FROM minute_metrics" in p.values[0][0] or "missing_minutes(" in p.values[0][0]]
ON_FEATURES = [p for p in QUERIES if "minute_features" in p.values[0][0]]


@pytest.mark.parametrize("query", ON_SIGNALS + ON_LATEST)
def test_signals_are_found_by_an_index(reader: Connection, query: tuple[str, str, str]) -> None:
    """Six hours, or the newest, of more than a hundred thousand signals are not looked for in all of them."""
    plan = plan_of(reader, shown(*SIX_HOURS, query[2], CHOSEN).expand(query[0]))
    for relation in ("signals", "settled_outcomes", "signal_commits"):
        assert "Seq Scan" not in scans(plan, relation), relation
    assert scans(plan, "signals") or scans(plan, "signal_commits")


@pytest.mark.parametrize("query", ON_MINUTES)
def test_minutes_are_read_by_time(reader: Connection, query: tuple[str, str, str]) -> None:
    """Six hours are 361 minutes, both ends included, and no more rows are taken up."""
    plan = plan_of(reader, shown(*SIX_HOURS, query[2], CHOSEN).expand(query[0]))
    assert max(scanned_rows(plan)) <= 361


@pytest.mark.parametrize("query", ON_FEATURES)
def test_features_read_only_the_days_that_are_shown(reader: Connection, query: tuple[str, str, str]) -> None:
    """Six hours within a day read that day and the 24 hours before it; over a midnight, both days and those before."""
    for start, end, most in (
        (*SIX_HOURS, 2 * 1440),
        (NOW - timedelta(hours=27), NOW - timedelta(hours=21), 2 * 2 * 1440),
    ):
        found = scanned_rows(plan_of(reader, shown(start, end, query[2], CHOSEN).expand(query[0])))
        assert 1440 < max(found) <= most


def test_the_alert_sees_stopped_minutes_and_stopped_signals(nothing: Connection, reader: Connection) -> None:
    """An empty warehouse has no row, which is an alert of its own; old minutes and old signals are each told by name."""
    [raw] = [p.values[0][0] for p in QUERIES if p.id == "alert"]
    assert nothing.execute(raw.encode()).fetchall() == []
    rows = reader.execute(raw.encode()).fetchall()
    age = (datetime.now(UTC) - NOW).total_seconds()
    assert [(symbol, what) for _, symbol, what, _ in rows] == [("BTCUSDT", "minutes"), ("BTCUSDT", "signals")]
    assert all(seconds == pytest.approx(age + 60, abs=300) for *_, seconds in rows)


def test_the_alert_sees_a_market_that_was_never_answered(many_signals: str) -> None:
    """Minutes come and no signal ever did: as old as the first minute, not left out."""
    [raw] = [p.values[0][0] for p in QUERIES if p.id == "alert"]
    with psycopg.connect(Warehouse(many_signals).dsn_for("owner")) as connection:
        connection.execute(
            "INSERT INTO minute_metrics (symbol, ts, last_price) SELECT 'ETHUSDT', m, 1 FROM (VALUES (%s), (%s)) AS t (m)",
            [NOW - timedelta(hours=1), NOW],
        )
        ages = {what: age for _, symbol, what, age in connection.execute(raw.encode()) if symbol == "ETHUSDT"}
        assert ages["signals"] == pytest.approx(ages["minutes"] + 3600, abs=300)
        connection.rollback()


def test_a_champion_of_an_earlier_training_is_shown(many_signals: str) -> None:
    """A later training that another recipe did not win does not take the champion from the table, nor its own baseline."""
    [raw] = [p.values[0][0] for p in QUERIES if p.id.startswith("leaderboard: The champion of each cell")]  # type: ignore[union-attr]
    query = shown(NOW - 4 * DAY, NOW, "1m", CHOSEN).expand(raw).encode()
    with psycopg.connect(Warehouse(many_signals).dsn_for("owner")) as connection:
        before = connection.execute(query).fetchall()
        connection.execute(LATER_TRAINING)
        assert connection.execute("SELECT count(*) FROM model_leaderboard WHERE is_champion").fetchone() == (0,)
        assert connection.execute(query).fetchall() == before
        assert [(row[3], row[6]) for row in before if row[0] == 15] == [(0.15, 0.13)]
        connection.rollback()


def test_the_alert_takes_a_replay_of_the_past_for_fresh(many_signals: str, reader: Connection) -> None:
    """Prices that are old on purpose wake nobody."""
    [raw] = [p.values[0][0] for p in QUERIES if p.id == "alert"]
    with psycopg.connect(Warehouse(many_signals).dsn_for("owner")) as connection:
        connection.execute("UPDATE source SET kind = 'replay'")
        assert [row[3] for row in connection.execute(raw.encode())] == [0, 0]
        connection.rollback()
