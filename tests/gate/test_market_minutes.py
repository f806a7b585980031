"""Minutes that come without HTTP are those that come over it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from include.cortex.address import Cortex
from include.errors import SourceMismatch
from include.ingest import ingest
from include.lab.market import EdgeMarket, Market, NoiseMarket, SimulatedMarket
from include.launcher.postgres import EmbeddedPostgres
from include.pipeline import Pipeline
from include.warehouse.connection import Warehouse
from include.warehouse.migrate import migrate
from include.warehouse.minutes import METRIC_COLUMNS
from tests.gate.minutes import fill
from tests.integration.conftest import database
from tests.integration.pipelines import rows, small_settings
from tests.markets import served

MINUTES = f"SELECT symbol, ts, computed_columns, {', '.join(METRIC_COLUMNS)} FROM minute_metrics ORDER BY ts"
SOURCE = "SELECT kind, identity FROM source"


@pytest.mark.parametrize("market", [SimulatedMarket(3), NoiseMarket(3), EdgeMarket(3)], ids=lambda m: str(m.variant))
def test_filled_minutes_are_those_that_ingest_loads(server: EmbeddedPostgres, market: Market) -> None:
    """All columns to the last bit, and the source; the first minutes of the market too, where rules know little."""
    start = datetime.fromtimestamp(market.first, UTC)
    end = start + timedelta(days=1, hours=5)
    with database(server) as dsn, served(market, end - timedelta(minutes=1)) as url:
        loaded = _migrated(dsn)
        ingest(Pipeline(small_settings(), Cortex(url), loaded, allow_simulated=True))
        expected, source = rows(loaded, MINUTES), rows(loaded, SOURCE)
    with database(server) as dsn:
        filled = _migrated(dsn)
        fill(filled, market, start, end)
        assert rows(filled, SOURCE) == source
        found = rows(filled, MINUTES)
    assert len(expected) == 29 * 60
    assert _differing(found, expected) == []


def test_the_markets_of_one_seed_are_not_mixed(server: EmbeddedPostgres) -> None:
    """A warehouse with the usual market refuses noise of the same seed, and another strength of an edge its own."""
    for market, other, said in (
        (SimulatedMarket(3), NoiseMarket(3), r"simulated \(seed 3\) and the source is simulated \(noise, seed 3\)"),
        (EdgeMarket(3), EdgeMarket(3, strength=0.2), r"\(edge 0\.1, seed 3\) and .* \(edge 0\.2, seed 3\)"),
    ):
        start = datetime.fromtimestamp(market.first, UTC)
        end = start + timedelta(hours=2)
        with database(server) as dsn, served(other, end + timedelta(hours=1)) as url:
            warehouse = _migrated(dsn)
            fill(warehouse, market, start, end)
            with pytest.raises(SourceMismatch, match=said):
                ingest(Pipeline(small_settings(), Cortex(url), warehouse, allow_simulated=True, adopt_source=True))
            assert rows(warehouse, "SELECT count(*) FROM minute_metrics") == [(120,)]


def _differing(found: list[Any], expected: list[Any]) -> list[Any]:
    pairs = zip(found, expected, strict=True)
    return [pair for pair in pairs if pair[0] != pair[1]][:3]


def _migrated(dsn: str) -> Warehouse:
    warehouse = Warehouse(dsn)
    migrate(warehouse)
    return warehouse
