-- name: of each cell of a symbol that has a champion: what the champion was trained up to, and the newest training of the cell
-- grain: horizon_minutes, threshold
-- keys: horizon_minutes, threshold
-- reads: champions_at, models, model_evaluations
SELECT
    c.horizon_minutes,
    c.threshold,
    c.model_id,
    m.as_of,
    greatest(
        m.as_of,
        (
            SELECT max(e.as_of) FROM model_evaluations AS e
            WHERE e.symbol = c.symbol AND e.horizon_minutes = c.horizon_minutes AND e.threshold = c.threshold AND e.as_of <= %(at)s
        )
    ) AS newest_as_of
FROM champions_at(%(at)s) AS c
INNER JOIN models AS m USING (model_id)
WHERE c.symbol = %(symbol)s
