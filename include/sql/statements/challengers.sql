-- name: every challenger that a symbol's cells have had, oldest first; without a model where none follows
-- grain: challenge_id
-- keys: challenge_id
-- reads: challengers, models
SELECT
    c.horizon_minutes,
    c.threshold,
    c.effective_from,
    m.model_id,
    m.candidate,
    m.trained_to,
    m.as_of,
    m.feature_version,
    m.feature_columns,
    m.decision,
    m.artifact_format,
    m.artifact_sha256
FROM challengers AS c
LEFT JOIN models AS m USING (model_id)
WHERE c.symbol = %(symbol)s
ORDER BY c.effective_from, c.challenge_id
