-- name: a metric of a symbol that is not asked for any more; its minutes stay
-- grain: symbol, metric
-- keys: symbol, metric
-- reads: nothing
WITH outdated AS (
    DELETE FROM source_absences AS a
    WHERE a.symbol = %(symbol)s AND a.metric = %(metric)s
)

DELETE FROM metric_catalogue AS k
WHERE k.symbol = %(symbol)s AND k.metric = %(metric)s
