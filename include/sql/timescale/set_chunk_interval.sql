-- name: how long a time the chunks to come hold
-- grain: none
-- keys: none
-- reads: minute_metrics
SELECT set_chunk_time_interval('minute_metrics', make_interval(days => %(chunk_days)s))
