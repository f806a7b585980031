"""Candidate `lightgbm`: gradient-boosted trees, small ones, without class weights (they ruin the calibration)."""

from __future__ import annotations

from typing import Any, Self

import lightgbm as lgb
import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, ClassifierMixin

from include.models.classes import CLASSES, Classes, Floats
from include.models.recipe import Recipe


class BoostedTrees(ClassifierMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """LightGBM's multiclass trees with three outputs whichever classes the training rows hold.

    `LGBMClassifier` is not used: it turns two classes into another objective, and cannot be made from its own text.

    Parameters
    ----------
    leaves, learning_rate, rounds, min_leaf_rows, bins
        LightGBM's num_leaves, learning_rate, num_boost_round, min_data_in_leaf and max_bin.
    seed
        Of everything that LightGBM draws at random.
    threads
        Threads of training; scoring uses one, so that a minute's one row does not wake the others.

    Attributes
    ----------
    booster_
        The trained `lightgbm.Booster`.
    """

    def __init__(
        self,
        leaves: int = 15,
        learning_rate: float = 0.06,
        rounds: int = 80,
        min_leaf_rows: int = 200,
        bins: int = 63,
        seed: int = 0,
        threads: int = 1,
    ) -> None:
        self.leaves = leaves
        self.learning_rate = learning_rate
        self.rounds = rounds
        self.min_leaf_rows = min_leaf_rows
        self.bins = bins
        self.seed = seed
        self.threads = threads

    def fit(self, X: Floats, y: Classes) -> Self:
        """Learns from complete rows, shapes (rows, features) and (rows,); any class may be absent."""
        rows = lgb.Dataset(np.asarray(X), np.asarray(y), params=self._parameters())
        return self._adopt(lgb.train(self._parameters(), rows, num_boost_round=self.rounds))

    def predict_proba(self, X: Floats) -> npt.NDArray[np.float64]:
        """Probabilities, shape (rows, 3); a row's are the same bits alone and in a batch."""
        p = self.booster_.predict(np.asarray(X), num_threads=1)
        return np.asarray(p, dtype=np.float64)

    def to_text(self) -> str:
        """The trees in LightGBM's own text format."""
        return str(self.booster_.model_to_string())

    @classmethod
    def from_text(cls, text: str) -> Self:
        """The model that `to_text` wrote; raises lightgbm.basic.LightGBMError where the text is not one."""
        return cls()._adopt(lgb.Booster(model_str=text))

    def _adopt(self, booster: lgb.Booster) -> Self:
        self.classes_ = np.arange(len(CLASSES))
        self.n_features_in_ = booster.num_feature()
        self.booster_ = booster
        return self

    def _parameters(self) -> dict[str, Any]:
        return {
            "objective": "multiclass",
            "num_class": len(CLASSES),
            "num_leaves": self.leaves,
            "learning_rate": self.learning_rate,
            "min_data_in_leaf": self.min_leaf_rows,
            "max_bin": self.bins,
            "seed": self.seed,
            "num_threads": self.threads,
            "deterministic": True,
            "force_row_wise": True,
            "verbosity": -1,
        }


def _make(seed: int, threads: int) -> Any:
    return BoostedTrees(seed=seed, threads=threads)


RECIPE = Recipe("lightgbm", is_baseline=False, make=_make)
