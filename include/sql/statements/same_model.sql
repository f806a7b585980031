-- name: the model of the same artifact, which is there, and question, training time and features
-- grain: one row, none where it is not registered; the first where several trainings gave the same
-- keys: model_id
-- reads: models
SELECT
    m.model_id,
    m.candidate,
    m.feature_columns,
    m.decision
FROM models AS m
WHERE
    m.artifact IS NOT NULL
    AND m.artifact_sha256 = %(artifact_sha256)s
    AND m.symbol = %(symbol)s
    AND m.horizon_minutes = %(horizon_minutes)s
    AND m.threshold = %(threshold)s
    AND m.trained_to = %(trained_to)s
    AND m.feature_hash = %(feature_hash)s
ORDER BY m.model_id
LIMIT 1
