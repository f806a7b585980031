-- name: what the page draws is read from indexes: how each minute was answered, and the rare ones that named a direction
-- Numbered, checksummed, run once; a change is a new file.

DROP INDEX signals_answered;
CREATE UNIQUE INDEX signals_answered ON signals (symbol, horizon_minutes, threshold, ts) INCLUDE (side, is_late) WHERE NOT is_shadow;
-- An index is read without its table where a vacuum has seen the pages: once a day, not once in half a year.
ALTER TABLE signals SET (autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 10000);

CREATE INDEX signals_named ON signals (symbol, horizon_minutes, threshold, ts)
WHERE NOT is_shadow AND (prediction <> 'SIDEWAYS' OR side IN ('BUY', 'SELL'));
