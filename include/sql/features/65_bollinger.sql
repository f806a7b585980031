-- name: Bollinger bands
-- grain: n
-- keys: n
-- reads: minutes
SELECT
    s.n,
    CASE WHEN s.moves >= 19 THEN 0.5 + (s.y - s.mean) / nullif(4 * s.deviation, 0) END AS bollinger_position,
    CASE WHEN s.moves >= 19 THEN 4 * s.deviation / (1 + s.mean) END AS bollinger_width
FROM (
    SELECT
        m.n,
        m.y,
        m.moves,
        avg(m.y) OVER band AS mean,
        -- exactly 0 where the price stood still, which rounding would hide
        CASE WHEN m.squares > lag(m.squares, 19) OVER w THEN stddev_pop(m.y) OVER band ELSE 0 END AS deviation
    FROM minutes AS m
    WHERE m.n >= -19
    WINDOW
        w AS (ORDER BY m.n),
        band AS (ORDER BY m.n ROWS BETWEEN 19 PRECEDING AND CURRENT ROW)
) AS s;
COMMENT ON COLUMN minute_features.bollinger_position IS 'Bollinger %B of last_price, 20 minutes and 2 population standard deviations: 0 at the lower band, 1 at the upper; look-back 19 min; NULL: a minute of it is missing, or the price did not move';
COMMENT ON COLUMN minute_features.bollinger_width IS 'Upper minus lower Bollinger band (20 minutes, 2 population standard deviations) over their middle, a fraction; look-back 19 min; NULL: a minute of it is missing';
