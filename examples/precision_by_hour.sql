-- Precision of what was named UP or DOWN, by hour of the day (UTC), beside how often either came anyway.
--
--   psql "$(./cortex-signals dsn)" -v horizon=30 -v threshold=0.005 -f examples/precision_by_hour.sql
--
-- A precision says something where it is above both base rates of its hour and was had on many `days`: neighbouring minutes
-- share their future, so that `named` overstates what is known. `accuracy` stands beside what always saying SIDEWAYS has.
-- Live signals alone: what was late could not be acted on. `is_simulated` says whether the market was made up.
SELECT
    extract(HOUR FROM o.ts AT TIME ZONE 'UTC')::integer AS hour,
    count(*) FILTER (WHERE o.prediction <> 'SIDEWAYS') AS named,
    count(DISTINCT (o.ts AT TIME ZONE 'UTC')::date) FILTER (WHERE o.prediction <> 'SIDEWAYS') AS days,
    round(avg(o.prediction_correct::integer) FILTER (WHERE o.prediction <> 'SIDEWAYS'), 3) AS precision,
    round(avg((o.outcome = 'UP')::integer), 3) AS base_rate_up,
    round(avg((o.outcome = 'DOWN')::integer), 3) AS base_rate_down,
    round(avg(o.prediction_correct::integer), 3) AS accuracy,
    round(avg((o.outcome = 'SIDEWAYS')::integer), 3) AS accuracy_of_always_sideways,
    bool_or(o.is_simulated) AS is_simulated
FROM signal_outcomes AS o
WHERE o.horizon_minutes = :horizon AND o.threshold = :threshold AND o.ts > (SELECT max(s.ts) FROM signals AS s) - INTERVAL '30 days'
    AND o.outcome IS NOT NULL AND NOT o.is_late AND NOT o.is_shadow
GROUP BY 1
ORDER BY 1;
