"""champion → signal: one minute's probabilities become a prediction, an expected edge, a side and its barriers.

Paper only: nothing here sends an order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from include.evaluation.decision import CutOffs, expected_edge_bps, predict_class
from include.evaluation.positions import barrier_prices
from include.models.classes import CLASSES, DOWN, SIDEWAYS, UP
from include.settings import Cell, Signals

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Scored:
    """What is known about a minute when it is decided: probabilities, the last price, and its volatility.

    `volatility_per_minute`: root mean square of one-minute log returns over the last hour.
    """

    p: npt.NDArray[np.float64]
    reference_price: float
    volatility_per_minute: float


def decide(scored: Scored, cell: Cell, decision: Mapping[str, Any], rules: Signals) -> dict[str, Any]:
    """The decision's columns of a signal.

    Parameters
    ----------
    decision
        The champion's own: cut-offs, class means and base rates from out-of-sample rows, and whether it may trade.
    """
    p = scored.p.reshape(1, -1)
    prediction = int(predict_class(p, CutOffs(**decision["cut_offs"]))[0])
    class_returns = np.array([np.nan if mean is None else mean for mean in decision["class_returns"]])
    edges, directions = expected_edge_bps(p, class_returns, rules.cost_bps_per_side)
    edge, direction = float(edges[0]), int(directions[0])
    code, reason = _why_hold(edge, decision)
    side = "HOLD" if reason else "BUY" if direction > 0 else "SELL"
    stop, target = barriers(scored, cell, direction, rules) if side != "HOLD" else (None, None)
    return {
        "p_down": float(scored.p[DOWN]),
        "p_sideways": float(scored.p[SIDEWAYS]),
        "p_up": float(scored.p[UP]),
        "base_rate_down": decision["base_rates"][DOWN],
        "base_rate_sideways": decision["base_rates"][SIDEWAYS],
        "base_rate_up": decision["base_rates"][UP],
        "prediction": CLASSES[prediction],
        "confidence": float(scored.p[prediction]),
        "side": side,
        "reason": reason,
        "reason_code": code,
        "expected_edge_bps": edge,
        "reference_price": scored.reference_price,
        "stop_loss_price": stop,
        "take_profit_price": target,
    }


def _why_hold(edge_bps: float, decision: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """The word of `reason_code` and the reason; None and None where nothing holds a trade back."""
    if edge_bps <= 0:
        return "no_edge", f"no edge: {edge_bps:+.1f} bp expected after costs"
    if not decision["may_trade"]:
        return (
            "may_not_trade",
            f"an edge of {edge_bps:+.1f} bp is expected and may not be traded: {_why_not_trade(decision)}",
        )
    return None, None


def _why_not_trade(decision: Mapping[str, Any]) -> str:
    """What the training said of its paper trades; models of before it did have their number alone."""
    trades = decision["paper_trades"]["trades"]
    return str(decision.get("trade_reason") or f"{trades} paper trades on unseen minutes have not shown one.")


def barriers(scored: Scored, cell: Cell, direction: int, rules: Signals) -> tuple[float, float]:
    """Stop and target prices of one minute, as `barrier_prices` has them."""
    price, volatility = np.array([scored.reference_price]), np.array([scored.volatility_per_minute])
    stop, target = barrier_prices(price, volatility, np.array([direction]), cell.horizon, rules)
    return float(stop[0]), float(target[0])


def abstain(code: str, reason: str) -> dict[str, Any]:
    """The decision's columns of a signal that was not scored; `code` is its `reason_code`."""
    unknown = (
        "p_down", "p_sideways", "p_up", "base_rate_down", "base_rate_sideways", "base_rate_up", "prediction", "confidence",
        "expected_edge_bps", "reference_price", "stop_loss_price", "take_profit_price",
    )  # fmt: skip
    return {**dict.fromkeys(unknown), "side": "ABSTAIN", "reason": reason, "reason_code": code}


def executable_at(decided_at: datetime) -> datetime:
    """The first minute end at or after the decision: the earliest price of ours that one could have acted on."""
    floor = decided_at.replace(second=0, microsecond=0)
    return floor if floor == decided_at else floor + MINUTE
