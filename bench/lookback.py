"""What features that look back further are worth: the candidates' skill by the longest look-back that they may use.

    python -m bench.lookback --dsn DSN --as-of 2025-10-01T00:00Z [--horizon 30] [--threshold 0.005] [--minutes 60 240 1440]

Judges on the minutes that a warehouse holds, as a training does, and prints one line a recipe: all of them are scored on
minutes for which the features asked for are known.
"""

from __future__ import annotations

import argparse
from datetime import datetime, timedelta
from decimal import Decimal

from include.evaluation.trading import Prices
from include.settings import Cell, Settings, load_settings
from include.train import choose_recipes
from include.training.judged import Judged, Question, judge_recipes
from include.training.rows import rows_of
from include.warehouse.connection import Warehouse
from include.warehouse.snapshots import read_snapshot


def main() -> None:
    arguments = _arguments()
    settings, cell = load_settings(), Cell(arguments.horizon, Decimal(arguments.threshold))
    print("look-back  features  recipe           skill   AUC UP  direction  margin over volatility_60m (95 %)")
    for minutes in arguments.minutes:
        features, judged = _judge(Warehouse(arguments.dsn), arguments.symbol, settings, cell, arguments.as_of, minutes)
        for one in judged:
            print(f"{minutes:5} min  {features:8}  {_line(one)}", flush=True)


def _judge(
    warehouse: Warehouse, symbol: str, settings: Settings, cell: Cell, as_of: datetime, minutes: int
) -> tuple[int, list[Judged]]:
    """How many features look back no further, and every recipe judged on them."""
    recipes = [one for one in choose_recipes(settings.training.candidates) if not one.levels]
    snapshot = read_snapshot(
        warehouse, symbol, as_of - settings.training.history, as_of, [cell.horizon_minutes], timedelta(minutes=minutes)
    )
    rows = rows_of(snapshot, cell.horizon_minutes)
    prices = Prices.on_a_grid(snapshot.features.ts, snapshot.features.price)
    question = Question(settings, cell.horizon_minutes, symbol, rows, prices, "", None, settings.training.tuning_trials)
    return len(rows.columns), judge_recipes(question, cell, recipes)


def _line(one: Judged) -> str:
    scores, margin = one.pooled, one.margin
    beside = (
        f"{margin.value:+.4f} ({margin.low:+.4f} to {margin.high:+.4f})" if margin and margin.low is not None else "–"
    )
    return f"{one.recipe.name:15}  {scores.log_loss_skill:+.4f}  {scores.auc_up:.4f}  {scores.auc_direction:.4f}     {beside}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.lookback", description=__doc__)
    parser.add_argument("--dsn", required=True)
    parser.add_argument("--symbol", default="BTCUSDT")
    parser.add_argument("--as-of", required=True, type=datetime.fromisoformat)
    parser.add_argument("--horizon", type=int, default=30)
    parser.add_argument("--threshold", default="0.005")
    parser.add_argument("--minutes", type=int, nargs="+", default=[60, 240, 1440])
    return parser.parse_args()


if __name__ == "__main__":
    main()
