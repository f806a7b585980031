-- name: the answers of the newest hour, by side and why
-- grain: symbol, side, reason_code
-- keys: symbol, side, reason_code
-- reads: signals
SELECT
    s.symbol,
    s.side,
    coalesce(s.reason_code, '') AS reason_code,
    count(*)::float8 AS answers
FROM signals AS s
WHERE NOT s.is_shadow AND s.ts > (SELECT max(n.ts) FROM signals AS n) - INTERVAL '1 hour'
GROUP BY s.symbol, s.side, s.reason_code
