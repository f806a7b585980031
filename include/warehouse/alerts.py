"""The table alerts: a row a trouble, from its first sight to its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from include.warehouse.connection import Warehouse
from include.warehouse.statements import statement


def open_alert(warehouse: Warehouse, key: str, summary: str, runbook: str) -> int | None:
    """Open it, or note that it was seen again; its number where it is new, else None."""
    with warehouse.transaction("writer") as connection:
        row = connection.execute(
            statement("open_alert"), {"key": key, "summary": summary, "runbook": runbook}
        ).fetchone()
    return row.alert_id if row and row.is_new else None


def close_alert(warehouse: Warehouse, key: str) -> int | None:
    """End the open alert of that key; its number, None where none is open."""
    with warehouse.transaction("writer") as connection:
        row = connection.execute(statement("close_alert"), {"key": key}).fetchone()
    return row.alert_id if row else None


def tell_alerts(warehouse: Warehouse, tell: Callable[[Any], bool], only: int | None = None) -> int:
    """Call `tell` with each row that somebody is to be told of: opened, open for another day, or ended.

    `tell` says whether somebody was told; if not, it is tried again the next time. No two runs tell the same row.

    Returns
    -------
    How many were told.
    """
    told = 0
    with warehouse.transaction("writer") as connection:
        for alert in connection.execute(statement("alerts_to_tell"), {"only": only}).fetchall():
            if not tell(alert):
                break
            connection.execute(statement("alert_told"), {"alert_id": alert.alert_id})
            told += 1
    return told
