-- name: what completeness of raw minutes is judged by: what is asked for, what the source lacks, what was set aside
-- Numbered, checksummed, run once; a change is a new file.

CREATE TABLE metric_catalogue (
    symbol text NOT NULL,
    metric text NOT NULL,
    query text NOT NULL,
    expression text,
    asked_since timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (symbol, metric)
);
COMMENT ON TABLE metric_catalogue IS 'What the loads ask for: one row a symbol and metric of the settings, kept in step by every load';
COMMENT ON COLUMN metric_catalogue.symbol IS 'Name of the market, as in the settings';
COMMENT ON COLUMN metric_catalogue.metric IS 'Column of minute_metrics';
COMMENT ON COLUMN metric_catalogue.query IS 'PromQL selector of its series';
COMMENT ON COLUMN metric_catalogue.expression IS 'PromQL that is asked where the series has no sample; NULL: a base metric, which nothing can replace';
COMMENT ON COLUMN metric_catalogue.asked_since IS 'When a load first asked so';

CREATE TABLE metric_arrivals (
    symbol text NOT NULL,
    ts timestamptz NOT NULL,
    metrics text [] NOT NULL,
    seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (symbol, ts, seen_at)
);
COMMENT ON TABLE metric_arrivals IS 'First values of columns that were NULL in a row that was already there: late, not corrected';
COMMENT ON COLUMN metric_arrivals.symbol IS 'Name of the market';
COMMENT ON COLUMN metric_arrivals.ts IS 'End of the minute, UTC';
COMMENT ON COLUMN metric_arrivals.metrics IS 'Columns of minute_metrics that got their first value';
COMMENT ON COLUMN metric_arrivals.seen_at IS 'When we saw them';

CREATE TABLE source_absences (
    symbol text NOT NULL,
    metric text NOT NULL,
    absent_from timestamptz NOT NULL,
    absent_to timestamptz NOT NULL,
    attempts integer NOT NULL CHECK (attempts > 0),
    first_missed_at timestamptz NOT NULL,
    last_asked_at timestamptz NOT NULL,
    next_ask_at timestamptz,
    PRIMARY KEY (symbol, metric, absent_from),
    CHECK (absent_from < absent_to)
);
COMMENT ON TABLE source_absences IS 'Minutes that the source was asked for and did not have, as runs; a run goes when its minutes arrive';
COMMENT ON COLUMN source_absences.symbol IS 'Name of the market';
COMMENT ON COLUMN source_absences.metric IS 'Column of minute_metrics';
COMMENT ON COLUMN source_absences.absent_from IS 'First absent minute, UTC, included';
COMMENT ON COLUMN source_absences.absent_to IS 'End of the run, UTC, not included';
COMMENT ON COLUMN source_absences.attempts IS 'How often they were asked for when they were due; the first miss is 1';
COMMENT ON COLUMN source_absences.first_missed_at IS 'When they were first missed';
COMMENT ON COLUMN source_absences.last_asked_at IS 'When attempts was last counted up';
COMMENT ON COLUMN source_absences.next_ask_at IS 'When repair asks again: 1 hour, 1 day and 7 days after the misses; NULL: not again by itself';

CREATE TABLE quarantined_samples (
    sample_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    symbol text NOT NULL,
    metric text NOT NULL,
    first_at timestamptz NOT NULL,
    last_at timestamptz NOT NULL,
    samples bigint NOT NULL,
    value text,
    labels text,
    reason text NOT NULL,
    seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE NULLS NOT DISTINCT (symbol, metric, first_at, last_at, value, labels, reason)
);
COMMENT ON TABLE quarantined_samples IS 'Samples that the source gave and that were not stored as minutes, each with the reason';
COMMENT ON COLUMN quarantined_samples.sample_id IS 'Number of the row';
COMMENT ON COLUMN quarantined_samples.symbol IS 'Name of the market';
COMMENT ON COLUMN quarantined_samples.metric IS 'Column of minute_metrics that they were meant for';
COMMENT ON COLUMN quarantined_samples.first_at IS 'Time of the first of the samples, UTC, as the source gave it';
COMMENT ON COLUMN quarantined_samples.last_at IS 'Time of the last of them, UTC';
COMMENT ON COLUMN quarantined_samples.samples IS 'How many there are';
COMMENT ON COLUMN quarantined_samples.value IS 'The value, as the source wrote it; NULL: several samples, or a whole series';
COMMENT ON COLUMN quarantined_samples.labels IS 'Labels of the series, where a second series is the reason; else NULL';
COMMENT ON COLUMN quarantined_samples.reason IS 'Why they were set aside';
COMMENT ON COLUMN quarantined_samples.seen_at IS 'When we first saw them';

CREATE TABLE source_limits (
    limit_name text PRIMARY KEY CHECK (limit_name IN ('minutes', 'metrics')),
    fitted integer NOT NULL CHECK (fitted > 0),
    said text NOT NULL,
    learned_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE source_limits IS 'What a request may hold before the source refuses it, as learned from its refusals; forgotten after a week';
COMMENT ON COLUMN source_limits.limit_name IS 'minutes or metrics of one request';
COMMENT ON COLUMN source_limits.fitted IS 'The most that fitted';
COMMENT ON COLUMN source_limits.said IS 'What the source said to more';
COMMENT ON COLUMN source_limits.learned_at IS 'When';

CREATE TABLE catch_ups (
    symbol text PRIMARY KEY,
    since timestamptz NOT NULL,
    begun_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE catch_ups IS 'Loads of ingest that took more than one window and are not done: newer windows may be there before older ones';
COMMENT ON COLUMN catch_ups.symbol IS 'Name of the market';
COMMENT ON COLUMN catch_ups.since IS 'Where the next ingest begins, UTC, until all windows are loaded';
COMMENT ON COLUMN catch_ups.begun_at IS 'When it began';

ALTER TABLE ingest_windows
ADD COLUMN samples bigint,
ADD COLUMN quarantined bigint,
ADD COLUMN computed bigint;
COMMENT ON COLUMN ingest_windows.samples IS 'Values that the source gave for the window and that were taken, of minutes that were already there too; NULL: loaded by an earlier version';
COMMENT ON COLUMN ingest_windows.quarantined IS 'Samples that were set aside; NULL: loaded by an earlier version';
COMMENT ON COLUMN ingest_windows.computed IS 'Of samples, those asked by expression because the recording rule had none; NULL: loaded by an earlier version';
