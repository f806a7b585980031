-- name: how far each symbol's minutes and signals have come
-- grain: symbol
-- keys: symbol
-- reads: metric_days, minute_metrics, signals
CREATE OR REPLACE VIEW pipeline_freshness AS
SELECT
    s.symbol,
    (SELECT m.ts FROM minute_metrics AS m WHERE m.symbol = s.symbol ORDER BY m.ts LIMIT 1) AS first_minute,
    (SELECT m.ts FROM minute_metrics AS m WHERE m.symbol = s.symbol ORDER BY m.ts DESC LIMIT 1) AS newest_minute,
    (SELECT max(g.ts) FROM signals AS g WHERE g.symbol = s.symbol AND NOT g.is_shadow) AS newest_signal,
    extract(EPOCH FROM clock_timestamp() - (SELECT max(m.ts) FROM minute_metrics AS m WHERE m.symbol = s.symbol)) AS minute_age_seconds,
    extract(EPOCH FROM clock_timestamp() - (SELECT max(g.ts) FROM signals AS g WHERE g.symbol = s.symbol AND NOT g.is_shadow))
        AS signal_age_seconds
FROM (SELECT DISTINCT d.symbol FROM metric_days AS d) AS s;
COMMENT ON VIEW pipeline_freshness IS 'One row a loaded symbol: the newest minute and signal, and their age by the server''s clock';
COMMENT ON COLUMN pipeline_freshness.symbol IS 'Name of the market';
COMMENT ON COLUMN pipeline_freshness.first_minute IS 'Oldest loaded minute, UTC';
COMMENT ON COLUMN pipeline_freshness.newest_minute IS 'Newest loaded minute, UTC';
COMMENT ON COLUMN pipeline_freshness.newest_signal IS 'Newest answered minute, UTC; NULL: none yet';
COMMENT ON COLUMN pipeline_freshness.minute_age_seconds IS 'Age of the newest minute, seconds of the server''s clock; large where the source replays the past';
COMMENT ON COLUMN pipeline_freshness.signal_age_seconds IS 'Age of the newest answered minute, seconds of the server''s clock; NULL: none yet';
