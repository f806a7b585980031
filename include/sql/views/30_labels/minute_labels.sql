-- name: what the price did after a minute: forward log returns over the horizons, and when each label ends
-- grain: symbol, ts (day is the UTC date of ts)
-- keys: symbol, day, ts
-- reads: metric_days, minute_metrics
-- Built like minute_features, a day at a time on the full grid of minutes, with 4 hours after the day: a label is
-- joined on time. Labels look forward; features never do. A price counts where it is positive and within all bounds,
-- as in the features: NaN is not.
CREATE OR REPLACE VIEW minute_labels AS
SELECT
    d.symbol,
    d.day,
    v.ts,
    v.forward_log_return_15m,
    v.forward_log_return_30m,
    v.forward_log_return_45m,
    v.forward_log_return_1h,
    v.forward_log_return_2h,
    v.forward_log_return_4h,
    CASE WHEN v.forward_log_return_15m IS NOT NULL THEN v.ts + INTERVAL '15 minutes' END AS label_end_15m,
    CASE WHEN v.forward_log_return_30m IS NOT NULL THEN v.ts + INTERVAL '30 minutes' END AS label_end_30m,
    CASE WHEN v.forward_log_return_45m IS NOT NULL THEN v.ts + INTERVAL '45 minutes' END AS label_end_45m,
    CASE WHEN v.forward_log_return_1h IS NOT NULL THEN v.ts + INTERVAL '60 minutes' END AS label_end_1h,
    CASE WHEN v.forward_log_return_2h IS NOT NULL THEN v.ts + INTERVAL '120 minutes' END AS label_end_2h,
    CASE WHEN v.forward_log_return_4h IS NOT NULL THEN v.ts + INTERVAL '240 minutes' END AS label_end_4h
FROM metric_days AS d
CROSS JOIN LATERAL (
    WITH minutes AS (
        SELECT
            g.ts,
            m.symbol IS NOT NULL AS is_loaded,
            CASE WHEN m.last_price > 1e-30 AND m.last_price < 1e30 THEN ln(m.last_price) END AS x
        FROM generate_series(
            d.day::timestamp AT TIME ZONE 'UTC',
            d.day::timestamp AT TIME ZONE 'UTC' + INTERVAL '1679 minutes',
            INTERVAL '1 minute'
        ) AS g (ts)
        LEFT JOIN minute_metrics AS m
            ON
                m.symbol = d.symbol
                AND m.ts = g.ts
                AND m.ts >= d.day::timestamp AT TIME ZONE 'UTC'
                AND m.ts < d.day::timestamp AT TIME ZONE 'UTC' + INTERVAL '1680 minutes'
    ),

    running AS (
        SELECT
            m.*,
            count(m.x) OVER (ORDER BY m.ts) AS prices
        FROM minutes AS m
    ),

    labels AS (
        SELECT
            r.ts,
            r.is_loaded,
            CASE WHEN lead(r.prices, 15) OVER w - r.prices = 15 THEN lead(r.x, 15) OVER w - r.x END AS forward_log_return_15m,
            CASE WHEN lead(r.prices, 30) OVER w - r.prices = 30 THEN lead(r.x, 30) OVER w - r.x END AS forward_log_return_30m,
            CASE WHEN lead(r.prices, 45) OVER w - r.prices = 45 THEN lead(r.x, 45) OVER w - r.x END AS forward_log_return_45m,
            CASE WHEN lead(r.prices, 60) OVER w - r.prices = 60 THEN lead(r.x, 60) OVER w - r.x END AS forward_log_return_1h,
            CASE WHEN lead(r.prices, 120) OVER w - r.prices = 120 THEN lead(r.x, 120) OVER w - r.x END AS forward_log_return_2h,
            CASE WHEN lead(r.prices, 240) OVER w - r.prices = 240 THEN lead(r.x, 240) OVER w - r.x END AS forward_log_return_4h
        FROM running AS r
        WINDOW w AS (ORDER BY r.ts)
    )

    SELECT l.*
    FROM labels AS l
    WHERE l.is_loaded AND l.ts < d.day::timestamp AT TIME ZONE 'UTC' + INTERVAL '24 hours'
    OFFSET 0
) AS v;
COMMENT ON VIEW minute_labels IS 'One row a loaded minute; ask with symbol and day. Looks forward: never an input of a model';
COMMENT ON COLUMN minute_labels.symbol IS 'Name of the market';
COMMENT ON COLUMN minute_labels.day IS 'UTC date of ts; a predicate on it reads only those days';
COMMENT ON COLUMN minute_labels.ts IS 'End of the minute, UTC; the label begins here and ends ts + horizon';
COMMENT ON COLUMN minute_labels.forward_log_return_15m IS 'ln(p[t + 15 min] / p[t]); NULL: a minute of [t, t + 15 min] has no price, is missing or not there yet';
COMMENT ON COLUMN minute_labels.forward_log_return_30m IS 'ln(p[t + 30 min] / p[t]); NULL: a minute of [t, t + 30 min] has no price, is missing or not there yet';
COMMENT ON COLUMN minute_labels.forward_log_return_45m IS 'ln(p[t + 45 min] / p[t]); NULL: a minute of [t, t + 45 min] has no price, is missing or not there yet';
COMMENT ON COLUMN minute_labels.forward_log_return_1h IS 'ln(p[t + 60 min] / p[t]); NULL: a minute of [t, t + 60 min] has no price, is missing or not there yet';
COMMENT ON COLUMN minute_labels.forward_log_return_2h IS 'ln(p[t + 120 min] / p[t]); NULL: a minute of [t, t + 120 min] has no price, is missing or not there yet';
COMMENT ON COLUMN minute_labels.forward_log_return_4h IS 'ln(p[t + 240 min] / p[t]); NULL: a minute of [t, t + 240 min] has no price, is missing or not there yet';
COMMENT ON COLUMN minute_labels.label_end_15m IS 'Last market time that forward_log_return_15m rests on, ts + 15 min, UTC; NULL: that label is not known';
COMMENT ON COLUMN minute_labels.label_end_30m IS 'Last market time that forward_log_return_30m rests on, ts + 30 min, UTC; NULL: that label is not known';
COMMENT ON COLUMN minute_labels.label_end_45m IS 'Last market time that forward_log_return_45m rests on, ts + 45 min, UTC; NULL: that label is not known';
COMMENT ON COLUMN minute_labels.label_end_1h IS 'Last market time that forward_log_return_1h rests on, ts + 60 min, UTC; NULL: that label is not known';
COMMENT ON COLUMN minute_labels.label_end_2h IS 'Last market time that forward_log_return_2h rests on, ts + 120 min, UTC; NULL: that label is not known';
COMMENT ON COLUMN minute_labels.label_end_4h IS 'Last market time that forward_log_return_4h rests on, ts + 240 min, UTC; NULL: that label is not known';
