-- name: what each role may do, where the roles exist; what does not stand here is taken away
-- Idempotent; run after every migration. market_writer may add signals and never change or delete them; market_reader
-- reads. Functions are run with the rights of who calls them; those that write are for market_writer alone.
DO $$
DECLARE
    this_schema text := current_schema();
    writing_function regprocedure;
    own_view regclass;
BEGIN
    FOR writing_function IN
        SELECT p.oid FROM pg_proc AS p WHERE p.pronamespace = this_schema::regnamespace AND p.provolatile = 'v'
    LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', writing_function);
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'market_writer') THEN
            EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO market_writer', writing_function);
        END IF;
    END LOOP;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'market_writer') THEN
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO market_writer', this_schema);
        EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM market_writer', this_schema);
        EXECUTE format('GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA %I TO market_writer', this_schema);
        EXECUTE format('GRANT UPDATE ON %1$I.minute_metrics, %1$I.source TO market_writer', this_schema);
        EXECUTE format('GRANT UPDATE, DELETE ON %1$I.metric_catalogue, %1$I.source_absences, %1$I.source_limits, %1$I.catch_ups, %1$I.performance_days, %1$I.settle_marks, %1$I.alerts TO market_writer', this_schema);
        EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA %I TO market_writer', this_schema);
        BEGIN
            EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO market_writer', current_database());
        EXCEPTION
            WHEN insufficient_privilege THEN
                NULL; -- not our database: everybody may make temporary tables unless its owner took that away
        END;
        EXECUTE format('REVOKE INSERT ON %1$I.schema_migrations, %1$I.view_definitions, %1$I.schema_objects FROM market_writer', this_schema);
        FOR own_view IN
            SELECT c.oid FROM pg_class AS c WHERE c.relnamespace = this_schema::regnamespace AND c.relkind IN ('v', 'm')
        LOOP
            EXECUTE format('REVOKE INSERT ON %s FROM market_writer', own_view); -- through it, it would write as the owner
        END LOOP;
    END IF;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'market_reader') THEN
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO market_reader', this_schema);
        EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM market_reader', this_schema);
        EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %I TO market_reader', this_schema);
    END IF;
END
$$;
