-- name: which versions of the features need their view: the one in force, and those that a model rests on
-- grain: feature_version
-- keys: feature_version
-- reads: feature_versions, models
SELECT
    v.feature_version,
    v.definition,
    v.feature_version = %(in_force)s
    OR EXISTS (SELECT FROM models AS m WHERE m.feature_version = v.feature_version) AS is_needed,
    v.created_at < clock_timestamp() - INTERVAL '7 days' AS is_old,
    to_regclass('minute_features_v' || v.feature_version) IS NOT NULL AS has_view
FROM feature_versions AS v
ORDER BY v.feature_version
