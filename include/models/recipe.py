"""What a candidate is: which features it looks at and how an untrained estimator of it is made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from include.errors import SettingsError


class Classifier(Protocol):
    """The part of scikit-learn's interface that the project relies on.

    `fit` takes classes 0, 1, 2, of which any may be absent; `predict_proba` always answers with three columns.
    """

    def fit(self, X: Any, y: Any) -> Any: ...

    def predict_proba(self, X: Any) -> npt.NDArray[np.float64]: ...


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
    """

    name: str
    is_baseline: bool
    make: Callable[[int, int], Classifier]
    only: tuple[str, ...] | None = None

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

    def build(self, seed: int, threads: int) -> Classifier:
        """An untrained estimator; the same seed and rows train the same model."""
        return self.make(seed, threads)
