-- name: let a model run in shadow beside a cell's champion, or none
-- grain: challenge_id
-- keys: challenge_id
-- reads: nothing
INSERT INTO challengers (symbol, horizon_minutes, threshold, model_id, reason, appointed_by, effective_from)
VALUES (%(symbol)s, %(horizon_minutes)s, %(threshold)s, %(model_id)s, %(reason)s, session_user, %(effective_from)s)
RETURNING challenge_id
