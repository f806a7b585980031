-- name: the runs of minutes that a cell answered alike: live, late or abstained, in [from, to)
-- grain: run_from
-- keys: run_from
-- reads: signals
SELECT
    a.kind,
    extract(EPOCH FROM min(a.ts))::bigint AS run_from,
    count(*) AS minutes
FROM (
    SELECT
        k.ts,
        k.kind,
        k.ts - row_number() OVER (PARTITION BY k.kind ORDER BY k.ts) * INTERVAL '1 minute' AS island
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
    ) AS k
) AS a
GROUP BY a.kind, a.island
ORDER BY run_from
LIMIT 50000
