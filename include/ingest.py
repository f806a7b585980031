"""source → raw: minutes from Cortex into minute_metrics, by range (backfill) or from the watermark (ingest)."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from include.cortex.minutes import MINUTE
from include.errors import CortexSignalsError, SettingsError, SourceEmpty
from include.load import (
    LONG_AGO,
    Loaded,
    Progress,
    Run,
    Window,
    begin_run,
    failures,
    load_windows,
    raise_failures,
    summary,
)
from include.pipeline import Pipeline
from include.settings import Clock, Metric, Settings, Symbol
from include.warehouse.minutes import (
    METRIC_COLUMNS,
    Watermark,
    begin_catch_up,
    end_catch_up,
    missing_columns,
    stored_spans,
    watermarks,
)
from include.warehouse.windows import record_absences

BASE_METRIC = "last_price"
POLL_SECONDS = 1.0
MAX_MAPPED = 1024  # Airflow's core.max_map_length, as shipped
# Samples that come later than this after the newest price are left to `repair`.
SILENT = timedelta(days=1)


def settled_minute(now: datetime, clock: Clock) -> datetime:
    """The newest minute (its end, UTC) whose settle delay is over at `now`."""
    return floor_minute(now - clock.settle_delay)


def floor_minute(instant: datetime) -> datetime:
    return instant.replace(second=0, microsecond=0)


def windows(start: datetime, end: datetime, size: timedelta) -> Iterator[tuple[datetime, datetime]]:
    """[start, end) cut at whole multiples of `size` since 1970, so that runs side by side cut alike."""
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    while start < end:
        cut = min(epoch + ((start - epoch) // size + 1) * size, end)
        yield start, cut
        start = cut


def backfill(
    pipeline: Pipeline,
    start: datetime,
    end: datetime,
    symbols: tuple[Symbol, ...] | None = None,
    progress: Progress | None = None,
    refetch: bool = False,
    may_be_empty: bool = False,
) -> Loaded:
    """Load history: the minutes with ts in [start, end), as far as they have settled.

    A window of which every minute and metric is stored, or known to be absent at the source, is skipped, so a killed
    run goes on where it stopped; a window that fails is in the ledger and costs no other window.

    Parameters
    ----------
    start, end
        UTC, minute-aligned; `end` is not included.
    symbols
        None: all of the settings.
    refetch
        Ask again for every window, to see late corrections.
    may_be_empty
        The range may lie before the source's history.

    Raises
    ------
    SourceError, WarehouseError
        A window failed (all others are loaded), or the source has none of a base metric's samples.
    """
    check_range(start, end)
    with begun(pipeline) as (run, settled):
        if start > settled:
            raise SettingsError(
                f"{start:%Y-%m-%d %H:%M} UTC has not settled yet; the newest minute that has is {settled:%Y-%m-%d %H:%M} UTC."
            )
        asked = plan(pipeline, start, min(end, settled + MINUTE), symbols)
        run.skip_known = not refetch
        outcomes = load_windows(run, asked, progress)
        loaded = summary(run.pipeline, outcomes)
    raise_failures(outcomes)
    if not may_be_empty:
        raise_empty(pipeline, asked, loaded.empty)
    return loaded


def ingest(pipeline: Pipeline, until: datetime | None = None, progress: Progress | None = None) -> Loaded:
    """Load what has settled since the watermark, and read the overlap before it again.

    Parameters
    ----------
    until
        The last minute to load, UTC, included; None, or later: the newest settled one. An empty warehouse begins
        `ingest.first_load_days` before it.

    Raises
    ------
    SourceError, WarehouseError
        As backfill; SourceEmpty also where the source has had no newer sample for longer than the overlap.
    """
    with begun(pipeline) as (run, settled):
        run.is_live = True
        loaded = _ingest_until(run, min(floor_minute(until), settled) if until else settled, progress=progress)
    confirm_ingested(loaded.complaint)
    return loaded


def ingest_live(pipeline: Pipeline) -> Loaded:
    """Load the minute that has just ended: wait for its settle delay, then until its columns are there or their deadlines over.

    What is still not recorded then is asked by expression. What is wrong with one symbol or metric costs the others
    nothing and is told in `complaint`.

    Raises
    ------
    SourceError, WarehouseError
        Nothing could be loaded of any symbol.
    """
    with begun(pipeline) as (run, _):
        run.is_live = True
        clock = pipeline.clock(run.client.identity().kind)
        until = floor_minute(run.now)
        time.sleep(max(0.0, (until + clock.settle_delay - run.now).total_seconds()))
        loaded = _ingest_until(run, until)
        alive = _alive(run.pipeline, until)
        while deadline := _open_deadline(run.pipeline, alive, until, run.now):
            time.sleep(min(POLL_SECONDS, max(0.0, (deadline - run.now).total_seconds())))
            run.now = pipeline.now(run.client, run.client.identity())
            again = _ingest_until(run, until, symbols=alive)
            loaded = replace(again, complaint=loaded.complaint or again.complaint)
    return loaded


def confirm_ingested(complaint: Sequence[str] | None) -> None:
    """Raise what an ingest found wrong with a symbol or metric: 200 without a newer sample is no success."""
    if complaint:
        name, sentence = complaint
        raise CortexSignalsError.of(name, sentence)


def plan(pipeline: Pipeline, start: datetime, end: datetime, symbols: tuple[Symbol, ...] | None = None) -> list[Window]:
    """The windows of [start, end) of those symbols (None: all)."""
    return [
        Window(symbol, a, b)
        for symbol in symbols or pipeline.settings.symbols
        for a, b in windows(start, end, pipeline.settings.ingest.window)
    ]


def plan_windows(pipeline: Pipeline, start: str, end: str, symbol: str | None) -> list[dict[str, str]]:
    """A backfill's windows as text, for tasks that run apart: symbol, from and to.

    Parameters
    ----------
    start, end
        As given in a form; an empty `end` is the pipeline's now.
    """
    settings = pipeline.settings
    first, asked_last = parse_minute(start), parse_minute(end) if end else None
    symbols = (settings.symbol(symbol),) if symbol else None
    with begun(pipeline) as (_, settled):
        last = min(asked_last or settled + MINUTE, settled + MINUTE)
    check_range(first, last)
    planned = plan(pipeline, first, last, symbols)
    if len(planned) > MAX_MAPPED:
        raise SettingsError(
            f"That is {len(planned)} windows, and Airflow maps a task over {MAX_MAPPED} at most; give a shorter range or one symbol, "
            "or run `cortex-signals backfill`."
        )
    return [
        {"symbol": window.symbol.name, "from": window.start.isoformat(), "to": window.end.isoformat()}
        for window in planned
    ]


def load_planned_window(pipeline: Pipeline, window: dict[str, str]) -> Loaded:
    """Backfill one window of plan_windows, which may lie before the source's history."""
    symbol = pipeline.settings.symbol(window["symbol"])
    return backfill(pipeline, parse_minute(window["from"]), parse_minute(window["to"]), (symbol,), may_be_empty=True)


def confirm_planned(
    pipeline: Pipeline, planned: Sequence[dict[str, str]], empty: Sequence[Sequence[Sequence[str]]]
) -> int:
    """How many windows of plan_windows the source had samples for.

    Parameters
    ----------
    empty
        `Loaded.empty` of each planned window.

    Raises
    ------
    SourceEmpty
        As raise_empty.
    """
    asked = [
        Window(pipeline.settings.symbol(one["symbol"]), parse_minute(one["from"]), parse_minute(one["to"]))
        for one in planned
    ]
    lacking = [sorted({metric for window in windows for metric in window}) for windows in empty]
    raise_empty(pipeline, asked, lacking)
    return sum(not metrics for metrics in lacking)


def raise_empty(pipeline: Pipeline, asked: Sequence[Window], empty: Sequence[Sequence[str]]) -> None:
    """Raise SourceEmpty where a base metric has no sample in all windows of a symbol, or in one after its first sample.

    Windows before the history begins may be empty, and so may one as short as the overlap. A window that is empty amid
    the history is noted in source_absences, so that it is told once and asked again when it is due.
    """
    found: list[SourceEmpty] = []
    for symbol in {window.symbol.name: window.symbol for window in asked}.values():
        lacking = [(w, metrics) for w, metrics in zip(asked, empty, strict=True) if w.symbol.name == symbol.name]
        first, last = lacking[0][0].start, lacking[-1][0].end
        span = stored_spans(pipeline.warehouse, [symbol.name]).get(symbol.name)
        for metric in pipeline.settings.base_metrics:
            # a window that another run found empty was skipped here: before the first minute it tells of no history
            held = [metric.promql not in metrics and not (span and w.end <= span[0]) for w, metrics in lacking]
            begins = 0 if span and span[0] < first else held.index(True) if any(held) else None
            if begins is None:
                raise nothing(pipeline, symbol, metric, first, last)
            silent = [
                window for (window, _), any_held in list(zip(lacking, held, strict=True))[begins:] if not any_held
            ]
            silent = [window for window in silent if window.end - window.start > pipeline.settings.ingest.overlap]
            if silent:
                _note_absent(pipeline, metric, silent)
                found.append(nothing(pipeline, symbol, metric, silent[0].start, silent[0].end, len(silent) - 1))
    if found:
        raise found[0]


def _note_absent(pipeline: Pipeline, base: Metric, silent: Sequence[Window]) -> None:
    """Note windows without any sample of a base metric as absent, and with them what is computed from it."""
    metrics = pipeline.settings.metrics.values()
    columns = [metric.column for metric in metrics if base.promql in {metric.promql, metric.base}]
    for window in silent:
        with pipeline.warehouse.transaction("writer") as connection:
            record_absences(connection, window.symbol.name, window.start, window.end, columns, datetime.now(UTC))


def parse_minute(text: str) -> datetime:
    """A minute end, UTC, from text such as 2026-01-31T12:00Z; without a zone it is taken as UTC."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise SettingsError(f"{text!r} is not an instant; give it as 2026-01-31T12:00Z.") from error
    instant = instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
    if instant != floor_minute(instant):
        raise SettingsError(f"{text!r} is not a whole minute; give it as 2026-01-31T12:00Z.")
    return instant


@contextmanager
def begun(pipeline: Pipeline) -> Iterator[tuple[Run, datetime]]:
    """A run on the pipeline's source, which must be the warehouse's, and the newest settled minute."""
    _check_metrics(pipeline.settings)
    with pipeline.warehouse.kept_open() as warehouse, pipeline.source() as client:
        pipeline = replace(pipeline, warehouse=warehouse)
        identity = pipeline.recognise(client)
        now = pipeline.now(client, identity)
        yield begin_run(pipeline, client, now), settled_minute(now, pipeline.clock(identity.kind))


def _ingest_until(
    run: Run, until: datetime, symbols: Sequence[Symbol] | None = None, progress: Progress | None = None
) -> Loaded:
    """Load those symbols (None: all) from their watermarks on; what is wrong with some of them is the complaint."""
    pipeline = run.pipeline
    symbols = pipeline.settings.symbols if symbols is None else symbols
    names = [symbol.name for symbol in symbols]
    marks = watermarks(pipeline.warehouse, names)
    starts = [(symbol, _start(pipeline, marks[symbol.name], until)) for symbol in symbols]
    asked = [window for symbol, start in starts for window in _windows_of(run, symbol, start, marks, until)]
    outcomes = load_windows(run, asked, progress)
    loaded = summary(pipeline, outcomes)
    failed = failures(outcomes)
    if failed and all(outcome.error and not outcome.samples for outcome in outcomes):
        raise failed
    marks = watermarks(pipeline.warehouse, names)
    for symbol, start in starts:
        has_failed = any(outcome.error for outcome in outcomes if outcome.window.symbol is symbol)
        if marks[symbol.name].newest_price and not has_failed:
            end_catch_up(pipeline.warehouse, symbol.name, start)
    complaint = failed or _emptiness(pipeline, asked, loaded.empty) or _staleness(pipeline, symbols, marks, until)
    return replace(loaded, complaint=(type(complaint).__name__, str(complaint)) if complaint else None)


def _windows_of(
    run: Run, symbol: Symbol, start: datetime, marks: Mapping[str, Watermark], until: datetime
) -> list[Window]:
    """A symbol's windows; of a catch-up that is taken up again those that are held are skipped, except the newest."""
    planned = plan(run.pipeline, start, until + MINUTE, (symbol,))
    if len(planned) > 1:
        begin_catch_up(run.pipeline.warehouse, symbol.name, start)
    if marks[symbol.name].catching_up_since is None:
        return planned
    return [*(replace(window, skip_known=True) for window in planned[:-1]), planned[-1]]


def _emptiness(pipeline: Pipeline, asked: Sequence[Window], empty: Sequence[Sequence[str]]) -> SourceEmpty | None:
    try:
        raise_empty(pipeline, asked, empty)
    except SourceEmpty as error:
        return error
    return None


def _start(pipeline: Pipeline, mark: Watermark, until: datetime) -> datetime:
    """The overlap before the newest price, or where a catch-up that is not done began.

    Of a symbol of which the first load found no price the last day is asked; once one is there, the whole first load
    again. So is the last day of one that has been silent for longer.
    """
    if mark.newest_price is None:
        return until - (SILENT if mark.catching_up_since else pipeline.settings.ingest.first_load)
    silent_since = mark.asked_until - SILENT if mark.asked_until else mark.newest_price
    start = min(max(mark.newest_price, silent_since), until) - pipeline.settings.ingest.overlap
    return min(start, mark.catching_up_since or start)


def _staleness(
    pipeline: Pipeline, symbols: Sequence[Symbol], marks: Mapping[str, Watermark], until: datetime
) -> SourceEmpty | None:
    """The error about the first symbol of whose price the source has had nothing for longer than the overlap."""
    metric = pipeline.settings.metrics[BASE_METRIC]
    for symbol in symbols:
        newest = marks[symbol.name].newest_price
        if newest is None or until - newest > pipeline.settings.ingest.overlap:
            return nothing(pipeline, symbol, metric, newest + MINUTE if newest else until, until + MINUTE)
    return None


def _alive(pipeline: Pipeline, until: datetime) -> list[Symbol]:
    """The symbols that had a price within the overlap: a silent one is not waited for."""
    marks = watermarks(pipeline.warehouse, [symbol.name for symbol in pipeline.settings.symbols])
    recent = until - pipeline.settings.ingest.overlap
    return [s for s in pipeline.settings.symbols if (marks[s.name].newest_price or LONG_AGO) >= recent]


def _open_deadline(pipeline: Pipeline, symbols: Sequence[Symbol], ts: datetime, now: datetime) -> datetime | None:
    """When the last of the minute's missing columns is given up; None where none is missing, or all have been."""
    metrics = pipeline.settings.metrics
    missing = missing_columns(pipeline.warehouse, [symbol.name for symbol in symbols], ts, list(metrics))
    latest = max((ts + metrics[column].deadline for column in missing), default=now)
    return latest if latest > now else None


def nothing(
    pipeline: Pipeline, symbol: Symbol, metric: Metric, start: datetime, end: datetime, more: int = 0
) -> SourceEmpty:
    """The sentence about a base metric without any sample in [start, end), and in so many windows more."""
    further = f" nor in {more} more windows" if more else ""
    return SourceEmpty(
        f"Cortex at {pipeline.cortex.url} answers and has no sample of {metric.query(symbol)} from "
        f"{start:%Y-%m-%d %H:%M} to {end:%Y-%m-%d %H:%M} UTC{further} for the tenant "
        f"{pipeline.cortex.tenant or '(none set)'}; check CORTEX_TENANT "
        "(in Airflow, the tenant of the connection cortex), whether its history reaches back so far and its exporter runs, "
        "and [[symbols]] and [metrics] in the settings."
    )


def _check_metrics(settings: Settings) -> None:
    unknown = [column for column in settings.metrics if column not in METRIC_COLUMNS]
    if unknown or BASE_METRIC not in settings.metrics:
        what = f"names the unknown column {unknown[0]}" if unknown else f"lacks {BASE_METRIC}"
        raise SettingsError(f"[metrics] in the settings {what}; the columns are {', '.join(METRIC_COLUMNS)}.")


def check_range(start: datetime, end: datetime) -> None:
    for instant in (start, end):
        if instant.tzinfo is None or instant != floor_minute(instant):
            raise SettingsError(f"{instant} is not a whole minute with a time zone; give it as 2026-01-31T12:00Z.")
    if start >= end:
        raise SettingsError(
            f"The range from {start:%Y-%m-%d %H:%M} to {end:%Y-%m-%d %H:%M} UTC is empty; --from must be before --to."
        )
