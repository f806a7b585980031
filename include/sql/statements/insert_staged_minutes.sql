-- name: take over the staged minutes of a window of which nothing is stored
-- grain: one row with the counts
-- keys: none
-- reads: staged_minutes, minute_metrics
-- Half the work of the merge; the first load of a range takes this way.
WITH written AS (
    INSERT INTO minute_metrics (
        symbol,
        ts,
        last_price,
        price_deriv_5m,
        price_deriv_10m,
        price_deriv_15m,
        price_deriv_30m,
        price_deriv_1h,
        price_avg_5m,
        price_avg_10m,
        price_avg_15m,
        price_avg_30m,
        price_avg_1h,
        volume_24h,
        volume_deriv_5m,
        volume_deriv_15m,
        volume_avg_5m,
        volume_avg_15m,
        computed_columns
    )
    SELECT
        %(symbol)s,
        s.ts,
        s.last_price,
        s.price_deriv_5m,
        s.price_deriv_10m,
        s.price_deriv_15m,
        s.price_deriv_30m,
        s.price_deriv_1h,
        s.price_avg_5m,
        s.price_avg_10m,
        s.price_avg_15m,
        s.price_avg_30m,
        s.price_avg_1h,
        s.volume_24h,
        s.volume_deriv_5m,
        s.volume_deriv_15m,
        s.volume_avg_5m,
        s.volume_avg_15m,
        s.computed_columns::text []
    FROM staged_minutes AS s
    RETURNING ts
)

SELECT
    count(*) AS rows_new,
    0 AS rows_changed,
    0 AS rows_same,
    count(*) AS rows_written
FROM written
