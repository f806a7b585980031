-- name: a moved address of the same data
-- grain: one row
-- keys: only_one
-- reads: source
UPDATE source SET identity = %(identity)s, recorded_at = clock_timestamp()
WHERE kind = %(kind)s
