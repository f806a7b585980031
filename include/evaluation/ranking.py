"""What a score's order of the rows is worth: rows sorted once, from which all scores of that order are counted.

Sorting is most of the cost of judging a million rows, so it is done once a score.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]

CALIBRATION_BINS = 15
TOP_SHARE = 0.01


@dataclass(frozen=True, eq=False)
class Ranking:
    """The rows in ascending order of a score, those with equal scores in one group.

    Attributes
    ----------
    score
        The groups' scores, strictly ascending, shape (groups,).
    starts
        Rows below each group, shape (groups,).
    sizes, hits
        Rows in each group, and those of them that are true, shape (groups,).
    """

    score: Array
    starts: Counts
    sizes: Counts
    hits: Counts

    @property
    def rows(self) -> int:
        return int(self.sizes.sum())

    @property
    def positives(self) -> int:
        return int(self.hits.sum())


def rank(y: npt.NDArray[np.bool_], score: Array) -> Ranking:
    """The rows by their score, ties together; no rows give no groups."""
    score = np.ascontiguousarray(score)
    order = np.argsort(score)
    ascending = score[order]
    begins = np.ones(len(score), dtype=bool)
    begins[1:] = ascending[1:] != ascending[:-1]
    starts = np.flatnonzero(begins)
    below = np.concatenate([[0], np.cumsum(y[order])])  # true rows under each position
    ends = np.append(starts[1:], len(score)) if len(starts) else starts
    return Ranking(ascending[starts], starts, ends - starts, below[ends] - below[starts])


def auc_of(ranking: Ranking) -> float | None:
    """Chance that a true row scores above a false one, ties counting half; None where all rows are alike.

    Mann and Whitney's U over the number of pairs, from the ranks.
    """
    positives = ranking.positives
    negatives = ranking.rows - positives
    if not positives or not negatives:
        return None
    ranks = float(ranking.hits @ (ranking.starts + (ranking.sizes + 1) / 2))
    return (ranks - positives * (positives + 1) / 2) / (positives * negatives)


def average_precision(ranking: Ranking) -> float | None:
    """Mean over the true rows of the precision among all rows that score as high; None without a true row.

    Not interpolated, as scikit-learn's `average_precision_score`. Guessing has the share of true rows.
    """
    if not ranking.positives:
        return None
    hits, sizes = ranking.hits[::-1], ranking.sizes[::-1]
    return float(hits @ (np.cumsum(hits) / np.cumsum(sizes))) / ranking.positives


def average_precision_lift(ranking: Ranking) -> float | None:
    """Average precision over the share of true rows, which is what guessing has: 1 is no better than a guess."""
    precision = average_precision(ranking)
    return precision * ranking.rows / ranking.positives if precision is not None else None


def precision_at_top(ranking: Ranking, share: float = TOP_SHARE) -> float | None:
    """Share of true rows among that share of all rows with the highest score; None without rows.

    The number of rows is rounded up. Of the rows that tie at the border as many count as still fit, each as the mean
    of them, so that the order of equal scores decides nothing.
    """
    if not ranking.rows:
        return None
    wanted = int(np.ceil(round(share * ranking.rows, 9)))
    sizes, hits = ranking.sizes[::-1], ranking.hits[::-1]
    border = int(np.searchsorted(np.cumsum(sizes), wanted))
    above, hits_above = int(sizes[:border].sum()), int(hits[:border].sum())
    return float(hits_above + (wanted - above) * hits[border] / sizes[border]) / wanted


@dataclass(frozen=True)
class CalibrationBin:
    """One of the equal-count bins: mean probability, observed frequency, and the rows that they rest on."""

    predicted: float
    observed: float
    rows: int


def calibration_curve(ranking: Ranking) -> list[CalibrationBin]:
    """15 bins of equally many rows by ascending probability; rows of the same probability share one, empty ones are left out."""
    predicted, observed, rows = _bin_sums(ranking)
    return [
        CalibrationBin(float(p / n), float(o / n), int(n)) for p, o, n in zip(predicted, observed, rows, strict=True)
    ]


def calibration_error_of(ranking: Ranking) -> float | None:
    """Σ over those bins of (share of the rows) × |mean probability − observed frequency|; None without rows."""
    predicted, observed, rows = _bin_sums(ranking)
    return float(np.abs(predicted - observed).sum() / rows.sum()) if ranking.rows else None


def _bin_sums(ranking: Ranking) -> tuple[Array, Counts, Counts]:
    """Of each bin that has rows the sum of the probabilities, the true rows and the rows."""
    if not ranking.rows:
        return np.empty(0), np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    # a group belongs to the bin in which its first row lies
    borders = -(-np.arange(CALIBRATION_BINS) * ranking.rows // CALIBRATION_BINS)
    firsts = np.unique(np.searchsorted(ranking.starts, borders))
    firsts = firsts[firsts < len(ranking.starts)]
    predicted, observed, rows = (
        np.add.reduceat(of, firsts) for of in (ranking.score * ranking.sizes, ranking.hits, ranking.sizes)
    )
    return predicted, observed, rows
