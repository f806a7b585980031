-- name: the scored signals of a symbol that rest on minutes which were loaded or corrected since an instant
-- grain: signal_id
-- keys: signal_id
-- reads: ingest_windows, minute_metrics, signals
-- A run of such minutes counts from the last price before it on: what was to be left in a hole is left at its end. An
-- entry that is not late is at most an hour after ts.
CREATE OR REPLACE FUNCTION signals_of_loads(p_symbol text, p_since timestamptz)
RETURNS TABLE (signal_id bigint)
LANGUAGE plpgsql STABLE
SET search_path FROM CURRENT
SET jit = off
AS $$
DECLARE
    span record;
    longest CONSTANT interval := (
        SELECT make_interval(mins => max(h.horizon_minutes))
        FROM (SELECT m.horizon_minutes FROM models AS m WHERE m.symbol = p_symbol) AS h
    );
BEGIN
    FOR span IN
        WITH loaded AS (
            SELECT DISTINCT m.ts
            FROM ingest_windows AS w
            INNER JOIN minute_metrics AS m
                ON m.symbol = w.symbol AND m.ts >= w.window_from AND m.ts < w.window_to AND m.loaded_at >= p_since
            WHERE w.symbol = p_symbol AND w.finished_at >= p_since AND w.error IS NULL
        ),

        runs AS (
            SELECT
                l.ts,
                l.ts - row_number() OVER (ORDER BY l.ts) * INTERVAL '1 minute' AS run
            FROM loaded AS l
        ),

        spans AS (
            SELECT
                min(r.ts) AS first_ts,
                max(r.ts) AS last_ts
            FROM runs AS r
            GROUP BY r.run
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
COMMENT ON FUNCTION signals_of_loads(text, timestamptz) IS
'What settle_outcomes looks at again, by the ledger ingest_windows and the minutes'' loaded_at; a signal may come twice. p_since: by the server''s clock; NULL: nothing';
