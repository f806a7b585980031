"""Whether signals may say BUY and SELL, and the sentence that says why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from include.evaluation.may_trade import judge_trading
from include.evaluation.overfitting import DeflatedSharpe
from include.evaluation.positions import Money, money
from include.evaluation.trading import Paper

NO_MONEY = money([], 0, np.ones(10), 0, seed=7)
FOUND = replace(NO_MONEY, trades=412, mean_net_return_bps=3.14, low=0.8, high=5.2, win_rate=0.52)
# 0.15 and 0.11 a day are 2.87 and 2.10 a year
LASTING = DeflatedSharpe(sharpe=0.15, expected_by_luck=0.11, probability=0.97, periods=500, trials=1210)


def paper(found: Money = FOUND) -> Paper:
    return Paper(found, NO_MONEY, date(2025, 1, 1), np.zeros(3), np.zeros(3))


def test_an_edge_that_luck_does_not_explain_may_trade() -> None:
    """The reason holds the trades, their mean with its interval, the Sharpe ratio beside luck's, and the probability."""
    verdict = judge_trading(paper(), LASTING, 0.95)
    assert verdict.may_trade
    assert verdict.reason == (
        "412 trades on unseen minutes brought +3.1 bp (95 %: +0.8 to +5.2) each after costs. The Sharpe ratio is 2.87 a year, "
        "where luck alone reaches 2.10 in 1,210 trials: with a probability of 0.97 it is more than luck."
    )


@pytest.mark.parametrize(
    ("found", "deflated", "needed"),
    [
        (replace(FOUND, trades=29), LASTING, "; 30 trades are needed."),
        (replace(FOUND, low=0.0), LASTING, "; a lower bound above 0 is needed."),
        (replace(FOUND, low=None, high=None), LASTING, "; a lower bound above 0 is needed."),
        (FOUND, replace(LASTING, probability=0.949), "; a probability of 0.95 is needed."),
        (
            replace(FOUND, trades=1, low=None, high=None),
            replace(LASTING, probability=0.3),
            "; 30 trades, a lower bound above 0 and a probability of 0.95 are needed.",
        ),
    ],
)
def test_each_lack_forbids_and_is_named(found: Money, deflated: DeflatedSharpe, needed: str) -> None:
    """What is needed ends the sentence with the numbers."""
    verdict = judge_trading(paper(found), deflated, 0.95)
    assert not verdict.may_trade
    assert verdict.reason.endswith(needed)
    assert f"{found.trades} trade" in verdict.reason


def test_the_least_that_is_enough() -> None:
    """30 trades, any lower bound above 0, and a probability that is just the one asked for."""
    assert judge_trading(paper(replace(FOUND, trades=30, low=1e-9)), replace(LASTING, probability=0.95), 0.95).may_trade


@pytest.mark.parametrize(
    ("judged", "said"),
    [
        (None, "No unseen minute was decided"),
        (paper(NO_MONEY), "no trade was worth its costs"),
        (paper(replace(FOUND, trades=1)), "1 trade on unseen minutes brought the same on every day"),
    ],
)
def test_without_a_sharpe_ratio_nothing_is_shown(judged: Paper | None, said: str) -> None:
    """No decided minute, no trade, or trades of one day alone."""
    verdict = judge_trading(judged, None, 0.95)
    assert not verdict.may_trade
    assert said in verdict.reason
