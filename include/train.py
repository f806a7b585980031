"""labels → candidates → champion: a snapshot, a purged walk-forward with its baselines, the gate, the registry."""

from __future__ import annotations

import logging
import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from math import ceil
from typing import Any
from uuid import uuid4

import numpy as np
import numpy.typing as npt
import pandas as pd

from include.cortex.minutes import MINUTE
from include.errors import NotReady, SettingsError
from include.evaluation.bootstrap import Interval
from include.evaluation.cross_validate import OutOfSample, class_prior, strided, walk_forward_predictions
from include.evaluation.curves import Curves, curves
from include.evaluation.decision import Decisions, choose_cut_offs, mean_returns, paper_trades, walk_forward_decisions
from include.evaluation.gate import Verdict, judge
from include.evaluation.regimes import volatility_regimes
from include.evaluation.scores import Evaluation, evaluate, skill_margin
from include.evaluation.walk_forward import Fold, purged_walk_forward
from include.models.artifacts import dump, sha256_of
from include.models.candidates import RECIPES, Recipe, Tuning
from include.models.classes import classify
from include.pipeline import Pipeline
from include.settings import PACKAGE, Cell, Settings
from include.warehouse.minutes import stored_spans
from include.warehouse.models import Verdicts, record_verdicts
from include.warehouse.snapshots import Snapshot, read_snapshot

log = logging.getLogger(__name__)

BASELINES = ("class_prior", "always_sideways", "volatility_60m", "original")
VOLATILITY = "volatility_60m"
REGIMES_BY = "realised_volatility_60m"
THREADS = 1  # more would take the live DAGs' core, and LightGBM's threads do not survive a fork

# Called with (cells done, cells asked for, what is being trained).
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Trained:
    """One cell's result: who reigns now, its skill over the class prior, and why."""

    symbol: str
    horizon_minutes: int
    threshold: str
    champion: str
    model_id: int
    log_loss_skill: float | None
    reason: str

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


@dataclass(frozen=True, eq=False)
class Rows:
    """The complete, labelled minutes of one cell: ts, features, classes and returns, in order of time.

    levels: columns of minute_metrics as well, of those minutes, NaN for unknown.
    """

    ts: npt.NDArray[np.int64]
    X: npt.NDArray[np.float32]
    y: npt.NDArray[np.int8]
    forward_log_return: npt.NDArray[np.float64]
    columns: tuple[str, ...]
    levels: Mapping[str, npt.NDArray[np.float32]]

    def seen_by(self, recipe: Recipe) -> tuple[npt.NDArray[np.float32], tuple[str, ...]]:
        """What the recipe chooses its columns from, and their names."""
        if not recipe.levels:
            return self.X, self.columns
        return np.nan_to_num(np.column_stack([self.levels[name] for name in recipe.levels])), recipe.levels


@dataclass(frozen=True, eq=False)
class Judged:
    """A recipe's out-of-sample predictions, scores, margin over the volatility baseline, and the gate's verdict.

    `decisions` are by rules from earlier folds; `curves` belong to `pooled`.
    """

    recipe: Recipe
    predictions: OutOfSample
    decisions: Decisions
    pooled: Evaluation
    curves: Curves
    folds: Sequence[Evaluation]
    margin: Interval | None
    verdict: Verdict | None


@dataclass(frozen=True, eq=False)
class Found:
    """What the training of one cell found; `model` holds the columns of the table `models`."""

    judged: Sequence[Judged]
    champion: Judged
    model: Mapping[str, Any]


def train(
    pipeline: Pipeline,
    as_of: datetime | None = None,
    horizons: Sequence[int] = (),
    thresholds: Sequence[Decimal] = (),
    candidates: Sequence[str] = (),
    grid: bool = False,
    progress: Progress | None = None,
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

    Returns
    -------
    list of Trained
        One a symbol and cell. Each is committed by itself: a crash leaves the others' champions as they were.

    Raises
    ------
    NotReady
        Nothing is loaded, or the history is too short.
    """
    cells = pipeline.settings.cells(horizons, thresholds, grid=grid)
    recipes = choose_recipes(candidates or pipeline.settings.training.candidates)
    trained: list[Trained] = []
    asked = len(cells) * len(pipeline.settings.symbols)
    with pipeline.market() as market:
        for symbol in pipeline.settings.symbols:
            snapshot, until = _snapshot(pipeline, symbol.name, as_of, cells, recipes)
            for cell in cells:
                if progress:
                    progress(len(trained), asked, f"{symbol.name} {cell}")
                # what is trained as of the past answers from there on; what is trained on all there is, from now on
                found = judge_cell(pipeline.settings, cell, recipes, snapshot)
                effective_from = until + MINUTE if as_of else market.now()
                trained.append(_register(pipeline, symbol.name, cell, found, until, effective_from))
    if progress:
        progress(asked, asked, "done")
    return trained


def _snapshot(
    pipeline: Pipeline, symbol: str, as_of: datetime | None, cells: Sequence[Cell], recipes: Sequence[Recipe]
) -> tuple[Snapshot, datetime]:
    """What the symbol's cells are trained on, and the last market time in it."""
    newest = _newest(pipeline, symbol)
    until = min(as_of, newest) if as_of else newest
    start = until - pipeline.settings.training.history
    horizons = sorted({cell.horizon_minutes for cell in cells})
    lookback = pipeline.settings.training.longest_lookback
    levels = list(dict.fromkeys(name for recipe in recipes for name in recipe.levels))
    return read_snapshot(pipeline.warehouse, symbol, start, until + MINUTE, horizons, lookback, levels), until


def choose_recipes(candidates: Sequence[str]) -> list[Recipe]:
    """The baselines, then the named candidates; raises SettingsError for an unknown name."""
    unknown = [name for name in candidates if name not in RECIPES]
    if unknown:
        raise SettingsError(
            f"The candidate {unknown[0]} is not known; known: {', '.join(RECIPES)}. See training.candidates in the settings."
        )
    return [RECIPES[name] for name in dict.fromkeys([*BASELINES, *candidates])]


def _newest(pipeline: Pipeline, symbol: str) -> datetime:
    spans = stored_spans(pipeline.warehouse, [symbol])
    if symbol not in spans:
        raise NotReady(
            f"No minute of {symbol} is loaded; run `cortex-signals backfill` (in Airflow, backfill_metrics) first."
        )
    return spans[symbol][1]


def _register(
    pipeline: Pipeline, symbol: str, cell: Cell, found: Found, as_of: datetime, effective_from: datetime
) -> Trained:
    """One transaction a cell: the champion's model, all scores, all verdicts."""
    champion = found.champion
    verdicts = Verdicts(
        run_id=str(uuid4()),
        symbol=symbol,
        cell=cell,
        as_of=as_of,
        effective_from=effective_from,
        champion=champion.recipe.name,
        model=found.model,
        evaluations=[entry for one in found.judged for entry in _evaluations(one)],
        promotions=[_promotion(one, champion) for one in found.judged if one.verdict or one is champion],
    )
    model_id = record_verdicts(pipeline.warehouse, verdicts)
    reason = _reason(champion)
    log.info("%s %s: champion %s (model %d). %s", symbol, cell, champion.recipe.name, model_id, reason)
    return Trained(
        symbol,
        cell.horizon_minutes,
        f"{cell.threshold:f}",
        champion.recipe.name,
        model_id,
        champion.pooled.log_loss_skill,
        reason,
    )


def judge_cell(settings: Settings, cell: Cell, recipes: Sequence[Recipe], snapshot: Snapshot) -> Found:
    """Every recipe judged on the snapshot, and the champion's fitted on all of it."""
    rows = cell_rows(snapshot, cell)
    judged = judge_recipes(settings, cell, rows, recipes)
    champion = choose_champion(judged)
    version = snapshot.features.version
    model = _fit_champion(settings, cell, rows, champion) | {
        "snapshot_hash": snapshot.hash,
        "feature_version": version.number,
        "feature_hash": version.hash,
    }
    return Found(judged, champion, model)


def cell_rows(snapshot: Snapshot, cell: Cell) -> Rows:
    """The snapshot's complete minutes whose label over the cell's horizon is known."""
    returns = snapshot.forward_log_returns[cell.horizon_minutes]
    kept = snapshot.features.complete & np.isfinite(returns)
    return Rows(
        snapshot.features.ts[kept],
        snapshot.features.X[kept],
        classify(returns[kept], float(cell.threshold)),
        returns[kept],
        snapshot.features.columns,
        {name: values[kept] for name, values in snapshot.levels.items()},
    )


def judge_recipes(settings: Settings, cell: Cell, rows: Rows, recipes: Sequence[Recipe]) -> list[Judged]:
    """Every recipe over the same purged, embargoed folds; candidates also before the gate."""
    training = settings.training
    folds = purged_walk_forward(
        rows.ts,
        cell.horizon,
        folds=training.folds,
        min_train=training.min_train,
        test_share=training.test_share,
        embargo=training.embargo,
    )
    predictions = {recipe.name: _predictions(settings, cell, rows, recipe, folds) for recipe in recipes}
    regime = volatility_regimes(rows.X[:, rows.columns.index(REGIMES_BY)], folds)
    return [
        _judge(settings, cell, rows, recipe, predictions[recipe.name], predictions[VOLATILITY], regime)
        for recipe in recipes
    ]


def _predictions(settings: Settings, cell: Cell, rows: Rows, recipe: Recipe, folds: Sequence[Fold]) -> OutOfSample:
    training = settings.training
    X, columns = rows.seen_by(recipe)
    return walk_forward_predictions(
        recipe,
        X,
        columns,
        rows.y,
        rows.ts,
        folds,
        stride_minutes=training.stride_minutes,
        seed=training.seed,
        threads=THREADS,
        tuning=_tuning(settings, cell),
    )


def _tuning(settings: Settings, cell: Cell) -> Tuning:
    """Training rows are at least a stride apart, so a label's horizon spans no more of them than that."""
    training = settings.training
    return Tuning(training.tuning_trials, ceil(cell.horizon_minutes / training.stride_minutes))


def _judge(
    settings: Settings,
    cell: Cell,
    rows: Rows,
    recipe: Recipe,
    found: OutOfSample,
    volatility: OutOfSample,
    regime: npt.NDArray[np.int8],
) -> Judged:
    seed = settings.training.seed
    y, ts, returns = rows.y[found.index], rows.ts[found.index], rows.forward_log_return[found.index]
    cost = settings.signals.cost_bps_per_side
    decisions = walk_forward_decisions(y, found.p, returns, ts, found.fold, cell.horizon, cost)

    def scores(of: slice) -> Evaluation:
        p, prior_p, prediction = found.p[of], found.prior_p[of], decisions.prediction[of]
        return evaluate(y[of], p, prior_p, ts[of], cell.horizon, seed, prediction)

    _, starts = np.unique(found.fold, return_index=True)
    ends = [*starts[1:], len(y)]
    pooled, folds = scores(slice(None)), [scores(slice(*span)) for span in zip(starts, ends, strict=True)]
    shown = curves(y, found.p, found.prior_p, ts, cell.horizon, seed, decisions.prediction, regime)
    if recipe.is_baseline:
        return Judged(recipe, found, decisions, pooled, shown, folds, None, None)
    margin = skill_margin(y, found.p, volatility.p, found.prior_p, ts, seed)
    return Judged(recipe, found, decisions, pooled, shown, folds, margin, judge(pooled, margin, settings.training))


def choose_champion(judged: Sequence[Judged]) -> Judged:
    """The accepted candidate with the most skill, else the volatility baseline."""
    accepted = [one for one in judged if one.verdict and one.verdict.accepted]
    if accepted:
        return max(accepted, key=lambda one: one.pooled.log_loss_skill or 0.0)
    return next(one for one in judged if one.recipe.name == VOLATILITY)


def _reason(judged: Judged) -> str:
    return (
        judged.verdict.reason
        if judged.verdict
        else "No candidate passed the gate: the volatility baseline scores, so that signals go on."
    )


def _fit_champion(settings: Settings, cell: Cell, rows: Rows, champion: Judged) -> dict[str, Any]:
    """The champion's recipe fitted on every row there is, with its decision rule, as columns of `models`."""
    training, recipe = settings.training, champion.recipe
    columns = recipe.columns(rows.columns)
    chosen = np.array([rows.columns.index(name) for name in columns])
    fitted = strided(np.arange(len(rows.ts)), rows.ts, training.stride_minutes)
    model = recipe.build(training.seed, THREADS, _tuning(settings, cell)).fit(
        rows.X[np.ix_(fitted, chosen)], rows.y[fitted]
    )
    artifact, artifact_format = dump(model)
    return {
        "candidate": recipe.name,
        "is_baseline": recipe.is_baseline,
        "trained_from": _instant(rows.ts[fitted[0]]),
        "trained_to": _instant(rows.ts[fitted[-1]]),
        "feature_columns": list(columns),
        "code_revision": code_revision(),
        "parameters": _parameters(settings, len(fitted)),
        "decision": _decision(settings, cell, rows, champion, class_prior(rows.y[fitted])),
        "artifact": artifact,
        "artifact_format": artifact_format,
        "artifact_sha256": sha256_of(artifact),
    }


def _decision(
    settings: Settings, cell: Cell, rows: Rows, champion: Judged, base_rates: npt.NDArray[np.float64]
) -> dict[str, Any]:
    """Cut-offs and class means from the out-of-sample rows, and what the rule earned on paper when chosen fold by fold."""
    found, decisions = champion.predictions, champion.decisions
    y, ts, returns = rows.y[found.index], rows.ts[found.index], rows.forward_log_return[found.index]
    cut_offs = choose_cut_offs(y, found.p)
    trades = paper_trades(
        ts, decisions.edge_bps, decisions.direction, pd.Series(rows.forward_log_return, index=rows.ts), cell.horizon,
        cost_bps_per_side=settings.signals.cost_bps_per_side, seed=settings.training.seed,
    )  # fmt: skip
    class_returns = [None if np.isnan(mean) else float(mean) for mean in mean_returns(y, np.expm1(returns))]
    return {
        "cut_offs": asdict(cut_offs),
        "class_returns": class_returns,
        "base_rates": [float(rate) for rate in base_rates],
        "paper_trades": asdict(trades),
        "may_trade": trades.may_trade,
    }


def _parameters(settings: Settings, rows: int) -> dict[str, Any]:
    return {
        "seed": settings.training.seed,
        "stride_minutes": settings.training.stride_minutes,
        "rows": rows,
        "folds": settings.training.folds,
        "embargo_minutes": settings.training.embargo / timedelta(minutes=1),
        "python": platform.python_version(),
        **{name: version(name) for name in ("numpy", "scikit-learn", "lightgbm", "optuna")},
    }


def _evaluations(judged: Judged) -> list[Mapping[str, Any]]:
    common = {"candidate": judged.recipe.name, "is_baseline": judged.recipe.is_baseline}
    pooled = {**common, "fold": None, "curves": asdict(judged.curves), **judged.pooled.as_columns()}
    of_folds = ({"fold": number, "curves": None, **fold.as_columns()} for number, fold in enumerate(judged.folds))
    return [pooled, *({**common, **fold} for fold in of_folds)]


def _promotion(judged: Judged, champion: Judged) -> Mapping[str, Any]:
    margin = judged.margin or Interval(None, None, None)
    beaten = (
        "Passed the gate; another candidate has more skill. "
        if judged.verdict and judged.verdict.accepted and judged is not champion
        else ""
    )
    return {
        "candidate": judged.recipe.name,
        "is_accepted": judged is champion,
        "reason": beaten + _reason(judged),
        "skill_margin": margin.value,
        "margin_low": margin.low,
        "margin_high": margin.high,
    }


@cache
def code_revision() -> str:
    """The package's version and a hash of its Python and SQL text: two trainings with one revision ran the same code."""
    digest = sha256()
    for path in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.sql")]):
        digest.update(path.read_bytes())
    return f"{version('cortex-signals')}+{digest.hexdigest()[:12]}"


def _instant(epoch: np.int64) -> datetime:
    return datetime.fromtimestamp(int(epoch), tz=UTC)
