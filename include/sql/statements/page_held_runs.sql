-- name: the runs of minutes of a symbol that are held with a price, in [from, to)
-- grain: run_from
-- keys: run_from
-- reads: minute_metrics
SELECT
    extract(EPOCH FROM lower(r.span))::bigint AS run_from,
    (extract(EPOCH FROM upper(r.span) - lower(r.span)) / 60)::bigint AS minutes
FROM (
    SELECT unnest(range_agg(tstzrange(m.ts, m.ts + INTERVAL '1 minute'))) AS span
    FROM minute_metrics AS m
    WHERE
        m.symbol = %(symbol)s AND m.ts >= %(from)s::timestamptz AND m.ts < %(to)s::timestamptz AND m.last_price IS NOT NULL
) AS r
ORDER BY run_from
LIMIT 50000
