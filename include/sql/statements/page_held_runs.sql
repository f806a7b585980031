-- name: the runs of minutes of a symbol that are held with a price, in [from, to)
-- grain: run_from
-- keys: run_from
-- reads: minute_metrics
-- Of a run's minutes only the first and the last are kept.
SELECT
    extract(EPOCH FROM r.ts)::bigint AS run_from,
    1 + (extract(EPOCH FROM CASE WHEN r.is_last THEN r.ts ELSE r.next_edge END - r.ts) / 60)::bigint AS minutes
FROM (
    SELECT
        e.*,
        lead(e.ts) OVER (ORDER BY e.ts) AS next_edge
    FROM (
        SELECT
            m.ts,
            lag(m.ts) OVER by_time IS DISTINCT FROM m.ts - INTERVAL '1 minute' AS is_first,
            lead(m.ts) OVER by_time IS DISTINCT FROM m.ts + INTERVAL '1 minute' AS is_last
        FROM minute_metrics AS m
        WHERE
            m.symbol = %(symbol)s AND m.ts >= %(from)s::timestamptz AND m.ts < %(to)s::timestamptz AND m.last_price IS NOT NULL
        WINDOW by_time AS (ORDER BY m.ts)
    ) AS e
    WHERE e.is_first OR e.is_last
) AS r
WHERE r.is_first
ORDER BY r.ts
LIMIT 50000
