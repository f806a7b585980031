-- name: how much a warehouse holds
-- grain: one row
-- keys: none
-- reads: minute_metrics, models, signals, settled_outcomes
SELECT
    (SELECT count(*) FROM minute_metrics) AS minutes,
    (SELECT count(*) FROM models) AS models,
    (SELECT count(*) FROM signals) AS signals,
    (SELECT count(*) FROM settled_outcomes) AS outcomes
