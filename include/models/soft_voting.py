"""Candidate `soft_voting`: the mean of what `lightgbm` and `logistic` say, which err in different ways."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, ClassifierMixin, clone

from include.models import lightgbm_trees, logistic
from include.models.classes import CLASSES, Classes, Floats
from include.models.recipe import Classifier, Recipe, fit
from include.models.training_rows import TrainingRows


class SoftVoting(ClassifierMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """The mean of the probabilities of several classifiers.

    Parameters
    ----------
    estimators
        Untrained classifiers that answer with three columns; copies of them are trained.
    """

    def __init__(self, estimators: Sequence[Classifier]) -> None:
        self.estimators = estimators

    def fit(self, X: Floats, y: Classes) -> Self:
        """Trains a copy of each on all rows."""
        return self.fit_rows(TrainingRows(X), y)

    def fit_rows(self, rows: TrainingRows, y: Classes) -> Self:
        """`fit` on rows that others are fitted on as well."""
        self.classes_ = np.arange(len(CLASSES))
        self.estimators_ = [fit(clone(estimator), rows, y) for estimator in self.estimators]
        return self

    def predict_proba(self, X: Floats) -> npt.NDArray[np.float64]:
        """Probabilities, shape (rows, 3), added up in the order of the estimators."""
        total = np.zeros((len(X), len(CLASSES)))
        for estimator in self.estimators_:
            total += estimator.predict_proba(X)
        return total / len(self.estimators_)


PARTS = (lightgbm_trees.RECIPE, logistic.RECIPE)


def _make(seed: int, threads: int) -> Any:
    return SoftVoting([part.build(seed, threads) for part in PARTS])


RECIPE = Recipe("soft_voting", is_baseline=False, make=_make, mean_of=tuple(part.name for part in PARTS))
