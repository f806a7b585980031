-- name: some scored signals of the last days before the newest one, drawn by a seed
-- grain: signal_id
-- keys: signal_id
-- reads: signals
SELECT s.signal_id
FROM signals AS s
WHERE
    s.side <> 'ABSTAIN'
    AND s.ts > (SELECT max(n.ts) FROM signals AS n) - make_interval(days => %(days)s)
ORDER BY md5(s.signal_id::text || ' ' || %(seed)s::text)
LIMIT %(count)s
