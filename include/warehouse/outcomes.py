"""Settled outcomes: one transaction a call, one run of a symbol at a time; the work is done by functions in SQL."""

from __future__ import annotations

from datetime import datetime

from include.warehouse.connection import Warehouse
from include.warehouse.statements import statement


def settle_due(warehouse: Warehouse, symbol: str, most_signals: int) -> tuple[int, int, int, int]:
    """Settle what is due of the symbol: first versions, further ones, rows of performance_days, new signals left.

    `most_signals`: at most so many new signals are taken up.
    """
    with warehouse.transaction("writer") as connection:
        row = connection.execute(statement("settle_due"), {"symbol": symbol, "most_signals": most_signals}).fetchone()
    assert row is not None
    return row.settled, row.resettled, row.days, row.signals_left


def settle_span(warehouse: Warehouse, symbol: str, start: datetime, end: datetime) -> tuple[int, int, int]:
    """Look at all signals with ts in [start, end) again: first versions, further ones, rows of performance_days."""
    with warehouse.transaction("writer") as connection:
        row = connection.execute(statement("settle_span"), {"symbol": symbol, "start": start, "end": end}).fetchone()
    assert row is not None
    return row.settled, row.resettled, row.days


def span_of_signals(warehouse: Warehouse, symbol: str) -> tuple[datetime, datetime] | None:
    """The first and the last minute that the symbol has signals of; None where it has none."""
    with warehouse.transaction("reader") as connection:
        row = connection.execute(statement("span_of_signals"), {"symbol": symbol}).fetchone()
    assert row is not None
    return (row.first_ts, row.last_ts) if row.first_ts else None
