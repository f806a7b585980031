-- name: a metric that is asked for from now on, or otherwise than before: what the source lacked is then to be asked again
-- grain: symbol, metric
-- keys: symbol, metric
-- reads: nothing
WITH outdated AS (
    DELETE FROM source_absences AS a
    WHERE a.symbol = %(symbol)s AND a.metric = %(metric)s
)

INSERT INTO metric_catalogue (symbol, metric, query, expression)
VALUES (%(symbol)s, %(metric)s, %(query)s, %(expression)s)
ON CONFLICT (symbol, metric) DO UPDATE SET
    query = excluded.query,
    expression = excluded.expression,
    asked_since = clock_timestamp()
