-- name: what each given cell said in the 30 minutes up to the symbol's newest minute
-- grain: symbol, horizon_minutes, threshold, ts
-- keys: symbol, horizon_minutes, threshold, ts
-- reads: signals, minute_metrics
SELECT
    g.symbol,
    g.horizon_minutes,
    g.threshold::double precision AS threshold,
    (extract(EPOCH FROM m.newest - g.ts) / 60)::integer AS minutes_ago,
    g.prediction,
    g.side,
    g.is_late
FROM unnest(%(symbols)s::text []) AS s (symbol)
CROSS JOIN LATERAL (
    SELECT n.ts AS newest FROM minute_metrics AS n WHERE n.symbol = s.symbol ORDER BY n.ts DESC LIMIT 1
) AS m
CROSS JOIN unnest(%(horizons)s::integer [], %(thresholds)s::numeric []) AS c (horizon_minutes, threshold)
CROSS JOIN LATERAL (
    SELECT *
    FROM signals AS n
    WHERE
        n.symbol = s.symbol
        AND n.horizon_minutes = c.horizon_minutes
        AND n.threshold = c.threshold
        AND n.ts > m.newest - INTERVAL '30 minutes'
        AND n.ts <= m.newest
        AND NOT n.is_shadow
    ORDER BY n.ts DESC
    LIMIT 30
) AS g
