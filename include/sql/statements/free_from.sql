-- name: from when on a cell's champion may be another: after each answered minute, not before a reign that is appointed; NULL: there is neither
-- grain: one row
-- keys: none
-- reads: signals, promotions
SELECT
    greatest(
        (
            SELECT max(s.ts) + INTERVAL '1 minute'
            FROM signals AS s
            WHERE
                NOT s.is_shadow
                AND s.symbol = %(symbol)s
                AND s.horizon_minutes = %(horizon_minutes)s
                AND s.threshold = %(threshold)s
        ),
        (
            SELECT max(p.effective_from)
            FROM promotions AS p
            WHERE
                p.is_accepted
                AND p.symbol = %(symbol)s
                AND p.horizon_minutes = %(horizon_minutes)s
                AND p.threshold = %(threshold)s
        )
    ) AS free_from
