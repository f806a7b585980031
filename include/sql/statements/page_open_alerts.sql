-- name: the alerts that are open, the newest first
-- grain: alert_id
-- keys: alert_id
-- reads: alerts
-- of_all: how many are open, of which the newest are given.
SELECT
    a.alert_key,
    a.summary,
    a.runbook,
    a.opened_at,
    a.last_seen_at,
    a.seen,
    count(*) OVER () AS of_all
FROM alerts AS a
WHERE a.closed_at IS NULL
ORDER BY a.opened_at DESC
LIMIT 50
