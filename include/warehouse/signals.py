"""The signals table: what is unanswered, and append-only answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from include.settings import Cell
from include.warehouse.connection import Connection
from include.warehouse.statements import statement


def unanswered_minutes(
    connection: Connection, symbol: str, cells: Sequence[Cell], start: datetime, end: datetime
) -> list[tuple[Cell, datetime]]:
    """(cell, ts) without a signal for ts in [start, end], both minute-aligned and included, newest first."""
    rows = connection.execute(
        statement("unanswered_minutes"),
        {
            "symbol": symbol,
            "horizons": [cell.horizon_minutes for cell in cells],
            "thresholds": [cell.threshold for cell in cells],
            "start": start,
            "end": end,
        },
    )
    return [(Cell(row.horizon_minutes, row.threshold.normalize()), row.ts) for row in rows]


def append_signals(
    connection: Connection, signals: Sequence[Mapping[str, Any]], inputs: Sequence[Mapping[str, Any]]
) -> Counter[datetime]:
    """Append signals and the inputs they rest on; how many were new, by minute. What is answered stays answered."""
    cursor = connection.cursor()
    cursor.executemany(statement("insert_signal_inputs"), inputs)
    if not signals:
        return Counter()
    cursor.executemany(statement("insert_signal"), signals, returning=True)
    return Counter(row.ts for result in cursor.results() for row in result)
