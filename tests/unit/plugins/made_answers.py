"""What the page's routes could answer, made by hand: a symbol with two cells, three hours up to NEWEST."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

NEWEST = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
CELLS = ((15, 0.003), (30, 0.005))


def seconds(ts: datetime) -> int:
    return int(ts.timestamp())


def state(newest: datetime = NEWEST, **changes: Any) -> dict[str, Any]:
    cells = [
        {"horizon_minutes": h, "threshold": t, "signal": a_signal(newest), "strip": strip(), "champion": champion(h)}
        for h, t in CELLS
    ]
    symbol = {
        "symbol": "BTCUSDT", "newest_minute": newest.isoformat(), "newest_answered": newest.isoformat(), "age_seconds": 3.0,
        "notice": None, "cells": cells,
    }  # fmt: skip
    return {
        "read_at": (newest + timedelta(seconds=3)).isoformat(), "source": {"kind": "cortex", "identity": "test"},
        "symbols": [symbol], "left_out": [],
    } | changes  # fmt: skip


def a_signal(ts: datetime) -> dict[str, Any]:
    return {
        "ts": ts.isoformat(), "side": "HOLD", "prediction": "SIDEWAYS", "confidence": 0.9, "p_up": 0.05, "p_sideways": 0.9,
        "p_down": 0.05, "base_rate_up": 0.05, "base_rate_sideways": 0.9, "base_rate_down": 0.05, "reason": "no edge",
        "expected_edge_bps": -13.0, "latency_seconds": 1.0, "is_late": False,
    }  # fmt: skip


def strip() -> list[dict[str, Any] | None]:
    slot = {"prediction": "UP", "side": "HOLD", "is_late": False}
    return [*[slot] * 28, slot | {"is_late": True}, None]


def champion(horizon: int) -> dict[str, Any]:
    return {
        "candidate": "lightgbm", "model_id": horizon, "is_baseline": False, "skill": 0.05, "skill_low": 0.01,
        "skill_high": 0.09, "baseline_skill": 0.03, "events": 210, "days": 61, "effective_from": NEWEST.isoformat(),
    }  # fmt: skip


def series(newest: datetime = NEWEST, base: float = 60_000.0) -> dict[str, Any]:
    """180 minutes, all answered: four named UP, one of them BUY; two of the four were late, the BUY too."""
    ts = [seconds(newest) - 60 * ago for ago in range(179, -1, -1)]
    named, late = {100, 101, 102, 103}, {102, 103, 110}
    return {
        "step_minutes": 1, "ts": ts, "price": [base + n for n in range(180)], "low": [base] * 180, "high": [base] * 180,
        "p_up": [None if n in late else 0.2 for n in range(180)], "p_down": [0.1] * 180, "base_rate_up": [0.1] * 180,
        "base_rate_down": [0.1] * 180, "is_cut": False,
        "said": {
            "ts": ts, "side": ["BUY" if n == 103 else "HOLD" for n in range(180)],
            "prediction": ["UP" if n in named else "SIDEWAYS" for n in range(180)],
            "is_late": [n in late for n in range(180)], "reference_price": [base] * 180,
            "outcome": ["SIDEWAYS"] * 165 + [None] * 15, "forward_return": [0.001] * 165 + [None] * 15,
        },
    }  # fmt: skip


def coverage(live: int = 700) -> dict[str, Any]:
    first_day = NEWEST.replace(hour=0) - 29 * DAY
    known_from = NEWEST - 2 * DAY
    return {
        "days": 30, "first_day": seconds(first_day), "known_from": seconds(known_from), "newest": seconds(NEWEST),
        "held": [[seconds(known_from), 2881]], "answered": [["live", seconds(NEWEST - live * MINUTE), live]],
        "counts": {
            "minutes": 2881, "held": 2881, "missing": 0, "live": live, "late": 0, "abstained": 0, "unanswered": 2881 - live,
        },
    }  # fmt: skip


def leaderboard(skill: float = 0.05) -> dict[str, Any]:
    row = {
        "is_baseline": False, "is_champion": True, "log_loss_skill": skill, "skill_low": 0.01, "skill_high": 0.09,
        "auc_up": 0.7, "auc_down": 0.7, "auc_big_move": 0.7, "auc_direction": 0.5, "calibration_error": 0.01, "rows": 1000,
        "events": 210, "days": 61, "evaluated_from": "2026-01-01T00:00:00Z", "evaluated_to": "2026-03-01T00:00:00Z",
    }  # fmt: skip
    bins = [{"predicted": 0.01 * n, "observed": 0.011 * n, "rows": 400 + n} for n in range(1, 16)]
    curve = {"events": 210, "days": 61, "calibration_up": bins, "calibration_down": bins}
    names = (("lightgbm", True), ("volatility_60m", False))
    return {
        "rows": [{"candidate": name, **row, "is_champion": champion, "is_baseline": not champion} for name, champion in names],
        "reliability": [{"candidate": name, "is_champion": champion, **curve} for name, champion in names],
    }  # fmt: skip


def performance(**total: Any) -> dict[str, Any]:
    row = {
        "kind": "live", "days": 1, "signals": 1440, "abstained": 0, "settled": 1440, "events": 9, "promised_up": 0.05,
        "delivered_up": 0.06, "promised_down": 0.05, "delivered_down": 0.04, "log_loss_skill": 0.08, "skill_low": None,
        "skill_high": None, "skill_days": 1, "trades": 2, "trade_days": 1, "mean_net_return_bps": -4.0,
        "net_return_low_bps": None, "net_return_high_bps": None, "latency_p95_seconds": 2.0,
    }  # fmt: skip
    days = [row | {"day": f"2026-02-{day}"} for day in (26, 27, 28)]
    whole = row | {
        "day": None, "days": 3, "settled": 4320, "events": 27, "skill_days": 3, "skill_low": -0.02, "skill_high": 0.18,
        "trades": 6, "trade_days": 3, "net_return_low_bps": -16.0, "net_return_high_bps": 8.0,
    }  # fmt: skip
    return {"last_days": 60, "days": days, "totals": [whole | total]}


def pipeline(alerts: int = 0, *, cut: bool = False) -> dict[str, Any]:
    """With `cut`, there are a hundred more of all than are told."""
    alert = {
        "alert_key": "drift",
        "summary": "It drifts.",
        "runbook": "drift",
        "opened_at": NEWEST.isoformat(),
        "seen": 1,
        "of_all": alerts + 100 * cut,
    }
    freshness = {
        "symbol": "BTCUSDT", "first_minute": (NEWEST - 2 * DAY).isoformat(), "newest_minute": NEWEST.isoformat(),
        "newest_signal": NEWEST.isoformat(), "minute_age_seconds": 3.0, "signal_age_seconds": 3.0,
        "of_all": 1 + 100 * cut,
    }  # fmt: skip
    return {"freshness": [freshness], "checks": [], "alerts": [alert] * alerts}


def kill_switch(*, is_on: bool = False) -> dict[str, Any]:
    act = {"symbol": None, "is_on": is_on, "reason": "odd prices", "set_by": "ann", "set_at": NEWEST.isoformat()}
    return {"may_set": True, "switches": [act] if is_on else []}
