-- name: the minutes of a UTC day and of the 24 hours before it, on a grid without gaps
-- grain: n
-- keys: n
-- reads: minute_metrics
-- What every group of features reads, beside `recorded`. d is the row of the calendar whose day is computed.
-- n: minute of the day, 0 to 1439 (to the newest minute there is), and -1440 to -1 on the day before. ts: end of the
-- minute. price, volume: last_price and volume_24h, NULL where the minute is missing or the value is NaN, not positive,
-- or a million times above or below the first of the partition, where sums would have no digits left.
-- x: ln(price / first price); y: price / first price - 1; v: volume / first volume - 1: small numbers, which keep their
-- digits in running sums. r: one-minute log return. moves: one-minute returns in a row up to here, so that a look-back of
-- k minutes is whole where moves >= k. volumes: volume values in a row up to here. squares: running sum of r * r.
-- i: place of the minute in an array of all of them. After array_agg(x) AS past, past[i - 60] is the x of an hour ago, as
-- lag(x, 60) is, at a fraction of the cost. An array without a NULL is fastest; OFFSET 0 keeps it out of joins and sorts.
-- (SELECT …) around the day's midnight: computed once, not for each row.
SELECT
    c.n,
    c.n + 1441 AS i,
    c.ts,
    c.price,
    c.volume,
    c.x,
    c.y,
    c.v,
    c.r,
    c.n - max(CASE WHEN c.r IS NULL THEN c.n END) OVER w AS moves,
    c.n - coalesce(max(CASE WHEN c.volume IS NULL THEN c.n END) OVER w, -1441) AS volumes,
    sum(coalesce(c.r * c.r, 0)) OVER w AS squares
FROM (
    SELECT
        n,
        (SELECT d.day::timestamp AT TIME ZONE 'UTC') + make_interval(mins => n) AS ts,
        m.price,
        m.volume,
        ln(m.price / m.first_price) AS x,
        m.price / m.first_price - 1 AS y,
        m.volume / m.first_volume - 1 AS v,
        ln(m.price / lag(m.price) OVER (ORDER BY n)) AS r
    FROM generate_series(
        -1440,
        -- nothing after the newest minute of the day is asked for: the live minute need not wait for the empty rest
        least(1439, (
            SELECT date_part('epoch', max(o.ts) - d.day::timestamp AT TIME ZONE 'UTC')::integer / 60
            FROM minute_metrics AS o
            WHERE o.symbol = d.symbol AND o.ts < (d.day + 1)::timestamp AT TIME ZONE 'UTC'
        ))
    ) AS g (n)
    -- FULL: never a nested loop, whatever the planner knows of the table. Each minute that is held is on the grid
    FULL JOIN (
        SELECT
            date_part('epoch', h.ts - (SELECT d.day::timestamp AT TIME ZONE 'UTC'))::integer / 60 AS n,
            CASE WHEN h.last_price > 1e-6 * f.price AND h.last_price < 1e6 * f.price THEN h.last_price END AS price,
            CASE WHEN h.volume_24h > 1e-6 * f.volume AND h.volume_24h < 1e6 * f.volume THEN h.volume_24h END AS volume,
            f.price AS first_price,
            f.volume AS first_volume
        FROM minute_metrics AS h
        CROSS JOIN (
            -- the first values of the partition: never later than a minute that uses them
            SELECT
                (
                    SELECT o.last_price
                    FROM minute_metrics AS o
                    WHERE
                        o.symbol = d.symbol
                        AND o.ts >= (d.day - 1)::timestamp AT TIME ZONE 'UTC'
                        AND o.ts < (d.day + 1)::timestamp AT TIME ZONE 'UTC'
                        AND o.last_price > 1e-30
                        AND o.last_price < 1e30
                    ORDER BY o.ts
                    LIMIT 1
                ) AS price,
                (
                    SELECT o.volume_24h
                    FROM minute_metrics AS o
                    WHERE
                        o.symbol = d.symbol
                        AND o.ts >= (d.day - 1)::timestamp AT TIME ZONE 'UTC'
                        AND o.ts < (d.day + 1)::timestamp AT TIME ZONE 'UTC'
                        AND o.volume_24h > 1e-30
                        AND o.volume_24h < 1e30
                    ORDER BY o.ts
                    LIMIT 1
                ) AS volume
        ) AS f
        WHERE
            h.symbol = d.symbol
            AND h.ts >= (d.day - 1)::timestamp AT TIME ZONE 'UTC'
            AND h.ts < (d.day + 1)::timestamp AT TIME ZONE 'UTC'
    ) AS m USING (n)
) AS c
WINDOW w AS (ORDER BY c.n)
