-- name: the reigning champions
-- grain: symbol, horizon_minutes, threshold
-- keys: symbol, horizon_minutes, threshold
-- reads: champions
SELECT
    c.symbol,
    c.horizon_minutes,
    c.threshold,
    c.candidate,
    c.model_id,
    c.effective_from
FROM champions AS c
ORDER BY c.symbol, c.horizon_minutes, c.threshold
