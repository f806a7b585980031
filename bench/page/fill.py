"""Years of minutes, signals, outcomes, scores and checks, made up by SQL: their size is what matters, not what they say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import psycopg

from include.settings import Cell
from include.warehouse.connection import Connection, Warehouse

SYMBOL = "BTCUSDT"
CHUNK = timedelta(days=30)

MODEL = """
INSERT INTO models (candidate, is_baseline, symbol, horizon_minutes, threshold, trained_from, trained_to, as_of, snapshot_hash,
    feature_version, feature_hash, feature_columns, code_revision, parameters, decision, artifact, artifact_format, artifact_sha256)
SELECT 'lightgbm', FALSE, %(symbol)s, c.h, c.t, %(from)s, %(from)s, %(from)s, '', f.feature_version, '', '{}', '', '{}', '{}',
    '', 'lightgbm', ''
FROM unnest(%(horizons)s::integer [], %(thresholds)s::numeric []) AS c (h, t)
CROSS JOIN (SELECT max(feature_version) AS feature_version FROM feature_versions) AS f
"""
MINUTES = """
INSERT INTO minute_metrics (symbol, ts, last_price, price_avg_1h, volume_24h, price_deriv_5m, volume_avg_15m)
SELECT %(symbol)s, g, 60000 + 5000 * sin(extract(EPOCH FROM g) / 90000) + 40 * random(), 60000, 1000, 0.1, 1000
FROM generate_series(%(from)s::timestamptz, %(to)s::timestamptz - INTERVAL '1 minute', '1 minute') AS g
WHERE random() < 0.999
"""
SIGNALS = """
INSERT INTO signals (symbol, ts, horizon_minutes, threshold, model_id, p_down, p_sideways, p_up, base_rate_down,
    base_rate_sideways, base_rate_up, prediction, confidence, side, reason, expected_edge_bps, cost_bps_per_side,
    reference_price, cutoff_at, decided_at, executable_at, latency_seconds, inputs_hash, is_late, is_simulated)
SELECT %(symbol)s, d.g, d.h, d.t, CASE WHEN d.scored THEN d.model_id END, CASE WHEN d.scored THEN 0.04 + 0.02 * d.r END,
    CASE WHEN d.scored THEN 0.91 - 0.02 * d.r END, CASE WHEN d.scored THEN 0.05 END, 0.05, 0.9, 0.05,
    CASE WHEN d.scored THEN CASE WHEN d.r < 0.02 THEN 'UP' WHEN d.r < 0.04 THEN 'DOWN' ELSE 'SIDEWAYS' END END,
    CASE WHEN d.scored THEN 0.9 END,
    CASE WHEN NOT d.scored THEN 'ABSTAIN' WHEN d.r < 0.005 THEN 'BUY' WHEN d.r < 0.01 THEN 'SELL' ELSE 'HOLD' END,
    'no edge: -13.8 bp expected after costs', CASE WHEN d.scored THEN -13.8 END, 7, CASE WHEN d.scored THEN 60000 END, d.g,
    d.g + INTERVAL '1 second', d.g + INTERVAL '1 minute', 1.1, CASE WHEN d.scored THEN repeat('0', 64) END, d.late, TRUE
FROM (
    SELECT g, m.horizon_minutes AS h, m.threshold AS t, m.model_id, random() AS r, random() > 0.005 AS scored,
        random() < 0.005 AS late
    FROM generate_series(%(from)s::timestamptz, %(to)s::timestamptz - INTERVAL '1 minute', '1 minute') AS g
    CROSS JOIN models AS m
    WHERE m.symbol = %(symbol)s
    ORDER BY g, m.model_id
) AS d
"""
OUTCOMES = """
INSERT INTO settled_outcomes (signal_id, version, symbol, ts, horizon_minutes, threshold, forward_return, outcome, opens_position)
SELECT s.signal_id, 1, s.symbol, s.ts, s.horizon_minutes, s.threshold, 0.001,
    CASE WHEN random() < 0.05 THEN 'UP' WHEN random() < 0.05 THEN 'DOWN' ELSE 'SIDEWAYS' END, FALSE
FROM signals AS s
WHERE s.ts >= %(from)s::timestamptz AND s.ts < %(to)s::timestamptz AND s.side <> 'ABSTAIN'
ORDER BY s.ts
"""
PERFORMANCE = """
INSERT INTO performance_days (day, symbol, horizon_minutes, threshold, model_id, kind, signals, abstained, settled, expected_up,
    observed_up, expected_down, observed_down, events, correct, brier, brier_prior, log_loss, log_loss_prior, trades, wins,
    net_return_sum, net_return_squares)
SELECT g::date, %(symbol)s, m.horizon_minutes, m.threshold, m.model_id, k.kind, 1440, 7, 1433, 70, 72, 65, 66, 9, 1290, 0.2, 0.21,
    0.35, 0.4, 2, 1, -0.002, 0.00001
FROM generate_series(%(from)s::timestamptz, %(to)s::timestamptz, '1 day') AS g
CROSS JOIN models AS m CROSS JOIN (VALUES ('live'), ('late'), ('shadow')) AS k (kind)
"""
EVALUATIONS = """
INSERT INTO model_evaluations (run_id, candidate, is_baseline, symbol, horizon_minutes, threshold, fold, as_of, model_id,
    log_loss_skill, skill_low, skill_high, auc_up, auc_down, auc_big_move, auc_direction, calibration_error, rows, events, days,
    evaluated_from, evaluated_to, curves)
SELECT md5(g::text)::uuid, r.candidate, r.is_baseline, %(symbol)s, m.horizon_minutes, m.threshold, nullif(f.fold, 6), g,
    CASE WHEN r.candidate = 'lightgbm' AND f.fold = 6 THEN m.model_id END, 0.15, 0.12, 0.18, 0.77, 0.77, 0.8, 0.51, 0.005,
    100000, 900, 100, %(from)s, g,
    CASE WHEN f.fold = 6 THEN jsonb_build_object('calibration_up', b.bins, 'calibration_down', b.bins, 'months', b.months) END
FROM generate_series(%(from)s::timestamptz, %(to)s::timestamptz, '7 days') AS g
CROSS JOIN models AS m
CROSS JOIN (VALUES ('lightgbm', FALSE), ('logistic', FALSE), ('two_step', FALSE), ('extra_trees', FALSE), ('soft_voting', FALSE),
    ('volatility_60m', TRUE), ('class_prior', TRUE), ('original', TRUE)) AS r (candidate, is_baseline)
CROSS JOIN generate_series(0, 6) AS f (fold)
CROSS JOIN (
    SELECT jsonb_agg(jsonb_build_object('predicted', n / 15.0, 'observed', n / 15.0, 'rows', 5000)) AS bins,
        jsonb_agg(jsonb_build_object('month', to_char(DATE '2025-01-01' + n * INTERVAL '1 month', 'YYYY-MM'), 'rows', 43200,
            'observed_up', 2000, 'expected_up', 2100, 'prior_up', 2050, 'observed_down', 2000, 'expected_down', 2100,
            'prior_down', 2050, 'events', 60, 'days', 30)) AS months
    FROM generate_series(0, 14) AS n
) AS b
"""
PROMOTIONS = """
INSERT INTO promotions (run_id, symbol, horizon_minutes, threshold, candidate, model_id, is_accepted, reason, decided_by,
    effective_from, kind)
SELECT md5(g::text)::uuid, %(symbol)s, m.horizon_minutes, m.threshold, 'lightgbm', m.model_id, TRUE, 'better', 'bench', g, 'promoted'
FROM generate_series(%(from)s::timestamptz, %(to)s::timestamptz, '7 days') AS g CROSS JOIN models AS m
"""
CHECKS = """
INSERT INTO pipeline_checks (checked_at, name, symbol, horizon_minutes, threshold, model_id, status, is_blocking, value, bound,
    detail, runbook)
SELECT g, n.name, %(symbol)s, m.horizon_minutes, m.threshold, m.model_id, 'ok', FALSE, 1, 2, 'All is well.', n.name
FROM generate_series(%(from)s::timestamptz, %(to)s::timestamptz, '20 minutes') AS g
CROSS JOIN models AS m CROSS JOIN (VALUES ('skew'), ('drift'), ('calibration'), ('inputs')) AS n (name)
"""
REST = (
    "INSERT INTO source (kind, identity) VALUES ('simulated', 'seed 7')",
    """INSERT INTO alerts (alert_key, summary, runbook, opened_at, closed_at)
    SELECT 'drift ' || n, 'Made up.', 'drift', clock_timestamp(), CASE WHEN n > 8 THEN clock_timestamp() END
    FROM generate_series(1, 3000) AS n""",
    """INSERT INTO kill_switch (symbol, is_on, reason, set_by)
    SELECT CASE WHEN n % 2 = 0 THEN 'BTCUSDT' END, n % 3 = 0, 'made up', 'bench' FROM generate_series(1, 500) AS n""",
)


def fill(warehouse: Warehouse, cells: Sequence[Cell], since: datetime, until: datetime) -> None:
    """Everything in [since, until), in the order in which it comes in a running pipeline; vacuumed and analysed."""
    whole = {
        "symbol": SYMBOL,
        "from": since,
        "to": until,
        "horizons": [cell.horizon_minutes for cell in cells],
        "thresholds": [cell.threshold for cell in cells],
    }
    with warehouse.transaction() as connection:
        connection.execute(MODEL, whole)
    for start in _starts(since, until):
        with warehouse.transaction() as connection:
            _fill_part(connection, {**whole, "from": start, "to": min(until, start + CHUNK)})
    with warehouse.transaction() as connection:
        for query in (PERFORMANCE, EVALUATIONS, PROMOTIONS, CHECKS):
            connection.execute(query, whole)
        for query in REST:
            connection.execute(query)
    with psycopg.connect(warehouse.dsn, autocommit=True) as session:
        session.execute(
            "VACUUM (ANALYZE)"
        )  # as autovacuum does once a day; else the calendar reads the table, not its index


def _fill_part(connection: Connection, part: dict[str, object]) -> None:
    for query in (MINUTES, SIGNALS, OUTCOMES):
        connection.execute(query, part)


def _starts(since: datetime, until: datetime) -> list[datetime]:
    return [since + number * CHUNK for number in range(-((since - until) // CHUNK))]
