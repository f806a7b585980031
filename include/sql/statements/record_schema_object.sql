-- name: an object of the schema as migrate left it
-- grain: one row
-- keys: kind, name
-- reads: schema_objects
INSERT INTO schema_objects (kind, name, relation, definition, server_major)
VALUES (%(kind)s, %(name)s, %(relation)s, %(definition)s, %(server_major)s)
