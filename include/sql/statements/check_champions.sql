-- name: the champions of a symbol that reign at an instant, with the quantiles of their training inputs
-- grain: horizon_minutes, threshold
-- keys: horizon_minutes, threshold
-- reads: champions_at, models
SELECT
    c.horizon_minutes,
    c.threshold,
    c.model_id,
    c.candidate,
    m.input_quantiles,
    m.feature_columns
FROM champions_at(%(at)s) AS c
INNER JOIN models AS m USING (model_id)
WHERE c.symbol = %(symbol)s
