-- name: the minutes as they were known at an instant: later rows, arrivals and corrections undone
-- grain: symbol, ts
-- keys: symbol, ts
-- reads: minute_metrics, metric_arrivals, metric_revisions
-- What happened first after the instant decides: an arrival means that the value was unknown, a correction has the old one.
CREATE OR REPLACE FUNCTION minute_metrics_as_of(known_at timestamptz)
RETURNS TABLE (
    symbol text,
    ts timestamptz,
    last_price double precision,
    price_deriv_5m double precision,
    price_deriv_10m double precision,
    price_deriv_15m double precision,
    price_deriv_30m double precision,
    price_deriv_1h double precision,
    price_avg_5m double precision,
    price_avg_10m double precision,
    price_avg_15m double precision,
    price_avg_30m double precision,
    price_avg_1h double precision,
    volume_24h double precision,
    volume_deriv_5m double precision,
    volume_deriv_15m double precision,
    volume_avg_5m double precision,
    volume_avg_15m double precision
) LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
SELECT
    m.symbol,
    m.ts,
    CASE WHEN 'last_price' = ANY(a.metrics) THEN NULL WHEN r.old ? 'last_price' THEN (r.old ->> 'last_price')::double precision ELSE m.last_price END AS last_price,
    CASE WHEN 'price_deriv_5m' = ANY(a.metrics) THEN NULL WHEN r.old ? 'price_deriv_5m' THEN (r.old ->> 'price_deriv_5m')::double precision ELSE m.price_deriv_5m END AS price_deriv_5m,
    CASE WHEN 'price_deriv_10m' = ANY(a.metrics) THEN NULL WHEN r.old ? 'price_deriv_10m' THEN (r.old ->> 'price_deriv_10m')::double precision ELSE m.price_deriv_10m END AS price_deriv_10m,
    CASE WHEN 'price_deriv_15m' = ANY(a.metrics) THEN NULL WHEN r.old ? 'price_deriv_15m' THEN (r.old ->> 'price_deriv_15m')::double precision ELSE m.price_deriv_15m END AS price_deriv_15m,
    CASE WHEN 'price_deriv_30m' = ANY(a.metrics) THEN NULL WHEN r.old ? 'price_deriv_30m' THEN (r.old ->> 'price_deriv_30m')::double precision ELSE m.price_deriv_30m END AS price_deriv_30m,
    CASE WHEN 'price_deriv_1h' = ANY(a.metrics) THEN NULL WHEN r.old ? 'price_deriv_1h' THEN (r.old ->> 'price_deriv_1h')::double precision ELSE m.price_deriv_1h END AS price_deriv_1h,
    CASE WHEN 'price_avg_5m' = ANY(a.metrics) THEN NULL WHEN r.old ? 'price_avg_5m' THEN (r.old ->> 'price_avg_5m')::double precision ELSE m.price_avg_5m END AS price_avg_5m,
    CASE WHEN 'price_avg_10m' = ANY(a.metrics) THEN NULL WHEN r.old ? 'price_avg_10m' THEN (r.old ->> 'price_avg_10m')::double precision ELSE m.price_avg_10m END AS price_avg_10m,
    CASE WHEN 'price_avg_15m' = ANY(a.metrics) THEN NULL WHEN r.old ? 'price_avg_15m' THEN (r.old ->> 'price_avg_15m')::double precision ELSE m.price_avg_15m END AS price_avg_15m,
    CASE WHEN 'price_avg_30m' = ANY(a.metrics) THEN NULL WHEN r.old ? 'price_avg_30m' THEN (r.old ->> 'price_avg_30m')::double precision ELSE m.price_avg_30m END AS price_avg_30m,
    CASE WHEN 'price_avg_1h' = ANY(a.metrics) THEN NULL WHEN r.old ? 'price_avg_1h' THEN (r.old ->> 'price_avg_1h')::double precision ELSE m.price_avg_1h END AS price_avg_1h,
    CASE WHEN 'volume_24h' = ANY(a.metrics) THEN NULL WHEN r.old ? 'volume_24h' THEN (r.old ->> 'volume_24h')::double precision ELSE m.volume_24h END AS volume_24h,
    CASE WHEN 'volume_deriv_5m' = ANY(a.metrics) THEN NULL WHEN r.old ? 'volume_deriv_5m' THEN (r.old ->> 'volume_deriv_5m')::double precision ELSE m.volume_deriv_5m END AS volume_deriv_5m,
    CASE WHEN 'volume_deriv_15m' = ANY(a.metrics) THEN NULL WHEN r.old ? 'volume_deriv_15m' THEN (r.old ->> 'volume_deriv_15m')::double precision ELSE m.volume_deriv_15m END AS volume_deriv_15m,
    CASE WHEN 'volume_avg_5m' = ANY(a.metrics) THEN NULL WHEN r.old ? 'volume_avg_5m' THEN (r.old ->> 'volume_avg_5m')::double precision ELSE m.volume_avg_5m END AS volume_avg_5m,
    CASE WHEN 'volume_avg_15m' = ANY(a.metrics) THEN NULL WHEN r.old ? 'volume_avg_15m' THEN (r.old ->> 'volume_avg_15m')::double precision ELSE m.volume_avg_15m END AS volume_avg_15m
FROM minute_metrics AS m
LEFT JOIN LATERAL (
    SELECT array_agg(u.metric) AS metrics
    FROM metric_arrivals AS x
    CROSS JOIN unnest(x.metrics) AS u (metric)
    WHERE x.symbol = m.symbol AND x.ts = m.ts AND x.seen_at > known_at
) AS a ON TRUE
LEFT JOIN LATERAL (
    SELECT jsonb_object_agg(f.metric, f.old_value) AS old
    FROM (
        SELECT DISTINCT ON (v.metric)
            v.metric,
            v.old_value
        FROM metric_revisions AS v
        WHERE v.symbol = m.symbol AND v.ts = m.ts AND v.seen_at > known_at
        ORDER BY v.metric, v.seen_at
    ) AS f
) AS r ON TRUE
WHERE m.first_loaded_at <= known_at;
END;
COMMENT ON FUNCTION minute_metrics_as_of(timestamptz) IS
'What minute_metrics held at that instant, rows and values; arrivals before version 0002 of the schema were not recorded and count as known with their row. Its clock is that of the writing: what a load wrote shortly before it was committed counts as known';
