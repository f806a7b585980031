-- name: the alerts that are open, the newest first
-- grain: alert_id
-- keys: alert_id
-- reads: alerts
SELECT
    a.alert_key,
    a.summary,
    a.runbook,
    a.opened_at,
    a.last_seen_at,
    a.seen
FROM alerts AS a
WHERE a.closed_at IS NULL
ORDER BY a.opened_at DESC
LIMIT 50
