"""Rows that many models are trained on: what rests on them alone, such as their bins, is made once for all labels."""

from __future__ import annotations

from typing import Any

import lightgbm as lgb
import numpy as np

from include.models.classes import Classes, Floats


class TrainingRows:
    """Complete rows in order of time, without labels.

    Parameters
    ----------
    X
        Shape (rows, features), float32 or float64.
    """

    def __init__(self, X: Floats) -> None:
        self.X = np.asarray(X)
        self._bins: dict[int, lgb.Dataset] = {}

    def binned(
        self,
        y: Classes,
        parameters: dict[str, Any],
        sample_weight: Floats | None = None,
        start: Floats | None = None,
    ) -> lgb.Dataset:
        """The rows as LightGBM's histograms want them, binned at the first call for each `max_bin`, with these labels.

        The labels of the call before are gone, and its weights and starts: train on the one before asking for the next.

        Parameters
        ----------
        start
            Scores that the trees go on from, shape (rows,); None: LightGBM's own.
        """
        bins = int(parameters["max_bin"])
        if bins not in self._bins:
            self._bins[bins] = lgb.Dataset(self.X, np.asarray(y), params=parameters, free_raw_data=False).construct()
        dataset = self._bins[bins]
        dataset.set_label(np.asarray(y))
        dataset.set_field("weight", sample_weight)  # set_weight(None) would leave those of the call before
        dataset.set_field("init_score", start)
        return dataset
