-- name: how many minutes of a symbol are held, from when to when, and how many between them are not
-- grain: one row
-- keys: none
-- reads: minute_metrics
SELECT
    count(*) AS minutes,
    min(m.ts) AS first_ts,
    max(m.ts) AS last_ts,
    (extract(EPOCH FROM max(m.ts) - min(m.ts)) / 60)::bigint + 1 - count(*) AS not_held
FROM minute_metrics AS m
WHERE m.symbol = %(symbol)s
