"""Minutes of a symbol as the source holds them: never a stale value, and one request a window where the limits allow.

Where a recording rule has no value, its expression is asked, for the minutes whose whole look-back its base covers.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property

import numpy as np
import numpy.typing as npt

from include.cortex.client import CortexClient, Numbers, Series
from include.cortex.limits import Limits
from include.errors import SourceLimit, SourceRefused, SourceTimedOut, SourceUnreachable
from include.settings import Metric, Symbol, quoted

log = logging.getLogger(__name__)

Flags = npt.NDArray[np.bool_]
Positions = npt.NDArray[np.int64]
Check = Callable[["Minutes"], None]
Labels = frozenset[tuple[str, str]]

MINUTE = timedelta(minutes=1)
# A plain selector carries the last sample forward for 5 minutes. A range of 59 s 999 ms is the half-open minute
# (ts - 1 min, ts] on Prometheus 2, whose ranges include their left edge, as on 3 and Cortex, whose do not.
HALF_OPEN_MINUTE = "59s999ms"
OFF_THE_GRID = "not at a minute's end in the range that was asked for"
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class SetAside:
    """A sample, or a whole series, that the source gave and that is no minute: where, how many, and why."""

    metric: str
    first_at: datetime
    last_at: datetime
    samples: int
    reason: str
    value: str | None = None
    labels: str | None = None


@dataclass
class Minutes:
    """What a source answered for [start, end): per column the values of each minute in order, NaN where there is none.

    Parameters
    ----------
    values
        float64, one a minute; columns without any value are absent.
    computed
        Column → whether each value was asked by expression.
    set_aside
        What was not taken as a minute, with the reason.
    """

    symbol: str
    start: datetime
    end: datetime
    values: dict[str, Numbers] = field(default_factory=dict)
    computed: dict[str, Flags] = field(default_factory=dict)
    set_aside: list[SetAside] = field(default_factory=list)

    def __len__(self) -> int:
        return (self.end - self.start) // MINUTE

    @cached_property
    def grid(self) -> Numbers:
        """Epoch seconds of each minute's end."""
        return np.arange(self.start.timestamp(), self.end.timestamp(), 60.0)

    def column(self, name: str) -> Numbers:
        """The column's values; all NaN where it has none."""
        return self.values.get(name, np.full(len(self), np.nan))

    def count(self, name: str) -> int:
        """How many minutes have a value of that column."""
        return int(np.count_nonzero(~np.isnan(self.column(name))))

    @property
    def samples(self) -> int:
        return sum(self.count(name) for name in self.values)

    def put_aside(self, column: str, position: int, reason: str) -> None:
        """Take one value out, with the reason."""
        values = self.values[column]
        self.set_aside.append(_one_aside(column, self.grid[position], values[position], reason))
        values[position] = np.nan
        if column in self.computed:
            self.computed[column][position] = False


def fetch_minutes(
    client: CortexClient,
    symbol: Symbol,
    metrics: Mapping[str, Metric],
    start: datetime,
    end: datetime,
    *,
    limits: Limits | None = None,
    now: datetime | None = None,
    check: Check = lambda minutes: None,
) -> Minutes:
    """All metrics of a symbol's minutes with ts in [start, end), both minute-aligned.

    Parameters
    ----------
    metrics
        Column of minute_metrics → what is asked for it.
    limits
        What a request may hold; narrowed where the source refuses more.
    now
        The pipeline's now: expressions are asked for minutes whose metric's deadline is over by then; None: never.
    check
        Takes implausible values out of what was recorded; what rests on them is not computed either.

    Raises
    ------
    SourceError
        As CortexClient.query_range, for what cannot be asked in smaller parts.
    """
    limits = limits or Limits()
    minutes = Minutes(symbol.name, start, end)
    for column, found in _recorded(client, symbol, metrics, start, end, limits).items():
        _take(minutes, column, found, symbol)
    check(minutes)
    if now is not None:
        _compute_missing(client, symbol, metrics, minutes, limits, now, check)
    return minutes


def fetch_expression(
    client: CortexClient,
    symbol: Symbol,
    metric: Metric,
    start: datetime,
    end: datetime,
    limits: Limits | None = None,
) -> Numbers:
    """The metric's expression at the minutes with ts in [start, end); NaN where it has no value.

    Raises
    ------
    SourceRefused
        More than one series answers.
    """
    minutes = Minutes(symbol.name, start, end)
    found = _answer(client, metric.expression_of(symbol), start, end, limits or Limits())
    _take(minutes, metric.column, found, symbol)
    return minutes.column(metric.column)


def raw_query(symbol: Symbol, metrics: Sequence[Metric], lookback: timedelta) -> str:
    """The samples of those metrics as they are, of the last `lookback` before the instant that is asked for."""
    return f"{_selector(symbol, metrics)}[{int(lookback.total_seconds())}s]"


def recorded_query(symbol: Symbol, metrics: Sequence[Metric]) -> str:
    """What is asked for those metrics: the last sample in each half-open minute."""
    return f"last_over_time({_selector(symbol, metrics)}[{HALF_OPEN_MINUTE}])"


def _selector(symbol: Symbol, metrics: Sequence[Metric]) -> str:
    names = "|".join(re.escape(metric.promql) for metric in metrics)
    return symbol.selector(f"__name__=~{quoted(names)}")


def _recorded(
    client: CortexClient,
    symbol: Symbol,
    metrics: Mapping[str, Metric],
    start: datetime,
    end: datetime,
    limits: Limits,
) -> dict[str, list[Series]]:
    """Series by column, asked for as many metrics and minutes at once as the limits allow."""
    waiting = list(metrics.values())
    found: dict[str, list[Series]] = {}
    while waiting:
        batch = waiting[: limits.metrics]
        try:
            query = recorded_query(symbol, batch)
            answer = _answer(client, query, start, end, limits, several_metrics=len(batch) > 1)
        except SourceLimit as error:
            limits.narrow_metrics(len(batch), error)
            continue
        columns = {metric.promql: metric.column for metric in batch}
        for series in answer:
            column = columns.get(series.metric.get("__name__", ""))
            if column and len(series.values):
                found.setdefault(column, []).append(series)
        waiting = waiting[len(batch) :]
    return found


def _answer(
    client: CortexClient,
    query: str,
    start: datetime,
    end: datetime,
    limits: Limits,
    *,
    several_metrics: bool = False,
) -> list[Series]:
    """The series of a query over [start, end), put together from requests of at most `limits.minutes`.

    Raises SourceLimit where fewer of several metrics must be asked for, and where one minute is too much.
    """
    parts: dict[tuple[tuple[str, str], ...], list[Series]] = {}
    while start < end:
        stop = min(end, start + limits.minutes * MINUTE)
        try:
            answer = _ask(client, query, start, stop)
        except (SourceLimit, SourceTimedOut) as error:
            if several_metrics and isinstance(error, SourceLimit) and error.about == "metrics":
                raise
            limits.narrow_minutes((stop - start) // MINUTE, error)
            continue
        for series in answer:
            parts.setdefault(tuple(sorted(series.metric.items())), []).append(series)
        start = stop
    return [_joined(part) for part in parts.values()]


def _joined(parts: Sequence[Series]) -> Series:
    if len(parts) == 1:
        return parts[0]
    times, values = (np.concatenate([getattr(part, name) for part in parts]) for name in ("times", "values"))
    return Series(parts[0].metric, times, values)


def _ask(client: CortexClient, query: str, start: datetime, end: datetime) -> list[Series]:
    """One request; one more where Cortex cut the range at its max_query_lookback and so shifted the grid.

    A range that lies wholly before it is answered by a dropped connection, every time.
    """
    try:
        answer = client.query_range(query, start, end - MINUTE, MINUTE)
    except SourceTimedOut as error:
        try:
            client.time()
        except SourceUnreachable:
            raise SourceUnreachable(str(error)) from error  # what does not even answer this is down, not slow
        raise
    except SourceUnreachable as error:
        if error.is_dropped and client.time() - end > A_DAY:
            raise SourceRefused(
                f"Cortex at {client.cortex.url} answers, and drops the connection when asked from {start:%Y-%m-%d %H:%M} to "
                f"{end:%Y-%m-%d %H:%M} UTC: older than its max_query_lookback, probably; begin later, or raise that limit."
            ) from error
        raise
    first = min((float(series.times[0]) for series in answer if len(series.times)), default=0.0)
    if first % 60 == 0 or any((series.times[:2] % 60 == 0).any() for series in answer):
        return answer
    resumed = datetime.fromtimestamp((first // 60 + 2) * 60, UTC)
    log.info("the source shifted the grid to %s: it answers nothing older, asking from %s", first, resumed)
    return client.query_range(query, resumed, end - MINUTE, MINUTE) if resumed < end else []


def _take(minutes: Minutes, column: str, found: list[Series], symbol: Symbol) -> None:
    """Put a column's series onto the minute grid; of replicas the first in label order goes before the others."""
    differing = _differing_labels(found, symbol)
    if differing is not None:
        minutes.set_aside += [_ambiguous(column, series, differing) for series in found]
        return
    values = np.full(len(minutes), np.nan)
    for series in sorted(found, key=_order, reverse=True):
        on_grid = _on_grid(minutes, column, series)
        values = np.where(np.isnan(on_grid), values, on_grid)
    if not np.isnan(values).all():
        minutes.values[column] = values


def _on_grid(minutes: Minutes, column: str, series: Series) -> Numbers:
    """The series' finite values by minute; what lies elsewhere or is no number is set aside."""
    values, infinite = series.values, ~np.isfinite(series.values)
    for position in np.flatnonzero(infinite):
        minutes.set_aside.append(_one_aside(column, series.times[position], values[position], "not a finite number"))
    if np.array_equal(series.times, minutes.grid):
        return np.where(infinite, np.nan, values)
    position, astray = np.divmod(series.times - minutes.grid[0], 60)
    inside = (astray == 0) & (position >= 0) & (position < len(minutes))
    for outside in np.flatnonzero(~inside):
        minutes.set_aside.append(_one_aside(column, series.times[outside], values[outside], OFF_THE_GRID))
    taken = inside & ~infinite
    on_grid = np.full(len(minutes), np.nan)
    on_grid[position[taken].astype(np.int64)] = values[taken]
    return on_grid


def _one_aside(column: str, t: float, value: float, reason: str) -> SetAside:
    at = datetime.fromtimestamp(float(t), UTC)
    return SetAside(column, at, at, 1, reason, value=repr(float(value)))


def _differing_labels(found: Sequence[Series], symbol: Symbol) -> list[str] | None:
    """Labels by which series of one metric differ that are not declared replicas; None: it is one series, or replicas."""
    if len(found) < 2:
        return None
    labels = [{k: v for k, v in series.metric.items() if k not in symbol.replicas} for series in found]
    differing = {k for one in labels for k in one if any(one.get(k) != other.get(k) for other in labels)}
    return sorted(differing) if differing or not symbol.replicas else None


def _ambiguous(column: str, series: Series, differing: list[str]) -> SetAside:
    first, last = (datetime.fromtimestamp(float(series.times[i]), UTC) for i in (0, -1))
    labels = ", ".join(f'{k}="{v}"' for k, v in sorted(series.metric.items()) if k != "__name__")
    reason = f"one of several series; they differ in {', '.join(differing) or 'nothing'}"
    return SetAside(column, first, last, len(series.values), reason, labels=labels)


def _compute_missing(
    client: CortexClient,
    symbol: Symbol,
    metrics: Mapping[str, Metric],
    minutes: Minutes,
    limits: Limits,
    now: datetime,
    check: Check,
) -> None:
    """Ask by expression for what the recording rules lack and whose deadline is over."""
    ambiguous = {aside.metric for aside in minutes.set_aside if aside.labels}
    by_base: dict[str, dict[str, Positions]] = {}
    for column, metric in metrics.items():
        base_is_silent = metric.base_column in metrics and not minutes.count(metric.base_column)
        if metric.expression and column not in ambiguous and not base_is_silent:
            settled = min(len(minutes), max(0, (now - metric.deadline - minutes.start) // MINUTE + 1))
            missing = np.flatnonzero(np.isnan(minutes.column(column)[:settled]))
            if len(missing):
                by_base.setdefault(metric.base, {})[column] = missing
    for lacking in by_base.values():
        covered = _covered(client, symbol, minutes, {metrics[c]: p for c, p in lacking.items()}, limits, check)
        for column, missing in lacking.items():
            _compute(client, symbol, metrics[column], minutes, missing, covered, limits)


@dataclass(frozen=True)
class _Covered:
    """Which minutes have samples of one base series in the whole look-back before them.

    `offset`: minutes from the window's start to the first that was asked for; `held_before`: a running count of held
    minutes, so that the number held in a look-back is one subtraction.
    """

    offset: int
    held_before: Positions

    def whole(self, metric: Metric, positions: Positions) -> Flags:
        """Of those minutes of the window, which are covered."""
        length, end = metric.lookback // MINUTE, positions - self.offset + 1
        held: Flags = self.held_before[end] - self.held_before[end - length] == length
        return held


def _covered(
    client: CortexClient,
    symbol: Symbol,
    minutes: Minutes,
    lacking: Mapping[Metric, Positions],
    limits: Limits,
    check: Check,
) -> dict[Labels, _Covered]:
    """The coverage of each series of the base, by its labels: of replicas each has its own holes."""
    metric = next(iter(lacking))
    base = Metric(metric.base_column, metric.base)
    first = min((int(missing[0]) + 1) * MINUTE - one.lookback for one, missing in lacking.items())
    last = max(int(missing[-1]) for missing in lacking.values()) * MINUTE
    start, end = minutes.start + first, minutes.start + last + MINUTE
    found = _answer(client, recorded_query(symbol, [base]), start, end, limits)
    if _differing_labels(found, symbol) is not None:
        return {}
    covered = {}
    for series in found:
        alone = Minutes(symbol.name, start, end)
        _take(alone, base.column, [series], symbol)
        check(alone)
        held = ~np.isnan(alone.column(base.column))
        covered[_labels(series)] = _Covered(first // MINUTE, np.concatenate(([0], np.cumsum(held))))
    return covered


def _compute(
    client: CortexClient,
    symbol: Symbol,
    metric: Metric,
    minutes: Minutes,
    missing: Positions,
    covered: Mapping[Labels, _Covered],
    limits: Limits,
) -> None:
    """Fill missing minutes of the column with the expression's values, each from a series that covers its look-back."""
    wanted = {labels: missing[one.whole(metric, missing)] for labels, one in covered.items()}
    asked = np.unique(np.concatenate([*wanted.values(), np.empty(0, np.int64)])).astype(np.int64)
    if not len(asked):
        return
    start, end = minutes.start + int(asked[0]) * MINUTE, minutes.start + (int(asked[-1]) + 1) * MINUTE
    answered = np.full(len(minutes), np.nan)
    for series in sorted(_answer(client, metric.expression_of(symbol), start, end, limits), key=_order, reverse=True):
        alone = Minutes(symbol.name, start, end)
        _take(alone, metric.column, [series], symbol)
        positions = wanted.get(_labels(series), asked[:0])
        values = alone.column(metric.column)[positions - asked[0]]
        answered[positions] = np.where(np.isnan(values), answered[positions], values)
    given = ~np.isnan(answered)
    if given.any():
        minutes.values[metric.column] = np.where(given, answered, minutes.column(metric.column))
        minutes.computed[metric.column] = given


def _labels(series: Series) -> Labels:
    """What tells it from others of its metric; an expression keeps them and drops the name."""
    return frozenset((label, value) for label, value in series.metric.items() if label != "__name__")


def _order(series: Series) -> list[tuple[str, str]]:
    return sorted(series.metric.items())
