-- name: a symbol's live answers of [from, to) by why they abstained
-- grain: reason_code
-- keys: reason_code
-- reads: signals
SELECT
    s.reason_code,
    count(*) AS signals
FROM signals AS s
WHERE s.symbol = %(symbol)s AND s.ts >= %(from)s AND s.ts < %(to)s AND NOT s.is_shadow AND NOT s.is_late
GROUP BY s.reason_code
