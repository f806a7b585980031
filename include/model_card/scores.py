"""The card's tables: out-of-sample scores, the legacy metrics and money, each beside what it must be compared with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from include.model_card.words import COVERED, SPACE, basis_points, count, instant, interval, number, percent

Evaluation = Mapping[str, Any]
Said = Callable[[Evaluation], str]

BASELINES = ("volatility_60m", "class_prior", "always_sideways", "original")
VOLATILITY = "volatility_60m"
RULES = ("up", "down", "sideways")


@dataclass(frozen=True)
class Run:
    """The rows of model_evaluations of the training run that a model is from.

    Attributes
    ----------
    pooled, folds
        The model's own: over all folds, and each by its number.
    baselines, baseline_folds
        The same of the baselines on the same minutes, by name, without the model's own recipe.
    """

    pooled: Evaluation
    folds: list[Evaluation]
    baselines: dict[str, Evaluation]
    baseline_folds: dict[str, list[Evaluation]]


def training_run(evaluations: Sequence[Evaluation], model: Mapping[str, Any]) -> Run | None:
    """The model's newest run; None where none is stored, as for an imported model."""
    own = [one for one in evaluations if one["model_id"] == model["model_id"] and one["fold"] is None]
    if not own:
        return None
    pooled = max(own, key=lambda one: one["evaluation_id"])
    of_run = [one for one in evaluations if (one["run_id"], one["symbol"]) == (pooled["run_id"], pooled["symbol"])]
    others = [name for name in BASELINES if name != pooled["candidate"]]
    return Run(
        pooled,
        _folds(of_run, pooled["candidate"]),
        {
            one["candidate"]: one
            for name in others
            for one in of_run
            if one["candidate"] == name and one["fold"] is None
        },
        {name: _folds(of_run, name) for name in others},
    )


def _folds(evaluations: Sequence[Evaluation], candidate: str) -> list[Evaluation]:
    found = [one for one in evaluations if one["candidate"] == candidate and one["fold"] is not None]
    return sorted(found, key=lambda one: one["fold"])


@dataclass(frozen=True)
class Table:
    """A heading for each column but the first; of each row its name, what to compare it with, and its values."""

    headings: list[str]
    rows: list[tuple[str, str, list[str]]]


def _of(column: str, said: Callable[..., str] = number, *args: Any) -> Said:
    return lambda one: said(one.get(column), *args)


def _top(side: str) -> Said:
    return lambda one: f"{percent(one.get(f'precision_top_{side}'))} of {percent(one.get(f'share_{side}'))}"


def _by_cut_offs(side: str) -> Said:
    def said(one: Evaluation) -> str:
        recall, precision = one.get(f"recall_{side}"), one.get(f"precision_{side}")
        return f"{percent(recall)} / {'never said' if precision is None and recall is not None else percent(precision)}"

    return said


SCORES: tuple[tuple[str, str, Said], ...] = (
    ("Skill over the class prior", "0 %: no better than the base rates", _of("log_loss_skill", percent, 2)),
    (f"its {COVERED} interval", "", lambda one: interval(one.get("skill_low"), one.get("skill_high"), percent, 2)),
    ("Log-loss", "nats a minute", _of("log_loss", number, 4)),
    ("AUC of UP", "0.5: no idea", _of("auc_up")),
    ("AUC of DOWN", "0.5: no idea", _of("auc_down")),
    ("AUC of a big move", "0.5: no idea", _of("auc_big_move")),
    ("AUC of its direction", "0.5: no idea", _of("auc_direction")),
    ("Calibration error", "0 %: as often as given", _of("calibration_error", percent, 2)),
    ("Average-precision lift, UP", "1: a guess", _of("average_precision_lift_up", number, 2)),
    ("Average-precision lift, DOWN", "1: a guess", _of("average_precision_lift_down", number, 2)),
    ("UP in its surest 1 %, of UP in all", "equal: a guess", _top("up")),
    ("DOWN in its surest 1 %, of DOWN in all", "equal: a guess", _top("down")),
    ("Brier score", "lower is better", _of("brier", number, 4)),
    ("Matthews correlation", "0: a guess", _of("mcc")),
    *(
        (f"Recall / precision of {side.upper()}", "by earlier folds' cut-offs", _by_cut_offs(side))
        for side in RULES
    ),
    ("Test minutes", "", _of("rows", count)),
    ("Events", "runs of UP or of DOWN", _of("events", count)),
    ("Days with an event", "", _of("days", count)),
)  # fmt: skip


def score_table(run: Run) -> Table:
    """The scores of the model and of every baseline of its run, on the same minutes."""
    columns = [run.pooled, *run.baselines.values()]
    headings = [str(one["candidate"]) for one in columns]
    return Table(headings, [(name, hint, [said(one) for one in columns]) for name, hint, said in SCORES])


def evaluated(run: Run) -> str:
    """Of when the test minutes are."""
    return f"{instant(run.pooled['evaluated_from'])} to {instant(run.pooled['evaluated_to'])} UTC"


def legacy_table(run: Run) -> Table:
    """The predecessor's own metrics, beside what always answering SIDEWAYS has and what its own model has."""
    own = {run.pooled["candidate"]: run.pooled}
    original = {name: one for name, one in run.baselines.items() if name == "original"}
    shown = own | original
    always = percent(run.pooled.get("legacy_sideways_accuracy"))
    rows = [
        ("Accuracy", "_accuracy", always),
        ("Directional accuracy", "_directional_accuracy", "names none"),
        ("High-confidence accuracy", "_high_confidence_accuracy", always),
        ("Balanced score", "_balanced_score", percent(run.pooled.get("legacy_sideways_balanced_score"))),
    ]
    return Table(
        [str(run.pooled["candidate"]), "always SIDEWAYS", *original],
        [
            (name, "", _beside([percent(one.get(f"legacy{column}")) for one in shown.values()], sideways))
            for name, column, sideways in rows
        ],
    )


def _beside(values: list[str], sideways: str) -> list[str]:
    return [values[0], sideways, *values[1:]]


NOTHING = "\u2013"


def money_table(run: Run) -> Table | None:
    """The rule beside buy and hold and staying flat; None where money was not judged."""
    one = run.pooled
    if one.get("trades") is None:
        return None
    bounds = interval(one.get("net_return_low_bps"), one.get("net_return_high_bps"), basis_points)
    had_trades = bool(one["trades"])
    flat = percent(0.0, 2)
    return Table(
        ["The rule", "Buy and hold", "Flat"],
        [
            ("Trades", "", [count(one["trades"]), "1", "0"]),
            ("Trades a day", "", [number(one.get("trades_a_day"), 2), NOTHING, "0"]),
            ("Share of trades that gain", "", [percent(one.get("win_rate")) if had_trades else NOTHING, NOTHING, NOTHING]),
            (
                "Mean net return of a trade",
                "after both sides' costs",
                [basis_points(one.get("mean_net_return_bps")) if had_trades else NOTHING, NOTHING, NOTHING],
            ),
            (f"its {COVERED} interval", "", [bounds if had_trades else NOTHING, NOTHING, NOTHING]),
            ("Net return", "", [percent(one.get("net_return"), 2), percent(one.get("hold_net_return"), 2), flat]),
            (
                "Sharpe ratio",
                "a year, of daily net returns",
                [number(one.get("sharpe"), 2) if had_trades else NOTHING, number(one.get("hold_sharpe"), 2), NOTHING],
            ),
            ("Largest drawdown", "", [percent(one.get("max_drawdown"), 2), percent(one.get("hold_max_drawdown"), 2), flat]),
        ],
    )  # fmt: skip


def luck(run: Run) -> list[str]:
    """What the numbers must be discounted by: how many were tried, and what shuffled labels gave."""
    one, told = run.pooled, []
    if one.get("deflated_sharpe") is not None:
        told.append(
            f"Deflated Sharpe: {percent(one['deflated_sharpe'])} is the probability that its Sharpe ratio is above the "
            f"{number(one.get('lucky_sharpe'), 2)} that the best of {count(one.get('trials'))} trials without an edge reaches "
            f"by luck; 50{SPACE}% is what luck explains."
        )
    if one.get("placebo_skill") is not None:
        bounds = interval(one.get("placebo_low"), one.get("placebo_high"), percent, 2)
        told.append(
            f"Placebo: with labels shuffled in blocks the recipe has a skill of {percent(one['placebo_skill'], 2)} "
            f"({COVERED}: {bounds}); above 0 would mean that the evaluation leaks."
        )
    return told
