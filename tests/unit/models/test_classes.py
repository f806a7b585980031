from decimal import Decimal

import numpy as np
import pytest

from include.models.classes import CLASSES, DOWN, SIDEWAYS, UP, classify


def test_a_move_beyond_the_threshold_has_its_side() -> None:
    """Moves of +0.6, +0.1, −0.6 and 0 % at ±0.5 % are UP, SIDEWAYS, DOWN, SIDEWAYS."""
    moves = np.log([1.006, 1.001, 0.994, 1.0])
    assert [CLASSES[c] for c in classify(moves, 0.005)] == ["UP", "SIDEWAYS", "DOWN", "SIDEWAYS"]


def test_the_threshold_is_of_the_price_and_not_of_the_logarithm() -> None:
    """A log return of −0.00501 is a move of −0.4997 %, so it is SIDEWAYS at 0.5 %, and +0.004991 is +0.5003 %: UP."""
    assert classify(np.array([-0.00501, 0.004991]), 0.005).tolist() == [1, 2]


def test_a_move_of_exactly_the_threshold_is_sideways() -> None:
    """Both borders belong to SIDEWAYS."""
    move = np.array([0.25, -0.25])
    assert classify(move[:1], float(np.exp(0.25) - 1)).tolist() == [1]
    assert classify(move[1:], float(1 - np.exp(-0.25))).tolist() == [1]


@pytest.mark.parametrize("threshold", ["0.003", "0.005", "0.0075", "0.01", "0.015"])
def test_the_last_bit_of_a_logarithm_makes_no_class(threshold: str) -> None:
    """Prices exactly the threshold apart are SIDEWAYS, and a hundred-millionth of the price more is not."""
    for sign, beyond in ((1, UP), (-1, DOWN)):
        for price in map(Decimal, range(100, 100_000, 137)):
            border = price * (1 + sign * Decimal(threshold))
            there = np.array([border, border + sign * price / 10**8], dtype=float)
            forward_log_return = np.log(there) - np.log(float(price))
            assert classify(forward_log_return, float(threshold)).tolist() == [SIDEWAYS, beyond]


def test_an_unknown_future_has_no_class() -> None:
    """NaN is refused, not taken for SIDEWAYS; no minutes have no classes."""
    with pytest.raises(ValueError, match="NaN"):
        classify(np.array([0.01, np.nan]), 0.005)
    assert classify(np.array([]), 0.005).dtype == np.int8
