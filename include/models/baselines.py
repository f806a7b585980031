"""What every candidate must beat: the training rows' class frequencies, and the last hour's volatility alone."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.dummy import DummyClassifier

from include.models.all_classes import AllClasses
from include.models.classes import Floats
from include.models.logistic import Array, WinsorisedLogistic
from include.models.recipe import Recipe

SMALLEST_VOLATILITY = 1e-8  # an hour without any change of price has a volatility of 0 and no logarithm


class LogVolatilityLogistic(WinsorisedLogistic):
    """Logistic regression on the logarithm of volatilities: a price twice as lively shifts the odds by one step."""

    def prepare(self, X: Floats) -> Array:
        """log(max(volatility, 1e-8))."""
        return np.log(np.maximum(X.astype(np.float64), SMALLEST_VOLATILITY))


def _make_class_prior(seed: int, threads: int) -> Any:
    return AllClasses(DummyClassifier(strategy="prior"))


def _make_volatility(seed: int, threads: int) -> Any:
    return LogVolatilityLogistic(threads=threads)


CLASS_PRIOR = Recipe("class_prior", is_baseline=True, make=_make_class_prior)
VOLATILITY_60M = Recipe("volatility_60m", is_baseline=True, make=_make_volatility, only=("realised_volatility_60m",))
