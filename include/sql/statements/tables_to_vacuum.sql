-- name: the tables of the schema, what happened to them since they were vacuumed and analysed, and whether they are due
-- grain: name
-- keys: name
-- reads: pg_class, pg_stat_all_tables
-- Due: a fiftieth of the rows, and 1,000, are dead, new or changed, those of the TOAST table included; or no statistics.
SELECT
    c.relname::text AS name,
    pg_has_role(current_user, c.relowner, 'USAGE') AS is_ours,
    s.n_dead_tup + coalesce(t.n_dead_tup, 0) AS dead,
    s.n_ins_since_vacuum AS inserted,
    s.n_mod_since_analyze AS changed,
    greatest(s.n_dead_tup + coalesce(t.n_dead_tup, 0), s.n_ins_since_vacuum, s.n_mod_since_analyze)
    > 1000 + 0.02 * greatest(c.reltuples, 0)
    OR (s.n_mod_since_analyze > 0 AND s.last_analyze IS NULL AND s.last_autoanalyze IS NULL) AS is_due
FROM pg_class AS c
INNER JOIN pg_stat_all_tables AS s ON s.relid = c.oid
LEFT JOIN pg_stat_all_tables AS t ON t.relid = c.reltoastrelid
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
ORDER BY c.relname
