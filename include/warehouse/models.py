"""The registry: models, their scores, and who reigned when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from psycopg.types.json import Jsonb

from include.settings import Cell
from include.warehouse.connection import Connection, Warehouse
from include.warehouse.statements import statement


@dataclass(frozen=True)
class Reign:
    """A model's time as champion of a cell: from `effective_from` (UTC) until the next one's."""

    cell: Cell
    effective_from: datetime
    model_id: int
    candidate: str
    trained_to: datetime
    feature_version: int
    feature_columns: tuple[str, ...]
    decision: Mapping[str, Any]
    artifact_format: str
    artifact_sha256: str

    def may_answer(self, ts: datetime) -> bool:
        """Whether no training label of the model reaches to the minute `ts`."""
        return ts > self.trained_to + self.cell.horizon


def reigns(connection: Connection, symbol: str) -> dict[Cell, list[Reign]]:
    """Every champion that each cell has had, oldest first."""
    by_cell: dict[Cell, list[Reign]] = {}
    for row in connection.execute(statement("reigns"), {"symbol": symbol}):
        cell = Cell(row.horizon_minutes, row.threshold.normalize())
        by_cell.setdefault(cell, []).append(
            Reign(
                cell,
                row.effective_from,
                row.model_id,
                row.candidate,
                row.trained_to,
                row.feature_version,
                tuple(row.feature_columns),
                row.decision,
                row.artifact_format,
                row.artifact_sha256,
            )
        )
    return by_cell


def reigning(history: Sequence[Reign], ts: datetime) -> Reign | None:
    """The champion of the minute `ts`; None before the first."""
    reigned = [reign for reign in history if reign.effective_from <= ts]
    return reigned[-1] if reigned else None


def artifact(connection: Connection, model_id: int) -> bytes:
    """The stored bytes of a model."""
    row = connection.execute("SELECT artifact FROM models WHERE model_id = %s", [model_id]).fetchone()
    assert row is not None
    return bytes(row.artifact)


@dataclass(frozen=True)
class Verdicts:
    """What a training run found about one cell: written as one unit.

    `model`, `evaluations` and `promotions` hold the columns of their tables; the model's id is filled in where
    `candidate` is the champion's.
    """

    run_id: str
    symbol: str
    cell: Cell
    as_of: datetime
    effective_from: datetime
    champion: str
    model: Mapping[str, Any]
    evaluations: Sequence[Mapping[str, Any]]
    promotions: Sequence[Mapping[str, Any]]


def record_verdicts(warehouse: Warehouse, verdicts: Verdicts) -> int:
    """Register the champion's model with all scores and verdicts of its cell in one transaction; the model's id."""
    common = {
        "run_id": verdicts.run_id,
        "symbol": verdicts.symbol,
        "horizon_minutes": verdicts.cell.horizon_minutes,
        "threshold": Decimal(verdicts.cell.threshold),
        "as_of": verdicts.as_of,
        "effective_from": verdicts.effective_from,
    }
    with warehouse.transaction("writer") as connection:
        row = connection.execute(statement("insert_model"), _with_json({**common, **verdicts.model})).fetchone()
        assert row is not None
        for name, entries in (("insert_evaluation", verdicts.evaluations), ("insert_promotion", verdicts.promotions)):
            for entry in entries:
                model_id = row.model_id if entry["candidate"] == verdicts.champion else None
                connection.execute(statement(name), _with_json({**common, **entry, "model_id": model_id}))
    return int(row.model_id)


def _with_json(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with mappings as what jsonb columns take."""
    return {name: Jsonb(value) if isinstance(value, Mapping) else value for name, value in values.items()}
