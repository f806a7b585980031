"""What counts as one try, and what makes two tries the same."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from include.evaluation.overfitting import expected_max_sharpe
from include.evaluation.trials import Trial, Trials, count_trials, deflate, deflated_columns, recipe_hash
from include.models.candidates import RECIPES, Tuning, find_recipe
from include.models.lightgbm_trees import BoostedTrees
from include.models.recipe import Recipe
from include.models.soft_voting import SoftVoting

RULES = SimpleNamespace(cost_bps_per_side=7.0, stop_loss_volatilities=1.5, take_profit_volatilities=2.0)
COLUMNS = ("return_5m", "realised_volatility_60m")


def trial(recipe: str = "a", **changes: Any) -> Trial:
    return replace(Trial("BTCUSDT", 30, Decimal("0.005"), recipe), **changes)


def test_a_refit_is_no_trial() -> None:
    """Of .1, .3 and a refit from .9 to .2 there are three with a mean of .2 and a sample variance of .01."""
    recorded = {trial("a"): 0.1, trial("b"): 0.3, trial("c"): 0.9}
    found = count_trials(recorded, {trial("c"): 0.2})
    assert found.count == 3
    assert found.variance == pytest.approx(0.01)


def test_a_recipe_in_another_cell_or_market_is_a_trial() -> None:
    """Symbol, horizon, threshold and recipe each make it another; the threshold's zeros do not."""
    others = [
        trial(),
        trial(symbol="ETHUSDT"),
        trial(horizon_minutes=60),
        trial(threshold=Decimal("0.003")),
        trial("b"),
        trial(threshold=Decimal("0.00500")),
    ]
    assert count_trials({}, dict.fromkeys(others, 0.1)).count == 5


def test_the_first_trial_needs_no_luck() -> None:
    """One alone has no variance, and its benchmark is 0; so it is where nothing was counted."""
    assert count_trials({}, {trial(): 0.4}) == Trials(1, 0.0)
    assert count_trials({}, {}) == Trials(0, 0.0)
    daily = np.tile([0.03, -0.01], 50)
    for trials in (Trials(1, 0.0), Trials(0, 0.0)):
        found = deflate(daily, trials)
        assert found is not None
        assert (found.expected_by_luck, found.trials) == (0.0, 1)


def test_more_trials_make_the_same_returns_worth_less() -> None:
    """The luck of 100 trials with a variance of .01 is a tenth of the expected largest of 100 normal numbers."""
    daily = np.random.default_rng(1).normal(0.1, 1, 500)
    few, many = deflate(daily, Trials(2, 0.01)), deflate(daily, Trials(100, 0.01))
    assert few is not None
    assert many is not None
    assert many.expected_by_luck == pytest.approx(0.1 * expected_max_sharpe(100, 1.0))
    assert many.probability < few.probability


def test_the_columns_are_of_a_year() -> None:
    """Luck of a day times √365; without a Sharpe ratio all are unknown."""
    found = deflate(np.random.default_rng(1).normal(0.1, 1, 500), Trials(100, 0.01))
    assert found is not None
    columns = deflated_columns(found)
    assert columns["lucky_sharpe"] == pytest.approx(found.expected_by_luck * 365**0.5)
    assert (columns["deflated_sharpe"], columns["trials"]) == (found.probability, 100)
    assert deflated_columns(deflate(np.zeros(100), Trials(100, 0.01))) == dict.fromkeys(columns)


def hash_of(recipe: Recipe, columns: tuple[str, ...] = COLUMNS, rules: Any = RULES, **changes: Any) -> str:
    return recipe_hash(recipe, columns, rules, **{"seed": 7, "tuning": Tuning(12, 2), **changes})


def test_every_recipe_has_a_hash_of_its_own() -> None:
    """Baselines and votes of several estimators too, and the same one each time it is built."""
    recipes = [*RECIPES.values(), *(find_recipe(f"pooled_{name}") for name in ("lightgbm", "soft_voting"))]
    hashes = [hash_of(recipe) for recipe in recipes if recipe]
    assert len(set(hashes)) == len(hashes) == len(RECIPES) + 2
    assert [hash_of(recipe) for recipe in recipes if recipe] == hashes
    assert all(len(one) == 64 for one in hashes)


def boosted(**parameters: Any) -> Recipe:
    return Recipe("mine", is_baseline=False, make=lambda seed, threads: BoostedTrees(seed=seed, threads=threads, **parameters))  # fmt: skip


def voting(**parameters: Any) -> Recipe:
    return Recipe("votes", is_baseline=False, make=lambda seed, threads: SoftVoting([BoostedTrees(**parameters)]))


def test_a_hash_is_of_what_makes_the_model_and_its_rule() -> None:
    """Parameters, also of an estimator within another, the seed, the search, inputs and their order, cost, stop, target."""
    tuned = RECIPES["lightgbm_tuned"]
    hashes = [
        hash_of(boosted()),
        hash_of(boosted(leaves=16)),
        hash_of(boosted(), seed=8),
        hash_of(voting()),
        hash_of(voting(leaves=16)),
        hash_of(tuned),
        hash_of(tuned, tuning=Tuning(13, 2)),
        hash_of(boosted(), COLUMNS[:1]),
        hash_of(boosted(), COLUMNS[::-1]),
        *(hash_of(boosted(), rules=SimpleNamespace(**{**vars(RULES), name: 9.0})) for name in vars(RULES)),
    ]
    assert len(set(hashes)) == len(hashes)


def test_a_name_and_threads_make_no_other_trial() -> None:
    """Neither changes what is traded."""
    renamed = replace(boosted(), name="other")
    threaded = Recipe("mine", is_baseline=False, make=lambda seed, threads: BoostedTrees(seed=seed, threads=4))
    assert hash_of(boosted()) == hash_of(renamed) == hash_of(threaded)
    assert hash_of(voting(threads=1)) == hash_of(voting(threads=2))


def test_a_parameter_without_one_text_is_refused() -> None:
    """Rather than hashed by its address."""
    with pytest.raises(TypeError, match="type object"):
        hash_of(boosted(leaves=object()))
