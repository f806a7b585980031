-- name: minute_features of one symbol in [from, to), pruned to the days it touches
-- grain: symbol, ts
-- keys: symbol, ts
-- reads: minute_features
-- Compiling a plan as long as the view's takes seconds, computing a day less than a tenth of one: no jit.
CREATE OR REPLACE FUNCTION features_between(p_symbol text, p_from timestamptz, p_to timestamptz)
RETURNS SETOF minute_features LANGUAGE sql STABLE PARALLEL SAFE
SET jit = off
BEGIN ATOMIC
SELECT f.*
FROM minute_features AS f
WHERE
    f.symbol = p_symbol
    AND f.day >= (p_from AT TIME ZONE 'UTC')::date
    AND f.day <= ((p_to - INTERVAL '1 microsecond') AT TIME ZONE 'UTC')::date
    AND f.ts >= p_from
    AND f.ts < p_to
ORDER BY f.ts;
END;
COMMENT ON FUNCTION features_between(text, timestamptz, timestamptz) IS
'Features of a symbol''s minutes in [from, to), in order of ts; reads only the days of the range';
