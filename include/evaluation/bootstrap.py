"""Intervals from a block bootstrap: overlapping labels and quiet weeks make single minutes anything but independent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.stats import norm
from scipy.stats import t as student_t

Array = npt.NDArray[np.float64]

DRAWS = 1000
SKILL_BLOCK = timedelta(days=5)
COVERED = 0.95


class Interval(NamedTuple):
    """A statistic and the bounds of its 95 % interval; None is unknown (no rows, or bounds from a single block)."""

    value: float | None
    low: float | None
    high: float | None


def block_bootstrap(
    statistic: Callable[[Array], Array],
    rows: Array,
    ts: npt.NDArray[np.int64],
    seed: int,
    block: timedelta = SKILL_BLOCK,
    draws: int = DRAWS,
) -> Interval:
    """A statistic of the rows' sums, with a percentile interval from resampled blocks of time.

    The blocks are whole spans of `block` since 1970 (of a day: UTC days), those without rows left out; each draw takes
    as many blocks as there are, with replacement (Künsch 1989, with fixed blocks that do not overlap). Of few blocks the
    interval is as much wider as Student's t is than the normal distribution (expanded percentiles, Hesterberg 2015): of
    seven, the plain one misses the truth twice as often as it says.

    Parameters
    ----------
    statistic
        From sums of shape (draws, columns) to values of shape (draws,); must not depend on the number of rows but
        through a column of ones.
    rows
        What is summed, shape (rows, columns).
    ts
        Epoch seconds of the rows, ascending.
    """
    if not len(rows):
        return Interval(None, None, None)
    sums = _block_sums(rows, ts, block)
    value = _known(statistic(sums.sum(axis=0, keepdims=True))[0])
    if len(sums) < 2 or value is None:
        return Interval(value, None, None)
    drawn = np.random.default_rng(seed).multinomial(len(sums), np.full(len(sums), 1 / len(sums)), size=draws)
    tail = expanded_tail(len(sums))
    low, high = np.nanquantile(statistic(drawn @ sums), [tail, 1 - tail])
    return Interval(value, _known(low), _known(high))


def expanded_tail(blocks: int) -> float:
    """The share of the draws to leave out at either end for so many blocks, 2 or more; 0.025 for many.

    Φ(−√(n / (n − 1)) · t), t the 97.5 % quantile of Student's distribution with n − 1 degrees of freedom.
    """
    quantile = student_t.ppf((1 + COVERED) / 2, blocks - 1)
    return float(norm.cdf(-np.sqrt(blocks / (blocks - 1)) * quantile))


def _block_sums(rows: Array, ts: npt.NDArray[np.int64], block: timedelta) -> Array:
    _, starts = np.unique(ts // round(block.total_seconds()), return_index=True)
    return np.add.reduceat(rows, starts, axis=0)


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
