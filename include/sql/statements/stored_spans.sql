-- name: the first and the newest stored minute of each symbol; NULL where it has none
-- grain: symbol
-- keys: symbol
-- reads: minute_metrics
SELECT
    s.symbol,
    (SELECT min(m.ts) FROM minute_metrics AS m WHERE m.symbol = s.symbol) AS first_ts,
    (SELECT max(m.ts) FROM minute_metrics AS m WHERE m.symbol = s.symbol) AS newest_ts
FROM unnest(%(symbols)s::text []) AS s (symbol)
