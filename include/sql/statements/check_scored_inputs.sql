-- name: the inputs that a symbol's minutes of [from, to) were scored on, every `apart` minutes of the hour
-- grain: ts, feature_version, inputs_hash
-- keys: ts, feature_version, inputs_hash
-- reads: signal_inputs
SELECT
    i.ts,
    i.feature_version,
    i.inputs_hash,
    i."values",
    i.known_at
FROM signal_inputs AS i
WHERE
    i.symbol = %(symbol)s
    AND i.ts >= %(from)s
    AND i.ts < %(to)s
    AND extract(MINUTE FROM i.ts)::integer %% %(apart)s = 0
ORDER BY i.ts
