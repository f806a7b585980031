-- name: the recorded source
-- grain: one row, none before the first load
-- keys: only_one
-- reads: source
SELECT s.kind, s.identity FROM source AS s
