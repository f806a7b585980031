from __future__ import annotations

import time

import numpy as np
import numpy.typing as npt
import pytest

from include.errors import SettingsError
from include.models.all_classes import AllClasses
from include.models.candidates import RECIPES, Classifier, predict_proba
from include.models.logistic import SoftLogLogistic, WinsorisedLogistic

FEATURES = ("return_5m", "realised_volatility_60m", "hour_sine")
NAMES = sorted(RECIPES)
Rows = npt.NDArray[np.float32]


def sample(rows: int = 4000, seed: int = 3) -> tuple[Rows, npt.NDArray[np.int8]]:
    """Features whose volatility makes moves and whose return gives them a side."""
    rng = np.random.default_rng(seed)
    volatility = np.exp(rng.normal(-7, 1, rows))
    return_5m = rng.normal(0, volatility)
    move = volatility * (rng.standard_t(4, rows) + return_5m / volatility)
    X = np.column_stack([return_5m, volatility, rng.uniform(-1, 1, rows)]).astype(np.float32)
    return X, ((move > 0.002).astype(int) - (move < -0.002) + 1).astype(np.int8)


def trained(name: str, X: Rows, y: npt.NDArray[np.int8]) -> tuple[Classifier, Rows]:
    chosen = X[:, [FEATURES.index(column) for column in RECIPES[name].columns(FEATURES)]]
    model: Classifier = RECIPES[name].build(seed=7, threads=1).fit(chosen, y)
    return model, chosen


def test_the_registry_knows_what_is_there_to_be_beaten() -> None:
    """The baselines are marked, and every recipe is registered under its own name."""
    assert {name for name in NAMES if RECIPES[name].is_baseline} == {
        "class_prior",
        "always_sideways",
        "volatility_60m",
        "original",
    }
    assert all(RECIPES[name].name == name for name in NAMES)


def test_a_recipe_names_its_columns() -> None:
    """The volatility baseline sees one column, the candidates all in the given order."""
    assert RECIPES["volatility_60m"].columns(FEATURES) == ("realised_volatility_60m",)
    assert RECIPES["logistic"].columns(FEATURES) == FEATURES


def test_a_missing_column_is_named() -> None:
    """A recipe whose feature does not exist says which one it lacks."""
    with pytest.raises(SettingsError, match="volatility_60m needs the feature realised_volatility_60m"):
        RECIPES["volatility_60m"].columns(("return_5m",))


@pytest.mark.parametrize("name", NAMES)
def test_probabilities_are_probabilities(name: str) -> None:
    """Three float64 columns between 0 and 1 that add up to 1."""
    model, chosen = trained(name, *sample())
    p = predict_proba(model, chosen)
    assert p.shape == (4000, 3)
    assert p.dtype == np.float64
    assert ((p > 0) & (p < 1)).all()
    np.testing.assert_allclose(p.sum(axis=1), 1, rtol=1e-14)


@pytest.mark.parametrize("name", sorted(set(NAMES) - {"always_sideways"}))
@pytest.mark.parametrize("present", [(1, 2), (0, 1), (0, 2), (1,)])
def test_a_class_absent_from_training_keeps_its_column(name: str, present: tuple[int, ...]) -> None:
    """An unseen class gets the smallest probability, about 1e-6, and the others share the rest."""
    X, y = sample()
    seen = np.isin(y, present)
    model, chosen = trained(name, X[seen], y[seen])
    p = predict_proba(model, chosen)  # of the rows it was trained on
    absent = [c for c in range(3) if c not in present]
    np.testing.assert_allclose(p[:, absent], 1e-6, rtol=1e-5)
    frequencies = np.bincount(y[seen], minlength=3) / seen.sum()
    if name == "original":  # its rows weigh as if the classes were equally frequent
        of_class = np.array([p[y[seen] == c].mean(axis=0) for c in present])
        np.testing.assert_allclose(of_class.mean(axis=0), np.isin(range(3), present) / len(present), atol=0.01)
    else:
        np.testing.assert_allclose(p.mean(axis=0), frequencies, atol=0.01)


@pytest.mark.parametrize("name", NAMES)
def test_a_row_alone_has_the_bits_it_has_in_a_batch(name: str) -> None:
    """Rows scored one by one, in odd slices, reversed, or from a column-major copy give the same bits."""
    model, chosen = trained(name, *sample())
    batch = predict_proba(model, chosen)
    alone = np.concatenate([predict_proba(model, chosen[i : i + 1]) for i in range(500)])
    assert alone.tobytes() == batch[:500].tobytes()
    for start, stop in ((0, 3), (1, 8), (5, 22), (7, 1008)):
        assert predict_proba(model, chosen[start:stop]).tobytes() == batch[start:stop].tobytes()
    assert predict_proba(model, chosen[::-1])[::-1].tobytes() == batch.tobytes()
    assert predict_proba(model, np.asfortranarray(chosen)).tobytes() == batch.tobytes()


@pytest.mark.parametrize("name", NAMES)
def test_float64_input_has_the_bits_of_float32(name: str) -> None:
    """What the warehouse stores and what training saw give the same probabilities."""
    model, chosen = trained(name, *sample())
    assert predict_proba(model, chosen.astype(np.float64)).tobytes() == predict_proba(model, chosen).tobytes()


@pytest.mark.parametrize("name", NAMES)
def test_training_again_gives_the_same_model(name: str) -> None:
    """The same rows and seed predict the same bits."""
    first, chosen = trained(name, *sample())
    second, _ = trained(name, *sample())
    assert predict_proba(first, chosen).tobytes() == predict_proba(second, chosen).tobytes()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("hole", [np.nan, np.inf])
def test_an_incomplete_row_is_not_scored(name: str, hole: float) -> None:
    """A NaN or infinite feature is refused, not read as calm."""
    model, chosen = trained(name, *sample())
    chosen = chosen[:5].copy()
    chosen[2, 0] = hole
    with pytest.raises(ValueError, match="complete rows"):
        predict_proba(model, chosen)


@pytest.mark.parametrize("name", NAMES)
def test_no_rows_give_no_probabilities(name: str) -> None:
    """An empty batch has shape (0, 3)."""
    model, chosen = trained(name, *sample())
    assert predict_proba(model, chosen[:0]).shape == (0, 3)


def test_a_hundred_thousand_rows_take_seconds() -> None:
    """The fixed order of sums does not make the linear model slow (40 features, far under a second in practice)."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(100_000, 40)).astype(np.float32)
    model = WinsorisedLogistic().fit(X[:3000], rng.integers(0, 3, 3000))
    begun = time.perf_counter()
    predict_proba(model, X)
    assert time.perf_counter() - begun < 5


def test_the_linear_model_is_scikit_learns() -> None:
    """Our sums and softmax agree with scikit-learn's own pipeline to rounding, for three classes and for two."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    X, y = sample()
    X[:, 0] *= 1000  # wide and narrow features alike
    for seen in (y >= 0, y != 0):
        rows, classes = X[seen].astype(np.float64), y[seen]
        ours = WinsorisedLogistic(tail=0).fit(rows, classes).predict_proba(rows)
        theirs = make_pipeline(StandardScaler(), LogisticRegression(max_iter=500)).fit(rows, classes)
        np.testing.assert_allclose(ours[:, np.unique(classes)], theirs.predict_proba(rows), atol=1e-6)


def test_a_width_is_seen_as_a_logarithm() -> None:
    """Twice the volatility is one step however lively it is; a return, which has two sides, stays as it is."""
    X, y = sample()
    model = SoftLogLogistic(knee=0.1).fit(X, y)
    np.testing.assert_allclose(model.unit_, [0, 0.1 * np.median(X[:, 1]), 0])
    rows = np.array([[0.001, 0, 0.5], [-0.002, model.unit_[1] * (np.e - 1), -0.5]])
    np.testing.assert_allclose(model.prepare(rows), [[0.001, 0, 0.5], [-0.002, 1, -0.5]])
    falls = SoftLogLogistic(knee=0.1).fit(-X, y)  # a drawdown is a width below 0
    np.testing.assert_allclose(falls.prepare(-X), -model.prepare(X))


def test_the_penalty_does_not_depend_on_the_number_of_rows() -> None:
    """Every row ten times over gives the same slopes; more shrinkage gives smaller ones."""
    X, y = sample(1000)
    once = SoftLogLogistic(tail=0).fit(X, y).weights_
    np.testing.assert_allclose(
        SoftLogLogistic(tail=0).fit(np.tile(X, (10, 1)), np.tile(y, 10)).weights_, once, atol=1e-3
    )
    assert np.abs(SoftLogLogistic(shrinkage=1.0).fit(X, y).weights_).sum() < np.abs(once).sum() / 2


def test_a_crash_minute_is_cut_off() -> None:
    """A value far beyond the training quantiles scores like one at the quantile."""
    X, y = sample()
    model = WinsorisedLogistic().fit(X, y)
    crash = X[:1].copy()
    crash[0, 0] = -1e6
    at_quantile = crash.astype(np.float64)
    at_quantile[0, 0] = model.low_[0]
    np.testing.assert_array_equal(model.predict_proba(crash), model.predict_proba(at_quantile))


def test_an_hour_without_any_trade_has_a_finite_score() -> None:
    """A volatility of 0 is scored like 1e-8, both in training and after."""
    X, y = sample()
    X[:50, 1] = 0
    model, _ = trained("volatility_60m", X, y)
    p = predict_proba(model, np.array([[0.0], [1e-8]]))
    np.testing.assert_array_equal(p[0], p[1])
    assert np.isfinite(p).all()


def test_more_volatility_makes_big_moves_likelier() -> None:
    """The baseline has learned the one thing that it can."""
    model, _ = trained("volatility_60m", *sample())
    sideways = predict_proba(model, np.array([[1e-4], [1e-3], [1e-2]]))[:, 1]
    assert sideways[0] > sideways[1] > sideways[2]


def test_the_prior_is_the_training_frequency() -> None:
    """3 DOWN, 5 SIDEWAYS and 2 UP rows give .3, .5, .2 whatever the features."""
    model = RECIPES["class_prior"].build(1, 1).fit(np.zeros((10, 1)), np.repeat([0, 1, 2], [3, 5, 2]))
    np.testing.assert_allclose(predict_proba(model, np.ones((2, 1))), [[0.3, 0.5, 0.2]] * 2)


def test_always_sideways_has_a_log_loss() -> None:
    """Certain of SIDEWAYS but for what every model leaves to the other two."""
    model = RECIPES["always_sideways"].build(1, 1).fit(np.zeros((3, 1)), np.array([0, 2, 2]))
    np.testing.assert_allclose(predict_proba(model, np.ones((2, 1))), [[1e-6, 1, 1e-6]] * 2, rtol=1e-5)


def test_soft_voting_is_the_mean() -> None:
    """Of what lightgbm and logistic say when they are trained alone."""
    parts = [trained(name, *sample()) for name in ("lightgbm", "logistic")]
    model, chosen = trained("soft_voting", *sample())
    mean = (parts[0][0].predict_proba(chosen) + parts[1][0].predict_proba(chosen)) / 2
    np.testing.assert_allclose(model.predict_proba(chosen), mean, rtol=1e-14)


def test_estimators_are_scikit_learns() -> None:
    """They can be cloned with their parameters, and the wrapper trains a copy."""
    from sklearn.base import clone

    for name in NAMES:
        estimator = RECIPES[name].build(5, 1)
        assert type(clone(estimator)) is type(estimator)
    wrapped = AllClasses(WinsorisedLogistic(tail=0.01))
    wrapped.fit(*sample(200))
    assert clone(wrapped).estimator.tail == 0.01
    assert not hasattr(wrapped.estimator, "weights_")
