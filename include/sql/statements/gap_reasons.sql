-- name: how many runs of missing minutes there are, by the reason why
-- grain: reason
-- keys: reason
-- reads: coverage_gaps
SELECT
    g.reason,
    count(*) AS runs
FROM coverage_gaps AS g
GROUP BY g.reason
ORDER BY runs DESC, g.reason
