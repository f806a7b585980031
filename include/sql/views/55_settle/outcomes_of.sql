-- name: the outcomes of these signals of a symbol by the minutes as they are, where they are known
-- grain: signal_id
-- keys: signal_id
-- reads: signals, minute_metrics
-- Positions are those of include/evaluation/positions.py, but for who holds one already: settle_signals decides that.
-- All positions of a horizon are known equally late, a horizon and a minute after the entry, touched early, late or not:
-- those that are known because of where they were touched would be a biased sample, and out of order.
-- The classes are those of include/models/classes.py, which takes a difference under 1e-13 from the threshold for rounding.
CREATE OR REPLACE FUNCTION outcomes_of(p_symbol text, p_signal_ids bigint [])
RETURNS TABLE (
    signal_id bigint,
    ts timestamptz,
    horizon_minutes integer,
    threshold numeric,
    model_id bigint,
    is_shadow boolean,
    is_trade boolean,
    forward_return double precision,
    outcome text,
    entry_at timestamptz,
    entry_price double precision,
    exit_at timestamptz,
    exit_price double precision,
    exit_reason text,
    net_return double precision
)
LANGUAGE plpgsql STABLE
SET search_path FROM CURRENT
SET jit = off
SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
    minute CONSTANT interval := INTERVAL '1 minute';
    newest CONSTANT timestamptz := (
        SELECT m.ts
        FROM minute_metrics AS m
        WHERE m.symbol = p_symbol AND m.last_price > 1e-30 AND m.last_price < 1e30
        ORDER BY m.ts DESC
        LIMIT 1
    );
BEGIN
    RETURN QUERY
    WITH asked AS MATERIALIZED (
        SELECT
            s.*,
            s.side IN ('BUY', 'SELL') AND NOT s.is_late AS is_trade,
            CASE s.side WHEN 'BUY' THEN 1 ELSE -1 END AS direction,
            make_interval(mins => s.horizon_minutes) AS horizon
        FROM unnest(p_signal_ids) AS i (signal_id)
        INNER JOIN signals AS s ON s.signal_id = i.signal_id
        WHERE s.symbol = p_symbol AND s.side <> 'ABSTAIN' AND s.ts + make_interval(mins => s.horizon_minutes) <= newest
    ),

    priced AS (
        SELECT
            a.*,
            e.last_price / b.last_price - 1 AS moved,
            CASE WHEN n.last_price IS NOT NULL THEN a.executable_at END AS entered,
            n.last_price AS paid
        FROM asked AS a
        LEFT JOIN minute_metrics AS b
            ON b.symbol = p_symbol AND b.ts = a.ts AND b.last_price > 1e-30 AND b.last_price < 1e30
        LEFT JOIN minute_metrics AS e
            ON e.symbol = p_symbol AND e.ts = a.ts + a.horizon AND e.last_price > 1e-30 AND e.last_price < 1e30
        LEFT JOIN minute_metrics AS n
            ON a.is_trade AND n.symbol = p_symbol AND n.ts = a.executable_at AND n.last_price > 1e-30 AND n.last_price < 1e30
        WHERE NOT a.is_trade OR a.executable_at + a.horizon + minute <= newest
    ),

    due AS (
        SELECT
            p.*,
            coalesce(t.ts + minute, p.entered + p.horizon) AS due_at,
            CASE WHEN t.is_stop THEN 'STOP' WHEN NOT t.is_stop THEN 'TARGET' WHEN p.entered IS NOT NULL THEN 'TIME' END AS why
        FROM priced AS p
        LEFT JOIN LATERAL (
            SELECT
                m.ts,
                p.direction * (m.last_price - p.stop_loss_price) <= 0 AS is_stop
            FROM minute_metrics AS m
            WHERE
                m.symbol = p_symbol
                AND m.ts > p.entered
                AND m.ts <= p.entered + p.horizon
                AND m.last_price > 1e-30
                AND m.last_price < 1e30
                AND (
                    p.direction * (m.last_price - p.stop_loss_price) <= 0
                    OR p.direction * (m.last_price - p.take_profit_price) >= 0
                )
            ORDER BY m.ts
            LIMIT 1
        ) AS t ON TRUE
    )

    SELECT
        d.signal_id,
        d.ts,
        d.horizon_minutes,
        d.threshold,
        d.model_id,
        d.is_shadow,
        d.is_trade,
        d.moved,
        CASE
            WHEN d.moved > d.threshold + 1e-13 THEN 'UP'
            WHEN d.moved < -d.threshold - 1e-13 THEN 'DOWN'
            WHEN d.moved IS NOT NULL THEN 'SIDEWAYS'
        END,
        d.entered,
        d.paid,
        x.ts,
        x.last_price,
        d.why,
        d.direction * (x.last_price / d.paid - 1) - 2 * d.cost_bps_per_side / 10000
    FROM due AS d
    LEFT JOIN LATERAL (
        SELECT
            m.ts,
            m.last_price
        FROM minute_metrics AS m
        WHERE m.symbol = p_symbol AND m.ts >= d.due_at AND m.last_price > 1e-30 AND m.last_price < 1e30
        ORDER BY m.ts
        LIMIT 1
    ) AS x ON TRUE
    WHERE d.moved IS NOT NULL OR d.entered IS NOT NULL;
END;
$$;
COMMENT ON FUNCTION outcomes_of(text, bigint []) IS
'What settle_signals compares with settled_outcomes: one row a scored signal whose outcome is known by the minutes as they are. A signal without a trade (HOLD, or late) is known when ts and ts + horizon have prices; a trade when a minute at or after its entry + horizon + 1 minute has one: where ts + horizon is not held by then, its outcome is NULL, where the entry is not, its position. An exit whose minute is not held is at the next one that is';
