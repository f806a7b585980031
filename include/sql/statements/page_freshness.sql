-- name: how far each symbol's minutes and signals have come
-- grain: symbol
-- keys: symbol
-- reads: pipeline_freshness
SELECT
    f.symbol,
    f.first_minute,
    f.newest_minute,
    f.newest_signal,
    f.minute_age_seconds::double precision AS minute_age_seconds,
    f.signal_age_seconds::double precision AS signal_age_seconds
FROM pipeline_freshness AS f
ORDER BY f.symbol
LIMIT 50
