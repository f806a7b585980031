-- name: drop a step of the oldest rows of the ledger of loads; each symbol's newest loaded window stays
-- grain: one row
-- keys: none
-- reads: ingest_windows
-- Binds: cutoff, step (rows).
WITH dropped AS (
    DELETE FROM ingest_windows AS w
    WHERE w.window_id IN (
        SELECT o.window_id FROM ingest_windows AS o
        WHERE
            o.finished_at < %(cutoff)s
            AND o.window_to < (SELECT max(n.window_to) FROM ingest_windows AS n WHERE n.symbol = o.symbol AND n.error IS NULL)
        ORDER BY o.finished_at
        LIMIT %(step)s
    )
    RETURNING w.window_id
)

SELECT count(*) AS dropped
FROM dropped
