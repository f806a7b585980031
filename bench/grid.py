"""The whole grid in one go, and the predecessor's way beside it: each configuration by itself, on every row.

    python -m bench.grid --dsn DSN --as-of 2025-10-19T23:59+00:00 [--jobs 2] [--candidates NAME …] [--horizons M …]

Trains all horizons × thresholds on the minutes that a warehouse holds, as `cortex-signals train --grid --jobs 2` does
(it records the run there: give it a warehouse of its own), and prints wall, CPU and memory. Then it trains each
candidate once the predecessor's way, on all rows before one fold of one configuration, by itself, and says what the
grid would take so: fits × (rows of the folds / rows of that one), the arithmetic shown.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from include.cortex.address import Cortex
from include.evaluation.trading import Prices
from include.models.candidates import find_recipe, predict_proba
from include.pipeline import Pipeline
from include.settings import Cell, Settings, load_settings
from include.train import choose_recipes, train
from include.training.judged import BASELINES, Question
from include.training.rows import rows_of
from include.warehouse.connection import Warehouse
from include.warehouse.snapshots import read_snapshot

PART = Cell(30, Decimal("0.005"))
FOLD = 2  # of six, from 0: its training rows are about as many as the mean fold's
NOWHERE = "http://127.0.0.1:9"


@dataclass(frozen=True)
class Taken:
    """What something took."""

    wall_seconds: float
    cpu_seconds: float


def main() -> None:
    arguments = _arguments()
    settings = _settings(load_settings(), arguments.candidates)
    warehouse = Warehouse(arguments.dsn)
    ours = _grid(warehouse, settings, arguments.as_of, arguments.jobs, arguments.horizons)
    theirs = _predecessor(warehouse, arguments.symbol, settings, arguments.as_of)
    print(f"The predecessor's way takes {theirs / ours:.1f} times the CPU-seconds.")


def _settings(settings: Settings, candidates: Sequence[str]) -> Settings:
    training = replace(settings.training, candidates=tuple(candidates or settings.training.candidates))
    return replace(settings, training=training, lab_clock=settings.clock)


def _grid(warehouse: Warehouse, settings: Settings, as_of: datetime, jobs: int, horizons: Sequence[int]) -> float:
    """CPU-seconds of the whole grid, from all horizons or from some."""
    pipeline = Pipeline(settings, Cortex(NOWHERE), warehouse)
    began, cpu = time.monotonic(), time.process_time()
    trained = train(pipeline, as_of, horizons, grid=True, jobs=jobs, progress=_say)
    taken = Taken(time.monotonic() - began, time.process_time() - cpu)
    folds, recipes = settings.training.folds, settings.training.candidates
    print(
        f"{len(trained)} configurations × {len(recipes)} candidates and {len(BASELINES)} baselines × {folds} folds, "
        f"{jobs} at once: {taken.wall_seconds / 60:.1f} min, {taken.cpu_seconds:.0f} CPU-s, {_peak_gigabytes():.2f} GB at most."
    )
    parts = len(settings.grid) / len(trained)
    if parts > 1:
        whole = Taken(taken.wall_seconds * parts, taken.cpu_seconds * parts)
        print(
            f"  × {parts:.1f} (configurations of the grid over these) = {whole.wall_seconds / 60:.1f} min, "
            f"{whole.cpu_seconds:.0f} CPU-s"
        )
    return taken.cpu_seconds * parts


def _predecessor(warehouse: Warehouse, symbol: str, settings: Settings, as_of: datetime) -> float:
    """CPU-seconds of the whole grid the predecessor's way, from one fit and prediction of each candidate."""
    recipes = [one for one in choose_recipes(settings.training.candidates) if not one.is_baseline]
    snapshot = read_snapshot(
        warehouse, symbol, as_of - settings.training.history, as_of, [PART.horizon_minutes],
        settings.training.longest_lookback,
    )  # fmt: skip
    rows = rows_of(snapshot, PART.horizon_minutes)
    prices = Prices.on_a_grid(snapshot.features.ts, snapshot.features.price)
    question = Question(settings, PART.horizon_minutes, symbol, rows, prices, "", None, settings.training.tuning_trials)
    folds = question.folds
    y, fold = rows.classes(PART), folds[FOLD]
    configurations = len(settings.grid)
    share = sum(len(one.train) for one in folds) / len(fold.train)
    print(
        f"\nThe predecessor's way, {PART}, fold {FOLD}, all {len(fold.train):,} rows before it, one configuration by itself:"
    )
    total = 0.0
    for recipe in recipes:
        began = time.process_time()
        found = find_recipe(recipe.name)
        assert found is not None
        fitting = question.fitting(found)
        model = found.build(fitting.seed, fitting.threads, fitting.tuning).fit(rows.X[fold.train], y[fold.train])
        predict_proba(model, rows.X[fold.test])
        taken = time.process_time() - began
        total += taken
        print(f"  {recipe.name:24} {taken:7.1f} CPU-s", flush=True)
    whole = total * share * configurations
    print(
        f"  {total:.0f} CPU-s × {share:.2f} (rows of the {len(folds)} folds over this one's) × {configurations} configurations "
        f"= {whole:,.0f} CPU-s"
    )
    return whole


def _peak_gigabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


def _say(done: int, asked: int, what: str) -> None:
    print(f"\r{done} of {asked}; {what:60}", end="", file=sys.stderr, flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.grid", description=__doc__)
    parser.add_argument("--dsn", required=True)
    parser.add_argument("--symbol", default="BTCUSDT")
    parser.add_argument("--as-of", required=True, type=datetime.fromisoformat)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--candidates", nargs="+", default=[])
    parser.add_argument("--horizons", type=int, nargs="+", default=[], help="only these; the rest is extrapolated")
    return parser.parse_args()


if __name__ == "__main__":
    main()
