-- name: a cell's live days since an instant, as they were settled, whichever champions scored them
-- grain: day
-- keys: day
-- reads: performance_days
SELECT
    d.day,
    sum(d.settled) AS settled,
    sum(d.events) AS events,
    sum(d.expected_up + d.expected_down) AS expected,
    sum(d.observed_up + d.observed_down) AS observed,
    sum(d.settled * d.log_loss) / sum(d.settled) AS log_loss,
    sum(d.settled * d.log_loss_prior) / sum(d.settled) AS log_loss_prior
FROM performance_days AS d
WHERE
    d.symbol = %(symbol)s AND d.horizon_minutes = %(horizon)s AND d.threshold = %(threshold)s
    AND d.kind = 'live' AND d.settled > 0 AND d.day >= (%(since)s::timestamptz AT TIME ZONE 'UTC')::date
GROUP BY d.day
ORDER BY d.day
