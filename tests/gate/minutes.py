"""Minutes of a simulated market as `ingest` would load them from the lab, without HTTP."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import psycopg

from include.cortex.client import Identity
from include.lab.market import SYMBOL, Market
from include.lab.series import Querier
from include.settings import PACKAGE, load_settings
from include.warehouse.connection import Warehouse
from include.warehouse.minutes import METRIC_COLUMNS
from include.warehouse.windows import Block, LedgerEntry, write_window

CHUNK = timedelta(days=15)
METRICS = {column: metric.promql for column, metric in load_settings(PACKAGE / "settings.toml").metrics.items()}


def fill(warehouse: Warehouse, market: Market, start: datetime, end: datetime, symbol: str = SYMBOL) -> None:
    """The market's minutes with ts in [start, end), UTC, all 16 columns, into an empty migrated warehouse; analysed.

    The recording rules are the lab's own and know nothing of before the market's first minute.
    """
    querier = Querier(market, None, end.timestamp())
    source = identity_of(market)
    for chunk, until in _chunks(start, end):
        with warehouse.transaction("writer") as connection:
            entry = LedgerEntry(symbol, chunk, until)
            write_window(connection, warehouse, entry, block(querier, chunk, until), (source.kind, source.name))
    with psycopg.connect(warehouse.dsn, autocommit=True) as session:
        session.execute(f"VACUUM (ANALYZE) {warehouse.schema}.minute_metrics".encode())


def block(querier: Querier, start: datetime, end: datetime) -> Block:
    """All columns of the minutes with ts in [start, end)."""
    ts = np.arange(int(start.timestamp()), int(end.timestamp()), 60, dtype=np.int64)
    values = np.full((len(ts), len(METRIC_COLUMNS)), np.nan)
    for number, column in enumerate(METRIC_COLUMNS):
        samples = querier.samples(METRICS[column], int(ts[0]) * 1000 - 1, int(ts[-1]) * 1000)
        values[(samples.times // 1000 - ts[0]) // 60, number] = samples.values
    return Block(ts, values, np.zeros(values.shape, bool))


def identity_of(market: Market) -> Identity:
    """What the lab says of a simulated market."""
    return Identity(market.kind, ", ".join(filter(None, [market.variant, f"seed {market.seed}"])))


def _chunks(start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    count = -(-(end - start) // CHUNK)
    return [(start + n * CHUNK, min(start + (n + 1) * CHUNK, end)) for n in range(count)]
