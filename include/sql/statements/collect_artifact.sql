-- name: give up the bytes of a model; all else of it stays
-- grain: one row, none where they were given up already
-- keys: model_id
-- reads: models
UPDATE models
SET artifact = NULL, artifact_collected_at = clock_timestamp()
WHERE model_id = %(model_id)s AND artifact IS NOT NULL
RETURNING model_id
