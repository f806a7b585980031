-- name: settle what is due of a symbol: new signals, and those whose minutes came or were corrected; and sum the days up anew
-- grain: one row with the counts
-- keys: none
-- reads: signals, settled_outcomes, settle_marks, minutes_of_loads, signals_of_minutes, settle_signals, sum_performance
-- The ledger of loads says which minutes to look at, so that a minute's work is that of the signals that need its prices.
-- A load writes the ledger last and is committed at once after: what was loaded up to five minutes before the last look is
-- looked at again, which changes nothing. They are taken up newest first, so that no correction of years holds up the
-- present. Signals are taken up by number; where one is missing and another session is writing signals, it may still come:
-- the mark stays before it.
CREATE OR REPLACE FUNCTION settle_outcomes(
    p_symbol text, p_most_signals integer DEFAULT 10000, p_most_time interval DEFAULT '12 hours', p_asks_ledger boolean DEFAULT TRUE
)
RETURNS TABLE (settled bigint, resettled bigint, days bigint, signals_left bigint, minutes_left bigint, is_waiting boolean)
LANGUAGE plpgsql VOLATILE
SET search_path FROM CURRENT
SET jit = off
SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
    overlap CONSTANT interval := INTERVAL '5 minutes';
    began timestamptz;
    mark settle_marks;
    newest_id bigint;
    upper_id bigint;
    missing_id bigint;
    due tstzmultirange;
    taken tstzmultirange;
    ids bigint [];
    again bigint [];
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('settle ' || current_schema() || ' ' || p_symbol, 0));
    began := clock_timestamp();
    SELECT * INTO mark FROM settle_marks AS m WHERE m.symbol = p_symbol;
    newest_id := coalesce((SELECT max(s.signal_id) FROM signals AS s), 0);
    upper_id := least(newest_id, coalesce(mark.signal_id, 0) + p_most_signals);
    IF
        EXISTS (
            SELECT
            FROM pg_locks AS l
            WHERE
                l.locktype = 'relation'
                AND l.relation = 'signals'::regclass
                AND l.database = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())
                AND l.mode = 'RowExclusiveLock'
                AND l.pid <> pg_backend_pid()
        )
    THEN
        missing_id := (
            SELECT min(g.signal_id)
            FROM generate_series(coalesce(mark.signal_id, 0) + 1, upper_id) AS g (signal_id)
            WHERE NOT EXISTS (SELECT FROM signals AS s WHERE s.signal_id = g.signal_id)
        );
    END IF;
    ids := ARRAY(
        SELECT s.signal_id
        FROM signals AS s
        WHERE s.signal_id > coalesce(mark.signal_id, 0) AND s.signal_id <= upper_id AND s.symbol = p_symbol
    );
    due := coalesce(mark.minutes_due, '{}');
    IF p_asks_ledger THEN
        due := due + minutes_of_loads(p_symbol, mark.looked_at - overlap);
        mark.looked_at := began;
    END IF;
    taken := due * tstzmultirange(tstzrange(upper(due) - p_most_time, NULL));
    due := due - taken;
    again := ARRAY(
        SELECT DISTINCT d.signal_id
        FROM signals_of_minutes(p_symbol, taken) AS d
        WHERE d.signal_id <= mark.signal_id
    );
    SELECT * INTO settled, resettled FROM settle_signals(p_symbol, ids || again);
    days := sum_performance(p_symbol, began, ids);
    upper_id := coalesce(missing_id - 1, upper_id);
    IF mark.symbol IS NULL THEN
        INSERT INTO settle_marks (symbol, signal_id, looked_at, minutes_due) VALUES (p_symbol, upper_id, began, due);
    ELSE
        UPDATE settle_marks AS m
        SET signal_id = upper_id, looked_at = mark.looked_at, minutes_due = due
        WHERE m.symbol = p_symbol;
    END IF;
    signals_left := newest_id - upper_id;
    minutes_left := (SELECT coalesce(sum(extract(EPOCH FROM upper(u.span) - lower(u.span)) / 60), 0) FROM unnest(due) AS u (span));
    is_waiting := missing_id IS NOT NULL;
    RETURN NEXT;
END;
$$;
COMMENT ON FUNCTION settle_outcomes(text, integer, interval, boolean) IS
'Appends to settled_outcomes what is due of the symbol, and computes performance_days anew where it changed; again, it changes nothing. p_most_signals: at most so many numbers of new signals are taken up; p_most_time: at most the newest so long of the minutes that came or were corrected; p_asks_ledger: false: of those alone that are known to be due. settled: first versions; resettled: further versions, since minutes were corrected or came late; days: rows of performance_days computed; signals_left: numbers of signals that were not taken up, minutes_left: minutes that are due, run it again; is_waiting: another session is writing signals, and what it may still bring holds up the rest';
