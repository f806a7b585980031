-- name: the triple barrier of one symbol's minutes in [from, to): stop, target or time, whichever comes first
-- grain: ts
-- keys: ts
-- reads: minute_metrics
-- Judged on the minutes' last prices: touches inside a minute are unseen. A row is known only when its whole horizon and
-- the minute after it are held, touched early, late or not: rows that are known because of where they were touched would
-- be a biased sample. A quotient
-- of prices has a last bit of its own, so a barrier is nearer by 1e-11 of itself: a move of exactly 0.3 % touches 0.003.
CREATE OR REPLACE FUNCTION barrier_outcomes(
    p_symbol text,
    p_from timestamptz,
    p_to timestamptz,
    p_horizon_minutes integer,
    p_stop double precision,
    p_target double precision,
    p_side text
)
RETURNS TABLE (
    ts timestamptz,
    label_end timestamptz,
    outcome text,
    touched_at timestamptz,
    exit_at timestamptz,
    exit_return double precision
)
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT
SET jit = off
AS $$
DECLARE
    horizon CONSTANT interval := make_interval(mins => p_horizon_minutes);
    stop CONSTANT double precision := p_stop * (1 - 1e-11);
    target CONSTANT double precision := p_target * (1 - 1e-11);
    direction CONSTANT double precision := CASE p_side WHEN 'BUY' THEN 1 WHEN 'SELL' THEN -1 END;
BEGIN
    IF p_horizon_minutes IS NULL OR p_horizon_minutes NOT BETWEEN 1 AND 1440 THEN
        RAISE EXCEPTION 'A horizon is 1 to 1440 minutes; % was asked for', p_horizon_minutes
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF p_stop IS NULL OR NOT (p_stop > 0 AND p_stop < 'Infinity') THEN
        RAISE EXCEPTION 'A stop is a fraction above zero, such as 0.01 for 1 %%; % was asked for', p_stop
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF p_target IS NULL OR NOT (p_target > 0 AND p_target < 'Infinity') THEN
        RAISE EXCEPTION 'A target is a fraction above zero, such as 0.01 for 1 %%; % was asked for', p_target
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF direction IS NULL THEN
        RAISE EXCEPTION 'A side is BUY or SELL; % was asked for', p_side
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN QUERY
    WITH minutes AS (
        SELECT
            m.ts,
            CASE WHEN m.last_price > 1e-30 AND m.last_price < 1e30 THEN m.last_price END AS price
        FROM minute_metrics AS m
        WHERE m.symbol = p_symbol AND m.ts >= p_from AND m.ts < p_to + horizon + INTERVAL '1 minute'
    ),

    entries AS (
        SELECT
            m.ts,
            m.price,
            count(m.price) OVER (ORDER BY m.ts RANGE BETWEEN CURRENT ROW AND horizon + INTERVAL '1 minute' FOLLOWING)
            = p_horizon_minutes + 2 AS is_whole
        FROM minutes AS m
    ),

    touches AS (
        SELECT
            e.ts,
            e.price,
            t.touched_at,
            CASE WHEN e.is_whole THEN coalesce(t.touched_at + INTERVAL '1 minute', e.ts + horizon) END AS exit_at,
            CASE WHEN t.move > 0 THEN 'TARGET' WHEN t.move < 0 THEN 'STOP' ELSE 'TIME' END AS outcome
        FROM entries AS e
        LEFT JOIN LATERAL (
            SELECT
                p.ts AS touched_at,
                direction * (p.last_price / e.price - 1) AS move
            FROM minute_metrics AS p
            WHERE
                e.is_whole
                AND p.symbol = p_symbol
                AND p.ts > e.ts
                AND p.ts <= e.ts + horizon
                AND (
                    direction * (p.last_price / e.price - 1) >= target
                    OR direction * (p.last_price / e.price - 1) <= -stop
                )
            ORDER BY p.ts
            LIMIT 1
        ) AS t ON TRUE
        WHERE e.ts < p_to
    )

    SELECT
        t.ts,
        CASE WHEN x.price IS NOT NULL THEN t.ts + horizon + INTERVAL '1 minute' END AS label_end,
        CASE WHEN x.price IS NOT NULL THEN t.outcome END AS outcome,
        CASE WHEN x.price IS NOT NULL THEN t.touched_at END AS touched_at,
        CASE WHEN x.price IS NOT NULL THEN t.exit_at END AS exit_at,
        CASE p_side WHEN 'BUY' THEN x.price / t.price - 1 WHEN 'SELL' THEN 1 - x.price / t.price END AS exit_return
    FROM touches AS t
    LEFT JOIN LATERAL (
        SELECT f.last_price AS price
        FROM minute_metrics AS f
        WHERE f.symbol = p_symbol AND f.ts = t.exit_at AND f.last_price > 1e-30 AND f.last_price < 1e30
        LIMIT 1
    ) AS x ON TRUE
    ORDER BY t.ts;
END;
$$;
COMMENT ON FUNCTION barrier_outcomes(text, timestamptz, timestamptz, integer, double precision, double precision, text) IS
'One row a loaded minute of the symbol in [from, to), in order of ts: what a position on the side BUY or SELL, entered at p[ts], would have met within the horizon (1 to 1440 minutes). A barrier is touched at the first minute in (ts, ts + horizon] whose last price has moved by at least the target or against it by at least the stop (fractions: 0.01 is 1 %); touches inside a minute are unseen. It fills at the next minute''s last price, never at the barrier. ts, UTC: end of the minute. label_end, UTC: last market time that the row rests on, ts + horizon + 1 minute. outcome: STOP, TARGET, or TIME where neither was touched. touched_at, UTC: the minute that touched; NULL on TIME. exit_at, UTC: touched_at + 1 minute, which may lie a minute after the horizon, or ts + horizon on TIME. exit_return: p[exit_at] / p[ts] - 1 on the side taken, before costs. All NULL but ts: a minute of [ts, ts + horizon + 1 minute] has no price, is missing or not there yet; all of it must be there wherever a barrier was touched, since rows known because of where they were touched would be a biased sample. Looks forward: never an input of a model';
