"""Whether a candidate may reign: enough events, better than the volatility baseline, and not too good to be true."""

from __future__ import annotations

from dataclasses import dataclass

from include.evaluation.bootstrap import Interval
from include.evaluation.scores import Evaluation
from include.settings import Training


@dataclass(frozen=True)
class Verdict:
    """Accepted or refused, and why, in sentences with the numbers."""

    accepted: bool
    reason: str


def judge(candidate: Evaluation, margin: Interval, training: Training) -> Verdict:
    """The gate's verdict on a candidate.

    Parameters
    ----------
    margin
        Skill of the candidate − skill of the volatility baseline on the same rows; None in it refuses.
    training
        The settings that hold the limits.
    """
    objections = [
        sentence
        for sentence in (
            _too_few(candidate, training),
            _too_good(margin, training),
            _no_better_than_volatility(margin, training),
            _no_better_than_prior(candidate),
        )
        if sentence
    ]
    if objections:
        return Verdict(accepted=False, reason=" ".join(objections))
    return Verdict(
        accepted=True,
        reason=f"The skill beats the volatility baseline by {_spell(margin)} and the class prior by "
        f"{_spell(_skill(candidate))}, over {candidate.events} events that begin on {candidate.days} days.",
    )


def _too_few(candidate: Evaluation, training: Training) -> str | None:
    if candidate.events >= training.min_events and candidate.days >= training.min_event_days:
        return None
    return (
        f"{candidate.events} events that begin on {candidate.days} days are too few to judge by; "
        f"{training.min_events} events on {training.min_event_days} days are needed."
    )


def _too_good(margin: Interval, training: Training) -> str | None:
    if margin.value is None or margin.value <= training.max_skill_margin:
        return None
    return (
        f"The skill beats the volatility baseline by {_spell(margin)}, which is too good: more than "
        f"{training.max_skill_margin} and a leak is suspected."
    )


def _no_better_than_volatility(margin: Interval, training: Training) -> str | None:
    enough = margin.value is not None and margin.value >= training.min_skill_margin
    if enough and margin.low is not None and margin.low > 0:
        return None
    return (
        f"The skill differs from the volatility baseline's by {_spell(margin)}; at least {training.min_skill_margin} "
        "and a lower bound above 0 are needed."
    )


def _no_better_than_prior(candidate: Evaluation) -> str | None:
    if candidate.skill_low is not None and candidate.skill_low > 0:
        return None
    return f"The skill over the class prior is {_spell(_skill(candidate))}; a lower bound above 0 is needed."


def _skill(candidate: Evaluation) -> Interval:
    return Interval(candidate.log_loss_skill, candidate.skill_low, candidate.skill_high)


def _spell(interval: Interval) -> str:
    if interval.value is None:
        return "an unknown amount"
    if interval.low is None or interval.high is None:
        return f"{interval.value:+.4f} (interval unknown)"
    return f"{interval.value:+.4f} (95 % interval {interval.low:+.4f} to {interval.high:+.4f})"
