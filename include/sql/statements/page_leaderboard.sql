-- name: recipes against baselines in one cell, the most skilled first
-- grain: candidate
-- keys: candidate
-- reads: model_leaderboard
SELECT
    l.candidate,
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
    l.evaluated_to,
    l.trades,
    l.mean_net_return_bps,
    l.net_return_low_bps,
    l.net_return_high_bps
FROM model_leaderboard AS l
WHERE l.symbol = %(symbol)s AND l.horizon_minutes = %(horizon_minutes)s AND l.threshold = %(threshold)s::numeric
ORDER BY l.log_loss_skill DESC NULLS LAST, l.candidate
LIMIT 60
