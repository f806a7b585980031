-- name: the scored signals of a symbol that rest on the prices of these minutes
-- grain: signal_id
-- keys: signal_id
-- reads: minute_metrics, signals
-- A run of such minutes counts from the last price before it on: what was to be left in a hole is left at its end. An
-- entry that is not late is at most an hour after ts.
CREATE OR REPLACE FUNCTION signals_of_minutes(p_symbol text, p_minutes tstzmultirange)
RETURNS TABLE (signal_id bigint)
LANGUAGE plpgsql STABLE
SET search_path FROM CURRENT
SET jit = off
SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
    span record;
    longest CONSTANT interval := (
        SELECT make_interval(mins => max(h.horizon_minutes))
        FROM (SELECT m.horizon_minutes FROM models AS m WHERE m.symbol = p_symbol) AS h
    );
BEGIN
    FOR span IN
        WITH spans AS (
            SELECT
                lower(u.span) AS first_ts,
                upper(u.span) - INTERVAL '1 minute' AS last_ts
            FROM unnest(p_minutes) AS u (span)
        )

        SELECT
            s.last_ts,
            coalesce(
                (
                    SELECT m.ts
                    FROM minute_metrics AS m
                    WHERE m.symbol = p_symbol AND m.ts < s.first_ts AND m.last_price > 1e-30 AND m.last_price < 1e30
                    ORDER BY m.ts DESC
                    LIMIT 1
                ),
                s.first_ts
            ) AS first_ts
        FROM spans AS s
    LOOP
        RETURN QUERY
        SELECT s.signal_id
        FROM signals AS s
        WHERE
            s.symbol = p_symbol
            AND s.ts >= span.first_ts - longest - INTERVAL '1 hour'
            AND s.ts <= span.last_ts
            AND CASE
                WHEN s.side IN ('BUY', 'SELL') AND NOT s.is_late
                    THEN greatest(s.executable_at + INTERVAL '1 minute', s.ts) + make_interval(mins => s.horizon_minutes) >= span.first_ts
                WHEN s.side <> 'ABSTAIN'
                    THEN
                        s.ts >= span.first_ts
                        OR (
                            s.ts + make_interval(mins => s.horizon_minutes) >= span.first_ts
                            AND s.ts + make_interval(mins => s.horizon_minutes) <= span.last_ts
                        )
            END;
    END LOOP;
END;
$$;
COMMENT ON FUNCTION signals_of_minutes(text, tstzmultirange) IS
'What settle_outcomes looks at again; a signal may come twice. p_minutes: [ts, ts + 1 minute) of each minute, neighbours joined';
