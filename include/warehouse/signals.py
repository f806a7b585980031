"""The signals table: what is unanswered, and append-only answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt

from include.errors import NotReady
from include.settings import Cell
from include.warehouse.connection import Connection
from include.warehouse.statements import statement


def unanswered_minutes(
    connection: Connection, symbol: str, cells: Sequence[Cell], start: datetime, end: datetime
) -> list[tuple[Cell, datetime]]:
    """(cell, ts) without a signal for ts in [start, end], both minute-aligned and included, newest first."""
    rows = connection.execute(
        statement("unanswered_minutes"),
        {
            "symbol": symbol,
            "horizons": [cell.horizon_minutes for cell in cells],
            "thresholds": [cell.threshold for cell in cells],
            "start": start,
            "end": end,
        },
    )
    return [(Cell(row.horizon_minutes, row.threshold.normalize()), row.ts) for row in rows]


def lock_signals(connection: Connection) -> None:
    """Wait for whoever keeps others from writing signals; from here on to the transaction's end nobody does."""
    connection.execute(statement("lock_signals"))


def append_signals(connection: Connection, signals: Sequence[Mapping[str, Any]]) -> set[tuple[Cell, datetime]]:
    """Append signals; (cell, ts) of those that were new. What is answered stays answered."""
    if not signals:
        return set()
    cursor = connection.cursor()
    cursor.executemany(statement("insert_signal"), signals, returning=True)
    new = [row for result in cursor.results() for row in result]
    return {(Cell(row.horizon_minutes, row.threshold.normalize()), row.ts) for row in new}


def append_inputs(connection: Connection, inputs: Sequence[Mapping[str, Any]]) -> None:
    """Append the values that signals rest on; those that are there stay."""
    connection.cursor().executemany(statement("insert_signal_inputs"), inputs)


@dataclass(frozen=True)
class StoredSignal:
    """A row of `signals` with what it rests on.

    Attributes
    ----------
    values
        The row's columns by name.
    cell, symbol, ts
        Of them.
    candidate, decision, feature_version, feature_columns, artifact_format, artifact_sha256
        Of its model; None: it has none.
    version_columns
        Names of `inputs`; None: it has no model.
    inputs
        The stored values, float32, shape (columns of the version,), NaN for unknown; None: there are none of that hash.
    fingerprint, libraries
        Of the environment that scored it; None: not stored.
    """

    values: Mapping[str, Any]
    candidate: str | None
    decision: Mapping[str, Any] | None
    feature_version: int | None
    feature_columns: tuple[str, ...] | None
    artifact_format: str | None
    artifact_sha256: str | None
    version_columns: tuple[str, ...] | None
    inputs: npt.NDArray[np.float32] | None
    fingerprint: str | None
    libraries: Mapping[str, Any] | None

    @property
    def cell(self) -> Cell:
        return Cell(self.values["horizon_minutes"], self.values["threshold"].normalize())

    @property
    def symbol(self) -> str:
        return str(self.values["symbol"])

    @property
    def ts(self) -> datetime:
        ts: datetime = self.values["ts"]
        return ts

    def chosen(self, columns: Sequence[str]) -> npt.NDArray[np.float32]:
        """Some of the inputs, shape (1, columns)."""
        assert self.inputs is not None
        assert self.version_columns is not None
        return self.inputs[[self.version_columns.index(name) for name in columns]].reshape(1, -1)


BESIDE = tuple(name for name in StoredSignal.__dataclass_fields__ if name != "values")


def stored_signals(connection: Connection, signal_ids: Sequence[int]) -> list[StoredSignal]:
    """The signals of those numbers, by number; unknown ones are left out."""
    found = connection.execute(statement("signal_to_replay"), {"signal_ids": list(signal_ids)})
    return [_stored(row._asdict()) for row in found]


def stored_signal(connection: Connection, signal_id: int) -> StoredSignal:
    """The signal of that number; raises NotReady where there is none."""
    found = stored_signals(connection, [signal_id])
    if not found:
        raise NotReady(
            f"There is no signal {signal_id}; `cortex-signals watch --once --json` shows the newest numbers."
        )
    return found[0]


def _stored(row: dict[str, Any]) -> StoredSignal:
    beside = {name: row.pop(name) for name in BESIDE}
    for name in ("feature_columns", "version_columns"):
        beside[name] = beside[name] and tuple(beside[name])
    if beside["inputs"] is not None:
        beside["inputs"] = np.array(beside["inputs"], dtype=np.float32)  # None becomes NaN
    return StoredSignal(row, **beside)


def signals_to_sample(connection: Connection, count: int, days: int, seed: int) -> list[int]:
    """Numbers of at most so many scored signals of the last days before the newest one; the same seed, the same ones."""
    found = connection.execute(statement("signals_to_sample"), {"count": count, "days": days, "seed": seed})
    return [row.signal_id for row in found]


def newest_signals(connection: Connection, symbols: Sequence[str]) -> list[dict[str, Any]]:
    """The newest signal of each cell of the symbols, late and ABSTAIN included, in order of symbol and cell."""
    return [row._asdict() for row in connection.execute(statement("newest_signals"), {"symbols": list(symbols)})]


def live_signals_since(connection: Connection, symbols: Sequence[str], since: datetime) -> list[dict[str, Any]]:
    """The live signals of the minutes from `since` (UTC) on, the oldest first."""
    values = {"symbols": list(symbols), "since": since}
    return [row._asdict() for row in connection.execute(statement("live_signals_since"), values)]
