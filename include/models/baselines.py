"""What every candidate must beat: class frequencies, a constant answer, and the last hour's volatility alone."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.dummy import DummyClassifier

from include.models.all_classes import AllClasses
from include.models.classes import CLASSES, SIDEWAYS, Classes, Floats
from include.models.logistic import Array, WinsorisedLogistic
from include.models.recipe import Recipe

SMALLEST_VOLATILITY = 1e-8  # an hour without any change of price has a volatility of 0 and no logarithm


class LogVolatilityLogistic(WinsorisedLogistic):
    """Logistic regression on the logarithm of volatilities: a price twice as lively shifts the odds by one step."""

    def prepare(self, X: Floats) -> Array:
        """log(max(volatility, 1e-8))."""
        return np.log(np.maximum(X.astype(np.float64), SMALLEST_VOLATILITY))


class AlwaysSideways(ClassifierMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """p(SIDEWAYS) = 1 for every row: what an accuracy is to be read beside, whatever the rows.

    `candidates.predict_proba` leaves UP and DOWN 1e-6 each, so that its log-loss is defined: a move costs 13.8, and its
    skill over the class prior is far below 0. What it says with the frequencies of the training rows is `class_prior`.
    """

    def fit(self, X: Floats, y: Classes) -> Self:
        """Learns nothing."""
        self.classes_ = np.arange(len(CLASSES))
        self.n_features_in_ = X.shape[1]
        return self

    def predict_proba(self, X: Floats) -> Array:
        """Probabilities, shape (rows, 3)."""
        p = np.zeros((len(X), len(CLASSES)))
        p[:, SIDEWAYS] = 1
        return p


def _make_class_prior(seed: int, threads: int) -> Any:
    return AllClasses(DummyClassifier(strategy="prior"))


def _make_sideways(seed: int, threads: int) -> Any:
    return AlwaysSideways()


def _make_volatility(seed: int, threads: int) -> Any:
    return LogVolatilityLogistic(threads=threads)


CLASS_PRIOR = Recipe("class_prior", is_baseline=True, make=_make_class_prior)
ALWAYS_SIDEWAYS = Recipe("always_sideways", is_baseline=True, make=_make_sideways)
VOLATILITY_60M = Recipe("volatility_60m", is_baseline=True, make=_make_volatility, only=("realised_volatility_60m",))
