-- name: tasks whose runs failed since an instant, whether they are over or not
-- grain: alert_key
-- keys: alert_key
-- reads: alerts
SELECT
    a.alert_key,
    max(a.last_seen_at) AS last_seen_at,
    bool_or(a.closed_at IS NULL AND a.tell_from <= clock_timestamp()) AS is_open,
    (array_agg(a.summary ORDER BY a.alert_id DESC))[1] AS summary
FROM alerts AS a
WHERE starts_with(a.alert_key, 'task:') AND (a.closed_at IS NULL OR a.last_seen_at >= %(since)s)
GROUP BY a.alert_key
ORDER BY a.alert_key
