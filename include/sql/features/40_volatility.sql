-- name: how much the price moves: the group that carries the skill
-- grain: n
-- keys: n
-- reads: minutes
SELECT
    v.n,
    v.realised_volatility_5m,
    v.realised_volatility_10m,
    v.realised_volatility_15m,
    v.realised_volatility_30m,
    v.realised_volatility_60m,
    v.realised_volatility_120m,
    v.realised_volatility_240m,
    v.realised_volatility_480m,
    v.realised_volatility_1440m,
    v.realised_volatility_5m / nullif(v.realised_volatility_60m, 0) AS volatility_ratio_5m_60m,
    v.realised_volatility_15m / nullif(v.realised_volatility_240m, 0) AS volatility_ratio_15m_240m,
    v.realised_volatility_60m / nullif(v.realised_volatility_240m, 0) AS volatility_ratio_60m_240m,
    v.realised_volatility_60m / nullif(v.realised_volatility_1440m, 0) AS volatility_ratio_60m_1440m,
    v.realised_volatility_240m / nullif(v.realised_volatility_1440m, 0) AS volatility_ratio_240m_1440m,
    v.upside_variance_share_60m,
    v.upside_variance_share_240m
FROM (
    SELECT
        m.n,
        CASE WHEN m.moves >= 5 THEN sqrt(greatest(m.squares - past.squares[m.i - 5], 0) / 5) END AS realised_volatility_5m,
        CASE WHEN m.moves >= 10 THEN sqrt(greatest(m.squares - past.squares[m.i - 10], 0) / 10) END AS realised_volatility_10m,
        CASE WHEN m.moves >= 15 THEN sqrt(greatest(m.squares - past.squares[m.i - 15], 0) / 15) END AS realised_volatility_15m,
        CASE WHEN m.moves >= 30 THEN sqrt(greatest(m.squares - past.squares[m.i - 30], 0) / 30) END AS realised_volatility_30m,
        CASE WHEN m.moves >= 60 THEN sqrt(greatest(m.squares - past.squares[m.i - 60], 0) / 60) END AS realised_volatility_60m,
        CASE WHEN m.moves >= 120 THEN sqrt(greatest(m.squares - past.squares[m.i - 120], 0) / 120) END AS realised_volatility_120m,
        CASE WHEN m.moves >= 240 THEN sqrt(greatest(m.squares - past.squares[m.i - 240], 0) / 240) END AS realised_volatility_240m,
        CASE WHEN m.moves >= 480 THEN sqrt(greatest(m.squares - past.squares[m.i - 480], 0) / 480) END AS realised_volatility_480m,
        CASE WHEN m.moves >= 1440 THEN sqrt(greatest(m.squares - past.squares[m.i - 1440], 0) / 1440) END AS realised_volatility_1440m,
        CASE
            WHEN m.moves >= 60
                THEN (past.upside[m.i] - past.upside[m.i - 60]) / nullif(m.squares - past.squares[m.i - 60], 0)
        END AS upside_variance_share_60m,
        CASE
            WHEN m.moves >= 240
                THEN (past.upside[m.i] - past.upside[m.i - 240]) / nullif(m.squares - past.squares[m.i - 240], 0)
        END AS upside_variance_share_240m
    FROM minutes AS m
    CROSS JOIN (
        SELECT
            array_agg(s.squares) AS squares,
            array_agg(s.upside) AS upside
        FROM (
            SELECT
                m.squares,
                sum(CASE WHEN m.r > 0 THEN m.r * m.r ELSE 0 END) OVER (ORDER BY m.n) AS upside
            FROM minutes AS m
            ORDER BY m.n
        ) AS s
    ) AS past
    WHERE m.n >= 0
    OFFSET 0
) AS v;
COMMENT ON COLUMN minute_features.realised_volatility_5m IS 'Root mean square of the 5 last one-minute log returns, per square root of a minute; look-back 5 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.realised_volatility_10m IS 'Root mean square of the 10 last one-minute log returns, per square root of a minute; look-back 10 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.realised_volatility_15m IS 'Root mean square of the 15 last one-minute log returns, per square root of a minute; look-back 15 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.realised_volatility_30m IS 'Root mean square of the 30 last one-minute log returns, per square root of a minute; look-back 30 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.realised_volatility_60m IS 'Root mean square of the 60 last one-minute log returns, per square root of a minute; look-back 60 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.realised_volatility_120m IS 'Root mean square of the 120 last one-minute log returns, per square root of a minute; look-back 120 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.realised_volatility_240m IS 'Root mean square of the 240 last one-minute log returns, per square root of a minute; look-back 240 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.realised_volatility_480m IS 'Root mean square of the 480 last one-minute log returns, per square root of a minute; look-back 480 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.realised_volatility_1440m IS 'Root mean square of the 1440 last one-minute log returns, per square root of a minute; look-back 1440 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.volatility_ratio_5m_60m IS 'realised_volatility_5m / realised_volatility_60m, a ratio; look-back 60 min; NULL: a minute of it is missing, or the price did not move in all of it';
COMMENT ON COLUMN minute_features.volatility_ratio_15m_240m IS 'realised_volatility_15m / realised_volatility_240m, a ratio; look-back 240 min; NULL: a minute of it is missing, or the price did not move in all of it';
COMMENT ON COLUMN minute_features.volatility_ratio_60m_240m IS 'realised_volatility_60m / realised_volatility_240m, a ratio; look-back 240 min; NULL: a minute of it is missing, or the price did not move in all of it';
COMMENT ON COLUMN minute_features.volatility_ratio_60m_1440m IS 'realised_volatility_60m / realised_volatility_1440m, a ratio; look-back 1440 min; NULL: a minute of it is missing, or the price did not move in all of it';
COMMENT ON COLUMN minute_features.volatility_ratio_240m_1440m IS 'realised_volatility_240m / realised_volatility_1440m, a ratio; look-back 1440 min; NULL: a minute of it is missing, or the price did not move in all of it';
COMMENT ON COLUMN minute_features.upside_variance_share_60m IS 'Sum of squares of the positive one-minute log returns over that of all, the 60 last, 0 to 1; look-back 60 min; NULL: a minute of it is missing, or the price did not move';
COMMENT ON COLUMN minute_features.upside_variance_share_240m IS 'Sum of squares of the positive one-minute log returns over that of all, the 240 last, 0 to 1; look-back 240 min; NULL: a minute of it is missing, or the price did not move';
