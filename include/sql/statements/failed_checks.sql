-- name: blocking checks of a symbol, or of none alone, whose newest row is failed
-- grain: name, symbol, horizon_minutes, threshold
-- keys: check_id
-- reads: pipeline_checks
-- What blocking_checks shows, found by the index of failed rows alone: it is asked each minute.
SELECT
    c.name,
    c.horizon_minutes,
    c.threshold,
    c.detail,
    c.runbook,
    c.checked_at
FROM pipeline_checks AS c
WHERE
    c.is_blocking
    AND c.status = 'failed'
    AND (c.symbol IS NULL OR c.symbol = %(symbol)s)
    AND c.checked_at > (SELECT max(n.checked_at) FROM pipeline_checks AS n) - INTERVAL '7 days'
    AND NOT EXISTS (
        SELECT
        FROM pipeline_checks AS n
        WHERE
            n.check_id > c.check_id
            AND n.is_blocking
            AND n.name = c.name
            AND n.symbol IS NOT DISTINCT FROM c.symbol
            AND n.horizon_minutes IS NOT DISTINCT FROM c.horizon_minutes
            AND n.threshold IS NOT DISTINCT FROM c.threshold
    )
ORDER BY c.check_id
