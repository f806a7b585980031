-- name: what each check found last, and how long ago
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
