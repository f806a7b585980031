-- name: somebody was told of an alert
-- grain: alert_id
-- keys: alert_id
-- reads: alerts
UPDATE alerts
SET told_at = clock_timestamp()
WHERE alert_id = %(alert_id)s
