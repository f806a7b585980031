-- name: a registered model without its bytes
-- grain: one row, none where the number is not registered
-- keys: model_id
-- reads: models
SELECT
    m.model_id,
    m.candidate,
    m.is_baseline,
    m.symbol,
    m.horizon_minutes,
    m.threshold,
    m.trained_from,
    m.trained_to,
    m.as_of,
    m.snapshot_hash,
    m.feature_version,
    m.feature_hash,
    m.feature_columns,
    m.code_revision,
    m.parameters,
    m.decision,
    octet_length(m.artifact) AS artifact_bytes,
    m.artifact_format,
    m.artifact_sha256,
    m.created_at
FROM models AS m
WHERE m.model_id = %(model_id)s
