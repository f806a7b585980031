-- name: before which each is expired: counted back from its newest row, so that a clock of the source's own is one too
-- grain: one row
-- keys: none
-- reads: metric_catalogue, minute_metrics, signals, pipeline_checks, ingest_windows, settle_marks
-- Whole UTC days of minutes and signals. Binds: minutes, signals, checks, windows (intervals; NULL: for ever, and the cut-off is NULL).
SELECT
    date_trunc('day', (
        SELECT max(n.ts)
        FROM (SELECT DISTINCT c.symbol FROM metric_catalogue AS c) AS k
        CROSS JOIN LATERAL (SELECT m.ts FROM minute_metrics AS m WHERE m.symbol = k.symbol ORDER BY m.ts DESC LIMIT 1) AS n
    ), 'UTC') - %(minutes)s::interval AS minutes,
    date_trunc('day', (SELECT max(s.ts) FROM signals AS s), 'UTC') - %(signals)s::interval AS signals,
    (SELECT max(c.checked_at) FROM pipeline_checks AS c) - %(checks)s::interval AS checks,
    least(
        (SELECT max(w.finished_at) FROM ingest_windows AS w) - %(windows)s::interval,
        CASE WHEN %(windows)s::interval IS NOT NULL THEN (SELECT min(k.looked_at) FROM settle_marks AS k) END
    ) AS windows
