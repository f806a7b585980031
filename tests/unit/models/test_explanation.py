"""What an answer rests on: contributions that add up to the model's own score, and what occlusion says where none do."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from include.models.candidates import RECIPES, predict_proba
from include.models.classes import CLASSES
from include.models.explanation import LINEAR, OCCLUSION, SHAP, Part, explain_row
from include.models.input_ranges import MEDIAN, QUANTILES, input_quantiles, out_of_range
from include.models.logistic import softmax

ROWS, COLUMNS = 3_000, 5
ADDING_UP = ("logistic", "lightgbm", "lightgbm_tuned")


def rows() -> tuple[Any, Any]:
    """Moves that follow the first column, a width, and sides that follow the second."""
    generator = np.random.default_rng(1)
    X = generator.normal(size=(ROWS, COLUMNS)).astype(np.float32)
    X[:, 0] = np.abs(X[:, 0])
    moved = generator.random(ROWS) < 0.1 + 0.3 * (X[:, 0] > 1)
    return X, np.where(moved, np.where(X[:, 1] + generator.normal(size=ROWS) > 0, 2, 0), 1)


def fitted(name: str) -> tuple[Any, Any, Any]:
    X, y = rows()
    only = [0] if name == "volatility_60m" else list(range(COLUMNS))
    return RECIPES[name].build(7, 1).fit(X[:, only], y), X[:1, only], np.median(X[:, only], axis=0)


def strongest(part: Part) -> int:
    return int(np.abs(part.contributions).max(axis=0).argmax())


@pytest.mark.parametrize("name", [*ADDING_UP, "volatility_60m"])
def test_contributions_and_base_add_up_to_the_score(name: str) -> None:
    """Of trees and of regressions: the softmax of the sums is the model's own answer."""
    model, row, median = fitted(name)
    [part] = explain_row(model, row, median)
    assert part.method == (SHAP if "lightgbm" in name else LINEAR)
    assert part.outputs == CLASSES
    assert part.base is not None
    np.testing.assert_allclose(part.base + part.contributions.sum(axis=1), part.score)
    p = softmax(part.score[:, None])
    np.testing.assert_allclose(p, model.predict_proba(row), atol=1e-9)


def test_the_trees_score_is_lightgbms_own() -> None:
    """SHAP values and base are the booster's raw score."""
    model, row, median = fitted("lightgbm")
    [part] = explain_row(model, row, median)
    np.testing.assert_allclose(part.score, model.booster_.predict(row, raw_score=True)[0], atol=1e-9)


def test_two_steps_are_two_parts() -> None:
    """Sigmoids of both sums give the three probabilities; the width speaks for the move, the second column for the side."""
    model, row, median = fitted("two_step")
    move, side = explain_row(model, row, median)
    p_move, p_up = (1 / (1 + np.exp(-part.score[0])) for part in (move, side))
    expected = [p_move * (1 - p_up), 1 - p_move, p_move * p_up]
    np.testing.assert_allclose(expected, model.predict_proba(row)[0], atol=1e-9)
    assert (strongest(move), strongest(side)) == (0, 1)


def test_a_vote_has_a_part_for_each_voter() -> None:
    """Each with its own method; the mean of their probabilities is the model's."""
    model, row, median = fitted("soft_voting")
    parts = explain_row(model, row, median)
    assert [(part.name, part.method) for part in parts] == [("BoostedTrees", SHAP), ("SoftLogLogistic", LINEAR)]
    p = np.mean([softmax(part.score[:, None])[0] for part in parts], axis=0)
    np.testing.assert_allclose(p, model.predict_proba(row)[0], atol=1e-9)


@pytest.mark.parametrize("name", ["extra_trees", "hist_gradient_boosting"])
def test_other_models_are_asked_with_medians(name: str) -> None:
    """A feature's contribution is what the probability loses when the median takes its place, and medians are wanted."""
    model, row, median = fitted(name)
    [part] = explain_row(model, row, median)
    assert (part.method, part.base) == (OCCLUSION, None)
    replaced = row.copy()
    replaced[0, 1] = median[1]
    lost = predict_proba(model, row)[0] - predict_proba(model, replaced)[0]
    np.testing.assert_array_equal(part.contributions[:, 1], lost)
    with pytest.raises(ValueError, match="medians"):
        explain_row(model, row, None)


def test_what_training_never_saw_is_no_number() -> None:
    """A class without a row has a base of minus infinity and no contributions."""
    X, _ = rows()
    y = np.where(X[:, 0] > 1, 2, 1)
    [part] = explain_row(RECIPES["logistic"].build(7, 1).fit(X, y), X[:1], None)
    assert part.base is not None
    assert np.isneginf(part.base[0])
    assert not part.contributions[0].any()


def test_ranges_of_inputs() -> None:
    """Least, median and largest value; beyond the bounds by the margin is named; what never varied is not looked at."""
    X = np.column_stack([np.arange(101), np.full(101, 5)]).astype(np.float32)
    known = input_quantiles(X, ["a", "b"])
    assert (known["a"][0], known["a"][MEDIAN], known["a"][-1], len(known["a"])) == (0, 50, 100, len(QUANTILES))

    def said(a: float, b: float = 5) -> str | None:
        return out_of_range(np.array([a, b], np.float32), ["a", "b"], known, 1.0)

    assert [said(a) for a in (-100, 0, 200)] == [None] * 3
    assert said(200.5) == "a is 200.5, beyond the bounds -100 to 200 of its training rows"
    assert said(-101) is not None
    assert said(50, 1e9) is None
