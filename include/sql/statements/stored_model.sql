-- name: a registered model with the definition of its features
-- grain: one row, none where the number is not registered
-- keys: model_id
-- reads: models, feature_versions
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
    m.artifact,
    m.artifact_format,
    m.artifact_sha256,
    m.artifact_collected_at,
    m.input_quantiles,
    v.columns AS version_columns,
    v.lookback_minutes,
    v.definition
FROM models AS m
INNER JOIN feature_versions AS v USING (feature_version)
WHERE m.model_id = %(model_id)s
