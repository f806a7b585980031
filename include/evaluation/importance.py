"""What a trained model rests on: the skill that it loses on unseen rows when one feature's values are shuffled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

import numpy as np
import numpy.typing as npt
from sklearn.inspection import permutation_importance

from include.evaluation.scores import log_loss_rows
from include.models.candidates import Classifier, predict_proba
from include.models.classes import Classes, Floats

Array = npt.NDArray[np.float64]

MOST_ROWS = 4_000
REPEATS = 3


class Importance(TypedDict):
    """A feature and what shuffling it costs: rise of the log-loss over the class prior's, mean and standard deviation."""

    feature: str
    skill_lost: float
    spread: float


def importance(
    model: Classifier,
    X: Floats,
    y: Classes,
    prior_p: Array,
    columns: Sequence[str],
    seed: int,
    *,
    most_rows: int = MOST_ROWS,
    repeats: int = REPEATS,
) -> list[Importance]:
    """The features by the skill that is lost without them, largest first (permutation importance, Breiman 2001).

    0 is a feature that the model does without, below 0 one that misled it. Features that say the same stand in for each
    other, so each of them alone looks less important than it is.

    Parameters
    ----------
    model
        Trained on none of the rows.
    X
        Its inputs, shape (rows, features), complete, in order of time.
    y
        What came, shape (rows,).
    prior_p
        Class frequencies of the model's training rows, shape (rows, 3).
    columns
        Names of the inputs.
    seed
        Of the shuffles.
    most_rows
        Of more rows, so many are taken, evenly over the time.
    repeats
        Shuffles of each feature, over which mean and spread (standard deviation) are taken.

    Returns
    -------
    list of Importance
        Empty without rows, and where nothing came but the one class of the training rows.
    """
    if not len(y):
        return []
    taken = np.unique(np.linspace(0, len(y) - 1, min(len(y), most_rows)).round().astype(np.int64))
    prior_loss = float(log_loss_rows(y[taken], prior_p[taken]).mean())
    if prior_loss <= 0:  # nothing but the one class that training saw too: no skill, so none to lose
        return []

    def skill(asked: Classifier, rows: Floats, came: Classes) -> float:
        return 1 - float(log_loss_rows(came, predict_proba(asked, rows)).mean()) / prior_loss

    found = permutation_importance(model, X[taken], y[taken], scoring=skill, n_repeats=repeats, random_state=seed)
    return [
        Importance(
            feature=columns[column],
            skill_lost=float(found.importances_mean[column]),
            spread=float(found.importances_std[column]),
        )
        for column in np.argsort(-found.importances_mean, kind="stable")
    ]
