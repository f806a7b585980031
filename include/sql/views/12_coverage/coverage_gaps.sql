-- name: runs of minutes that the warehouse does not hold of a metric between a symbol's first and last minute, and why
-- grain: symbol, metric, gap_from
-- keys: symbol, metric, gap_from
-- reads: metric_catalogue, missing_minutes, source_absences, quarantined_samples, minute_metrics
CREATE OR REPLACE VIEW coverage_gaps AS
SELECT
    c.symbol,
    g.metric,
    g.gap_from,
    g.gap_to,
    (extract(EPOCH FROM g.gap_to - g.gap_from) / 60)::bigint AS minutes,
    CASE
        WHEN q.any_set_aside
            THEN 'the source had samples of them that were set aside: see quarantined_samples'
        WHEN coalesce(a.absent_minutes, 0) = 0
            THEN 'not asked for yet: run cortex-signals repair'
        WHEN a.absent_minutes < extract(EPOCH FROM g.gap_to - g.gap_from) / 60
            THEN format('%s of them were not asked for yet: run cortex-signals repair; the others the source did not have when asked',
                (extract(EPOCH FROM g.gap_to - g.gap_from) / 60)::bigint - a.absent_minutes)
        WHEN a.next_ask_at IS NULL
            THEN format('the source did not have them when asked at %s: asked %s times, and not again by itself',
                to_char(a.last_asked_at, 'YYYY-MM-DD HH24:MI'), a.attempts)
        ELSE format('the source did not have them when asked at %s: asked again from %s on',
            to_char(a.last_asked_at, 'YYYY-MM-DD HH24:MI'), to_char(a.next_ask_at, 'YYYY-MM-DD HH24:MI'))
    END AS reason
FROM (
    SELECT
        k.symbol,
        array_agg(k.metric) AS metrics
    FROM metric_catalogue AS k
    GROUP BY k.symbol
) AS c
CROSS JOIN LATERAL (
    SELECT
        min(m.ts) AS first_ts,
        max(m.ts) AS last_ts
    FROM minute_metrics AS m
    WHERE m.symbol = c.symbol
) AS b
CROSS JOIN LATERAL missing_minutes(c.symbol, b.first_ts, b.last_ts + INTERVAL '1 minute', c.metrics) AS g
LEFT JOIN LATERAL (
    SELECT
        max(s.attempts) AS attempts,
        max(s.last_asked_at) AS last_asked_at,
        min(s.next_ask_at) AS next_ask_at,
        (sum(extract(EPOCH FROM least(s.absent_to, g.gap_to) - greatest(s.absent_from, g.gap_from))) / 60)::bigint AS absent_minutes
    FROM source_absences AS s
    WHERE s.symbol = c.symbol AND s.metric = g.metric AND s.absent_from < g.gap_to AND s.absent_to > g.gap_from
) AS a ON TRUE
CROSS JOIN LATERAL (
    SELECT
        EXISTS (
            SELECT FROM quarantined_samples AS x
            WHERE x.symbol = c.symbol AND x.metric = g.metric AND x.first_at < g.gap_to AND x.last_at >= g.gap_from
        ) AS any_set_aside
) AS q;
COMMENT ON VIEW coverage_gaps IS 'Runs of minutes that are not held of a metric that the settings ask for, between the first and the last minute of its symbol, and why; none: every value is there';
COMMENT ON COLUMN coverage_gaps.symbol IS 'Name of the market';
COMMENT ON COLUMN coverage_gaps.metric IS 'Column of minute_metrics';
COMMENT ON COLUMN coverage_gaps.gap_from IS 'First minute that is not held, UTC, included';
COMMENT ON COLUMN coverage_gaps.gap_to IS 'End of the gap, UTC, not included';
COMMENT ON COLUMN coverage_gaps.minutes IS 'Minutes that are not held';
COMMENT ON COLUMN coverage_gaps.reason IS 'Whether the source was asked for them, when, and when it is asked again';
