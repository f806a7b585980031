-- name: the kill switches that are on for a symbol: its own, and that of all
-- grain: symbol
-- keys: symbol
-- reads: kill_switch_state
SELECT
    k.symbol,
    k.reason,
    k.set_by,
    k.set_at
FROM kill_switch_state AS k
WHERE k.is_on AND (k.symbol IS NULL OR k.symbol = %(symbol)s)
ORDER BY k.set_at
