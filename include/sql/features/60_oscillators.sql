-- name: relative strength and MACD, by exponential averages
-- grain: n
-- keys: n
-- reads: minutes
SELECT
    a.n,
    CASE WHEN a.moves >= 360 THEN 100 * least(a.rises_14, a.changes_14) / nullif(a.changes_14, 0) END AS rsi_14m,
    CASE WHEN a.moves >= 720 THEN 100 * least(a.rises_30, a.changes_30) / nullif(a.changes_30, 0) END AS rsi_30m,
    CASE WHEN a.moves >= 1440 THEN 100 * least(a.rises_60, a.changes_60) / nullif(a.changes_60, 0) END AS rsi_60m,
    CASE WHEN a.moves >= 359 THEN a.macd / nullif(a.volatility, 0) END AS macd_to_volatility,
    CASE WHEN a.moves >= 359 THEN a.macd_signal / nullif(a.volatility, 0) END AS macd_signal_to_volatility,
    CASE WHEN a.moves >= 359 THEN (a.macd - a.macd_signal) / nullif(a.volatility, 0) END AS macd_histogram_to_volatility
FROM (
    SELECT
        e.*,
        e.average_12 - e.average_26 AS macd,
        -- the average over 9 minutes of the averages over 12 and over 26, in closed form: of one with weights a^k over
        -- one with weights b^k it is ((1 - b) * a * the one with a - (1 - a) * b * the one with b) / (a - b)
        (2.0::float8 / 13 * 4 / 5 * e.average_9 - 1.0::float8 / 5 * 11 / 13 * e.average_12)
        / (4.0::float8 / 5 - 11.0::float8 / 13)
        - (2.0::float8 / 27 * 4 / 5 * e.average_9 - 1.0::float8 / 5 * 25 / 27 * e.average_26)
        / (4.0::float8 / 5 - 25.0::float8 / 27) AS macd_signal
    FROM (
        SELECT
            m.n,
            m.moves,
            sqrt(greatest(m.squares - past.squares[m.i - 60], 0) / 60) AS volatility,
            past.rises_14[m.i] - past.rises_14[m.i - 360] AS rises_14,
            past.changes_14[m.i] - past.changes_14[m.i - 360] AS changes_14,
            past.rises_30[m.i] - past.rises_30[m.i - 720] AS rises_30,
            past.changes_30[m.i] - past.changes_30[m.i - 720] AS changes_30,
            past.rises_60[m.i] - past.rises_60[m.i - 1440] AS rises_60,
            past.changes_60[m.i] - past.changes_60[m.i - 1440] AS changes_60,
            (past.weighted_9[m.i] - past.weighted_9[m.i - 360]) * power(4::float8 / 5, m.n)
            * (1 - 4.0::float8 / 5) / (1 - power(4::float8 / 5, 360)) AS average_9,
            (past.weighted_12[m.i] - past.weighted_12[m.i - 360]) * power(11::float8 / 13, m.n)
            * (1 - 11.0::float8 / 13) / (1 - power(11::float8 / 13, 360)) AS average_12,
            (past.weighted_26[m.i] - past.weighted_26[m.i - 360]) * power(25::float8 / 27, m.n)
            * (1 - 25.0::float8 / 27) / (1 - power(25::float8 / 27, 360)) AS average_26
        FROM minutes AS m
        CROSS JOIN (
            SELECT
                array_agg(s.squares) AS squares,
                array_agg(s.rises_14) AS rises_14,
                array_agg(s.changes_14) AS changes_14,
                array_agg(s.rises_30) AS rises_30,
                array_agg(s.changes_30) AS changes_30,
                array_agg(s.rises_60) AS rises_60,
                array_agg(s.changes_60) AS changes_60,
                array_agg(s.weighted_9) AS weighted_9,
                array_agg(s.weighted_12) AS weighted_12,
                array_agg(s.weighted_26) AS weighted_26
            FROM (
                -- an exponential average is a running sum with growing weights, times the newest weight: q^-n x[n] summed
                -- up, times q^n (which a ratio of two does not need); the first terms are taken off again, so that nothing
                -- before the look-back is left
                SELECT
                    m.squares,
                    sum(greatest(coalesce(m.change_14, 0), 0)) OVER w AS rises_14,
                    sum(abs(coalesce(m.change_14, 0))) OVER w AS changes_14,
                    sum(greatest(coalesce(m.change_30, 0), 0)) OVER w AS rises_30,
                    sum(abs(coalesce(m.change_30, 0))) OVER w AS changes_30,
                    sum(greatest(coalesce(m.change_60, 0), 0)) OVER w AS rises_60,
                    sum(abs(coalesce(m.change_60, 0))) OVER w AS changes_60,
                    sum(coalesce(m.weighted_9, 0)) OVER w AS weighted_9,
                    sum(coalesce(m.weighted_12, 0)) OVER w AS weighted_12,
                    sum(coalesce(m.weighted_26, 0)) OVER w AS weighted_26
                FROM (
                    SELECT
                        p.n,
                        p.squares,
                        (p.y - lag(p.y) OVER w) * power(14::float8 / 13, p.n) AS change_14,
                        (p.y - lag(p.y) OVER w) * power(30::float8 / 29, p.n) AS change_30,
                        (p.y - lag(p.y) OVER w) * power(60::float8 / 59, p.n) AS change_60,
                        p.x * power(5::float8 / 4, p.n) AS weighted_9,
                        p.x * power(13::float8 / 11, p.n) AS weighted_12,
                        p.x * power(27::float8 / 25, p.n) AS weighted_26
                    FROM minutes AS p
                    WINDOW w AS (ORDER BY p.n)
                ) AS m
                WINDOW w AS (ORDER BY m.n)
                ORDER BY m.n
            ) AS s
        ) AS past
        WHERE m.n >= 0
        OFFSET 0
    ) AS e
) AS a;
COMMENT ON COLUMN minute_features.rsi_14m IS 'Relative strength index (Wilder) of last_price over 14 minutes, 0 to 100; averages cut off after 360 moves, whose weight is below 1e-10; look-back 360 min; NULL: a minute of it is missing, or the price did not move';
COMMENT ON COLUMN minute_features.rsi_30m IS 'Relative strength index (Wilder) of last_price over 30 minutes, 0 to 100; averages cut off after 720 moves, whose weight is below 1e-10; look-back 720 min; NULL: a minute of it is missing, or the price did not move';
COMMENT ON COLUMN minute_features.rsi_60m IS 'Relative strength index (Wilder) of last_price over 60 minutes, 0 to 100; averages cut off after 1440 moves, whose weight is below 1e-10; look-back 1440 min; NULL: a minute of it is missing, or the price did not move';
COMMENT ON COLUMN minute_features.macd_to_volatility IS 'MACD, average over 12 minutes minus average over 26, in units of realised_volatility_60m; exponential averages of ln(last_price) cut off after 360 minutes, whose weight is below 1e-11; look-back 359 min; NULL: a minute of it is missing, or the price did not move';
COMMENT ON COLUMN minute_features.macd_signal_to_volatility IS 'Average over 9 minutes of the MACD (12, 26) in units of realised_volatility_60m; exponential averages of ln(last_price) cut off after 360 minutes, whose weight is below 1e-11; look-back 359 min; NULL: a minute of it is missing, or the price did not move';
COMMENT ON COLUMN minute_features.macd_histogram_to_volatility IS 'MACD (12, 26) minus its average over 9 minutes, in units of realised_volatility_60m; exponential averages of ln(last_price) cut off after 360 minutes, whose weight is below 1e-11; look-back 359 min; NULL: a minute of it is missing, or the price did not move';
