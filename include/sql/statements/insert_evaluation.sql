-- name: record the scores of a recipe
-- grain: evaluation_id
-- keys: evaluation_id
-- reads: nothing
INSERT INTO model_evaluations (
    run_id, candidate, is_baseline, symbol, horizon_minutes, threshold, fold, as_of, model_id,
    log_loss, log_loss_skill, skill_low, skill_high, auc_up, auc_down, auc_big_move, auc_direction, calibration_error,
    rows, events, days, evaluated_from, evaluated_to,
    share_up, share_down, average_precision_lift_up, average_precision_lift_down, precision_top_up,
    precision_top_down, brier, brier_prior, mcc, recall_down, recall_sideways, recall_up, precision_down,
    precision_sideways, precision_up, share_decided_down, share_decided_sideways, share_decided_up, decided_rows,
    decided_events, decided_days, legacy_accuracy, legacy_directional_accuracy, legacy_directional_rows,
    legacy_high_confidence_accuracy, legacy_high_confidence_rows, legacy_balanced_score, legacy_sideways_accuracy,
    legacy_sideways_balanced_score, curves,
    recipe_hash, trades, trades_a_day, win_rate, mean_net_return_bps, net_return_low_bps, net_return_high_bps,
    net_return, sharpe, max_drawdown, hold_net_return, hold_sharpe, hold_max_drawdown, deflated_sharpe,
    lucky_sharpe, trials, placebo_skill, placebo_low, placebo_high, daily_from, daily_net_returns
)
VALUES (
    %(run_id)s, %(candidate)s, %(is_baseline)s, %(symbol)s, %(horizon_minutes)s, %(threshold)s, %(fold)s, %(as_of)s, %(model_id)s,
    %(log_loss)s, %(log_loss_skill)s, %(skill_low)s, %(skill_high)s, %(auc_up)s, %(auc_down)s, %(auc_big_move)s,
    %(auc_direction)s, %(calibration_error)s, %(rows)s, %(events)s, %(days)s,
    to_timestamp(%(evaluated_from)s), to_timestamp(%(evaluated_to)s),
    %(share_up)s, %(share_down)s, %(average_precision_lift_up)s, %(average_precision_lift_down)s,
    %(precision_top_up)s, %(precision_top_down)s, %(brier)s, %(brier_prior)s, %(mcc)s, %(recall_down)s,
    %(recall_sideways)s, %(recall_up)s, %(precision_down)s, %(precision_sideways)s, %(precision_up)s,
    %(share_decided_down)s, %(share_decided_sideways)s, %(share_decided_up)s, %(decided_rows)s,
    %(decided_events)s, %(decided_days)s, %(legacy_accuracy)s, %(legacy_directional_accuracy)s,
    %(legacy_directional_rows)s, %(legacy_high_confidence_accuracy)s, %(legacy_high_confidence_rows)s,
    %(legacy_balanced_score)s, %(legacy_sideways_accuracy)s, %(legacy_sideways_balanced_score)s, %(curves)s,
    %(recipe_hash)s, %(trades)s, %(trades_a_day)s, %(win_rate)s, %(mean_net_return_bps)s,
    %(net_return_low_bps)s, %(net_return_high_bps)s, %(net_return)s, %(sharpe)s, %(max_drawdown)s,
    %(hold_net_return)s, %(hold_sharpe)s, %(hold_max_drawdown)s, %(deflated_sharpe)s, %(lucky_sharpe)s,
    %(trials)s, %(placebo_skill)s, %(placebo_low)s, %(placebo_high)s, %(daily_from)s, %(daily_net_returns)s
)
