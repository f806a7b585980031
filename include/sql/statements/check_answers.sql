-- name: a symbol's answers of [from, to), whether they came in time and why they abstained
-- grain: horizon_minutes, threshold, is_late, side, reason_code
-- keys: horizon_minutes, threshold, is_late, side, reason_code
-- reads: signals
SELECT
    s.horizon_minutes,
    s.threshold,
    s.is_late,
    s.side,
    s.reason_code,
    count(*) AS signals
FROM signals AS s
WHERE s.symbol = %(symbol)s AND s.ts >= %(from)s AND s.ts < %(to)s AND NOT s.is_shadow
GROUP BY s.horizon_minutes, s.threshold, s.is_late, s.side, s.reason_code
