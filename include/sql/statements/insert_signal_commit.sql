-- name: append when the signals of a minute stood in the warehouse
-- grain: symbol, ts, committed_at
-- keys: symbol, ts, committed_at
-- reads: nothing
INSERT INTO signal_commits (symbol, ts, signals, decided_at, committed_at, latency_seconds, is_late)
VALUES (%(symbol)s, %(ts)s, %(signals)s, %(decided_at)s, %(committed_at)s, %(latency_seconds)s, %(is_late)s)
ON CONFLICT DO NOTHING
