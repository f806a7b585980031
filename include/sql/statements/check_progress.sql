-- name: how far a symbol's minutes and signals have come, and since when it has a champion
-- grain: one row
-- keys: none
-- reads: minute_metrics, signals, promotions
SELECT
    (SELECT min(m.ts) FROM minute_metrics AS m WHERE m.symbol = %(symbol)s) AS first_minute,
    (SELECT max(m.ts) FROM minute_metrics AS m WHERE m.symbol = %(symbol)s) AS newest_minute,
    (
        SELECT g.ts FROM signals AS g
        WHERE g.symbol = %(symbol)s AND NOT g.is_shadow
        ORDER BY g.ts DESC
        LIMIT 1
    ) AS newest_signal,
    (
        SELECT min(p.effective_from) FROM promotions AS p
        WHERE p.symbol = %(symbol)s AND p.is_accepted
    ) AS reigned_from
