"""Candidate `two_step`: trees that say how likely a move is, and others that say to which side, if there is one.

That a move comes is forecastable, mostly from volatility: a logistic regression says it first, which goes on where
markets are livelier than any that were seen, and trees mend what it misses. The side hardly is, and is learned from the
moves alone, by trees held back for it. One model of three classes learns UP and DOWN apart, each from half of the moves.
"""

from __future__ import annotations

from typing import Any, Self

import lightgbm as lgb
import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, ClassifierMixin

from include.models.classes import CLASSES, SIDEWAYS, UP, Classes, Floats
from include.models.lightgbm_trees import BoostedTrees
from include.models.logistic import Array, SoftLogLogistic, are_widths
from include.models.recipe import Recipe
from include.models.training_rows import TrainingRows

BOOSTERS = ("move_", "side_")
MOVE = {"leaves": 15, "learning_rate": 0.03, "rounds": 240, "feature_share": 0.2}
SIDE = {"leaves": 7, "learning_rate": 0.03, "rounds": 120, "feature_share": 0.3, "l2": 50.0}
FEWEST_LEAF_ROWS = 200
SMALLEST_LEAF = 1 / 50  # of the rows: what fewer of them share is the weather of a few days


class TwoStepTrees(ClassifierMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """p(UP) = p(move) · p(UP given a move), each from LightGBM's binary trees.

    The rows must be in order of time.

    Parameters
    ----------
    recency
        How many times the oldest row's weight the newest one has for p(move), growing by an equal factor from row to
        row: how often the price moves changes with the years.
    seed
        Of everything that LightGBM draws at random.
    threads
        Threads of training; scoring uses one.

    Attributes
    ----------
    widths_
        Which features the regression sees, shape (features,): the widths, or all where none is one.
    start_
        The trained SoftLogLogistic of a move (class 1) against none (class 0), from which the trees of `move_` go on.
    side_start_
        Logarithm of the training moves' UP over DOWN; infinite where there was one side alone, 0 without a move.
    move_, side_
        The trained `lightgbm.Booster`s of p(move) and of p(UP given a move); None where training saw one answer alone.
    """

    def __init__(self, recency: float = 4.0, seed: int = 0, threads: int = 1) -> None:
        self.recency = recency
        self.seed = seed
        self.threads = threads

    def fit(self, X: Floats, y: Classes) -> Self:
        """Learns from complete rows, shapes (rows, features) and (rows,); any class may be absent."""
        return self.fit_rows(TrainingRows(X), y)

    def fit_rows(self, rows: TrainingRows, y: Classes) -> Self:
        """`fit` on rows that others are fitted on as well: they are binned once."""
        self.classes_ = np.arange(len(CLASSES))
        self.n_features_in_ = rows.X.shape[1]
        moved = np.asarray(y) != SIDEWAYS
        self._fit_move(rows, moved)
        self._fit_side(TrainingRows(rows.X[moved]), np.asarray(y)[moved] == UP)
        return self

    def predict_proba(self, X: Floats) -> npt.NDArray[np.float64]:
        """Probabilities, shape (rows, 3); a row's are the same bits alone and in a batch."""
        rows = np.asarray(X)
        move = _sigmoid(self._start(rows) + _raw(self.move_, rows))
        up = _sigmoid(self.side_start_ + _raw(self.side_, rows))
        return np.column_stack([move * (1 - up), 1 - move, move * up])

    def _fit_move(self, rows: TrainingRows, moved: npt.NDArray[np.bool_]) -> None:
        widths = are_widths(rows.X)
        self.widths_ = widths if widths.any() else ~widths
        self.start_ = SoftLogLogistic(threads=self.threads).fit(rows.X[:, self.widths_], moved.astype(np.int8))
        smallest = max(FEWEST_LEAF_ROWS, round(len(moved) * SMALLEST_LEAF))
        weight = self.recency ** np.linspace(-1, 0, len(moved))
        self.move_ = self._boost(MOVE | {"min_leaf_rows": smallest}, rows, moved, weight, self._start(rows.X))

    def _fit_side(self, rows: TrainingRows, up: npt.NDArray[np.bool_]) -> None:
        share = up.mean() if len(up) else 0.5
        with np.errstate(divide="ignore"):  # a side that training did not see has no logarithm but -inf
            self.side_start_ = float(np.log(share) - np.log(1 - share))
        self.side_ = self._boost(SIDE, rows, up, None, np.full(len(up), self.side_start_))

    def _start(self, X: Floats) -> Array:
        """The regression's logarithm of p(move) / p(none), shape (rows,)."""
        none, move, _ = self.start_.scores(X[:, self.widths_])
        start: Array = move - none
        return start

    def _boost(
        self,
        chosen: dict[str, Any],
        rows: TrainingRows,
        y: npt.NDArray[np.bool_],
        weight: Floats | None,
        start: Array,
    ) -> lgb.Booster | None:
        if y.all() or not y.any():
            return None
        trees = BoostedTrees(**chosen, seed=self.seed, threads=self.threads)
        parameters = {**trees.parameters(), "objective": "binary", "num_class": 1}
        return lgb.train(
            parameters, rows.binned(y.astype(np.int8), parameters, weight, start), num_boost_round=trees.rounds
        )

    def __getstate__(self) -> dict[str, Any]:
        """As a part of a skops artifact: the trees as text, which any version of LightGBM reads."""
        return {
            name: str(value.model_to_string()) if name in BOOSTERS and value else value
            for name, value in self.__dict__.items()
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Raises lightgbm.basic.LightGBMError where a text is not one of LightGBM's."""
        for name, value in state.items():
            setattr(self, name, lgb.Booster(model_str=value) if name in BOOSTERS and value else value)


def _raw(booster: lgb.Booster | None, X: Floats) -> Array:
    """What the trees add to the logarithm of the odds, shape (rows,)."""
    if booster is None:
        return np.zeros(len(X))
    return np.asarray(booster.predict(X, raw_score=True, num_threads=1), dtype=np.float64)


def _sigmoid(score: Array) -> Array:
    p: Array = 1 / (1 + np.exp(-score))
    return p


def _make(seed: int, threads: int) -> Any:
    return TwoStepTrees(seed=seed, threads=threads)


RECIPE = Recipe("two_step", is_baseline=False, make=_make)
