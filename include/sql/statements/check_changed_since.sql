-- name: what changed of the minutes that a scored minute's features may rest on, after they were read
-- grain: one row
-- keys: none
-- reads: minute_metrics, metric_revisions, metric_arrivals
-- Features of a UTC day rest on its own rows and those of 24 hours before. A change counts from when the scored minute was
-- loaded, or ten minutes before its inputs were stored, whichever is later: reading comes before storing.
WITH scored AS (
    SELECT
        date_trunc('day', %(ts)s::timestamptz, 'UTC') - INTERVAL '24 hours' AS first_ts,
        greatest(
            %(known_at)s::timestamptz - INTERVAL '10 minutes',
            (SELECT m.first_loaded_at FROM minute_metrics AS m WHERE m.symbol = %(symbol)s AND m.ts = %(ts)s)
        ) AS since
)

SELECT
    (
        SELECT count(*) FROM metric_revisions AS r, scored AS s
        WHERE r.symbol = %(symbol)s AND r.ts BETWEEN s.first_ts AND %(ts)s AND r.seen_at > s.since
    ) AS corrected,
    (
        SELECT count(*) FROM metric_arrivals AS a, scored AS s
        WHERE a.symbol = %(symbol)s AND a.ts BETWEEN s.first_ts AND %(ts)s AND a.seen_at > s.since
    ) AS arrived,
    (
        SELECT count(*) FROM minute_metrics AS m, scored AS s
        WHERE m.symbol = %(symbol)s AND m.ts >= s.first_ts AND m.ts < %(ts)s AND m.first_loaded_at > s.since
    ) AS came_late
