from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from include.errors import NotReady
from include.evaluation.walk_forward import Fold, Seconds, purged_walk_forward

MIDNIGHT = 1_704_067_200  # 2024-01-01 00:00 UTC
DAY = 86_400


def minutes(*parts: range) -> Seconds:
    return np.array([minute * 60 + MIDNIGHT for part in parts for minute in part], dtype=np.int64)


def walk(
    ts: Seconds, horizon: int = 30, folds: int = 2, min_train: float = 1, test_share: float = 0.5, embargo: int = 0
) -> list[Fold]:
    """With the horizon and the embargo in minutes, the least training in days."""
    return purged_walk_forward(
        ts,
        timedelta(minutes=horizon),
        folds=folds,
        min_train=timedelta(days=min_train),
        test_share=test_share,
        embargo=timedelta(minutes=embargo),
    )


def test_two_folds_of_four_days() -> None:
    """Four whole days, the last half in two blocks: 48 to 72 h and 72 to 96 h, training up to a horizon before."""
    # ts = 0 … 5760 min; the half is 2880 min, a block 1440 min; labels of 30 min end by 2880 and 4320
    first, second = walk(minutes(range(5761)))
    assert (first.test_from, first.test_to) == (MIDNIGHT + 2 * DAY, MIDNIGHT + 3 * DAY)
    assert (second.test_from, second.test_to) == (MIDNIGHT + 3 * DAY, MIDNIGHT + 4 * DAY + 60)
    assert first.train.tolist() == list(range(2850 + 1))
    assert first.test.tolist() == list(range(2880, 4320))
    assert second.train.tolist() == list(range(4290 + 1))
    assert second.test.tolist() == list(range(4320, 5761))


def test_the_embargo_widens_the_gap() -> None:
    """An embargo of 60 min takes the last 60 training minutes away and leaves the test rows."""
    bare, embargoed = walk(minutes(range(5761))), walk(minutes(range(5761)), embargo=60)
    for without, with_it in zip(bare, embargoed, strict=True):
        assert len(without.train) - len(with_it.train) == 60
        assert with_it.test.tolist() == without.test.tolist()


def test_the_first_training_has_its_least_duration() -> None:
    """With three days wanted before it, the first test block starts after three days and not after two."""
    first, _ = walk(minutes(range(5761)), min_train=3)
    assert first.test_from == MIDNIGHT + 3 * DAY


def test_a_block_in_a_hole_is_left_out() -> None:
    """A test block without any minute gives no fold; the others stay where they were."""
    # four blocks of 720 min from minute 2880 on; minutes 3590 to 4329 are missing, which is the whole second block
    folds = walk(minutes(range(3590), range(4330, 5761)), folds=4)
    assert [(fold.test_from - MIDNIGHT) // 60 for fold in folds] == [2880, 4320, 5040]
    assert [len(fold.test) for fold in folds] == [710, 710, 721]


def test_too_little_history_says_how_much_is_needed() -> None:
    """Two days, where one day of training and 2 blocks of 4 h fit, are enough; a day and an hour are not."""
    assert walk(minutes(range(2881)), horizon=240)
    with pytest.raises(NotReady, match=r"1\.04 days.*2 folds needs 1\.33.*backfill --from.*training\.min_train_days"):
        walk(minutes(range(1501)), horizon=240)


def test_no_history_says_what_to_do() -> None:
    """Nothing loaded yet is an answer, not a crash."""
    with pytest.raises(NotReady, match="backfill --from"):
        walk(minutes())


irregular_minutes = st.builds(
    lambda steps, start: np.cumsum([start, *steps]).astype(np.int64),
    st.lists(st.sampled_from([1, 17, 60, 60, 60, 61, 600, 7_200, 200_000]), min_size=1, max_size=400),
    st.integers(0, 2_000_000_000),
)


@given(
    ts=irregular_minutes,
    horizon=st.integers(1, 240),
    folds=st.integers(1, 7),
    min_train=st.floats(0, 2),
    test_share=st.floats(0.05, 0.95),
    embargo=st.integers(0, 180),
)
def test_no_label_reaches_into_its_test_block(
    ts: Seconds, horizon: int, folds: int, min_train: float, test_share: float, embargo: int
) -> None:
    """With holes and uneven steps: purged, embargoed, ordered, disjoint, tiling, and never empty."""
    try:
        walked = walk(ts, horizon, folds, min_train, test_share, embargo)
    except NotReady:
        assume(False)
    for fold in walked:
        assert len(fold.train)
        assert len(fold.test)
        assert (ts[fold.train] + (horizon + embargo) * 60 <= fold.test_from).all()
        assert ((fold.test_from <= ts[fold.test]) & (ts[fold.test] < fold.test_to)).all()
        assert fold.test_from % 60 == fold.test_to % 60 == 0
        assert fold.test_from >= ts[0] + round(min_train * DAY)
        dropped = np.setdiff1d(np.arange(fold.test[0]), fold.train)
        assert (ts[dropped] + (horizon + embargo) * 60 > fold.test_from).all()
    for before, after in pairwise(walked):
        assert before.test_to <= after.test_from
        assert before.test[-1] < after.test[0]
        assert len(before.train) <= len(after.train)
    tested = np.concatenate([fold.test for fold in walked])
    assert len(np.unique(tested)) == len(tested)
    assert tested[-1] == len(ts) - 1
