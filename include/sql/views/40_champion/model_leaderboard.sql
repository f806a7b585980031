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
    e.evaluated_to,
    e.share_up,
    e.share_down,
    e.average_precision_lift_up,
    e.average_precision_lift_down,
    e.precision_top_up,
    e.precision_top_down,
    e.brier,
    e.brier_prior,
    e.mcc,
    e.recall_down,
    e.recall_sideways,
    e.recall_up,
    e.precision_down,
    e.precision_sideways,
    e.precision_up,
    e.share_decided_down,
    e.share_decided_sideways,
    e.share_decided_up,
    e.decided_rows,
    e.decided_events,
    e.decided_days,
    e.legacy_accuracy,
    e.legacy_directional_accuracy,
    e.legacy_directional_rows,
    e.legacy_high_confidence_accuracy,
    e.legacy_high_confidence_rows,
    e.legacy_balanced_score,
    e.legacy_sideways_accuracy,
    e.legacy_sideways_balanced_score,
    e.trades,
    e.trades_a_day,
    e.win_rate,
    e.mean_net_return_bps,
    e.net_return_low_bps,
    e.net_return_high_bps,
    e.net_return,
    e.sharpe,
    e.max_drawdown,
    e.hold_net_return,
    e.hold_sharpe,
    e.hold_max_drawdown,
    e.deflated_sharpe,
    e.lucky_sharpe,
    e.trials
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
COMMENT ON VIEW model_leaderboard IS 'Out-of-sample scores of every recipe and baseline in each cell''s training run with the newest data, and what its rule brought on paper after costs';
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
COMMENT ON COLUMN model_leaderboard.share_up IS 'Share of the test minutes that are UP: the precision of guesses; NULL: scored before the schema''s 0004';
COMMENT ON COLUMN model_leaderboard.share_down IS 'Share of the test minutes that are DOWN: the precision of guesses; NULL: scored before the schema''s 0004';
COMMENT ON COLUMN model_leaderboard.average_precision_lift_up IS 'Average precision of p_up for UP, over share_up; 1: no better than guessing; NULL: no UP minute, or scored before the schema''s 0004';
COMMENT ON COLUMN model_leaderboard.average_precision_lift_down IS 'Average precision of p_down for DOWN, over share_down; 1: no better than guessing; NULL: no DOWN minute, or scored before the schema''s 0004';
COMMENT ON COLUMN model_leaderboard.precision_top_up IS 'Share of UP among the 1 % of the test minutes with the highest p_up; guesses have share_up; NULL: scored before the schema''s 0004';
COMMENT ON COLUMN model_leaderboard.precision_top_down IS 'Share of DOWN among the 1 % of the test minutes with the highest p_down; guesses have share_down; NULL: scored before the schema''s 0004';
COMMENT ON COLUMN model_leaderboard.brier IS 'Brier score over the three classes, mean squared distance a row, 0 (perfect) to 2; NULL: scored before the schema''s 0004';
COMMENT ON COLUMN model_leaderboard.brier_prior IS 'The same of the training fold''s class prior; NULL: scored before the schema''s 0004';
COMMENT ON COLUMN model_leaderboard.mcc IS 'Matthews correlation of the classes by the cut-offs, -1 to 1, over decided_rows; 0: guesses or a constant answer; NULL: nothing decided, only one class came, or scored before the schema''s 0004';
COMMENT ON COLUMN model_leaderboard.recall_down IS 'Share of the DOWN minutes of decided_rows that were predicted DOWN; guesses as frequent as the class: share_decided_down; NULL: none came, or scored before the schema''s 0004';
COMMENT ON COLUMN model_leaderboard.recall_sideways IS 'The same of SIDEWAYS; guesses: share_decided_sideways; NULL: none came, or scored before the schema''s 0004';
COMMENT ON COLUMN model_leaderboard.recall_up IS 'The same of UP; guesses: share_decided_up; NULL: none came, or scored before the schema''s 0004';
COMMENT ON COLUMN model_leaderboard.precision_down IS 'Share of the minutes predicted DOWN that were DOWN; guesses: share_decided_down; NULL: never predicted, or scored before the schema''s 0004';
COMMENT ON COLUMN model_leaderboard.precision_sideways IS 'The same of SIDEWAYS; guesses: share_decided_sideways; NULL: never predicted, or scored before the schema''s 0004';
COMMENT ON COLUMN model_leaderboard.precision_up IS 'The same of UP; guesses: share_decided_up; NULL: never predicted, or scored before the schema''s 0004';
COMMENT ON COLUMN model_leaderboard.share_decided_down IS 'Share of DOWN in decided_rows; NULL: nothing decided, or scored before the schema''s 0004';
COMMENT ON COLUMN model_leaderboard.share_decided_sideways IS 'Share of SIDEWAYS in decided_rows; NULL: nothing decided, or scored before the schema''s 0004';
COMMENT ON COLUMN model_leaderboard.share_decided_up IS 'Share of UP in decided_rows; NULL: nothing decided, or scored before the schema''s 0004';
COMMENT ON COLUMN model_leaderboard.decided_rows IS 'Test minutes with a predicted class: by cut-offs from earlier folds, so none of the first fold; NULL: scored before the schema''s 0004';
COMMENT ON COLUMN model_leaderboard.decided_events IS 'UP and DOWN events in them; NULL: scored before the schema''s 0004';
COMMENT ON COLUMN model_leaderboard.decided_days IS 'UTC days on which such an event begins; NULL: scored before the schema''s 0004';
COMMENT ON COLUMN model_leaderboard.trades IS 'Positions on paper of the decision rule in the test minutes, one at a time, entered a minute late; NULL: no minute was decided, or scored before the schema''s 0005';
COMMENT ON COLUMN model_leaderboard.trades_a_day IS 'The same a day of 1,440 minutes, days without one included; NULL as for trades';
COMMENT ON COLUMN model_leaderboard.win_rate IS 'Share of the trades with a net return above 0; NULL: no trade, or as for trades';
COMMENT ON COLUMN model_leaderboard.mean_net_return_bps IS 'Mean net return of a trade after the cost of both sides, basis points; NULL: no trade, or as for trades';
COMMENT ON COLUMN model_leaderboard.net_return_low_bps IS 'Lower end of its 95 % interval, blocks of one UTC day; NULL: trades on fewer than two days, or as for trades';
COMMENT ON COLUMN model_leaderboard.net_return_high_bps IS 'Upper end of that interval; NULL: as for the lower end';
COMMENT ON COLUMN model_leaderboard.net_return IS 'Of a stake that is in every trade, over all test minutes, a fraction; staying flat has 0; NULL as for trades';
COMMENT ON COLUMN model_leaderboard.sharpe IS 'Mean over standard deviation of the daily net returns, idle days 0, times the root of 365; NULL: no trade, or as for trades';
COMMENT ON COLUMN model_leaderboard.max_drawdown IS 'Largest loss of that stake from an earlier height, a fraction; NULL as for trades';
COMMENT ON COLUMN model_leaderboard.hold_net_return IS 'What buying at the first decided test minute and selling at the last one brings, one round trip paid, a fraction; NULL as for trades';
COMMENT ON COLUMN model_leaderboard.hold_sharpe IS 'Sharpe of holding; NULL as for trades';
COMMENT ON COLUMN model_leaderboard.hold_max_drawdown IS 'Largest loss of holding, a fraction; NULL as for trades';
COMMENT ON COLUMN model_leaderboard.deflated_sharpe IS 'Probability that the Sharpe ratio is above what the best of so many trials without an edge reaches by luck (Bailey & López de Prado 2014); 0.5 is what luck explains; NULL: no trade, or as for trades';
COMMENT ON COLUMN model_leaderboard.lucky_sharpe IS 'That Sharpe ratio by luck, a year; NULL as for deflated_sharpe';
COMMENT ON COLUMN model_leaderboard.trials IS 'Distinct recipes x cells x rules ever recorded with a Sharpe ratio, this one included; NULL as for deflated_sharpe';
COMMENT ON COLUMN model_leaderboard.legacy_accuracy IS 'Legacy metric of the predecessor, not judged by: share of the test minutes whose most probable class came; NULL: scored before the schema''s 0004';
COMMENT ON COLUMN model_leaderboard.legacy_directional_accuracy IS 'Legacy metric: where the most probable class is UP or DOWN, share in which (truth is UP) is (prediction is UP), so DOWN on a SIDEWAYS minute counts as right; NULL: no such minute, or scored before the schema''s 0004';
COMMENT ON COLUMN model_leaderboard.legacy_directional_rows IS 'Legacy metric: minutes that legacy_directional_accuracy rests on; NULL: scored before the schema''s 0004';
COMMENT ON COLUMN model_leaderboard.legacy_high_confidence_accuracy IS 'Legacy metric: accuracy where the largest probability is over 0.8; NULL: no such minute, or scored before the schema''s 0004';
COMMENT ON COLUMN model_leaderboard.legacy_high_confidence_rows IS 'Legacy metric: minutes that legacy_high_confidence_accuracy rests on; NULL: scored before the schema''s 0004';
COMMENT ON COLUMN model_leaderboard.legacy_balanced_score IS 'Legacy metric: 0.5 directional + 0.3 overall + 0.2 high-confidence accuracy, a fraction, a part without minutes counting 0; NULL: scored before the schema''s 0004';
COMMENT ON COLUMN model_leaderboard.legacy_sideways_accuracy IS 'Legacy metric: legacy_accuracy of always answering SIDEWAYS, on the same minutes; its high-confidence accuracy too; NULL: scored before the schema''s 0004';
COMMENT ON COLUMN model_leaderboard.legacy_sideways_balanced_score IS 'Legacy metric: legacy_balanced_score of always answering SIDEWAYS, on the same minutes; it names no direction; NULL: scored before the schema''s 0004';
