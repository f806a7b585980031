-- name: note what the source did not have of an asked range, forget what it has by now
-- grain: symbol, metric, absent_from
-- keys: symbol, metric, absent_from
-- reads: missing_minutes, source_absences
-- An ask counts as an attempt when the run was due; the overlap that every load reads again does not hurry the schedule.
-- Runs of one metric with as many attempts that touch become one.
WITH known AS MATERIALIZED (
    SELECT
        a.*,
        tstzrange(a.absent_from, a.absent_to) AS span
    FROM source_absences AS a
    WHERE
        a.symbol = %(symbol)s
        AND a.metric = ANY(%(metrics)s)
        AND a.absent_from <= %(end)s
        AND a.absent_to >= %(start)s
),

missing AS MATERIALIZED (
    SELECT
        g.metric,
        tstzrange(g.gap_from, g.gap_to) AS span
    FROM missing_minutes(%(symbol)s, %(start)s, %(end)s, %(metrics)s) AS g
),

-- known runs outside the asked range, as they are
outside AS (
    SELECT
        k.metric,
        unnest(tstzmultirange(k.span) - tstzmultirange(tstzrange(%(start)s, %(end)s))) AS span,
        k.attempts,
        k.first_missed_at,
        k.last_asked_at,
        k.next_ask_at
    FROM known AS k
),

-- known runs that were asked for and are missing still
still AS (
    SELECT
        m.metric,
        m.span * k.span AS span,
        k.attempts + (k.next_ask_at <= %(asked_at)s AND k.next_ask_at IS NOT NULL)::integer AS attempts,
        k.first_missed_at,
        CASE WHEN k.next_ask_at <= %(asked_at)s THEN %(asked_at)s ELSE k.last_asked_at END AS last_asked_at,
        k.next_ask_at <= %(asked_at)s AND k.next_ask_at IS NOT NULL AS was_due,
        k.next_ask_at
    FROM missing AS m
    INNER JOIN known AS k ON k.metric = m.metric AND k.span && m.span
),

first_missed AS (
    SELECT
        m.metric,
        unnest(
            range_agg(m.span)
            - coalesce((SELECT range_agg(k.span) FROM known AS k WHERE k.metric = m.metric), '{}'::tstzmultirange)
        ) AS span
    FROM missing AS m
    GROUP BY m.metric
),

pieces AS (
    SELECT
        o.metric,
        o.span,
        o.attempts,
        o.first_missed_at,
        o.last_asked_at,
        o.next_ask_at
    FROM outside AS o
    UNION ALL
    SELECT
        s.metric,
        s.span,
        s.attempts,
        s.first_missed_at,
        s.last_asked_at,
        CASE
            WHEN NOT s.was_due THEN s.next_ask_at
            WHEN s.attempts = 2 THEN %(asked_at)s + INTERVAL '1 day'
            WHEN s.attempts = 3 THEN %(asked_at)s + INTERVAL '7 days'
        END AS next_ask_at
    FROM still AS s
    UNION ALL
    SELECT
        f.metric,
        f.span,
        1,
        %(asked_at)s,
        %(asked_at)s,
        %(asked_at)s + INTERVAL '1 hour'
    FROM first_missed AS f
),

runs AS (
    SELECT
        p.metric,
        p.attempts,
        unnest(range_agg(p.span)) AS span
    FROM pieces AS p
    GROUP BY p.metric, p.attempts
),

absent AS MATERIALIZED (
    SELECT
        r.metric,
        lower(r.span) AS absent_from,
        upper(r.span) AS absent_to,
        r.attempts,
        min(p.first_missed_at) AS first_missed_at,
        max(p.last_asked_at) AS last_asked_at,
        min(p.next_ask_at) AS next_ask_at
    FROM runs AS r
    INNER JOIN pieces AS p ON p.metric = r.metric AND p.attempts = r.attempts AND p.span <@ r.span
    GROUP BY r.metric, r.attempts, r.span
),

gone AS (
    DELETE FROM source_absences AS a
    USING known AS k
    WHERE
        a.symbol = k.symbol AND a.metric = k.metric AND a.absent_from = k.absent_from
        AND NOT EXISTS (SELECT FROM absent AS b WHERE b.metric = k.metric AND b.absent_from = k.absent_from)
)

INSERT INTO source_absences AS a
    (symbol, metric, absent_from, absent_to, attempts, first_missed_at, last_asked_at, next_ask_at)
SELECT
    %(symbol)s,
    b.metric,
    b.absent_from,
    b.absent_to,
    b.attempts,
    b.first_missed_at,
    b.last_asked_at,
    b.next_ask_at
FROM absent AS b
ON CONFLICT (symbol, metric, absent_from) DO UPDATE SET
    absent_to = excluded.absent_to,
    attempts = excluded.attempts,
    first_missed_at = excluded.first_missed_at,
    last_asked_at = excluded.last_asked_at,
    next_ask_at = excluded.next_ask_at
WHERE
    (a.absent_to, a.attempts, a.first_missed_at, a.last_asked_at, a.next_ask_at)
    IS DISTINCT FROM
    (excluded.absent_to, excluded.attempts, excluded.first_missed_at, excluded.last_asked_at, excluded.next_ask_at)
