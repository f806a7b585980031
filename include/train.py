"""labels → candidates → champion: a snapshot, a purged walk-forward with its baselines, the gate, the registry."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from threading import Lock
from typing import Any
from uuid import UUID, uuid4

from threadpoolctl import threadpool_limits

from include.cortex.minutes import MINUTE
from include.errors import NotReady, SettingsError
from include.evaluation.bootstrap import Interval
from include.evaluation.cross_validate import TrainingTable
from include.evaluation.trading import Prices
from include.evaluation.trials import deflated_columns
from include.models.candidates import POOLED, RECIPES, Recipe, find_recipe
from include.pipeline import Market, Pipeline
from include.registry import run_id_of
from include.settings import Cell, Training
from include.training.champion import fit_model
from include.training.judged import (
    BASELINES,
    VOLATILITY_BASELINE,
    Choice,
    Judged,
    Question,
    choose,
    importance_of,
    judge_recipes,
)
from include.training.rows import pooled_table, rows_of, training_table
from include.training.throne import Throne, throne_of
from include.warehouse.minutes import stored_spans
from include.warehouse.models import Verdicts, record_verdicts, recorded_champions, reigns
from include.warehouse.promotions import appointments
from include.warehouse.snapshots import Snapshot, read_snapshot
from include.warehouse.trials import recorded_trials

log = logging.getLogger(__name__)

AWAITS = "It waits for a person: `cortex-signals approve`, or the DAG's task."

# Called with (recipes judged, recipes to judge, what is being trained).
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Trained:
    """One cell's result: who reigns now, its skill over the class prior, and why.

    `kind` as in promotions, or `kept`: the training appointed nobody, and `reason` says why.
    """

    symbol: str
    horizon_minutes: int
    threshold: str
    champion: str
    model_id: int
    log_loss_skill: float | None
    kind: str
    may_trade: bool | None
    reason: str

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


@dataclass(frozen=True)
class Order:
    """What a training was asked for, once it is known."""

    run_id: UUID
    as_of: datetime | None
    cells: Sequence[Cell]
    recipes: Sequence[Recipe]
    tuning_trials: int
    planned_trials: int
    jobs: int
    market: Market

    def effective_from(self, until: datetime) -> datetime:
        """What is trained as of the past answers from there on; what is trained on all there is, from now on."""
        return until + MINUTE if self.as_of else self.market.now()

    @property
    def with_pooled(self) -> bool:
        return any(recipe.is_pooled for recipe in self.recipes)


def train(
    pipeline: Pipeline,
    as_of: datetime | None = None,
    horizons: Sequence[int] = (),
    thresholds: Sequence[Decimal] = (),
    candidates: Sequence[str] = (),
    grid: bool = False,
    progress: Progress | None = None,
    run: str | None = None,
    tuning_trials: int | None = None,
    jobs: int = 1,
) -> list[Trained]:
    """Evaluate the candidates of each cell, and register and promote its champion.

    Parameters
    ----------
    as_of
        The last market time to use, UTC; its champions answer the minutes after it. None: the newest minute, and they
        answer from the pipeline's now.
    horizons, thresholds, candidates
        Only these; empty: the live cells, and the candidates of the settings.
    grid
        All horizons × thresholds, not only the live ones.
    run
        Name of the run: cells that were recorded under it are not trained again. None: a run of its own.
    tuning_trials
        Models that a search for parameters may train; None: as the settings say.
    jobs
        Horizons trained at once, a core each.

    Returns
    -------
    list of Trained
        One a symbol and cell. Each is committed by itself: a crash leaves the others' champions as they were.

    Raises
    ------
    NotReady
        Nothing is loaded, or the history is too short.
    """
    settings = pipeline.settings
    symbols = [symbol.name for symbol in settings.symbols]
    recipes = choose_recipes(candidates or _named(settings.training))
    cells = settings.cells(horizons, thresholds, grid=grid)
    planned = (
        len(settings.cells((), thresholds, grid=grid)) * len(symbols) * sum(not one.is_baseline for one in recipes)
    )
    trials = tuning_trials or settings.training.tuning_trials
    steps = _Steps(progress, len(cells) * len(symbols) * len(recipes))
    with pipeline.market() as market:
        order = Order(run_id_of(run) if run else uuid4(), as_of, cells, recipes, trials, planned, jobs, market)
        pooled = _pooled_tables(pipeline, order)
        trained: list[Trained] = []
        failed: list[NotReady] = []
        for symbol in symbols:
            try:
                trained += _train_symbol(pipeline, order, symbol, pooled, steps)
            except NotReady as error:  # the others' minutes are there
                failed.append(error)
    if failed:
        raise NotReady(" ".join(map(str, failed)))
    steps.end()
    return trained


class _Steps:
    """How far a training is, in recipes judged."""

    def __init__(self, progress: Progress | None, asked: int) -> None:
        self._progress = progress
        self._asked = asked
        self._done = 0
        self._turn = Lock()

    def begin(self, what: str, steps: int = 1) -> None:
        """That a step, or several, begin; callable from several threads."""
        with self._turn:
            if self._progress:
                self._progress(min(self._done, self._asked), self._asked, what)
            self._done += steps

    def end(self) -> None:
        """That all is done."""
        self._done = self._asked
        self.begin("done")


def _named(training: Training) -> list[str]:
    """The candidates of the settings, pooled ones by their own names."""
    return [*training.candidates, *(f"{POOLED}{name}" for name in training.pooled)]


def choose_recipes(candidates: Sequence[str]) -> list[Recipe]:
    """The baselines, then the named candidates; raises SettingsError for an unknown name."""
    recipes = []
    for name in dict.fromkeys([*BASELINES, *candidates]):
        recipe = find_recipe(name)
        if recipe is None:
            raise SettingsError(
                f"The candidate {name} is not known; known: {', '.join(RECIPES)}. See training.candidates in the settings."
            )
        recipes.append(recipe)
    return recipes


def _train_symbol(
    pipeline: Pipeline, order: Order, symbol: str, pooled: Mapping[int, TrainingTable], steps: _Steps
) -> Iterator[Trained]:
    """The symbol's cells, by horizon; those that the run has recorded are told, not trained again."""
    with pipeline.warehouse.transaction("reader") as connection:
        recorded = recorded_champions(connection, order.run_id, symbol)
    missing = [cell for cell in order.cells if cell not in recorded]
    for cell, row in recorded.items():
        if cell in order.cells:
            steps.begin(f"{symbol} {cell} is recorded", len(order.recipes))
            yield Trained(symbol, cell.horizon_minutes, f"{cell.threshold:f}", **row)
    if not missing:
        return
    snapshot, until = _snapshot(pipeline, symbol, order)
    prices = Prices.on_a_grid(snapshot.features.ts, snapshot.features.price)

    def of_horizon(horizon: int) -> list[Trained]:
        rows = rows_of(snapshot, horizon)
        feature_hash = snapshot.features.version.hash
        question = Question(
            pipeline.settings, horizon, symbol, rows, prices, feature_hash, pooled.get(horizon), order.tuning_trials
        )
        cells = [cell for cell in missing if cell.horizon_minutes == horizon]
        return [_train_cell(pipeline, order, question, symbol, cell, snapshot, until, steps) for cell in cells]

    horizons = sorted({cell.horizon_minutes for cell in missing})
    # what computes lets go of the interpreter, and the snapshot is shared; libraries have one thread for each horizon
    with threadpool_limits(1), ThreadPoolExecutor(order.jobs) as pool:
        for trained in pool.map(of_horizon, horizons):
            yield from trained


def _train_cell(
    pipeline: Pipeline,
    order: Order,
    question: Question,
    symbol: str,
    cell: Cell,
    snapshot: Snapshot,
    until: datetime,
    steps: _Steps,
) -> Trained:
    """Judge, choose, fit, and record as one unit."""
    with pipeline.warehouse.transaction("reader") as connection:
        history, recorded = appointments(connection, symbol, cell), recorded_trials(connection)
    throne = throne_of(history, until if order.as_of else None, has_pooled=question.pooled is not None)
    reigning_name = throne.recipe.name if throne.recipe else None
    recipes = {recipe.name: recipe for recipe in (*order.recipes, *([throne.recipe] if throne.recipe else []))}
    judged = judge_recipes(
        question,
        cell,
        list(recipes.values()),
        reigning_name,
        recorded,
        order.planned_trials,
        lambda name: steps.begin(f"{symbol} {cell}: {name}"),
    )
    choice = choose(question, cell, judged, reigning_name, is_held=throne.hold is not None)
    if not throne.may_propose:
        choice = replace(choice, proposal=None)
    return _record(pipeline, order, question, symbol, cell, snapshot, until, choice, throne)


def _snapshot(pipeline: Pipeline, symbol: str, order: Order) -> tuple[Snapshot, datetime]:
    """What the symbol's cells are trained on, and the last market time in it."""
    newest = _newest(pipeline, symbol)
    until = min(order.as_of, newest) if order.as_of else newest
    training = pipeline.settings.training
    horizons = sorted({cell.horizon_minutes for cell in order.cells})
    levels = list(dict.fromkeys(name for recipe in order.recipes for name in recipe.levels))
    start = until - training.history
    warehouse = pipeline.warehouse
    return read_snapshot(warehouse, symbol, start, until + MINUTE, horizons, training.longest_lookback, levels), until


def _newest(pipeline: Pipeline, symbol: str) -> datetime:
    spans = stored_spans(pipeline.warehouse, [symbol])
    if symbol not in spans:
        raise NotReady(
            f"No minute of {symbol} is loaded; run `cortex-signals backfill` (in Airflow, backfill_metrics) first."
        )
    return spans[symbol][1]


def _pooled_tables(pipeline: Pipeline, order: Order) -> dict[int, TrainingTable]:
    """By horizon the training rows of all symbols together; empty where no recipe asks for them."""
    asking = next(
        (recipe for recipe in (*order.recipes, *_reigning_recipes(pipeline, order)) if recipe.is_pooled), None
    )
    if asking is None or (len(pipeline.settings.symbols) < 2 and not order.with_pooled):
        return {}
    if len(pipeline.settings.symbols) < 2:
        raise SettingsError("training.pooled trains on several symbols together, and the settings have one.")
    by_horizon: dict[int, list[TrainingTable]] = {}
    for symbol in pipeline.settings.symbols:
        snapshot, _ = _snapshot(pipeline, symbol.name, order)
        for horizon in snapshot.forward_log_returns:
            table = training_table(rows_of(snapshot, horizon), asking, pipeline.settings.training.stride_minutes)
            by_horizon.setdefault(horizon, []).append(table)
    return {horizon: pooled_table(tables) for horizon, tables in by_horizon.items()}


def _reigning_recipes(pipeline: Pipeline, order: Order) -> Iterator[Recipe]:
    with pipeline.warehouse.transaction("reader") as connection:
        for symbol in pipeline.settings.symbols:
            for cell, history in reigns(connection, symbol.name).items():
                recipe = find_recipe(history[-1].candidate)
                if recipe and cell in order.cells:
                    yield recipe


def _record(
    pipeline: Pipeline,
    order: Order,
    question: Question,
    symbol: str,
    cell: Cell,
    snapshot: Snapshot,
    until: datetime,
    choice: Choice,
    throne: Throne,
) -> Trained:
    """One transaction a cell: the champion's model and a proposal's, all scores, all verdicts."""
    version = snapshot.features.version
    features = {"feature_version": version.number, "feature_hash": version.hash}
    runner_up = _runner_up(question, cell, choice, throne)
    fitted = list(dict.fromkeys(one for one in (choice.champion, choice.proposal, runner_up) if one))
    models = {
        one.recipe.name: fit_model(question, cell, symbol, one)
        | features
        | {"snapshot_hash": _snapshot_hash(snapshot, question, one.recipe)}
        for one in fitted
    }
    rests_on = {one.recipe.name: importance_of(question, cell, one.recipe) for one in fitted}
    record_verdicts(
        pipeline.warehouse,
        Verdicts(
            run_id=str(order.run_id),
            symbol=symbol,
            cell=cell,
            as_of=until,
            newest_appointment=throne.newest,
            effective_from=lambda: order.effective_from(until),
            models=models,
            evaluations=[entry for one in choice.judged for entry in _evaluations(one, rests_on.get(one.recipe.name))],
            promotions=[
                _promotion(one, choice, throne, models.get(one.recipe.name))
                for one in choice.judged
                if one.verdict or one is choice.champion
            ],
            challenger=runner_up.recipe.name if runner_up else None,
        ),
    )
    with pipeline.warehouse.transaction("reader") as connection:
        row = recorded_champions(connection, order.run_id, symbol)[cell]
    if throne.hold:
        row = {**row, "reason": throne.hold}
    log.info("%s %s: %s %s (model %s). %s", symbol, cell, row["kind"], row["champion"], row["model_id"], row["reason"])
    return Trained(symbol, cell.horizon_minutes, f"{cell.threshold:f}", **row)


def _runner_up(question: Question, cell: Cell, choice: Choice, throne: Throne) -> Judged | None:
    """The candidate with the most skill that does not come to reign, passed or not, where the settings ask for it."""
    signals = question.settings.signals
    if signals.shadow != "runner_up" or cell not in signals.live:
        return None
    reigns_on = choice.champion.recipe.name if choice.champion else throne.recipe and throne.recipe.name
    others = [one for one in choice.judged if not one.recipe.is_baseline and one.recipe.name != reigns_on]
    return max(others, key=lambda one: one.pooled.log_loss_skill or -math.inf, default=None)


def _snapshot_hash(snapshot: Snapshot, question: Question, recipe: Recipe) -> str:
    """Of all that the recipe is trained on and judged by; of a pooled one the other symbols' rows as well."""
    own = snapshot.hash_for(question.horizon_minutes)
    return own if not recipe.is_pooled else sha256(f"{own} {question.table(recipe).hash}".encode()).hexdigest()


def _evaluations(judged: Judged, rests_on: Sequence[Mapping[str, Any]] | None) -> list[Mapping[str, Any]]:
    """A row of all folds together, with what else its card shows, and one a fold."""
    common = {"candidate": judged.recipe.name, "is_baseline": judged.recipe.is_baseline}
    placebo = judged.placebo or Interval(None, None, None)
    pooled = {
        **common,
        "fold": None,
        "curves": {
            **asdict(judged.curves),
            "importance": rests_on,
            "hold_daily_net_returns": judged.paper.hold_daily.tolist() if judged.paper else None,
        },
        "placebo_skill": placebo.value,
        "placebo_low": placebo.low,
        "placebo_high": placebo.high,
        "recipe_hash": judged.recipe_hash,
        **judged.pooled.as_columns(),
        **(judged.paper.as_columns() if judged.paper else {}),
        **deflated_columns(judged.deflated),
    }
    of_folds = ({"fold": number, "curves": None, **fold.as_columns()} for number, fold in enumerate(judged.folds))
    return [pooled, *({**common, **fold} for fold in of_folds)]


def _promotion(judged: Judged, choice: Choice, throne: Throne, model: Mapping[str, Any] | None) -> dict[str, Any]:
    margin = judged.margin or Interval(None, None, None)
    over_reigning = judged.over_reigning or Interval(None, None, None)
    kind = _kind(judged, choice, throne)
    return {
        "candidate": judged.recipe.name,
        "is_accepted": judged is choice.champion,
        "kind": kind,
        "reason": _reason(judged, kind, choice, throne),
        "skill_margin": margin.value,
        "margin_low": margin.low,
        "margin_high": margin.high,
        "reigning": throne.recipe.name if throne.recipe else None,
        "reigning_margin": over_reigning.value,
        "reigning_low": over_reigning.low,
        "reigning_high": over_reigning.high,
        "may_trade": model["decision"]["may_trade"] if model else None,
        "trade_reason": model["decision"]["trade_reason"] if model else None,
    }


def _kind(judged: Judged, choice: Choice, throne: Throne) -> str:
    if judged is choice.proposal:
        return "proposed"
    if judged is choice.champion:
        if judged.recipe.name == VOLATILITY_BASELINE:
            return "baseline"
        return "refreshed" if throne.recipe and judged.recipe.name == throne.recipe.name else "promoted"
    if judged.is_accepted:
        return "surpassed"
    return "too_few" if judged.verdict and judged.verdict.too_few else "refused"


def _reason(judged: Judged, kind: str, choice: Choice, throne: Throne) -> str:
    if judged.verdict is None:
        waits = f"{choice.proposal.recipe.name} passed the gate and waits for a person" if choice.proposal else None
        return f"{waits or 'No candidate passed the gate'}: the volatility baseline scores, so that signals go on."
    said = judged.verdict.reason
    if kind == "proposed":
        return " ".join(part for part in (throne.hold, said, AWAITS) if part)
    if kind == "surpassed":
        return f"Passed the gate; {'nobody was appointed. ' + throne.hold if throne.hold else 'another recipe has more skill.'} {said}"
    return said
