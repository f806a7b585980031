-- name: open an alert, or see an open one again
-- grain: one row
-- keys: alert_key
-- reads: alerts
INSERT INTO alerts (alert_key, summary, runbook)
VALUES (%(key)s, %(summary)s, %(runbook)s)
ON CONFLICT (alert_key) WHERE closed_at IS NULL
DO UPDATE SET summary = excluded.summary, last_seen_at = clock_timestamp(), seen = alerts.seen + 1
RETURNING alert_id, seen = 1 AS is_new
