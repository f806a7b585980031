-- name: compute the rows of performance_days anew of the days and cells that changed
-- grain: one number, the rows
-- keys: none
-- reads: signals, signal_commits, settled_outcomes, performance_days
-- An event is that of include/evaluation/events.py: it may have begun the day before, so a late change of a day's last
-- horizon counts for the next day as well. Shadows are read apart since each kind has its index. Latency is that of the
-- commit that brought the signal, the decision's where the process died before it could tell of it.
CREATE OR REPLACE FUNCTION sum_performance(p_symbol text, p_settled_since timestamptz, p_signal_ids bigint [])
RETURNS bigint
LANGUAGE plpgsql VOLATILE
SET search_path FROM CURRENT
SET jit = off
SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
    changed record;
    written bigint;
    total bigint := 0;
BEGIN
    FOR changed IN
        WITH touched AS (
            SELECT
                s.ts,
                s.horizon_minutes,
                s.threshold
            FROM unnest(p_signal_ids) AS i (signal_id)
            INNER JOIN signals AS s ON s.signal_id = i.signal_id
            WHERE s.symbol = p_symbol
            UNION ALL
            SELECT
                o.ts,
                o.horizon_minutes,
                o.threshold
            FROM settled_outcomes AS o
            WHERE o.settled_at >= p_settled_since AND o.symbol = p_symbol
        )

        SELECT
            t.horizon_minutes,
            t.threshold,
            d.day,
            make_interval(mins => t.horizon_minutes) AS horizon,
            d.day::timestamp AT TIME ZONE 'UTC' AS day_begins
        FROM touched AS t
        CROSS JOIN LATERAL (
            VALUES
            ((t.ts AT TIME ZONE 'UTC')::date),
            (((t.ts + make_interval(mins => t.horizon_minutes)) AT TIME ZONE 'UTC')::date)
        ) AS d (day)
        GROUP BY 1, 2, 3
    LOOP
        DELETE FROM performance_days AS p
        WHERE
            p.symbol = p_symbol
            AND p.day = changed.day
            AND p.horizon_minutes = changed.horizon_minutes
            AND p.threshold = changed.threshold;
        INSERT INTO performance_days (
            day, symbol, horizon_minutes, threshold, model_id, kind, signals, abstained, settled, expected_up, observed_up,
            expected_down, observed_down, events, correct, brier, brier_prior, log_loss, log_loss_prior, trades, wins,
            net_return_sum, net_return_squares, latency_median_seconds, latency_p95_seconds, latency_max_seconds
        )
        WITH newest AS MATERIALIZED (
            SELECT DISTINCT ON (k.signal_id)
                k.signal_id,
                k.outcome,
                k.opens_position,
                k.net_return
            FROM settled_outcomes AS k
            WHERE
                k.symbol = p_symbol
                AND k.horizon_minutes = changed.horizon_minutes
                AND k.threshold = changed.threshold
                AND k.ts > changed.day_begins - changed.horizon
                AND k.ts < changed.day_begins + INTERVAL '24 hours'
            ORDER BY k.signal_id, k.version DESC
        ),

        commits AS MATERIALIZED (
            SELECT
                c.ts,
                c.decided_at,
                min(c.latency_seconds) AS latency_seconds
            FROM signal_commits AS c
            WHERE c.symbol = p_symbol AND c.ts >= changed.day_begins AND c.ts < changed.day_begins + INTERVAL '24 hours'
            GROUP BY c.ts, c.decided_at
        ),

        outcomes AS (
            SELECT
                s.*,
                coalesce(c.latency_seconds, s.latency_seconds) AS latency,
                o.outcome,
                o.opens_position,
                o.net_return,
                s.ts >= changed.day_begins AS is_of_day,
                CASE WHEN s.is_late THEN 'late' WHEN s.is_shadow THEN 'shadow' ELSE 'live' END AS kind,
                CASE o.outcome WHEN 'UP' THEN s.p_up WHEN 'DOWN' THEN s.p_down WHEN 'SIDEWAYS' THEN s.p_sideways END AS p,
                CASE o.outcome WHEN 'UP' THEN s.base_rate_up WHEN 'DOWN' THEN s.base_rate_down WHEN 'SIDEWAYS' THEN s.base_rate_sideways END AS prior
            FROM (
                SELECT * FROM signals AS n WHERE NOT n.is_shadow
                UNION ALL
                SELECT * FROM signals AS n WHERE n.is_shadow
            ) AS s
            LEFT JOIN newest AS o ON o.signal_id = s.signal_id
            LEFT JOIN commits AS c ON c.ts = s.ts AND c.decided_at = s.decided_at
            WHERE
                s.symbol = p_symbol
                AND s.horizon_minutes = changed.horizon_minutes
                AND s.threshold = changed.threshold
                AND s.ts > changed.day_begins - changed.horizon
                AND s.ts < changed.day_begins + INTERVAL '24 hours'
        ),

        scored AS (
            SELECT
                o.*,
                o.outcome IN ('UP', 'DOWN')
                AND o.ts - lag(o.ts) OVER (PARTITION BY o.model_id, o.kind, o.outcome ORDER BY o.ts) < changed.horizon AS goes_on,
                p_up ^ 2 + p_down ^ 2 + p_sideways ^ 2 - 2 * o.p + 1 AS brier,
                base_rate_up ^ 2 + base_rate_down ^ 2 + base_rate_sideways ^ 2 - 2 * o.prior + 1 AS brier_prior
            FROM outcomes AS o
        )

        SELECT
            changed.day,
            p_symbol,
            changed.horizon_minutes,
            changed.threshold,
            s.model_id,
            s.kind,
            count(*),
            count(*) FILTER (WHERE s.side = 'ABSTAIN'),
            count(s.outcome),
            sum(s.p_up) FILTER (WHERE s.outcome IS NOT NULL),
            count(*) FILTER (WHERE s.outcome = 'UP'),
            sum(s.p_down) FILTER (WHERE s.outcome IS NOT NULL),
            count(*) FILTER (WHERE s.outcome = 'DOWN'),
            count(*) FILTER (WHERE s.outcome IN ('UP', 'DOWN') AND s.goes_on IS NOT TRUE),
            count(*) FILTER (WHERE s.prediction = s.outcome),
            avg(s.brier),
            avg(s.brier_prior),
            avg(-ln(greatest(s.p, 1e-15))) FILTER (WHERE s.outcome IS NOT NULL),
            avg(-ln(greatest(s.prior, 1e-15))) FILTER (WHERE s.outcome IS NOT NULL),
            count(s.net_return) FILTER (WHERE s.opens_position),
            count(*) FILTER (WHERE s.opens_position AND s.net_return > 0),
            coalesce(sum(s.net_return) FILTER (WHERE s.opens_position), 0),
            coalesce(sum(s.net_return ^ 2) FILTER (WHERE s.opens_position), 0),
            percentile_cont(0.5) WITHIN GROUP (ORDER BY s.latency),
            percentile_cont(0.95) WITHIN GROUP (ORDER BY s.latency),
            max(s.latency)
        FROM scored AS s
        WHERE s.is_of_day
        GROUP BY s.model_id, s.kind;
        GET DIAGNOSTICS written = ROW_COUNT;
        total := total + written;
    END LOOP;
    RETURN total;
END;
$$;
COMMENT ON FUNCTION sum_performance(text, timestamptz, bigint []) IS
'Run by settle_outcomes and settle_span: the days and cells of the outcomes settled since the instant and of these signals; how many rows were written';
