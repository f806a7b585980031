from __future__ import annotations

from typing import Any

import lightgbm as lgb
import numpy as np
import pytest

from include.models import lightgbm_tuned
from include.models.candidates import RECIPES, Tuning
from include.models.lightgbm_trees import BoostedTrees
from include.models.lightgbm_tuned import SEARCHED, TunedTrees

RNG = np.random.default_rng(4)
ROWS = 12_000
X = RNG.normal(size=(ROWS, 4)).astype(np.float32)
Y = (X[:, 0] + RNG.normal(size=ROWS) > 1).astype(int) - (X[:, 1] + RNG.normal(size=ROWS) > 1) + 1


def test_the_search_is_repeatable() -> None:
    """The same rows and seed find the same parameters and trees, whatever was searched in between."""
    first = TunedTrees(trials=4, purge_rows=10, seed=3).fit(X, Y)
    TunedTrees(trials=2, purge_rows=10, seed=9).fit(X[::-1], Y)
    again = TunedTrees(trials=4, purge_rows=10, seed=3).fit(X, Y)
    assert first.found_ == again.found_
    assert set(first.found_) == {*SEARCHED, "rounds"}
    assert first.to_text() == again.to_text()


def test_it_trains_on_all_rows_with_what_it_found() -> None:
    """The model is that of BoostedTrees with the found parameters."""
    tuned = TunedTrees(trials=3, purge_rows=10, seed=3).fit(X, Y)
    plain = BoostedTrees(**tuned.found_, seed=3).fit(X, Y)
    assert tuned.to_text() == plain.to_text()


def test_few_rows_are_not_searched() -> None:
    """The parameters are then those of the candidate `lightgbm`."""
    tuned = TunedTrees(trials=3, seed=7).fit(X[:4000], Y[:4000])
    assert tuned.found_ == {}
    assert tuned.to_text() == BoostedTrees(seed=7).fit(X[:4000], Y[:4000]).to_text()


def datasets(monkeypatch: pytest.MonkeyPatch, purge_rows: int) -> list[Any]:
    """The features of the earlier and of the later part of a search."""
    seen: list[Any] = []
    real = lgb.Dataset
    monkeypatch.setattr(lgb, "Dataset", lambda data, *args, **more: (seen.append(data), real(data, *args, **more))[1])
    TunedTrees(trials=1, purge_rows=purge_rows).fit(np.arange(ROWS, dtype=np.float32)[:, None], Y)
    return seen[:2]


def test_a_trial_is_judged_on_later_rows_after_a_purge(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 12,000 rows the first 9,000 less the purge are fitted, and the rest judges."""
    earlier, later = datasets(monkeypatch, purge_rows=48)
    assert (earlier.min(), earlier.max()) == (0, 9000 - 48 - 1)
    assert (later.min(), later.max()) == (9000, ROWS - 1)


def test_many_rows_are_thinned_out_behind_the_same_purge(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every third row where a search may have 4,000; the purge is still of the rows as they were given."""
    monkeypatch.setattr(lightgbm_tuned, "MOST_ROWS", 4000)
    monkeypatch.setattr(lightgbm_tuned, "FEWEST_ROWS", 100)
    earlier, later = datasets(monkeypatch, purge_rows=48)
    assert np.unique(np.diff(earlier[:, 0])).tolist() == [3]
    assert earlier.max() <= 9000 - 48 - 1
    assert later.min() == 9000


def test_the_recipe_hands_over_its_tuning() -> None:
    """A recipe that searches gets trials and purge; the others are made as ever."""
    tuned: Any = RECIPES["lightgbm_tuned"].build(7, 1, Tuning(trials=5, purge_rows=6))
    assert (tuned.trials, tuned.purge_rows, tuned.seed) == (5, 6, 7)
    plain: Any = RECIPES["lightgbm"].build(7, 1, Tuning(trials=5, purge_rows=6))
    assert plain.get_params() == BoostedTrees(seed=7).get_params()
