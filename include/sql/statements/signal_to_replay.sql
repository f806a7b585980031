-- name: signals with what they rest on: the model's facts, the values that were scored, libraries and platform
-- grain: signal_id
-- keys: signal_id
-- reads: signals, models, signal_inputs, feature_versions, scoring_environments
SELECT
    s.*,
    m.candidate,
    m.decision,
    m.feature_version,
    m.feature_columns,
    m.artifact_format,
    m.artifact_sha256,
    v.columns AS version_columns,
    i."values" AS inputs,
    e.fingerprint,
    e.libraries
FROM signals AS s
LEFT JOIN models AS m USING (model_id)
LEFT JOIN feature_versions AS v USING (feature_version)
LEFT JOIN
    signal_inputs AS i
    ON i.symbol = s.symbol AND i.ts = s.ts AND i.feature_version = m.feature_version AND i.inputs_hash = s.inputs_hash
LEFT JOIN scoring_environments AS e USING (environment_id)
WHERE s.signal_id = ANY(%(signal_ids)s)
ORDER BY s.signal_id
