"""How often a good result was looked for: what counts as one try, and what a Sharpe ratio is worth after so many.

A trial is a distinct recipe × cell × rule; the same trained again on newer data is none, and its newest result counts.
Baselines are none: they are there to be beaten and never chosen for what they earn, and the original, which trades at
every turn, loses so evenly that its Sharpe ratio (−40 a year) would make any luck look likely. What never traded is
none, as it has no Sharpe ratio and could not have been chosen to trade.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any

import numpy as np
from sklearn.base import BaseEstimator

from include.evaluation.overfitting import DeflatedSharpe, deflated_sharpe
from include.evaluation.positions import Array, Rules, a_year
from include.models.recipe import Recipe, Tuning

NOT_THE_MODEL = {"threads", "n_jobs"}  # parameters of an estimator that change how fast it is


@dataclass(frozen=True)
class Trial:
    """What makes a try distinct: market, cell, and the `recipe_hash` of recipe and rule."""

    symbol: str
    horizon_minutes: int
    threshold: Decimal
    recipe_hash: str


@dataclass(frozen=True)
class Trials:
    """How many were tried, and the sample variance of their Sharpe ratios of one day (0 for fewer than two)."""

    count: int
    variance: float


def count_trials(recorded: Mapping[Trial, float], current: Mapping[Trial, float]) -> Trials:
    """The recorded trials and those of the run that is going on, one that is in both counted once, as it is now.

    Parameters
    ----------
    recorded, current
        Sharpe ratio of one day of each.
    """
    sharpes = list({**recorded, **current}.values())
    return Trials(len(sharpes), float(np.var(sharpes, ddof=1)) if len(sharpes) > 1 else 0.0)


def deflate(daily: Array, trials: Trials) -> DeflatedSharpe | None:
    """The deflated Sharpe ratio of daily net returns after so many trials, their own included; None where they have none."""
    return deflated_sharpe(daily, max(trials.count, 1), trials.variance)


def deflated_columns(deflated: DeflatedSharpe | None) -> dict[str, Any]:
    """By the names of the columns of `model_evaluations`; the Sharpe ratio by luck is that of a year."""
    if deflated is None:
        return {"deflated_sharpe": None, "lucky_sharpe": None, "trials": None}
    return {
        "deflated_sharpe": deflated.probability,
        "lucky_sharpe": a_year(deflated.expected_by_luck),
        "trials": deflated.trials,
    }


def recipe_hash(
    recipe: Recipe,
    columns: Sequence[str],
    rules: Rules,
    seed: int,
    tuning: Tuning | None = None,
    rested_on: Sequence[str | int] = (),
) -> str:
    """SHA-256 of what makes the recipe and its rule, in hexadecimal.

    That is the untrained estimator's class and parameters (also of estimators within it), whether it is trained on all
    symbols, its input columns in order, and the rule's cost, stop and target. The seed is a parameter: whoever tries ten
    has ten tries. The number of threads, the recipe's name, and what training finds are left out.

    Parameters
    ----------
    columns
        What `recipe.columns` gives.
    seed, tuning
        As given to `recipe.build`.
    rested_on
        What else makes another recipe of it: the features' definition, the stride and the length of the training rows.

    Raises
    ------
    TypeError
        A parameter is of a type that has no one text.
    """
    return sha256(
        _text(
            {
                "estimator": _plain(recipe.build(seed, 1, tuning)),
                "is_pooled": recipe.is_pooled,
                "columns": list(columns),
                "rested_on": list(rested_on),
                "cost_bps_per_side": float(rules.cost_bps_per_side),
                "stop_loss_volatilities": float(rules.stop_loss_volatilities),
                "take_profit_volatilities": float(rules.take_profit_volatilities),
            }
        )
    ).hexdigest()


def _text(document: Mapping[str, Any]) -> bytes:
    return json.dumps(document, sort_keys=True, separators=(",", ":")).encode()


def _plain(value: Any) -> Any:
    """A parameter as JSON has it; an estimator as its class, without the module that it may move from, and parameters."""
    if isinstance(value, BaseEstimator):
        parameters = value.get_params(deep=False)
        kept = {name: _plain(one) for name, one in parameters.items() if name not in NOT_THE_MODEL}
        return {"class": type(value).__qualname__, "parameters": kept}
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, (str, bool, int, float, type(None))):
        return value
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, Iterable):
        return [_plain(one) for one in value]
    raise TypeError(f"A parameter of the type {type(value).__name__} cannot be part of a recipe's hash.")
