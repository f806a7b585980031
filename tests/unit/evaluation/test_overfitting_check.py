"""Which days and trials the check of a choice rests on, and what it says to people."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import numpy as np
import pytest

from include.overfitting_check import meaning, returns_on_common_days
from include.warehouse.trials import Checked, TradedDays

CHECKED = Checked(
    run_id=UUID(int=1),
    symbol="BTCUSDT",
    as_of=datetime(2026, 1, 1, tzinfo=UTC),
    trials=120,
    days=541,
    splits=12_870,
    overfitting_probability=0.625,
    probability_of_loss=0.71,
    cost_bps_per_side=7.0,
)


def days(first: int, *daily: float) -> TradedDays:
    return TradedDays(date(2025, 1, first), np.array(daily))


def test_the_days_that_all_have() -> None:
    """Of the 1st to the 5th and of the 2nd to the 6th the four days between remain, in columns of the order given."""
    found = returns_on_common_days([days(1, 0.1, 0.2, 0.3, 0.4, 0.5), days(2, 1.2, 1.3, 1.4, 1.5, 1.6)])
    assert found.tolist() == [[0.2, 1.2], [0.3, 1.3], [0.4, 1.4], [0.5, 1.5]]


def test_who_never_trades_is_left_out_and_costs_no_day() -> None:
    """Neither one that is idle for a single day, nor one whose only trade is not on the common days, is a trial."""
    found = returns_on_common_days([days(1, 0.1, 0.2, 0.3), days(9, 0.0), days(1, 0.5, 0.0, 0.0), days(2, 1.2, 1.3)])
    assert found.tolist() == [[0.2, 1.2], [0.3, 1.3]]


@pytest.mark.parametrize("traded", [[], [days(1, 0.0, 0.0)]])
def test_nothing_that_traded_is_no_trial(traded: list[TradedDays]) -> None:
    """Without trials there is no day either."""
    assert returns_on_common_days(traded).shape == (0, 0)


def test_trials_without_a_common_day_have_none() -> None:
    """They stay two trials, of no day."""
    assert returns_on_common_days([days(1, 0.1, 0.2), days(5, 0.1, 0.2)]).shape == (0, 2)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {},
            "(PBO) of 0.62, and loses there with one of 0.71, at 7 bp a side. That is no better than choosing blindly",
        ),
        ({"overfitting_probability": 0.1}, "what it chooses loses: at this cost it is that of who trades least."),
        ({"overfitting_probability": 0.1, "probability_of_loss": 0.2}, "lasts better than a blind choice (0.50)."),
        (
            {"splits": None, "overfitting_probability": None, "probability_of_loss": None, "trials": 1, "days": 20},
            "cannot be told from 1 trial that traded on 20 common days; 2 on 32 are needed.",
        ),
    ],
)
def test_the_numbers_in_words(changes: dict[str, object], said: str) -> None:
    """A low probability where all lose is named for what it is."""
    assert said in meaning(replace(CHECKED, **changes))  # type: ignore[arg-type]
