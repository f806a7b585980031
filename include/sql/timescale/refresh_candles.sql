-- name: fill what is not filled or not true any more of the stored candles, up to an hour before the newest minute
-- grain: none
-- keys: none
-- reads: minute_metrics
-- By itself, never in a transaction. It looks at the buckets alone that TimescaleDB has noted as changed, those of dropped
-- minutes included. One batch for all of them: many small ones have cost thirty times as much.
CALL refresh_continuous_aggregate(
    %(candles)s::regclass,
    NULL::timestamptz,
    %(newest)s::timestamptz - INTERVAL '1 hour',
    options => '{"buckets_per_batch": 0}'::jsonb
)
