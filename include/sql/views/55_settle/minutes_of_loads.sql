-- name: the minutes of a symbol whose price came or was corrected since an instant
-- grain: one multirange
-- keys: none
-- reads: ingest_windows, minute_metrics, metric_revisions, metric_arrivals
-- Other columns of a minute settle nothing.
CREATE OR REPLACE FUNCTION minutes_of_loads(p_symbol text, p_since timestamptz)
RETURNS tstzmultirange
LANGUAGE plpgsql STABLE
SET search_path FROM CURRENT
SET jit = off
SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
    RETURN (
        WITH loaded AS MATERIALIZED (
            SELECT range_agg(tstzrange(w.window_from, w.window_to)) AS spans
            FROM ingest_windows AS w
            WHERE w.symbol = p_symbol AND w.finished_at >= p_since AND w.rows_new + w.rows_changed > 0
        ),

        windows AS MATERIALIZED (
            SELECT
                lower(u.span) AS window_from,
                upper(u.span) AS window_to
            FROM loaded AS l
            CROSS JOIN LATERAL unnest(l.spans) AS u (span)
        ),

        priced AS (
            SELECT m.ts
            FROM windows AS w
            INNER JOIN minute_metrics AS m ON m.symbol = p_symbol AND m.ts >= w.window_from AND m.ts < w.window_to
            WHERE m.first_loaded_at >= p_since AND m.last_price IS NOT NULL
            UNION ALL
            SELECT r.ts
            FROM windows AS w
            INNER JOIN metric_revisions AS r ON r.symbol = p_symbol AND r.ts >= w.window_from AND r.ts < w.window_to
            WHERE r.seen_at >= p_since AND r.metric = 'last_price'
            UNION ALL
            SELECT a.ts
            FROM windows AS w
            INNER JOIN metric_arrivals AS a ON a.symbol = p_symbol AND a.ts >= w.window_from AND a.ts < w.window_to
            WHERE a.seen_at >= p_since AND 'last_price' = ANY(a.metrics)
        )

        SELECT coalesce(range_agg(tstzrange(p.ts, p.ts + INTERVAL '1 minute')), '{}')
        FROM priced AS p
    );
END;
$$;
COMMENT ON FUNCTION minutes_of_loads(text, timestamptz) IS
'What settle_outcomes has to look at again, by the ledger ingest_windows: [ts, ts + 1 minute) of each minute, neighbours joined. p_since: by the server''s clock; NULL: nothing';
