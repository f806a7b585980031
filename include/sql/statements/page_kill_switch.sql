-- name: the newest act of each symbol's kill switch and of that of all symbols
-- grain: symbol
-- keys: symbol
-- reads: kill_switch
SELECT DISTINCT ON (k.symbol)
    k.symbol,
    k.is_on,
    k.reason,
    k.set_by,
    k.set_at
FROM kill_switch AS k
WHERE k.symbol IS NULL OR k.symbol = ANY(%(symbols)s::text [])
ORDER BY k.symbol NULLS FIRST, k.switch_id DESC
LIMIT 50
