-- name: note a sample, or a series, that was set aside; one that is known already changes nothing
-- grain: sample_id
-- keys: symbol, metric, first_at, last_at, value, labels, reason
-- reads: nothing
INSERT INTO quarantined_samples (symbol, metric, first_at, last_at, samples, value, labels, reason)
VALUES (%(symbol)s, %(metric)s, %(first_at)s, %(last_at)s, %(samples)s, %(value)s, %(labels)s, %(reason)s)
ON CONFLICT DO NOTHING
