-- name: what a scored minute rests on beside its inputs: libraries, ranges, challengers, the kill switch, when it was committed
-- Numbered, checksummed, run once; a change is a new file.

CREATE TABLE scoring_environments (
    environment_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    fingerprint text NOT NULL UNIQUE,
    libraries jsonb NOT NULL,
    first_used_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE scoring_environments IS 'Every platform and set of library versions that signals were scored under; under the same one a replay gives the same bits';
COMMENT ON COLUMN scoring_environments.environment_id IS 'Number of the environment';
COMMENT ON COLUMN scoring_environments.fingerprint IS 'SHA-256 of libraries as JSON with sorted keys, hexadecimal';
COMMENT ON COLUMN scoring_environments.libraries IS 'Versions of Python and of the libraries that compute, processor architecture, and its vector instructions as NumPy found them';
COMMENT ON COLUMN scoring_environments.first_used_at IS 'When it first scored a minute';

ALTER TABLE signals
ADD COLUMN environment_id integer REFERENCES scoring_environments,
ADD COLUMN stop_loss_volatilities double precision,
ADD COLUMN take_profit_volatilities double precision,
ADD COLUMN reason_code text CHECK (
    reason_code IN (
        'no_edge', 'may_not_trade',
        'missing_minute', 'missing_input', 'stale_input', 'out_of_range', 'model_too_old', 'kill_switch', 'failed_check',
        'model_refused', 'features_lost'
    )
);
COMMENT ON COLUMN signals.environment_id IS 'Libraries and platform that scored it, see scoring_environments; NULL on ABSTAIN, or written before the schema''s 0006';
COMMENT ON COLUMN signals.stop_loss_volatilities IS 'Distance of the stop that was in force, volatilities of the horizon; NULL: written before the schema''s 0006';
COMMENT ON COLUMN signals.take_profit_volatilities IS 'Distance of the target that was in force, volatilities of the horizon; NULL: written before the schema''s 0006';
COMMENT ON COLUMN signals.reason_code IS 'Why, as a word to count by. HOLD: no_edge, may_not_trade. ABSTAIN: missing_minute, missing_input, stale_input, out_of_range, model_too_old, kill_switch, failed_check, model_refused, features_lost. NULL on BUY and SELL, or written before the schema''s 0006';
COMMENT ON COLUMN signals.inputs_hash IS 'SHA-256 of the row of signal_inputs that was scored, or abstained from as missing_input, stale_input or out_of_range, hexadecimal; NULL on other ABSTAIN, where the minute is not held, or on ABSTAIN written before the schema''s 0006';
COMMENT ON TABLE signal_inputs IS 'Append-only: the feature values that a minute''s signals were scored on, or abstained from for what they are';
CREATE UNIQUE INDEX signals_shadowed ON signals (symbol, horizon_minutes, threshold, ts) WHERE is_shadow;

ALTER TABLE models ADD COLUMN input_quantiles jsonb;
COMMENT ON COLUMN models.input_quantiles IS 'Of each input in its training rows: least value, quantiles .001, .01, .05, .1 to .9 by tenths, .95, .99, .999, and largest value; NULL: registered before the schema''s 0006';

CREATE TABLE signal_commits (
    symbol text NOT NULL,
    ts timestamptz NOT NULL,
    signals integer NOT NULL,
    decided_at timestamptz NOT NULL,
    committed_at timestamptz NOT NULL,
    latency_seconds double precision NOT NULL,
    is_late boolean NOT NULL,
    PRIMARY KEY (symbol, ts, committed_at)
);
COMMENT ON TABLE signal_commits IS 'Append-only: when the signals of a minute stood in the warehouse for others to read, written right after their own transaction: a run that was killed between the two leaves signals without such a row';
COMMENT ON COLUMN signal_commits.symbol IS 'Name of the market';
COMMENT ON COLUMN signal_commits.ts IS 'End of the minute that was answered, UTC';
COMMENT ON COLUMN signal_commits.signals IS 'Rows of signals that the commit brought, shadows and ABSTAIN included';
COMMENT ON COLUMN signal_commits.decided_at IS 'When the rows were written, by the pipeline''s clock, after any wait for other sessions';
COMMENT ON COLUMN signal_commits.committed_at IS 'When the commit had returned, by the pipeline''s clock';
COMMENT ON COLUMN signal_commits.latency_seconds IS 'committed_at minus ts, seconds';
COMMENT ON COLUMN signal_commits.is_late IS 'True: the minute was answered too late to be acted on';
CREATE TRIGGER signal_commits_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON signal_commits
EXECUTE FUNCTION refuse_change();

CREATE TABLE kill_switch (
    switch_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    symbol text,
    is_on boolean NOT NULL,
    reason text NOT NULL,
    set_by text NOT NULL,
    set_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE kill_switch IS 'Append-only: each time a person turned signals off or on again. The newest row of a symbol and the newest of all symbols count: on in either of them, every minute is answered with ABSTAIN';
COMMENT ON COLUMN kill_switch.switch_id IS 'Number of the act';
COMMENT ON COLUMN kill_switch.symbol IS 'Name of the market; NULL: all of them';
COMMENT ON COLUMN kill_switch.is_on IS 'True: from now on ABSTAIN; false: signals again';
COMMENT ON COLUMN kill_switch.reason IS 'Why, in the words of who did it';
COMMENT ON COLUMN kill_switch.set_by IS 'Who: the user of Airflow''s web UI, or the database login';
COMMENT ON COLUMN kill_switch.set_at IS 'When';
CREATE TRIGGER kill_switch_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON kill_switch
EXECUTE FUNCTION refuse_change();

CREATE TABLE challengers (
    challenge_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    symbol text NOT NULL,
    horizon_minutes integer NOT NULL,
    threshold numeric(6, 5) NOT NULL,
    model_id bigint REFERENCES models,
    reason text NOT NULL,
    appointed_by text NOT NULL,
    appointed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    effective_from timestamptz NOT NULL
);
COMMENT ON TABLE challengers IS 'Append-only: which model runs in shadow beside a cell''s champion; the newest row of a cell counts. A champion is no challenger of its own cell';
COMMENT ON COLUMN challengers.challenge_id IS 'Number of the appointment';
COMMENT ON COLUMN challengers.symbol IS 'Name of the market';
COMMENT ON COLUMN challengers.horizon_minutes IS 'Cell: how far ahead, minutes';
COMMENT ON COLUMN challengers.threshold IS 'Cell: the move that counts, a fraction';
COMMENT ON COLUMN challengers.model_id IS 'Model that runs in shadow; NULL: none from here on';
COMMENT ON COLUMN challengers.reason IS 'Why';
COMMENT ON COLUMN challengers.appointed_by IS 'Database login that appointed it';
COMMENT ON COLUMN challengers.appointed_at IS 'When';
COMMENT ON COLUMN challengers.effective_from IS 'First market time that it answers, UTC';
CREATE INDEX challengers_cell ON challengers (symbol, horizon_minutes, threshold, challenge_id);
CREATE TRIGGER challengers_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON challengers
EXECUTE FUNCTION refuse_change();
