-- name: the label classes of one symbol's minutes in [from, to), at one horizon and threshold
-- grain: ts
-- keys: ts
-- reads: minute_labels
-- The rule is that of include/models/classes.py, on the same forward log return and with the same 1e-13, below which a
-- difference from the threshold is rounding. Compiling a plan as long as the view's costs more than it gives: no jit.
CREATE OR REPLACE FUNCTION label_classes(
    p_symbol text, p_from timestamptz, p_to timestamptz, p_horizon_minutes integer, p_threshold double precision
)
RETURNS TABLE (ts timestamptz, label_end timestamptz, forward_log_return double precision, label text)
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT
SET jit = off
AS $$
BEGIN
    IF p_horizon_minutes IS NULL OR p_horizon_minutes NOT IN (15, 30, 45, 60, 120, 240) THEN
        RAISE EXCEPTION 'There are labels over 15, 30, 45, 60, 120 and 240 minutes; a horizon of % was asked for', p_horizon_minutes
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF p_threshold IS NULL OR NOT (p_threshold > 0 AND p_threshold < 'Infinity') THEN
        RAISE EXCEPTION 'A threshold is a fraction above zero, such as 0.005 for 0.5 %%; % was asked for', p_threshold
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN QUERY
    SELECT
        m.ts,
        m.label_end,
        m.forward_log_return,
        CASE
            WHEN exp(m.forward_log_return) - 1 > p_threshold + 1e-13 THEN 'UP'
            WHEN exp(m.forward_log_return) - 1 < -(p_threshold + 1e-13) THEN 'DOWN'
            WHEN m.forward_log_return IS NOT NULL THEN 'SIDEWAYS'
        END AS label
    FROM (
        SELECT
            l.ts,
            CASE p_horizon_minutes
                WHEN 15 THEN l.label_end_15m
                WHEN 30 THEN l.label_end_30m
                WHEN 45 THEN l.label_end_45m
                WHEN 60 THEN l.label_end_1h
                WHEN 120 THEN l.label_end_2h
                WHEN 240 THEN l.label_end_4h
            END AS label_end,
            CASE p_horizon_minutes
                WHEN 15 THEN l.forward_log_return_15m
                WHEN 30 THEN l.forward_log_return_30m
                WHEN 45 THEN l.forward_log_return_45m
                WHEN 60 THEN l.forward_log_return_1h
                WHEN 120 THEN l.forward_log_return_2h
                WHEN 240 THEN l.forward_log_return_4h
            END AS forward_log_return
        FROM minute_labels AS l
        WHERE
            l.symbol = p_symbol
            AND l.day >= (p_from AT TIME ZONE 'UTC')::date
            AND l.day <= ((p_to - INTERVAL '1 microsecond') AT TIME ZONE 'UTC')::date
            AND l.ts >= p_from
            AND l.ts < p_to
    ) AS m
    ORDER BY m.ts;
END;
$$;
COMMENT ON FUNCTION label_classes(text, timestamptz, timestamptz, integer, double precision) IS
'One row a loaded minute of the symbol in [from, to), in order of ts; reads only the days of the range. ts, UTC: end of the minute, where the label begins. label_end, UTC: last market time that it rests on, ts + horizon. forward_log_return: ln(p[ts + horizon] / p[ts]). label: UP where exp(forward_log_return) - 1 is above the threshold (a fraction: 0.005 is 0.5 %), DOWN where it is below minus the threshold, SIDEWAYS otherwise. All three NULL: a minute of [ts, ts + horizon] has no price, is missing or not there yet. Horizons: 15, 30, 45, 60, 120, 240 minutes. Looks forward: never an input of a model';
