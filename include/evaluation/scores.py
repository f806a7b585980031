"""What a candidate's out-of-sample probabilities are worth: its scores, beside the prior and the number of events.

Classes are 0, 1, 2 (DOWN, SIDEWAYS, UP), probabilities have shape (rows, 3). None is unknown, never 0.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from include.evaluation.bootstrap import Interval, block_bootstrap
from include.evaluation.events import events
from include.evaluation.legacy import LegacyScores, legacy_scores
from include.evaluation.ranking import (
    auc_of,
    average_precision_lift,
    calibration_error_of,
    precision_at_top,
    rank,
)
from include.evaluation.rule import RuleScores, rule_scores
from include.models.classes import DOWN, SIDEWAYS, UP, Classes

Array = npt.NDArray[np.float64]
Seconds = npt.NDArray[np.int64]

SMALLEST = 1e-15
MINUTE = 60


@dataclass(frozen=True)
class Evaluation:
    """Scores over out-of-sample rows; those that the rows do not determine are None.

    Attributes
    ----------
    log_loss
        Mean over the rows, in nats.
    log_loss_skill, skill_low, skill_high
        1 − log-loss / log-loss of the training fold's class prior, and its 95 % interval.
    auc_up, auc_down, auc_big_move
        Area under the ROC curve of p_up, p_down, and 1 − p_sideways for "not SIDEWAYS".
    auc_direction
        The same of p_up / (p_up + p_down) for UP, among the rows that are not SIDEWAYS.
    calibration_error
        As `calibration_error` says.
    rows, events, days
        Minutes judged; runs of UP or of DOWN in them; UTC days on which such a run begins.
    evaluated_from, evaluated_to
        The minutes judged lie in [evaluated_from, evaluated_to), epoch seconds.
    share_up, share_down
        Share of the rows that are UP, or DOWN: the precision of guesses.
    average_precision_lift_up, average_precision_lift_down
        Average precision of p_up for UP, and of p_down for DOWN, over that share; 1 is a guess.
    precision_top_up, precision_top_down
        Share of UP among the 1 % of the rows with the highest p_up, and the same of DOWN.
    brier, brier_prior
        Mean of the squared distance from the probabilities to what came, 0 to 2, and the class prior's.
    rule
        Of the classes that the cut-offs give; of no row where there were no predictions.
    legacy
        The predecessor's own metrics.
    """

    log_loss: float | None
    log_loss_skill: float | None
    skill_low: float | None
    skill_high: float | None
    auc_up: float | None
    auc_down: float | None
    auc_big_move: float | None
    auc_direction: float | None
    calibration_error: float | None
    rows: int
    events: int
    days: int
    evaluated_from: int | None
    evaluated_to: int | None
    share_up: float | None = None
    share_down: float | None = None
    average_precision_lift_up: float | None = None
    average_precision_lift_down: float | None = None
    precision_top_up: float | None = None
    precision_top_down: float | None = None
    brier: float | None = None
    brier_prior: float | None = None
    rule: RuleScores = field(default_factory=RuleScores)
    legacy: LegacyScores = field(default_factory=LegacyScores)

    def as_columns(self) -> dict[str, Any]:
        """All scores in one mapping, by the names that they have in the table `model_evaluations`."""
        columns: dict[str, Any] = asdict(self)
        for part in ("rule", "legacy"):
            columns.update(columns.pop(part))
        return columns


def evaluate(
    y: Classes,
    p: Array,
    prior_p: Array,
    ts: Seconds,
    horizon: timedelta,
    seed: int,
    prediction: Classes | None = None,
) -> Evaluation:
    """All scores of one candidate.

    Parameters
    ----------
    prior_p
        Each row's class frequencies in the training rows of its fold, shape (rows, 3).
    ts
        Epoch seconds of the rows, strictly increasing; no rows give an Evaluation of zeros rows and None.
    seed
        Of the bootstrap's draws.
    prediction
        Classes by cut-offs from earlier rows, −1 where undecided, shape (rows,); None: not known, so not judged.
    """
    losses = log_loss_rows(y, p)
    up, down = rank(y == UP, p[:, UP]), rank(y == DOWN, p[:, DOWN])
    skilled = skill_interval(losses, log_loss_rows(y, prior_p), ts, seed)
    events_seen, days = events(y, ts, horizon)
    return Evaluation(
        log_loss=float(losses.mean()) if len(y) else None,
        log_loss_skill=skilled.value,
        skill_low=skilled.low,
        skill_high=skilled.high,
        auc_up=auc_of(up),
        auc_down=auc_of(down),
        auc_big_move=auc(y != SIDEWAYS, 1 - p[:, SIDEWAYS]),
        auc_direction=auc_direction(y, p),
        calibration_error=_larger(calibration_error_of(up), calibration_error_of(down)),
        rows=len(y),
        events=events_seen,
        days=days,
        evaluated_from=int(ts[0]) if len(ts) else None,
        evaluated_to=int(ts[-1]) + MINUTE if len(ts) else None,
        share_up=up.positives / up.rows if up.rows else None,
        share_down=down.positives / down.rows if down.rows else None,
        average_precision_lift_up=average_precision_lift(up),
        average_precision_lift_down=average_precision_lift(down),
        precision_top_up=precision_at_top(up),
        precision_top_down=precision_at_top(down),
        brier=brier(y, p),
        brier_prior=brier(y, prior_p),
        rule=rule_scores(y, prediction, ts, horizon) if prediction is not None else RuleScores(),
        legacy=legacy_scores(y, p),
    )


def log_loss_rows(y: Classes, p: Array) -> Array:
    """−log of the probability that each row gave to what came, in nats, at most 34.5 (p is taken as at least 1e-15)."""
    given = p[np.arange(len(y)), y]
    return np.asarray(-np.log(np.clip(given, SMALLEST, 1.0)))


def skill(loss_model: Array, loss_prior: Array) -> float | None:
    """1 − mean loss / mean loss of the prior: 0 is no better, 1 is perfect; None without rows."""
    total = float(loss_prior.sum())
    return 1 - float(loss_model.sum()) / total if total > 0 else None


def skill_interval(loss_model: Array, loss_prior: Array, ts: Seconds, seed: int) -> Interval:
    """`skill` with its 95 % interval from blocks of 5 days."""
    return block_bootstrap(lambda s: 1 - _ratio(s[:, 0], s[:, 1]), np.column_stack([loss_model, loss_prior]), ts, seed)


def skill_margin(y: Classes, p_a: Array, p_b: Array, prior_p: Array, ts: Seconds, seed: int) -> Interval:
    """Skill of A − skill of B on the same rows, with its 95 % interval from the same draws of 5-day blocks."""
    losses = np.column_stack([log_loss_rows(y, p) for p in (p_a, p_b, prior_p)])
    return block_bootstrap(lambda s: _ratio(s[:, 1] - s[:, 0], s[:, 2]), losses, ts, seed)


def _ratio(above: Array, below: Array) -> Array:
    """Elementwise quotient, NaN over 0."""
    return np.divide(above, below, out=np.full_like(above, np.nan), where=below > 0)


def brier(y: Classes, p: Array) -> float | None:
    """Mean over the rows of Σ (p − what came)² over the classes (Brier 1950), 0 to 2; None without rows."""
    if not len(y):
        return None
    given = p[np.arange(len(y)), y]
    return float(np.vdot(p, p) / len(y) - 2 * given.mean() + 1)


def auc(y: npt.NDArray[np.bool_], score: Array) -> float | None:
    """Chance that a true row scores above a false one, as `auc_of` says."""
    return auc_of(rank(y, score))


def auc_direction(y: Classes, p: Array) -> float | None:
    """AUC of p_up / (p_up + p_down) for UP among the big moves; 0.5 knows nothing of the direction."""
    big = y != SIDEWAYS
    up, down = p[big, UP], p[big, DOWN]
    return auc(y[big] == UP, np.nan_to_num(_ratio(up, up + down), nan=0.5))


def calibration_error(y: Classes, p: Array) -> float | None:
    """The larger of the calibration errors of p_up and of p_down, each one against the rest; None without rows.

    Each is Σ over 15 equal-count bins of (share of the rows) × |mean probability − observed frequency| (expected
    calibration error, Naeini et al. 2015). Rows of the same probability share a bin.
    """
    up, down = (calibration_error_of(rank(y == c, p[:, c])) for c in (UP, DOWN))
    return _larger(up, down)


def _larger(a: float | None, b: float | None) -> float | None:
    return max(a, b) if a is not None and b is not None else None
