"""What a check found of one thing that it checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from include.settings import Cell


@dataclass(frozen=True)
class CheckResult:
    """A row of pipeline_checks.

    Attributes
    ----------
    status
        ok; alert: somebody should look; failed: what was checked is wrong; unknown: too little to tell.
    is_blocking
        While its newest row is failed, the symbol's (or the cell's) minutes are answered with ABSTAIN.
    value, bound
        What was measured and what it may be, in the unit that detail names; None: not known, or none.
    detail
        One sentence with the numbers.
    symbol, cell, model_id
        What was checked; None: of none alone.
    evidence
        The numbers behind it, as JSON takes them.
    """

    name: str
    status: str
    detail: str
    value: float | None = None
    bound: float | None = None
    symbol: str | None = None
    cell: Cell | None = None
    model_id: int | None = None
    is_blocking: bool = False
    evidence: Mapping[str, Any] | None = None

    @property
    def runbook(self) -> str:
        """The section of docs/runbook.md."""
        return self.name

    @property
    def is_trouble(self) -> bool:
        return self.status in {"alert", "failed"}

    @property
    def place(self) -> str:
        """Symbol and cell in words."""
        return " ".join(str(part) for part in (self.symbol, self.cell) if part is not None)

    @property
    def alert_key(self) -> str:
        """What makes two sights of it the same trouble."""
        cell = f"{self.cell.horizon_minutes}:{self.cell.threshold.normalize():f}" if self.cell else "-"
        return f"check:{self.name}:{self.symbol or '-'}:{cell}"

    def as_dict(self) -> dict[str, Any]:
        """The columns of pipeline_checks but for its number and time."""
        row = {**asdict(self), "runbook": self.runbook}
        del row["cell"]
        return row | {
            "horizon_minutes": self.cell.horizon_minutes if self.cell else None,
            "threshold": self.cell.threshold if self.cell else None,
        }


def status_of(value: float, bound: float) -> str:
    """ok up to the bound, else alert."""
    return "ok" if value <= bound else "alert"
