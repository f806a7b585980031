-- name: drop the chunks that end by an instant
-- grain: a row a chunk
-- keys: none
-- reads: minute_metrics
SELECT drop_chunks('minute_metrics', older_than => %(range_end)s::timestamptz)
