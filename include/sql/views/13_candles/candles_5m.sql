-- name: candles of 5 minutes from the minutes' last prices
-- grain: symbol, ts (day is the UTC date of ts)
-- keys: symbol, day, ts
-- reads: metric_days, minute_metrics
-- A candle is named by its end, as a minute is: that of 12:05 holds the minutes 12:01 to 12:05. A day's candles
-- are those that end on it, so the first one, which ends at 00:00, holds the last minutes of the day before, and the
-- calendar has one day more than the minutes. A plain view on every server: a late correction shows at once.
CREATE OR REPLACE VIEW candles_5m AS
SELECT
    d.symbol,
    d.day,
    c.ts,
    c.open,
    c.high,
    c.low,
    c.close,
    c.volume_24h,
    c.minutes
FROM (
    SELECT
        m.symbol,
        m.day
    FROM metric_days AS m
    UNION ALL
    SELECT
        m.symbol,
        max(m.day) + 1 AS day
    FROM metric_days AS m
    GROUP BY m.symbol
) AS d
CROSS JOIN LATERAL (
    SELECT
        p.candle_ts AS ts,
        (array_agg(p.price ORDER BY p.ts) FILTER (WHERE p.price IS NOT NULL))[1] AS open,
        max(p.price) AS high,
        min(p.price) AS low,
        (array_agg(p.price ORDER BY p.ts) FILTER (WHERE p.price IS NOT NULL))[count(p.price)::integer] AS close,
        max(p.volume_24h) FILTER (WHERE p.ts = p.candle_ts) AS volume_24h,
        count(p.price)::integer AS minutes
    FROM (
        SELECT
            m.ts,
            date_bin('5 minutes', m.ts + INTERVAL '4 minutes', '2000-01-01 00:00:00+00') AS candle_ts,
            CASE WHEN m.last_price > 0 AND m.last_price < 'Infinity' THEN m.last_price END AS price,
            CASE WHEN m.volume_24h >= 0 AND m.volume_24h < 'Infinity' THEN m.volume_24h END AS volume_24h
        FROM minute_metrics AS m
        WHERE
            m.symbol = d.symbol
            AND m.ts >= d.day::timestamp AT TIME ZONE 'UTC' - INTERVAL '4 minutes'
            AND m.ts < d.day::timestamp AT TIME ZONE 'UTC' + INTERVAL '1436 minutes'
    ) AS p
    GROUP BY p.candle_ts
    HAVING count(p.price) > 0
) AS c;
COMMENT ON VIEW candles_5m IS 'One row a candle of 5 minutes in which a minute has a price; none where no minute has one. Ask with symbol and day';
COMMENT ON COLUMN candles_5m.symbol IS 'Name of the market';
COMMENT ON COLUMN candles_5m.day IS 'UTC date of ts; a predicate on it reads only those days';
COMMENT ON COLUMN candles_5m.ts IS 'End of the candle, UTC: that of 12:05 holds the minutes 12:01 to 12:05';
COMMENT ON COLUMN candles_5m.open IS 'last_price of the first minute that has one, quote currency';
COMMENT ON COLUMN candles_5m.high IS 'Highest last_price of its minutes, quote currency; higher trades inside a minute are unseen';
COMMENT ON COLUMN candles_5m.low IS 'Lowest last_price of its minutes, quote currency; lower trades inside a minute are unseen';
COMMENT ON COLUMN candles_5m.close IS 'last_price of the last minute that has one, quote currency';
COMMENT ON COLUMN candles_5m.volume_24h IS 'Rolling 24 hour base volume at the minute ts itself, a gauge that can fall; NULL: missing, or no usable value';
COMMENT ON COLUMN candles_5m.minutes IS 'How many of its 5 minutes have a price; fewer: holes, or the candle is not over';
