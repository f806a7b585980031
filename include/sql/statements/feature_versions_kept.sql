-- name: the versions of the features whose view is there
-- grain: feature_version
-- keys: feature_version
-- reads: feature_versions
SELECT
    v.feature_version,
    v.feature_hash,
    v.columns,
    v.lookback_minutes
FROM feature_versions AS v
WHERE to_regclass('minute_features_v' || v.feature_version) IS NOT NULL
