"""`python -m bench.growth.compressed`: what real minutes take by columns, and what chunks cost the newest minute's features.

    python -m bench.growth.compressed --data PATH/btcusdt_1m.parquet [--days N] [--rounds R] [--work DIR]

In the TimescaleDB in WebAssembly that the tests use: sizes are those of a server of that version; times are not, and are given
beside those of a plain table in the same process. Chunks are of two days, so that there are as many as of a month in 2.5 years.
"""

from __future__ import annotations

import argparse
from datetime import timedelta
from pathlib import Path

from psycopg import sql

from bench.features.minutes import blocks, minutes_file, span_of
from bench.growth.__main__ import CANDLES, WORK, say, typical
from bench.ingest.span import MINUTE, SYMBOL, Span
from include.settings import Timescale
from include.warehouse.connection import Warehouse
from include.warehouse.migrate import migrate
from include.warehouse.minutes import METRIC_COLUMNS
from include.warehouse.snapshots import feature_version, read_features
from include.warehouse.windows import Block
from tests.integration import pglite

CHUNKS = Timescale(chunk=timedelta(days=2))
PART = 1440
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
    parser.add_argument("--rounds", type=int, default=5, help="of the features; default: %(default)s")
    parser.add_argument("--work", type=Path, default=WORK, help="folder for the minutes; default: %(default)s")
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    span = span_of(args.data, args.days)
    with pglite.running() as dsn:
        warehouse = Warehouse(dsn)
        migrate(warehouse, Timescale(use="off"))
        for block in blocks(minutes_file(args.work, args.data, span)):
            insert(warehouse, block)
        measure(warehouse, span, args.rounds)


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


def measure(warehouse: Warehouse, span: Span, rounds: int) -> None:
    with warehouse.autocommit() as connection:
        connection.execute("ANALYZE minute_metrics")
    size = ask(warehouse, "SELECT pg_table_size('minute_metrics') + pg_indexes_size('minute_metrics')")
    say(f"plain: {size / span.minutes:.0f} bytes a minute")
    plain = newest(warehouse, span, rounds)
    with warehouse.autocommit() as connection:
        connection.execute("CREATE EXTENSION timescaledb SCHEMA public")
    migrate(warehouse, CHUNKS)
    with warehouse.autocommit() as connection:
        connection.execute("ANALYZE minute_metrics")
    chunks = ask(warehouse, "SELECT count(*) FROM show_chunks('minute_metrics')")
    say(
        f"newest minute's features in {chunks} chunks: {newest(warehouse, span, rounds) / plain:.2f} × those of the plain table"
    )
    old = f"SELECT c::text FROM show_chunks('minute_metrics', older_than => '{span.end - timedelta(days=4)}'::timestamptz) AS c"
    with warehouse.autocommit() as connection:
        for (chunk,) in connection.execute(old).fetchall():
            connection.execute("CALL convert_to_columnstore(%s::regclass)", [chunk])
        connection.execute("ANALYZE minute_metrics")
    say(f"the same with all but the newest by columns: {newest(warehouse, span, rounds) / plain:.2f} ×")
    stats = "SELECT {} FROM hypertable_columnstore_stats('minute_metrics')"
    before, after = (ask(warehouse, stats.format(f"{w}_compression_total_bytes")) for w in ("before", "after"))
    rows = ask(warehouse, f"SELECT count(*) FROM minute_metrics WHERE ts < '{span.end - timedelta(days=4)}'")
    say(
        f"by columns: {rows:,} minutes took {before / rows:.0f} and take {after / rows:.0f} bytes each, 1 / {before / after:.1f}"
    )


def newest(warehouse: Warehouse, span: Span, rounds: int) -> float:
    """Seconds of the newest minute's features."""
    ts = span.end - MINUTE
    with warehouse.transaction("reader", one_snapshot=True) as connection:
        version = feature_version(connection)
        return typical(lambda: read_features(connection, SYMBOL, ts, ts + MINUTE, version), rounds)


def ask(warehouse: Warehouse, query: str) -> int:
    with warehouse.transaction() as connection:
        row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return int(row[0])


if __name__ == "__main__":
    main()
