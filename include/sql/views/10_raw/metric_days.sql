-- name: the UTC days on which each symbol may have minutes
-- grain: symbol, day
-- keys: symbol, day
-- reads: minute_metrics
-- Steps from symbol to symbol and from first to last minute through the primary key, so that it costs a few index
-- probes however long the history is: the calendar from which the day-wise views are pruned.
CREATE OR REPLACE VIEW metric_days AS
WITH RECURSIVE symbols AS (
    (SELECT m.symbol FROM minute_metrics AS m ORDER BY m.symbol LIMIT 1)
    UNION ALL
    SELECT (SELECT m.symbol FROM minute_metrics AS m WHERE m.symbol > s.symbol ORDER BY m.symbol LIMIT 1)
    FROM symbols AS s
    WHERE s.symbol IS NOT NULL
)

SELECT
    s.symbol,
    d.day::date AS day
FROM symbols AS s
CROSS JOIN LATERAL (
    SELECT
        (SELECT m.ts FROM minute_metrics AS m WHERE m.symbol = s.symbol ORDER BY m.ts LIMIT 1) AS first_ts,
        (SELECT m.ts FROM minute_metrics AS m WHERE m.symbol = s.symbol ORDER BY m.ts DESC LIMIT 1) AS last_ts
) AS b
CROSS JOIN LATERAL generate_series(
    date_trunc('day', b.first_ts AT TIME ZONE 'UTC'), date_trunc('day', b.last_ts AT TIME ZONE 'UTC'), INTERVAL '1 day'
) AS d (day)
WHERE s.symbol IS NOT NULL;
COMMENT ON VIEW metric_days IS 'UTC days between the first and the last minute of each symbol';
COMMENT ON COLUMN metric_days.symbol IS 'Name of the market';
COMMENT ON COLUMN metric_days.day IS 'UTC date';
