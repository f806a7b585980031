from __future__ import annotations

import numpy as np
import pytest
from sklearn.ensemble import ExtraTreesClassifier, HistGradientBoostingClassifier

from include.models.artifacts import LARGEST_BYTES, dump
from include.models.extra_trees import RandomTrees
from include.models.forest import Forest, Tree
from include.models.hist_gradient_boosting import HistTrees
from include.models.logistic import Array

RNG = np.random.default_rng(5)
X = RNG.normal(size=(6000, 7)).astype(np.float32)
X[:, 3] = np.round(X[:, 3])  # a feature of few values, so that rows lie exactly on a split
Y = np.clip(np.round(X[:, 0] * X[:, 1] + X[:, 3] / 2 + RNG.normal(size=6000)), -1, 1).astype(int) + 1
CLASSES_SEEN = [(0, 1, 2), (0, 2), (1, 2)]


def stump(feature: int, threshold: float, left: float, right: float) -> Tree:
    """UP gets `left` where the feature is <= the threshold, and `right` otherwise."""
    value = np.zeros((3, 3))
    value[2] = 0, left, right
    return Tree(
        np.array([feature, -2, -2]), np.array([threshold, 0, 0]), np.array([1, -1, -1]), np.array([2, -1, -1]), value
    )


def test_trees_are_added_up() -> None:
    """At most 1 goes left (+10), the second tree looks at another feature (+1 or +2)."""
    forest = Forest.of([stump(0, 1.0, 10, 20), stump(1, 0.5, 1, 2)])
    rows = np.array([[1, 0], [1.001, 0], [0, 1]], dtype=np.float32)
    np.testing.assert_array_equal(forest.sums(rows)[2], [11, 21, 12])


def test_a_tree_without_a_split_adds_its_one_value() -> None:
    """Beside a deeper one, whose rows walk on."""
    alone = Tree(np.array([-2]), np.zeros(1), np.array([-1]), np.array([-1]), np.array([[0.0], [5.0], [0.0]]))
    assert (alone.depth, stump(0, 1.0, 10, 20).depth) == (0, 1)
    np.testing.assert_array_equal(Forest.of([alone]).sums(X[:2])[1], [5, 5])
    np.testing.assert_array_equal(Forest.of([alone, stump(0, 9.0, 10, 20)]).sums(X[:1]), [[0], [5], [10]])


@pytest.mark.parametrize("seen", CLASSES_SEEN)
def test_boosted_trees_are_scikit_learns(seen: tuple[int, ...]) -> None:
    """Kept as arrays they say what scikit-learn's own object says, for three classes and for two."""
    rows, classes = X[np.isin(Y, seen)], Y[np.isin(Y, seen)]
    ours: Array = HistTrees(rounds=20, min_leaf_rows=20, seed=3).fit(rows, classes).predict_proba(X)
    theirs = HistGradientBoostingClassifier(
        max_leaf_nodes=15, learning_rate=0.04, max_iter=20, min_samples_leaf=20, max_bins=63, early_stopping=False,
        random_state=3,
    ).fit(rows, classes)  # fmt: skip
    np.testing.assert_allclose(ours[:, seen], theirs.predict_proba(X), rtol=1e-12)


@pytest.mark.parametrize("seen", CLASSES_SEEN)
def test_random_trees_are_scikit_learns(seen: tuple[int, ...]) -> None:
    """Kept as arrays they say what scikit-learn's own object says, for three classes and for two."""
    rows, classes = X[np.isin(Y, seen)], Y[np.isin(Y, seen)]
    ours: Array = RandomTrees(trees=7, min_leaf_rows=20, seed=3).fit(rows, classes).predict_proba(X)
    theirs = ExtraTreesClassifier(7, max_features=0.3, min_samples_leaf=20, random_state=3).fit(rows, classes)
    np.testing.assert_allclose(ours[:, seen], theirs.predict_proba(X), rtol=1e-12)


def test_threads_change_nothing() -> None:
    """Two threads train the model that one trains."""
    for make in (HistTrees, RandomTrees):
        one, two = (make(seed=3, threads=threads).fit(X, Y).predict_proba(X) for threads in (1, 2))
        np.testing.assert_array_equal(one, two)


def test_many_rows_make_no_larger_artifact() -> None:
    """Where leaves of the smallest size would make a tree too large, they are larger: under the limit by far."""
    forest = RandomTrees(min_leaf_rows=1, most_leaves=500).fit(np.tile(X, (2, 1)), np.tile(Y, 2)).forest_
    assert np.diff([*forest.roots, len(forest.feature)]).max() <= 2 * 500 - 1
    bytes_a_node = sum(array.nbytes for array in (forest.feature, forest.threshold, forest.children, forest.value)) / (
        len(forest.feature)
    )
    largest = RandomTrees().trees * (2 * RandomTrees().most_leaves - 1) * bytes_a_node
    assert largest < LARGEST_BYTES / 2
    assert len(dump(RandomTrees().fit(X, Y))[0]) < LARGEST_BYTES / 2
