-- name: what a request to the source may hold, as far as its refusals of the last week tell
-- grain: limit_name
-- keys: limit_name
-- reads: source_limits
SELECT
    l.limit_name,
    l.fitted
FROM source_limits AS l
WHERE l.learned_at > clock_timestamp() - INTERVAL '7 days'
