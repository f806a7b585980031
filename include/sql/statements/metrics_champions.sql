-- name: the reigning champions, and how old their training is by the newest minute
-- grain: symbol, horizon_minutes, threshold
-- keys: symbol, horizon_minutes, threshold
-- reads: champions, models, pipeline_freshness
SELECT
    c.symbol,
    c.horizon_minutes,
    c.threshold,
    c.candidate,
    c.model_id::text AS model_id,
    extract(EPOCH FROM f.newest_minute - m.trained_to)::float8 AS age_seconds
FROM champions AS c
INNER JOIN models AS m USING (model_id)
INNER JOIN pipeline_freshness AS f ON f.symbol = c.symbol
