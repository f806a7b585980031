-- name: append a person's decision on a model, with the numbers of the verdict that it rests on
-- grain: promotion_id
-- keys: promotion_id
-- reads: promotions
INSERT INTO promotions (
    run_id, symbol, horizon_minutes, threshold, candidate, model_id, is_accepted, reason,
    skill_margin, margin_low, margin_high, decided_by, effective_from, kind,
    reigning, reigning_margin, reigning_low, reigning_high, may_trade, trade_reason, answers_to
)
SELECT
    p.run_id,
    p.symbol,
    p.horizon_minutes,
    p.threshold,
    p.candidate,
    p.model_id,
    %(is_accepted)s,
    %(reason)s,
    p.skill_margin,
    p.margin_low,
    p.margin_high,
    session_user,
    %(effective_from)s,
    %(kind)s,
    p.reigning,
    p.reigning_margin,
    p.reigning_low,
    p.reigning_high,
    p.may_trade,
    p.trade_reason,
    %(answers_to)s::bigint
FROM promotions AS p
WHERE p.promotion_id = %(promotion_id)s
RETURNING promotion_id
