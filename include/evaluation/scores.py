"""What a candidate's out-of-sample probabilities are worth: its scores, beside the prior and the number of events.

Classes are 0, 1, 2 (DOWN, SIDEWAYS, UP), probabilities have shape (rows, 3). None is unknown, never 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

from include.evaluation.bootstrap import Interval, block_bootstrap
from include.models.classes import CLASSES, DOWN, SIDEWAYS, UP, Classes

Array = npt.NDArray[np.float64]
Seconds = npt.NDArray[np.int64]

CALIBRATION_BINS = 15
SMALLEST = 1e-15
MINUTE = 60
DAY = 86_400


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


def evaluate(y: Classes, p: Array, prior_p: Array, ts: Seconds, horizon: timedelta, seed: int) -> Evaluation:
    """All scores of one candidate.

    Parameters
    ----------
    prior_p
        Each row's class frequencies in the training rows of its fold, shape (rows, 3).
    ts
        Epoch seconds of the rows, strictly increasing; no rows give an Evaluation of zeros rows and None.
    seed
        Of the bootstrap's draws.
    """
    losses = log_loss_rows(y, p)
    skilled = skill_interval(losses, log_loss_rows(y, prior_p), ts, seed)
    events_seen, days = events(y, ts, horizon)
    return Evaluation(
        log_loss=float(losses.mean()) if len(y) else None,
        log_loss_skill=skilled.value,
        skill_low=skilled.low,
        skill_high=skilled.high,
        auc_up=auc(y == UP, p[:, UP]),
        auc_down=auc(y == DOWN, p[:, DOWN]),
        auc_big_move=auc(y != SIDEWAYS, 1 - p[:, SIDEWAYS]),
        auc_direction=auc_direction(y, p),
        calibration_error=calibration_error(y, p),
        rows=len(y),
        events=events_seen,
        days=days,
        evaluated_from=int(ts[0]) if len(ts) else None,
        evaluated_to=int(ts[-1]) + MINUTE if len(ts) else None,
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


def auc(y: npt.NDArray[np.bool_], score: Array) -> float | None:
    """Chance that a true row scores above a false one, ties counting half; None where all rows are alike.

    Mann and Whitney's U over the number of pairs, from the ranks.
    """
    positives = int(y.sum())
    negatives = len(y) - positives
    if not positives or not negatives:
        return None
    ranks = float(rankdata(score)[y].sum())
    return (ranks - positives * (positives + 1) / 2) / (positives * negatives)


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
    if not len(y):
        return None
    return max(_calibration_error(y == c, p[:, c]) for c in (UP, DOWN))


def _calibration_error(y: npt.NDArray[np.bool_], p: Array) -> float:
    bins = np.searchsorted(np.sort(p), p) * CALIBRATION_BINS // len(p)
    excess = np.bincount(bins, weights=p - y, minlength=CALIBRATION_BINS)
    return float(np.abs(excess).sum() / len(p))


def events(y: Classes, ts: Seconds, horizon: timedelta) -> tuple[int, int]:
    """Number of events, UP and DOWN together, and of UTC days on which one begins.

    An event is a maximal run of minutes of one class with gaps under the horizon: the minutes of one move, whose
    labels overlap and are not independent. Minutes of other classes within a gap do not end it.
    """
    begins = np.concatenate([_run_starts(ts[y == c], horizon) for c in range(len(CLASSES)) if c != SIDEWAYS])
    return len(begins), len(np.unique(begins // DAY))


def _run_starts(ts: Seconds, horizon: timedelta) -> Seconds:
    starts = np.diff(ts, prepend=-np.inf) >= horizon.total_seconds()
    return ts[starts]
