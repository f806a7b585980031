"""What settling costs with years of signals in the tables: a minute, a correction, all of it, and the reads of it.

    python -m bench.outcomes [--days 913] [--minutes 60] [--work DIR]

Fills an empty PostgreSQL with a random walk of minutes and six signals a minute, one in ten a trade; no source is asked.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from bench.server import running
from include.cortex.address import Cortex
from include.pipeline import Pipeline
from include.settings import load_settings
from include.settle import settle
from include.warehouse.connection import Connection, Warehouse
from include.warehouse.outcomes import settle_due

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
FIRST = datetime(2024, 1, 1, tzinfo=UTC)
SETTLED_DAYS = 20  # settled by what is measured; the outcomes of those before are made up, to be there

PRICES = """
INSERT INTO minute_metrics (symbol, ts, last_price)
SELECT 'BTCUSDT', g.ts, 60000 * exp(0.0005 * sum(1.7 * (random() + random() + random() + random() - 2)) OVER (ORDER BY g.ts))
FROM generate_series(%(first)s::timestamptz, %(last)s, INTERVAL '1 minute') AS g (ts)
"""
MODELS = """
INSERT INTO models (
    candidate, is_baseline, symbol, horizon_minutes, threshold, trained_from, trained_to, as_of, snapshot_hash, feature_version,
    feature_hash, feature_columns, code_revision, parameters, decision, artifact, artifact_format, artifact_sha256
)
SELECT 'lightgbm', FALSE, 'BTCUSDT', c.h, c.t, now(), now(), now(), '', f.feature_version, f.feature_hash, f.columns, '', '{}', '{}',
    '', 'lightgbm', ''
FROM feature_versions AS f
CROSS JOIN (VALUES (15, 0.003), (30, 0.005), (45, 0.005), (60, 0.0075), (120, 0.01), (240, 0.015)) AS c (h, t)
"""
SIGNALS = """
INSERT INTO signals (
    symbol, ts, horizon_minutes, threshold, model_id, p_down, p_sideways, p_up, base_rate_down, base_rate_sideways, base_rate_up,
    prediction, confidence, side, cost_bps_per_side, reference_price, stop_loss_price, take_profit_price, cutoff_at, decided_at,
    executable_at, latency_seconds, inputs_hash, is_late, is_simulated
)
SELECT
    m.symbol, m.ts, c.horizon_minutes, c.threshold, c.model_id, r.p, 1 - 2 * r.p, r.p, 0.1, 0.8, 0.1, 'SIDEWAYS', 1 - 2 * r.p, r.side, 7,
    m.last_price, m.last_price * (1 - r.away), m.last_price * (1 + 1.5 * r.away), m.ts, m.ts + INTERVAL '5 seconds',
    m.ts + INTERVAL '1 minute', 5, repeat('0', 64), FALSE, TRUE
FROM minute_metrics AS m
CROSS JOIN models AS c
CROSS JOIN LATERAL (
    SELECT
        0.02 + 0.16 * random() AS p,
        CASE floor(20 * random() + 0 * c.model_id)::integer WHEN 0 THEN 'BUY' WHEN 1 THEN 'SELL' ELSE 'HOLD' END AS drawn,
        0.0005 * sqrt(c.horizon_minutes) AS sigma
) AS d
CROSS JOIN LATERAL (SELECT d.p, d.drawn AS side, CASE d.drawn WHEN 'SELL' THEN -d.sigma ELSE d.sigma END AS away) AS r
WHERE m.ts >= %(first)s AND m.ts <= %(last)s
ORDER BY m.ts
"""
EARLIER_OUTCOMES = """
INSERT INTO settled_outcomes (
    signal_id, version, symbol, ts, horizon_minutes, threshold, forward_return, outcome, opens_position, entry_at, entry_price, exit_at,
    exit_price, exit_reason, net_return
)
SELECT
    s.signal_id, 1, s.symbol, s.ts, s.horizon_minutes, s.threshold, 0, 'SIDEWAYS', FALSE, t.at, t.price, t.at, t.price, t.reason, t.net
FROM signals AS s
LEFT JOIN LATERAL (SELECT s.executable_at AS at, s.reference_price AS price, 'TIME' AS reason, -0.0014 AS net) AS t ON s.side <> 'HOLD'
WHERE s.ts >= %(first)s AND s.ts <= %(last)s
"""
MARK = """
INSERT INTO settle_marks (symbol, signal_id, looked_at) SELECT 'BTCUSDT', max(signal_id), clock_timestamp() FROM settled_outcomes
"""
MINUTE_COMES = """
WITH corrected AS (
    INSERT INTO metric_revisions (symbol, ts, metric, old_value, new_value)
    SELECT symbol, ts, 'last_price', last_price, %(price)s FROM minute_metrics WHERE symbol = 'BTCUSDT' AND ts = %(ts)s
),

come AS (
    INSERT INTO minute_metrics (symbol, ts, last_price) VALUES ('BTCUSDT', %(ts)s, %(price)s)
    ON CONFLICT (symbol, ts) DO UPDATE SET last_price = excluded.last_price, loaded_at = clock_timestamp()
)

INSERT INTO ingest_windows (symbol, window_from, window_to, requests, retries, rows_new, rows_changed, rows_same, seconds)
VALUES ('BTCUSDT', %(ts)s - INTERVAL '10 minutes', %(ts)s + INTERVAL '1 minute', 1, 0, 1, 0, 10, 0)
"""
READS = {
    "signal_outcomes of the newest day": "SELECT * FROM signal_outcomes WHERE ts >= %(last)s - INTERVAL '1 day'",
    "signal_outcomes of a cell's newest day": """
        SELECT * FROM signal_outcomes WHERE ts >= %(last)s - INTERVAL '1 day' AND symbol = 'BTCUSDT' AND horizon_minutes = 60""",
    "daily_performance of 90 days": "SELECT * FROM daily_performance WHERE day > %(last)s::date - 90",
    "performance_between of all days": "SELECT * FROM performance_between('2024-01-01', 'infinity')",
    "live_calibration of a cell, 30 days": """
        SELECT * FROM live_calibration('BTCUSDT', 60, 0.0075, %(last)s - INTERVAL '30 days', 'infinity')""",
}


def main() -> None:
    arguments = _arguments()
    with running(arguments.work) as server:
        database = server.new_warehouse()
        warehouse = Warehouse(server.dsn(database))
        pipeline = Pipeline(load_settings(), Cortex("http://127.0.0.1:9"), warehouse)
        last = FIRST + arguments.days * DAY
        _say("filling", _timed(lambda: _fill(warehouse, last)))
        took = _timed(lambda: settle(pipeline))
        _say(f"settling the last {6 * 1440 * SETTLED_DAYS:,} signals, as after an upgrade", took)
        _vacuum(warehouse)
        _percentiles(
            "a minute: settle_outcomes and its transaction", list(_minutes(warehouse, last, arguments.minutes))
        )
        _percentiles("the same as `settle`, with a connection", [_timed(lambda: settle(pipeline)) for _ in range(20)])
        with warehouse.transaction("writer") as connection:
            _come(connection, last - 10 * DAY, 60_000.0)
        _say("one corrected minute of ten days ago", _timed(lambda: settle(pipeline)))
        for name, query in READS.items():
            _percentiles(name, [_timed(lambda query=query: _read(warehouse, query, last)) for _ in range(9)])  # type: ignore[misc]


def _fill(warehouse: Warehouse, last: datetime) -> None:
    with warehouse.transaction() as connection:
        connection.execute("SELECT setseed(0.5)")
        connection.execute(PRICES, {"first": FIRST, "last": last})
        connection.execute(MODELS)
    day = FIRST
    while day < last:
        with warehouse.transaction() as connection:
            connection.execute(SIGNALS, {"first": day, "last": day + DAY - MINUTE})
            if day < last - SETTLED_DAYS * DAY:
                connection.execute(EARLIER_OUTCOMES, {"first": day, "last": day + DAY - MINUTE})
        day += DAY
    with warehouse.transaction() as connection:
        connection.execute(MARK)
    _vacuum(warehouse)


def _vacuum(warehouse: Warehouse) -> None:
    import psycopg

    with psycopg.connect(warehouse.dsn, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def _minutes(warehouse: Warehouse, last: datetime, minutes: int) -> Iterator[float]:
    price = 60_000.0
    generator = np.random.default_rng(7)
    with warehouse.kept_open() as kept:
        for n in range(1, minutes + 1):
            price *= float(np.exp(0.0005 * generator.standard_normal()))
            with kept.transaction("writer") as connection:
                _come(connection, last + n * MINUTE, price)
            with kept.transaction() as connection:
                connection.execute(SIGNALS, {"first": last + n * MINUTE, "last": last + n * MINUTE})
            yield _timed(lambda: settle_due(kept, "BTCUSDT", 10_000, timedelta(hours=12)))


def _come(connection: Connection, ts: datetime, price: float) -> None:
    connection.execute(MINUTE_COMES, {"ts": ts, "price": price})


def _read(warehouse: Warehouse, query: str, last: datetime) -> None:
    with warehouse.transaction("reader") as connection:
        connection.execute(query.encode(), {"last": last}).fetchall()


def _timed(work: Callable[[], object]) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began


def _say(name: str, seconds: float) -> None:
    print(f"{name}: {seconds:.3f} s", flush=True)


def _percentiles(name: str, seconds: list[float]) -> None:
    least, p50, p95 = np.percentile(np.array(seconds) * 1e3, [0, 50, 95])
    print(f"{name}: least {least:.0f} ms, p50 {p50:.0f} ms, p95 {p95:.0f} ms", flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.outcomes", description=__doc__)
    parser.add_argument("--days", type=int, default=913)
    parser.add_argument("--minutes", type=int, default=60)
    parser.add_argument("--work", type=Path, default=Path("/tmp"))
    return parser.parse_args()


if __name__ == "__main__":
    main()
