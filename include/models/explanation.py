"""What a trained model's answer to one row rests on, by the way that is exact for its kind.

LightGBM's own SHAP values for its trees (`pred_contrib`, Lundberg and others 2018), coefficient times distance from the
training mean for a logistic regression: both add up, with the base, to the score. Where neither is at hand, what changes in
the probabilities when a feature is replaced by its training median; that adds up to nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import lightgbm as lgb
import numpy as np
import numpy.typing as npt

from include.models.candidates import Classifier, predict_proba
from include.models.classes import CLASSES
from include.models.lightgbm_trees import BoostedTrees
from include.models.logistic import WinsorisedLogistic
from include.models.soft_voting import SoftVoting
from include.models.two_step import TwoStepTrees

Array = npt.NDArray[np.float64]

SHAP = "SHAP values of LightGBM's trees"
LINEAR = "coefficient × distance from the training mean"
BOTH = f"{LINEAR}, and {SHAP}"
OCCLUSION = "change of the probability when the feature is replaced by its training median"


@dataclass(frozen=True, eq=False)
class Part:
    """One part of a model.

    Attributes
    ----------
    name
        Which one; of a model of one part `model`.
    method
        How the contributions were found.
    outputs
        What the scores are: classes, or other names.
    score
        Of each output, shape (outputs,): logarithms of odds up to a constant, or with OCCLUSION probabilities.
    base
        The score where no feature says anything, shape (outputs,); None with OCCLUSION.
    contributions
        Shape (outputs, features); with the base they add up to the score, but with OCCLUSION.
    """

    name: str
    method: str
    outputs: tuple[str, ...]
    score: Array
    base: Array | None
    contributions: Array


def explain_row(model: Classifier, row: npt.NDArray[np.float32], median: Array | None) -> list[Part]:
    """The parts of the model and what each rests on.

    Parameters
    ----------
    row
        The model's inputs, shape (1, features), complete.
    median
        Of each input in the training rows, shape (features,); None: unknown, which OCCLUSION refuses.

    Raises
    ------
    ValueError
        The model is explained by OCCLUSION alone, and the medians are unknown.
    """
    if isinstance(model, BoostedTrees):
        base, contributions = _shap(model.booster_, row)
        return [_adding_up("model", SHAP, CLASSES, base, contributions)]
    if isinstance(model, WinsorisedLogistic):
        return [_adding_up("model", LINEAR, CLASSES, model.intercept_, _linear(model, row))]
    if isinstance(model, TwoStepTrees):
        return [_move(model, row), _side(model, row)]
    if isinstance(model, SoftVoting):
        parts = [(one, type(one).__name__) for one in model.estimators_]
        return [_named(part, name) for one, name in parts for part in explain_row(one, row, median)]
    return [_occlusion(model, row, median)]


def _named(part: Part, name: str) -> Part:
    return Part(name, part.method, part.outputs, part.score, part.base, part.contributions)


def _adding_up(name: str, method: str, outputs: Sequence[str], base: Array, contributions: Array) -> Part:
    return Part(name, method, tuple(outputs), base + contributions.sum(axis=1), base, contributions)


def _shap(booster: lgb.Booster, row: Any) -> tuple[Array, Array]:
    """Base and contributions, shapes (outputs,) and (outputs, features)."""
    found = np.asarray(booster.predict(row, pred_contrib=True, num_threads=1), dtype=np.float64)
    by_output = found.reshape(-1, row.shape[1] + 1)
    return by_output[:, -1], by_output[:, :-1]


def _linear(model: WinsorisedLogistic, row: Any) -> Array:
    """Weight × standardised feature, which is coefficient × (transformed value − training mean)."""
    contributions: Array = model.weights_ * model.standardised(row)[0]
    return contributions


def _move(model: TwoStepTrees, row: Any) -> Part:
    """The logarithm of p(move) / p(none): the regression on widths, and the trees that mend it."""
    contributions = np.zeros((1, row.shape[1]))
    linear = _linear(model.start_, row[:, model.widths_])
    contributions[0, model.widths_] = linear[1] - linear[0]
    base = model.start_.intercept_[1:2] - model.start_.intercept_[0:1]
    if model.move_ is not None:
        added, by_trees = _shap(model.move_, row)
        base, contributions = base + added, contributions + by_trees
    return _adding_up("move", BOTH, ["move"], base, contributions)


def _side(model: TwoStepTrees, row: Any) -> Part:
    """The logarithm of p(UP) / p(DOWN) if the price moves."""
    base, contributions = np.array([model.side_start_]), np.zeros((1, row.shape[1]))
    if model.side_ is not None:
        added, contributions = _shap(model.side_, row)
        base = base + added
    return _adding_up("side of a move", SHAP, ["UP"], base, contributions)


def _occlusion(model: Classifier, row: Any, median: Array | None) -> Part:
    if median is None:
        raise ValueError("The medians of the training rows are not known.")
    replaced = np.repeat(row, row.shape[1], axis=0)
    np.fill_diagonal(replaced, median.astype(np.float32))
    p = predict_proba(model, row)[0]
    contributions = p[:, None] - predict_proba(model, replaced).T
    return Part("model", OCCLUSION, tuple(CLASSES), p, None, contributions)
