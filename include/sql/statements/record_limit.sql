-- name: what fitted after the source had refused more
-- grain: limit_name
-- keys: limit_name
-- reads: nothing
INSERT INTO source_limits AS l (limit_name, fitted, said)
VALUES (%(limit_name)s, %(fitted)s, %(said)s)
ON CONFLICT (limit_name) DO UPDATE SET
    -- of two windows in flight the one that learned less may write last
    fitted = CASE WHEN l.learned_at > clock_timestamp() - INTERVAL '7 days' THEN least(l.fitted, excluded.fitted) ELSE excluded.fitted END,
    said = excluded.said,
    learned_at = clock_timestamp()
