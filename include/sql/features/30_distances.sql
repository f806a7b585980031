-- name: how far the price is from its averages
-- grain: n
-- keys: n
-- reads: minutes, recorded
SELECT
    n,
    ln(q.price / q.price_avg_5m) AS distance_to_average_5m,
    ln(q.price / q.price_avg_10m) AS distance_to_average_10m,
    ln(q.price / q.price_avg_15m) AS distance_to_average_15m,
    ln(q.price / q.price_avg_30m) AS distance_to_average_30m,
    ln(q.price / q.price_avg_1h) AS distance_to_average_60m,
    o.distance_to_average_120m,
    o.distance_to_average_240m,
    o.distance_to_average_1440m
FROM recorded AS q
FULL JOIN (
    -- the mean of y + 1 is the mean price in units of the partition's first
    SELECT
        m.n,
        CASE WHEN m.moves >= 119 THEN ln((1 + m.y) / (1 + (past.levels[m.i] - past.levels[m.i - 120]) / 120)) END AS distance_to_average_120m,
        CASE WHEN m.moves >= 239 THEN ln((1 + m.y) / (1 + (past.levels[m.i] - past.levels[m.i - 240]) / 240)) END AS distance_to_average_240m,
        CASE WHEN m.moves >= 1439 THEN ln((1 + m.y) / (1 + (past.levels[m.i] - past.levels[m.i - 1440]) / 1440)) END AS distance_to_average_1440m
    FROM minutes AS m
    CROSS JOIN (
        SELECT array_agg(s.levels) AS levels
        FROM (SELECT sum(coalesce(m.y, 0)) OVER (ORDER BY m.n) AS levels FROM minutes AS m ORDER BY m.n) AS s
    ) AS past
    WHERE m.n >= 0
    OFFSET 0
) AS o USING (n);
COMMENT ON COLUMN minute_features.distance_to_average_5m IS 'ln(last_price / price_avg_5m); look-back 5 min at the source; NULL: not recorded';
COMMENT ON COLUMN minute_features.distance_to_average_10m IS 'ln(last_price / price_avg_10m); look-back 10 min at the source; NULL: not recorded';
COMMENT ON COLUMN minute_features.distance_to_average_15m IS 'ln(last_price / price_avg_15m); look-back 15 min at the source; NULL: not recorded';
COMMENT ON COLUMN minute_features.distance_to_average_30m IS 'ln(last_price / price_avg_30m); look-back 30 min at the source; NULL: not recorded';
COMMENT ON COLUMN minute_features.distance_to_average_60m IS 'ln(last_price / price_avg_1h); look-back 60 min at the source; NULL: not recorded';
COMMENT ON COLUMN minute_features.distance_to_average_120m IS 'ln(last_price / mean of the 120 newest prices); look-back 119 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.distance_to_average_240m IS 'ln(last_price / mean of the 240 newest prices); look-back 239 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.distance_to_average_1440m IS 'ln(last_price / mean of the 1440 newest prices); look-back 1439 min; NULL: a minute of it is missing';
