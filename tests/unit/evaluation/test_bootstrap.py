from __future__ import annotations

from datetime import timedelta

import numpy as np
import numpy.typing as npt
import pytest

from include.evaluation.bootstrap import Interval, block_bootstrap, expanded_tail

DAY = 86_400
Array = npt.NDArray[np.float64]


def mean(sums: Array) -> Array:
    return sums[:, 0] / sums[:, 1]


def with_ones(values: npt.ArrayLike) -> Array:
    column = np.asarray(values, dtype=float)
    return np.column_stack([column, np.ones(len(column))])


def test_equal_blocks_leave_no_doubt() -> None:
    """Where every block has the same sums, the interval is the value."""
    ts = np.arange(40) * DAY
    assert block_bootstrap(mean, with_ones(np.tile([1.0, 3.0], 20)), ts, 1, timedelta(days=2)) == Interval(2, 2, 2)


def test_a_single_block_has_a_value_and_no_interval() -> None:
    """Four days are one block of five: what they would have been otherwise is unknown."""
    ts = np.arange(4) * DAY
    assert block_bootstrap(mean, with_ones([1, 2, 3, 4]), ts, 1) == Interval(2.5, None, None)


def test_no_rows_are_unknown() -> None:
    """Nothing summed is None, not 0."""
    assert block_bootstrap(mean, np.empty((0, 2)), np.empty(0, dtype=np.int64), 1) == Interval(None, None, None)


def test_two_blocks_draw_all_their_mixtures() -> None:
    """Of two equally long blocks with means 0 and 1, a quarter of the draws takes one of them twice."""
    # means of the draws: 0 (1/4), 1/2 (1/2), 1 (1/4), so 2.5 % and 97.5 % are 0 and 1
    ts = np.arange(10) * DAY
    assert block_bootstrap(mean, with_ones(np.repeat([0.0, 1.0], 5)), ts, 1) == Interval(0.5, 0, 1)


def test_rows_of_one_block_are_not_independent() -> None:
    """The same rows in blocks of many minutes have a wider interval than each for itself."""
    rng = np.random.default_rng(0)
    rows = with_ones(np.repeat(rng.normal(size=60), 100))
    ts = np.arange(6000) * (DAY // 20)
    day, row = (block_bootstrap(mean, rows, ts, 1, block) for block in (timedelta(days=5), timedelta(seconds=1)))
    assert day.high is not None
    assert day.low is not None
    assert row.high is not None
    assert row.low is not None
    assert day.high - day.low > 5 * (row.high - row.low)


def test_the_interval_covers_as_often_as_it_says() -> None:
    """Of 200 samples of 60 independent blocks with mean 0, about 95 % of the intervals hold 0."""
    rng = np.random.default_rng(2)
    ts = np.arange(60) * 5 * DAY
    held = 0
    for seed in range(200):
        _, low, high = block_bootstrap(mean, with_ones(rng.normal(size=60)), ts, seed)
        assert low is not None
        assert high is not None
        held += low <= 0 <= high
    assert 180 <= held <= 198


def test_the_seed_is_the_interval() -> None:
    """The same seed gives the same bounds, another one others."""
    rows, ts = with_ones(np.random.default_rng(0).normal(size=300)), np.arange(300) * DAY
    assert block_bootstrap(mean, rows, ts, 5) == block_bootstrap(mean, rows, ts, 5)
    assert block_bootstrap(mean, rows, ts, 5) != block_bootstrap(mean, rows, ts, 6)


@pytest.mark.parametrize("gap", [0, 400])
def test_days_without_rows_are_no_blocks(gap: int) -> None:
    """A hole of 400 days between two stretches changes nothing (it is a whole number of blocks)."""
    rows = with_ones(np.random.default_rng(0).normal(size=100))
    ts = np.arange(100) * DAY + np.repeat([0, gap * DAY], 50)
    assert block_bootstrap(mean, rows, ts, 5) == block_bootstrap(mean, rows, np.arange(100) * DAY, 5)


def test_few_blocks_cover_as_often_as_many() -> None:
    """Of 400 samples of 7 blocks about 95 % of the intervals hold the mean; plain percentiles would be at 87 %."""
    rng = np.random.default_rng(3)
    ts = np.arange(7) * 5 * DAY
    held = 0
    for seed in range(400):
        _, low, high = block_bootstrap(mean, with_ones(rng.normal(size=7)), ts, seed)
        assert low is not None
        assert high is not None
        held += low <= 0 <= high
    assert 0.92 * 400 <= held <= 0.98 * 400


@pytest.mark.parametrize(("blocks", "tail"), [(2, 0.0), (7, 0.00411), (10**6, 0.025)])
def test_the_tail_is_students(blocks: int, tail: float) -> None:
    """Of 7 blocks: Φ(−√(7/6) · 2.4469) = Φ(−2.6430)."""
    assert expanded_tail(blocks) == pytest.approx(tail, abs=1e-5)
