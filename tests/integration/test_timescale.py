"""TimescaleDB is used where it is there, found without being asked for elsewhere, and changes no value that is read.

What a server would do is tried on TimescaleDB in WebAssembly (pglite.py), beside a real PostgreSQL with the same minutes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pglite
import pytest
from pipelines import rows

from include.settings import Timescale
from include.warehouse.connection import Warehouse
from include.warehouse.migrate import migrate
from include.warehouse.minutes import METRIC_COLUMNS
from include.warehouse.schema_drift import compare
from include.warehouse.statements import statement
from include.warehouse.timescale import allow_repairs, drop_chunks, look, refresh_candles, report

FIRST = datetime(2026, 3, 1, 21, 7, tzinfo=UTC)
MINUTES = 3 * 1440
MINUTE = timedelta(minutes=1)
DAILY = Timescale(chunk=timedelta(days=1), compress_after=timedelta(days=30))
STORED = replace(DAILY, stored_candles=True)

# By sums and products alone, which give the same bits in WebAssembly; with holes, and values that count for nothing.
FILL = """
INSERT INTO minute_metrics (symbol, ts, last_price, price_avg_5m, price_deriv_1h, volume_24h, volume_avg_15m, computed_columns)
SELECT
    s.symbol,
    %(first)s::timestamptz + n * INTERVAL '1 minute',
    CASE mod(n, 211) WHEN 7 THEN NULL WHEN 8 THEN 'NaN' WHEN 9 THEN -5 WHEN 10 THEN 'Infinity'
        ELSE 60000 + mod(n * 7919, 10007) * 0.01 END,
    60000 + mod(n * 7919, 997) * 0.1,
    nullif((mod(n * 31, 17) - 8) * 0.001, 0),
    CASE WHEN mod(n, 60) = 53 THEN NULL ELSE 20000 - mod(n * 13, 1009) * 0.5 END,
    20000.25,
    CASE WHEN mod(n, 50) = 0 THEN ARRAY['price_avg_5m'] ELSE '{}' END
FROM generate_series(0, %(minutes)s - 1) AS n
CROSS JOIN (VALUES ('BTCUSDT', 0), ('ETHUSDT', 5)) AS s (symbol, shift)
WHERE mod(n + s.shift, 97) <> 3 AND n NOT BETWEEN 1500 AND 1513
"""
READS = {
    "minutes": f"SELECT symbol, ts, {', '.join(METRIC_COLUMNS)}, computed_columns FROM minute_metrics ORDER BY 1, 2",
    "days": "SELECT * FROM metric_days ORDER BY 1, 2",
    "candles_5m": "SELECT * FROM candles_5m ORDER BY 1, 3",
    "candles_1h": "SELECT * FROM candles_1h ORDER BY 1, 3",
    "gaps": "SELECT * FROM missing_minutes('BTCUSDT', '2026-03-01', '2026-03-06', ARRAY['last_price', 'volume_24h'])",
    "as of": "SELECT symbol, ts, last_price FROM minute_metrics_as_of('infinity') ORDER BY 1, 2",
}
COMPUTED = {
    "features": "SELECT * FROM minute_features WHERE symbol = 'ETHUSDT' AND day >= '2026-03-03' ORDER BY ts",
    "labels": "SELECT * FROM minute_labels ORDER BY symbol, ts",
}  # by logarithms, which may differ in the last bit from one C library to another


def read(warehouse: Warehouse, queries: dict[str, str]) -> dict[str, list[str]]:
    """Every row as text, with all digits, so that NaN is NaN."""
    return {name: [str(row) for row in rows(warehouse, query)] for name, query in queries.items()}


def create_extension(warehouse: Warehouse) -> None:
    """As an administrator would, once, out of the search path: this server's library is not preloaded, so `migrate` does not."""
    with warehouse.transaction() as connection:
        if look(connection).version is None:
            connection.execute("CREATE SCHEMA tools")
            connection.execute("CREATE EXTENSION timescaledb SCHEMA tools")


def fill(warehouse: Warehouse) -> None:
    with warehouse.transaction("writer") as connection:
        connection.execute(FILL, {"first": FIRST, "minutes": MINUTES})


def repair(warehouse: Warehouse, first: int, prices: list[float]) -> tuple[int, int, int, int]:
    """BTCUSDT's minutes from the `first` on, as `write_window` merges them, but for its COPY."""
    window = {"symbol": "BTCUSDT", "start": FIRST + first * MINUTE, "end": FIRST + (first + len(prices)) * MINUTE}
    with warehouse.transaction("writer") as connection:
        allow_repairs(connection)
        connection.execute(statement("stage_minutes"))
        connection.execute(
            "INSERT INTO staged_minutes (ts, last_price, price_avg_5m, computed_columns) "
            "SELECT %(start)s::timestamptz + (n - 1) * INTERVAL '1 minute', p, 60000.5, '{}' "
            "FROM unnest(%(prices)s::float8[]) WITH ORDINALITY AS u (p, n)",
            {**window, "prices": prices},
        )
        connection.execute(statement("keep_recorded_values"), window)
        counts = connection.execute(statement("merge_staged_minutes"), window).fetchone()
    assert counts is not None
    return tuple(counts)


def chunks(warehouse: Warehouse) -> list[tuple[Any, ...]]:
    """Bounds of each chunk of the minutes, and whether it is in the columnstore."""
    return rows(
        warehouse,
        "SELECT range_start, range_end, is_compressed FROM timescaledb_information.chunks "
        "WHERE hypertable_schema = current_schema() AND hypertable_name = 'minute_metrics' ORDER BY 1",
    )


def compress(warehouse: Warehouse) -> None:
    """All chunks, as the policy's job would."""
    with warehouse.autocommit() as connection:
        for (chunk,) in connection.execute(
            "SELECT c::text FROM tools.show_chunks('minute_metrics') AS c ORDER BY 1"
        ).fetchall():
            connection.execute("CALL tools.convert_to_columnstore(%s::regclass, if_not_columnstore => TRUE)", [chunk])


def filled(warehouse: Warehouse, candles: str) -> int:
    """Buckets that are stored, not computed when they are read."""
    [(table,)] = rows(
        warehouse,
        "SELECT format('%%I.%%I', materialization_hypertable_schema, materialization_hypertable_name) "
        "FROM timescaledb_information.continuous_aggregates WHERE view_schema = current_schema() AND view_name = %(name)s",
        {"name": candles},
    )
    [(count,)] = rows(warehouse, f"SELECT count(*) FROM {table}")
    return int(count)


@pytest.fixture(scope="module")
def without_extension() -> Iterator[str]:
    """The DSN of a server that has TimescaleDB's files, and no database that uses it."""
    with pglite.running() as dsn:
        yield dsn


@pytest.fixture(scope="module")
def moved(without_extension: str) -> Warehouse:
    """A warehouse that was filled as a plain one, before its server got TimescaleDB; its reads from then, as `before`."""
    warehouse = Warehouse(without_extension)
    assert migrate(warehouse, DAILY).timescale == []
    fill(warehouse)
    return warehouse


def test_a_plain_warehouse_is_moved_compressed_repaired_and_cut_without_a_difference(
    moved: Warehouse, migrated_database: str
) -> None:
    """The same rows, candles, features and counts as before the move and as on a server without it, at every step."""
    plain = Warehouse(migrated_database)
    fill(plain)
    before = read(moved, READS | COMPUTED)
    assert read(moved, READS) == read(plain, READS)
    assert len(before["features"]) > 1000

    create_extension(moved)
    assert migrate(moved, DAILY).timescale == ["hypertable", "columnstore", "columnstore policy"]
    assert migrate(moved, DAILY).timescale == []
    assert [is_compressed for *_, is_compressed in chunks(moved)] == [False] * 4
    assert read(moved, READS | COMPUTED) == before

    compress(moved)
    assert [is_compressed for *_, is_compressed in chunks(moved)] == [True] * 4
    assert read(moved, READS | COMPUTED) == before

    late = [59_000.0 + n for n in range(1600)]
    for first, prices, expected in ((1400, late, (30, 1570, 0, 1600)), (1400, late, (0, 0, 1600, 0))):
        assert repair(moved, first, prices) == repair(plain, first, prices) == expected
    assert read(moved, READS) == read(plain, READS)
    assert read(moved, READS)["minutes"] != before["minutes"]
    revised = {"revised": "SELECT symbol, ts, metric, old_value, new_value FROM metric_revisions ORDER BY 1, 2, 3"}
    assert read(moved, revised) == read(plain, revised)
    compress(moved)
    assert read(moved, READS) == read(plain, READS)

    cutoff = FIRST + 2000 * MINUTE
    last_end = max(end for _, end, _ in chunks(moved) if end <= cutoff)
    [(held,)] = rows(moved, f"SELECT count(*) FROM minute_metrics WHERE ts < '{last_end}'")
    assert drop_chunks(moved, cutoff, MINUTE) == held > 0
    assert drop_chunks(plain, cutoff, MINUTE) == drop_chunks(moved, cutoff, MINUTE) == 0
    for warehouse in (moved, plain):
        with warehouse.transaction() as connection:
            allow_repairs(connection)
            connection.execute("DELETE FROM minute_metrics WHERE ts < %s", [cutoff])
    assert read(moved, READS) == read(plain, READS)


def test_stored_candles_are_the_candles_once_they_are_refreshed(moved: Warehouse) -> None:
    """From continuous aggregates: filled at once, followed by a refresh after a late correction, gone when not wanted."""
    warehouse = Warehouse(moved.dsn, "stored")
    create_extension(warehouse)
    migrate(warehouse, DAILY)
    fill(warehouse)
    assert migrate(warehouse, STORED).timescale == ["candles_5m_stored", "candles_1h_stored"]
    assert migrate(warehouse, STORED).timescale == []
    candles = {name: f"SELECT * FROM {name} ORDER BY 1, 3" for name in ("candles_5m", "candles_1h")}
    stored = {name: query.replace(name, f"{name}_stored") for name, query in candles.items()}
    assert read(warehouse, stored) == read(warehouse, candles)
    assert filled(warehouse, "candles_1h_buckets") > 130

    compress(warehouse)
    repair(warehouse, 1400, [59_000.0 + n for n in range(200)])
    assert read(warehouse, stored) != read(warehouse, candles)
    assert refresh_candles(warehouse) == ["candles_5m_buckets", "candles_1h_buckets"]
    assert read(warehouse, stored) == read(warehouse, candles)

    assert drop_chunks(warehouse, FIRST + 2000 * MINUTE, MINUTE) > 0
    refresh_candles(warehouse)
    assert read(warehouse, stored) == read(warehouse, candles)

    with warehouse.transaction("reader") as connection:
        assert connection.execute("SELECT FROM candles_5m_stored LIMIT 1").fetchone() is not None
    assert migrate(warehouse, replace(STORED, use="off")).timescale == ["candles_5m_stored", "candles_1h_stored"]
    assert read(warehouse, stored) == read(warehouse, candles)
    assert rows(warehouse, "SELECT to_regclass('candles_5m_buckets')") == [(None,)]
    assert migrate(warehouse, DAILY).timescale == ["candles_5m_stored", "candles_1h_stored"]
    assert rows(warehouse, "SELECT to_regclass('candles_5m_stored')") == [(None,)]


def test_what_timescaledb_refuses_is_told_and_keeps_nothing_up(without_extension: str) -> None:
    """The schema is there, the minutes a plain table; where the cause is mended, the next run goes on from there."""
    warehouse = Warehouse(without_extension, "refused")
    create_extension(warehouse)
    migrate(warehouse, replace(DAILY, use="off"))
    with warehouse.transaction() as connection:
        connection.execute("CREATE UNIQUE INDEX of_a_user ON minute_metrics (symbol)")
    done = migrate(warehouse, DAILY)
    assert done.timescale == []
    assert done.timescale_refused is not None
    assert "TimescaleDB was not set up (" in done.timescale_refused
    assert "everything works without" in done.timescale_refused
    with warehouse.transaction() as connection:
        connection.execute("DROP INDEX of_a_user")
    done = migrate(warehouse, DAILY)
    assert (done.timescale[0], done.timescale_refused) == ("hypertable", None)


def test_what_the_server_has_is_said(without_extension: str) -> None:
    """Too large a table stays plain until it may be moved; then chunks, the policy's age and the saved bytes are named."""
    warehouse = Warehouse(without_extension, "said")
    create_extension(warehouse)
    small = replace(DAILY, move_bytes=10_000)
    migrate(warehouse, replace(DAILY, use="off"))
    fill(warehouse)
    assert migrate(warehouse, small).timescale == []
    [(ok, found, fix)] = report(warehouse, small)
    assert ok is None
    assert "a plain table of 0.0 GB, more than timescale.move_gigabytes" in found
    assert "cortex-signals migrate" in fix

    migrate(warehouse, DAILY)
    compress(warehouse)
    [(ok, found, _)] = report(warehouse, DAILY)
    assert ok is True
    assert "minute_metrics has 4 chunks, 4 of them by columns (" in found
    assert "after 30 days" in found
    later = replace(DAILY, chunk=timedelta(days=7), compress_after=timedelta(days=60))
    assert migrate(warehouse, later).timescale == ["chunk interval", "columnstore policy"]
    assert "after 60 days" in next(report(warehouse, later))[1]
    [(ok, found, _)] = report(warehouse, replace(DAILY, use="off"))
    assert (ok, found.endswith("timescale.use is off")) == (None, True)


def test_libraries_that_are_not_preloaded_are_seen_before_anything_is_created(without_extension: str) -> None:
    """The files are there and the library is not preloaded: the session lives, and the fix is named."""
    with Warehouse(without_extension).transaction() as connection:
        found = replace(look(connection), version=None, license=None)
    assert found.available
    assert found.is_preloaded is False
    said, fix = found.obstacle or ("", "")
    assert said.endswith("its library is not preloaded, and creating it would end the session")
    assert fix.startswith("add timescaledb to shared_preload_libraries")


def test_what_it_makes_of_the_schema_is_no_drift(without_extension: str) -> None:
    """Chunks, columns and stored candles, made, changed and taken away again, stand as migrate left them."""
    warehouse = Warehouse(without_extension, "recorded")
    create_extension(warehouse)
    for settings in (DAILY, STORED, replace(STORED, use="off"), DAILY):
        assert migrate(warehouse, settings).timescale
        found = compare(warehouse)
        assert ([one.found for one in found.drift], found.others) == ([], ())
    fill(warehouse)
    compress(warehouse)
    assert compare(warehouse).drift == ()
    with warehouse.transaction() as connection:
        connection.execute("DROP INDEX signals_newest")
    assert [one.found for one in compare(warehouse).drift] == ["index signals_newest is gone"]
