-- name: merge a window's staged minutes: only rows that are new or differ are written, corrections and arrivals are logged, and a missing value erases nothing
-- grain: one row with the counts
-- keys: none
-- reads: staged_minutes, minute_metrics
-- The stored rows are bounded by the window, so that they are read once and hashed, not looked up one by one.
WITH differing AS MATERIALIZED (
    SELECT
        s AS staged,
        m AS stored,
        s.ts,
        m.ts IS NULL AS is_new,
        c.computed_columns
    FROM staged_minutes AS s
    LEFT JOIN minute_metrics AS m
        ON m.symbol = %(symbol)s AND m.ts >= %(start)s AND m.ts < %(end)s AND m.ts = s.ts
    -- a recorded value takes the mark away; almost no row has one, so those that have none are spared the look
    CROSS JOIN LATERAL (
        SELECT
            CASE
                WHEN coalesce(m.computed_columns, '{}') = '{}' THEN s.computed_columns::text []
                ELSE ARRAY(
                    SELECT k.metric COLLATE "C"
                    FROM unnest(m.computed_columns) AS k (metric)
                    WHERE to_jsonb(s) ->> k.metric IS NULL
                    UNION
                    SELECT unnest(s.computed_columns::text []) COLLATE "C"
                    ORDER BY 1
                )
            END AS computed_columns
    ) AS c
    WHERE
        m.ts IS NULL
        OR (s.last_price IS NOT NULL AND s.last_price IS DISTINCT FROM m.last_price)
        OR (s.price_deriv_5m IS NOT NULL AND s.price_deriv_5m IS DISTINCT FROM m.price_deriv_5m)
        OR (s.price_deriv_10m IS NOT NULL AND s.price_deriv_10m IS DISTINCT FROM m.price_deriv_10m)
        OR (s.price_deriv_15m IS NOT NULL AND s.price_deriv_15m IS DISTINCT FROM m.price_deriv_15m)
        OR (s.price_deriv_30m IS NOT NULL AND s.price_deriv_30m IS DISTINCT FROM m.price_deriv_30m)
        OR (s.price_deriv_1h IS NOT NULL AND s.price_deriv_1h IS DISTINCT FROM m.price_deriv_1h)
        OR (s.price_avg_5m IS NOT NULL AND s.price_avg_5m IS DISTINCT FROM m.price_avg_5m)
        OR (s.price_avg_10m IS NOT NULL AND s.price_avg_10m IS DISTINCT FROM m.price_avg_10m)
        OR (s.price_avg_15m IS NOT NULL AND s.price_avg_15m IS DISTINCT FROM m.price_avg_15m)
        OR (s.price_avg_30m IS NOT NULL AND s.price_avg_30m IS DISTINCT FROM m.price_avg_30m)
        OR (s.price_avg_1h IS NOT NULL AND s.price_avg_1h IS DISTINCT FROM m.price_avg_1h)
        OR (s.volume_24h IS NOT NULL AND s.volume_24h IS DISTINCT FROM m.volume_24h)
        OR (s.volume_deriv_5m IS NOT NULL AND s.volume_deriv_5m IS DISTINCT FROM m.volume_deriv_5m)
        OR (s.volume_deriv_15m IS NOT NULL AND s.volume_deriv_15m IS DISTINCT FROM m.volume_deriv_15m)
        OR (s.volume_avg_5m IS NOT NULL AND s.volume_avg_5m IS DISTINCT FROM m.volume_avg_5m)
        OR (s.volume_avg_15m IS NOT NULL AND s.volume_avg_15m IS DISTINCT FROM m.volume_avg_15m)
        OR c.computed_columns <> m.computed_columns
),

changes AS MATERIALIZED (
    SELECT
        d.ts,
        v.metric,
        v.old_value,
        v.new_value
    FROM differing AS d
    CROSS JOIN LATERAL (
        VALUES
        ('last_price', (d.stored).last_price, (d.staged).last_price),
        ('price_deriv_5m', (d.stored).price_deriv_5m, (d.staged).price_deriv_5m),
        ('price_deriv_10m', (d.stored).price_deriv_10m, (d.staged).price_deriv_10m),
        ('price_deriv_15m', (d.stored).price_deriv_15m, (d.staged).price_deriv_15m),
        ('price_deriv_30m', (d.stored).price_deriv_30m, (d.staged).price_deriv_30m),
        ('price_deriv_1h', (d.stored).price_deriv_1h, (d.staged).price_deriv_1h),
        ('price_avg_5m', (d.stored).price_avg_5m, (d.staged).price_avg_5m),
        ('price_avg_10m', (d.stored).price_avg_10m, (d.staged).price_avg_10m),
        ('price_avg_15m', (d.stored).price_avg_15m, (d.staged).price_avg_15m),
        ('price_avg_30m', (d.stored).price_avg_30m, (d.staged).price_avg_30m),
        ('price_avg_1h', (d.stored).price_avg_1h, (d.staged).price_avg_1h),
        ('volume_24h', (d.stored).volume_24h, (d.staged).volume_24h),
        ('volume_deriv_5m', (d.stored).volume_deriv_5m, (d.staged).volume_deriv_5m),
        ('volume_deriv_15m', (d.stored).volume_deriv_15m, (d.staged).volume_deriv_15m),
        ('volume_avg_5m', (d.stored).volume_avg_5m, (d.staged).volume_avg_5m),
        ('volume_avg_15m', (d.stored).volume_avg_15m, (d.staged).volume_avg_15m)
    ) AS v (metric, old_value, new_value)
    WHERE NOT d.is_new AND v.new_value IS DISTINCT FROM v.old_value AND v.new_value IS NOT NULL
),

revised AS (
    INSERT INTO metric_revisions (symbol, ts, metric, old_value, new_value)
    SELECT
        %(symbol)s,
        c.ts,
        c.metric,
        c.old_value,
        c.new_value
    FROM changes AS c
    WHERE c.old_value IS NOT NULL
),

arrived AS (
    INSERT INTO metric_arrivals (symbol, ts, metrics)
    SELECT
        %(symbol)s,
        c.ts,
        array_agg(c.metric)
    FROM changes AS c
    WHERE c.old_value IS NULL
    GROUP BY c.ts
),

written AS (
    INSERT INTO minute_metrics (
        symbol,
        ts,
        last_price,
        price_deriv_5m,
        price_deriv_10m,
        price_deriv_15m,
        price_deriv_30m,
        price_deriv_1h,
        price_avg_5m,
        price_avg_10m,
        price_avg_15m,
        price_avg_30m,
        price_avg_1h,
        volume_24h,
        volume_deriv_5m,
        volume_deriv_15m,
        volume_avg_5m,
        volume_avg_15m,
        computed_columns
    )
    SELECT
        %(symbol)s,
        d.ts,
        coalesce((d.staged).last_price, (d.stored).last_price),
        coalesce((d.staged).price_deriv_5m, (d.stored).price_deriv_5m),
        coalesce((d.staged).price_deriv_10m, (d.stored).price_deriv_10m),
        coalesce((d.staged).price_deriv_15m, (d.stored).price_deriv_15m),
        coalesce((d.staged).price_deriv_30m, (d.stored).price_deriv_30m),
        coalesce((d.staged).price_deriv_1h, (d.stored).price_deriv_1h),
        coalesce((d.staged).price_avg_5m, (d.stored).price_avg_5m),
        coalesce((d.staged).price_avg_10m, (d.stored).price_avg_10m),
        coalesce((d.staged).price_avg_15m, (d.stored).price_avg_15m),
        coalesce((d.staged).price_avg_30m, (d.stored).price_avg_30m),
        coalesce((d.staged).price_avg_1h, (d.stored).price_avg_1h),
        coalesce((d.staged).volume_24h, (d.stored).volume_24h),
        coalesce((d.staged).volume_deriv_5m, (d.stored).volume_deriv_5m),
        coalesce((d.staged).volume_deriv_15m, (d.stored).volume_deriv_15m),
        coalesce((d.staged).volume_avg_5m, (d.stored).volume_avg_5m),
        coalesce((d.staged).volume_avg_15m, (d.stored).volume_avg_15m),
        d.computed_columns
    FROM differing AS d
    ON CONFLICT (symbol, ts) DO UPDATE SET
        last_price = excluded.last_price,
        price_deriv_5m = excluded.price_deriv_5m,
        price_deriv_10m = excluded.price_deriv_10m,
        price_deriv_15m = excluded.price_deriv_15m,
        price_deriv_30m = excluded.price_deriv_30m,
        price_deriv_1h = excluded.price_deriv_1h,
        price_avg_5m = excluded.price_avg_5m,
        price_avg_10m = excluded.price_avg_10m,
        price_avg_15m = excluded.price_avg_15m,
        price_avg_30m = excluded.price_avg_30m,
        price_avg_1h = excluded.price_avg_1h,
        volume_24h = excluded.volume_24h,
        volume_deriv_5m = excluded.volume_deriv_5m,
        volume_deriv_15m = excluded.volume_deriv_15m,
        volume_avg_5m = excluded.volume_avg_5m,
        volume_avg_15m = excluded.volume_avg_15m,
        computed_columns = excluded.computed_columns,
        loaded_at = clock_timestamp()
    RETURNING ts
)

SELECT
    count(*) FILTER (WHERE d.is_new) AS rows_new,
    count(*) FILTER (WHERE NOT d.is_new) AS rows_changed,
    (SELECT count(*) FROM staged_minutes) - count(*) AS rows_same,
    (SELECT count(*) FROM written) AS rows_written
FROM differing AS d
