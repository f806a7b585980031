-- name: how often UP and DOWN came where a probability was said: the champion of a cell, and the volatility baseline of its run
-- grain: candidate
-- keys: candidate
-- reads: champions, model_evaluations
-- Where that baseline itself reigns, the most skilled candidate stands beside it.
SELECT
    r.candidate,
    r.candidate = c.candidate AS is_champion,
    r.events,
    r.days,
    r.curves -> 'calibration_up' AS calibration_up,
    r.curves -> 'calibration_down' AS calibration_down
FROM champions AS c
INNER JOIN model_evaluations AS e
    ON
        c.symbol = e.symbol
        AND c.horizon_minutes = e.horizon_minutes
        AND c.threshold = e.threshold
        AND c.model_id = e.model_id
        AND e.fold IS NULL
INNER JOIN model_evaluations AS r
    ON
        e.symbol = r.symbol
        AND e.horizon_minutes = r.horizon_minutes
        AND e.threshold = r.threshold
        AND e.run_id = r.run_id
        AND r.fold IS NULL
WHERE
    c.symbol = %(symbol)s
    AND c.horizon_minutes = %(horizon_minutes)s
    AND c.threshold = %(threshold)s::numeric
    AND (r.candidate IN (c.candidate, 'volatility_60m') OR NOT r.is_baseline)
ORDER BY is_champion DESC, r.candidate = 'volatility_60m' DESC, r.log_loss_skill DESC NULLS LAST
LIMIT 2
