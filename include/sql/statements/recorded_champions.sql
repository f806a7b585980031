-- name: the cells that a training run has recorded for a symbol, and who came to reign in them, or reigned on
-- grain: horizon_minutes, threshold
-- keys: horizon_minutes, threshold
-- reads: model_evaluations, promotions, champions
SELECT
    r.horizon_minutes,
    r.threshold,
    coalesce(p.candidate, c.candidate) AS champion,
    coalesce(p.model_id, c.model_id) AS model_id,
    e.log_loss_skill,
    coalesce(p.kind, 'kept') AS kind,
    coalesce(p.may_trade, (m.decision ->> 'may_trade')::boolean) AS may_trade,
    coalesce(p.reason, 'The training appointed nobody.') AS reason
FROM (
    SELECT DISTINCT
        o.horizon_minutes,
        o.threshold
    FROM model_evaluations AS o
    WHERE o.run_id = %(run_id)s AND o.symbol = %(symbol)s AND o.fold IS NULL
) AS r
LEFT JOIN promotions AS p
    ON
        p.run_id = %(run_id)s AND p.symbol = %(symbol)s AND p.horizon_minutes = r.horizon_minutes
        AND p.threshold = r.threshold AND p.is_accepted AND p.kind IN ('promoted', 'refreshed', 'baseline')
LEFT JOIN champions AS c
    ON c.symbol = %(symbol)s AND c.horizon_minutes = r.horizon_minutes AND c.threshold = r.threshold
LEFT JOIN models AS m ON m.model_id = coalesce(p.model_id, c.model_id)
LEFT JOIN model_evaluations AS e
    ON
        e.run_id = %(run_id)s AND e.symbol = %(symbol)s AND e.horizon_minutes = r.horizon_minutes
        AND e.threshold = r.threshold AND e.candidate = coalesce(p.candidate, c.candidate) AND e.fold IS NULL
ORDER BY r.horizon_minutes, r.threshold
