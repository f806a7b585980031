-- name: the pooled out-of-sample skill of a model, as it was promised
-- grain: one row
-- keys: none
-- reads: model_evaluations
SELECT
    e.log_loss_skill,
    e.skill_low,
    e.skill_high
FROM model_evaluations AS e
WHERE e.model_id = %(model_id)s AND e.fold IS NULL
ORDER BY e.created_at DESC
LIMIT 1
