-- name: candles of 1 hour as a continuous aggregate, not yet filled
-- grain: symbol, bucket
-- keys: symbol, bucket
-- reads: minute_metrics
-- What candles_1h_stored reads. A bucket begins a minute late, so that it holds the minutes of the candle that ends 59 minutes later.
-- The aggregates are those of the view candles_1h. What is not filled is computed when it is read.
CREATE MATERIALIZED VIEW candles_1h_buckets
WITH (timescaledb.continuous, timescaledb.materialized_only = FALSE, timescaledb.create_group_indexes = FALSE) AS
SELECT
    m.symbol,
    time_bucket(INTERVAL '1 hour', m.ts, "offset" => INTERVAL '1 minute') AS bucket,
    (array_agg(m.last_price ORDER BY m.ts) FILTER (WHERE m.last_price > 0 AND m.last_price < 'Infinity'))[1] AS open,
    max(m.last_price) FILTER (WHERE m.last_price > 0 AND m.last_price < 'Infinity') AS high,
    min(m.last_price) FILTER (WHERE m.last_price > 0 AND m.last_price < 'Infinity') AS low,
    (array_agg(m.last_price ORDER BY m.ts DESC) FILTER (WHERE m.last_price > 0 AND m.last_price < 'Infinity'))[1] AS close,
    max(m.volume_24h) FILTER (
        WHERE
        m.volume_24h >= 0 AND m.volume_24h < 'Infinity'
        AND m.ts = date_bin(INTERVAL '60 minutes', m.ts, TIMESTAMPTZ '2000-01-01 00:00:00+00')
    ) AS volume_24h,
    count(m.last_price) FILTER (WHERE m.last_price > 0 AND m.last_price < 'Infinity') AS minutes
FROM minute_metrics AS m
GROUP BY m.symbol, time_bucket(INTERVAL '1 hour', m.ts, "offset" => INTERVAL '1 minute')
WITH NO DATA;
CREATE INDEX ON candles_1h_buckets (symbol, bucket);
COMMENT ON VIEW candles_1h_buckets IS 'TimescaleDB''s continuous aggregate behind candles_1h_stored; read that';
COMMENT ON COLUMN candles_1h_buckets.symbol IS 'Name of the market';
COMMENT ON COLUMN candles_1h_buckets.bucket IS 'First minute of the candle, UTC; it ends 59 minutes later';
COMMENT ON COLUMN candles_1h_buckets.open IS 'As in candles_1h; NULL: no minute has a price';
COMMENT ON COLUMN candles_1h_buckets.high IS 'As in candles_1h; NULL: no minute has a price';
COMMENT ON COLUMN candles_1h_buckets.low IS 'As in candles_1h; NULL: no minute has a price';
COMMENT ON COLUMN candles_1h_buckets.close IS 'As in candles_1h; NULL: no minute has a price';
COMMENT ON COLUMN candles_1h_buckets.volume_24h IS 'As in candles_1h';
COMMENT ON COLUMN candles_1h_buckets.minutes IS 'As in candles_1h; 0: no minute has a price';
