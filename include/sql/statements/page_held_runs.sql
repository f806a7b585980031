-- name: the runs of minutes of a symbol that are held with a price, in [from, to)
-- grain: run_from
-- keys: run_from
-- reads: minute_metrics
SELECT
    extract(EPOCH FROM min(h.ts))::bigint AS run_from,
    count(*) AS minutes
FROM (
    SELECT
        m.ts,
        m.ts - row_number() OVER (ORDER BY m.ts) * INTERVAL '1 minute' AS island
    FROM minute_metrics AS m
    WHERE
        m.symbol = %(symbol)s AND m.ts >= %(from)s::timestamptz AND m.ts < %(to)s::timestamptz AND m.last_price IS NOT NULL
) AS h
GROUP BY h.island
ORDER BY run_from
LIMIT 50000
