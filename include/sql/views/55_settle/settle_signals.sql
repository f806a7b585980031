-- name: append what is new or different about the outcomes of these signals, and of later ones where that changes which open a position
-- grain: one row with the counts
-- keys: none
-- reads: signals, settled_outcomes, outcomes_of
-- A live cell holds one position at a time, whichever champion gave it, and so does each challenger. In order of ts the
-- next one opens at the minute of the exit or later; after a change the order is followed until a position opens that
-- opened before as well: from there on nothing differs.
CREATE OR REPLACE FUNCTION settle_signals(p_symbol text, p_signal_ids bigint [])
RETURNS TABLE (settled bigint, resettled bigint)
LANGUAGE plpgsql VOLATILE
SET search_path FROM CURRENT
SET jit = off
SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
    longest_delay CONSTANT interval := INTERVAL '1 hour'; -- of an entry after ts, of what is not late
    chunk CONSTANT integer := 2000;
    stream record;
    r record;
    last_ts timestamptz;
    open_until timestamptz;
    opens boolean;
    is_other boolean;
    rows_read integer;
BEGIN
    WITH written AS (
        INSERT INTO settled_outcomes (signal_id, version, symbol, ts, horizon_minutes, threshold, forward_return, outcome, opens_position)
        SELECT
            n.signal_id,
            coalesce(o.version, 0) + 1,
            p_symbol,
            n.ts,
            n.horizon_minutes,
            n.threshold,
            n.forward_return,
            n.outcome,
            FALSE
        FROM outcomes_of(p_symbol, p_signal_ids) AS n
        LEFT JOIN LATERAL (
            SELECT *
            FROM settled_outcomes AS k
            WHERE k.signal_id = n.signal_id
            ORDER BY k.version DESC
            LIMIT 1
        ) AS o ON TRUE
        WHERE NOT n.is_trade AND (o.version IS NULL OR o.forward_return <> n.forward_return OR o.outcome <> n.outcome)
        RETURNING version
    )

    SELECT
        count(*) FILTER (WHERE w.version = 1),
        count(*) FILTER (WHERE w.version > 1)
    INTO settled, resettled
    FROM written AS w;
    FOR stream IN
        SELECT
            s.horizon_minutes,
            s.threshold,
            s.is_shadow,
            CASE WHEN s.is_shadow THEN s.model_id END AS model_id,
            min(s.ts) AS first_ts,
            max(s.ts) AS last_ts,
            min(s.executable_at) AS first_entry,
            array_agg(s.signal_id) AS signal_ids
        FROM unnest(p_signal_ids) AS i (signal_id)
        INNER JOIN signals AS s ON s.signal_id = i.signal_id
        WHERE s.symbol = p_symbol AND s.side IN ('BUY', 'SELL') AND NOT s.is_late
        GROUP BY 1, 2, 3, 4
    LOOP
        -- what is open at an entry was entered less than a horizon and two minutes before: the entry is held, or opens nothing
        open_until := (
            SELECT o.exit_at
            FROM signals AS s
            CROSS JOIN LATERAL (
                SELECT *
                FROM settled_outcomes AS k
                WHERE k.signal_id = s.signal_id
                ORDER BY k.version DESC
                LIMIT 1
            ) AS o
            WHERE
                s.symbol = p_symbol
                AND s.horizon_minutes = stream.horizon_minutes
                AND s.threshold = stream.threshold
                AND s.is_shadow = stream.is_shadow
                AND (NOT s.is_shadow OR s.model_id = stream.model_id)
                AND s.side IN ('BUY', 'SELL')
                AND NOT s.is_late
                AND s.ts < stream.first_ts
                AND s.ts > stream.first_entry - make_interval(mins => stream.horizon_minutes + 2) - longest_delay
                AND o.opens_position
            ORDER BY s.ts DESC
            LIMIT 1
        );
        last_ts := stream.first_ts - INTERVAL '1 minute';
        is_other := FALSE;
        <<following>>
        LOOP
            rows_read := 0;
            FOR r IN
                WITH known AS MATERIALIZED (
                    SELECT * FROM outcomes_of(p_symbol, CASE WHEN last_ts < stream.last_ts THEN stream.signal_ids ELSE '{}' END)
                ),

                slice AS MATERIALIZED (
                    SELECT
                        s.signal_id,
                        s.ts
                    FROM signals AS s
                    WHERE
                        s.symbol = p_symbol
                        AND s.horizon_minutes = stream.horizon_minutes
                        AND s.threshold = stream.threshold
                        AND s.is_shadow = stream.is_shadow
                        AND (NOT s.is_shadow OR s.model_id = stream.model_id)
                        AND s.side IN ('BUY', 'SELL')
                        AND NOT s.is_late
                        AND s.ts > last_ts
                    ORDER BY s.ts
                    LIMIT chunk
                )

                SELECT
                    s.signal_id,
                    s.ts,
                    n.signal_id IS NOT NULL AS is_new,
                    n.forward_return,
                    n.outcome,
                    n.entry_at,
                    n.entry_price,
                    n.exit_at,
                    n.exit_price,
                    n.exit_reason,
                    n.net_return,
                    o.old
                FROM slice AS s
                LEFT JOIN known AS n ON n.signal_id = s.signal_id
                LEFT JOIN LATERAL (
                    SELECT k AS old
                    FROM settled_outcomes AS k
                    WHERE k.signal_id = s.signal_id
                    ORDER BY k.version DESC
                    LIMIT 1
                ) AS o ON TRUE
                ORDER BY s.ts
            LOOP
                rows_read := rows_read + 1;
                last_ts := r.ts;
                EXIT following WHEN r.ts > stream.last_ts AND NOT is_other;
                CONTINUE WHEN NOT r.is_new AND (r.old).version IS NULL;
                IF NOT r.is_new THEN
                    r.forward_return := (r.old).forward_return;
                    r.outcome := (r.old).outcome;
                    r.entry_at := (r.old).entry_at;
                    r.entry_price := (r.old).entry_price;
                    r.exit_at := (r.old).exit_at;
                    r.exit_price := (r.old).exit_price;
                    r.exit_reason := (r.old).exit_reason;
                    r.net_return := (r.old).net_return;
                END IF;
                opens := r.entry_at IS NOT NULL AND (open_until IS NULL OR r.entry_at >= open_until);
                IF opens THEN
                    open_until := r.exit_at;
                    is_other := NOT coalesce((r.old).opens_position AND (r.old).exit_at = r.exit_at, FALSE);
                ELSIF (r.old).opens_position THEN
                    is_other := TRUE;
                END IF;
                IF
                    (r.old).version IS NULL
                    OR ((r.old).forward_return, (r.old).outcome, (r.old).opens_position)
                    IS DISTINCT FROM (r.forward_return, r.outcome, opens)
                    OR ((r.old).entry_at, (r.old).entry_price, (r.old).exit_at, (r.old).exit_price, (r.old).exit_reason, (r.old).net_return)
                    IS DISTINCT FROM (r.entry_at, r.entry_price, r.exit_at, r.exit_price, r.exit_reason, r.net_return)
                THEN
                    INSERT INTO settled_outcomes (
                        signal_id, version, symbol, ts, horizon_minutes, threshold, forward_return, outcome, opens_position,
                        entry_at, entry_price, exit_at, exit_price, exit_reason, net_return
                    )
                    VALUES (
                        r.signal_id, coalesce((r.old).version, 0) + 1, p_symbol, r.ts, stream.horizon_minutes, stream.threshold,
                        r.forward_return, r.outcome, opens,
                        r.entry_at, r.entry_price, r.exit_at, r.exit_price, r.exit_reason, r.net_return
                    );
                    settled := settled + ((r.old).version IS NULL)::integer;
                    resettled := resettled + ((r.old).version IS NOT NULL)::integer;
                END IF;
            END LOOP;
            EXIT following WHEN rows_read < chunk;
        END LOOP;
    END LOOP;
    RETURN NEXT;
END;
$$;
COMMENT ON FUNCTION settle_signals(text, bigint []) IS
'Settles these signals of the symbol by the minutes as they are: a first version where there is none, a further one only where something differs; settled and resettled count them. Run by settle_outcomes, which lets one run of a symbol in at a time';
