-- name: the number of a feature definition, a new one where it is new
-- grain: one row
-- keys: feature_hash
-- reads: feature_versions
WITH made AS (
    INSERT INTO feature_versions (feature_version, feature_hash, columns, definition)
    SELECT
        coalesce((SELECT max(v.feature_version) FROM feature_versions AS v), 0) + 1,
        %(hash)s,
        (
            SELECT array_agg(a.attname::text ORDER BY a.attnum)
            FROM pg_attribute AS a
            WHERE a.attrelid = 'minute_features'::regclass AND a.attnum > 0 AND a.atttypid = 'float8'::regtype
        ),
        %(definition)s
    WHERE NOT EXISTS (SELECT FROM feature_versions AS v WHERE v.feature_hash = %(hash)s)
    RETURNING feature_version
)

SELECT feature_version FROM made
UNION ALL
SELECT v.feature_version FROM feature_versions AS v WHERE v.feature_hash = %(hash)s
