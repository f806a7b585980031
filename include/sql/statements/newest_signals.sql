-- name: the newest signal of each cell, as `watch` shows it
-- grain: symbol, horizon_minutes, threshold
-- keys: symbol, horizon_minutes, threshold
-- reads: signals_latest
SELECT
    s.signal_id,
    s.symbol,
    s.ts,
    s.horizon_minutes,
    s.threshold,
    s.side,
    s.prediction,
    s.p_down,
    s.p_sideways,
    s.p_up,
    s.confidence,
    CASE s.prediction
        WHEN 'DOWN' THEN s.base_rate_down WHEN 'SIDEWAYS' THEN s.base_rate_sideways WHEN 'UP' THEN s.base_rate_up
    END AS base_rate,
    s.reference_price,
    s.stop_loss_price,
    s.take_profit_price,
    s.reason_code,
    s.reason,
    s.is_late,
    s.is_simulated
FROM signals_latest AS s
WHERE s.symbol = ANY(%(symbols)s)
ORDER BY s.symbol, s.horizon_minutes, s.threshold
