-- name: roles beside the owner and ours that were granted something on a view
-- grain: role
-- keys: role
-- reads: nothing
SELECT DISTINCT coalesce(r.rolname, 'public') AS role
FROM pg_class AS c
CROSS JOIN LATERAL aclexplode(c.relacl) AS a
LEFT JOIN pg_roles AS r ON r.oid = a.grantee
WHERE
    c.oid = to_regclass(%(view)s)
    AND a.grantee <> c.relowner
    AND coalesce(r.rolname, 'public') NOT IN ('market_reader', 'market_writer')
