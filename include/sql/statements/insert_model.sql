-- name: register a model
-- grain: model_id
-- keys: model_id
-- reads: nothing
INSERT INTO models (
    candidate, is_baseline, symbol, horizon_minutes, threshold, trained_from, trained_to, as_of, snapshot_hash,
    feature_version, feature_hash, feature_columns, code_revision, parameters, decision,
    artifact, artifact_format, artifact_sha256, input_quantiles
)
VALUES (
    %(candidate)s, %(is_baseline)s, %(symbol)s, %(horizon_minutes)s, %(threshold)s, %(trained_from)s, %(trained_to)s,
    %(as_of)s, %(snapshot_hash)s, %(feature_version)s, %(feature_hash)s, %(feature_columns)s, %(code_revision)s,
    %(parameters)s, %(decision)s, %(artifact)s, %(artifact_format)s, %(artifact_sha256)s, %(input_quantiles)s
)
RETURNING model_id
