"""Gaps become the fewest requests that hold them and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from include.repair import requests_for
from include.settings import Symbol
from include.warehouse.windows import Gap

START = datetime(2026, 1, 1, tzinfo=UTC)
BTC = Symbol("BTC", "symbol", "BTC")
LONGEST = timedelta(minutes=50)


def at(minute: int) -> datetime:
    return START + timedelta(minutes=minute)


def test_metrics_that_lack_the_same_run_are_asked_for_together() -> None:
    """One request for a hole of all metrics, one for each run of its own."""
    gaps = [Gap("a", at(3), at(5)), Gap("b", at(3), at(5)), Gap("a", at(9), at(10)), Gap("c", at(9), at(11))]
    asked = [(one.columns, one.start, one.end) for one in requests_for(BTC, gaps, LONGEST)]
    assert asked == [(("a", "b"), at(3), at(5)), (("a",), at(9), at(10)), (("c",), at(9), at(11))]


def test_a_long_run_that_is_cut_joins_a_short_one_of_the_same_minutes() -> None:
    """Else the second request for those minutes would be taken for a repetition of the first."""
    gaps = [Gap("a", at(0), at(60)), Gap("b", at(0), at(50))]
    asked = [(one.columns, one.start, one.end) for one in requests_for(BTC, gaps, LONGEST)]
    assert asked == [(("a", "b"), at(0), at(50)), (("a",), at(50), at(60))]


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.integers(0, 300), st.integers(1, 200)),
        max_size=12,
        unique_by=lambda g: g[0],
    )
)
def test_every_missing_value_is_asked_for_once_and_no_other(runs: list[tuple[str, int, int]]) -> None:
    """Minute by minute and metric by metric; no request is longer than a window."""
    gaps = [Gap(metric, at(first), at(first + length)) for metric, first, length in runs]
    requests = requests_for(BTC, gaps, LONGEST)
    asked = [
        (metric, one.start + timedelta(minutes=n))
        for one in requests
        for metric in one.columns
        for n in range(one.minutes)
    ]
    assert sorted(asked) == sorted((metric, at(first + n)) for metric, first, length in runs for n in range(length))
    assert all(one.end - one.start <= LONGEST for one in requests)
    assert len({(one.start, one.end) for one in requests}) == len(requests)
