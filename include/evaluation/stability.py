"""How far live inputs are from those of a training: the population stability index over its deciles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt

QUANTILES = (
    0.0,
    0.001,
    0.01,
    0.05,
    *(n / 10 for n in range(1, 10)),
    0.95,
    0.99,
    0.999,
    1.0,
)  # of models.input_quantiles
DECILES = slice(4, 13)
PSEUDO_COUNT = 0.5  # of each bin: an empty one is unlikely, not impossible


def stability_index(quantiles: Sequence[float], values: npt.NDArray[np.floating]) -> float | None:
    """Sum over the deciles' bins of (live share - 0.1) * ln(live share / 0.1); 0: the same, each bin as full.

    Parameters
    ----------
    quantiles
        Of the training rows, at QUANTILES.
    values
        Live ones, shape (rows,); NaN are left out.

    Returns
    -------
    None where two deciles are the same value, so that no bin's share is known, or no value is known.

    Notes
    -----
    A value that is a decile itself counts half in each of the bins beside it. Symmetric Kullback-Leibler divergence of the
    binned distributions; Siddiqi (Credit Risk Scorecards, 2006) calls above 0.25 a shift, of thousands of independent
    rows. Minutes are not independent, so the bound is measured, not taken from there.
    """
    edges = np.asarray(quantiles, dtype=float)[DECILES]
    known = values[np.isfinite(values)]
    if not len(known) or (np.diff(edges) <= 0).any():
        return None
    counts = (_counts(edges, known, "left") + _counts(edges, known, "right")) / 2
    shares = (counts + PSEUDO_COUNT) / (len(known) + PSEUDO_COUNT * len(counts))
    expected = 1 / len(counts)
    return float(((shares - expected) * np.log(shares / expected)).sum())


def _counts(
    edges: npt.NDArray[np.floating], values: npt.NDArray[np.floating], side: Literal["left", "right"]
) -> npt.NDArray[np.int_]:
    """Values in each bin; one that is an edge belongs to the bin below it (left) or above it (right)."""
    return np.bincount(np.searchsorted(edges, values, side), minlength=len(edges) + 1)
