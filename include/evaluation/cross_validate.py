"""A recipe's out-of-sample probabilities: trained anew before every test block, asked for all of its minutes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from include.errors import NotReady
from include.evaluation.walk_forward import Fold, Positions, Seconds
from include.models.candidates import Classifier, Recipe, Tuning, fit, predict_proba
from include.models.classes import CLASSES, Classes, Floats
from include.models.training_rows import TrainingRows

Array = npt.NDArray[np.float64]

NO_ROW = "No training minute before a test fold is a multiple of training.stride_minutes; set it to 1."


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

    def sharing(self, other: OutOfSample) -> OutOfSample:
        """The same, with the other's arrays where they are equal: recipes of one cell differ in `p` alone."""
        theirs = {name: getattr(other, name) for name in ("index", "prior_p", "fold")}
        return replace(
            self, **{name: kept for name, kept in theirs.items() if np.array_equal(kept, getattr(self, name))}
        )


class TrainingTable:
    """Labelled rows, a stride apart and in order of time, from which the folds of a walk-forward take theirs.

    Parameters
    ----------
    ts
        Epoch seconds, ascending, shape (rows,); of several symbols' rows some are equal.
    X
        Complete rows, shape (rows, inputs).
    columns
        The inputs' names.
    forward_log_return
        What the labels are made of, shape (rows,).
    """

    def __init__(self, ts: Seconds, X: Floats, columns: Sequence[str], forward_log_return: Floats) -> None:
        self.ts = ts
        self.X = X
        self.columns = tuple(columns)
        self.forward_log_return = forward_log_return
        self._rows: dict[tuple[tuple[str, ...], int], TrainingRows] = {}
        self._found: dict[tuple[str, int], Mapping[str, Any]] = {}

    @property
    def hash(self) -> str:
        """SHA-256 of every byte of it."""
        digest = sha256()
        for array in (self.ts, self.X, self.forward_log_return):
            digest.update(np.ascontiguousarray(array).data)
        return digest.hexdigest()

    def stop(self, until: int) -> int:
        """How many rows have a ts at or before `until`."""
        return int(np.searchsorted(self.ts, until, side="right"))

    def rows(self, columns: Sequence[str], stop: int) -> TrainingRows:
        """The first `stop` rows of those columns, made once."""
        key = (tuple(columns), stop)
        if key not in self._rows:
            chosen = [self.columns.index(name) for name in columns]
            given = self.X if key[0] == self.columns else self.X[:, chosen]
            self._rows[key] = TrainingRows(given[:stop])
        return self._rows[key]

    def fit(self, recipe: Recipe, stop: int, y: Classes, y_search: Classes, training: Fitting) -> Classifier:
        """The recipe trained on the first `stop` rows.

        A search for parameters is made once for these rows and by `y_search`, whatever `y`: thresholds share it.
        """
        rows = self.rows(recipe.columns(self.columns), stop)
        estimator: Any = recipe.build(training.seed, training.threads, training.tuning)
        if recipe.is_tuned:
            key = (recipe.name, stop)
            if key not in self._found:
                self._found[key] = estimator.search(rows.X, y_search[:stop])
            estimator.set_params(found=self._found[key])
        return fit(estimator, rows, y[:stop])


@dataclass(frozen=True)
class Fitting:
    """What a fit depends on beside its rows: the seed, the threads it may use, and how a recipe may search."""

    seed: int
    threads: int
    tuning: Tuning | None = None


class Spans(Protocol):
    """Rows that are asked for by their positions, an array or what copies them when asked."""

    def __getitem__(self, rows: slice, /) -> Floats: ...


def out_of_sample(
    recipe: Recipe,
    table: TrainingTable,
    y: Classes,
    y_search: Classes,
    X: Spans,
    ts: Seconds,
    folds: Sequence[Fold],
    training: Fitting,
) -> OutOfSample:
    """Trains the recipe before every fold and asks it for all of the fold's test rows.

    A fold is trained on the table's rows up to the last row of `fold.train`, which is purged and embargoed.

    Parameters
    ----------
    y, y_search
        Classes of the table's rows, and those that a search for parameters judges by.
    X, ts
        Of the rows that the folds' positions point into, with the table's columns, shape (rows, inputs) and (rows,).
    folds
        At least one, ordered in time, as `purged_walk_forward` gives them.
    """
    columns = recipe.columns(table.columns)
    chosen = [table.columns.index(name) for name in columns]
    test_p, test_prior = [], []
    for fold in folds:
        stop = table.stop(int(ts[fold.train[-1]]))
        if not stop:
            raise NotReady(NO_ROW)
        model = table.fit(recipe, stop, y, y_search, training)
        tested = X[fold.test[0] : fold.test[-1] + 1]
        test_p.append(predict_proba(model, tested if columns == table.columns else tested[:, chosen]))
        test_prior.append(np.tile(class_prior(y[:stop]), (len(fold.test), 1)))
    return _together(folds, test_p, test_prior)


def mean_of(parts: Sequence[OutOfSample]) -> OutOfSample:
    """What the mean of some recipes' probabilities says, without training it: the parts are of the same folds."""
    p = np.mean([part.p for part in parts], axis=0)
    return replace(parts[0], p=p)


def _together(folds: Sequence[Fold], p: Sequence[Array], prior_p: Sequence[Array]) -> OutOfSample:
    return OutOfSample(
        index=np.concatenate([fold.test for fold in folds]),
        p=np.concatenate(p),
        prior_p=np.concatenate(prior_p),
        fold=np.repeat(np.arange(len(folds)), [len(fold.test) for fold in folds]),
    )


def strided(rows: Positions, ts: Seconds, stride_minutes: int) -> Positions:
    """Those of the rows whose ts is a whole multiple of the stride, so that one lost minute does not shift the rest.

    Raises NotReady where none is.
    """
    kept: Positions = rows[ts[rows] % (stride_minutes * 60) == 0]
    if not len(kept):
        raise NotReady(f"No training minute is a multiple of training.stride_minutes = {stride_minutes}; set it to 1.")
    return kept


def class_prior(y: Classes) -> Array:
    """The frequencies of the classes, shape (3,)."""
    return np.bincount(y, minlength=len(CLASSES)) / len(y)
