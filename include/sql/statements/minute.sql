-- name: one minute
-- grain: one row, none where it is not loaded
-- keys: symbol, ts
-- reads: minute_metrics
SELECT m.* FROM minute_metrics AS m WHERE m.symbol = %(symbol)s AND m.ts = %(ts)s
