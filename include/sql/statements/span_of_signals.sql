-- name: the first and the last minute that a symbol has signals of
-- grain: one row; NULL where it has none
-- keys: none
-- reads: signals
SELECT
    min(s.ts) AS first_ts,
    max(s.ts) AS last_ts
FROM signals AS s
WHERE s.symbol = %(symbol)s
