"""Who was appointed champion, what waits for a person's answer, and the appending of such a person's decision."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from include.errors import NotReady
from include.settings import Cell
from include.warehouse.connection import Connection
from include.warehouse.statements import statement


@dataclass(frozen=True)
class Appointment:
    """An accepted row of `promotions`: the model reigns in its cell from `effective_from` (UTC) until the next one's."""

    promotion_id: int
    kind: str | None
    model_id: int
    candidate: str
    effective_from: datetime


@dataclass(frozen=True)
class Proposal:
    """A model that passed the gate and waits for a person, or did.

    Attributes
    ----------
    champion_model_id, champion
        The newest appointed model of the cell and its recipe; None where the cell has had none.
    answer, answered_by, answered_at
        `approved` or `declined`; None: not answered.
    superseded_as, superseded_at
        Kind of the first later verdict that took the proposal's place: another run's proposal or appointment in the
        same cell. None: none did.
    """

    proposal_id: int
    run_id: UUID
    symbol: str
    cell: Cell
    candidate: str
    model_id: int
    reason: str
    may_trade: bool | None
    trade_reason: str | None
    effective_from: datetime
    proposed_at: datetime
    champion_model_id: int | None
    champion: str | None
    answer: str | None
    answered_by: str | None
    answered_at: datetime | None
    superseded_as: str | None
    superseded_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether it may still be approved or declined."""
        return self.answer is None and self.superseded_as is None

    def as_dict(self) -> dict[str, object]:
        values = asdict(self)
        del values["cell"]
        return values | {"horizon_minutes": self.cell.horizon_minutes, "threshold": self.cell.threshold}


def lock_cell(connection: Connection, symbol: str, cell: Cell) -> None:
    """Decisions on one cell wait for each other until the transaction's end; readers are not held up."""
    name = f"champion {symbol} {cell.horizon_minutes} {cell.threshold.normalize():f}"
    connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def hold_answers(connection: Connection, symbol: str) -> None:
    """From here on to the transaction's end no minute of the symbol is answered; those that are being written come first.

    So that a reign begins after every minute that was answered without knowing of it.
    """
    connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"answers of {symbol}"])


def hold_champions(connection: Connection, symbol: str) -> None:
    """From here on to the transaction's end no champion of the symbol is appointed; answers do not wait for each other."""
    connection.execute("SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0))", [f"answers of {symbol}"])


def newest_appointment(connection: Connection, symbol: str) -> int | None:
    """Number of the newest appointment in any cell of the symbol; None: there was none."""
    row = connection.execute(statement("newest_appointment"), {"symbol": symbol}).fetchone()
    assert row is not None
    return None if row.promotion_id is None else int(row.promotion_id)


def free_from(connection: Connection, symbol: str, cell: Cell, instant: datetime) -> datetime:
    """The instant, or where a minute after it is answered or a reign appointed, the first one that is free of both.

    That happens where the source's clock was set back. Holds while `hold_answers` does.
    """
    key = {"symbol": symbol, "horizon_minutes": cell.horizon_minutes, "threshold": cell.threshold}
    row = connection.execute(statement("free_from"), key).fetchone()
    assert row is not None
    return instant if row.free_from is None else max(instant, row.free_from)


def appointments(connection: Connection, symbol: str, cell: Cell) -> list[Appointment]:
    """Every appointment in the cell, the oldest reign first."""
    key = {"symbol": symbol, "horizon_minutes": cell.horizon_minutes, "threshold": cell.threshold}
    return [Appointment(**row._asdict()) for row in connection.execute(statement("appointments"), key)]


def proposals(connection: Connection, run_id: UUID | None = None) -> list[Proposal]:
    """All proposals, answered and superseded ones too, of one training run or of all, in order of symbol and cell."""
    return _proposals(connection, None, run_id)


def proposal(connection: Connection, proposal_id: int) -> Proposal:
    """The proposal of that number; raises NotReady where there is none."""
    found = _proposals(connection, proposal_id, None)
    if not found:
        raise NotReady(
            f"There is no proposal {proposal_id}; `cortex-signals proposals` lists those that wait for an answer."
        )
    return found[0]


def _proposals(connection: Connection, proposal_id: int | None, run_id: UUID | None) -> list[Proposal]:
    rows = connection.execute(statement("proposals"), {"proposal_id": proposal_id, "run_id": run_id})
    return [_proposal(row._asdict()) for row in rows]


def _proposal(values: dict[str, Any]) -> Proposal:
    threshold: Decimal = values.pop("threshold")
    return Proposal(cell=Cell(values.pop("horizon_minutes"), threshold.normalize()), **values)


def append_decision(
    connection: Connection,
    rests_on: int,
    kind: str,
    *,
    is_accepted: bool,
    reason: str,
    effective_from: datetime,
    answers_to: int | None = None,
) -> int:
    """Append a decision with the cell, the model and the numbers of the row `rests_on`; the new row's number."""
    values = {
        "promotion_id": rests_on,
        "kind": kind,
        "is_accepted": is_accepted,
        "reason": reason,
        "effective_from": effective_from,
        "answers_to": answers_to,
    }
    row = connection.execute(statement("append_decision"), values).fetchone()
    assert row is not None
    return int(row.promotion_id)
