-- name: the runs of minutes that a cell answered alike: live, late or abstained, in [from, to)
-- grain: run_from
-- keys: run_from
-- reads: signals
SELECT
    r.kind,
    extract(EPOCH FROM lower(r.span))::bigint AS run_from,
    (extract(EPOCH FROM upper(r.span) - lower(r.span)) / 60)::bigint AS minutes
FROM (
    SELECT
        a.kind,
        unnest(range_agg(tstzrange(a.ts, a.ts + INTERVAL '1 minute'))) AS span
    FROM (
        SELECT
            s.ts,
            CASE WHEN s.side = 'ABSTAIN' THEN 'abstained' WHEN s.is_late THEN 'late' ELSE 'live' END AS kind
        FROM signals AS s
        WHERE
            s.symbol = %(symbol)s
            AND s.horizon_minutes = %(horizon_minutes)s
            AND s.threshold = %(threshold)s::numeric
            AND s.ts >= %(from)s::timestamptz
            AND s.ts < %(to)s::timestamptz
            AND NOT s.is_shadow
    ) AS a
    GROUP BY a.kind
) AS r
ORDER BY run_from
LIMIT 50000
