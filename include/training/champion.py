"""candidates → champion: the chosen recipe fitted on every row there is, with the decision rule of its out-of-sample rows."""

from __future__ import annotations

import platform
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from typing import Any

import numpy as np
import numpy.typing as npt

from include.deployment import code_revision
from include.evaluation.cross_validate import class_prior
from include.evaluation.decision import choose_cut_offs, mean_returns
from include.evaluation.may_trade import judge_trading
from include.models.artifacts import dump, sha256_of
from include.models.input_ranges import input_quantiles
from include.settings import Cell
from include.training.judged import Judged, Question

NO_TRADES = {"trades": 0, "mean_net_return_bps": None, "low": None, "high": None}  # where no minute was decided
POOLED_SYMBOL = "*"  # of a model that was trained on all symbols


def fit_model(question: Question, cell: Cell, symbol: str, judged: Judged) -> dict[str, Any]:
    """The recipe fitted on every row there is, as columns of the table `models`."""
    recipe, table = judged.recipe, question.table(judged.recipe)
    y, stop = question.classes_of(table, cell), len(table.ts)
    y_search = question.classes_of(table, question.search_cell)
    model = table.fit(recipe, stop, y, y_search, question.fitting(recipe))
    artifact, artifact_format = dump(model)
    columns = recipe.columns(table.columns)
    inputs = table.X[:, [table.columns.index(name) for name in columns]]
    return {
        "candidate": recipe.name,
        "is_baseline": recipe.is_baseline,
        "symbol": POOLED_SYMBOL if recipe.is_pooled else symbol,
        "trained_from": _instant(table.ts[0]),
        "trained_to": _instant(table.ts[-1]),
        "feature_columns": list(columns),
        "input_quantiles": input_quantiles(inputs, columns),
        "code_revision": code_revision(),
        "parameters": _parameters(question, symbol, stop) | _found(model),
        "decision": _decision(question, cell, judged, class_prior(y)),
        "artifact": artifact,
        "artifact_format": artifact_format,
        "artifact_sha256": sha256_of(artifact),
    }


def _decision(question: Question, cell: Cell, judged: Judged, base_rates: npt.NDArray[np.float64]) -> dict[str, Any]:
    """Cut-offs and class means from the out-of-sample rows, and what the rule earned on paper when chosen fold by fold."""
    rows, found = question.rows, judged.predictions
    y, returns = rows.classes(cell)[found.index], rows.forward_log_return[found.index]
    class_returns = [None if np.isnan(mean) else float(mean) for mean in mean_returns(y, np.expm1(returns))]
    verdict = judge_trading(judged.paper, judged.deflated, question.settings.training.min_deflated_sharpe)
    return {
        "cut_offs": asdict(choose_cut_offs(y, found.p)),
        "class_returns": class_returns,
        "base_rates": [float(rate) for rate in base_rates],
        "paper_trades": judged.paper.money.as_dict() if judged.paper else NO_TRADES,
        "may_trade": verdict.may_trade,
        "trade_reason": verdict.reason,
    }


def _parameters(question: Question, symbol: str, rows: int) -> dict[str, Any]:
    training = question.settings.training
    return {
        "judged_symbol": symbol,
        "seed": training.seed,
        "stride_minutes": training.stride_minutes,
        "rows": rows,
        "folds": training.folds,
        "embargo_minutes": training.embargo / timedelta(minutes=1),
        "python": platform.python_version(),
        **{name: version(name) for name in ("numpy", "scikit-learn", "lightgbm", "optuna")},
    }


def _found(model: Any) -> dict[str, Any]:
    """What a search chose."""
    return {"found": model.found_} if hasattr(model, "found_") else {}


def _instant(epoch: np.int64) -> datetime:
    return datetime.fromtimestamp(int(epoch), tz=UTC)
