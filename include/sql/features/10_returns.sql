-- name: how far the price has moved
-- grain: n
-- keys: n
-- reads: minutes
SELECT
    m.n,
    CASE WHEN m.moves >= 1 THEN m.r END AS return_1m,
    CASE WHEN m.moves >= 2 THEN m.x - past.x[m.i - 2] END AS return_2m,
    CASE WHEN m.moves >= 3 THEN m.x - past.x[m.i - 3] END AS return_3m,
    CASE WHEN m.moves >= 5 THEN m.x - past.x[m.i - 5] END AS return_5m,
    CASE WHEN m.moves >= 10 THEN m.x - past.x[m.i - 10] END AS return_10m,
    CASE WHEN m.moves >= 15 THEN m.x - past.x[m.i - 15] END AS return_15m,
    CASE WHEN m.moves >= 30 THEN m.x - past.x[m.i - 30] END AS return_30m,
    CASE WHEN m.moves >= 60 THEN m.x - past.x[m.i - 60] END AS return_60m,
    CASE WHEN m.moves >= 120 THEN m.x - past.x[m.i - 120] END AS return_120m,
    CASE WHEN m.moves >= 240 THEN m.x - past.x[m.i - 240] END AS return_240m,
    CASE WHEN m.moves >= 480 THEN m.x - past.x[m.i - 480] END AS return_480m,
    CASE WHEN m.moves >= 1440 THEN m.x - past.x[m.i - 1440] END AS return_1440m,
    CASE
        WHEN m.moves >= 15
            THEN (past.rises[m.i] - past.rises[m.i - 15]) / nullif(past.changes[m.i] - past.changes[m.i - 15], 0)
    END AS up_move_share_15m,
    CASE
        WHEN m.moves >= 60
            THEN (past.rises[m.i] - past.rises[m.i - 60]) / nullif(past.changes[m.i] - past.changes[m.i - 60], 0)
    END AS up_move_share_60m,
    CASE
        WHEN m.moves >= 240
            THEN (past.rises[m.i] - past.rises[m.i - 240]) / nullif(past.changes[m.i] - past.changes[m.i - 240], 0)
    END AS up_move_share_240m
FROM minutes AS m
CROSS JOIN (
    SELECT
        array_agg(s.x) AS x,
        array_agg(s.rises) AS rises,
        array_agg(s.changes) AS changes
    FROM (
        SELECT
            coalesce(m.x, 0) AS x,
            sum(coalesce(greatest(m.r, 0), 0)) OVER w AS rises,
            sum(coalesce(abs(m.r), 0)) OVER w AS changes
        FROM minutes AS m
        WINDOW w AS (ORDER BY m.n)
        ORDER BY m.n
    ) AS s
) AS past
WHERE m.n >= 0
OFFSET 0;
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
COMMENT ON COLUMN minute_features.return_480m IS 'Log return of last_price over 480 minutes, ln(p[t] / p[t-480]); look-back 480 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.return_1440m IS 'Log return of last_price over 1440 minutes, ln(p[t] / p[t-1440]); look-back 1440 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.up_move_share_15m IS 'Share of rises in all moves, sum of max(r, 0) / sum of |r| over the 15 last one-minute log returns r, 0 to 1; look-back 15 min; NULL: a minute of it is missing, or the price did not move';
COMMENT ON COLUMN minute_features.up_move_share_60m IS 'Share of rises in all moves, sum of max(r, 0) / sum of |r| over the 60 last one-minute log returns r, 0 to 1; look-back 60 min; NULL: a minute of it is missing, or the price did not move';
COMMENT ON COLUMN minute_features.up_move_share_240m IS 'Share of rises in all moves, sum of max(r, 0) / sum of |r| over the 240 last one-minute log returns r, 0 to 1; look-back 240 min; NULL: a minute of it is missing, or the price did not move';
