-- name: take the continuous aggregate of the stored candles away, with its policy
-- grain: none
-- keys: none
-- reads: candles_5m_buckets
DROP MATERIALIZED VIEW candles_5m_buckets
