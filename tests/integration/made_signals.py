"""A warehouse with every kind of signal that a query may stumble over, made so that the naive averages flatter.

Four days of one market. Model 1 reigns on the first two, is right often and trades seldom; model 2 reigns since, trades
often and loses; model 3 runs in shadow and wins. Large winning trades are said again for ten minutes, others once. Three
hours were answered late, some minutes not at all, one is missing, and the last ones are not settled. The other cells
have every fourth minute.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
from markets import FIRST
from stored_prices import MINUTE, store_prices, walk

from include.warehouse.connection import Connection, Warehouse
from include.warehouse.migrate import migrate
from include.warehouse.outcomes import settle_span

Prices = npt.NDArray[np.float64]

DAY = 1440
DAYS = 4
NOW = FIRST + timedelta(days=DAYS)
CELL = (15, 0.003)
CELLS = (CELL, (30, 0.005), (45, 0.005), (60, 0.0075), (120, 0.01), (240, 0.015))
TRADES = (2, 10, 40, 40)  # a day
WINS = (1.0, 0.7, 0.45, 0.45)  # share of them, by day, before costs
COST = 7.0
MISSING = 5000
LATE = range(1800, 1980)
ABSTAINED = range(2400, 2460)
BASE_RATES = (0.08, 0.84, 0.08)
COLUMNS = (
    "symbol, ts, horizon_minutes, threshold, model_id, p_down, p_sideways, p_up, base_rate_down, base_rate_sideways, base_rate_up, "
    "prediction, confidence, side, reason, reason_code, expected_edge_bps, cost_bps_per_side, reference_price, stop_loss_price, "
    "take_profit_price, cutoff_at, decided_at, executable_at, latency_seconds, inputs_hash, is_shadow, is_late, is_simulated"
)

LATER_TRAINING = """
INSERT INTO model_evaluations (run_id, candidate, is_baseline, symbol, horizon_minutes, threshold, as_of, log_loss_skill,
    rows, events, days, evaluated_from, evaluated_to)
SELECT '00000000-0000-0000-0000-000000000002', e.candidate, e.is_baseline, e.symbol, e.horizon_minutes, e.threshold,
    e.as_of + interval '7 days', 0.01, e.rows, e.events, e.days, e.evaluated_from, e.evaluated_to
FROM model_evaluations AS e WHERE e.fold IS NULL
"""  # a run that registered no model


def make_signals(warehouse: Warehouse) -> None:
    """Schema, minutes, models with their verdicts, and all signals, settled up to the last minutes."""
    migrate(warehouse)
    prices = walk(DAYS * DAY, seed=8, step=4e-4)
    store_prices(warehouse, prices, missing={MISSING}, volumes=[20_000.0] * len(prices))
    with warehouse.transaction() as connection:
        connection.execute("INSERT INTO source (kind, identity) VALUES ('simulated', 'test')")
        make_models(connection)
        with connection.cursor().copy(f"COPY signals ({COLUMNS}) FROM STDIN") as copy:
            for row in signals(prices):
                copy.write_row(row)
        make_ledgers(connection)
    settle_span(warehouse, "BTCUSDT", FIRST, NOW)
    with warehouse.transaction() as connection:
        connection.execute("ANALYZE")


def signals(prices: Prices) -> Iterator[tuple[Any, ...]]:
    sides = said_sides(prices)
    for n in range(DAYS * DAY):
        if n == MISSING:
            continue
        model = 1 if n < 2 * DAY else 2
        for cell in CELLS[: None if n % 4 == 0 else 1]:
            side = sides.get(n, "HOLD") if cell == CELL else "HOLD"
            if n in ABSTAINED:
                yield abstained(n, cell)
            else:
                yield scored(n, prices[n], cell, model, big_side(prices, n) if n in LATE and cell == CELL else side)
        if n >= 2 * DAY:
            yield scored(n, prices[n], CELL, 3, big_side(prices, n), is_shadow=True)


def said_sides(prices: Prices) -> dict[int, str]:
    """BUY and SELL by minute: so many positions a day, of which that share is right; the right ones are said ten times."""
    generator = np.random.default_rng(3)
    found: dict[int, str] = {}
    for day, (trades, share) in enumerate(zip(TRADES, WINS, strict=True)):
        for position in range(trades):
            n = day * DAY + position * (DAY // trades) + 5
            right = generator.random() < share
            small = right and position % 3 == 2
            if small:  # a move that does not pay its costs
                n = min(range(n, n + 20), key=lambda k: abs(gain(prices, k)))
            elif right:  # the ten minutes around whose moves are the largest
                n = max(range(n, n + 20), key=lambda k: abs(sum(gain(prices, k + repeat) for repeat in range(10))))
            best = best_side(prices, n)
            if best == "HOLD" or n + 40 > DAYS * DAY:
                continue
            side = best if right else {"BUY": "SELL", "SELL": "BUY"}[best]
            found |= {n + k: side for k in range(10 if right and not small else 1)}
    return found


def best_side(prices: Prices, n: int) -> str:
    """What would have paid, costs aside."""
    return "HOLD" if n + 16 >= len(prices) else "BUY" if gain(prices, n) > 0 else "SELL"


def big_side(prices: Prices, n: int) -> str:
    """The same where the price goes beyond the threshold, else HOLD."""
    return best_side(prices, n) if abs(gain(prices, n)) > CELL[1] else "HOLD"


def gain(prices: Prices, n: int) -> float:
    """Return of buying a minute later and leaving 15 minutes after that; 0 where the prices end before."""
    return float(prices[n + 16] / prices[n + 1]) - 1 if n + 16 < len(prices) else 0.0


def scored(
    n: int, price: float, cell: tuple[int, float], model: int, side: str, *, is_shadow: bool = False
) -> tuple[Any, ...]:
    ts, (horizon, threshold) = FIRST + n * MINUTE, cell
    p_down, p_up = 0.05 + 0.04 * (side == "SELL"), 0.05 + 0.04 * (side == "BUY")
    prediction = {"BUY": "UP", "SELL": "DOWN"}.get(side, "SIDEWAYS")
    confidence = {"UP": p_up, "DOWN": p_down, "SIDEWAYS": 1 - p_up - p_down}[prediction]
    trades = side in {"BUY", "SELL"}
    up = 1 if side == "BUY" else -1
    late = n in LATE
    latency = timedelta(hours=3) if late else timedelta(seconds=1 + n % 7 / 10)
    return (
        *("BTCUSDT", ts, horizon, threshold, model, p_down, 1 - p_up - p_down, p_up, *BASE_RATES),
        *(prediction, confidence, side, None if trades else "no edge after costs", None if trades else "no_edge"),
        *(4.0 if trades else -9.0, COST, float(price)),
        *(float(price) * (1 - up * 0.02) if trades else None, float(price) * (1 + up * 0.03) if trades else None),
        *(
            ts,
            ts + latency,
            ts + MINUTE * (1 + latency // MINUTE),
            latency.total_seconds(),
            "00",
            is_shadow,
            late,
            True,
        ),
    )


def abstained(n: int, cell: tuple[int, float]) -> tuple[Any, ...]:
    ts = FIRST + n * MINUTE
    return (
        *("BTCUSDT", ts, *cell, None, *[None] * 8, "ABSTAIN", "price_deriv_5m is missing", "missing_input", None, COST),
        *(None, None, None, ts, ts + timedelta(seconds=30), ts + MINUTE, 30.0, None, False, False, True),
    )


def make_models(connection: Connection) -> None:
    """Models 1 to 3 of each cell's recipes, the scores that they were judged by, and who reigned when."""
    connection.execute(
        """
        INSERT INTO models (candidate, is_baseline, symbol, horizon_minutes, threshold, trained_from, trained_to, as_of,
            snapshot_hash, feature_version, feature_hash, feature_columns, code_revision, parameters, decision, artifact,
            artifact_format, artifact_sha256)
        SELECT c.candidate, c.candidate = 'volatility_60m', 'BTCUSDT', 15, 0.003, %(first)s::timestamptz - interval '90 days',
            %(first)s::timestamptz - interval '1 day', %(first)s, '', v.feature_version, v.feature_hash, '{}', '', '{}', '{}', '', 'skops', ''
        FROM feature_versions v, unnest(ARRAY['volatility_60m', 'lightgbm', 'two_step']) WITH ORDINALITY AS c (candidate, n)
        ORDER BY c.n
        """,
        {"first": FIRST},
    )
    connection.execute(
        """
        INSERT INTO promotions (run_id, symbol, horizon_minutes, threshold, candidate, model_id, is_accepted, reason, decided_by,
            effective_from, kind)
        SELECT gen_random_uuid(), 'BTCUSDT', c.h, c.t, p.candidate, p.model_id, p.model_id < 3, 'as the test says', 'test',
            %(first)s::timestamptz + p.days * interval '1 day', CASE WHEN p.model_id < 3 THEN 'promoted' ELSE 'refused' END
        FROM unnest(%(horizons)s::integer[], %(thresholds)s::numeric[]) AS c (h, t),
            (VALUES ('volatility_60m', 1, 0), ('lightgbm', 2, 2), ('two_step', 3, 2)) AS p (candidate, model_id, days)
        """,
        {"first": FIRST, "horizons": [h for h, _ in CELLS], "thresholds": [t for _, t in CELLS]},
    )
    connection.execute(
        """
        INSERT INTO model_evaluations (run_id, candidate, is_baseline, symbol, horizon_minutes, threshold, as_of, model_id, log_loss,
            log_loss_skill, skill_low, skill_high, auc_big_move, auc_direction, calibration_error, rows, events, days, evaluated_from,
            evaluated_to, trades, win_rate, mean_net_return_bps, net_return_low_bps, net_return_high_bps, net_return, hold_net_return,
            sharpe, deflated_sharpe, trials, legacy_accuracy, legacy_sideways_accuracy, curves)
        SELECT '00000000-0000-0000-0000-000000000001', e.candidate, e.is_baseline, 'BTCUSDT', 15, 0.003, %(first)s, e.model_id, 0.5,
            e.skill, e.skill - 0.02, e.skill + 0.02, 0.7, 0.51, 0.01, 50000, 900, 80, %(first)s::timestamptz - interval '90 days', %(first)s,
            e.trades, 0.4, e.bps, e.bps - 3, e.bps + 3, e.bps * e.trades / 10000, 0.05, e.bps / 4, 0.2, 12, 0.83, 0.84,
            '{"calibration_up": [{"predicted": 0.05, "observed": 0.06, "rows": 3000}], "calibration_down": []}'
        FROM (
            VALUES ('class_prior', TRUE, NULL, 0.0, NULL, NULL), ('volatility_60m', TRUE, 1, 0.13, 40, -4.0),
                ('lightgbm', FALSE, 2, 0.15, 60, 1.0), ('two_step', FALSE, NULL, 0.14, 0, NULL)
        ) AS e (candidate, is_baseline, model_id, skill, trades, bps)
        """,
        {"first": FIRST},
    )
    connection.execute(
        "INSERT INTO challengers (symbol, horizon_minutes, threshold, model_id, reason, appointed_by, effective_from) "
        "VALUES ('BTCUSDT', 15, 0.003, 3, 'test', 'test', %s)",
        [FIRST + timedelta(days=2)],
    )


def make_ledgers(connection: Connection) -> None:
    """What ingestion and watching leave behind: windows, a failed one, an absence, set-aside samples, commits, checks, an alert."""
    values = {"first": FIRST, "now": NOW, "hole": FIRST + MISSING * MINUTE}
    for statement in (
        """
        INSERT INTO ingest_windows (symbol, window_from, window_to, requests, retries, rows_new, rows_changed, rows_same, seconds, error,
            samples, quarantined, computed, finished_at)
        SELECT 'BTCUSDT', m, m + interval '1 minute', 2, 0, 1, 0, 10, 0.2, CASE WHEN m = %(hole)s THEN 'the source did not answer' END,
            16, 0, 0, m + interval '1 second'
        FROM generate_series(%(first)s::timestamptz, %(now)s::timestamptz - interval '1 minute', interval '1 minute') AS m
        """,
        """
        INSERT INTO metric_catalogue (symbol, metric, query, asked_since)
        VALUES ('BTCUSDT', 'last_price', 'crypto_last_price', %(first)s), ('BTCUSDT', 'volume_24h', 'crypto_volume', %(first)s)
        """,
        """
        INSERT INTO source_absences (symbol, metric, absent_from, absent_to, attempts, first_missed_at, last_asked_at, next_ask_at)
        VALUES ('BTCUSDT', 'last_price', %(hole)s, %(hole)s::timestamptz + interval '1 minute', 1, %(hole)s, %(hole)s, %(now)s)
        """,
        """
        INSERT INTO quarantined_samples (symbol, metric, first_at, last_at, samples, value, reason, seen_at)
        VALUES ('BTCUSDT', 'last_price', %(hole)s, %(hole)s, 1, 'NaN', 'not a number', %(hole)s)
        """,
        """
        INSERT INTO metric_revisions (symbol, ts, metric, old_value, new_value, seen_at)
        VALUES ('BTCUSDT', %(first)s, 'last_price', 1, 2, %(hole)s)
        """,
        """
        INSERT INTO signal_commits (symbol, ts, signals, decided_at, committed_at, latency_seconds, is_late)
        SELECT s.symbol, s.ts, count(*), max(s.decided_at), max(s.decided_at) + interval '100 ms', max(s.latency_seconds) + 0.1, s.is_late
        FROM signals s GROUP BY s.symbol, s.ts, s.is_late
        """,
        """
        INSERT INTO pipeline_checks (checked_at, name, symbol, status, is_blocking, value, bound, detail, runbook)
        VALUES (%(now)s, 'freshness', 'BTCUSDT', 'ok', FALSE, 61, 300, 'The newest minute is 61 s old.', 'freshness'),
            (%(now)s, 'drift', 'BTCUSDT', 'alert', FALSE, 0.3, 0.2, 'realised_volatility_60m has moved.', 'drift')
        """,
        """
        INSERT INTO alerts (alert_key, summary, runbook, opened_at, last_seen_at)
        VALUES ('drift BTCUSDT', 'realised_volatility_60m has moved.', 'drift', %(now)s, %(now)s)
        """,
        "INSERT INTO kill_switch (is_on, reason, set_by, set_at) VALUES (FALSE, 'test', 'test', %(now)s)",
    ):
        connection.execute(statement, values)
