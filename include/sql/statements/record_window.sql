-- name: the ledger row of a window
-- grain: window_id
-- keys: window_id
-- reads: nothing
INSERT INTO ingest_windows (
    symbol, window_from, window_to, requests, retries, rows_new, rows_changed, rows_same,
    samples, quarantined, computed, seconds, error
)
VALUES (
    %(symbol)s, %(window_from)s, %(window_to)s, %(requests)s, %(retries)s, %(rows_new)s, %(rows_changed)s, %(rows_same)s,
    %(samples)s, %(quarantined)s, %(computed)s, %(seconds)s, %(error)s
)
