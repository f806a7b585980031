"""Trained decision trees as plain arrays: what the tree candidates of scikit-learn keep, and how they are scored.

scikit-learn's own objects are not kept: their private types would all have to be trusted by the artifact's loader, a
later version could not read them, and one row asks them for a hundred small calls.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from include.models.classes import CLASSES, Floats

Array = npt.NDArray[np.float64]
Integers = npt.NDArray[np.integer]

BLOCK = 1 << 18  # trees × rows walked at once: what then lies between two steps stays in the processor's cache


@dataclass(frozen=True, eq=False)
class Tree:
    """One tree: a row goes from node 0 left where its feature is <= the threshold, and right otherwise.

    All of shape (nodes,) but `value`, shape (3, nodes): what a row that ends there adds to each class. A leaf has -1 for
    `left` and `right`.
    """

    feature: Integers
    threshold: Array
    left: Integers
    right: Integers
    value: Array

    @property
    def depth(self) -> int:
        """Steps from node 0 to the farthest leaf."""
        steps, level = 0, np.array([0])
        while (inner := level[self.left[level] >= 0]).size:
            level = np.concatenate([self.left[inner], self.right[inner]])
            steps += 1
        return steps


@dataclass(frozen=True, eq=False)
class Forest:
    """The trees one behind the other.

    Attributes
    ----------
    roots
        The first node of each tree, shape (trees,).
    feature, threshold
        Of each node, shape (nodes,).
    children
        Left and right one of each node, shape (2 · nodes,); a leaf's are itself.
    value
        Shape (3, nodes).
    depth
        Steps after which every row has reached its leaf.
    """

    roots: Integers
    feature: Integers
    threshold: Array
    children: Integers
    value: Array
    depth: int

    @classmethod
    def of(cls, trees: Sequence[Tree]) -> Self:
        """The forest of these trees, at least one."""
        roots = np.cumsum([0, *(len(tree.feature) for tree in trees[:-1])])
        children = [_children(tree, first) for tree, first in zip(trees, roots, strict=True)]
        return cls(
            roots=roots.astype(np.int32),
            feature=np.concatenate([np.maximum(tree.feature, 0) for tree in trees]).astype(np.int16),
            threshold=np.concatenate([tree.threshold for tree in trees]),
            children=np.concatenate(children).astype(np.int32),
            value=np.concatenate([tree.value for tree in trees], axis=1),
            depth=max(tree.depth for tree in trees),
        )

    def sums(self, X: Floats) -> Array:
        """The values of each row's leaves, added up in the order of the trees, shape (3, rows).

        A row's are the same bits alone and in a batch.
        """
        total = np.zeros((len(CLASSES), len(X)))
        rows = max(1, BLOCK // len(self.roots))
        for start in range(0, len(X), rows):
            for leaves in self._leaves(X[start : start + rows]):
                total[:, start : start + rows] += self.value.take(leaves, axis=1, mode="clip")
        return total

    def _leaves(self, X: Floats) -> Integers:
        """The leaf of each row in each tree, shape (trees, rows)."""
        # take with "clip" needs no check of bounds, and small integers half of the cache: twice as fast as indexing
        values = np.ascontiguousarray(X).ravel()
        row = (np.arange(len(X)) * X.shape[1]).astype(np.int32)
        node = np.repeat(self.roots[:, None], len(X), axis=1)
        for _ in range(min(self.depth, len(self.feature))):  # no way is longer, whatever a file says
            value = values.take(self.feature.take(node, mode="clip") + row, mode="clip")
            node = self.children.take(2 * node + (value > self.threshold.take(node, mode="clip")), mode="clip")
        return node


def _children(tree: Tree, first: int) -> Integers:
    itself = np.arange(len(tree.left))
    pairs = np.column_stack([tree.left, tree.right])
    children: Integers = np.where(pairs >= 0, pairs, itself[:, None]).ravel() + first
    return children
