-- name: the objects of the schema as migrate left them
-- grain: object
-- keys: kind, name
-- reads: schema_objects
INSERT INTO schema_objects (kind, name, relation, definition, server_major)
SELECT
    o.kind,
    o.name,
    o.relation,
    o.definition,
    o.server_major
FROM jsonb_to_recordset(%(objects)s) AS o (kind text, name text, relation text, definition text, server_major integer)
