-- name: how far each symbol has come: its newest minute with a price, what the source was asked for, and a catch-up that is not done
-- grain: symbol
-- keys: symbol
-- reads: minute_metrics, ingest_windows, catch_ups
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
    (SELECT max(w.window_to) FROM ingest_windows AS w WHERE w.symbol = s.symbol AND w.error IS NULL) AS asked_until,
    (SELECT c.since FROM catch_ups AS c WHERE c.symbol = s.symbol) AS catching_up_since
FROM unnest(%(symbols)s::text []) AS s (symbol)
