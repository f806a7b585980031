-- name: somebody was told of an alert as it was read then
-- grain: alert_id
-- keys: alert_id
-- reads: alerts
UPDATE alerts
SET told_at = %(read_at)s
WHERE alert_id = %(alert_id)s
