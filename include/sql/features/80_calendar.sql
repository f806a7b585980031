-- name: time of day and of week as cycles, by UTC and by New York's clock
-- grain: n
-- keys: n
-- reads: recorded
-- Stock exchanges open and figures come out by New York's clock, which is 4 or 5 hours behind UTC: by UTC alone the hour
-- at which prices begin to move is blurred over the year.
SELECT
    q.n,
    sin(2 * pi() * mod(date_part('epoch', q.ts)::bigint, 86400) / 86400) AS day_sin,
    cos(2 * pi() * mod(date_part('epoch', q.ts)::bigint, 86400) / 86400) AS day_cos,
    sin(2 * pi() * mod(date_part('epoch', q.ts)::bigint, 604800) / 604800) AS week_sin,
    cos(2 * pi() * mod(date_part('epoch', q.ts)::bigint, 604800) / 604800) AS week_cos,
    sin(2 * pi() * mod(date_part('epoch', q.ts AT TIME ZONE 'America/New_York')::bigint, 86400) / 86400) AS new_york_day_sin,
    cos(2 * pi() * mod(date_part('epoch', q.ts AT TIME ZONE 'America/New_York')::bigint, 86400) / 86400) AS new_york_day_cos
FROM recorded AS q;
COMMENT ON COLUMN minute_features.day_sin IS 'Sine of the time of the UTC day as a cycle, -1 to 1; look-back 0 min; never NULL';
COMMENT ON COLUMN minute_features.day_cos IS 'Cosine of the time of the UTC day as a cycle, -1 to 1; look-back 0 min; never NULL';
COMMENT ON COLUMN minute_features.week_sin IS 'Sine of the time of the UTC week as a cycle that begins on Thursday 00:00, -1 to 1; look-back 0 min; never NULL';
COMMENT ON COLUMN minute_features.week_cos IS 'Cosine of the time of the UTC week as a cycle that begins on Thursday 00:00, -1 to 1; look-back 0 min; never NULL';
COMMENT ON COLUMN minute_features.new_york_day_sin IS 'Sine of the time of the day in New York, its summer time included, as a cycle, -1 to 1; look-back 0 min; never NULL';
COMMENT ON COLUMN minute_features.new_york_day_cos IS 'Cosine of the time of the day in New York, its summer time included, as a cycle, -1 to 1; look-back 0 min; never NULL';
