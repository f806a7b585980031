"""A recipe's out-of-sample probabilities: trained anew before every test block, asked for all of its minutes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from include.errors import NotReady
from include.evaluation.walk_forward import Fold, Positions, Seconds
from include.models.candidates import Recipe, Tuning, predict_proba
from include.models.classes import CLASSES, Classes, Floats

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class OutOfSample:
    """Probabilities of rows that the model had not seen, in the order of time.

    Attributes
    ----------
    index
        Positions of the rows in X, y and ts, shape (rows,).
    p, prior_p
        The recipe's probabilities, and the class frequencies of the rows it was trained on, shape (rows, 3).
    fold
        Number of the fold, from 0, shape (rows,).
    """

    index: Positions
    p: Array
    prior_p: Array
    fold: npt.NDArray[np.int64]


def walk_forward_predictions(
    recipe: Recipe,
    X: Floats,
    columns: Sequence[str],
    y: Classes,
    ts: Seconds,
    folds: Sequence[Fold],
    *,
    stride_minutes: int,
    seed: int,
    threads: int,
    tuning: Tuning | None = None,
) -> OutOfSample:
    """Trains the recipe on each fold's strided training rows and predicts all of its test rows.

    Parameters
    ----------
    X
        Complete rows of all features, float32, shape (rows, features).
    columns
        The features' names, in the order of X.
    folds
        At least one, ordered in time, as `purged_walk_forward` gives them.
    stride_minutes
        Training rows are those whose ts is a whole multiple of it, so that one lost minute does not shift the rest.
    tuning
        Of a recipe that searches for its parameters, in each fold's training rows alone; None: within its own bounds.

    Raises
    ------
    NotReady
        A fold has no training row left.
    SettingsError
        The recipe wants a feature that is not among the columns.
    """
    chosen = np.array([list(columns).index(name) for name in recipe.columns(columns)])
    test_p, test_prior = [], []
    for fold in folds:
        train = strided(fold.train, ts, stride_minutes)
        model = recipe.build(seed, threads, tuning).fit(X[np.ix_(train, chosen)], y[train])
        test_p.append(predict_proba(model, X[np.ix_(fold.test, chosen)]))
        test_prior.append(np.tile(class_prior(y[train]), (len(fold.test), 1)))
    return OutOfSample(
        index=np.concatenate([fold.test for fold in folds]),
        p=np.concatenate(test_p),
        prior_p=np.concatenate(test_prior),
        fold=np.repeat(np.arange(len(folds)), [len(fold.test) for fold in folds]),
    )


def strided(rows: Positions, ts: Seconds, stride_minutes: int) -> Positions:
    """Those of the rows whose ts is a whole multiple of the stride; raises NotReady where none is."""
    kept: Positions = rows[ts[rows] % (stride_minutes * 60) == 0]
    if not len(kept):
        raise NotReady(f"No training minute is a multiple of training.stride_minutes = {stride_minutes}; set it to 1.")
    return kept


def class_prior(y: Classes) -> Array:
    """The frequencies of the classes, shape (3,)."""
    return np.bincount(y, minlength=len(CLASSES)) / len(y)
