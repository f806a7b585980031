-- name: record a verdict of the gate
-- grain: promotion_id
-- keys: promotion_id
-- reads: nothing
INSERT INTO promotions (
    run_id, symbol, horizon_minutes, threshold, candidate, model_id, is_accepted, reason,
    skill_margin, margin_low, margin_high, kind, reigning, reigning_margin, reigning_low, reigning_high, may_trade,
    trade_reason, decided_by, effective_from
)
VALUES (
    %(run_id)s, %(symbol)s, %(horizon_minutes)s, %(threshold)s, %(candidate)s, %(model_id)s, %(is_accepted)s, %(reason)s,
    %(skill_margin)s, %(margin_low)s, %(margin_high)s, %(kind)s, %(reigning)s, %(reigning_margin)s, %(reigning_low)s,
    %(reigning_high)s, %(may_trade)s, %(trade_reason)s, session_user, %(effective_from)s
)
