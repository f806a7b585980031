"""Values that no market has are taken out, with the reason, and nothing else is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from include.cortex.minutes import Minutes
from include.cortex.plausible import set_aside_implausible

START = datetime(2026, 1, 1, tzinfo=UTC)
T0 = int(START.timestamp())


def checked(prices: list[float], neighbours: dict[int, float] | None = None, column: str = "last_price") -> Minutes:
    values = np.array(prices, dtype=float)
    minutes = Minutes("B", START, START + timedelta(minutes=len(prices)), {column: values})
    set_aside_implausible(minutes, neighbours or {}, 0.5)
    return minutes


def taken_out(minutes: Minutes, prices: list[float]) -> list[int]:
    left = minutes.values["last_price"]
    return [i for i, price in enumerate(prices) if not np.isnan(price) and np.isnan(left[i])]


@pytest.mark.parametrize(
    ("prices", "expected"),
    [
        ([100, 101, 1000, 102, 103, 104, 105, 106], [2]),  # away for a minute and back
        ([100, 101, 1000, 1001, 102, 103, 104, 105], [2, 3]),  # for two
        ([1000, 100, 101, 102, 103, 104], [0]),  # the first one, which nothing stands before
        ([100, 101, 99, 100, 101, 30, 31, 32, 30, 31, 30], []),  # a new level that is kept
        ([100, 101, 102, 103, 30, 31], [4, 5]),  # not confirmed yet
        ([100, -5, 101, 0, 102, 103], [1, 3]),
        ([100, np.nan, 149, 151, 148, np.nan, 100], []),  # less than half as much again
    ],
)
def test_a_jump_that_is_not_kept_is_taken_out(prices: list[float], expected: list[int]) -> None:
    """A price is judged by the last good one, and by whether the next five keep its level."""
    assert taken_out(checked(prices), prices) == expected


def test_what_is_known_around_the_range_counts() -> None:
    """The last price before, within an hour, and those after confirm or refuse."""
    after = {T0 + 60 * i: 100.0 for i in range(1, 6)}
    assert taken_out(checked([1000], {T0 - 60: 100.0}), [1000]) == [0]
    assert taken_out(checked([1000], {T0 - 60: 100.0} | dict.fromkeys(after, 1000.0)), [1000]) == []
    assert taken_out(checked([1000], {T0 - 60: 100.0} | after), [1000]) == [0]
    assert taken_out(checked([1000], {T0 - 7200: 100.0}), [1000]) == []


def test_volumes_may_be_zero_and_not_negative() -> None:
    """Zero volume is a quiet day; a negative one is none."""
    minutes = checked([0.0, 5.0, -1.0], column="volume_24h")
    assert np.isnan(minutes.values["volume_24h"]).tolist() == [False, False, True]
    assert [(one.metric, one.value, one.reason) for one in minutes.set_aside] == [
        ("volume_24h", "-1.0", "a negative volume")
    ]


def test_slopes_may_be_negative() -> None:
    """Only prices and volumes have a sign to keep."""
    assert checked([-1.0, 0.0, 2.0], column="price_deriv_5m").set_aside == []


@given(st.lists(st.floats(80, 110), min_size=1, max_size=30))
def test_a_quiet_market_loses_nothing(prices: list[float]) -> None:
    """Within the bound of each other, whatever they do."""
    assert checked(prices).set_aside == []


@given(st.lists(st.one_of(st.floats(0.01, 1e6), st.just(float("nan"))), min_size=1, max_size=40))
def test_what_is_left_is_as_it_was_and_what_went_has_its_reason(prices: list[float]) -> None:
    """No value is changed, and each one taken out is named once."""
    minutes = checked(prices)
    left = minutes.values["last_price"]
    kept = ~np.isnan(left)
    assert np.array_equal(left[kept], np.array(prices)[kept])
    assert len(minutes.set_aside) == len(taken_out(minutes, prices))
