"""Values that no market has: prices at or below zero, negative volumes, a price that jumps away and back."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from include.cortex.client import Numbers
from include.cortex.minutes import Flags, Minutes

POSITIVE = ("last_price", "price_avg_5m", "price_avg_10m", "price_avg_15m", "price_avg_30m", "price_avg_1h")
NOT_NEGATIVE = ("volume_24h", "volume_avg_5m", "volume_avg_15m")
PRICE = "last_price"
# A new level that the price keeps for so many minutes is taken for real.
CONFIRMING_MINUTES = 5
# After an hour without a price anything may have happened.
FORGET_AFTER_SECONDS = 3600


def set_aside_implausible(minutes: Minutes, neighbours: Mapping[int, float], max_jump: float) -> None:
    """Take implausible values out of the minutes and into `set_aside`, in place.

    Parameters
    ----------
    neighbours
        Known prices by epoch seconds: the last one before the range and those of the minutes after it.
    max_jump
        Fraction: 0.5 is 50 % up, or as much down again (a third).
    """
    for column, values in minutes.values.items():
        if column in POSITIVE:
            _put_all_aside(minutes, column, values <= 0, "a price that is not above zero")
        if column in NOT_NEGATIVE:
            _put_all_aside(minutes, column, values < 0, "a negative volume")
    for position in _jumps(minutes, neighbours, max_jump):
        minutes.put_aside(PRICE, position, f"a jump of more than {max_jump:g} from the price before, and not kept")


def _put_all_aside(minutes: Minutes, column: str, bad: Flags, reason: str) -> None:
    for position in np.flatnonzero(bad):
        minutes.put_aside(column, int(position), reason)


def _jumps(minutes: Minutes, neighbours: Mapping[int, float], max_jump: float) -> list[int]:
    """Positions of prices that are apart from the last good one, while the price does not stay at the new level."""
    prices = minutes.column(PRICE)
    positions = np.flatnonzero(~np.isnan(prices))
    before = [(t, price) for t, price in neighbours.items() if t < minutes.grid[0]]
    after = [price for t, price in sorted(neighbours.items()) if t >= minutes.grid[0]]
    if not len(positions):
        return []
    # where nothing is known before, the middle one of the first few prices stands for it
    first_few = prices[positions[:CONFIRMING_MINUTES]]
    good_at, good = max(before, default=(minutes.grid[positions[0]], float(np.median(first_few))))
    if not _any_step(np.concatenate(([good], prices[positions])), max_jump):
        return []
    jumps: list[int] = []
    for number, position in enumerate(positions):
        t, price = minutes.grid[position], prices[position]
        if t - good_at <= FORGET_AFTER_SECONDS and _apart(price, good, max_jump):
            following = [*prices[positions[number + 1 : number + 1 + CONFIRMING_MINUTES]], *after][:CONFIRMING_MINUTES]
            if len(following) < CONFIRMING_MINUTES or any(_apart(price, other, max_jump) for other in following):
                jumps.append(int(position))
                continue
        good_at, good = t, price
    return jumps


def _any_step(prices: Numbers, max_jump: float) -> bool:
    """Whether any two prices that follow each other are apart: in almost every window none are."""
    return bool(_apart(prices[1:], prices[:-1], max_jump).any())


def _apart(a: npt.ArrayLike, b: npt.ArrayLike, max_jump: float) -> Flags:
    return np.asarray(np.maximum(a, b) > (1 + max_jump) * np.minimum(a, b))
