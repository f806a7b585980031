-- name: how many scored signals of a symbol there are in the days that are summed up, and how many have a known outcome
-- grain: one row
-- keys: none
-- reads: performance_days
SELECT
    sum(d.signals - d.abstained)::bigint AS scored,
    sum(d.settled)::bigint AS settled
FROM performance_days AS d
WHERE d.symbol = %(symbol)s AND d.kind <> 'shadow'
