-- name: whether exactly this window was loaded after an instant, with metrics of its own or all of them
-- grain: one row
-- keys: none
-- reads: ingest_windows
SELECT
    EXISTS (
        SELECT FROM ingest_windows AS w
        WHERE
            w.finished_at > %(since)s
            AND w.symbol = %(symbol)s
            AND w.window_from = %(start)s
            AND w.window_to = %(end)s
            AND w.error IS NULL
    ) AS was_loaded
