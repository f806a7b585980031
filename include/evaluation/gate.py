"""Whether a recipe may reign: enough events, better than the baselines and the reigning recipe, and not too good to be true."""

from __future__ import annotations

from dataclasses import dataclass

from include.evaluation.bootstrap import Interval
from include.evaluation.scores import Evaluation
from include.settings import Training


@dataclass(frozen=True)
class Verdict:
    """Accepted or refused, and why, in sentences with the numbers.

    `too_few`: there was too little to judge by, so it was reported and not gated.
    """

    accepted: bool
    reason: str
    too_few: bool = False


@dataclass(frozen=True)
class Contest:
    """A recipe's scores beside those that it must beat, all refitted in the same folds and judged on the same rows.

    Attributes
    ----------
    margin
        Its skill − skill of the volatility baseline.
    reigning, over_reigning
        Name of the reigning recipe, and the skill over it; None where none reigns that may stay.
    baseline_calibration_error
        Of the volatility baseline.
    """

    scores: Evaluation
    margin: Interval
    reigning: str | None = None
    over_reigning: Interval | None = None
    baseline_calibration_error: float | None = None


def judge(contest: Contest, limits: Training) -> Verdict:
    """The gate's verdict on a recipe that does not reign."""
    objections = [
        _too_good(contest.margin, limits),
        _no_better(contest.margin, limits, "the volatility baseline"),
        _no_better_than_prior(contest.scores),
        _not_calibrated(contest, limits),
    ]
    if contest.over_reigning is not None:
        objections.append(_no_better(contest.over_reigning, limits, f"the reigning recipe {contest.reigning}"))
    return _verdict(contest, limits, objections, _praise(contest))


def judge_refresh(contest: Contest, limits: Training) -> Verdict:
    """The gate's verdict on the reigning recipe, trained on newer data: it stays unless it has become worse."""
    objections = [
        _too_good(contest.margin, limits),
        _worse(contest.margin, "the volatility baseline"),
        _worse(_skill(contest.scores), "the class prior"),
        _not_calibrated(contest, limits),
    ]
    return _verdict(
        contest, limits, objections, f"The reigning recipe, trained on newer data, is not worse. {_praise(contest)}"
    )


def judge_placebo(placebo: Interval) -> Verdict:
    """Refuses a recipe that has skill on labels that were shuffled in blocks of time, or of which that is unknown."""
    if placebo.low is not None and placebo.low <= 0:
        return Verdict(accepted=True, reason=f"On shuffled labels its skill is {spell(placebo)}.")
    return Verdict(
        accepted=False,
        reason=f"On shuffled labels its skill is {spell(placebo)}, and an interval that reaches down to 0 is needed: the "
        "evaluation leaks, and no score of it can be trusted.",
    )


def _verdict(contest: Contest, limits: Training, objections: list[str | None], praise: str) -> Verdict:
    too_few = _too_few(contest.scores, limits)
    sentences = [sentence for sentence in (too_few, *objections) if sentence]
    if sentences:
        return Verdict(accepted=False, reason=" ".join(sentences), too_few=too_few is not None)
    return Verdict(accepted=True, reason=praise)


def _praise(contest: Contest) -> str:
    scores = contest.scores
    over = f", {contest.reigning} by {spell(contest.over_reigning)}" if contest.over_reigning else ""
    direction = "unknown" if scores.auc_direction is None else f"{scores.auc_direction:.3f}"
    return (
        f"The skill beats the volatility baseline by {spell(contest.margin)}{over} and the class prior by "
        f"{spell(_skill(scores))}, over {scores.events} events that begin on {scores.days} days; "
        f"the direction of big moves has an AUC of {direction} (0.5: no idea)."
    )


def _too_few(scores: Evaluation, limits: Training) -> str | None:
    if scores.events >= limits.min_events and scores.days >= limits.min_event_days:
        return None
    return (
        f"{scores.events} events that begin on {scores.days} days are too few to judge by; "
        f"{limits.min_events} events on {limits.min_event_days} days are needed."
    )


def _too_good(margin: Interval, limits: Training) -> str | None:
    if margin.value is None or margin.value <= limits.max_skill_margin:
        return None
    return (
        f"The skill beats the volatility baseline by {spell(margin)}, which is too good: more than "
        f"{limits.max_skill_margin} and a leak is suspected."
    )


def _no_better(margin: Interval, limits: Training, than: str) -> str | None:
    enough = margin.value is not None and margin.value >= limits.min_skill_margin
    if enough and margin.low is not None and margin.low > 0:
        return None
    return (
        f"The skill differs from that of {than} by {spell(margin)}; at least {limits.min_skill_margin} "
        "and a lower bound above 0 are needed."
    )


def _worse(margin: Interval, than: str) -> str | None:
    if margin.value is not None and (margin.value >= 0 or (margin.high is not None and margin.high >= 0)):
        return None
    return f"The skill differs from that of {than} by {spell(margin)}; an upper bound below 0 is worse."


def _no_better_than_prior(scores: Evaluation) -> str | None:
    if scores.skill_low is not None and scores.skill_low > 0:
        return None
    return f"The skill over the class prior is {spell(_skill(scores))}; a lower bound above 0 is needed."


def _not_calibrated(contest: Contest, limits: Training) -> str | None:
    """Where frequencies moved, no recipe is calibrated: it need not be better than the volatility baseline."""
    error, of_baseline = contest.scores.calibration_error, contest.baseline_calibration_error or 0.0
    if error is not None and error <= max(limits.max_calibration_error, of_baseline):
        return None
    said = "unknown" if error is None else f"{error:.4f}"
    return (
        f"The calibration error is {said}, more than the {limits.max_calibration_error} allowed and the volatility "
        f"baseline's {of_baseline:.4f}."
    )


def _skill(scores: Evaluation) -> Interval:
    return Interval(scores.log_loss_skill, scores.skill_low, scores.skill_high)


def spell(interval: Interval) -> str:
    """The value with its interval, in words where it is unknown."""
    if interval.value is None:
        return "an unknown amount"
    if interval.low is None or interval.high is None:
        return f"{interval.value:+.4f} (interval unknown)"
    return f"{interval.value:+.4f} (95 % interval {interval.low:+.4f} to {interval.high:+.4f})"
