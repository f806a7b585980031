"""What the page of signals shows: one short, capped read as the role reader."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from include.settings import Cell, Settings
from include.warehouse.connection import Connection, Warehouse
from include.warehouse.page_rows import Row, read_page, rows

STALE_AFTER = timedelta(minutes=3)
MOST_SYMBOLS = 20
STRIP_MINUTES = 30  # as in page_strip.sql

Key = tuple[str, int, float]


def page_state(warehouse: Warehouse, settings: Settings) -> Row:
    """Source, freshness, and for every live cell its newest signal, its last 30 minutes and its champion.

    Returns
    -------
    read_at
        The server's time, UTC.
    source
        kind and identity; None before the first load.
    symbols
        One entry each of the settings' first MOST_SYMBOLS, in their order: symbol, newest_minute, newest_answered (None
        where there is none), age_seconds, notice (a sentence that says what to do, None when all is well) and cells; see
        _cells.
    left_out
        Names of the settings' further symbols, which are not read.

    Raises
    ------
    WarehouseUnreachable
        No connection.
    WarehouseError
        A statement took longer than page_rows.STATEMENT_TIMEOUT.
    NotReady
        The schema is not there.
    """
    names = [symbol.name for symbol in settings.symbols]
    values = {
        "symbols": names[:MOST_SYMBOLS],
        "horizons": [cell.horizon_minutes for cell in settings.signals.live],
        "thresholds": [cell.threshold for cell in settings.signals.live],
    }
    state = read_page(warehouse, lambda connection: _state(connection, settings.signals.live, values))
    return {**state, "left_out": names[MOST_SYMBOLS:]}


def _state(connection: Connection, live: Sequence[Cell], values: Row) -> Row:
    source = rows(connection, "known_source")
    minutes = rows(connection, "page_minutes", values)
    newest = {_key(row): row for row in rows(connection, "page_newest_signals", values)}
    champions = {_key(row): row for row in rows(connection, "page_champions", values)}
    strips = _strips(rows(connection, "page_strip", values))
    kind = source[0]["kind"] if source else None
    return {
        "read_at": minutes[0]["read_at"] if minutes else None,
        "strip_minutes": STRIP_MINUTES,
        "source": source[0] if source else None,
        "symbols": [_symbol(row, kind, _cells(row["symbol"], live, newest, strips, champions)) for row in minutes],
    }


def _key(row: Row) -> Key:
    return row["symbol"], row["horizon_minutes"], row["threshold"]


def _strips(found: Sequence[Row]) -> dict[Key, list[Row | None]]:
    """Slots by cell, oldest first; None where the minute is unanswered."""
    strips: dict[Key, list[Row | None]] = {}
    for row in found:
        slots = strips.setdefault(_key(row), [None] * STRIP_MINUTES)
        slots[-1 - row["minutes_ago"]] = {name: row[name] for name in ("prediction", "side", "is_late")}
    return strips


def _cells(
    symbol: str,
    live: Sequence[Cell],
    newest: dict[Key, Row],
    strips: dict[Key, list[Row | None]],
    champions: dict[Key, Row],
) -> list[Row]:
    """Each live cell in the settings' order; signal and champion None where there is none yet."""
    keys = [(symbol, cell.horizon_minutes, float(cell.threshold)) for cell in live]
    return [
        {
            "horizon_minutes": key[1],
            "threshold": key[2],
            "signal": newest.get(key),
            "strip": strips.get(key, [None] * STRIP_MINUTES),
            "champion": champions.get(key),
        }
        for key in keys
    ]


def _symbol(row: Row, kind: str | None, cells: list[Row]) -> Row:
    answered = max((cell["signal"]["ts"] for cell in cells if cell["signal"]), default=None)
    age = _age(row, kind)
    return {
        "symbol": row["symbol"],
        "newest_minute": row["newest_minute"],
        "newest_answered": answered,
        "age_seconds": age.total_seconds() if age is not None else None,
        "notice": _notice(row, age, answered, cells),
        "cells": cells,
    }


def _age(row: Row, kind: str | None) -> timedelta | None:
    """How old the newest minute is; the lab has a clock of its own, so there it is the time since the load."""
    since = row["newest_minute"] if kind == "cortex" else row["loaded_at"]
    return row["read_at"] - since if since else None


def _notice(row: Row, age: timedelta | None, answered: Any, cells: Sequence[Row]) -> str | None:
    """The first thing that is missing on the way of the data, and what to run."""
    if age is None:
        return "No minute is loaded yet: run the DAG ingest_metrics, or backfill_metrics for a span of history."
    if not any(cell["champion"] for cell in cells):
        return "No cell has a champion yet, so nothing is scored: run the DAG train_candidates."
    if answered is None:
        return "No signal yet: run the DAG predict_signals; it then follows every loaded minute by itself."
    if age > STALE_AFTER:
        return f"Stale: no new minute for {_spoken(age)}. Is the DAG ingest_metrics running, and does it succeed?"
    if row["newest_minute"] - answered > STALE_AFTER:
        behind = _spoken(row["newest_minute"] - answered)
        return f"The signals are {behind} behind the minutes. Is the DAG predict_signals running, and does it succeed?"
    return None


def _spoken(span: timedelta) -> str:
    minutes = span // timedelta(minutes=1)
    if minutes < 120:
        return f"{minutes} minutes"
    return f"{minutes // 60} hours" if minutes < 48 * 60 else f"{minutes // 1440} days"
