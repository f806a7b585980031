"""Reads of the view, timed: the newest minute, days, months, one symbol and three."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import psycopg
from psycopg import sql

from bench.ingest.span import MINUTE, SYMBOL, Span
from include.warehouse.connection import Connection, Warehouse
from include.warehouse.minutes import METRIC_COLUMNS
from include.warehouse.snapshots import HORIZON_LABELS, FeatureVersion, feature_version, read_features, read_snapshot

DAY = timedelta(days=1)
SHORT_LOOKBACK = timedelta(hours=4)
MOMENTS = tuple(timedelta(minutes=minutes) for minutes in (0, 360, 720, 1080, 1439))
OTHER_SYMBOLS = ("ETHUSDT", "SOLUSDT")
WARMING = 3

Seconds = list[float]

REMOVE_LATER = "DELETE FROM minute_metrics WHERE symbol = %s AND ts > %s"
COPY_SYMBOL = """
INSERT INTO minute_metrics (symbol, ts, {columns})
SELECT {other}, m.ts, {columns} FROM minute_metrics AS m WHERE m.symbol = {symbol} AND m.ts >= {start} AND m.ts < {end}
"""
DAYS = "SELECT * FROM minute_features WHERE {symbol} day >= {first} AND day < {end}"


def newest_minute(warehouse: Warehouse, day: datetime, times: int) -> dict[str, list[Seconds]]:
    """As the live path reads it, by time of day: with all columns, and with those of a short look-back.

    What is later than the minute is deleted for the measurement alone; the transaction is rolled back.
    """
    found = {}
    with warehouse.transaction(one_snapshot=True) as connection:
        version = feature_version(connection)
        lookbacks = (version.columns, version.columns_within(SHORT_LOOKBACK))
        for ts in (day + moment for moment in reversed(MOMENTS)):
            connection.execute(REMOVE_LATER, [SYMBOL, ts])
            found[f"{ts:%H:%M}"] = [repeated(times, _read_minute, connection, ts, version, c) for c in lookbacks]
        raise psycopg.Rollback
    return dict(sorted(found.items()))


def _read_minute(connection: Connection, ts: datetime, version: FeatureVersion, columns: Sequence[str]) -> None:
    complete = read_features(connection, SYMBOL, ts, ts + MINUTE, version, columns).complete
    assert complete.tolist() == [True], f"{ts}: not every feature is known"


def random_days(warehouse: Warehouse, span: Span, times: int) -> Seconds:
    """SELECT * of a day each, as text: the same days in every run, but not the first, which knows no day before it."""
    days = random.Random(times).sample(range(1, (span.end - span.start) // DAY), times)
    with warehouse.transaction("reader") as connection:
        queries = [_days(Span(span.start + n * DAY, span.start + (n + 1) * DAY)) for n in days]
        for query in queries[:WARMING]:
            connection.execute(query)
        return [seconds(connection.execute, query) for query in queries]


def snapshot(warehouse: Warehouse, span: Span) -> float:
    """Arrays of a training, in this process."""
    return seconds(read_snapshot, warehouse, SYMBOL, span.start, span.end, tuple(HORIZON_LABELS))


def plain_copy(warehouse: Warehouse, span: Span) -> float:
    """One statement on one connection, in COPY's binary format, thrown away."""
    with warehouse.transaction("reader") as connection:
        return seconds(_thrown_away, connection, _days(span))


def one_and_three_symbols(warehouse: Warehouse, span: Span, times: int) -> tuple[Seconds, Seconds, int]:
    """The range by itself and with two symbols more, alternately; rows that one symbol's day reads, all loaded."""
    with three_symbols(warehouse, span) as connection:
        one, three = _days(span), _days(span, every_symbol=True)
        pairs = [
            (seconds(_thrown_away, connection, one), seconds(_thrown_away, connection, three)) for _ in range(times)
        ]
        rows = rows_read(connection, _days(Span(span.end - DAY, span.end)))
    return [a for a, _ in pairs], [b for _, b in pairs], rows


@contextmanager
def three_symbols(warehouse: Warehouse, span: Span) -> Iterator[Connection]:
    """The span's minutes and those of the day before it as two symbols more, until the transaction is rolled back."""
    with warehouse.transaction() as connection:
        for symbol in OTHER_SYMBOLS:
            connection.execute(_copy_as(symbol, Span(span.start - DAY, span.end)))
        connection.execute("ANALYZE minute_metrics")
        yield connection
        raise psycopg.Rollback


def _copy_as(symbol: str, span: Span) -> sql.Composed:
    columns = sql.SQL(", ").join(map(sql.Identifier, METRIC_COLUMNS))
    names = {"columns": columns, "other": sql.Literal(symbol), "symbol": sql.Literal(SYMBOL)}
    return sql.SQL(COPY_SYMBOL).format(start=sql.Literal(span.start), end=sql.Literal(span.end), **names)


def rows_read(connection: Connection, query: sql.Composable) -> int:
    """Rows of tables that the server touches for the answer, filtered ones included."""
    explain = sql.SQL("EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {}").format(query)
    [[[plan]]] = connection.execute(explain).fetchall()
    scans = [node for node in _nodes(plan["Plan"]) if "Relation Name" in node]
    return sum((node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"] for node in scans)


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for child in plan.get("Plans", []):
        yield from _nodes(child)


def _days(span: Span, *, every_symbol: bool = False) -> sql.Composed:
    symbol = sql.SQL("") if every_symbol else sql.SQL("symbol = {} AND").format(sql.Literal(SYMBOL))
    bounds = {"first": sql.Literal(span.start.date()), "end": sql.Literal(span.end.date())}
    return sql.SQL(DAYS).format(symbol=symbol, **bounds)


def _thrown_away(connection: Connection, query: sql.Composable) -> None:
    copy = sql.SQL("COPY ({}) TO STDOUT (FORMAT BINARY)").format(query)
    with connection.cursor().copy(copy) as blocks:
        for _ in blocks:
            pass


def repeated(times: int, function: Callable[..., object], *args: object) -> Seconds:
    """Each call by itself, once the first few have warmed it."""
    return [seconds(function, *args) for _ in range(WARMING + times)][WARMING:]


def seconds(function: Callable[..., object], *args: object) -> float:
    began = time.perf_counter()
    function(*args)
    return time.perf_counter() - began
