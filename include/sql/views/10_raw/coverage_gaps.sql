-- name: runs of minutes that the warehouse does not hold between a symbol's first and last minute
-- grain: symbol, gap_from
-- keys: symbol, gap_from
-- reads: minute_metrics
CREATE VIEW coverage_gaps AS
SELECT
    g.symbol,
    g.previous_ts + INTERVAL '1 minute' AS gap_from,
    g.ts AS gap_to,
    (extract(EPOCH FROM g.ts - g.previous_ts) / 60)::bigint - 1 AS minutes
FROM (
    SELECT
        m.symbol,
        m.ts,
        lag(m.ts) OVER (PARTITION BY m.symbol ORDER BY m.ts) AS previous_ts
    FROM minute_metrics AS m
    WHERE m.last_price IS NOT NULL
) AS g
WHERE g.ts - g.previous_ts > INTERVAL '1 minute';
COMMENT ON VIEW coverage_gaps IS 'Runs of minutes that are not held with a price between the first and the last one of each symbol, be it that the source lacks them or that they were never asked for; none: every minute is there';
COMMENT ON COLUMN coverage_gaps.symbol IS 'Name of the market';
COMMENT ON COLUMN coverage_gaps.gap_from IS 'First minute that is not held, UTC, included';
COMMENT ON COLUMN coverage_gaps.gap_to IS 'End of the gap, UTC, not included';
COMMENT ON COLUMN coverage_gaps.minutes IS 'Minutes that are not held';
