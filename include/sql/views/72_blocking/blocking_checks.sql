-- name: what stops signals now
-- grain: name, symbol, horizon_minutes, threshold
-- keys: name, symbol, horizon_minutes, threshold
-- reads: checks_latest
CREATE OR REPLACE VIEW blocking_checks AS
SELECT
    c.symbol,
    c.horizon_minutes,
    c.threshold,
    c.name,
    c.detail,
    c.runbook,
    c.checked_at,
    c.check_id
FROM checks_latest AS c
WHERE c.is_blocking AND c.status = 'failed';
COMMENT ON VIEW blocking_checks IS 'Checks whose newest row is failed and stops signals; empty: none does';
COMMENT ON COLUMN blocking_checks.symbol IS 'Market whose minutes are answered with ABSTAIN; NULL: every one';
COMMENT ON COLUMN blocking_checks.horizon_minutes IS 'Cell that is stopped: how far ahead, minutes; NULL: every cell';
COMMENT ON COLUMN blocking_checks.threshold IS 'Cell that is stopped: the move that counts, a fraction; NULL: every cell';
COMMENT ON COLUMN blocking_checks.name IS 'Check that failed';
COMMENT ON COLUMN blocking_checks.detail IS 'What it found, in one sentence with the numbers';
COMMENT ON COLUMN blocking_checks.runbook IS 'Section of docs/runbook.md that says what to do';
COMMENT ON COLUMN blocking_checks.checked_at IS 'When it was found';
COMMENT ON COLUMN blocking_checks.check_id IS 'Its row of pipeline_checks, with the evidence';
