-- name: what each check found last
-- grain: name, symbol, horizon_minutes, threshold
-- keys: name, symbol, horizon_minutes, threshold
-- reads: pipeline_checks
CREATE OR REPLACE VIEW checks_latest AS
SELECT DISTINCT ON (c.name, c.symbol, c.horizon_minutes, c.threshold)
    c.check_id,
    c.checked_at,
    c.name,
    c.symbol,
    c.horizon_minutes,
    c.threshold,
    c.model_id,
    c.status,
    c.is_blocking,
    c.value,
    c.bound,
    c.detail,
    c.runbook,
    c.evidence
FROM pipeline_checks AS c
WHERE c.checked_at > (SELECT max(n.checked_at) FROM pipeline_checks AS n) - INTERVAL '7 days'
ORDER BY c.name, c.symbol, c.horizon_minutes, c.threshold, c.checked_at DESC, c.check_id DESC;
COMMENT ON VIEW checks_latest IS 'The newest row of each check and thing checked, of the newest 7 days that any ran';
COMMENT ON COLUMN checks_latest.check_id IS 'Number of the row';
COMMENT ON COLUMN checks_latest.checked_at IS 'When';
COMMENT ON COLUMN checks_latest.name IS 'Check: freshness, gaps, inputs, answers, skew, training, calibration, failed_runs, skew_day, drift, replay';
COMMENT ON COLUMN checks_latest.symbol IS 'Name of the market; NULL: of none alone';
COMMENT ON COLUMN checks_latest.horizon_minutes IS 'Cell: how far ahead, minutes; NULL: of no cell alone';
COMMENT ON COLUMN checks_latest.threshold IS 'Cell: the move that counts, a fraction; NULL: of no cell alone';
COMMENT ON COLUMN checks_latest.model_id IS 'Model that was checked; NULL: none';
COMMENT ON COLUMN checks_latest.status IS 'ok; alert: somebody should look; failed: what was checked is wrong; unknown: too little to tell';
COMMENT ON COLUMN checks_latest.is_blocking IS 'True: while this is failed, the symbol''s (or the cell''s) minutes are answered with ABSTAIN';
COMMENT ON COLUMN checks_latest.value IS 'What was measured, in the unit that detail names; NULL: unknown';
COMMENT ON COLUMN checks_latest.bound IS 'Beyond it the check is not ok; NULL: none';
COMMENT ON COLUMN checks_latest.detail IS 'What was found, in one sentence with the numbers';
COMMENT ON COLUMN checks_latest.runbook IS 'Section of docs/runbook.md that says what to do';
COMMENT ON COLUMN checks_latest.evidence IS 'The numbers behind it; NULL: none beyond value';
