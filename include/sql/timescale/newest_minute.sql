-- name: the newest minute of any symbol
-- grain: one row, or none
-- keys: none
-- reads: minute_metrics
SELECT m.ts
FROM minute_metrics AS m
ORDER BY m.ts DESC
LIMIT 1
