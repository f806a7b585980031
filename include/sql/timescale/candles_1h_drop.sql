-- name: take the stored candles away
-- grain: none
-- keys: none
-- reads: candles_1h_stored
DROP VIEW IF EXISTS candles_1h_stored
