-- name: alerts that somebody is to be told of: opened and still open at tell_from, open for another day, ended for so long that it lasts
-- grain: alert_id
-- keys: alert_id
-- reads: alerts
SELECT
    a.*,
    clock_timestamp() AS read_at
FROM alerts AS a
WHERE
    (%(only)s::bigint IS NULL OR a.alert_id = %(only)s)
    AND CASE
        WHEN a.closed_at IS NOT NULL THEN a.closed_at > a.told_at AND a.closed_at <= clock_timestamp() - %(end_held)s::interval
        WHEN a.told_at IS NULL THEN a.tell_from <= clock_timestamp()
        ELSE a.told_at < clock_timestamp() - INTERVAL '24 hours'
    END
ORDER BY a.alert_id
