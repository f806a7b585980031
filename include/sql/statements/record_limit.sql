-- name: what fitted after the source had refused more
-- grain: limit_name
-- keys: limit_name
-- reads: nothing
INSERT INTO source_limits (limit_name, fitted, said)
VALUES (%(limit_name)s, %(fitted)s, %(said)s)
ON CONFLICT (limit_name) DO UPDATE SET
    fitted = excluded.fitted,
    said = excluded.said,
    learned_at = clock_timestamp()
