"""How good a cell's recipes were out of sample, and what its signals have delivered since."""

from __future__ import annotations

from datetime import timedelta

from include.warehouse.connection import Connection
from include.warehouse.page_question import PageCell
from include.warehouse.page_rows import Row, rows

PERFORMANCE_DAYS = 60


def cell_leaderboard(connection: Connection, cell: PageCell) -> Row:
    """`rows` of the leaderboard, the most skilled first, and `reliability` of the champion beside the volatility baseline."""
    return {
        "rows": rows(connection, "page_leaderboard", cell.key),
        "reliability": rows(connection, "page_reliability", cell.key),
    }


def cell_performance(connection: Connection, cell: PageCell) -> Row:
    """Promised against delivered of the last PERFORMANCE_DAYS UTC days up to the newest minute's.

    `days` has a row a day and kind (live, shadow, late), oldest first; `totals` a row a kind over all these days: its sums
    over sums, with the 95 % intervals of skill and of the mean net return, which a single day lacks.
    """
    [span] = rows(connection, "page_minute_span", cell.key)
    if span["newest_minute"] is None:
        return {"last_days": PERFORMANCE_DAYS, "days": [], "totals": []}
    since = span["newest_minute"].date() - timedelta(days=PERFORMANCE_DAYS - 1)
    found = rows(connection, "page_performance", {**cell.key, "since": since})
    return {
        "last_days": PERFORMANCE_DAYS,
        "days": [row for row in found if row["day"] is not None],
        "totals": [row for row in found if row["day"] is None],
    }
