-- name: a load of several windows is done, unless another has begun earlier
-- grain: symbol
-- keys: symbol
-- reads: nothing
DELETE FROM catch_ups AS c
WHERE c.symbol = %(symbol)s AND c.since >= %(since)s
