"""Skill over the volatility baseline and over the original's features, in a walk-forward with monthly refits.

    python -m bench.skill --dsn DSN [--candidates two_step lightgbm logistic] [--months] [--lookback 1440] [--stride 5]

Every candidate is trained anew before each calendar month on all minutes before it (purged by the horizon, embargoed as
the settings say, a stride apart) and scored on all complete minutes of the month. The span judged is 2025-04-01 to
2025-10-19; `--months` scores 2024-01-01 to 2025-03-31 first, the months on which the recipes were chosen. Needs a
warehouse with the minutes from 2023-04-04 to 2025-10-19.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from include.evaluation.bootstrap import Interval
from include.evaluation.cross_validate import Fitting, OutOfSample, out_of_sample
from include.evaluation.scores import Evaluation, evaluate, skill_margin
from include.evaluation.walk_forward import Fold
from include.models.candidates import RECIPES, Recipe, Tuning
from include.models.classes import classify
from include.models.original import LEVELS
from include.settings import Cell, Settings, load_settings
from include.training.rows import Rows, rows_of, training_table
from include.warehouse.connection import Warehouse
from include.warehouse.snapshots import read_snapshot

CELL = Cell(30, Decimal("0.005"))
BASELINE = "volatility_60m"
HISTORY_FROM = datetime(2023, 4, 4, tzinfo=UTC)
JUDGED = (datetime(2025, 4, 1, tzinfo=UTC), datetime(2025, 10, 20, tzinfo=UTC))
CHOSEN_ON = (datetime(2024, 1, 1, tzinfo=UTC), JUDGED[0])
Span = tuple[datetime, datetime]


@dataclass(frozen=True, eq=False)
class Scored:
    """A recipe over a span: its probabilities and scores, and margins in skill (None for what is there to be beaten)."""

    name: str
    found: OutOfSample
    scores: Evaluation
    over_volatility: Interval | None = None
    over_levels: Interval | None = None


@dataclass(frozen=True)
class Target:
    """One of the goals: what it is called, what a candidate reached beside the baseline, and whether that is enough."""

    name: str
    reached: Callable[[Scored, Scored], float]
    bound: float
    at_most: bool = False

    def met(self, value: float) -> bool:
        return value <= self.bound if self.at_most else value >= self.bound


TARGETS = (
    Target("skill over volatility_60m", lambda one, _: _value(one.over_volatility), 0.030),
    Target("skill over the original's features", lambda one, _: _value(one.over_levels), 0.055),
    Target("AUC UP over volatility_60m", lambda one, base: _known(one, "auc_up") - _known(base, "auc_up"), 0.020),
    Target("AUC DOWN over volatility_60m", lambda one, base: _known(one, "auc_down") - _known(base, "auc_down"), 0.020),
    Target("direction AUC", lambda one, _: _known(one, "auc_direction"), 0.55),
    Target("calibration error, at most", lambda one, _: _known(one, "calibration_error"), 0.006, at_most=True),
)


def main() -> None:
    arguments = _arguments()
    settings = load_settings()
    settings = replace(settings, training=replace(settings.training, stride_minutes=arguments.stride))
    rows = _rows(Warehouse(arguments.dsn), arguments.symbol, arguments.lookback)
    print(f"{len(rows.columns)} features, training rows {arguments.stride} min apart, seed {settings.training.seed}")
    for span in (CHOSEN_ON, JUDGED) if arguments.months else (JUDGED,):
        _judge(rows, settings, span, [RECIPES[name] for name in arguments.candidates])


def _rows(warehouse: Warehouse, symbol: str, lookback_minutes: int) -> Rows:
    lookback = timedelta(minutes=lookback_minutes)
    until = JUDGED[1]
    return rows_of(
        read_snapshot(warehouse, symbol, HISTORY_FROM, until, [CELL.horizon_minutes], lookback, LEVELS),
        CELL.horizon_minutes,
    )


def _judge(rows: Rows, settings: Settings, span: Span, candidates: Sequence[Recipe]) -> None:
    """Scores the candidates over the span and prints what they reached."""
    folds = _monthly(rows, settings, span)
    print(f"\n{span[0]:%Y-%m-%d} to {span[1] - timedelta(days=1):%Y-%m-%d}, {CELL}, {len(folds)} monthly refits")
    print(HEADER)
    baseline = _scored(rows, settings, folds, RECIPES[BASELINE])
    _print_scores(baseline)
    for recipe in candidates:
        levels = _scored(rows, settings, folds, _on_levels(recipe))
        one = _scored(rows, settings, folds, recipe)
        one = replace(
            one,
            over_volatility=_margin(rows, settings, one, baseline),
            over_levels=_margin(rows, settings, one, levels),
        )
        _print_scores(levels)
        _print_scores(one)
        _print_targets(one, baseline)
        _print_months(rows, settings, folds, one, baseline)


def _monthly(rows: Rows, settings: Settings, span: Span) -> list[Fold]:
    """One fold a calendar month; training rows' labels end before the month, by the embargo."""
    first, last = (np.datetime64(day.replace(tzinfo=None), "M") for day in (span[0], span[1] - timedelta(days=1)))
    edges = np.minimum(np.arange(first, last + 2).astype("datetime64[s]").astype(int), int(span[1].timestamp()))
    gap = int((CELL.horizon + settings.training.embargo).total_seconds())
    return [_fold(rows, int(start), int(stop), gap) for start, stop in pairwise(edges)]


def _fold(rows: Rows, test_from: int, test_to: int, gap: int) -> Fold:
    train_stop = np.searchsorted(rows.ts, test_from - gap, side="right")
    test_start, test_stop = np.searchsorted(rows.ts, [test_from, test_to])
    return Fold(np.arange(train_stop), np.arange(test_start, test_stop), test_from, test_to)


def _on_levels(recipe: Recipe) -> Recipe:
    """The same learner on the eleven levels that the original looked at; not balanced, as the recipe's own is not."""
    return replace(recipe, name=f"{recipe.name}, original's features", levels=LEVELS, mean_of=())


def _scored(rows: Rows, settings: Settings, folds: Sequence[Fold], recipe: Recipe) -> Scored:
    training = settings.training
    table = training_table(rows, recipe, training.stride_minutes)
    y = classify(table.forward_log_return, float(CELL.threshold))
    tuning = Tuning(training.tuning_trials, -(-CELL.horizon_minutes // training.stride_minutes))
    X, _ = rows.seen_by(recipe)
    found = out_of_sample(recipe, table, y, y, X, rows.ts, folds, Fitting(training.seed, 1, tuning))
    return Scored(recipe.name, found, _evaluate(rows, settings, found, slice(None)))


def _evaluate(rows: Rows, settings: Settings, found: OutOfSample, of: slice | npt.NDArray[np.bool_]) -> Evaluation:
    index = found.index[of]
    y = rows.classes(CELL)[index]
    return evaluate(y, found.p[of], found.prior_p[of], rows.ts[index], CELL.horizon, settings.training.seed)


def _margin(rows: Rows, settings: Settings, one: Scored, other: Scored) -> Interval:
    index = one.found.index
    y, ts = rows.classes(CELL)[index], rows.ts[index]
    return skill_margin(y, one.found.p, other.found.p, one.found.prior_p, ts, settings.training.seed)


HEADER = f"{'recipe':33}  skill    AUC UP  AUC DOWN  direction  calibration     rows  events  days"


def _print_scores(one: Scored) -> None:
    s = one.scores
    print(
        f"{one.name:33}  {s.log_loss_skill:+.4f}  {s.auc_up:.4f}  {s.auc_down:.4f}    {s.auc_direction:.4f}     "
        f"{s.calibration_error:.4f}      {s.rows:7}  {s.events:6}  {s.days:4}",
        flush=True,
    )


def _print_targets(one: Scored, baseline: Scored) -> None:
    for name, margin in (("volatility_60m", one.over_volatility), ("the original's features", one.over_levels)):
        if margin and margin.low is not None:
            print(f"  over {name}: {margin.value:+.4f} ({margin.low:+.4f} to {margin.high:+.4f})")
    for target in TARGETS:
        value = target.reached(one, baseline)
        verdict = "PASS" if target.met(value) else f"short of it by {abs(value - target.bound):.4f}"
        print(f"  {target.name:36}  wanted {target.bound:.3f}  reached {value:.4f}  {verdict}")


def _print_months(rows: Rows, settings: Settings, folds: Sequence[Fold], one: Scored, baseline: Scored) -> None:
    print("  month    skill    over vol.  AUC UP over  AUC DOWN over  direction  calibration  events")
    for number, fold in enumerate(folds):
        of = one.found.fold == number
        mine, its = (_evaluate(rows, settings, scored.found, of) for scored in (one, baseline))
        month = datetime.fromtimestamp(fold.test_from, UTC)
        print(
            f"  {month:%Y-%m}  {mine.log_loss_skill:+.4f}  {_over(mine, its, 'log_loss_skill'):+.4f}    "
            f"{_over(mine, its, 'auc_up'):+.4f}      {_over(mine, its, 'auc_down'):+.4f}        "
            f"{mine.auc_direction:.4f}     {mine.calibration_error:.4f}       {mine.events:5}",
            flush=True,
        )


def _over(mine: Evaluation, its: Evaluation, score: str) -> float:
    return float(getattr(mine, score)) - float(getattr(its, score))


def _known(one: Scored, score: str) -> float:
    return float(getattr(one.scores, score))


def _value(margin: Interval | None) -> float:
    return float("nan") if margin is None or margin.value is None else margin.value


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.skill", description=__doc__)
    parser.add_argument("--dsn", required=True)
    parser.add_argument("--symbol", default="BTCUSDT")
    parser.add_argument(
        "--candidates", nargs="+", default=["two_step", "lightgbm", "logistic"], choices=sorted(RECIPES)
    )
    parser.add_argument("--months", action="store_true", help="also the months on which the recipes were chosen")
    parser.add_argument("--lookback", type=int, default=1440, help="longest look-back of a feature, minutes")
    parser.add_argument("--stride", type=int, default=5, help="minutes between training rows")
    return parser.parse_args()


if __name__ == "__main__":
    main()
