from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt
import pytest
from sklearn.dummy import DummyClassifier

from include.errors import NotReady
from include.evaluation.bootstrap import Interval
from include.evaluation.cross_validate import (
    Fitting,
    OutOfSample,
    TrainingTable,
    mean_of,
    out_of_sample,
    strided,
)
from include.evaluation.gate import Contest, Verdict, judge, judge_placebo
from include.evaluation.placebo import shuffled_in_blocks
from include.evaluation.scores import Evaluation, evaluate, skill_margin
from include.evaluation.walk_forward import Fold, purged_walk_forward
from include.models.all_classes import AllClasses
from include.models.candidates import RECIPES, Recipe, Tuning
from include.models.classes import Classes, Floats, classify
from include.settings import load_settings

HORIZON = timedelta(minutes=30)
COLUMNS = ("signal", "realised_volatility_60m", "noise")
FITTING = Fitting(seed=7, threads=1)


@dataclass(frozen=True, eq=False)
class Market:
    """Ten-minute rows of 150 days; `signal` is what a candidate might learn beyond the volatility."""

    ts: npt.NDArray[np.int64]
    X: npt.NDArray[np.float32]
    y: npt.NDArray[np.int8]
    folds: list[Fold]


def market(kind: str) -> Market:
    """With a signal that is an edge ("planted"), nothing ("noise"), or the answer itself ("leak")."""
    rng = np.random.default_rng(8)
    rows = 150 * 144
    # calm or lively hours: of two values the logarithm is a line, so the baseline has all that there is in it
    volatility = np.repeat(rng.choice([0.001, 0.003], rows // 6), 6)
    drift, shock = rng.normal(size=rows), rng.normal(size=rows)
    forward = volatility * (shock + (0.5 * drift if kind == "planted" else 0))
    signal = forward if kind == "leak" else drift * volatility
    ts = 1_704_067_200 + np.arange(rows, dtype=np.int64) * 600
    X = np.column_stack([signal, volatility, rng.normal(size=rows)]).astype(np.float32)
    folds = purged_walk_forward(
        ts, HORIZON, folds=3, min_train=timedelta(days=14), test_share=0.6, embargo=timedelta(hours=1)
    )
    return Market(ts, X, classify(forward, 0.003), folds)


def predictions(name: str, given: Market, stride_minutes: int = 10) -> OutOfSample:
    return predictions_of(RECIPES[name], given, stride_minutes)


def predictions_of(
    recipe: Recipe, given: Market, stride_minutes: int = 10, y_search: Classes | None = None, fitting: Fitting = FITTING
) -> OutOfSample:
    kept = strided(np.arange(len(given.ts)), given.ts, stride_minutes)
    y = given.y[kept]
    y_search = y if y_search is None else y_search[kept]
    return out_of_sample(recipe, table_of(given, kept), y, y_search, given.X, given.ts, given.folds, fitting)


def table_of(given: Market, kept: npt.NDArray[np.intp]) -> TrainingTable:
    return TrainingTable(given.ts[kept], given.X[kept], COLUMNS, np.zeros(len(kept)))


def verdict_on(found: Evaluation, margin: Interval) -> Verdict:
    return judge(Contest(found, margin), LIMITS)


@cache
def judged(name: str, kind: str) -> tuple[Evaluation, Interval]:
    """Its evaluation and its margin over the volatility baseline."""
    given = market(kind)
    candidate, baseline = predictions(name, given), predictions("volatility_60m", given)
    y, ts = given.y[candidate.index], given.ts[candidate.index]
    return (
        evaluate(y, candidate.p, candidate.prior_p, ts, HORIZON, seed=7),
        skill_margin(y, candidate.p, baseline.p, candidate.prior_p, ts, seed=7),
    )


LIMITS = replace(
    load_settings().training, min_skill_margin=0.002, max_skill_margin=0.12, min_events=200, min_event_days=60
)


@pytest.mark.parametrize("name", ["logistic", "lightgbm"])
def test_a_planted_edge_is_found(name: str) -> None:
    """A drift of half a standard deviation is learned and passes the gate."""
    found, margin = judged(name, "planted")
    verdict = verdict_on(found, margin)
    assert verdict.accepted, verdict.reason
    assert found.auc_direction is not None
    assert found.auc_direction > 0.65


@pytest.mark.parametrize("name", ["logistic", "lightgbm"])
def test_noise_is_not_accepted(name: str) -> None:
    """Features without anything to them are no better than the volatility and do not pass."""
    found, margin = judged(name, "noise")
    verdict = verdict_on(found, margin)
    assert not verdict.accepted
    assert "volatility baseline" in verdict.reason


def test_a_leak_is_suspected() -> None:
    """A feature that is the answer makes a margin too good to accept."""
    found, margin = judged("lightgbm", "leak")
    assert "leak" in verdict_on(found, margin).reason


class Searching(AllClasses):
    """Notes what it is asked to search by, and what it is then given."""

    seen: ClassVar[list[Any]] = []

    def __init__(self, trials: int = 1, purge_rows: int = 1, found: Any = None) -> None:
        super().__init__(DummyClassifier(strategy="prior"))
        self.trials, self.purge_rows, self.found = trials, purge_rows, found

    def search(self, X: Floats, y: Classes) -> dict[str, Any]:
        self.seen.append((self.trials, self.purge_rows, len(X), y.tolist()))
        return {"rows": len(X)}

    def fit(self, X: Floats, y: Classes) -> Searching:
        self.seen.append(self.found)
        return super().fit(X, y)


def test_thresholds_share_one_search_a_fold() -> None:
    """A recipe that searches does so once before each fold, by the classes meant for that, whatever it is trained for."""
    given = market("noise")
    Searching.seen = []
    recipe = Recipe("searching", is_baseline=False, make=lambda seed, threads: Searching(), is_tuned=True)
    table, searched_by = table_of(given, np.arange(len(given.ts))), np.ones_like(given.y)
    for y in (given.y, 2 - given.y):
        fitting = replace(FITTING, tuning=Tuning(5, 3))
        out_of_sample(recipe, table, y, searched_by, given.X, given.ts, given.folds, fitting)
    rows = [len(fold.train) for fold in given.folds]
    searched = [seen for number in rows for seen in ((5, 3, number, [1] * number), {"rows": number})]
    assert Searching.seen == [*searched, *({"rows": number} for number in rows)]


def test_rows_that_are_shared_train_the_same_trees() -> None:
    """Bins made once for two thresholds give what each would have trained alone, bit for bit."""
    given = market("planted")
    table = table_of(given, np.arange(len(given.ts)))
    for y in (given.y, 2 - given.y):
        together = out_of_sample(RECIPES["lightgbm"], table, y, y, given.X, given.ts, given.folds, FITTING)
        alone = predictions_of(RECIPES["lightgbm"], replace(given, y=y))
        assert together.p.tobytes() == alone.p.tobytes()


def test_a_mean_needs_no_training() -> None:
    """What soft_voting says follows from what its parts say."""
    given = market("planted")
    recipe = RECIPES["soft_voting"]
    parts = mean_of([predictions(name, given) for name in recipe.mean_of])
    np.testing.assert_allclose(parts.p, predictions("soft_voting", given).p, atol=2e-6)


def test_a_recipe_without_skill_fails_no_placebo_and_a_leak_does() -> None:
    """On labels shuffled in blocks an honest walk-forward finds nothing, and one that trains on its test rows does."""
    given = market("planted")
    shuffled = replace(given, y=given.y[shuffled_in_blocks(given.ts, 3)])
    honest = predictions("lightgbm", shuffled)
    tested = shuffled.y[honest.index], given.ts[honest.index]
    skill = skill_margin(tested[0], honest.p, honest.prior_p, honest.prior_p, tested[1], seed=7)
    assert judge_placebo(skill).accepted
    assert skill.value is not None
    assert skill.value < 0
    everything = replace(shuffled, folds=[replace(fold, train=np.arange(len(given.ts))) for fold in given.folds])
    leaks = predictions_of(RECIPES["hist_gradient_boosting"], everything)
    skill = skill_margin(tested[0], leaks.p, leaks.prior_p, leaks.prior_p, tested[1], seed=7)
    assert not judge_placebo(skill).accepted


def test_blocks_are_shuffled_whole() -> None:
    """Every row's label is used once, and inside a block the order of time stays."""
    ts = np.arange(0, 40 * 86_400, 3600, dtype=np.int64)
    order = shuffled_in_blocks(ts, 5)
    assert sorted(order.tolist()) == list(range(len(ts)))
    assert order.tolist() != list(range(len(ts)))
    assert (np.diff(order) != 1).sum() < 8
    assert order.tolist() == shuffled_in_blocks(ts, 5).tolist()


def test_a_rhythm_of_the_day_is_no_leak() -> None:
    """What is likely at an hour of the day, and known to the features, is gone from the shuffled labels."""
    rng = np.random.default_rng(2)
    ts = np.arange(0, 200 * 86_400, 600, dtype=np.int64)
    hour = (ts // 3600) % 24
    y = np.where(rng.random(len(ts)) < np.where(hour < 8, 0.6, 0.1), 2, 1)
    shuffled = y[shuffled_in_blocks(ts, 3)]
    by_hour = np.array([[labels[hour == h].mean() for h in range(24)] for labels in (y, shuffled)])
    assert np.ptp(by_hour[0]) > 0.4
    assert np.ptp(by_hour[1]) < np.ptp(by_hour[0]) / 2


def test_every_test_row_is_predicted_once_in_order() -> None:
    """The index is the folds' test rows, one after the other, each with its fold's number."""
    given = market("noise")
    found = predictions("volatility_60m", given)
    assert found.index.tolist() == np.concatenate([fold.test for fold in given.folds]).tolist()
    assert found.fold.tolist() == np.repeat([0, 1, 2], [len(fold.test) for fold in given.folds]).tolist()
    assert found.p.shape == found.prior_p.shape == (len(found.index), 3)


def test_the_prior_is_that_of_the_rows_trained_on() -> None:
    """The class_prior baseline is the prior, so that its skill is 0 and its intervals too."""
    given = market("noise")
    found = predictions("class_prior", given, stride_minutes=30)
    np.testing.assert_allclose(found.p, found.prior_p, rtol=1e-12)
    train = given.folds[0].train
    kept = given.y[train[given.ts[train] % 1800 == 0]]
    np.testing.assert_allclose(found.prior_p[0], [(kept == c).mean() for c in range(3)])


def test_no_prediction_knows_its_future() -> None:
    """Other classes from a fold's purge on, and features after its block, leave its probabilities as they are."""
    given = market("planted")
    begin = given.folds[1].test[0]
    purged_from = given.folds[1].train[-1] + 1
    y, X = given.y.copy(), given.X.copy()
    y[purged_from:] = 2
    X[given.folds[1].test[-1] + 1 :] *= -3
    before = predictions("logistic", given)
    after = predictions("logistic", replace(given, X=X, y=y))
    until = before.fold <= 1
    assert begin > purged_from
    assert before.p[until].tobytes() == after.p[until].tobytes()
    assert before.p[~until].tobytes() != after.p[~until].tobytes()


def test_the_stride_is_of_time_and_not_of_position() -> None:
    """After a lost minute the same clock minutes are kept as before it."""
    ts = np.array([0, 60, 120, 240, 300, 360, 420, 600], dtype=np.int64)  # minute 3 and minutes 8, 9 are lost
    assert ts[strided(np.arange(8), ts, 5)].tolist() == [0, 300, 600]
    assert strided(np.arange(1, 4), ts, 1).tolist() == [1, 2, 3]


def test_a_stride_that_leaves_nothing_is_named() -> None:
    """The message holds the setting."""
    with pytest.raises(NotReady, match=r"training\.stride_minutes = 5"):
        strided(np.arange(2), np.array([60, 120], dtype=np.int64), 5)


def test_recipes_of_a_cell_share_what_is_equal() -> None:
    """The arrays of another that hold the same are taken over, and one that differs is kept."""

    def found(up: float, prior: float) -> OutOfSample:
        rows = np.arange(4)
        return OutOfSample(rows, np.full((4, 3), up), np.full((4, 3), prior), np.zeros(4, np.int64))

    first = found(0.5, 0.1)
    same, other = found(0.25, 0.1).sharing(first), found(0.25, 0.2).sharing(first)
    assert same.prior_p is first.prior_p
    assert same.index is first.index
    assert same.p[0, 0] == 0.25
    assert other.prior_p[0, 0] == 0.2
