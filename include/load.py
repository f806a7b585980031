"""A run of windows from the source into minute_metrics: several in flight, each one transaction, none costing another.

Runs on one warehouse share their load on the source: a window that another run is loading is left to it, and the
slots by which windows are in flight are advisory locks of the warehouse.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta

import numpy as np

from include.cortex.client import CortexClient
from include.cortex.limits import Limits
from include.cortex.minutes import MINUTE, Minutes, fetch_minutes
from include.cortex.plausible import PRICE, set_aside_implausible
from include.errors import CortexSignalsError, SourceError, SourceRefused, SourceUnreachable
from include.pipeline import Pipeline
from include.settings import Metric, Symbol
from include.warehouse.connection import Connection
from include.warehouse.minutes import METRIC_COLUMNS, keep_catalogue, known_limits, record_limit, stored_spans
from include.warehouse.windows import (
    Block,
    LedgerEntry,
    Merged,
    claim_window,
    gaps_to_ask,
    neighbouring_prices,
    outlast_the_source,
    record_absences,
    record_entry,
    take_slot,
    was_loaded_since,
    write_window,
)

log = logging.getLogger(__name__)

# Called with (minutes done, minutes asked for) as a load goes on.
Progress = Callable[[int, int], None]

# A live run's windows up to this long wait for no slot and for no other run.
LIVE = timedelta(hours=1)
NAMED_FAILURES = 5
LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Window:
    """A symbol's minutes with ts in [start, end), of all metrics of the settings or of some of their columns.

    `skip_known`: as Run's, for this window.
    """

    symbol: Symbol
    start: datetime
    end: datetime
    columns: tuple[str, ...] = ()
    skip_known: bool = False

    @property
    def minutes(self) -> int:
        return (self.end - self.start) // MINUTE

    def __str__(self) -> str:
        return f"{self.symbol.name} [{self.start:%Y-%m-%d %H:%M}, {self.end:%Y-%m-%d %H:%M})"


@dataclass(frozen=True)
class Outcome:
    """What became of a window.

    Parameters
    ----------
    skipped
        Everything of it is held or known to be absent, or another run has loaded it meanwhile.
    deferred
        Another run is loading it.
    empty
        Base metrics (PromQL names) of which the source had no sample at all.
    error
        Why it was not loaded, or not whole.
    """

    window: Window
    merged: Merged = field(default_factory=Merged)
    samples: int = 0
    computed: int = 0
    set_aside: int = 0
    empty: tuple[str, ...] = ()
    skipped: bool = False
    deferred: bool = False
    error: SourceError | None = None


@dataclass(frozen=True)
class Loaded:
    """What a load did: minutes new, changed and left as they were, windows asked for and skipped as nothing was due.

    `empty`: per window of a plan, in order, the base metrics of which the source had no sample; `complaint`: the name of
    an error and its sentence, of a live load that went on all the same.
    """

    minutes_new: int = 0
    minutes_changed: int = 0
    minutes_same: int = 0
    samples: int = 0
    samples_computed: int = 0
    samples_set_aside: int = 0
    windows: int = 0
    windows_skipped: int = 0
    newest: datetime | None = None
    empty: tuple[tuple[str, ...], ...] = ()
    complaint: tuple[str, str] | None = None

    def as_dict(self) -> dict[str, object]:
        return {
            **asdict(self),
            "newest": self.newest.isoformat() if self.newest else None,
            "empty": [list(one) for one in self.empty],
        }


@dataclass
class Run:
    """One run's means: the source, what it may be asked for at once, and how far it got.

    Parameters
    ----------
    skip_known
        Whether a window is skipped of which everything is held or known to be absent.
    is_live
        Whether the newest minutes are loaded, which nothing may hold up.
    forgive_empty
        Whether a window without any sample of a base metric is a miss like others, to be noted in source_absences.
    """

    pipeline: Pipeline
    client: CortexClient
    limits: Limits
    now: datetime
    skip_known: bool = False
    is_live: bool = False
    forgive_empty: bool = False
    asked_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    unreachable_in_a_row: int = 0
    learned: list[tuple[str, int, str]] = field(default_factory=list)

    @property
    def in_flight(self) -> int:
        return self.pipeline.cortex.in_flight or self.pipeline.settings.ingest.in_flight

    @property
    def slot_seconds(self) -> float:
        """How long a slot is held for each request, so that all slots together keep the rate."""
        rate = self.pipeline.cortex.requests_per_second or self.pipeline.settings.ingest.requests_per_second
        return self.in_flight / rate

    @property
    def gave_up(self) -> bool:
        """Whether the source is down: as many windows as are in flight, twice over, did not reach it."""
        return self.unreachable_in_a_row >= 2 * self.in_flight

    def metrics(self, window: Window) -> Mapping[str, Metric]:
        asked = self.pipeline.settings.metrics
        return {column: asked[column] for column in window.columns} if window.columns else asked


def begin_run(pipeline: Pipeline, client: CortexClient, now: datetime) -> Run:
    """A run's means, with the metric catalogue kept in step with the settings."""
    keep_catalogue(pipeline.warehouse, _catalogue(pipeline))
    run = Run(pipeline, client, Limits(), now)
    for name, fitted in known_limits(pipeline.warehouse).items():
        setattr(run.limits, name, fitted)
    run.limits.learned = lambda name, fitted, said: run.learned.append((name, fitted, said))
    return run


def load_windows(run: Run, windows: Sequence[Window], progress: Progress | None = None) -> list[Outcome]:
    """Load the windows, several at once; the outcomes in the windows' order, failed ones included.

    Raises
    ------
    WarehouseError
        The warehouse did not take a window; windows that were not begun are left.
    """
    reporter = _Reporter(windows, progress)
    outcomes = _load(run, dict(enumerate(windows)), reporter, wait=False)
    left = {number: outcome.window for number, outcome in outcomes.items() if outcome.deferred}
    outcomes |= _load(run, left, reporter, wait=True)
    return [outcomes[number] for number in range(len(windows))]


def summary(pipeline: Pipeline, outcomes: Sequence[Outcome]) -> Loaded:
    """What the windows of one run add up to; `newest` is of the symbols that were asked for."""
    asked = [outcome for outcome in outcomes if not outcome.skipped]
    spans = stored_spans(pipeline.warehouse, sorted({outcome.window.symbol.name for outcome in outcomes}))
    return Loaded(
        minutes_new=sum(o.merged.new for o in asked),
        minutes_changed=sum(o.merged.changed for o in asked),
        minutes_same=sum(o.merged.same for o in asked),
        samples=sum(o.samples for o in asked),
        samples_computed=sum(o.computed for o in asked),
        samples_set_aside=sum(o.set_aside for o in asked),
        windows=len(asked),
        windows_skipped=len(outcomes) - len(asked),
        newest=max((newest for _, newest in spans.values()), default=None),
        empty=tuple(outcome.empty for outcome in outcomes),
    )


def raise_failures(outcomes: Sequence[Outcome]) -> None:
    """Raise what failures says, if anything."""
    error = failures(outcomes)
    if error:
        raise error


def failures(outcomes: Sequence[Outcome]) -> CortexSignalsError | None:
    """One error for the windows that failed: how many, and the reasons with the first window of each; None: none did."""
    failed = [(outcome.window, outcome.error) for outcome in outcomes if outcome.error]
    if not failed:
        return None
    reasons = Counter(str(error) for _, error in failed)
    first = {str(error): window for window, error in reversed(failed)}
    told = [
        f"{first[reason]}{f' and {count - 1} more' if count > 1 else ''}: {reason}"
        for reason, count in reasons.most_common(NAMED_FAILURES)
    ]
    if len(reasons) > NAMED_FAILURES:
        told.append(f"{len(reasons) - NAMED_FAILURES} more reasons stand in ingest_windows.error")
    worst = next((error for _, error in failed if isinstance(error, SourceUnreachable)), failed[0][1])
    many = f"{len(failed)} of {len(outcomes)} windows failed. " if len(outcomes) > 1 else ""
    return _restated(worst, many + " ".join(told))


def _restated(error: SourceError, message: str) -> CortexSignalsError:
    kind = SourceUnreachable if isinstance(error, SourceUnreachable) else SourceRefused
    return kind(message)


def _catalogue(pipeline: Pipeline) -> dict[tuple[str, str], tuple[str, str | None]]:
    return {
        (symbol.name, column): (_query(symbol, metric), metric.expression_of(symbol) if metric.expression else None)
        for symbol in pipeline.settings.symbols
        for column, metric in pipeline.settings.metrics.items()
    }


def _query(symbol: Symbol, metric: Metric) -> str:
    """The selector, and in a comment the labels whose series are one."""
    return metric.query(symbol) + (f" # replicas: {', '.join(symbol.replicas)}" if symbol.replicas else "")


def _load(run: Run, windows: Mapping[int, Window], reporter: _Reporter, *, wait: bool) -> dict[int, Outcome]:
    """The outcomes by the windows' numbers."""
    outcomes: dict[int, Outcome] = {}
    with _workers(run.in_flight) as pool:
        futures = {pool.submit(_load_window, run, window, wait=wait): number for number, window in windows.items()}
        for future in as_completed(futures):
            outcome = outcomes[futures[future]] = future.result()
            _remember(run)
            if not outcome.deferred:
                reporter.report(outcome)
    return outcomes


def _remember(run: Run) -> None:
    """Write down what the source was found to allow, outside the windows' own transactions."""
    while run.learned:
        name, fitted, said = run.learned.pop(0)
        log.info("from now on at most %d %s a request: %s", fitted, name, said)
        record_limit(run.pipeline.warehouse, name, fitted, said)


@contextmanager
def _workers(number: int) -> Iterator[ThreadPoolExecutor]:
    """Threads that take no new window once one has raised."""
    pool = ThreadPoolExecutor(number)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _load_window(run: Run, window: Window, *, wait: bool) -> Outcome:
    """One window in one transaction, from its lock to its ledger row."""
    shares = not run.is_live or window.end - window.start > LIVE
    with run.pipeline.warehouse.transaction("writer") as connection:
        outlast_the_source(connection)
        if run.gave_up:
            return _not_tried(connection, window)
        if shares and not claim_window(connection, window.symbol.name, window.start, window.end, wait=wait):
            return Outcome(window, deferred=True)
        if _has_nothing_to_do(run, connection, window, shares=shares):
            return Outcome(window, skipped=True)
        if shares:
            take_slot(connection, run.in_flight)
        return _ask_and_write(run, connection, window, run.slot_seconds if shares else 0.0)


def _not_tried(connection: Connection, window: Window) -> Outcome:
    error = SourceUnreachable("it was not tried, since the source could not be reached.")
    record_entry(connection, LedgerEntry(window.symbol.name, window.start, window.end, error=str(error)))
    return Outcome(window, error=error)


def _has_nothing_to_do(run: Run, connection: Connection, window: Window, *, shares: bool) -> bool:
    """Whether another run has loaded the window since this one began, or all of it is held or known to be absent."""
    symbol, start, end = window.symbol.name, window.start, window.end
    if window.columns:
        return not gaps_to_ask(connection, symbol, start, end, window.columns, None)
    if shares and was_loaded_since(connection, symbol, start, end, run.asked_at):
        return True
    skip_known = run.skip_known or window.skip_known
    return skip_known and not gaps_to_ask(connection, symbol, start, end, list(run.metrics(window)), LONG_AGO)


def _ask_and_write(run: Run, connection: Connection, window: Window, seconds_a_request: float) -> Outcome:
    began, client = time.monotonic(), run.client.counting(seconds_a_request)
    metrics, max_jump = run.metrics(window), run.pipeline.settings.ingest.max_price_jump

    def check(minutes: Minutes) -> None:
        if PRICE in minutes.values:
            neighbours = neighbouring_prices(connection, minutes.symbol, minutes.start, minutes.end)
            set_aside_implausible(minutes, neighbours, max_jump)
        else:
            set_aside_implausible(minutes, {}, max_jump)

    entry = LedgerEntry(window.symbol.name, window.start, window.end, began=began)
    try:
        minutes = fetch_minutes(
            client, window.symbol, metrics, window.start, window.end, limits=run.limits, now=run.now, check=check
        )
        identity = client.identity()
        client.rest()  # the slot is held until then, and no other lock yet
    except SourceError as error:
        run.unreachable_in_a_row += isinstance(error, SourceUnreachable) and not client.answers()
        record_entry(connection, replace(entry, requests=client.requests, retries=client.retries, error=str(error)))
        return Outcome(window, error=error)
    run.unreachable_in_a_row = 0
    ambiguous = _ambiguous(minutes)
    computed = sum(int(flags.sum()) for flags in minutes.computed.values())
    entry = replace(
        entry, requests=client.requests, retries=client.retries, samples=minutes.samples,
        quarantined=len(minutes.set_aside), computed=computed, error=str(ambiguous) if ambiguous else None,
    )  # fmt: skip
    set_aside = [asdict(one) for one in minutes.set_aside]
    source = (identity.kind, identity.name)
    merged = write_window(connection, run.pipeline.warehouse, entry, _block(minutes), source, set_aside)
    empty = tuple(m.promql for m in metrics.values() if m.expression is None and not minutes.count(m.column))
    ambiguous_columns = {one.metric for one in minutes.set_aside if one.labels}
    missed = [
        column
        for column, metric in metrics.items()
        if column not in ambiguous_columns and (run.forgive_empty or not _rests_on(metric, empty))
    ]
    is_whole = all(minutes.count(column) == len(minutes) for column in metrics)
    record_absences(connection, window.symbol.name, window.start, window.end, missed, run.asked_at, is_whole=is_whole)
    return Outcome(window, merged, minutes.samples, computed, len(minutes.set_aside), empty, error=ambiguous)


def _block(minutes: Minutes) -> Block:
    nothing = np.zeros(len(minutes), dtype=bool)
    return Block(
        minutes.grid.astype(np.int64),
        np.column_stack([minutes.column(column) for column in METRIC_COLUMNS]),
        np.column_stack([minutes.computed.get(column, nothing) for column in METRIC_COLUMNS]),
    )


def _rests_on(metric: Metric, empty: Sequence[str]) -> bool:
    """Whether a metric is, or is computed from, one that a whole window lacks: an error of the window, not an absence."""
    return (metric.base or metric.promql) in empty


def _ambiguous(minutes: Minutes) -> SourceRefused | None:
    """What to do about metrics that two series answered for; the rest of the window is loaded."""
    aside = [one for one in minutes.set_aside if one.labels]
    if not aside:
        return None
    columns = sorted({one.metric for one in aside})
    series = "; ".join(f"{{{one.labels}}}" for one in aside if one.metric == columns[0])
    return SourceRefused(
        f"{sum(one.metric == columns[0] for one in aside)} series answer for {columns[0]} of {minutes.symbol} ({series}), "
        f"{aside[0].reason.partition('; ')[2]}{f', and for {len(columns) - 1} more metrics' if len(columns) > 1 else ''}: "
        "add a matcher to the symbol's entry in the settings, or name the label as its replicas; its other metrics are loaded."
    )


class _Reporter:
    """One log line a window with rate and time left, and the progress for a terminal."""

    def __init__(self, windows: Sequence[Window], progress: Progress | None) -> None:
        self._windows = len(windows)
        self._asked = sum(window.minutes for window in windows)
        self._done = 0
        self._minutes = 0
        self._loaded_minutes = 0
        self._samples = 0
        self._began = time.monotonic()
        self._progress = progress

    def report(self, outcome: Outcome) -> None:
        self._done += 1
        self._minutes += outcome.window.minutes
        self._samples += outcome.samples
        if outcome.error and not outcome.samples:
            log.info("%s failed: %s", outcome.window, outcome.error)
        elif not outcome.skipped:
            self._loaded_minutes += outcome.window.minutes
            self._log(outcome)
        if self._progress:
            self._progress(self._minutes, self._asked)

    def _log(self, outcome: Outcome) -> None:
        seconds = max(time.monotonic() - self._began, 1e-9)
        left = (self._asked - self._minutes) * seconds / self._loaded_minutes
        merged = outcome.merged
        log.info(
            "%s: %d new, %d changed, %d same minutes; %d computed and %d set aside; %d of %d windows, %.0f samples a second, %.0f s left",
            outcome.window, merged.new, merged.changed, merged.same, outcome.computed, outcome.set_aside,
            self._done, self._windows, self._samples / seconds, left,
        )  # fmt: skip
