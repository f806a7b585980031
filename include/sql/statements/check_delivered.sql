-- name: a champion's live days of a cell since an instant, as they were settled
-- grain: day
-- keys: day
-- reads: performance_days
SELECT
    d.day,
    d.settled,
    d.events,
    d.expected_up + d.expected_down AS expected,
    d.observed_up + d.observed_down AS observed,
    d.log_loss,
    d.log_loss_prior
FROM performance_days AS d
WHERE d.symbol = %(symbol)s AND d.horizon_minutes = %(horizon)s AND d.threshold = %(threshold)s AND d.model_id = %(model_id)s
    AND d.kind = 'live' AND d.settled > 0 AND d.day >= (%(since)s::timestamptz AT TIME ZONE 'UTC')::date
ORDER BY d.day
