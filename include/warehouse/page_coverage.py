"""Which minutes of the last 30 days are held, and how a cell answered them: the page's calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from include.warehouse.connection import Connection
from include.warehouse.page_question import PageCell
from include.warehouse.page_rows import Row, rows

DAYS = 30
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
KINDS = ("live", "late", "abstained")


def cell_coverage(connection: Connection, cell: PageCell) -> Row:
    """Runs of alike minutes of the last DAYS UTC days, that of the newest minute included.

    Returns
    -------
    first_day
        UTC midnight with which the first day begins; None: no minute is loaded.
    known_from, newest
        The first minute that could be held, and the newest that is; seconds since 1970, as all times here.
    held
        [first minute, minutes] of each run of minutes with a price.
    answered
        [kind, first minute, minutes] of each run of minutes that were answered alike: live, late or abstained.
    counts
        Minutes in all from known_from to newest, held, missing, live, late, abstained (from missing minutes too), and
        unanswered (held, and not answered).
    """
    [span] = rows(connection, "page_minute_span", cell.key)
    first, newest = span["first_minute"], span["newest_minute"]
    if newest is None:
        return {"first_day": None, "held": [], "answered": [], "counts": None}
    first_day = _midnight(newest) - (DAYS - 1) * DAY
    asked = {**cell.key, "from": first_day, "to": newest + MINUTE}
    held = [(row["run_from"], row["minutes"]) for row in rows(connection, "page_held_runs", asked)]
    answered = [(row["kind"], row["run_from"], row["minutes"]) for row in rows(connection, "page_answer_runs", asked)]
    known_from = max(first, first_day)
    return {
        "days": DAYS,
        "first_day": _seconds(first_day),
        "known_from": _seconds(known_from),
        "newest": _seconds(newest),
        "held": held,
        "answered": answered,
        "counts": _counts((newest - known_from) // MINUTE + 1, held, answered),
    }


def _counts(minutes: int, held: Sequence[tuple[int, int]], answered: Sequence[tuple[str, int, int]]) -> Row:
    of_kind = {kind: sum(run[2] for run in answered if run[0] == kind) for kind in KINDS}
    loaded = sum(run[1] for run in held)
    return {
        "minutes": minutes,
        "held": loaded,
        "missing": minutes - loaded,
        **of_kind,
        "unanswered": loaded - _in_both(held, [run[1:] for run in answered]),
    }


def _in_both(some: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]]) -> int:
    """Minutes that lie in a run of both; the runs of each are ascending and apart. Counted by runs: a month has 43,200 minutes."""
    seconds = at = 0
    for first, minutes in some:
        end = first + 60 * minutes
        while at < len(others) and others[at][0] < end:
            other_end = others[at][0] + 60 * others[at][1]
            seconds += max(0, min(end, other_end) - max(first, others[at][0]))
            if other_end > end:
                break  # it reaches into the next run too
            at += 1
    return seconds // 60


def _midnight(ts: datetime) -> datetime:
    return ts.replace(hour=0, minute=0)


def _seconds(ts: datetime) -> int:
    return int(ts.timestamp())
