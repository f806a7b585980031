-- name: what the price did after each scored signal
-- grain: signal_id
-- keys: signal_id
-- reads: signals, minute_metrics
-- The rule is that of include/models/classes.py, which takes a difference under 1e-13 from the threshold for rounding.
-- A signal whose horizon is not over, or whose end minute is missing, has NULL outcomes.
CREATE OR REPLACE VIEW signal_outcomes AS
SELECT
    o.signal_id,
    o.symbol,
    o.ts,
    o.horizon_minutes,
    o.threshold,
    o.model_id,
    o.prediction,
    o.side,
    o.is_late,
    o.is_shadow,
    o.is_simulated,
    o.forward_return,
    o.outcome,
    o.prediction = o.outcome AS prediction_correct,
    o.outcome = CASE o.side WHEN 'BUY' THEN 'UP' WHEN 'SELL' THEN 'DOWN' END AS hit,
    CASE o.side WHEN 'BUY' THEN o.forward_return WHEN 'SELL' THEN -o.forward_return END
    - 2 * o.cost_bps_per_side / 10000 AS net_return
FROM (
    SELECT
        s.*,
        e.last_price / s.reference_price - 1 AS forward_return,
        CASE
            WHEN e.last_price / s.reference_price - 1 > s.threshold + 1e-13 THEN 'UP'
            WHEN e.last_price / s.reference_price - 1 < -s.threshold - 1e-13 THEN 'DOWN'
            WHEN e.last_price IS NOT NULL THEN 'SIDEWAYS'
        END AS outcome
    FROM signals AS s
    LEFT JOIN minute_metrics AS e
        ON e.symbol = s.symbol AND e.ts = s.ts + make_interval(mins => s.horizon_minutes) AND e.last_price > 1e-30 AND e.last_price < 1e30
    WHERE s.side <> 'ABSTAIN'
) AS o;
COMMENT ON VIEW signal_outcomes IS 'One row a scored signal: what the price did by its horizon. Every minute''s signal overlaps its neighbours: sums over them are not a portfolio';
COMMENT ON COLUMN signal_outcomes.signal_id IS 'Number of the signal';
COMMENT ON COLUMN signal_outcomes.symbol IS 'Name of the market';
COMMENT ON COLUMN signal_outcomes.ts IS 'End of the minute that the signal answers, UTC';
COMMENT ON COLUMN signal_outcomes.horizon_minutes IS 'How far ahead it looked, minutes';
COMMENT ON COLUMN signal_outcomes.threshold IS 'Move that it calls UP or DOWN, a fraction';
COMMENT ON COLUMN signal_outcomes.model_id IS 'Model that scored it';
COMMENT ON COLUMN signal_outcomes.prediction IS 'UP, SIDEWAYS or DOWN, as it was said';
COMMENT ON COLUMN signal_outcomes.side IS 'BUY, SELL or HOLD, as it was said';
COMMENT ON COLUMN signal_outcomes.is_late IS 'True: decided too late to have been acted on';
COMMENT ON COLUMN signal_outcomes.is_shadow IS 'True: by a challenger';
COMMENT ON COLUMN signal_outcomes.is_simulated IS 'True: the market is the bundled lab''s, not real';
COMMENT ON COLUMN signal_outcomes.forward_return IS 'Price at ts + horizon over the reference price, minus 1; NULL: not there yet, or missing';
COMMENT ON COLUMN signal_outcomes.outcome IS 'UP, SIDEWAYS or DOWN, as it came; NULL: not known';
COMMENT ON COLUMN signal_outcomes.prediction_correct IS 'prediction = outcome; NULL: outcome not known. SIDEWAYS is nearly always right: compare with its base rate';
COMMENT ON COLUMN signal_outcomes.hit IS 'The price moved beyond the threshold on the side taken; NULL unless BUY or SELL with a known outcome';
COMMENT ON COLUMN signal_outcomes.net_return IS 'Return on the side taken at the horizon minus the round trip''s cost; NULL unless BUY or SELL with a known outcome';
