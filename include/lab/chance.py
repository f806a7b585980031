"""Draws that depend on a key and a minute alone: the same in every process, whatever was asked before."""

from __future__ import annotations

from hashlib import sha256

import numpy as np

from include.lab.market import MINUTE, Floats, Integers


def draws(ts: Integers, *key: object) -> Floats:
    """A number from [0, 1) for each minute end (epoch seconds); other keys give independent ones."""
    start = int.from_bytes(sha256("\0".join(map(str, key)).encode()).digest()[:8], "big")
    return np.asarray((_mixed((ts // MINUTE).astype(np.uint64) + np.uint64(start)) >> np.uint64(11)) * 2.0**-53)


def _mixed(
    number: np.ndarray[tuple[int, ...], np.dtype[np.uint64]],
) -> np.ndarray[tuple[int, ...], np.dtype[np.uint64]]:
    """SplitMix64 (Steele, Lea and Flood, 2014); arithmetic modulo 2^64."""
    number = number * np.uint64(0x9E3779B97F4A7C15)
    number = (number ^ (number >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    number = (number ^ (number >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return number ^ (number >> np.uint64(31))
