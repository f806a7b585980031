-- name: where the price stands in its range
-- grain: n
-- keys: n
-- reads: minutes
-- The highest of an hour is that of six stretches of ten minutes, that of four hours that of four hours, and that of a day
-- that of six stretches of four hours: the cost hardly grows with the window.
WITH ten_minutes AS (
    SELECT
        array_agg(s.high) AS high,
        array_agg(s.low) AS low
    FROM (
        SELECT
            max(coalesce(m.x, 0)) OVER ten AS high,
            min(coalesce(m.x, 0)) OVER ten AS low
        FROM minutes AS m
        WINDOW ten AS (ORDER BY m.n ROWS BETWEEN 9 PRECEDING AND CURRENT ROW)
        ORDER BY m.n
    ) AS s
),

hour AS (
    SELECT
        array_agg(greatest(t.high[i], t.high[i - 10], t.high[i - 20], t.high[i - 30], t.high[i - 40], t.high[i - 50])) AS high,
        array_agg(least(t.low[i], t.low[i - 10], t.low[i - 20], t.low[i - 30], t.low[i - 40], t.low[i - 50])) AS low
    FROM ten_minutes AS t
    CROSS JOIN LATERAL generate_series(1, cardinality(t.high)) AS g (i)
),

four_hours AS (
    SELECT
        array_agg(greatest(h.high[i], h.high[i - 60], h.high[i - 120], h.high[i - 180])) AS high,
        array_agg(least(h.low[i], h.low[i - 60], h.low[i - 120], h.low[i - 180])) AS low
    FROM hour AS h
    CROSS JOIN LATERAL generate_series(1, cardinality(h.high)) AS g (i)
)

SELECT
    e.n,
    CASE WHEN e.moves >= 59 THEN (e.x - e.low_60) / nullif(e.high_60 - e.low_60, 0) END AS range_position_60m,
    CASE WHEN e.moves >= 239 THEN (e.x - e.low_240) / nullif(e.high_240 - e.low_240, 0) END AS range_position_240m,
    CASE WHEN e.moves >= 1439 THEN (e.x - e.low_1440) / nullif(e.high_1440 - e.low_1440, 0) END AS range_position_1440m,
    CASE WHEN e.moves >= 59 THEN e.high_60 - e.low_60 END AS range_width_60m,
    CASE WHEN e.moves >= 239 THEN e.high_240 - e.low_240 END AS range_width_240m,
    CASE WHEN e.moves >= 1439 THEN e.high_1440 - e.low_1440 END AS range_width_1440m,
    CASE WHEN e.moves >= 59 THEN e.x - e.high_60 END AS drawdown_60m,
    CASE WHEN e.moves >= 239 THEN e.x - e.high_240 END AS drawdown_240m,
    CASE WHEN e.moves >= 1439 THEN e.x - e.high_1440 END AS drawdown_1440m
FROM (
    SELECT
        m.n,
        m.moves,
        m.x,
        h.high[m.i] AS high_60,
        h.low[m.i] AS low_60,
        f.high[m.i] AS high_240,
        f.low[m.i] AS low_240,
        greatest(f.high[m.i], f.high[m.i - 240], f.high[m.i - 480], f.high[m.i - 720], f.high[m.i - 960], f.high[m.i - 1200]) AS high_1440,
        least(f.low[m.i], f.low[m.i - 240], f.low[m.i - 480], f.low[m.i - 720], f.low[m.i - 960], f.low[m.i - 1200]) AS low_1440
    FROM minutes AS m
    CROSS JOIN hour AS h
    CROSS JOIN four_hours AS f
    WHERE m.n >= 0
    OFFSET 0
) AS e;
COMMENT ON COLUMN minute_features.range_position_60m IS 'Place of ln(last_price) between the lowest and the highest of the 60 newest, 0 to 1; look-back 59 min; NULL: a minute of it is missing, or the price did not move';
COMMENT ON COLUMN minute_features.range_position_240m IS 'Place of ln(last_price) between the lowest and the highest of the 240 newest, 0 to 1; look-back 239 min; NULL: a minute of it is missing, or the price did not move';
COMMENT ON COLUMN minute_features.range_position_1440m IS 'Place of ln(last_price) between the lowest and the highest of the 1440 newest, 0 to 1; look-back 1439 min; NULL: a minute of it is missing, or the price did not move';
COMMENT ON COLUMN minute_features.range_width_60m IS 'ln(highest / lowest) of the 60 newest prices; look-back 59 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.range_width_240m IS 'ln(highest / lowest) of the 240 newest prices; look-back 239 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.range_width_1440m IS 'ln(highest / lowest) of the 1440 newest prices; look-back 1439 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.drawdown_60m IS 'ln(last_price / highest of the 60 newest prices), 0 or less; look-back 59 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.drawdown_240m IS 'ln(last_price / highest of the 240 newest prices), 0 or less; look-back 239 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.drawdown_1440m IS 'ln(last_price / highest of the 1440 newest prices), 0 or less; look-back 1439 min; NULL: a minute of it is missing';
