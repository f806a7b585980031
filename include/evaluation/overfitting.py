"""What a Sharpe ratio is worth after so many tries: the deflated Sharpe ratio, and the probability of overfitting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt
from scipy.stats import kurtosis, norm, skew

Array = npt.NDArray[np.float64]

BLOCKS = 16
SPLITS_AT_ONCE = 1000
STILL = 1e-12  # a variance under this part of the mean square is what sums leave of 0


@dataclass(frozen=True)
class DeflatedSharpe:
    """A Sharpe ratio beside what luck alone reaches; ratios are those of one period, not annualised.

    Attributes
    ----------
    sharpe
        Mean over standard deviation of the returns.
    expected_by_luck
        The largest Sharpe ratio to be expected of as many trials without any edge.
    probability
        That the true Sharpe ratio is above that: the deflated Sharpe ratio, 0 to 1; 0.5 is what luck explains.
    periods, trials
        What they rest on.
    """

    sharpe: float
    expected_by_luck: float
    probability: float
    periods: int
    trials: int


def deflated_sharpe(returns: Array, trials: int, trial_variance: float) -> DeflatedSharpe | None:
    """The deflated Sharpe ratio of a strategy's returns (Bailey & López de Prado 2014, The Deflated Sharpe Ratio).

    Parameters
    ----------
    returns
        Net return of each period, periods without a trade 0, shape (periods,).
    trials
        How many strategies were tried before this one was chosen, itself included; 1 or more.
    trial_variance
        Variance of their Sharpe ratios, of one period each.

    Returns
    -------
    DeflatedSharpe or None
        None for fewer than two returns, or for returns that never vary: they have no Sharpe ratio.
    """
    if len(returns) < 2 or np.ptp(returns) == 0:
        return None
    ratio = float(returns.mean() / returns.std(ddof=1))
    luck = expected_max_sharpe(trials, trial_variance)
    third, fourth = float(skew(returns)), float(kurtosis(returns, fisher=False))
    probability = probability_above(ratio, luck, len(returns), third, fourth)
    return DeflatedSharpe(ratio, luck, probability, len(returns), trials)


def expected_max_sharpe(trials: int, variance: float) -> float:
    """The largest Sharpe ratio to be expected of so many independent trials whose true ratio is 0.

    √V · ((1 − γ) Φ⁻¹(1 − 1/N) + γ Φ⁻¹(1 − 1/(N e))), γ Euler's constant; the unit is that of the variance, and one
    trial alone is expected to have 0.
    """
    if trials < 2:
        return 0.0
    quantiles = norm.ppf([1 - 1 / trials, 1 - 1 / (trials * np.e)])
    return float(np.sqrt(variance) * (np.array([1 - np.euler_gamma, np.euler_gamma]) @ quantiles))


def probability_above(sharpe: float, benchmark: float, periods: int, skewness: float, kurtosis: float) -> float:
    """Probability that the true Sharpe ratio is above the benchmark, both of one period (Bailey & López de Prado 2012).

    Φ((SR − SR*) √(T − 1) / √(1 − γ₃ SR + (γ₄ − 1)/4 SR²)); γ₄ is 3 for normal returns.
    """
    spread = 1 - skewness * sharpe + (kurtosis - 1) / 4 * sharpe**2
    return float(norm.cdf((sharpe - benchmark) * np.sqrt(periods - 1) / np.sqrt(spread)))


@dataclass(frozen=True)
class Overfitting:
    """How choosing the best of the trials fares on the other half of the time.

    Attributes
    ----------
    probability
        PBO: share of the splits in which the best of one half is in the lower half of the other; 0.5 is choosing blindly.
    probability_of_loss
        Share of the splits in which it has a Sharpe ratio below 0 there.
    splits, trials, periods
        What they rest on.
    """

    probability: float
    probability_of_loss: float
    splits: int
    trials: int
    periods: int


def probability_of_overfitting(returns: Array, blocks: int = BLOCKS) -> Overfitting | None:
    """PBO by combinatorially symmetric cross-validation (Bailey, Borwein, López de Prado & Zhu 2015), by Sharpe ratio.

    The time is cut into blocks, as equal as the number of periods allows; each choice of half of them picks a trial,
    which is ranked among all on the rest. Equal ratios share the mean of their ranks; of equal best ones the first is
    picked. One cost for all trials: where costs are high, the ranking is that of the turnover, and a low PBO says
    nothing.

    Parameters
    ----------
    returns
        Net return of each period (rows) and trial (columns); a trial that never varies has the Sharpe ratio 0.
    blocks
        An even number.

    Returns
    -------
    Overfitting or None
        None for fewer than two trials, or for fewer than two periods a block.
    """
    periods, trials = returns.shape
    if trials < 2 or periods < 2 * blocks:
        return None
    starts = [part[0] for part in np.array_split(np.arange(periods), blocks)]
    sums = [np.add.reduceat(values, starts, axis=0) for values in (np.ones_like(returns), returns, returns**2)]
    below = lost = splits = 0
    for chosen in _halves(blocks):
        inside = _sharpe_of_sums(*(chosen @ part for part in sums))
        outside = _sharpe_of_sums(*((1 - chosen) @ part for part in sums))
        best = np.take_along_axis(outside, inside.argmax(axis=1)[:, None], axis=1)
        # the rank of the best, from 1, over trials + 1: at or under a half its logit is at or under 0
        ranks = (outside < best).sum(axis=1) + ((outside == best).sum(axis=1) + 1) / 2
        below += int((ranks / (trials + 1) <= 0.5).sum())
        lost += int((best < 0).sum())
        splits += len(chosen)
    return Overfitting(below / splits, lost / splits, splits, trials, periods)


def _halves(blocks: int) -> Iterator[Array]:
    """All choices of half of the blocks as ones among zeros, shape (choices, blocks), some at a time."""
    positions = np.array(list(combinations(range(blocks), blocks // 2)))
    for start in range(0, len(positions), SPLITS_AT_ONCE):
        some = positions[start : start + SPLITS_AT_ONCE]
        chosen = np.zeros((len(some), blocks))
        np.put_along_axis(chosen, some, 1.0, axis=1)
        yield chosen


def _sharpe_of_sums(rows: Array, total: Array, squares: Array) -> Array:
    """Sharpe ratios from counts, sums and sums of squares; 0 where the returns never vary."""
    mean, mean_square = total / rows, squares / rows
    variance = mean_square - mean**2
    varies = variance > STILL * mean_square
    return np.divide(mean, np.sqrt(np.where(varies, variance, 1.0)), out=np.zeros_like(mean), where=varies)
