-- name: turn signals off, or on again; returns when
-- grain: one row
-- keys: switch_id
-- reads: nothing
INSERT INTO kill_switch (symbol, is_on, reason, set_by)
VALUES (%(symbol)s, %(is_on)s, %(reason)s, %(set_by)s)
RETURNING set_at
