-- name: the champion of each given cell, its out-of-sample skill, and the volatility baseline's on the same minutes
-- grain: symbol, horizon_minutes, threshold
-- keys: symbol, horizon_minutes, threshold
-- reads: champions, model_evaluations
SELECT
    c.symbol,
    c.horizon_minutes,
    c.threshold::double precision AS threshold,
    c.candidate,
    c.model_id,
    c.effective_from,
    e.is_baseline,
    e.log_loss_skill AS skill,
    e.skill_low,
    e.skill_high,
    b.log_loss_skill AS baseline_skill,
    e.events,
    e.days
FROM champions AS c
INNER JOIN unnest(%(horizons)s::integer [], %(thresholds)s::numeric []) AS l (horizon_minutes, threshold)
    ON c.horizon_minutes = l.horizon_minutes AND c.threshold = l.threshold
LEFT JOIN model_evaluations AS e
    ON
        c.symbol = e.symbol
        AND c.horizon_minutes = e.horizon_minutes
        AND c.threshold = e.threshold
        AND c.model_id = e.model_id
        AND e.fold IS NULL
LEFT JOIN model_evaluations AS b
    ON
        e.symbol = b.symbol
        AND e.horizon_minutes = b.horizon_minutes
        AND e.threshold = b.threshold
        AND e.run_id = b.run_id
        AND b.candidate = 'volatility_60m'
        AND b.fold IS NULL
WHERE c.symbol = ANY(%(symbols)s::text [])
ORDER BY c.symbol, c.horizon_minutes, c.threshold
