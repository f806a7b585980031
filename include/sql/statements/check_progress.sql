-- name: how far a symbol's minutes have come
-- grain: one row
-- keys: none
-- reads: minute_metrics
SELECT
    min(m.ts) AS first_minute,
    max(m.ts) AS newest_minute
FROM minute_metrics AS m
WHERE m.symbol = %(symbol)s
