-- name: what the price did after each signal, settled once and again where minutes were corrected, and its sums by day
-- Numbered, checksummed, run once; a change is a new file.

CREATE TABLE settled_outcomes (
    signal_id bigint NOT NULL,
    version integer NOT NULL CHECK (version > 0),
    symbol text NOT NULL,
    ts timestamptz NOT NULL,
    horizon_minutes integer NOT NULL,
    threshold numeric(6, 5) NOT NULL,
    forward_return double precision,
    outcome text CHECK (outcome IN ('UP', 'SIDEWAYS', 'DOWN')),
    opens_position boolean NOT NULL,
    entry_at timestamptz,
    entry_price double precision,
    exit_at timestamptz,
    exit_price double precision,
    exit_reason text CHECK (exit_reason IN ('STOP', 'TARGET', 'TIME')),
    net_return double precision,
    settled_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (signal_id, version)
);
COMMENT ON TABLE settled_outcomes IS 'Append-only: what the price did by the horizon of a scored signal. Minutes that were corrected later settle it again as a further version';
COMMENT ON COLUMN settled_outcomes.signal_id IS 'Number of the signal';
COMMENT ON COLUMN settled_outcomes.version IS 'Counted up from 1; the largest is in force';
COMMENT ON COLUMN settled_outcomes.symbol IS 'Name of the market';
COMMENT ON COLUMN settled_outcomes.ts IS 'End of the minute that the signal answers, UTC';
COMMENT ON COLUMN settled_outcomes.horizon_minutes IS 'How far ahead it looked, minutes';
COMMENT ON COLUMN settled_outcomes.threshold IS 'Move that it calls UP or DOWN, a fraction';
COMMENT ON COLUMN settled_outcomes.forward_return IS 'Price at ts + horizon over the price at ts, minus 1, by the minutes as they were when it was settled; NULL: the minute at the horizon has no price, and a position is known all the same';
COMMENT ON COLUMN settled_outcomes.outcome IS 'UP, SIDEWAYS or DOWN, as it came; NULL as for forward_return';
COMMENT ON COLUMN settled_outcomes.opens_position IS 'True: BUY or SELL at a time when the cell held no position of an earlier signal of its kind (live, or of the challenger); late signals open none';
COMMENT ON COLUMN settled_outcomes.entry_at IS 'Minute at whose price one could have entered, UTC; NULL unless BUY or SELL, for late signals, which nobody could act on, and where that minute has no price';
COMMENT ON COLUMN settled_outcomes.entry_price IS 'last_price of that minute, quote currency; NULL as for entry_at';
COMMENT ON COLUMN settled_outcomes.exit_at IS 'Minute at whose price it is left, UTC: the one after stop or target was touched, or a horizon after the entry; where that minute has no price, the next one that has; NULL as for entry_at';
COMMENT ON COLUMN settled_outcomes.exit_price IS 'last_price of that minute, quote currency; NULL as for entry_at';
COMMENT ON COLUMN settled_outcomes.exit_reason IS 'STOP, TARGET or TIME, whichever came first, judged on minute closes: touches inside a minute are unseen; NULL as for entry_at';
COMMENT ON COLUMN settled_outcomes.net_return IS 'Return of the side taken from entry to exit minus the round trip''s cost, a fraction; NULL as for entry_at';
COMMENT ON COLUMN settled_outcomes.settled_at IS 'When this version was written';
CREATE INDEX settled_outcomes_cell ON settled_outcomes (symbol, horizon_minutes, threshold, ts);
CREATE INDEX settled_outcomes_settled ON settled_outcomes (settled_at);
CREATE TRIGGER settled_outcomes_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON settled_outcomes
EXECUTE FUNCTION refuse_change();

CREATE TABLE settle_marks (
    symbol text PRIMARY KEY,
    signal_id bigint NOT NULL,
    looked_at timestamptz NOT NULL
);
COMMENT ON TABLE settle_marks IS 'How far the settling of a symbol has come';
COMMENT ON COLUMN settle_marks.symbol IS 'Name of the market';
COMMENT ON COLUMN settle_marks.signal_id IS 'Signals up to this number were looked at, whatever became of them; those whose minutes came later are found by the minutes';
COMMENT ON COLUMN settle_marks.looked_at IS 'Minutes that were loaded before were looked at';

CREATE TABLE performance_days (
    day date NOT NULL,
    symbol text NOT NULL,
    horizon_minutes integer NOT NULL,
    threshold numeric(6, 5) NOT NULL,
    model_id bigint,
    kind text NOT NULL CHECK (kind IN ('live', 'shadow', 'late')),
    signals bigint NOT NULL,
    abstained bigint NOT NULL,
    settled bigint NOT NULL,
    expected_up double precision,
    observed_up bigint NOT NULL,
    expected_down double precision,
    observed_down bigint NOT NULL,
    events bigint NOT NULL,
    correct bigint NOT NULL,
    brier double precision,
    brier_prior double precision,
    log_loss double precision,
    log_loss_prior double precision,
    trades bigint NOT NULL,
    wins bigint NOT NULL,
    net_return_sum double precision NOT NULL,
    net_return_squares double precision NOT NULL,
    latency_median_seconds double precision,
    latency_p95_seconds double precision,
    latency_max_seconds double precision,
    computed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE NULLS NOT DISTINCT (day, symbol, horizon_minutes, threshold, model_id, kind)
);
COMMENT ON TABLE performance_days IS 'Sums of a UTC day''s signals and their outcomes, computed anew whenever the day''s signals or outcomes change; read daily_performance';
COMMENT ON COLUMN performance_days.day IS 'UTC day of ts';
COMMENT ON COLUMN performance_days.symbol IS 'Name of the market';
COMMENT ON COLUMN performance_days.horizon_minutes IS 'Cell: how far ahead, minutes';
COMMENT ON COLUMN performance_days.threshold IS 'Cell: the move that counts, a fraction';
COMMENT ON COLUMN performance_days.model_id IS 'Model that scored them; NULL: the minutes that were abstained from';
COMMENT ON COLUMN performance_days.kind IS 'live: the champion''s, in time. shadow: a challenger''s. late: answered too late to be acted on';
COMMENT ON COLUMN performance_days.signals IS 'Signals of that kind, ABSTAIN included';
COMMENT ON COLUMN performance_days.abstained IS 'Of them ABSTAIN';
COMMENT ON COLUMN performance_days.settled IS 'Of them with a known outcome; the scores below rest on these';
COMMENT ON COLUMN performance_days.expected_up IS 'Sum of p_up over the settled ones: how many UP were promised; NULL: none settled';
COMMENT ON COLUMN performance_days.observed_up IS 'How many of the settled ones came UP';
COMMENT ON COLUMN performance_days.expected_down IS 'Sum of p_down over the settled ones; NULL: none settled';
COMMENT ON COLUMN performance_days.observed_down IS 'How many of the settled ones came DOWN';
COMMENT ON COLUMN performance_days.events IS 'UP and DOWN events that begin on the day: maximal runs of same-class minutes with gaps under the horizon';
COMMENT ON COLUMN performance_days.correct IS 'How many of the settled ones have prediction = outcome; SIDEWAYS is nearly always right';
COMMENT ON COLUMN performance_days.brier IS 'Mean Brier score over the three classes, 0 (perfect) to 2; NULL: none settled';
COMMENT ON COLUMN performance_days.brier_prior IS 'The same of the model''s base rates; NULL: none settled';
COMMENT ON COLUMN performance_days.log_loss IS 'Mean log-loss, nats; NULL: none settled';
COMMENT ON COLUMN performance_days.log_loss_prior IS 'The same of the model''s base rates; NULL: none settled';
COMMENT ON COLUMN performance_days.trades IS 'Positions that were opened and whose end is known: opens_position alone, never overlapping';
COMMENT ON COLUMN performance_days.wins IS 'Of them with a net return above 0';
COMMENT ON COLUMN performance_days.net_return_sum IS 'Sum of their net returns, a fraction';
COMMENT ON COLUMN performance_days.net_return_squares IS 'Sum of the squares of their net returns';
COMMENT ON COLUMN performance_days.latency_median_seconds IS 'Median of latency_seconds, seconds; NULL: no signal';
COMMENT ON COLUMN performance_days.latency_p95_seconds IS '95th percentile of latency_seconds, seconds; NULL: no signal';
COMMENT ON COLUMN performance_days.latency_max_seconds IS 'Largest latency_seconds, seconds; NULL: no signal';
COMMENT ON COLUMN performance_days.computed_at IS 'When the row was computed';
