-- name: a page of a cell's signals in (after, to), for a file; the next one begins after the last ts
-- grain: ts
-- keys: ts
-- reads: signals
SELECT
    s.signal_id,
    s.symbol,
    s.ts,
    s.horizon_minutes,
    s.threshold,
    s.side,
    s.prediction,
    s.confidence,
    s.p_down,
    s.p_sideways,
    s.p_up,
    s.base_rate_down,
    s.base_rate_sideways,
    s.base_rate_up,
    s.expected_edge_bps,
    s.cost_bps_per_side,
    s.reference_price,
    s.stop_loss_price,
    s.take_profit_price,
    s.reason,
    s.model_id,
    s.cutoff_at,
    s.decided_at,
    s.executable_at,
    s.latency_seconds,
    s.is_late,
    s.is_simulated,
    s.reason_code
FROM signals AS s
WHERE
    s.symbol = %(symbol)s
    AND s.horizon_minutes = %(horizon_minutes)s
    AND s.threshold = %(threshold)s::numeric
    AND s.ts > %(after)s::timestamptz
    AND s.ts < %(to)s::timestamptz
    AND NOT s.is_shadow
ORDER BY s.ts
LIMIT %(rows)s
