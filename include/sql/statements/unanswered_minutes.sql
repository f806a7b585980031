-- name: the minutes of [from, to] that a cell has no signal for, ABSTAIN being one; newest first
-- grain: horizon_minutes, threshold, ts
-- keys: horizon_minutes, threshold, ts
-- reads: signals
SELECT
    c.horizon_minutes,
    c.threshold,
    g.ts
FROM unnest(%(horizons)s::integer[], %(thresholds)s::numeric[]) AS c (horizon_minutes, threshold)
CROSS JOIN generate_series(%(start)s::timestamptz, %(end)s::timestamptz, INTERVAL '1 minute') AS g (ts)
LEFT JOIN (
    SELECT
        s.horizon_minutes,
        s.threshold,
        s.ts
    FROM signals AS s
    WHERE s.symbol = %(symbol)s AND NOT s.is_shadow AND s.ts >= %(start)s AND s.ts <= %(end)s
) AS answered USING (horizon_minutes, threshold, ts)
WHERE answered.ts IS NULL
ORDER BY g.ts DESC, c.horizon_minutes, c.threshold
