-- name: append what a check found
-- grain: check_id
-- keys: check_id
-- reads: nothing
INSERT INTO pipeline_checks (
    name, symbol, horizon_minutes, threshold, model_id, status, is_blocking, value, bound, detail, runbook, evidence
) VALUES (
    %(name)s, %(symbol)s, %(horizon_minutes)s, %(threshold)s, %(model_id)s, %(status)s, %(is_blocking)s, %(value)s, %(bound)s,
    %(detail)s, %(runbook)s, %(evidence)s
)
