-- name: what others built on views of ours: their views, ours left out
-- grain: view of ours, object of others
-- keys: view, other
-- reads: nothing
SELECT DISTINCT
    v.relname::text AS view,
    o.relnamespace::regnamespace::text || '.' || quote_ident(o.relname) AS other
FROM pg_class AS v
INNER JOIN pg_depend AS d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = v.oid AND d.classid = 'pg_rewrite'::regclass
INNER JOIN pg_rewrite AS r ON r.oid = d.objid
INNER JOIN pg_class AS o ON o.oid = r.ev_class
WHERE
    v.relnamespace = current_schema()::regnamespace
    AND v.relname = ANY(%(views)s)
    AND o.oid <> v.oid
    AND NOT (
        o.relnamespace = current_schema()::regnamespace
        AND (o.relname = ANY(%(ours)s) OR o.relname ~ '^minute_features_v[0-9]+$')
    )
ORDER BY view, other
