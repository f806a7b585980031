-- name: how the 24 h volume gauge changes; the volume of a minute is not guessed from it
-- grain: n
-- keys: n
-- reads: minutes, recorded
SELECT
    n,
    o.volume_change_5m,
    o.volume_change_15m,
    o.volume_change_60m,
    o.volume_change_240m,
    60 * q.volume_deriv_5m / q.volume_avg_5m AS volume_slope_5m,
    60 * q.volume_deriv_15m / q.volume_avg_15m AS volume_slope_15m,
    o.volume_slope_60m,
    60 * q.volume_deriv_5m / q.volume_avg_5m - 60 * q.volume_deriv_15m / q.volume_avg_15m AS volume_acceleration,
    ln(q.volume / q.volume_avg_5m) AS volume_distance_to_average_5m,
    ln(q.volume / q.volume_avg_15m) AS volume_distance_to_average_15m,
    o.volume_distance_to_average_60m,
    o.volume_distance_to_average_240m
FROM recorded AS q
FULL JOIN (
    SELECT
        m.n,
        CASE WHEN m.volumes > 5 THEN ln(m.volume / past.volume[m.i - 5]) END AS volume_change_5m,
        CASE WHEN m.volumes > 15 THEN ln(m.volume / past.volume[m.i - 15]) END AS volume_change_15m,
        CASE WHEN m.volumes > 60 THEN ln(m.volume / past.volume[m.i - 60]) END AS volume_change_60m,
        CASE WHEN m.volumes > 240 THEN ln(m.volume / past.volume[m.i - 240]) END AS volume_change_240m,
        CASE
            WHEN m.volumes >= 60
                THEN
                    ((past.moments[m.i] - past.moments[m.i - 60]) - (m.n - 29.5) * (past.levels[m.i] - past.levels[m.i - 60])) / 17995
                    / (1 + (past.levels[m.i] - past.levels[m.i - 60]) / 60)
        END AS volume_slope_60m,
        CASE WHEN m.volumes >= 60 THEN ln((1 + m.v) / (1 + (past.levels[m.i] - past.levels[m.i - 60]) / 60)) END AS volume_distance_to_average_60m,
        CASE WHEN m.volumes >= 240 THEN ln((1 + m.v) / (1 + (past.levels[m.i] - past.levels[m.i - 240]) / 240)) END AS volume_distance_to_average_240m
    FROM minutes AS m
    CROSS JOIN (
        SELECT
            array_agg(s.volume) AS volume,
            array_agg(s.levels) AS levels,
            array_agg(s.moments) AS moments
        FROM (
            SELECT
                coalesce(m.volume, 0) AS volume,
                coalesce(sum(m.v) FILTER (WHERE m.n >= -240) OVER w, 0) AS levels,
                coalesce(sum(m.n * m.v) FILTER (WHERE m.n >= -240) OVER w, 0) AS moments
            FROM minutes AS m
            WINDOW w AS (ORDER BY m.n)
            ORDER BY m.n
        ) AS s
    ) AS past
    WHERE m.n >= 0
    OFFSET 0
) AS o USING (n);
COMMENT ON COLUMN minute_features.volume_change_5m IS 'ln of the 24 h volume gauge over its value 5 minutes ago; look-back 5 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.volume_change_15m IS 'ln of the 24 h volume gauge over its value 15 minutes ago; look-back 15 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.volume_change_60m IS 'ln of the 24 h volume gauge over its value 60 minutes ago; look-back 60 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.volume_change_240m IS 'ln of the 24 h volume gauge over its value 240 minutes ago; look-back 240 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.volume_slope_5m IS 'Recorded volume_deriv_5m over volume_avg_5m, fraction of the average a minute; look-back 5 min at the source; NULL: not recorded';
COMMENT ON COLUMN minute_features.volume_slope_15m IS 'Recorded volume_deriv_15m over volume_avg_15m, fraction of the average a minute; look-back 15 min at the source; NULL: not recorded';
COMMENT ON COLUMN minute_features.volume_slope_60m IS 'Least-squares slope of the 60 newest values of the 24 h volume gauge over their mean, fraction of the mean a minute; look-back 59 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.volume_acceleration IS 'volume_slope_5m - volume_slope_15m, fraction of the average a minute; look-back 15 min at the source; NULL: not recorded';
COMMENT ON COLUMN minute_features.volume_distance_to_average_5m IS 'ln(volume_24h / volume_avg_5m); look-back 5 min at the source; NULL: not recorded';
COMMENT ON COLUMN minute_features.volume_distance_to_average_15m IS 'ln(volume_24h / volume_avg_15m); look-back 15 min at the source; NULL: not recorded';
COMMENT ON COLUMN minute_features.volume_distance_to_average_60m IS 'ln(volume_24h / mean of its 60 newest values); look-back 59 min; NULL: a minute of it is missing';
COMMENT ON COLUMN minute_features.volume_distance_to_average_240m IS 'ln(volume_24h / mean of its 240 newest values); look-back 239 min; NULL: a minute of it is missing';
