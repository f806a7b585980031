-- name: candles of 1 hour under the name of the stored ones, where there is no continuous aggregate
-- grain: symbol, ts (day is the UTC date of ts)
-- keys: symbol, day, ts
-- reads: candles_1h
CREATE OR REPLACE VIEW candles_1h_stored AS
SELECT
    c.symbol,
    c.day,
    c.ts,
    c.open,
    c.high,
    c.low,
    c.close,
    c.volume_24h,
    c.minutes
FROM candles_1h AS c
