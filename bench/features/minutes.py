"""The real minutes: the 16 series of the candles, as Parquet and in a warehouse."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import psycopg
import pyarrow as pa
import pyarrow.parquet as pq

from bench.ingest.span import MINUTE, SYMBOL, Span
from include.settings import PACKAGE, load_settings
from include.warehouse.connection import Warehouse
from include.warehouse.minutes import METRIC_COLUMNS, Source
from include.warehouse.windows import Block, LedgerEntry, write_window
from tests.system.real_series import bases, epochs, recorded

CHUNK = timedelta(days=30)
LONGEST_RULE = timedelta(hours=1)
METRICS = {column: metric.promql for column, metric in load_settings(PACKAGE / "settings.toml").metrics.items()}
SOURCE: Source = ("replay", "bench")


def span_of(candles: Path, days: int) -> Span:
    """The last so many whole UTC days of the candles."""
    last = pd.read_parquet(candles, columns=["open_time"])["open_time"].iloc[-1].to_pydatetime()
    end = (last + MINUTE).replace(hour=0, minute=0)
    return Span(end - timedelta(days=days), end)


def minutes_file(work: Path, candles: Path, span: Span) -> Path:
    """Parquet of `ts`, epoch seconds, and the columns of minute_metrics; made where an earlier run has not."""
    digest = hashlib.sha256(candles.read_bytes()).hexdigest()[:12]
    file = work / f"minutes-{digest}-{span.start:%Y%m%d}-{span.end:%Y%m%d}.parquet"
    if not file.exists():
        unfinished = file.with_suffix(".unfinished")
        schema = pa.schema([("ts", pa.int64()), *((name, pa.float64()) for name in METRIC_COLUMNS)])
        with pq.ParquetWriter(unfinished, schema) as writer:
            for chunk in span.windows(CHUNK):
                writer.write_table(_table(candles, chunk))
        unfinished.rename(file)
    return file


def _table(candles: Path, chunk: Span) -> pa.Table:
    series = recorded(bases(candles, chunk.start - LONGEST_RULE, chunk.end - MINUTE)).loc[chunk.start :]
    columns = {name: series[METRICS[name]].to_numpy() for name in METRIC_COLUMNS}
    return pa.table({"ts": epochs(pd.DatetimeIndex(series.index)), **columns})


def fill(warehouse: Warehouse, file: Path) -> None:
    """All minutes of the file into an empty warehouse, vacuumed and analysed."""
    for block in blocks(file):
        start, end = (datetime.fromtimestamp(int(ts), UTC) for ts in (block.ts[0], block.ts[-1] + 60))
        with warehouse.transaction("writer") as connection:
            write_window(connection, warehouse, LedgerEntry(SYMBOL, start, end), block, SOURCE)
    with psycopg.connect(warehouse.dsn, autocommit=True) as session:
        session.execute(f"VACUUM (ANALYZE) {warehouse.schema}.minute_metrics")


def blocks(file: Path) -> Iterator[Block]:
    """The file's minutes, a month at a time."""
    with pq.ParquetFile(file) as parquet:
        for group in range(parquet.num_row_groups):
            table = parquet.read_row_group(group)
            values = np.column_stack([table[name].to_numpy() for name in METRIC_COLUMNS])
            yield Block(table["ts"].to_numpy(), values, np.zeros(values.shape, bool))


def held(warehouse: Warehouse, span: Span) -> int:
    """How many of the span's minutes the warehouse has."""
    with warehouse.transaction("reader") as connection:
        row = connection.execute(
            "SELECT count(*) AS minutes FROM minute_metrics WHERE symbol = %s AND ts >= %s AND ts < %s",
            [SYMBOL, span.start, span.end],
        ).fetchone()
    return int(row.minutes) if row else 0
