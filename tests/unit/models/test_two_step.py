from __future__ import annotations

import numpy as np
import pytest

from include.models import artifacts
from include.models.candidates import predict_proba
from include.models.classes import DOWN, SIDEWAYS, UP
from include.models.lightgbm_trees import BoostedTrees
from include.models.training_rows import TrainingRows
from include.models.two_step import TwoStepTrees

ROWS = 6000


def sample(seed: int = 5) -> tuple[np.ndarray, np.ndarray]:
    """A return, which gives moves their side, and a volatility, which makes them."""
    rng = np.random.default_rng(seed)
    volatility = np.exp(rng.normal(-7, 1, ROWS))
    side = rng.normal(size=ROWS)
    move = volatility * (rng.standard_t(4, ROWS) + side)
    X = np.column_stack([side, volatility]).astype(np.float32)
    return X, ((move > 0.002).astype(int) - (move < -0.002) + 1).astype(np.int8)


def test_a_move_and_its_side_are_learned() -> None:
    """A livelier price moves more, and the return says to which side."""
    model = TwoStepTrees(seed=7).fit(*sample())
    calm, lively = predict_proba(model, np.array([[0, 2e-4], [0, 4e-3]]))
    assert lively[SIDEWAYS] < calm[SIDEWAYS] - 0.3
    falls, rises = predict_proba(model, np.array([[-1.5, 2e-3], [1.5, 2e-3]]))
    assert falls[DOWN] > 2 * falls[UP]
    assert rises[UP] > 2 * rises[DOWN]


def test_it_goes_on_beyond_the_liveliest_row_it_was_trained_on() -> None:
    """Trees alone say the same of every volatility above the highest; the regression that they start from does not."""
    X, y = sample()
    calm = X[:, 1] < np.quantile(X[:, 1], 0.8)
    model = TwoStepTrees(seed=7).fit(X[calm], y[calm])
    np.testing.assert_array_equal(model.widths_, [False, True])
    highest = float(X[calm, 1].max())
    model.start_.high_[:] = np.inf  # the cut-off at the training rows' tail is the regression's own
    once, twice = predict_proba(model, np.array([[0, 1.01 * highest], [0, 2 * highest]]))
    assert twice[SIDEWAYS] < once[SIDEWAYS]


def test_recency_lets_the_newest_rows_count_most() -> None:
    """Where moves become frequent halfway, a higher recency expects more of them."""
    X, y = sample()
    later = np.arange(ROWS) >= ROWS / 2
    y = np.where(later, y, SIDEWAYS).astype(np.int8)
    even, recent = (predict_proba(TwoStepTrees(recency=r, seed=7).fit(X, y), X)[:, SIDEWAYS].mean() for r in (1, 20))
    assert recent < even - 0.03


def test_shared_rows_train_as_rows_of_ones_own() -> None:
    """Neither its weights nor its starts stay behind for whoever is trained on the same rows next."""
    X, y = sample()
    rows = TrainingRows(X)
    first = TwoStepTrees(seed=7).fit_rows(rows, y)
    plain = BoostedTrees(seed=7).fit_rows(rows, y)
    again = TwoStepTrees(seed=7).fit_rows(rows, y)
    assert plain.to_text() == BoostedTrees(seed=7).fit(X, y).to_text()
    assert artifacts.dump(first) == artifacts.dump(again) == artifacts.dump(TwoStepTrees(seed=7).fit(X, y))


@pytest.mark.parametrize("present", [(SIDEWAYS,), (UP,), (DOWN, UP), (SIDEWAYS, UP)])
def test_what_training_did_not_see_survives_the_artifact(present: tuple[int, ...]) -> None:
    """A model without one of its steps is loaded and predicts the same bits."""
    X, y = sample()
    seen = np.isin(y, present)
    model = TwoStepTrees(seed=7).fit(X[seen], y[seen])
    artifact, artifact_format = artifacts.dump(model)
    loaded = artifacts.load(artifact, artifact_format, artifacts.sha256_of(artifact))
    assert predict_proba(loaded, X).tobytes() == predict_proba(model, X).tobytes()


def test_without_any_width_the_regression_sees_every_feature() -> None:
    """Features that all lie on both sides of 0 are still learned from."""
    X, y = sample()
    model = TwoStepTrees(seed=7).fit(np.column_stack([X[:, 0], np.log(X[:, 1]) + 7]), y)
    np.testing.assert_array_equal(model.widths_, [True, True])
    assert np.isfinite(model.predict_proba(X)).all()
