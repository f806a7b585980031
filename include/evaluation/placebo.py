"""A placebo: labels that have nothing to do with their rows any more, by which nothing may be learned."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import numpy.typing as npt

from include.evaluation.bootstrap import SKILL_BLOCK

Seconds = npt.NDArray[np.int64]


def shuffled_in_blocks(ts: Seconds, seed: int, block: timedelta = SKILL_BLOCK) -> npt.NDArray[np.intp]:
    """For each row the row whose label it gets: whole blocks of time in random order, each as it was inside.

    Overlapping labels keep their likeness to their neighbours, and lose every tie to the rows they stand beside. A
    recipe that has skill on them has it from the evaluation, not from the market.

    Parameters
    ----------
    ts
        Epoch seconds, ascending, shape (rows,).
    block
        The blocks are whole spans of it since 1970.
    """
    _, starts = np.unique(ts // round(block.total_seconds()), return_index=True)
    blocks = np.split(np.arange(len(ts)), starts[1:])
    order = np.random.default_rng(seed).permutation(len(blocks))
    return np.concatenate([blocks[number] for number in order])
