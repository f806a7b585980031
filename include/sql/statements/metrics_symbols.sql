-- name: how fresh and how whole each symbol's minutes are, and how fast its answers
-- grain: symbol
-- keys: symbol
-- reads: pipeline_freshness, metric_catalogue, missing_minutes, signal_commits
SELECT
    f.symbol,
    extract(EPOCH FROM f.newest_minute)::float8 AS newest_minute,
    f.minute_age_seconds::float8 AS minute_age_seconds,
    (
        SELECT coalesce(sum(extract(EPOCH FROM upper(u.span) - lower(u.span))), 0)::float8
        FROM (
            SELECT unnest(range_agg(tstzrange(g.gap_from, g.gap_to))) AS span
            FROM missing_minutes(
                f.symbol,
                greatest(f.first_minute, f.newest_minute - INTERVAL '1439 minutes'),
                f.newest_minute + INTERVAL '1 minute',
                (SELECT array_agg(k.metric) FROM metric_catalogue AS k WHERE k.symbol = f.symbol)
            ) AS g
        ) AS u
    ) AS missing_seconds,
    (
        SELECT c.latency_seconds FROM signal_commits AS c
        WHERE c.symbol = f.symbol AND NOT c.is_late
        ORDER BY c.ts DESC
        LIMIT 1
    ) AS latency_last,
    (
        SELECT percentile_cont(0.95) WITHIN GROUP (ORDER BY c.latency_seconds)
        FROM signal_commits AS c
        WHERE c.symbol = f.symbol AND NOT c.is_late AND c.ts > f.newest_minute - INTERVAL '1 hour'
    ) AS latency_p95
FROM pipeline_freshness AS f
