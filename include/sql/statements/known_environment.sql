-- name: the number of libraries and platform that have scored before
-- grain: one row, none where they have not
-- keys: environment_id
-- reads: scoring_environments
SELECT e.environment_id FROM scoring_environments AS e WHERE e.fingerprint = %(fingerprint)s
