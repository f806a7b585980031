-- name: take the continuous aggregate of the stored candles away, with its policy
-- grain: none
-- keys: none
-- reads: candles_1h_buckets
DROP MATERIALIZED VIEW candles_1h_buckets
