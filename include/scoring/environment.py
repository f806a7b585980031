"""The libraries and the platform that score: under the same ones the same inputs give the same bits."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from typing import Any

import numpy as np
from threadpoolctl import threadpool_info

LIBRARIES = ("numpy", "scipy", "scikit-learn", "lightgbm", "skops")


@cache
def libraries() -> Mapping[str, Any]:
    """Versions of Python, the C library and what computes; the processor's architecture and its vector instructions."""
    return {
        "python": platform.python_version(),
        **{name: version(name) for name in LIBRARIES},
        "libc": " ".join(platform.libc_ver()).strip(),
        "machine": platform.machine(),
        "vector_instructions": np.show_config(mode="dicts")["SIMD Extensions"],
        "openblas": sorted({i["architecture"] for i in threadpool_info() if i["internal_api"] == "openblas"}),
    }


def fingerprint() -> str:
    """SHA-256 of `libraries` as JSON with sorted keys, hexadecimal."""
    return sha256(json.dumps(libraries(), sort_keys=True).encode()).hexdigest()
