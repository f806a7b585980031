"""The predecessor's own metrics, for those who want to compare. They judge nothing here: always SIDEWAYS beats it in them.

They call the class with the largest probability the prediction, count DOWN on a SIDEWAYS row as a right direction, and
take minutes of one move for independent.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from include.models.classes import DOWN, SIDEWAYS, UP, Classes

Array = npt.NDArray[np.float64]

HIGH_CONFIDENCE = 0.8
DIRECTIONAL_WEIGHT, OVERALL_WEIGHT, HIGH_CONFIDENCE_WEIGHT = 0.5, 0.3, 0.2


@dataclass(frozen=True)
class LegacyScores:
    """The legacy scores of a recipe and what always SIDEWAYS has on the same rows; None is unknown.

    Attributes
    ----------
    legacy_accuracy
        Share of the rows whose most probable class came.
    legacy_directional_accuracy, legacy_directional_rows
        Among the rows predicted as UP or DOWN: share of those where (truth is UP) is (prediction is UP).
    legacy_high_confidence_accuracy, legacy_high_confidence_rows
        Accuracy among the rows whose largest probability is over 0.8.
    legacy_balanced_score
        0.5 × directional + 0.3 × overall + 0.2 × high-confidence accuracy, one without rows counting 0.
    legacy_sideways_accuracy, legacy_sideways_balanced_score
        The same of the constant answer SIDEWAYS with probability 1, which never names a direction; its high-confidence
        accuracy is its accuracy.
    """

    legacy_accuracy: float | None = None
    legacy_directional_accuracy: float | None = None
    legacy_directional_rows: int = 0
    legacy_high_confidence_accuracy: float | None = None
    legacy_high_confidence_rows: int = 0
    legacy_balanced_score: float | None = None
    legacy_sideways_accuracy: float | None = None
    legacy_sideways_balanced_score: float | None = None


def legacy_scores(y: Classes, p: Array) -> LegacyScores:
    """The legacy scores of probabilities, shape (rows, 3); of equal probabilities the first class counts."""
    if not len(y):
        return LegacyScores()
    predicted, largest = _most_probable(p)
    right = predicted == y
    directional = predicted != SIDEWAYS
    right_side = ((y == UP) == (predicted == UP))[directional]
    confident = right[largest > HIGH_CONFIDENCE]
    overall, constant = float(right.mean()), float((y == SIDEWAYS).mean())
    return LegacyScores(
        legacy_accuracy=overall,
        legacy_directional_accuracy=_mean(right_side),
        legacy_directional_rows=len(right_side),
        legacy_high_confidence_accuracy=_mean(confident),
        legacy_high_confidence_rows=len(confident),
        legacy_balanced_score=_balanced(_mean(right_side), overall, _mean(confident)),
        legacy_sideways_accuracy=constant,
        legacy_sideways_balanced_score=_balanced(None, constant, constant),
    )


def _most_probable(p: Array) -> tuple[npt.NDArray[np.int8], Array]:
    """The class of the largest probability, of equal ones the first, and that probability: argmax and max, faster."""
    down, sideways, up = p[:, DOWN], p[:, SIDEWAYS], p[:, UP]
    largest = np.maximum(np.maximum(down, sideways), up)
    return np.where(down == largest, DOWN, np.where(sideways == largest, SIDEWAYS, UP)).astype(np.int8), largest


def _balanced(directional: float | None, overall: float, high_confidence: float | None) -> float:
    return (
        DIRECTIONAL_WEIGHT * (directional or 0.0)
        + OVERALL_WEIGHT * overall
        + HIGH_CONFIDENCE_WEIGHT * (high_confidence or 0.0)
    )


def _mean(right: npt.NDArray[np.bool_]) -> float | None:
    return float(right.mean()) if len(right) else None
