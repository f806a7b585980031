-- name: the newest signal of each given cell, late and ABSTAIN included
-- grain: symbol, horizon_minutes, threshold
-- keys: symbol, horizon_minutes, threshold
-- reads: signals
SELECT
    g.symbol,
    g.horizon_minutes,
    g.threshold::double precision AS threshold,
    g.signal_id,
    g.ts,
    g.p_down,
    g.p_sideways,
    g.p_up,
    g.base_rate_down,
    g.base_rate_sideways,
    g.base_rate_up,
    g.prediction,
    g.confidence,
    g.side,
    g.reason,
    g.expected_edge_bps,
    g.latency_seconds,
    g.is_late
FROM unnest(%(symbols)s::text []) AS s (symbol)
CROSS JOIN unnest(%(horizons)s::integer [], %(thresholds)s::numeric []) AS c (horizon_minutes, threshold)
CROSS JOIN LATERAL (
    SELECT *
    FROM signals AS n
    WHERE n.symbol = s.symbol AND n.horizon_minutes = c.horizon_minutes AND n.threshold = c.threshold AND NOT n.is_shadow
    ORDER BY n.ts DESC
    LIMIT 1
) AS g
ORDER BY g.symbol, g.horizon_minutes, g.threshold
