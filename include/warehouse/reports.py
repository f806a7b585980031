"""Reads for people: coverage, freshness, champions, the leaderboard, and the state of the server."""

from __future__ import annotations

from typing import Any

from include.errors import CortexSignalsError
from include.warehouse import tls
from include.warehouse.connection import Warehouse
from include.warehouse.statements import statement

Row = dict[str, Any]


def coverage(warehouse: Warehouse, symbol: str) -> Row:
    """minutes, first_ts and last_ts of a symbol; the latter None where nothing is loaded."""
    return _rows(warehouse, "symbol_coverage", {"symbol": symbol})[0]


def gap_reasons(warehouse: Warehouse) -> dict[str, int]:
    """How many runs coverage_gaps shows, by its reason; empty: nothing is missing."""
    return {row["reason"]: row["runs"] for row in _rows(warehouse, "gap_reasons")}


def signal_counts(warehouse: Warehouse) -> Row:
    """How many signals there are, and the latency of the last day's live ones, seconds after the minute's end."""
    return _rows(warehouse, "signal_counts")[0]


def outcome_counts(warehouse: Warehouse, symbol: str) -> Row:
    """How many scored signals there are and how many are settled, as last summed up; None where nothing was yet."""
    return _rows(warehouse, "outcome_counts", {"symbol": symbol})[0]


def champions(warehouse: Warehouse) -> list[Row]:
    """The reigning model of each cell."""
    return _rows(warehouse, "champion_list")


def leaderboard(warehouse: Warehouse) -> list[Row]:
    """Recipes against baselines in each cell's newest training run."""
    return _rows(warehouse, "leaderboard")


def server(warehouse: Warehouse) -> Row:
    """Version, database, login, the roles that it may act as, and how the way to it is protected."""
    with warehouse.transaction() as connection:
        row = connection.execute(statement("server_state")).fetchone()
        assert row is not None
        return {**row._asdict(), "protection": tls.protection(connection)}


def is_migrated(warehouse: Warehouse) -> bool:
    """Whether the schema is as this version wants it."""
    from include.warehouse.migrate import pending

    try:
        return not pending(warehouse)
    except CortexSignalsError:
        return False


def _rows(warehouse: Warehouse, name: str, values: dict[str, Any] | None = None) -> list[Row]:
    with warehouse.transaction("reader") as connection:
        return [row._asdict() for row in connection.execute(statement(name), values)]
