"""What single numbers hide: calibration by probability, events by month, skill by regime, and the confusion."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import numpy.typing as npt

from include.evaluation.events import DAY, event_begins
from include.evaluation.ranking import CalibrationBin, calibration_curve, rank
from include.evaluation.regimes import RegimeSkill, skill_by_regime
from include.evaluation.rule import confusion
from include.models.classes import DOWN, UP, Classes

Array = npt.NDArray[np.float64]
Seconds = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Month:
    """Minutes of a class in a month (UTC, `YYYY-MM`): observed, expected by the recipe, expected by the class prior.

    Expected is the sum of the probabilities. `events` begin in the month, on so many UTC `days`.
    """

    month: str
    rows: int
    observed_up: int
    expected_up: float
    prior_up: float
    observed_down: int
    expected_down: float
    prior_down: float
    events: int
    days: int


@dataclass(frozen=True)
class Curves:
    """The tables of one evaluation.

    Attributes
    ----------
    calibration_up, calibration_down
        Bins of equally many rows, by ascending probability.
    months
        In order of time; months without rows are left out.
    regimes
        By volatility, calm first.
    confusion
        Decided rows of each class (DOWN, SIDEWAYS, UP) by the predicted class in that order; all 0 where none was.
    """

    calibration_up: list[CalibrationBin]
    calibration_down: list[CalibrationBin]
    months: list[Month]
    regimes: list[RegimeSkill]
    confusion: list[list[int]]


def curves(
    y: Classes,
    p: Array,
    prior_p: Array,
    ts: Seconds,
    horizon: timedelta,
    seed: int,
    prediction: Classes,
    regime: npt.NDArray[np.int8],
) -> Curves:
    """All tables of one candidate.

    Parameters
    ----------
    y, p, prior_p, ts, horizon, seed, prediction
        As for `evaluate`.
    regime
        As `volatility_regimes` gives it, shape (rows,).
    """
    return Curves(
        calibration_up=calibration_curve(rank(y == UP, p[:, UP])),
        calibration_down=calibration_curve(rank(y == DOWN, p[:, DOWN])),
        months=by_month(y, p, prior_p, ts, horizon),
        regimes=skill_by_regime(y, p, prior_p, ts, regime, horizon, seed),
        confusion=confusion(y, prediction).tolist(),
    )


def by_month(y: Classes, p: Array, prior_p: Array, ts: Seconds, horizon: timedelta) -> list[Month]:
    """Observed against expected minutes of UP and of DOWN by month, for rows in order of time."""
    if not len(ts):
        return []
    names, starts = _months(ts)
    ends = np.append(starts[1:], len(ts))
    of_rows = np.column_stack([y == UP, p[:, UP], prior_p[:, UP], y == DOWN, p[:, DOWN], prior_p[:, DOWN]])
    sums = np.add.reduceat(of_rows, starts, axis=0)
    begins = event_begins(y, ts, horizon)
    first, last = np.searchsorted(begins, ts[starts]), np.searchsorted(begins, ts[ends - 1], side="right")
    return [
        Month(
            month=str(names[k]),
            rows=int(ends[k] - starts[k]),
            observed_up=int(sums[k, 0]),
            expected_up=float(sums[k, 1]),
            prior_up=float(sums[k, 2]),
            observed_down=int(sums[k, 3]),
            expected_down=float(sums[k, 4]),
            prior_down=float(sums[k, 5]),
            events=int(last[k] - first[k]),
            days=len(np.unique(begins[first[k] : last[k]] // DAY)),
        )
        for k in range(len(starts))
    ]


def _months(ts: Seconds) -> tuple[npt.NDArray[np.datetime64], npt.NDArray[np.intp]]:
    """The months that have rows, and the position of each one's first row."""
    first, last = ts[[0, -1]].astype("datetime64[s]").astype("datetime64[M]")
    between = np.arange(first, last + 1)
    starts = np.searchsorted(ts, between.astype("datetime64[s]").astype(np.int64))
    held = np.append(starts[1:], len(ts)) > starts
    return between[held], starts[held]
