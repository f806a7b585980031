"""Candidate `extra_trees`: the average of trees whose splits are drawn at random, with leaves that keep it small."""

from __future__ import annotations

from math import ceil
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.ensemble import ExtraTreesClassifier

from include.models.classes import CLASSES, Classes, Floats
from include.models.forest import Forest, Tree
from include.models.recipe import Recipe


class RandomTrees(ClassifierMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """ExtraTreesClassifier, of which the trees are kept and scored here.

    Parameters
    ----------
    trees, feature_share
        scikit-learn's n_estimators and max_features.
    min_leaf_rows, most_leaves
        A leaf holds at least that many rows, and more where a tree would else have more leaves than that: the artifact
        stays small whatever the rows.
    seed
        Of the splits.
    threads
        Threads of training; scoring uses one.

    Attributes
    ----------
    forest_
        The trees; a leaf's value is the frequencies of the classes in it.
    """

    def __init__(
        self,
        trees: int = 40,
        feature_share: float = 0.3,
        min_leaf_rows: int = 200,
        most_leaves: int = 500,
        seed: int = 0,
        threads: int = 1,
    ) -> None:
        self.trees = trees
        self.feature_share = feature_share
        self.min_leaf_rows = min_leaf_rows
        self.most_leaves = most_leaves
        self.seed = seed
        self.threads = threads

    def fit(self, X: Floats, y: Classes) -> Self:
        """Learns from complete rows, shapes (rows, features) and (rows,); any class may be absent."""
        self.classes_ = np.arange(len(CLASSES))
        self.n_features_in_ = X.shape[1]
        fitted = ExtraTreesClassifier(
            n_estimators=self.trees,
            max_features=self.feature_share,
            min_samples_leaf=max(self.min_leaf_rows, ceil(len(y) / self.most_leaves)),
            random_state=self.seed,
            n_jobs=self.threads,
        ).fit(X, y)
        self.forest_ = Forest.of([_tree(one.tree_, fitted.classes_) for one in fitted.estimators_])
        return self

    def predict_proba(self, X: Floats) -> npt.NDArray[np.float64]:
        """Probabilities, shape (rows, 3); a row's are the same bits alone and in a batch."""
        p: npt.NDArray[np.float64] = self.forest_.sums(np.asarray(X)).T / len(self.forest_.roots)
        return p


def _tree(tree: Any, seen: Classes) -> Tree:
    """One of scikit-learn's trees; `seen` are the classes of its values."""
    value = np.zeros((len(CLASSES), tree.node_count))
    value[seen] = tree.value[:, 0, :].T
    return Tree(tree.feature, tree.threshold, tree.children_left, tree.children_right, value)


def _make(seed: int, threads: int) -> Any:
    return RandomTrees(seed=seed, threads=threads)


RECIPE = Recipe("extra_trees", is_baseline=False, make=_make)
