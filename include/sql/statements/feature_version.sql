-- name: a feature definition by its hash
-- grain: one row, none where it was never applied
-- keys: feature_hash
-- reads: feature_versions
SELECT
    v.feature_version,
    v.feature_hash,
    v.columns,
    v.lookback_minutes
FROM feature_versions AS v
WHERE v.feature_hash = %(hash)s
