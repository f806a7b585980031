-- name: the model that reigns in each cell now, and since when
-- grain: symbol, horizon_minutes, threshold
-- keys: symbol, horizon_minutes, threshold
-- reads: promotions
CREATE OR REPLACE VIEW champions AS
SELECT DISTINCT ON (p.symbol, p.horizon_minutes, p.threshold)
    p.symbol,
    p.horizon_minutes,
    p.threshold,
    p.model_id,
    p.candidate,
    p.effective_from,
    p.reason
FROM promotions AS p
WHERE p.is_accepted
ORDER BY p.symbol, p.horizon_minutes, p.threshold, p.effective_from DESC, p.promotion_id DESC;
COMMENT ON VIEW champions IS 'One row a cell that has a champion: the one model that answers its minutes';
COMMENT ON COLUMN champions.symbol IS 'Name of the market';
COMMENT ON COLUMN champions.horizon_minutes IS 'How far ahead, minutes';
COMMENT ON COLUMN champions.threshold IS 'The move that counts, a fraction';
COMMENT ON COLUMN champions.model_id IS 'Model, see models';
COMMENT ON COLUMN champions.candidate IS 'Its recipe';
COMMENT ON COLUMN champions.effective_from IS 'First market time that it answers, UTC';
COMMENT ON COLUMN champions.reason IS 'Why it was promoted, with the numbers';
