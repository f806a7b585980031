-- name: proposals with their answer, with what came after them, and with the champion that stands against them
-- grain: promotion_id
-- keys: promotion_id
-- reads: promotions, champions
-- Superseded: another training run of no earlier market time proposed or appointed a model in the cell since then. Binds: proposal_id, run_id; NULL: all.
SELECT
    p.promotion_id AS proposal_id,
    p.run_id,
    p.symbol,
    p.horizon_minutes,
    p.threshold,
    p.candidate,
    p.model_id,
    p.reason,
    p.may_trade,
    p.trade_reason,
    p.effective_from,
    p.decided_at AS proposed_at,
    c.model_id AS champion_model_id,
    c.candidate AS champion,
    a.kind AS answer,
    a.decided_by AS answered_by,
    a.decided_at AS answered_at,
    n.kind AS superseded_as,
    n.decided_at AS superseded_at
FROM promotions AS p
LEFT JOIN champions AS c USING (symbol, horizon_minutes, threshold)
LEFT JOIN promotions AS a ON p.promotion_id = a.answers_to
LEFT JOIN LATERAL (
    SELECT
        o.kind,
        o.decided_at
    FROM promotions AS o
    WHERE
        o.symbol = p.symbol
        AND o.horizon_minutes = p.horizon_minutes
        AND o.threshold = p.threshold
        AND o.run_id <> p.run_id
        AND o.promotion_id > p.promotion_id
        AND o.effective_from >= p.effective_from
        AND (o.is_accepted OR o.kind = 'proposed')
    ORDER BY o.promotion_id
    LIMIT 1
) AS n ON TRUE
WHERE
    p.kind = 'proposed'
    AND (%(proposal_id)s::bigint IS NULL OR p.promotion_id = %(proposal_id)s::bigint)
    AND (%(run_id)s::uuid IS NULL OR p.run_id = %(run_id)s::uuid)
ORDER BY p.symbol, p.horizon_minutes, p.threshold, p.promotion_id
