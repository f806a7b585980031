-- name: take staged values that were asked by expression away where a recorded value is stored: it is the better one
-- grain: symbol, ts
-- keys: symbol, ts
-- reads: staged_minutes, minute_metrics
UPDATE staged_minutes AS s
SET
    last_price = CASE WHEN 'last_price' = ANY(s.computed_columns::text []) AND m.last_price IS NOT NULL AND 'last_price' <> ALL(m.computed_columns) THEN NULL ELSE s.last_price END,
    price_deriv_5m = CASE WHEN 'price_deriv_5m' = ANY(s.computed_columns::text []) AND m.price_deriv_5m IS NOT NULL AND 'price_deriv_5m' <> ALL(m.computed_columns) THEN NULL ELSE s.price_deriv_5m END,
    price_deriv_10m = CASE WHEN 'price_deriv_10m' = ANY(s.computed_columns::text []) AND m.price_deriv_10m IS NOT NULL AND 'price_deriv_10m' <> ALL(m.computed_columns) THEN NULL ELSE s.price_deriv_10m END,
    price_deriv_15m = CASE WHEN 'price_deriv_15m' = ANY(s.computed_columns::text []) AND m.price_deriv_15m IS NOT NULL AND 'price_deriv_15m' <> ALL(m.computed_columns) THEN NULL ELSE s.price_deriv_15m END,
    price_deriv_30m = CASE WHEN 'price_deriv_30m' = ANY(s.computed_columns::text []) AND m.price_deriv_30m IS NOT NULL AND 'price_deriv_30m' <> ALL(m.computed_columns) THEN NULL ELSE s.price_deriv_30m END,
    price_deriv_1h = CASE WHEN 'price_deriv_1h' = ANY(s.computed_columns::text []) AND m.price_deriv_1h IS NOT NULL AND 'price_deriv_1h' <> ALL(m.computed_columns) THEN NULL ELSE s.price_deriv_1h END,
    price_avg_5m = CASE WHEN 'price_avg_5m' = ANY(s.computed_columns::text []) AND m.price_avg_5m IS NOT NULL AND 'price_avg_5m' <> ALL(m.computed_columns) THEN NULL ELSE s.price_avg_5m END,
    price_avg_10m = CASE WHEN 'price_avg_10m' = ANY(s.computed_columns::text []) AND m.price_avg_10m IS NOT NULL AND 'price_avg_10m' <> ALL(m.computed_columns) THEN NULL ELSE s.price_avg_10m END,
    price_avg_15m = CASE WHEN 'price_avg_15m' = ANY(s.computed_columns::text []) AND m.price_avg_15m IS NOT NULL AND 'price_avg_15m' <> ALL(m.computed_columns) THEN NULL ELSE s.price_avg_15m END,
    price_avg_30m = CASE WHEN 'price_avg_30m' = ANY(s.computed_columns::text []) AND m.price_avg_30m IS NOT NULL AND 'price_avg_30m' <> ALL(m.computed_columns) THEN NULL ELSE s.price_avg_30m END,
    price_avg_1h = CASE WHEN 'price_avg_1h' = ANY(s.computed_columns::text []) AND m.price_avg_1h IS NOT NULL AND 'price_avg_1h' <> ALL(m.computed_columns) THEN NULL ELSE s.price_avg_1h END,
    volume_24h = CASE WHEN 'volume_24h' = ANY(s.computed_columns::text []) AND m.volume_24h IS NOT NULL AND 'volume_24h' <> ALL(m.computed_columns) THEN NULL ELSE s.volume_24h END,
    volume_deriv_5m = CASE WHEN 'volume_deriv_5m' = ANY(s.computed_columns::text []) AND m.volume_deriv_5m IS NOT NULL AND 'volume_deriv_5m' <> ALL(m.computed_columns) THEN NULL ELSE s.volume_deriv_5m END,
    volume_deriv_15m = CASE WHEN 'volume_deriv_15m' = ANY(s.computed_columns::text []) AND m.volume_deriv_15m IS NOT NULL AND 'volume_deriv_15m' <> ALL(m.computed_columns) THEN NULL ELSE s.volume_deriv_15m END,
    volume_avg_5m = CASE WHEN 'volume_avg_5m' = ANY(s.computed_columns::text []) AND m.volume_avg_5m IS NOT NULL AND 'volume_avg_5m' <> ALL(m.computed_columns) THEN NULL ELSE s.volume_avg_5m END,
    volume_avg_15m = CASE WHEN 'volume_avg_15m' = ANY(s.computed_columns::text []) AND m.volume_avg_15m IS NOT NULL AND 'volume_avg_15m' <> ALL(m.computed_columns) THEN NULL ELSE s.volume_avg_15m END,
    computed_columns = ARRAY(
        SELECT k.metric
        FROM unnest(s.computed_columns::text []) AS k (metric)
        WHERE to_jsonb(m) ->> k.metric IS NULL OR k.metric = ANY(m.computed_columns)
        ORDER BY k.metric COLLATE "C"
    )::text
FROM minute_metrics AS m
WHERE
    m.symbol = %(symbol)s AND m.ts >= %(start)s AND m.ts < %(end)s AND m.ts = s.ts
    AND s.computed_columns <> '{}'
