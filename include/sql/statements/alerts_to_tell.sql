-- name: alerts that somebody is to be told of: opened, still open a day later, ended; each held until the transaction ends
-- grain: alert_id
-- keys: alert_id
-- reads: alerts
SELECT a.*
FROM alerts AS a
WHERE
    (%(only)s::bigint IS NULL OR a.alert_id = %(only)s)
    AND (
        (a.closed_at IS NULL AND (a.told_at IS NULL OR a.told_at < clock_timestamp() - INTERVAL '24 hours'))
        OR a.closed_at > a.told_at
    )
ORDER BY a.alert_id
FOR UPDATE SKIP LOCKED
