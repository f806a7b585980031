"""rows → candidates: every recipe refitted in the same folds, scored on the same rows, and what the gate says of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import ceil

import numpy as np
import numpy.typing as npt

from include.evaluation.bootstrap import Interval
from include.evaluation.cross_validate import (
    Fitting,
    OutOfSample,
    TrainingTable,
    class_prior,
    mean_of,
    out_of_sample,
)
from include.evaluation.curves import Curves, curves
from include.evaluation.decision import Decisions, walk_forward_decisions
from include.evaluation.gate import Contest, Verdict, judge, judge_placebo, judge_refresh
from include.evaluation.importance import Importance, importance
from include.evaluation.overfitting import DeflatedSharpe
from include.evaluation.placebo import shuffled_in_blocks
from include.evaluation.regimes import volatility_regimes
from include.evaluation.scores import Evaluation, evaluate, log_loss_rows, skill_interval, skill_margin
from include.evaluation.trading import Paper, Prices, trade_on_paper
from include.evaluation.trials import Trial, count_trials, deflate, recipe_hash
from include.evaluation.walk_forward import Fold, purged_walk_forward
from include.models.candidates import Recipe, Tuning
from include.models.classes import Classes, classify
from include.settings import Cell, Settings
from include.training.rows import Rows, training_table

BASELINES = ("class_prior", "always_sideways", "volatility_60m", "original")
VOLATILITY_BASELINE = "volatility_60m"
THREADS = 1  # more would take the live DAGs' core, and LightGBM's threads do not survive a fork

Step = Callable[[str], None]


@dataclass(frozen=True, eq=False)
class Judged:
    """A recipe's out-of-sample predictions, scores and margins, and the gate's verdict (None for a baseline).

    `decisions` are by rules from earlier folds; `curves` belong to `pooled`. `paper` is what they bring as trades, None
    where no fold has an earlier one, and `deflated` what that is worth after every trial. `placebo` is the skill on
    shuffled labels, None where it was not asked for.
    """

    recipe: Recipe
    predictions: OutOfSample
    decisions: Decisions
    pooled: Evaluation
    curves: Curves
    folds: Sequence[Evaluation]
    paper: Paper | None
    recipe_hash: str
    deflated: DeflatedSharpe | None = None
    margin: Interval | None = None
    over_reigning: Interval | None = None
    verdict: Verdict | None = None
    placebo: Interval | None = None

    @property
    def is_accepted(self) -> bool:
        """Whether it passed the gate."""
        return self.verdict is not None and self.verdict.accepted


@dataclass(frozen=True, eq=False)
class Question:
    """A symbol and horizon to be judged: its rows, and the folds and tables that all thresholds and recipes share.

    Attributes
    ----------
    prices
        Every held minute's, also of those that are no rows.
    feature_hash
        Of the version of the features that the rows hold.
    pooled
        The training rows of all symbols; None where no recipe asks for them.
    tuning_trials
        Models that a recipe may train in one search.
    """

    settings: Settings
    horizon_minutes: int
    symbol: str
    rows: Rows
    prices: Prices
    feature_hash: str
    pooled: TrainingTable | None
    tuning_trials: int
    _tables: dict[tuple[str, ...], TrainingTable] = field(default_factory=dict)

    @cached_property
    def folds(self) -> list[Fold]:
        """Purged by the horizon and embargoed."""
        training = self.settings.training
        return purged_walk_forward(
            self.rows.ts,
            self.search_cell.horizon,
            folds=training.folds,
            min_train=training.min_train,
            test_share=training.test_share,
            embargo=training.embargo,
        )

    def table(self, recipe: Recipe) -> TrainingTable:
        """What the recipe is trained on."""
        if recipe.is_pooled:
            assert self.pooled is not None, "a pooled recipe is judged without the other symbols' rows"
            return self.pooled
        if recipe.levels not in self._tables:
            self._tables[recipe.levels] = training_table(self.rows, recipe, self.settings.training.stride_minutes)
        return self._tables[recipe.levels]

    @property
    def search_cell(self) -> Cell:
        """The cell by whose classes parameters are searched for: the live one of the horizon, else that of the middle."""
        live = [cell for cell in self.settings.signals.live if cell.horizon_minutes == self.horizon_minutes]
        thresholds = self.settings.thresholds
        return live[0] if live else Cell(self.horizon_minutes, thresholds[len(thresholds) // 2])

    def fitting(self, recipe: Recipe) -> Fitting:
        """Seed, threads and search; training rows are a stride apart, so a label spans no more of them than that."""
        training = self.settings.training
        symbols = len(self.settings.symbols) if recipe.is_pooled else 1
        spanned = ceil(self.horizon_minutes / training.stride_minutes) * symbols
        return Fitting(training.seed, THREADS, Tuning(self.tuning_trials, spanned))

    def stop(self, table: TrainingTable, fold: Fold) -> int:
        """How many of the table's rows the fold is trained on."""
        return table.stop(int(self.rows.ts[fold.train[-1]]))

    def classes_of(self, table: TrainingTable, cell: Cell) -> Classes:
        return classify(table.forward_log_return, float(cell.threshold))


def judge_recipes(
    question: Question,
    cell: Cell,
    recipes: Sequence[Recipe],
    reigning: str | None = None,
    recorded: Mapping[Trial, float] | None = None,
    planned: int = 0,
    step: Step | None = None,
) -> list[Judged]:
    """Every recipe over the same folds; candidates also before the gate.

    Parameters
    ----------
    reigning
        Name of the recipe that reigns in the cell, one of the recipes; None where a baseline or nothing does.
    recorded
        Sharpe ratio of a day of every trial ever recorded; None: of none.
    planned
        How many trials the training makes in all: its first cell is judged as if the others had been tried already.
    step
        Called with each recipe's name before it is trained.
    """
    predictions: dict[str, OutOfSample] = {}
    for recipe in recipes:
        if step:
            step(recipe.name)
        found = _predictions(question, cell, recipe, predictions)
        first = next(iter(predictions.values()), found)
        predictions[recipe.name] = found.sharing(first)  # a third of a gigabyte, of 2.5 years
    regime = volatility_regimes(question.rows.volatility, question.folds)
    scored = [_score(question, cell, recipe, predictions[recipe.name], regime) for recipe in recipes]
    return _through_the_gate(question, cell, _deflated(question, cell, scored, recorded or {}, planned), reigning)


def _predictions(question: Question, cell: Cell, recipe: Recipe, known: Mapping[str, OutOfSample]) -> OutOfSample:
    if recipe.mean_of and all(part in known for part in recipe.mean_of):
        return mean_of([known[part] for part in recipe.mean_of])
    table = question.table(recipe)
    return _walk(question, recipe, table, question.classes_of(table, cell))


def _walk(
    question: Question, recipe: Recipe, table: TrainingTable, y: Classes, *, shuffled: bool = False
) -> OutOfSample:
    X = question.rows.X if recipe.is_pooled else question.rows.seen_by(recipe)[0]
    y_search = y if shuffled else question.classes_of(table, question.search_cell)
    return out_of_sample(recipe, table, y, y_search, X, question.rows.ts, question.folds, question.fitting(recipe))


def _score(question: Question, cell: Cell, recipe: Recipe, found: OutOfSample, regime: npt.NDArray[np.int8]) -> Judged:
    seed, rows = question.settings.training.seed, question.rows
    y, ts, returns = rows.classes(cell)[found.index], rows.ts[found.index], rows.forward_log_return[found.index]
    cost = question.settings.signals.cost_bps_per_side
    decisions = walk_forward_decisions(y, found.p, returns, ts, found.fold, cell.horizon, cost)

    def scores(of: slice) -> Evaluation:
        p, prior_p, prediction = found.p[of], found.prior_p[of], decisions.prediction[of]
        return evaluate(y[of], p, prior_p, ts[of], cell.horizon, seed, prediction)

    _, starts = np.unique(found.fold, return_index=True)
    ends = [*starts[1:], len(y)]
    pooled, folds = scores(slice(None)), [scores(slice(*span)) for span in zip(starts, ends, strict=True)]
    shown = curves(y, found.p, found.prior_p, ts, cell.horizon, seed, decisions.prediction, regime)
    rules, volatility = question.settings.signals, rows.volatility[found.index]
    paper = trade_on_paper(question.prices, ts, decisions, volatility, cell.horizon, rules, seed)
    columns, tuning = recipe.columns(question.table(recipe).columns), question.fitting(recipe).tuning
    training = question.settings.training
    rested_on = (question.feature_hash, training.stride_minutes, training.history.days)
    hashed = recipe_hash(recipe, columns, rules, seed, tuning, rested_on)
    return Judged(recipe, found, decisions, pooled, shown, folds, paper, hashed)


def _deflated(
    question: Question, cell: Cell, scored: Sequence[Judged], recorded: Mapping[Trial, float], planned: int
) -> list[Judged]:
    """With what their Sharpe ratios are worth after every trial, those of this cell included."""
    own = {
        Trial(question.symbol, cell.horizon_minutes, cell.threshold, one.recipe_hash): one.paper.sharpe_of_a_day
        for one in scored
        if one.paper and not one.recipe.is_baseline
    }
    trials = count_trials(recorded, {trial: sharpe for trial, sharpe in own.items() if sharpe is not None})
    trials = replace(trials, count=max(trials.count, planned))
    return [replace(one, deflated=deflate(one.paper.daily, trials)) if one.paper else one for one in scored]


def _through_the_gate(question: Question, cell: Cell, scored: Sequence[Judged], reigning: str | None) -> list[Judged]:
    """Margins and verdicts: first whether the reigning recipe may stay, then the others beside it."""
    by_name = {one.recipe.name: one for one in scored}
    volatility = by_name[VOLATILITY_BASELINE]
    limits = question.settings.training

    def over(one: Judged, other: Judged) -> Interval:
        y, ts = question.rows.classes(cell)[one.predictions.index], question.rows.ts[one.predictions.index]
        found = one.predictions
        return skill_margin(y, found.p, other.predictions.p, volatility.predictions.prior_p, ts, limits.seed)

    def contest(one: Judged, stays: Judged | None) -> Contest:
        return Contest(
            one.pooled,
            over(one, volatility),
            stays.recipe.name if stays else None,
            over(one, stays) if stays else None,
            volatility.pooled.calibration_error,
        )

    def gated(one: Judged, stays: Judged | None) -> Judged:
        fought = contest(one, stays)
        verdict = judge(fought, limits)
        return replace(one, margin=fought.margin, over_reigning=fought.over_reigning, verdict=verdict)

    stays = None
    if reigning in by_name:
        fought = contest(by_name[reigning], None)
        held = replace(by_name[reigning], margin=fought.margin, verdict=judge_refresh(fought, limits))
        by_name[reigning] = held
        stays = held if held.is_accepted else None
    return [
        one if one.recipe.is_baseline or one.recipe.name == reigning else gated(one, stays) for one in by_name.values()
    ]


@dataclass(frozen=True, eq=False)
class Choice:
    """What came of a cell: everything judged, the recipe that reigns from now on, and one that waits for a person.

    No champion: the model that reigns is left as it is, not even trained anew.
    """

    judged: Sequence[Judged]
    champion: Judged | None
    proposal: Judged | None = None


def choose(
    question: Question, cell: Cell, judged: Sequence[Judged], reigning: str | None, *, is_held: bool = False
) -> Choice:
    """The accepted new recipe with the most skill, else the reigning one if it may stay, else the volatility baseline.

    Whoever would come to reign is asked for a placebo first. Where the settings want a person's approval, a new recipe is
    a proposal, and what would reign without it does. Where a person holds the cell, all that passes is a proposal, the
    reigning recipe trained anew as well, and the reigning model stays.
    """
    asked = list(judged)
    new = _best(question, cell, asked, [one for one in judged if one.is_accepted and one.recipe.name != reigning])
    if new and not is_held and not question.settings.training.approval:
        return Choice(asked, new)
    stays = _best(question, cell, asked, [one for one in judged if one.is_accepted and one.recipe.name == reigning])
    if is_held:
        return Choice(asked, None, new or stays)
    volatility = next(one for one in asked if one.recipe.name == VOLATILITY_BASELINE)
    return Choice(asked, stays or volatility, new)


def _best(question: Question, cell: Cell, asked: list[Judged], accepted: Sequence[Judged]) -> Judged | None:
    """The one with the most skill that passes the placebo; `asked` then holds what the placebos said."""
    for one in sorted(accepted, key=lambda one: -(one.pooled.log_loss_skill or 0.0)):
        said = _ask_placebo(question, cell, one)
        asked[asked.index(one)] = said
        if said.is_accepted:
            return said
    return None


def _ask_placebo(question: Question, cell: Cell, one: Judged) -> Judged:
    placebo = placebo_skill(question, cell, one.recipe)
    verdict = judge_placebo(placebo)
    said = replace(one, placebo=placebo)
    return said if verdict.accepted else replace(said, verdict=verdict)


def importance_of(question: Question, cell: Cell, recipe: Recipe) -> list[Importance]:
    """What the recipe rests on, as the last fold's test rows show it, which its model there has not seen."""
    table, fold = question.table(recipe), question.folds[-1]
    stop, y = question.stop(table, fold), question.classes_of(table, cell)
    y_search = question.classes_of(table, question.search_cell)
    model = table.fit(recipe, stop, y, y_search, question.fitting(recipe))
    columns = recipe.columns(table.columns)
    X = question.rows.X[fold.test][:, [question.rows.columns.index(name) for name in columns]]
    prior_p = np.tile(class_prior(y[:stop]), (len(X), 1))
    tested = question.rows.classes(cell)[fold.test]
    return importance(model, X, tested, prior_p, columns, question.settings.training.seed)


def placebo_skill(question: Question, cell: Cell, recipe: Recipe) -> Interval:
    """The recipe's skill in the same folds where labels were shuffled in blocks of 5 days.

    A pooled recipe is trained on its own symbol's rows for it: the evaluation that is tested is the same.
    """
    own, rows, seed = replace(recipe, is_pooled=False), question.rows, question.settings.training.seed
    table = training_table(rows, own, question.settings.training.stride_minutes)  # what was searched for is forgotten
    y = rows.classes(cell)[shuffled_in_blocks(rows.ts, seed)]
    found = _walk(question, own, table, y[np.searchsorted(rows.ts, table.ts)], shuffled=True)
    tested, ts = y[found.index], rows.ts[found.index]
    return skill_interval(log_loss_rows(tested, found.p), log_loss_rows(tested, found.prior_p), ts, seed)
