-- name: the runs of minutes that are not held of each metric and that the source is to be asked for now
-- grain: metric, gap_from
-- keys: metric, gap_from
-- reads: missing_minutes, source_absences
-- Without those that the source lacked and that are not due to be asked for again at that instant; NULL: all.
WITH gaps AS (
    SELECT
        g.metric,
        range_agg(tstzrange(g.gap_from, g.gap_to)) AS spans
    FROM missing_minutes(%(symbol)s, %(start)s, %(end)s, %(metrics)s) AS g
    GROUP BY g.metric
),

not_due AS (
    SELECT
        a.metric,
        range_agg(tstzrange(a.absent_from, a.absent_to)) AS spans
    FROM source_absences AS a
    WHERE
        a.symbol = %(symbol)s
        AND %(asked_at)s::timestamptz IS NOT NULL
        AND (a.next_ask_at IS NULL OR a.next_ask_at > %(asked_at)s)
    GROUP BY a.metric
),

due AS (
    SELECT
        g.metric,
        unnest(CASE WHEN n.spans IS NULL THEN g.spans ELSE g.spans - n.spans END) AS span
    FROM gaps AS g
    LEFT JOIN not_due AS n ON n.metric = g.metric
)

SELECT
    d.metric,
    lower(d.span) AS gap_from,
    upper(d.span) AS gap_to
FROM due AS d
ORDER BY gap_from, d.metric
