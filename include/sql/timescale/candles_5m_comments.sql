-- name: what the stored candles of 5 minutes hold, wherever they come from
-- grain: none
-- keys: none
-- reads: candles_5m_stored
COMMENT ON VIEW candles_5m_stored IS 'candles_5m for charts of years. With TimescaleDB it is read from a continuous aggregate: what came or was corrected more than an hour late shows within the hour, more than two days late after the next maintenance. Elsewhere it is candles_5m';
COMMENT ON COLUMN candles_5m_stored.symbol IS 'Name of the market';
COMMENT ON COLUMN candles_5m_stored.day IS 'UTC date of ts';
COMMENT ON COLUMN candles_5m_stored.ts IS 'End of the candle, UTC, as in candles_5m';
COMMENT ON COLUMN candles_5m_stored.open IS 'last_price of the first minute that has one, quote currency';
COMMENT ON COLUMN candles_5m_stored.high IS 'Highest last_price of its minutes, quote currency; higher trades inside a minute are unseen';
COMMENT ON COLUMN candles_5m_stored.low IS 'Lowest last_price of its minutes, quote currency; lower trades inside a minute are unseen';
COMMENT ON COLUMN candles_5m_stored.close IS 'last_price of the last minute that has one, quote currency';
COMMENT ON COLUMN candles_5m_stored.volume_24h IS 'Rolling 24 hour base volume at the minute ts itself, a gauge that can fall; NULL: missing, or no usable value';
COMMENT ON COLUMN candles_5m_stored.minutes IS 'How many of its minutes have a price; fewer than there are: holes, or the candle is not over';
