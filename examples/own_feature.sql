-- name: how much of the last hour's moves went up
-- grain: n
-- keys: n
-- reads: minutes
SELECT
    m.n,
    CASE
        WHEN m.moves >= 60
            THEN (m.price - lag(m.price, 60) OVER w) / nullif(max(m.price) OVER hour - min(m.price) OVER hour, 0)
    END AS net_move_in_range_60m
FROM minutes AS m
WHERE m.n >= -60
WINDOW w AS (ORDER BY m.n), hour AS (ORDER BY m.n ROWS BETWEEN 60 PRECEDING AND CURRENT ROW);
COMMENT ON COLUMN minute_features.net_move_in_range_60m IS 'Move of the last 60 minutes over their range, a ratio from -1 to 1: 1 where the hour went straight up; look-back 60 min; NULL: a minute of it is missing, or the price never moved';
