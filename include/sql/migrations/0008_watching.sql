-- name: what watches over the pipeline: a row a check, and alerts that are told once
-- Numbered, checksummed, run once; a change is a new file.

CREATE TABLE pipeline_checks (
    check_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    checked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    name text NOT NULL,
    symbol text,
    horizon_minutes integer,
    threshold numeric(6, 5),
    model_id bigint,
    status text NOT NULL CHECK (status IN ('ok', 'alert', 'failed', 'unknown')),
    is_blocking boolean NOT NULL,
    value double precision,
    bound double precision,
    detail text NOT NULL,
    runbook text NOT NULL,
    evidence jsonb
);
COMMENT ON TABLE pipeline_checks IS 'Append-only: one row a check and thing checked, each time it ran';
COMMENT ON COLUMN pipeline_checks.check_id IS 'Number of the row';
COMMENT ON COLUMN pipeline_checks.checked_at IS 'When';
COMMENT ON COLUMN pipeline_checks.name IS 'Check: freshness, gaps, inputs, answers, skew, training, calibration, failed_runs, skew_day, drift, replay';
COMMENT ON COLUMN pipeline_checks.symbol IS 'Name of the market; NULL: of none alone';
COMMENT ON COLUMN pipeline_checks.horizon_minutes IS 'Cell: how far ahead, minutes; NULL: of no cell alone';
COMMENT ON COLUMN pipeline_checks.threshold IS 'Cell: the move that counts, a fraction; NULL: of no cell alone';
COMMENT ON COLUMN pipeline_checks.model_id IS 'Model that was checked; NULL: none';
COMMENT ON COLUMN pipeline_checks.status IS 'ok; alert: somebody should look; failed: what was checked is wrong; unknown: too little to tell';
COMMENT ON COLUMN pipeline_checks.is_blocking IS 'True: while its newest row is failed, the symbol''s (or the cell''s) minutes are answered with ABSTAIN';
COMMENT ON COLUMN pipeline_checks.value IS 'What was measured, in the unit that detail names; NULL: unknown';
COMMENT ON COLUMN pipeline_checks.bound IS 'Beyond it the check is not ok; NULL: none';
COMMENT ON COLUMN pipeline_checks.detail IS 'What was found, in one sentence with the numbers';
COMMENT ON COLUMN pipeline_checks.runbook IS 'Section of docs/runbook.md that says what to do';
COMMENT ON COLUMN pipeline_checks.evidence IS 'The numbers behind it; NULL: none beyond value';
CREATE INDEX pipeline_checks_newest ON pipeline_checks (name, symbol, horizon_minutes, threshold, checked_at DESC);
CREATE INDEX pipeline_checks_checked ON pipeline_checks (checked_at);
CREATE INDEX pipeline_checks_failed ON pipeline_checks (check_id) WHERE is_blocking AND status = 'failed';
CREATE TRIGGER pipeline_checks_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON pipeline_checks
EXECUTE FUNCTION refuse_change();

CREATE TABLE alerts (
    alert_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    alert_key text NOT NULL,
    summary text NOT NULL,
    runbook text NOT NULL,
    opened_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    last_seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    seen integer NOT NULL DEFAULT 1,
    tell_from timestamptz NOT NULL DEFAULT clock_timestamp(),
    told_at timestamptz,
    closed_at timestamptz
);
COMMENT ON TABLE alerts IS 'One row a trouble from its first sight to its end; it is told once when it opens, each day that it stays, and when it has ended for half an hour. What comes back before is the same row';
COMMENT ON COLUMN alerts.alert_id IS 'Number of the alert';
COMMENT ON COLUMN alerts.alert_key IS 'What makes two sights of trouble the same: check, symbol and cell, or DAG and task';
COMMENT ON COLUMN alerts.summary IS 'What it is, in one sentence';
COMMENT ON COLUMN alerts.runbook IS 'Section of docs/runbook.md that says what to do';
COMMENT ON COLUMN alerts.opened_at IS 'When it was first seen';
COMMENT ON COLUMN alerts.last_seen_at IS 'When it was last seen';
COMMENT ON COLUMN alerts.seen IS 'How often it was seen';
COMMENT ON COLUMN alerts.tell_from IS 'Nobody is told of it before: a live task that fails is mostly mended by the next minute''s run';
COMMENT ON COLUMN alerts.told_at IS 'When it was last read to be told by webhook or mail; NULL: not yet, or nobody is to be told';
COMMENT ON COLUMN alerts.closed_at IS 'When it was over; NULL: it is open';
CREATE UNIQUE INDEX alerts_open ON alerts (alert_key) WHERE closed_at IS NULL;
