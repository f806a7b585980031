-- name: from when until when a model reigned, market time, oldest first; until NULL: it still does
-- grain: symbol, effective_from
-- keys: symbol, effective_from
-- reads: promotions
SELECT
    r.symbol,
    r.effective_from,
    r.effective_to
FROM (
    SELECT
        p.symbol,
        p.model_id,
        p.effective_from,
        lead(p.effective_from) OVER (
            PARTITION BY p.symbol, p.horizon_minutes, p.threshold
            ORDER BY p.effective_from, p.promotion_id
        ) AS effective_to
    FROM promotions AS p
    WHERE p.is_accepted
) AS r
WHERE r.model_id = %(model_id)s AND (r.effective_to IS NULL OR r.effective_to > r.effective_from)
ORDER BY r.effective_from, r.symbol
