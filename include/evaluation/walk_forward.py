"""Folds that walk forward in time, purged and embargoed, over minutes that may have holes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from include.errors import NotReady

MINUTE = 60
Seconds = npt.NDArray[np.int64]
Positions = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Fold:
    """One training set and the test block that follows it.

    Attributes
    ----------
    train, test
        Positions in `ts`, ascending.
    test_from, test_to
        The test block [test_from, test_to), epoch seconds, whole minutes.
    """

    train: Positions
    test: Positions
    test_from: int
    test_to: int


def purged_walk_forward(
    ts: Seconds,
    horizon: timedelta,
    *,
    folds: int,
    min_train: timedelta,
    test_share: float,
    embargo: timedelta,
) -> list[Fold]:
    """Expanding training sets, each followed by a test block; the blocks tile the last part of the history.

    Purge (a duration, before the test block): a training row is dropped when its label, which ends at ts + horizon,
    reaches beyond test_from. Embargo (a duration, before the test block): the extra gap by which labels must end
    earlier still. A training row is kept when ts + horizon <= test_from − embargo. Training never follows its test
    block, so nothing is cut on the other side; test rows are never dropped.

    Parameters
    ----------
    ts
        Minute ends, epoch seconds UTC, strictly increasing, holes allowed, shape (rows,).
    horizon
        From a row's ts to the end of its label.
    folds
        Number of test blocks of equal duration; one that lies wholly in a hole is left out.
    min_train
        No test block starts earlier than this after the first ts.
    test_share
        Fraction of [first ts, last ts] that the test blocks tile, its last part.

    Returns
    -------
    list of Fold
        In the order of time; at least one, each with at least one training and one test row.

    Raises
    ------
    NotReady
        `ts` is empty, or too short for `min_train`, the purge and test blocks of one horizon each.
    """
    _check_history(ts, horizon, folds, min_train, embargo)
    edges = _block_edges(int(ts[0]), int(ts[-1]), folds, min_train, test_share)
    gap = _seconds(horizon) + _seconds(embargo)
    blocks = [_fold(ts, test_from, test_to, gap) for test_from, test_to in pairwise(edges)]
    usable = [fold for fold in blocks if len(fold.test) and len(fold.train)]
    if not usable:
        raise NotReady("No test block has both training and test minutes: load the missing ones with `repair`.")
    return usable


def _fold(ts: Seconds, test_from: int, test_to: int, gap: int) -> Fold:
    train_stop = np.searchsorted(ts, test_from - gap, side="right")
    test_start, test_stop = np.searchsorted(ts, [test_from, test_to])
    return Fold(np.arange(train_stop), np.arange(test_start, test_stop), test_from, test_to)


def _block_edges(first: int, last: int, folds: int, min_train: timedelta, test_share: float) -> list[int]:
    start = max(last - test_share * (last - first), first + _seconds(min_train))
    starts = np.linspace(start, last, folds, endpoint=False)
    return [*(_minute_from(edge) for edge in starts), last // MINUTE * MINUTE + MINUTE]


def _check_history(ts: Seconds, horizon: timedelta, folds: int, min_train: timedelta, embargo: timedelta) -> None:
    if len(ts) == 0:
        raise NotReady("There is no complete minute to train on: load history with `backfill --from`.")
    purged = horizon + embargo + timedelta(seconds=MINUTE)
    needed = max(min_train, purged) + folds * max(horizon, timedelta(seconds=MINUTE))
    history = timedelta(seconds=int(ts[-1] - ts[0]))
    if history < needed:
        raise NotReady(
            f"There are {_days(history)} days of complete minutes and an evaluation with {folds} folds needs "
            f"{_days(needed)}: load more with `backfill --from`, or lower training.min_train_days."
        )


def _minute_from(second: float) -> int:
    """The first whole minute at or after that second."""
    return int(-(-second // MINUTE)) * MINUTE


def _seconds(duration: timedelta) -> int:
    return round(duration.total_seconds())


def _days(duration: timedelta) -> str:
    return f"{duration / timedelta(days=1):.2f}"
