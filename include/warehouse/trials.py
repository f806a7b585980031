"""What was ever tried, what each try brought a day, and the checks of whether choosing the best of them lasts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import numpy as np
import numpy.typing as npt

from include.evaluation.positions import a_year
from include.evaluation.trials import Trial
from include.warehouse.connection import Connection
from include.warehouse.statements import statement


def recorded_trials(connection: Connection) -> dict[Trial, float]:
    """Every trial of any market and cell that ever had a Sharpe ratio, and that of a day, as its newest training has it.

    Baselines are not among them, nor is a recipe that was scored before it had a hash.
    """
    return {
        Trial(row.symbol, row.horizon_minutes, row.threshold, row.recipe_hash): row.sharpe / a_year(1)
        for row in connection.execute(statement("recorded_trials"))
    }


@dataclass(frozen=True, eq=False)
class TradedDays:
    """What one recipe of a training run brought in one cell.

    Attributes
    ----------
    first_day, daily
        Net return of each UTC day from then on, shape (days,).
    """

    first_day: date
    daily: npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class RunOfSymbol:
    """What a training run recorded for a symbol: the last market time used, UTC, and what was traded on paper."""

    as_of: datetime
    traded: list[TradedDays]


def traded_in_run(connection: Connection, run_id: UUID) -> dict[str, RunOfSymbol]:
    """By symbol; a recipe that was not traded on paper is left out, and an unknown run has no symbol."""
    found: dict[str, RunOfSymbol] = {}
    for row in connection.execute(statement("daily_returns_of_run"), {"run_id": run_id}):
        of_symbol = found.setdefault(row.symbol, RunOfSymbol(row.as_of, []))
        if row.daily_net_returns is not None:
            of_symbol.traded.append(TradedDays(row.daily_from, np.array(row.daily_net_returns, dtype=np.float64)))
    return found


@dataclass(frozen=True)
class Checked:
    """How choosing the best trial of a training run and symbol by Sharpe ratio fares on the other half of the time.

    Attributes
    ----------
    as_of
        The last market time that the run used, UTC.
    trials, days
        Recipes × cells that traded, and the UTC days on which all of them were judged.
    splits, overfitting_probability, probability_of_loss
        As `evaluation.overfitting.Overfitting` has them; None where there were too few trials or days.
    cost_bps_per_side
        What all trials paid.
    """

    run_id: UUID
    symbol: str
    as_of: datetime
    trials: int
    days: int
    splits: int | None
    overfitting_probability: float | None
    probability_of_loss: float | None
    cost_bps_per_side: float

    def as_dict(self) -> dict[str, Any]:
        return {**asdict(self), "run_id": str(self.run_id)}


def record_check(connection: Connection, checked: Checked) -> None:
    """Writes a check; `known_check` says whether there is one."""
    connection.execute(statement("insert_overfitting_check"), asdict(checked))


def known_check(connection: Connection, run_id: UUID, symbol: str) -> Checked | None:
    """The check of that run and symbol; None: there is none. Two that ask for the same wait for each other."""
    key: Mapping[str, Any] = {"run_id": run_id, "symbol": symbol}
    connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"overfitting {run_id} {symbol}"])
    row = connection.execute(statement("overfitting_check_of_run"), key).fetchone()
    return Checked(**row._asdict()) if row else None


def newest_checks(connection: Connection) -> list[Checked]:
    """Each symbol's check of the training run with the newest data."""
    return [Checked(**row._asdict()) for row in connection.execute(statement("newest_overfitting_checks"))]
