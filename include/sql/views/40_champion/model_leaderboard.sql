-- name: recipes against baselines, from each cell's training run with the newest data, all scored on the same minutes
-- grain: symbol, horizon_minutes, threshold, candidate
-- keys: symbol, horizon_minutes, threshold, candidate
-- reads: model_evaluations, champions
CREATE OR REPLACE VIEW model_leaderboard AS
SELECT
    e.candidate,
    e.symbol,
    e.horizon_minutes,
    e.threshold,
    e.is_baseline,
    coalesce(e.model_id = c.model_id, FALSE) AS is_champion,
    e.log_loss_skill,
    e.skill_low,
    e.skill_high,
    e.auc_up,
    e.auc_down,
    e.auc_big_move,
    e.auc_direction,
    e.calibration_error,
    e.rows,
    e.events,
    e.days,
    e.evaluated_from,
    e.evaluated_to
FROM model_evaluations AS e
INNER JOIN (
    SELECT DISTINCT ON (n.symbol, n.horizon_minutes, n.threshold)
        n.symbol,
        n.horizon_minutes,
        n.threshold,
        n.run_id
    FROM model_evaluations AS n
    WHERE n.fold IS NULL
    ORDER BY n.symbol, n.horizon_minutes, n.threshold, n.as_of DESC, n.created_at DESC, n.evaluation_id DESC
) AS newest USING (symbol, horizon_minutes, threshold, run_id)
LEFT JOIN champions AS c USING (symbol, horizon_minutes, threshold)
WHERE e.fold IS NULL
ORDER BY e.symbol, e.horizon_minutes, e.threshold, e.log_loss_skill DESC NULLS LAST;
COMMENT ON VIEW model_leaderboard IS 'Out-of-sample scores of every recipe and baseline in each cell''s training run with the newest data';
COMMENT ON COLUMN model_leaderboard.candidate IS 'Recipe: name of the candidate or baseline';
COMMENT ON COLUMN model_leaderboard.symbol IS 'Name of the market';
COMMENT ON COLUMN model_leaderboard.horizon_minutes IS 'How far ahead the label looks, minutes';
COMMENT ON COLUMN model_leaderboard.threshold IS 'Move that the label calls UP or DOWN, a fraction';
COMMENT ON COLUMN model_leaderboard.is_baseline IS 'True for baselines';
COMMENT ON COLUMN model_leaderboard.is_champion IS 'True: the model of this run and recipe answers the cell''s minutes now';
COMMENT ON COLUMN model_leaderboard.log_loss_skill IS '1 - log-loss / log-loss of the training fold''s class prior; 0: no better than the prior';
COMMENT ON COLUMN model_leaderboard.skill_low IS 'Lower end of the 95 % block-bootstrap interval of the skill; NULL: too few blocks';
COMMENT ON COLUMN model_leaderboard.skill_high IS 'Upper end of that interval; NULL: too few blocks';
COMMENT ON COLUMN model_leaderboard.auc_up IS 'AUC of p_up; NULL: one class only';
COMMENT ON COLUMN model_leaderboard.auc_down IS 'AUC of p_down; NULL: one class only';
COMMENT ON COLUMN model_leaderboard.auc_big_move IS 'AUC of 1 - p_sideways; NULL: one class only';
COMMENT ON COLUMN model_leaderboard.auc_direction IS 'AUC of the direction among big moves; 0.5: no idea; NULL: one class only';
COMMENT ON COLUMN model_leaderboard.calibration_error IS '15 equal-count bins, UP and DOWN one against the rest, the larger';
COMMENT ON COLUMN model_leaderboard.rows IS 'Test minutes';
COMMENT ON COLUMN model_leaderboard.events IS 'UP and DOWN events in them';
COMMENT ON COLUMN model_leaderboard.days IS 'UTC days with an event';
COMMENT ON COLUMN model_leaderboard.evaluated_from IS 'First test minute, UTC';
COMMENT ON COLUMN model_leaderboard.evaluated_to IS 'End of the test minutes, UTC, not included';
