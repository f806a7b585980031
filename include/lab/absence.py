"""Two kinds of NaN: no sample, and a sample whose value is NaN.

An array of values holds `np.nan` where there is no sample. A sample with the value NaN is `NAN_SAMPLE`, the bits that
Prometheus writes for it; what computes with samples gives these bits back.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from include.lab.market import Floats

_BITS = 0x7FF8000000000001
NAN_SAMPLE = np.float64(np.array(_BITS, dtype=np.int64).view(np.float64))


def held(values: Floats) -> NDArray[np.bool_]:
    """Where there is a sample."""
    return np.asarray(~np.isnan(values) | (values.view(np.int64) == _BITS))


def computed(values: Floats) -> Floats:
    """Results of a computation over samples: a NaN among them is a sample's value."""
    return np.where(np.isnan(values), NAN_SAMPLE, values)
