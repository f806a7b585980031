"""Functions over range vectors, as Prometheus 3 computes them, for many evaluation times at once.

`times` and `at` are epoch milliseconds, ascending; the window of an evaluation time t is (t - range, t]. The answer
has one value for each of `at`, NaN where the window holds too few samples.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from include.lab.absence import computed
from include.lab.answers import ExecutionFailed
from include.lab.market import Floats, Integers

WindowFunction = Callable[["Samples", Integers, int], Floats]

# of one series; the default of Prometheus's --query.max-samples
MAX_SAMPLES = 50_000_000
# window cells that are laid out side by side at once
BLOCK = 500_000


@dataclass(frozen=True)
class Samples:
    """One series' samples.

    Attributes
    ----------
    times
        Epoch milliseconds, ascending.
    values
        One for each time; NaN is a value too.
    known_at
        From when on each is visible, epoch milliseconds; a window holds only what is visible at its end. None: all are.
    """

    times: Integers
    values: Floats
    known_at: Integers | None = None

    def known_by(self, instant_ms: float) -> Samples:
        """Those that are visible at an instant."""
        if self.known_at is None:
            return self
        known = self.known_at <= instant_ms
        return Samples(self.times[known], self.values[known])


def last_over_time(samples: Samples, at: Integers, range_ms: int) -> Floats:
    """The newest value in the window."""
    return _newest(samples, samples.values, at, range_ms)


def last_timestamp(samples: Samples, at: Integers, range_ms: int) -> Floats:
    """Time of the newest sample in the window, epoch seconds."""
    return _newest(samples, samples.times / 1000, at, range_ms)


def count_over_time(samples: Samples, at: Integers, range_ms: int) -> Floats:
    """The number of samples in the window; NaN for none."""
    first, stop = _bounds(samples, at, range_ms)
    return np.where(stop > first, stop - first, np.nan)


def avg_over_time(samples: Samples, at: Integers, range_ms: int) -> Floats:
    """The mean of the values in the window."""
    return _over_windows(_mean, samples, at, range_ms, fewest=1)


def deriv(samples: Samples, at: Integers, range_ms: int) -> Floats:
    """The least-squares slope of the values in the window, per second; NaN for fewer than two samples."""
    return _over_windows(_slope, samples, at, range_ms, fewest=2)


def _bounds(samples: Samples, at: Integers, range_ms: int) -> tuple[Integers, Integers]:
    """Positions [first, stop) of the samples in each window."""
    first = np.searchsorted(samples.times, at - range_ms, side="right")
    stop = np.searchsorted(samples.times, at, side="right")
    return first, stop


def _newest(samples: Samples, answers: Floats, at: Integers, range_ms: int) -> Floats:
    first, stop = _bounds(samples, at, range_ms)
    newest = np.full(len(at), np.nan)
    held = stop > first
    newest[held] = answers[stop[held] - 1]
    return newest


@dataclass(frozen=True)
class _Windows:
    """Windows side by side, one a row: seconds since the first sample and rises over a level, 0 where there is none."""

    seconds: Floats
    rises: Floats
    counts: Integers
    levels: Floats


def _over_windows(
    function: Callable[[_Windows], Floats], samples: Samples, at: Integers, range_ms: int, fewest: int
) -> Floats:
    answer = np.full(len(at), np.nan)
    first, stop = _bounds(samples, at, range_ms)
    rows = np.flatnonzero(stop - first >= fewest)
    for block in _blocks(rows, stop - first):
        windows = _lay_out(samples, first[block], stop[block], at[block], range_ms // 60_000)
        # a value that is not finite makes others of its window so
        with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
            answer[block] = np.where(windows.counts >= fewest, computed(function(windows)), np.nan)
    return answer


def _blocks(rows: NDArray[np.intp], counts: Integers) -> Iterator[NDArray[np.intp]]:
    """The rows in pieces of at most BLOCK cells; raises ExecutionFailed where they are too many for a small server."""
    if not len(rows):
        return
    width = int(counts[rows].max())
    if width * len(rows) > MAX_SAMPLES:
        raise ExecutionFailed("query processing would load too many samples into memory in query execution")
    size = max(1, BLOCK // width)
    for begin in range(0, len(rows), size):
        yield rows[begin : begin + size]


def _lay_out(samples: Samples, first: Integers, stop: Integers, at: Integers, minutes: int) -> _Windows:
    counts = stop - first
    # as wide as a whole range of minutes, holes or not: the order of summation, and so the last bit, depends on it
    position = first[:, None] + np.arange(max(minutes, int(counts.max())))
    inside = position < stop[:, None]
    position[~inside] = 0
    if samples.known_at is not None:
        inside &= samples.known_at[position] <= at[:, None]
        counts = inside.sum(axis=1)
    # differences to the first sample: a level of 60,000 would cost a slope of 0.001 half of its digits
    levels = np.where(np.isfinite(samples.values[first]), samples.values[first], 0.0)
    seconds = (samples.times[position] - samples.times[first][:, None]) / 1000
    rises = samples.values[position] - levels[:, None]
    rises[~inside] = 0
    return _Windows(seconds * inside, rises, counts, levels)


def _mean(windows: _Windows) -> Floats:
    return np.asarray(windows.levels + windows.rises.sum(axis=1) / windows.counts)


def _slope(windows: _Windows) -> Floats:
    """Covariance over variance, as `linearRegression` in Prometheus's promql/functions.go."""
    seconds, rises, counts = windows.seconds, windows.rises, windows.counts
    sum_x, sum_y = seconds.sum(axis=1), rises.sum(axis=1)
    covariance = np.einsum("ij,ij->i", seconds, rises) - sum_x * sum_y / counts
    variance = np.einsum("ij,ij->i", seconds, seconds) - sum_x * sum_x / counts
    return np.asarray(covariance / variance)
