-- name: the last stored price before a range and those just after it, which a jump is judged by
-- grain: ts
-- keys: ts
-- reads: minute_metrics
(
    SELECT
        extract(EPOCH FROM m.ts)::bigint AS epoch,
        m.last_price
    FROM minute_metrics AS m
    WHERE
        m.symbol = %(symbol)s
        AND m.ts < %(start)s
        AND m.ts >= %(start)s - INTERVAL '1 hour'
        AND m.last_price IS NOT NULL
    ORDER BY m.ts DESC
    LIMIT 1
)
UNION ALL
SELECT
    extract(EPOCH FROM m.ts)::bigint AS epoch,
    m.last_price
FROM minute_metrics AS m
WHERE
    m.symbol = %(symbol)s
    AND m.ts >= %(end)s
    AND m.ts < %(end)s + INTERVAL '5 minutes'
    AND m.last_price IS NOT NULL
ORDER BY epoch
