-- name: what else a candidate is worth: rare moves, classes, Brier, curves, and the predecessor's own metrics
-- Numbered, checksummed, run once; a change is a new file.

ALTER TABLE model_evaluations
ADD COLUMN share_up double precision,
ADD COLUMN share_down double precision,
ADD COLUMN average_precision_lift_up double precision,
ADD COLUMN average_precision_lift_down double precision,
ADD COLUMN precision_top_up double precision,
ADD COLUMN precision_top_down double precision,
ADD COLUMN brier double precision,
ADD COLUMN brier_prior double precision,
ADD COLUMN mcc double precision,
ADD COLUMN recall_down double precision,
ADD COLUMN recall_sideways double precision,
ADD COLUMN recall_up double precision,
ADD COLUMN precision_down double precision,
ADD COLUMN precision_sideways double precision,
ADD COLUMN precision_up double precision,
ADD COLUMN share_decided_down double precision,
ADD COLUMN share_decided_sideways double precision,
ADD COLUMN share_decided_up double precision,
ADD COLUMN decided_rows bigint,
ADD COLUMN decided_events bigint,
ADD COLUMN decided_days bigint,
ADD COLUMN legacy_accuracy double precision,
ADD COLUMN legacy_directional_accuracy double precision,
ADD COLUMN legacy_directional_rows bigint,
ADD COLUMN legacy_high_confidence_accuracy double precision,
ADD COLUMN legacy_high_confidence_rows bigint,
ADD COLUMN legacy_balanced_score double precision,
ADD COLUMN legacy_sideways_accuracy double precision,
ADD COLUMN legacy_sideways_balanced_score double precision,
ADD COLUMN curves jsonb;
COMMENT ON COLUMN model_evaluations.share_up IS 'Share of the test minutes that are UP: the precision of guesses; NULL: scored before the schema''s 0004';
COMMENT ON COLUMN model_evaluations.share_down IS 'Share of the test minutes that are DOWN: the precision of guesses; NULL: scored before the schema''s 0004';
COMMENT ON COLUMN model_evaluations.average_precision_lift_up IS 'Average precision of p_up for UP, over share_up; 1: no better than guessing; NULL: no UP minute, or scored before the schema''s 0004';
COMMENT ON COLUMN model_evaluations.average_precision_lift_down IS 'Average precision of p_down for DOWN, over share_down; 1: no better than guessing; NULL: no DOWN minute, or scored before the schema''s 0004';
COMMENT ON COLUMN model_evaluations.precision_top_up IS 'Share of UP among the 1 % of the test minutes with the highest p_up; guesses have share_up; NULL: scored before the schema''s 0004';
COMMENT ON COLUMN model_evaluations.precision_top_down IS 'Share of DOWN among the 1 % of the test minutes with the highest p_down; guesses have share_down; NULL: scored before the schema''s 0004';
COMMENT ON COLUMN model_evaluations.brier IS 'Brier score over the three classes, mean squared distance a row, 0 (perfect) to 2; NULL: scored before the schema''s 0004';
COMMENT ON COLUMN model_evaluations.brier_prior IS 'The same of the training fold''s class prior; NULL: scored before the schema''s 0004';
COMMENT ON COLUMN model_evaluations.mcc IS 'Matthews correlation of the classes by the cut-offs, -1 to 1, over decided_rows; 0: guesses or a constant answer; NULL: nothing decided, only one class came, or scored before the schema''s 0004';
COMMENT ON COLUMN model_evaluations.recall_down IS 'Share of the DOWN minutes of decided_rows that were predicted DOWN; guesses as frequent as the class: share_decided_down; NULL: none came, or scored before the schema''s 0004';
COMMENT ON COLUMN model_evaluations.recall_sideways IS 'The same of SIDEWAYS; guesses: share_decided_sideways; NULL: none came, or scored before the schema''s 0004';
COMMENT ON COLUMN model_evaluations.recall_up IS 'The same of UP; guesses: share_decided_up; NULL: none came, or scored before the schema''s 0004';
COMMENT ON COLUMN model_evaluations.precision_down IS 'Share of the minutes predicted DOWN that were DOWN; guesses: share_decided_down; NULL: never predicted, or scored before the schema''s 0004';
COMMENT ON COLUMN model_evaluations.precision_sideways IS 'The same of SIDEWAYS; guesses: share_decided_sideways; NULL: never predicted, or scored before the schema''s 0004';
COMMENT ON COLUMN model_evaluations.precision_up IS 'The same of UP; guesses: share_decided_up; NULL: never predicted, or scored before the schema''s 0004';
COMMENT ON COLUMN model_evaluations.share_decided_down IS 'Share of DOWN in decided_rows; NULL: nothing decided, or scored before the schema''s 0004';
COMMENT ON COLUMN model_evaluations.share_decided_sideways IS 'Share of SIDEWAYS in decided_rows; NULL: nothing decided, or scored before the schema''s 0004';
COMMENT ON COLUMN model_evaluations.share_decided_up IS 'Share of UP in decided_rows; NULL: nothing decided, or scored before the schema''s 0004';
COMMENT ON COLUMN model_evaluations.decided_rows IS 'Test minutes with a predicted class: by cut-offs from earlier folds, so none of the first fold; NULL: scored before the schema''s 0004';
COMMENT ON COLUMN model_evaluations.decided_events IS 'UP and DOWN events in them; NULL: scored before the schema''s 0004';
COMMENT ON COLUMN model_evaluations.decided_days IS 'UTC days on which such an event begins; NULL: scored before the schema''s 0004';
COMMENT ON COLUMN model_evaluations.legacy_accuracy IS 'Legacy metric of the predecessor, not judged by: share of the test minutes whose most probable class came; NULL: scored before the schema''s 0004';
COMMENT ON COLUMN model_evaluations.legacy_directional_accuracy IS 'Legacy metric: where the most probable class is UP or DOWN, share in which (truth is UP) is (prediction is UP), so DOWN on a SIDEWAYS minute counts as right; NULL: no such minute, or scored before the schema''s 0004';
COMMENT ON COLUMN model_evaluations.legacy_directional_rows IS 'Legacy metric: minutes that legacy_directional_accuracy rests on; NULL: scored before the schema''s 0004';
COMMENT ON COLUMN model_evaluations.legacy_high_confidence_accuracy IS 'Legacy metric: accuracy where the largest probability is over 0.8; NULL: no such minute, or scored before the schema''s 0004';
COMMENT ON COLUMN model_evaluations.legacy_high_confidence_rows IS 'Legacy metric: minutes that legacy_high_confidence_accuracy rests on; NULL: scored before the schema''s 0004';
COMMENT ON COLUMN model_evaluations.legacy_balanced_score IS 'Legacy metric: 0.5 directional + 0.3 overall + 0.2 high-confidence accuracy, a fraction, a part without minutes counting 0; NULL: scored before the schema''s 0004';
COMMENT ON COLUMN model_evaluations.legacy_sideways_accuracy IS 'Legacy metric: legacy_accuracy of always answering SIDEWAYS, on the same minutes; its high-confidence accuracy too; NULL: scored before the schema''s 0004';
COMMENT ON COLUMN model_evaluations.legacy_sideways_balanced_score IS 'Legacy metric: legacy_balanced_score of always answering SIDEWAYS, on the same minutes; it names no direction; NULL: scored before the schema''s 0004';
COMMENT ON COLUMN model_evaluations.curves IS 'Tables of the pooled row: calibration_up and calibration_down (predicted, observed, rows of 15 equal-count bins), months (minutes observed, expected, and expected by the class prior; events, days), regimes (skill by thirds of realised_volatility_60m in the training rows), confusion (decided minutes, true class down, predicted across: DOWN, SIDEWAYS, UP); NULL: a fold''s row, or scored before the schema''s 0004';
