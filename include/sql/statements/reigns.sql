-- name: every champion that a symbol's cells have had, oldest first
-- grain: promotion_id
-- keys: promotion_id
-- reads: promotions, models
SELECT
    p.horizon_minutes,
    p.threshold,
    p.effective_from,
    m.model_id,
    m.candidate,
    m.trained_to,
    m.as_of,
    m.feature_version,
    m.feature_columns,
    m.decision,
    m.artifact_format,
    m.artifact_sha256
FROM promotions AS p
INNER JOIN models AS m USING (model_id)
WHERE p.symbol = %(symbol)s AND p.is_accepted
ORDER BY p.effective_from, p.promotion_id
