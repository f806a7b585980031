-- name: take the stored candles away
-- grain: none
-- keys: none
-- reads: candles_5m_stored
DROP VIEW IF EXISTS candles_5m_stored
