-- name: record libraries and platform that score
-- grain: fingerprint
-- keys: fingerprint
-- reads: nothing
INSERT INTO scoring_environments (fingerprint, libraries) VALUES (%(fingerprint)s, %(libraries)s)
ON CONFLICT (fingerprint) DO NOTHING
