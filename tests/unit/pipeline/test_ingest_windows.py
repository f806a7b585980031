"""Windows of time: half-open, minute-aligned, cut alike by every run."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from include.errors import SettingsError
from include.ingest import floor_minute, parse_minute, settled_minute, windows
from include.settings import Clock

MINUTE = timedelta(minutes=1)
instants = st.integers(0, 60_000_000).map(lambda n: datetime(1970, 1, 1, tzinfo=UTC) + n * MINUTE)
sizes = st.integers(1, 20_000).map(lambda n: n * MINUTE)


@given(instants, st.integers(0, 100_000), sizes)
def test_windows_tile_the_range(start: datetime, minutes: int, size: timedelta) -> None:
    """They follow each other without gap or overlap from start to end, none longer than the size, none empty."""
    end = start + minutes * MINUTE
    size = max(size, minutes * MINUTE / 200)
    found = list(windows(start, end, size))
    edges = [start, *(b for _, b in found)]
    assert [a for a, _ in found] == edges[:-1]
    assert edges[-1] == end or (not found and start == end)
    assert all(timedelta(0) < b - a <= size for a, b in found)


@given(instants, instants, sizes)
def test_runs_side_by_side_cut_alike(one: datetime, other: datetime, size: timedelta) -> None:
    """Inner edges do not depend on where a run began."""
    end = max(one, other) + 50 * size
    later = {a for a, _ in windows(max(one, other), end, size)} - {max(one, other)}
    earlier_start = max(min(one, other), max(one, other) - 50 * size)
    earlier = {a for a, _ in windows(earlier_start, end, size)}
    assert later <= earlier


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)), st.integers(0, 600))  # noqa: DTZ001
def test_a_settled_minute_is_over_for_the_whole_delay(now: datetime, delay: int) -> None:
    """Its end plus the delay has passed, and the next one's has not."""
    clock = Clock("wall", timedelta(seconds=delay), timedelta(seconds=30), timedelta(seconds=60))
    ts = settled_minute(now, clock)
    assert ts == floor_minute(ts)
    assert ts + clock.settle_delay <= now < ts + MINUTE + clock.settle_delay


def test_text_without_a_zone_is_utc() -> None:
    """A zone is taken as given; none means UTC."""
    assert parse_minute("2026-01-31T12:00") == datetime(2026, 1, 31, 12, tzinfo=UTC)
    assert parse_minute("2026-01-31T12:00+02:00") == datetime(2026, 1, 31, 10, tzinfo=UTC)


@pytest.mark.parametrize("text", ["yesterday", "2026-01-31T12:00:30Z", ""])
def test_what_is_no_minute_is_refused(text: str) -> None:
    """The sentence shows the form that is wanted."""
    with pytest.raises(SettingsError, match="2026-01-31T12:00Z"):
        parse_minute(text)
