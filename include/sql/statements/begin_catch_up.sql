-- name: a load of several windows begins; one that is not done keeps its earlier start
-- grain: symbol
-- keys: symbol
-- reads: nothing
INSERT INTO catch_ups AS c (symbol, since)
VALUES (%(symbol)s, %(since)s)
ON CONFLICT (symbol) DO UPDATE SET since = least(c.since, excluded.since)
