-- name: the newest signal of each live cell
-- grain: symbol, horizon_minutes, threshold
-- keys: symbol, horizon_minutes, threshold
-- reads: signals
-- The cells are found one after the other, and each one's newest row, by the index of answered minutes.
CREATE OR REPLACE VIEW signals_latest AS
WITH RECURSIVE cells AS (
    (
        SELECT
            f.symbol,
            f.horizon_minutes,
            f.threshold
        FROM signals AS f
        WHERE NOT f.is_shadow
        ORDER BY f.symbol, f.horizon_minutes, f.threshold
        LIMIT 1
    )
    UNION ALL
    SELECT n.*
    FROM cells AS c
    CROSS JOIN LATERAL (
        SELECT
            o.symbol,
            o.horizon_minutes,
            o.threshold
        FROM signals AS o
        WHERE
            NOT o.is_shadow
            AND (o.symbol, o.horizon_minutes, o.threshold) > (c.symbol, c.horizon_minutes, c.threshold)
        ORDER BY o.symbol, o.horizon_minutes, o.threshold
        LIMIT 1
    ) AS n
),

newest AS (
    SELECT
        l.*,
        max(l.ts) OVER (PARTITION BY l.symbol) AS newest_of_symbol
    FROM cells AS c
    CROSS JOIN LATERAL (
        SELECT i.*
        FROM signals AS i
        WHERE
            NOT i.is_shadow
            AND i.symbol = c.symbol
            AND i.horizon_minutes = c.horizon_minutes
            AND i.threshold = c.threshold
        ORDER BY i.ts DESC
        LIMIT 1
    ) AS l
)

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
FROM newest AS s
WHERE s.ts > s.newest_of_symbol - INTERVAL '1 day'
ORDER BY s.symbol, s.horizon_minutes, s.threshold;
COMMENT ON VIEW signals_latest IS 'The newest signal of each cell, ABSTAIN included, of the newest day of its symbol that has any';
COMMENT ON COLUMN signals_latest.signal_id IS 'Number of the signal';
COMMENT ON COLUMN signals_latest.symbol IS 'Name of the market';
COMMENT ON COLUMN signals_latest.ts IS 'End of the minute that the signal answers, UTC';
COMMENT ON COLUMN signals_latest.horizon_minutes IS 'How far ahead it looks, minutes';
COMMENT ON COLUMN signals_latest.threshold IS 'Move that it calls UP or DOWN, a fraction: 0.005 is 0.5 %';
COMMENT ON COLUMN signals_latest.model_id IS 'Champion that scored it; NULL: there was none, or it was not asked';
COMMENT ON COLUMN signals_latest.p_down IS 'Probability that the price falls by more than the threshold at the horizon; NULL on ABSTAIN';
COMMENT ON COLUMN signals_latest.p_sideways IS 'Probability that the price stays within the threshold; NULL on ABSTAIN';
COMMENT ON COLUMN signals_latest.p_up IS 'Probability that the price rises by more than the threshold at the horizon; NULL on ABSTAIN';
COMMENT ON COLUMN signals_latest.base_rate_down IS 'Share of DOWN in the model''s training rows: what p_down is to be compared with; NULL on ABSTAIN';
COMMENT ON COLUMN signals_latest.base_rate_sideways IS 'Share of SIDEWAYS in the model''s training rows; NULL on ABSTAIN';
COMMENT ON COLUMN signals_latest.base_rate_up IS 'Share of UP in the model''s training rows; NULL on ABSTAIN';
COMMENT ON COLUMN signals_latest.prediction IS 'UP, SIDEWAYS or DOWN by the model''s cut-offs; NULL on ABSTAIN';
COMMENT ON COLUMN signals_latest.confidence IS 'Probability of prediction, to be read beside its base rate; NULL on ABSTAIN';
COMMENT ON COLUMN signals_latest.side IS 'BUY, SELL, HOLD (scored, no trade worth it) or ABSTAIN (not scored)';
COMMENT ON COLUMN signals_latest.reason IS 'Why HOLD or ABSTAIN; NULL on BUY and SELL';
COMMENT ON COLUMN signals_latest.expected_edge_bps IS 'Expected return of the better side after the round trip''s cost, basis points; NULL on ABSTAIN';
COMMENT ON COLUMN signals_latest.cost_bps_per_side IS 'Cost that was assumed, basis points a side';
COMMENT ON COLUMN signals_latest.reference_price IS 'last_price of the minute, quote currency; NULL: it had none';
COMMENT ON COLUMN signals_latest.stop_loss_price IS 'Stop, quote currency, judged on minute closes: touches inside a minute are unseen; NULL unless BUY or SELL';
COMMENT ON COLUMN signals_latest.take_profit_price IS 'Target, quote currency, judged on minute closes: touches inside a minute are unseen; NULL unless BUY or SELL';
COMMENT ON COLUMN signals_latest.cutoff_at IS 'Last market time that the inputs hold, UTC';
COMMENT ON COLUMN signals_latest.decided_at IS 'When the row was written, by the pipeline''s clock';
COMMENT ON COLUMN signals_latest.executable_at IS 'First minute end at which one could have acted on it, UTC';
COMMENT ON COLUMN signals_latest.latency_seconds IS 'decided_at minus ts, seconds';
COMMENT ON COLUMN signals_latest.inputs_hash IS 'SHA-256 of the row of signal_inputs that was scored, or abstained from as missing_input, stale_input or out_of_range, hexadecimal; NULL on other ABSTAIN, where the minute is not held, or on ABSTAIN written before the schema''s 0006';
COMMENT ON COLUMN signals_latest.is_shadow IS 'True: by a challenger, not to be acted on';
COMMENT ON COLUMN signals_latest.is_late IS 'True: decided too long after the minute to have been acted on; never counted as live';
COMMENT ON COLUMN signals_latest.is_simulated IS 'True: the market is the bundled lab''s, not real';
COMMENT ON COLUMN signals_latest.reason_code IS 'Why, as a word to count by. HOLD: no_edge, may_not_trade. ABSTAIN: missing_minute, missing_input, stale_input, out_of_range, model_too_old, kill_switch, failed_check, model_refused, features_lost. NULL on BUY and SELL, or written before the schema''s 0006';
COMMENT ON COLUMN signals_latest.environment_id IS 'Libraries and platform that scored it, see scoring_environments; NULL on ABSTAIN, or written before the schema''s 0006';
