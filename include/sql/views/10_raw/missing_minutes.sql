-- name: the runs of minutes that the warehouse does not hold of each metric, of one symbol in [from, to)
-- grain: metric, gap_from
-- keys: metric, gap_from
-- reads: minute_metrics
-- From the rows themselves, never from the ledger: a run is a hole between rows, or rows in which the column is NULL.
CREATE OR REPLACE FUNCTION missing_minutes(p_symbol text, p_from timestamptz, p_to timestamptz, p_metrics text [])
RETURNS TABLE (metric text, gap_from timestamptz, gap_to timestamptz) LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
WITH held AS (
    SELECT
        m.*,
        lag(m.ts, 1, p_from - INTERVAL '1 minute') OVER (ORDER BY m.ts) AS previous_ts
    FROM minute_metrics AS m
    WHERE m.symbol = p_symbol AND m.ts >= p_from AND m.ts < p_to
),

holes AS (
    SELECT tstzrange(h.previous_ts + INTERVAL '1 minute', h.ts) AS span
    FROM held AS h
    WHERE h.ts > h.previous_ts + INTERVAL '1 minute'
    UNION ALL
    SELECT tstzrange(coalesce(max(h.ts) + INTERVAL '1 minute', p_from), p_to)
    FROM held AS h
    HAVING coalesce(max(h.ts) + INTERVAL '1 minute', p_from) < p_to
),

missing AS (
    SELECT
        w.metric,
        o.span
    FROM holes AS o
    CROSS JOIN unnest(p_metrics) AS w (metric)
    UNION ALL
    SELECT
        v.metric,
        tstzrange(h.ts, h.ts + INTERVAL '1 minute') AS span
    FROM held AS h
    CROSS JOIN LATERAL (
        VALUES
        ('last_price', h.last_price),
        ('price_deriv_5m', h.price_deriv_5m),
        ('price_deriv_10m', h.price_deriv_10m),
        ('price_deriv_15m', h.price_deriv_15m),
        ('price_deriv_30m', h.price_deriv_30m),
        ('price_deriv_1h', h.price_deriv_1h),
        ('price_avg_5m', h.price_avg_5m),
        ('price_avg_10m', h.price_avg_10m),
        ('price_avg_15m', h.price_avg_15m),
        ('price_avg_30m', h.price_avg_30m),
        ('price_avg_1h', h.price_avg_1h),
        ('volume_24h', h.volume_24h),
        ('volume_deriv_5m', h.volume_deriv_5m),
        ('volume_deriv_15m', h.volume_deriv_15m),
        ('volume_avg_5m', h.volume_avg_5m),
        ('volume_avg_15m', h.volume_avg_15m)
    ) AS v (metric, value)
    WHERE
        num_nulls(
            h.last_price, h.price_deriv_5m, h.price_deriv_10m, h.price_deriv_15m, h.price_deriv_30m, h.price_deriv_1h,
            h.price_avg_5m, h.price_avg_10m, h.price_avg_15m, h.price_avg_30m, h.price_avg_1h,
            h.volume_24h, h.volume_deriv_5m, h.volume_deriv_15m, h.volume_avg_5m, h.volume_avg_15m
        ) > 0
        AND v.value IS NULL
        AND v.metric = ANY(p_metrics)
),

runs AS (
    SELECT
        m.metric,
        unnest(range_agg(m.span)) AS span
    FROM missing AS m
    GROUP BY m.metric
)

SELECT
    r.metric,
    lower(r.span) AS gap_from,
    upper(r.span) AS gap_to
FROM runs AS r
ORDER BY gap_from, r.metric;
END;
COMMENT ON FUNCTION missing_minutes(text, timestamptz, timestamptz, text []) IS
'Runs of minutes in [from, to) that are not held with a value, for each of the metrics; none: every one is there';
