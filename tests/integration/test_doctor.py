"""What doctor finds out about a source: rules against their expressions, delays, gaps."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from markets import FIRST, ChangeableMarket, Serve
from pipelines import make_pipeline, small_settings
from psycopg.conninfo import conninfo_to_dict

from include.cortex.address import Cortex
from include.delays import measure_delays
from include.doctor import Check, doctor
from include.ingest import ingest
from include.lab.faults import Faults
from include.launcher.postgres import EmbeddedPostgres
from include.pipeline import Pipeline
from include.settings import Settings
from include.warehouse.migrate import migrate

NOW = FIRST + timedelta(days=1)


@pytest.fixture
def pipeline(serve: Serve, new_database: str) -> Pipeline:
    made = make_pipeline(serve(ChangeableMarket(days=2), NOW), new_database)
    migrate(made.warehouse)
    ingest(made)
    return made


def found(checks: list[Check], name: str) -> Check:
    [check] = [check for check in checks if check.name.startswith(name)]
    return check


def test_the_rules_are_what_their_expressions_give(pipeline: Pipeline) -> None:
    """Over a sample, with the largest relative difference; and every gap has its reason."""
    checks = doctor(pipeline)
    rules = found(checks, "rules of BTCUSDT")
    assert rules.ok is True
    assert rules.found.startswith("14 rules against their expressions")
    assert "the source did not have them" in found(checks, "gaps").found
    assert found(checks, "TimescaleDB") == Check("TimescaleDB", None, "not there; not needed")


def test_an_expression_that_is_not_the_rules_is_seen(pipeline: Pipeline) -> None:
    """A mistyped range shows as a difference of the column it belongs to."""
    metrics = dict(pipeline.settings.metrics)
    wrong = replace(metrics["price_avg_5m"], expression="avg_over_time(crypto_last_price[15m])")
    settings: Settings = replace(pipeline.settings, metrics=metrics | {"price_avg_5m": wrong})
    rules = found(doctor(replace(pipeline, settings=settings)), "rules of BTCUSDT")
    assert rules.ok is None
    assert "price_avg_5m" in rules.found


def test_what_was_changed_in_the_schema_by_hand_is_found(pipeline: Pipeline) -> None:
    """All stands as migrate left it; then an index went, and its statement is what to do."""
    drift = found(doctor(pipeline), "drift")
    assert drift.ok is True
    assert "objects stand as migrate left them" in drift.found
    with pipeline.warehouse.transaction() as connection:
        connection.execute("DROP INDEX signals_newest")
    drift = found(doctor(pipeline), "drift")
    assert (drift.ok, drift.found) == (False, "index signals_newest is gone")
    assert drift.fix.startswith("run CREATE INDEX signals_newest ON market.signals")


def test_what_is_open_to_others_is_told(pipeline: Pipeline, postgres: EmbeddedPostgres) -> None:
    """A login that goes unencrypted to another machine, and a schema in which everybody may make functions."""
    warehouse = found(doctor(pipeline), "way to the warehouse")
    assert (warehouse.ok, warehouse.found) == (True, "it is on this machine")
    assert not [check for check in doctor(pipeline) if check.name in {"way to Cortex", "schema public"}]
    with postgres.connect(str(conninfo_to_dict(pipeline.warehouse.dsn)["dbname"])) as connection:
        connection.execute("GRANT CREATE ON SCHEMA public TO PUBLIC")
    exposed = replace(pipeline, cortex=Cortex("http://cortex.invalid:9009", token="t"))
    checks = doctor(exposed)
    assert found(checks, "way to Cortex").ok is None
    assert "https://" in found(checks, "way to Cortex").fix
    assert "REVOKE CREATE ON SCHEMA public" in found(checks, "schema public").fix


def test_delays_are_measured(serve: Serve, new_database: str) -> None:
    """A ruler that lags by 70 s is seen to, the base metrics are not; both come each minute, on the minute."""
    url = serve(ChangeableMarket(days=2), NOW, speed=10.0, faults=Faults(ruler_delay=70))
    pipeline = make_pipeline(url, new_database, small_settings())
    symbol = pipeline.settings.symbols[0]
    with pipeline.source() as client:
        delays = {
            one.column: one for one in measure_delays(client, symbol, dict(pipeline.settings.metrics), client.time, 30)
        }
    assert set(delays) == set(pipeline.settings.metrics)
    assert {(one.interval, one.offset) for one in delays.values()} == {(60.0, 0.0)}
    price, rule = delays["last_price"].delay, delays["price_avg_1h"].delay
    assert price is not None
    assert rule is not None
    assert price < 70 <= rule
