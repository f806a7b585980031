"""Three columns from any scikit-learn classifier, also from one that saw only one or two of the classes."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, ClassifierMixin, clone

from include.models.classes import CLASSES, Classes, Floats


class AllClasses(ClassifierMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """A classifier of the classes 0, 1, 2 around one that knows only those it was shown; unseen ones get 0.

    Parameters
    ----------
    estimator
        An untrained classifier; a copy of it is trained.
    """

    def __init__(self, estimator: Any) -> None:
        self.estimator = estimator

    def fit(self, X: Floats, y: Classes) -> Self:
        """Trains a copy of the estimator on complete rows."""
        self.classes_ = np.arange(len(CLASSES))
        self.estimator_ = clone(self.estimator).fit(X, y)
        return self

    def predict_proba(self, X: Floats) -> npt.NDArray[np.float64]:
        """Probabilities, shape (rows, 3)."""
        p = np.zeros((len(X), len(CLASSES)))
        p[:, self.estimator_.classes_] = self.estimator_.predict_proba(X)
        return p
