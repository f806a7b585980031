-- name: promised against delivered in one cell since a day, over its models; the rows without a day sum over all of them
-- grain: day, kind
-- keys: day, kind
-- reads: daily_performance, student_t_95
-- Intervals take days as what is independent, as performance_between does: that of a ratio of the days' sums. One day has none.
WITH days AS (
    SELECT
        d.day,
        d.kind,
        sum(d.signals)::bigint AS signals,
        sum(d.abstained)::bigint AS abstained,
        sum(d.settled)::bigint AS settled,
        sum(d.events)::bigint AS events,
        sum(d.promised_up * d.settled) AS promised_up,
        sum(d.delivered_up * d.settled) AS delivered_up,
        sum(d.promised_down * d.settled) AS promised_down,
        sum(d.delivered_down * d.settled) AS delivered_down,
        sum(d.log_loss * d.settled) AS log_loss,
        sum(d.log_loss_prior * d.settled) AS log_loss_prior,
        sum(d.trades)::bigint AS trades,
        sum(d.net_return) AS net_return,
        max(d.latency_p95_seconds) AS latency_p95_seconds
    FROM daily_performance AS d
    WHERE
        d.day >= %(since)s::date
        AND d.symbol = %(symbol)s
        AND d.horizon_minutes = %(horizon_minutes)s
        AND d.threshold = %(threshold)s::numeric
    GROUP BY d.day, d.kind
),

apart AS (
    SELECT
        d.*,
        d.log_loss - d.log_loss_prior * sum(d.log_loss) OVER w / nullif(sum(d.log_loss_prior) OVER w, 0) AS loss_apart,
        d.net_return - d.trades * sum(d.net_return) OVER w / nullif(sum(d.trades) OVER w, 0)::double precision AS return_apart
    FROM days AS d
    WINDOW w AS (PARTITION BY d.kind)
),

pooled AS (
    SELECT
        a.day,
        a.kind,
        count(*) AS days,
        sum(a.signals)::bigint AS signals,
        sum(a.abstained)::bigint AS abstained,
        sum(a.settled)::bigint AS settled,
        sum(a.events)::bigint AS events,
        sum(a.promised_up) / nullif(sum(a.settled), 0)::double precision AS promised_up,
        sum(a.delivered_up) / nullif(sum(a.settled), 0)::double precision AS delivered_up,
        sum(a.promised_down) / nullif(sum(a.settled), 0)::double precision AS promised_down,
        sum(a.delivered_down) / nullif(sum(a.settled), 0)::double precision AS delivered_down,
        1 - sum(a.log_loss) / nullif(sum(a.log_loss_prior), 0) AS log_loss_skill,
        count(a.log_loss) AS skill_days,
        sum(a.log_loss_prior) AS log_loss_prior,
        sum(a.loss_apart ^ 2) AS loss_squares,
        sum(a.trades)::bigint AS trades,
        count(*) FILTER (WHERE a.trades > 0) AS trade_days,
        sum(a.net_return) / nullif(sum(a.trades), 0)::double precision AS mean_net_return,
        sum(a.return_apart ^ 2) AS return_squares,
        max(a.latency_p95_seconds) AS latency_p95_seconds
    FROM apart AS a
    GROUP BY GROUPING SETS ((a.day, a.kind), (a.kind))
)

SELECT
    p.day,
    p.kind,
    p.days,
    p.signals,
    p.abstained,
    p.settled,
    p.events,
    p.promised_up,
    p.delivered_up,
    p.promised_down,
    p.delivered_down,
    p.log_loss_skill,
    p.log_loss_skill - i.skill_reach AS skill_low,
    p.log_loss_skill + i.skill_reach AS skill_high,
    p.skill_days,
    p.trades,
    p.trade_days,
    10000 * p.mean_net_return AS mean_net_return_bps,
    10000 * (p.mean_net_return - i.return_reach) AS net_return_low_bps,
    10000 * (p.mean_net_return + i.return_reach) AS net_return_high_bps,
    p.latency_p95_seconds
FROM pooled AS p
CROSS JOIN LATERAL (
    SELECT
        student_t_95(p.skill_days - 1.0)
        * sqrt(p.loss_squares * p.skill_days / nullif(p.skill_days - 1, 0)) / nullif(p.log_loss_prior, 0) AS skill_reach,
        student_t_95(p.trade_days - 1.0)
        * sqrt(p.return_squares * p.trade_days / nullif(p.trade_days - 1, 0)) / nullif(p.trades, 0) AS return_reach
) AS i
ORDER BY p.day NULLS FIRST, p.kind
LIMIT 400
