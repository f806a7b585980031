-- name: record the check for overfitting of a training run and symbol
-- grain: check_id
-- keys: check_id
-- reads: nothing
INSERT INTO overfitting_checks (
    run_id, symbol, as_of, trials, days, splits, overfitting_probability, probability_of_loss, cost_bps_per_side
)
VALUES (
    %(run_id)s, %(symbol)s, %(as_of)s, %(trials)s, %(days)s, %(splits)s, %(overfitting_probability)s,
    %(probability_of_loss)s, %(cost_bps_per_side)s
)
