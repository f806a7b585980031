-- name: the live skill of 30 days in each cell, whoever reigned, with the events that it rests on
-- grain: symbol, horizon_minutes, threshold
-- keys: symbol, horizon_minutes, threshold
-- reads: performance_days
SELECT
    d.symbol,
    d.horizon_minutes,
    d.threshold,
    (1 - sum(d.settled * d.log_loss) / nullif(sum(d.settled * d.log_loss_prior), 0))::float8 AS skill,
    sum(d.events)::float8 AS events,
    sum(d.settled)::float8 AS settled
FROM performance_days AS d
WHERE d.kind = 'live' AND d.settled > 0 AND d.day > (SELECT max(n.day) FROM performance_days AS n) - 30
GROUP BY d.symbol, d.horizon_minutes, d.threshold
