-- name: the bytes of a model, and the ranges of its inputs
-- grain: one row, none where the number is not registered
-- keys: model_id
-- reads: models
SELECT
    m.artifact,
    m.input_quantiles
FROM models AS m
WHERE m.model_id = %(model_id)s
