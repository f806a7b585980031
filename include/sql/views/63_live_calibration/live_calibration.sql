-- name: do the live probabilities of a cell come true: promised against delivered in bins of probability
-- grain: model_id, class, bin
-- keys: model_id, class, bin
-- reads: signals, settled_outcomes
CREATE OR REPLACE FUNCTION live_calibration(
    p_symbol text, p_horizon_minutes integer, p_threshold numeric, p_from timestamptz DEFAULT now() - INTERVAL '30 days', p_to timestamptz DEFAULT 'infinity'
)
RETURNS TABLE (
    model_id bigint,
    class text,
    bin integer,
    promised double precision,
    delivered double precision,
    signals bigint,
    delivered_count bigint
)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
SELECT
    s.model_id,
    c.class,
    least(floor(c.p * 10), 9)::integer AS bin,
    avg(c.p) AS promised,
    avg((o.outcome = c.class)::integer)::double precision AS delivered,
    count(*) AS signals,
    count(*) FILTER (WHERE o.outcome = c.class) AS delivered_count
FROM signals AS s
INNER JOIN settled_outcomes AS o ON s.signal_id = o.signal_id
CROSS JOIN LATERAL (VALUES ('UP', s.p_up), ('DOWN', s.p_down)) AS c (class, p)
WHERE
    s.symbol = p_symbol
    AND s.horizon_minutes = p_horizon_minutes
    AND s.threshold = p_threshold
    AND NOT s.is_shadow
    AND NOT s.is_late
    AND s.ts >= p_from
    AND s.ts < p_to
    AND o.symbol = p_symbol
    AND o.horizon_minutes = p_horizon_minutes
    AND o.threshold = p_threshold
    AND o.ts >= p_from
    AND o.ts < p_to
    AND o.outcome IS NOT NULL
    AND NOT EXISTS (SELECT FROM settled_outcomes AS k WHERE k.signal_id = o.signal_id AND k.version = o.version + 1)
GROUP BY 1, 2, 3
ORDER BY 1, 2, 3;
END;
COMMENT ON FUNCTION live_calibration(text, integer, numeric, timestamptz, timestamptz) IS
'Reliability of the live signals of a cell with ts in [from, to), the last 30 days unless said: one row a model, class (UP, DOWN) and bin of its probability. bin: 0 is [0, 0.1), 9 is [0.9, 1]; promised: mean probability; delivered: share that came; signals: settled ones in the bin; delivered_count: how many came. Neighbouring minutes overlap: the counts look like more evidence than they are';
