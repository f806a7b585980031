-- name: the gate's verdicts on a model, oldest first
-- grain: promotion_id
-- keys: promotion_id
-- reads: promotions
SELECT to_jsonb(p) AS promotion
FROM promotions AS p
WHERE p.model_id = %(model_id)s
ORDER BY p.promotion_id
