from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, roc_auc_score

from include.evaluation.ranking import (
    CalibrationBin,
    Ranking,
    auc_of,
    average_precision,
    average_precision_lift,
    calibration_curve,
    calibration_error_of,
    precision_at_top,
    rank,
)


def ranking(y: npt.ArrayLike, score: npt.ArrayLike) -> Ranking:
    return rank(np.asarray(y, dtype=bool), np.asarray(score, dtype=float))


def test_equal_scores_are_one_group() -> None:
    """Scores .2, .5, .5, .9 in any order are three groups with 0, 1 and 3 rows below."""
    found = ranking([1, 0, 1, 0], [0.5, 0.9, 0.2, 0.5])
    assert found.score.tolist() == [0.2, 0.5, 0.9]
    assert found.starts.tolist() == [0, 1, 3]
    assert found.sizes.tolist() == [1, 2, 1]
    assert found.hits.tolist() == [1, 1, 0]


def test_average_precision_by_hand() -> None:
    """True rows at the 1st and the 3rd of four places: (1/1 + 2/3) / 2 = .833, a lift of 1.667 over a share of .5."""
    found = ranking([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1])
    assert average_precision(found) == pytest.approx(5 / 6)
    assert average_precision_lift(found) == pytest.approx(5 / 3)


def test_a_constant_score_is_a_guess() -> None:
    """It has the share of true rows: lift 1, and the same share among its top, whatever lies first."""
    found = ranking([1, 1, 0, 0, 0, 0, 0, 0], np.full(8, 0.3))
    assert average_precision_lift(found) == pytest.approx(1)
    assert precision_at_top(found, 0.25) == pytest.approx(0.25)
    assert auc_of(found) == 0.5


def test_the_top_is_the_rows_with_the_highest_score() -> None:
    """Of 300 rows the 3 highest: true, true, false."""
    score = np.arange(300)
    y = np.isin(score, [299, 297, 5])
    assert precision_at_top(ranking(y, score)) == pytest.approx(2 / 3)


def test_ties_at_the_border_count_as_their_mean() -> None:
    """Top 3 of 6: one true row above, then two of four tied rows, of which one in four is true: (1 + 2 × 1/4) / 3."""
    assert precision_at_top(ranking([1, 1, 0, 0, 0, 0], [9, 5, 5, 5, 5, 1]), 0.5) == pytest.approx(0.5)


@pytest.mark.parametrize(("rows", "top"), [(1, 1), (100, 1), (101, 2), (700, 7)])
def test_the_top_is_rounded_up(rows: int, top: int) -> None:
    """One row in a hundred, at least one: with one true row, the highest, the precision is one over the top's size."""
    assert precision_at_top(ranking(np.arange(rows) == rows - 1, np.arange(rows))) == pytest.approx(1 / top)


def test_nothing_true_and_nothing_at_all_are_unknown() -> None:
    """No true row: nothing to find, but a top of 0; no rows: nothing."""
    nothing_true, empty = ranking([0, 0], [0.1, 0.2]), ranking([], [])
    assert average_precision(nothing_true) is average_precision_lift(nothing_true) is auc_of(nothing_true) is None
    assert precision_at_top(nothing_true) == 0
    assert precision_at_top(empty) is average_precision(empty) is auc_of(empty) is calibration_error_of(empty) is None
    assert calibration_curve(empty) == []


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 9)), min_size=2, max_size=60))
def test_scores_are_those_of_scikit_learn(rows: list[tuple[bool, int]]) -> None:
    """Average precision and AUC, ties and all."""
    y, score = np.array([true for true, _ in rows]), np.array([s for _, s in rows], dtype=float)
    found = rank(y, score)
    if y.any():
        assert average_precision(found) == pytest.approx(average_precision_score(y, score))
    if y.any() and not y.all():
        assert auc_of(found) == pytest.approx(roc_auc_score(y, score))


def test_the_curve_holds_what_was_said_and_what_came() -> None:
    """15 rows said .2 and held 3 true ones, 15 said .6 and held 12: two bins, and an error of .1."""
    found = ranking(np.repeat([1, 0, 1, 0], [3, 12, 12, 3]), np.repeat([0.2, 0.6], 15))
    assert calibration_curve(found) == [
        CalibrationBin(pytest.approx(0.2), pytest.approx(0.2), 15),
        CalibrationBin(pytest.approx(0.6), pytest.approx(0.8), 15),
    ]
    assert calibration_error_of(found) == pytest.approx(0.1)


def test_the_curve_has_fifteen_equal_bins() -> None:
    """150 different probabilities are 15 bins of 10, ascending; together they hold every row and every true one."""
    p = np.random.default_rng(0).permutation(np.linspace(0.001, 0.999, 150))
    bins = calibration_curve(rank(p > 0.5, p))
    assert [one.rows for one in bins] == [10] * 15
    assert [one.predicted for one in bins] == sorted(one.predicted for one in bins)
    assert [one.observed for one in bins] == [0] * 7 + [0.5] + [1] * 7
