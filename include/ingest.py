"""source → raw: minutes from Cortex into minute_metrics, by range (backfill) or from the watermark (ingest)."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta

from include.cortex.client import CortexClient, Identity
from include.cortex.minutes import MINUTE, fetch_minutes
from include.errors import CortexSignalsError, SettingsError, SourceEmpty, SourceError
from include.pipeline import Pipeline
from include.settings import Clock, Settings, Symbol
from include.warehouse.minutes import (
    METRIC_COLUMNS,
    Merged,
    Window,
    complete_minutes,
    missing_columns,
    newest_minute,
    record_failed_window,
    write_window,
)

log = logging.getLogger(__name__)

# Called with (minutes done, minutes asked for) as a load goes on.
Progress = Callable[[int, int], None]
BASE_METRIC = "last_price"
POLL_SECONDS = 1.0


@dataclass(frozen=True)
class Loaded:
    """What a load did: minutes new, changed and left as they were, windows skipped as already complete.

    `minutes_at_source`: how many minutes with a price the source held, those of skipped windows included.
    """

    minutes_at_source: int = 0
    minutes_new: int = 0
    minutes_changed: int = 0
    minutes_same: int = 0
    windows: int = 0
    windows_skipped: int = 0
    newest: datetime | None = None

    def plus(self, merged: Merged, at_source: int) -> Loaded:
        return replace(
            self,
            minutes_at_source=self.minutes_at_source + at_source,
            minutes_new=self.minutes_new + merged.new,
            minutes_changed=self.minutes_changed + merged.changed,
            minutes_same=self.minutes_same + merged.same,
            windows=self.windows + 1,
        )

    def plus_skipped(self, minutes: int) -> Loaded:
        return replace(
            self, minutes_at_source=self.minutes_at_source + minutes, windows_skipped=self.windows_skipped + 1
        )

    def as_dict(self) -> dict[str, object]:
        return {**asdict(self), "newest": self.newest.isoformat() if self.newest else None}


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

    A window whose every minute and metric is stored is skipped, so a killed run goes on where it stopped; a window
    that fails is in the ledger and costs no other window.

    Parameters
    ----------
    start, end
        UTC, minute-aligned; `end` is not included.
    symbols
        None: all of the settings.
    refetch
        Ask again for windows that are complete, to see late corrections.
    may_be_empty
        The range may lie before the source's history.

    Raises
    ------
    SourceError, WarehouseError
        A window failed (all others are loaded), or the source has none of the symbol's minutes.
    """
    _check_range(start, end)
    with pipeline.source() as client:
        identity = _known_identity(pipeline, client)
        settled = settled_minute(pipeline.now(client, identity), pipeline.clock(identity.kind))
        if start > settled:
            raise SettingsError(
                f"{start:%Y-%m-%d %H:%M} UTC has not settled yet; the newest minute that has is {settled:%Y-%m-%d %H:%M} UTC."
            )
        end = min(end, settled + MINUTE)
        loaded = Loaded()
        symbols = symbols or pipeline.settings.symbols
        asked = len(symbols) * max(0, (end - start) // MINUTE)
        for number, symbol in enumerate(symbols):
            done = _offset(progress, number * (end - start) // MINUTE, asked)
            loaded = _load(
                pipeline, client, symbol, start, end, loaded, done, skip_complete=not refetch, may_be_empty=may_be_empty
            )
    return loaded


def ingest(pipeline: Pipeline, until: datetime | None = None, progress: Progress | None = None) -> Loaded:
    """Load what has settled since the watermark, and read the overlap before it again.

    Parameters
    ----------
    until
        The last minute to load, UTC, included; None: the newest settled one. An empty warehouse begins
        `ingest.first_load_days` before it.

    Raises
    ------
    SourceError, WarehouseError
        As backfill.
    """
    with pipeline.source() as client:
        identity = _known_identity(pipeline, client)
        until = until or settled_minute(pipeline.now(client, identity), pipeline.clock(identity.kind))
        return _ingest_until(pipeline, client, until, progress)


def ingest_live(pipeline: Pipeline) -> Loaded:
    """Load the minute that has just ended: wait for its settle delay, then until its columns are there or its deadline.

    Raises
    ------
    SourceError, WarehouseError
        As backfill.
    """
    with pipeline.source() as client:
        identity = _known_identity(pipeline, client)
        clock = pipeline.clock(identity.kind)
        now = pipeline.now(client, identity)
        until = floor_minute(now)
        time.sleep(max(0.0, (until + clock.settle_delay - now).total_seconds()))
        loaded = _ingest_until(pipeline, client, until, None)
        while _missing(pipeline, until) and pipeline.now(client, identity) < until + clock.settle_deadline:
            time.sleep(POLL_SECONDS)
            loaded = _ingest_until(pipeline, client, until, None)
    return loaded


def plan_windows(pipeline: Pipeline, start: str, end: str, symbol: str | None) -> list[dict[str, str]]:
    """A backfill's windows as text, for tasks that run apart: symbol, from and to.

    Parameters
    ----------
    start, end
        As given in a form; an empty `end` is the pipeline's now.
    """
    settings = pipeline.settings
    first = parse_minute(start)
    with pipeline.source() as client:
        _known_identity(pipeline, client)
    last = parse_minute(end) if end else floor_minute(pipeline.source_now()) + MINUTE
    _check_range(first, last)
    symbols = [settings.symbol(symbol)] if symbol else settings.symbols
    return [
        {"symbol": one.name, "from": a.isoformat(), "to": b.isoformat()}
        for one in symbols
        for a, b in windows(first, last, settings.ingest.window)
    ]


def load_planned_window(pipeline: Pipeline, window: dict[str, str]) -> Loaded:
    """Backfill one window of plan_windows, which may lie before the source's history."""
    symbol = pipeline.settings.symbol(window["symbol"])
    return backfill(pipeline, parse_minute(window["from"]), parse_minute(window["to"]), (symbol,), may_be_empty=True)


def confirm_planned(pipeline: Pipeline, planned: Sequence[dict[str, str]], minutes_at_source: Sequence[int]) -> int:
    """How many minutes the source held over all windows of plan_windows.

    Raises
    ------
    SourceEmpty
        It held none of a symbol's: 200 with nothing is no success.
    """
    held: dict[str, int] = {}
    for window, minutes in zip(planned, minutes_at_source, strict=True):
        held[window["symbol"]] = held.get(window["symbol"], 0) + minutes
    for name in [name for name, minutes in held.items() if not minutes]:
        of_symbol = [window for window in planned if window["symbol"] == name]
        first, last = of_symbol[0]["from"], of_symbol[-1]["to"]
        raise _nothing(pipeline, pipeline.settings.symbol(name), parse_minute(first), parse_minute(last))
    return sum(held.values())


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


def _ingest_until(pipeline: Pipeline, client: CortexClient, until: datetime, progress: Progress | None) -> Loaded:
    settings = pipeline.settings
    loaded = Loaded()
    for symbol in settings.symbols:
        start = _start(pipeline, symbol, until)
        loaded = _load(
            pipeline, client, symbol, start, until + MINUTE, loaded, _offset(progress, 0, (until - start) // MINUTE + 1)
        )
    return loaded


def _start(pipeline: Pipeline, symbol: Symbol, until: datetime) -> datetime:
    watermark = newest_minute(pipeline.warehouse, symbol.name)
    if watermark is None:
        return until - pipeline.settings.ingest.first_load
    return min(watermark, until) - pipeline.settings.ingest.overlap


def _missing(pipeline: Pipeline, ts: datetime) -> bool:
    columns = list(pipeline.settings.metrics)
    return any(missing_columns(pipeline.warehouse, s.name, ts, columns) for s in pipeline.settings.symbols)


def _known_identity(pipeline: Pipeline, client: CortexClient) -> Identity:
    _check_metrics(pipeline.settings)
    return pipeline.recognise(client)


def _load(
    pipeline: Pipeline,
    client: CortexClient,
    symbol: Symbol,
    start: datetime,
    end: datetime,
    loaded: Loaded,
    progress: Callable[[int], None],
    *,
    skip_complete: bool = False,
    may_be_empty: bool = False,
) -> Loaded:
    """All windows of one symbol; raises the first failure after the last window."""
    failures: list[CortexSignalsError] = []
    held_before = loaded.minutes_at_source
    for window_start, window_end in windows(start, end, pipeline.settings.ingest.window):
        if skip_complete and _is_complete(pipeline, symbol, window_start, window_end):
            loaded = loaded.plus_skipped((window_end - window_start) // MINUTE)
        else:
            try:
                loaded = loaded.plus(*_load_window(pipeline, client, symbol, window_start, window_end))
            except SourceError as error:
                failures.append(error)
        progress((window_end - start) // MINUTE)
    if failures:
        raise failures[0]
    if start < end and loaded.minutes_at_source == held_before and not may_be_empty:
        raise _nothing(pipeline, symbol, start, end)
    return replace(loaded, newest=newest_minute(pipeline.warehouse, symbol.name))


def _load_window(
    pipeline: Pipeline, client: CortexClient, symbol: Symbol, start: datetime, end: datetime
) -> tuple[Merged, int]:
    """One window; the merged rows, and how many minutes of the base metric the source held."""
    began, requests, retries = time.monotonic(), client.requests, client.retries

    def window(error: str | None = None) -> Window:
        return Window(symbol.name, start, end, client.requests - requests, client.retries - retries, began, error)

    try:
        minutes = fetch_minutes(client, symbol, pipeline.settings.metrics, start, end)
    except SourceError as error:
        record_failed_window(pipeline.warehouse, window(str(error)))
        log.warning("%s [%s, %s) failed: %s", symbol.name, start, end, error)
        raise
    identity = client.identity()
    source = (identity.kind, identity.name)
    merged = write_window(pipeline.warehouse, window(), minutes.rows(METRIC_COLUMNS), source)
    log.info(
        "%s [%s, %s): %d new, %d changed, %d same minutes, %d points off the minute grid set aside",
        symbol.name, start, end, merged.new, merged.changed, merged.same, minutes.off_grid,
    )  # fmt: skip
    return merged, len(minutes.values.get(BASE_METRIC, {}))


def _is_complete(pipeline: Pipeline, symbol: Symbol, start: datetime, end: datetime) -> bool:
    held = complete_minutes(pipeline.warehouse, symbol.name, start, end, list(pipeline.settings.metrics))
    return held == (end - start) // MINUTE


def _nothing(pipeline: Pipeline, symbol: Symbol, start: datetime, end: datetime) -> SourceEmpty:
    metric = pipeline.settings.metrics[BASE_METRIC]
    return SourceEmpty(
        f'Cortex at {pipeline.cortex.url} answers and has no sample of {metric}{{{symbol.label}="{symbol.value}"}} from '
        f"{start:%Y-%m-%d %H:%M} to {end:%Y-%m-%d %H:%M} UTC for the tenant {pipeline.cortex.tenant or '(none set)'}; check CORTEX_TENANT "
        "(in Airflow, the tenant in the extra of the connection cortex), whether its history reaches back so far, "
        "and [[symbols]] and [metrics] in the settings."
    )


def _check_metrics(settings: Settings) -> None:
    unknown = [column for column in settings.metrics if column not in METRIC_COLUMNS]
    if unknown or BASE_METRIC not in settings.metrics:
        what = f"names the unknown column {unknown[0]}" if unknown else f"lacks {BASE_METRIC}"
        raise SettingsError(f"[metrics] in the settings {what}; the columns are {', '.join(METRIC_COLUMNS)}.")


def _check_range(start: datetime, end: datetime) -> None:
    for instant in (start, end):
        if instant.tzinfo is None or instant != floor_minute(instant):
            raise SettingsError(f"{instant} is not a whole minute with a time zone; give it as 2026-01-31T12:00Z.")
    if start >= end:
        raise SettingsError(
            f"The range from {start:%Y-%m-%d %H:%M} to {end:%Y-%m-%d %H:%M} UTC is empty; --from must be before --to."
        )


def _offset(progress: Progress | None, before: int, asked: int) -> Callable[[int], None]:
    return lambda done: progress(before + done, asked) if progress else None
