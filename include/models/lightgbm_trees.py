"""Candidate `lightgbm`: gradient-boosted trees, small ones, without class weights (they ruin the calibration)."""

from __future__ import annotations

from typing import Any, Self

import lightgbm as lgb
import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, ClassifierMixin

from include.models.classes import CLASSES, Classes, Floats
from include.models.lightgbm_text import check_text
from include.models.recipe import Recipe
from include.models.training_rows import TrainingRows


class BoostedTrees(ClassifierMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """LightGBM's multiclass trees with three outputs whichever classes the training rows hold.

    `LGBMClassifier` is not used: it turns two classes into another objective, and cannot be made from its own text.

    Parameters
    ----------
    leaves, learning_rate, rounds, min_leaf_rows, bins, feature_share, l2
        LightGBM's num_leaves, learning_rate, num_boost_round, min_data_in_leaf, max_bin, feature_fraction and lambda_l2.
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
        feature_share: float = 0.3,
        l2: float = 0.0,
        seed: int = 0,
        threads: int = 1,
    ) -> None:
        self.leaves = leaves
        self.learning_rate = learning_rate
        self.rounds = rounds
        self.min_leaf_rows = min_leaf_rows
        self.bins = bins
        self.feature_share = feature_share
        self.l2 = l2
        self.seed = seed
        self.threads = threads

    def fit(self, X: Floats, y: Classes, sample_weight: Floats | None = None) -> Self:
        """Learns from complete rows, shapes (rows, features) and (rows,); any class may be absent."""
        return self.fit_rows(TrainingRows(X), y, sample_weight)

    def fit_rows(self, rows: TrainingRows, y: Classes, sample_weight: Floats | None = None) -> Self:
        """`fit` on rows that others are fitted on as well: they are binned once."""
        dataset = rows.binned(y, self.parameters(), sample_weight)
        return self.adopt(lgb.train(self.parameters(), dataset, num_boost_round=self.rounds))

    def predict_proba(self, X: Floats) -> npt.NDArray[np.float64]:
        """Probabilities, shape (rows, 3); a row's are the same bits alone and in a batch."""
        p = self.booster_.predict(np.asarray(X), num_threads=1)
        return np.asarray(p, dtype=np.float64)

    def to_text(self) -> str:
        """The trees in LightGBM's own text format."""
        return str(self.booster_.model_to_string())

    @classmethod
    def from_text(cls, text: str) -> Self:
        """The model that `to_text` wrote; raises ValueError or lightgbm.basic.LightGBMError where the text is not one."""
        return cls().adopt(_booster(text))

    def __getstate__(self) -> dict[str, Any]:
        """As a part of a skops artifact: the trees as text, which any version of LightGBM reads."""
        state = dict(self.__dict__)
        booster = state.pop("booster_", None)
        return state if booster is None else {**state, "text": str(booster.model_to_string())}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Raises ValueError or lightgbm.basic.LightGBMError where the text is not one of LightGBM's."""
        own = dict(state)
        text = own.pop("text", None)
        self.__dict__.update(own)
        if text is not None:
            self.adopt(_booster(text))

    def adopt(self, booster: lgb.Booster) -> Self:
        """Becomes the model of these trees."""
        self.classes_ = np.arange(len(CLASSES))
        self.n_features_in_ = booster.num_feature()
        self.booster_ = booster
        return self

    def parameters(self) -> dict[str, Any]:
        """As LightGBM calls them."""
        return {
            "objective": "multiclass",
            "num_class": len(CLASSES),
            "num_leaves": self.leaves,
            "learning_rate": self.learning_rate,
            "min_data_in_leaf": self.min_leaf_rows,
            "max_bin": self.bins,
            "feature_fraction": self.feature_share,
            "lambda_l2": self.l2,
            "feature_pre_filter": False,  # the bins serve models with other leaf sizes too
            "seed": self.seed,
            "num_threads": self.threads,
            "deterministic": True,
            "force_row_wise": True,
            "verbosity": -1,
        }


def _booster(text: str) -> lgb.Booster:
    check_text(text)
    return lgb.Booster(model_str=text)


def _make(seed: int, threads: int) -> Any:
    return BoostedTrees(seed=seed, threads=threads)


RECIPE = Recipe("lightgbm", is_baseline=False, make=_make)
