-- name: promised against delivered, a day of a cell's model: live apart from shadow and late
-- grain: day, symbol, horizon_minutes, threshold, model_id, kind
-- keys: day, symbol, horizon_minutes, threshold, model_id, kind
-- reads: performance_days, models, student_t_95
CREATE OR REPLACE VIEW daily_performance AS
SELECT
    d.day,
    d.symbol,
    d.horizon_minutes,
    d.threshold,
    d.model_id,
    m.candidate,
    d.kind,
    d.signals,
    d.abstained,
    d.settled,
    d.signals / 1440.0 AS coverage,
    d.expected_up / nullif(d.settled, 0) AS promised_up,
    d.observed_up / nullif(d.settled, 0)::double precision AS delivered_up,
    d.expected_down / nullif(d.settled, 0) AS promised_down,
    d.observed_down / nullif(d.settled, 0)::double precision AS delivered_down,
    d.events,
    d.correct / nullif(d.settled, 0)::double precision AS accuracy,
    1 - (d.observed_up + d.observed_down) / nullif(d.settled, 0)::double precision AS sideways_accuracy,
    d.brier,
    d.brier_prior,
    d.log_loss,
    d.log_loss_prior,
    1 - d.log_loss / nullif(d.log_loss_prior, 0) AS log_loss_skill,
    d.trades,
    d.wins / nullif(d.trades, 0)::double precision AS win_rate,
    CASE WHEN d.trades > 0 THEN d.net_return_sum END AS net_return,
    10000 * d.net_return_sum / nullif(d.trades, 0) AS mean_net_return_bps,
    d.latency_median_seconds,
    d.latency_p95_seconds,
    d.latency_max_seconds,
    10000 * (i.mean - i.reach) AS net_return_low_bps,
    10000 * (i.mean + i.reach) AS net_return_high_bps
FROM performance_days AS d
LEFT JOIN models AS m USING (model_id)
CROSS JOIN LATERAL (
    SELECT
        d.net_return_sum / nullif(d.trades, 0) AS mean,
        student_t_95(d.trades - 1.0)
        * sqrt(greatest(d.net_return_squares - d.net_return_sum ^ 2 / nullif(d.trades, 0), 0) / nullif(d.trades * (d.trades - 1), 0)) AS reach
) AS i;
COMMENT ON VIEW daily_performance IS 'Promised against delivered: one row a UTC day, cell, model and kind. A day holds few events, and its minutes overlap: look at many days, and at events, before believing a score. Money counts opens_position alone';
COMMENT ON COLUMN daily_performance.day IS 'UTC day of ts';
COMMENT ON COLUMN daily_performance.symbol IS 'Name of the market';
COMMENT ON COLUMN daily_performance.horizon_minutes IS 'Cell: how far ahead, minutes';
COMMENT ON COLUMN daily_performance.threshold IS 'Cell: the move that counts, a fraction';
COMMENT ON COLUMN daily_performance.model_id IS 'Model that scored them, or was asked; NULL: minutes that were abstained from without one';
COMMENT ON COLUMN daily_performance.candidate IS 'Its recipe; NULL as for model_id';
COMMENT ON COLUMN daily_performance.kind IS 'live: the champion''s, in time. shadow: a challenger''s. late: answered too late to be acted on';
COMMENT ON COLUMN daily_performance.signals IS 'Signals of that kind, ABSTAIN included';
COMMENT ON COLUMN daily_performance.abstained IS 'Of them ABSTAIN';
COMMENT ON COLUMN daily_performance.settled IS 'Of them with a known outcome; the scores rest on these';
COMMENT ON COLUMN daily_performance.coverage IS 'signals over the 1,440 minutes of a day: of one model, so sum it over a cell''s models and kinds; the first and the present day are parts';
COMMENT ON COLUMN daily_performance.promised_up IS 'Mean p_up of the settled signals; NULL: none settled';
COMMENT ON COLUMN daily_performance.delivered_up IS 'Share of the settled ones that came UP; NULL: none settled';
COMMENT ON COLUMN daily_performance.promised_down IS 'Mean p_down of the settled signals; NULL: none settled';
COMMENT ON COLUMN daily_performance.delivered_down IS 'Share of the settled ones that came DOWN; NULL: none settled';
COMMENT ON COLUMN daily_performance.events IS 'UP and DOWN events that begin on the day: maximal runs of same-class minutes with gaps under the horizon';
COMMENT ON COLUMN daily_performance.accuracy IS 'Share of the settled ones with prediction = outcome: says nothing without sideways_accuracy; NULL: none settled';
COMMENT ON COLUMN daily_performance.sideways_accuracy IS 'What always answering SIDEWAYS would have had on the same signals; NULL: none settled';
COMMENT ON COLUMN daily_performance.brier IS 'Mean Brier score over the three classes, 0 (perfect) to 2; NULL: none settled';
COMMENT ON COLUMN daily_performance.brier_prior IS 'The same of the model''s base rates; NULL: none settled';
COMMENT ON COLUMN daily_performance.log_loss IS 'Mean log-loss, nats; NULL: none settled';
COMMENT ON COLUMN daily_performance.log_loss_prior IS 'The same of the model''s base rates; NULL: none settled';
COMMENT ON COLUMN daily_performance.log_loss_skill IS '1 - log_loss / log_loss_prior; 0: no better than always saying the base rates; NULL: none settled';
COMMENT ON COLUMN daily_performance.trades IS 'Positions on paper that were opened and whose end is known, never overlapping';
COMMENT ON COLUMN daily_performance.win_rate IS 'Share of them with a net return above 0; NULL: no trade';
COMMENT ON COLUMN daily_performance.net_return IS 'Sum of their net returns after the round trips'' costs, a fraction; NULL: no trade';
COMMENT ON COLUMN daily_performance.mean_net_return_bps IS 'Mean of them, basis points; NULL: no trade';
COMMENT ON COLUMN daily_performance.latency_median_seconds IS 'Median of the seconds from the minute''s end to the commit of its signals (signal_commits; where it has none, to the decision); NULL: no signal';
COMMENT ON COLUMN daily_performance.latency_p95_seconds IS '95th percentile of the same, seconds; NULL: no signal';
COMMENT ON COLUMN daily_performance.latency_max_seconds IS 'Largest of the same, seconds; NULL: no signal';
COMMENT ON COLUMN daily_performance.net_return_low_bps IS 'Lower end of the 95 % interval of mean_net_return_bps, basis points: Student''s t over the day''s trades, as if they were independent; NULL: fewer than two trades';
COMMENT ON COLUMN daily_performance.net_return_high_bps IS 'Upper end of that interval; NULL: fewer than two trades';
