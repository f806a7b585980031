"""What the Prometheus metrics are made of: one short, capped read as the role reader."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from include.warehouse.connection import Warehouse, limit_time
from include.warehouse.statements import statement

STATEMENT_TIMEOUT = timedelta(seconds=3)
PARTS = ("cells", "symbols", "answers", "skill", "champions", "checks", "alerts")


def read_metrics(warehouse: Warehouse) -> dict[str, list[Any]]:
    """Rows by part, all as of one instant, and `source`; raises WarehouseError or NotReady where they cannot be read."""
    with warehouse.transaction("reader", one_snapshot=True) as connection:
        limit_time(connection, STATEMENT_TIMEOUT)
        found = {part: connection.execute(statement(f"metrics_{part}")).fetchall() for part in PARTS}
        found["source"] = connection.execute(statement("known_source")).fetchall()
    return found
