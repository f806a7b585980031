from __future__ import annotations

from dataclasses import replace

import pytest

from include.evaluation.bootstrap import Interval
from include.evaluation.gate import judge
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
        load_settings().training, min_skill_margin=0.002, max_skill_margin=0.12, min_events=200, min_event_days=60
    )


def test_a_better_candidate_is_accepted_with_its_numbers(limits: Training) -> None:
    """The reason holds the margin, the skill, their intervals, and how many events they stand on."""
    verdict = judge(GOOD, MARGIN, limits)
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
    ],
)
def test_a_candidate_is_refused_with_a_reason(
    candidate: Evaluation, margin: Interval, reason: str, limits: Training
) -> None:
    """Each limit alone refuses, and says by which number."""
    verdict = judge(candidate, margin, limits)
    assert not verdict.accepted
    assert reason in verdict.reason


def test_limits_are_inclusive(limits: Training) -> None:
    """Exactly the events, days and margins wanted are enough."""
    assert judge(replace(GOOD, events=200, days=60), Interval(0.002, 1e-9, 0.004), limits).accepted
    assert judge(GOOD, Interval(0.12, 0.11, 0.13), limits).accepted


def test_all_objections_are_given(limits: Training) -> None:
    """Someone who mends one sees what else there is."""
    reason = judge(replace(GOOD, events=3, days=1, skill_low=-0.1), Interval(-0.1, -0.2, 0.0), limits).reason
    assert "too few" in reason
    assert "volatility baseline" in reason
    assert "class prior" in reason
