-- name: the leaderboard
-- grain: symbol, horizon_minutes, threshold, candidate
-- keys: symbol, horizon_minutes, threshold, candidate
-- reads: model_leaderboard
SELECT
    l.candidate,
    l.symbol,
    l.horizon_minutes,
    l.threshold,
    l.is_baseline,
    l.is_champion,
    l.log_loss_skill,
    l.skill_low,
    l.skill_high,
    l.auc_up,
    l.auc_down,
    l.auc_big_move,
    l.auc_direction,
    l.calibration_error,
    l.rows,
    l.events,
    l.days,
    l.evaluated_from,
    l.evaluated_to
FROM model_leaderboard AS l
