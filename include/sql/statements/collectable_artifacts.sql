-- name: models whose bytes nothing needs: none of them reigned, challenges, waits for an answer or gave a signal
-- grain: model_id
-- keys: model_id
-- reads: models, promotions, challengers, signals
-- A model answers in a cell only after a row of promotions or challengers there. Binds: kept (interval), model_id (NULL: all).
WITH known AS MATERIALIZED (
    SELECT array_agg(DISTINCT k.symbol) AS symbols
    FROM (SELECT p.symbol FROM promotions AS p UNION ALL SELECT c.symbol FROM challengers AS c) AS k
)

SELECT
    m.model_id,
    m.horizon_minutes,
    m.threshold,
    o.symbols,
    octet_length(m.artifact) AS bytes
FROM models AS m
CROSS JOIN LATERAL (
    SELECT CASE WHEN m.symbol = '*' THEN coalesce(k.symbols, '{}') ELSE ARRAY[m.symbol] END AS symbols FROM known AS k
) AS o
WHERE
    m.artifact IS NOT NULL
    AND m.created_at < clock_timestamp() - %(kept)s::interval
    AND (%(model_id)s::bigint IS NULL OR m.model_id = %(model_id)s)
    AND NOT EXISTS (SELECT FROM promotions AS p WHERE p.model_id = m.model_id AND p.is_accepted)
    AND NOT EXISTS (
        SELECT FROM promotions AS p
        WHERE
            p.model_id = m.model_id
            AND p.kind = 'proposed'
            AND NOT EXISTS (SELECT FROM promotions AS a WHERE a.answers_to = p.promotion_id)
            AND NOT EXISTS (
                SELECT FROM promotions AS n
                WHERE
                    (n.symbol, n.horizon_minutes, n.threshold) = (p.symbol, p.horizon_minutes, p.threshold)
                    AND n.run_id <> p.run_id
                    AND n.promotion_id > p.promotion_id
                    AND n.effective_from >= p.effective_from
                    AND (n.is_accepted OR n.kind = 'proposed')
            )
    )
    AND NOT EXISTS (
        SELECT FROM challengers AS c
        WHERE
            c.model_id = m.model_id
            AND NOT EXISTS (
                SELECT FROM challengers AS n
                WHERE
                    (n.symbol, n.horizon_minutes, n.threshold) = (c.symbol, c.horizon_minutes, c.threshold)
                    AND n.challenge_id > c.challenge_id
            )
    )
    AND NOT EXISTS (
        SELECT FROM signals AS s
        WHERE
            s.symbol = ANY(o.symbols)
            AND s.horizon_minutes = m.horizon_minutes
            AND s.threshold = m.threshold
            AND s.ts > m.trained_to
            AND s.is_shadow
            AND s.model_id = m.model_id
    )
    AND NOT EXISTS (
        SELECT FROM signals AS s
        WHERE
            s.symbol = ANY(o.symbols)
            AND s.horizon_minutes = m.horizon_minutes
            AND s.threshold = m.threshold
            AND s.ts > m.trained_to
            AND NOT s.is_shadow
            AND s.model_id = m.model_id
    )
ORDER BY m.model_id
