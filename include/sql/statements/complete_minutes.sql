-- name: how many minutes of [start, end) hold every one of the named columns
-- grain: one row
-- keys: none
-- reads: minute_metrics
SELECT count(*) AS minutes
FROM minute_metrics AS m
WHERE m.symbol = %(symbol)s AND m.ts >= %(start)s AND m.ts < %(end)s AND num_nulls({columns}) = 0
