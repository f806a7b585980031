-- name: what each check found in its newest run, and how long ago; what that run did not look at is gone from the settings
-- grain: name, symbol, horizon_minutes, threshold
-- keys: name, symbol, horizon_minutes, threshold
-- reads: checks_latest
SELECT
    c.name,
    coalesce(c.symbol, '') AS symbol,
    coalesce(c.horizon_minutes::text, '') AS horizon_minutes,
    c.threshold,
    c.status,
    extract(EPOCH FROM c.checked_at)::float8 AS checked_at
FROM checks_latest AS c
WHERE c.checked_at > (SELECT max(n.checked_at) FROM checks_latest AS n WHERE n.name = c.name) - INTERVAL '1 minute'
