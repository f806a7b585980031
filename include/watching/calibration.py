"""Delivered against promised: the live signals of each cell that are settled.

A weekly training makes its recipe's champion anew, so that no model lives for the span: the answers of all who reigned in
it are one sample, each minute promised by its own probabilities, and the skill by the evaluations of who gave them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import stats

from include.pipeline import Pipeline
from include.settings import Cell
from include.warehouse import checks
from include.watching.result import CheckResult

LEAST_DAYS = 7
CONFIDENCE = 0.99  # of each interval, both sides: one in a hundred alarms on days that are alike and independent
Floats = npt.NDArray[np.float64]


def calibration(pipeline: Pipeline) -> Iterator[CheckResult]:
    """Skill and counts of big moves over `watching.calibration_days`, with intervals by days."""
    with pipeline.market() as market:
        now = market.now()
    since = now - pipeline.settings.watching.calibration
    for symbol in pipeline.settings.symbols:
        with pipeline.warehouse.transaction("reader") as connection:
            champions = checks.champions(connection, symbol.name, now)
            found = {
                cell: (
                    checks.promised(connection, symbol.name, cell, since),
                    checks.delivered(connection, symbol.name, cell, since),
                )
                for cell in pipeline.settings.signals.live
                if cell in champions
            }
        for cell, (promised, days) in found.items():
            yield _calibration(pipeline, symbol.name, cell, champions[cell].model_id, promised, days)


def _calibration(
    pipeline: Pipeline, symbol: str, cell: Cell, model_id: int, promised: Any, days: Sequence[Any]
) -> CheckResult:
    about: dict[str, Any] = {"symbol": symbol, "cell": cell, "model_id": model_id}
    events = int(sum(day.events for day in days))
    needed = pipeline.settings.watching.calibration_events
    if len(days) < LEAST_DAYS or events < needed:
        text = f"{symbol} {cell} has {events} settled live events on {len(days)} days; {needed} on {LEAST_DAYS} days are needed."
        return CheckResult("calibration", "unknown", text, **about)
    if promised is None or promised.skill_low is None:
        text = f"No promised skill of a model that answered {symbol} {cell} is stored."
        return CheckResult("calibration", "unknown", text, **about)
    skill, skill_half = skill_by_days(days)
    surplus, surplus_half = surplus_by_days(days)
    expected, observed = sum(day.expected for day in days), sum(day.observed for day in days)
    decayed = skill + skill_half < promised.skill_low
    unlike = abs(surplus) > surplus_half
    text = (
        f"{symbol} {cell} has a live skill of {skill:.3f} (±{skill_half:.3f}) over {events} events on {len(days)} days, promised "
        f"{promised.log_loss_skill:.3f} ({promised.skill_low:.3f} to {promised.skill_high:.3f}); {expected:.0f} minutes of big moves were "
        f"expected and {observed} came, {surplus:+.0f} (±{surplus_half:.0f})."
    )
    evidence = {
        "models": promised.models, "events": events, "days": len(days), "expected": expected, "observed": int(observed),
        "skill": skill, "skill_half_width": skill_half, "surplus": surplus, "surplus_half_width": surplus_half,
    }  # fmt: skip
    status = "alert" if decayed or unlike else "ok"
    return CheckResult("calibration", status, text, skill, promised.skill_low, evidence=evidence, **about)


def skill_by_days(days: Sequence[Any]) -> tuple[float, float]:
    """1 - log-loss / log-loss of the base rates over all settled minutes, and the half width of its interval.

    A day counts as one observation: its minutes overlap and come in clusters. Ratio estimator (Cochran, Sampling
    Techniques, 1977, 6.4).
    """
    settled, loss, prior = (_column(days, name) for name in ("settled", "log_loss", "log_loss_prior"))
    own, base = settled * loss, settled * prior
    ratio = own.sum() / base.sum()
    residuals = own - ratio * base
    error = math.sqrt(len(days) * residuals.var(ddof=1)) / base.sum()
    return float(1 - ratio), float(_times(days) * error)


def surplus_by_days(days: Sequence[Any]) -> tuple[float, float]:
    """Observed minus expected minutes of big moves, and the half width of what days that are alike would give."""
    surplus = _column(days, "observed") - _column(days, "expected")
    return float(surplus.sum()), float(_times(days) * math.sqrt(len(days) * surplus.var(ddof=1)))


def _column(days: Sequence[Any], name: str) -> Floats:
    return np.array([getattr(day, name) for day in days], dtype=float)


def _times(days: Sequence[Any]) -> float:
    return float(stats.t.ppf((1 + CONFIDENCE) / 2, len(days) - 1))
