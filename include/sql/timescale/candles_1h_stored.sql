-- name: candles of 1 hour, read from the continuous aggregate
-- grain: symbol, ts (day is the UTC date of ts)
-- keys: symbol, day, ts
-- reads: candles_1h_buckets
CREATE OR REPLACE VIEW candles_1h_stored AS
SELECT
    b.symbol,
    ((b.bucket + INTERVAL '59 minutes') AT TIME ZONE 'UTC')::date AS day,
    b.bucket + INTERVAL '59 minutes' AS ts,
    b.open,
    b.high,
    b.low,
    b.close,
    b.volume_24h,
    b.minutes::integer AS minutes
FROM candles_1h_buckets AS b
WHERE b.minutes > 0
