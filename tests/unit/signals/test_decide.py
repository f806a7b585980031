"""From probabilities to a side: hand-written expectations."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from include.decide import Scored, abstain, barriers, decide, executable_at
from include.settings import Cell, Signals

CELL = Cell(30, Decimal("0.005"))
RULES = Signals(7.0, timedelta(hours=24), 1.0, 1.5, (CELL,))


def decision(**changes: Any) -> dict[str, Any]:
    return {
        "cut_offs": {"up": 0.3, "down": 0.3},
        "class_returns": [-0.008, 0.0, 0.008],
        "base_rates": [0.05, 0.9, 0.05],
        "paper_trades": {"trades": 50, "mean_net_return_bps": 3.0, "low": 1.0, "high": 5.0},
        "may_trade": True,
        **changes,
    }


def scored(down: float, sideways: float, up: float) -> Scored:
    return Scored(np.array([down, sideways, up]), reference_price=60_000.0, volatility_per_minute=0.001)


def test_a_clear_edge_is_a_trade() -> None:
    """0.6 x 80 bp - 0.1 x 80 bp = 40 bp, less a round trip of 14 bp, is 26 bp: BUY, with stop and target around the price."""
    found = decide(scored(0.1, 0.3, 0.6), CELL, decision(), RULES)
    assert (found["side"], found["prediction"], found["confidence"], found["reason"]) == ("BUY", "UP", 0.6, None)
    assert found["expected_edge_bps"] == pytest.approx(26.0)
    assert found["stop_loss_price"] < 60_000 < found["take_profit_price"]


def test_the_other_way_is_a_sale() -> None:
    """Mirrored probabilities give SELL with the barriers mirrored."""
    found = decide(scored(0.6, 0.3, 0.1), CELL, decision(), RULES)
    assert (found["side"], found["prediction"]) == ("SELL", "DOWN")
    assert found["take_profit_price"] < 60_000 < found["stop_loss_price"]


def test_an_edge_below_the_costs_is_hold() -> None:
    """0.06 x 80 - 0.04 x 80 = 1.6 bp less 14 bp is -12.4 bp, whatever is predicted."""
    found = decide(scored(0.04, 0.9, 0.06), CELL, decision(), RULES)
    assert (found["side"], found["reason"]) == ("HOLD", "no edge: -12.4 bp expected after costs")
    assert (found["stop_loss_price"], found["take_profit_price"]) == (None, None)


def test_a_model_that_has_shown_no_edge_may_not_trade() -> None:
    """It gives its probabilities and HOLD with the reason."""
    found = decide(scored(0.1, 0.3, 0.6), CELL, decision(may_trade=False), RULES)
    assert found["side"] == "HOLD"
    assert "50 paper trades" in found["reason"]
    assert found["p_up"] == 0.6


def test_the_prediction_is_by_cut_offs_and_not_by_the_largest() -> None:
    """A rare class is called once it passes its own cut-off, though SIDEWAYS is likelier."""
    rare = decision(cut_offs={"up": 0.2, "down": 0.9})
    assert decide(scored(0.1, 0.65, 0.25), CELL, rare, RULES)["prediction"] == "UP"


def test_an_unseen_class_adds_nothing_to_the_edge() -> None:
    """A class without out-of-sample rows has no mean return."""
    found = decide(scored(0.5, 0.4, 0.1), CELL, decision(class_returns=[None, 0.0, 0.008]), RULES)
    assert found["expected_edge_bps"] == pytest.approx(0.1 * 80 - 14)


def test_barriers_scale_with_the_horizons_volatility() -> None:
    """Stop 1 and target 1.5 volatilities away: 0.001 a minute is 0.001 x sqrt(30) over 30 minutes."""
    sigma = 0.001 * math.sqrt(30)
    stop, target = barriers(scored(0, 0, 1), CELL, 1, RULES)
    assert math.log(stop / 60_000) == pytest.approx(-sigma)
    assert math.log(target / 60_000) == pytest.approx(1.5 * sigma)


def test_abstain_knows_nothing() -> None:
    """Every number is unknown, not 0, and the reason stands."""
    found = abstain("missing_input", "why")
    assert [found.pop(name) for name in ("side", "reason_code", "reason")] == ["ABSTAIN", "missing_input", "why"]
    assert set(found.values()) == {None}


@pytest.mark.parametrize(("second", "minute"), [(0, 0), (1, 1), (59, 1)])
def test_one_can_act_from_the_next_minute_end_on(second: int, minute: int) -> None:
    """A decision at a minute's very end could be acted on at that price, any later one at the next."""
    at = datetime(2026, 1, 1, 12, 0, second, tzinfo=UTC)
    assert executable_at(at) == datetime(2026, 1, 1, 12, minute, tzinfo=UTC)
