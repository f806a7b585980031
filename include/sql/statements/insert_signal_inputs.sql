-- name: append the values that a minute was scored on
-- grain: symbol, ts, feature_version, inputs_hash
-- keys: symbol, ts, feature_version, inputs_hash
-- reads: nothing
INSERT INTO signal_inputs (symbol, ts, feature_version, inputs_hash, "values")
VALUES (%(symbol)s, %(ts)s, %(feature_version)s, %(inputs_hash)s, %(values)s::real[])
ON CONFLICT DO NOTHING
