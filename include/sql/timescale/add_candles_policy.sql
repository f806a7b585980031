-- name: each hour the newest two days of the stored candles are filled, up to an hour ago
-- grain: one row
-- keys: none
-- reads: candles_5m_buckets, candles_1h_buckets
-- Bounded at both ends: what is older, late or loaded later is filled by the maintenance (refresh_candles).
SELECT
    add_continuous_aggregate_policy(
        %(candles)s::regclass,
        start_offset => INTERVAL '2 days',
        end_offset => INTERVAL '1 hour',
        schedule_interval => INTERVAL '1 hour',
        if_not_exists => TRUE
    )
