-- name: each day, after the night's repair, chunks that ended long enough ago go into the columnstore
-- grain: none
-- keys: none
-- reads: minute_metrics
-- A chunk is a transaction of its own: the job waits for the loads that write to it and they for it, one chunk at a time.
CALL add_columnstore_policy(
    'minute_metrics',
    after => make_interval(days => %(compress_after_days)s),
    schedule_interval => INTERVAL '1 day',
    initial_start => date_trunc('day', now(), 'UTC') + INTERVAL '1 day 5 hours',
    timezone => 'UTC'
)
