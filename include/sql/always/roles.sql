-- name: the roles, made where the login may make them
-- Idempotent. A login without the right leaves them out: all then runs under that login, and `doctor` prints this.
DO $$
DECLARE
    role_name text;
BEGIN
    IF NOT (SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user) THEN
        RETURN;
    END IF;
    FOREACH role_name IN ARRAY ARRAY['market_writer', 'market_reader'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', role_name);
            EXECUTE format('GRANT %I TO CURRENT_USER', role_name);
            -- In force where market_reader logs in itself; the DSN of `dsn` carries bi.statement_timeout_seconds for a
            -- login that acts as it.
            IF role_name = 'market_reader' THEN
                ALTER ROLE market_reader SET statement_timeout = '60s';
            END IF;
        END IF;
    END LOOP;
EXCEPTION
    WHEN insufficient_privilege OR duplicate_object OR unique_violation THEN
        RAISE NOTICE 'roles are left as they are: %', sqlerrm;
END
$$;
