"""What the tables that only grow take a day of one symbol with six live cells; prints the table of docs/upkeep.md.

    python -m bench.table_growth [--days 30] [--work DIR]

Fills an empty PostgreSQL with made-up days of the usual widths and packs it, as a vacuum keeps it: no dead rows.
"""

from __future__ import annotations

import argparse
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg

from bench.page.__main__ import WORK
from bench.page.fill import fill
from bench.server import running
from include.settings import load_settings
from include.warehouse.connection import Warehouse
from include.warehouse.statements import statement

WHOLE_MINUTES = """
UPDATE minute_metrics SET price_deriv_10m = 0.1, price_deriv_15m = 0.1, price_deriv_30m = 0.1, price_deriv_1h = 0.1,
    price_avg_5m = 1, price_avg_10m = 1, price_avg_15m = 1, price_avg_30m = 1, volume_deriv_5m = 1, volume_deriv_15m = 1,
    volume_avg_5m = 1
"""
INPUTS = """
INSERT INTO signal_inputs (symbol, ts, feature_version, inputs_hash, "values")
SELECT m.symbol, m.ts, f.feature_version, md5(m.ts::text) || md5(m.symbol || m.ts::text),
    array_fill(0.5::real, ARRAY[cardinality(f.columns)])
FROM minute_metrics AS m CROSS JOIN (SELECT * FROM feature_versions ORDER BY feature_version DESC LIMIT 1) AS f
"""
COMMITS = """
INSERT INTO signal_commits (symbol, ts, signals, decided_at, committed_at, latency_seconds, is_late)
SELECT m.symbol, m.ts, 6, m.ts, m.ts, 1.1, FALSE FROM minute_metrics AS m
"""
WINDOWS = """
INSERT INTO ingest_windows (symbol, window_from, window_to, requests, retries, rows_new, rows_changed, rows_same, seconds,
    samples, quarantined, computed, finished_at)
SELECT m.symbol, m.ts - INTERVAL '10 minutes', m.ts, 1, 0, 1, 0, 10, 0.1, 176, 0, 0, m.ts FROM minute_metrics AS m
"""
GROWING = (
    "signals", "settled_outcomes", "minute_metrics", "signal_inputs", "signal_commits", "ingest_windows", "pipeline_checks",
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.table_growth", description=__doc__)
    parser.add_argument("--days", type=int, default=30, help="to fill; default: %(default)s")
    parser.add_argument("--work", type=Path, default=WORK, help="folder for the database; default: %(default)s")
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    with running(args.work) as server:
        warehouse = Warehouse(server.dsn(server.new_warehouse()))
        fill_days(warehouse, args.days)
        report(warehouse, args.days)


def fill_days(warehouse: Warehouse, days: int) -> None:
    until = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    fill(warehouse, load_settings().signals.live, until - timedelta(days=days), until)
    with warehouse.transaction() as connection:
        for text in (WHOLE_MINUTES, INPUTS, COMMITS, WINDOWS):
            connection.execute(text)
    with psycopg.connect(warehouse.dsn, autocommit=True) as connection:
        connection.execute("VACUUM (FULL, ANALYZE)")


def report(warehouse: Warehouse, days: int) -> None:
    with warehouse.transaction() as connection:
        found = {row.name: row for row in connection.execute(statement("table_sizes"))}
    print("| table | rows a day | bytes a row | MB a day | GB in 2.5 years |\n|---|---|---|---|---|")
    for name in GROWING:
        rows, size = found[name].rows, found[name].bytes
        print(
            f"| `{name}` | {rows / days:,.0f} | {size / rows:.0f} | {size / days / 1e6:.2f} | {size / days * 913 / 1e9:.2f} |"
        )
    total = sum(found[name].bytes for name in GROWING)
    print(f"| together | | | {total / days / 1e6:.2f} | {total / days * 913 / 1e9:.2f} |")


if __name__ == "__main__":
    main()
