-- name: the newest signal of each cell, with its age by the server's clock
-- grain: symbol, horizon_minutes, threshold
-- keys: symbol, horizon_minutes, threshold
-- reads: signals_latest
SELECT
    s.symbol,
    s.horizon_minutes,
    s.threshold,
    s.p_up,
    s.p_sideways,
    s.p_down,
    s.side,
    extract(EPOCH FROM s.ts)::float8 AS timestamp_seconds,
    extract(EPOCH FROM clock_timestamp() - s.ts)::float8 AS age_seconds
FROM signals_latest AS s
