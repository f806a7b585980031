-- name: when a check ran last
-- grain: one row
-- keys: none
-- reads: pipeline_checks
SELECT max(c.checked_at) AS checked_at
FROM pipeline_checks AS c
WHERE c.name = %(name)s
