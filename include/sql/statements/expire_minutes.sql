-- name: drop a step of a symbol's oldest minutes, with what was late, corrected, set aside or lacking of them
-- grain: one row
-- keys: none
-- reads: minute_metrics, metric_revisions, metric_arrivals, quarantined_samples, source_absences
-- Binds: symbol, cutoff, step (interval).
WITH bound AS MATERIALIZED (
    SELECT least(%(cutoff)s::timestamptz, min(m.ts) + %(step)s::interval) AS until
    FROM minute_metrics AS m
    WHERE m.symbol = %(symbol)s
),

revisions AS (
    DELETE FROM metric_revisions AS r USING bound AS b WHERE r.symbol = %(symbol)s AND r.ts < b.until
),

arrivals AS (
    DELETE FROM metric_arrivals AS a USING bound AS b WHERE a.symbol = %(symbol)s AND a.ts < b.until
),

set_aside AS (
    DELETE FROM quarantined_samples AS q USING bound AS b WHERE q.symbol = %(symbol)s AND q.last_at < b.until
),

absences AS (
    DELETE FROM source_absences AS s USING bound AS b WHERE s.symbol = %(symbol)s AND s.absent_to <= b.until
),

minutes AS (
    DELETE FROM minute_metrics AS m USING bound AS b WHERE m.symbol = %(symbol)s AND m.ts < b.until
    RETURNING m.ts
)

SELECT count(*) AS dropped
FROM minutes
