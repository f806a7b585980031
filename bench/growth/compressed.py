"""`python -m bench.growth.compressed`: what real minutes take by columns, and what that costs the newest minute and a late repair.

    python -m bench.growth.compressed --data PATH/btcusdt_1m.parquet [--chunk-days N] [--days N] [--rounds R] [--work DIR]

In the TimescaleDB in WebAssembly that the tests use: sizes are those of a server of that version; times are not: CPU is given,
beside that of a plain table in the same process. What costs is how many chunks there are, not how long they are.
"""

from __future__ import annotations

import argparse
from datetime import datetime, timedelta
from pathlib import Path

import psutil
from psycopg import sql

from bench.features.minutes import blocks, minutes_file, span_of
from bench.growth.__main__ import CANDLES, WORK, say
from bench.ingest.span import MINUTE, SYMBOL, Span
from bench.processes import cpu_seconds
from include.settings import Timescale
from include.warehouse.connection import Warehouse
from include.warehouse.migrate import migrate
from include.warehouse.minutes import METRIC_COLUMNS
from include.warehouse.snapshots import feature_version, read_features
from include.warehouse.statements import statement
from include.warehouse.timescale import allow_repairs
from include.warehouse.windows import Block
from tests.integration import pglite

DAY = timedelta(days=1)
PART = 1440
WEEK = """
INSERT INTO staged_minutes (ts, last_price, computed_columns)
SELECT m.ts, m.last_price + 1, '{}' FROM minute_metrics AS m WHERE m.symbol = %(symbol)s AND m.ts >= %(start)s AND m.ts < %(end)s
"""
INSERT = """
INSERT INTO minute_metrics (symbol, ts, {columns})
SELECT {symbol}, to_timestamp(u.ts), {values} FROM unnest({types}) AS u (ts, {columns})
"""


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m bench.growth.compressed",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--data", type=Path, default=CANDLES, help=f"Parquet file of candles; default: {CANDLES}")
    parser.add_argument("--days", type=int, default=62, help="the last so many days; default: %(default)s")
    parser.add_argument("--chunk-days", type=int, default=2, help="that a chunk holds; default: %(default)s")
    parser.add_argument("--rounds", type=int, default=10, help="of the features; default: %(default)s")
    parser.add_argument("--work", type=Path, default=WORK, help="folder for the minutes; default: %(default)s")
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    span = span_of(args.data, args.days)
    with pglite.running() as dsn:
        warehouse = Warehouse(dsn)
        migrate(warehouse, Timescale(use="off"))
        for block in blocks(minutes_file(args.work, args.data, span)):
            insert(warehouse, block)
        measure(warehouse, span, args.chunk_days * DAY, args.rounds)


def insert(warehouse: Warehouse, block: Block) -> None:
    """Without COPY, which this server lacks: a day a statement."""
    names = [sql.Identifier(name) for name in METRIC_COLUMNS]
    query = sql.SQL(INSERT).format(
        columns=sql.SQL(", ").join(names),
        symbol=sql.Literal(SYMBOL),
        values=sql.SQL(", ").join(sql.SQL("nullif(u.{}, 'NaN')").format(name) for name in names),
        types=sql.SQL(", ").join(sql.SQL("%s::float8[]") for _ in range(len(names) + 1)),
    )
    for start in range(0, len(block.ts), PART):
        part = slice(start, start + PART)
        columns = [block.ts[part].astype(float).tolist(), *(column.tolist() for column in block.values[part].T)]
        with warehouse.transaction("writer") as connection:
            connection.execute(query, columns)


def measure(warehouse: Warehouse, span: Span, chunk: timedelta, rounds: int) -> None:
    with warehouse.autocommit() as connection:
        connection.execute("ANALYZE minute_metrics")
    size = ask(warehouse, "SELECT pg_table_size('minute_metrics') + pg_indexes_size('minute_metrics')")
    say(f"plain: {size / span.minutes:.0f} bytes a minute")
    plain, mended = newest(warehouse, span, rounds), repair(warehouse, span.start + 15 * DAY)
    say(f"newest minute's features: {1e3 * plain:.0f} ms of CPU")
    with warehouse.autocommit() as connection:
        connection.execute("CREATE EXTENSION timescaledb SCHEMA public")
    migrate(warehouse, Timescale(chunk=chunk))
    with warehouse.autocommit() as connection:
        connection.execute("ANALYZE minute_metrics")
    chunks = ask(warehouse, "SELECT count(*) FROM show_chunks('minute_metrics')")
    say(
        f"newest minute's features in {chunks} chunks: {newest(warehouse, span, rounds) / plain:.2f} × those of the plain table"
    )
    last = ask(warehouse, "SELECT extract(EPOCH FROM max(range_start)) FROM timescaledb_information.chunks")
    old = f"SELECT c::text FROM show_chunks('minute_metrics', older_than => to_timestamp({last})) AS c"
    with warehouse.autocommit() as connection:
        for (chunk,) in connection.execute(old).fetchall():
            connection.execute("CALL convert_to_columnstore(%s::regclass)", [chunk])
        connection.execute("ANALYZE minute_metrics")
    say(f"the same with all but the newest by columns: {newest(warehouse, span, rounds) / plain:.2f} ×")
    again = repair(warehouse, span.start + 25 * DAY)
    say(f"a week of minutes corrected there: {again / mended:.1f} × the CPU that it takes in the plain table")
    stats = "SELECT {} FROM hypertable_columnstore_stats('minute_metrics')"
    before, after = (ask(warehouse, stats.format(f"{w}_compression_total_bytes")) for w in ("before", "after"))
    rows = ask(warehouse, f"SELECT count(*) FROM minute_metrics WHERE ts < to_timestamp({last})")
    say(
        f"by columns: {rows:,} minutes took {before / rows:.0f} and take {after / rows:.0f} bytes each, 1 / {before / after:.1f}"
    )


def newest(warehouse: Warehouse, span: Span, rounds: int) -> float:
    """CPU-seconds that the server, which is a child of this process, takes for the newest minute's features."""
    ts = span.end - MINUTE
    with warehouse.transaction("reader", one_snapshot=True) as connection:
        version = feature_version(connection)
        read_features(connection, SYMBOL, ts, ts + MINUTE, version)
        before = server_seconds()
        for _ in range(rounds):
            read_features(connection, SYMBOL, ts, ts + MINUTE, version)
        return (server_seconds() - before) / rounds


def repair(warehouse: Warehouse, start: datetime) -> float:
    """CPU-seconds of the server for a week of which every minute has another price, by the loader's merge, counted."""
    window = {"symbol": SYMBOL, "start": start, "end": start + 7 * DAY}
    before = server_seconds()
    with warehouse.transaction("writer") as connection:
        allow_repairs(connection)
        connection.execute(statement("stage_minutes"))
        connection.execute(WEEK, window)
        counts = connection.execute(statement("merge_staged_minutes"), window).fetchone()
    assert counts == (0, 7 * DAY // MINUTE, 0, 7 * DAY // MINUTE), counts
    return server_seconds() - before


def server_seconds() -> float:
    return sum(cpu_seconds(child.pid) for child in psutil.Process().children())


def ask(warehouse: Warehouse, query: str) -> int:
    with warehouse.transaction() as connection:
        row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return int(row[0])


if __name__ == "__main__":
    main()
