-- name: the newest stored minute of each symbol that has a price, and the end of what the source was asked for
-- grain: symbol
-- keys: symbol
-- reads: minute_metrics, ingest_windows
-- Minutes of recording rules alone are no watermark: rules look fresh inside a hole of their base.
SELECT
    s.symbol,
    (
        SELECT m.ts
        FROM minute_metrics AS m
        WHERE m.symbol = s.symbol AND m.last_price IS NOT NULL
        ORDER BY m.ts DESC
        LIMIT 1
    ) AS newest_price,
    (SELECT max(w.window_to) FROM ingest_windows AS w WHERE w.symbol = s.symbol AND w.error IS NULL) AS asked_until
FROM unnest(%(symbols)s::text []) AS s (symbol)
