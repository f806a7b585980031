-- name: each symbol's check for overfitting of the training run with the newest data
-- grain: symbol
-- keys: symbol
-- reads: overfitting_checks
SELECT DISTINCT ON (o.symbol)
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
ORDER BY o.symbol, o.as_of DESC, o.created_at DESC, o.check_id DESC
