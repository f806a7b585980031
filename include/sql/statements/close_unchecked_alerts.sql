-- name: end a check's open alerts: of what it did not look at any more, or could tell nothing of for a day
-- grain: alert_id
-- keys: alert_id
-- reads: alerts
UPDATE alerts
SET closed_at = clock_timestamp()
WHERE
    closed_at IS NULL
    AND starts_with(alert_key, 'check:' || %(name)s || ':')
    AND (
        alert_key <> ALL(%(checked)s::text [])
        OR (alert_key = ANY(%(unknown)s::text []) AND last_seen_at < clock_timestamp() - INTERVAL '1 day')
    )
RETURNING alert_id
