-- name: promised against delivered in one cell since a day, over its models; the rows without a day sum over all of them
-- grain: day, kind
-- keys: day, kind
-- reads: daily_performance
SELECT
    d.day,
    d.kind,
    sum(d.signals)::bigint AS signals,
    sum(d.abstained)::bigint AS abstained,
    sum(d.settled)::bigint AS settled,
    sum(d.events)::bigint AS events,
    sum(d.promised_up * d.settled) / nullif(sum(d.settled), 0)::double precision AS promised_up,
    sum(d.delivered_up * d.settled) / nullif(sum(d.settled), 0)::double precision AS delivered_up,
    sum(d.promised_down * d.settled) / nullif(sum(d.settled), 0)::double precision AS promised_down,
    sum(d.delivered_down * d.settled) / nullif(sum(d.settled), 0)::double precision AS delivered_down,
    1 - sum(d.log_loss * d.settled) / nullif(sum(d.log_loss_prior * d.settled), 0) AS log_loss_skill,
    sum(d.trades)::bigint AS trades,
    10000 * sum(d.net_return) / nullif(sum(d.trades), 0)::double precision AS mean_net_return_bps,
    max(d.latency_p95_seconds) AS latency_p95_seconds
FROM daily_performance AS d
WHERE
    d.day >= %(since)s::date
    AND d.symbol = %(symbol)s
    AND d.horizon_minutes = %(horizon_minutes)s
    AND d.threshold = %(threshold)s::numeric
GROUP BY GROUPING SETS ((d.day, d.kind), (d.kind))
ORDER BY d.day NULLS FIRST, d.kind
LIMIT 400
