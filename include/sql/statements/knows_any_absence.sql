-- name: whether anything is noted as absent in a range
-- grain: one row
-- keys: none
-- reads: source_absences
SELECT
    EXISTS (
        SELECT FROM source_absences AS a
        WHERE a.symbol = %(symbol)s AND a.metric = ANY(%(metrics)s) AND a.absent_from < %(end)s AND a.absent_to > %(start)s
    ) AS any_known
