-- name: drop a step of the oldest signals, with their outcomes, inputs and commits; the sums of each day stay
-- grain: one row
-- keys: none
-- reads: signals, settled_outcomes, signal_inputs, signal_commits
-- Binds: cutoff, step (interval).
WITH bound AS MATERIALIZED (
    SELECT least(%(cutoff)s::timestamptz, min(s.ts) + %(step)s::interval) AS until
    FROM signals AS s
),

dropped AS (
    DELETE FROM signals AS s USING bound AS b WHERE s.ts < b.until
    RETURNING s.signal_id, s.symbol, s.ts
),

outcomes AS (
    DELETE FROM settled_outcomes AS o USING dropped AS d WHERE o.signal_id = d.signal_id
),

minutes AS MATERIALIZED (
    SELECT DISTINCT d.symbol, d.ts FROM dropped AS d
),

inputs AS (
    DELETE FROM signal_inputs AS i USING minutes AS m WHERE i.symbol = m.symbol AND i.ts = m.ts
),

commits AS (
    DELETE FROM signal_commits AS c USING minutes AS m WHERE c.symbol = m.symbol AND c.ts = m.ts
)

SELECT count(*) AS dropped
FROM dropped
