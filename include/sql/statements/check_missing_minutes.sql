-- name: minutes of [from, to) that lack a value of any of the metrics, and the runs of each metric
-- grain: one row
-- keys: none
-- reads: missing_minutes
WITH gaps AS (
    SELECT
        g.metric,
        tstzrange(g.gap_from, g.gap_to) AS span
    FROM missing_minutes(%(symbol)s, %(from)s, %(to)s, %(metrics)s) AS g
)

SELECT
    coalesce((
        SELECT sum(extract(EPOCH FROM upper(u.span) - lower(u.span)) / 60)::bigint
        FROM (SELECT unnest(range_agg(a.span)) AS span FROM gaps AS a) AS u
    ), 0) AS minutes,
    (
        SELECT jsonb_object_agg(b.metric, b.minutes) FROM (
            SELECT
                c.metric,
                sum(extract(EPOCH FROM upper(c.span) - lower(c.span)) / 60)::bigint AS minutes
            FROM gaps AS c
            GROUP BY c.metric
        ) AS b
    ) AS by_metric,
    (SELECT min(lower(d.span)) FROM gaps AS d) AS first_missing
