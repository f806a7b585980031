-- name: one minute of several symbols
-- grain: symbol
-- keys: symbol
-- reads: minute_metrics
SELECT m.*
FROM minute_metrics AS m
WHERE m.symbol = ANY(%(symbols)s) AND m.ts = %(ts)s
