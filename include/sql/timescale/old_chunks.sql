-- name: the chunks that hold nothing but minutes before an instant: where the last of them ends, and what they hold
-- grain: one row
-- keys: none
-- reads: minute_metrics, timescaledb_information.chunks
SELECT
    o.range_end,
    (SELECT count(*) FROM minute_metrics AS m WHERE m.ts < o.range_end) AS minutes
FROM (
    SELECT max(c.range_end) AS range_end
    FROM timescaledb_information.chunks AS c
    WHERE
        c.hypertable_schema = current_schema()
        AND c.hypertable_name = 'minute_metrics'
        AND c.range_end <= %(cutoff)s
) AS o
