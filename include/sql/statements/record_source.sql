-- name: the source whose minutes this warehouse holds, recorded by the first load; read known_source after it
-- grain: one row
-- keys: only_one
-- reads: source
INSERT INTO source (kind, identity) VALUES (%(kind)s, %(identity)s)
ON CONFLICT (only_one) DO NOTHING
