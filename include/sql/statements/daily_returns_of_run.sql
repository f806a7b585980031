-- name: what every recipe of a training run brought each day on paper; NULL where it was not traded on paper
-- grain: symbol, horizon_minutes, threshold, candidate
-- keys: symbol, horizon_minutes, threshold, candidate
-- reads: model_evaluations
SELECT DISTINCT ON (e.symbol, e.horizon_minutes, e.threshold, e.candidate)
    e.symbol,
    e.as_of,
    e.daily_from,
    e.daily_net_returns
FROM model_evaluations AS e
WHERE e.run_id = %(run_id)s AND e.fold IS NULL
ORDER BY e.symbol, e.horizon_minutes, e.threshold, e.candidate, e.evaluation_id DESC
