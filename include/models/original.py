"""Baseline `original`: the model that this project replaces, kept as it was so that its user can compare.

It looks at the price and at the slopes and averages that Cortex records of it, as they are: the level of a price says
little about what it does next, and most prices to come lie outside those of the training rows. Unknown values are 0
and the classes are balanced by weights, which makes its probabilities wrong by design (calibration error about .2).
"""

from __future__ import annotations

from typing import Any, Self

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.preprocessing import StandardScaler
from sklearn.utils.class_weight import compute_sample_weight

from include.models.classes import CLASSES, Classes, Floats
from include.models.lightgbm_trees import BoostedTrees
from include.models.recipe import Recipe

LEVELS = (
    "last_price",
    "price_deriv_5m",
    "price_deriv_10m",
    "price_deriv_15m",
    "price_deriv_30m",
    "price_deriv_1h",
    "price_avg_5m",
    "price_avg_10m",
    "price_avg_15m",
    "price_avg_30m",
    "price_avg_1h",
)


class BalancedTrees(ClassifierMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """BoostedTrees on standardised inputs, whose rows weigh as if the classes were equally frequent.

    Parameters
    ----------
    seed, threads
        As BoostedTrees.

    Attributes
    ----------
    mean_, scale_
        Of each input, shape (inputs,).
    trees_
        The trained BoostedTrees.
    """

    def __init__(self, seed: int = 0, threads: int = 1) -> None:
        self.seed = seed
        self.threads = threads

    def fit(self, X: Floats, y: Classes) -> Self:
        """Learns from complete rows, shapes (rows, inputs) and (rows,); any class may be absent."""
        self.classes_ = np.arange(len(CLASSES))
        self.n_features_in_ = X.shape[1]
        scaler = StandardScaler().fit(np.asarray(X, dtype=np.float64))
        self.mean_, self.scale_ = scaler.mean_, scaler.scale_
        trees = BoostedTrees(feature_share=1.0, seed=self.seed, threads=self.threads)
        self.trees_ = trees.fit(self._standardise(X), y, compute_sample_weight("balanced", y))
        return self

    def predict_proba(self, X: Floats) -> npt.NDArray[np.float64]:
        """Probabilities, shape (rows, 3); a row's are the same bits alone and in a batch."""
        return self.trees_.predict_proba(self._standardise(X))

    def _standardise(self, X: Floats) -> npt.NDArray[np.float64]:
        standardised: npt.NDArray[np.float64] = (np.asarray(X, dtype=np.float64) - self.mean_) / self.scale_
        return standardised


def _make(seed: int, threads: int) -> Any:
    return BalancedTrees(seed=seed, threads=threads)


RECIPE = Recipe("original", is_baseline=True, make=_make, levels=LEVELS)
