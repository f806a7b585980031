-- name: open an alert, see an open one again, or go on with one that ended so lately that its end is not told yet
-- grain: one row
-- keys: alert_key
-- reads: alerts
WITH reopened AS (
    UPDATE alerts AS a
    SET
        closed_at = NULL,
        summary = %(summary)s,
        last_seen_at = clock_timestamp(),
        seen = a.seen + 1,
        tell_from = clock_timestamp() + %(patience)s::interval
    WHERE a.alert_id = (
        SELECT b.alert_id FROM alerts AS b
        WHERE
            b.alert_key = %(key)s
            AND b.closed_at > clock_timestamp() - %(end_held)s::interval
            AND (b.told_at IS NULL OR b.told_at < b.closed_at)
            AND NOT EXISTS (SELECT FROM alerts AS o WHERE o.alert_key = b.alert_key AND o.closed_at IS NULL)
        ORDER BY b.alert_id DESC
        LIMIT 1
    )
    RETURNING a.alert_id, a.told_at, a.tell_from
),

opened AS (
    INSERT INTO alerts (alert_key, summary, runbook, tell_from)
    SELECT
        %(key)s,
        %(summary)s,
        %(runbook)s,
        clock_timestamp() + %(patience)s::interval
    WHERE NOT EXISTS (SELECT FROM reopened)
    ON CONFLICT (alert_key) WHERE closed_at IS NULL
    DO UPDATE SET summary = excluded.summary, last_seen_at = clock_timestamp(), seen = alerts.seen + 1
    RETURNING alert_id, told_at, tell_from
)

SELECT
    f.alert_id,
    f.told_at IS NULL AND f.tell_from <= clock_timestamp() AS is_to_be_told
FROM (SELECT * FROM reopened UNION ALL SELECT * FROM opened) AS f
