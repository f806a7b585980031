-- name: time of day and of week as cycles
-- grain: n
-- keys: n
-- reads: recorded
SELECT
    q.n,
    sin(2 * pi() * mod(date_part('epoch', q.ts)::bigint, 86400) / 86400) AS day_sin,
    cos(2 * pi() * mod(date_part('epoch', q.ts)::bigint, 86400) / 86400) AS day_cos,
    sin(2 * pi() * mod(date_part('epoch', q.ts)::bigint, 604800) / 604800) AS week_sin,
    cos(2 * pi() * mod(date_part('epoch', q.ts)::bigint, 604800) / 604800) AS week_cos
FROM recorded AS q;
COMMENT ON COLUMN minute_features.day_sin IS 'Sine of the time of the UTC day as a cycle, -1 to 1; look-back 0 min; never NULL';
COMMENT ON COLUMN minute_features.day_cos IS 'Cosine of the time of the UTC day as a cycle, -1 to 1; look-back 0 min; never NULL';
COMMENT ON COLUMN minute_features.week_sin IS 'Sine of the time of the UTC week as a cycle that begins on Thursday 00:00, -1 to 1; look-back 0 min; never NULL';
COMMENT ON COLUMN minute_features.week_cos IS 'Cosine of the time of the UTC week as a cycle that begins on Thursday 00:00, -1 to 1; look-back 0 min; never NULL';
