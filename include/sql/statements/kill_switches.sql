-- name: the state of the kill switch, of all symbols first
-- grain: symbol
-- keys: symbol
-- reads: kill_switch_state
SELECT
    k.symbol,
    k.is_on,
    k.reason,
    k.set_by,
    k.set_at
FROM kill_switch_state AS k
ORDER BY k.symbol NULLS FIRST
