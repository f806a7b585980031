-- name: what the warehouse's server is, which of our roles this login may act as, and whether anybody may make objects in public
-- grain: one row
-- keys: none
-- reads: pg_roles, pg_namespace
SELECT
    current_setting('server_version') AS version,
    current_database() AS database,
    session_user::text AS login,
    (SELECT r.rolcreaterole OR r.rolsuper FROM pg_roles AS r WHERE r.rolname = session_user) AS may_create_roles,
    ARRAY(
        SELECT r.rolname::text FROM pg_roles AS r
        WHERE r.rolname IN ('market_writer', 'market_reader') AND pg_has_role(session_user, r.oid, 'MEMBER')
        ORDER BY 1
    ) AS roles,
    coalesce(
        (SELECT has_schema_privilege('public', n.oid, 'CREATE') FROM pg_namespace AS n WHERE n.nspname = 'public'), FALSE
    ) AS public_is_open
