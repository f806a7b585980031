-- name: settle what is due of a symbol: new signals, and those whose minutes came or were corrected; and sum the days up anew
-- grain: one row with the counts
-- keys: none
-- reads: signals, settled_outcomes, settle_marks, ingest_windows, minute_metrics, settle_signals, sum_performance
-- The ledger of loads says which minutes to look at, so that a minute's work is that of the signals that need its prices.
-- A load writes the ledger last and is committed at once after: what was loaded up to five minutes before the last look is
-- looked at again, which changes nothing. Signals are taken up by number; where another session is writing some, lower
-- numbers may still come, and the same ones are looked at again next time.
CREATE OR REPLACE FUNCTION settle_outcomes(p_symbol text, p_most_signals integer DEFAULT 10000)
RETURNS TABLE (settled bigint, resettled bigint, days bigint, signals_left bigint)
LANGUAGE plpgsql VOLATILE
SET search_path FROM CURRENT
SET jit = off
AS $$
DECLARE
    overlap CONSTANT interval := INTERVAL '5 minutes';
    began timestamptz;
    mark settle_marks;
    newest_id bigint;
    upper_id bigint;
    others_write boolean;
    ids bigint [];
    again bigint [];
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('settle ' || current_schema() || ' ' || p_symbol, 0));
    began := clock_timestamp();
    SELECT * INTO mark FROM settle_marks AS m WHERE m.symbol = p_symbol;
    newest_id := coalesce((SELECT max(s.signal_id) FROM signals AS s), 0);
    others_write := EXISTS (
        SELECT
        FROM pg_locks AS l
        WHERE
            l.locktype = 'relation'
            AND l.relation = 'signals'::regclass
            AND l.database = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())
            AND l.mode = 'RowExclusiveLock'
            AND l.pid <> pg_backend_pid()
    );
    upper_id := least(newest_id, coalesce(mark.signal_id, 0) + p_most_signals);
    ids := ARRAY(
        SELECT s.signal_id
        FROM signals AS s
        WHERE s.signal_id > coalesce(mark.signal_id, 0) AND s.signal_id <= upper_id AND s.symbol = p_symbol
    );
    again := ARRAY(
        SELECT DISTINCT d.signal_id
        FROM signals_of_loads(p_symbol, mark.looked_at - overlap) AS d
        WHERE d.signal_id <= mark.signal_id
    );
    SELECT * INTO settled, resettled FROM settle_signals(p_symbol, ids || again);
    days := sum_performance(p_symbol, began, ids);
    IF others_write THEN
        upper_id := coalesce(mark.signal_id, 0);
    END IF;
    IF mark.symbol IS NULL THEN
        INSERT INTO settle_marks (symbol, signal_id, looked_at) VALUES (p_symbol, upper_id, began);
    ELSE
        UPDATE settle_marks AS m SET signal_id = upper_id, looked_at = began WHERE m.symbol = p_symbol;
    END IF;
    signals_left := newest_id - upper_id;
    RETURN NEXT;
END;
$$;
COMMENT ON FUNCTION settle_outcomes(text, integer) IS
'Appends to settled_outcomes what is due of the symbol, and computes performance_days anew where it changed; again, it changes nothing. p_most_signals: at most so many numbers of new signals are taken up. settled: first versions; resettled: further versions, since minutes were corrected or came late; days: rows of performance_days computed; signals_left: numbers of signals that were not taken up, run it again';
