from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from include.evaluation.legacy import LegacyScores, legacy_scores

DOWN, SIDEWAYS, UP = 0, 1, 2


def said(*rows: tuple[float, float, float]) -> npt.NDArray[np.float64]:
    return np.array(rows)


def test_each_metric_by_hand() -> None:
    """Five rows: two right; three directional, of which two have the right side; two confident, of which one is right."""
    p = said(
        (0.05, 0.05, 0.90),  # UP came: right, confident
        (0.60, 0.30, 0.10),  # SIDEWAYS came: wrong, but neither is UP, so "directionally right"
        (0.20, 0.30, 0.50),  # DOWN came: wrong, wrong side
        (0.05, 0.90, 0.05),  # UP came: wrong, confident
        (0.10, 0.80, 0.10),  # SIDEWAYS came: right; .8 is not over .8
    )
    found = legacy_scores(np.array([UP, SIDEWAYS, DOWN, UP, SIDEWAYS]), p)
    assert found.legacy_accuracy == pytest.approx(2 / 5)
    assert (found.legacy_directional_accuracy, found.legacy_directional_rows) == (pytest.approx(2 / 3), 3)
    assert (found.legacy_high_confidence_accuracy, found.legacy_high_confidence_rows) == (0.5, 2)
    # .5 × 2/3 + .3 × .4 + .2 × .5
    assert found.legacy_balanced_score == pytest.approx(0.5 * 2 / 3 + 0.12 + 0.1)
    assert found.legacy_sideways_accuracy == pytest.approx(2 / 5)
    assert found.legacy_sideways_balanced_score == pytest.approx(0.12 + 0.08)


def test_the_constant_answer_has_what_stands_beside_it() -> None:
    """Always SIDEWAYS with probability 1 has the two scores that every recipe's stand beside."""
    y = np.repeat([SIDEWAYS, UP], [92, 8])
    found = legacy_scores(y, np.tile([0.0, 1.0, 0.0], (100, 1)))
    assert found.legacy_accuracy == found.legacy_high_confidence_accuracy == found.legacy_sideways_accuracy == 0.92
    assert found.legacy_balanced_score == found.legacy_sideways_balanced_score == pytest.approx(0.46)
    assert found.legacy_directional_accuracy is None
    assert found.legacy_directional_rows == 0


def test_the_score_can_be_gamed() -> None:
    """SIDEWAYS everywhere but DOWN on 50 quiet rows scores 98.1 where 96.7 % are SIDEWAYS, without a true hit."""
    y = np.repeat([SIDEWAYS, UP], [9670, 330])
    p = np.tile([0.0, 1.0, 0.0], (10_000, 1))
    p[:50] = [1.0, 0.0, 0.0]
    found = legacy_scores(y, p)
    # right: 9620 of 10000; directional 1; high-confidence the same as overall: .5 + .5 × .962
    assert found.legacy_directional_accuracy == 1
    assert found.legacy_balanced_score == pytest.approx(0.981)


def test_no_row_is_unknown() -> None:
    """None and not 0."""
    assert legacy_scores(np.array([], dtype=int), np.empty((0, 3))) == LegacyScores()
