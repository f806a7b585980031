"""Evaluates an expression at many instants at once, with the semantics of Prometheus 3."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from include.lab.absence import computed, held
from include.lab.answers import ExecutionFailed, Labels
from include.lab.market import Floats, Integers
from include.lab.promql import Aggregation, Call, Expression, Number, RangeSelector, Selector, type_of
from include.lab.publication import View
from include.lab.windows import (
    Samples,
    WindowFunction,
    avg_over_time,
    count_over_time,
    deriv,
    last_over_time,
    last_timestamp,
)

# how old the newest sample may be that a plain selector carries forward; the window is left-open
LOOKBACK_MS = 5 * 60_000
RANGE_FUNCTIONS: dict[str, WindowFunction] = {
    "last_over_time": last_over_time,
    "avg_over_time": avg_over_time,
    "count_over_time": count_over_time,
    "deriv": deriv,
}
EXTREMES = {"min": np.fmin, "max": np.fmax}


@dataclass(frozen=True)
class Series:
    """Labels and one value for each evaluation time; `np.nan` where there is none."""

    labels: Labels
    values: Floats


class Evaluation:
    """One expression's values over a grid of instants.

    Parameters
    ----------
    view
        The series that may be seen.
    at
        Evaluation times, epoch milliseconds, ascending.
    """

    def __init__(self, view: View, at: Integers) -> None:
        self._view = view
        self._at = at

    def scalar(self, expression: Expression) -> Floats:
        """The values of a scalar."""
        if isinstance(expression, Number):
            return np.full(len(self._at), expression.value)
        return self._at / 1000

    def vector(self, expression: Expression) -> list[Series]:
        """The series of an instant vector that have a value anywhere on the grid.

        Raises
        ------
        ExecutionFailed
            Two of them have the same labels once the metric name is dropped.
        """
        match expression:
            case Selector():
                return self._windows(expression, LOOKBACK_MS, last_over_time)
            case Call(function="timestamp"):
                return self._timestamps(expression.argument)
            case Call(argument=RangeSelector() as ranged):
                return self._over_time(expression.function, ranged)
            case Aggregation():
                return _aggregate(expression.operator, self.vector(expression.argument))
        raise TypeError(f"{type_of(expression)} is no instant vector")

    def _over_time(self, name: str, ranged: RangeSelector) -> list[Series]:
        series = self._windows(ranged.selector, ranged.range_ms, RANGE_FUNCTIONS[name])
        return series if name == "last_over_time" else _without_name(series)

    def _timestamps(self, argument: Expression) -> list[Series]:
        """Of a plain selector the time of the sample, of anything else the evaluation time."""
        if isinstance(argument, Selector):
            return _without_name(self._windows(argument, LOOKBACK_MS, last_timestamp))
        instants = self._at / 1000
        series = self.vector(argument)
        return _without_name([Series(s.labels, np.where(held(s.values), instants, np.nan)) for s in series])

    def _windows(self, selector: Selector, range_ms: int, function: WindowFunction) -> list[Series]:
        """The function of each matching series' window that ends at each instant."""
        after, until = int(self._at[0]) - range_ms, int(self._at[-1])
        series = [
            Series(stream.labels, function(self._view.samples(stream, after, until), self._at, range_ms))
            for stream in self._view.select(selector.matchers)
        ]
        return [each for each in series if held(each.values).any()]


def raw_samples(view: View, ranged: RangeSelector, at_ms: int) -> list[tuple[Labels, Samples]]:
    """The samples of a range vector themselves, in (at - range, at], of the series that have any."""
    found = [
        (stream.labels, view.samples(stream, at_ms - ranged.range_ms, at_ms))
        for stream in view.select(ranged.selector.matchers)
    ]
    return [(labels, samples) for labels, samples in found if len(samples.times)]


def _without_name(series: list[Series]) -> list[Series]:
    nameless = [
        Series({label: value for label, value in each.labels.items() if label != "__name__"}, each.values)
        for each in series
    ]
    if len({tuple(sorted(each.labels.items())) for each in nameless}) < len(nameless):
        raise ExecutionFailed("vector cannot contain metrics with the same labelset")
    return nameless


def _aggregate(operator: str, series: list[Series]) -> list[Series]:
    """One series without labels; an instant at which no series has a value has none."""
    if not series:
        return []
    values = np.stack([each.values for each in series])
    present = held(values)
    counts = np.sum(present, axis=0)
    if operator == "count":
        return [Series({}, np.where(counts, counts, np.nan))]
    if operator == "sum":
        with np.errstate(invalid="ignore"):  # +Inf and -Inf
            return [Series({}, np.where(counts, computed(np.where(present, values, 0).sum(axis=0)), np.nan))]
    return [Series({}, np.where(counts, computed(EXTREMES[operator].reduce(values, axis=0)), np.nan))]
