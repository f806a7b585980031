"""Where a model's inputs lay in its training rows, and whether a minute's lie far outside of that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from include.models.classes import Floats

QUANTILES = (0.0, 0.001, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999, 1.0)
MEDIAN = QUANTILES.index(0.5)

InputQuantiles = Mapping[str, Sequence[float]]


def input_quantiles(X: Floats, columns: Sequence[str]) -> dict[str, list[float]]:
    """The values at QUANTILES of each column; X are complete training rows, shape (rows, columns), at least one."""
    return {name: np.quantile(X[:, k], QUANTILES).tolist() for k, name in enumerate(columns)}


def out_of_range(values: Floats, columns: Sequence[str], known: InputQuantiles, margin: float) -> str | None:
    """The first input that no training row comes near, with its value and the bounds; None where all are near.

    The bounds are the least and the largest training value, each moved outwards by `margin` times what lies between
    them. An input that was the same in every training row is not looked at: no model has learned from it.

    Parameters
    ----------
    values
        Shape (columns,), complete.
    """
    for name, value in zip(columns, values.tolist(), strict=True):
        least, largest = known[name][0], known[name][-1]
        reach = margin * (largest - least)
        if reach and not least - reach <= value <= largest + reach:
            return f"{name} is {value:.6g}, beyond the bounds {least - reach:.6g} to {largest + reach:.6g} of its training rows"
    return None
