-- name: what the price did after each scored signal, as it was last settled
-- grain: signal_id
-- keys: signal_id
-- reads: signals, settled_outcomes
-- The newest version is looked up signal by signal: asked by ts, only those of the span are read.
CREATE OR REPLACE VIEW signal_outcomes AS
SELECT
    s.signal_id,
    s.symbol,
    s.ts,
    s.horizon_minutes,
    s.threshold,
    s.model_id,
    s.prediction,
    s.side,
    s.is_late,
    s.is_shadow,
    s.is_simulated,
    o.forward_return,
    o.outcome,
    s.prediction = o.outcome AS prediction_correct,
    o.outcome = CASE s.side WHEN 'BUY' THEN 'UP' WHEN 'SELL' THEN 'DOWN' END AS hit,
    o.net_return,
    o.version,
    o.opens_position,
    o.entry_at,
    o.entry_price,
    o.exit_at,
    o.exit_price,
    o.exit_reason,
    o.settled_at
FROM signals AS s
LEFT JOIN LATERAL (
    SELECT k.*
    FROM settled_outcomes AS k
    WHERE k.signal_id = s.signal_id
    ORDER BY k.version DESC
    LIMIT 1
) AS o ON TRUE
WHERE s.side <> 'ABSTAIN';
COMMENT ON VIEW signal_outcomes IS 'One row a scored signal: what the price did by its horizon, and what a position on paper brought. Ask with ts. Every minute''s signal overlaps its neighbours: sum net_return over opens_position alone';
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
COMMENT ON COLUMN signal_outcomes.forward_return IS 'Price at ts + horizon over the price at ts, minus 1; NULL: not settled, or that minute has no price';
COMMENT ON COLUMN signal_outcomes.outcome IS 'UP, SIDEWAYS or DOWN, as it came; NULL as for forward_return';
COMMENT ON COLUMN signal_outcomes.prediction_correct IS 'prediction = outcome: says nothing without the base rate, SIDEWAYS is nearly always right; NULL as for forward_return';
COMMENT ON COLUMN signal_outcomes.hit IS 'True: BUY and it came UP, or SELL and it came DOWN; NULL on HOLD, and as for forward_return';
COMMENT ON COLUMN signal_outcomes.net_return IS 'Return of the side taken, left at stop, target or in time, minus the round trip''s cost, a fraction; NULL unless BUY or SELL and not late, where the entry has no price, and until it is settled';
COMMENT ON COLUMN signal_outcomes.version IS 'How often it was settled: more than once where minutes were corrected or came late; NULL: not yet';
COMMENT ON COLUMN signal_outcomes.opens_position IS 'True: its cell held no position of an earlier signal; these never overlap and may be summed; NULL: not settled';
COMMENT ON COLUMN signal_outcomes.entry_at IS 'Minute at whose price one could have entered, UTC; NULL as for net_return';
COMMENT ON COLUMN signal_outcomes.entry_price IS 'last_price of that minute, quote currency; NULL as for net_return';
COMMENT ON COLUMN signal_outcomes.exit_at IS 'Minute at whose price it is left, UTC; NULL as for net_return';
COMMENT ON COLUMN signal_outcomes.exit_price IS 'last_price of that minute, quote currency; NULL as for net_return';
COMMENT ON COLUMN signal_outcomes.exit_reason IS 'STOP, TARGET or TIME, whichever came first, judged on minute closes: touches inside a minute are unseen; NULL as for net_return';
COMMENT ON COLUMN signal_outcomes.settled_at IS 'When that version was written; NULL: not settled';
