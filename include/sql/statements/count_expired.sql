-- name: how many rows are expired
-- grain: one row
-- keys: none
-- reads: minute_metrics, signals, pipeline_checks, ingest_windows
-- What `maintain` would drop of the tables that lead; what hangs on their rows goes with them. Binds: the cut-offs; NULL: none.
SELECT
    (SELECT count(*) FROM minute_metrics AS m WHERE m.ts < %(minutes)s::timestamptz) AS minutes,
    (SELECT count(*) FROM signals AS s WHERE s.ts < %(signals)s::timestamptz) AS signals,
    (SELECT count(*) FROM pipeline_checks AS c WHERE c.checked_at < %(checks)s::timestamptz AND c.status <> 'failed') AS checks,
    (
        SELECT count(*) FROM ingest_windows AS w
        WHERE
            w.finished_at < %(windows)s::timestamptz
            AND w.window_to < (SELECT max(n.window_to) FROM ingest_windows AS n WHERE n.symbol = w.symbol AND n.error IS NULL)
    ) AS windows
