"""The registry of candidates and baselines, and the one way to ask a trained model for probabilities.

A new candidate is one file with a `RECIPE` and one line here; if it brings estimators of its own, their types are
added to `artifacts.TRUSTED_TYPES`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from include.models import (
    baselines,
    extra_trees,
    hist_gradient_boosting,
    lightgbm_trees,
    lightgbm_tuned,
    logistic,
    original,
    soft_voting,
    two_step,
)
from include.models.classes import Floats
from include.models.recipe import Classifier, Recipe, Tuning, fit

__all__ = ["RECIPES", "SMALLEST_PROBABILITY", "Classifier", "Recipe", "Tuning", "find_recipe", "fit", "predict_proba"]

RECIPES: Mapping[str, Recipe] = {
    recipe.name: recipe
    for recipe in (
        logistic.RECIPE,
        hist_gradient_boosting.RECIPE,
        extra_trees.RECIPE,
        lightgbm_trees.RECIPE,
        soft_voting.RECIPE,
        lightgbm_tuned.RECIPE,
        two_step.RECIPE,
        baselines.CLASS_PRIOR,
        baselines.ALWAYS_SIDEWAYS,
        baselines.VOLATILITY_60M,
        original.RECIPE,
    )
}

POOLED = "pooled_"
SMALLEST_PROBABILITY = 1e-6  # no model has seen enough to rule a class out; a 0 would cost an infinite log-loss


def find_recipe(name: str) -> Recipe | None:
    """The recipe of that name, or of `pooled_<name>` the candidate that is trained on all symbols; None: unknown."""
    recipe = RECIPES.get(name.removeprefix(POOLED))
    if recipe is None or not name.startswith(POOLED):
        return recipe
    return None if recipe.is_baseline else replace(recipe, name=name, mean_of=(), is_pooled=True)


def predict_proba(model: Classifier, X: Floats) -> npt.NDArray[np.float64]:
    """Probabilities of DOWN, SIDEWAYS and UP, each at least 1e-6 (before the three are made to add up to 1 again).

    A row's probabilities are the same bits alone and in any batch, and from float32 and float64 input.

    Parameters
    ----------
    X
        The model's columns, shape (rows, features), complete; taken as float32. No rows give shape (0, 3).

    Raises
    ------
    ValueError
        A value is NaN or infinite: such a minute is answered with ABSTAIN, not scored.
    """
    rows = np.ascontiguousarray(X, dtype=np.float32)
    if not np.isfinite(rows).all():
        raise ValueError("A feature is NaN or infinite; only complete rows can be scored.")
    if not len(rows):
        return np.empty((0, 3))
    return _floored(model.predict_proba(rows))


def _floored(p: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    floored = np.maximum(p, SMALLEST_PROBABILITY)
    total = (floored[:, 0] + floored[:, 1]) + floored[:, 2]
    normalised: npt.NDArray[np.float64] = floored / total[:, None]
    return normalised
