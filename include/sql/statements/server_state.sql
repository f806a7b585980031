-- name: what the warehouse's server is, and which of our roles this login may act as
-- grain: one row
-- keys: none
-- reads: pg_roles
SELECT
    current_setting('server_version') AS version,
    current_database() AS database,
    session_user::text AS login,
    (SELECT r.rolcreaterole OR r.rolsuper FROM pg_roles AS r WHERE r.rolname = session_user) AS may_create_roles,
    ARRAY(
        SELECT r.rolname::text FROM pg_roles AS r
        WHERE r.rolname IN ('market_writer', 'market_reader') AND pg_has_role(session_user, r.oid, 'MEMBER')
        ORDER BY 1
    ) AS roles
