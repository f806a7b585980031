-- name: the loaded minutes of a UTC day with what the source recorded of them
-- grain: n
-- keys: n
-- reads: minute_metrics
-- One row a loaded minute: these are the rows of minute_features. n and ts as in `minutes`; the columns of
-- minute_metrics, NULL where they hold no usable value.
SELECT
    (extract(EPOCH FROM m.ts - d.day::timestamp AT TIME ZONE 'UTC') / 60)::integer AS n,
    m.ts,
    CASE WHEN m.last_price > 0 AND m.last_price < 'Infinity' THEN m.last_price END AS price,
    CASE WHEN abs(m.price_deriv_5m) < 'Infinity' THEN m.price_deriv_5m END AS price_deriv_5m,
    CASE WHEN abs(m.price_deriv_10m) < 'Infinity' THEN m.price_deriv_10m END AS price_deriv_10m,
    CASE WHEN abs(m.price_deriv_15m) < 'Infinity' THEN m.price_deriv_15m END AS price_deriv_15m,
    CASE WHEN abs(m.price_deriv_30m) < 'Infinity' THEN m.price_deriv_30m END AS price_deriv_30m,
    CASE WHEN abs(m.price_deriv_1h) < 'Infinity' THEN m.price_deriv_1h END AS price_deriv_1h,
    CASE WHEN m.price_avg_5m > 0 AND m.price_avg_5m < 'Infinity' THEN m.price_avg_5m END AS price_avg_5m,
    CASE WHEN m.price_avg_10m > 0 AND m.price_avg_10m < 'Infinity' THEN m.price_avg_10m END AS price_avg_10m,
    CASE WHEN m.price_avg_15m > 0 AND m.price_avg_15m < 'Infinity' THEN m.price_avg_15m END AS price_avg_15m,
    CASE WHEN m.price_avg_30m > 0 AND m.price_avg_30m < 'Infinity' THEN m.price_avg_30m END AS price_avg_30m,
    CASE WHEN m.price_avg_1h > 0 AND m.price_avg_1h < 'Infinity' THEN m.price_avg_1h END AS price_avg_1h,
    CASE WHEN m.volume_24h > 0 AND m.volume_24h < 'Infinity' THEN m.volume_24h END AS volume,
    CASE WHEN abs(m.volume_deriv_5m) < 'Infinity' THEN m.volume_deriv_5m END AS volume_deriv_5m,
    CASE WHEN abs(m.volume_deriv_15m) < 'Infinity' THEN m.volume_deriv_15m END AS volume_deriv_15m,
    CASE WHEN m.volume_avg_5m > 0 AND m.volume_avg_5m < 'Infinity' THEN m.volume_avg_5m END AS volume_avg_5m,
    CASE WHEN m.volume_avg_15m > 0 AND m.volume_avg_15m < 'Infinity' THEN m.volume_avg_15m END AS volume_avg_15m
FROM minute_metrics AS m
WHERE
    m.symbol = d.symbol
    AND m.ts >= d.day::timestamp AT TIME ZONE 'UTC'
    AND m.ts < d.day::timestamp AT TIME ZONE 'UTC' + INTERVAL '1 day'
