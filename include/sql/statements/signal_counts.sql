-- name: how many signals there are, how many were live, the newest, and the live ones' latency over the last day
-- grain: one row
-- keys: none
-- reads: signals
SELECT
    count(*) AS signals,
    count(*) FILTER (WHERE NOT s.is_late AND s.side <> 'ABSTAIN') AS live_signals,
    max(s.ts) AS last_signal_ts,
    count(*) FILTER (WHERE s.is_newest) AS signals_of_newest,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY s.latency_seconds) FILTER (WHERE s.is_recent) AS latency_median,
    percentile_cont(0.95) WITHIN GROUP (ORDER BY s.latency_seconds) FILTER (WHERE s.is_recent) AS latency_p95
FROM (
    SELECT
        g.*,
        g.ts = (SELECT max(n.ts) FROM signals AS n) AS is_newest,
        NOT g.is_late AND g.ts > (SELECT max(n.ts) FROM signals AS n) - INTERVAL '1 day' AS is_recent
    FROM signals AS g
    WHERE NOT g.is_shadow
) AS s
