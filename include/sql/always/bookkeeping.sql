-- name: what migrate has done
CREATE TABLE IF NOT EXISTS schema_migrations (
    name text PRIMARY KEY,
    checksum text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE schema_migrations IS 'Migrations that were applied; a changed past is refused';
COMMENT ON COLUMN schema_migrations.name IS 'File name';
COMMENT ON COLUMN schema_migrations.checksum IS 'SHA-256 of its text, hexadecimal';
COMMENT ON COLUMN schema_migrations.applied_at IS 'When it was applied';
CREATE TABLE IF NOT EXISTS view_definitions (
    position integer PRIMARY KEY,
    name text NOT NULL UNIQUE,
    hash text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE view_definitions IS 'Views and functions as they were last made, in order of dependency';
COMMENT ON COLUMN view_definitions.position IS 'Order in which they were made';
COMMENT ON COLUMN view_definitions.name IS 'File below include/sql/views';
COMMENT ON COLUMN view_definitions.hash IS 'SHA-256 of its text, hexadecimal';
COMMENT ON COLUMN view_definitions.applied_at IS 'When it was made';
