"""A placebo: labels that have nothing to do with their rows any more, by which nothing may be learned."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import numpy.typing as npt

from include.evaluation.bootstrap import SKILL_BLOCK

Seconds = npt.NDArray[np.int64]


def shuffled_in_blocks(ts: Seconds, seed: int, block: timedelta = SKILL_BLOCK) -> npt.NDArray[np.intp]:
    """For each row the row whose label it gets: blocks of time in random order, each as it was inside.

    Overlapping labels keep their likeness to their neighbours, and lose every tie to the rows they stand beside, that to
    the hour of the day too: the cuts lie at random minutes, so that a block moves by no whole number of days. A recipe
    that has skill on them has it from the evaluation, not from the market.

    Parameters
    ----------
    ts
        Epoch seconds, ascending, shape (rows,), one or more.
    block
        How long a block is on average; there are two at least.
    """
    random = np.random.default_rng(seed)
    pieces = max(2, round((int(ts[-1]) - int(ts[0])) / block.total_seconds()))
    cuts = np.searchsorted(ts, np.sort(random.uniform(ts[0], ts[-1], pieces - 1)))  # nosec B311  # NumPy's, seeded
    blocks = np.split(np.arange(len(ts)), cuts)
    return np.concatenate([blocks[number] for number in random.permutation(len(blocks))])
