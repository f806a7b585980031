-- name: the loaded minutes of a UTC day with what the source recorded of them
-- grain: n
-- keys: n
-- reads: minute_metrics
-- One row a loaded minute: these are the rows of minute_features. n and ts as in `minutes`; the columns of
-- minute_metrics, NULL where they hold no usable value: NaN, infinite, not positive where it must be, or out of all bounds.
SELECT
    (extract(EPOCH FROM m.ts - d.day::timestamp AT TIME ZONE 'UTC') / 60)::integer AS n,
    m.ts,
    CASE WHEN m.last_price > 1e-30 AND m.last_price < 1e30 THEN m.last_price END AS price,
    CASE WHEN m.price_deriv_5m = 0 OR (abs(m.price_deriv_5m) > 1e-100 AND abs(m.price_deriv_5m) < 1e30) THEN m.price_deriv_5m END AS price_deriv_5m,
    CASE WHEN m.price_deriv_10m = 0 OR (abs(m.price_deriv_10m) > 1e-100 AND abs(m.price_deriv_10m) < 1e30) THEN m.price_deriv_10m END AS price_deriv_10m,
    CASE WHEN m.price_deriv_15m = 0 OR (abs(m.price_deriv_15m) > 1e-100 AND abs(m.price_deriv_15m) < 1e30) THEN m.price_deriv_15m END AS price_deriv_15m,
    CASE WHEN m.price_deriv_30m = 0 OR (abs(m.price_deriv_30m) > 1e-100 AND abs(m.price_deriv_30m) < 1e30) THEN m.price_deriv_30m END AS price_deriv_30m,
    CASE WHEN m.price_deriv_1h = 0 OR (abs(m.price_deriv_1h) > 1e-100 AND abs(m.price_deriv_1h) < 1e30) THEN m.price_deriv_1h END AS price_deriv_1h,
    CASE WHEN m.price_avg_5m > 1e-30 AND m.price_avg_5m < 1e30 THEN m.price_avg_5m END AS price_avg_5m,
    CASE WHEN m.price_avg_10m > 1e-30 AND m.price_avg_10m < 1e30 THEN m.price_avg_10m END AS price_avg_10m,
    CASE WHEN m.price_avg_15m > 1e-30 AND m.price_avg_15m < 1e30 THEN m.price_avg_15m END AS price_avg_15m,
    CASE WHEN m.price_avg_30m > 1e-30 AND m.price_avg_30m < 1e30 THEN m.price_avg_30m END AS price_avg_30m,
    CASE WHEN m.price_avg_1h > 1e-30 AND m.price_avg_1h < 1e30 THEN m.price_avg_1h END AS price_avg_1h,
    CASE WHEN m.volume_24h > 1e-30 AND m.volume_24h < 1e30 THEN m.volume_24h END AS volume,
    CASE WHEN m.volume_deriv_5m = 0 OR (abs(m.volume_deriv_5m) > 1e-100 AND abs(m.volume_deriv_5m) < 1e30) THEN m.volume_deriv_5m END AS volume_deriv_5m,
    CASE WHEN m.volume_deriv_15m = 0 OR (abs(m.volume_deriv_15m) > 1e-100 AND abs(m.volume_deriv_15m) < 1e30) THEN m.volume_deriv_15m END AS volume_deriv_15m,
    CASE WHEN m.volume_avg_5m > 1e-30 AND m.volume_avg_5m < 1e30 THEN m.volume_avg_5m END AS volume_avg_5m,
    CASE WHEN m.volume_avg_15m > 1e-30 AND m.volume_avg_15m < 1e30 THEN m.volume_avg_15m END AS volume_avg_15m
FROM minute_metrics AS m
WHERE
    m.symbol = d.symbol
    AND m.ts >= d.day::timestamp AT TIME ZONE 'UTC'
    AND m.ts < d.day::timestamp AT TIME ZONE 'UTC' + INTERVAL '1 day'
