-- name: what each table of the schema takes, indexes and TOAST included
-- grain: name
-- keys: name
-- reads: pg_class
-- Rows as of the last vacuum or analyze.
SELECT
    c.relname::text AS name,
    c.reltuples::bigint AS rows,
    pg_total_relation_size(c.oid) AS bytes
FROM pg_class AS c
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.reltuples > 0
ORDER BY pg_total_relation_size(c.oid) DESC
