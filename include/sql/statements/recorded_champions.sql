-- name: what a training run has recorded for a symbol: who came to reign in each cell
-- grain: horizon_minutes, threshold
-- keys: horizon_minutes, threshold
-- reads: promotions, model_evaluations
SELECT
    p.horizon_minutes,
    p.threshold,
    p.candidate AS champion,
    p.model_id,
    e.log_loss_skill,
    p.kind,
    p.may_trade,
    p.reason
FROM promotions AS p
LEFT JOIN model_evaluations AS e
    ON
        e.run_id = p.run_id AND e.symbol = p.symbol AND e.horizon_minutes = p.horizon_minutes
        AND e.threshold = p.threshold AND e.candidate = p.candidate AND e.fold IS NULL
WHERE p.run_id = %(run_id)s AND p.symbol = %(symbol)s AND p.is_accepted
ORDER BY p.horizon_minutes, p.threshold
