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
CREATE TABLE IF NOT EXISTS schema_objects (
    kind text NOT NULL,
    name text NOT NULL,
    relation text,
    definition text NOT NULL,
    server_major integer NOT NULL,
    PRIMARY KEY (kind, name)
);
COMMENT ON TABLE schema_objects IS 'The schema as migrate left it, one row an object; doctor compares what stands with it. Emptied, the next migrate takes what stands for right';
COMMENT ON COLUMN schema_objects.kind IS 'table, column, index, constraint, trigger, view, function, sequence, grant, database grant; role: one that grants are given to; query: the one that found all these';
COMMENT ON COLUMN schema_objects.name IS 'Its name; of a column, constraint or trigger behind its table''s';
COMMENT ON COLUMN schema_objects.relation IS 'The table, view, sequence or function that it is or belongs to; NULL: none';
COMMENT ON COLUMN schema_objects.definition IS 'What the server says that it is; of a view, and of the query, the SHA-256 of its text';
COMMENT ON COLUMN schema_objects.server_major IS 'Major version of the server that said it: another may say the same otherwise';
