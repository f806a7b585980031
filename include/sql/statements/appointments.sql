-- name: every appointment of a champion in a cell, the oldest reign first
-- grain: promotion_id
-- keys: promotion_id
-- reads: promotions
SELECT
    p.promotion_id,
    p.kind,
    p.model_id,
    p.candidate,
    p.effective_from
FROM promotions AS p
WHERE
    p.is_accepted
    AND p.symbol = %(symbol)s
    AND p.horizon_minutes = %(horizon_minutes)s
    AND p.threshold = %(threshold)s
ORDER BY p.effective_from, p.promotion_id
