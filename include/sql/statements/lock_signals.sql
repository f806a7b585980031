-- name: wait until signals may be written, as an INSERT does, and keep what would forbid it away until the end
-- grain: none
-- keys: none
-- reads: nothing
LOCK TABLE signals IN ROW EXCLUSIVE MODE
