-- name: end the open alert of a key, where there is one
-- grain: alert_id
-- keys: alert_id
-- reads: alerts
UPDATE alerts
SET closed_at = clock_timestamp()
WHERE alert_key = %(key)s AND closed_at IS NULL
RETURNING alert_id
