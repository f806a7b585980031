-- name: the pooled out-of-sample skill that a cell's live answers since an instant were promised, each model's by its settled minutes
-- grain: one row
-- keys: none
-- reads: performance_days, model_evaluations
WITH promised AS (
    SELECT DISTINCT ON (e.model_id)
        e.model_id,
        e.log_loss_skill,
        e.skill_low,
        e.skill_high
    FROM model_evaluations AS e
    WHERE e.symbol = %(symbol)s AND e.horizon_minutes = %(horizon)s AND e.threshold = %(threshold)s AND e.fold IS NULL AND e.skill_low IS NOT NULL
    ORDER BY e.model_id, e.created_at DESC
)

SELECT
    count(DISTINCT d.model_id) AS models,
    (sum(d.settled * p.log_loss_skill) / sum(d.settled))::float8 AS log_loss_skill,
    (sum(d.settled * p.skill_low) / sum(d.settled))::float8 AS skill_low,
    (sum(d.settled * p.skill_high) / sum(d.settled))::float8 AS skill_high
FROM performance_days AS d
INNER JOIN promised AS p ON d.model_id = p.model_id
WHERE
    d.symbol = %(symbol)s AND d.horizon_minutes = %(horizon)s AND d.threshold = %(threshold)s
    AND d.kind = 'live' AND d.settled > 0 AND d.day >= (%(since)s::timestamptz AT TIME ZONE 'UTC')::date
