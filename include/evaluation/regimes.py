"""Regimes of volatility, and the skill within each: a recipe that only knows calm from lively has none inside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import numpy.typing as npt

from include.evaluation.events import events
from include.evaluation.scores import log_loss_rows, skill_interval
from include.evaluation.walk_forward import Fold
from include.models.classes import Classes, Floats

Array = npt.NDArray[np.float64]
Seconds = npt.NDArray[np.int64]

REGIMES = ("calm", "middle", "lively")


@dataclass(frozen=True)
class RegimeSkill:
    """Skill over the class prior in one regime with its 95 % interval, beside what it rests on; None is unknown."""

    regime: str
    log_loss_skill: float | None
    skill_low: float | None
    skill_high: float | None
    rows: int
    events: int
    days: int


def volatility_regimes(volatility: Floats, folds: Sequence[Fold]) -> npt.NDArray[np.int8]:
    """Position in REGIMES of every test row, fold after fold: its third of the volatilities of the fold's training rows.

    Parameters
    ----------
    volatility
        A feature without unknown values, of all rows, in any unit.
    folds
        Ordered in time, as `purged_walk_forward` gives them.
    """
    return np.concatenate([_thirds(volatility[fold.train], volatility[fold.test]) for fold in folds])


def _thirds(train: Floats, test: Floats) -> npt.NDArray[np.int8]:
    return np.searchsorted(np.quantile(train, [1 / 3, 2 / 3]), test, side="left").astype(np.int8)


def skill_by_regime(
    y: Classes, p: Array, prior_p: Array, ts: Seconds, regime: npt.NDArray[np.int8], horizon: timedelta, seed: int
) -> list[RegimeSkill]:
    """The skill of each regime's rows, calm first; a regime without rows has None and zeros."""
    losses, prior_losses = log_loss_rows(y, p), log_loss_rows(y, prior_p)
    found = []
    for number, name in enumerate(REGIMES):
        of = regime == number
        skilled = skill_interval(losses[of], prior_losses[of], ts[of], seed)
        found.append(RegimeSkill(name, *skilled, int(of.sum()), *events(y[of], ts[of], horizon)))
    return found
