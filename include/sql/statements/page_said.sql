-- name: what a cell said in a span, minute by minute, and what came
-- grain: ts
-- keys: ts
-- reads: signals, signal_outcomes
SELECT
    extract(EPOCH FROM s.ts)::bigint AS ts,
    s.side,
    s.prediction,
    s.is_late,
    s.reference_price,
    o.outcome,
    o.forward_return
FROM signals AS s
LEFT JOIN signal_outcomes AS o ON s.signal_id = o.signal_id AND s.ts = o.ts
WHERE
    s.symbol = %(symbol)s
    AND s.horizon_minutes = %(horizon_minutes)s
    AND s.threshold = %(threshold)s::numeric
    AND s.ts > %(after)s::timestamptz
    AND s.ts <= %(until)s::timestamptz
    AND NOT s.is_shadow
ORDER BY s.ts DESC
LIMIT %(most)s
