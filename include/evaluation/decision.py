"""From probabilities to a class, an expected edge and its side.

Whatever is chosen from data here (cut-offs, mean returns) is chosen on rows earlier than those it is used on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import numpy.typing as npt

from include.models.classes import CLASSES, DOWN, SIDEWAYS, UP, Classes, Floats

Array = npt.NDArray[np.float64]
Seconds = npt.NDArray[np.int64]

BPS = 10_000


@dataclass(frozen=True)
class CutOffs:
    """The probabilities from which on a row is called UP, or DOWN; 1.0 is never reached."""

    up: float
    down: float


def choose_cut_offs(y: Classes, p: Array) -> CutOffs:
    """Cut-offs at which UP, and DOWN, are predicted as often as they were observed in these rows.

    Where equal probabilities allow no such cut-off, the nearest; a class never seen, or no rows, gives 1.0.
    """
    return CutOffs(up=_cut_off(p[:, UP], int((y == UP).sum())), down=_cut_off(p[:, DOWN], int((y == DOWN).sum())))


def _cut_off(p: Array, wanted: int) -> float:
    if not wanted:
        return 1.0
    descending = np.sort(p)[::-1]
    cut = descending[wanted - 1]
    above = descending[descending > cut]
    from_cut = int((p >= cut).sum())
    if from_cut - wanted <= wanted - len(above):
        return float(cut)
    return float(above[-1]) if len(above) else 1.0


def predict_class(p: Array, cut_offs: CutOffs) -> npt.NDArray[np.int8]:
    """The class of each row, shape (rows,), by the cut-offs and not by the largest probability.

    UP when p_up >= cut-off, DOWN when p_down >= cut-off, the one further above its cut-off (as a ratio; UP when
    equal) when both, SIDEWAYS when neither.
    """
    up, down = p[:, UP] / cut_offs.up, p[:, DOWN] / cut_offs.down
    return np.select([(up >= 1) & (up >= down), down >= 1], [UP, DOWN], default=SIDEWAYS).astype(np.int8)


def mean_returns(y: Classes, forward_return: Floats) -> Array:
    """Mean simple return (a fraction) of the rows of each class, shape (3,); NaN for a class without rows."""
    counts = np.bincount(y, minlength=len(CLASSES))
    sums = np.bincount(y, weights=forward_return, minlength=len(CLASSES))
    means: Array = np.divide(sums, counts, out=np.full(len(CLASSES), np.nan), where=counts > 0)
    return means


def expected_edge_bps(p: Array, class_returns: Array, cost_bps_per_side: float) -> tuple[Array, npt.NDArray[np.int8]]:
    """What a trade is expected to bring after the round trip, in basis points, and its side.

    Edge = |Σ p(class) × mean return of the class| − 2 × cost; the side is +1 (buy) where the sum is 0 or more, else
    −1 (sell). A class whose mean return is NaN, never seen, adds nothing.

    Parameters
    ----------
    p
        Shape (rows, 3); a row's edge is the same bits alone and in a batch.
    class_returns
        Mean simple returns (fractions), shape (3,), from earlier rows.
    cost_bps_per_side
        Basis points of one side, paid at entry and at exit.
    """
    down, sideways, up = np.nan_to_num(class_returns)
    expected = (p[:, DOWN] * down + p[:, SIDEWAYS] * sideways) + p[:, UP] * up
    direction = np.where(expected >= 0, 1, -1).astype(np.int8)
    return np.abs(expected) * BPS - 2 * cost_bps_per_side, direction


@dataclass(frozen=True, eq=False)
class Decisions:
    """What the rule would have said about each out-of-sample row, knowing only earlier ones.

    Attributes
    ----------
    prediction
        Class, shape (rows,); −1 where no earlier row told the cut-offs.
    edge_bps
        Expected edge after costs, shape (rows,); NaN there.
    direction
        +1 buy, −1 sell, shape (rows,); 0 there.
    """

    prediction: npt.NDArray[np.int8]
    edge_bps: Array
    direction: npt.NDArray[np.int8]


def walk_forward_decisions(
    y: Classes,
    p: Array,
    forward_log_return: Floats,
    ts: Seconds,
    fold: npt.NDArray[np.int64],
    horizon: timedelta,
    cost_bps_per_side: float,
) -> Decisions:
    """Decides each fold with the cut-offs and mean returns of earlier folds' rows; the first fold stays undecided.

    Of the earlier folds only those rows are used whose label ends (ts + horizon) at or before the fold's first row.
    The rows are in order of time.
    """
    prediction = np.full(len(y), -1, dtype=np.int8)
    edge_bps = np.full(len(y), np.nan)
    direction = np.zeros(len(y), dtype=np.int8)
    for number in np.unique(fold):
        rows = fold == number
        known = slice(np.searchsorted(ts, ts[rows][0] - round(horizon.total_seconds()), side="right"))
        if len(ts[known]):
            prediction[rows] = predict_class(p[rows], choose_cut_offs(y[known], p[known]))
            returns = mean_returns(y[known], np.expm1(forward_log_return[known]))
            edge_bps[rows], direction[rows] = expected_edge_bps(p[rows], returns, cost_bps_per_side)
    return Decisions(prediction, edge_bps, direction)
