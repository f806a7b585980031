-- name: append a signal; a minute that is answered stays answered, by the champion and by a challenger
-- grain: symbol, horizon_minutes, threshold, ts
-- keys: signal_id
-- reads: nothing
INSERT INTO signals (
    symbol, ts, horizon_minutes, threshold, model_id, p_down, p_sideways, p_up,
    base_rate_down, base_rate_sideways, base_rate_up, prediction, confidence, side, reason, reason_code, expected_edge_bps,
    cost_bps_per_side, stop_loss_volatilities, take_profit_volatilities, reference_price, stop_loss_price, take_profit_price,
    cutoff_at, decided_at, executable_at, latency_seconds, inputs_hash, environment_id, is_shadow, is_late, is_simulated
)
VALUES (
    %(symbol)s, %(ts)s, %(horizon_minutes)s, %(threshold)s, %(model_id)s, %(p_down)s, %(p_sideways)s, %(p_up)s,
    %(base_rate_down)s, %(base_rate_sideways)s, %(base_rate_up)s, %(prediction)s, %(confidence)s, %(side)s, %(reason)s,
    %(reason_code)s, %(expected_edge_bps)s, %(cost_bps_per_side)s, %(stop_loss_volatilities)s, %(take_profit_volatilities)s,
    %(reference_price)s, %(stop_loss_price)s, %(take_profit_price)s, %(cutoff_at)s, %(decided_at)s, %(executable_at)s,
    %(latency_seconds)s, %(inputs_hash)s, %(environment_id)s, %(is_shadow)s, %(is_late)s, %(is_simulated)s
)
ON CONFLICT DO NOTHING
RETURNING horizon_minutes, threshold, ts
