-- name: record the scores of a recipe
-- grain: evaluation_id
-- keys: evaluation_id
-- reads: nothing
INSERT INTO model_evaluations (
    run_id, candidate, is_baseline, symbol, horizon_minutes, threshold, fold, as_of, model_id,
    log_loss, log_loss_skill, skill_low, skill_high, auc_up, auc_down, auc_big_move, auc_direction, calibration_error,
    rows, events, days, evaluated_from, evaluated_to
)
VALUES (
    %(run_id)s, %(candidate)s, %(is_baseline)s, %(symbol)s, %(horizon_minutes)s, %(threshold)s, %(fold)s, %(as_of)s, %(model_id)s,
    %(log_loss)s, %(log_loss_skill)s, %(skill_low)s, %(skill_high)s, %(auc_up)s, %(auc_down)s, %(auc_big_move)s,
    %(auc_direction)s, %(calibration_error)s, %(rows)s, %(events)s, %(days)s,
    to_timestamp(%(evaluated_from)s), to_timestamp(%(evaluated_to)s)
)
