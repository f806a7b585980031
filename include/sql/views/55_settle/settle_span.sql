-- name: look at all signals of a symbol's minutes in [from, to) again, whatever was loaded since, and sum these days up anew
-- grain: one row with the counts
-- keys: none
-- reads: signals, settled_outcomes, settle_signals, sum_performance
CREATE OR REPLACE FUNCTION settle_span(p_symbol text, p_from timestamptz, p_to timestamptz)
RETURNS TABLE (settled bigint, resettled bigint, days bigint)
LANGUAGE plpgsql VOLATILE
SET search_path FROM CURRENT
SET jit = off
SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
    began timestamptz;
    ids bigint [];
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('settle ' || current_schema() || ' ' || p_symbol, 0));
    began := clock_timestamp();
    ids := ARRAY(SELECT s.signal_id FROM signals AS s WHERE s.symbol = p_symbol AND s.ts >= p_from AND s.ts < p_to);
    SELECT * INTO settled, resettled FROM settle_signals(p_symbol, ids);
    days := sum_performance(p_symbol, began, ids);
    RETURN NEXT;
END;
$$;
COMMENT ON FUNCTION settle_span(text, timestamptz, timestamptz) IS
'Like settle_outcomes, for all signals with ts in [from, to), a day at most at a time for the sake of memory; again, it changes nothing but computed_at of performance_days. settled: first versions; resettled: further versions; days: rows of performance_days computed';
