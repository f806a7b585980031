"""Settled outcomes: one transaction a call, one run of a symbol at a time; the work is done by functions in SQL."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from include.warehouse.connection import Warehouse
from include.warehouse.statements import statement


class Due(NamedTuple):
    """What settle_outcomes did in one transaction: its counts, what is left, whether signals that are being written hold it up."""

    settled: int
    resettled: int
    days: int
    signals_left: int
    minutes_left: int
    is_waiting: bool

    @property
    def left(self) -> int:
        return self.signals_left + self.minutes_left


def settle_due(
    warehouse: Warehouse, symbol: str, most_signals: int, most_time: timedelta, *, asks_ledger: bool = True
) -> Due:
    """Settle what is due of the symbol, in one transaction.

    At most `most_signals` new signals and the newest `most_time` of the minutes that are due are taken up; without
    `asks_ledger` only minutes that are known to be due.
    """
    values = {"symbol": symbol, "most_signals": most_signals, "most_time": most_time, "asks_ledger": asks_ledger}
    with warehouse.transaction("writer") as connection:
        row = connection.execute(statement("settle_due"), values).fetchone()
    assert row is not None
    return Due(*row)


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
