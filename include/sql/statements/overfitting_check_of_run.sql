-- name: the check for overfitting of a training run and symbol
-- grain: run_id, symbol
-- keys: run_id, symbol
-- reads: overfitting_checks
SELECT
    o.run_id,
    o.symbol,
    o.as_of,
    o.trials,
    o.days,
    o.splits,
    o.overfitting_probability,
    o.probability_of_loss,
    o.cost_bps_per_side
FROM overfitting_checks AS o
WHERE o.run_id = %(run_id)s AND o.symbol = %(symbol)s
ORDER BY o.check_id
LIMIT 1
