"""What the page draws of a cell: price and probabilities of the last hours, what was said, what came."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from include.errors import AskedWrongly
from include.warehouse.connection import Connection
from include.warehouse.page_question import PageCell
from include.warehouse.page_rows import Row, rows

# Hours that can be asked for, and the length of a point of each: 1,440 points at most.
STEPS = {3: timedelta(minutes=1), 24: timedelta(minutes=1), 168: timedelta(minutes=10)}
MINUTE = timedelta(minutes=1)
MOST_SAID = 1500


def asked_hours(text: str) -> int:
    """One of the spans of STEPS; raises AskedWrongly on any other."""
    if text not in {str(hours) for hours in STEPS}:
        raise AskedWrongly(f"hours is one of {', '.join(str(hours) for hours in STEPS)}.")
    return int(text)


def cell_series(connection: Connection, cell: PageCell, hours: int) -> Row:
    """The hours up to the symbol's newest minute, as columns of equal length.

    Returns
    -------
    step_minutes
        Length of a point. A point is named by its end: price is its last one, low and high its least and largest, a
        probability or base rate its mean over what was answered in time; None where no minute of it has one.
    ts
        Seconds since 1970, UTC, without a hole; then price, low, high, p_up, p_down, base_rate_up, base_rate_down.
    said
        Columns of minutes, oldest first: ts, side, prediction, is_late, reference_price, outcome and forward_return (both
        None: not known yet). All minutes where a point is one, else those that named a direction or a trade.
    is_cut
        More was said than MOST_SAID; the newest are there.
    """
    until = _newest(connection, cell)
    if until is None:
        return {"step_minutes": None, "ts": [], "said": {"ts": []}, "is_cut": False}
    step = STEPS[hours]
    until = _rounded_up(until, step)
    span = {**cell.key, "after": until - timedelta(hours=hours), "until": until, "step": step}
    points = rows(connection, "page_series", span)
    said = rows(connection, "page_said" if step == MINUTE else "page_named", {**span, "most": MOST_SAID + 1})
    return {
        "step_minutes": step // MINUTE,
        **_columns(points),
        "said": _columns(said[:MOST_SAID][::-1]) if said else {"ts": []},
        "is_cut": len(said) > MOST_SAID,
    }


def _newest(connection: Connection, cell: PageCell) -> datetime | None:
    [span] = rows(connection, "page_minute_span", cell.key)
    return span["newest_minute"]  # type: ignore[no-any-return]


def _rounded_up(ts: datetime, step: timedelta) -> datetime:
    start = datetime(1970, 1, 1, tzinfo=UTC)
    return start - (start - ts) // step * step


def _columns(found: list[Row]) -> dict[str, list[Any]]:
    return {name: [row[name] for row in found] for name in found[0]}
