-- name: the newest appointment of a champion in any cell of a symbol, by its number; NULL: there was none
-- grain: one row
-- keys: none
-- reads: promotions
SELECT max(p.promotion_id) AS promotion_id
FROM promotions AS p
WHERE p.symbol = %(symbol)s AND p.is_accepted
