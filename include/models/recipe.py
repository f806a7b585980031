"""What a candidate is: which features it looks at and how an untrained estimator of it is made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from include.errors import SettingsError
from include.models.training_rows import TrainingRows


class Classifier(Protocol):
    """The part of scikit-learn's interface that the project relies on.

    `fit` takes classes 0, 1, 2, of which any may be absent; `predict_proba` always answers with three columns.
    """

    def fit(self, X: Any, y: Any) -> Any: ...

    def predict_proba(self, X: Any) -> npt.NDArray[np.float64]: ...


@dataclass(frozen=True)
class Tuning:
    """How a candidate may search for its parameters inside the rows it is trained on.

    Attributes
    ----------
    trials
        Models that it may train in search.
    purge_rows
        Rows that it must leave out between those it fits and those it judges by: as many as a label's horizon spans.
    """

    trials: int
    purge_rows: int


@dataclass(frozen=True)
class Recipe:
    """A candidate or baseline before training.

    Attributes
    ----------
    name
        As in the settings' `training.candidates` and in the leaderboard.
    is_baseline
        Whether it is there to be beaten.
    make
        Makes an untrained estimator from a seed and a number of threads.
    only
        The features that it looks at; None for all of them.
    levels
        The columns of minute_metrics that it looks at instead of features, 0 for unknown; a baseline's alone, since
        nothing that scores live reads them.
    is_tuned
        Whether its estimator searches for parameters: it has `trials` and `purge_rows`, as in Tuning, a method `search`
        and a parameter `found` for what that chose.
    mean_of
        The recipes whose probabilities it averages: where they are at hand, it need not be trained to be judged.
    is_pooled
        Whether it is trained on the rows of all symbols together.
    """

    name: str
    is_baseline: bool
    make: Callable[[int, int], Classifier]
    only: tuple[str, ...] | None = None
    levels: tuple[str, ...] = ()
    is_tuned: bool = False
    mean_of: tuple[str, ...] = ()
    is_pooled: bool = False

    def columns(self, all_columns: Sequence[str]) -> tuple[str, ...]:
        """The features it looks at, in the order in which it wants them.

        Raises
        ------
        SettingsError
            One of them is not in `all_columns`.
        """
        if self.only is None:
            return tuple(all_columns)
        for column in self.only:
            if column not in all_columns:
                raise SettingsError(f"The candidate {self.name} needs the feature {column}, which the features lack.")
        return self.only

    def build(self, seed: int, threads: int, tuning: Tuning | None = None) -> Classifier:
        """An untrained estimator; the same seed, rows and tuning train the same model.

        Without a tuning, one that searches does so within its own bounds.
        """
        estimator: Any = self.make(seed, threads)
        if self.is_tuned and tuning:
            estimator.set_params(**asdict(tuning))
        made: Classifier = estimator
        return made


def fit(estimator: Any, rows: TrainingRows, y: Any) -> Classifier:
    """The estimator trained on the rows, by its `fit_rows` where it can share what others made of them."""
    fitted: Classifier = estimator.fit_rows(rows, y) if hasattr(estimator, "fit_rows") else estimator.fit(rows.X, y)
    return fitted
