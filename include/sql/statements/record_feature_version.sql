-- name: the number of a feature definition, a new one where it is new
-- grain: one row
-- keys: feature_hash
-- reads: feature_versions
WITH made AS (
    INSERT INTO feature_versions (feature_version, feature_hash, columns, lookback_minutes, definition)
    SELECT
        coalesce((SELECT max(v.feature_version) FROM feature_versions AS v), 0) + 1,
        %(hash)s,
        %(columns)s,
        %(lookbacks)s,
        %(definition)s
    WHERE NOT EXISTS (SELECT FROM feature_versions AS v WHERE v.feature_hash = %(hash)s)
    RETURNING feature_version
)

SELECT feature_version FROM made
UNION ALL
SELECT v.feature_version FROM feature_versions AS v WHERE v.feature_hash = %(hash)s
