-- name: the minutes of a UTC day with what the source recorded of them
-- grain: n
-- keys: n
-- reads: minute_metrics
-- n and ts as in `minutes`, 0 to 1439. is_loaded: the minute is a row of minute_metrics, and so of minute_features. The
-- other columns as there; price is last_price and volume is volume_24h; NULL where a value is NaN, infinite, not positive
-- where it must be, or out of all bounds.
SELECT
    n,
    (SELECT d.day::timestamp AT TIME ZONE 'UTC') + make_interval(mins => n) AS ts,
    m.is_loaded IS NOT NULL AS is_loaded,
    m.price,
    m.price_deriv_5m,
    m.price_deriv_10m,
    m.price_deriv_15m,
    m.price_deriv_30m,
    m.price_deriv_1h,
    m.price_avg_5m,
    m.price_avg_10m,
    m.price_avg_15m,
    m.price_avg_30m,
    m.price_avg_1h,
    m.volume,
    m.volume_deriv_5m,
    m.volume_deriv_15m,
    m.volume_avg_5m,
    m.volume_avg_15m
FROM generate_series(0, 1439) AS g (n)
FULL JOIN (
    SELECT
        date_part('epoch', h.ts - (SELECT d.day::timestamp AT TIME ZONE 'UTC'))::integer / 60 AS n,
        TRUE AS is_loaded,
        CASE WHEN h.last_price > 1e-30 AND h.last_price < 1e30 THEN h.last_price END AS price,
        CASE WHEN h.price_deriv_5m = 0 OR (abs(h.price_deriv_5m) > 1e-100 AND abs(h.price_deriv_5m) < 1e30) THEN h.price_deriv_5m END AS price_deriv_5m,
        CASE WHEN h.price_deriv_10m = 0 OR (abs(h.price_deriv_10m) > 1e-100 AND abs(h.price_deriv_10m) < 1e30) THEN h.price_deriv_10m END AS price_deriv_10m,
        CASE WHEN h.price_deriv_15m = 0 OR (abs(h.price_deriv_15m) > 1e-100 AND abs(h.price_deriv_15m) < 1e30) THEN h.price_deriv_15m END AS price_deriv_15m,
        CASE WHEN h.price_deriv_30m = 0 OR (abs(h.price_deriv_30m) > 1e-100 AND abs(h.price_deriv_30m) < 1e30) THEN h.price_deriv_30m END AS price_deriv_30m,
        CASE WHEN h.price_deriv_1h = 0 OR (abs(h.price_deriv_1h) > 1e-100 AND abs(h.price_deriv_1h) < 1e30) THEN h.price_deriv_1h END AS price_deriv_1h,
        CASE WHEN h.price_avg_5m > 1e-30 AND h.price_avg_5m < 1e30 THEN h.price_avg_5m END AS price_avg_5m,
        CASE WHEN h.price_avg_10m > 1e-30 AND h.price_avg_10m < 1e30 THEN h.price_avg_10m END AS price_avg_10m,
        CASE WHEN h.price_avg_15m > 1e-30 AND h.price_avg_15m < 1e30 THEN h.price_avg_15m END AS price_avg_15m,
        CASE WHEN h.price_avg_30m > 1e-30 AND h.price_avg_30m < 1e30 THEN h.price_avg_30m END AS price_avg_30m,
        CASE WHEN h.price_avg_1h > 1e-30 AND h.price_avg_1h < 1e30 THEN h.price_avg_1h END AS price_avg_1h,
        CASE WHEN h.volume_24h > 1e-30 AND h.volume_24h < 1e30 THEN h.volume_24h END AS volume,
        CASE WHEN h.volume_deriv_5m = 0 OR (abs(h.volume_deriv_5m) > 1e-100 AND abs(h.volume_deriv_5m) < 1e30) THEN h.volume_deriv_5m END AS volume_deriv_5m,
        CASE WHEN h.volume_deriv_15m = 0 OR (abs(h.volume_deriv_15m) > 1e-100 AND abs(h.volume_deriv_15m) < 1e30) THEN h.volume_deriv_15m END AS volume_deriv_15m,
        CASE WHEN h.volume_avg_5m > 1e-30 AND h.volume_avg_5m < 1e30 THEN h.volume_avg_5m END AS volume_avg_5m,
        CASE WHEN h.volume_avg_15m > 1e-30 AND h.volume_avg_15m < 1e30 THEN h.volume_avg_15m END AS volume_avg_15m
    FROM minute_metrics AS h
    WHERE
        h.symbol = d.symbol
        AND h.ts >= d.day::timestamp AT TIME ZONE 'UTC'
        AND h.ts < (d.day + 1)::timestamp AT TIME ZONE 'UTC'
) AS m USING (n)
