-- name: what the loads ask for at present
-- grain: symbol, metric
-- keys: symbol, metric
-- reads: metric_catalogue
SELECT
    k.symbol,
    k.metric,
    k.query,
    k.expression
FROM metric_catalogue AS k
