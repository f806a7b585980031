-- name: up to where the source was asked for a symbol's minutes
-- grain: one row
-- keys: none
-- reads: ingest_windows, minute_metrics
SELECT
    greatest(
        (SELECT max(w.window_to) FROM ingest_windows AS w WHERE w.symbol = %(symbol)s AND w.error IS NULL),
        (SELECT max(m.ts) + INTERVAL '1 minute' FROM minute_metrics AS m WHERE m.symbol = %(symbol)s)
    ) AS asked_until
