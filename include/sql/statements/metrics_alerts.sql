-- name: how many alerts are open
-- grain: one row
-- keys: none
-- reads: alerts
SELECT count(*)::float8 AS open_alerts
FROM alerts AS a
WHERE a.closed_at IS NULL
