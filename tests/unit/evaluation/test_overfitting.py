from __future__ import annotations

from itertools import combinations

import numpy as np
import numpy.typing as npt
import pytest
from scipy.stats import rankdata

from include.evaluation.overfitting import (
    deflated_sharpe,
    expected_max_sharpe,
    probability_above,
    probability_of_overfitting,
)

Array = npt.NDArray[np.float64]


def test_the_worked_example_of_the_paper() -> None:
    """2.5 a year over 1250 of 250 days, skewness −3, kurtosis 10, 100 trials of variance 1/2: SR0 .1132, DSR .9004."""
    luck = expected_max_sharpe(trials=100, variance=0.5 / 250)
    assert luck == pytest.approx(0.1132, abs=5e-5)
    assert probability_above(2.5 / np.sqrt(250), luck, 1250, -3, 10) == pytest.approx(0.9004, abs=5e-5)


@pytest.mark.parametrize("trials", [50, 174, 1000])
def test_the_expected_best_of_empty_trials_is_that_of_simulated_ones(trials: int) -> None:
    """The mean of the largest of N normal numbers, from 20,000 draws, within 2 %."""
    # the formula is an approximation for many trials: at N = 10 it is 2.3 % above the exact 1.5388 deviations
    best = [np.random.default_rng(k).normal(scale=2, size=(200, trials)).max(axis=1) for k in range(100)]
    assert expected_max_sharpe(trials, 4.0) == pytest.approx(float(np.mean(best)), rel=0.02)


def test_one_trial_needs_no_luck() -> None:
    """Nothing was chosen, so the benchmark is 0 and the rest is the probability of a Sharpe ratio above 0."""
    assert expected_max_sharpe(1, 4.0) == 0
    returns = np.tile([0.03, -0.01], 50)
    found = deflated_sharpe(returns, trials=1, trial_variance=4.0)
    assert found is not None
    # mean .01, deviation .02 (sample: .0201008), so .497494; two values have skewness 0 and kurtosis 1: spread 1
    assert found.sharpe == pytest.approx(0.497494, abs=1e-6)
    assert found.probability == pytest.approx(1 - 3.7e-7, abs=1e-7)  # Φ(.497494 × √99 = 4.95)
    assert (found.periods, found.trials) == (100, 1)


def test_what_luck_explains_is_a_half() -> None:
    """A Sharpe ratio equal to the expected best of as many empty trials."""
    returns = np.random.default_rng(0).normal(0.05, 1, 1000)
    sharpe = returns.mean() / returns.std(ddof=1)
    found = deflated_sharpe(returns, trials=174, trial_variance=(sharpe / expected_max_sharpe(174, 1.0)) ** 2)
    assert found is not None
    assert found.probability == pytest.approx(0.5)


@pytest.mark.parametrize("returns", [[], [0.1], [0.0, 0.0, 0.0], [0.1, 0.1, 0.1]])
def test_returns_that_never_vary_have_no_sharpe_ratio(returns: list[float]) -> None:
    """Unknown, neither 0 nor infinite."""
    assert deflated_sharpe(np.array(returns), 10, 1.0) is None


def test_a_best_that_does_not_last_is_overfitting() -> None:
    """Two trials that swap their luck between two blocks: whichever is best in one is the worse in the other."""
    good, bad = [0.02, 0.01], [-0.01, -0.02]
    found = probability_of_overfitting(np.array([good + bad, bad + good]).T, blocks=2)
    assert found is not None
    assert (found.probability, found.probability_of_loss, found.splits, found.trials) == (1.0, 1.0, 2, 2)


def test_a_best_that_lasts_is_none() -> None:
    """A trial that is best in every block is best in every half."""
    returns = np.random.default_rng(0).normal(size=(640, 20))
    returns[:, 7] += 1.0
    found = probability_of_overfitting(returns)
    assert found is not None
    assert (found.probability, found.probability_of_loss) == (0.0, 0.0)
    assert (found.splits, found.trials, found.periods) == (12_870, 20, 640)  # 16 over 8


def test_choosing_among_noise_is_choosing_blindly() -> None:
    """Over 20 draws of 30 trials without an edge the mean is near a half."""
    drawn = [np.random.default_rng(seed).normal(size=(320, 30)) for seed in range(20)]
    found = [probability_of_overfitting(returns, blocks=8) for returns in drawn]
    assert 0.4 < np.mean([one.probability for one in found if one]) < 0.65


def test_each_split_is_ranked_as_defined() -> None:
    """The sums of blocks give what going through all splits row by row gives, ties and still trials included."""
    returns = np.random.default_rng(3).normal(size=(45, 6)).round(1)
    returns[:, 2] = returns[:, 1]
    returns[:, 4] = 0.0
    parts = np.array_split(np.arange(45), 6)
    logits = []
    for chosen in combinations(range(6), 3):
        inside, outside = (
            naive_sharpe(np.concatenate([returns[parts[k]] for k in range(6) if (k in chosen) is side]))
            for side in (True, False)
        )
        rank = rankdata(outside.round(12))[int(inside.round(12).argmax())] / 7
        logits.append(np.log(rank / (1 - rank)))
    found = probability_of_overfitting(returns, blocks=6)
    assert found is not None
    assert found.probability == pytest.approx(np.mean(np.array(logits) <= 1e-12))


def naive_sharpe(returns: Array) -> Array:
    deviation = returns.std(axis=0)
    return np.where(deviation > 1e-12, returns.mean(axis=0) / np.maximum(deviation, 1e-12), 0.0)


@pytest.mark.parametrize("shape", [(31, 5), (320, 1), (0, 0)])
def test_too_little_to_split_is_unknown(shape: tuple[int, int]) -> None:
    """Under two periods a block, or nothing to choose from."""
    assert probability_of_overfitting(np.zeros(shape)) is None
