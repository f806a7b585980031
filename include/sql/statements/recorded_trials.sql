-- name: every trial with a Sharpe ratio that was ever recorded, as it was in the training run with the newest data
-- grain: symbol, horizon_minutes, threshold, recipe_hash
-- keys: symbol, horizon_minutes, threshold, recipe_hash
-- reads: model_evaluations
SELECT DISTINCT ON (e.symbol, e.horizon_minutes, e.threshold, e.recipe_hash)
    e.symbol,
    e.horizon_minutes,
    e.threshold,
    e.recipe_hash,
    e.sharpe
FROM model_evaluations AS e
WHERE e.fold IS NULL AND NOT e.is_baseline AND e.recipe_hash IS NOT NULL AND e.sharpe IS NOT NULL
ORDER BY
    e.symbol, e.horizon_minutes, e.threshold, e.recipe_hash, e.as_of DESC, e.created_at DESC, e.evaluation_id DESC
