-- name: candles of 5 minutes, read from the continuous aggregate
-- grain: symbol, ts (day is the UTC date of ts)
-- keys: symbol, day, ts
-- reads: candles_5m_buckets
CREATE OR REPLACE VIEW candles_5m_stored AS
SELECT
    b.symbol,
    ((b.bucket + INTERVAL '4 minutes') AT TIME ZONE 'UTC')::date AS day,
    b.bucket + INTERVAL '4 minutes' AS ts,
    b.open,
    b.high,
    b.low,
    b.close,
    b.volume_24h,
    b.minutes::integer AS minutes
FROM candles_5m_buckets AS b
WHERE b.minutes > 0
