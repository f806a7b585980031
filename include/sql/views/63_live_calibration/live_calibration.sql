-- name: do the live probabilities of a cell come true: promised against delivered in bins of probability
-- grain: model_id, outcome, bin
-- keys: model_id, outcome, bin
-- reads: signals, settled_outcomes
CREATE OR REPLACE FUNCTION live_calibration(
    p_symbol text, p_horizon_minutes integer, p_threshold numeric, p_from timestamptz DEFAULT now() - INTERVAL '30 days', p_to timestamptz DEFAULT 'infinity'
)
RETURNS TABLE (
    model_id bigint,
    outcome text,
    bin integer,
    promised double precision,
    delivered double precision,
    signals bigint,
    delivered_count bigint
)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
WITH newest AS MATERIALIZED (
    SELECT DISTINCT ON (k.signal_id)
        k.signal_id,
        k.outcome
    FROM settled_outcomes AS k
    WHERE
        k.symbol = p_symbol AND k.horizon_minutes = p_horizon_minutes AND k.threshold = p_threshold AND k.ts >= p_from AND k.ts < p_to
    ORDER BY k.signal_id, k.version DESC
),

cells AS MATERIALIZED (
    SELECT
        s.model_id,
        least(floor(s.p_up * 10), 9)::integer AS bin_up,
        least(floor(s.p_down * 10), 9)::integer AS bin_down,
        sum(s.p_up) AS p_up,
        sum(s.p_down) AS p_down,
        count(*) FILTER (WHERE o.outcome = 'UP') AS came_up,
        count(*) FILTER (WHERE o.outcome = 'DOWN') AS came_down,
        count(*) AS signals
    FROM signals AS s
    INNER JOIN newest AS o ON s.signal_id = o.signal_id
    WHERE
        s.symbol = p_symbol
        AND s.horizon_minutes = p_horizon_minutes
        AND s.threshold = p_threshold
        AND NOT s.is_shadow
        AND NOT s.is_late
        AND s.ts >= p_from
        AND s.ts < p_to
        AND o.outcome IS NOT NULL
    GROUP BY 1, 2, 3
)

SELECT
    c.model_id,
    b.outcome,
    b.bin,
    sum(b.p) / sum(c.signals)::double precision AS promised,
    sum(b.came)::double precision / sum(c.signals)::double precision AS delivered,
    sum(c.signals)::bigint AS signals,
    sum(b.came)::bigint AS delivered_count
FROM cells AS c
CROSS JOIN LATERAL (VALUES ('UP', c.bin_up, c.p_up, c.came_up), ('DOWN', c.bin_down, c.p_down, c.came_down)) AS b (outcome, bin, p, came)
GROUP BY 1, 2, 3
ORDER BY 1, 2, 3;
END;
COMMENT ON FUNCTION live_calibration(text, integer, numeric, timestamptz, timestamptz) IS
'Reliability of the live signals of a cell with ts in [from, to), the last 30 days unless said: one row a model, outcome (UP, DOWN) and bin of its probability. bin: 0 is [0, 0.1), 9 is [0.9, 1]; promised: mean probability; delivered: share that came; signals: settled ones in the bin; delivered_count: how many came. Neighbouring minutes overlap: the counts look like more evidence than they are';
