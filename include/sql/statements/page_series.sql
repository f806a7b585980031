-- name: price and probabilities of a cell over a span, a row a bucket of equal length, empty ones included
-- grain: bucket
-- keys: bucket
-- reads: minute_metrics, signals
-- A bucket is named by its end, as a minute is: it holds the minutes in (bucket - step, bucket]. What was answered late was
-- nobody's to act on, so it is in no probability.
WITH prices AS (
    SELECT
        date_bin(%(step)s::interval, m.ts - INTERVAL '1 minute', TIMESTAMPTZ '1970-01-01 00:00+00') + %(step)s::interval AS bucket,
        (array_agg(m.last_price ORDER BY m.ts DESC))[1] AS price,
        min(m.last_price) AS low,
        max(m.last_price) AS high
    FROM minute_metrics AS m
    WHERE
        m.symbol = %(symbol)s
        AND m.ts > %(after)s::timestamptz
        AND m.ts <= %(until)s::timestamptz
        AND m.last_price > 1e-30
        AND m.last_price < 1e30
    GROUP BY 1
),

answers AS (
    SELECT
        date_bin(%(step)s::interval, s.ts - INTERVAL '1 minute', TIMESTAMPTZ '1970-01-01 00:00+00') + %(step)s::interval AS bucket,
        avg(s.p_up) AS p_up,
        avg(s.p_down) AS p_down,
        avg(s.base_rate_up) AS base_rate_up,
        avg(s.base_rate_down) AS base_rate_down
    FROM signals AS s
    WHERE
        s.symbol = %(symbol)s
        AND s.horizon_minutes = %(horizon_minutes)s
        AND s.threshold = %(threshold)s::numeric
        AND s.ts > %(after)s::timestamptz
        AND s.ts <= %(until)s::timestamptz
        AND NOT s.is_shadow
        AND NOT s.is_late
    GROUP BY 1
)

SELECT
    extract(EPOCH FROM b.bucket)::bigint AS ts,
    p.price,
    p.low,
    p.high,
    a.p_up,
    a.p_down,
    a.base_rate_up,
    a.base_rate_down
FROM generate_series(%(after)s::timestamptz + %(step)s::interval, %(until)s::timestamptz, %(step)s::interval) AS b (bucket)
LEFT JOIN prices AS p ON b.bucket = p.bucket
LEFT JOIN answers AS a ON b.bucket = a.bucket
ORDER BY b.bucket
LIMIT 1500
