-- name: how far each symbol's minutes and signals have come
-- grain: symbol
-- keys: symbol
-- reads: metric_days, minute_metrics, promotions, signals
-- The newest signal is looked up cell by cell: by symbol alone, one without any signal would be looked for among all of them.
CREATE OR REPLACE VIEW pipeline_freshness AS
SELECT
    s.symbol,
    b.first_minute,
    b.newest_minute,
    g.newest_signal,
    extract(EPOCH FROM clock_timestamp() - b.newest_minute) AS minute_age_seconds,
    extract(EPOCH FROM clock_timestamp() - g.newest_signal) AS signal_age_seconds
FROM (SELECT DISTINCT d.symbol FROM metric_days AS d) AS s
CROSS JOIN LATERAL (
    SELECT
        (SELECT m.ts FROM minute_metrics AS m WHERE m.symbol = s.symbol ORDER BY m.ts LIMIT 1) AS first_minute,
        (SELECT m.ts FROM minute_metrics AS m WHERE m.symbol = s.symbol ORDER BY m.ts DESC LIMIT 1) AS newest_minute
) AS b
CROSS JOIN LATERAL (
    SELECT max(n.ts) AS newest_signal
    FROM (
        SELECT DISTINCT
            p.horizon_minutes,
            p.threshold
        FROM promotions AS p
        WHERE p.symbol = s.symbol AND p.is_accepted
    ) AS c
    CROSS JOIN LATERAL (
        SELECT a.ts
        FROM signals AS a
        WHERE
            a.symbol = s.symbol
            AND a.horizon_minutes = c.horizon_minutes
            AND a.threshold = c.threshold
            AND NOT a.is_shadow
        ORDER BY a.ts DESC
        LIMIT 1
    ) AS n
) AS g;
COMMENT ON VIEW pipeline_freshness IS 'One row a loaded symbol: the newest minute and signal, and their age by the server''s clock';
COMMENT ON COLUMN pipeline_freshness.symbol IS 'Name of the market';
COMMENT ON COLUMN pipeline_freshness.first_minute IS 'Oldest loaded minute, UTC';
COMMENT ON COLUMN pipeline_freshness.newest_minute IS 'Newest loaded minute, UTC';
COMMENT ON COLUMN pipeline_freshness.newest_signal IS 'Newest answered minute, UTC; NULL: none yet';
COMMENT ON COLUMN pipeline_freshness.minute_age_seconds IS 'Age of the newest minute, seconds of the server''s clock; large where the source replays the past';
COMMENT ON COLUMN pipeline_freshness.signal_age_seconds IS 'Age of the newest answered minute, seconds of the server''s clock; NULL: none yet';
