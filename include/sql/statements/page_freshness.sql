-- name: how far each symbol's minutes and signals have come
-- grain: symbol
-- keys: symbol
-- reads: pipeline_freshness
-- of_all: how many symbols there are, of which the first are given, those that are furthest behind before all others.
SELECT
    f.symbol,
    f.first_minute,
    f.newest_minute,
    f.newest_signal,
    f.minute_age_seconds::double precision AS minute_age_seconds,
    f.signal_age_seconds::double precision AS signal_age_seconds,
    count(*) OVER () AS of_all
FROM pipeline_freshness AS f
ORDER BY f.newest_minute, f.symbol
LIMIT 50
