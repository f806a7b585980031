"""Candidate `hist_gradient_boosting`: scikit-learn's boosted trees over binned features, without class weights."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.ensemble import HistGradientBoostingClassifier
from threadpoolctl import threadpool_limits

from include.models.classes import CLASSES, Classes, Floats
from include.models.forest import Forest, Tree
from include.models.logistic import softmax
from include.models.recipe import Recipe


class HistTrees(ClassifierMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """HistGradientBoostingClassifier, of which the trees are kept and scored here.

    Parameters
    ----------
    leaves, learning_rate, rounds, min_leaf_rows, bins
        scikit-learn's max_leaf_nodes, learning_rate, max_iter, min_samples_leaf and max_bins. A rate of 0.04 steps as far
        as LightGBM's 0.06, which takes the curvature of three classes for half as large again. It never stops early: the
        rows that it would set aside for that are drawn at random, and neighbouring minutes share their future.
    seed
        Of everything that scikit-learn draws at random.
    threads
        Threads of training; scoring uses one.

    Attributes
    ----------
    forest_
        The trees; None where training saw one class alone.
    intercept_
        What each class starts from, shape (3,); -inf for a class that training did not see.
    """

    def __init__(
        self,
        leaves: int = 15,
        learning_rate: float = 0.04,
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
        seen = np.unique(y)
        self.classes_ = np.arange(len(CLASSES))
        self.n_features_in_ = X.shape[1]
        self.intercept_ = np.full(len(CLASSES), -np.inf)
        self.intercept_[seen] = 0.0
        self.forest_ = None
        if len(seen) > 1:
            with threadpool_limits(self.threads):
                fitted = self._untrained().fit(X, y)
            # of two classes scikit-learn boosts the second one alone
            boosted = seen if len(seen) > 2 else seen[1:]
            self.intercept_[boosted] = fitted._baseline_prediction.ravel()
            self.forest_ = Forest.of(
                [
                    _tree(one.nodes, c)
                    for of_round in fitted._predictors
                    for one, c in zip(of_round, boosted, strict=True)
                ]
            )
        return self

    def predict_proba(self, X: Floats) -> npt.NDArray[np.float64]:
        """Probabilities, shape (rows, 3); a row's are the same bits alone and in a batch."""
        scores = np.repeat(self.intercept_[:, None], len(X), axis=1)
        return softmax(scores if self.forest_ is None else scores + self.forest_.sums(np.asarray(X)))

    def _untrained(self) -> HistGradientBoostingClassifier:
        return HistGradientBoostingClassifier(
            max_leaf_nodes=self.leaves,
            learning_rate=self.learning_rate,
            max_iter=self.rounds,
            min_samples_leaf=self.min_leaf_rows,
            max_bins=self.bins,
            early_stopping=False,
            random_state=self.seed,
        )


def _tree(nodes: npt.NDArray[Any], c: int) -> Tree:
    """One of scikit-learn's trees, which adds to the score of class c."""
    is_leaf = nodes["is_leaf"].astype(bool)
    value = np.zeros((len(CLASSES), len(nodes)))
    value[c] = np.where(is_leaf, nodes["value"], 0.0)
    left, right = (np.where(is_leaf, -1, nodes[side].astype(np.int64)) for side in ("left", "right"))
    return Tree(nodes["feature_idx"].copy(), nodes["num_threshold"].copy(), left, right, value)


def _make(seed: int, threads: int) -> Any:
    return HistTrees(seed=seed, threads=threads)


RECIPE = Recipe("hist_gradient_boosting", is_baseline=False, make=_make)
