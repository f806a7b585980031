-- name: merge the staged minutes: only rows that are new or differ are written, and a missing value erases nothing
-- grain: one row with the counts
-- keys: none
-- reads: staged_minutes, minute_metrics
WITH differing AS (
    SELECT
        s.symbol,
        to_timestamp(s.epoch) AS ts,
        m.ts IS NULL AS is_new,
        coalesce(s.last_price, m.last_price) AS last_price,
        coalesce(s.price_deriv_5m, m.price_deriv_5m) AS price_deriv_5m,
        coalesce(s.price_deriv_10m, m.price_deriv_10m) AS price_deriv_10m,
        coalesce(s.price_deriv_15m, m.price_deriv_15m) AS price_deriv_15m,
        coalesce(s.price_deriv_30m, m.price_deriv_30m) AS price_deriv_30m,
        coalesce(s.price_deriv_1h, m.price_deriv_1h) AS price_deriv_1h,
        coalesce(s.price_avg_5m, m.price_avg_5m) AS price_avg_5m,
        coalesce(s.price_avg_10m, m.price_avg_10m) AS price_avg_10m,
        coalesce(s.price_avg_15m, m.price_avg_15m) AS price_avg_15m,
        coalesce(s.price_avg_30m, m.price_avg_30m) AS price_avg_30m,
        coalesce(s.price_avg_1h, m.price_avg_1h) AS price_avg_1h,
        coalesce(s.volume_24h, m.volume_24h) AS volume_24h,
        coalesce(s.volume_deriv_5m, m.volume_deriv_5m) AS volume_deriv_5m,
        coalesce(s.volume_deriv_15m, m.volume_deriv_15m) AS volume_deriv_15m,
        coalesce(s.volume_avg_5m, m.volume_avg_5m) AS volume_avg_5m,
        coalesce(s.volume_avg_15m, m.volume_avg_15m) AS volume_avg_15m
    FROM staged_minutes AS s
    LEFT JOIN minute_metrics AS m ON m.symbol = s.symbol AND m.ts = to_timestamp(s.epoch)
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
        volume_avg_15m
    )
    SELECT
        d.symbol,
        d.ts,
        d.last_price,
        d.price_deriv_5m,
        d.price_deriv_10m,
        d.price_deriv_15m,
        d.price_deriv_30m,
        d.price_deriv_1h,
        d.price_avg_5m,
        d.price_avg_10m,
        d.price_avg_15m,
        d.price_avg_30m,
        d.price_avg_1h,
        d.volume_24h,
        d.volume_deriv_5m,
        d.volume_deriv_15m,
        d.volume_avg_5m,
        d.volume_avg_15m
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
        loaded_at = clock_timestamp()
    RETURNING ts
)

SELECT
    count(*) FILTER (WHERE d.is_new) AS rows_new,
    count(*) FILTER (WHERE NOT d.is_new) AS rows_changed,
    (SELECT count(*) FROM staged_minutes) - count(*) AS rows_same,
    (SELECT count(*) FROM written) AS rows_written
FROM differing AS d
