-- name: when each of some checks ran last
-- grain: name
-- keys: name
-- reads: pipeline_checks
SELECT
    n.name,
    (SELECT max(c.checked_at) FROM pipeline_checks AS c WHERE c.name = n.name) AS checked_at
FROM unnest(%(names)s::text []) AS n (name)
