"""raw → raw: every missing minute and metric of the warehouse is asked of the source again, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from include.cortex.minutes import MINUTE, fetch_minutes
from include.errors import NotReady
from include.ingest import begun, check_range, nothing
from include.load import Loaded, Progress, Run, Window, load_windows, raise_failures, summary
from include.pipeline import Pipeline
from include.settings import Symbol
from include.warehouse.minutes import stored_spans
from include.warehouse.reports import gap_reasons
from include.warehouse.windows import Gap, gaps_to_ask

# The source is taken to be there when it has a price in the hour before the newest stored minute.
PROBED = timedelta(hours=1)


@dataclass(frozen=True)
class Repaired:
    """What a repair found and did.

    Parameters
    ----------
    missing
        Minute × metric values that were missing and due to be asked for.
    found
        Of them, those that the source had.
    left
        Runs that coverage_gaps shows afterwards, by the reason it gives.
    """

    missing: int
    found: int
    loaded: Loaded
    left: dict[str, int]

    def as_dict(self) -> dict[str, object]:
        return {"missing": self.missing, "found": self.found, "left": self.left, **self.loaded.as_dict()}


def repair(
    pipeline: Pipeline,
    start: datetime | None = None,
    end: datetime | None = None,
    progress: Progress | None = None,
    asked_at: datetime | None = None,
) -> Repaired:
    """Find missing minutes by the warehouse's own rows and ask the source for just those, in the fewest requests.

    Parameters
    ----------
    start, end
        UTC, minute-aligned, `end` not included. None: the last `ingest.repair_lookback_days` of what is stored, without
        minutes that the source lacked and that are not due to be asked for again; a range that is given is asked for
        at once.
    asked_at
        When it is asked, for the schedule of source_absences; None: now.

    Raises
    ------
    NotReady
        Nothing is loaded.
    SourceEmpty
        The source has no recent price of a symbol: absences from it would tell of a wrong tenant, not of holes.
    SourceError, WarehouseError
        A request failed; the other gaps are repaired.
    """
    if start and end:
        check_range(start, end)
    asked_at = asked_at or datetime.now(UTC)
    with begun(pipeline) as (run, settled):
        run.forgive_empty, run.asked_at = True, asked_at
        gaps = _gaps(run, start, end, settled)
        requests = [
            window
            for symbol in pipeline.settings.symbols
            for window in requests_for(symbol, gaps.get(symbol.name, []), pipeline.settings.ingest.window)
        ]
        outcomes = load_windows(run, requests, progress)
        loaded = summary(run.pipeline, outcomes)
    raise_failures(outcomes)
    missing = sum((gap.end - gap.start) // MINUTE for found in gaps.values() for gap in found)
    return Repaired(missing, loaded.samples, loaded, gap_reasons(pipeline.warehouse))


def requests_for(symbol: Symbol, gaps: Sequence[Gap], longest: timedelta) -> list[Window]:
    """The fewest windows that hold these gaps and nothing else: metrics that lack the same run are asked for together.

    A run that is longer than `longest` is cut, and no two windows are of the same minutes.
    """
    by_run: dict[tuple[datetime, datetime], list[str]] = {}
    for gap in gaps:
        start = gap.start
        while start < gap.end:
            end = min(start + longest, gap.end)
            by_run.setdefault((start, end), []).append(gap.metric)
            start = end
    return [Window(symbol, start, end, tuple(metrics)) for (start, end), metrics in sorted(by_run.items())]


def _gaps(run: Run, start: datetime | None, end: datetime | None, settled: datetime) -> dict[str, list[Gap]]:
    """By symbol what is to be asked for; a symbol that has no minute yet is left to backfill and ingest."""
    pipeline = run.pipeline
    spans = stored_spans(pipeline.warehouse, [symbol.name for symbol in pipeline.settings.symbols])
    if not spans:
        raise NotReady("No minute is loaded yet, so none can be missing: run `cortex-signals ingest` first.")
    found: dict[str, list[Gap]] = {}
    for symbol in pipeline.settings.symbols:
        if symbol.name not in spans:
            continue
        first, newest = spans[symbol.name]
        since = start or max(first, newest - pipeline.settings.ingest.repair_lookback)
        until = min(end, settled + MINUTE) if end else newest + MINUTE
        at = None if start or end else run.asked_at
        with pipeline.warehouse.transaction("reader") as connection:
            metrics = list(pipeline.settings.metrics)
            found[symbol.name] = (
                gaps_to_ask(connection, symbol.name, since, until, metrics, at) if since < until else []
            )
        if found[symbol.name]:
            _check_alive(run, symbol, newest)
    return found


def _check_alive(run: Run, symbol: Symbol, newest: datetime) -> None:
    price = run.pipeline.settings.metrics["last_price"]
    start, end = newest - PROBED, newest + MINUTE
    if not fetch_minutes(run.client, symbol, {price.column: price}, start, end).count(price.column):
        raise nothing(run.pipeline, symbol, price, start, end)
