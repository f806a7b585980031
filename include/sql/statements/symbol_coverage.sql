-- name: how many minutes of a symbol are held, from when to when
-- grain: one row
-- keys: none
-- reads: minute_metrics
SELECT
    count(*) AS minutes,
    min(m.ts) AS first_ts,
    max(m.ts) AS last_ts
FROM minute_metrics AS m
WHERE m.symbol = %(symbol)s
