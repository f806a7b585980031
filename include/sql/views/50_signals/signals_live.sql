-- name: signals by the champion at decision time, in time to be acted on
-- grain: symbol, horizon_minutes, threshold, ts
-- keys: symbol, horizon_minutes, threshold, ts
-- reads: signals
CREATE OR REPLACE VIEW signals_live AS
SELECT
    s.signal_id,
    s.symbol,
    s.ts,
    s.horizon_minutes,
    s.threshold,
    s.model_id,
    s.p_down,
    s.p_sideways,
    s.p_up,
    s.base_rate_down,
    s.base_rate_sideways,
    s.base_rate_up,
    s.prediction,
    s.confidence,
    s.side,
    s.reason,
    s.expected_edge_bps,
    s.cost_bps_per_side,
    s.reference_price,
    s.stop_loss_price,
    s.take_profit_price,
    s.cutoff_at,
    s.decided_at,
    s.executable_at,
    s.latency_seconds,
    s.inputs_hash,
    s.is_shadow,
    s.is_late,
    s.is_simulated,
    s.reason_code,
    s.environment_id
FROM signals AS s
WHERE NOT s.is_shadow AND NOT s.is_late;
COMMENT ON VIEW signals_live IS 'Signals that one could have acted on: by the champion at decision time, neither shadow nor late';
COMMENT ON COLUMN signals_live.signal_id IS 'Number of the signal';
COMMENT ON COLUMN signals_live.symbol IS 'Name of the market';
COMMENT ON COLUMN signals_live.ts IS 'End of the minute that the signal answers, UTC';
COMMENT ON COLUMN signals_live.horizon_minutes IS 'How far ahead it looks, minutes';
COMMENT ON COLUMN signals_live.threshold IS 'Move that it calls UP or DOWN, a fraction: 0.005 is 0.5 %';
COMMENT ON COLUMN signals_live.model_id IS 'Champion that scored it; NULL: there was none, or it was not asked';
COMMENT ON COLUMN signals_live.p_down IS 'Probability that the price falls by more than the threshold at the horizon; NULL on ABSTAIN';
COMMENT ON COLUMN signals_live.p_sideways IS 'Probability that the price stays within the threshold; NULL on ABSTAIN';
COMMENT ON COLUMN signals_live.p_up IS 'Probability that the price rises by more than the threshold at the horizon; NULL on ABSTAIN';
COMMENT ON COLUMN signals_live.base_rate_down IS 'Share of DOWN in the model''s training rows: what p_down is to be compared with; NULL on ABSTAIN';
COMMENT ON COLUMN signals_live.base_rate_sideways IS 'Share of SIDEWAYS in the model''s training rows; NULL on ABSTAIN';
COMMENT ON COLUMN signals_live.base_rate_up IS 'Share of UP in the model''s training rows; NULL on ABSTAIN';
COMMENT ON COLUMN signals_live.prediction IS 'UP, SIDEWAYS or DOWN by the model''s cut-offs; NULL on ABSTAIN';
COMMENT ON COLUMN signals_live.confidence IS 'Probability of prediction, to be read beside its base rate; NULL on ABSTAIN';
COMMENT ON COLUMN signals_live.side IS 'BUY, SELL, HOLD (scored, no trade worth it) or ABSTAIN (not scored)';
COMMENT ON COLUMN signals_live.reason IS 'Why HOLD or ABSTAIN; NULL on BUY and SELL';
COMMENT ON COLUMN signals_live.expected_edge_bps IS 'Expected return of the better side after the round trip''s cost, basis points; NULL on ABSTAIN';
COMMENT ON COLUMN signals_live.cost_bps_per_side IS 'Cost that was assumed, basis points a side';
COMMENT ON COLUMN signals_live.reference_price IS 'last_price of the minute, quote currency; NULL: it had none';
COMMENT ON COLUMN signals_live.stop_loss_price IS 'Stop, quote currency, judged on minute closes: touches inside a minute are unseen; NULL unless BUY or SELL';
COMMENT ON COLUMN signals_live.take_profit_price IS 'Target, quote currency, judged on minute closes: touches inside a minute are unseen; NULL unless BUY or SELL';
COMMENT ON COLUMN signals_live.cutoff_at IS 'Last market time that the inputs hold, UTC';
COMMENT ON COLUMN signals_live.decided_at IS 'When the row was written, by the pipeline''s clock';
COMMENT ON COLUMN signals_live.executable_at IS 'First minute end at which one could have acted on it, UTC';
COMMENT ON COLUMN signals_live.latency_seconds IS 'decided_at minus ts, seconds';
COMMENT ON COLUMN signals_live.inputs_hash IS 'SHA-256 of the row of signal_inputs that was scored, or abstained from as missing_input, stale_input or out_of_range, hexadecimal; NULL on other ABSTAIN, where the minute is not held, or on ABSTAIN written before the schema''s 0006';
COMMENT ON COLUMN signals_live.is_shadow IS 'True: by a challenger, not to be acted on';
COMMENT ON COLUMN signals_live.is_late IS 'True: decided too long after the minute to have been acted on; never counted as live';
COMMENT ON COLUMN signals_live.is_simulated IS 'True: the market is the bundled lab''s, not real';
COMMENT ON COLUMN signals_live.reason_code IS 'Why, as a word to count by. HOLD: no_edge, may_not_trade. ABSTAIN: missing_minute, missing_input, stale_input, out_of_range, model_too_old, kill_switch, failed_check, model_refused, features_lost. NULL on BUY and SELL, or written before the schema''s 0006';
COMMENT ON COLUMN signals_live.environment_id IS 'Libraries and platform that scored it, see scoring_environments; NULL on ABSTAIN, or written before the schema''s 0006';
