-- name: be the one who tells of an alert until the transaction ends; its row stays free for who sees it again
-- grain: one row
-- keys: none
-- reads: nothing
SELECT pg_try_advisory_xact_lock(hashtextextended('alert ' || current_schema() || ' ' || %(alert_id)s::text, 0)) AS is_mine
