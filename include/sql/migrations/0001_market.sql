-- name: the tables of the way of the data, raw minutes to signals
-- Numbered, checksummed, run once; a change is a new file.

CREATE TABLE source (
    only_one boolean PRIMARY KEY DEFAULT TRUE CHECK (only_one),
    kind text NOT NULL CHECK (kind IN ('simulated', 'replay', 'cortex')),
    identity text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE source IS 'The one source whose minutes this warehouse holds; a load from another is refused';
COMMENT ON COLUMN source.only_one IS 'Always true: there is one row at most';
COMMENT ON COLUMN source.kind IS 'simulated (the bundled lab), replay (the lab over real candles), or cortex';
COMMENT ON COLUMN source.identity IS 'What tells it from others of its kind: seed, hash of the replayed file, or API root and tenant';
COMMENT ON COLUMN source.recorded_at IS 'When the first load recorded it';

CREATE TABLE minute_metrics (
    symbol text NOT NULL,
    ts timestamptz NOT NULL CHECK (extract(epoch FROM ts)::bigint % 60 = 0),
    last_price double precision,
    price_deriv_5m double precision,
    price_deriv_10m double precision,
    price_deriv_15m double precision,
    price_deriv_30m double precision,
    price_deriv_1h double precision,
    price_avg_5m double precision,
    price_avg_10m double precision,
    price_avg_15m double precision,
    price_avg_30m double precision,
    price_avg_1h double precision,
    volume_24h double precision,
    volume_deriv_5m double precision,
    volume_deriv_15m double precision,
    volume_avg_5m double precision,
    volume_avg_15m double precision,
    computed_columns text [] NOT NULL DEFAULT '{}',
    first_loaded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    loaded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (symbol, ts)
);
COMMENT ON TABLE minute_metrics IS 'One row a symbol and minute: what the source held at the minute''s end. A minute that the source lacks has no row';
COMMENT ON COLUMN minute_metrics.symbol IS 'Name of the market, as in the settings';
COMMENT ON COLUMN minute_metrics.ts IS 'End of the minute, UTC: the row holds the last samples in (ts - 1 minute, ts]';
COMMENT ON COLUMN minute_metrics.last_price IS 'Last traded price, quote currency; NULL: no sample in the minute';
COMMENT ON COLUMN minute_metrics.price_deriv_5m IS 'Least-squares slope of the price over 5 minutes, quote currency a second; NULL: not recorded';
COMMENT ON COLUMN minute_metrics.price_deriv_10m IS 'Least-squares slope of the price over 10 minutes, quote currency a second; NULL: not recorded';
COMMENT ON COLUMN minute_metrics.price_deriv_15m IS 'Least-squares slope of the price over 15 minutes, quote currency a second; NULL: not recorded';
COMMENT ON COLUMN minute_metrics.price_deriv_30m IS 'Least-squares slope of the price over 30 minutes, quote currency a second; NULL: not recorded';
COMMENT ON COLUMN minute_metrics.price_deriv_1h IS 'Least-squares slope of the price over 1 hour, quote currency a second; NULL: not recorded';
COMMENT ON COLUMN minute_metrics.price_avg_5m IS 'Mean price over 5 minutes, quote currency; NULL: not recorded';
COMMENT ON COLUMN minute_metrics.price_avg_10m IS 'Mean price over 10 minutes, quote currency; NULL: not recorded';
COMMENT ON COLUMN minute_metrics.price_avg_15m IS 'Mean price over 15 minutes, quote currency; NULL: not recorded';
COMMENT ON COLUMN minute_metrics.price_avg_30m IS 'Mean price over 30 minutes, quote currency; NULL: not recorded';
COMMENT ON COLUMN minute_metrics.price_avg_1h IS 'Mean price over 1 hour, quote currency; NULL: not recorded';
COMMENT ON COLUMN minute_metrics.volume_24h IS 'Rolling 24 hour base volume, a gauge that can fall; NULL: no sample in the minute';
COMMENT ON COLUMN minute_metrics.volume_deriv_5m IS 'Least-squares slope of volume_24h over 5 minutes, base units a second; NULL: not recorded';
COMMENT ON COLUMN minute_metrics.volume_deriv_15m IS 'Least-squares slope of volume_24h over 15 minutes, base units a second; NULL: not recorded';
COMMENT ON COLUMN minute_metrics.volume_avg_5m IS 'Mean of volume_24h over 5 minutes, base units; NULL: not recorded';
COMMENT ON COLUMN minute_metrics.volume_avg_15m IS 'Mean of volume_24h over 15 minutes, base units; NULL: not recorded';
COMMENT ON COLUMN minute_metrics.computed_columns IS 'Columns that were asked for by expression because the source had no recorded value; empty: none';
COMMENT ON COLUMN minute_metrics.first_loaded_at IS 'When the row was first written';
COMMENT ON COLUMN minute_metrics.loaded_at IS 'When the row was last changed';

CREATE TABLE metric_revisions (
    symbol text NOT NULL,
    ts timestamptz NOT NULL,
    metric text NOT NULL,
    old_value double precision NOT NULL,
    new_value double precision NOT NULL,
    seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (symbol, ts, metric, seen_at)
);
COMMENT ON TABLE metric_revisions IS 'One row a corrected value: a first value for a NULL column is an arrival and is not here';
COMMENT ON COLUMN metric_revisions.symbol IS 'Name of the market';
COMMENT ON COLUMN metric_revisions.ts IS 'End of the minute that was corrected, UTC';
COMMENT ON COLUMN metric_revisions.metric IS 'Column of minute_metrics';
COMMENT ON COLUMN metric_revisions.old_value IS 'Value before the correction, in the column''s unit';
COMMENT ON COLUMN metric_revisions.new_value IS 'Value after the correction, in the column''s unit';
COMMENT ON COLUMN metric_revisions.seen_at IS 'When we saw it';

CREATE TABLE ingest_windows (
    window_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    symbol text NOT NULL,
    window_from timestamptz NOT NULL,
    window_to timestamptz NOT NULL,
    requests integer NOT NULL,
    retries integer NOT NULL,
    rows_new bigint NOT NULL,
    rows_changed bigint NOT NULL,
    rows_same bigint NOT NULL,
    seconds double precision NOT NULL,
    error text,
    finished_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE ingest_windows IS 'The ledger of loads: one row a window that was asked of the source, written with its minutes in one transaction';
COMMENT ON COLUMN ingest_windows.window_id IS 'Number of the ledger row';
COMMENT ON COLUMN ingest_windows.symbol IS 'Name of the market';
COMMENT ON COLUMN ingest_windows.window_from IS 'First minute that was asked for, UTC, included';
COMMENT ON COLUMN ingest_windows.window_to IS 'End of the window, UTC, not included';
COMMENT ON COLUMN ingest_windows.requests IS 'HTTP requests sent, retries included';
COMMENT ON COLUMN ingest_windows.retries IS 'HTTP requests that were repeats';
COMMENT ON COLUMN ingest_windows.rows_new IS 'Minutes that were not there';
COMMENT ON COLUMN ingest_windows.rows_changed IS 'Minutes that were there and gained or changed a value';
COMMENT ON COLUMN ingest_windows.rows_same IS 'Minutes that were there with the same values';
COMMENT ON COLUMN ingest_windows.seconds IS 'Time from the first request until the minutes were merged, seconds';
COMMENT ON COLUMN ingest_windows.error IS 'Why the window was not loaded; NULL: it was';
COMMENT ON COLUMN ingest_windows.finished_at IS 'When it was written';
CREATE INDEX ingest_windows_finished ON ingest_windows (finished_at);
CREATE INDEX ingest_windows_loaded ON ingest_windows (symbol, window_to) WHERE error IS NULL;

CREATE TABLE feature_versions (
    feature_version integer PRIMARY KEY,
    feature_hash text NOT NULL UNIQUE,
    columns text [] NOT NULL,
    definition text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE feature_versions IS 'Every definition that minute_features has had; a model names the one it was trained on';
COMMENT ON COLUMN feature_versions.feature_version IS 'Number of the version, counted up';
COMMENT ON COLUMN feature_versions.feature_hash IS 'SHA-256 of the definition, hexadecimal';
COMMENT ON COLUMN feature_versions.columns IS 'Feature columns in the order in which models see them';
COMMENT ON COLUMN feature_versions.definition IS 'The SQL text';
COMMENT ON COLUMN feature_versions.created_at IS 'When migrate first applied it';

CREATE TABLE models (
    model_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    candidate text NOT NULL,
    is_baseline boolean NOT NULL,
    symbol text NOT NULL,
    horizon_minutes integer NOT NULL CHECK (horizon_minutes > 0),
    threshold numeric(6, 5) NOT NULL CHECK (threshold > 0),
    trained_from timestamptz NOT NULL,
    trained_to timestamptz NOT NULL,
    as_of timestamptz NOT NULL,
    snapshot_hash text NOT NULL,
    feature_version integer NOT NULL REFERENCES feature_versions,
    feature_hash text NOT NULL,
    feature_columns text [] NOT NULL,
    code_revision text NOT NULL,
    parameters jsonb NOT NULL,
    decision jsonb NOT NULL,
    artifact bytea NOT NULL,
    artifact_format text NOT NULL CHECK (artifact_format IN ('lightgbm', 'skops')),
    artifact_sha256 text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE models IS 'One row a trained model that was registered; rows are never changed';
COMMENT ON COLUMN models.model_id IS 'Number of the model';
COMMENT ON COLUMN models.candidate IS 'Recipe: name of the candidate or baseline';
COMMENT ON COLUMN models.is_baseline IS 'True for baselines, which score where no candidate beats them';
COMMENT ON COLUMN models.symbol IS 'Market that it was trained on';
COMMENT ON COLUMN models.horizon_minutes IS 'How far ahead its label looks, minutes';
COMMENT ON COLUMN models.threshold IS 'Move that its label calls UP or DOWN, a fraction: 0.005 is 0.5 %';
COMMENT ON COLUMN models.trained_from IS 'First minute of its training rows, UTC';
COMMENT ON COLUMN models.trained_to IS 'Last minute of its training rows, UTC; it answers only minutes after trained_to + horizon';
COMMENT ON COLUMN models.as_of IS 'Last market time used, UTC: the end of every training label is at or before it';
COMMENT ON COLUMN models.snapshot_hash IS 'SHA-256 of the rows that were read for the training, hexadecimal';
COMMENT ON COLUMN models.feature_version IS 'Version of minute_features that it was trained on';
COMMENT ON COLUMN models.feature_hash IS 'Hash of that version''s definition';
COMMENT ON COLUMN models.feature_columns IS 'Its inputs, in order';
COMMENT ON COLUMN models.code_revision IS 'Version of the code that trained it';
COMMENT ON COLUMN models.parameters IS 'Seed, stride, row counts and library versions of the training';
COMMENT ON COLUMN models.decision IS 'Cut-offs, mean return of each class and the paper trades, all from out-of-sample rows; may_trade says whether it gives BUY or SELL';
COMMENT ON COLUMN models.artifact IS 'The fitted model, never a pickle';
COMMENT ON COLUMN models.artifact_format IS 'lightgbm (booster text) or skops';
COMMENT ON COLUMN models.artifact_sha256 IS 'SHA-256 of artifact, hexadecimal, checked before it is read';
COMMENT ON COLUMN models.created_at IS 'When it was registered';

CREATE TABLE model_evaluations (
    evaluation_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id uuid NOT NULL,
    candidate text NOT NULL,
    is_baseline boolean NOT NULL,
    symbol text NOT NULL,
    horizon_minutes integer NOT NULL,
    threshold numeric(6, 5) NOT NULL,
    fold integer,
    as_of timestamptz NOT NULL,
    model_id bigint REFERENCES models,
    log_loss double precision,
    log_loss_skill double precision,
    skill_low double precision,
    skill_high double precision,
    auc_up double precision,
    auc_down double precision,
    auc_big_move double precision,
    auc_direction double precision,
    calibration_error double precision,
    rows bigint NOT NULL,
    events bigint NOT NULL,
    days bigint NOT NULL,
    evaluated_from timestamptz NOT NULL,
    evaluated_to timestamptz NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE model_evaluations IS 'Out-of-sample scores of a recipe in the walk-forward of one training run: a row a fold, and one pooled over the folds';
COMMENT ON COLUMN model_evaluations.evaluation_id IS 'Number of the evaluation';
COMMENT ON COLUMN model_evaluations.run_id IS 'The training run; its rows are scored on the same test minutes';
COMMENT ON COLUMN model_evaluations.candidate IS 'Recipe: name of the candidate or baseline';
COMMENT ON COLUMN model_evaluations.is_baseline IS 'True for baselines';
COMMENT ON COLUMN model_evaluations.symbol IS 'Name of the market';
COMMENT ON COLUMN model_evaluations.horizon_minutes IS 'How far ahead the label looks, minutes';
COMMENT ON COLUMN model_evaluations.threshold IS 'Move that the label calls UP or DOWN, a fraction';
COMMENT ON COLUMN model_evaluations.fold IS 'Number of the test fold, from 0; NULL: pooled over all folds';
COMMENT ON COLUMN model_evaluations.as_of IS 'Last market time used, UTC';
COMMENT ON COLUMN model_evaluations.model_id IS 'The model that was registered from this recipe and run; NULL: none was';
COMMENT ON COLUMN model_evaluations.log_loss IS 'Mean log-loss, nats a row';
COMMENT ON COLUMN model_evaluations.log_loss_skill IS '1 - log-loss / log-loss of the training fold''s class prior; 0: no better than the prior';
COMMENT ON COLUMN model_evaluations.skill_low IS 'Lower end of the 95 % block-bootstrap interval of the skill; NULL: too few blocks';
COMMENT ON COLUMN model_evaluations.skill_high IS 'Upper end of that interval; NULL: too few blocks';
COMMENT ON COLUMN model_evaluations.auc_up IS 'Area under the ROC curve of p_up, UP against the rest; NULL: one class only';
COMMENT ON COLUMN model_evaluations.auc_down IS 'Area under the ROC curve of p_down, DOWN against the rest; NULL: one class only';
COMMENT ON COLUMN model_evaluations.auc_big_move IS 'Area under the ROC curve of 1 - p_sideways, a big move against none; NULL: one class only';
COMMENT ON COLUMN model_evaluations.auc_direction IS 'Area under the ROC curve of p_up / (p_up + p_down) among big moves; 0.5: no idea of the direction; NULL: one class only';
COMMENT ON COLUMN model_evaluations.calibration_error IS '15 equal-count bins, UP and DOWN one against the rest, the larger';
COMMENT ON COLUMN model_evaluations.rows IS 'Test minutes';
COMMENT ON COLUMN model_evaluations.events IS 'UP and DOWN events: maximal runs of same-class minutes with gaps under the horizon';
COMMENT ON COLUMN model_evaluations.days IS 'Distinct UTC days with an event';
COMMENT ON COLUMN model_evaluations.evaluated_from IS 'First test minute, UTC';
COMMENT ON COLUMN model_evaluations.evaluated_to IS 'End of the test minutes, UTC, not included';
COMMENT ON COLUMN model_evaluations.created_at IS 'When it was written';
CREATE INDEX model_evaluations_cell ON model_evaluations (symbol, horizon_minutes, threshold, run_id);

CREATE TABLE promotions (
    promotion_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id uuid NOT NULL,
    symbol text NOT NULL,
    horizon_minutes integer NOT NULL,
    threshold numeric(6, 5) NOT NULL,
    candidate text NOT NULL,
    model_id bigint REFERENCES models,
    is_accepted boolean NOT NULL,
    reason text NOT NULL,
    skill_margin double precision,
    margin_low double precision,
    margin_high double precision,
    decided_by text NOT NULL,
    decided_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    effective_from timestamptz NOT NULL,
    CHECK (NOT is_accepted OR model_id IS NOT NULL)
);
COMMENT ON TABLE promotions IS 'Every verdict of the gate, refusals included; the newest accepted one of a cell is its champion';
COMMENT ON COLUMN promotions.promotion_id IS 'Number of the verdict';
COMMENT ON COLUMN promotions.run_id IS 'The training run';
COMMENT ON COLUMN promotions.symbol IS 'Name of the market';
COMMENT ON COLUMN promotions.horizon_minutes IS 'Cell: how far ahead, minutes';
COMMENT ON COLUMN promotions.threshold IS 'Cell: the move that counts, a fraction';
COMMENT ON COLUMN promotions.candidate IS 'Recipe that was judged';
COMMENT ON COLUMN promotions.model_id IS 'Model that became champion; NULL on a refusal';
COMMENT ON COLUMN promotions.is_accepted IS 'True: it became champion';
COMMENT ON COLUMN promotions.reason IS 'Why, with the numbers';
COMMENT ON COLUMN promotions.skill_margin IS 'Log-loss skill over the volatility baseline on the same rows; NULL: it is that baseline';
COMMENT ON COLUMN promotions.margin_low IS 'Lower end of the margin''s 95 % block-bootstrap interval; NULL: unknown';
COMMENT ON COLUMN promotions.margin_high IS 'Upper end of that interval; NULL: unknown';
COMMENT ON COLUMN promotions.decided_by IS 'Login that ran the training';
COMMENT ON COLUMN promotions.decided_at IS 'When it was decided';
COMMENT ON COLUMN promotions.effective_from IS 'First market time that it answers, UTC';
CREATE INDEX promotions_cell ON promotions (symbol, horizon_minutes, threshold, effective_from) WHERE is_accepted;

CREATE SEQUENCE signal_ids;
CREATE TABLE signals (
    signal_id bigint NOT NULL DEFAULT nextval('signal_ids'),
    symbol text NOT NULL,
    ts timestamptz NOT NULL,
    horizon_minutes integer NOT NULL,
    threshold numeric(6, 5) NOT NULL,
    model_id bigint REFERENCES models,
    p_down double precision,
    p_sideways double precision,
    p_up double precision,
    base_rate_down double precision,
    base_rate_sideways double precision,
    base_rate_up double precision,
    prediction text CHECK (prediction IN ('UP', 'SIDEWAYS', 'DOWN')),
    confidence double precision,
    side text NOT NULL CHECK (side IN ('BUY', 'SELL', 'HOLD', 'ABSTAIN')),
    reason text,
    expected_edge_bps double precision,
    cost_bps_per_side double precision NOT NULL,
    reference_price double precision,
    stop_loss_price double precision,
    take_profit_price double precision,
    cutoff_at timestamptz NOT NULL,
    decided_at timestamptz NOT NULL,
    executable_at timestamptz NOT NULL,
    latency_seconds double precision NOT NULL,
    inputs_hash text,
    is_shadow boolean NOT NULL DEFAULT FALSE,
    is_late boolean NOT NULL,
    is_simulated boolean NOT NULL,
    PRIMARY KEY (signal_id, ts),
    CHECK ((side = 'ABSTAIN') = (p_up IS NULL)),
    CHECK (
        side = 'ABSTAIN'
        OR num_nulls(model_id, p_down, p_sideways, p_up, prediction, confidence, inputs_hash, reference_price) = 0
    ),
    CHECK (side <> 'ABSTAIN' OR (num_nonnulls(p_down, p_sideways, p_up, prediction, confidence) = 0 AND reason IS NOT NULL))
);
COMMENT ON TABLE signals IS 'Append-only: one row a live cell and minute, ABSTAIN included. Paper only: nothing here sends an order';
COMMENT ON COLUMN signals.signal_id IS 'Number of the signal';
COMMENT ON COLUMN signals.symbol IS 'Name of the market';
COMMENT ON COLUMN signals.ts IS 'End of the minute that the signal answers, UTC';
COMMENT ON COLUMN signals.horizon_minutes IS 'How far ahead it looks, minutes';
COMMENT ON COLUMN signals.threshold IS 'Move that it calls UP or DOWN, a fraction: 0.005 is 0.5 %';
COMMENT ON COLUMN signals.model_id IS 'Champion that scored it; NULL: there was none, or it was not asked';
COMMENT ON COLUMN signals.p_down IS 'Probability that the price falls by more than the threshold at the horizon; NULL on ABSTAIN';
COMMENT ON COLUMN signals.p_sideways IS 'Probability that the price stays within the threshold; NULL on ABSTAIN';
COMMENT ON COLUMN signals.p_up IS 'Probability that the price rises by more than the threshold at the horizon; NULL on ABSTAIN';
COMMENT ON COLUMN signals.base_rate_down IS 'Share of DOWN in the model''s training rows: what p_down is to be compared with; NULL on ABSTAIN';
COMMENT ON COLUMN signals.base_rate_sideways IS 'Share of SIDEWAYS in the model''s training rows; NULL on ABSTAIN';
COMMENT ON COLUMN signals.base_rate_up IS 'Share of UP in the model''s training rows; NULL on ABSTAIN';
COMMENT ON COLUMN signals.prediction IS 'UP, SIDEWAYS or DOWN by the model''s cut-offs; NULL on ABSTAIN';
COMMENT ON COLUMN signals.confidence IS 'Probability of prediction, to be read beside its base rate; NULL on ABSTAIN';
COMMENT ON COLUMN signals.side IS 'BUY, SELL, HOLD (scored, no trade worth it) or ABSTAIN (not scored)';
COMMENT ON COLUMN signals.reason IS 'Why HOLD or ABSTAIN; NULL on BUY and SELL';
COMMENT ON COLUMN signals.expected_edge_bps IS 'Expected return of the better side after the round trip''s cost, basis points; NULL on ABSTAIN';
COMMENT ON COLUMN signals.cost_bps_per_side IS 'Cost that was assumed, basis points a side';
COMMENT ON COLUMN signals.reference_price IS 'last_price of the minute, quote currency; NULL: it had none';
COMMENT ON COLUMN signals.stop_loss_price IS 'Stop, quote currency, judged on minute closes: touches inside a minute are unseen; NULL unless BUY or SELL';
COMMENT ON COLUMN signals.take_profit_price IS 'Target, quote currency, judged on minute closes: touches inside a minute are unseen; NULL unless BUY or SELL';
COMMENT ON COLUMN signals.cutoff_at IS 'Last market time that the inputs hold, UTC';
COMMENT ON COLUMN signals.decided_at IS 'When the row was written, by the pipeline''s clock';
COMMENT ON COLUMN signals.executable_at IS 'First minute end at which one could have acted on it, UTC';
COMMENT ON COLUMN signals.latency_seconds IS 'decided_at minus ts, seconds';
COMMENT ON COLUMN signals.inputs_hash IS 'SHA-256 of the row of signal_inputs that was scored, hexadecimal; NULL on ABSTAIN';
COMMENT ON COLUMN signals.is_shadow IS 'True: by a challenger, not to be acted on';
COMMENT ON COLUMN signals.is_late IS 'True: decided too long after the minute to have been acted on; never counted as live';
COMMENT ON COLUMN signals.is_simulated IS 'True: the market is the bundled lab''s, not real';
CREATE UNIQUE INDEX signals_answered ON signals (symbol, horizon_minutes, threshold, ts) WHERE NOT is_shadow;
CREATE INDEX signals_newest ON signals (ts DESC);

CREATE TABLE signal_inputs (
    symbol text NOT NULL,
    ts timestamptz NOT NULL,
    feature_version integer NOT NULL REFERENCES feature_versions,
    inputs_hash text NOT NULL,
    "values" real [] NOT NULL,
    known_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (symbol, ts, feature_version, inputs_hash)
);
COMMENT ON TABLE signal_inputs IS 'Append-only: the feature values that a minute''s signals were scored on';
COMMENT ON COLUMN signal_inputs.symbol IS 'Name of the market';
COMMENT ON COLUMN signal_inputs.ts IS 'End of the minute, UTC';
COMMENT ON COLUMN signal_inputs.feature_version IS 'Version of minute_features; its columns name the values';
COMMENT ON COLUMN signal_inputs.inputs_hash IS 'SHA-256 of the values as little-endian float32, hexadecimal';
COMMENT ON COLUMN signal_inputs."values" IS 'Feature values as the models saw them, float32, in the version''s column order';
COMMENT ON COLUMN signal_inputs.known_at IS 'When we knew them';

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % is refused', tg_table_name, tg_op USING ERRCODE = 'insufficient_privilege';
END
$$;
COMMENT ON FUNCTION refuse_change() IS 'Keeps what a decision rested on: raises on UPDATE, DELETE and TRUNCATE';
CREATE TRIGGER signals_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON signals
EXECUTE FUNCTION refuse_change();
CREATE TRIGGER signal_inputs_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON signal_inputs
EXECUTE FUNCTION refuse_change();
