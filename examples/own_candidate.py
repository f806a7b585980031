"""Candidate `volatility_and_return`: whether the last five minutes' move adds anything to the last hour's volatility.

1. Copy this file to `include/models/volatility_and_return.py`.
2. In `include/models/candidates.py` import it and add `volatility_and_return.RECIPE,` to RECIPES; name it in CANDIDATES of
   `include/orchestration/training.py`, which is the training's form.
3. Name it in the settings: `training.candidates = [..., "volatility_and_return"]`.

The next training refits it in the same folds as all others, and the leaderboard shows it beside the baselines. It reigns only
where it beats the volatility baseline, which sees the one without the other, and the champion out of sample, with an interval
above zero. Do not expect it to. An estimator of your own needs more: three columns whatever classes it saw, the same bits for a
row alone and in a batch (the tests of candidates ask for both), and its type in TRUSTED_TYPES of `artifacts.py`.
"""

from __future__ import annotations

from typing import Any

from include.models.logistic import SoftLogLogistic
from include.models.recipe import Recipe


def _make(seed: int, threads: int) -> Any:
    return SoftLogLogistic(threads=threads)  # its fit draws nothing at random


RECIPE = Recipe(
    "volatility_and_return",
    is_baseline=False,
    make=_make,
    only=("realised_volatility_60m", "return_5m"),
)
