"""What the tasks of `train_candidates` do around the training: the form as arguments, and a person's answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from include.deployment import deployment
from include.settings import Settings

if TYPE_CHECKING:
    from include.pipeline import Pipeline
    from include.warehouse.promotions import Proposal

CANDIDATES = (
    "logistic", "hist_gradient_boosting", "extra_trees", "lightgbm", "two_step", "soft_voting", "lightgbm_tuned"
)  # fmt: skip
QUICK_CANDIDATES = ("logistic", "lightgbm")
MOST_TRIALS = 200

PROMOTE, DECLINE, LATER = "Promote it", "Decline it", "Leave it open"
ANSWER_WITHIN = timedelta(days=6)  # before the next weekly run, which judges anew

Form = Mapping[str, Any]


def plan_training(pipeline: Pipeline, form: Form, run: str, *, is_scheduled: bool) -> list[list[str]]:
    """The arguments of the command line for each horizon that is to be trained, the horizon as the third.

    A run of the schedule that finds a live cell without a champion tries the quick candidates alone, so that signals
    begin soon; the next one tries all.
    """
    settings = pipeline.settings
    horizons = [int(minutes) for minutes in form["horizons"] or ()]
    thresholds = [Decimal(str(fraction)) for fraction in form["thresholds"] or ()]
    candidates = form["candidates"] or (
        quick_candidates(settings) if is_scheduled and _lacks_champion(pipeline) else ()
    )
    cells = settings.cells(horizons, thresholds, grid=form["grid"])
    further = _further_arguments(form, candidates, run)
    return [
        ["train", "--horizon", str(minutes), *further] for minutes in sorted({cell.horizon_minutes for cell in cells})
    ]


def quick_candidates(settings: Settings) -> list[str]:
    """Those of the settings' candidates that train within seconds; empty where there is none, or no other."""
    named = settings.training.candidates
    quick = [name for name in named if name in QUICK_CANDIDATES]
    return quick if len(quick) < len(named) else []


def _lacks_champion(pipeline: Pipeline) -> bool:
    from include.warehouse.reports import champions

    have = {(row["symbol"], row["horizon_minutes"], row["threshold"]) for row in champions(pipeline.warehouse)}
    return any(
        (symbol.name, cell.horizon_minutes, cell.threshold) not in have
        for symbol in pipeline.settings.symbols
        for cell in pipeline.settings.signals.live
    )


def _further_arguments(form: Form, candidates: Sequence[str], run: str) -> list[str]:
    arguments = [f"--run={run}", "--deployment", deployment()]  # the run's name as one: it may begin with a dash
    if form["as_of"]:
        arguments += ["--as-of", form["as_of"]]
    for threshold in form["thresholds"] or ():
        arguments += ["--threshold", str(threshold)]
    for candidate in candidates:
        arguments += ["--candidate", candidate]
    if form["tuning_trials"]:
        arguments += ["--trials", str(form["tuning_trials"])]
    if form["grid"]:
        arguments += ["--grid"]
    return arguments


def check_overfitting(pipeline: Pipeline, run: str) -> list[dict[str, Any]]:
    """The overfitting checks of the run, one a symbol, as columns of `overfitting_checks`; recorded there."""
    from include.overfitting_check import check_overfitting as check
    from include.registry import run_id_of

    return [found.as_dict() for found in check(pipeline, run_id_of(run))]


def questions(pipeline: Pipeline, run: str, checks: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What a person is asked about each open proposal of the run: its number, a headline, and the numbers as Markdown.

    Parameters
    ----------
    checks
        The overfitting checks of the run, one a symbol, as columns of `overfitting_checks`.
    """
    from include.registry import proposals

    by_symbol = {check["symbol"]: check for check in checks}
    return [_question(one, by_symbol.get(one.symbol)) for one in proposals(pipeline, run)]


def _question(proposal: Proposal, check: Mapping[str, Any] | None) -> dict[str, Any]:
    where, number = f"{proposal.symbol} {proposal.cell}", proposal.proposal_id
    reigns = f"model {proposal.champion_model_id} ({proposal.champion})" if proposal.champion else "no model"
    lines = [
        f"**Model {proposal.model_id} ({proposal.candidate})** passed the gate for {where}, where {reigns} reigns.",
        f"*May it score?* {proposal.reason}",
        f"*May it trade?* {proposal.trade_reason or 'Not judged.'}",
        *_overfitting(check),
        f"Promoted, it reigns from the next minute on. Without an answer within {ANSWER_WITHIN.days} days nothing is promoted; "
        f"the proposal stays open for `cortex-signals approve {number}` until a later training takes its place.",
    ]
    return {
        "proposal": number,
        "subject": f"Promote {proposal.candidate} to champion of {where}?",
        "body": "\n\n".join(lines),
    }


def _overfitting(check: Mapping[str, Any] | None) -> list[str]:
    if not check or check.get("overfitting_probability") is None:
        return []
    return [
        f"*Is it luck?* Of the run's {check['trials']} trials the best of one half of the time is in the lower half of the other in "
        f"{100 * check['overfitting_probability']:.0f} % of the splits; 50 % is choosing blindly."
    ]


def answer_proposal(pipeline: Pipeline, proposal: int, response: Mapping[str, Any]) -> dict[str, Any]:
    """Promote or decline as the person chose in Airflow; what was done, and nothing where it is left open.

    A proposal that has this answer already is left as it is, so that a retry does no harm.

    Raises
    ------
    NotReady
        It has another answer, or was superseded.
    """
    from include import registry

    [chosen] = response["chosen_options"]
    if chosen == LATER:
        return {"proposal": proposal, "answer": None}
    answer = {PROMOTE: "approved", DECLINE: "declined"}[chosen]
    if registry.answer_of(pipeline, proposal) == answer:
        return {"proposal": proposal, "answer": answer}
    act = registry.approve if chosen == PROMOTE else registry.decline
    return act(pipeline, proposal, _said(response)).as_dict()


def _said(response: Mapping[str, Any]) -> str:
    """Who answered in Airflow, and why."""
    user = (response.get("responded_by_user") or {}).get("name") or "somebody"
    reason = (response.get("params_input") or {}).get("reason")
    return f"Answered in Airflow by {user}{f': {reason}' if reason else '.'}"
