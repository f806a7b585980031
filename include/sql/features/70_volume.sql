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
        s.n,
        CASE WHEN s.volumes > 5 THEN ln(s.volume / lag(s.volume, 5) OVER w) END AS volume_change_5m,
        CASE WHEN s.volumes > 15 THEN ln(s.volume / lag(s.volume, 15) OVER w) END AS volume_change_15m,
        CASE WHEN s.volumes > 60 THEN ln(s.volume / lag(s.volume, 60) OVER w) END AS volume_change_60m,
        CASE WHEN s.volumes > 240 THEN ln(s.volume / lag(s.volume, 240) OVER w) END AS volume_change_240m,
        CASE
            WHEN s.volumes >= 60
                THEN
                    ((s.moments - lag(s.moments, 60) OVER w) - (s.n - 29.5) * (s.levels - lag(s.levels, 60) OVER w)) / 17995
                    / (1 + (s.levels - lag(s.levels, 60) OVER w) / 60)
        END AS volume_slope_60m,
        CASE WHEN s.volumes >= 60 THEN ln((1 + s.v) / (1 + (s.levels - lag(s.levels, 60) OVER w) / 60)) END AS volume_distance_to_average_60m,
        CASE WHEN s.volumes >= 240 THEN ln((1 + s.v) / (1 + (s.levels - lag(s.levels, 240) OVER w) / 240)) END AS volume_distance_to_average_240m
    FROM (
        SELECT
            m.n,
            m.volume,
            m.v,
            m.volumes,
            sum(coalesce(m.v, 0)) OVER w AS levels,
            sum(coalesce(m.n * m.v, 0)) OVER w AS moments
        FROM minutes AS m
        WHERE m.n >= -240
        WINDOW w AS (ORDER BY m.n)
    ) AS s
    WINDOW w AS (ORDER BY s.n)
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
