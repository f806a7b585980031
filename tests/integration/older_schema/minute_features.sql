-- name: what a model sees of a minute: stationary features, the same for training, live scoring and BI
-- grain: symbol, ts (day is the UTC date of ts)
-- keys: symbol, day, ts
-- reads: metric_days, minute_metrics
-- One UTC day at a time, on the full grid of its minutes with 4 hours before it, so that every value comes from the
-- same partition whatever range is asked for (bit for bit), a window is time and not rows (a missing minute is a NULL
-- row), and a predicate on symbol and day reads only those days. Sums over n minutes are differences of running sums:
-- their cost does not grow with n. Nothing here looks after ts.
CREATE VIEW minute_features AS
SELECT
    d.symbol,
    d.day,
    v.ts,
    v.return_1m,
    v.return_2m,
    v.return_3m,
    v.return_5m,
    v.return_10m,
    v.return_15m,
    v.return_30m,
    v.return_60m,
    v.return_120m,
    v.return_240m,
    v.slope_5m,
    v.slope_10m,
    v.slope_15m,
    v.slope_30m,
    v.slope_60m,
    v.distance_to_average_5m,
    v.distance_to_average_10m,
    v.distance_to_average_15m,
    v.distance_to_average_30m,
    v.distance_to_average_60m,
    v.realised_volatility_5m,
    v.realised_volatility_10m,
    v.realised_volatility_15m,
    v.realised_volatility_30m,
    v.realised_volatility_60m,
    v.realised_volatility_120m,
    v.realised_volatility_240m,
    v.volatility_ratio_5m_60m,
    v.volatility_ratio_15m_240m,
    v.volatility_ratio_60m_240m,
    v.rsi_14m,
    v.rsi_30m,
    v.rsi_60m,
    v.macd_to_volatility,
    v.bollinger_position,
    v.bollinger_width,
    v.volume_change_5m,
    v.volume_change_15m,
    v.volume_change_60m,
    v.volume_slope_5m,
    v.volume_slope_15m,
    v.volume_distance_to_average_5m,
    v.volume_distance_to_average_15m,
    v.day_sin,
    v.day_cos,
    v.week_sin,
    v.week_cos,
    num_nonnulls(
        v.return_1m,
        v.return_2m,
        v.return_3m,
        v.return_5m,
        v.return_10m,
        v.return_15m,
        v.return_30m,
        v.return_60m,
        v.return_120m,
        v.return_240m,
        v.slope_5m,
        v.slope_10m,
        v.slope_15m,
        v.slope_30m,
        v.slope_60m,
        v.distance_to_average_5m,
        v.distance_to_average_10m,
        v.distance_to_average_15m,
        v.distance_to_average_30m,
        v.distance_to_average_60m,
        v.realised_volatility_5m,
        v.realised_volatility_10m,
        v.realised_volatility_15m,
        v.realised_volatility_30m,
        v.realised_volatility_60m,
        v.realised_volatility_120m,
        v.realised_volatility_240m,
        v.volatility_ratio_5m_60m,
        v.volatility_ratio_15m_240m,
        v.volatility_ratio_60m_240m,
        v.rsi_14m,
        v.rsi_30m,
        v.rsi_60m,
        v.macd_to_volatility,
        v.bollinger_position,
        v.bollinger_width,
        v.volume_change_5m,
        v.volume_change_15m,
        v.volume_change_60m,
        v.volume_slope_5m,
        v.volume_slope_15m,
        v.volume_distance_to_average_5m,
        v.volume_distance_to_average_15m,
        v.day_sin,
        v.day_cos,
        v.week_sin,
        v.week_cos
    ) = 47 AS complete
FROM metric_days AS d
CROSS JOIN LATERAL (
    WITH minutes AS (
        -- the day's minutes and the 4 hours before them; x is ln(price), centred so that sums keep their digits
        SELECT
            g.ts,
            m.symbol IS NOT NULL AS is_loaded,
            (extract(EPOCH FROM g.ts - (d.day::timestamp AT TIME ZONE 'UTC')) / 60)::integer + 241 AS n,
            CASE WHEN m.last_price > 0 THEN m.last_price END AS price,
            CASE WHEN m.volume_24h > 0 THEN m.volume_24h END AS volume,
            CASE WHEN m.last_price > 0 THEN ln(m.last_price) - c.centre END AS x,
            m.price_deriv_5m,
            m.price_deriv_10m,
            m.price_deriv_15m,
            m.price_deriv_30m,
            m.price_deriv_1h,
            CASE WHEN m.price_avg_5m > 0 THEN m.price_avg_5m END AS price_avg_5m,
            CASE WHEN m.price_avg_10m > 0 THEN m.price_avg_10m END AS price_avg_10m,
            CASE WHEN m.price_avg_15m > 0 THEN m.price_avg_15m END AS price_avg_15m,
            CASE WHEN m.price_avg_30m > 0 THEN m.price_avg_30m END AS price_avg_30m,
            CASE WHEN m.price_avg_1h > 0 THEN m.price_avg_1h END AS price_avg_1h,
            m.volume_deriv_5m,
            m.volume_deriv_15m,
            CASE WHEN m.volume_avg_5m > 0 THEN m.volume_avg_5m END AS volume_avg_5m,
            CASE WHEN m.volume_avg_15m > 0 THEN m.volume_avg_15m END AS volume_avg_15m
        FROM generate_series(
            d.day::timestamp AT TIME ZONE 'UTC' - INTERVAL '241 minutes',
            d.day::timestamp AT TIME ZONE 'UTC' + INTERVAL '1439 minutes',
            INTERVAL '1 minute'
        ) AS g (ts)
        LEFT JOIN minute_metrics AS m
            ON
                m.symbol = d.symbol
                AND m.ts = g.ts
                AND m.ts >= d.day::timestamp AT TIME ZONE 'UTC' - INTERVAL '241 minutes'
                AND m.ts < d.day::timestamp AT TIME ZONE 'UTC' + INTERVAL '1 day'
        CROSS JOIN (
            -- the first price of the partition: never later than a minute that uses it
            SELECT (
                SELECT ln(o.last_price)
                FROM minute_metrics AS o
                WHERE
                    o.symbol = d.symbol
                    AND o.ts >= d.day::timestamp AT TIME ZONE 'UTC' - INTERVAL '241 minutes'
                    AND o.ts < d.day::timestamp AT TIME ZONE 'UTC' + INTERVAL '1 day'
                    AND o.last_price > 0
                ORDER BY o.ts
                LIMIT 1
            ) AS centre
        ) AS c
    ),

    moves AS (
        SELECT
            m.*,
            m.x - lag(m.x) OVER (ORDER BY m.ts) AS r
        FROM minutes AS m
    ),

    running AS (
        -- an exponential average is a running sum with growing weights, divided by the newest weight:
        -- q^-n x[n] summed up, times q^n; the growth keeps old terms from costing digits
        SELECT
            m.*,
            count(m.r) OVER w AS moves,
            count(m.x) OVER w AS prices,
            sum(coalesce(m.r * m.r, 0)) OVER w AS squares,
            sum(coalesce(greatest(m.r, 0), 0)) OVER w AS ups,
            sum(coalesce(greatest(-m.r, 0), 0)) OVER w AS downs,
            sum(coalesce(m.x, 0) * power(13.0::float8 / 11, m.n)) OVER w AS weighted_fast,
            sum(coalesce(m.x, 0) * power(27.0::float8 / 25, m.n)) OVER w AS weighted_slow
        FROM moves AS m
        WINDOW w AS (ORDER BY m.ts)
    ),

    sums AS (
        SELECT
            r.*,
            (r.weighted_fast - lag(r.weighted_fast, 180) OVER w) * power(11.0::float8 / 13, r.n) * (2.0::float8 / 13)
            / (1 - power(11.0::float8 / 13, 180)) AS fast,
            (r.weighted_slow - lag(r.weighted_slow, 180) OVER w) * power(25.0::float8 / 27, r.n) * (2.0::float8 / 27)
            / (1 - power(25.0::float8 / 27, 180)) AS slow
        FROM running AS r
        WINDOW w AS (ORDER BY r.ts)
    ),

    features AS (
        SELECT
            s.ts,
            s.is_loaded,
            CASE WHEN s.moves - lag(s.moves, 1) OVER w = 1 THEN s.x - lag(s.x, 1) OVER w END AS return_1m,
            CASE WHEN s.moves - lag(s.moves, 2) OVER w = 2 THEN s.x - lag(s.x, 2) OVER w END AS return_2m,
            CASE WHEN s.moves - lag(s.moves, 3) OVER w = 3 THEN s.x - lag(s.x, 3) OVER w END AS return_3m,
            CASE WHEN s.moves - lag(s.moves, 5) OVER w = 5 THEN s.x - lag(s.x, 5) OVER w END AS return_5m,
            CASE WHEN s.moves - lag(s.moves, 10) OVER w = 10 THEN s.x - lag(s.x, 10) OVER w END AS return_10m,
            CASE WHEN s.moves - lag(s.moves, 15) OVER w = 15 THEN s.x - lag(s.x, 15) OVER w END AS return_15m,
            CASE WHEN s.moves - lag(s.moves, 30) OVER w = 30 THEN s.x - lag(s.x, 30) OVER w END AS return_30m,
            CASE WHEN s.moves - lag(s.moves, 60) OVER w = 60 THEN s.x - lag(s.x, 60) OVER w END AS return_60m,
            CASE WHEN s.moves - lag(s.moves, 120) OVER w = 120 THEN s.x - lag(s.x, 120) OVER w END AS return_120m,
            CASE WHEN s.moves - lag(s.moves, 240) OVER w = 240 THEN s.x - lag(s.x, 240) OVER w END AS return_240m,
            60 * s.price_deriv_5m / s.price AS slope_5m,
            60 * s.price_deriv_10m / s.price AS slope_10m,
            60 * s.price_deriv_15m / s.price AS slope_15m,
            60 * s.price_deriv_30m / s.price AS slope_30m,
            60 * s.price_deriv_1h / s.price AS slope_60m,
            ln(s.price / s.price_avg_5m) AS distance_to_average_5m,
            ln(s.price / s.price_avg_10m) AS distance_to_average_10m,
            ln(s.price / s.price_avg_15m) AS distance_to_average_15m,
            ln(s.price / s.price_avg_30m) AS distance_to_average_30m,
            ln(s.price / s.price_avg_1h) AS distance_to_average_60m,
            CASE WHEN s.moves - lag(s.moves, 5) OVER w = 5 THEN sqrt(greatest(s.squares - lag(s.squares, 5) OVER w, 0) / 5) END AS realised_volatility_5m,
            CASE WHEN s.moves - lag(s.moves, 10) OVER w = 10 THEN sqrt(greatest(s.squares - lag(s.squares, 10) OVER w, 0) / 10) END AS realised_volatility_10m,
            CASE WHEN s.moves - lag(s.moves, 15) OVER w = 15 THEN sqrt(greatest(s.squares - lag(s.squares, 15) OVER w, 0) / 15) END AS realised_volatility_15m,
            CASE WHEN s.moves - lag(s.moves, 30) OVER w = 30 THEN sqrt(greatest(s.squares - lag(s.squares, 30) OVER w, 0) / 30) END AS realised_volatility_30m,
            CASE WHEN s.moves - lag(s.moves, 60) OVER w = 60 THEN sqrt(greatest(s.squares - lag(s.squares, 60) OVER w, 0) / 60) END AS realised_volatility_60m,
            CASE WHEN s.moves - lag(s.moves, 120) OVER w = 120 THEN sqrt(greatest(s.squares - lag(s.squares, 120) OVER w, 0) / 120) END AS realised_volatility_120m,
            CASE WHEN s.moves - lag(s.moves, 240) OVER w = 240 THEN sqrt(greatest(s.squares - lag(s.squares, 240) OVER w, 0) / 240) END AS realised_volatility_240m,
            CASE WHEN s.moves - lag(s.moves, 14) OVER w = 14 THEN (s.ups - lag(s.ups, 14) OVER w) / nullif((s.ups - lag(s.ups, 14) OVER w) + (s.downs - lag(s.downs, 14) OVER w), 0) END AS rsi_14m,
            CASE WHEN s.moves - lag(s.moves, 30) OVER w = 30 THEN (s.ups - lag(s.ups, 30) OVER w) / nullif((s.ups - lag(s.ups, 30) OVER w) + (s.downs - lag(s.downs, 30) OVER w), 0) END AS rsi_30m,
            CASE WHEN s.moves - lag(s.moves, 60) OVER w = 60 THEN (s.ups - lag(s.ups, 60) OVER w) / nullif((s.ups - lag(s.ups, 60) OVER w) + (s.downs - lag(s.downs, 60) OVER w), 0) END AS rsi_60m,
            CASE WHEN s.prices - lag(s.prices, 180) OVER w = 180 THEN s.fast - s.slow END AS macd,
            CASE WHEN count(s.x) OVER band = 20 THEN (s.x - avg(s.x) OVER band) / nullif(stddev_pop(s.x) OVER band, 0) END AS bollinger_position,
            CASE WHEN count(s.x) OVER band = 20 THEN stddev_pop(s.x) OVER band END AS bollinger_width,
            ln(s.volume / lag(s.volume, 5) OVER w) AS volume_change_5m,
            ln(s.volume / lag(s.volume, 15) OVER w) AS volume_change_15m,
            ln(s.volume / lag(s.volume, 60) OVER w) AS volume_change_60m,
            60 * s.volume_deriv_5m / s.volume AS volume_slope_5m,
            60 * s.volume_deriv_15m / s.volume AS volume_slope_15m,
            ln(s.volume / s.volume_avg_5m) AS volume_distance_to_average_5m,
            ln(s.volume / s.volume_avg_15m) AS volume_distance_to_average_15m,
            sin(2 * pi() * mod(extract(EPOCH FROM s.ts)::bigint, 86400) / 86400) AS day_sin,
            cos(2 * pi() * mod(extract(EPOCH FROM s.ts)::bigint, 86400) / 86400) AS day_cos,
            sin(2 * pi() * mod(extract(EPOCH FROM s.ts)::bigint, 604800) / 604800) AS week_sin,
            cos(2 * pi() * mod(extract(EPOCH FROM s.ts)::bigint, 604800) / 604800) AS week_cos
        FROM sums AS s
        WINDOW
            w AS (ORDER BY s.ts),
            band AS (ORDER BY s.ts ROWS BETWEEN 19 PRECEDING AND CURRENT ROW)
    )

    SELECT
        f.*,
        ln(nullif(f.realised_volatility_5m, 0) / nullif(f.realised_volatility_60m, 0)) AS volatility_ratio_5m_60m,
        ln(nullif(f.realised_volatility_15m, 0) / nullif(f.realised_volatility_240m, 0)) AS volatility_ratio_15m_240m,
        ln(nullif(f.realised_volatility_60m, 0) / nullif(f.realised_volatility_240m, 0)) AS volatility_ratio_60m_240m,
        f.macd / nullif(f.realised_volatility_60m, 0) AS macd_to_volatility
    FROM features AS f
    WHERE f.is_loaded AND f.ts >= d.day::timestamp AT TIME ZONE 'UTC'
    OFFSET 0
) AS v;
COMMENT ON VIEW minute_features IS 'One row a loaded minute; ask with symbol and day (features_between adds day)';
COMMENT ON COLUMN minute_features.symbol IS 'Name of the market';
COMMENT ON COLUMN minute_features.day IS 'UTC date of ts; a predicate on it reads only those days';
COMMENT ON COLUMN minute_features.ts IS 'End of the minute, UTC; every feature is known then';
COMMENT ON COLUMN minute_features.return_1m IS 'Log return of last_price over 1 minute, ln(p[t] / p[t-1]); look-back 1 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.return_2m IS 'Log return of last_price over 2 minutes, ln(p[t] / p[t-2]); look-back 2 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.return_3m IS 'Log return of last_price over 3 minutes, ln(p[t] / p[t-3]); look-back 3 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.return_5m IS 'Log return of last_price over 5 minutes, ln(p[t] / p[t-5]); look-back 5 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.return_10m IS 'Log return of last_price over 10 minutes, ln(p[t] / p[t-10]); look-back 10 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.return_15m IS 'Log return of last_price over 15 minutes, ln(p[t] / p[t-15]); look-back 15 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.return_30m IS 'Log return of last_price over 30 minutes, ln(p[t] / p[t-30]); look-back 30 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.return_60m IS 'Log return of last_price over 60 minutes, ln(p[t] / p[t-60]); look-back 60 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.return_120m IS 'Log return of last_price over 120 minutes, ln(p[t] / p[t-120]); look-back 120 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.return_240m IS 'Log return of last_price over 240 minutes, ln(p[t] / p[t-240]); look-back 240 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.slope_5m IS 'Recorded price_deriv_5m over last_price, fraction a minute; look-back 5 min at the source; NULL: not recorded';
COMMENT ON COLUMN minute_features.slope_10m IS 'Recorded price_deriv_10m over last_price, fraction a minute; look-back 10 min at the source; NULL: not recorded';
COMMENT ON COLUMN minute_features.slope_15m IS 'Recorded price_deriv_15m over last_price, fraction a minute; look-back 15 min at the source; NULL: not recorded';
COMMENT ON COLUMN minute_features.slope_30m IS 'Recorded price_deriv_30m over last_price, fraction a minute; look-back 30 min at the source; NULL: not recorded';
COMMENT ON COLUMN minute_features.slope_60m IS 'Recorded price_deriv_1h over last_price, fraction a minute; look-back 60 min at the source; NULL: not recorded';
COMMENT ON COLUMN minute_features.distance_to_average_5m IS 'ln(last_price / price_avg_5m); look-back 5 min at the source; NULL: not recorded';
COMMENT ON COLUMN minute_features.distance_to_average_10m IS 'ln(last_price / price_avg_10m); look-back 10 min at the source; NULL: not recorded';
COMMENT ON COLUMN minute_features.distance_to_average_15m IS 'ln(last_price / price_avg_15m); look-back 15 min at the source; NULL: not recorded';
COMMENT ON COLUMN minute_features.distance_to_average_30m IS 'ln(last_price / price_avg_30m); look-back 30 min at the source; NULL: not recorded';
COMMENT ON COLUMN minute_features.distance_to_average_60m IS 'ln(last_price / price_avg_1h); look-back 60 min at the source; NULL: not recorded';
COMMENT ON COLUMN minute_features.realised_volatility_5m IS 'Root mean square of the 5 last one-minute log returns, per square root of a minute; look-back 5 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.realised_volatility_10m IS 'Root mean square of the 10 last one-minute log returns, per square root of a minute; look-back 10 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.realised_volatility_15m IS 'Root mean square of the 15 last one-minute log returns, per square root of a minute; look-back 15 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.realised_volatility_30m IS 'Root mean square of the 30 last one-minute log returns, per square root of a minute; look-back 30 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.realised_volatility_60m IS 'Root mean square of the 60 last one-minute log returns, per square root of a minute; look-back 60 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.realised_volatility_120m IS 'Root mean square of the 120 last one-minute log returns, per square root of a minute; look-back 120 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.realised_volatility_240m IS 'Root mean square of the 240 last one-minute log returns, per square root of a minute; look-back 240 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.volatility_ratio_5m_60m IS 'ln(realised_volatility_5m / realised_volatility_60m); look-back 60 min; NULL: a minute of it is missing, or the price did not move';
COMMENT ON COLUMN minute_features.volatility_ratio_15m_240m IS 'ln(realised_volatility_15m / realised_volatility_240m); look-back 240 min; NULL: a minute of it is missing, or the price did not move';
COMMENT ON COLUMN minute_features.volatility_ratio_60m_240m IS 'ln(realised_volatility_60m / realised_volatility_240m); look-back 240 min; NULL: a minute of it is missing, or the price did not move';
COMMENT ON COLUMN minute_features.rsi_14m IS 'Relative strength by plain sums (Cutler): share of rises in all moves of the 14 last minutes, 0 to 1; look-back 14 min; NULL: a minute of it is missing, or the price did not move';
COMMENT ON COLUMN minute_features.rsi_30m IS 'Relative strength by plain sums (Cutler): share of rises in all moves of the 30 last minutes, 0 to 1; look-back 30 min; NULL: a minute of it is missing, or the price did not move';
COMMENT ON COLUMN minute_features.rsi_60m IS 'Relative strength by plain sums (Cutler): share of rises in all moves of the 60 last minutes, 0 to 1; look-back 60 min; NULL: a minute of it is missing, or the price did not move';
COMMENT ON COLUMN minute_features.macd_to_volatility IS 'macd in units of realised_volatility_60m; look-back 180 min; NULL: a minute of it is missing, or the price did not move';
COMMENT ON COLUMN minute_features.bollinger_position IS '(ln p - mean) / standard deviation of ln p over 20 minutes; look-back 20 min; NULL: a minute of it is missing, or the price did not move';
COMMENT ON COLUMN minute_features.bollinger_width IS 'Standard deviation of ln(last_price) over 20 minutes; look-back 20 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.volume_change_5m IS 'ln of the 24 h volume gauge over its value 5 minutes ago; look-back 5 min; NULL: one of the two is missing';
COMMENT ON COLUMN minute_features.volume_change_15m IS 'ln of the 24 h volume gauge over its value 15 minutes ago; look-back 15 min; NULL: one of the two is missing';
COMMENT ON COLUMN minute_features.volume_change_60m IS 'ln of the 24 h volume gauge over its value 60 minutes ago; look-back 60 min; NULL: one of the two is missing';
COMMENT ON COLUMN minute_features.volume_slope_5m IS 'Recorded volume_deriv_5m over volume_24h, fraction a minute; look-back 5 min at the source; NULL: not recorded';
COMMENT ON COLUMN minute_features.volume_slope_15m IS 'Recorded volume_deriv_15m over volume_24h, fraction a minute; look-back 15 min at the source; NULL: not recorded';
COMMENT ON COLUMN minute_features.volume_distance_to_average_5m IS 'ln(volume_24h / volume_avg_5m); look-back 5 min at the source; NULL: not recorded';
COMMENT ON COLUMN minute_features.volume_distance_to_average_15m IS 'ln(volume_24h / volume_avg_15m); look-back 15 min at the source; NULL: not recorded';
COMMENT ON COLUMN minute_features.day_sin IS 'Sine of the time of the UTC day as a cycle, -1 to 1; no look-back; never NULL';
COMMENT ON COLUMN minute_features.day_cos IS 'Cosine of the time of the UTC day as a cycle, -1 to 1; no look-back; never NULL';
COMMENT ON COLUMN minute_features.week_sin IS 'Sine of the time of the UTC week as a cycle that begins on Thursday 00:00, -1 to 1; no look-back; never NULL';
COMMENT ON COLUMN minute_features.week_cos IS 'Cosine of the time of the UTC week as a cycle that begins on Thursday 00:00, -1 to 1; no look-back; never NULL';
COMMENT ON COLUMN minute_features.complete IS 'True: no feature is NULL; only complete minutes are trained on and scored';
