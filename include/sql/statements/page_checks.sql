-- name: the newest row of every check that ran in the two days before the newest one
-- grain: name, symbol, horizon_minutes, threshold, model_id
-- keys: name, symbol, horizon_minutes, threshold, model_id
-- reads: pipeline_checks
-- of_all: how many there are, of which the first are given, those that are not good before all others.
SELECT
    newest.*,
    count(*) OVER () AS of_all
FROM (
    SELECT DISTINCT ON (c.name, c.symbol, c.horizon_minutes, c.threshold)
        c.name,
        c.symbol,
        c.horizon_minutes,
        c.threshold::double precision AS threshold,
        c.status,
        c.is_blocking,
        c.value,
        c.bound,
        c.detail,
        c.runbook,
        c.checked_at
    FROM pipeline_checks AS c
    WHERE c.checked_at > (SELECT max(n.checked_at) FROM pipeline_checks AS n) - INTERVAL '2 days'
    ORDER BY c.name, c.symbol, c.horizon_minutes, c.threshold, c.checked_at DESC
) AS newest
ORDER BY
    array_position(ARRAY['failed', 'alert', 'unknown', 'ok'], newest.status),
    newest.name,
    newest.symbol,
    newest.horizon_minutes,
    newest.threshold
LIMIT 100
