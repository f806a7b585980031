-- name: turn signals off, or on again
-- grain: switch_id
-- keys: switch_id
-- reads: nothing
INSERT INTO kill_switch (symbol, is_on, reason, set_by)
VALUES (%(symbol)s, %(is_on)s, %(reason)s, coalesce(%(set_by)s, session_user))
RETURNING symbol, is_on, reason, set_by, set_at
