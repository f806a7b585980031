-- name: the runs of minutes that a cell answered alike: live, late or abstained, in [from, to)
-- grain: run_from
-- keys: run_from
-- reads: signals
-- In the order of the index, without a sort; of a run's minutes only the first and the last are kept.
SELECT
    r.kind,
    extract(EPOCH FROM r.ts)::bigint AS run_from,
    1 + (extract(EPOCH FROM CASE WHEN r.is_last THEN r.ts ELSE r.next_edge END - r.ts) / 60)::bigint AS minutes
FROM (
    SELECT
        e.*,
        lead(e.ts) OVER (ORDER BY e.ts) AS next_edge
    FROM (
        SELECT
            n.ts,
            n.kind,
            n.previous_ts IS DISTINCT FROM n.ts - INTERVAL '1 minute' OR n.previous_kind <> n.kind AS is_first,
            n.next_ts IS DISTINCT FROM n.ts + INTERVAL '1 minute' OR n.next_kind <> n.kind AS is_last
        FROM (
            SELECT
                a.ts,
                a.kind,
                lag(a.ts) OVER by_time AS previous_ts,
                lag(a.kind) OVER by_time AS previous_kind,
                lead(a.ts) OVER by_time AS next_ts,
                lead(a.kind) OVER by_time AS next_kind
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
            WINDOW by_time AS (ORDER BY a.ts)
        ) AS n
    ) AS e
    WHERE e.is_first OR e.is_last
) AS r
WHERE r.is_first
ORDER BY r.ts
LIMIT 50000
