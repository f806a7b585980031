"""Signals and loads as the pipeline writes them, with chosen prices, for the tests of what is settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
from markets import FIRST

from include.evaluation.positions import Order, Position, take_positions
from include.warehouse.connection import Connection, Warehouse

MINUTE = timedelta(minutes=1)
HORIZON = 15
COST = 7.0
Array = npt.NDArray[np.float64]


def at(minute: int) -> datetime:
    """That many minutes after the first."""
    return FIRST + minute * MINUTE


def minute_of(ts: datetime | None) -> int | None:
    return None if ts is None else (ts - FIRST) // MINUTE


def load(warehouse: Warehouse, prices: Mapping[int, float | None], symbol: str = "BTCUSDT") -> None:
    """What one window of a load leaves: prices by minute, new, late or corrected, what was logged of them, and its row of the ledger."""
    if not prices:
        return
    values = {
        "symbol": symbol,
        "ts": [at(minute) for minute in prices],
        "prices": list(prices.values()),
        "from": at(min(prices)),
        "to": at(max(prices) + 1),
    }
    with warehouse.transaction() as connection:
        connection.execute(
            """
            WITH other AS (
                SELECT m.symbol, m.ts, m.last_price AS old_value, u.new_value
                FROM unnest(%(ts)s::timestamptz[], %(prices)s::float8[]) AS u (ts, new_value)
                INNER JOIN minute_metrics AS m ON m.symbol = %(symbol)s AND m.ts = u.ts
                WHERE m.last_price IS DISTINCT FROM u.new_value
            ),
            arrived AS (
                INSERT INTO metric_arrivals (symbol, ts, metrics) SELECT symbol, ts, '{last_price}' FROM other WHERE old_value IS NULL
            )
            INSERT INTO metric_revisions (symbol, ts, metric, old_value, new_value)
            SELECT symbol, ts, 'last_price', old_value, new_value FROM other WHERE old_value IS NOT NULL
            """,
            values,
        )
        connection.execute(
            """
            INSERT INTO minute_metrics (symbol, ts, last_price)
            SELECT %(symbol)s, u.* FROM unnest(%(ts)s::timestamptz[], %(prices)s::float8[]) AS u
            ON CONFLICT (symbol, ts) DO UPDATE SET last_price = excluded.last_price, loaded_at = clock_timestamp()
            """,
            values,
        )
        connection.execute(
            """
            INSERT INTO ingest_windows (symbol, window_from, window_to, requests, retries, rows_new, rows_changed, rows_same, seconds)
            VALUES (%(symbol)s, %(from)s, %(to)s, 1, 0, 1, 1, 0, 0)
            """,
            values,
        )


def register_model(warehouse: Warehouse, horizon: int = HORIZON, threshold: float = 0.003) -> int:
    with warehouse.transaction() as connection:
        row = connection.execute(
            """
            INSERT INTO models (
                candidate, is_baseline, symbol, horizon_minutes, threshold, trained_from, trained_to, as_of, snapshot_hash,
                feature_version, feature_hash, feature_columns, code_revision, parameters, decision, artifact, artifact_format,
                artifact_sha256
            )
            SELECT 'lightgbm', FALSE, 'BTCUSDT', %s, %s, now(), now(), now(), '', feature_version, feature_hash, columns, '',
                '{}', '{}', '', 'lightgbm', ''
            FROM feature_versions RETURNING model_id
            """,
            [horizon, threshold],
        ).fetchone()
    assert row is not None
    return int(row.model_id)


def signal(minute: int, model_id: int | None, side: str = "BUY", **changes: Any) -> dict[str, Any]:
    """A signal of that minute, decided 5 seconds after it, with barriers 1 % from a price of 100."""
    scored, trade = side != "ABSTAIN", side in ("BUY", "SELL")
    away = 1.0 if side == "BUY" else -1.0
    row = {
        "symbol": "BTCUSDT",
        "ts": at(minute),
        "horizon_minutes": HORIZON,
        "threshold": 0.003,
        "model_id": model_id if scored else None,
        "p_down": 0.25 if scored else None,
        "p_sideways": 0.5 if scored else None,
        "p_up": 0.25 if scored else None,
        "base_rate_down": 0.2 if scored else None,
        "base_rate_sideways": 0.6 if scored else None,
        "base_rate_up": 0.2 if scored else None,
        "prediction": "SIDEWAYS" if scored else None,
        "confidence": 0.5 if scored else None,
        "side": side,
        "reason": None if scored else "test",
        "cost_bps_per_side": COST,
        "reference_price": 100.0 if scored else None,
        "stop_loss_price": 100 - away if trade else None,
        "take_profit_price": 100 + away if trade else None,
        "decided_at": at(minute) + timedelta(seconds=5),
        "executable_at": at(minute + 1),
        "inputs_hash": "" if scored else None,
        "is_shadow": False,
        "is_late": False,
    } | changes
    return row | {
        "cutoff_at": row["ts"],
        "latency_seconds": (row["decided_at"] - row["ts"]).total_seconds(),
        "is_simulated": True,
    }


def give(warehouse: Warehouse, signals: Sequence[Mapping[str, Any]]) -> None:
    """Append the signals, in order, in one transaction."""
    with warehouse.transaction() as connection:
        insert(connection, signals)


def insert(connection: Connection, signals: Sequence[Mapping[str, Any]]) -> None:
    """The same in an open transaction."""
    if signals:
        columns, values = ", ".join(signals[0]), ", ".join(f"%({name})s" for name in signals[0])
        connection.cursor().executemany(f"INSERT INTO signals ({columns}) VALUES ({values})".encode(), signals)


def orders(signals: Sequence[Mapping[str, Any]]) -> list[Order]:
    """The trades among them as include/evaluation/positions.py takes them."""
    return [
        Order(
            minute_of(one["ts"]) or 0,
            1 if one["side"] == "BUY" else -1,
            one["stop_loss_price"],
            one["take_profit_price"],
        )
        for one in signals
        if one["side"] in ("BUY", "SELL") and not one["is_late"]
    ]


def positions(signals: Sequence[Mapping[str, Any]], prices: Mapping[int, float | None]) -> list[tuple[Any, ...]]:
    """What the evaluation's rule makes of the signals: minute, entry, exit, prices, reason, net return."""
    usable = {m: p for m, p in prices.items() if p is not None and 0 < p < float("inf")}
    price = np.full(max(usable) + 1, np.nan)
    price[list(usable)] = list(usable.values())
    taken, _ = take_positions(orders(signals), price, HORIZON, COST)
    return [_row(one) for one in taken]


def _row(one: Position) -> tuple[Any, ...]:
    return (one.order.minute, one.entered, one.exited, one.entry_price, one.exit_price, one.reason, one.net_return)


OPENED = """
SELECT ts, entry_at, exit_at, entry_price, exit_price, exit_reason, net_return
FROM signal_outcomes WHERE opens_position AND is_shadow = %s ORDER BY ts
"""


def opened(warehouse: Warehouse, is_shadow: bool = False) -> list[tuple[Any, ...]]:
    """What was settled as opening a position, like `positions`."""
    with warehouse.transaction("reader") as connection:
        found = [tuple(row) for row in connection.execute(OPENED, [is_shadow])]
    return [(*(minute_of(ts) for ts in row[:3]), *row[3:]) for row in found]
