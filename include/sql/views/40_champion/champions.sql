-- name: the newest appointed champion of each cell, and from when on it reigns
-- grain: symbol, horizon_minutes, threshold
-- keys: symbol, horizon_minutes, threshold
-- reads: champions_at
-- No clock: one that was appointed for the next minute stands here already; champions_at(now) says who reigns.
CREATE OR REPLACE VIEW champions AS
SELECT
    c.symbol,
    c.horizon_minutes,
    c.threshold::numeric(6, 5) AS threshold,
    c.model_id,
    c.candidate,
    c.effective_from,
    c.reason
FROM champions_at('infinity') AS c;
COMMENT ON VIEW champions IS 'One row a cell that has a champion: the newest appointed model, which answers its minutes from effective_from on; see champions_at(instant) for any other time';
COMMENT ON COLUMN champions.symbol IS 'Name of the market';
COMMENT ON COLUMN champions.horizon_minutes IS 'How far ahead, minutes';
COMMENT ON COLUMN champions.threshold IS 'The move that counts, a fraction';
COMMENT ON COLUMN champions.model_id IS 'Model, see models';
COMMENT ON COLUMN champions.candidate IS 'Its recipe';
COMMENT ON COLUMN champions.effective_from IS 'First market time that it answers, UTC';
COMMENT ON COLUMN champions.reason IS 'Why it was promoted, with the numbers';
