-- name: drop a step of the oldest rows of checks; what failed stays, since minutes were abstained from for it
-- grain: one row
-- keys: none
-- reads: pipeline_checks
-- Binds: cutoff, step (rows).
WITH dropped AS (
    DELETE FROM pipeline_checks AS c
    WHERE c.check_id IN (
        SELECT o.check_id FROM pipeline_checks AS o
        WHERE o.checked_at < %(cutoff)s AND o.status <> 'failed'
        ORDER BY o.checked_at
        LIMIT %(step)s
    )
    RETURNING c.check_id
)

SELECT count(*) AS dropped
FROM dropped
