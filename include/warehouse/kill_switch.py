"""The kill switch: rows that turn signals off, and on again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from include.warehouse.connection import Connection
from include.warehouse.page_rows import Row, rows


def append_switch(connection: Connection, is_on: bool, symbol: str | None, reason: str, set_by: str) -> datetime:
    """Turn the switch of a symbol (None: of all) on or off; when it was done. Effective from the next minute on."""
    asked = {"is_on": is_on, "symbol": symbol, "reason": reason, "set_by": set_by}
    [row] = rows(connection, "append_kill_switch", asked)
    return row["set_at"]  # type: ignore[no-any-return]


def newest_switches(connection: Connection, symbols: Sequence[str]) -> list[Row]:
    """symbol (None: all), is_on, reason, set_by and set_at of each newest act; none: it was never touched."""
    return rows(connection, "page_kill_switch", {"symbols": list(symbols)})
