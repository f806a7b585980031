"""signals → outcomes: what the price did, settled in SQL as minutes arrive, and again where they were corrected."""

from __future__ import annotations

import logging
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

from include.cortex.minutes import MINUTE
from include.ingest import check_range
from include.load import Progress
from include.pipeline import Pipeline
from include.warehouse.connection import Warehouse
from include.warehouse.outcomes import settle_due, settle_span, span_of_signals

log = logging.getLogger(__name__)

DAY = timedelta(days=1)
MOST_SIGNALS = 10_000  # new ones that a transaction takes up: a day of six cells
MOST_TIME = timedelta(hours=12)  # of minutes that came or were corrected, and their signals: as many with challengers


@dataclass(frozen=True)
class Settled:
    """What a run settled.

    Attributes
    ----------
    settled, resettled
        First versions, and further ones of what minutes that were corrected or came late have changed.
    days
        Rows of performance_days that were computed anew.
    left
        New signals that are left to the next run, at most so many; 0: none.
    minutes_left
        Minutes that came or were corrected, and are left to the next run; 0: none.
    """

    settled: int = 0
    resettled: int = 0
    days: int = 0
    left: int = 0
    minutes_left: int = 0

    def __add__(self, other: Settled) -> Settled:
        return Settled(
            self.settled + other.settled,
            self.resettled + other.resettled,
            self.days + other.days,
            self.left + other.left,
            self.minutes_left + other.minutes_left,
        )

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


def settle(
    pipeline: Pipeline,
    start: datetime | None = None,
    end: datetime | None = None,
    progress: Progress | None = None,
    longest: timedelta | None = None,
) -> Settled:
    """Settle the outcomes that are known and not settled yet, or that changed; a second run changes nothing.

    Parameters
    ----------
    start, end
        Look at all signals with ts in [start, end) again, UTC, a day a transaction; one of them None: the first or the
        last signal's. Both None: what is due, that is new signals and those whose minutes were loaded since.
    progress
        Called with how many signals and corrected minutes (of a span: minutes) were looked at, of how many.
    longest
        Begin no further transaction after that time; the next run goes on. None: until all is done.

    Raises
    ------
    SettingsError
        The range is empty or not of whole minutes.
    NotReady
        The warehouse lacks the tables.
    """
    until = time.monotonic() + longest.total_seconds() if longest is not None else float("inf")
    done = Settled()
    with pipeline.warehouse.kept_open() as warehouse:
        for symbol in pipeline.settings.symbols:
            if start or end:
                done += _settle_span(warehouse, symbol.name, start, end, progress)
            else:
                done += _settle_due(warehouse, symbol.name, progress, until)
    log.info("%d outcomes settled, %d again, %d rows of performance_days", done.settled, done.resettled, done.days)
    return done


def _settle_due(warehouse: Warehouse, symbol: str, progress: Progress | None, until: float) -> Settled:
    done = Settled()
    due = settle_due(warehouse, symbol, MOST_SIGNALS, MOST_TIME, asks_ledger=True)
    asked = due.left + MOST_SIGNALS
    while True:
        done += Settled(due.settled, due.resettled, due.days)
        if progress:
            progress(asked - due.left, asked)
        if not due.left or due.is_waiting or time.monotonic() >= until:
            return done + Settled(left=due.signals_left, minutes_left=due.minutes_left)
        due = settle_due(warehouse, symbol, MOST_SIGNALS, MOST_TIME, asks_ledger=False)


def _settle_span(
    warehouse: Warehouse, symbol: str, start: datetime | None, end: datetime | None, progress: Progress | None
) -> Settled:
    if start and end:
        check_range(start, end)
    held = span_of_signals(warehouse, symbol)
    if held is None:
        return Settled()
    first, last = max(start or held[0], held[0]), min(end or held[1] + MINUTE, held[1] + MINUTE)
    done, at = Settled(), first
    while at < last:
        following = min(last, _next_midnight(at))
        done += Settled(*settle_span(warehouse, symbol, at, following))
        at = following
        if progress:
            progress((at - first) // MINUTE, (last - first) // MINUTE)
    return done


def _next_midnight(ts: datetime) -> datetime:
    return ts.astimezone(UTC).replace(hour=0, minute=0) + DAY
