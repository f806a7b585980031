"""The table alerts: a row a trouble, from its first sight to its end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from include.warehouse.connection import Warehouse
from include.warehouse.statements import statement

AT_ONCE = timedelta(0)
END_HELD = timedelta(minutes=30)  # what comes back within it is the same trouble, and was never told to be over


def open_alert(warehouse: Warehouse, key: str, summary: str, runbook: str, patience: timedelta = AT_ONCE) -> int | None:
    """Open it, or note that it was seen again; its number where somebody is to be told of it now, else None.

    That is where nobody was yet, and it is open for longer than `patience`.
    """
    values = {"key": key, "summary": summary, "runbook": runbook, "patience": patience, "end_held": END_HELD}
    with warehouse.transaction("writer") as connection:
        row = connection.execute(statement("open_alert"), values).fetchone()
    return row.alert_id if row and row.is_to_be_told else None


def close_alert(warehouse: Warehouse, key: str) -> None:
    """End the open alert of that key, where there is one."""
    with warehouse.transaction("writer") as connection:
        connection.execute(statement("close_alert"), {"key": key})


def close_unchecked(warehouse: Warehouse, name: str, checked: Sequence[str], unknown: Sequence[str]) -> None:
    """End the check's open alerts whose key it did not come by in this run, or found unknown for a day."""
    values = {"name": name, "checked": list(checked), "unknown": list(unknown)}
    with warehouse.transaction("writer") as connection:
        connection.execute(statement("close_unchecked_alerts"), values)


def tell_alerts(warehouse: Warehouse, tell: Callable[[Any], bool], only: int | None = None) -> int:
    """Call `tell` with each row that somebody is to be told of: opened, open for another day, or ended for good.

    `tell` says whether somebody was told; if not, it is tried again the next time. No two runs tell the same row. Each is
    a transaction of its own, and no row is locked while `tell` runs.

    Returns
    -------
    How many were told.
    """
    with warehouse.transaction("reader") as connection:
        found = connection.execute(statement("alerts_to_tell"), {"only": only, "end_held": END_HELD}).fetchall()
    told = 0
    for alert in found:
        is_told = _tell(warehouse, tell, alert.alert_id)
        if is_told is False:
            break
        told += bool(is_told)
    return told


def _tell(warehouse: Warehouse, tell: Callable[[Any], bool], number: int) -> bool | None:
    """Whether somebody was told; None: another run tells it, or has."""
    with warehouse.transaction("writer") as connection:
        held = connection.execute(statement("hold_alert"), {"alert_id": number}).fetchone()
        if not (held and held.is_mine):
            return None
        alert = connection.execute(statement("alerts_to_tell"), {"only": number, "end_held": END_HELD}).fetchone()
        if alert is None:
            return None
        if not tell(alert):
            return False
        connection.execute(statement("alert_told"), {"alert_id": number, "read_at": alert.read_at})
    return True
