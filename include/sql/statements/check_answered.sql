-- name: up to when each cell of a symbol that has a champion is answered in time; since its first reign, or for a day, where it is not
-- grain: horizon_minutes, threshold
-- keys: horizon_minutes, threshold
-- reads: champions_at, promotions, signals
SELECT
    c.horizon_minutes,
    c.threshold,
    coalesce(
        (
            SELECT g.ts FROM signals AS g
            WHERE
                g.symbol = c.symbol
                AND g.horizon_minutes = c.horizon_minutes
                AND g.threshold = c.threshold
                AND NOT g.is_shadow
                AND NOT g.is_late
                AND g.ts > %(at)s::timestamptz - INTERVAL '1 day'
            ORDER BY g.ts DESC
            LIMIT 1
        ),
        greatest(
            %(at)s::timestamptz - INTERVAL '1 day',
            (
                SELECT min(p.effective_from) FROM promotions AS p
                WHERE p.symbol = c.symbol AND p.horizon_minutes = c.horizon_minutes AND p.threshold = c.threshold AND p.is_accepted
            )
        )
    ) AS answered_to
FROM champions_at(%(at)s) AS c
WHERE c.symbol = %(symbol)s
