from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from sklearn.metrics import matthews_corrcoef, precision_score, recall_score

from include.evaluation.rule import RuleScores, confusion, rule_scores

DOWN, SIDEWAYS, UP = 0, 1, 2
HORIZON = timedelta(minutes=2)
MINUTES = np.arange(1000) * 60


def scored(truth: str, said: str) -> RuleScores:
    """Of minutes in a row, by letters; `?` is undecided."""
    y = np.array(["D.U".index(letter) for letter in truth])
    prediction = np.array(["?D.U".index(letter) - 1 for letter in said], dtype=np.int8)
    return rule_scores(y, prediction, MINUTES[: len(y)], HORIZON)


def test_recall_and_precision_by_hand() -> None:
    """UP: 2 of 3 found, 2 of 4 said rightly; DOWN: 1 of 2 found, 1 of 1; SIDEWAYS: 3 of 5 found, 3 of 5."""
    found = scored("UUUDD.....", "UU.D.UU...")
    assert (found.recall_up, found.precision_up) == (pytest.approx(2 / 3), 0.5)
    assert (found.recall_down, found.precision_down) == (0.5, 1.0)
    assert (found.recall_sideways, found.precision_sideways) == (0.6, 0.6)
    assert (found.share_decided_down, found.share_decided_sideways, found.share_decided_up) == (0.2, 0.5, 0.3)
    # c = 6, s = 10, seen (2, 5, 3), said (1, 5, 4): (60 − 39) / √((100 − 38)(100 − 42)) = 21 / 59.967
    assert found.mcc == pytest.approx(21 / 59.96666, abs=1e-6)


def test_undecided_rows_are_not_judged() -> None:
    """They are in no share and no count; what is decided holds two events on one day."""
    assert scored("UUUU....D.", "????...UD.") == scored("UUUU....D."[4:], "...UD.")
    found = scored("UUUU..UU.D", "????..UU.D")
    assert (found.decided_rows, found.decided_events, found.decided_days) == (6, 2, 1)
    assert found.share_decided_up == pytest.approx(1 / 3)


def test_the_confusion_has_the_truth_down_and_the_prediction_across() -> None:
    """Two UP rows called DOWN are in the last row and the first column."""
    found = confusion(np.array([UP, UP, DOWN, SIDEWAYS]), np.array([DOWN, DOWN, DOWN, -1]))
    assert found.tolist() == [[1, 0, 0], [0, 0, 0], [2, 0, 0]]


def test_a_constant_answer_correlates_with_nothing() -> None:
    """Always SIDEWAYS: MCC 0, recall of the moves 0, their precision unknown."""
    found = scored("U.D.", "....")
    assert (found.mcc, found.recall_up, found.recall_down, found.recall_sideways) == (0, 0, 0, 1)
    assert found.precision_up is found.precision_down is None
    assert found.precision_sideways == found.share_decided_sideways == 0.5


def test_a_class_that_never_came_is_unknown() -> None:
    """Only SIDEWAYS: no recall of a move, no correlation; a call of UP was wrong."""
    found = scored("....", "...U")
    assert found.mcc is found.recall_up is found.recall_down is None
    assert found.precision_up == 0


def test_nothing_decided_is_unknown() -> None:
    """Every score is None and every count 0, as where there are no predictions."""
    assert scored("U.D.", "????") == RuleScores()


def test_scores_are_those_of_scikit_learn() -> None:
    """MCC, recall and precision of 800 drawn rows."""
    rng = np.random.default_rng(0)
    y = rng.integers(0, 3, 800)
    said = np.where(rng.random(800) < 0.6, y, rng.integers(0, 3, 800)).astype(np.int8)
    found = rule_scores(y, said, MINUTES[:800], HORIZON)
    assert found.mcc == pytest.approx(matthews_corrcoef(y, said))
    recall = [found.recall_down, found.recall_sideways, found.recall_up]
    precision = [found.precision_down, found.precision_sideways, found.precision_up]
    assert recall == pytest.approx(recall_score(y, said, average=None))
    assert precision == pytest.approx(precision_score(y, said, average=None))
