-- name: how long ago the last big move was
-- grain: n
-- keys: n
-- reads: minutes
SELECT
    s.n,
    CASE WHEN s.moves >= 240 THEN least(s.n - max(s.moved_30bp) OVER w, 225)::float8 END AS minutes_since_move_of_30bp,
    CASE WHEN s.moves >= 1440 THEN least(s.n - max(s.moved_100bp) OVER w, 1380)::float8 END AS minutes_since_move_of_100bp
FROM (
    SELECT
        m.n,
        m.moves,
        CASE WHEN m.moves >= 15 AND abs(m.x - lag(m.x, 15) OVER w) > 0.003 THEN m.n END AS moved_30bp,
        CASE WHEN m.moves >= 60 AND abs(m.x - lag(m.x, 60) OVER w) > 0.01 THEN m.n END AS moved_100bp
    FROM minutes AS m
    WINDOW w AS (ORDER BY m.n)
) AS s
WINDOW w AS (ORDER BY s.n);
COMMENT ON COLUMN minute_features.minutes_since_move_of_30bp IS 'Minutes since the price last was more than 0.3 % (log return) from that of 15 minutes before; 225: not within 225 minutes; look-back 240 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.minutes_since_move_of_100bp IS 'Minutes since the price last was more than 1 % (log return) from that of 60 minutes before; 1380: not within 1380 minutes; look-back 1440 min; NULL: a minute of it is missing';
