from __future__ import annotations

from dataclasses import replace

import pytest

from include.evaluation.bootstrap import Interval
from include.evaluation.gate import Contest, judge, judge_placebo, judge_refresh
from include.evaluation.scores import Evaluation
from include.settings import Training, load_settings

GOOD = Evaluation(
    log_loss=0.33,
    log_loss_skill=0.16,
    skill_low=0.15,
    skill_high=0.17,
    auc_up=0.8,
    auc_down=0.8,
    auc_big_move=0.81,
    auc_direction=0.56,
    calibration_error=0.003,
    rows=800_000,
    events=800,
    days=300,
    evaluated_from=0,
    evaluated_to=60,
)
MARGIN = Interval(0.02, 0.015, 0.025)


@pytest.fixture
def limits() -> Training:
    return replace(
        load_settings().training,
        min_skill_margin=0.002,
        max_skill_margin=0.12,
        min_events=200,
        min_event_days=60,
        max_calibration_error=0.02,
    )


def test_a_better_candidate_is_accepted_with_its_numbers(limits: Training) -> None:
    """The reason holds the margin, the skill, their intervals, and how many events they stand on."""
    verdict = judge(Contest(GOOD, MARGIN), limits)
    assert verdict.accepted
    for number in ("+0.0200", "+0.0150 to +0.0250", "+0.1600", "+0.1500 to +0.1700", "800 events", "300 days"):
        assert number in verdict.reason


@pytest.mark.parametrize(
    ("candidate", "margin", "reason"),
    [
        (replace(GOOD, events=199), MARGIN, "199 events that begin on 300 days are too few"),
        (replace(GOOD, days=59), MARGIN, "800 events that begin on 59 days are too few"),
        (GOOD, Interval(0.13, 0.12, 0.14), "a leak is suspected"),
        (GOOD, Interval(0.0019, 0.001, 0.003), "+0.0019 (95 % interval +0.0010 to +0.0030); at least 0.002"),
        (GOOD, Interval(0.02, 0.0, 0.04), "lower bound above 0"),
        (GOOD, Interval(0.02, None, None), "interval unknown"),
        (GOOD, Interval(None, None, None), "an unknown amount"),
        (replace(GOOD, skill_low=0.0), MARGIN, "over the class prior is +0.1600"),
        (replace(GOOD, skill_low=None, skill_high=None), MARGIN, "over the class prior"),
        (
            replace(GOOD, calibration_error=0.0201),
            MARGIN,
            "The calibration error is 0.0201, more than the 0.02 allowed",
        ),
        (replace(GOOD, calibration_error=None), MARGIN, "The calibration error is unknown"),
    ],
)
def test_a_candidate_is_refused_with_a_reason(
    candidate: Evaluation, margin: Interval, reason: str, limits: Training
) -> None:
    """Each limit alone refuses, and says by which number."""
    verdict = judge(Contest(candidate, margin), limits)
    assert not verdict.accepted
    assert reason in verdict.reason


def test_limits_are_inclusive(limits: Training) -> None:
    """Exactly the events, days and margins wanted are enough."""
    assert judge(Contest(replace(GOOD, events=200, days=60), Interval(0.002, 1e-9, 0.004)), limits).accepted
    assert judge(Contest(GOOD, Interval(0.12, 0.11, 0.13)), limits).accepted


def test_all_objections_are_given(limits: Training) -> None:
    """Someone who mends one sees what else there is."""
    reason = judge(Contest(replace(GOOD, events=3, days=1, skill_low=-0.1), Interval(-0.1, -0.2, 0.0)), limits).reason
    assert "too few" in reason
    assert "volatility baseline" in reason
    assert "class prior" in reason


def test_where_frequencies_moved_the_baseline_is_the_measure(limits: Training) -> None:
    """A calibration error as large as the volatility baseline's is no objection."""
    moved = replace(GOOD, calibration_error=0.05)
    assert not judge(Contest(moved, MARGIN, baseline_calibration_error=0.04), limits).accepted
    assert judge(Contest(moved, MARGIN, baseline_calibration_error=0.05), limits).accepted


def test_a_new_recipe_must_beat_the_reigning_one_as_well(limits: Training) -> None:
    """By the same margin with an interval that excludes zero; the reason names it."""
    for over in (Interval(0.001, 0.0005, 0.002), Interval(0.01, -0.001, 0.02), Interval(0.01, None, None)):
        verdict = judge(Contest(GOOD, MARGIN, "logistic", over), limits)
        assert not verdict.accepted
        assert "the reigning recipe logistic" in verdict.reason
    verdict = judge(Contest(GOOD, MARGIN, "logistic", Interval(0.01, 0.001, 0.02)), limits)
    assert verdict.accepted
    assert "logistic by +0.0100" in verdict.reason


@pytest.mark.parametrize(
    ("candidate", "margin", "stays"),
    [
        (GOOD, Interval(0.001, -0.001, 0.003), True),
        (GOOD, Interval(-0.001, -0.003, 0.0), True),
        (GOOD, Interval(-0.002, -0.003, -0.001), False),
        (GOOD, Interval(None, None, None), False),
        (GOOD, Interval(0.13, 0.12, 0.14), False),
        (replace(GOOD, log_loss_skill=-0.01, skill_low=-0.02, skill_high=-0.001), MARGIN, False),
        (replace(GOOD, events=199), MARGIN, False),
        (replace(GOOD, calibration_error=0.03), MARGIN, False),
    ],
)
def test_the_reigning_recipe_stays_unless_it_is_worse(
    candidate: Evaluation, margin: Interval, stays: bool, limits: Training
) -> None:
    """It need not beat the baseline again, but must not lie below it, nor have too few events, nor be too good."""
    assert judge_refresh(Contest(candidate, margin), limits).accepted is stays


def test_too_few_events_are_told_apart_from_a_refusal(limits: Training) -> None:
    """Such a cell is reported and not gated."""
    assert judge(Contest(replace(GOOD, events=10), MARGIN), limits).too_few
    assert not judge(Contest(GOOD, Interval(0.0, -0.1, 0.1)), limits).too_few


def test_skill_on_shuffled_labels_is_a_leak() -> None:
    """Only an interval wholly above 0 is skill."""
    assert judge_placebo(Interval(-0.01, -0.02, 0.0)).accepted
    assert judge_placebo(Interval(0.001, -0.001, 0.003)).accepted
    assert not judge_placebo(Interval(None, None, None)).accepted
    assert not judge_placebo(Interval(-0.1, None, None)).accepted
    refused = judge_placebo(Interval(0.02, 0.01, 0.03))
    assert not refused.accepted
    assert "On shuffled labels its skill is +0.0200" in refused.reason
