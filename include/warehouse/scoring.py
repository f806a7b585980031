"""What scoring reads and writes beside the signals: kill switch, checks, challengers, environment, commits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from psycopg.types.json import Jsonb

from include.settings import Cell
from include.warehouse.connection import Connection
from include.warehouse.models import Reign
from include.warehouse.statements import statement


@dataclass(frozen=True)
class Switch:
    """A person's newest act on the kill switch of a symbol, or of all (None); times are UTC."""

    symbol: str | None
    is_on: bool
    reason: str
    set_by: str
    set_at: datetime

    def as_dict(self) -> dict[str, object]:
        return {**asdict(self), "set_at": self.set_at.isoformat()}


@dataclass(frozen=True)
class FailedCheck:
    """A blocking check whose newest row is failed; without horizon and threshold it is about every cell."""

    name: str
    horizon_minutes: int | None
    threshold: Decimal | None
    detail: str
    runbook: str
    checked_at: datetime

    def is_about(self, cell: Cell) -> bool:
        return self.horizon_minutes in {None, cell.horizon_minutes} and self.threshold in {None, cell.threshold}


def switches(connection: Connection) -> list[Switch]:
    """The state of the kill switch: of all symbols, if it was ever used, then of each; empty: never used."""
    return [Switch(**row._asdict()) for row in connection.execute(statement("kill_switches"))]


def switches_on(connection: Connection, symbol: str) -> list[Switch]:
    """The kill switches that forbid the symbol's signals, the oldest first."""
    found = connection.execute(statement("kill_switches_on"), {"symbol": symbol})
    return [Switch(is_on=True, **row._asdict()) for row in found]


def append_switch(connection: Connection, symbol: str | None, is_on: bool, reason: str, set_by: str | None) -> Switch:
    """Turn the signals of a symbol, or of all, off or on; `set_by` None: the database login."""
    values = {"symbol": symbol, "is_on": is_on, "reason": reason, "set_by": set_by}
    row = connection.execute(statement("insert_kill_switch"), values).fetchone()
    assert row is not None
    return Switch(**row._asdict())


def failed_checks(connection: Connection, symbol: str) -> list[FailedCheck]:
    """The blocking checks of the symbol, of its cells, and of no symbol alone, whose newest row is failed."""
    return [FailedCheck(**row._asdict()) for row in connection.execute(statement("failed_checks"), {"symbol": symbol})]


def challenges(connection: Connection, symbol: str) -> dict[Cell, list[tuple[datetime, Reign | None]]]:
    """(first minute, model or None for none) of every challenger that each cell has had, oldest first."""
    by_cell: dict[Cell, list[tuple[datetime, Reign | None]]] = {}
    for row in connection.execute(statement("challengers"), {"symbol": symbol}):
        reign = None if row.model_id is None else Reign.of(row)
        cell = Cell(row.horizon_minutes, row.threshold.normalize())
        by_cell.setdefault(cell, []).append((row.effective_from, reign))
    return by_cell


def append_challenger(
    connection: Connection, symbol: str, cell: Cell, model_id: int | None, reason: str, effective_from: datetime
) -> int:
    """Let a model run in shadow from that minute (UTC) on, or none; the row's number."""
    values = {
        "symbol": symbol,
        "horizon_minutes": cell.horizon_minutes,
        "threshold": cell.threshold,
        "model_id": model_id,
        "reason": reason,
        "effective_from": effective_from,
    }
    row = connection.execute(statement("insert_challenger"), values).fetchone()
    assert row is not None
    return int(row.challenge_id)


def environment_id(connection: Connection, fingerprint: str, libraries: Mapping[str, Any]) -> int:
    """The number of libraries and platform; recorded where they have not scored before."""
    known = connection.execute(statement("known_environment"), {"fingerprint": fingerprint}).fetchone()
    if known is None:
        values = {"fingerprint": fingerprint, "libraries": Jsonb(libraries)}
        connection.execute(statement("insert_environment"), values)
        known = connection.execute(statement("known_environment"), {"fingerprint": fingerprint}).fetchone()
    assert known is not None
    return int(known.environment_id)


def append_commits(connection: Connection, commits: Sequence[Mapping[str, Any]]) -> None:
    """One row a symbol and minute whose signals were committed."""
    connection.cursor().executemany(statement("insert_signal_commit"), commits)
