-- name: what the minutes in the columnstore took as rows, and what they take now, bytes
-- grain: one row
-- keys: none
-- reads: minute_metrics
SELECT
    sum(s.before_compression_total_bytes)::bigint AS before,
    sum(s.after_compression_total_bytes)::bigint AS after
FROM hypertable_columnstore_stats('minute_metrics') AS s
