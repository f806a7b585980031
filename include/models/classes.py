"""The three answers to "what does the price do within the horizon?" and the rule that assigns them.

Everywhere in the models and the evaluation a class is its position in `CLASSES`, and an array of probabilities has
shape (rows, 3) in that order.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

CLASSES = ("DOWN", "SIDEWAYS", "UP")
DOWN, SIDEWAYS, UP = range(3)

# A move that differs from the threshold by no more is exactly the threshold: logarithms of prices and exp leave up to
# 1e-14, differently on every machine, and two prices of 1e7 ticks differ from it by 1e-12 or more. label_classes in SQL
# has the same.
ROUNDING = 1e-13

Floats = npt.NDArray[np.floating]
Classes = npt.NDArray[np.integer]


def classify(forward_log_return: Floats, threshold: float) -> npt.NDArray[np.int8]:
    """The class of each minute's forward return.

    Parameters
    ----------
    forward_log_return
        Natural log of the price one horizon later over the price now, shape (rows,); empty gives empty.
    threshold
        Fraction of the price (0.005 is 0.5 %); a move of exactly the threshold is SIDEWAYS.

    Raises
    ------
    ValueError
        A return is NaN: what is not known yet has no class.
    """
    if np.isnan(forward_log_return).any():
        raise ValueError("A forward return is NaN; classify only minutes whose future is known.")
    move = np.exp(np.asarray(forward_log_return, dtype=np.float64)) - 1
    border = threshold + ROUNDING
    return (SIDEWAYS + (move > border) - (move < -border)).astype(np.int8)
