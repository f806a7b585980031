-- name: how fast the price moves: recorded slopes, longer ones, and slopes in units of volatility
-- grain: n
-- keys: n
-- reads: minutes, recorded
SELECT
    n,
    60 * q.price_deriv_5m / q.price AS slope_5m,
    60 * q.price_deriv_10m / q.price AS slope_10m,
    60 * q.price_deriv_15m / q.price AS slope_15m,
    60 * q.price_deriv_30m / q.price AS slope_30m,
    60 * q.price_deriv_1h / q.price AS slope_60m,
    o.slope_120m,
    o.slope_240m,
    60 * q.price_deriv_5m / q.price / nullif(o.volatility, 0) AS slope_to_volatility_5m,
    60 * q.price_deriv_15m / q.price / nullif(o.volatility, 0) AS slope_to_volatility_15m,
    60 * q.price_deriv_1h / q.price / nullif(o.volatility, 0) AS slope_to_volatility_60m
FROM recorded AS q
FULL JOIN (
    -- sum of (n - mean n) * y over sum of (n - mean n) squared, from running sums of y and n * y; y + 1 is the price in
    -- units of the partition's first
    SELECT
        m.n,
        CASE WHEN m.moves >= 119 THEN ((past.moments[m.i] - past.moments[m.i - 120]) - (m.n - 59.5) * (past.levels[m.i] - past.levels[m.i - 120])) / 143990 / (1 + m.y) END AS slope_120m,
        CASE WHEN m.moves >= 239 THEN ((past.moments[m.i] - past.moments[m.i - 240]) - (m.n - 119.5) * (past.levels[m.i] - past.levels[m.i - 240])) / 1151980 / (1 + m.y) END AS slope_240m,
        CASE WHEN m.moves >= 60 THEN sqrt(greatest(m.squares - past.squares[m.i - 60], 0) / 60) END AS volatility
    FROM minutes AS m
    CROSS JOIN (
        SELECT
            array_agg(s.squares) AS squares,
            array_agg(s.levels) AS levels,
            array_agg(s.moments) AS moments
        FROM (
            SELECT
                m.squares,
                coalesce(sum(m.y) FILTER (WHERE m.n >= -240) OVER w, 0) AS levels,
                coalesce(sum(m.n * m.y) FILTER (WHERE m.n >= -240) OVER w, 0) AS moments
            FROM minutes AS m
            WINDOW w AS (ORDER BY m.n)
            ORDER BY m.n
        ) AS s
    ) AS past
    WHERE m.n >= 0
    OFFSET 0
) AS o USING (n);
COMMENT ON COLUMN minute_features.slope_5m IS 'Recorded price_deriv_5m over last_price, fraction of the price a minute; look-back 5 min at the source; NULL: not recorded';
COMMENT ON COLUMN minute_features.slope_10m IS 'Recorded price_deriv_10m over last_price, fraction of the price a minute; look-back 10 min at the source; NULL: not recorded';
COMMENT ON COLUMN minute_features.slope_15m IS 'Recorded price_deriv_15m over last_price, fraction of the price a minute; look-back 15 min at the source; NULL: not recorded';
COMMENT ON COLUMN minute_features.slope_30m IS 'Recorded price_deriv_30m over last_price, fraction of the price a minute; look-back 30 min at the source; NULL: not recorded';
COMMENT ON COLUMN minute_features.slope_60m IS 'Recorded price_deriv_1h over last_price, fraction of the price a minute; look-back 60 min at the source; NULL: not recorded';
COMMENT ON COLUMN minute_features.slope_120m IS 'Least-squares slope of the 120 newest prices over last_price, as deriv over 2 h would record it, fraction of the price a minute; look-back 119 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.slope_240m IS 'Least-squares slope of the 240 newest prices over last_price, as deriv over 4 h would record it, fraction of the price a minute; look-back 239 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.slope_to_volatility_5m IS 'slope_5m / realised_volatility_60m, standard moves a minute; look-back 60 min; NULL: not recorded, a minute of it is missing, or the price did not move';
COMMENT ON COLUMN minute_features.slope_to_volatility_15m IS 'slope_15m / realised_volatility_60m, standard moves a minute; look-back 60 min; NULL: not recorded, a minute of it is missing, or the price did not move';
COMMENT ON COLUMN minute_features.slope_to_volatility_60m IS 'slope_60m / realised_volatility_60m, standard moves a minute; look-back 60 min; NULL: not recorded, a minute of it is missing, or the price did not move';
