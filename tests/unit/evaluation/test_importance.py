"""The skill that is lost without a feature: what matters comes first, noise is worth nothing, and it is repeatable."""

from __future__ import annotations

import json

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from include.evaluation.importance import importance
from include.evaluation.scores import log_loss_rows
from include.models.candidates import RECIPES, Classifier, predict_proba

ROWS = 3000
COLUMNS = ("noise", "strong", "weak")


def drawn(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Inputs and classes: `strong` moves the class much, `weak` a little, `noise` not at all."""
    generator = np.random.default_rng(seed)
    X = generator.normal(size=(ROWS, 3)).astype(np.float32)
    pull = 1.5 * X[:, 1] + 0.4 * X[:, 2] + generator.logistic(size=ROWS)
    return X, (1 + (pull > 1.5).astype(np.int8) - (pull < -1.5)).astype(np.int8)


@pytest.fixture(scope="module", params=["logistic", "lightgbm"])
def model(request: pytest.FixtureRequest) -> Classifier:
    X, y = drawn(1)
    fitted: Classifier = RECIPES[request.param].build(7, 1).fit(X, y)
    return fitted


def prior(rows: int) -> np.ndarray:
    _, y = drawn(1)
    return np.tile(np.bincount(y, minlength=3) / len(y), (rows, 1))


def test_what_matters_comes_first_and_noise_is_worth_nothing(model: Classifier) -> None:
    """Two features that the classes follow from rank by their weight, and one that says nothing is near 0."""
    X, y = drawn(2)
    found = importance(model, X, y, prior(ROWS), COLUMNS, seed=3)
    assert [one["feature"] for one in found] == ["strong", "weak", "noise"]
    strong, weak, noise = (one["skill_lost"] for one in found)
    assert strong > 0.2
    assert 0.005 < weak < strong / 3
    assert abs(noise) < 0.01
    assert all(0 <= one["spread"] < 0.05 for one in found)


def test_the_unit_is_skill_over_the_prior() -> None:
    """A model that rests on one feature alone loses by its shuffling what a shuffle by hand costs, as a share of the prior's loss."""
    X, y = drawn(2)
    only = X[:, [1]]
    fitted = LogisticRegression().fit(*(part[:2000] for part in (only, y)))
    [one] = importance(fitted, only, y, prior(ROWS), ["strong"], seed=3, repeats=40)
    shuffled = np.random.default_rng(8).permutation(only)
    rise = (
        log_loss_rows(y, predict_proba(fitted, shuffled)).mean() - log_loss_rows(y, predict_proba(fitted, only)).mean()
    )
    assert one["skill_lost"] == pytest.approx(rise / log_loss_rows(y, prior(ROWS)).mean(), rel=0.1)


def test_the_same_seed_gives_the_same_and_json_takes_it(model: Classifier) -> None:
    """Equal bits twice, other shuffles by another seed, and plain numbers."""
    X, y = drawn(2)
    once = importance(model, X, y, prior(ROWS), COLUMNS, seed=3)
    assert importance(model, X, y, prior(ROWS), COLUMNS, seed=3) == once
    assert importance(model, X, y, prior(ROWS), COLUMNS, seed=4) != once
    assert json.loads(json.dumps(once)) == once


def test_of_many_rows_some_are_taken_over_the_whole_time(model: Classifier) -> None:
    """The first and the last row are among them, so few rows of a long time are not its beginning; no row gives nothing."""
    X, y = drawn(2)
    seen: list[np.ndarray] = []

    class Watched:
        def fit(self, X: np.ndarray, y: np.ndarray) -> None: ...

        def predict_proba(self, X: np.ndarray) -> np.ndarray:
            seen.append(X)
            return model.predict_proba(X)

    found = importance(Watched(), X, y, prior(ROWS), COLUMNS, seed=3, most_rows=100)
    assert {len(rows) for rows in seen} == {100}
    assert (seen[0][[0, -1]] == X[[0, -1]]).all()
    assert found[0]["feature"] == "strong"
    assert importance(model, X[:0], y[:0], prior(0), COLUMNS, seed=3) == []


def test_where_nothing_ever_moves_there_is_no_skill_to_lose(model: Classifier) -> None:
    """Training and test rows of one class alone: the prior is right every time."""
    X, _ = drawn(2)
    sure = np.tile([0.0, 1.0, 0.0], (ROWS, 1))
    assert importance(model, X, np.ones(ROWS, dtype=np.int8), sure, COLUMNS, seed=3) == []
