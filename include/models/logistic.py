"""Candidate `logistic`: multinomial logistic regression on winsorised, standardised features, widths as logarithms.

Trained by scikit-learn, scored here: scikit-learn multiplies matrices with BLAS, whose sums depend in their last bits
on how many rows are asked at once, and a stored signal must be recomputable from its one row.
"""

from __future__ import annotations

from typing import Any, Self

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from threadpoolctl import threadpool_limits

from include.models.classes import CLASSES, Classes, Floats
from include.models.recipe import Recipe

Array = npt.NDArray[np.float64]


class WinsorisedLogistic(ClassifierMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """Logistic regression whose features are cut off at their training quantiles and then standardised.

    Parameters
    ----------
    tail
        Share of the training rows cut off on either side of each feature; one crash minute would else set the slope.
    threads
        Threads of the fit; scoring uses one.

    Attributes
    ----------
    low_, high_, mean_, scale_
        Of each feature, shape (features,).
    weights_, intercept_
        Shapes (3, features) and (3,); the intercept of a class that training did not see is -inf.
    """

    def __init__(self, tail: float = 0.001, threads: int = 1) -> None:
        self.tail = tail
        self.threads = threads

    def fit(self, X: Floats, y: Classes) -> Self:
        """Learns from complete rows, shapes (rows, features) and (rows,); any class may be absent."""
        prepared = self.prepare(np.asarray(X))
        self.classes_ = np.arange(len(CLASSES))
        self.n_features_in_ = prepared.shape[1]
        self.low_, self.high_ = np.quantile(prepared, [self.tail, 1 - self.tail], axis=0)
        scaler = StandardScaler().fit(self._winsorise(prepared))
        self.mean_, self.scale_ = scaler.mean_, scaler.scale_
        self.weights_, self.intercept_ = self._fit_weights(self._standardise(prepared), np.asarray(y))
        return self

    def predict_proba(self, X: Floats) -> Array:
        """Probabilities, shape (rows, 3); a row's are the same bits alone and in a batch."""
        return softmax(self.scores(X))

    def scores(self, X: Floats) -> Array:
        """What the probabilities are the softmax of, shape (3, rows); -inf for a class that training did not see."""
        return linear_scores(self.standardised(X), self.weights_, self.intercept_)

    def standardised(self, X: Floats) -> Array:
        """What the weights are multiplied with, shape (rows, features): 0 at the mean of the training rows."""
        return self._standardise(self.prepare(np.asarray(X)))

    def prepare(self, X: Floats) -> Array:
        """The features as the regression sees them."""
        return X.astype(np.float64)

    def regression(self, rows: int) -> LogisticRegression:
        """The untrained regression over that many rows."""
        return LogisticRegression(max_iter=500)

    def _winsorise(self, prepared: Array) -> Array:
        return np.clip(prepared, self.low_, self.high_)

    def _standardise(self, prepared: Array) -> Array:
        standardised: Array = (self._winsorise(prepared) - self.mean_) / self.scale_
        return standardised

    def _fit_weights(self, standardised: Array, y: Classes) -> tuple[Array, Array]:
        seen = np.unique(y)
        weights = np.zeros((len(CLASSES), standardised.shape[1]))
        intercept = np.full(len(CLASSES), -np.inf)
        intercept[seen] = 0.0
        if len(seen) > 1:
            with threadpool_limits(self.threads):
                fitted = self.regression(len(y)).fit(standardised, y)
            # of two classes scikit-learn keeps the second one's weights alone
            learned = seen if len(seen) > 2 else seen[1:]
            weights[learned], intercept[learned] = fitted.coef_, fitted.intercept_
        return weights, intercept


class SoftLogLogistic(WinsorisedLogistic):
    """WinsorisedLogistic that sees widths as logarithms and keeps the slopes of many alike features small.

    A feature whose training rows lie on one side of 0 is a width, a volatility, a distance from the extreme: its tail is
    long, and what matters is how many times the usual it is. It becomes sign · log(1 + |feature| / unit), a logarithm
    that is a line near 0. What lies on both sides stays as it is.

    Parameters
    ----------
    shrinkage
        λ in the penalty λ/2 · |weights|² beside the mean log-loss of a row; the same however many rows there are, since
        neighbouring minutes add little.
    knee
        `unit` as a fraction of the feature's median size.
    tail, threads
        As WinsorisedLogistic.

    Attributes
    ----------
    unit_
        Of each feature, shape (features,); 0 for one that stays as it is.
    """

    def __init__(self, shrinkage: float = 0.01, knee: float = 0.1, tail: float = 0.001, threads: int = 1) -> None:
        super().__init__(tail=tail, threads=threads)
        self.shrinkage = shrinkage
        self.knee = knee

    def fit(self, X: Floats, y: Classes) -> Self:
        """Learns from complete rows, shapes (rows, features) and (rows,); any class may be absent."""
        rows = np.asarray(X, dtype=np.float64)
        self.unit_ = np.where(are_widths(rows, self.tail), self.knee * np.abs(np.median(rows, axis=0)), 0.0)
        return super().fit(X, y)

    def prepare(self, X: Floats) -> Array:
        """The features as the regression sees them."""
        rows = X.astype(np.float64)
        widths = self.unit_ > 0
        rows[:, widths] = np.sign(rows[:, widths]) * np.log1p(np.abs(rows[:, widths]) / self.unit_[widths])
        return rows

    def regression(self, rows: int) -> LogisticRegression:
        """With the penalty in scikit-learn's measure: beside the sum over the rows, and the other way round."""
        return LogisticRegression(C=1 / (self.shrinkage * rows), max_iter=500)


def are_widths(X: Floats, tail: float = 0.001) -> npt.NDArray[np.bool_]:
    """Which features lie on one side of 0 but for a tail of the rows, shape (features,)."""
    one_sided: npt.NDArray[np.bool_] = np.minimum((X < 0).mean(axis=0), (X > 0).mean(axis=0)) <= tail
    return one_sided


def linear_scores(features: Array, weights: Array, intercept: Array) -> Array:
    """intercept + weights · features of each class, shape (3, rows), added up in the order of the features."""
    scores = np.repeat(intercept[:, None], len(features), axis=1)
    for feature, weight in zip(features.T, weights.T, strict=True):
        scores += weight[:, None] * feature
    return scores


def softmax(scores: Array) -> Array:
    """exp(score) / sum of exp(scores) over the classes: from shape (3, rows) to (rows, 3)."""
    down, sideways, up = np.exp(scores - scores.max(axis=0))
    total = (down + sideways) + up
    return np.column_stack([down / total, sideways / total, up / total])


def _make(seed: int, threads: int) -> Any:
    return SoftLogLogistic(threads=threads)  # its fit draws nothing at random


RECIPE = Recipe("logistic", is_baseline=False, make=_make)
