-- name: log every stored value that the staged minutes correct
-- grain: symbol, ts, metric
-- keys: symbol, ts, metric, seen_at
-- reads: staged_minutes, minute_metrics
INSERT INTO metric_revisions (symbol, ts, metric, old_value, new_value)
SELECT
    m.symbol,
    m.ts,
    v.metric,
    v.old_value,
    v.new_value
FROM staged_minutes AS s
INNER JOIN minute_metrics AS m ON m.symbol = s.symbol AND m.ts = to_timestamp(s.epoch)
CROSS JOIN LATERAL (
    VALUES
    ('last_price', m.last_price, s.last_price),
    ('price_deriv_5m', m.price_deriv_5m, s.price_deriv_5m),
    ('price_deriv_10m', m.price_deriv_10m, s.price_deriv_10m),
    ('price_deriv_15m', m.price_deriv_15m, s.price_deriv_15m),
    ('price_deriv_30m', m.price_deriv_30m, s.price_deriv_30m),
    ('price_deriv_1h', m.price_deriv_1h, s.price_deriv_1h),
    ('price_avg_5m', m.price_avg_5m, s.price_avg_5m),
    ('price_avg_10m', m.price_avg_10m, s.price_avg_10m),
    ('price_avg_15m', m.price_avg_15m, s.price_avg_15m),
    ('price_avg_30m', m.price_avg_30m, s.price_avg_30m),
    ('price_avg_1h', m.price_avg_1h, s.price_avg_1h),
    ('volume_24h', m.volume_24h, s.volume_24h),
    ('volume_deriv_5m', m.volume_deriv_5m, s.volume_deriv_5m),
    ('volume_deriv_15m', m.volume_deriv_15m, s.volume_deriv_15m),
    ('volume_avg_5m', m.volume_avg_5m, s.volume_avg_5m),
    ('volume_avg_15m', m.volume_avg_15m, s.volume_avg_15m)
) AS v (metric, old_value, new_value)
WHERE v.old_value <> v.new_value
