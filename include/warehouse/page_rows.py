"""How the page reads: rows of a statement as dictionaries, as the role reader, in limited time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from include.warehouse.connection import Connection, Warehouse, limit_time
from include.warehouse.statements import statement

STATEMENT_TIMEOUT = timedelta(seconds=3)

Row = dict[str, Any]
Read = TypeVar("Read")


def rows(connection: Connection, name: str, values: Row | None = None) -> list[Row]:
    return [row._asdict() for row in connection.execute(statement(name), values)]


def read_page(warehouse: Warehouse, read: Callable[[Connection], Read]) -> Read:
    """What `read` gives, in one snapshot; raises WarehouseError where a statement took longer than STATEMENT_TIMEOUT."""
    with warehouse.transaction("reader", one_snapshot=True) as connection:
        limit_time(connection, STATEMENT_TIMEOUT)
        return read(connection)
