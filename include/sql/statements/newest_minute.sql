-- name: the watermark: a symbol's newest minute
-- grain: one row, none where nothing is loaded
-- keys: symbol
-- reads: minute_metrics
SELECT m.ts FROM minute_metrics AS m WHERE m.symbol = %(symbol)s ORDER BY m.ts DESC LIMIT 1
