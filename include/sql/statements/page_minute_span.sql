-- name: the first and the newest minute of a symbol
-- grain: one row
-- keys: none
-- reads: minute_metrics
SELECT
    (SELECT m.ts FROM minute_metrics AS m WHERE m.symbol = %(symbol)s ORDER BY m.ts LIMIT 1) AS first_minute,
    (SELECT m.ts FROM minute_metrics AS m WHERE m.symbol = %(symbol)s ORDER BY m.ts DESC LIMIT 1) AS newest_minute
