-- name: the model that reigned in each cell at an instant
-- grain: symbol, horizon_minutes, threshold
-- keys: symbol, horizon_minutes, threshold
-- reads: promotions
CREATE OR REPLACE FUNCTION champions_at(p_at timestamptz)
RETURNS TABLE (
    symbol text,
    horizon_minutes integer,
    threshold numeric,
    model_id bigint,
    candidate text,
    effective_from timestamptz,
    kind text,
    reason text
) LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
SELECT DISTINCT ON (p.symbol, p.horizon_minutes, p.threshold)
    p.symbol,
    p.horizon_minutes,
    p.threshold,
    p.model_id,
    p.candidate,
    p.effective_from,
    p.kind,
    p.reason
FROM promotions AS p
WHERE p.is_accepted AND p.effective_from <= p_at
ORDER BY p.symbol, p.horizon_minutes, p.threshold, p.effective_from DESC, p.promotion_id DESC;
END;
COMMENT ON FUNCTION champions_at(timestamptz) IS
'One row a symbol and cell that had a champion: the one model that answers the minute of that instant, since when, and why; no row before the first one''s reign';
