-- name: where the price stands in its range
-- grain: n
-- keys: n
-- reads: minutes
-- The highest of 4, 16, 64 minutes is that of four stretches a quarter as long: the cost hardly grows with the window.
SELECT
    n,
    CASE WHEN e.moves >= 59 THEN (e.x - e.low_60) / nullif(e.high_60 - e.low_60, 0) END AS range_position_60m,
    CASE WHEN e.moves >= 239 THEN (e.x - e.low_240) / nullif(e.high_240 - e.low_240, 0) END AS range_position_240m,
    CASE WHEN e.moves >= 1439 THEN (e.x - l.low_1440) / nullif(l.high_1440 - l.low_1440, 0) END AS range_position_1440m,
    CASE WHEN e.moves >= 59 THEN e.high_60 - e.low_60 END AS range_width_60m,
    CASE WHEN e.moves >= 239 THEN e.high_240 - e.low_240 END AS range_width_240m,
    CASE WHEN e.moves >= 1439 THEN l.high_1440 - l.low_1440 END AS range_width_1440m,
    CASE WHEN e.moves >= 59 THEN e.x - e.high_60 END AS drawdown_60m,
    CASE WHEN e.moves >= 239 THEN e.x - e.high_240 END AS drawdown_240m,
    CASE WHEN e.moves >= 1439 THEN e.x - l.high_1440 END AS drawdown_1440m
FROM (
    SELECT
        c.n,
        c.moves,
        c.x,
        c.high_60,
        c.low_60,
        greatest(c.high_64, lag(c.high_64, 64) OVER w, lag(c.high_64, 128) OVER w, lag(c.high_64, 176) OVER w) AS high_240,
        least(c.low_64, lag(c.low_64, 64) OVER w, lag(c.low_64, 128) OVER w, lag(c.low_64, 176) OVER w) AS low_240
    FROM (
        SELECT
            b.n,
            b.moves,
            b.x,
            greatest(b.high_16, lag(b.high_16, 16) OVER w, lag(b.high_16, 32) OVER w, lag(b.high_16, 44) OVER w) AS high_60,
            least(b.low_16, lag(b.low_16, 16) OVER w, lag(b.low_16, 32) OVER w, lag(b.low_16, 44) OVER w) AS low_60,
            greatest(b.high_16, lag(b.high_16, 16) OVER w, lag(b.high_16, 32) OVER w, lag(b.high_16, 48) OVER w) AS high_64,
            least(b.low_16, lag(b.low_16, 16) OVER w, lag(b.low_16, 32) OVER w, lag(b.low_16, 48) OVER w) AS low_64
        FROM (
            SELECT
                a.n,
                a.moves,
                a.x,
                greatest(a.high_4, lag(a.high_4, 4) OVER w, lag(a.high_4, 8) OVER w, lag(a.high_4, 12) OVER w) AS high_16,
                least(a.low_4, lag(a.low_4, 4) OVER w, lag(a.low_4, 8) OVER w, lag(a.low_4, 12) OVER w) AS low_16
            FROM (
                SELECT
                    m.n,
                    m.moves,
                    m.x,
                    greatest(m.x, lag(m.x, 1) OVER w, lag(m.x, 2) OVER w, lag(m.x, 3) OVER w) AS high_4,
                    least(m.x, lag(m.x, 1) OVER w, lag(m.x, 2) OVER w, lag(m.x, 3) OVER w) AS low_4
                FROM minutes AS m
                WHERE m.n >= -240
                WINDOW w AS (ORDER BY m.n)
            ) AS a
            WINDOW w AS (ORDER BY a.n)
        ) AS b
        WINDOW w AS (ORDER BY b.n)
    ) AS c
    WINDOW w AS (ORDER BY c.n)
) AS e
FULL JOIN (
    -- 24 hours are what is left of yesterday and what there is of today
    SELECT
        h.n,
        greatest(h.high_so_far, lag(h.high_from_here, 1439) OVER w) AS high_1440,
        least(h.low_so_far, lag(h.low_from_here, 1439) OVER w) AS low_1440
    FROM (
        SELECT
            m.n,
            max(m.x) OVER so_far AS high_so_far,
            min(m.x) OVER so_far AS low_so_far,
            max(m.x) OVER from_here AS high_from_here,
            min(m.x) OVER from_here AS low_from_here
        FROM minutes AS m
        WINDOW
            so_far AS (PARTITION BY m.n >= 0 ORDER BY m.n),
            from_here AS (PARTITION BY m.n >= 0 ORDER BY m.n DESC)
    ) AS h
    WINDOW w AS (ORDER BY h.n)
) AS l USING (n);
COMMENT ON COLUMN minute_features.range_position_60m IS 'Place of ln(last_price) between the lowest and the highest of the 60 newest, 0 to 1; look-back 59 min; NULL: a minute of it is missing, or the price did not move';
COMMENT ON COLUMN minute_features.range_position_240m IS 'Place of ln(last_price) between the lowest and the highest of the 240 newest, 0 to 1; look-back 239 min; NULL: a minute of it is missing, or the price did not move';
COMMENT ON COLUMN minute_features.range_position_1440m IS 'Place of ln(last_price) between the lowest and the highest of the 1440 newest, 0 to 1; look-back 1439 min; NULL: a minute of it is missing, or the price did not move';
COMMENT ON COLUMN minute_features.range_width_60m IS 'ln(highest / lowest) of the 60 newest prices; look-back 59 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.range_width_240m IS 'ln(highest / lowest) of the 240 newest prices; look-back 239 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.range_width_1440m IS 'ln(highest / lowest) of the 1440 newest prices; look-back 1439 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.drawdown_60m IS 'ln(last_price / highest of the 60 newest prices), 0 or less; look-back 59 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.drawdown_240m IS 'ln(last_price / highest of the 240 newest prices), 0 or less; look-back 239 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.drawdown_1440m IS 'ln(last_price / highest of the 1440 newest prices), 0 or less; look-back 1439 min; NULL: a minute of it is missing';
