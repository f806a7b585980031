-- name: what the training run of a model found about it and about the baselines, the pooled scores before the folds
-- grain: candidate, fold
-- keys: candidate, fold
-- reads: models, model_evaluations
SELECT to_jsonb(e) AS evaluation
FROM model_evaluations AS e
INNER JOIN models AS m USING (horizon_minutes, threshold)
WHERE
    e.symbol = coalesce(m.parameters ->> 'judged_symbol', m.symbol)
    AND m.model_id = %(model_id)s
    AND (e.candidate = m.candidate OR e.is_baseline)
    AND e.run_id IN (SELECT o.run_id FROM model_evaluations AS o WHERE o.model_id = m.model_id)
ORDER BY e.candidate <> m.candidate, e.candidate, e.fold NULLS FIRST
