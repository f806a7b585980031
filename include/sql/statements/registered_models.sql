-- name: the registered models, or those of the given numbers: the reigning ones first, then the newest, 200 at most
-- grain: model_id
-- keys: model_id
-- reads: models, model_evaluations, promotions, champions
SELECT
    m.model_id,
    m.candidate,
    m.is_baseline,
    m.symbol,
    m.horizon_minutes,
    m.threshold,
    m.created_at,
    e.log_loss_skill,
    e.skill_low,
    e.skill_high,
    e.events,
    e.days,
    c.reigns_since,
    a.model_id IS NOT NULL AS has_reigned
FROM models AS m
LEFT JOIN (
    SELECT DISTINCT ON (o.model_id)
        o.model_id,
        o.log_loss_skill,
        o.skill_low,
        o.skill_high,
        o.events,
        o.days
    FROM model_evaluations AS o
    WHERE o.model_id IS NOT NULL AND o.fold IS NULL
    ORDER BY o.model_id, o.evaluation_id DESC
) AS e ON m.model_id = e.model_id
LEFT JOIN (
    SELECT
        r.model_id,
        min(r.effective_from) AS reigns_since
    FROM champions AS r
    GROUP BY r.model_id
) AS c ON m.model_id = c.model_id
LEFT JOIN (
    SELECT DISTINCT p.model_id
    FROM promotions AS p
    WHERE p.is_accepted
) AS a ON m.model_id = a.model_id
WHERE %(ids)s::bigint [] IS NULL OR m.model_id = ANY(%(ids)s::bigint [])
ORDER BY c.reigns_since IS NULL, m.model_id DESC
LIMIT 200
