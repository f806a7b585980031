"""Minutes of a symbol as the source holds them: never a stale value, and one request a window where the limits allow.

Where a recording rule has no value, its expression is asked, for the minutes whose whole look-back its base covers.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence
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

    Raises
    ------
    SourceError
        As CortexClient.query_range, for what cannot be asked in smaller parts.
    """
    limits = limits or Limits()
    minutes = Minutes(symbol.name, start, end)
    for column, found in _recorded(client, symbol, metrics, start, end, limits).items():
        _take(minutes, column, found, symbol)
    if now is not None:
        _compute_missing(client, symbol, metrics, minutes, limits, now)
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
            answer = _answer(client, recorded_query(symbol, batch), start, end, limits)
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


def _answer(client: CortexClient, query: str, start: datetime, end: datetime, limits: Limits) -> list[Series]:
    """The series of a query over [start, end), put together from requests of at most `limits.minutes`.

    Raises SourceLimit where fewer metrics must be asked for, and where one minute of one metric is too much.
    """
    parts: dict[tuple[tuple[str, str], ...], list[Series]] = {}
    while start < end:
        stop = min(end, start + limits.minutes * MINUTE)
        try:
            answer = _ask(client, query, start, stop)
        except (SourceLimit, SourceTimedOut) as error:
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
    for series in sorted(found, key=lambda s: sorted(s.metric.items()), reverse=True):
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
) -> None:
    """Ask by expression for what the recording rules lack and whose deadline is over."""
    ambiguous = {aside.metric for aside in minutes.set_aside if aside.labels}
    by_base: dict[str, dict[str, Positions]] = {}
    for column, metric in metrics.items():
        if metric.expression and column not in ambiguous:
            settled = min(len(minutes), max(0, (now - metric.deadline - minutes.start) // MINUTE + 1))
            missing = np.flatnonzero(np.isnan(minutes.column(column)[:settled]))
            if len(missing):
                by_base.setdefault(metric.base, {})[column] = missing
    for base, lacking in by_base.items():
        covered = _Covered(client, symbol, base, minutes, {metrics[c]: p for c, p in lacking.items()}, limits)
        for column, missing in lacking.items():
            _compute(client, symbol, metrics[column], minutes, covered.whole(metrics[column], missing), limits)


class _Covered:
    """Which minutes have a base metric's samples in the whole look-back before them."""

    def __init__(
        self,
        client: CortexClient,
        symbol: Symbol,
        base: str,
        minutes: Minutes,
        lacking: Mapping[Metric, Positions],
        limits: Limits,
    ) -> None:
        first = min((int(missing[0]) + 1) * MINUTE - metric.lookback for metric, missing in lacking.items())
        last = max(int(missing[-1]) for missing in lacking.values()) * MINUTE
        asked = fetch_minutes(
            client,
            symbol,
            {base: Metric(base, base)},
            minutes.start + first,
            minutes.start + last + MINUTE,
            limits=limits,
        )
        self._offset = first // MINUTE
        # a running count, so that the number held in a look-back is one subtraction
        self._held_before = np.concatenate(([0], np.cumsum(~np.isnan(asked.column(base)))))

    def whole(self, metric: Metric, positions: Positions) -> Positions:
        """Of those minutes of the window, the ones that are covered."""
        length, end = metric.lookback // MINUTE, positions - self._offset + 1
        covered: Positions = positions[self._held_before[end] - self._held_before[end - length] == length]
        return covered


def _compute(
    client: CortexClient, symbol: Symbol, metric: Metric, minutes: Minutes, positions: Positions, limits: Limits
) -> None:
    """Fill those minutes of the column with the expression's values."""
    if not len(positions):
        return
    first, last = (minutes.start + int(positions[i]) * MINUTE for i in (0, -1))
    answered = fetch_expression(client, symbol, metric, first, last + MINUTE, limits)[positions - positions[0]]
    if np.isnan(answered).all():
        return
    values = minutes.values[metric.column] = minutes.column(metric.column)
    values[positions] = answered
    computed = minutes.computed[metric.column] = np.zeros(len(minutes), dtype=bool)
    computed[positions] = ~np.isnan(answered)
