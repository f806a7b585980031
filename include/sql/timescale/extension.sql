-- name: what this server has of TimescaleDB, and whether this login may create it here
-- grain: one row
-- keys: none
-- reads: pg_extension, pg_available_extension_versions, pg_settings, pg_roles
-- is_preloaded is NULL where the login may not see it: pg_settings then lacks the row, while SHOW would be an error.
-- CREATE EXTENSION is FATAL where the library is not preloaded, so that it is never tried before one knows.
SELECT
    e.extversion AS version,
    n.nspname::text AS schema,
    current_setting('timescaledb.license', TRUE) AS license,
    a.version AS available,
    (
        SELECT s.setting ~ '(^|[ ,"/])timescaledb(["., ]|$)'
        FROM pg_settings AS s
        WHERE s.name = 'shared_preload_libraries'
    ) AS is_preloaded,
    coalesce(r.rolsuper OR (a.trusted AND has_database_privilege(current_database(), 'CREATE')), FALSE) AS may_create,
    r.rolname::text AS login,
    current_database()::text AS database
FROM pg_roles AS r
LEFT JOIN pg_extension AS e ON e.extname = 'timescaledb'
LEFT JOIN pg_namespace AS n ON n.oid = e.extnamespace
LEFT JOIN LATERAL (
    SELECT
        v.version,
        v.trusted
    FROM pg_available_extension_versions AS v
    INNER JOIN pg_available_extensions AS x ON x.name = v.name AND x.default_version = v.version
    WHERE v.name = 'timescaledb'
) AS a ON TRUE
WHERE r.rolname = current_user
