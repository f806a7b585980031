-- name: the newest minute of each symbol and when it was loaded, beside the server's time
-- grain: symbol
-- keys: symbol
-- reads: minute_metrics
SELECT
    s.symbol,
    m.ts AS newest_minute,
    m.first_loaded_at AS loaded_at,
    clock_timestamp() AS read_at
FROM unnest(%(symbols)s::text []) AS s (symbol)
LEFT JOIN LATERAL (
    SELECT
        n.ts,
        n.first_loaded_at
    FROM minute_metrics AS n
    WHERE n.symbol = s.symbol
    ORDER BY n.ts DESC
    LIMIT 1
) AS m ON TRUE
ORDER BY array_position(%(symbols)s::text [], s.symbol)
