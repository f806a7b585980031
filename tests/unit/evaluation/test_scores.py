from __future__ import annotations

from datetime import timedelta

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import brier_score_loss

from include.evaluation.events import events
from include.evaluation.legacy import legacy_scores
from include.evaluation.ranking import average_precision_lift, precision_at_top, rank
from include.evaluation.rule import RuleScores, rule_scores
from include.evaluation.scores import (
    auc,
    auc_direction,
    brier,
    calibration_error,
    evaluate,
    log_loss_rows,
    skill,
    skill_interval,
    skill_margin,
)

DAY = 86_400
HALF_HOUR = timedelta(minutes=30)
Array = npt.NDArray[np.float64]

DOWN, SIDEWAYS, UP = 0, 1, 2


def one_against_rest(p_up: npt.ArrayLike) -> Array:
    """Probabilities with that p_up and a p_down that is rightly 0."""
    up = np.asarray(p_up, dtype=float)
    return np.column_stack([np.zeros(len(up)), 1 - up, up])


def drawn(rows: int, seed: int = 0) -> tuple[npt.NDArray[np.int64], Array]:
    """Probabilities and classes drawn from them."""
    rng = np.random.default_rng(seed)
    p = rng.dirichlet([1, 3, 1], rows)
    return (rng.random(rows)[:, None] > p.cumsum(axis=1)[:, :2]).sum(axis=1), p


def test_log_loss_of_each_row() -> None:
    """−ln of what was given to the truth: .5, .8, .25."""
    # −ln .5 = .693147, −ln .8 = .223144, −ln .25 = 1.386294
    p = np.array([[0.5, 0.25, 0.25], [0.1, 0.8, 0.1], [0.5, 0.25, 0.25]])
    np.testing.assert_allclose(log_loss_rows(np.array([0, 1, 2]), p), [0.693147, 0.223144, 1.386294], atol=1e-6)


def test_log_loss_of_the_impossible_is_finite() -> None:
    """A probability of 0 for what came costs −ln 1e-15 = 34.539."""
    np.testing.assert_allclose(log_loss_rows(np.array([0]), np.array([[0.0, 1.0, 0.0]])), [34.538776], atol=1e-6)


def test_skill_of_half_the_loss() -> None:
    """Mean losses .3 and .6 are a skill of .5; the prior itself has 0, a worse model less."""
    prior = np.array([0.2, 1.0])  # mean .6
    assert skill(np.array([0.2, 0.4]), prior) == pytest.approx(0.5)
    assert skill(prior, prior) == 0
    assert skill(prior * 2, prior) == pytest.approx(-1)


def test_skill_without_a_floor_is_unknown() -> None:
    """No rows, or a prior that loses nothing, leave nothing to compare with."""
    assert skill(np.array([]), np.array([])) is None
    assert skill(np.array([0.1]), np.array([0.0])) is None


def test_auc_counts_pairs() -> None:
    """Of four pairs (true, false) three are in order: .75."""
    # true .35 and .8, false .1 and .4: .35 > .1, .35 < .4, .8 > both
    assert auc(np.array([False, False, True, True]), np.array([0.1, 0.4, 0.35, 0.8])) == 0.75


def test_a_tie_is_half_a_pair() -> None:
    """One pair tied, one in order: .75; all tied: .5."""
    assert auc(np.array([False, False, True]), np.array([0.1, 0.5, 0.5])) == 0.75
    assert auc(np.array([False, True, True]), np.full(3, 0.2)) == 0.5


@pytest.mark.parametrize("y", [[True, True], [False], []])
def test_auc_of_one_kind_of_rows_is_unknown(y: list[bool]) -> None:
    """Without both kinds there is no pair."""
    assert auc(np.array(y, dtype=bool), np.linspace(0, 1, len(y))) is None


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 9)), min_size=1, max_size=60))
def test_auc_is_its_definition(rows: list[tuple[bool, int]]) -> None:
    """The ranks give what counting all pairs gives."""
    above = [s for true, s in rows if true]
    below = [s for true, s in rows if not true]
    pairs = [(a > b) + 0.5 * (a == b) for a in above for b in below]
    found = auc(np.array([true for true, _ in rows]), np.array([s for _, s in rows], dtype=float))
    assert found == (pytest.approx(sum(pairs) / len(pairs)) if pairs else None)


def test_direction_is_judged_among_big_moves() -> None:
    """p_up / (p_up + p_down) orders the two UP rows above the DOWN row; the SIDEWAYS row does not count."""
    # UP: .2/.3 = .67 and .04/.05 = .8; DOWN: .3/.7 = .43; SIDEWAYS .9/1 would spoil it
    p = np.array([[0.1, 0.7, 0.2], [0.01, 0.95, 0.04], [0.4, 0.3, 0.3], [0.1, 0.0, 0.9]])
    assert auc_direction(np.array([UP, UP, DOWN, SIDEWAYS]), p) == 1.0


def test_direction_without_both_sides_is_unknown() -> None:
    """Only UP moves, or none at all, say nothing of the side."""
    p = np.full((2, 3), 1 / 3)
    assert auc_direction(np.array([UP, SIDEWAYS]), p) is None
    assert auc_direction(np.array([SIDEWAYS, SIDEWAYS]), p) is None


def test_calibration_error_by_hand() -> None:
    """15 rows said .2 and held 3 UP, 15 said .6 and held 12 of 15: half of the rows are off by .2, so .1."""
    y = np.repeat([UP, SIDEWAYS, UP, SIDEWAYS], [3, 12, 12, 3])
    assert calibration_error(y, one_against_rest(np.repeat([0.2, 0.6], 15))) == pytest.approx(0.1)


def test_the_worse_side_counts() -> None:
    """UP is right and DOWN is said with .3 where none came: .3."""
    y = np.repeat([UP, SIDEWAYS], [10, 10])
    assert calibration_error(y, np.tile([0.3, 0.2, 0.5], (20, 1))) == pytest.approx(0.3)


def test_bins_hold_equally_many_rows() -> None:
    """In 30 rows with rising p_up the bins are pairs; opposite errors cancel within a pair and not across."""
    # p = .5 everywhere but for its order; y alternates 1, 0 within each pair: no error. Shifted by one row it is
    # 0 | 1 0 … 1 0 | 1 paired as (0 1)(0 1)…: no error either; in blocks of two equal ones each pair is off by .5
    p = 0.5 + np.arange(30) * 1e-9
    assert calibration_error(np.tile([UP, SIDEWAYS], 15), one_against_rest(p)) == pytest.approx(0, abs=1e-7)
    assert calibration_error(np.repeat(np.tile([UP, SIDEWAYS], 8)[:15], 2), one_against_rest(p)) == pytest.approx(0.5)


def test_one_constant_probability_is_one_bin() -> None:
    """The prior's calibration is its mean error, however the classes lie in time."""
    y = np.repeat([UP, SIDEWAYS], [20, 80])
    assert calibration_error(y, one_against_rest(np.full(100, 0.2))) == pytest.approx(0)


def test_probabilities_that_come_true_are_calibrated() -> None:
    """50,000 classes drawn from their own probabilities show an error under .01; squared probabilities do not."""
    y, p = drawn(50_000)
    honest, boastful = calibration_error(y, p), calibration_error(y, p**3 / (p**3).sum(axis=1, keepdims=True))
    assert honest is not None
    assert boastful is not None
    assert honest < 0.01 < 0.05 < boastful


def test_calibration_without_rows_is_unknown() -> None:
    """None, not a perfect 0."""
    assert calibration_error(np.array([], dtype=int), np.empty((0, 3))) is None


def minute_classes(text: str) -> npt.NDArray[np.int64]:
    return np.array(["D.U".index(letter) for letter in text])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("........", 0),
        ("..UUU...", 1),
        ("UU....DD", 2),
        ("U..U....", 1),  # 3 minutes from one to the next, under 4
        ("U...U...", 2),  # 4 minutes are not under 4
        ("UDUDUDUD", 2),  # one of each class: another class does not end a run
        ("U..U..U.", 1),  # a run is as long as it goes on
        ("U", 1),
        ("", 0),
    ],
)
def test_events_are_runs_with_gaps_under_the_horizon(text: str, expected: int) -> None:
    """Minutes of one class nearer than the horizon (here 4 minutes) are one event."""
    y = minute_classes(text)
    assert events(y, np.arange(len(y)) * 60, timedelta(minutes=4))[0] == expected


def test_a_hole_ends_an_event_when_it_is_a_horizon_long() -> None:
    """Time counts, not the number of rows."""
    y, ts = minute_classes("UUUU"), np.array([0, 60, 60 + 29 * 60, 60 + 29 * 60 + 30 * 60])
    assert events(y, ts, HALF_HOUR)[0] == 2


def test_days_are_those_on_which_an_event_begins() -> None:
    """Two events on one day and one across midnight are three events on two days."""
    day_one = [3600, 7200, DAY - 120, DAY - 60]
    day_two = [DAY, DAY + 60, DAY + 7200]
    y = np.array([UP, DOWN, UP, UP, UP, UP, DOWN])
    assert events(y, np.array(day_one + day_two), HALF_HOUR) == (4, 2)
    assert events(y[:-1], np.array(day_one + day_two[:-1]), HALF_HOUR) == (3, 1)


def test_the_prior_has_no_skill() -> None:
    """Scored against itself it has exactly 0 and an interval of 0."""
    y, p = drawn(2000)
    losses = log_loss_rows(y, p)
    assert skill_interval(losses, losses, np.arange(2000) * 3600, 1) == (0, 0, 0)


def test_a_margin_is_the_difference_of_two_skills() -> None:
    """Paired on the same rows, it is surer than the two skills' intervals taken apart."""
    y, p = drawn(20_000)
    ts, prior = np.arange(20_000) * 600, np.tile(np.bincount(y) / len(y), (20_000, 1))
    worse = 0.7 * p + 0.3 * prior
    loss_prior = log_loss_rows(y, prior)
    a, b = (skill_interval(log_loss_rows(y, q), loss_prior, ts, 1) for q in (p, worse))
    margin = skill_margin(y, p, worse, prior, ts, 1)
    assert a.value is not None
    assert b.value is not None
    assert margin.value == pytest.approx(a.value - b.value)
    assert margin.low is not None
    assert b.high is not None
    assert a.low is not None
    assert margin.low > 0
    assert margin.low > a.low - b.high


def test_an_evaluation_holds_all_scores() -> None:
    """Each field is what its own function says, over [first ts, last ts + 1 min)."""
    y, p = drawn(3000)
    ts, prior = np.arange(1, 3001) * 600, np.tile([0.2, 0.6, 0.2], (3000, 1))
    found = evaluate(y, p, prior, ts, HALF_HOUR, seed=3)
    losses, prior_losses = log_loss_rows(y, p), log_loss_rows(y, prior)
    assert found.log_loss == pytest.approx(losses.mean())
    assert (found.log_loss_skill, found.skill_low, found.skill_high) == skill_interval(losses, prior_losses, ts, 3)
    assert found.log_loss_skill == pytest.approx(skill(losses, prior_losses))
    assert (found.auc_up, found.auc_down) == (auc(y == UP, p[:, UP]), auc(y == DOWN, p[:, DOWN]))
    assert found.auc_big_move == auc(y != SIDEWAYS, 1 - p[:, SIDEWAYS])
    assert found.auc_direction == auc_direction(y, p)
    assert found.calibration_error == calibration_error(y, p)
    assert (found.rows, found.events, found.days) == (3000, *events(y, ts, HALF_HOUR))
    assert (found.evaluated_from, found.evaluated_to) == (600, 3000 * 600 + 60)
    up, down = rank(y == UP, p[:, UP]), rank(y == DOWN, p[:, DOWN])
    assert (found.share_up, found.share_down) == ((y == UP).mean(), (y == DOWN).mean())
    assert found.average_precision_lift_up == average_precision_lift(up)
    assert found.average_precision_lift_down == average_precision_lift(down)
    assert (found.precision_top_up, found.precision_top_down) == (precision_at_top(up), precision_at_top(down))
    assert (found.brier, found.brier_prior) == (brier(y, p), brier(y, prior))
    assert found.legacy == legacy_scores(y, p)
    assert found.rule == RuleScores(), "without predictions there is no rule to judge"
    prediction = np.where(ts < ts[1000], -1, y).astype(np.int8)
    judged = evaluate(y, p, prior, ts, HALF_HOUR, 3, prediction)
    assert judged.rule == rule_scores(y, prediction, ts, HALF_HOUR)
    assert judged.rule.decided_rows == 2000


def test_columns_hold_the_parts_by_their_own_names() -> None:
    """No two parts share a name, and none is left nested."""
    y, p = drawn(300)
    found = evaluate(y, p, p, np.arange(300) * 60, HALF_HOUR, 3, y.astype(np.int8))
    columns = found.as_columns()
    assert len(columns) == len(vars(found)) - 2 + len(vars(found.rule)) + len(vars(found.legacy))
    assert (columns["rows"], columns["decided_rows"], columns["mcc"]) == (300, 300, 1.0)
    assert columns["legacy_accuracy"] == found.legacy.legacy_accuracy
    assert all(value is None or isinstance(value, (int, float)) for value in columns.values())


def test_brier_by_hand() -> None:
    """(.5² + .3² + .2²) for UP said with .5, 0 for what was sure, 2 for what was surely wrong: mean .793."""
    p = np.array([[0.3, 0.2, 0.5], [1.0, 0.0, 0.0], [1.0, 0.0, 0.0]])
    assert brier(np.array([UP, DOWN, SIDEWAYS]), p) == pytest.approx((0.25 + 0.09 + 0.04 + 0 + 2) / 3)
    assert brier(np.array([], dtype=int), np.empty((0, 3))) is None


def test_brier_is_that_of_scikit_learn() -> None:
    """Of three classes, not halved."""
    y, p = drawn(500)
    assert brier(y, p) == pytest.approx(brier_score_loss(y, p, scale_by_half=False))


def test_rows_that_only_rest_leave_their_scores_unknown() -> None:
    """All SIDEWAYS: a log-loss, no AUC, no event; NULL and not 0."""
    p = np.tile([0.1, 0.8, 0.1], (100, 1))
    found = evaluate(np.ones(100, dtype=int), p, p, np.arange(100) * 60, HALF_HOUR, seed=3)
    assert found.auc_up is found.auc_down is found.auc_big_move is found.auc_direction is None
    assert found.skill_low is found.skill_high is None
    assert (found.events, found.days) == (0, 0)


def test_no_rows_have_no_scores() -> None:
    """An empty evaluation is unknown throughout."""
    none, empty = np.empty(0, dtype=np.int64), np.empty((0, 3))
    found = evaluate(none, empty, empty, none, HALF_HOUR, seed=3)
    assert (found.rows, found.events, found.days) == (0, 0, 0)
    assert found.log_loss is found.log_loss_skill is found.calibration_error is found.evaluated_from is None
