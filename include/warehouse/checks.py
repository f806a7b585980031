"""What the checks read, and the rows that they write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb

from include.settings import Cell
from include.warehouse.connection import Connection, Warehouse
from include.warehouse.statements import statement

Row = dict[str, Any]


def append_checks(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Append rows of pipeline_checks; `evidence` is a mapping or None."""
    values = [{**row, "evidence": Jsonb(row["evidence"]) if row["evidence"] is not None else None} for row in rows]
    connection.cursor().executemany(statement("insert_check"), values)


def last_checked(warehouse: Warehouse, names: Sequence[str]) -> dict[str, datetime | None]:
    """When each of the checks ran last; None: never."""
    return {row["name"]: row["checked_at"] for row in _rows(warehouse, "last_checked", {"names": list(names)})}


def progress(warehouse: Warehouse, symbol: str) -> Row:
    """first_minute and newest_minute of a symbol; None for what is not there."""
    return _row(warehouse, "check_progress", {"symbol": symbol})


def answered(warehouse: Warehouse, symbol: str, at: datetime) -> dict[Cell, datetime]:
    """The newest minute that was answered in time, of each cell with a champion; its first reign, or a day ago, where none was."""
    found = _rows(warehouse, "check_answered", {"symbol": symbol, "at": at})
    return {_cell(row): row["answered_to"] for row in found}


def trained(warehouse: Warehouse, symbol: str, at: datetime) -> dict[Cell, Any]:
    """model_id and as_of of each cell's champion, and newest_as_of, of the newest training of the cell."""
    with warehouse.transaction("reader") as connection:
        found = connection.execute(statement("check_trained"), {"symbol": symbol, "at": at}).fetchall()
    return {_cell(row._asdict()): row for row in found}


def missing(warehouse: Warehouse, symbol: str, start: datetime, end: datetime, metrics: Sequence[str]) -> Row:
    """minutes of [start, end) that lack any of the metrics; by_metric (None: no gap); first_missing."""
    values = {"symbol": symbol, "from": start, "to": end, "metrics": list(metrics)}
    return _row(warehouse, "check_missing_minutes", values)


def answers(warehouse: Warehouse, symbol: str, start: datetime, end: datetime) -> list[Row]:
    """How many answers of [start, end), `signals`, by cell, is_late, side and reason_code; shadows aside."""
    found = _rows(warehouse, "check_answers", {"symbol": symbol, "from": start, "to": end})
    return [{**row, "cell": _cell(row)} for row in found]


def scored_inputs(
    connection: Connection, symbol: str, start: datetime, end: datetime, minutes_apart: int = 1
) -> list[Any]:
    """Rows of signal_inputs with ts in [start, end), in order of ts; of each hour the minutes 0, minutes_apart, …"""
    values = {"symbol": symbol, "from": start, "to": end, "apart": minutes_apart}
    return connection.execute(statement("check_scored_inputs"), values).fetchall()


def changed_since(connection: Connection, symbol: str, ts: datetime, known_at: datetime) -> Row:
    """corrected, arrived and came_late: how much of what a scored minute may rest on changed after it was read."""
    row = connection.execute(
        statement("check_changed_since"), {"symbol": symbol, "ts": ts, "known_at": known_at}
    ).fetchone()
    assert row is not None
    return row._asdict()  # type: ignore[no-any-return]


def champions(connection: Connection, symbol: str, at: datetime) -> dict[Cell, Any]:
    """model_id, candidate, input_quantiles and feature_columns of each cell's champion."""
    found = connection.execute(statement("check_champions"), {"symbol": symbol, "at": at})
    return {_cell(row._asdict()): row for row in found}


def promised(connection: Connection, symbol: str, cell: Cell, since: datetime) -> Any:
    """log_loss_skill, skill_low and skill_high of the cell's live answers, by the evaluations of the models that gave them."""
    return connection.execute(statement("check_promised"), _of(symbol, cell, since)).fetchone()


def delivered(connection: Connection, symbol: str, cell: Cell, since: datetime) -> list[Any]:
    """The settled live days of the cell, whoever reigned, oldest first."""
    return connection.execute(statement("check_delivered"), _of(symbol, cell, since)).fetchall()


def _of(symbol: str, cell: Cell, since: datetime) -> Row:
    return {"symbol": symbol, "horizon": cell.horizon_minutes, "threshold": cell.threshold, "since": since}


def failed_tasks(warehouse: Warehouse, since: datetime) -> list[Row]:
    """alert_key, last_seen_at, is_open and summary of the tasks that failed since then or still do."""
    return _rows(warehouse, "failed_tasks", {"since": since})


def _cell(row: Row) -> Cell:
    return Cell(row["horizon_minutes"], row["threshold"].normalize())


def _row(warehouse: Warehouse, name: str, values: Row) -> Row:
    return _rows(warehouse, name, values)[0]


def _rows(warehouse: Warehouse, name: str, values: Row) -> list[Row]:
    with warehouse.transaction("reader") as connection:
        return [row._asdict() for row in connection.execute(statement(name), values)]
