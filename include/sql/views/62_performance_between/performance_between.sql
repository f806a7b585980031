-- name: promised against delivered over many days together: sums over sums, never means of daily means
-- grain: symbol, horizon_minutes, threshold, model_id, kind
-- keys: symbol, horizon_minutes, threshold, model_id, kind
-- reads: performance_days, models, student_t_95
-- The interval of the mean net return takes days as what is independent, not trades: that of a ratio of the days' sums.
CREATE OR REPLACE FUNCTION performance_between(p_from date, p_to date)
RETURNS TABLE (
    symbol text,
    horizon_minutes integer,
    threshold numeric,
    model_id bigint,
    candidate text,
    kind text,
    first_day date,
    last_day date,
    days bigint,
    signals bigint,
    abstained bigint,
    settled bigint,
    coverage double precision,
    promised_up double precision,
    delivered_up double precision,
    promised_down double precision,
    delivered_down double precision,
    events bigint,
    accuracy double precision,
    sideways_accuracy double precision,
    brier double precision,
    brier_prior double precision,
    log_loss double precision,
    log_loss_prior double precision,
    log_loss_skill double precision,
    trades bigint,
    trade_days bigint,
    win_rate double precision,
    net_return double precision,
    mean_net_return_bps double precision,
    net_return_low_bps double precision,
    net_return_high_bps double precision
)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
WITH days AS (
    SELECT
        d.*,
        sum(d.net_return_sum) OVER w / nullif(sum(d.trades) OVER w, 0) AS mean
    FROM performance_days AS d
    WHERE d.day >= p_from AND d.day < p_to
    WINDOW w AS (PARTITION BY d.symbol, d.horizon_minutes, d.threshold, d.model_id, d.kind)
),

pooled AS (
    SELECT
        d.symbol,
        d.horizon_minutes,
        d.threshold,
        d.model_id,
        d.kind,
        min(d.day) AS first_day,
        max(d.day) AS last_day,
        count(*) AS days,
        sum(d.signals)::bigint AS signals,
        sum(d.abstained)::bigint AS abstained,
        sum(d.settled)::bigint AS settled,
        nullif(sum(d.settled), 0)::double precision AS n,
        sum(d.expected_up) AS expected_up,
        sum(d.observed_up)::double precision AS observed_up,
        sum(d.expected_down) AS expected_down,
        sum(d.observed_down)::double precision AS observed_down,
        sum(d.events)::bigint AS events,
        sum(d.correct)::double precision AS correct,
        sum(d.brier * d.settled) AS brier,
        sum(d.brier_prior * d.settled) AS brier_prior,
        sum(d.log_loss * d.settled) AS log_loss,
        sum(d.log_loss_prior * d.settled) AS log_loss_prior,
        sum(d.trades)::bigint AS trades,
        count(*) FILTER (WHERE d.trades > 0) AS trade_days,
        sum(d.wins)::double precision AS wins,
        sum(d.net_return_sum) AS net_return_sum,
        sum((d.net_return_sum - d.mean * d.trades) ^ 2) AS squares
    FROM days AS d
    GROUP BY 1, 2, 3, 4, 5
)

SELECT
    p.symbol,
    p.horizon_minutes,
    p.threshold,
    p.model_id,
    m.candidate,
    p.kind,
    p.first_day,
    p.last_day,
    p.days,
    p.signals,
    p.abstained,
    p.settled,
    p.signals / (1440.0 * (p.last_day - p.first_day + 1))::double precision AS coverage,
    p.expected_up / p.n AS promised_up,
    p.observed_up / p.n AS delivered_up,
    p.expected_down / p.n AS promised_down,
    p.observed_down / p.n AS delivered_down,
    p.events,
    p.correct / p.n AS accuracy,
    1 - (p.observed_up + p.observed_down) / p.n AS sideways_accuracy,
    p.brier / p.n AS brier,
    p.brier_prior / p.n AS brier_prior,
    p.log_loss / p.n AS log_loss,
    p.log_loss_prior / p.n AS log_loss_prior,
    1 - p.log_loss / nullif(p.log_loss_prior, 0) AS log_loss_skill,
    p.trades,
    p.trade_days,
    p.wins / nullif(p.trades, 0) AS win_rate,
    CASE WHEN p.trades > 0 THEN p.net_return_sum END AS net_return,
    10000 * i.mean AS mean_net_return_bps,
    10000 * (i.mean - i.reach) AS net_return_low_bps,
    10000 * (i.mean + i.reach) AS net_return_high_bps
FROM pooled AS p
LEFT JOIN models AS m ON m.model_id = p.model_id
CROSS JOIN LATERAL (
    SELECT
        p.net_return_sum / nullif(p.trades, 0) AS mean,
        student_t_95(p.trade_days - 1.0) * sqrt(p.squares * p.trade_days / nullif(p.trade_days - 1, 0)) / nullif(p.trades, 0) AS reach
) AS i
ORDER BY p.symbol, p.horizon_minutes, p.threshold, p.kind, p.last_day DESC, p.model_id;
END;
COMMENT ON FUNCTION performance_between(date, date) IS
'The days of daily_performance in [from, to) together, one row a cell, model and kind: every rate is a sum over a sum, weighted by signals or trades, where an average of daily rates would count an hour''s day as much as a whole one. Columns as in daily_performance; days: UTC days with a signal; coverage: signals over the minutes from first_day to last_day, sum it over the models and kinds of a cell only where they share these; trade_days: days with a trade; net_return_low_bps, net_return_high_bps: 95 % interval of mean_net_return_bps, from the days'' sums, Student''s t over trade_days, NULL under two of them. Late signals stand apart as kind late, challengers as kind shadow';
