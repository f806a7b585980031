--
-- PostgreSQL database dump
--



SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

CREATE SCHEMA market;


COMMENT ON SCHEMA market IS 'cortex-signals';


CREATE FUNCTION market.barrier_outcomes(p_symbol text, p_from timestamp with time zone, p_to timestamp with time zone, p_horizon_minutes integer, p_stop double precision, p_target double precision, p_side text) RETURNS TABLE(ts timestamp with time zone, label_end timestamp with time zone, outcome text, touched_at timestamp with time zone, exit_at timestamp with time zone, exit_return double precision)
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    SET search_path TO 'market', 'public'
    SET jit TO 'off'
    AS $$
DECLARE
    horizon CONSTANT interval := make_interval(mins => p_horizon_minutes);
    stop CONSTANT double precision := p_stop * (1 - 1e-11);
    target CONSTANT double precision := p_target * (1 - 1e-11);
    direction CONSTANT double precision := CASE p_side WHEN 'BUY' THEN 1 WHEN 'SELL' THEN -1 END;
BEGIN
    IF p_horizon_minutes IS NULL OR p_horizon_minutes NOT BETWEEN 1 AND 1440 THEN
        RAISE EXCEPTION 'A horizon is 1 to 1440 minutes; % was asked for', p_horizon_minutes
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF p_stop IS NULL OR NOT (p_stop > 0 AND p_stop < 'Infinity') THEN
        RAISE EXCEPTION 'A stop is a fraction above zero, such as 0.01 for 1 %%; % was asked for', p_stop
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF p_target IS NULL OR NOT (p_target > 0 AND p_target < 'Infinity') THEN
        RAISE EXCEPTION 'A target is a fraction above zero, such as 0.01 for 1 %%; % was asked for', p_target
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF direction IS NULL THEN
        RAISE EXCEPTION 'A side is BUY or SELL; % was asked for', p_side
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN QUERY
    WITH minutes AS (
        SELECT
            m.ts,
            CASE WHEN m.last_price > 1e-30 AND m.last_price < 1e30 THEN m.last_price END AS price
        FROM minute_metrics AS m
        WHERE m.symbol = p_symbol AND m.ts >= p_from AND m.ts < p_to + horizon + INTERVAL '1 minute'
    ),

    entries AS (
        SELECT
            m.ts,
            m.price,
            count(m.price) OVER (ORDER BY m.ts RANGE BETWEEN CURRENT ROW AND horizon + INTERVAL '1 minute' FOLLOWING)
            = p_horizon_minutes + 2 AS is_whole
        FROM minutes AS m
    ),

    touches AS (
        SELECT
            e.ts,
            e.price,
            t.touched_at,
            CASE WHEN e.is_whole THEN coalesce(t.touched_at + INTERVAL '1 minute', e.ts + horizon) END AS exit_at,
            CASE WHEN t.move > 0 THEN 'TARGET' WHEN t.move < 0 THEN 'STOP' ELSE 'TIME' END AS outcome
        FROM entries AS e
        LEFT JOIN LATERAL (
            SELECT
                p.ts AS touched_at,
                direction * (p.last_price / e.price - 1) AS move
            FROM minute_metrics AS p
            WHERE
                e.is_whole
                AND p.symbol = p_symbol
                AND p.ts > e.ts
                AND p.ts <= e.ts + horizon
                AND (
                    direction * (p.last_price / e.price - 1) >= target
                    OR direction * (p.last_price / e.price - 1) <= -stop
                )
            ORDER BY p.ts
            LIMIT 1
        ) AS t ON TRUE
        WHERE e.ts < p_to
    )

    SELECT
        t.ts,
        CASE WHEN x.price IS NOT NULL THEN t.ts + horizon + INTERVAL '1 minute' END AS label_end,
        CASE WHEN x.price IS NOT NULL THEN t.outcome END AS outcome,
        CASE WHEN x.price IS NOT NULL THEN t.touched_at END AS touched_at,
        CASE WHEN x.price IS NOT NULL THEN t.exit_at END AS exit_at,
        CASE p_side WHEN 'BUY' THEN x.price / t.price - 1 WHEN 'SELL' THEN 1 - x.price / t.price END AS exit_return
    FROM touches AS t
    LEFT JOIN LATERAL (
        SELECT f.last_price AS price
        FROM minute_metrics AS f
        WHERE f.symbol = p_symbol AND f.ts = t.exit_at AND f.last_price > 1e-30 AND f.last_price < 1e30
        LIMIT 1
    ) AS x ON TRUE
    ORDER BY t.ts;
END;
$$;


COMMENT ON FUNCTION market.barrier_outcomes(p_symbol text, p_from timestamp with time zone, p_to timestamp with time zone, p_horizon_minutes integer, p_stop double precision, p_target double precision, p_side text) IS 'One row a loaded minute of the symbol in [from, to), in order of ts: what a position on the side BUY or SELL, entered at p[ts], would have met within the horizon (1 to 1440 minutes). A barrier is touched at the first minute in (ts, ts + horizon] whose last price has moved by at least the target or against it by at least the stop (fractions: 0.01 is 1 %); touches inside a minute are unseen. It fills at the next minute''s last price, never at the barrier. ts, UTC: end of the minute. label_end, UTC: last market time that the row rests on, ts + horizon + 1 minute. outcome: STOP, TARGET, or TIME where neither was touched. touched_at, UTC: the minute that touched; NULL on TIME. exit_at, UTC: touched_at + 1 minute, which may lie a minute after the horizon, or ts + horizon on TIME. exit_return: p[exit_at] / p[ts] - 1 on the side taken, before costs. All NULL but ts: a minute of [ts, ts + horizon + 1 minute] has no price, is missing or not there yet; all of it must be there wherever a barrier was touched, since rows known because of where they were touched would be a biased sample. Looks forward: never an input of a model';


SET default_tablespace = '';

SET default_table_access_method = heap;

CREATE TABLE market.promotions (
    promotion_id bigint NOT NULL,
    run_id uuid NOT NULL,
    symbol text NOT NULL,
    horizon_minutes integer NOT NULL,
    threshold numeric(6,5) NOT NULL,
    candidate text NOT NULL,
    model_id bigint,
    is_accepted boolean NOT NULL,
    reason text NOT NULL,
    skill_margin double precision,
    margin_low double precision,
    margin_high double precision,
    decided_by text NOT NULL,
    decided_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    effective_from timestamp with time zone NOT NULL,
    kind text,
    reigning text,
    reigning_margin double precision,
    reigning_low double precision,
    reigning_high double precision,
    may_trade boolean,
    trade_reason text,
    answers_to bigint,
    CONSTRAINT promotions_check CHECK (((NOT is_accepted) OR (model_id IS NOT NULL))),
    CONSTRAINT promotions_kind_check CHECK ((kind = ANY (ARRAY['promoted'::text, 'refreshed'::text, 'baseline'::text, 'refused'::text, 'surpassed'::text, 'too_few'::text, 'proposed'::text, 'approved'::text, 'declined'::text, 'rolled_back'::text])))
);


COMMENT ON TABLE market.promotions IS 'Every verdict of the gate, refusals included; the newest accepted one of a cell is its champion';


COMMENT ON COLUMN market.promotions.promotion_id IS 'Number of the verdict';


COMMENT ON COLUMN market.promotions.run_id IS 'The training run';


COMMENT ON COLUMN market.promotions.symbol IS 'Name of the market';


COMMENT ON COLUMN market.promotions.horizon_minutes IS 'Cell: how far ahead, minutes';


COMMENT ON COLUMN market.promotions.threshold IS 'Cell: the move that counts, a fraction';


COMMENT ON COLUMN market.promotions.candidate IS 'Recipe that was judged';


COMMENT ON COLUMN market.promotions.model_id IS 'Model that became champion; NULL on a refusal';


COMMENT ON COLUMN market.promotions.is_accepted IS 'True: it became champion';


COMMENT ON COLUMN market.promotions.reason IS 'Why, with the numbers';


COMMENT ON COLUMN market.promotions.skill_margin IS 'Log-loss skill over the volatility baseline on the same rows; NULL: it is that baseline';


COMMENT ON COLUMN market.promotions.margin_low IS 'Lower end of the margin''s 95 % block-bootstrap interval; NULL: unknown';


COMMENT ON COLUMN market.promotions.margin_high IS 'Upper end of that interval; NULL: unknown';


COMMENT ON COLUMN market.promotions.decided_by IS 'Login that ran the training';


COMMENT ON COLUMN market.promotions.decided_at IS 'When it was decided';


COMMENT ON COLUMN market.promotions.effective_from IS 'First market time that it answers, UTC';


COMMENT ON COLUMN market.promotions.kind IS 'promoted: a new recipe reigns. refreshed: the reigning recipe, trained on newer data. baseline: nothing passed, so the volatility baseline scores, which is no promotion. refused: failed the gate. surpassed: passed, and another has more skill. too_few: too few events to be judged. proposed: passed, and waits for a person. approved, declined: that person''s answer. rolled_back: an earlier model reigns again. NULL: decided before the schema''s 0005';


COMMENT ON COLUMN market.promotions.reigning IS 'Recipe that reigned, refitted in the same folds; NULL: none did, or it was not compared';


COMMENT ON COLUMN market.promotions.reigning_margin IS 'Log-loss skill over the reigning recipe on the same rows; NULL: it is that recipe, or there was none';


COMMENT ON COLUMN market.promotions.reigning_low IS 'Lower end of that margin''s 95 % block-bootstrap interval; NULL: unknown';


COMMENT ON COLUMN market.promotions.reigning_high IS 'Upper end of that interval; NULL: unknown';


COMMENT ON COLUMN market.promotions.may_trade IS 'Whether its signals may say BUY or SELL; NULL: not a champion''s or a proposal''s row';


COMMENT ON COLUMN market.promotions.trade_reason IS 'Why it may or may not trade, with the numbers; NULL as for may_trade';


COMMENT ON COLUMN market.promotions.answers_to IS 'The proposal that was approved or declined; NULL: it answers to none';


CREATE FUNCTION market.champions_at(p_at timestamp with time zone) RETURNS TABLE(symbol text, horizon_minutes integer, threshold numeric, model_id bigint, candidate text, effective_from timestamp with time zone, kind text, reason text)
    LANGUAGE sql STABLE PARALLEL SAFE
    BEGIN ATOMIC
 SELECT DISTINCT ON (p.symbol, p.horizon_minutes, p.threshold) p.symbol,
     p.horizon_minutes,
     p.threshold,
     p.model_id,
     p.candidate,
     p.effective_from,
     p.kind,
     p.reason
    FROM market.promotions p
   WHERE (p.is_accepted AND (p.effective_from <= champions_at.p_at))
   ORDER BY p.symbol, p.horizon_minutes, p.threshold, p.effective_from DESC, p.promotion_id DESC;
END;


COMMENT ON FUNCTION market.champions_at(p_at timestamp with time zone) IS 'One row a symbol and cell that had a champion: the one model that answers the minute of that instant, since when, and why; no row before the first one''s reign';


CREATE TABLE market.minute_metrics (
    symbol text NOT NULL,
    ts timestamp with time zone NOT NULL,
    last_price double precision,
    price_deriv_5m double precision,
    price_deriv_10m double precision,
    price_deriv_15m double precision,
    price_deriv_30m double precision,
    price_deriv_1h double precision,
    price_avg_5m double precision,
    price_avg_10m double precision,
    price_avg_15m double precision,
    price_avg_30m double precision,
    price_avg_1h double precision,
    volume_24h double precision,
    volume_deriv_5m double precision,
    volume_deriv_15m double precision,
    volume_avg_5m double precision,
    volume_avg_15m double precision,
    computed_columns text[] DEFAULT '{}'::text[] NOT NULL,
    first_loaded_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    loaded_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);


COMMENT ON TABLE market.minute_metrics IS 'One row a symbol and minute: what the source held at the minute''s end. A minute that the source lacks has no row';


COMMENT ON COLUMN market.minute_metrics.symbol IS 'Name of the market, as in the settings';


COMMENT ON COLUMN market.minute_metrics.ts IS 'End of the minute, UTC: the row holds the last samples in (ts - 1 minute, ts]';


COMMENT ON COLUMN market.minute_metrics.last_price IS 'Last traded price, quote currency; NULL: no sample in the minute';


COMMENT ON COLUMN market.minute_metrics.price_deriv_5m IS 'Least-squares slope of the price over 5 minutes, quote currency a second; NULL: not recorded';


COMMENT ON COLUMN market.minute_metrics.price_deriv_10m IS 'Least-squares slope of the price over 10 minutes, quote currency a second; NULL: not recorded';


COMMENT ON COLUMN market.minute_metrics.price_deriv_15m IS 'Least-squares slope of the price over 15 minutes, quote currency a second; NULL: not recorded';


COMMENT ON COLUMN market.minute_metrics.price_deriv_30m IS 'Least-squares slope of the price over 30 minutes, quote currency a second; NULL: not recorded';


COMMENT ON COLUMN market.minute_metrics.price_deriv_1h IS 'Least-squares slope of the price over 1 hour, quote currency a second; NULL: not recorded';


COMMENT ON COLUMN market.minute_metrics.price_avg_5m IS 'Mean price over 5 minutes, quote currency; NULL: not recorded';


COMMENT ON COLUMN market.minute_metrics.price_avg_10m IS 'Mean price over 10 minutes, quote currency; NULL: not recorded';


COMMENT ON COLUMN market.minute_metrics.price_avg_15m IS 'Mean price over 15 minutes, quote currency; NULL: not recorded';


COMMENT ON COLUMN market.minute_metrics.price_avg_30m IS 'Mean price over 30 minutes, quote currency; NULL: not recorded';


COMMENT ON COLUMN market.minute_metrics.price_avg_1h IS 'Mean price over 1 hour, quote currency; NULL: not recorded';


COMMENT ON COLUMN market.minute_metrics.volume_24h IS 'Rolling 24 hour base volume, a gauge that can fall; NULL: no sample in the minute';


COMMENT ON COLUMN market.minute_metrics.volume_deriv_5m IS 'Least-squares slope of volume_24h over 5 minutes, base units a second; NULL: not recorded';


COMMENT ON COLUMN market.minute_metrics.volume_deriv_15m IS 'Least-squares slope of volume_24h over 15 minutes, base units a second; NULL: not recorded';


COMMENT ON COLUMN market.minute_metrics.volume_avg_5m IS 'Mean of volume_24h over 5 minutes, base units; NULL: not recorded';


COMMENT ON COLUMN market.minute_metrics.volume_avg_15m IS 'Mean of volume_24h over 15 minutes, base units; NULL: not recorded';


COMMENT ON COLUMN market.minute_metrics.computed_columns IS 'Columns that were asked for by expression because the source had no recorded value; empty: none';


COMMENT ON COLUMN market.minute_metrics.first_loaded_at IS 'When the row was first written';


COMMENT ON COLUMN market.minute_metrics.loaded_at IS 'When the row was last changed';


CREATE VIEW market.minute_features_v1 AS
 SELECT d.symbol,
    d.day,
    v.ts,
    v.return_1m,
    v.return_2m,
    v.return_3m,
    v.return_5m,
    v.return_10m,
    v.return_15m,
    v.return_30m,
    v.return_60m,
    v.return_120m,
    v.return_240m,
    v.return_480m,
    v.return_1440m,
    v.up_move_share_15m,
    v.up_move_share_60m,
    v.up_move_share_240m,
    v.slope_5m,
    v.slope_10m,
    v.slope_15m,
    v.slope_30m,
    v.slope_60m,
    v.slope_120m,
    v.slope_240m,
    v.slope_to_volatility_5m,
    v.slope_to_volatility_15m,
    v.slope_to_volatility_60m,
    v.distance_to_average_5m,
    v.distance_to_average_10m,
    v.distance_to_average_15m,
    v.distance_to_average_30m,
    v.distance_to_average_60m,
    v.distance_to_average_120m,
    v.distance_to_average_240m,
    v.distance_to_average_1440m,
    v.realised_volatility_5m,
    v.realised_volatility_10m,
    v.realised_volatility_15m,
    v.realised_volatility_30m,
    v.realised_volatility_60m,
    v.realised_volatility_120m,
    v.realised_volatility_240m,
    v.realised_volatility_480m,
    v.realised_volatility_1440m,
    v.volatility_ratio_5m_60m,
    v.volatility_ratio_15m_240m,
    v.volatility_ratio_60m_240m,
    v.volatility_ratio_60m_1440m,
    v.volatility_ratio_240m_1440m,
    v.upside_variance_share_60m,
    v.upside_variance_share_240m,
    v.range_position_60m,
    v.range_position_240m,
    v.range_position_1440m,
    v.range_width_60m,
    v.range_width_240m,
    v.range_width_1440m,
    v.drawdown_60m,
    v.drawdown_240m,
    v.drawdown_1440m,
    v.rsi_14m,
    v.rsi_30m,
    v.rsi_60m,
    v.macd_to_volatility,
    v.macd_signal_to_volatility,
    v.macd_histogram_to_volatility,
    v.bollinger_position,
    v.bollinger_width,
    v.volume_change_5m,
    v.volume_change_15m,
    v.volume_change_60m,
    v.volume_change_240m,
    v.volume_slope_5m,
    v.volume_slope_15m,
    v.volume_slope_60m,
    v.volume_acceleration,
    v.volume_distance_to_average_5m,
    v.volume_distance_to_average_15m,
    v.volume_distance_to_average_60m,
    v.volume_distance_to_average_240m,
    v.day_sin,
    v.day_cos,
    v.week_sin,
    v.week_cos,
    v.new_york_day_sin,
    v.new_york_day_cos,
    v.minutes_since_move_of_30bp,
    v.minutes_since_move_of_100bp,
    v.complete
   FROM (( WITH RECURSIVE symbols AS (
                ( SELECT m.symbol
                   FROM market.minute_metrics m
                  ORDER BY m.symbol
                 LIMIT 1)
                UNION ALL
                 SELECT ( SELECT m.symbol
                           FROM market.minute_metrics m
                          WHERE (m.symbol > s_1.symbol)
                          ORDER BY m.symbol
                         LIMIT 1) AS symbol
                   FROM symbols s_1
                  WHERE (s_1.symbol IS NOT NULL)
                )
         SELECT s.symbol,
            (d_1.day)::date AS day
           FROM ((symbols s
             CROSS JOIN LATERAL ( SELECT ( SELECT m.ts
                           FROM market.minute_metrics m
                          WHERE (m.symbol = s.symbol)
                          ORDER BY m.ts
                         LIMIT 1) AS first_ts,
                    ( SELECT m.ts
                           FROM market.minute_metrics m
                          WHERE (m.symbol = s.symbol)
                          ORDER BY m.ts DESC
                         LIMIT 1) AS last_ts) b)
             CROSS JOIN LATERAL generate_series(date_trunc('day'::text, (b.first_ts AT TIME ZONE 'UTC'::text)), date_trunc('day'::text, (b.last_ts AT TIME ZONE 'UTC'::text)), '1 day'::interval) d_1(day))
          WHERE (s.symbol IS NOT NULL)) d
     CROSS JOIN LATERAL ( WITH minutes AS MATERIALIZED (
                 SELECT c.n,
                    (c.n + 1441) AS i,
                    c.ts,
                    c.price,
                    c.volume,
                    c.x,
                    c.y,
                    c.v,
                    c.r,
                    (c.n - max(
                        CASE
                            WHEN (c.r IS NULL) THEN c.n
                            ELSE NULL::integer
                        END) OVER w) AS moves,
                    (c.n - COALESCE(max(
                        CASE
                            WHEN (c.volume IS NULL) THEN c.n
                            ELSE NULL::integer
                        END) OVER w, '-1441'::integer)) AS volumes,
                    sum(COALESCE((c.r * c.r), (0)::double precision)) OVER w AS squares
                   FROM ( SELECT n,
                            (( SELECT ((d.day)::timestamp without time zone AT TIME ZONE 'UTC'::text) AS timezone) + make_interval(mins => n)) AS ts,
                            m.price,
                            m.volume,
                            ln((m.price / m.first_price)) AS x,
                            ((m.price / m.first_price) - (1)::double precision) AS y,
                            ((m.volume / m.first_volume) - (1)::double precision) AS v,
                            ln((m.price / lag(m.price) OVER (ORDER BY n))) AS r
                           FROM (generate_series('-1440'::integer, LEAST(1439, ( SELECT ((date_part('epoch'::text, (max(o.ts) - ((d.day)::timestamp without time zone AT TIME ZONE 'UTC'::text))))::integer / 60)
                                   FROM market.minute_metrics o
                                  WHERE ((o.symbol = d.symbol) AND (o.ts < (((d.day + 1))::timestamp without time zone AT TIME ZONE 'UTC'::text)))))) g(n)
                             FULL JOIN ( SELECT ((date_part('epoch'::text, (h.ts - ( SELECT ((d.day)::timestamp without time zone AT TIME ZONE 'UTC'::text) AS timezone))))::integer / 60) AS n,
CASE
 WHEN ((h.last_price > ((0.000001)::double precision * f.price)) AND (h.last_price < (('1000000'::numeric)::double precision * f.price))) THEN h.last_price
 ELSE NULL::double precision
END AS price,
CASE
 WHEN ((h.volume_24h > ((0.000001)::double precision * f.volume)) AND (h.volume_24h < (('1000000'::numeric)::double precision * f.volume))) THEN h.volume_24h
 ELSE NULL::double precision
END AS volume,
                                    f.price AS first_price,
                                    f.volume AS first_volume
                                   FROM (market.minute_metrics h
                                     CROSS JOIN ( SELECT ( SELECT o.last_price
     FROM market.minute_metrics o
    WHERE ((o.symbol = d.symbol) AND (o.ts >= (((d.day - 1))::timestamp without time zone AT TIME ZONE 'UTC'::text)) AND (o.ts < (((d.day + 1))::timestamp without time zone AT TIME ZONE 'UTC'::text)) AND (o.last_price > (0.000000000000000000000000000001)::double precision) AND (o.last_price < ('1000000000000000000000000000000'::numeric)::double precision))
    ORDER BY o.ts
   LIMIT 1) AS price,
    ( SELECT o.volume_24h
     FROM market.minute_metrics o
    WHERE ((o.symbol = d.symbol) AND (o.ts >= (((d.day - 1))::timestamp without time zone AT TIME ZONE 'UTC'::text)) AND (o.ts < (((d.day + 1))::timestamp without time zone AT TIME ZONE 'UTC'::text)) AND (o.volume_24h > (0.000000000000000000000000000001)::double precision) AND (o.volume_24h < ('1000000000000000000000000000000'::numeric)::double precision))
    ORDER BY o.ts
   LIMIT 1) AS volume) f)
                                  WHERE ((h.symbol = d.symbol) AND (h.ts >= (((d.day - 1))::timestamp without time zone AT TIME ZONE 'UTC'::text)) AND (h.ts < (((d.day + 1))::timestamp without time zone AT TIME ZONE 'UTC'::text)))) m USING (n))) c
                  WINDOW w AS (ORDER BY c.n)
                ), recorded AS MATERIALIZED (
                 SELECT n,
                    (( SELECT ((d.day)::timestamp without time zone AT TIME ZONE 'UTC'::text) AS timezone) + make_interval(mins => n)) AS ts,
                    (m.is_loaded IS NOT NULL) AS is_loaded,
                    m.price,
                    m.price_deriv_5m,
                    m.price_deriv_10m,
                    m.price_deriv_15m,
                    m.price_deriv_30m,
                    m.price_deriv_1h,
                    m.price_avg_5m,
                    m.price_avg_10m,
                    m.price_avg_15m,
                    m.price_avg_30m,
                    m.price_avg_1h,
                    m.volume,
                    m.volume_deriv_5m,
                    m.volume_deriv_15m,
                    m.volume_avg_5m,
                    m.volume_avg_15m
                   FROM (generate_series(0, 1439) g(n)
                     FULL JOIN ( SELECT ((date_part('epoch'::text, (h.ts - ( SELECT ((d.day)::timestamp without time zone AT TIME ZONE 'UTC'::text) AS timezone))))::integer / 60) AS n,
                            true AS is_loaded,
                                CASE
                                    WHEN ((h.last_price > (0.000000000000000000000000000001)::double precision) AND (h.last_price < ('1000000000000000000000000000000'::numeric)::double precision)) THEN h.last_price
                                    ELSE NULL::double precision
                                END AS price,
                                CASE
                                    WHEN ((h.price_deriv_5m = (0)::double precision) OR ((abs(h.price_deriv_5m) > (0.0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001)::double precision) AND (abs(h.price_deriv_5m) < ('1000000000000000000000000000000'::numeric)::double precision))) THEN h.price_deriv_5m
                                    ELSE NULL::double precision
                                END AS price_deriv_5m,
                                CASE
                                    WHEN ((h.price_deriv_10m = (0)::double precision) OR ((abs(h.price_deriv_10m) > (0.0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001)::double precision) AND (abs(h.price_deriv_10m) < ('1000000000000000000000000000000'::numeric)::double precision))) THEN h.price_deriv_10m
                                    ELSE NULL::double precision
                                END AS price_deriv_10m,
                                CASE
                                    WHEN ((h.price_deriv_15m = (0)::double precision) OR ((abs(h.price_deriv_15m) > (0.0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001)::double precision) AND (abs(h.price_deriv_15m) < ('1000000000000000000000000000000'::numeric)::double precision))) THEN h.price_deriv_15m
                                    ELSE NULL::double precision
                                END AS price_deriv_15m,
                                CASE
                                    WHEN ((h.price_deriv_30m = (0)::double precision) OR ((abs(h.price_deriv_30m) > (0.0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001)::double precision) AND (abs(h.price_deriv_30m) < ('1000000000000000000000000000000'::numeric)::double precision))) THEN h.price_deriv_30m
                                    ELSE NULL::double precision
                                END AS price_deriv_30m,
                                CASE
                                    WHEN ((h.price_deriv_1h = (0)::double precision) OR ((abs(h.price_deriv_1h) > (0.0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001)::double precision) AND (abs(h.price_deriv_1h) < ('1000000000000000000000000000000'::numeric)::double precision))) THEN h.price_deriv_1h
                                    ELSE NULL::double precision
                                END AS price_deriv_1h,
                                CASE
                                    WHEN ((h.price_avg_5m > (0.000000000000000000000000000001)::double precision) AND (h.price_avg_5m < ('1000000000000000000000000000000'::numeric)::double precision)) THEN h.price_avg_5m
                                    ELSE NULL::double precision
                                END AS price_avg_5m,
                                CASE
                                    WHEN ((h.price_avg_10m > (0.000000000000000000000000000001)::double precision) AND (h.price_avg_10m < ('1000000000000000000000000000000'::numeric)::double precision)) THEN h.price_avg_10m
                                    ELSE NULL::double precision
                                END AS price_avg_10m,
                                CASE
                                    WHEN ((h.price_avg_15m > (0.000000000000000000000000000001)::double precision) AND (h.price_avg_15m < ('1000000000000000000000000000000'::numeric)::double precision)) THEN h.price_avg_15m
                                    ELSE NULL::double precision
                                END AS price_avg_15m,
                                CASE
                                    WHEN ((h.price_avg_30m > (0.000000000000000000000000000001)::double precision) AND (h.price_avg_30m < ('1000000000000000000000000000000'::numeric)::double precision)) THEN h.price_avg_30m
                                    ELSE NULL::double precision
                                END AS price_avg_30m,
                                CASE
                                    WHEN ((h.price_avg_1h > (0.000000000000000000000000000001)::double precision) AND (h.price_avg_1h < ('1000000000000000000000000000000'::numeric)::double precision)) THEN h.price_avg_1h
                                    ELSE NULL::double precision
                                END AS price_avg_1h,
                                CASE
                                    WHEN ((h.volume_24h > (0.000000000000000000000000000001)::double precision) AND (h.volume_24h < ('1000000000000000000000000000000'::numeric)::double precision)) THEN h.volume_24h
                                    ELSE NULL::double precision
                                END AS volume,
                                CASE
                                    WHEN ((h.volume_deriv_5m = (0)::double precision) OR ((abs(h.volume_deriv_5m) > (0.0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001)::double precision) AND (abs(h.volume_deriv_5m) < ('1000000000000000000000000000000'::numeric)::double precision))) THEN h.volume_deriv_5m
                                    ELSE NULL::double precision
                                END AS volume_deriv_5m,
                                CASE
                                    WHEN ((h.volume_deriv_15m = (0)::double precision) OR ((abs(h.volume_deriv_15m) > (0.0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001)::double precision) AND (abs(h.volume_deriv_15m) < ('1000000000000000000000000000000'::numeric)::double precision))) THEN h.volume_deriv_15m
                                    ELSE NULL::double precision
                                END AS volume_deriv_15m,
                                CASE
                                    WHEN ((h.volume_avg_5m > (0.000000000000000000000000000001)::double precision) AND (h.volume_avg_5m < ('1000000000000000000000000000000'::numeric)::double precision)) THEN h.volume_avg_5m
                                    ELSE NULL::double precision
                                END AS volume_avg_5m,
                                CASE
                                    WHEN ((h.volume_avg_15m > (0.000000000000000000000000000001)::double precision) AND (h.volume_avg_15m < ('1000000000000000000000000000000'::numeric)::double precision)) THEN h.volume_avg_15m
                                    ELSE NULL::double precision
                                END AS volume_avg_15m
                           FROM market.minute_metrics h
                          WHERE ((h.symbol = d.symbol) AND (h.ts >= ((d.day)::timestamp without time zone AT TIME ZONE 'UTC'::text)) AND (h.ts < (((d.day + 1))::timestamp without time zone AT TIME ZONE 'UTC'::text)))) m USING (n))
                )
         SELECT l.ts,
            group_1.return_1m,
            group_1.return_2m,
            group_1.return_3m,
            group_1.return_5m,
            group_1.return_10m,
            group_1.return_15m,
            group_1.return_30m,
            group_1.return_60m,
            group_1.return_120m,
            group_1.return_240m,
            group_1.return_480m,
            group_1.return_1440m,
            group_1.up_move_share_15m,
            group_1.up_move_share_60m,
            group_1.up_move_share_240m,
            group_2.slope_5m,
            group_2.slope_10m,
            group_2.slope_15m,
            group_2.slope_30m,
            group_2.slope_60m,
            group_2.slope_120m,
            group_2.slope_240m,
            group_2.slope_to_volatility_5m,
            group_2.slope_to_volatility_15m,
            group_2.slope_to_volatility_60m,
            group_3.distance_to_average_5m,
            group_3.distance_to_average_10m,
            group_3.distance_to_average_15m,
            group_3.distance_to_average_30m,
            group_3.distance_to_average_60m,
            group_3.distance_to_average_120m,
            group_3.distance_to_average_240m,
            group_3.distance_to_average_1440m,
            group_4.realised_volatility_5m,
            group_4.realised_volatility_10m,
            group_4.realised_volatility_15m,
            group_4.realised_volatility_30m,
            group_4.realised_volatility_60m,
            group_4.realised_volatility_120m,
            group_4.realised_volatility_240m,
            group_4.realised_volatility_480m,
            group_4.realised_volatility_1440m,
            group_4.volatility_ratio_5m_60m,
            group_4.volatility_ratio_15m_240m,
            group_4.volatility_ratio_60m_240m,
            group_4.volatility_ratio_60m_1440m,
            group_4.volatility_ratio_240m_1440m,
            group_4.upside_variance_share_60m,
            group_4.upside_variance_share_240m,
            group_5.range_position_60m,
            group_5.range_position_240m,
            group_5.range_position_1440m,
            group_5.range_width_60m,
            group_5.range_width_240m,
            group_5.range_width_1440m,
            group_5.drawdown_60m,
            group_5.drawdown_240m,
            group_5.drawdown_1440m,
            group_6.rsi_14m,
            group_6.rsi_30m,
            group_6.rsi_60m,
            group_6.macd_to_volatility,
            group_6.macd_signal_to_volatility,
            group_6.macd_histogram_to_volatility,
            group_7.bollinger_position,
            group_7.bollinger_width,
            group_8.volume_change_5m,
            group_8.volume_change_15m,
            group_8.volume_change_60m,
            group_8.volume_change_240m,
            group_8.volume_slope_5m,
            group_8.volume_slope_15m,
            group_8.volume_slope_60m,
            group_8.volume_acceleration,
            group_8.volume_distance_to_average_5m,
            group_8.volume_distance_to_average_15m,
            group_8.volume_distance_to_average_60m,
            group_8.volume_distance_to_average_240m,
            group_9.day_sin,
            group_9.day_cos,
            group_9.week_sin,
            group_9.week_cos,
            group_9.new_york_day_sin,
            group_9.new_york_day_cos,
            group_10.minutes_since_move_of_30bp,
            group_10.minutes_since_move_of_100bp,
            (num_nulls(group_1.return_1m, group_1.return_2m, group_1.return_3m, group_1.return_5m, group_1.return_10m, group_1.return_15m, group_1.return_30m, group_1.return_60m, group_1.return_120m, group_1.return_240m, group_1.return_480m, group_1.return_1440m, group_1.up_move_share_15m, group_1.up_move_share_60m, group_1.up_move_share_240m, group_2.slope_5m, group_2.slope_10m, group_2.slope_15m, group_2.slope_30m, group_2.slope_60m, group_2.slope_120m, group_2.slope_240m, group_2.slope_to_volatility_5m, group_2.slope_to_volatility_15m, group_2.slope_to_volatility_60m, group_3.distance_to_average_5m, group_3.distance_to_average_10m, group_3.distance_to_average_15m, group_3.distance_to_average_30m, group_3.distance_to_average_60m, group_3.distance_to_average_120m, group_3.distance_to_average_240m, group_3.distance_to_average_1440m, group_4.realised_volatility_5m, group_4.realised_volatility_10m, group_4.realised_volatility_15m, group_4.realised_volatility_30m, group_4.realised_volatility_60m, group_4.realised_volatility_120m, group_4.realised_volatility_240m, group_4.realised_volatility_480m, group_4.realised_volatility_1440m, group_4.volatility_ratio_5m_60m, group_4.volatility_ratio_15m_240m, group_4.volatility_ratio_60m_240m, group_4.volatility_ratio_60m_1440m, group_4.volatility_ratio_240m_1440m, group_4.upside_variance_share_60m, group_4.upside_variance_share_240m, group_5.range_position_60m, group_5.range_position_240m, group_5.range_position_1440m, group_5.range_width_60m, group_5.range_width_240m, group_5.range_width_1440m, group_5.drawdown_60m, group_5.drawdown_240m, group_5.drawdown_1440m, group_6.rsi_14m, group_6.rsi_30m, group_6.rsi_60m, group_6.macd_to_volatility, group_6.macd_signal_to_volatility, group_6.macd_histogram_to_volatility, group_7.bollinger_position, group_7.bollinger_width, group_8.volume_change_5m, group_8.volume_change_15m, group_8.volume_change_60m, group_8.volume_change_240m, group_8.volume_slope_5m, group_8.volume_slope_15m, group_8.volume_slope_60m, group_8.volume_acceleration, group_8.volume_distance_to_average_5m, group_8.volume_distance_to_average_15m, group_8.volume_distance_to_average_60m, group_8.volume_distance_to_average_240m, group_9.day_sin, group_9.day_cos, group_9.week_sin, group_9.week_cos, group_9.new_york_day_sin, group_9.new_york_day_cos, group_10.minutes_since_move_of_30bp, group_10.minutes_since_move_of_100bp) = 0) AS complete
           FROM ((((((((((recorded l
             LEFT JOIN ( SELECT DISTINCT ON (q.n) q.n,
                    q.return_1m,
                    q.return_2m,
                    q.return_3m,
                    q.return_5m,
                    q.return_10m,
                    q.return_15m,
                    q.return_30m,
                    q.return_60m,
                    q.return_120m,
                    q.return_240m,
                    q.return_480m,
                    q.return_1440m,
                    q.up_move_share_15m,
                    q.up_move_share_60m,
                    q.up_move_share_240m
                   FROM ( SELECT m.n,
                                CASE
                                    WHEN (m.moves >= 1) THEN m.r
                                    ELSE NULL::double precision
                                END AS return_1m,
                                CASE
                                    WHEN (m.moves >= 2) THEN (m.x - past.x[(m.i - 2)])
                                    ELSE NULL::double precision
                                END AS return_2m,
                                CASE
                                    WHEN (m.moves >= 3) THEN (m.x - past.x[(m.i - 3)])
                                    ELSE NULL::double precision
                                END AS return_3m,
                                CASE
                                    WHEN (m.moves >= 5) THEN (m.x - past.x[(m.i - 5)])
                                    ELSE NULL::double precision
                                END AS return_5m,
                                CASE
                                    WHEN (m.moves >= 10) THEN (m.x - past.x[(m.i - 10)])
                                    ELSE NULL::double precision
                                END AS return_10m,
                                CASE
                                    WHEN (m.moves >= 15) THEN (m.x - past.x[(m.i - 15)])
                                    ELSE NULL::double precision
                                END AS return_15m,
                                CASE
                                    WHEN (m.moves >= 30) THEN (m.x - past.x[(m.i - 30)])
                                    ELSE NULL::double precision
                                END AS return_30m,
                                CASE
                                    WHEN (m.moves >= 60) THEN (m.x - past.x[(m.i - 60)])
                                    ELSE NULL::double precision
                                END AS return_60m,
                                CASE
                                    WHEN (m.moves >= 120) THEN (m.x - past.x[(m.i - 120)])
                                    ELSE NULL::double precision
                                END AS return_120m,
                                CASE
                                    WHEN (m.moves >= 240) THEN (m.x - past.x[(m.i - 240)])
                                    ELSE NULL::double precision
                                END AS return_240m,
                                CASE
                                    WHEN (m.moves >= 480) THEN (m.x - past.x[(m.i - 480)])
                                    ELSE NULL::double precision
                                END AS return_480m,
                                CASE
                                    WHEN (m.moves >= 1440) THEN (m.x - past.x[(m.i - 1440)])
                                    ELSE NULL::double precision
                                END AS return_1440m,
                                CASE
                                    WHEN (m.moves >= 15) THEN ((past.rises[m.i] - past.rises[(m.i - 15)]) / NULLIF((past.changes[m.i] - past.changes[(m.i - 15)]), (0)::double precision))
                                    ELSE NULL::double precision
                                END AS up_move_share_15m,
                                CASE
                                    WHEN (m.moves >= 60) THEN ((past.rises[m.i] - past.rises[(m.i - 60)]) / NULLIF((past.changes[m.i] - past.changes[(m.i - 60)]), (0)::double precision))
                                    ELSE NULL::double precision
                                END AS up_move_share_60m,
                                CASE
                                    WHEN (m.moves >= 240) THEN ((past.rises[m.i] - past.rises[(m.i - 240)]) / NULLIF((past.changes[m.i] - past.changes[(m.i - 240)]), (0)::double precision))
                                    ELSE NULL::double precision
                                END AS up_move_share_240m
                           FROM (minutes m
                             CROSS JOIN ( SELECT array_agg(s.x) AS x,
                                    array_agg(s.rises) AS rises,
                                    array_agg(s.changes) AS changes
                                   FROM ( SELECT COALESCE(m_1.x, (0)::double precision) AS x,
    sum(COALESCE(GREATEST(m_1.r, (0)::double precision), (0)::double precision)) OVER w AS rises,
    sum(COALESCE(abs(m_1.r), (0)::double precision)) OVER w AS changes
   FROM minutes m_1
  WINDOW w AS (ORDER BY m_1.n)
  ORDER BY m_1.n) s) past)
                          WHERE (m.n >= 0)
                         OFFSET 0) q
                  WHERE (q.n >= 0)
                  ORDER BY q.n) group_1 ON ((group_1.n = l.n)))
             LEFT JOIN ( SELECT DISTINCT ON (q.n) q.n,
                    q.slope_5m,
                    q.slope_10m,
                    q.slope_15m,
                    q.slope_30m,
                    q.slope_60m,
                    q.slope_120m,
                    q.slope_240m,
                    q.slope_to_volatility_5m,
                    q.slope_to_volatility_15m,
                    q.slope_to_volatility_60m
                   FROM ( SELECT n,
                            (((60)::double precision * q_1.price_deriv_5m) / q_1.price) AS slope_5m,
                            (((60)::double precision * q_1.price_deriv_10m) / q_1.price) AS slope_10m,
                            (((60)::double precision * q_1.price_deriv_15m) / q_1.price) AS slope_15m,
                            (((60)::double precision * q_1.price_deriv_30m) / q_1.price) AS slope_30m,
                            (((60)::double precision * q_1.price_deriv_1h) / q_1.price) AS slope_60m,
                            o.slope_120m,
                            o.slope_240m,
                            ((((60)::double precision * q_1.price_deriv_5m) / q_1.price) / NULLIF(o.volatility, (0)::double precision)) AS slope_to_volatility_5m,
                            ((((60)::double precision * q_1.price_deriv_15m) / q_1.price) / NULLIF(o.volatility, (0)::double precision)) AS slope_to_volatility_15m,
                            ((((60)::double precision * q_1.price_deriv_1h) / q_1.price) / NULLIF(o.volatility, (0)::double precision)) AS slope_to_volatility_60m
                           FROM (recorded q_1
                             FULL JOIN ( SELECT m.n,
CASE
 WHEN (m.moves >= 119) THEN ((((past.moments[m.i] - past.moments[(m.i - 120)]) - ((((m.n)::numeric - 59.5))::double precision * (past.levels[m.i] - past.levels[(m.i - 120)]))) / (143990)::double precision) / ((1)::double precision + m.y))
 ELSE NULL::double precision
END AS slope_120m,
CASE
 WHEN (m.moves >= 239) THEN ((((past.moments[m.i] - past.moments[(m.i - 240)]) - ((((m.n)::numeric - 119.5))::double precision * (past.levels[m.i] - past.levels[(m.i - 240)]))) / (1151980)::double precision) / ((1)::double precision + m.y))
 ELSE NULL::double precision
END AS slope_240m,
CASE
 WHEN (m.moves >= 60) THEN sqrt((GREATEST((m.squares - past.squares[(m.i - 60)]), (0)::double precision) / (60)::double precision))
 ELSE NULL::double precision
END AS volatility
                                   FROM (minutes m
                                     CROSS JOIN ( SELECT array_agg(s.squares) AS squares,
    array_agg(s.levels) AS levels,
    array_agg(s.moments) AS moments
   FROM ( SELECT m_1.squares,
      COALESCE(sum(m_1.y) FILTER (WHERE (m_1.n >= '-240'::integer)) OVER w, (0)::double precision) AS levels,
      COALESCE(sum(((m_1.n)::double precision * m_1.y)) FILTER (WHERE (m_1.n >= '-240'::integer)) OVER w, (0)::double precision) AS moments
     FROM minutes m_1
    WINDOW w AS (ORDER BY m_1.n)
    ORDER BY m_1.n) s) past)
                                  WHERE (m.n >= 0)
                                 OFFSET 0) o USING (n))) q
                  WHERE (q.n >= 0)
                  ORDER BY q.n) group_2 ON ((group_2.n = l.n)))
             LEFT JOIN ( SELECT DISTINCT ON (q.n) q.n,
                    q.distance_to_average_5m,
                    q.distance_to_average_10m,
                    q.distance_to_average_15m,
                    q.distance_to_average_30m,
                    q.distance_to_average_60m,
                    q.distance_to_average_120m,
                    q.distance_to_average_240m,
                    q.distance_to_average_1440m
                   FROM ( SELECT n,
                            ln((q_1.price / q_1.price_avg_5m)) AS distance_to_average_5m,
                            ln((q_1.price / q_1.price_avg_10m)) AS distance_to_average_10m,
                            ln((q_1.price / q_1.price_avg_15m)) AS distance_to_average_15m,
                            ln((q_1.price / q_1.price_avg_30m)) AS distance_to_average_30m,
                            ln((q_1.price / q_1.price_avg_1h)) AS distance_to_average_60m,
                            o.distance_to_average_120m,
                            o.distance_to_average_240m,
                            o.distance_to_average_1440m
                           FROM (recorded q_1
                             FULL JOIN ( SELECT m.n,
CASE
 WHEN (m.moves >= 119) THEN ln((((1)::double precision + m.y) / ((1)::double precision + ((past.levels[m.i] - past.levels[(m.i - 120)]) / (120)::double precision))))
 ELSE NULL::double precision
END AS distance_to_average_120m,
CASE
 WHEN (m.moves >= 239) THEN ln((((1)::double precision + m.y) / ((1)::double precision + ((past.levels[m.i] - past.levels[(m.i - 240)]) / (240)::double precision))))
 ELSE NULL::double precision
END AS distance_to_average_240m,
CASE
 WHEN (m.moves >= 1439) THEN ln((((1)::double precision + m.y) / ((1)::double precision + ((past.levels[m.i] - past.levels[(m.i - 1440)]) / (1440)::double precision))))
 ELSE NULL::double precision
END AS distance_to_average_1440m
                                   FROM (minutes m
                                     CROSS JOIN ( SELECT array_agg(s.levels) AS levels
   FROM ( SELECT sum(COALESCE(m_1.y, (0)::double precision)) OVER (ORDER BY m_1.n) AS levels
     FROM minutes m_1
    ORDER BY m_1.n) s) past)
                                  WHERE (m.n >= 0)
                                 OFFSET 0) o USING (n))) q
                  WHERE (q.n >= 0)
                  ORDER BY q.n) group_3 ON ((group_3.n = l.n)))
             LEFT JOIN ( SELECT DISTINCT ON (q.n) q.n,
                    q.realised_volatility_5m,
                    q.realised_volatility_10m,
                    q.realised_volatility_15m,
                    q.realised_volatility_30m,
                    q.realised_volatility_60m,
                    q.realised_volatility_120m,
                    q.realised_volatility_240m,
                    q.realised_volatility_480m,
                    q.realised_volatility_1440m,
                    q.volatility_ratio_5m_60m,
                    q.volatility_ratio_15m_240m,
                    q.volatility_ratio_60m_240m,
                    q.volatility_ratio_60m_1440m,
                    q.volatility_ratio_240m_1440m,
                    q.upside_variance_share_60m,
                    q.upside_variance_share_240m
                   FROM ( SELECT v_1.n,
                            v_1.realised_volatility_5m,
                            v_1.realised_volatility_10m,
                            v_1.realised_volatility_15m,
                            v_1.realised_volatility_30m,
                            v_1.realised_volatility_60m,
                            v_1.realised_volatility_120m,
                            v_1.realised_volatility_240m,
                            v_1.realised_volatility_480m,
                            v_1.realised_volatility_1440m,
                            (v_1.realised_volatility_5m / NULLIF(v_1.realised_volatility_60m, (0)::double precision)) AS volatility_ratio_5m_60m,
                            (v_1.realised_volatility_15m / NULLIF(v_1.realised_volatility_240m, (0)::double precision)) AS volatility_ratio_15m_240m,
                            (v_1.realised_volatility_60m / NULLIF(v_1.realised_volatility_240m, (0)::double precision)) AS volatility_ratio_60m_240m,
                            (v_1.realised_volatility_60m / NULLIF(v_1.realised_volatility_1440m, (0)::double precision)) AS volatility_ratio_60m_1440m,
                            (v_1.realised_volatility_240m / NULLIF(v_1.realised_volatility_1440m, (0)::double precision)) AS volatility_ratio_240m_1440m,
                            v_1.upside_variance_share_60m,
                            v_1.upside_variance_share_240m
                           FROM ( SELECT m.n,
CASE
 WHEN (m.moves >= 5) THEN sqrt((GREATEST((m.squares - past.squares[(m.i - 5)]), (0)::double precision) / (5)::double precision))
 ELSE NULL::double precision
END AS realised_volatility_5m,
CASE
 WHEN (m.moves >= 10) THEN sqrt((GREATEST((m.squares - past.squares[(m.i - 10)]), (0)::double precision) / (10)::double precision))
 ELSE NULL::double precision
END AS realised_volatility_10m,
CASE
 WHEN (m.moves >= 15) THEN sqrt((GREATEST((m.squares - past.squares[(m.i - 15)]), (0)::double precision) / (15)::double precision))
 ELSE NULL::double precision
END AS realised_volatility_15m,
CASE
 WHEN (m.moves >= 30) THEN sqrt((GREATEST((m.squares - past.squares[(m.i - 30)]), (0)::double precision) / (30)::double precision))
 ELSE NULL::double precision
END AS realised_volatility_30m,
CASE
 WHEN (m.moves >= 60) THEN sqrt((GREATEST((m.squares - past.squares[(m.i - 60)]), (0)::double precision) / (60)::double precision))
 ELSE NULL::double precision
END AS realised_volatility_60m,
CASE
 WHEN (m.moves >= 120) THEN sqrt((GREATEST((m.squares - past.squares[(m.i - 120)]), (0)::double precision) / (120)::double precision))
 ELSE NULL::double precision
END AS realised_volatility_120m,
CASE
 WHEN (m.moves >= 240) THEN sqrt((GREATEST((m.squares - past.squares[(m.i - 240)]), (0)::double precision) / (240)::double precision))
 ELSE NULL::double precision
END AS realised_volatility_240m,
CASE
 WHEN (m.moves >= 480) THEN sqrt((GREATEST((m.squares - past.squares[(m.i - 480)]), (0)::double precision) / (480)::double precision))
 ELSE NULL::double precision
END AS realised_volatility_480m,
CASE
 WHEN (m.moves >= 1440) THEN sqrt((GREATEST((m.squares - past.squares[(m.i - 1440)]), (0)::double precision) / (1440)::double precision))
 ELSE NULL::double precision
END AS realised_volatility_1440m,
CASE
 WHEN (m.moves >= 60) THEN ((past.upside[m.i] - past.upside[(m.i - 60)]) / NULLIF((m.squares - past.squares[(m.i - 60)]), (0)::double precision))
 ELSE NULL::double precision
END AS upside_variance_share_60m,
CASE
 WHEN (m.moves >= 240) THEN ((past.upside[m.i] - past.upside[(m.i - 240)]) / NULLIF((m.squares - past.squares[(m.i - 240)]), (0)::double precision))
 ELSE NULL::double precision
END AS upside_variance_share_240m
                                   FROM (minutes m
                                     CROSS JOIN ( SELECT array_agg(s.squares) AS squares,
    array_agg(s.upside) AS upside
   FROM ( SELECT m_1.squares,
      sum(
    CASE
     WHEN (m_1.r > (0)::double precision) THEN (m_1.r * m_1.r)
     ELSE (0)::double precision
    END) OVER (ORDER BY m_1.n) AS upside
     FROM minutes m_1
    ORDER BY m_1.n) s) past)
                                  WHERE (m.n >= 0)
                                 OFFSET 0) v_1) q
                  WHERE (q.n >= 0)
                  ORDER BY q.n) group_4 ON ((group_4.n = l.n)))
             LEFT JOIN ( SELECT DISTINCT ON (q.n) q.n,
                    q.range_position_60m,
                    q.range_position_240m,
                    q.range_position_1440m,
                    q.range_width_60m,
                    q.range_width_240m,
                    q.range_width_1440m,
                    q.drawdown_60m,
                    q.drawdown_240m,
                    q.drawdown_1440m
                   FROM ( WITH ten_minutes AS (
                                 SELECT array_agg(s.high) AS high,
                                    array_agg(s.low) AS low
                                   FROM ( SELECT max(COALESCE(m.x, (0)::double precision)) OVER ten AS high,
    min(COALESCE(m.x, (0)::double precision)) OVER ten AS low
   FROM minutes m
  WINDOW ten AS (ORDER BY m.n ROWS BETWEEN 9 PRECEDING AND CURRENT ROW)
  ORDER BY m.n) s
                                ), hour AS (
                                 SELECT array_agg(GREATEST(t.high[g.i], t.high[(g.i - 10)], t.high[(g.i - 20)], t.high[(g.i - 30)], t.high[(g.i - 40)], t.high[(g.i - 50)])) AS high,
                                    array_agg(LEAST(t.low[g.i], t.low[(g.i - 10)], t.low[(g.i - 20)], t.low[(g.i - 30)], t.low[(g.i - 40)], t.low[(g.i - 50)])) AS low
                                   FROM (ten_minutes t
                                     CROSS JOIN LATERAL generate_series(1, cardinality(t.high)) g(i))
                                ), four_hours AS (
                                 SELECT array_agg(GREATEST(h.high[g.i], h.high[(g.i - 60)], h.high[(g.i - 120)], h.high[(g.i - 180)])) AS high,
                                    array_agg(LEAST(h.low[g.i], h.low[(g.i - 60)], h.low[(g.i - 120)], h.low[(g.i - 180)])) AS low
                                   FROM (hour h
                                     CROSS JOIN LATERAL generate_series(1, cardinality(h.high)) g(i))
                                )
                         SELECT e.n,
                                CASE
                                    WHEN (e.moves >= 59) THEN ((e.x - e.low_60) / NULLIF((e.high_60 - e.low_60), (0)::double precision))
                                    ELSE NULL::double precision
                                END AS range_position_60m,
                                CASE
                                    WHEN (e.moves >= 239) THEN ((e.x - e.low_240) / NULLIF((e.high_240 - e.low_240), (0)::double precision))
                                    ELSE NULL::double precision
                                END AS range_position_240m,
                                CASE
                                    WHEN (e.moves >= 1439) THEN ((e.x - e.low_1440) / NULLIF((e.high_1440 - e.low_1440), (0)::double precision))
                                    ELSE NULL::double precision
                                END AS range_position_1440m,
                                CASE
                                    WHEN (e.moves >= 59) THEN (e.high_60 - e.low_60)
                                    ELSE NULL::double precision
                                END AS range_width_60m,
                                CASE
                                    WHEN (e.moves >= 239) THEN (e.high_240 - e.low_240)
                                    ELSE NULL::double precision
                                END AS range_width_240m,
                                CASE
                                    WHEN (e.moves >= 1439) THEN (e.high_1440 - e.low_1440)
                                    ELSE NULL::double precision
                                END AS range_width_1440m,
                                CASE
                                    WHEN (e.moves >= 59) THEN (e.x - e.high_60)
                                    ELSE NULL::double precision
                                END AS drawdown_60m,
                                CASE
                                    WHEN (e.moves >= 239) THEN (e.x - e.high_240)
                                    ELSE NULL::double precision
                                END AS drawdown_240m,
                                CASE
                                    WHEN (e.moves >= 1439) THEN (e.x - e.high_1440)
                                    ELSE NULL::double precision
                                END AS drawdown_1440m
                           FROM ( SELECT m.n,
                                    m.moves,
                                    m.x,
                                    h.high[m.i] AS high_60,
                                    h.low[m.i] AS low_60,
                                    f.high[m.i] AS high_240,
                                    f.low[m.i] AS low_240,
                                    GREATEST(f.high[m.i], f.high[(m.i - 240)], f.high[(m.i - 480)], f.high[(m.i - 720)], f.high[(m.i - 960)], f.high[(m.i - 1200)]) AS high_1440,
                                    LEAST(f.low[m.i], f.low[(m.i - 240)], f.low[(m.i - 480)], f.low[(m.i - 720)], f.low[(m.i - 960)], f.low[(m.i - 1200)]) AS low_1440
                                   FROM ((minutes m
                                     CROSS JOIN hour h)
                                     CROSS JOIN four_hours f)
                                  WHERE (m.n >= 0)
                                 OFFSET 0) e) q
                  WHERE (q.n >= 0)
                  ORDER BY q.n) group_5 ON ((group_5.n = l.n)))
             LEFT JOIN ( SELECT DISTINCT ON (q.n) q.n,
                    q.rsi_14m,
                    q.rsi_30m,
                    q.rsi_60m,
                    q.macd_to_volatility,
                    q.macd_signal_to_volatility,
                    q.macd_histogram_to_volatility
                   FROM ( SELECT a.n,
                                CASE
                                    WHEN (a.moves >= 360) THEN (((100)::double precision * LEAST(a.rises_14, a.changes_14)) / NULLIF(a.changes_14, (0)::double precision))
                                    ELSE NULL::double precision
                                END AS rsi_14m,
                                CASE
                                    WHEN (a.moves >= 720) THEN (((100)::double precision * LEAST(a.rises_30, a.changes_30)) / NULLIF(a.changes_30, (0)::double precision))
                                    ELSE NULL::double precision
                                END AS rsi_30m,
                                CASE
                                    WHEN (a.moves >= 1440) THEN (((100)::double precision * LEAST(a.rises_60, a.changes_60)) / NULLIF(a.changes_60, (0)::double precision))
                                    ELSE NULL::double precision
                                END AS rsi_60m,
                                CASE
                                    WHEN (a.moves >= 359) THEN (a.macd / NULLIF(a.volatility, (0)::double precision))
                                    ELSE NULL::double precision
                                END AS macd_to_volatility,
                                CASE
                                    WHEN (a.moves >= 359) THEN (a.macd_signal / NULLIF(a.volatility, (0)::double precision))
                                    ELSE NULL::double precision
                                END AS macd_signal_to_volatility,
                                CASE
                                    WHEN (a.moves >= 359) THEN ((a.macd - a.macd_signal) / NULLIF(a.volatility, (0)::double precision))
                                    ELSE NULL::double precision
                                END AS macd_histogram_to_volatility
                           FROM ( SELECT e.n,
                                    e.moves,
                                    e.volatility,
                                    e.rises_14,
                                    e.changes_14,
                                    e.rises_30,
                                    e.changes_30,
                                    e.rises_60,
                                    e.changes_60,
                                    e.average_9,
                                    e.average_12,
                                    e.average_26,
                                    (e.average_12 - e.average_26) AS macd,
                                    ((((((((2.0)::double precision / (13)::double precision) * (4)::double precision) / (5)::double precision) * e.average_9) - (((((1.0)::double precision / (5)::double precision) * (11)::double precision) / (13)::double precision) * e.average_12)) / (((4.0)::double precision / (5)::double precision) - ((11.0)::double precision / (13)::double precision))) - (((((((2.0)::double precision / (27)::double precision) * (4)::double precision) / (5)::double precision) * e.average_9) - (((((1.0)::double precision / (5)::double precision) * (25)::double precision) / (27)::double precision) * e.average_26)) / (((4.0)::double precision / (5)::double precision) - ((25.0)::double precision / (27)::double precision)))) AS macd_signal
                                   FROM ( SELECT m.n,
    m.moves,
    sqrt((GREATEST((m.squares - past.squares[(m.i - 60)]), (0)::double precision) / (60)::double precision)) AS volatility,
    (past.rises_14[m.i] - past.rises_14[(m.i - 360)]) AS rises_14,
    (past.changes_14[m.i] - past.changes_14[(m.i - 360)]) AS changes_14,
    (past.rises_30[m.i] - past.rises_30[(m.i - 720)]) AS rises_30,
    (past.changes_30[m.i] - past.changes_30[(m.i - 720)]) AS changes_30,
    (past.rises_60[m.i] - past.rises_60[(m.i - 1440)]) AS rises_60,
    (past.changes_60[m.i] - past.changes_60[(m.i - 1440)]) AS changes_60,
    ((((past.weighted_9[m.i] - past.weighted_9[(m.i - 360)]) * power(((4)::double precision / (5)::double precision), (m.n)::double precision)) * ((1)::double precision - ((4.0)::double precision / (5)::double precision))) / ((1)::double precision - power(((4)::double precision / (5)::double precision), (360)::double precision))) AS average_9,
    ((((past.weighted_12[m.i] - past.weighted_12[(m.i - 360)]) * power(((11)::double precision / (13)::double precision), (m.n)::double precision)) * ((1)::double precision - ((11.0)::double precision / (13)::double precision))) / ((1)::double precision - power(((11)::double precision / (13)::double precision), (360)::double precision))) AS average_12,
    ((((past.weighted_26[m.i] - past.weighted_26[(m.i - 360)]) * power(((25)::double precision / (27)::double precision), (m.n)::double precision)) * ((1)::double precision - ((25.0)::double precision / (27)::double precision))) / ((1)::double precision - power(((25)::double precision / (27)::double precision), (360)::double precision))) AS average_26
   FROM (minutes m
     CROSS JOIN ( SELECT array_agg(s.squares) AS squares,
      array_agg(s.rises_14) AS rises_14,
      array_agg(s.changes_14) AS changes_14,
      array_agg(s.rises_30) AS rises_30,
      array_agg(s.changes_30) AS changes_30,
      array_agg(s.rises_60) AS rises_60,
      array_agg(s.changes_60) AS changes_60,
      array_agg(s.weighted_9) AS weighted_9,
      array_agg(s.weighted_12) AS weighted_12,
      array_agg(s.weighted_26) AS weighted_26
     FROM ( SELECT m_1.squares,
        sum(GREATEST(COALESCE(m_1.change_14, (0)::double precision), (0)::double precision)) OVER w AS rises_14,
        sum(abs(COALESCE(m_1.change_14, (0)::double precision))) OVER w AS changes_14,
        sum(GREATEST(COALESCE(m_1.change_30, (0)::double precision), (0)::double precision)) OVER w AS rises_30,
        sum(abs(COALESCE(m_1.change_30, (0)::double precision))) OVER w AS changes_30,
        sum(GREATEST(COALESCE(m_1.change_60, (0)::double precision), (0)::double precision)) OVER w AS rises_60,
        sum(abs(COALESCE(m_1.change_60, (0)::double precision))) OVER w AS changes_60,
        sum(COALESCE(m_1.weighted_9, (0)::double precision)) OVER w AS weighted_9,
        sum(COALESCE(m_1.weighted_12, (0)::double precision)) OVER w AS weighted_12,
        sum(COALESCE(m_1.weighted_26, (0)::double precision)) OVER w AS weighted_26
       FROM ( SELECT p.n,
          p.squares,
          ((p.y - lag(p.y) OVER w) * power(((14)::double precision / (13)::double precision), (p.n)::double precision)) AS change_14,
          ((p.y - lag(p.y) OVER w) * power(((30)::double precision / (29)::double precision), (p.n)::double precision)) AS change_30,
          ((p.y - lag(p.y) OVER w) * power(((60)::double precision / (59)::double precision), (p.n)::double precision)) AS change_60,
          (p.x * power(((5)::double precision / (4)::double precision), (p.n)::double precision)) AS weighted_9,
          (p.x * power(((13)::double precision / (11)::double precision), (p.n)::double precision)) AS weighted_12,
          (p.x * power(((27)::double precision / (25)::double precision), (p.n)::double precision)) AS weighted_26
         FROM minutes p
        WINDOW w AS (ORDER BY p.n)) m_1
      WINDOW w AS (ORDER BY m_1.n)
      ORDER BY m_1.n) s) past)
  WHERE (m.n >= 0)
 OFFSET 0) e) a) q
                  WHERE (q.n >= 0)
                  ORDER BY q.n) group_6 ON ((group_6.n = l.n)))
             LEFT JOIN ( SELECT DISTINCT ON (q.n) q.n,
                    q.bollinger_position,
                    q.bollinger_width
                   FROM ( SELECT s.n,
                                CASE
                                    WHEN (s.moves >= 19) THEN ((0.5)::double precision + ((s.y - s.mean) / NULLIF(((4)::double precision * s.deviation), (0)::double precision)))
                                    ELSE NULL::double precision
                                END AS bollinger_position,
                                CASE
                                    WHEN (s.moves >= 19) THEN (((4)::double precision * s.deviation) / ((1)::double precision + s.mean))
                                    ELSE NULL::double precision
                                END AS bollinger_width
                           FROM ( SELECT m.n,
                                    m.y,
                                    m.moves,
                                    avg(m.y) OVER band AS mean,
CASE
 WHEN (m.squares > lag(m.squares, 19) OVER w) THEN stddev_pop(m.y) OVER band
 ELSE (0)::double precision
END AS deviation
                                   FROM minutes m
                                  WHERE (m.n >= '-19'::integer)
                                  WINDOW w AS (ORDER BY m.n), band AS (ORDER BY m.n ROWS BETWEEN 19 PRECEDING AND CURRENT ROW)) s) q
                  WHERE (q.n >= 0)
                  ORDER BY q.n) group_7 ON ((group_7.n = l.n)))
             LEFT JOIN ( SELECT DISTINCT ON (q.n) q.n,
                    q.volume_change_5m,
                    q.volume_change_15m,
                    q.volume_change_60m,
                    q.volume_change_240m,
                    q.volume_slope_5m,
                    q.volume_slope_15m,
                    q.volume_slope_60m,
                    q.volume_acceleration,
                    q.volume_distance_to_average_5m,
                    q.volume_distance_to_average_15m,
                    q.volume_distance_to_average_60m,
                    q.volume_distance_to_average_240m
                   FROM ( SELECT n,
                            o.volume_change_5m,
                            o.volume_change_15m,
                            o.volume_change_60m,
                            o.volume_change_240m,
                            (((60)::double precision * q_1.volume_deriv_5m) / q_1.volume_avg_5m) AS volume_slope_5m,
                            (((60)::double precision * q_1.volume_deriv_15m) / q_1.volume_avg_15m) AS volume_slope_15m,
                            o.volume_slope_60m,
                            ((((60)::double precision * q_1.volume_deriv_5m) / q_1.volume_avg_5m) - (((60)::double precision * q_1.volume_deriv_15m) / q_1.volume_avg_15m)) AS volume_acceleration,
                            ln((q_1.volume / q_1.volume_avg_5m)) AS volume_distance_to_average_5m,
                            ln((q_1.volume / q_1.volume_avg_15m)) AS volume_distance_to_average_15m,
                            o.volume_distance_to_average_60m,
                            o.volume_distance_to_average_240m
                           FROM (recorded q_1
                             FULL JOIN ( SELECT m.n,
CASE
 WHEN (m.volumes > 5) THEN ln((m.volume / past.volume[(m.i - 5)]))
 ELSE NULL::double precision
END AS volume_change_5m,
CASE
 WHEN (m.volumes > 15) THEN ln((m.volume / past.volume[(m.i - 15)]))
 ELSE NULL::double precision
END AS volume_change_15m,
CASE
 WHEN (m.volumes > 60) THEN ln((m.volume / past.volume[(m.i - 60)]))
 ELSE NULL::double precision
END AS volume_change_60m,
CASE
 WHEN (m.volumes > 240) THEN ln((m.volume / past.volume[(m.i - 240)]))
 ELSE NULL::double precision
END AS volume_change_240m,
CASE
 WHEN (m.volumes >= 60) THEN ((((past.moments[m.i] - past.moments[(m.i - 60)]) - ((((m.n)::numeric - 29.5))::double precision * (past.levels[m.i] - past.levels[(m.i - 60)]))) / (17995)::double precision) / ((1)::double precision + ((past.levels[m.i] - past.levels[(m.i - 60)]) / (60)::double precision)))
 ELSE NULL::double precision
END AS volume_slope_60m,
CASE
 WHEN (m.volumes >= 60) THEN ln((((1)::double precision + m.v) / ((1)::double precision + ((past.levels[m.i] - past.levels[(m.i - 60)]) / (60)::double precision))))
 ELSE NULL::double precision
END AS volume_distance_to_average_60m,
CASE
 WHEN (m.volumes >= 240) THEN ln((((1)::double precision + m.v) / ((1)::double precision + ((past.levels[m.i] - past.levels[(m.i - 240)]) / (240)::double precision))))
 ELSE NULL::double precision
END AS volume_distance_to_average_240m
                                   FROM (minutes m
                                     CROSS JOIN ( SELECT array_agg(s.volume) AS volume,
    array_agg(s.levels) AS levels,
    array_agg(s.moments) AS moments
   FROM ( SELECT COALESCE(m_1.volume, (0)::double precision) AS volume,
      COALESCE(sum(m_1.v) FILTER (WHERE (m_1.n >= '-240'::integer)) OVER w, (0)::double precision) AS levels,
      COALESCE(sum(((m_1.n)::double precision * m_1.v)) FILTER (WHERE (m_1.n >= '-240'::integer)) OVER w, (0)::double precision) AS moments
     FROM minutes m_1
    WINDOW w AS (ORDER BY m_1.n)
    ORDER BY m_1.n) s) past)
                                  WHERE (m.n >= 0)
                                 OFFSET 0) o USING (n))) q
                  WHERE (q.n >= 0)
                  ORDER BY q.n) group_8 ON ((group_8.n = l.n)))
             LEFT JOIN ( SELECT DISTINCT ON (q.n) q.n,
                    q.day_sin,
                    q.day_cos,
                    q.week_sin,
                    q.week_cos,
                    q.new_york_day_sin,
                    q.new_york_day_cos
                   FROM ( SELECT q_1.n,
                            sin(((((2)::double precision * pi()) * (mod((date_part('epoch'::text, q_1.ts))::bigint, (86400)::bigint))::double precision) / (86400)::double precision)) AS day_sin,
                            cos(((((2)::double precision * pi()) * (mod((date_part('epoch'::text, q_1.ts))::bigint, (86400)::bigint))::double precision) / (86400)::double precision)) AS day_cos,
                            sin(((((2)::double precision * pi()) * (mod((date_part('epoch'::text, q_1.ts))::bigint, (604800)::bigint))::double precision) / (604800)::double precision)) AS week_sin,
                            cos(((((2)::double precision * pi()) * (mod((date_part('epoch'::text, q_1.ts))::bigint, (604800)::bigint))::double precision) / (604800)::double precision)) AS week_cos,
                            sin(((((2)::double precision * pi()) * (mod((date_part('epoch'::text, (q_1.ts AT TIME ZONE 'America/New_York'::text)))::bigint, (86400)::bigint))::double precision) / (86400)::double precision)) AS new_york_day_sin,
                            cos(((((2)::double precision * pi()) * (mod((date_part('epoch'::text, (q_1.ts AT TIME ZONE 'America/New_York'::text)))::bigint, (86400)::bigint))::double precision) / (86400)::double precision)) AS new_york_day_cos
                           FROM recorded q_1) q
                  WHERE (q.n >= 0)
                  ORDER BY q.n) group_9 ON ((group_9.n = l.n)))
             LEFT JOIN ( SELECT DISTINCT ON (q.n) q.n,
                    q.minutes_since_move_of_30bp,
                    q.minutes_since_move_of_100bp
                   FROM ( SELECT s.n,
                                CASE
                                    WHEN (s.moves >= 240) THEN (LEAST((s.n - max(s.moved_30bp) OVER w), 225))::double precision
                                    ELSE NULL::double precision
                                END AS minutes_since_move_of_30bp,
                                CASE
                                    WHEN (s.moves >= 1440) THEN (LEAST((s.n - max(s.moved_100bp) OVER w), 1380))::double precision
                                    ELSE NULL::double precision
                                END AS minutes_since_move_of_100bp
                           FROM ( SELECT m.n,
                                    m.moves,
CASE
 WHEN ((m.moves >= 15) AND (abs((m.x - lag(m.x, 15) OVER w)) > (0.003)::double precision)) THEN m.n
 ELSE NULL::integer
END AS moved_30bp,
CASE
 WHEN ((m.moves >= 60) AND (abs((m.x - lag(m.x, 60) OVER w)) > (0.01)::double precision)) THEN m.n
 ELSE NULL::integer
END AS moved_100bp
                                   FROM minutes m
                                  WINDOW w AS (ORDER BY m.n)) s
                          WINDOW w AS (ORDER BY s.n)) q
                  WHERE (q.n >= 0)
                  ORDER BY q.n) group_10 ON ((group_10.n = l.n)))
          WHERE l.is_loaded
         OFFSET 0) v);


COMMENT ON VIEW market.minute_features_v1 IS 'Version 1 of minute_features, kept while a model rests on it';


COMMENT ON COLUMN market.minute_features_v1.symbol IS 'Name of the market';


COMMENT ON COLUMN market.minute_features_v1.day IS 'UTC date of ts; a predicate on it reads only those days';


COMMENT ON COLUMN market.minute_features_v1.ts IS 'End of the minute, UTC; every feature is known then';


COMMENT ON COLUMN market.minute_features_v1.return_1m IS 'Log return of last_price over 1 minute, ln(p[t] / p[t-1]); look-back 1 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features_v1.return_2m IS 'Log return of last_price over 2 minutes, ln(p[t] / p[t-2]); look-back 2 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features_v1.return_3m IS 'Log return of last_price over 3 minutes, ln(p[t] / p[t-3]); look-back 3 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features_v1.return_5m IS 'Log return of last_price over 5 minutes, ln(p[t] / p[t-5]); look-back 5 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features_v1.return_10m IS 'Log return of last_price over 10 minutes, ln(p[t] / p[t-10]); look-back 10 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features_v1.return_15m IS 'Log return of last_price over 15 minutes, ln(p[t] / p[t-15]); look-back 15 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features_v1.return_30m IS 'Log return of last_price over 30 minutes, ln(p[t] / p[t-30]); look-back 30 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features_v1.return_60m IS 'Log return of last_price over 60 minutes, ln(p[t] / p[t-60]); look-back 60 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features_v1.return_120m IS 'Log return of last_price over 120 minutes, ln(p[t] / p[t-120]); look-back 120 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features_v1.return_240m IS 'Log return of last_price over 240 minutes, ln(p[t] / p[t-240]); look-back 240 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features_v1.return_480m IS 'Log return of last_price over 480 minutes, ln(p[t] / p[t-480]); look-back 480 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features_v1.return_1440m IS 'Log return of last_price over 1440 minutes, ln(p[t] / p[t-1440]); look-back 1440 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features_v1.up_move_share_15m IS 'Share of rises in all moves, sum of max(r, 0) / sum of |r| over the 15 last one-minute log returns r, 0 to 1; look-back 15 min; NULL: a minute of it is missing, or the price did not move';


COMMENT ON COLUMN market.minute_features_v1.up_move_share_60m IS 'Share of rises in all moves, sum of max(r, 0) / sum of |r| over the 60 last one-minute log returns r, 0 to 1; look-back 60 min; NULL: a minute of it is missing, or the price did not move';


COMMENT ON COLUMN market.minute_features_v1.up_move_share_240m IS 'Share of rises in all moves, sum of max(r, 0) / sum of |r| over the 240 last one-minute log returns r, 0 to 1; look-back 240 min; NULL: a minute of it is missing, or the price did not move';


COMMENT ON COLUMN market.minute_features_v1.slope_5m IS 'Recorded price_deriv_5m over last_price, fraction of the price a minute; look-back 5 min at the source; NULL: not recorded';


COMMENT ON COLUMN market.minute_features_v1.slope_10m IS 'Recorded price_deriv_10m over last_price, fraction of the price a minute; look-back 10 min at the source; NULL: not recorded';


COMMENT ON COLUMN market.minute_features_v1.slope_15m IS 'Recorded price_deriv_15m over last_price, fraction of the price a minute; look-back 15 min at the source; NULL: not recorded';


COMMENT ON COLUMN market.minute_features_v1.slope_30m IS 'Recorded price_deriv_30m over last_price, fraction of the price a minute; look-back 30 min at the source; NULL: not recorded';


COMMENT ON COLUMN market.minute_features_v1.slope_60m IS 'Recorded price_deriv_1h over last_price, fraction of the price a minute; look-back 60 min at the source; NULL: not recorded';


COMMENT ON COLUMN market.minute_features_v1.slope_120m IS 'Least-squares slope of the 120 newest prices over last_price, as deriv over 2 h would record it, fraction of the price a minute; look-back 119 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features_v1.slope_240m IS 'Least-squares slope of the 240 newest prices over last_price, as deriv over 4 h would record it, fraction of the price a minute; look-back 239 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features_v1.slope_to_volatility_5m IS 'slope_5m / realised_volatility_60m, standard moves a minute; look-back 60 min; NULL: not recorded, a minute of it is missing, or the price did not move';


COMMENT ON COLUMN market.minute_features_v1.slope_to_volatility_15m IS 'slope_15m / realised_volatility_60m, standard moves a minute; look-back 60 min; NULL: not recorded, a minute of it is missing, or the price did not move';


COMMENT ON COLUMN market.minute_features_v1.slope_to_volatility_60m IS 'slope_60m / realised_volatility_60m, standard moves a minute; look-back 60 min; NULL: not recorded, a minute of it is missing, or the price did not move';


COMMENT ON COLUMN market.minute_features_v1.distance_to_average_5m IS 'ln(last_price / price_avg_5m); look-back 5 min at the source; NULL: not recorded';


COMMENT ON COLUMN market.minute_features_v1.distance_to_average_10m IS 'ln(last_price / price_avg_10m); look-back 10 min at the source; NULL: not recorded';


COMMENT ON COLUMN market.minute_features_v1.distance_to_average_15m IS 'ln(last_price / price_avg_15m); look-back 15 min at the source; NULL: not recorded';


COMMENT ON COLUMN market.minute_features_v1.distance_to_average_30m IS 'ln(last_price / price_avg_30m); look-back 30 min at the source; NULL: not recorded';


COMMENT ON COLUMN market.minute_features_v1.distance_to_average_60m IS 'ln(last_price / price_avg_1h); look-back 60 min at the source; NULL: not recorded';


COMMENT ON COLUMN market.minute_features_v1.distance_to_average_120m IS 'ln(last_price / mean of the 120 newest prices); look-back 119 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features_v1.distance_to_average_240m IS 'ln(last_price / mean of the 240 newest prices); look-back 239 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features_v1.distance_to_average_1440m IS 'ln(last_price / mean of the 1440 newest prices); look-back 1439 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features_v1.realised_volatility_5m IS 'Root mean square of the 5 last one-minute log returns, per square root of a minute; look-back 5 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features_v1.realised_volatility_10m IS 'Root mean square of the 10 last one-minute log returns, per square root of a minute; look-back 10 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features_v1.realised_volatility_15m IS 'Root mean square of the 15 last one-minute log returns, per square root of a minute; look-back 15 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features_v1.realised_volatility_30m IS 'Root mean square of the 30 last one-minute log returns, per square root of a minute; look-back 30 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features_v1.realised_volatility_60m IS 'Root mean square of the 60 last one-minute log returns, per square root of a minute; look-back 60 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features_v1.realised_volatility_120m IS 'Root mean square of the 120 last one-minute log returns, per square root of a minute; look-back 120 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features_v1.realised_volatility_240m IS 'Root mean square of the 240 last one-minute log returns, per square root of a minute; look-back 240 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features_v1.realised_volatility_480m IS 'Root mean square of the 480 last one-minute log returns, per square root of a minute; look-back 480 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features_v1.realised_volatility_1440m IS 'Root mean square of the 1440 last one-minute log returns, per square root of a minute; look-back 1440 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features_v1.volatility_ratio_5m_60m IS 'realised_volatility_5m / realised_volatility_60m, a ratio; look-back 60 min; NULL: a minute of it is missing, or the price did not move in all of it';


COMMENT ON COLUMN market.minute_features_v1.volatility_ratio_15m_240m IS 'realised_volatility_15m / realised_volatility_240m, a ratio; look-back 240 min; NULL: a minute of it is missing, or the price did not move in all of it';


COMMENT ON COLUMN market.minute_features_v1.volatility_ratio_60m_240m IS 'realised_volatility_60m / realised_volatility_240m, a ratio; look-back 240 min; NULL: a minute of it is missing, or the price did not move in all of it';


COMMENT ON COLUMN market.minute_features_v1.volatility_ratio_60m_1440m IS 'realised_volatility_60m / realised_volatility_1440m, a ratio; look-back 1440 min; NULL: a minute of it is missing, or the price did not move in all of it';


COMMENT ON COLUMN market.minute_features_v1.volatility_ratio_240m_1440m IS 'realised_volatility_240m / realised_volatility_1440m, a ratio; look-back 1440 min; NULL: a minute of it is missing, or the price did not move in all of it';


COMMENT ON COLUMN market.minute_features_v1.upside_variance_share_60m IS 'Sum of squares of the positive one-minute log returns over that of all, the 60 last, 0 to 1; look-back 60 min; NULL: a minute of it is missing, or the price did not move';


COMMENT ON COLUMN market.minute_features_v1.upside_variance_share_240m IS 'Sum of squares of the positive one-minute log returns over that of all, the 240 last, 0 to 1; look-back 240 min; NULL: a minute of it is missing, or the price did not move';


COMMENT ON COLUMN market.minute_features_v1.range_position_60m IS 'Place of ln(last_price) between the lowest and the highest of the 60 newest, 0 to 1; look-back 59 min; NULL: a minute of it is missing, or the price did not move';


COMMENT ON COLUMN market.minute_features_v1.range_position_240m IS 'Place of ln(last_price) between the lowest and the highest of the 240 newest, 0 to 1; look-back 239 min; NULL: a minute of it is missing, or the price did not move';


COMMENT ON COLUMN market.minute_features_v1.range_position_1440m IS 'Place of ln(last_price) between the lowest and the highest of the 1440 newest, 0 to 1; look-back 1439 min; NULL: a minute of it is missing, or the price did not move';


COMMENT ON COLUMN market.minute_features_v1.range_width_60m IS 'ln(highest / lowest) of the 60 newest prices; look-back 59 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features_v1.range_width_240m IS 'ln(highest / lowest) of the 240 newest prices; look-back 239 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features_v1.range_width_1440m IS 'ln(highest / lowest) of the 1440 newest prices; look-back 1439 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features_v1.drawdown_60m IS 'ln(last_price / highest of the 60 newest prices), 0 or less; look-back 59 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features_v1.drawdown_240m IS 'ln(last_price / highest of the 240 newest prices), 0 or less; look-back 239 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features_v1.drawdown_1440m IS 'ln(last_price / highest of the 1440 newest prices), 0 or less; look-back 1439 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features_v1.rsi_14m IS 'Relative strength index (Wilder) of last_price over 14 minutes, 0 to 100; averages cut off after 360 moves, whose weight is below 1e-10; look-back 360 min; NULL: a minute of it is missing, or the price did not move';


COMMENT ON COLUMN market.minute_features_v1.rsi_30m IS 'Relative strength index (Wilder) of last_price over 30 minutes, 0 to 100; averages cut off after 720 moves, whose weight is below 1e-10; look-back 720 min; NULL: a minute of it is missing, or the price did not move';


COMMENT ON COLUMN market.minute_features_v1.rsi_60m IS 'Relative strength index (Wilder) of last_price over 60 minutes, 0 to 100; averages cut off after 1440 moves, whose weight is below 1e-10; look-back 1440 min; NULL: a minute of it is missing, or the price did not move';


COMMENT ON COLUMN market.minute_features_v1.macd_to_volatility IS 'MACD, average over 12 minutes minus average over 26, in units of realised_volatility_60m; exponential averages of ln(last_price) cut off after 360 minutes, whose weight is below 1e-11; look-back 359 min; NULL: a minute of it is missing, or the price did not move';


COMMENT ON COLUMN market.minute_features_v1.macd_signal_to_volatility IS 'Average over 9 minutes of the MACD (12, 26) in units of realised_volatility_60m; exponential averages of ln(last_price) cut off after 360 minutes, whose weight is below 1e-11; look-back 359 min; NULL: a minute of it is missing, or the price did not move';


COMMENT ON COLUMN market.minute_features_v1.macd_histogram_to_volatility IS 'MACD (12, 26) minus its average over 9 minutes, in units of realised_volatility_60m; exponential averages of ln(last_price) cut off after 360 minutes, whose weight is below 1e-11; look-back 359 min; NULL: a minute of it is missing, or the price did not move';


COMMENT ON COLUMN market.minute_features_v1.bollinger_position IS 'Bollinger %B of last_price, 20 minutes and 2 population standard deviations: 0 at the lower band, 1 at the upper; look-back 19 min; NULL: a minute of it is missing, or the price did not move';


COMMENT ON COLUMN market.minute_features_v1.bollinger_width IS 'Upper minus lower Bollinger band (20 minutes, 2 population standard deviations) over their middle, a fraction; look-back 19 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features_v1.volume_change_5m IS 'ln of the 24 h volume gauge over its value 5 minutes ago; look-back 5 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features_v1.volume_change_15m IS 'ln of the 24 h volume gauge over its value 15 minutes ago; look-back 15 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features_v1.volume_change_60m IS 'ln of the 24 h volume gauge over its value 60 minutes ago; look-back 60 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features_v1.volume_change_240m IS 'ln of the 24 h volume gauge over its value 240 minutes ago; look-back 240 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features_v1.volume_slope_5m IS 'Recorded volume_deriv_5m over volume_avg_5m, fraction of the average a minute; look-back 5 min at the source; NULL: not recorded';


COMMENT ON COLUMN market.minute_features_v1.volume_slope_15m IS 'Recorded volume_deriv_15m over volume_avg_15m, fraction of the average a minute; look-back 15 min at the source; NULL: not recorded';


COMMENT ON COLUMN market.minute_features_v1.volume_slope_60m IS 'Least-squares slope of the 60 newest values of the 24 h volume gauge over their mean, fraction of the mean a minute; look-back 59 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features_v1.volume_acceleration IS 'volume_slope_5m - volume_slope_15m, fraction of the average a minute; look-back 15 min at the source; NULL: not recorded';


COMMENT ON COLUMN market.minute_features_v1.volume_distance_to_average_5m IS 'ln(volume_24h / volume_avg_5m); look-back 5 min at the source; NULL: not recorded';


COMMENT ON COLUMN market.minute_features_v1.volume_distance_to_average_15m IS 'ln(volume_24h / volume_avg_15m); look-back 15 min at the source; NULL: not recorded';


COMMENT ON COLUMN market.minute_features_v1.volume_distance_to_average_60m IS 'ln(volume_24h / mean of its 60 newest values); look-back 59 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features_v1.volume_distance_to_average_240m IS 'ln(volume_24h / mean of its 240 newest values); look-back 239 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features_v1.day_sin IS 'Sine of the time of the UTC day as a cycle, -1 to 1; look-back 0 min; never NULL';


COMMENT ON COLUMN market.minute_features_v1.day_cos IS 'Cosine of the time of the UTC day as a cycle, -1 to 1; look-back 0 min; never NULL';


COMMENT ON COLUMN market.minute_features_v1.week_sin IS 'Sine of the time of the UTC week as a cycle that begins on Thursday 00:00, -1 to 1; look-back 0 min; never NULL';


COMMENT ON COLUMN market.minute_features_v1.week_cos IS 'Cosine of the time of the UTC week as a cycle that begins on Thursday 00:00, -1 to 1; look-back 0 min; never NULL';


COMMENT ON COLUMN market.minute_features_v1.new_york_day_sin IS 'Sine of the time of the day in New York, its summer time included, as a cycle, -1 to 1; look-back 0 min; never NULL';


COMMENT ON COLUMN market.minute_features_v1.new_york_day_cos IS 'Cosine of the time of the day in New York, its summer time included, as a cycle, -1 to 1; look-back 0 min; never NULL';


COMMENT ON COLUMN market.minute_features_v1.minutes_since_move_of_30bp IS 'Minutes since the price last was more than 0.3 % (log return) from that of 15 minutes before; 225: not within 225 minutes; look-back 240 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features_v1.minutes_since_move_of_100bp IS 'Minutes since the price last was more than 1 % (log return) from that of 60 minutes before; 1380: not within 1380 minutes; look-back 1440 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features_v1.complete IS 'True: no feature is NULL';


CREATE VIEW market.minute_features AS
 SELECT minute_features_v1.symbol,
    minute_features_v1.day,
    minute_features_v1.ts,
    minute_features_v1.return_1m,
    minute_features_v1.return_2m,
    minute_features_v1.return_3m,
    minute_features_v1.return_5m,
    minute_features_v1.return_10m,
    minute_features_v1.return_15m,
    minute_features_v1.return_30m,
    minute_features_v1.return_60m,
    minute_features_v1.return_120m,
    minute_features_v1.return_240m,
    minute_features_v1.return_480m,
    minute_features_v1.return_1440m,
    minute_features_v1.up_move_share_15m,
    minute_features_v1.up_move_share_60m,
    minute_features_v1.up_move_share_240m,
    minute_features_v1.slope_5m,
    minute_features_v1.slope_10m,
    minute_features_v1.slope_15m,
    minute_features_v1.slope_30m,
    minute_features_v1.slope_60m,
    minute_features_v1.slope_120m,
    minute_features_v1.slope_240m,
    minute_features_v1.slope_to_volatility_5m,
    minute_features_v1.slope_to_volatility_15m,
    minute_features_v1.slope_to_volatility_60m,
    minute_features_v1.distance_to_average_5m,
    minute_features_v1.distance_to_average_10m,
    minute_features_v1.distance_to_average_15m,
    minute_features_v1.distance_to_average_30m,
    minute_features_v1.distance_to_average_60m,
    minute_features_v1.distance_to_average_120m,
    minute_features_v1.distance_to_average_240m,
    minute_features_v1.distance_to_average_1440m,
    minute_features_v1.realised_volatility_5m,
    minute_features_v1.realised_volatility_10m,
    minute_features_v1.realised_volatility_15m,
    minute_features_v1.realised_volatility_30m,
    minute_features_v1.realised_volatility_60m,
    minute_features_v1.realised_volatility_120m,
    minute_features_v1.realised_volatility_240m,
    minute_features_v1.realised_volatility_480m,
    minute_features_v1.realised_volatility_1440m,
    minute_features_v1.volatility_ratio_5m_60m,
    minute_features_v1.volatility_ratio_15m_240m,
    minute_features_v1.volatility_ratio_60m_240m,
    minute_features_v1.volatility_ratio_60m_1440m,
    minute_features_v1.volatility_ratio_240m_1440m,
    minute_features_v1.upside_variance_share_60m,
    minute_features_v1.upside_variance_share_240m,
    minute_features_v1.range_position_60m,
    minute_features_v1.range_position_240m,
    minute_features_v1.range_position_1440m,
    minute_features_v1.range_width_60m,
    minute_features_v1.range_width_240m,
    minute_features_v1.range_width_1440m,
    minute_features_v1.drawdown_60m,
    minute_features_v1.drawdown_240m,
    minute_features_v1.drawdown_1440m,
    minute_features_v1.rsi_14m,
    minute_features_v1.rsi_30m,
    minute_features_v1.rsi_60m,
    minute_features_v1.macd_to_volatility,
    minute_features_v1.macd_signal_to_volatility,
    minute_features_v1.macd_histogram_to_volatility,
    minute_features_v1.bollinger_position,
    minute_features_v1.bollinger_width,
    minute_features_v1.volume_change_5m,
    minute_features_v1.volume_change_15m,
    minute_features_v1.volume_change_60m,
    minute_features_v1.volume_change_240m,
    minute_features_v1.volume_slope_5m,
    minute_features_v1.volume_slope_15m,
    minute_features_v1.volume_slope_60m,
    minute_features_v1.volume_acceleration,
    minute_features_v1.volume_distance_to_average_5m,
    minute_features_v1.volume_distance_to_average_15m,
    minute_features_v1.volume_distance_to_average_60m,
    minute_features_v1.volume_distance_to_average_240m,
    minute_features_v1.day_sin,
    minute_features_v1.day_cos,
    minute_features_v1.week_sin,
    minute_features_v1.week_cos,
    minute_features_v1.new_york_day_sin,
    minute_features_v1.new_york_day_cos,
    minute_features_v1.minutes_since_move_of_30bp,
    minute_features_v1.minutes_since_move_of_100bp,
    minute_features_v1.complete
   FROM market.minute_features_v1;


COMMENT ON VIEW market.minute_features IS 'Version 1 of the features: one row a loaded minute; ask with symbol and day (features_between adds day)';


COMMENT ON COLUMN market.minute_features.symbol IS 'Name of the market';


COMMENT ON COLUMN market.minute_features.day IS 'UTC date of ts; a predicate on it reads only those days';


COMMENT ON COLUMN market.minute_features.ts IS 'End of the minute, UTC; every feature is known then';


COMMENT ON COLUMN market.minute_features.return_1m IS 'Log return of last_price over 1 minute, ln(p[t] / p[t-1]); look-back 1 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features.return_2m IS 'Log return of last_price over 2 minutes, ln(p[t] / p[t-2]); look-back 2 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features.return_3m IS 'Log return of last_price over 3 minutes, ln(p[t] / p[t-3]); look-back 3 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features.return_5m IS 'Log return of last_price over 5 minutes, ln(p[t] / p[t-5]); look-back 5 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features.return_10m IS 'Log return of last_price over 10 minutes, ln(p[t] / p[t-10]); look-back 10 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features.return_15m IS 'Log return of last_price over 15 minutes, ln(p[t] / p[t-15]); look-back 15 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features.return_30m IS 'Log return of last_price over 30 minutes, ln(p[t] / p[t-30]); look-back 30 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features.return_60m IS 'Log return of last_price over 60 minutes, ln(p[t] / p[t-60]); look-back 60 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features.return_120m IS 'Log return of last_price over 120 minutes, ln(p[t] / p[t-120]); look-back 120 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features.return_240m IS 'Log return of last_price over 240 minutes, ln(p[t] / p[t-240]); look-back 240 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features.return_480m IS 'Log return of last_price over 480 minutes, ln(p[t] / p[t-480]); look-back 480 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features.return_1440m IS 'Log return of last_price over 1440 minutes, ln(p[t] / p[t-1440]); look-back 1440 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features.up_move_share_15m IS 'Share of rises in all moves, sum of max(r, 0) / sum of |r| over the 15 last one-minute log returns r, 0 to 1; look-back 15 min; NULL: a minute of it is missing, or the price did not move';


COMMENT ON COLUMN market.minute_features.up_move_share_60m IS 'Share of rises in all moves, sum of max(r, 0) / sum of |r| over the 60 last one-minute log returns r, 0 to 1; look-back 60 min; NULL: a minute of it is missing, or the price did not move';


COMMENT ON COLUMN market.minute_features.up_move_share_240m IS 'Share of rises in all moves, sum of max(r, 0) / sum of |r| over the 240 last one-minute log returns r, 0 to 1; look-back 240 min; NULL: a minute of it is missing, or the price did not move';


COMMENT ON COLUMN market.minute_features.slope_5m IS 'Recorded price_deriv_5m over last_price, fraction of the price a minute; look-back 5 min at the source; NULL: not recorded';


COMMENT ON COLUMN market.minute_features.slope_10m IS 'Recorded price_deriv_10m over last_price, fraction of the price a minute; look-back 10 min at the source; NULL: not recorded';


COMMENT ON COLUMN market.minute_features.slope_15m IS 'Recorded price_deriv_15m over last_price, fraction of the price a minute; look-back 15 min at the source; NULL: not recorded';


COMMENT ON COLUMN market.minute_features.slope_30m IS 'Recorded price_deriv_30m over last_price, fraction of the price a minute; look-back 30 min at the source; NULL: not recorded';


COMMENT ON COLUMN market.minute_features.slope_60m IS 'Recorded price_deriv_1h over last_price, fraction of the price a minute; look-back 60 min at the source; NULL: not recorded';


COMMENT ON COLUMN market.minute_features.slope_120m IS 'Least-squares slope of the 120 newest prices over last_price, as deriv over 2 h would record it, fraction of the price a minute; look-back 119 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features.slope_240m IS 'Least-squares slope of the 240 newest prices over last_price, as deriv over 4 h would record it, fraction of the price a minute; look-back 239 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features.slope_to_volatility_5m IS 'slope_5m / realised_volatility_60m, standard moves a minute; look-back 60 min; NULL: not recorded, a minute of it is missing, or the price did not move';


COMMENT ON COLUMN market.minute_features.slope_to_volatility_15m IS 'slope_15m / realised_volatility_60m, standard moves a minute; look-back 60 min; NULL: not recorded, a minute of it is missing, or the price did not move';


COMMENT ON COLUMN market.minute_features.slope_to_volatility_60m IS 'slope_60m / realised_volatility_60m, standard moves a minute; look-back 60 min; NULL: not recorded, a minute of it is missing, or the price did not move';


COMMENT ON COLUMN market.minute_features.distance_to_average_5m IS 'ln(last_price / price_avg_5m); look-back 5 min at the source; NULL: not recorded';


COMMENT ON COLUMN market.minute_features.distance_to_average_10m IS 'ln(last_price / price_avg_10m); look-back 10 min at the source; NULL: not recorded';


COMMENT ON COLUMN market.minute_features.distance_to_average_15m IS 'ln(last_price / price_avg_15m); look-back 15 min at the source; NULL: not recorded';


COMMENT ON COLUMN market.minute_features.distance_to_average_30m IS 'ln(last_price / price_avg_30m); look-back 30 min at the source; NULL: not recorded';


COMMENT ON COLUMN market.minute_features.distance_to_average_60m IS 'ln(last_price / price_avg_1h); look-back 60 min at the source; NULL: not recorded';


COMMENT ON COLUMN market.minute_features.distance_to_average_120m IS 'ln(last_price / mean of the 120 newest prices); look-back 119 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features.distance_to_average_240m IS 'ln(last_price / mean of the 240 newest prices); look-back 239 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features.distance_to_average_1440m IS 'ln(last_price / mean of the 1440 newest prices); look-back 1439 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features.realised_volatility_5m IS 'Root mean square of the 5 last one-minute log returns, per square root of a minute; look-back 5 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features.realised_volatility_10m IS 'Root mean square of the 10 last one-minute log returns, per square root of a minute; look-back 10 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features.realised_volatility_15m IS 'Root mean square of the 15 last one-minute log returns, per square root of a minute; look-back 15 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features.realised_volatility_30m IS 'Root mean square of the 30 last one-minute log returns, per square root of a minute; look-back 30 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features.realised_volatility_60m IS 'Root mean square of the 60 last one-minute log returns, per square root of a minute; look-back 60 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features.realised_volatility_120m IS 'Root mean square of the 120 last one-minute log returns, per square root of a minute; look-back 120 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features.realised_volatility_240m IS 'Root mean square of the 240 last one-minute log returns, per square root of a minute; look-back 240 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features.realised_volatility_480m IS 'Root mean square of the 480 last one-minute log returns, per square root of a minute; look-back 480 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features.realised_volatility_1440m IS 'Root mean square of the 1440 last one-minute log returns, per square root of a minute; look-back 1440 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features.volatility_ratio_5m_60m IS 'realised_volatility_5m / realised_volatility_60m, a ratio; look-back 60 min; NULL: a minute of it is missing, or the price did not move in all of it';


COMMENT ON COLUMN market.minute_features.volatility_ratio_15m_240m IS 'realised_volatility_15m / realised_volatility_240m, a ratio; look-back 240 min; NULL: a minute of it is missing, or the price did not move in all of it';


COMMENT ON COLUMN market.minute_features.volatility_ratio_60m_240m IS 'realised_volatility_60m / realised_volatility_240m, a ratio; look-back 240 min; NULL: a minute of it is missing, or the price did not move in all of it';


COMMENT ON COLUMN market.minute_features.volatility_ratio_60m_1440m IS 'realised_volatility_60m / realised_volatility_1440m, a ratio; look-back 1440 min; NULL: a minute of it is missing, or the price did not move in all of it';


COMMENT ON COLUMN market.minute_features.volatility_ratio_240m_1440m IS 'realised_volatility_240m / realised_volatility_1440m, a ratio; look-back 1440 min; NULL: a minute of it is missing, or the price did not move in all of it';


COMMENT ON COLUMN market.minute_features.upside_variance_share_60m IS 'Sum of squares of the positive one-minute log returns over that of all, the 60 last, 0 to 1; look-back 60 min; NULL: a minute of it is missing, or the price did not move';


COMMENT ON COLUMN market.minute_features.upside_variance_share_240m IS 'Sum of squares of the positive one-minute log returns over that of all, the 240 last, 0 to 1; look-back 240 min; NULL: a minute of it is missing, or the price did not move';


COMMENT ON COLUMN market.minute_features.range_position_60m IS 'Place of ln(last_price) between the lowest and the highest of the 60 newest, 0 to 1; look-back 59 min; NULL: a minute of it is missing, or the price did not move';


COMMENT ON COLUMN market.minute_features.range_position_240m IS 'Place of ln(last_price) between the lowest and the highest of the 240 newest, 0 to 1; look-back 239 min; NULL: a minute of it is missing, or the price did not move';


COMMENT ON COLUMN market.minute_features.range_position_1440m IS 'Place of ln(last_price) between the lowest and the highest of the 1440 newest, 0 to 1; look-back 1439 min; NULL: a minute of it is missing, or the price did not move';


COMMENT ON COLUMN market.minute_features.range_width_60m IS 'ln(highest / lowest) of the 60 newest prices; look-back 59 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features.range_width_240m IS 'ln(highest / lowest) of the 240 newest prices; look-back 239 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features.range_width_1440m IS 'ln(highest / lowest) of the 1440 newest prices; look-back 1439 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features.drawdown_60m IS 'ln(last_price / highest of the 60 newest prices), 0 or less; look-back 59 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features.drawdown_240m IS 'ln(last_price / highest of the 240 newest prices), 0 or less; look-back 239 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features.drawdown_1440m IS 'ln(last_price / highest of the 1440 newest prices), 0 or less; look-back 1439 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features.rsi_14m IS 'Relative strength index (Wilder) of last_price over 14 minutes, 0 to 100; averages cut off after 360 moves, whose weight is below 1e-10; look-back 360 min; NULL: a minute of it is missing, or the price did not move';


COMMENT ON COLUMN market.minute_features.rsi_30m IS 'Relative strength index (Wilder) of last_price over 30 minutes, 0 to 100; averages cut off after 720 moves, whose weight is below 1e-10; look-back 720 min; NULL: a minute of it is missing, or the price did not move';


COMMENT ON COLUMN market.minute_features.rsi_60m IS 'Relative strength index (Wilder) of last_price over 60 minutes, 0 to 100; averages cut off after 1440 moves, whose weight is below 1e-10; look-back 1440 min; NULL: a minute of it is missing, or the price did not move';


COMMENT ON COLUMN market.minute_features.macd_to_volatility IS 'MACD, average over 12 minutes minus average over 26, in units of realised_volatility_60m; exponential averages of ln(last_price) cut off after 360 minutes, whose weight is below 1e-11; look-back 359 min; NULL: a minute of it is missing, or the price did not move';


COMMENT ON COLUMN market.minute_features.macd_signal_to_volatility IS 'Average over 9 minutes of the MACD (12, 26) in units of realised_volatility_60m; exponential averages of ln(last_price) cut off after 360 minutes, whose weight is below 1e-11; look-back 359 min; NULL: a minute of it is missing, or the price did not move';


COMMENT ON COLUMN market.minute_features.macd_histogram_to_volatility IS 'MACD (12, 26) minus its average over 9 minutes, in units of realised_volatility_60m; exponential averages of ln(last_price) cut off after 360 minutes, whose weight is below 1e-11; look-back 359 min; NULL: a minute of it is missing, or the price did not move';


COMMENT ON COLUMN market.minute_features.bollinger_position IS 'Bollinger %B of last_price, 20 minutes and 2 population standard deviations: 0 at the lower band, 1 at the upper; look-back 19 min; NULL: a minute of it is missing, or the price did not move';


COMMENT ON COLUMN market.minute_features.bollinger_width IS 'Upper minus lower Bollinger band (20 minutes, 2 population standard deviations) over their middle, a fraction; look-back 19 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features.volume_change_5m IS 'ln of the 24 h volume gauge over its value 5 minutes ago; look-back 5 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features.volume_change_15m IS 'ln of the 24 h volume gauge over its value 15 minutes ago; look-back 15 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features.volume_change_60m IS 'ln of the 24 h volume gauge over its value 60 minutes ago; look-back 60 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features.volume_change_240m IS 'ln of the 24 h volume gauge over its value 240 minutes ago; look-back 240 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features.volume_slope_5m IS 'Recorded volume_deriv_5m over volume_avg_5m, fraction of the average a minute; look-back 5 min at the source; NULL: not recorded';


COMMENT ON COLUMN market.minute_features.volume_slope_15m IS 'Recorded volume_deriv_15m over volume_avg_15m, fraction of the average a minute; look-back 15 min at the source; NULL: not recorded';


COMMENT ON COLUMN market.minute_features.volume_slope_60m IS 'Least-squares slope of the 60 newest values of the 24 h volume gauge over their mean, fraction of the mean a minute; look-back 59 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features.volume_acceleration IS 'volume_slope_5m - volume_slope_15m, fraction of the average a minute; look-back 15 min at the source; NULL: not recorded';


COMMENT ON COLUMN market.minute_features.volume_distance_to_average_5m IS 'ln(volume_24h / volume_avg_5m); look-back 5 min at the source; NULL: not recorded';


COMMENT ON COLUMN market.minute_features.volume_distance_to_average_15m IS 'ln(volume_24h / volume_avg_15m); look-back 15 min at the source; NULL: not recorded';


COMMENT ON COLUMN market.minute_features.volume_distance_to_average_60m IS 'ln(volume_24h / mean of its 60 newest values); look-back 59 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features.volume_distance_to_average_240m IS 'ln(volume_24h / mean of its 240 newest values); look-back 239 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features.day_sin IS 'Sine of the time of the UTC day as a cycle, -1 to 1; look-back 0 min; never NULL';


COMMENT ON COLUMN market.minute_features.day_cos IS 'Cosine of the time of the UTC day as a cycle, -1 to 1; look-back 0 min; never NULL';


COMMENT ON COLUMN market.minute_features.week_sin IS 'Sine of the time of the UTC week as a cycle that begins on Thursday 00:00, -1 to 1; look-back 0 min; never NULL';


COMMENT ON COLUMN market.minute_features.week_cos IS 'Cosine of the time of the UTC week as a cycle that begins on Thursday 00:00, -1 to 1; look-back 0 min; never NULL';


COMMENT ON COLUMN market.minute_features.new_york_day_sin IS 'Sine of the time of the day in New York, its summer time included, as a cycle, -1 to 1; look-back 0 min; never NULL';


COMMENT ON COLUMN market.minute_features.new_york_day_cos IS 'Cosine of the time of the day in New York, its summer time included, as a cycle, -1 to 1; look-back 0 min; never NULL';


COMMENT ON COLUMN market.minute_features.minutes_since_move_of_30bp IS 'Minutes since the price last was more than 0.3 % (log return) from that of 15 minutes before; 225: not within 225 minutes; look-back 240 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features.minutes_since_move_of_100bp IS 'Minutes since the price last was more than 1 % (log return) from that of 60 minutes before; 1380: not within 1380 minutes; look-back 1440 min; NULL: a minute of it is missing';


COMMENT ON COLUMN market.minute_features.complete IS 'True: no feature is NULL';


CREATE FUNCTION market.features_between(p_symbol text, p_from timestamp with time zone, p_to timestamp with time zone) RETURNS SETOF market.minute_features
    LANGUAGE sql STABLE PARALLEL SAFE
    SET jit TO 'off'
    BEGIN ATOMIC
 SELECT f.symbol,
     f.day,
     f.ts,
     f.return_1m,
     f.return_2m,
     f.return_3m,
     f.return_5m,
     f.return_10m,
     f.return_15m,
     f.return_30m,
     f.return_60m,
     f.return_120m,
     f.return_240m,
     f.return_480m,
     f.return_1440m,
     f.up_move_share_15m,
     f.up_move_share_60m,
     f.up_move_share_240m,
     f.slope_5m,
     f.slope_10m,
     f.slope_15m,
     f.slope_30m,
     f.slope_60m,
     f.slope_120m,
     f.slope_240m,
     f.slope_to_volatility_5m,
     f.slope_to_volatility_15m,
     f.slope_to_volatility_60m,
     f.distance_to_average_5m,
     f.distance_to_average_10m,
     f.distance_to_average_15m,
     f.distance_to_average_30m,
     f.distance_to_average_60m,
     f.distance_to_average_120m,
     f.distance_to_average_240m,
     f.distance_to_average_1440m,
     f.realised_volatility_5m,
     f.realised_volatility_10m,
     f.realised_volatility_15m,
     f.realised_volatility_30m,
     f.realised_volatility_60m,
     f.realised_volatility_120m,
     f.realised_volatility_240m,
     f.realised_volatility_480m,
     f.realised_volatility_1440m,
     f.volatility_ratio_5m_60m,
     f.volatility_ratio_15m_240m,
     f.volatility_ratio_60m_240m,
     f.volatility_ratio_60m_1440m,
     f.volatility_ratio_240m_1440m,
     f.upside_variance_share_60m,
     f.upside_variance_share_240m,
     f.range_position_60m,
     f.range_position_240m,
     f.range_position_1440m,
     f.range_width_60m,
     f.range_width_240m,
     f.range_width_1440m,
     f.drawdown_60m,
     f.drawdown_240m,
     f.drawdown_1440m,
     f.rsi_14m,
     f.rsi_30m,
     f.rsi_60m,
     f.macd_to_volatility,
     f.macd_signal_to_volatility,
     f.macd_histogram_to_volatility,
     f.bollinger_position,
     f.bollinger_width,
     f.volume_change_5m,
     f.volume_change_15m,
     f.volume_change_60m,
     f.volume_change_240m,
     f.volume_slope_5m,
     f.volume_slope_15m,
     f.volume_slope_60m,
     f.volume_acceleration,
     f.volume_distance_to_average_5m,
     f.volume_distance_to_average_15m,
     f.volume_distance_to_average_60m,
     f.volume_distance_to_average_240m,
     f.day_sin,
     f.day_cos,
     f.week_sin,
     f.week_cos,
     f.new_york_day_sin,
     f.new_york_day_cos,
     f.minutes_since_move_of_30bp,
     f.minutes_since_move_of_100bp,
     f.complete
    FROM market.minute_features f
   WHERE ((f.symbol = features_between.p_symbol) AND (f.day >= ((features_between.p_from AT TIME ZONE 'UTC'::text))::date) AND (f.day <= (((features_between.p_to - '00:00:00.000001'::interval) AT TIME ZONE 'UTC'::text))::date) AND (f.ts >= features_between.p_from) AND (f.ts < features_between.p_to))
   ORDER BY f.ts;
END;


COMMENT ON FUNCTION market.features_between(p_symbol text, p_from timestamp with time zone, p_to timestamp with time zone) IS 'Features of a symbol''s minutes in [from, to), in order of ts; reads only the days of the range';


CREATE FUNCTION market.label_classes(p_symbol text, p_from timestamp with time zone, p_to timestamp with time zone, p_horizon_minutes integer, p_threshold double precision) RETURNS TABLE(ts timestamp with time zone, label_end timestamp with time zone, forward_log_return double precision, label text)
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    SET search_path TO 'market', 'public'
    SET jit TO 'off'
    AS $$
BEGIN
    IF p_horizon_minutes IS NULL OR p_horizon_minutes NOT IN (15, 30, 45, 60, 120, 240) THEN
        RAISE EXCEPTION 'There are labels over 15, 30, 45, 60, 120 and 240 minutes; a horizon of % was asked for', p_horizon_minutes
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF p_threshold IS NULL OR NOT (p_threshold > 0 AND p_threshold < 'Infinity') THEN
        RAISE EXCEPTION 'A threshold is a fraction above zero, such as 0.005 for 0.5 %%; % was asked for', p_threshold
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN QUERY
    SELECT
        m.ts,
        m.label_end,
        m.forward_log_return,
        CASE
            WHEN exp(m.forward_log_return) - 1 > p_threshold + 1e-13 THEN 'UP'
            WHEN exp(m.forward_log_return) - 1 < -(p_threshold + 1e-13) THEN 'DOWN'
            WHEN m.forward_log_return IS NOT NULL THEN 'SIDEWAYS'
        END AS label
    FROM (
        SELECT
            l.ts,
            CASE p_horizon_minutes
                WHEN 15 THEN l.label_end_15m
                WHEN 30 THEN l.label_end_30m
                WHEN 45 THEN l.label_end_45m
                WHEN 60 THEN l.label_end_1h
                WHEN 120 THEN l.label_end_2h
                WHEN 240 THEN l.label_end_4h
            END AS label_end,
            CASE p_horizon_minutes
                WHEN 15 THEN l.forward_log_return_15m
                WHEN 30 THEN l.forward_log_return_30m
                WHEN 45 THEN l.forward_log_return_45m
                WHEN 60 THEN l.forward_log_return_1h
                WHEN 120 THEN l.forward_log_return_2h
                WHEN 240 THEN l.forward_log_return_4h
            END AS forward_log_return
        FROM minute_labels AS l
        WHERE
            l.symbol = p_symbol
            AND l.day >= (p_from AT TIME ZONE 'UTC')::date
            AND l.day <= ((p_to - INTERVAL '1 microsecond') AT TIME ZONE 'UTC')::date
            AND l.ts >= p_from
            AND l.ts < p_to
    ) AS m
    ORDER BY m.ts;
END;
$$;


COMMENT ON FUNCTION market.label_classes(p_symbol text, p_from timestamp with time zone, p_to timestamp with time zone, p_horizon_minutes integer, p_threshold double precision) IS 'One row a loaded minute of the symbol in [from, to), in order of ts; reads only the days of the range. ts, UTC: end of the minute, where the label begins. label_end, UTC: last market time that it rests on, ts + horizon. forward_log_return: ln(p[ts + horizon] / p[ts]). label: UP where exp(forward_log_return) - 1 is above the threshold (a fraction: 0.005 is 0.5 %), DOWN where it is below minus the threshold, SIDEWAYS otherwise. All three NULL: a minute of [ts, ts + horizon] has no price, is missing or not there yet. Horizons: 15, 30, 45, 60, 120, 240 minutes. Looks forward: never an input of a model';


CREATE TABLE market.settled_outcomes (
    signal_id bigint NOT NULL,
    version integer NOT NULL,
    symbol text NOT NULL,
    ts timestamp with time zone NOT NULL,
    horizon_minutes integer NOT NULL,
    threshold numeric(6,5) NOT NULL,
    forward_return double precision,
    outcome text,
    opens_position boolean NOT NULL,
    entry_at timestamp with time zone,
    entry_price double precision,
    exit_at timestamp with time zone,
    exit_price double precision,
    exit_reason text,
    net_return double precision,
    settled_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT settled_outcomes_exit_reason_check CHECK ((exit_reason = ANY (ARRAY['STOP'::text, 'TARGET'::text, 'TIME'::text]))),
    CONSTRAINT settled_outcomes_outcome_check CHECK ((outcome = ANY (ARRAY['UP'::text, 'SIDEWAYS'::text, 'DOWN'::text]))),
    CONSTRAINT settled_outcomes_version_check CHECK ((version > 0))
);


COMMENT ON TABLE market.settled_outcomes IS 'Append-only: what the price did by the horizon of a scored signal. Minutes that were corrected later settle it again as a further version';


COMMENT ON COLUMN market.settled_outcomes.signal_id IS 'Number of the signal';


COMMENT ON COLUMN market.settled_outcomes.version IS 'Counted up from 1; the largest is in force';


COMMENT ON COLUMN market.settled_outcomes.symbol IS 'Name of the market';


COMMENT ON COLUMN market.settled_outcomes.ts IS 'End of the minute that the signal answers, UTC';


COMMENT ON COLUMN market.settled_outcomes.horizon_minutes IS 'How far ahead it looked, minutes';


COMMENT ON COLUMN market.settled_outcomes.threshold IS 'Move that it calls UP or DOWN, a fraction';


COMMENT ON COLUMN market.settled_outcomes.forward_return IS 'Price at ts + horizon over the price at ts, minus 1, by the minutes as they were when it was settled; NULL: the minute at the horizon has no price, and a position is known all the same';


COMMENT ON COLUMN market.settled_outcomes.outcome IS 'UP, SIDEWAYS or DOWN, as it came; NULL as for forward_return';


COMMENT ON COLUMN market.settled_outcomes.opens_position IS 'True: BUY or SELL at a time when the cell held no position of an earlier signal of its kind (live, or of the challenger); late signals open none';


COMMENT ON COLUMN market.settled_outcomes.entry_at IS 'Minute at whose price one could have entered, UTC; NULL unless BUY or SELL, for late signals, which nobody could act on, and where that minute has no price';


COMMENT ON COLUMN market.settled_outcomes.entry_price IS 'last_price of that minute, quote currency; NULL as for entry_at';


COMMENT ON COLUMN market.settled_outcomes.exit_at IS 'Minute at whose price it is left, UTC: the one after stop or target was touched, or a horizon after the entry; where that minute has no price, the next one that has; NULL as for entry_at';


COMMENT ON COLUMN market.settled_outcomes.exit_price IS 'last_price of that minute, quote currency; NULL as for entry_at';


COMMENT ON COLUMN market.settled_outcomes.exit_reason IS 'STOP, TARGET or TIME, whichever came first, judged on minute closes: touches inside a minute are unseen; NULL as for entry_at';


COMMENT ON COLUMN market.settled_outcomes.net_return IS 'Return of the side taken from entry to exit minus the round trip''s cost, a fraction; NULL as for entry_at';


COMMENT ON COLUMN market.settled_outcomes.settled_at IS 'When this version was written';


CREATE SEQUENCE market.signal_ids
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


CREATE TABLE market.signals (
    signal_id bigint DEFAULT nextval('market.signal_ids'::regclass) NOT NULL,
    symbol text NOT NULL,
    ts timestamp with time zone NOT NULL,
    horizon_minutes integer NOT NULL,
    threshold numeric(6,5) NOT NULL,
    model_id bigint,
    p_down double precision,
    p_sideways double precision,
    p_up double precision,
    base_rate_down double precision,
    base_rate_sideways double precision,
    base_rate_up double precision,
    prediction text,
    confidence double precision,
    side text NOT NULL,
    reason text,
    expected_edge_bps double precision,
    cost_bps_per_side double precision NOT NULL,
    reference_price double precision,
    stop_loss_price double precision,
    take_profit_price double precision,
    cutoff_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone NOT NULL,
    executable_at timestamp with time zone NOT NULL,
    latency_seconds double precision NOT NULL,
    inputs_hash text,
    is_shadow boolean DEFAULT false NOT NULL,
    is_late boolean NOT NULL,
    is_simulated boolean NOT NULL,
    environment_id integer,
    stop_loss_volatilities double precision,
    take_profit_volatilities double precision,
    reason_code text,
    CONSTRAINT signals_check CHECK (((side = 'ABSTAIN'::text) = (p_up IS NULL))),
    CONSTRAINT signals_check1 CHECK (((side = 'ABSTAIN'::text) OR (num_nulls(model_id, p_down, p_sideways, p_up, prediction, confidence, inputs_hash, reference_price) = 0))),
    CONSTRAINT signals_check2 CHECK (((side <> 'ABSTAIN'::text) OR ((num_nonnulls(p_down, p_sideways, p_up, prediction, confidence) = 0) AND (reason IS NOT NULL)))),
    CONSTRAINT signals_prediction_check CHECK ((prediction = ANY (ARRAY['UP'::text, 'SIDEWAYS'::text, 'DOWN'::text]))),
    CONSTRAINT signals_reason_code_check CHECK ((reason_code = ANY (ARRAY['no_edge'::text, 'may_not_trade'::text, 'missing_minute'::text, 'missing_input'::text, 'stale_input'::text, 'out_of_range'::text, 'model_too_old'::text, 'kill_switch'::text, 'failed_check'::text, 'model_refused'::text, 'features_lost'::text]))),
    CONSTRAINT signals_side_check CHECK ((side = ANY (ARRAY['BUY'::text, 'SELL'::text, 'HOLD'::text, 'ABSTAIN'::text])))
)
WITH (autovacuum_vacuum_insert_scale_factor='0', autovacuum_vacuum_insert_threshold='10000');


COMMENT ON TABLE market.signals IS 'Append-only: one row a live cell and minute, ABSTAIN included. Paper only: nothing here sends an order';


COMMENT ON COLUMN market.signals.signal_id IS 'Number of the signal';


COMMENT ON COLUMN market.signals.symbol IS 'Name of the market';


COMMENT ON COLUMN market.signals.ts IS 'End of the minute that the signal answers, UTC';


COMMENT ON COLUMN market.signals.horizon_minutes IS 'How far ahead it looks, minutes';


COMMENT ON COLUMN market.signals.threshold IS 'Move that it calls UP or DOWN, a fraction: 0.005 is 0.5 %';


COMMENT ON COLUMN market.signals.model_id IS 'Champion that scored it; NULL: there was none, or it was not asked';


COMMENT ON COLUMN market.signals.p_down IS 'Probability that the price falls by more than the threshold at the horizon; NULL on ABSTAIN';


COMMENT ON COLUMN market.signals.p_sideways IS 'Probability that the price stays within the threshold; NULL on ABSTAIN';


COMMENT ON COLUMN market.signals.p_up IS 'Probability that the price rises by more than the threshold at the horizon; NULL on ABSTAIN';


COMMENT ON COLUMN market.signals.base_rate_down IS 'Share of DOWN in the model''s training rows: what p_down is to be compared with; NULL on ABSTAIN';


COMMENT ON COLUMN market.signals.base_rate_sideways IS 'Share of SIDEWAYS in the model''s training rows; NULL on ABSTAIN';


COMMENT ON COLUMN market.signals.base_rate_up IS 'Share of UP in the model''s training rows; NULL on ABSTAIN';


COMMENT ON COLUMN market.signals.prediction IS 'UP, SIDEWAYS or DOWN by the model''s cut-offs; NULL on ABSTAIN';


COMMENT ON COLUMN market.signals.confidence IS 'Probability of prediction, to be read beside its base rate; NULL on ABSTAIN';


COMMENT ON COLUMN market.signals.side IS 'BUY, SELL, HOLD (scored, no trade worth it) or ABSTAIN (not scored)';


COMMENT ON COLUMN market.signals.reason IS 'Why HOLD or ABSTAIN; NULL on BUY and SELL';


COMMENT ON COLUMN market.signals.expected_edge_bps IS 'Expected return of the better side after the round trip''s cost, basis points; NULL on ABSTAIN';


COMMENT ON COLUMN market.signals.cost_bps_per_side IS 'Cost that was assumed, basis points a side';


COMMENT ON COLUMN market.signals.reference_price IS 'last_price of the minute, quote currency; NULL: it had none';


COMMENT ON COLUMN market.signals.stop_loss_price IS 'Stop, quote currency, judged on minute closes: touches inside a minute are unseen; NULL unless BUY or SELL';


COMMENT ON COLUMN market.signals.take_profit_price IS 'Target, quote currency, judged on minute closes: touches inside a minute are unseen; NULL unless BUY or SELL';


COMMENT ON COLUMN market.signals.cutoff_at IS 'Last market time that the inputs hold, UTC';


COMMENT ON COLUMN market.signals.decided_at IS 'When the row was written, by the pipeline''s clock';


COMMENT ON COLUMN market.signals.executable_at IS 'First minute end at which one could have acted on it, UTC';


COMMENT ON COLUMN market.signals.latency_seconds IS 'decided_at minus ts, seconds';


COMMENT ON COLUMN market.signals.inputs_hash IS 'SHA-256 of the row of signal_inputs that was scored, or abstained from as missing_input, stale_input or out_of_range, hexadecimal; NULL on other ABSTAIN, where the minute is not held, or on ABSTAIN written before the schema''s 0006';


COMMENT ON COLUMN market.signals.is_shadow IS 'True: by a challenger, not to be acted on';


COMMENT ON COLUMN market.signals.is_late IS 'True: decided too long after the minute to have been acted on; never counted as live';


COMMENT ON COLUMN market.signals.is_simulated IS 'True: the market is the bundled lab''s, not real';


COMMENT ON COLUMN market.signals.environment_id IS 'Libraries and platform that scored it, see scoring_environments; NULL on ABSTAIN, or written before the schema''s 0006';


COMMENT ON COLUMN market.signals.stop_loss_volatilities IS 'Distance of the stop that was in force, volatilities of the horizon; NULL: written before the schema''s 0006';


COMMENT ON COLUMN market.signals.take_profit_volatilities IS 'Distance of the target that was in force, volatilities of the horizon; NULL: written before the schema''s 0006';


COMMENT ON COLUMN market.signals.reason_code IS 'Why, as a word to count by. HOLD: no_edge, may_not_trade. ABSTAIN: missing_minute, missing_input, stale_input, out_of_range, model_too_old, kill_switch, failed_check, model_refused, features_lost. NULL on BUY and SELL, or written before the schema''s 0006';


CREATE FUNCTION market.live_calibration(p_symbol text, p_horizon_minutes integer, p_threshold numeric, p_from timestamp with time zone DEFAULT (now() - '30 days'::interval), p_to timestamp with time zone DEFAULT 'infinity'::timestamp with time zone) RETURNS TABLE(model_id bigint, outcome text, bin integer, promised double precision, delivered double precision, signals bigint, delivered_count bigint)
    LANGUAGE sql STABLE PARALLEL SAFE
    BEGIN ATOMIC
 WITH newest AS MATERIALIZED (
          SELECT DISTINCT ON (k.signal_id) k.signal_id,
             k.outcome
            FROM market.settled_outcomes k
           WHERE ((k.symbol = live_calibration.p_symbol) AND (k.horizon_minutes = live_calibration.p_horizon_minutes) AND (k.threshold = live_calibration.p_threshold) AND (k.ts >= live_calibration.p_from) AND (k.ts < live_calibration.p_to))
           ORDER BY k.signal_id, k.version DESC
         ), cells AS MATERIALIZED (
          SELECT s.model_id,
             (LEAST(floor((s.p_up * (10)::double precision)), (9)::double precision))::integer AS bin_up,
             (LEAST(floor((s.p_down * (10)::double precision)), (9)::double precision))::integer AS bin_down,
             sum(s.p_up) AS p_up,
             sum(s.p_down) AS p_down,
             count(*) FILTER (WHERE (o.outcome = 'UP'::text)) AS came_up,
             count(*) FILTER (WHERE (o.outcome = 'DOWN'::text)) AS came_down,
             count(*) AS signals
            FROM (market.signals s
              JOIN newest o ON ((s.signal_id = o.signal_id)))
           WHERE ((s.symbol = live_calibration.p_symbol) AND (s.horizon_minutes = live_calibration.p_horizon_minutes) AND (s.threshold = live_calibration.p_threshold) AND (NOT s.is_shadow) AND (NOT s.is_late) AND (s.ts >= live_calibration.p_from) AND (s.ts < live_calibration.p_to) AND (o.outcome IS NOT NULL))
           GROUP BY s.model_id, ((LEAST(floor((s.p_up * (10)::double precision)), (9)::double precision))::integer), ((LEAST(floor((s.p_down * (10)::double precision)), (9)::double precision))::integer)
         )
  SELECT c.model_id,
     b.outcome,
     b.bin,
     (sum(b.p) / (sum(c.signals))::double precision) AS promised,
     ((sum(b.came))::double precision / (sum(c.signals))::double precision) AS delivered,
     (sum(c.signals))::bigint AS signals,
     (sum(b.came))::bigint AS delivered_count
    FROM (cells c
      CROSS JOIN LATERAL ( VALUES ('UP'::text,c.bin_up,c.p_up,c.came_up), ('DOWN'::text,c.bin_down,c.p_down,c.came_down)) b(outcome, bin, p, came))
   GROUP BY c.model_id, b.outcome, b.bin
   ORDER BY c.model_id, b.outcome, b.bin;
END;


COMMENT ON FUNCTION market.live_calibration(p_symbol text, p_horizon_minutes integer, p_threshold numeric, p_from timestamp with time zone, p_to timestamp with time zone) IS 'Reliability of the live signals of a cell with ts in [from, to), the last 30 days unless said: one row a model, outcome (UP, DOWN) and bin of its probability. bin: 0 is [0, 0.1), 9 is [0.9, 1]; promised: mean probability; delivered: share that came; signals: settled ones in the bin; delivered_count: how many came. Neighbouring minutes overlap: the counts look like more evidence than they are';


CREATE TABLE market.metric_arrivals (
    symbol text NOT NULL,
    ts timestamp with time zone NOT NULL,
    metrics text[] NOT NULL,
    seen_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);


COMMENT ON TABLE market.metric_arrivals IS 'First values of columns that were NULL in a row that was already there: late, not corrected';


COMMENT ON COLUMN market.metric_arrivals.symbol IS 'Name of the market';


COMMENT ON COLUMN market.metric_arrivals.ts IS 'End of the minute, UTC';


COMMENT ON COLUMN market.metric_arrivals.metrics IS 'Columns of minute_metrics that got their first value';


COMMENT ON COLUMN market.metric_arrivals.seen_at IS 'When we saw them';


CREATE TABLE market.metric_revisions (
    symbol text NOT NULL,
    ts timestamp with time zone NOT NULL,
    metric text NOT NULL,
    old_value double precision NOT NULL,
    new_value double precision NOT NULL,
    seen_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);


COMMENT ON TABLE market.metric_revisions IS 'One row a corrected value: a first value for a NULL column is an arrival and is not here';


COMMENT ON COLUMN market.metric_revisions.symbol IS 'Name of the market';


COMMENT ON COLUMN market.metric_revisions.ts IS 'End of the minute that was corrected, UTC';


COMMENT ON COLUMN market.metric_revisions.metric IS 'Column of minute_metrics';


COMMENT ON COLUMN market.metric_revisions.old_value IS 'Value before the correction, in the column''s unit';


COMMENT ON COLUMN market.metric_revisions.new_value IS 'Value after the correction, in the column''s unit';


COMMENT ON COLUMN market.metric_revisions.seen_at IS 'When we saw it';


CREATE FUNCTION market.minute_metrics_as_of(known_at timestamp with time zone) RETURNS TABLE(symbol text, ts timestamp with time zone, last_price double precision, price_deriv_5m double precision, price_deriv_10m double precision, price_deriv_15m double precision, price_deriv_30m double precision, price_deriv_1h double precision, price_avg_5m double precision, price_avg_10m double precision, price_avg_15m double precision, price_avg_30m double precision, price_avg_1h double precision, volume_24h double precision, volume_deriv_5m double precision, volume_deriv_15m double precision, volume_avg_5m double precision, volume_avg_15m double precision)
    LANGUAGE sql STABLE PARALLEL SAFE
    BEGIN ATOMIC
 SELECT m.symbol,
     m.ts,
         CASE
             WHEN ('last_price'::text = ANY (a.metrics)) THEN NULL::double precision
             WHEN (r.old ? 'last_price'::text) THEN ((r.old ->> 'last_price'::text))::double precision
             ELSE m.last_price
         END AS last_price,
         CASE
             WHEN ('price_deriv_5m'::text = ANY (a.metrics)) THEN NULL::double precision
             WHEN (r.old ? 'price_deriv_5m'::text) THEN ((r.old ->> 'price_deriv_5m'::text))::double precision
             ELSE m.price_deriv_5m
         END AS price_deriv_5m,
         CASE
             WHEN ('price_deriv_10m'::text = ANY (a.metrics)) THEN NULL::double precision
             WHEN (r.old ? 'price_deriv_10m'::text) THEN ((r.old ->> 'price_deriv_10m'::text))::double precision
             ELSE m.price_deriv_10m
         END AS price_deriv_10m,
         CASE
             WHEN ('price_deriv_15m'::text = ANY (a.metrics)) THEN NULL::double precision
             WHEN (r.old ? 'price_deriv_15m'::text) THEN ((r.old ->> 'price_deriv_15m'::text))::double precision
             ELSE m.price_deriv_15m
         END AS price_deriv_15m,
         CASE
             WHEN ('price_deriv_30m'::text = ANY (a.metrics)) THEN NULL::double precision
             WHEN (r.old ? 'price_deriv_30m'::text) THEN ((r.old ->> 'price_deriv_30m'::text))::double precision
             ELSE m.price_deriv_30m
         END AS price_deriv_30m,
         CASE
             WHEN ('price_deriv_1h'::text = ANY (a.metrics)) THEN NULL::double precision
             WHEN (r.old ? 'price_deriv_1h'::text) THEN ((r.old ->> 'price_deriv_1h'::text))::double precision
             ELSE m.price_deriv_1h
         END AS price_deriv_1h,
         CASE
             WHEN ('price_avg_5m'::text = ANY (a.metrics)) THEN NULL::double precision
             WHEN (r.old ? 'price_avg_5m'::text) THEN ((r.old ->> 'price_avg_5m'::text))::double precision
             ELSE m.price_avg_5m
         END AS price_avg_5m,
         CASE
             WHEN ('price_avg_10m'::text = ANY (a.metrics)) THEN NULL::double precision
             WHEN (r.old ? 'price_avg_10m'::text) THEN ((r.old ->> 'price_avg_10m'::text))::double precision
             ELSE m.price_avg_10m
         END AS price_avg_10m,
         CASE
             WHEN ('price_avg_15m'::text = ANY (a.metrics)) THEN NULL::double precision
             WHEN (r.old ? 'price_avg_15m'::text) THEN ((r.old ->> 'price_avg_15m'::text))::double precision
             ELSE m.price_avg_15m
         END AS price_avg_15m,
         CASE
             WHEN ('price_avg_30m'::text = ANY (a.metrics)) THEN NULL::double precision
             WHEN (r.old ? 'price_avg_30m'::text) THEN ((r.old ->> 'price_avg_30m'::text))::double precision
             ELSE m.price_avg_30m
         END AS price_avg_30m,
         CASE
             WHEN ('price_avg_1h'::text = ANY (a.metrics)) THEN NULL::double precision
             WHEN (r.old ? 'price_avg_1h'::text) THEN ((r.old ->> 'price_avg_1h'::text))::double precision
             ELSE m.price_avg_1h
         END AS price_avg_1h,
         CASE
             WHEN ('volume_24h'::text = ANY (a.metrics)) THEN NULL::double precision
             WHEN (r.old ? 'volume_24h'::text) THEN ((r.old ->> 'volume_24h'::text))::double precision
             ELSE m.volume_24h
         END AS volume_24h,
         CASE
             WHEN ('volume_deriv_5m'::text = ANY (a.metrics)) THEN NULL::double precision
             WHEN (r.old ? 'volume_deriv_5m'::text) THEN ((r.old ->> 'volume_deriv_5m'::text))::double precision
             ELSE m.volume_deriv_5m
         END AS volume_deriv_5m,
         CASE
             WHEN ('volume_deriv_15m'::text = ANY (a.metrics)) THEN NULL::double precision
             WHEN (r.old ? 'volume_deriv_15m'::text) THEN ((r.old ->> 'volume_deriv_15m'::text))::double precision
             ELSE m.volume_deriv_15m
         END AS volume_deriv_15m,
         CASE
             WHEN ('volume_avg_5m'::text = ANY (a.metrics)) THEN NULL::double precision
             WHEN (r.old ? 'volume_avg_5m'::text) THEN ((r.old ->> 'volume_avg_5m'::text))::double precision
             ELSE m.volume_avg_5m
         END AS volume_avg_5m,
         CASE
             WHEN ('volume_avg_15m'::text = ANY (a.metrics)) THEN NULL::double precision
             WHEN (r.old ? 'volume_avg_15m'::text) THEN ((r.old ->> 'volume_avg_15m'::text))::double precision
             ELSE m.volume_avg_15m
         END AS volume_avg_15m
    FROM ((market.minute_metrics m
      LEFT JOIN LATERAL ( SELECT array_agg(u.metric) AS metrics
            FROM (market.metric_arrivals x
              CROSS JOIN LATERAL unnest(x.metrics) u(metric))
           WHERE ((x.symbol = m.symbol) AND (x.ts = m.ts) AND (x.seen_at > minute_metrics_as_of.known_at))) a ON (true))
      LEFT JOIN LATERAL ( SELECT jsonb_object_agg(f.metric, f.old_value) AS old
            FROM ( SELECT DISTINCT ON (v.metric) v.metric,
                     v.old_value
                    FROM market.metric_revisions v
                   WHERE ((v.symbol = m.symbol) AND (v.ts = m.ts) AND (v.seen_at > minute_metrics_as_of.known_at))
                   ORDER BY v.metric, v.seen_at) f) r ON (true))
   WHERE (m.first_loaded_at <= minute_metrics_as_of.known_at);
END;


COMMENT ON FUNCTION market.minute_metrics_as_of(known_at timestamp with time zone) IS 'What minute_metrics held at that instant, rows and values; arrivals before version 0002 of the schema were not recorded and count as known with their row. Its clock is that of the writing: what a load wrote shortly before it was committed counts as known';


CREATE FUNCTION market.minutes_of_loads(p_symbol text, p_since timestamp with time zone) RETURNS tstzmultirange
    LANGUAGE plpgsql STABLE
    SET search_path TO 'market', 'public'
    SET jit TO 'off'
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
BEGIN
    RETURN (
        WITH loaded AS MATERIALIZED (
            SELECT range_agg(tstzrange(w.window_from, w.window_to)) AS spans
            FROM ingest_windows AS w
            WHERE w.symbol = p_symbol AND w.finished_at >= p_since AND w.rows_new + w.rows_changed > 0
        ),

        windows AS MATERIALIZED (
            SELECT
                lower(u.span) AS window_from,
                upper(u.span) AS window_to
            FROM loaded AS l
            CROSS JOIN LATERAL unnest(l.spans) AS u (span)
        ),

        priced AS (
            SELECT m.ts
            FROM windows AS w
            INNER JOIN minute_metrics AS m ON m.symbol = p_symbol AND m.ts >= w.window_from AND m.ts < w.window_to
            WHERE m.first_loaded_at >= p_since AND m.last_price IS NOT NULL
            UNION ALL
            SELECT r.ts
            FROM windows AS w
            INNER JOIN metric_revisions AS r ON r.symbol = p_symbol AND r.ts >= w.window_from AND r.ts < w.window_to
            WHERE r.seen_at >= p_since AND r.metric = 'last_price'
            UNION ALL
            SELECT a.ts
            FROM windows AS w
            INNER JOIN metric_arrivals AS a ON a.symbol = p_symbol AND a.ts >= w.window_from AND a.ts < w.window_to
            WHERE a.seen_at >= p_since AND 'last_price' = ANY(a.metrics)
        )

        SELECT coalesce(range_agg(tstzrange(p.ts, p.ts + INTERVAL '1 minute')), '{}')
        FROM priced AS p
    );
END;
$$;


COMMENT ON FUNCTION market.minutes_of_loads(p_symbol text, p_since timestamp with time zone) IS 'What settle_outcomes has to look at again, by the ledger ingest_windows: [ts, ts + 1 minute) of each minute, neighbours joined. p_since: by the server''s clock; NULL: nothing';


CREATE FUNCTION market.missing_minutes(p_symbol text, p_from timestamp with time zone, p_to timestamp with time zone, p_metrics text[]) RETURNS TABLE(metric text, gap_from timestamp with time zone, gap_to timestamp with time zone)
    LANGUAGE sql STABLE PARALLEL SAFE
    BEGIN ATOMIC
 WITH held AS (
          SELECT m.symbol,
             m.ts,
             m.last_price,
             m.price_deriv_5m,
             m.price_deriv_10m,
             m.price_deriv_15m,
             m.price_deriv_30m,
             m.price_deriv_1h,
             m.price_avg_5m,
             m.price_avg_10m,
             m.price_avg_15m,
             m.price_avg_30m,
             m.price_avg_1h,
             m.volume_24h,
             m.volume_deriv_5m,
             m.volume_deriv_15m,
             m.volume_avg_5m,
             m.volume_avg_15m,
             m.computed_columns,
             m.first_loaded_at,
             m.loaded_at,
             lag(m.ts, 1, (missing_minutes.p_from - '00:01:00'::interval)) OVER (ORDER BY m.ts) AS previous_ts
            FROM market.minute_metrics m
           WHERE ((m.symbol = missing_minutes.p_symbol) AND (m.ts >= missing_minutes.p_from) AND (m.ts < missing_minutes.p_to))
         ), holes AS (
          SELECT tstzrange((h.previous_ts + '00:01:00'::interval), h.ts) AS span
            FROM held h
           WHERE (h.ts > (h.previous_ts + '00:01:00'::interval))
         UNION ALL
          SELECT tstzrange(COALESCE((max(h.ts) + '00:01:00'::interval), missing_minutes.p_from), missing_minutes.p_to) AS tstzrange
            FROM held h
          HAVING (COALESCE((max(h.ts) + '00:01:00'::interval), missing_minutes.p_from) < missing_minutes.p_to)
         ), missing AS (
          SELECT w.metric,
             o.span
            FROM (holes o
              CROSS JOIN unnest(missing_minutes.p_metrics) w(metric))
         UNION ALL
          SELECT v.metric,
             tstzrange(h.ts, (h.ts + '00:01:00'::interval)) AS span
            FROM (held h
              CROSS JOIN LATERAL ( VALUES ('last_price'::text,h.last_price), ('price_deriv_5m'::text,h.price_deriv_5m), ('price_deriv_10m'::text,h.price_deriv_10m), ('price_deriv_15m'::text,h.price_deriv_15m), ('price_deriv_30m'::text,h.price_deriv_30m), ('price_deriv_1h'::text,h.price_deriv_1h), ('price_avg_5m'::text,h.price_avg_5m), ('price_avg_10m'::text,h.price_avg_10m), ('price_avg_15m'::text,h.price_avg_15m), ('price_avg_30m'::text,h.price_avg_30m), ('price_avg_1h'::text,h.price_avg_1h), ('volume_24h'::text,h.volume_24h), ('volume_deriv_5m'::text,h.volume_deriv_5m), ('volume_deriv_15m'::text,h.volume_deriv_15m), ('volume_avg_5m'::text,h.volume_avg_5m), ('volume_avg_15m'::text,h.volume_avg_15m)) v(metric, value))
           WHERE ((num_nulls(h.last_price, h.price_deriv_5m, h.price_deriv_10m, h.price_deriv_15m, h.price_deriv_30m, h.price_deriv_1h, h.price_avg_5m, h.price_avg_10m, h.price_avg_15m, h.price_avg_30m, h.price_avg_1h, h.volume_24h, h.volume_deriv_5m, h.volume_deriv_15m, h.volume_avg_5m, h.volume_avg_15m) > 0) AND (v.value IS NULL) AND (v.metric = ANY (missing_minutes.p_metrics)))
         ), runs AS (
          SELECT m.metric,
             unnest(range_agg(m.span)) AS span
            FROM missing m
           GROUP BY m.metric
         )
  SELECT r.metric,
     lower(r.span) AS gap_from,
     upper(r.span) AS gap_to
    FROM runs r
   ORDER BY (lower(r.span)), r.metric;
END;


COMMENT ON FUNCTION market.missing_minutes(p_symbol text, p_from timestamp with time zone, p_to timestamp with time zone, p_metrics text[]) IS 'Runs of minutes in [from, to) that are not held with a value, for each of the metrics; none: every one is there';


CREATE FUNCTION market.outcomes_of(p_symbol text, p_signal_ids bigint[]) RETURNS TABLE(signal_id bigint, ts timestamp with time zone, horizon_minutes integer, threshold numeric, model_id bigint, is_shadow boolean, is_trade boolean, forward_return double precision, outcome text, entry_at timestamp with time zone, entry_price double precision, exit_at timestamp with time zone, exit_price double precision, exit_reason text, net_return double precision)
    LANGUAGE plpgsql STABLE
    SET search_path TO 'market', 'public'
    SET jit TO 'off'
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
DECLARE
    minute CONSTANT interval := INTERVAL '1 minute';
    newest CONSTANT timestamptz := (
        SELECT m.ts
        FROM minute_metrics AS m
        WHERE m.symbol = p_symbol AND m.last_price > 1e-30 AND m.last_price < 1e30
        ORDER BY m.ts DESC
        LIMIT 1
    );
BEGIN
    RETURN QUERY
    WITH asked AS MATERIALIZED (
        SELECT
            s.*,
            s.side IN ('BUY', 'SELL') AND NOT s.is_late AS is_trade,
            CASE s.side WHEN 'BUY' THEN 1 ELSE -1 END AS direction,
            make_interval(mins => s.horizon_minutes) AS horizon
        FROM unnest(p_signal_ids) AS i (signal_id)
        INNER JOIN signals AS s ON s.signal_id = i.signal_id
        WHERE s.symbol = p_symbol AND s.side <> 'ABSTAIN' AND s.ts + make_interval(mins => s.horizon_minutes) <= newest
    ),

    priced AS (
        SELECT
            a.*,
            e.last_price / b.last_price - 1 AS moved,
            CASE WHEN n.last_price IS NOT NULL THEN a.executable_at END AS entered,
            n.last_price AS paid
        FROM asked AS a
        LEFT JOIN minute_metrics AS b
            ON b.symbol = p_symbol AND b.ts = a.ts AND b.last_price > 1e-30 AND b.last_price < 1e30
        LEFT JOIN minute_metrics AS e
            ON e.symbol = p_symbol AND e.ts = a.ts + a.horizon AND e.last_price > 1e-30 AND e.last_price < 1e30
        LEFT JOIN minute_metrics AS n
            ON a.is_trade AND n.symbol = p_symbol AND n.ts = a.executable_at AND n.last_price > 1e-30 AND n.last_price < 1e30
        WHERE NOT a.is_trade OR a.executable_at + a.horizon + minute <= newest
    ),

    due AS (
        SELECT
            p.*,
            coalesce(t.ts + minute, p.entered + p.horizon) AS due_at,
            CASE WHEN t.is_stop THEN 'STOP' WHEN NOT t.is_stop THEN 'TARGET' WHEN p.entered IS NOT NULL THEN 'TIME' END AS why
        FROM priced AS p
        LEFT JOIN LATERAL (
            SELECT
                m.ts,
                p.direction * (m.last_price - p.stop_loss_price) <= 0 AS is_stop
            FROM minute_metrics AS m
            WHERE
                m.symbol = p_symbol
                AND m.ts > p.entered
                AND m.ts <= p.entered + p.horizon
                AND m.last_price > 1e-30
                AND m.last_price < 1e30
                AND (
                    p.direction * (m.last_price - p.stop_loss_price) <= 0
                    OR p.direction * (m.last_price - p.take_profit_price) >= 0
                )
            ORDER BY m.ts
            LIMIT 1
        ) AS t ON TRUE
    )

    SELECT
        d.signal_id,
        d.ts,
        d.horizon_minutes,
        d.threshold,
        d.model_id,
        d.is_shadow,
        d.is_trade,
        d.moved,
        CASE
            WHEN d.moved > d.threshold + 1e-13 THEN 'UP'
            WHEN d.moved < -d.threshold - 1e-13 THEN 'DOWN'
            WHEN d.moved IS NOT NULL THEN 'SIDEWAYS'
        END,
        d.entered,
        d.paid,
        x.ts,
        x.last_price,
        d.why,
        d.direction * (x.last_price / d.paid - 1) - 2 * d.cost_bps_per_side / 10000
    FROM due AS d
    LEFT JOIN LATERAL (
        SELECT
            m.ts,
            m.last_price
        FROM minute_metrics AS m
        WHERE m.symbol = p_symbol AND m.ts >= d.due_at AND m.last_price > 1e-30 AND m.last_price < 1e30
        ORDER BY m.ts
        LIMIT 1
    ) AS x ON TRUE
    WHERE d.moved IS NOT NULL OR d.entered IS NOT NULL;
END;
$$;


COMMENT ON FUNCTION market.outcomes_of(p_symbol text, p_signal_ids bigint[]) IS 'What settle_signals compares with settled_outcomes: one row a scored signal whose outcome is known by the minutes as they are. A signal without a trade (HOLD, or late) is known when ts and ts + horizon have prices; a trade when a minute at or after its entry + horizon + 1 minute has one: where ts + horizon is not held by then, its outcome is NULL, where the entry is not, its position. An exit whose minute is not held is at the next one that is';


CREATE FUNCTION market.student_t_95(degrees double precision) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN ((degrees >= (1)::double precision) AND (degrees <= (30)::double precision)) THEN (ARRAY[(12.706205)::double precision, (4.302653)::double precision, (3.182446)::double precision, (2.776445)::double precision, (2.570582)::double precision, (2.446912)::double precision, (2.364624)::double precision, (2.306004)::double precision, (2.262157)::double precision, (2.228139)::double precision, (2.200985)::double precision, (2.178813)::double precision, (2.160369)::double precision, (2.144787)::double precision, (2.131450)::double precision, (2.119905)::double precision, (2.109816)::double precision, (2.100922)::double precision, (2.093024)::double precision, (2.085963)::double precision, (2.079614)::double precision, (2.073873)::double precision, (2.068658)::double precision, (2.063899)::double precision, (2.059539)::double precision, (2.055529)::double precision, (2.051831)::double precision, (2.048407)::double precision, (2.045230)::double precision, (2.042272)::double precision])[(floor(degrees))::integer] WHEN (degrees > (30)::double precision) THEN ((((1.959963985)::double precision + ((2.372271231)::double precision / degrees)) + ((2.822498616)::double precision / (degrees ^ (2)::double precision))) + ((2.555849680)::double precision / (degrees ^ (3)::double precision))) ELSE NULL::double precision END;


COMMENT ON FUNCTION market.student_t_95(degrees double precision) IS 'The 0.975 quantile of Student''s t: a 95 % interval is the mean plus and minus so many standard errors. degrees of freedom, 1 or more, rounded down up to 30; NULL below 1';


CREATE TABLE market.models (
    model_id bigint NOT NULL,
    candidate text NOT NULL,
    is_baseline boolean NOT NULL,
    symbol text NOT NULL,
    horizon_minutes integer NOT NULL,
    threshold numeric(6,5) NOT NULL,
    trained_from timestamp with time zone NOT NULL,
    trained_to timestamp with time zone NOT NULL,
    as_of timestamp with time zone NOT NULL,
    snapshot_hash text NOT NULL,
    feature_version integer NOT NULL,
    feature_hash text NOT NULL,
    feature_columns text[] NOT NULL,
    code_revision text NOT NULL,
    parameters jsonb NOT NULL,
    decision jsonb NOT NULL,
    artifact bytea NOT NULL,
    artifact_format text NOT NULL,
    artifact_sha256 text NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    input_quantiles jsonb,
    CONSTRAINT models_artifact_format_check CHECK ((artifact_format = ANY (ARRAY['lightgbm'::text, 'skops'::text]))),
    CONSTRAINT models_horizon_minutes_check CHECK ((horizon_minutes > 0)),
    CONSTRAINT models_threshold_check CHECK ((threshold > (0)::numeric))
);


COMMENT ON TABLE market.models IS 'One row a trained model that was registered; rows are never changed';


COMMENT ON COLUMN market.models.model_id IS 'Number of the model';


COMMENT ON COLUMN market.models.candidate IS 'Recipe: name of the candidate or baseline';


COMMENT ON COLUMN market.models.is_baseline IS 'True for baselines, which score where no candidate beats them';


COMMENT ON COLUMN market.models.symbol IS 'Market that it was trained on';


COMMENT ON COLUMN market.models.horizon_minutes IS 'How far ahead its label looks, minutes';


COMMENT ON COLUMN market.models.threshold IS 'Move that its label calls UP or DOWN, a fraction: 0.005 is 0.5 %';


COMMENT ON COLUMN market.models.trained_from IS 'First minute of its training rows, UTC';


COMMENT ON COLUMN market.models.trained_to IS 'Last minute of its training rows, UTC; it answers only minutes after trained_to + horizon';


COMMENT ON COLUMN market.models.as_of IS 'Last market time used, UTC: the end of every training label is at or before it';


COMMENT ON COLUMN market.models.snapshot_hash IS 'SHA-256 of the rows that were read for the training, hexadecimal';


COMMENT ON COLUMN market.models.feature_version IS 'Version of minute_features that it was trained on';


COMMENT ON COLUMN market.models.feature_hash IS 'Hash of that version''s definition';


COMMENT ON COLUMN market.models.feature_columns IS 'Its inputs, in order';


COMMENT ON COLUMN market.models.code_revision IS 'Version of the code that trained it';


COMMENT ON COLUMN market.models.parameters IS 'Seed, stride, row counts and library versions of the training';


COMMENT ON COLUMN market.models.decision IS 'Cut-offs, mean return of each class and the paper trades, all from out-of-sample rows; may_trade says whether it gives BUY or SELL';


COMMENT ON COLUMN market.models.artifact IS 'The fitted model, never a pickle';


COMMENT ON COLUMN market.models.artifact_format IS 'lightgbm (booster text) or skops';


COMMENT ON COLUMN market.models.artifact_sha256 IS 'SHA-256 of artifact, hexadecimal, checked before it is read';


COMMENT ON COLUMN market.models.created_at IS 'When it was registered';


COMMENT ON COLUMN market.models.input_quantiles IS 'Of each input in its training rows: least value, quantiles .001, .01, .05, .1 to .9 by tenths, .95, .99, .999, and largest value; NULL: registered before the schema''s 0006';


CREATE TABLE market.performance_days (
    day date NOT NULL,
    symbol text NOT NULL,
    horizon_minutes integer NOT NULL,
    threshold numeric(6,5) NOT NULL,
    model_id bigint,
    kind text NOT NULL,
    signals bigint NOT NULL,
    abstained bigint NOT NULL,
    settled bigint NOT NULL,
    expected_up double precision,
    observed_up bigint NOT NULL,
    expected_down double precision,
    observed_down bigint NOT NULL,
    events bigint NOT NULL,
    correct bigint NOT NULL,
    brier double precision,
    brier_prior double precision,
    log_loss double precision,
    log_loss_prior double precision,
    trades bigint NOT NULL,
    wins bigint NOT NULL,
    net_return_sum double precision NOT NULL,
    net_return_squares double precision NOT NULL,
    latency_median_seconds double precision,
    latency_p95_seconds double precision,
    latency_max_seconds double precision,
    computed_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT performance_days_kind_check CHECK ((kind = ANY (ARRAY['live'::text, 'shadow'::text, 'late'::text])))
);


COMMENT ON TABLE market.performance_days IS 'Sums of a UTC day''s signals and their outcomes, computed anew whenever the day''s signals or outcomes change; read daily_performance';


COMMENT ON COLUMN market.performance_days.day IS 'UTC day of ts';


COMMENT ON COLUMN market.performance_days.symbol IS 'Name of the market';


COMMENT ON COLUMN market.performance_days.horizon_minutes IS 'Cell: how far ahead, minutes';


COMMENT ON COLUMN market.performance_days.threshold IS 'Cell: the move that counts, a fraction';


COMMENT ON COLUMN market.performance_days.model_id IS 'Model that scored them, or was asked; NULL: minutes that were abstained from without one';


COMMENT ON COLUMN market.performance_days.kind IS 'live: the champion''s, in time. shadow: a challenger''s. late: answered too late to be acted on';


COMMENT ON COLUMN market.performance_days.signals IS 'Signals of that kind, ABSTAIN included';


COMMENT ON COLUMN market.performance_days.abstained IS 'Of them ABSTAIN';


COMMENT ON COLUMN market.performance_days.settled IS 'Of them with a known outcome; the scores below rest on these';


COMMENT ON COLUMN market.performance_days.expected_up IS 'Sum of p_up over the settled ones: how many UP were promised; NULL: none settled';


COMMENT ON COLUMN market.performance_days.observed_up IS 'How many of the settled ones came UP';


COMMENT ON COLUMN market.performance_days.expected_down IS 'Sum of p_down over the settled ones; NULL: none settled';


COMMENT ON COLUMN market.performance_days.observed_down IS 'How many of the settled ones came DOWN';


COMMENT ON COLUMN market.performance_days.events IS 'UP and DOWN events that begin on the day: maximal runs of same-class minutes with gaps under the horizon';


COMMENT ON COLUMN market.performance_days.correct IS 'How many of the settled ones have prediction = outcome; SIDEWAYS is nearly always right';


COMMENT ON COLUMN market.performance_days.brier IS 'Mean Brier score over the three classes, 0 (perfect) to 2; NULL: none settled';


COMMENT ON COLUMN market.performance_days.brier_prior IS 'The same of the model''s base rates; NULL: none settled';


COMMENT ON COLUMN market.performance_days.log_loss IS 'Mean log-loss, nats; NULL: none settled';


COMMENT ON COLUMN market.performance_days.log_loss_prior IS 'The same of the model''s base rates; NULL: none settled';


COMMENT ON COLUMN market.performance_days.trades IS 'Positions that were opened and whose end is known: opens_position alone, never overlapping';


COMMENT ON COLUMN market.performance_days.wins IS 'Of them with a net return above 0';


COMMENT ON COLUMN market.performance_days.net_return_sum IS 'Sum of their net returns, a fraction';


COMMENT ON COLUMN market.performance_days.net_return_squares IS 'Sum of the squares of their net returns';


COMMENT ON COLUMN market.performance_days.latency_median_seconds IS 'Median of the seconds from the minute''s end to the commit of its signals (signal_commits; where it has none, to the decision); NULL: no signal';


COMMENT ON COLUMN market.performance_days.latency_p95_seconds IS '95th percentile of the same, seconds; NULL: no signal';


COMMENT ON COLUMN market.performance_days.latency_max_seconds IS 'Largest of the same, seconds; NULL: no signal';


COMMENT ON COLUMN market.performance_days.computed_at IS 'When the row was computed';


CREATE FUNCTION market.performance_between(p_from date, p_to date) RETURNS TABLE(symbol text, horizon_minutes integer, threshold numeric, model_id bigint, candidate text, kind text, first_day date, last_day date, days bigint, signals bigint, abstained bigint, settled bigint, coverage double precision, promised_up double precision, delivered_up double precision, promised_down double precision, delivered_down double precision, events bigint, accuracy double precision, sideways_accuracy double precision, brier double precision, brier_prior double precision, log_loss double precision, log_loss_prior double precision, log_loss_skill double precision, trades bigint, trade_days bigint, win_rate double precision, net_return double precision, mean_net_return_bps double precision, net_return_low_bps double precision, net_return_high_bps double precision)
    LANGUAGE sql STABLE PARALLEL SAFE
    BEGIN ATOMIC
 WITH days AS (
          SELECT d.day,
             d.symbol,
             d.horizon_minutes,
             d.threshold,
             d.model_id,
             d.kind,
             d.signals,
             d.abstained,
             d.settled,
             d.expected_up,
             d.observed_up,
             d.expected_down,
             d.observed_down,
             d.events,
             d.correct,
             d.brier,
             d.brier_prior,
             d.log_loss,
             d.log_loss_prior,
             d.trades,
             d.wins,
             d.net_return_sum,
             d.net_return_squares,
             d.latency_median_seconds,
             d.latency_p95_seconds,
             d.latency_max_seconds,
             d.computed_at,
             (sum(d.net_return_sum) OVER w / (NULLIF(sum(d.trades) OVER w, (0)::numeric))::double precision) AS mean
            FROM market.performance_days d
           WHERE ((d.day >= performance_between.p_from) AND (d.day < performance_between.p_to))
           WINDOW w AS (PARTITION BY d.symbol, d.horizon_minutes, d.threshold, d.model_id, d.kind)
         ), pooled AS (
          SELECT d.symbol,
             d.horizon_minutes,
             d.threshold,
             d.model_id,
             d.kind,
             min(d.day) AS first_day,
             max(d.day) AS last_day,
             count(*) AS days,
             (sum(d.signals))::bigint AS signals,
             (sum(d.abstained))::bigint AS abstained,
             (sum(d.settled))::bigint AS settled,
             (NULLIF(sum(d.settled), (0)::numeric))::double precision AS n,
             sum(d.expected_up) AS expected_up,
             (sum(d.observed_up))::double precision AS observed_up,
             sum(d.expected_down) AS expected_down,
             (sum(d.observed_down))::double precision AS observed_down,
             (sum(d.events))::bigint AS events,
             (sum(d.correct))::double precision AS correct,
             sum((d.brier * (d.settled)::double precision)) AS brier,
             sum((d.brier_prior * (d.settled)::double precision)) AS brier_prior,
             sum((d.log_loss * (d.settled)::double precision)) AS log_loss,
             sum((d.log_loss_prior * (d.settled)::double precision)) AS log_loss_prior,
             (sum(d.trades))::bigint AS trades,
             count(*) FILTER (WHERE (d.trades > 0)) AS trade_days,
             (sum(d.wins))::double precision AS wins,
             sum(d.net_return_sum) AS net_return_sum,
             sum(((d.net_return_sum - (d.mean * (d.trades)::double precision)) ^ (2)::double precision)) AS squares
            FROM days d
           GROUP BY d.symbol, d.horizon_minutes, d.threshold, d.model_id, d.kind
         )
  SELECT p.symbol,
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
     ((p.signals)::double precision / ((1440.0 * (((p.last_day - p.first_day) + 1))::numeric))::double precision) AS coverage,
     (p.expected_up / p.n) AS promised_up,
     (p.observed_up / p.n) AS delivered_up,
     (p.expected_down / p.n) AS promised_down,
     (p.observed_down / p.n) AS delivered_down,
     p.events,
     (p.correct / p.n) AS accuracy,
     ((1)::double precision - ((p.observed_up + p.observed_down) / p.n)) AS sideways_accuracy,
     (p.brier / p.n) AS brier,
     (p.brier_prior / p.n) AS brier_prior,
     (p.log_loss / p.n) AS log_loss,
     (p.log_loss_prior / p.n) AS log_loss_prior,
     ((1)::double precision - (p.log_loss / NULLIF(p.log_loss_prior, (0)::double precision))) AS log_loss_skill,
     p.trades,
     p.trade_days,
     (p.wins / (NULLIF(p.trades, 0))::double precision) AS win_rate,
         CASE
             WHEN (p.trades > 0) THEN p.net_return_sum
             ELSE NULL::double precision
         END AS net_return,
     ((10000)::double precision * i.mean) AS mean_net_return_bps,
     ((10000)::double precision * (i.mean - i.reach)) AS net_return_low_bps,
     ((10000)::double precision * (i.mean + i.reach)) AS net_return_high_bps
    FROM ((pooled p
      LEFT JOIN market.models m ON ((m.model_id = p.model_id)))
      CROSS JOIN LATERAL ( SELECT (p.net_return_sum / (NULLIF(p.trades, 0))::double precision) AS mean,
             ((market.student_t_95((((p.trade_days)::numeric - 1.0))::double precision) * sqrt(((p.squares * (p.trade_days)::double precision) / (NULLIF((p.trade_days - 1), 0))::double precision))) / (NULLIF(p.trades, 0))::double precision) AS reach) i)
   ORDER BY p.symbol, p.horizon_minutes, p.threshold, p.kind, p.last_day DESC, p.model_id;
END;


COMMENT ON FUNCTION market.performance_between(p_from date, p_to date) IS 'The days of daily_performance in [from, to) together, one row a cell, model and kind: every rate is a sum over a sum, weighted by signals or trades, where an average of daily rates would count an hour''s day as much as a whole one. Columns as in daily_performance; days: UTC days with a signal; coverage: signals over the minutes from first_day to last_day, sum it over the models and kinds of a cell only where they share these; trade_days: days with a trade; net_return_low_bps, net_return_high_bps: 95 % interval of mean_net_return_bps, from the days'' sums, Student''s t over trade_days, NULL under two of them. Late signals stand apart as kind late, challengers as kind shadow';


CREATE FUNCTION market.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % is refused', tg_table_name, tg_op USING ERRCODE = 'insufficient_privilege';
END
$$;


COMMENT ON FUNCTION market.refuse_change() IS 'Keeps what a decision rested on: raises on UPDATE, DELETE and TRUNCATE';


CREATE FUNCTION market.settle_outcomes(p_symbol text, p_most_signals integer DEFAULT 10000, p_most_time interval DEFAULT '12:00:00'::interval, p_asks_ledger boolean DEFAULT true) RETURNS TABLE(settled bigint, resettled bigint, days bigint, signals_left bigint, minutes_left bigint, is_waiting boolean)
    LANGUAGE plpgsql
    SET search_path TO 'market', 'public'
    SET jit TO 'off'
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
DECLARE
    overlap CONSTANT interval := INTERVAL '5 minutes';
    began timestamptz;
    mark settle_marks;
    newest_id bigint;
    upper_id bigint;
    missing_id bigint;
    due tstzmultirange;
    taken tstzmultirange;
    ids bigint [];
    again bigint [];
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('settle ' || current_schema() || ' ' || p_symbol, 0));
    began := clock_timestamp();
    SELECT * INTO mark FROM settle_marks AS m WHERE m.symbol = p_symbol;
    newest_id := coalesce((SELECT max(s.signal_id) FROM signals AS s), 0);
    upper_id := least(newest_id, coalesce(mark.signal_id, 0) + p_most_signals);
    IF
        EXISTS (
            SELECT
            FROM pg_locks AS l
            WHERE
                l.locktype = 'relation'
                AND l.relation = 'signals'::regclass
                AND l.database = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())
                AND l.mode = 'RowExclusiveLock'
                AND l.pid <> pg_backend_pid()
        )
    THEN
        missing_id := (
            SELECT min(g.signal_id)
            FROM generate_series(coalesce(mark.signal_id, 0) + 1, upper_id) AS g (signal_id)
            WHERE NOT EXISTS (SELECT FROM signals AS s WHERE s.signal_id = g.signal_id)
        );
    END IF;
    ids := ARRAY(
        SELECT s.signal_id
        FROM signals AS s
        WHERE s.signal_id > coalesce(mark.signal_id, 0) AND s.signal_id <= upper_id AND s.symbol = p_symbol
    );
    due := coalesce(mark.minutes_due, '{}');
    IF p_asks_ledger THEN
        due := due + minutes_of_loads(p_symbol, mark.looked_at - overlap);
        mark.looked_at := began;
    END IF;
    taken := due * tstzmultirange(tstzrange(upper(due) - p_most_time, NULL));
    due := due - taken;
    again := ARRAY(
        SELECT DISTINCT d.signal_id
        FROM signals_of_minutes(p_symbol, taken) AS d
        WHERE d.signal_id <= mark.signal_id
    );
    SELECT * INTO settled, resettled FROM settle_signals(p_symbol, ids || again);
    days := sum_performance(p_symbol, began, ids);
    upper_id := coalesce(missing_id - 1, upper_id);
    IF mark.symbol IS NULL THEN
        INSERT INTO settle_marks (symbol, signal_id, looked_at, minutes_due) VALUES (p_symbol, upper_id, began, due);
    ELSE
        UPDATE settle_marks AS m
        SET signal_id = upper_id, looked_at = mark.looked_at, minutes_due = due
        WHERE m.symbol = p_symbol;
    END IF;
    signals_left := newest_id - upper_id;
    minutes_left := (SELECT coalesce(sum(extract(EPOCH FROM upper(u.span) - lower(u.span)) / 60), 0) FROM unnest(due) AS u (span));
    is_waiting := missing_id IS NOT NULL;
    RETURN NEXT;
END;
$$;


COMMENT ON FUNCTION market.settle_outcomes(p_symbol text, p_most_signals integer, p_most_time interval, p_asks_ledger boolean) IS 'Appends to settled_outcomes what is due of the symbol, and computes performance_days anew where it changed; again, it changes nothing. p_most_signals: at most so many numbers of new signals are taken up; p_most_time: at most the newest so long of the minutes that came or were corrected; p_asks_ledger: false: of those alone that are known to be due. settled: first versions; resettled: further versions, since minutes were corrected or came late; days: rows of performance_days computed; signals_left: numbers of signals that were not taken up, minutes_left: minutes that are due, run it again; is_waiting: another session is writing signals, and what it may still bring holds up the rest';


CREATE FUNCTION market.settle_signals(p_symbol text, p_signal_ids bigint[]) RETURNS TABLE(settled bigint, resettled bigint)
    LANGUAGE plpgsql
    SET search_path TO 'market', 'public'
    SET jit TO 'off'
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
DECLARE
    longest_delay CONSTANT interval := INTERVAL '1 hour'; -- of an entry after ts, of what is not late
    chunk CONSTANT integer := 2000;
    stream record;
    r record;
    last_ts timestamptz;
    open_until timestamptz;
    opens boolean;
    is_other boolean;
    rows_read integer;
BEGIN
    WITH written AS (
        INSERT INTO settled_outcomes (signal_id, version, symbol, ts, horizon_minutes, threshold, forward_return, outcome, opens_position)
        SELECT
            n.signal_id,
            coalesce(o.version, 0) + 1,
            p_symbol,
            n.ts,
            n.horizon_minutes,
            n.threshold,
            n.forward_return,
            n.outcome,
            FALSE
        FROM outcomes_of(p_symbol, p_signal_ids) AS n
        LEFT JOIN LATERAL (
            SELECT *
            FROM settled_outcomes AS k
            WHERE k.signal_id = n.signal_id
            ORDER BY k.version DESC
            LIMIT 1
        ) AS o ON TRUE
        WHERE NOT n.is_trade AND (o.version IS NULL OR o.forward_return <> n.forward_return OR o.outcome <> n.outcome)
        RETURNING version
    )

    SELECT
        count(*) FILTER (WHERE w.version = 1),
        count(*) FILTER (WHERE w.version > 1)
    INTO settled, resettled
    FROM written AS w;
    FOR stream IN
        SELECT
            s.horizon_minutes,
            s.threshold,
            s.is_shadow,
            CASE WHEN s.is_shadow THEN s.model_id END AS model_id,
            min(s.ts) AS first_ts,
            max(s.ts) AS last_ts,
            min(s.executable_at) AS first_entry,
            array_agg(s.signal_id) AS signal_ids
        FROM unnest(p_signal_ids) AS i (signal_id)
        INNER JOIN signals AS s ON s.signal_id = i.signal_id
        WHERE s.symbol = p_symbol AND s.side IN ('BUY', 'SELL') AND NOT s.is_late
        GROUP BY 1, 2, 3, 4
    LOOP
        -- what is open at an entry was entered less than a horizon and two minutes before: the entry is held, or opens nothing
        open_until := (
            SELECT o.exit_at
            FROM signals AS s
            CROSS JOIN LATERAL (
                SELECT *
                FROM settled_outcomes AS k
                WHERE k.signal_id = s.signal_id
                ORDER BY k.version DESC
                LIMIT 1
            ) AS o
            WHERE
                s.symbol = p_symbol
                AND s.horizon_minutes = stream.horizon_minutes
                AND s.threshold = stream.threshold
                AND s.is_shadow = stream.is_shadow
                AND (NOT s.is_shadow OR s.model_id = stream.model_id)
                AND s.side IN ('BUY', 'SELL')
                AND NOT s.is_late
                AND s.ts < stream.first_ts
                AND s.ts > stream.first_entry - make_interval(mins => stream.horizon_minutes + 2) - longest_delay
                AND o.opens_position
            ORDER BY s.ts DESC
            LIMIT 1
        );
        last_ts := stream.first_ts - INTERVAL '1 minute';
        is_other := FALSE;
        <<following>>
        LOOP
            rows_read := 0;
            FOR r IN
                WITH known AS MATERIALIZED (
                    SELECT * FROM outcomes_of(p_symbol, CASE WHEN last_ts < stream.last_ts THEN stream.signal_ids ELSE '{}' END)
                ),

                slice AS MATERIALIZED (
                    SELECT
                        s.signal_id,
                        s.ts
                    FROM signals AS s
                    WHERE
                        s.symbol = p_symbol
                        AND s.horizon_minutes = stream.horizon_minutes
                        AND s.threshold = stream.threshold
                        AND s.is_shadow = stream.is_shadow
                        AND (NOT s.is_shadow OR s.model_id = stream.model_id)
                        AND s.side IN ('BUY', 'SELL')
                        AND NOT s.is_late
                        AND s.ts > last_ts
                    ORDER BY s.ts
                    LIMIT chunk
                )

                SELECT
                    s.signal_id,
                    s.ts,
                    n.signal_id IS NOT NULL AS is_new,
                    n.forward_return,
                    n.outcome,
                    n.entry_at,
                    n.entry_price,
                    n.exit_at,
                    n.exit_price,
                    n.exit_reason,
                    n.net_return,
                    o.old
                FROM slice AS s
                LEFT JOIN known AS n ON n.signal_id = s.signal_id
                LEFT JOIN LATERAL (
                    SELECT k AS old
                    FROM settled_outcomes AS k
                    WHERE k.signal_id = s.signal_id
                    ORDER BY k.version DESC
                    LIMIT 1
                ) AS o ON TRUE
                ORDER BY s.ts
            LOOP
                rows_read := rows_read + 1;
                last_ts := r.ts;
                EXIT following WHEN r.ts > stream.last_ts AND NOT is_other;
                CONTINUE WHEN NOT r.is_new AND (r.old).version IS NULL;
                IF NOT r.is_new THEN
                    r.forward_return := (r.old).forward_return;
                    r.outcome := (r.old).outcome;
                    r.entry_at := (r.old).entry_at;
                    r.entry_price := (r.old).entry_price;
                    r.exit_at := (r.old).exit_at;
                    r.exit_price := (r.old).exit_price;
                    r.exit_reason := (r.old).exit_reason;
                    r.net_return := (r.old).net_return;
                END IF;
                opens := r.entry_at IS NOT NULL AND (open_until IS NULL OR r.entry_at >= open_until);
                IF opens THEN
                    open_until := r.exit_at;
                    is_other := NOT coalesce((r.old).opens_position AND (r.old).exit_at = r.exit_at, FALSE);
                ELSIF (r.old).opens_position THEN
                    is_other := TRUE;
                END IF;
                IF
                    (r.old).version IS NULL
                    OR ((r.old).forward_return, (r.old).outcome, (r.old).opens_position)
                    IS DISTINCT FROM (r.forward_return, r.outcome, opens)
                    OR ((r.old).entry_at, (r.old).entry_price, (r.old).exit_at, (r.old).exit_price, (r.old).exit_reason, (r.old).net_return)
                    IS DISTINCT FROM (r.entry_at, r.entry_price, r.exit_at, r.exit_price, r.exit_reason, r.net_return)
                THEN
                    INSERT INTO settled_outcomes (
                        signal_id, version, symbol, ts, horizon_minutes, threshold, forward_return, outcome, opens_position,
                        entry_at, entry_price, exit_at, exit_price, exit_reason, net_return
                    )
                    VALUES (
                        r.signal_id, coalesce((r.old).version, 0) + 1, p_symbol, r.ts, stream.horizon_minutes, stream.threshold,
                        r.forward_return, r.outcome, opens,
                        r.entry_at, r.entry_price, r.exit_at, r.exit_price, r.exit_reason, r.net_return
                    );
                    settled := settled + ((r.old).version IS NULL)::integer;
                    resettled := resettled + ((r.old).version IS NOT NULL)::integer;
                END IF;
            END LOOP;
            EXIT following WHEN rows_read < chunk;
        END LOOP;
    END LOOP;
    RETURN NEXT;
END;
$$;


COMMENT ON FUNCTION market.settle_signals(p_symbol text, p_signal_ids bigint[]) IS 'Settles these signals of the symbol by the minutes as they are: a first version where there is none, a further one only where something differs; settled and resettled count them. Run by settle_outcomes, which lets one run of a symbol in at a time';


CREATE FUNCTION market.settle_span(p_symbol text, p_from timestamp with time zone, p_to timestamp with time zone) RETURNS TABLE(settled bigint, resettled bigint, days bigint)
    LANGUAGE plpgsql
    SET search_path TO 'market', 'public'
    SET jit TO 'off'
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
DECLARE
    began timestamptz;
    ids bigint [];
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('settle ' || current_schema() || ' ' || p_symbol, 0));
    began := clock_timestamp();
    ids := ARRAY(SELECT s.signal_id FROM signals AS s WHERE s.symbol = p_symbol AND s.ts >= p_from AND s.ts < p_to);
    SELECT * INTO settled, resettled FROM settle_signals(p_symbol, ids);
    days := sum_performance(p_symbol, began, ids);
    RETURN NEXT;
END;
$$;


COMMENT ON FUNCTION market.settle_span(p_symbol text, p_from timestamp with time zone, p_to timestamp with time zone) IS 'Like settle_outcomes, for all signals with ts in [from, to), a day at most at a time for the sake of memory; again, it changes nothing but computed_at of performance_days. settled: first versions; resettled: further versions; days: rows of performance_days computed';


CREATE FUNCTION market.signals_of_minutes(p_symbol text, p_minutes tstzmultirange) RETURNS TABLE(signal_id bigint)
    LANGUAGE plpgsql STABLE
    SET search_path TO 'market', 'public'
    SET jit TO 'off'
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
DECLARE
    span record;
    longest CONSTANT interval := (
        SELECT make_interval(mins => max(h.horizon_minutes))
        FROM (SELECT m.horizon_minutes FROM models AS m WHERE m.symbol = p_symbol) AS h
    );
BEGIN
    FOR span IN
        WITH spans AS (
            SELECT
                lower(u.span) AS first_ts,
                upper(u.span) - INTERVAL '1 minute' AS last_ts
            FROM unnest(p_minutes) AS u (span)
        )

        SELECT
            s.last_ts,
            coalesce(
                (
                    SELECT m.ts
                    FROM minute_metrics AS m
                    WHERE m.symbol = p_symbol AND m.ts < s.first_ts AND m.last_price > 1e-30 AND m.last_price < 1e30
                    ORDER BY m.ts DESC
                    LIMIT 1
                ),
                s.first_ts
            ) AS first_ts
        FROM spans AS s
    LOOP
        RETURN QUERY
        SELECT s.signal_id
        FROM signals AS s
        WHERE
            s.symbol = p_symbol
            AND s.ts >= span.first_ts - longest - INTERVAL '1 hour'
            AND s.ts <= span.last_ts
            AND CASE
                WHEN s.side IN ('BUY', 'SELL') AND NOT s.is_late
                    THEN greatest(s.executable_at + INTERVAL '1 minute', s.ts) + make_interval(mins => s.horizon_minutes) >= span.first_ts
                WHEN s.side <> 'ABSTAIN'
                    THEN
                        s.ts >= span.first_ts
                        OR (
                            s.ts + make_interval(mins => s.horizon_minutes) >= span.first_ts
                            AND s.ts + make_interval(mins => s.horizon_minutes) <= span.last_ts
                        )
            END;
    END LOOP;
END;
$$;


COMMENT ON FUNCTION market.signals_of_minutes(p_symbol text, p_minutes tstzmultirange) IS 'What settle_outcomes looks at again; a signal may come twice. p_minutes: [ts, ts + 1 minute) of each minute, neighbours joined';


CREATE FUNCTION market.sum_performance(p_symbol text, p_settled_since timestamp with time zone, p_signal_ids bigint[]) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path TO 'market', 'public'
    SET jit TO 'off'
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
DECLARE
    changed record;
    written bigint;
    total bigint := 0;
BEGIN
    FOR changed IN
        WITH touched AS (
            SELECT
                s.ts,
                s.horizon_minutes,
                s.threshold
            FROM unnest(p_signal_ids) AS i (signal_id)
            INNER JOIN signals AS s ON s.signal_id = i.signal_id
            WHERE s.symbol = p_symbol
            UNION ALL
            SELECT
                o.ts,
                o.horizon_minutes,
                o.threshold
            FROM settled_outcomes AS o
            WHERE o.settled_at >= p_settled_since AND o.symbol = p_symbol
        )

        SELECT
            t.horizon_minutes,
            t.threshold,
            d.day,
            make_interval(mins => t.horizon_minutes) AS horizon,
            d.day::timestamp AT TIME ZONE 'UTC' AS day_begins
        FROM touched AS t
        CROSS JOIN LATERAL (
            VALUES
            ((t.ts AT TIME ZONE 'UTC')::date),
            (((t.ts + make_interval(mins => t.horizon_minutes)) AT TIME ZONE 'UTC')::date)
        ) AS d (day)
        GROUP BY 1, 2, 3
    LOOP
        DELETE FROM performance_days AS p
        WHERE
            p.symbol = p_symbol
            AND p.day = changed.day
            AND p.horizon_minutes = changed.horizon_minutes
            AND p.threshold = changed.threshold;
        INSERT INTO performance_days (
            day, symbol, horizon_minutes, threshold, model_id, kind, signals, abstained, settled, expected_up, observed_up,
            expected_down, observed_down, events, correct, brier, brier_prior, log_loss, log_loss_prior, trades, wins,
            net_return_sum, net_return_squares, latency_median_seconds, latency_p95_seconds, latency_max_seconds
        )
        WITH newest AS MATERIALIZED (
            SELECT DISTINCT ON (k.signal_id)
                k.signal_id,
                k.outcome,
                k.opens_position,
                k.net_return
            FROM settled_outcomes AS k
            WHERE
                k.symbol = p_symbol
                AND k.horizon_minutes = changed.horizon_minutes
                AND k.threshold = changed.threshold
                AND k.ts > changed.day_begins - changed.horizon
                AND k.ts < changed.day_begins + INTERVAL '24 hours'
            ORDER BY k.signal_id, k.version DESC
        ),

        commits AS MATERIALIZED (
            SELECT
                c.ts,
                c.decided_at,
                min(c.latency_seconds) AS latency_seconds
            FROM signal_commits AS c
            WHERE c.symbol = p_symbol AND c.ts >= changed.day_begins AND c.ts < changed.day_begins + INTERVAL '24 hours'
            GROUP BY c.ts, c.decided_at
        ),

        outcomes AS (
            SELECT
                s.*,
                coalesce(c.latency_seconds, s.latency_seconds) AS latency,
                o.outcome,
                o.opens_position,
                o.net_return,
                s.ts >= changed.day_begins AS is_of_day,
                CASE WHEN s.is_late THEN 'late' WHEN s.is_shadow THEN 'shadow' ELSE 'live' END AS kind,
                CASE o.outcome WHEN 'UP' THEN s.p_up WHEN 'DOWN' THEN s.p_down WHEN 'SIDEWAYS' THEN s.p_sideways END AS p,
                CASE o.outcome WHEN 'UP' THEN s.base_rate_up WHEN 'DOWN' THEN s.base_rate_down WHEN 'SIDEWAYS' THEN s.base_rate_sideways END AS prior
            FROM (
                SELECT * FROM signals AS n WHERE NOT n.is_shadow
                UNION ALL
                SELECT * FROM signals AS n WHERE n.is_shadow
            ) AS s
            LEFT JOIN newest AS o ON o.signal_id = s.signal_id
            LEFT JOIN commits AS c ON c.ts = s.ts AND c.decided_at = s.decided_at
            WHERE
                s.symbol = p_symbol
                AND s.horizon_minutes = changed.horizon_minutes
                AND s.threshold = changed.threshold
                AND s.ts > changed.day_begins - changed.horizon
                AND s.ts < changed.day_begins + INTERVAL '24 hours'
        ),

        scored AS (
            SELECT
                o.*,
                o.outcome IN ('UP', 'DOWN')
                AND o.ts - lag(o.ts) OVER (PARTITION BY o.model_id, o.kind, o.outcome ORDER BY o.ts) < changed.horizon AS goes_on,
                p_up ^ 2 + p_down ^ 2 + p_sideways ^ 2 - 2 * o.p + 1 AS brier,
                base_rate_up ^ 2 + base_rate_down ^ 2 + base_rate_sideways ^ 2 - 2 * o.prior + 1 AS brier_prior
            FROM outcomes AS o
        )

        SELECT
            changed.day,
            p_symbol,
            changed.horizon_minutes,
            changed.threshold,
            s.model_id,
            s.kind,
            count(*),
            count(*) FILTER (WHERE s.side = 'ABSTAIN'),
            count(s.outcome),
            sum(s.p_up) FILTER (WHERE s.outcome IS NOT NULL),
            count(*) FILTER (WHERE s.outcome = 'UP'),
            sum(s.p_down) FILTER (WHERE s.outcome IS NOT NULL),
            count(*) FILTER (WHERE s.outcome = 'DOWN'),
            count(*) FILTER (WHERE s.outcome IN ('UP', 'DOWN') AND s.goes_on IS NOT TRUE),
            count(*) FILTER (WHERE s.prediction = s.outcome),
            avg(s.brier),
            avg(s.brier_prior),
            avg(-ln(greatest(s.p, 1e-15))) FILTER (WHERE s.outcome IS NOT NULL),
            avg(-ln(greatest(s.prior, 1e-15))) FILTER (WHERE s.outcome IS NOT NULL),
            count(s.net_return) FILTER (WHERE s.opens_position),
            count(*) FILTER (WHERE s.opens_position AND s.net_return > 0),
            coalesce(sum(s.net_return) FILTER (WHERE s.opens_position), 0),
            coalesce(sum(s.net_return ^ 2) FILTER (WHERE s.opens_position), 0),
            percentile_cont(0.5) WITHIN GROUP (ORDER BY s.latency),
            percentile_cont(0.95) WITHIN GROUP (ORDER BY s.latency),
            max(s.latency)
        FROM scored AS s
        WHERE s.is_of_day
        GROUP BY s.model_id, s.kind;
        GET DIAGNOSTICS written = ROW_COUNT;
        total := total + written;
    END LOOP;
    RETURN total;
END;
$$;


COMMENT ON FUNCTION market.sum_performance(p_symbol text, p_settled_since timestamp with time zone, p_signal_ids bigint[]) IS 'Run by settle_outcomes and settle_span: the days and cells of the outcomes settled since the instant and of these signals; how many rows were written';


CREATE TABLE market.alerts (
    alert_id bigint NOT NULL,
    alert_key text NOT NULL,
    summary text NOT NULL,
    runbook text NOT NULL,
    opened_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    last_seen_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    seen integer DEFAULT 1 NOT NULL,
    tell_from timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    told_at timestamp with time zone,
    closed_at timestamp with time zone
);


COMMENT ON TABLE market.alerts IS 'One row a trouble from its first sight to its end; it is told once when it opens, each day that it stays, and when it has ended for half an hour. What comes back before is the same row';


COMMENT ON COLUMN market.alerts.alert_id IS 'Number of the alert';


COMMENT ON COLUMN market.alerts.alert_key IS 'What makes two sights of trouble the same: check, symbol and cell, or DAG and task';


COMMENT ON COLUMN market.alerts.summary IS 'What it is, in one sentence';


COMMENT ON COLUMN market.alerts.runbook IS 'Section of docs/runbook.md that says what to do';


COMMENT ON COLUMN market.alerts.opened_at IS 'When it was first seen';


COMMENT ON COLUMN market.alerts.last_seen_at IS 'When it was last seen';


COMMENT ON COLUMN market.alerts.seen IS 'How often it was seen';


COMMENT ON COLUMN market.alerts.tell_from IS 'Nobody is told of it before: a live task that fails is mostly mended by the next minute''s run';


COMMENT ON COLUMN market.alerts.told_at IS 'When it was last read to be told by webhook or mail; NULL: not yet, or nobody is to be told';


COMMENT ON COLUMN market.alerts.closed_at IS 'When it was over; NULL: it is open';


ALTER TABLE market.alerts ALTER COLUMN alert_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME market.alerts_alert_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE market.pipeline_checks (
    check_id bigint NOT NULL,
    checked_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    name text NOT NULL,
    symbol text,
    horizon_minutes integer,
    threshold numeric(6,5),
    model_id bigint,
    status text NOT NULL,
    is_blocking boolean NOT NULL,
    value double precision,
    bound double precision,
    detail text NOT NULL,
    runbook text NOT NULL,
    evidence jsonb,
    CONSTRAINT pipeline_checks_status_check CHECK ((status = ANY (ARRAY['ok'::text, 'alert'::text, 'failed'::text, 'unknown'::text])))
);


COMMENT ON TABLE market.pipeline_checks IS 'Append-only: one row a check and thing checked, each time it ran';


COMMENT ON COLUMN market.pipeline_checks.check_id IS 'Number of the row';


COMMENT ON COLUMN market.pipeline_checks.checked_at IS 'When';


COMMENT ON COLUMN market.pipeline_checks.name IS 'Check: freshness, gaps, inputs, answers, skew, training, calibration, failed_runs, skew_day, drift, replay';


COMMENT ON COLUMN market.pipeline_checks.symbol IS 'Name of the market; NULL: of none alone';


COMMENT ON COLUMN market.pipeline_checks.horizon_minutes IS 'Cell: how far ahead, minutes; NULL: of no cell alone';


COMMENT ON COLUMN market.pipeline_checks.threshold IS 'Cell: the move that counts, a fraction; NULL: of no cell alone';


COMMENT ON COLUMN market.pipeline_checks.model_id IS 'Model that was checked; NULL: none';


COMMENT ON COLUMN market.pipeline_checks.status IS 'ok; alert: somebody should look; failed: what was checked is wrong; unknown: too little to tell';


COMMENT ON COLUMN market.pipeline_checks.is_blocking IS 'True: while its newest row is failed, the symbol''s (or the cell''s) minutes are answered with ABSTAIN';


COMMENT ON COLUMN market.pipeline_checks.value IS 'What was measured, in the unit that detail names; NULL: unknown';


COMMENT ON COLUMN market.pipeline_checks.bound IS 'Beyond it the check is not ok; NULL: none';


COMMENT ON COLUMN market.pipeline_checks.detail IS 'What was found, in one sentence with the numbers';


COMMENT ON COLUMN market.pipeline_checks.runbook IS 'Section of docs/runbook.md that says what to do';


COMMENT ON COLUMN market.pipeline_checks.evidence IS 'The numbers behind it; NULL: none beyond value';


CREATE VIEW market.checks_latest AS
 SELECT DISTINCT ON (c.name, c.symbol, c.horizon_minutes, c.threshold) c.check_id,
    c.checked_at,
    c.name,
    c.symbol,
    c.horizon_minutes,
    c.threshold,
    c.model_id,
    c.status,
    c.is_blocking,
    c.value,
    c.bound,
    c.detail,
    c.runbook,
    c.evidence
   FROM market.pipeline_checks c
  WHERE (c.checked_at > (( SELECT max(n.checked_at) AS max
           FROM market.pipeline_checks n) - '7 days'::interval))
  ORDER BY c.name, c.symbol, c.horizon_minutes, c.threshold, c.checked_at DESC, c.check_id DESC;


COMMENT ON VIEW market.checks_latest IS 'The newest row of each check and thing checked, of the newest 7 days that any ran';


COMMENT ON COLUMN market.checks_latest.check_id IS 'Number of the row';


COMMENT ON COLUMN market.checks_latest.checked_at IS 'When';


COMMENT ON COLUMN market.checks_latest.name IS 'Check: freshness, gaps, inputs, answers, skew, training, calibration, failed_runs, skew_day, drift, replay';


COMMENT ON COLUMN market.checks_latest.symbol IS 'Name of the market; NULL: of none alone';


COMMENT ON COLUMN market.checks_latest.horizon_minutes IS 'Cell: how far ahead, minutes; NULL: of no cell alone';


COMMENT ON COLUMN market.checks_latest.threshold IS 'Cell: the move that counts, a fraction; NULL: of no cell alone';


COMMENT ON COLUMN market.checks_latest.model_id IS 'Model that was checked; NULL: none';


COMMENT ON COLUMN market.checks_latest.status IS 'ok; alert: somebody should look; failed: what was checked is wrong; unknown: too little to tell';


COMMENT ON COLUMN market.checks_latest.is_blocking IS 'True: while this is failed, the symbol''s (or the cell''s) minutes are answered with ABSTAIN';


COMMENT ON COLUMN market.checks_latest.value IS 'What was measured, in the unit that detail names; NULL: unknown';


COMMENT ON COLUMN market.checks_latest.bound IS 'Beyond it the check is not ok; NULL: none';


COMMENT ON COLUMN market.checks_latest.detail IS 'What was found, in one sentence with the numbers';


COMMENT ON COLUMN market.checks_latest.runbook IS 'Section of docs/runbook.md that says what to do';


COMMENT ON COLUMN market.checks_latest.evidence IS 'The numbers behind it; NULL: none beyond value';


CREATE VIEW market.blocking_checks AS
 SELECT c.symbol,
    c.horizon_minutes,
    c.threshold,
    c.name,
    c.detail,
    c.runbook,
    c.checked_at,
    c.check_id
   FROM market.checks_latest c
  WHERE (c.is_blocking AND (c.status = 'failed'::text));


COMMENT ON VIEW market.blocking_checks IS 'Checks whose newest row is failed and stops signals; empty: none does';


COMMENT ON COLUMN market.blocking_checks.symbol IS 'Market whose minutes are answered with ABSTAIN; NULL: every one';


COMMENT ON COLUMN market.blocking_checks.horizon_minutes IS 'Cell that is stopped: how far ahead, minutes; NULL: every cell';


COMMENT ON COLUMN market.blocking_checks.threshold IS 'Cell that is stopped: the move that counts, a fraction; NULL: every cell';


COMMENT ON COLUMN market.blocking_checks.name IS 'Check that failed';


COMMENT ON COLUMN market.blocking_checks.detail IS 'What it found, in one sentence with the numbers';


COMMENT ON COLUMN market.blocking_checks.runbook IS 'Section of docs/runbook.md that says what to do';


COMMENT ON COLUMN market.blocking_checks.checked_at IS 'When it was found';


COMMENT ON COLUMN market.blocking_checks.check_id IS 'Its row of pipeline_checks, with the evidence';


CREATE VIEW market.metric_days AS
 WITH RECURSIVE symbols AS (
        ( SELECT m.symbol
           FROM market.minute_metrics m
          ORDER BY m.symbol
         LIMIT 1)
        UNION ALL
         SELECT ( SELECT m.symbol
                   FROM market.minute_metrics m
                  WHERE (m.symbol > s_1.symbol)
                  ORDER BY m.symbol
                 LIMIT 1) AS symbol
           FROM symbols s_1
          WHERE (s_1.symbol IS NOT NULL)
        )
 SELECT s.symbol,
    (d.day)::date AS day
   FROM ((symbols s
     CROSS JOIN LATERAL ( SELECT ( SELECT m.ts
                   FROM market.minute_metrics m
                  WHERE (m.symbol = s.symbol)
                  ORDER BY m.ts
                 LIMIT 1) AS first_ts,
            ( SELECT m.ts
                   FROM market.minute_metrics m
                  WHERE (m.symbol = s.symbol)
                  ORDER BY m.ts DESC
                 LIMIT 1) AS last_ts) b)
     CROSS JOIN LATERAL generate_series(date_trunc('day'::text, (b.first_ts AT TIME ZONE 'UTC'::text)), date_trunc('day'::text, (b.last_ts AT TIME ZONE 'UTC'::text)), '1 day'::interval) d(day))
  WHERE (s.symbol IS NOT NULL);


COMMENT ON VIEW market.metric_days IS 'UTC days between the first and the last minute of each symbol';


COMMENT ON COLUMN market.metric_days.symbol IS 'Name of the market';


COMMENT ON COLUMN market.metric_days.day IS 'UTC date';


CREATE VIEW market.candles_1h AS
 SELECT d.symbol,
    d.day,
    c.ts,
    c.open,
    c.high,
    c.low,
    c.close,
    c.volume_24h,
    c.minutes
   FROM (( SELECT m.symbol,
            m.day
           FROM market.metric_days m
        UNION ALL
         SELECT m.symbol,
            (max(m.day) + 1) AS day
           FROM market.metric_days m
          GROUP BY m.symbol) d
     CROSS JOIN LATERAL ( SELECT p.candle_ts AS ts,
            (array_agg(p.price ORDER BY p.ts) FILTER (WHERE (p.price IS NOT NULL)))[1] AS open,
            max(p.price) AS high,
            min(p.price) AS low,
            (array_agg(p.price ORDER BY p.ts) FILTER (WHERE (p.price IS NOT NULL)))[(count(p.price))::integer] AS close,
            max(p.volume_24h) FILTER (WHERE (p.ts = p.candle_ts)) AS volume_24h,
            (count(p.price))::integer AS minutes
           FROM ( SELECT m.ts,
                    date_bin('01:00:00'::interval, (m.ts + '00:59:00'::interval), '2000-01-01 00:00:00+00'::timestamp with time zone) AS candle_ts,
                        CASE
                            WHEN ((m.last_price > (0)::double precision) AND (m.last_price < 'Infinity'::double precision)) THEN m.last_price
                            ELSE NULL::double precision
                        END AS price,
                        CASE
                            WHEN ((m.volume_24h >= (0)::double precision) AND (m.volume_24h < 'Infinity'::double precision)) THEN m.volume_24h
                            ELSE NULL::double precision
                        END AS volume_24h
                   FROM market.minute_metrics m
                  WHERE ((m.symbol = d.symbol) AND (m.ts >= (((d.day)::timestamp without time zone AT TIME ZONE 'UTC'::text) - '00:59:00'::interval)) AND (m.ts < (((d.day)::timestamp without time zone AT TIME ZONE 'UTC'::text) + '23:01:00'::interval)))) p
          GROUP BY p.candle_ts
         HAVING (count(p.price) > 0)) c);


COMMENT ON VIEW market.candles_1h IS 'One row a candle of 1 hour in which a minute has a price; none where no minute has one. Ask with symbol and day';


COMMENT ON COLUMN market.candles_1h.symbol IS 'Name of the market';


COMMENT ON COLUMN market.candles_1h.day IS 'UTC date of ts; a predicate on it reads only those days';


COMMENT ON COLUMN market.candles_1h.ts IS 'End of the candle, UTC: that of 13:00 holds the minutes 12:01 to 13:00';


COMMENT ON COLUMN market.candles_1h.open IS 'last_price of the first minute that has one, quote currency';


COMMENT ON COLUMN market.candles_1h.high IS 'Highest last_price of its minutes, quote currency; higher trades inside a minute are unseen';


COMMENT ON COLUMN market.candles_1h.low IS 'Lowest last_price of its minutes, quote currency; lower trades inside a minute are unseen';


COMMENT ON COLUMN market.candles_1h.close IS 'last_price of the last minute that has one, quote currency';


COMMENT ON COLUMN market.candles_1h.volume_24h IS 'Rolling 24 hour base volume at the minute ts itself, a gauge that can fall; NULL: missing, or no usable value';


COMMENT ON COLUMN market.candles_1h.minutes IS 'How many of its 60 minutes have a price; fewer: holes, or the candle is not over';


CREATE VIEW market.candles_5m AS
 SELECT d.symbol,
    d.day,
    c.ts,
    c.open,
    c.high,
    c.low,
    c.close,
    c.volume_24h,
    c.minutes
   FROM (( SELECT m.symbol,
            m.day
           FROM market.metric_days m
        UNION ALL
         SELECT m.symbol,
            (max(m.day) + 1) AS day
           FROM market.metric_days m
          GROUP BY m.symbol) d
     CROSS JOIN LATERAL ( SELECT p.candle_ts AS ts,
            (array_agg(p.price ORDER BY p.ts) FILTER (WHERE (p.price IS NOT NULL)))[1] AS open,
            max(p.price) AS high,
            min(p.price) AS low,
            (array_agg(p.price ORDER BY p.ts) FILTER (WHERE (p.price IS NOT NULL)))[(count(p.price))::integer] AS close,
            max(p.volume_24h) FILTER (WHERE (p.ts = p.candle_ts)) AS volume_24h,
            (count(p.price))::integer AS minutes
           FROM ( SELECT m.ts,
                    date_bin('00:05:00'::interval, (m.ts + '00:04:00'::interval), '2000-01-01 00:00:00+00'::timestamp with time zone) AS candle_ts,
                        CASE
                            WHEN ((m.last_price > (0)::double precision) AND (m.last_price < 'Infinity'::double precision)) THEN m.last_price
                            ELSE NULL::double precision
                        END AS price,
                        CASE
                            WHEN ((m.volume_24h >= (0)::double precision) AND (m.volume_24h < 'Infinity'::double precision)) THEN m.volume_24h
                            ELSE NULL::double precision
                        END AS volume_24h
                   FROM market.minute_metrics m
                  WHERE ((m.symbol = d.symbol) AND (m.ts >= (((d.day)::timestamp without time zone AT TIME ZONE 'UTC'::text) - '00:04:00'::interval)) AND (m.ts < (((d.day)::timestamp without time zone AT TIME ZONE 'UTC'::text) + '23:56:00'::interval)))) p
          GROUP BY p.candle_ts
         HAVING (count(p.price) > 0)) c);


COMMENT ON VIEW market.candles_5m IS 'One row a candle of 5 minutes in which a minute has a price; none where no minute has one. Ask with symbol and day';


COMMENT ON COLUMN market.candles_5m.symbol IS 'Name of the market';


COMMENT ON COLUMN market.candles_5m.day IS 'UTC date of ts; a predicate on it reads only those days';


COMMENT ON COLUMN market.candles_5m.ts IS 'End of the candle, UTC: that of 12:05 holds the minutes 12:01 to 12:05';


COMMENT ON COLUMN market.candles_5m.open IS 'last_price of the first minute that has one, quote currency';


COMMENT ON COLUMN market.candles_5m.high IS 'Highest last_price of its minutes, quote currency; higher trades inside a minute are unseen';


COMMENT ON COLUMN market.candles_5m.low IS 'Lowest last_price of its minutes, quote currency; lower trades inside a minute are unseen';


COMMENT ON COLUMN market.candles_5m.close IS 'last_price of the last minute that has one, quote currency';


COMMENT ON COLUMN market.candles_5m.volume_24h IS 'Rolling 24 hour base volume at the minute ts itself, a gauge that can fall; NULL: missing, or no usable value';


COMMENT ON COLUMN market.candles_5m.minutes IS 'How many of its 5 minutes have a price; fewer: holes, or the candle is not over';


CREATE TABLE market.catch_ups (
    symbol text NOT NULL,
    since timestamp with time zone NOT NULL,
    begun_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);


COMMENT ON TABLE market.catch_ups IS 'Loads of ingest that took more than one window and are not done: newer windows may be there before older ones';


COMMENT ON COLUMN market.catch_ups.symbol IS 'Name of the market';


COMMENT ON COLUMN market.catch_ups.since IS 'Where the next ingest begins, UTC, until all windows are loaded';


COMMENT ON COLUMN market.catch_ups.begun_at IS 'When it began';


CREATE TABLE market.challengers (
    challenge_id bigint NOT NULL,
    symbol text NOT NULL,
    horizon_minutes integer NOT NULL,
    threshold numeric(6,5) NOT NULL,
    model_id bigint,
    reason text NOT NULL,
    appointed_by text NOT NULL,
    appointed_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    effective_from timestamp with time zone NOT NULL
);


COMMENT ON TABLE market.challengers IS 'Append-only: which model runs in shadow beside a cell''s champion; the newest row of a cell counts. A champion is no challenger of its own cell';


COMMENT ON COLUMN market.challengers.challenge_id IS 'Number of the appointment';


COMMENT ON COLUMN market.challengers.symbol IS 'Name of the market';


COMMENT ON COLUMN market.challengers.horizon_minutes IS 'Cell: how far ahead, minutes';


COMMENT ON COLUMN market.challengers.threshold IS 'Cell: the move that counts, a fraction';


COMMENT ON COLUMN market.challengers.model_id IS 'Model that runs in shadow; NULL: none from here on';


COMMENT ON COLUMN market.challengers.reason IS 'Why';


COMMENT ON COLUMN market.challengers.appointed_by IS 'Database login that appointed it';


COMMENT ON COLUMN market.challengers.appointed_at IS 'When';


COMMENT ON COLUMN market.challengers.effective_from IS 'First market time that it answers, UTC';


ALTER TABLE market.challengers ALTER COLUMN challenge_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME market.challengers_challenge_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE VIEW market.champions AS
 SELECT c.symbol,
    c.horizon_minutes,
    (c.threshold)::numeric(6,5) AS threshold,
    c.model_id,
    c.candidate,
    c.effective_from,
    c.reason
   FROM market.champions_at('infinity'::timestamp with time zone) c(symbol, horizon_minutes, threshold, model_id, candidate, effective_from, kind, reason);


COMMENT ON VIEW market.champions IS 'One row a cell that has a champion: the newest appointed model, which answers its minutes from effective_from on; see champions_at(instant) for any other time';


COMMENT ON COLUMN market.champions.symbol IS 'Name of the market';


COMMENT ON COLUMN market.champions.horizon_minutes IS 'How far ahead, minutes';


COMMENT ON COLUMN market.champions.threshold IS 'The move that counts, a fraction';


COMMENT ON COLUMN market.champions.model_id IS 'Model, see models';


COMMENT ON COLUMN market.champions.candidate IS 'Its recipe';


COMMENT ON COLUMN market.champions.effective_from IS 'First market time that it answers, UTC';


COMMENT ON COLUMN market.champions.reason IS 'Why it was promoted, with the numbers';


CREATE TABLE market.metric_catalogue (
    symbol text NOT NULL,
    metric text NOT NULL,
    query text NOT NULL,
    expression text,
    asked_since timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);


COMMENT ON TABLE market.metric_catalogue IS 'What the loads ask for: one row a symbol and metric of the settings, kept in step by every load';


COMMENT ON COLUMN market.metric_catalogue.symbol IS 'Name of the market, as in the settings';


COMMENT ON COLUMN market.metric_catalogue.metric IS 'Column of minute_metrics';


COMMENT ON COLUMN market.metric_catalogue.query IS 'PromQL selector of its series';


COMMENT ON COLUMN market.metric_catalogue.expression IS 'PromQL that is asked where the series has no sample; NULL: a base metric, which nothing can replace';


COMMENT ON COLUMN market.metric_catalogue.asked_since IS 'When a load first asked so';


CREATE TABLE market.quarantined_samples (
    sample_id bigint NOT NULL,
    symbol text NOT NULL,
    metric text NOT NULL,
    first_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone NOT NULL,
    samples bigint NOT NULL,
    value text,
    labels text,
    reason text NOT NULL,
    seen_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);


COMMENT ON TABLE market.quarantined_samples IS 'Samples that the source gave and that were not stored as minutes, each with the reason';


COMMENT ON COLUMN market.quarantined_samples.sample_id IS 'Number of the row';


COMMENT ON COLUMN market.quarantined_samples.symbol IS 'Name of the market';


COMMENT ON COLUMN market.quarantined_samples.metric IS 'Column of minute_metrics that they were meant for';


COMMENT ON COLUMN market.quarantined_samples.first_at IS 'Time of the first of the samples, UTC, as the source gave it';


COMMENT ON COLUMN market.quarantined_samples.last_at IS 'Time of the last of them, UTC';


COMMENT ON COLUMN market.quarantined_samples.samples IS 'How many there are';


COMMENT ON COLUMN market.quarantined_samples.value IS 'The value, as the source wrote it; NULL: several samples, or a whole series';


COMMENT ON COLUMN market.quarantined_samples.labels IS 'Labels of the series, where a second series is the reason; else NULL';


COMMENT ON COLUMN market.quarantined_samples.reason IS 'Why they were set aside';


COMMENT ON COLUMN market.quarantined_samples.seen_at IS 'When we first saw them';


CREATE TABLE market.source_absences (
    symbol text NOT NULL,
    metric text NOT NULL,
    absent_from timestamp with time zone NOT NULL,
    absent_to timestamp with time zone NOT NULL,
    attempts integer NOT NULL,
    first_missed_at timestamp with time zone NOT NULL,
    last_asked_at timestamp with time zone NOT NULL,
    next_ask_at timestamp with time zone,
    CONSTRAINT source_absences_attempts_check CHECK ((attempts > 0)),
    CONSTRAINT source_absences_check CHECK ((absent_from < absent_to))
);


COMMENT ON TABLE market.source_absences IS 'Minutes that the source was asked for and did not have, as runs; a run goes when its minutes arrive';


COMMENT ON COLUMN market.source_absences.symbol IS 'Name of the market';


COMMENT ON COLUMN market.source_absences.metric IS 'Column of minute_metrics';


COMMENT ON COLUMN market.source_absences.absent_from IS 'First absent minute, UTC, included';


COMMENT ON COLUMN market.source_absences.absent_to IS 'End of the run, UTC, not included';


COMMENT ON COLUMN market.source_absences.attempts IS 'How often they were asked for when they were due; the first miss is 1';


COMMENT ON COLUMN market.source_absences.first_missed_at IS 'When they were first missed';


COMMENT ON COLUMN market.source_absences.last_asked_at IS 'When attempts was last counted up';


COMMENT ON COLUMN market.source_absences.next_ask_at IS 'When repair asks again: 1 hour, 1 day and 7 days after the misses; NULL: not again by itself';


CREATE VIEW market.coverage_gaps AS
 SELECT c.symbol,
    g.metric,
    g.gap_from,
    g.gap_to,
    ((EXTRACT(epoch FROM (g.gap_to - g.gap_from)) / (60)::numeric))::bigint AS minutes,
        CASE
            WHEN q.any_set_aside THEN 'the source had samples of them that were set aside: see quarantined_samples'::text
            WHEN (COALESCE(a.absent_minutes, (0)::bigint) = 0) THEN 'not asked for yet: run cortex-signals repair'::text
            WHEN ((a.absent_minutes)::numeric < (EXTRACT(epoch FROM (g.gap_to - g.gap_from)) / (60)::numeric)) THEN format('%s of them were not asked for yet: run cortex-signals repair; the others the source did not have when asked'::text, (((EXTRACT(epoch FROM (g.gap_to - g.gap_from)) / (60)::numeric))::bigint - a.absent_minutes))
            WHEN (a.next_ask_at IS NULL) THEN format('the source did not have them when asked at %s: asked %s times, and not again by itself'::text, to_char(a.last_asked_at, 'YYYY-MM-DD HH24:MI'::text), a.attempts)
            ELSE format('the source did not have them when asked at %s: asked again from %s on'::text, to_char(a.last_asked_at, 'YYYY-MM-DD HH24:MI'::text), to_char(a.next_ask_at, 'YYYY-MM-DD HH24:MI'::text))
        END AS reason
   FROM ((((( SELECT k.symbol,
            array_agg(k.metric) AS metrics
           FROM market.metric_catalogue k
          GROUP BY k.symbol) c
     CROSS JOIN LATERAL ( SELECT min(m.ts) AS first_ts,
            max(m.ts) AS last_ts
           FROM market.minute_metrics m
          WHERE (m.symbol = c.symbol)) b)
     CROSS JOIN LATERAL market.missing_minutes(c.symbol, b.first_ts, (b.last_ts + '00:01:00'::interval), c.metrics) g(metric, gap_from, gap_to))
     LEFT JOIN LATERAL ( SELECT max(s.attempts) AS attempts,
            max(s.last_asked_at) AS last_asked_at,
            min(s.next_ask_at) AS next_ask_at,
            ((sum(EXTRACT(epoch FROM (LEAST(s.absent_to, g.gap_to) - GREATEST(s.absent_from, g.gap_from)))) / (60)::numeric))::bigint AS absent_minutes
           FROM market.source_absences s
          WHERE ((s.symbol = c.symbol) AND (s.metric = g.metric) AND (s.absent_from < g.gap_to) AND (s.absent_to > g.gap_from))) a ON (true))
     CROSS JOIN LATERAL ( SELECT (EXISTS ( SELECT
                   FROM market.quarantined_samples x
                  WHERE ((x.symbol = c.symbol) AND (x.metric = g.metric) AND (x.first_at < g.gap_to) AND (x.last_at >= g.gap_from)))) AS any_set_aside) q);


COMMENT ON VIEW market.coverage_gaps IS 'Runs of minutes that are not held of a metric that the settings ask for, between the first and the last minute of its symbol, and why; none: every value is there';


COMMENT ON COLUMN market.coverage_gaps.symbol IS 'Name of the market';


COMMENT ON COLUMN market.coverage_gaps.metric IS 'Column of minute_metrics';


COMMENT ON COLUMN market.coverage_gaps.gap_from IS 'First minute that is not held, UTC, included';


COMMENT ON COLUMN market.coverage_gaps.gap_to IS 'End of the gap, UTC, not included';


COMMENT ON COLUMN market.coverage_gaps.minutes IS 'Minutes that are not held';


COMMENT ON COLUMN market.coverage_gaps.reason IS 'Whether the source was asked for them, when, and when it is asked again';


CREATE VIEW market.daily_performance AS
 SELECT d.day,
    d.symbol,
    d.horizon_minutes,
    d.threshold,
    d.model_id,
    m.candidate,
    d.kind,
    d.signals,
    d.abstained,
    d.settled,
    ((d.signals)::numeric / 1440.0) AS coverage,
    (d.expected_up / (NULLIF(d.settled, 0))::double precision) AS promised_up,
    ((d.observed_up)::double precision / (NULLIF(d.settled, 0))::double precision) AS delivered_up,
    (d.expected_down / (NULLIF(d.settled, 0))::double precision) AS promised_down,
    ((d.observed_down)::double precision / (NULLIF(d.settled, 0))::double precision) AS delivered_down,
    d.events,
    ((d.correct)::double precision / (NULLIF(d.settled, 0))::double precision) AS accuracy,
    ((1)::double precision - (((d.observed_up + d.observed_down))::double precision / (NULLIF(d.settled, 0))::double precision)) AS sideways_accuracy,
    d.brier,
    d.brier_prior,
    d.log_loss,
    d.log_loss_prior,
    ((1)::double precision - (d.log_loss / NULLIF(d.log_loss_prior, (0)::double precision))) AS log_loss_skill,
    d.trades,
    ((d.wins)::double precision / (NULLIF(d.trades, 0))::double precision) AS win_rate,
        CASE
            WHEN (d.trades > 0) THEN d.net_return_sum
            ELSE NULL::double precision
        END AS net_return,
    (((10000)::double precision * d.net_return_sum) / (NULLIF(d.trades, 0))::double precision) AS mean_net_return_bps,
    d.latency_median_seconds,
    d.latency_p95_seconds,
    d.latency_max_seconds,
    ((10000)::double precision * (i.mean - i.reach)) AS net_return_low_bps,
    ((10000)::double precision * (i.mean + i.reach)) AS net_return_high_bps
   FROM ((market.performance_days d
     LEFT JOIN market.models m USING (model_id))
     CROSS JOIN LATERAL ( SELECT (d.net_return_sum / (NULLIF(d.trades, 0))::double precision) AS mean,
            (market.student_t_95((((d.trades)::numeric - 1.0))::double precision) * sqrt((GREATEST((d.net_return_squares - ((d.net_return_sum ^ (2)::double precision) / (NULLIF(d.trades, 0))::double precision)), (0)::double precision) / (NULLIF((d.trades * (d.trades - 1)), 0))::double precision))) AS reach) i);


COMMENT ON VIEW market.daily_performance IS 'Promised against delivered: one row a UTC day, cell, model and kind. A day holds few events, and its minutes overlap: look at many days, and at events, before believing a score. Money counts opens_position alone';


COMMENT ON COLUMN market.daily_performance.day IS 'UTC day of ts';


COMMENT ON COLUMN market.daily_performance.symbol IS 'Name of the market';


COMMENT ON COLUMN market.daily_performance.horizon_minutes IS 'Cell: how far ahead, minutes';


COMMENT ON COLUMN market.daily_performance.threshold IS 'Cell: the move that counts, a fraction';


COMMENT ON COLUMN market.daily_performance.model_id IS 'Model that scored them, or was asked; NULL: minutes that were abstained from without one';


COMMENT ON COLUMN market.daily_performance.candidate IS 'Its recipe; NULL as for model_id';


COMMENT ON COLUMN market.daily_performance.kind IS 'live: the champion''s, in time. shadow: a challenger''s. late: answered too late to be acted on';


COMMENT ON COLUMN market.daily_performance.signals IS 'Signals of that kind, ABSTAIN included';


COMMENT ON COLUMN market.daily_performance.abstained IS 'Of them ABSTAIN';


COMMENT ON COLUMN market.daily_performance.settled IS 'Of them with a known outcome; the scores rest on these';


COMMENT ON COLUMN market.daily_performance.coverage IS 'signals over the 1,440 minutes of a day: of one model, so sum it over a cell''s models and kinds; the first and the present day are parts';


COMMENT ON COLUMN market.daily_performance.promised_up IS 'Mean p_up of the settled signals; NULL: none settled';


COMMENT ON COLUMN market.daily_performance.delivered_up IS 'Share of the settled ones that came UP; NULL: none settled';


COMMENT ON COLUMN market.daily_performance.promised_down IS 'Mean p_down of the settled signals; NULL: none settled';


COMMENT ON COLUMN market.daily_performance.delivered_down IS 'Share of the settled ones that came DOWN; NULL: none settled';


COMMENT ON COLUMN market.daily_performance.events IS 'UP and DOWN events that begin on the day: maximal runs of same-class minutes with gaps under the horizon';


COMMENT ON COLUMN market.daily_performance.accuracy IS 'Share of the settled ones with prediction = outcome: says nothing without sideways_accuracy; NULL: none settled';


COMMENT ON COLUMN market.daily_performance.sideways_accuracy IS 'What always answering SIDEWAYS would have had on the same signals; NULL: none settled';


COMMENT ON COLUMN market.daily_performance.brier IS 'Mean Brier score over the three classes, 0 (perfect) to 2; NULL: none settled';


COMMENT ON COLUMN market.daily_performance.brier_prior IS 'The same of the model''s base rates; NULL: none settled';


COMMENT ON COLUMN market.daily_performance.log_loss IS 'Mean log-loss, nats; NULL: none settled';


COMMENT ON COLUMN market.daily_performance.log_loss_prior IS 'The same of the model''s base rates; NULL: none settled';


COMMENT ON COLUMN market.daily_performance.log_loss_skill IS '1 - log_loss / log_loss_prior; 0: no better than always saying the base rates; NULL: none settled';


COMMENT ON COLUMN market.daily_performance.trades IS 'Positions on paper that were opened and whose end is known, never overlapping';


COMMENT ON COLUMN market.daily_performance.win_rate IS 'Share of them with a net return above 0; NULL: no trade';


COMMENT ON COLUMN market.daily_performance.net_return IS 'Sum of their net returns after the round trips'' costs, a fraction; NULL: no trade';


COMMENT ON COLUMN market.daily_performance.mean_net_return_bps IS 'Mean of them, basis points; NULL: no trade';


COMMENT ON COLUMN market.daily_performance.latency_median_seconds IS 'Median of the seconds from the minute''s end to the commit of its signals (signal_commits; where it has none, to the decision); NULL: no signal';


COMMENT ON COLUMN market.daily_performance.latency_p95_seconds IS '95th percentile of the same, seconds; NULL: no signal';


COMMENT ON COLUMN market.daily_performance.latency_max_seconds IS 'Largest of the same, seconds; NULL: no signal';


COMMENT ON COLUMN market.daily_performance.net_return_low_bps IS 'Lower end of the 95 % interval of mean_net_return_bps, basis points: Student''s t over the day''s trades, as if they were independent; NULL: fewer than two trades';


COMMENT ON COLUMN market.daily_performance.net_return_high_bps IS 'Upper end of that interval; NULL: fewer than two trades';


CREATE TABLE market.feature_versions (
    feature_version integer NOT NULL,
    feature_hash text NOT NULL,
    columns text[] NOT NULL,
    definition text NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    lookback_minutes integer[]
);


COMMENT ON TABLE market.feature_versions IS 'Every definition that minute_features has had; a model names the one it was trained on';


COMMENT ON COLUMN market.feature_versions.feature_version IS 'Number of the version, counted up; its view is minute_features_v<number>, kept while a model rests on it';


COMMENT ON COLUMN market.feature_versions.feature_hash IS 'SHA-256 of the definition, hexadecimal';


COMMENT ON COLUMN market.feature_versions.columns IS 'Feature columns in the order in which models see them';


COMMENT ON COLUMN market.feature_versions.definition IS 'The SQL text';


COMMENT ON COLUMN market.feature_versions.created_at IS 'When migrate first applied it';


COMMENT ON COLUMN market.feature_versions.lookback_minutes IS 'Minutes before ts that each column uses, in the order of columns; 0: the row of ts alone; NULL: not recorded (versions before the schema''s 0003)';


CREATE TABLE market.ingest_windows (
    window_id bigint NOT NULL,
    symbol text NOT NULL,
    window_from timestamp with time zone NOT NULL,
    window_to timestamp with time zone NOT NULL,
    requests integer NOT NULL,
    retries integer NOT NULL,
    rows_new bigint NOT NULL,
    rows_changed bigint NOT NULL,
    rows_same bigint NOT NULL,
    seconds double precision NOT NULL,
    error text,
    finished_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    samples bigint,
    quarantined bigint,
    computed bigint
);


COMMENT ON TABLE market.ingest_windows IS 'The ledger of loads: one row a window that was asked of the source, written with its minutes in one transaction';


COMMENT ON COLUMN market.ingest_windows.window_id IS 'Number of the ledger row';


COMMENT ON COLUMN market.ingest_windows.symbol IS 'Name of the market';


COMMENT ON COLUMN market.ingest_windows.window_from IS 'First minute that was asked for, UTC, included';


COMMENT ON COLUMN market.ingest_windows.window_to IS 'End of the window, UTC, not included';


COMMENT ON COLUMN market.ingest_windows.requests IS 'HTTP requests sent, retries included';


COMMENT ON COLUMN market.ingest_windows.retries IS 'HTTP requests that were repeats';


COMMENT ON COLUMN market.ingest_windows.rows_new IS 'Minutes that were not there';


COMMENT ON COLUMN market.ingest_windows.rows_changed IS 'Minutes that were there and gained or changed a value';


COMMENT ON COLUMN market.ingest_windows.rows_same IS 'Minutes that were there with the same values';


COMMENT ON COLUMN market.ingest_windows.seconds IS 'Time from the first request until the minutes were merged, seconds';


COMMENT ON COLUMN market.ingest_windows.error IS 'Why the window was not loaded; NULL: it was';


COMMENT ON COLUMN market.ingest_windows.finished_at IS 'When it was written';


COMMENT ON COLUMN market.ingest_windows.samples IS 'Values that the source gave for the window and that were taken, of minutes that were already there too; NULL: loaded by an earlier version';


COMMENT ON COLUMN market.ingest_windows.quarantined IS 'Samples that were set aside; NULL: loaded by an earlier version';


COMMENT ON COLUMN market.ingest_windows.computed IS 'Of samples, those asked by expression because the recording rule had none; NULL: loaded by an earlier version';


ALTER TABLE market.ingest_windows ALTER COLUMN window_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME market.ingest_windows_window_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE market.kill_switch (
    switch_id bigint NOT NULL,
    symbol text,
    is_on boolean NOT NULL,
    reason text NOT NULL,
    set_by text NOT NULL,
    set_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);


COMMENT ON TABLE market.kill_switch IS 'Append-only: each time a person turned signals off or on again. The newest row of a symbol and the newest of all symbols count: on in either of them, every minute is answered with ABSTAIN';


COMMENT ON COLUMN market.kill_switch.switch_id IS 'Number of the act';


COMMENT ON COLUMN market.kill_switch.symbol IS 'Name of the market; NULL: all of them';


COMMENT ON COLUMN market.kill_switch.is_on IS 'True: from now on ABSTAIN; false: signals again';


COMMENT ON COLUMN market.kill_switch.reason IS 'Why, in the words of who did it';


COMMENT ON COLUMN market.kill_switch.set_by IS 'Who: the user of Airflow''s web UI, or the database login';


COMMENT ON COLUMN market.kill_switch.set_at IS 'When';


CREATE VIEW market.kill_switch_state AS
 SELECT DISTINCT ON (k.symbol) k.symbol,
    k.is_on,
    k.reason,
    k.set_by,
    k.set_at
   FROM market.kill_switch k
  ORDER BY k.symbol, k.switch_id DESC;


COMMENT ON VIEW market.kill_switch_state IS 'The newest act of the kill switch for each symbol and for all of them; on in either row, the symbol''s minutes are answered with ABSTAIN. No row: never used';


COMMENT ON COLUMN market.kill_switch_state.symbol IS 'Name of the market; NULL: all of them';


COMMENT ON COLUMN market.kill_switch_state.is_on IS 'True: ABSTAIN; false: signals';


COMMENT ON COLUMN market.kill_switch_state.reason IS 'Why, in the words of who did it';


COMMENT ON COLUMN market.kill_switch_state.set_by IS 'Who: the user of Airflow''s web UI, or the database login';


COMMENT ON COLUMN market.kill_switch_state.set_at IS 'When';


ALTER TABLE market.kill_switch ALTER COLUMN switch_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME market.kill_switch_switch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE VIEW market.minute_labels AS
 SELECT d.symbol,
    d.day,
    v.ts,
    v.forward_log_return_15m,
    v.forward_log_return_30m,
    v.forward_log_return_45m,
    v.forward_log_return_1h,
    v.forward_log_return_2h,
    v.forward_log_return_4h,
        CASE
            WHEN (v.forward_log_return_15m IS NOT NULL) THEN (v.ts + '00:15:00'::interval)
            ELSE NULL::timestamp with time zone
        END AS label_end_15m,
        CASE
            WHEN (v.forward_log_return_30m IS NOT NULL) THEN (v.ts + '00:30:00'::interval)
            ELSE NULL::timestamp with time zone
        END AS label_end_30m,
        CASE
            WHEN (v.forward_log_return_45m IS NOT NULL) THEN (v.ts + '00:45:00'::interval)
            ELSE NULL::timestamp with time zone
        END AS label_end_45m,
        CASE
            WHEN (v.forward_log_return_1h IS NOT NULL) THEN (v.ts + '01:00:00'::interval)
            ELSE NULL::timestamp with time zone
        END AS label_end_1h,
        CASE
            WHEN (v.forward_log_return_2h IS NOT NULL) THEN (v.ts + '02:00:00'::interval)
            ELSE NULL::timestamp with time zone
        END AS label_end_2h,
        CASE
            WHEN (v.forward_log_return_4h IS NOT NULL) THEN (v.ts + '04:00:00'::interval)
            ELSE NULL::timestamp with time zone
        END AS label_end_4h
   FROM (market.metric_days d
     CROSS JOIN LATERAL ( WITH minutes AS (
                 SELECT g.ts,
                    (m.symbol IS NOT NULL) AS is_loaded,
                        CASE
                            WHEN ((m.last_price > (0.000000000000000000000000000001)::double precision) AND (m.last_price < ('1000000000000000000000000000000'::numeric)::double precision)) THEN ln(m.last_price)
                            ELSE NULL::double precision
                        END AS x
                   FROM (generate_series(((d.day)::timestamp without time zone AT TIME ZONE 'UTC'::text), (((d.day)::timestamp without time zone AT TIME ZONE 'UTC'::text) + '27:59:00'::interval), '00:01:00'::interval) g(ts)
                     LEFT JOIN market.minute_metrics m ON (((m.symbol = d.symbol) AND (m.ts = g.ts) AND (m.ts >= ((d.day)::timestamp without time zone AT TIME ZONE 'UTC'::text)) AND (m.ts < (((d.day)::timestamp without time zone AT TIME ZONE 'UTC'::text) + '28:00:00'::interval)))))
                ), running AS (
                 SELECT m.ts,
                    m.is_loaded,
                    m.x,
                    count(m.x) OVER (ORDER BY m.ts) AS prices
                   FROM minutes m
                ), labels AS (
                 SELECT r.ts,
                    r.is_loaded,
                        CASE
                            WHEN ((lead(r.prices, 15) OVER w - r.prices) = 15) THEN (lead(r.x, 15) OVER w - r.x)
                            ELSE NULL::double precision
                        END AS forward_log_return_15m,
                        CASE
                            WHEN ((lead(r.prices, 30) OVER w - r.prices) = 30) THEN (lead(r.x, 30) OVER w - r.x)
                            ELSE NULL::double precision
                        END AS forward_log_return_30m,
                        CASE
                            WHEN ((lead(r.prices, 45) OVER w - r.prices) = 45) THEN (lead(r.x, 45) OVER w - r.x)
                            ELSE NULL::double precision
                        END AS forward_log_return_45m,
                        CASE
                            WHEN ((lead(r.prices, 60) OVER w - r.prices) = 60) THEN (lead(r.x, 60) OVER w - r.x)
                            ELSE NULL::double precision
                        END AS forward_log_return_1h,
                        CASE
                            WHEN ((lead(r.prices, 120) OVER w - r.prices) = 120) THEN (lead(r.x, 120) OVER w - r.x)
                            ELSE NULL::double precision
                        END AS forward_log_return_2h,
                        CASE
                            WHEN ((lead(r.prices, 240) OVER w - r.prices) = 240) THEN (lead(r.x, 240) OVER w - r.x)
                            ELSE NULL::double precision
                        END AS forward_log_return_4h
                   FROM running r
                  WINDOW w AS (ORDER BY r.ts)
                )
         SELECT l.ts,
            l.is_loaded,
            l.forward_log_return_15m,
            l.forward_log_return_30m,
            l.forward_log_return_45m,
            l.forward_log_return_1h,
            l.forward_log_return_2h,
            l.forward_log_return_4h
           FROM labels l
          WHERE (l.is_loaded AND (l.ts < (((d.day)::timestamp without time zone AT TIME ZONE 'UTC'::text) + '24:00:00'::interval)))
         OFFSET 0) v);


COMMENT ON VIEW market.minute_labels IS 'One row a loaded minute; ask with symbol and day. Looks forward: never an input of a model';


COMMENT ON COLUMN market.minute_labels.symbol IS 'Name of the market';


COMMENT ON COLUMN market.minute_labels.day IS 'UTC date of ts; a predicate on it reads only those days';


COMMENT ON COLUMN market.minute_labels.ts IS 'End of the minute, UTC; the label begins here and ends ts + horizon';


COMMENT ON COLUMN market.minute_labels.forward_log_return_15m IS 'ln(p[t + 15 min] / p[t]); NULL: a minute of [t, t + 15 min] has no price, is missing or not there yet';


COMMENT ON COLUMN market.minute_labels.forward_log_return_30m IS 'ln(p[t + 30 min] / p[t]); NULL: a minute of [t, t + 30 min] has no price, is missing or not there yet';


COMMENT ON COLUMN market.minute_labels.forward_log_return_45m IS 'ln(p[t + 45 min] / p[t]); NULL: a minute of [t, t + 45 min] has no price, is missing or not there yet';


COMMENT ON COLUMN market.minute_labels.forward_log_return_1h IS 'ln(p[t + 60 min] / p[t]); NULL: a minute of [t, t + 60 min] has no price, is missing or not there yet';


COMMENT ON COLUMN market.minute_labels.forward_log_return_2h IS 'ln(p[t + 120 min] / p[t]); NULL: a minute of [t, t + 120 min] has no price, is missing or not there yet';


COMMENT ON COLUMN market.minute_labels.forward_log_return_4h IS 'ln(p[t + 240 min] / p[t]); NULL: a minute of [t, t + 240 min] has no price, is missing or not there yet';


COMMENT ON COLUMN market.minute_labels.label_end_15m IS 'Last market time that forward_log_return_15m rests on, ts + 15 min, UTC; NULL: that label is not known';


COMMENT ON COLUMN market.minute_labels.label_end_30m IS 'Last market time that forward_log_return_30m rests on, ts + 30 min, UTC; NULL: that label is not known';


COMMENT ON COLUMN market.minute_labels.label_end_45m IS 'Last market time that forward_log_return_45m rests on, ts + 45 min, UTC; NULL: that label is not known';


COMMENT ON COLUMN market.minute_labels.label_end_1h IS 'Last market time that forward_log_return_1h rests on, ts + 60 min, UTC; NULL: that label is not known';


COMMENT ON COLUMN market.minute_labels.label_end_2h IS 'Last market time that forward_log_return_2h rests on, ts + 120 min, UTC; NULL: that label is not known';


COMMENT ON COLUMN market.minute_labels.label_end_4h IS 'Last market time that forward_log_return_4h rests on, ts + 240 min, UTC; NULL: that label is not known';


CREATE TABLE market.model_evaluations (
    evaluation_id bigint NOT NULL,
    run_id uuid NOT NULL,
    candidate text NOT NULL,
    is_baseline boolean NOT NULL,
    symbol text NOT NULL,
    horizon_minutes integer NOT NULL,
    threshold numeric(6,5) NOT NULL,
    fold integer,
    as_of timestamp with time zone NOT NULL,
    model_id bigint,
    log_loss double precision,
    log_loss_skill double precision,
    skill_low double precision,
    skill_high double precision,
    auc_up double precision,
    auc_down double precision,
    auc_big_move double precision,
    auc_direction double precision,
    calibration_error double precision,
    rows bigint NOT NULL,
    events bigint NOT NULL,
    days bigint NOT NULL,
    evaluated_from timestamp with time zone NOT NULL,
    evaluated_to timestamp with time zone NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    share_up double precision,
    share_down double precision,
    average_precision_lift_up double precision,
    average_precision_lift_down double precision,
    precision_top_up double precision,
    precision_top_down double precision,
    brier double precision,
    brier_prior double precision,
    mcc double precision,
    recall_down double precision,
    recall_sideways double precision,
    recall_up double precision,
    precision_down double precision,
    precision_sideways double precision,
    precision_up double precision,
    share_decided_down double precision,
    share_decided_sideways double precision,
    share_decided_up double precision,
    decided_rows bigint,
    decided_events bigint,
    decided_days bigint,
    legacy_accuracy double precision,
    legacy_directional_accuracy double precision,
    legacy_directional_rows bigint,
    legacy_high_confidence_accuracy double precision,
    legacy_high_confidence_rows bigint,
    legacy_balanced_score double precision,
    legacy_sideways_accuracy double precision,
    legacy_sideways_balanced_score double precision,
    curves jsonb,
    recipe_hash text,
    trades bigint,
    trades_a_day double precision,
    win_rate double precision,
    mean_net_return_bps double precision,
    net_return_low_bps double precision,
    net_return_high_bps double precision,
    net_return double precision,
    sharpe double precision,
    max_drawdown double precision,
    hold_net_return double precision,
    hold_sharpe double precision,
    hold_max_drawdown double precision,
    deflated_sharpe double precision,
    lucky_sharpe double precision,
    trials bigint,
    placebo_skill double precision,
    placebo_low double precision,
    placebo_high double precision,
    daily_from date,
    daily_net_returns double precision[]
);


COMMENT ON TABLE market.model_evaluations IS 'Out-of-sample scores of a recipe in the walk-forward of one training run: a row a fold, and one pooled over the folds';


COMMENT ON COLUMN market.model_evaluations.evaluation_id IS 'Number of the evaluation';


COMMENT ON COLUMN market.model_evaluations.run_id IS 'The training run; its rows are scored on the same test minutes';


COMMENT ON COLUMN market.model_evaluations.candidate IS 'Recipe: name of the candidate or baseline';


COMMENT ON COLUMN market.model_evaluations.is_baseline IS 'True for baselines';


COMMENT ON COLUMN market.model_evaluations.symbol IS 'Name of the market';


COMMENT ON COLUMN market.model_evaluations.horizon_minutes IS 'How far ahead the label looks, minutes';


COMMENT ON COLUMN market.model_evaluations.threshold IS 'Move that the label calls UP or DOWN, a fraction';


COMMENT ON COLUMN market.model_evaluations.fold IS 'Number of the test fold, from 0; NULL: pooled over all folds';


COMMENT ON COLUMN market.model_evaluations.as_of IS 'Last market time used, UTC';


COMMENT ON COLUMN market.model_evaluations.model_id IS 'The model that was registered from this recipe and run; NULL: none was';


COMMENT ON COLUMN market.model_evaluations.log_loss IS 'Mean log-loss, nats a row';


COMMENT ON COLUMN market.model_evaluations.log_loss_skill IS '1 - log-loss / log-loss of the training fold''s class prior; 0: no better than the prior';


COMMENT ON COLUMN market.model_evaluations.skill_low IS 'Lower end of the 95 % block-bootstrap interval of the skill; NULL: too few blocks';


COMMENT ON COLUMN market.model_evaluations.skill_high IS 'Upper end of that interval; NULL: too few blocks';


COMMENT ON COLUMN market.model_evaluations.auc_up IS 'Area under the ROC curve of p_up, UP against the rest; NULL: one class only';


COMMENT ON COLUMN market.model_evaluations.auc_down IS 'Area under the ROC curve of p_down, DOWN against the rest; NULL: one class only';


COMMENT ON COLUMN market.model_evaluations.auc_big_move IS 'Area under the ROC curve of 1 - p_sideways, a big move against none; NULL: one class only';


COMMENT ON COLUMN market.model_evaluations.auc_direction IS 'Area under the ROC curve of p_up / (p_up + p_down) among big moves; 0.5: no idea of the direction; NULL: one class only';


COMMENT ON COLUMN market.model_evaluations.calibration_error IS '15 equal-count bins, UP and DOWN one against the rest, the larger';


COMMENT ON COLUMN market.model_evaluations.rows IS 'Test minutes';


COMMENT ON COLUMN market.model_evaluations.events IS 'UP and DOWN events: maximal runs of same-class minutes with gaps under the horizon';


COMMENT ON COLUMN market.model_evaluations.days IS 'Distinct UTC days with an event';


COMMENT ON COLUMN market.model_evaluations.evaluated_from IS 'First test minute, UTC';


COMMENT ON COLUMN market.model_evaluations.evaluated_to IS 'End of the test minutes, UTC, not included';


COMMENT ON COLUMN market.model_evaluations.created_at IS 'When it was written';


COMMENT ON COLUMN market.model_evaluations.share_up IS 'Share of the test minutes that are UP: the precision of guesses; NULL: scored before the schema''s 0004';


COMMENT ON COLUMN market.model_evaluations.share_down IS 'Share of the test minutes that are DOWN: the precision of guesses; NULL: scored before the schema''s 0004';


COMMENT ON COLUMN market.model_evaluations.average_precision_lift_up IS 'Average precision of p_up for UP, over share_up; 1: no better than guessing; NULL: no UP minute, or scored before the schema''s 0004';


COMMENT ON COLUMN market.model_evaluations.average_precision_lift_down IS 'Average precision of p_down for DOWN, over share_down; 1: no better than guessing; NULL: no DOWN minute, or scored before the schema''s 0004';


COMMENT ON COLUMN market.model_evaluations.precision_top_up IS 'Share of UP among the 1 % of the test minutes with the highest p_up; guesses have share_up; NULL: scored before the schema''s 0004';


COMMENT ON COLUMN market.model_evaluations.precision_top_down IS 'Share of DOWN among the 1 % of the test minutes with the highest p_down; guesses have share_down; NULL: scored before the schema''s 0004';


COMMENT ON COLUMN market.model_evaluations.brier IS 'Brier score over the three classes, mean squared distance a row, 0 (perfect) to 2; NULL: scored before the schema''s 0004';


COMMENT ON COLUMN market.model_evaluations.brier_prior IS 'The same of the training fold''s class prior; NULL: scored before the schema''s 0004';


COMMENT ON COLUMN market.model_evaluations.mcc IS 'Matthews correlation of the classes by the cut-offs, -1 to 1, over decided_rows; 0: guesses or a constant answer; NULL: nothing decided, only one class came, or scored before the schema''s 0004';


COMMENT ON COLUMN market.model_evaluations.recall_down IS 'Share of the DOWN minutes of decided_rows that were predicted DOWN; guesses as frequent as the class: share_decided_down; NULL: none came, or scored before the schema''s 0004';


COMMENT ON COLUMN market.model_evaluations.recall_sideways IS 'The same of SIDEWAYS; guesses: share_decided_sideways; NULL: none came, or scored before the schema''s 0004';


COMMENT ON COLUMN market.model_evaluations.recall_up IS 'The same of UP; guesses: share_decided_up; NULL: none came, or scored before the schema''s 0004';


COMMENT ON COLUMN market.model_evaluations.precision_down IS 'Share of the minutes predicted DOWN that were DOWN; guesses: share_decided_down; NULL: never predicted, or scored before the schema''s 0004';


COMMENT ON COLUMN market.model_evaluations.precision_sideways IS 'The same of SIDEWAYS; guesses: share_decided_sideways; NULL: never predicted, or scored before the schema''s 0004';


COMMENT ON COLUMN market.model_evaluations.precision_up IS 'The same of UP; guesses: share_decided_up; NULL: never predicted, or scored before the schema''s 0004';


COMMENT ON COLUMN market.model_evaluations.share_decided_down IS 'Share of DOWN in decided_rows; NULL: nothing decided, or scored before the schema''s 0004';


COMMENT ON COLUMN market.model_evaluations.share_decided_sideways IS 'Share of SIDEWAYS in decided_rows; NULL: nothing decided, or scored before the schema''s 0004';


COMMENT ON COLUMN market.model_evaluations.share_decided_up IS 'Share of UP in decided_rows; NULL: nothing decided, or scored before the schema''s 0004';


COMMENT ON COLUMN market.model_evaluations.decided_rows IS 'Test minutes with a predicted class: by cut-offs from earlier folds, so none of the first fold; NULL: scored before the schema''s 0004';


COMMENT ON COLUMN market.model_evaluations.decided_events IS 'UP and DOWN events in them; NULL: scored before the schema''s 0004';


COMMENT ON COLUMN market.model_evaluations.decided_days IS 'UTC days on which such an event begins; NULL: scored before the schema''s 0004';


COMMENT ON COLUMN market.model_evaluations.legacy_accuracy IS 'Legacy metric of the predecessor, not judged by: share of the test minutes whose most probable class came; NULL: scored before the schema''s 0004';


COMMENT ON COLUMN market.model_evaluations.legacy_directional_accuracy IS 'Legacy metric: where the most probable class is UP or DOWN, share in which (truth is UP) is (prediction is UP), so DOWN on a SIDEWAYS minute counts as right; NULL: no such minute, or scored before the schema''s 0004';


COMMENT ON COLUMN market.model_evaluations.legacy_directional_rows IS 'Legacy metric: minutes that legacy_directional_accuracy rests on; NULL: scored before the schema''s 0004';


COMMENT ON COLUMN market.model_evaluations.legacy_high_confidence_accuracy IS 'Legacy metric: accuracy where the largest probability is over 0.8; NULL: no such minute, or scored before the schema''s 0004';


COMMENT ON COLUMN market.model_evaluations.legacy_high_confidence_rows IS 'Legacy metric: minutes that legacy_high_confidence_accuracy rests on; NULL: scored before the schema''s 0004';


COMMENT ON COLUMN market.model_evaluations.legacy_balanced_score IS 'Legacy metric: 0.5 directional + 0.3 overall + 0.2 high-confidence accuracy, a fraction, a part without minutes counting 0; NULL: scored before the schema''s 0004';


COMMENT ON COLUMN market.model_evaluations.legacy_sideways_accuracy IS 'Legacy metric: legacy_accuracy of always answering SIDEWAYS, on the same minutes; its high-confidence accuracy too; NULL: scored before the schema''s 0004';


COMMENT ON COLUMN market.model_evaluations.legacy_sideways_balanced_score IS 'Legacy metric: legacy_balanced_score of always answering SIDEWAYS, on the same minutes; it names no direction; NULL: scored before the schema''s 0004';


COMMENT ON COLUMN market.model_evaluations.curves IS 'Tables of the pooled row: calibration_up and calibration_down (predicted, observed, rows of 15 equal-count bins), months (minutes observed, expected, and expected by the class prior; events, days), regimes (skill by thirds of realised_volatility_60m in the training rows), confusion (decided minutes, true class down, predicted across: DOWN, SIDEWAYS, UP); NULL: a fold''s row, or scored before the schema''s 0004';


COMMENT ON COLUMN market.model_evaluations.recipe_hash IS 'SHA-256 of what makes the recipe and the rule: estimator and its parameters, inputs, cost, stop and target. A trial is a distinct one in a cell; NULL: scored before the schema''s 0005';


COMMENT ON COLUMN market.model_evaluations.trades IS 'Positions on paper of the decision rule in the test minutes, one at a time, entered a minute late; NULL: of one fold, nothing decided, or scored before the schema''s 0005';


COMMENT ON COLUMN market.model_evaluations.trades_a_day IS 'The same a day of 1,440 minutes, days without one included; NULL as for trades';


COMMENT ON COLUMN market.model_evaluations.win_rate IS 'Share of the trades with a net return above 0; NULL: no trade, or as for trades';


COMMENT ON COLUMN market.model_evaluations.mean_net_return_bps IS 'Mean net return of a trade after the cost of both sides, basis points; NULL: no trade, or as for trades';


COMMENT ON COLUMN market.model_evaluations.net_return_low_bps IS 'Lower end of its 95 % interval, blocks of one UTC day; NULL: trades on fewer than two days, or as for trades';


COMMENT ON COLUMN market.model_evaluations.net_return_high_bps IS 'Upper end of that interval; NULL: as for the lower end';


COMMENT ON COLUMN market.model_evaluations.net_return IS 'Of a stake that is in every trade, over all test minutes, a fraction; staying flat has 0; NULL as for trades';


COMMENT ON COLUMN market.model_evaluations.sharpe IS 'Mean over standard deviation of the daily net returns, idle days 0, times the root of 365; NULL: no trade, or as for trades';


COMMENT ON COLUMN market.model_evaluations.max_drawdown IS 'Largest loss of that stake from an earlier height, a fraction; NULL as for trades';


COMMENT ON COLUMN market.model_evaluations.hold_net_return IS 'What buying at the first decided test minute and selling at the last one brings, one round trip paid, a fraction; NULL as for trades';


COMMENT ON COLUMN market.model_evaluations.hold_sharpe IS 'Sharpe of holding; NULL as for trades';


COMMENT ON COLUMN market.model_evaluations.hold_max_drawdown IS 'Largest loss of holding, a fraction; NULL as for trades';


COMMENT ON COLUMN market.model_evaluations.deflated_sharpe IS 'Probability that the Sharpe ratio is above what the best of so many trials without an edge reaches by luck (Bailey & López de Prado 2014); 0.5 is what luck explains; NULL: no trade, or as for trades';


COMMENT ON COLUMN market.model_evaluations.lucky_sharpe IS 'That Sharpe ratio by luck, a year; NULL as for deflated_sharpe';


COMMENT ON COLUMN market.model_evaluations.trials IS 'Distinct recipes x cells x rules ever recorded with a Sharpe ratio, baselines aside, and those of the training that goes on; NULL as for deflated_sharpe';


COMMENT ON COLUMN market.model_evaluations.placebo_skill IS 'Skill of the recipe where the labels were shuffled in blocks of 5 days: above 0 means that the evaluation leaks; NULL: not asked, since it failed the gate before';


COMMENT ON COLUMN market.model_evaluations.placebo_low IS 'Lower end of its 95 % interval; NULL as for placebo_skill';


COMMENT ON COLUMN market.model_evaluations.placebo_high IS 'Upper end of its 95 % interval; NULL as for placebo_skill';


COMMENT ON COLUMN market.model_evaluations.daily_from IS 'UTC day of the first of daily_net_returns; NULL as for trades';


COMMENT ON COLUMN market.model_evaluations.daily_net_returns IS 'Net return of each UTC day of the test minutes, fractions, idle days 0; NULL as for trades';


ALTER TABLE market.model_evaluations ALTER COLUMN evaluation_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME market.model_evaluations_evaluation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE VIEW market.model_leaderboard AS
 SELECT e.candidate,
    e.symbol,
    e.horizon_minutes,
    e.threshold,
    e.is_baseline,
    COALESCE((e.model_id = c.model_id), false) AS is_champion,
    e.log_loss_skill,
    e.skill_low,
    e.skill_high,
    e.auc_up,
    e.auc_down,
    e.auc_big_move,
    e.auc_direction,
    e.calibration_error,
    e.rows,
    e.events,
    e.days,
    e.evaluated_from,
    e.evaluated_to,
    e.share_up,
    e.share_down,
    e.average_precision_lift_up,
    e.average_precision_lift_down,
    e.precision_top_up,
    e.precision_top_down,
    e.brier,
    e.brier_prior,
    e.mcc,
    e.recall_down,
    e.recall_sideways,
    e.recall_up,
    e.precision_down,
    e.precision_sideways,
    e.precision_up,
    e.share_decided_down,
    e.share_decided_sideways,
    e.share_decided_up,
    e.decided_rows,
    e.decided_events,
    e.decided_days,
    e.legacy_accuracy,
    e.legacy_directional_accuracy,
    e.legacy_directional_rows,
    e.legacy_high_confidence_accuracy,
    e.legacy_high_confidence_rows,
    e.legacy_balanced_score,
    e.legacy_sideways_accuracy,
    e.legacy_sideways_balanced_score,
    e.trades,
    e.trades_a_day,
    e.win_rate,
    e.mean_net_return_bps,
    e.net_return_low_bps,
    e.net_return_high_bps,
    e.net_return,
    e.sharpe,
    e.max_drawdown,
    e.hold_net_return,
    e.hold_sharpe,
    e.hold_max_drawdown,
    e.deflated_sharpe,
    e.lucky_sharpe,
    e.trials
   FROM ((market.model_evaluations e
     JOIN ( SELECT DISTINCT ON (n.symbol, n.horizon_minutes, n.threshold) n.symbol,
            n.horizon_minutes,
            n.threshold,
            n.run_id
           FROM market.model_evaluations n
          WHERE (n.fold IS NULL)
          ORDER BY n.symbol, n.horizon_minutes, n.threshold, n.as_of DESC, n.created_at DESC, n.evaluation_id DESC) newest USING (symbol, horizon_minutes, threshold, run_id))
     LEFT JOIN market.champions c USING (symbol, horizon_minutes, threshold))
  WHERE (e.fold IS NULL)
  ORDER BY e.symbol, e.horizon_minutes, e.threshold, e.log_loss_skill DESC NULLS LAST;


COMMENT ON VIEW market.model_leaderboard IS 'Out-of-sample scores of every recipe and baseline in each cell''s training run with the newest data, and what its rule brought on paper after costs';


COMMENT ON COLUMN market.model_leaderboard.candidate IS 'Recipe: name of the candidate or baseline';


COMMENT ON COLUMN market.model_leaderboard.symbol IS 'Name of the market';


COMMENT ON COLUMN market.model_leaderboard.horizon_minutes IS 'How far ahead the label looks, minutes';


COMMENT ON COLUMN market.model_leaderboard.threshold IS 'Move that the label calls UP or DOWN, a fraction';


COMMENT ON COLUMN market.model_leaderboard.is_baseline IS 'True for baselines';


COMMENT ON COLUMN market.model_leaderboard.is_champion IS 'True: the model of this run and recipe answers the cell''s minutes now';


COMMENT ON COLUMN market.model_leaderboard.log_loss_skill IS '1 - log-loss / log-loss of the training fold''s class prior; 0: no better than the prior';


COMMENT ON COLUMN market.model_leaderboard.skill_low IS 'Lower end of the 95 % block-bootstrap interval of the skill; NULL: too few blocks';


COMMENT ON COLUMN market.model_leaderboard.skill_high IS 'Upper end of that interval; NULL: too few blocks';


COMMENT ON COLUMN market.model_leaderboard.auc_up IS 'AUC of p_up; NULL: one class only';


COMMENT ON COLUMN market.model_leaderboard.auc_down IS 'AUC of p_down; NULL: one class only';


COMMENT ON COLUMN market.model_leaderboard.auc_big_move IS 'AUC of 1 - p_sideways; NULL: one class only';


COMMENT ON COLUMN market.model_leaderboard.auc_direction IS 'AUC of the direction among big moves; 0.5: no idea; NULL: one class only';


COMMENT ON COLUMN market.model_leaderboard.calibration_error IS '15 equal-count bins, UP and DOWN one against the rest, the larger';


COMMENT ON COLUMN market.model_leaderboard.rows IS 'Test minutes';


COMMENT ON COLUMN market.model_leaderboard.events IS 'UP and DOWN events in them';


COMMENT ON COLUMN market.model_leaderboard.days IS 'UTC days with an event';


COMMENT ON COLUMN market.model_leaderboard.evaluated_from IS 'First test minute, UTC';


COMMENT ON COLUMN market.model_leaderboard.evaluated_to IS 'End of the test minutes, UTC, not included';


COMMENT ON COLUMN market.model_leaderboard.share_up IS 'Share of the test minutes that are UP: the precision of guesses; NULL: scored before the schema''s 0004';


COMMENT ON COLUMN market.model_leaderboard.share_down IS 'Share of the test minutes that are DOWN: the precision of guesses; NULL: scored before the schema''s 0004';


COMMENT ON COLUMN market.model_leaderboard.average_precision_lift_up IS 'Average precision of p_up for UP, over share_up; 1: no better than guessing; NULL: no UP minute, or scored before the schema''s 0004';


COMMENT ON COLUMN market.model_leaderboard.average_precision_lift_down IS 'Average precision of p_down for DOWN, over share_down; 1: no better than guessing; NULL: no DOWN minute, or scored before the schema''s 0004';


COMMENT ON COLUMN market.model_leaderboard.precision_top_up IS 'Share of UP among the 1 % of the test minutes with the highest p_up; guesses have share_up; NULL: scored before the schema''s 0004';


COMMENT ON COLUMN market.model_leaderboard.precision_top_down IS 'Share of DOWN among the 1 % of the test minutes with the highest p_down; guesses have share_down; NULL: scored before the schema''s 0004';


COMMENT ON COLUMN market.model_leaderboard.brier IS 'Brier score over the three classes, mean squared distance a row, 0 (perfect) to 2; NULL: scored before the schema''s 0004';


COMMENT ON COLUMN market.model_leaderboard.brier_prior IS 'The same of the training fold''s class prior; NULL: scored before the schema''s 0004';


COMMENT ON COLUMN market.model_leaderboard.mcc IS 'Matthews correlation of the classes by the cut-offs, -1 to 1, over decided_rows; 0: guesses or a constant answer; NULL: nothing decided, only one class came, or scored before the schema''s 0004';


COMMENT ON COLUMN market.model_leaderboard.recall_down IS 'Share of the DOWN minutes of decided_rows that were predicted DOWN; guesses as frequent as the class: share_decided_down; NULL: none came, or scored before the schema''s 0004';


COMMENT ON COLUMN market.model_leaderboard.recall_sideways IS 'The same of SIDEWAYS; guesses: share_decided_sideways; NULL: none came, or scored before the schema''s 0004';


COMMENT ON COLUMN market.model_leaderboard.recall_up IS 'The same of UP; guesses: share_decided_up; NULL: none came, or scored before the schema''s 0004';


COMMENT ON COLUMN market.model_leaderboard.precision_down IS 'Share of the minutes predicted DOWN that were DOWN; guesses: share_decided_down; NULL: never predicted, or scored before the schema''s 0004';


COMMENT ON COLUMN market.model_leaderboard.precision_sideways IS 'The same of SIDEWAYS; guesses: share_decided_sideways; NULL: never predicted, or scored before the schema''s 0004';


COMMENT ON COLUMN market.model_leaderboard.precision_up IS 'The same of UP; guesses: share_decided_up; NULL: never predicted, or scored before the schema''s 0004';


COMMENT ON COLUMN market.model_leaderboard.share_decided_down IS 'Share of DOWN in decided_rows; NULL: nothing decided, or scored before the schema''s 0004';


COMMENT ON COLUMN market.model_leaderboard.share_decided_sideways IS 'Share of SIDEWAYS in decided_rows; NULL: nothing decided, or scored before the schema''s 0004';


COMMENT ON COLUMN market.model_leaderboard.share_decided_up IS 'Share of UP in decided_rows; NULL: nothing decided, or scored before the schema''s 0004';


COMMENT ON COLUMN market.model_leaderboard.decided_rows IS 'Test minutes with a predicted class: by cut-offs from earlier folds, so none of the first fold; NULL: scored before the schema''s 0004';


COMMENT ON COLUMN market.model_leaderboard.decided_events IS 'UP and DOWN events in them; NULL: scored before the schema''s 0004';


COMMENT ON COLUMN market.model_leaderboard.decided_days IS 'UTC days on which such an event begins; NULL: scored before the schema''s 0004';


COMMENT ON COLUMN market.model_leaderboard.legacy_accuracy IS 'Legacy metric of the predecessor, not judged by: share of the test minutes whose most probable class came; NULL: scored before the schema''s 0004';


COMMENT ON COLUMN market.model_leaderboard.legacy_directional_accuracy IS 'Legacy metric: where the most probable class is UP or DOWN, share in which (truth is UP) is (prediction is UP), so DOWN on a SIDEWAYS minute counts as right; NULL: no such minute, or scored before the schema''s 0004';


COMMENT ON COLUMN market.model_leaderboard.legacy_directional_rows IS 'Legacy metric: minutes that legacy_directional_accuracy rests on; NULL: scored before the schema''s 0004';


COMMENT ON COLUMN market.model_leaderboard.legacy_high_confidence_accuracy IS 'Legacy metric: accuracy where the largest probability is over 0.8; NULL: no such minute, or scored before the schema''s 0004';


COMMENT ON COLUMN market.model_leaderboard.legacy_high_confidence_rows IS 'Legacy metric: minutes that legacy_high_confidence_accuracy rests on; NULL: scored before the schema''s 0004';


COMMENT ON COLUMN market.model_leaderboard.legacy_balanced_score IS 'Legacy metric: 0.5 directional + 0.3 overall + 0.2 high-confidence accuracy, a fraction, a part without minutes counting 0; NULL: scored before the schema''s 0004';


COMMENT ON COLUMN market.model_leaderboard.legacy_sideways_accuracy IS 'Legacy metric: legacy_accuracy of always answering SIDEWAYS, on the same minutes; its high-confidence accuracy too; NULL: scored before the schema''s 0004';


COMMENT ON COLUMN market.model_leaderboard.legacy_sideways_balanced_score IS 'Legacy metric: legacy_balanced_score of always answering SIDEWAYS, on the same minutes; it names no direction; NULL: scored before the schema''s 0004';


COMMENT ON COLUMN market.model_leaderboard.trades IS 'Positions on paper of the decision rule in the test minutes, one at a time, entered a minute late; NULL: no minute was decided, or scored before the schema''s 0005';


COMMENT ON COLUMN market.model_leaderboard.trades_a_day IS 'The same a day of 1,440 minutes, days without one included; NULL as for trades';


COMMENT ON COLUMN market.model_leaderboard.win_rate IS 'Share of the trades with a net return above 0; NULL: no trade, or as for trades';


COMMENT ON COLUMN market.model_leaderboard.mean_net_return_bps IS 'Mean net return of a trade after the cost of both sides, basis points; NULL: no trade, or as for trades';


COMMENT ON COLUMN market.model_leaderboard.net_return_low_bps IS 'Lower end of its 95 % interval, blocks of one UTC day; NULL: trades on fewer than two days, or as for trades';


COMMENT ON COLUMN market.model_leaderboard.net_return_high_bps IS 'Upper end of that interval; NULL: as for the lower end';


COMMENT ON COLUMN market.model_leaderboard.net_return IS 'Of a stake that is in every trade, over all test minutes, a fraction; staying flat has 0; NULL as for trades';


COMMENT ON COLUMN market.model_leaderboard.sharpe IS 'Mean over standard deviation of the daily net returns, idle days 0, times the root of 365; NULL: no trade, or as for trades';


COMMENT ON COLUMN market.model_leaderboard.max_drawdown IS 'Largest loss of that stake from an earlier height, a fraction; NULL as for trades';


COMMENT ON COLUMN market.model_leaderboard.hold_net_return IS 'What buying at the first decided test minute and selling at the last one brings, one round trip paid, a fraction; NULL as for trades';


COMMENT ON COLUMN market.model_leaderboard.hold_sharpe IS 'Sharpe of holding; NULL as for trades';


COMMENT ON COLUMN market.model_leaderboard.hold_max_drawdown IS 'Largest loss of holding, a fraction; NULL as for trades';


COMMENT ON COLUMN market.model_leaderboard.deflated_sharpe IS 'Probability that the Sharpe ratio is above what the best of so many trials without an edge reaches by luck (Bailey & López de Prado 2014); 0.5 is what luck explains; NULL: no trade, or as for trades';


COMMENT ON COLUMN market.model_leaderboard.lucky_sharpe IS 'That Sharpe ratio by luck, a year; NULL as for deflated_sharpe';


COMMENT ON COLUMN market.model_leaderboard.trials IS 'Distinct recipes x cells x rules ever recorded with a Sharpe ratio, this one included; NULL as for deflated_sharpe';


ALTER TABLE market.models ALTER COLUMN model_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME market.models_model_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE market.overfitting_checks (
    check_id bigint NOT NULL,
    run_id uuid NOT NULL,
    symbol text NOT NULL,
    as_of timestamp with time zone NOT NULL,
    trials bigint NOT NULL,
    days bigint NOT NULL,
    splits bigint,
    overfitting_probability double precision,
    probability_of_loss double precision,
    cost_bps_per_side double precision NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);


COMMENT ON TABLE market.overfitting_checks IS 'One row a training run and symbol: how choosing the best of its trials by Sharpe ratio fares on the other half of the time';


COMMENT ON COLUMN market.overfitting_checks.check_id IS 'Number of the check';


COMMENT ON COLUMN market.overfitting_checks.run_id IS 'The training run';


COMMENT ON COLUMN market.overfitting_checks.symbol IS 'Name of the market';


COMMENT ON COLUMN market.overfitting_checks.as_of IS 'Last market time used, UTC';


COMMENT ON COLUMN market.overfitting_checks.trials IS 'Recipes x cells of the run that traded';


COMMENT ON COLUMN market.overfitting_checks.days IS 'UTC days on which all of them were judged';


COMMENT ON COLUMN market.overfitting_checks.splits IS 'Halves of 16 blocks of time that were tried; NULL: too few days or trials';


COMMENT ON COLUMN market.overfitting_checks.overfitting_probability IS 'PBO: share of the splits in which the best of one half is in the lower half of the other; 0.5 is choosing blindly; NULL as for splits';


COMMENT ON COLUMN market.overfitting_checks.probability_of_loss IS 'Share of the splits in which it has a Sharpe ratio below 0 there; NULL as for splits';


COMMENT ON COLUMN market.overfitting_checks.cost_bps_per_side IS 'Cost of a side that all trials paid, basis points';


COMMENT ON COLUMN market.overfitting_checks.created_at IS 'When it was computed';


ALTER TABLE market.overfitting_checks ALTER COLUMN check_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME market.overfitting_checks_check_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


ALTER TABLE market.pipeline_checks ALTER COLUMN check_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME market.pipeline_checks_check_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE VIEW market.pipeline_freshness AS
 SELECT s.symbol,
    ( SELECT m.ts
           FROM market.minute_metrics m
          WHERE (m.symbol = s.symbol)
          ORDER BY m.ts
         LIMIT 1) AS first_minute,
    ( SELECT m.ts
           FROM market.minute_metrics m
          WHERE (m.symbol = s.symbol)
          ORDER BY m.ts DESC
         LIMIT 1) AS newest_minute,
    ( SELECT max(g.ts) AS max
           FROM market.signals g
          WHERE ((g.symbol = s.symbol) AND (NOT g.is_shadow))) AS newest_signal,
    EXTRACT(epoch FROM (clock_timestamp() - ( SELECT max(m.ts) AS max
           FROM market.minute_metrics m
          WHERE (m.symbol = s.symbol)))) AS minute_age_seconds,
    EXTRACT(epoch FROM (clock_timestamp() - ( SELECT max(g.ts) AS max
           FROM market.signals g
          WHERE ((g.symbol = s.symbol) AND (NOT g.is_shadow))))) AS signal_age_seconds
   FROM ( SELECT DISTINCT d.symbol
           FROM market.metric_days d) s;


COMMENT ON VIEW market.pipeline_freshness IS 'One row a loaded symbol: the newest minute and signal, and their age by the server''s clock';


COMMENT ON COLUMN market.pipeline_freshness.symbol IS 'Name of the market';


COMMENT ON COLUMN market.pipeline_freshness.first_minute IS 'Oldest loaded minute, UTC';


COMMENT ON COLUMN market.pipeline_freshness.newest_minute IS 'Newest loaded minute, UTC';


COMMENT ON COLUMN market.pipeline_freshness.newest_signal IS 'Newest answered minute, UTC; NULL: none yet';


COMMENT ON COLUMN market.pipeline_freshness.minute_age_seconds IS 'Age of the newest minute, seconds of the server''s clock; large where the source replays the past';


COMMENT ON COLUMN market.pipeline_freshness.signal_age_seconds IS 'Age of the newest answered minute, seconds of the server''s clock; NULL: none yet';


ALTER TABLE market.promotions ALTER COLUMN promotion_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME market.promotions_promotion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


ALTER TABLE market.quarantined_samples ALTER COLUMN sample_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME market.quarantined_samples_sample_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE market.schema_migrations (
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);


COMMENT ON TABLE market.schema_migrations IS 'Migrations that were applied; a changed past is refused';


COMMENT ON COLUMN market.schema_migrations.name IS 'File name';


COMMENT ON COLUMN market.schema_migrations.checksum IS 'SHA-256 of its text, hexadecimal';


COMMENT ON COLUMN market.schema_migrations.applied_at IS 'When it was applied';


CREATE TABLE market.schema_objects (
    kind text NOT NULL,
    name text NOT NULL,
    relation text,
    definition text NOT NULL,
    server_major integer NOT NULL
);


COMMENT ON TABLE market.schema_objects IS 'The schema as migrate left it, one row an object; doctor compares what stands with it. Emptied, the next migrate takes what stands for right';


COMMENT ON COLUMN market.schema_objects.kind IS 'table, column, index, constraint, trigger, view, function, sequence, grant, database grant; role: one that grants are given to; query: the one that found all these';


COMMENT ON COLUMN market.schema_objects.name IS 'Its name; of a column, constraint or trigger behind its table''s';


COMMENT ON COLUMN market.schema_objects.relation IS 'The table, view or sequence that it is or belongs to; NULL: none';


COMMENT ON COLUMN market.schema_objects.definition IS 'What the server says that it is; of a view, and of the query, the SHA-256 of its text';


COMMENT ON COLUMN market.schema_objects.server_major IS 'Major version of the server that said it: another may say the same otherwise';


CREATE TABLE market.scoring_environments (
    environment_id integer NOT NULL,
    fingerprint text NOT NULL,
    libraries jsonb NOT NULL,
    first_used_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);


COMMENT ON TABLE market.scoring_environments IS 'Every platform and set of library versions that signals were scored under; under the same one a replay gives the same bits';


COMMENT ON COLUMN market.scoring_environments.environment_id IS 'Number of the environment';


COMMENT ON COLUMN market.scoring_environments.fingerprint IS 'SHA-256 of libraries as JSON with sorted keys, hexadecimal';


COMMENT ON COLUMN market.scoring_environments.libraries IS 'Versions of Python and of the libraries that compute, processor architecture, and its vector instructions as NumPy found them';


COMMENT ON COLUMN market.scoring_environments.first_used_at IS 'When it first scored a minute';


ALTER TABLE market.scoring_environments ALTER COLUMN environment_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME market.scoring_environments_environment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE market.settle_marks (
    symbol text NOT NULL,
    signal_id bigint NOT NULL,
    looked_at timestamp with time zone NOT NULL,
    minutes_due tstzmultirange DEFAULT '{}'::tstzmultirange NOT NULL
);


COMMENT ON TABLE market.settle_marks IS 'How far the settling of a symbol has come';


COMMENT ON COLUMN market.settle_marks.symbol IS 'Name of the market';


COMMENT ON COLUMN market.settle_marks.signal_id IS 'Signals up to this number were looked at, whatever became of them; those whose minutes came later are found by the minutes';


COMMENT ON COLUMN market.settle_marks.looked_at IS 'Minutes that were loaded before were looked at, or are among minutes_due';


COMMENT ON COLUMN market.settle_marks.minutes_due IS 'Minutes, UTC, whose price came or was corrected and that are not looked at yet: [ts, ts + 1 minute) each';


CREATE TABLE market.signal_commits (
    symbol text NOT NULL,
    ts timestamp with time zone NOT NULL,
    signals integer NOT NULL,
    decided_at timestamp with time zone NOT NULL,
    committed_at timestamp with time zone NOT NULL,
    latency_seconds double precision NOT NULL,
    is_late boolean NOT NULL
);


COMMENT ON TABLE market.signal_commits IS 'Append-only: when the signals of a minute stood in the warehouse for others to read, written right after their own transaction: a run that was killed between the two leaves signals without such a row';


COMMENT ON COLUMN market.signal_commits.symbol IS 'Name of the market';


COMMENT ON COLUMN market.signal_commits.ts IS 'End of the minute that was answered, UTC';


COMMENT ON COLUMN market.signal_commits.signals IS 'Rows of signals that the commit brought, shadows and ABSTAIN included';


COMMENT ON COLUMN market.signal_commits.decided_at IS 'When the rows were written, by the pipeline''s clock, after any wait for other sessions';


COMMENT ON COLUMN market.signal_commits.committed_at IS 'When the commit had returned, by the pipeline''s clock';


COMMENT ON COLUMN market.signal_commits.latency_seconds IS 'committed_at minus ts, seconds';


COMMENT ON COLUMN market.signal_commits.is_late IS 'True: the minute was answered too late to be acted on';


CREATE TABLE market.signal_inputs (
    symbol text NOT NULL,
    ts timestamp with time zone NOT NULL,
    feature_version integer NOT NULL,
    inputs_hash text NOT NULL,
    "values" real[] NOT NULL,
    known_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);


COMMENT ON TABLE market.signal_inputs IS 'Append-only: the feature values that a minute''s signals were scored on, or abstained from for what they are';


COMMENT ON COLUMN market.signal_inputs.symbol IS 'Name of the market';


COMMENT ON COLUMN market.signal_inputs.ts IS 'End of the minute, UTC';


COMMENT ON COLUMN market.signal_inputs.feature_version IS 'Version of minute_features; its columns name the values';


COMMENT ON COLUMN market.signal_inputs.inputs_hash IS 'SHA-256 of the values as little-endian float32, hexadecimal';


COMMENT ON COLUMN market.signal_inputs."values" IS 'Feature values as the models saw them, float32, in the version''s column order';


COMMENT ON COLUMN market.signal_inputs.known_at IS 'When we knew them';


CREATE VIEW market.signal_outcomes AS
 SELECT s.signal_id,
    s.symbol,
    s.ts,
    s.horizon_minutes,
    s.threshold,
    s.model_id,
    s.prediction,
    s.side,
    s.is_late,
    s.is_shadow,
    s.is_simulated,
    o.forward_return,
    o.outcome,
    (s.prediction = o.outcome) AS prediction_correct,
    (o.outcome =
        CASE s.side
            WHEN 'BUY'::text THEN 'UP'::text
            WHEN 'SELL'::text THEN 'DOWN'::text
            ELSE NULL::text
        END) AS hit,
    o.net_return,
    o.version,
    o.opens_position,
    o.entry_at,
    o.entry_price,
    o.exit_at,
    o.exit_price,
    o.exit_reason,
    o.settled_at
   FROM (market.signals s
     LEFT JOIN LATERAL ( SELECT k.signal_id,
            k.version,
            k.symbol,
            k.ts,
            k.horizon_minutes,
            k.threshold,
            k.forward_return,
            k.outcome,
            k.opens_position,
            k.entry_at,
            k.entry_price,
            k.exit_at,
            k.exit_price,
            k.exit_reason,
            k.net_return,
            k.settled_at
           FROM market.settled_outcomes k
          WHERE (k.signal_id = s.signal_id)
          ORDER BY k.version DESC
         LIMIT 1) o ON (true))
  WHERE (s.side <> 'ABSTAIN'::text);


COMMENT ON VIEW market.signal_outcomes IS 'One row a scored signal: what the price did by its horizon, and what a position on paper brought. Ask with ts. Every minute''s signal overlaps its neighbours: sum net_return over opens_position alone';


COMMENT ON COLUMN market.signal_outcomes.signal_id IS 'Number of the signal';


COMMENT ON COLUMN market.signal_outcomes.symbol IS 'Name of the market';


COMMENT ON COLUMN market.signal_outcomes.ts IS 'End of the minute that the signal answers, UTC';


COMMENT ON COLUMN market.signal_outcomes.horizon_minutes IS 'How far ahead it looked, minutes';


COMMENT ON COLUMN market.signal_outcomes.threshold IS 'Move that it calls UP or DOWN, a fraction';


COMMENT ON COLUMN market.signal_outcomes.model_id IS 'Model that scored it';


COMMENT ON COLUMN market.signal_outcomes.prediction IS 'UP, SIDEWAYS or DOWN, as it was said';


COMMENT ON COLUMN market.signal_outcomes.side IS 'BUY, SELL or HOLD, as it was said';


COMMENT ON COLUMN market.signal_outcomes.is_late IS 'True: decided too late to have been acted on';


COMMENT ON COLUMN market.signal_outcomes.is_shadow IS 'True: by a challenger';


COMMENT ON COLUMN market.signal_outcomes.is_simulated IS 'True: the market is the bundled lab''s, not real';


COMMENT ON COLUMN market.signal_outcomes.forward_return IS 'Price at ts + horizon over the price at ts, minus 1; NULL: not settled, or that minute has no price';


COMMENT ON COLUMN market.signal_outcomes.outcome IS 'UP, SIDEWAYS or DOWN, as it came; NULL as for forward_return';


COMMENT ON COLUMN market.signal_outcomes.prediction_correct IS 'prediction = outcome: says nothing without the base rate, SIDEWAYS is nearly always right; NULL as for forward_return';


COMMENT ON COLUMN market.signal_outcomes.hit IS 'True: BUY and it came UP, or SELL and it came DOWN; NULL on HOLD, and as for forward_return';


COMMENT ON COLUMN market.signal_outcomes.net_return IS 'Return of the side taken, left at stop, target or in time, minus the round trip''s cost, a fraction; NULL unless BUY or SELL and not late, where the entry has no price, and until it is settled';


COMMENT ON COLUMN market.signal_outcomes.version IS 'How often it was settled: more than once where minutes were corrected or came late; NULL: not yet';


COMMENT ON COLUMN market.signal_outcomes.opens_position IS 'True: its cell held no position of an earlier signal; these never overlap and may be summed; NULL: not settled';


COMMENT ON COLUMN market.signal_outcomes.entry_at IS 'Minute at whose price one could have entered, UTC; NULL as for net_return';


COMMENT ON COLUMN market.signal_outcomes.entry_price IS 'last_price of that minute, quote currency; NULL as for net_return';


COMMENT ON COLUMN market.signal_outcomes.exit_at IS 'Minute at whose price it is left, UTC; NULL as for net_return';


COMMENT ON COLUMN market.signal_outcomes.exit_price IS 'last_price of that minute, quote currency; NULL as for net_return';


COMMENT ON COLUMN market.signal_outcomes.exit_reason IS 'STOP, TARGET or TIME, whichever came first, judged on minute closes: touches inside a minute are unseen; NULL as for net_return';


COMMENT ON COLUMN market.signal_outcomes.settled_at IS 'When that version was written; NULL: not settled';


CREATE VIEW market.signals_latest AS
 WITH RECURSIVE cells AS (
        ( SELECT f.symbol,
            f.horizon_minutes,
            f.threshold
           FROM market.signals f
          WHERE (NOT f.is_shadow)
          ORDER BY f.symbol, f.horizon_minutes, f.threshold
         LIMIT 1)
        UNION ALL
         SELECT n.symbol,
            n.horizon_minutes,
            n.threshold
           FROM (cells c
             CROSS JOIN LATERAL ( SELECT o.symbol,
                    o.horizon_minutes,
                    o.threshold
                   FROM market.signals o
                  WHERE ((NOT o.is_shadow) AND (ROW(o.symbol, o.horizon_minutes, o.threshold) > ROW(c.symbol, c.horizon_minutes, c.threshold)))
                  ORDER BY o.symbol, o.horizon_minutes, o.threshold
                 LIMIT 1) n)
        ), newest AS (
         SELECT l.signal_id,
            l.symbol,
            l.ts,
            l.horizon_minutes,
            l.threshold,
            l.model_id,
            l.p_down,
            l.p_sideways,
            l.p_up,
            l.base_rate_down,
            l.base_rate_sideways,
            l.base_rate_up,
            l.prediction,
            l.confidence,
            l.side,
            l.reason,
            l.expected_edge_bps,
            l.cost_bps_per_side,
            l.reference_price,
            l.stop_loss_price,
            l.take_profit_price,
            l.cutoff_at,
            l.decided_at,
            l.executable_at,
            l.latency_seconds,
            l.inputs_hash,
            l.is_shadow,
            l.is_late,
            l.is_simulated,
            l.environment_id,
            l.stop_loss_volatilities,
            l.take_profit_volatilities,
            l.reason_code,
            max(l.ts) OVER (PARTITION BY l.symbol) AS newest_of_symbol
           FROM (cells c
             CROSS JOIN LATERAL ( SELECT i.signal_id,
                    i.symbol,
                    i.ts,
                    i.horizon_minutes,
                    i.threshold,
                    i.model_id,
                    i.p_down,
                    i.p_sideways,
                    i.p_up,
                    i.base_rate_down,
                    i.base_rate_sideways,
                    i.base_rate_up,
                    i.prediction,
                    i.confidence,
                    i.side,
                    i.reason,
                    i.expected_edge_bps,
                    i.cost_bps_per_side,
                    i.reference_price,
                    i.stop_loss_price,
                    i.take_profit_price,
                    i.cutoff_at,
                    i.decided_at,
                    i.executable_at,
                    i.latency_seconds,
                    i.inputs_hash,
                    i.is_shadow,
                    i.is_late,
                    i.is_simulated,
                    i.environment_id,
                    i.stop_loss_volatilities,
                    i.take_profit_volatilities,
                    i.reason_code
                   FROM market.signals i
                  WHERE ((NOT i.is_shadow) AND (i.symbol = c.symbol) AND (i.horizon_minutes = c.horizon_minutes) AND (i.threshold = c.threshold))
                  ORDER BY i.ts DESC
                 LIMIT 1) l)
        )
 SELECT s.signal_id,
    s.symbol,
    s.ts,
    s.horizon_minutes,
    s.threshold,
    s.model_id,
    s.p_down,
    s.p_sideways,
    s.p_up,
    s.base_rate_down,
    s.base_rate_sideways,
    s.base_rate_up,
    s.prediction,
    s.confidence,
    s.side,
    s.reason,
    s.expected_edge_bps,
    s.cost_bps_per_side,
    s.reference_price,
    s.stop_loss_price,
    s.take_profit_price,
    s.cutoff_at,
    s.decided_at,
    s.executable_at,
    s.latency_seconds,
    s.inputs_hash,
    s.is_shadow,
    s.is_late,
    s.is_simulated,
    s.reason_code,
    s.environment_id
   FROM newest s
  WHERE (s.ts > (s.newest_of_symbol - '1 day'::interval))
  ORDER BY s.symbol, s.horizon_minutes, s.threshold;


COMMENT ON VIEW market.signals_latest IS 'The newest signal of each cell, ABSTAIN included, of the newest day of its symbol that has any';


COMMENT ON COLUMN market.signals_latest.signal_id IS 'Number of the signal';


COMMENT ON COLUMN market.signals_latest.symbol IS 'Name of the market';


COMMENT ON COLUMN market.signals_latest.ts IS 'End of the minute that the signal answers, UTC';


COMMENT ON COLUMN market.signals_latest.horizon_minutes IS 'How far ahead it looks, minutes';


COMMENT ON COLUMN market.signals_latest.threshold IS 'Move that it calls UP or DOWN, a fraction: 0.005 is 0.5 %';


COMMENT ON COLUMN market.signals_latest.model_id IS 'Champion that scored it; NULL: there was none, or it was not asked';


COMMENT ON COLUMN market.signals_latest.p_down IS 'Probability that the price falls by more than the threshold at the horizon; NULL on ABSTAIN';


COMMENT ON COLUMN market.signals_latest.p_sideways IS 'Probability that the price stays within the threshold; NULL on ABSTAIN';


COMMENT ON COLUMN market.signals_latest.p_up IS 'Probability that the price rises by more than the threshold at the horizon; NULL on ABSTAIN';


COMMENT ON COLUMN market.signals_latest.base_rate_down IS 'Share of DOWN in the model''s training rows: what p_down is to be compared with; NULL on ABSTAIN';


COMMENT ON COLUMN market.signals_latest.base_rate_sideways IS 'Share of SIDEWAYS in the model''s training rows; NULL on ABSTAIN';


COMMENT ON COLUMN market.signals_latest.base_rate_up IS 'Share of UP in the model''s training rows; NULL on ABSTAIN';


COMMENT ON COLUMN market.signals_latest.prediction IS 'UP, SIDEWAYS or DOWN by the model''s cut-offs; NULL on ABSTAIN';


COMMENT ON COLUMN market.signals_latest.confidence IS 'Probability of prediction, to be read beside its base rate; NULL on ABSTAIN';


COMMENT ON COLUMN market.signals_latest.side IS 'BUY, SELL, HOLD (scored, no trade worth it) or ABSTAIN (not scored)';


COMMENT ON COLUMN market.signals_latest.reason IS 'Why HOLD or ABSTAIN; NULL on BUY and SELL';


COMMENT ON COLUMN market.signals_latest.expected_edge_bps IS 'Expected return of the better side after the round trip''s cost, basis points; NULL on ABSTAIN';


COMMENT ON COLUMN market.signals_latest.cost_bps_per_side IS 'Cost that was assumed, basis points a side';


COMMENT ON COLUMN market.signals_latest.reference_price IS 'last_price of the minute, quote currency; NULL: it had none';


COMMENT ON COLUMN market.signals_latest.stop_loss_price IS 'Stop, quote currency, judged on minute closes: touches inside a minute are unseen; NULL unless BUY or SELL';


COMMENT ON COLUMN market.signals_latest.take_profit_price IS 'Target, quote currency, judged on minute closes: touches inside a minute are unseen; NULL unless BUY or SELL';


COMMENT ON COLUMN market.signals_latest.cutoff_at IS 'Last market time that the inputs hold, UTC';


COMMENT ON COLUMN market.signals_latest.decided_at IS 'When the row was written, by the pipeline''s clock';


COMMENT ON COLUMN market.signals_latest.executable_at IS 'First minute end at which one could have acted on it, UTC';


COMMENT ON COLUMN market.signals_latest.latency_seconds IS 'decided_at minus ts, seconds';


COMMENT ON COLUMN market.signals_latest.inputs_hash IS 'SHA-256 of the row of signal_inputs that was scored, or abstained from as missing_input, stale_input or out_of_range, hexadecimal; NULL on other ABSTAIN, where the minute is not held, or on ABSTAIN written before the schema''s 0006';


COMMENT ON COLUMN market.signals_latest.is_shadow IS 'True: by a challenger, not to be acted on';


COMMENT ON COLUMN market.signals_latest.is_late IS 'True: decided too long after the minute to have been acted on; never counted as live';


COMMENT ON COLUMN market.signals_latest.is_simulated IS 'True: the market is the bundled lab''s, not real';


COMMENT ON COLUMN market.signals_latest.reason_code IS 'Why, as a word to count by. HOLD: no_edge, may_not_trade. ABSTAIN: missing_minute, missing_input, stale_input, out_of_range, model_too_old, kill_switch, failed_check, model_refused, features_lost. NULL on BUY and SELL, or written before the schema''s 0006';


COMMENT ON COLUMN market.signals_latest.environment_id IS 'Libraries and platform that scored it, see scoring_environments; NULL on ABSTAIN, or written before the schema''s 0006';


CREATE VIEW market.signals_live AS
 SELECT s.signal_id,
    s.symbol,
    s.ts,
    s.horizon_minutes,
    s.threshold,
    s.model_id,
    s.p_down,
    s.p_sideways,
    s.p_up,
    s.base_rate_down,
    s.base_rate_sideways,
    s.base_rate_up,
    s.prediction,
    s.confidence,
    s.side,
    s.reason,
    s.expected_edge_bps,
    s.cost_bps_per_side,
    s.reference_price,
    s.stop_loss_price,
    s.take_profit_price,
    s.cutoff_at,
    s.decided_at,
    s.executable_at,
    s.latency_seconds,
    s.inputs_hash,
    s.is_shadow,
    s.is_late,
    s.is_simulated,
    s.reason_code,
    s.environment_id
   FROM market.signals s
  WHERE ((NOT s.is_shadow) AND (NOT s.is_late));


COMMENT ON VIEW market.signals_live IS 'Signals that one could have acted on: by the champion at decision time, neither shadow nor late';


COMMENT ON COLUMN market.signals_live.signal_id IS 'Number of the signal';


COMMENT ON COLUMN market.signals_live.symbol IS 'Name of the market';


COMMENT ON COLUMN market.signals_live.ts IS 'End of the minute that the signal answers, UTC';


COMMENT ON COLUMN market.signals_live.horizon_minutes IS 'How far ahead it looks, minutes';


COMMENT ON COLUMN market.signals_live.threshold IS 'Move that it calls UP or DOWN, a fraction: 0.005 is 0.5 %';


COMMENT ON COLUMN market.signals_live.model_id IS 'Champion that scored it; NULL: there was none, or it was not asked';


COMMENT ON COLUMN market.signals_live.p_down IS 'Probability that the price falls by more than the threshold at the horizon; NULL on ABSTAIN';


COMMENT ON COLUMN market.signals_live.p_sideways IS 'Probability that the price stays within the threshold; NULL on ABSTAIN';


COMMENT ON COLUMN market.signals_live.p_up IS 'Probability that the price rises by more than the threshold at the horizon; NULL on ABSTAIN';


COMMENT ON COLUMN market.signals_live.base_rate_down IS 'Share of DOWN in the model''s training rows: what p_down is to be compared with; NULL on ABSTAIN';


COMMENT ON COLUMN market.signals_live.base_rate_sideways IS 'Share of SIDEWAYS in the model''s training rows; NULL on ABSTAIN';


COMMENT ON COLUMN market.signals_live.base_rate_up IS 'Share of UP in the model''s training rows; NULL on ABSTAIN';


COMMENT ON COLUMN market.signals_live.prediction IS 'UP, SIDEWAYS or DOWN by the model''s cut-offs; NULL on ABSTAIN';


COMMENT ON COLUMN market.signals_live.confidence IS 'Probability of prediction, to be read beside its base rate; NULL on ABSTAIN';


COMMENT ON COLUMN market.signals_live.side IS 'BUY, SELL, HOLD (scored, no trade worth it) or ABSTAIN (not scored)';


COMMENT ON COLUMN market.signals_live.reason IS 'Why HOLD or ABSTAIN; NULL on BUY and SELL';


COMMENT ON COLUMN market.signals_live.expected_edge_bps IS 'Expected return of the better side after the round trip''s cost, basis points; NULL on ABSTAIN';


COMMENT ON COLUMN market.signals_live.cost_bps_per_side IS 'Cost that was assumed, basis points a side';


COMMENT ON COLUMN market.signals_live.reference_price IS 'last_price of the minute, quote currency; NULL: it had none';


COMMENT ON COLUMN market.signals_live.stop_loss_price IS 'Stop, quote currency, judged on minute closes: touches inside a minute are unseen; NULL unless BUY or SELL';


COMMENT ON COLUMN market.signals_live.take_profit_price IS 'Target, quote currency, judged on minute closes: touches inside a minute are unseen; NULL unless BUY or SELL';


COMMENT ON COLUMN market.signals_live.cutoff_at IS 'Last market time that the inputs hold, UTC';


COMMENT ON COLUMN market.signals_live.decided_at IS 'When the row was written, by the pipeline''s clock';


COMMENT ON COLUMN market.signals_live.executable_at IS 'First minute end at which one could have acted on it, UTC';


COMMENT ON COLUMN market.signals_live.latency_seconds IS 'decided_at minus ts, seconds';


COMMENT ON COLUMN market.signals_live.inputs_hash IS 'SHA-256 of the row of signal_inputs that was scored, or abstained from as missing_input, stale_input or out_of_range, hexadecimal; NULL on other ABSTAIN, where the minute is not held, or on ABSTAIN written before the schema''s 0006';


COMMENT ON COLUMN market.signals_live.is_shadow IS 'True: by a challenger, not to be acted on';


COMMENT ON COLUMN market.signals_live.is_late IS 'True: decided too long after the minute to have been acted on; never counted as live';


COMMENT ON COLUMN market.signals_live.is_simulated IS 'True: the market is the bundled lab''s, not real';


COMMENT ON COLUMN market.signals_live.reason_code IS 'Why, as a word to count by. HOLD: no_edge, may_not_trade. ABSTAIN: missing_minute, missing_input, stale_input, out_of_range, model_too_old, kill_switch, failed_check, model_refused, features_lost. NULL on BUY and SELL, or written before the schema''s 0006';


COMMENT ON COLUMN market.signals_live.environment_id IS 'Libraries and platform that scored it, see scoring_environments; NULL on ABSTAIN, or written before the schema''s 0006';


CREATE TABLE market.source (
    only_one boolean DEFAULT true NOT NULL,
    kind text NOT NULL,
    identity text NOT NULL,
    recorded_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT source_kind_check CHECK ((kind = ANY (ARRAY['simulated'::text, 'replay'::text, 'cortex'::text]))),
    CONSTRAINT source_only_one_check CHECK (only_one)
);


COMMENT ON TABLE market.source IS 'The one source whose minutes this warehouse holds; a load from another is refused';


COMMENT ON COLUMN market.source.only_one IS 'Always true: there is one row at most';


COMMENT ON COLUMN market.source.kind IS 'simulated (the bundled lab), replay (the lab over real candles), or cortex';


COMMENT ON COLUMN market.source.identity IS 'What tells it from others of its kind: seed, hash of the replayed file, or API root and tenant';


COMMENT ON COLUMN market.source.recorded_at IS 'When the first load recorded it';


CREATE TABLE market.source_limits (
    limit_name text NOT NULL,
    fitted integer NOT NULL,
    said text NOT NULL,
    learned_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT source_limits_fitted_check CHECK ((fitted > 0)),
    CONSTRAINT source_limits_limit_name_check CHECK ((limit_name = ANY (ARRAY['minutes'::text, 'metrics'::text])))
);


COMMENT ON TABLE market.source_limits IS 'What a request may hold before the source refuses it, as learned from its refusals; forgotten after a week';


COMMENT ON COLUMN market.source_limits.limit_name IS 'minutes or metrics of one request';


COMMENT ON COLUMN market.source_limits.fitted IS 'The most that fitted';


COMMENT ON COLUMN market.source_limits.said IS 'What the source said to more';


COMMENT ON COLUMN market.source_limits.learned_at IS 'When';


CREATE TABLE market.view_definitions (
    "position" integer NOT NULL,
    name text NOT NULL,
    hash text NOT NULL,
    applied_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);


COMMENT ON TABLE market.view_definitions IS 'Views and functions as they were last made, in order of dependency';


COMMENT ON COLUMN market.view_definitions."position" IS 'Order in which they were made';


COMMENT ON COLUMN market.view_definitions.name IS 'File below include/sql/views';


COMMENT ON COLUMN market.view_definitions.hash IS 'SHA-256 of its text, hexadecimal';


COMMENT ON COLUMN market.view_definitions.applied_at IS 'When it was made';


COPY market.alerts (alert_id, alert_key, summary, runbook, opened_at, last_seen_at, seen, tell_from, told_at, closed_at) FROM stdin;
1	test	A test alerts	none	2026-11-29 20:03:15.176404+00	2026-11-29 20:03:15.176404+00	1	2026-11-29 20:03:15.176404+00	\N	\N
\.


COPY market.catch_ups (symbol, since, begun_at) FROM stdin;
\.


COPY market.challengers (challenge_id, symbol, horizon_minutes, threshold, model_id, reason, appointed_by, appointed_at, effective_from) FROM stdin;
1	BTCUSDT	15	0.00300	2	The most skill beside the champion's; signals.shadow asks for it.	market_admin	2026-11-29 20:03:00.846576+00	2026-03-08 23:31:00+00
\.


COPY market.feature_versions (feature_version, feature_hash, columns, definition, created_at, lookback_minutes) FROM stdin;
1	2896719c45db08822f693cd25813806c14312cfd83a8a7fc0d86ade84d2f1b45	{return_1m,return_2m,return_3m,return_5m,return_10m,return_15m,return_30m,return_60m,return_120m,return_240m,return_480m,return_1440m,up_move_share_15m,up_move_share_60m,up_move_share_240m,slope_5m,slope_10m,slope_15m,slope_30m,slope_60m,slope_120m,slope_240m,slope_to_volatility_5m,slope_to_volatility_15m,slope_to_volatility_60m,distance_to_average_5m,distance_to_average_10m,distance_to_average_15m,distance_to_average_30m,distance_to_average_60m,distance_to_average_120m,distance_to_average_240m,distance_to_average_1440m,realised_volatility_5m,realised_volatility_10m,realised_volatility_15m,realised_volatility_30m,realised_volatility_60m,realised_volatility_120m,realised_volatility_240m,realised_volatility_480m,realised_volatility_1440m,volatility_ratio_5m_60m,volatility_ratio_15m_240m,volatility_ratio_60m_240m,volatility_ratio_60m_1440m,volatility_ratio_240m_1440m,upside_variance_share_60m,upside_variance_share_240m,range_position_60m,range_position_240m,range_position_1440m,range_width_60m,range_width_240m,range_width_1440m,drawdown_60m,drawdown_240m,drawdown_1440m,rsi_14m,rsi_30m,rsi_60m,macd_to_volatility,macd_signal_to_volatility,macd_histogram_to_volatility,bollinger_position,bollinger_width,volume_change_5m,volume_change_15m,volume_change_60m,volume_change_240m,volume_slope_5m,volume_slope_15m,volume_slope_60m,volume_acceleration,volume_distance_to_average_5m,volume_distance_to_average_15m,volume_distance_to_average_60m,volume_distance_to_average_240m,day_sin,day_cos,week_sin,week_cos,new_york_day_sin,new_york_day_cos,minutes_since_move_of_30bp,minutes_since_move_of_100bp}	SELECT\n    d.symbol,\n    d.day,\n    v.ts,\n    "v"."return_1m",\n    "v"."return_2m",\n    "v"."return_3m",\n    "v"."return_5m",\n    "v"."return_10m",\n    "v"."return_15m",\n    "v"."return_30m",\n    "v"."return_60m",\n    "v"."return_120m",\n    "v"."return_240m",\n    "v"."return_480m",\n    "v"."return_1440m",\n    "v"."up_move_share_15m",\n    "v"."up_move_share_60m",\n    "v"."up_move_share_240m",\n    "v"."slope_5m",\n    "v"."slope_10m",\n    "v"."slope_15m",\n    "v"."slope_30m",\n    "v"."slope_60m",\n    "v"."slope_120m",\n    "v"."slope_240m",\n    "v"."slope_to_volatility_5m",\n    "v"."slope_to_volatility_15m",\n    "v"."slope_to_volatility_60m",\n    "v"."distance_to_average_5m",\n    "v"."distance_to_average_10m",\n    "v"."distance_to_average_15m",\n    "v"."distance_to_average_30m",\n    "v"."distance_to_average_60m",\n    "v"."distance_to_average_120m",\n    "v"."distance_to_average_240m",\n    "v"."distance_to_average_1440m",\n    "v"."realised_volatility_5m",\n    "v"."realised_volatility_10m",\n    "v"."realised_volatility_15m",\n    "v"."realised_volatility_30m",\n    "v"."realised_volatility_60m",\n    "v"."realised_volatility_120m",\n    "v"."realised_volatility_240m",\n    "v"."realised_volatility_480m",\n    "v"."realised_volatility_1440m",\n    "v"."volatility_ratio_5m_60m",\n    "v"."volatility_ratio_15m_240m",\n    "v"."volatility_ratio_60m_240m",\n    "v"."volatility_ratio_60m_1440m",\n    "v"."volatility_ratio_240m_1440m",\n    "v"."upside_variance_share_60m",\n    "v"."upside_variance_share_240m",\n    "v"."range_position_60m",\n    "v"."range_position_240m",\n    "v"."range_position_1440m",\n    "v"."range_width_60m",\n    "v"."range_width_240m",\n    "v"."range_width_1440m",\n    "v"."drawdown_60m",\n    "v"."drawdown_240m",\n    "v"."drawdown_1440m",\n    "v"."rsi_14m",\n    "v"."rsi_30m",\n    "v"."rsi_60m",\n    "v"."macd_to_volatility",\n    "v"."macd_signal_to_volatility",\n    "v"."macd_histogram_to_volatility",\n    "v"."bollinger_position",\n    "v"."bollinger_width",\n    "v"."volume_change_5m",\n    "v"."volume_change_15m",\n    "v"."volume_change_60m",\n    "v"."volume_change_240m",\n    "v"."volume_slope_5m",\n    "v"."volume_slope_15m",\n    "v"."volume_slope_60m",\n    "v"."volume_acceleration",\n    "v"."volume_distance_to_average_5m",\n    "v"."volume_distance_to_average_15m",\n    "v"."volume_distance_to_average_60m",\n    "v"."volume_distance_to_average_240m",\n    "v"."day_sin",\n    "v"."day_cos",\n    "v"."week_sin",\n    "v"."week_cos",\n    "v"."new_york_day_sin",\n    "v"."new_york_day_cos",\n    "v"."minutes_since_move_of_30bp",\n    "v"."minutes_since_move_of_100bp",\n    v.complete\nFROM (\nWITH RECURSIVE symbols AS (\n    (SELECT m.symbol FROM minute_metrics AS m ORDER BY m.symbol LIMIT 1)\n    UNION ALL\n    SELECT (SELECT m.symbol FROM minute_metrics AS m WHERE m.symbol > s.symbol ORDER BY m.symbol LIMIT 1)\n    FROM symbols AS s\n    WHERE s.symbol IS NOT NULL\n)\n\nSELECT\n    s.symbol,\n    d.day::date AS day\nFROM symbols AS s\nCROSS JOIN LATERAL (\n    SELECT\n        (SELECT m.ts FROM minute_metrics AS m WHERE m.symbol = s.symbol ORDER BY m.ts LIMIT 1) AS first_ts,\n        (SELECT m.ts FROM minute_metrics AS m WHERE m.symbol = s.symbol ORDER BY m.ts DESC LIMIT 1) AS last_ts\n) AS b\nCROSS JOIN LATERAL generate_series(\n    date_trunc('day', b.first_ts AT TIME ZONE 'UTC'), date_trunc('day', b.last_ts AT TIME ZONE 'UTC'), INTERVAL '1 day'\n) AS d (day)\nWHERE s.symbol IS NOT NULL\n) AS d\nCROSS JOIN LATERAL (\n    WITH minutes AS MATERIALIZED (\n-- name: the minutes of a UTC day and of the 24 hours before it, on a grid without gaps\n-- grain: n\n-- keys: n\n-- reads: minute_metrics\n-- What every group of features reads, beside `recorded`. d is the row of the calendar whose day is computed.\n-- n: minute of the day, 0 to 1439 (to the newest minute there is), and -1440 to -1 on the day before. ts: end of the\n-- minute. price, volume: last_price and volume_24h, NULL where the minute is missing or the value is NaN, not positive,\n-- or a million times above or below the first of the partition, where sums would have no digits left.\n-- x: ln(price / first price); y: price / first price - 1; v: volume / first volume - 1: small numbers, which keep their\n-- digits in running sums. r: one-minute log return. moves: one-minute returns in a row up to here, so that a look-back of\n-- k minutes is whole where moves >= k. volumes: volume values in a row up to here. squares: running sum of r * r.\n-- i: place of the minute in an array of all of them. After array_agg(x) AS past, past[i - 60] is the x of an hour ago, as\n-- lag(x, 60) is, at a fraction of the cost. An array without a NULL is fastest; OFFSET 0 keeps it out of joins and sorts.\n-- (SELECT …) around the day's midnight: computed once, not for each row.\nSELECT\n    c.n,\n    c.n + 1441 AS i,\n    c.ts,\n    c.price,\n    c.volume,\n    c.x,\n    c.y,\n    c.v,\n    c.r,\n    c.n - max(CASE WHEN c.r IS NULL THEN c.n END) OVER w AS moves,\n    c.n - coalesce(max(CASE WHEN c.volume IS NULL THEN c.n END) OVER w, -1441) AS volumes,\n    sum(coalesce(c.r * c.r, 0)) OVER w AS squares\nFROM (\n    SELECT\n        n,\n        (SELECT d.day::timestamp AT TIME ZONE 'UTC') + make_interval(mins => n) AS ts,\n        m.price,\n        m.volume,\n        ln(m.price / m.first_price) AS x,\n        m.price / m.first_price - 1 AS y,\n        m.volume / m.first_volume - 1 AS v,\n        ln(m.price / lag(m.price) OVER (ORDER BY n)) AS r\n    FROM generate_series(\n        -1440,\n        -- nothing after the newest minute of the day is asked for: the live minute need not wait for the empty rest\n        least(1439, (\n            SELECT date_part('epoch', max(o.ts) - d.day::timestamp AT TIME ZONE 'UTC')::integer / 60\n            FROM minute_metrics AS o\n            WHERE o.symbol = d.symbol AND o.ts < (d.day + 1)::timestamp AT TIME ZONE 'UTC'\n        ))\n    ) AS g (n)\n    -- FULL: never a nested loop, whatever the planner knows of the table. Each minute that is held is on the grid\n    FULL JOIN (\n        SELECT\n            date_part('epoch', h.ts - (SELECT d.day::timestamp AT TIME ZONE 'UTC'))::integer / 60 AS n,\n            CASE WHEN h.last_price > 1e-6 * f.price AND h.last_price < 1e6 * f.price THEN h.last_price END AS price,\n            CASE WHEN h.volume_24h > 1e-6 * f.volume AND h.volume_24h < 1e6 * f.volume THEN h.volume_24h END AS volume,\n            f.price AS first_price,\n            f.volume AS first_volume\n        FROM minute_metrics AS h\n        CROSS JOIN (\n            -- the first values of the partition: never later than a minute that uses them\n            SELECT\n                (\n                    SELECT o.last_price\n                    FROM minute_metrics AS o\n                    WHERE\n                        o.symbol = d.symbol\n                        AND o.ts >= (d.day - 1)::timestamp AT TIME ZONE 'UTC'\n                        AND o.ts < (d.day + 1)::timestamp AT TIME ZONE 'UTC'\n                        AND o.last_price > 1e-30\n                        AND o.last_price < 1e30\n                    ORDER BY o.ts\n                    LIMIT 1\n                ) AS price,\n                (\n                    SELECT o.volume_24h\n                    FROM minute_metrics AS o\n                    WHERE\n                        o.symbol = d.symbol\n                        AND o.ts >= (d.day - 1)::timestamp AT TIME ZONE 'UTC'\n                        AND o.ts < (d.day + 1)::timestamp AT TIME ZONE 'UTC'\n                        AND o.volume_24h > 1e-30\n                        AND o.volume_24h < 1e30\n                    ORDER BY o.ts\n                    LIMIT 1\n                ) AS volume\n        ) AS f\n        WHERE\n            h.symbol = d.symbol\n            AND h.ts >= (d.day - 1)::timestamp AT TIME ZONE 'UTC'\n            AND h.ts < (d.day + 1)::timestamp AT TIME ZONE 'UTC'\n    ) AS m USING (n)\n) AS c\nWINDOW w AS (ORDER BY c.n)\n    ),\n\n    recorded AS MATERIALIZED (\n-- name: the minutes of a UTC day with what the source recorded of them\n-- grain: n\n-- keys: n\n-- reads: minute_metrics\n-- n and ts as in `minutes`, 0 to 1439. is_loaded: the minute is a row of minute_metrics, and so of minute_features. The\n-- other columns as there; price is last_price and volume is volume_24h; NULL where a value is NaN, infinite, not positive\n-- where it must be, or out of all bounds.\nSELECT\n    n,\n    (SELECT d.day::timestamp AT TIME ZONE 'UTC') + make_interval(mins => n) AS ts,\n    m.is_loaded IS NOT NULL AS is_loaded,\n    m.price,\n    m.price_deriv_5m,\n    m.price_deriv_10m,\n    m.price_deriv_15m,\n    m.price_deriv_30m,\n    m.price_deriv_1h,\n    m.price_avg_5m,\n    m.price_avg_10m,\n    m.price_avg_15m,\n    m.price_avg_30m,\n    m.price_avg_1h,\n    m.volume,\n    m.volume_deriv_5m,\n    m.volume_deriv_15m,\n    m.volume_avg_5m,\n    m.volume_avg_15m\nFROM generate_series(0, 1439) AS g (n)\nFULL JOIN (\n    SELECT\n        date_part('epoch', h.ts - (SELECT d.day::timestamp AT TIME ZONE 'UTC'))::integer / 60 AS n,\n        TRUE AS is_loaded,\n        CASE WHEN h.last_price > 1e-30 AND h.last_price < 1e30 THEN h.last_price END AS price,\n        CASE WHEN h.price_deriv_5m = 0 OR (abs(h.price_deriv_5m) > 1e-100 AND abs(h.price_deriv_5m) < 1e30) THEN h.price_deriv_5m END AS price_deriv_5m,\n        CASE WHEN h.price_deriv_10m = 0 OR (abs(h.price_deriv_10m) > 1e-100 AND abs(h.price_deriv_10m) < 1e30) THEN h.price_deriv_10m END AS price_deriv_10m,\n        CASE WHEN h.price_deriv_15m = 0 OR (abs(h.price_deriv_15m) > 1e-100 AND abs(h.price_deriv_15m) < 1e30) THEN h.price_deriv_15m END AS price_deriv_15m,\n        CASE WHEN h.price_deriv_30m = 0 OR (abs(h.price_deriv_30m) > 1e-100 AND abs(h.price_deriv_30m) < 1e30) THEN h.price_deriv_30m END AS price_deriv_30m,\n        CASE WHEN h.price_deriv_1h = 0 OR (abs(h.price_deriv_1h) > 1e-100 AND abs(h.price_deriv_1h) < 1e30) THEN h.price_deriv_1h END AS price_deriv_1h,\n        CASE WHEN h.price_avg_5m > 1e-30 AND h.price_avg_5m < 1e30 THEN h.price_avg_5m END AS price_avg_5m,\n        CASE WHEN h.price_avg_10m > 1e-30 AND h.price_avg_10m < 1e30 THEN h.price_avg_10m END AS price_avg_10m,\n        CASE WHEN h.price_avg_15m > 1e-30 AND h.price_avg_15m < 1e30 THEN h.price_avg_15m END AS price_avg_15m,\n        CASE WHEN h.price_avg_30m > 1e-30 AND h.price_avg_30m < 1e30 THEN h.price_avg_30m END AS price_avg_30m,\n        CASE WHEN h.price_avg_1h > 1e-30 AND h.price_avg_1h < 1e30 THEN h.price_avg_1h END AS price_avg_1h,\n        CASE WHEN h.volume_24h > 1e-30 AND h.volume_24h < 1e30 THEN h.volume_24h END AS volume,\n        CASE WHEN h.volume_deriv_5m = 0 OR (abs(h.volume_deriv_5m) > 1e-100 AND abs(h.volume_deriv_5m) < 1e30) THEN h.volume_deriv_5m END AS volume_deriv_5m,\n        CASE WHEN h.volume_deriv_15m = 0 OR (abs(h.volume_deriv_15m) > 1e-100 AND abs(h.volume_deriv_15m) < 1e30) THEN h.volume_deriv_15m END AS volume_deriv_15m,\n        CASE WHEN h.volume_avg_5m > 1e-30 AND h.volume_avg_5m < 1e30 THEN h.volume_avg_5m END AS volume_avg_5m,\n        CASE WHEN h.volume_avg_15m > 1e-30 AND h.volume_avg_15m < 1e30 THEN h.volume_avg_15m END AS volume_avg_15m\n    FROM minute_metrics AS h\n    WHERE\n        h.symbol = d.symbol\n        AND h.ts >= d.day::timestamp AT TIME ZONE 'UTC'\n        AND h.ts < (d.day + 1)::timestamp AT TIME ZONE 'UTC'\n) AS m USING (n)\n    )\n\n    SELECT\n        l.ts,\n        "group_1"."return_1m",\n        "group_1"."return_2m",\n        "group_1"."return_3m",\n        "group_1"."return_5m",\n        "group_1"."return_10m",\n        "group_1"."return_15m",\n        "group_1"."return_30m",\n        "group_1"."return_60m",\n        "group_1"."return_120m",\n        "group_1"."return_240m",\n        "group_1"."return_480m",\n        "group_1"."return_1440m",\n        "group_1"."up_move_share_15m",\n        "group_1"."up_move_share_60m",\n        "group_1"."up_move_share_240m",\n        "group_2"."slope_5m",\n        "group_2"."slope_10m",\n        "group_2"."slope_15m",\n        "group_2"."slope_30m",\n        "group_2"."slope_60m",\n        "group_2"."slope_120m",\n        "group_2"."slope_240m",\n        "group_2"."slope_to_volatility_5m",\n        "group_2"."slope_to_volatility_15m",\n        "group_2"."slope_to_volatility_60m",\n        "group_3"."distance_to_average_5m",\n        "group_3"."distance_to_average_10m",\n        "group_3"."distance_to_average_15m",\n        "group_3"."distance_to_average_30m",\n        "group_3"."distance_to_average_60m",\n        "group_3"."distance_to_average_120m",\n        "group_3"."distance_to_average_240m",\n        "group_3"."distance_to_average_1440m",\n        "group_4"."realised_volatility_5m",\n        "group_4"."realised_volatility_10m",\n        "group_4"."realised_volatility_15m",\n        "group_4"."realised_volatility_30m",\n        "group_4"."realised_volatility_60m",\n        "group_4"."realised_volatility_120m",\n        "group_4"."realised_volatility_240m",\n        "group_4"."realised_volatility_480m",\n        "group_4"."realised_volatility_1440m",\n        "group_4"."volatility_ratio_5m_60m",\n        "group_4"."volatility_ratio_15m_240m",\n        "group_4"."volatility_ratio_60m_240m",\n        "group_4"."volatility_ratio_60m_1440m",\n        "group_4"."volatility_ratio_240m_1440m",\n        "group_4"."upside_variance_share_60m",\n        "group_4"."upside_variance_share_240m",\n        "group_5"."range_position_60m",\n        "group_5"."range_position_240m",\n        "group_5"."range_position_1440m",\n        "group_5"."range_width_60m",\n        "group_5"."range_width_240m",\n        "group_5"."range_width_1440m",\n        "group_5"."drawdown_60m",\n        "group_5"."drawdown_240m",\n        "group_5"."drawdown_1440m",\n        "group_6"."rsi_14m",\n        "group_6"."rsi_30m",\n        "group_6"."rsi_60m",\n        "group_6"."macd_to_volatility",\n        "group_6"."macd_signal_to_volatility",\n        "group_6"."macd_histogram_to_volatility",\n        "group_7"."bollinger_position",\n        "group_7"."bollinger_width",\n        "group_8"."volume_change_5m",\n        "group_8"."volume_change_15m",\n        "group_8"."volume_change_60m",\n        "group_8"."volume_change_240m",\n        "group_8"."volume_slope_5m",\n        "group_8"."volume_slope_15m",\n        "group_8"."volume_slope_60m",\n        "group_8"."volume_acceleration",\n        "group_8"."volume_distance_to_average_5m",\n        "group_8"."volume_distance_to_average_15m",\n        "group_8"."volume_distance_to_average_60m",\n        "group_8"."volume_distance_to_average_240m",\n        "group_9"."day_sin",\n        "group_9"."day_cos",\n        "group_9"."week_sin",\n        "group_9"."week_cos",\n        "group_9"."new_york_day_sin",\n        "group_9"."new_york_day_cos",\n        "group_10"."minutes_since_move_of_30bp",\n        "group_10"."minutes_since_move_of_100bp",\n        num_nulls(\n            "group_1"."return_1m",\n            "group_1"."return_2m",\n            "group_1"."return_3m",\n            "group_1"."return_5m",\n            "group_1"."return_10m",\n            "group_1"."return_15m",\n            "group_1"."return_30m",\n            "group_1"."return_60m",\n            "group_1"."return_120m",\n            "group_1"."return_240m",\n            "group_1"."return_480m",\n            "group_1"."return_1440m",\n            "group_1"."up_move_share_15m",\n            "group_1"."up_move_share_60m",\n            "group_1"."up_move_share_240m",\n            "group_2"."slope_5m",\n            "group_2"."slope_10m",\n            "group_2"."slope_15m",\n            "group_2"."slope_30m",\n            "group_2"."slope_60m",\n            "group_2"."slope_120m",\n            "group_2"."slope_240m",\n            "group_2"."slope_to_volatility_5m",\n            "group_2"."slope_to_volatility_15m",\n            "group_2"."slope_to_volatility_60m",\n            "group_3"."distance_to_average_5m",\n            "group_3"."distance_to_average_10m",\n            "group_3"."distance_to_average_15m",\n            "group_3"."distance_to_average_30m",\n            "group_3"."distance_to_average_60m",\n            "group_3"."distance_to_average_120m",\n            "group_3"."distance_to_average_240m",\n            "group_3"."distance_to_average_1440m",\n            "group_4"."realised_volatility_5m",\n            "group_4"."realised_volatility_10m",\n            "group_4"."realised_volatility_15m",\n            "group_4"."realised_volatility_30m",\n            "group_4"."realised_volatility_60m",\n            "group_4"."realised_volatility_120m",\n            "group_4"."realised_volatility_240m",\n            "group_4"."realised_volatility_480m",\n            "group_4"."realised_volatility_1440m",\n            "group_4"."volatility_ratio_5m_60m",\n            "group_4"."volatility_ratio_15m_240m",\n            "group_4"."volatility_ratio_60m_240m",\n            "group_4"."volatility_ratio_60m_1440m",\n            "group_4"."volatility_ratio_240m_1440m",\n            "group_4"."upside_variance_share_60m",\n            "group_4"."upside_variance_share_240m",\n            "group_5"."range_position_60m",\n            "group_5"."range_position_240m",\n            "group_5"."range_position_1440m",\n            "group_5"."range_width_60m",\n            "group_5"."range_width_240m",\n            "group_5"."range_width_1440m",\n            "group_5"."drawdown_60m",\n            "group_5"."drawdown_240m",\n            "group_5"."drawdown_1440m",\n            "group_6"."rsi_14m",\n            "group_6"."rsi_30m",\n            "group_6"."rsi_60m",\n            "group_6"."macd_to_volatility",\n            "group_6"."macd_signal_to_volatility",\n            "group_6"."macd_histogram_to_volatility",\n            "group_7"."bollinger_position",\n            "group_7"."bollinger_width",\n            "group_8"."volume_change_5m",\n            "group_8"."volume_change_15m",\n            "group_8"."volume_change_60m",\n            "group_8"."volume_change_240m",\n            "group_8"."volume_slope_5m",\n            "group_8"."volume_slope_15m",\n            "group_8"."volume_slope_60m",\n            "group_8"."volume_acceleration",\n            "group_8"."volume_distance_to_average_5m",\n            "group_8"."volume_distance_to_average_15m",\n            "group_8"."volume_distance_to_average_60m",\n            "group_8"."volume_distance_to_average_240m",\n            "group_9"."day_sin",\n            "group_9"."day_cos",\n            "group_9"."week_sin",\n            "group_9"."week_cos",\n            "group_9"."new_york_day_sin",\n            "group_9"."new_york_day_cos",\n            "group_10"."minutes_since_move_of_30bp",\n            "group_10"."minutes_since_move_of_100bp"\n        ) = 0 AS complete\n    FROM recorded AS l\n    LEFT JOIN (\n        -- 10_returns.sql\n        SELECT DISTINCT ON (q.n) q.*\n        FROM (\n-- name: how far the price has moved\n-- grain: n\n-- keys: n\n-- reads: minutes\nSELECT\n    m.n,\n    CASE WHEN m.moves >= 1 THEN m.r END AS return_1m,\n    CASE WHEN m.moves >= 2 THEN m.x - past.x[m.i - 2] END AS return_2m,\n    CASE WHEN m.moves >= 3 THEN m.x - past.x[m.i - 3] END AS return_3m,\n    CASE WHEN m.moves >= 5 THEN m.x - past.x[m.i - 5] END AS return_5m,\n    CASE WHEN m.moves >= 10 THEN m.x - past.x[m.i - 10] END AS return_10m,\n    CASE WHEN m.moves >= 15 THEN m.x - past.x[m.i - 15] END AS return_15m,\n    CASE WHEN m.moves >= 30 THEN m.x - past.x[m.i - 30] END AS return_30m,\n    CASE WHEN m.moves >= 60 THEN m.x - past.x[m.i - 60] END AS return_60m,\n    CASE WHEN m.moves >= 120 THEN m.x - past.x[m.i - 120] END AS return_120m,\n    CASE WHEN m.moves >= 240 THEN m.x - past.x[m.i - 240] END AS return_240m,\n    CASE WHEN m.moves >= 480 THEN m.x - past.x[m.i - 480] END AS return_480m,\n    CASE WHEN m.moves >= 1440 THEN m.x - past.x[m.i - 1440] END AS return_1440m,\n    CASE\n        WHEN m.moves >= 15\n            THEN (past.rises[m.i] - past.rises[m.i - 15]) / nullif(past.changes[m.i] - past.changes[m.i - 15], 0)\n    END AS up_move_share_15m,\n    CASE\n        WHEN m.moves >= 60\n            THEN (past.rises[m.i] - past.rises[m.i - 60]) / nullif(past.changes[m.i] - past.changes[m.i - 60], 0)\n    END AS up_move_share_60m,\n    CASE\n        WHEN m.moves >= 240\n            THEN (past.rises[m.i] - past.rises[m.i - 240]) / nullif(past.changes[m.i] - past.changes[m.i - 240], 0)\n    END AS up_move_share_240m\nFROM minutes AS m\nCROSS JOIN (\n    SELECT\n        array_agg(s.x) AS x,\n        array_agg(s.rises) AS rises,\n        array_agg(s.changes) AS changes\n    FROM (\n        SELECT\n            coalesce(m.x, 0) AS x,\n            sum(coalesce(greatest(m.r, 0), 0)) OVER w AS rises,\n            sum(coalesce(abs(m.r), 0)) OVER w AS changes\n        FROM minutes AS m\n        WINDOW w AS (ORDER BY m.n)\n        ORDER BY m.n\n    ) AS s\n) AS past\nWHERE m.n >= 0\nOFFSET 0\n        ) AS q\n        WHERE q.n >= 0\n        ORDER BY q.n\n    ) AS "group_1"\n        ON "group_1".n = l.n\n    LEFT JOIN (\n        -- 20_slopes.sql\n        SELECT DISTINCT ON (q.n) q.*\n        FROM (\n-- name: how fast the price moves: recorded slopes, longer ones, and slopes in units of volatility\n-- grain: n\n-- keys: n\n-- reads: minutes, recorded\nSELECT\n    n,\n    60 * q.price_deriv_5m / q.price AS slope_5m,\n    60 * q.price_deriv_10m / q.price AS slope_10m,\n    60 * q.price_deriv_15m / q.price AS slope_15m,\n    60 * q.price_deriv_30m / q.price AS slope_30m,\n    60 * q.price_deriv_1h / q.price AS slope_60m,\n    o.slope_120m,\n    o.slope_240m,\n    60 * q.price_deriv_5m / q.price / nullif(o.volatility, 0) AS slope_to_volatility_5m,\n    60 * q.price_deriv_15m / q.price / nullif(o.volatility, 0) AS slope_to_volatility_15m,\n    60 * q.price_deriv_1h / q.price / nullif(o.volatility, 0) AS slope_to_volatility_60m\nFROM recorded AS q\nFULL JOIN (\n    -- sum of (n - mean n) * y over sum of (n - mean n) squared, from running sums of y and n * y; y + 1 is the price in\n    -- units of the partition's first\n    SELECT\n        m.n,\n        CASE WHEN m.moves >= 119 THEN ((past.moments[m.i] - past.moments[m.i - 120]) - (m.n - 59.5) * (past.levels[m.i] - past.levels[m.i - 120])) / 143990 / (1 + m.y) END AS slope_120m,\n        CASE WHEN m.moves >= 239 THEN ((past.moments[m.i] - past.moments[m.i - 240]) - (m.n - 119.5) * (past.levels[m.i] - past.levels[m.i - 240])) / 1151980 / (1 + m.y) END AS slope_240m,\n        CASE WHEN m.moves >= 60 THEN sqrt(greatest(m.squares - past.squares[m.i - 60], 0) / 60) END AS volatility\n    FROM minutes AS m\n    CROSS JOIN (\n        SELECT\n            array_agg(s.squares) AS squares,\n            array_agg(s.levels) AS levels,\n            array_agg(s.moments) AS moments\n        FROM (\n            SELECT\n                m.squares,\n                coalesce(sum(m.y) FILTER (WHERE m.n >= -240) OVER w, 0) AS levels,\n                coalesce(sum(m.n * m.y) FILTER (WHERE m.n >= -240) OVER w, 0) AS moments\n            FROM minutes AS m\n            WINDOW w AS (ORDER BY m.n)\n            ORDER BY m.n\n        ) AS s\n    ) AS past\n    WHERE m.n >= 0\n    OFFSET 0\n) AS o USING (n)\n        ) AS q\n        WHERE q.n >= 0\n        ORDER BY q.n\n    ) AS "group_2"\n        ON "group_2".n = l.n\n    LEFT JOIN (\n        -- 30_distances.sql\n        SELECT DISTINCT ON (q.n) q.*\n        FROM (\n-- name: how far the price is from its averages\n-- grain: n\n-- keys: n\n-- reads: minutes, recorded\nSELECT\n    n,\n    ln(q.price / q.price_avg_5m) AS distance_to_average_5m,\n    ln(q.price / q.price_avg_10m) AS distance_to_average_10m,\n    ln(q.price / q.price_avg_15m) AS distance_to_average_15m,\n    ln(q.price / q.price_avg_30m) AS distance_to_average_30m,\n    ln(q.price / q.price_avg_1h) AS distance_to_average_60m,\n    o.distance_to_average_120m,\n    o.distance_to_average_240m,\n    o.distance_to_average_1440m\nFROM recorded AS q\nFULL JOIN (\n    -- the mean of y + 1 is the mean price in units of the partition's first\n    SELECT\n        m.n,\n        CASE WHEN m.moves >= 119 THEN ln((1 + m.y) / (1 + (past.levels[m.i] - past.levels[m.i - 120]) / 120)) END AS distance_to_average_120m,\n        CASE WHEN m.moves >= 239 THEN ln((1 + m.y) / (1 + (past.levels[m.i] - past.levels[m.i - 240]) / 240)) END AS distance_to_average_240m,\n        CASE WHEN m.moves >= 1439 THEN ln((1 + m.y) / (1 + (past.levels[m.i] - past.levels[m.i - 1440]) / 1440)) END AS distance_to_average_1440m\n    FROM minutes AS m\n    CROSS JOIN (\n        SELECT array_agg(s.levels) AS levels\n        FROM (SELECT sum(coalesce(m.y, 0)) OVER (ORDER BY m.n) AS levels FROM minutes AS m ORDER BY m.n) AS s\n    ) AS past\n    WHERE m.n >= 0\n    OFFSET 0\n) AS o USING (n)\n        ) AS q\n        WHERE q.n >= 0\n        ORDER BY q.n\n    ) AS "group_3"\n        ON "group_3".n = l.n\n    LEFT JOIN (\n        -- 40_volatility.sql\n        SELECT DISTINCT ON (q.n) q.*\n        FROM (\n-- name: how much the price moves: the group that carries the skill\n-- grain: n\n-- keys: n\n-- reads: minutes\nSELECT\n    v.n,\n    v.realised_volatility_5m,\n    v.realised_volatility_10m,\n    v.realised_volatility_15m,\n    v.realised_volatility_30m,\n    v.realised_volatility_60m,\n    v.realised_volatility_120m,\n    v.realised_volatility_240m,\n    v.realised_volatility_480m,\n    v.realised_volatility_1440m,\n    v.realised_volatility_5m / nullif(v.realised_volatility_60m, 0) AS volatility_ratio_5m_60m,\n    v.realised_volatility_15m / nullif(v.realised_volatility_240m, 0) AS volatility_ratio_15m_240m,\n    v.realised_volatility_60m / nullif(v.realised_volatility_240m, 0) AS volatility_ratio_60m_240m,\n    v.realised_volatility_60m / nullif(v.realised_volatility_1440m, 0) AS volatility_ratio_60m_1440m,\n    v.realised_volatility_240m / nullif(v.realised_volatility_1440m, 0) AS volatility_ratio_240m_1440m,\n    v.upside_variance_share_60m,\n    v.upside_variance_share_240m\nFROM (\n    SELECT\n        m.n,\n        CASE WHEN m.moves >= 5 THEN sqrt(greatest(m.squares - past.squares[m.i - 5], 0) / 5) END AS realised_volatility_5m,\n        CASE WHEN m.moves >= 10 THEN sqrt(greatest(m.squares - past.squares[m.i - 10], 0) / 10) END AS realised_volatility_10m,\n        CASE WHEN m.moves >= 15 THEN sqrt(greatest(m.squares - past.squares[m.i - 15], 0) / 15) END AS realised_volatility_15m,\n        CASE WHEN m.moves >= 30 THEN sqrt(greatest(m.squares - past.squares[m.i - 30], 0) / 30) END AS realised_volatility_30m,\n        CASE WHEN m.moves >= 60 THEN sqrt(greatest(m.squares - past.squares[m.i - 60], 0) / 60) END AS realised_volatility_60m,\n        CASE WHEN m.moves >= 120 THEN sqrt(greatest(m.squares - past.squares[m.i - 120], 0) / 120) END AS realised_volatility_120m,\n        CASE WHEN m.moves >= 240 THEN sqrt(greatest(m.squares - past.squares[m.i - 240], 0) / 240) END AS realised_volatility_240m,\n        CASE WHEN m.moves >= 480 THEN sqrt(greatest(m.squares - past.squares[m.i - 480], 0) / 480) END AS realised_volatility_480m,\n        CASE WHEN m.moves >= 1440 THEN sqrt(greatest(m.squares - past.squares[m.i - 1440], 0) / 1440) END AS realised_volatility_1440m,\n        CASE\n            WHEN m.moves >= 60\n                THEN (past.upside[m.i] - past.upside[m.i - 60]) / nullif(m.squares - past.squares[m.i - 60], 0)\n        END AS upside_variance_share_60m,\n        CASE\n            WHEN m.moves >= 240\n                THEN (past.upside[m.i] - past.upside[m.i - 240]) / nullif(m.squares - past.squares[m.i - 240], 0)\n        END AS upside_variance_share_240m\n    FROM minutes AS m\n    CROSS JOIN (\n        SELECT\n            array_agg(s.squares) AS squares,\n            array_agg(s.upside) AS upside\n        FROM (\n            SELECT\n                m.squares,\n                sum(CASE WHEN m.r > 0 THEN m.r * m.r ELSE 0 END) OVER (ORDER BY m.n) AS upside\n            FROM minutes AS m\n            ORDER BY m.n\n        ) AS s\n    ) AS past\n    WHERE m.n >= 0\n    OFFSET 0\n) AS v\n        ) AS q\n        WHERE q.n >= 0\n        ORDER BY q.n\n    ) AS "group_4"\n        ON "group_4".n = l.n\n    LEFT JOIN (\n        -- 50_range.sql\n        SELECT DISTINCT ON (q.n) q.*\n        FROM (\n-- name: where the price stands in its range\n-- grain: n\n-- keys: n\n-- reads: minutes\n-- The highest of an hour is that of six stretches of ten minutes, that of four hours that of four hours, and that of a day\n-- that of six stretches of four hours: the cost hardly grows with the window.\nWITH ten_minutes AS (\n    SELECT\n        array_agg(s.high) AS high,\n        array_agg(s.low) AS low\n    FROM (\n        SELECT\n            max(coalesce(m.x, 0)) OVER ten AS high,\n            min(coalesce(m.x, 0)) OVER ten AS low\n        FROM minutes AS m\n        WINDOW ten AS (ORDER BY m.n ROWS BETWEEN 9 PRECEDING AND CURRENT ROW)\n        ORDER BY m.n\n    ) AS s\n),\n\nhour AS (\n    SELECT\n        array_agg(greatest(t.high[i], t.high[i - 10], t.high[i - 20], t.high[i - 30], t.high[i - 40], t.high[i - 50])) AS high,\n        array_agg(least(t.low[i], t.low[i - 10], t.low[i - 20], t.low[i - 30], t.low[i - 40], t.low[i - 50])) AS low\n    FROM ten_minutes AS t\n    CROSS JOIN LATERAL generate_series(1, cardinality(t.high)) AS g (i)\n),\n\nfour_hours AS (\n    SELECT\n        array_agg(greatest(h.high[i], h.high[i - 60], h.high[i - 120], h.high[i - 180])) AS high,\n        array_agg(least(h.low[i], h.low[i - 60], h.low[i - 120], h.low[i - 180])) AS low\n    FROM hour AS h\n    CROSS JOIN LATERAL generate_series(1, cardinality(h.high)) AS g (i)\n)\n\nSELECT\n    e.n,\n    CASE WHEN e.moves >= 59 THEN (e.x - e.low_60) / nullif(e.high_60 - e.low_60, 0) END AS range_position_60m,\n    CASE WHEN e.moves >= 239 THEN (e.x - e.low_240) / nullif(e.high_240 - e.low_240, 0) END AS range_position_240m,\n    CASE WHEN e.moves >= 1439 THEN (e.x - e.low_1440) / nullif(e.high_1440 - e.low_1440, 0) END AS range_position_1440m,\n    CASE WHEN e.moves >= 59 THEN e.high_60 - e.low_60 END AS range_width_60m,\n    CASE WHEN e.moves >= 239 THEN e.high_240 - e.low_240 END AS range_width_240m,\n    CASE WHEN e.moves >= 1439 THEN e.high_1440 - e.low_1440 END AS range_width_1440m,\n    CASE WHEN e.moves >= 59 THEN e.x - e.high_60 END AS drawdown_60m,\n    CASE WHEN e.moves >= 239 THEN e.x - e.high_240 END AS drawdown_240m,\n    CASE WHEN e.moves >= 1439 THEN e.x - e.high_1440 END AS drawdown_1440m\nFROM (\n    SELECT\n        m.n,\n        m.moves,\n        m.x,\n        h.high[m.i] AS high_60,\n        h.low[m.i] AS low_60,\n        f.high[m.i] AS high_240,\n        f.low[m.i] AS low_240,\n        greatest(f.high[m.i], f.high[m.i - 240], f.high[m.i - 480], f.high[m.i - 720], f.high[m.i - 960], f.high[m.i - 1200]) AS high_1440,\n        least(f.low[m.i], f.low[m.i - 240], f.low[m.i - 480], f.low[m.i - 720], f.low[m.i - 960], f.low[m.i - 1200]) AS low_1440\n    FROM minutes AS m\n    CROSS JOIN hour AS h\n    CROSS JOIN four_hours AS f\n    WHERE m.n >= 0\n    OFFSET 0\n) AS e\n        ) AS q\n        WHERE q.n >= 0\n        ORDER BY q.n\n    ) AS "group_5"\n        ON "group_5".n = l.n\n    LEFT JOIN (\n        -- 60_oscillators.sql\n        SELECT DISTINCT ON (q.n) q.*\n        FROM (\n-- name: relative strength and MACD, by exponential averages\n-- grain: n\n-- keys: n\n-- reads: minutes\nSELECT\n    a.n,\n    CASE WHEN a.moves >= 360 THEN 100 * least(a.rises_14, a.changes_14) / nullif(a.changes_14, 0) END AS rsi_14m,\n    CASE WHEN a.moves >= 720 THEN 100 * least(a.rises_30, a.changes_30) / nullif(a.changes_30, 0) END AS rsi_30m,\n    CASE WHEN a.moves >= 1440 THEN 100 * least(a.rises_60, a.changes_60) / nullif(a.changes_60, 0) END AS rsi_60m,\n    CASE WHEN a.moves >= 359 THEN a.macd / nullif(a.volatility, 0) END AS macd_to_volatility,\n    CASE WHEN a.moves >= 359 THEN a.macd_signal / nullif(a.volatility, 0) END AS macd_signal_to_volatility,\n    CASE WHEN a.moves >= 359 THEN (a.macd - a.macd_signal) / nullif(a.volatility, 0) END AS macd_histogram_to_volatility\nFROM (\n    SELECT\n        e.*,\n        e.average_12 - e.average_26 AS macd,\n        -- the average over 9 minutes of the averages over 12 and over 26, in closed form: of one with weights a^k over\n        -- one with weights b^k it is ((1 - b) * a * the one with a - (1 - a) * b * the one with b) / (a - b)\n        (2.0::float8 / 13 * 4 / 5 * e.average_9 - 1.0::float8 / 5 * 11 / 13 * e.average_12)\n        / (4.0::float8 / 5 - 11.0::float8 / 13)\n        - (2.0::float8 / 27 * 4 / 5 * e.average_9 - 1.0::float8 / 5 * 25 / 27 * e.average_26)\n        / (4.0::float8 / 5 - 25.0::float8 / 27) AS macd_signal\n    FROM (\n        SELECT\n            m.n,\n            m.moves,\n            sqrt(greatest(m.squares - past.squares[m.i - 60], 0) / 60) AS volatility,\n            past.rises_14[m.i] - past.rises_14[m.i - 360] AS rises_14,\n            past.changes_14[m.i] - past.changes_14[m.i - 360] AS changes_14,\n            past.rises_30[m.i] - past.rises_30[m.i - 720] AS rises_30,\n            past.changes_30[m.i] - past.changes_30[m.i - 720] AS changes_30,\n            past.rises_60[m.i] - past.rises_60[m.i - 1440] AS rises_60,\n            past.changes_60[m.i] - past.changes_60[m.i - 1440] AS changes_60,\n            (past.weighted_9[m.i] - past.weighted_9[m.i - 360]) * power(4::float8 / 5, m.n)\n            * (1 - 4.0::float8 / 5) / (1 - power(4::float8 / 5, 360)) AS average_9,\n            (past.weighted_12[m.i] - past.weighted_12[m.i - 360]) * power(11::float8 / 13, m.n)\n            * (1 - 11.0::float8 / 13) / (1 - power(11::float8 / 13, 360)) AS average_12,\n            (past.weighted_26[m.i] - past.weighted_26[m.i - 360]) * power(25::float8 / 27, m.n)\n            * (1 - 25.0::float8 / 27) / (1 - power(25::float8 / 27, 360)) AS average_26\n        FROM minutes AS m\n        CROSS JOIN (\n            SELECT\n                array_agg(s.squares) AS squares,\n                array_agg(s.rises_14) AS rises_14,\n                array_agg(s.changes_14) AS changes_14,\n                array_agg(s.rises_30) AS rises_30,\n                array_agg(s.changes_30) AS changes_30,\n                array_agg(s.rises_60) AS rises_60,\n                array_agg(s.changes_60) AS changes_60,\n                array_agg(s.weighted_9) AS weighted_9,\n                array_agg(s.weighted_12) AS weighted_12,\n                array_agg(s.weighted_26) AS weighted_26\n            FROM (\n                -- an exponential average is a running sum with growing weights, times the newest weight: q^-n x[n] summed\n                -- up, times q^n (which a ratio of two does not need); the first terms are taken off again, so that nothing\n                -- before the look-back is left\n                SELECT\n                    m.squares,\n                    sum(greatest(coalesce(m.change_14, 0), 0)) OVER w AS rises_14,\n                    sum(abs(coalesce(m.change_14, 0))) OVER w AS changes_14,\n                    sum(greatest(coalesce(m.change_30, 0), 0)) OVER w AS rises_30,\n                    sum(abs(coalesce(m.change_30, 0))) OVER w AS changes_30,\n                    sum(greatest(coalesce(m.change_60, 0), 0)) OVER w AS rises_60,\n                    sum(abs(coalesce(m.change_60, 0))) OVER w AS changes_60,\n                    sum(coalesce(m.weighted_9, 0)) OVER w AS weighted_9,\n                    sum(coalesce(m.weighted_12, 0)) OVER w AS weighted_12,\n                    sum(coalesce(m.weighted_26, 0)) OVER w AS weighted_26\n                FROM (\n                    SELECT\n                        p.n,\n                        p.squares,\n                        (p.y - lag(p.y) OVER w) * power(14::float8 / 13, p.n) AS change_14,\n                        (p.y - lag(p.y) OVER w) * power(30::float8 / 29, p.n) AS change_30,\n                        (p.y - lag(p.y) OVER w) * power(60::float8 / 59, p.n) AS change_60,\n                        p.x * power(5::float8 / 4, p.n) AS weighted_9,\n                        p.x * power(13::float8 / 11, p.n) AS weighted_12,\n                        p.x * power(27::float8 / 25, p.n) AS weighted_26\n                    FROM minutes AS p\n                    WINDOW w AS (ORDER BY p.n)\n                ) AS m\n                WINDOW w AS (ORDER BY m.n)\n                ORDER BY m.n\n            ) AS s\n        ) AS past\n        WHERE m.n >= 0\n        OFFSET 0\n    ) AS e\n) AS a\n        ) AS q\n        WHERE q.n >= 0\n        ORDER BY q.n\n    ) AS "group_6"\n        ON "group_6".n = l.n\n    LEFT JOIN (\n        -- 65_bollinger.sql\n        SELECT DISTINCT ON (q.n) q.*\n        FROM (\n-- name: Bollinger bands\n-- grain: n\n-- keys: n\n-- reads: minutes\nSELECT\n    s.n,\n    CASE WHEN s.moves >= 19 THEN 0.5 + (s.y - s.mean) / nullif(4 * s.deviation, 0) END AS bollinger_position,\n    CASE WHEN s.moves >= 19 THEN 4 * s.deviation / (1 + s.mean) END AS bollinger_width\nFROM (\n    SELECT\n        m.n,\n        m.y,\n        m.moves,\n        avg(m.y) OVER band AS mean,\n        -- exactly 0 where the price stood still, which rounding would hide\n        CASE WHEN m.squares > lag(m.squares, 19) OVER w THEN stddev_pop(m.y) OVER band ELSE 0 END AS deviation\n    FROM minutes AS m\n    WHERE m.n >= -19\n    WINDOW\n        w AS (ORDER BY m.n),\n        band AS (ORDER BY m.n ROWS BETWEEN 19 PRECEDING AND CURRENT ROW)\n) AS s\n        ) AS q\n        WHERE q.n >= 0\n        ORDER BY q.n\n    ) AS "group_7"\n        ON "group_7".n = l.n\n    LEFT JOIN (\n        -- 70_volume.sql\n        SELECT DISTINCT ON (q.n) q.*\n        FROM (\n-- name: how the 24 h volume gauge changes; the volume of a minute is not guessed from it\n-- grain: n\n-- keys: n\n-- reads: minutes, recorded\nSELECT\n    n,\n    o.volume_change_5m,\n    o.volume_change_15m,\n    o.volume_change_60m,\n    o.volume_change_240m,\n    60 * q.volume_deriv_5m / q.volume_avg_5m AS volume_slope_5m,\n    60 * q.volume_deriv_15m / q.volume_avg_15m AS volume_slope_15m,\n    o.volume_slope_60m,\n    60 * q.volume_deriv_5m / q.volume_avg_5m - 60 * q.volume_deriv_15m / q.volume_avg_15m AS volume_acceleration,\n    ln(q.volume / q.volume_avg_5m) AS volume_distance_to_average_5m,\n    ln(q.volume / q.volume_avg_15m) AS volume_distance_to_average_15m,\n    o.volume_distance_to_average_60m,\n    o.volume_distance_to_average_240m\nFROM recorded AS q\nFULL JOIN (\n    SELECT\n        m.n,\n        CASE WHEN m.volumes > 5 THEN ln(m.volume / past.volume[m.i - 5]) END AS volume_change_5m,\n        CASE WHEN m.volumes > 15 THEN ln(m.volume / past.volume[m.i - 15]) END AS volume_change_15m,\n        CASE WHEN m.volumes > 60 THEN ln(m.volume / past.volume[m.i - 60]) END AS volume_change_60m,\n        CASE WHEN m.volumes > 240 THEN ln(m.volume / past.volume[m.i - 240]) END AS volume_change_240m,\n        CASE\n            WHEN m.volumes >= 60\n                THEN\n                    ((past.moments[m.i] - past.moments[m.i - 60]) - (m.n - 29.5) * (past.levels[m.i] - past.levels[m.i - 60])) / 17995\n                    / (1 + (past.levels[m.i] - past.levels[m.i - 60]) / 60)\n        END AS volume_slope_60m,\n        CASE WHEN m.volumes >= 60 THEN ln((1 + m.v) / (1 + (past.levels[m.i] - past.levels[m.i - 60]) / 60)) END AS volume_distance_to_average_60m,\n        CASE WHEN m.volumes >= 240 THEN ln((1 + m.v) / (1 + (past.levels[m.i] - past.levels[m.i - 240]) / 240)) END AS volume_distance_to_average_240m\n    FROM minutes AS m\n    CROSS JOIN (\n        SELECT\n            array_agg(s.volume) AS volume,\n            array_agg(s.levels) AS levels,\n            array_agg(s.moments) AS moments\n        FROM (\n            SELECT\n                coalesce(m.volume, 0) AS volume,\n                coalesce(sum(m.v) FILTER (WHERE m.n >= -240) OVER w, 0) AS levels,\n                coalesce(sum(m.n * m.v) FILTER (WHERE m.n >= -240) OVER w, 0) AS moments\n            FROM minutes AS m\n            WINDOW w AS (ORDER BY m.n)\n            ORDER BY m.n\n        ) AS s\n    ) AS past\n    WHERE m.n >= 0\n    OFFSET 0\n) AS o USING (n)\n        ) AS q\n        WHERE q.n >= 0\n        ORDER BY q.n\n    ) AS "group_8"\n        ON "group_8".n = l.n\n    LEFT JOIN (\n        -- 80_calendar.sql\n        SELECT DISTINCT ON (q.n) q.*\n        FROM (\n-- name: time of day and of week as cycles, by UTC and by New York's clock\n-- grain: n\n-- keys: n\n-- reads: recorded\n-- Stock exchanges open and figures come out by New York's clock, which is 4 or 5 hours behind UTC: by UTC alone the hour\n-- at which prices begin to move is blurred over the year.\nSELECT\n    q.n,\n    sin(2 * pi() * mod(date_part('epoch', q.ts)::bigint, 86400) / 86400) AS day_sin,\n    cos(2 * pi() * mod(date_part('epoch', q.ts)::bigint, 86400) / 86400) AS day_cos,\n    sin(2 * pi() * mod(date_part('epoch', q.ts)::bigint, 604800) / 604800) AS week_sin,\n    cos(2 * pi() * mod(date_part('epoch', q.ts)::bigint, 604800) / 604800) AS week_cos,\n    sin(2 * pi() * mod(date_part('epoch', q.ts AT TIME ZONE 'America/New_York')::bigint, 86400) / 86400) AS new_york_day_sin,\n    cos(2 * pi() * mod(date_part('epoch', q.ts AT TIME ZONE 'America/New_York')::bigint, 86400) / 86400) AS new_york_day_cos\nFROM recorded AS q\n        ) AS q\n        WHERE q.n >= 0\n        ORDER BY q.n\n    ) AS "group_9"\n        ON "group_9".n = l.n\n    LEFT JOIN (\n        -- 90_big_moves.sql\n        SELECT DISTINCT ON (q.n) q.*\n        FROM (\n-- name: how long ago the last big move was\n-- grain: n\n-- keys: n\n-- reads: minutes\nSELECT\n    s.n,\n    CASE WHEN s.moves >= 240 THEN least(s.n - max(s.moved_30bp) OVER w, 225)::float8 END AS minutes_since_move_of_30bp,\n    CASE WHEN s.moves >= 1440 THEN least(s.n - max(s.moved_100bp) OVER w, 1380)::float8 END AS minutes_since_move_of_100bp\nFROM (\n    SELECT\n        m.n,\n        m.moves,\n        CASE WHEN m.moves >= 15 AND abs(m.x - lag(m.x, 15) OVER w) > 0.003 THEN m.n END AS moved_30bp,\n        CASE WHEN m.moves >= 60 AND abs(m.x - lag(m.x, 60) OVER w) > 0.01 THEN m.n END AS moved_100bp\n    FROM minutes AS m\n    WINDOW w AS (ORDER BY m.n)\n) AS s\nWINDOW w AS (ORDER BY s.n)\n        ) AS q\n        WHERE q.n >= 0\n        ORDER BY q.n\n    ) AS "group_10"\n        ON "group_10".n = l.n\n    WHERE l.is_loaded\n    OFFSET 0\n) AS v;\nCOMMENT ON COLUMN minute_features.symbol IS 'Name of the market';\nCOMMENT ON COLUMN minute_features.day IS 'UTC date of ts; a predicate on it reads only those days';\nCOMMENT ON COLUMN minute_features.ts IS 'End of the minute, UTC; every feature is known then';\nCOMMENT ON COLUMN minute_features.return_1m IS 'Log return of last_price over 1 minute, ln(p[t] / p[t-1]); look-back 1 min; NULL: a minute of it is missing';\nCOMMENT ON COLUMN minute_features.return_2m IS 'Log return of last_price over 2 minutes, ln(p[t] / p[t-2]); look-back 2 min; NULL: a minute of it is missing';\nCOMMENT ON COLUMN minute_features.return_3m IS 'Log return of last_price over 3 minutes, ln(p[t] / p[t-3]); look-back 3 min; NULL: a minute of it is missing';\nCOMMENT ON COLUMN minute_features.return_5m IS 'Log return of last_price over 5 minutes, ln(p[t] / p[t-5]); look-back 5 min; NULL: a minute of it is missing';\nCOMMENT ON COLUMN minute_features.return_10m IS 'Log return of last_price over 10 minutes, ln(p[t] / p[t-10]); look-back 10 min; NULL: a minute of it is missing';\nCOMMENT ON COLUMN minute_features.return_15m IS 'Log return of last_price over 15 minutes, ln(p[t] / p[t-15]); look-back 15 min; NULL: a minute of it is missing';\nCOMMENT ON COLUMN minute_features.return_30m IS 'Log return of last_price over 30 minutes, ln(p[t] / p[t-30]); look-back 30 min; NULL: a minute of it is missing';\nCOMMENT ON COLUMN minute_features.return_60m IS 'Log return of last_price over 60 minutes, ln(p[t] / p[t-60]); look-back 60 min; NULL: a minute of it is missing';\nCOMMENT ON COLUMN minute_features.return_120m IS 'Log return of last_price over 120 minutes, ln(p[t] / p[t-120]); look-back 120 min; NULL: a minute of it is missing';\nCOMMENT ON COLUMN minute_features.return_240m IS 'Log return of last_price over 240 minutes, ln(p[t] / p[t-240]); look-back 240 min; NULL: a minute of it is missing';\nCOMMENT ON COLUMN minute_features.return_480m IS 'Log return of last_price over 480 minutes, ln(p[t] / p[t-480]); look-back 480 min; NULL: a minute of it is missing';\nCOMMENT ON COLUMN minute_features.return_1440m IS 'Log return of last_price over 1440 minutes, ln(p[t] / p[t-1440]); look-back 1440 min; NULL: a minute of it is missing';\nCOMMENT ON COLUMN minute_features.up_move_share_15m IS 'Share of rises in all moves, sum of max(r, 0) / sum of |r| over the 15 last one-minute log returns r, 0 to 1; look-back 15 min; NULL: a minute of it is missing, or the price did not move';\nCOMMENT ON COLUMN minute_features.up_move_share_60m IS 'Share of rises in all moves, sum of max(r, 0) / sum of |r| over the 60 last one-minute log returns r, 0 to 1; look-back 60 min; NULL: a minute of it is missing, or the price did not move';\nCOMMENT ON COLUMN minute_features.up_move_share_240m IS 'Share of rises in all moves, sum of max(r, 0) / sum of |r| over the 240 last one-minute log returns r, 0 to 1; look-back 240 min; NULL: a minute of it is missing, or the price did not move';\nCOMMENT ON COLUMN minute_features.slope_5m IS 'Recorded price_deriv_5m over last_price, fraction of the price a minute; look-back 5 min at the source; NULL: not recorded';\nCOMMENT ON COLUMN minute_features.slope_10m IS 'Recorded price_deriv_10m over last_price, fraction of the price a minute; look-back 10 min at the source; NULL: not recorded';\nCOMMENT ON COLUMN minute_features.slope_15m IS 'Recorded price_deriv_15m over last_price, fraction of the price a minute; look-back 15 min at the source; NULL: not recorded';\nCOMMENT ON COLUMN minute_features.slope_30m IS 'Recorded price_deriv_30m over last_price, fraction of the price a minute; look-back 30 min at the source; NULL: not recorded';\nCOMMENT ON COLUMN minute_features.slope_60m IS 'Recorded price_deriv_1h over last_price, fraction of the price a minute; look-back 60 min at the source; NULL: not recorded';\nCOMMENT ON COLUMN minute_features.slope_120m IS 'Least-squares slope of the 120 newest prices over last_price, as deriv over 2 h would record it, fraction of the price a minute; look-back 119 min; NULL: a minute of it is missing';\nCOMMENT ON COLUMN minute_features.slope_240m IS 'Least-squares slope of the 240 newest prices over last_price, as deriv over 4 h would record it, fraction of the price a minute; look-back 239 min; NULL: a minute of it is missing';\nCOMMENT ON COLUMN minute_features.slope_to_volatility_5m IS 'slope_5m / realised_volatility_60m, standard moves a minute; look-back 60 min; NULL: not recorded, a minute of it is missing, or the price did not move';\nCOMMENT ON COLUMN minute_features.slope_to_volatility_15m IS 'slope_15m / realised_volatility_60m, standard moves a minute; look-back 60 min; NULL: not recorded, a minute of it is missing, or the price did not move';\nCOMMENT ON COLUMN minute_features.slope_to_volatility_60m IS 'slope_60m / realised_volatility_60m, standard moves a minute; look-back 60 min; NULL: not recorded, a minute of it is missing, or the price did not move';\nCOMMENT ON COLUMN minute_features.distance_to_average_5m IS 'ln(last_price / price_avg_5m); look-back 5 min at the source; NULL: not recorded';\nCOMMENT ON COLUMN minute_features.distance_to_average_10m IS 'ln(last_price / price_avg_10m); look-back 10 min at the source; NULL: not recorded';\nCOMMENT ON COLUMN minute_features.distance_to_average_15m IS 'ln(last_price / price_avg_15m); look-back 15 min at the source; NULL: not recorded';\nCOMMENT ON COLUMN minute_features.distance_to_average_30m IS 'ln(last_price / price_avg_30m); look-back 30 min at the source; NULL: not recorded';\nCOMMENT ON COLUMN minute_features.distance_to_average_60m IS 'ln(last_price / price_avg_1h); look-back 60 min at the source; NULL: not recorded';\nCOMMENT ON COLUMN minute_features.distance_to_average_120m IS 'ln(last_price / mean of the 120 newest prices); look-back 119 min; NULL: a minute of it is missing';\nCOMMENT ON COLUMN minute_features.distance_to_average_240m IS 'ln(last_price / mean of the 240 newest prices); look-back 239 min; NULL: a minute of it is missing';\nCOMMENT ON COLUMN minute_features.distance_to_average_1440m IS 'ln(last_price / mean of the 1440 newest prices); look-back 1439 min; NULL: a minute of it is missing';\nCOMMENT ON COLUMN minute_features.realised_volatility_5m IS 'Root mean square of the 5 last one-minute log returns, per square root of a minute; look-back 5 min; NULL: a minute of it is missing';\nCOMMENT ON COLUMN minute_features.realised_volatility_10m IS 'Root mean square of the 10 last one-minute log returns, per square root of a minute; look-back 10 min; NULL: a minute of it is missing';\nCOMMENT ON COLUMN minute_features.realised_volatility_15m IS 'Root mean square of the 15 last one-minute log returns, per square root of a minute; look-back 15 min; NULL: a minute of it is missing';\nCOMMENT ON COLUMN minute_features.realised_volatility_30m IS 'Root mean square of the 30 last one-minute log returns, per square root of a minute; look-back 30 min; NULL: a minute of it is missing';\nCOMMENT ON COLUMN minute_features.realised_volatility_60m IS 'Root mean square of the 60 last one-minute log returns, per square root of a minute; look-back 60 min; NULL: a minute of it is missing';\nCOMMENT ON COLUMN minute_features.realised_volatility_120m IS 'Root mean square of the 120 last one-minute log returns, per square root of a minute; look-back 120 min; NULL: a minute of it is missing';\nCOMMENT ON COLUMN minute_features.realised_volatility_240m IS 'Root mean square of the 240 last one-minute log returns, per square root of a minute; look-back 240 min; NULL: a minute of it is missing';\nCOMMENT ON COLUMN minute_features.realised_volatility_480m IS 'Root mean square of the 480 last one-minute log returns, per square root of a minute; look-back 480 min; NULL: a minute of it is missing';\nCOMMENT ON COLUMN minute_features.realised_volatility_1440m IS 'Root mean square of the 1440 last one-minute log returns, per square root of a minute; look-back 1440 min; NULL: a minute of it is missing';\nCOMMENT ON COLUMN minute_features.volatility_ratio_5m_60m IS 'realised_volatility_5m / realised_volatility_60m, a ratio; look-back 60 min; NULL: a minute of it is missing, or the price did not move in all of it';\nCOMMENT ON COLUMN minute_features.volatility_ratio_15m_240m IS 'realised_volatility_15m / realised_volatility_240m, a ratio; look-back 240 min; NULL: a minute of it is missing, or the price did not move in all of it';\nCOMMENT ON COLUMN minute_features.volatility_ratio_60m_240m IS 'realised_volatility_60m / realised_volatility_240m, a ratio; look-back 240 min; NULL: a minute of it is missing, or the price did not move in all of it';\nCOMMENT ON COLUMN minute_features.volatility_ratio_60m_1440m IS 'realised_volatility_60m / realised_volatility_1440m, a ratio; look-back 1440 min; NULL: a minute of it is missing, or the price did not move in all of it';\nCOMMENT ON COLUMN minute_features.volatility_ratio_240m_1440m IS 'realised_volatility_240m / realised_volatility_1440m, a ratio; look-back 1440 min; NULL: a minute of it is missing, or the price did not move in all of it';\nCOMMENT ON COLUMN minute_features.upside_variance_share_60m IS 'Sum of squares of the positive one-minute log returns over that of all, the 60 last, 0 to 1; look-back 60 min; NULL: a minute of it is missing, or the price did not move';\nCOMMENT ON COLUMN minute_features.upside_variance_share_240m IS 'Sum of squares of the positive one-minute log returns over that of all, the 240 last, 0 to 1; look-back 240 min; NULL: a minute of it is missing, or the price did not move';\nCOMMENT ON COLUMN minute_features.range_position_60m IS 'Place of ln(last_price) between the lowest and the highest of the 60 newest, 0 to 1; look-back 59 min; NULL: a minute of it is missing, or the price did not move';\nCOMMENT ON COLUMN minute_features.range_position_240m IS 'Place of ln(last_price) between the lowest and the highest of the 240 newest, 0 to 1; look-back 239 min; NULL: a minute of it is missing, or the price did not move';\nCOMMENT ON COLUMN minute_features.range_position_1440m IS 'Place of ln(last_price) between the lowest and the highest of the 1440 newest, 0 to 1; look-back 1439 min; NULL: a minute of it is missing, or the price did not move';\nCOMMENT ON COLUMN minute_features.range_width_60m IS 'ln(highest / lowest) of the 60 newest prices; look-back 59 min; NULL: a minute of it is missing';\nCOMMENT ON COLUMN minute_features.range_width_240m IS 'ln(highest / lowest) of the 240 newest prices; look-back 239 min; NULL: a minute of it is missing';\nCOMMENT ON COLUMN minute_features.range_width_1440m IS 'ln(highest / lowest) of the 1440 newest prices; look-back 1439 min; NULL: a minute of it is missing';\nCOMMENT ON COLUMN minute_features.drawdown_60m IS 'ln(last_price / highest of the 60 newest prices), 0 or less; look-back 59 min; NULL: a minute of it is missing';\nCOMMENT ON COLUMN minute_features.drawdown_240m IS 'ln(last_price / highest of the 240 newest prices), 0 or less; look-back 239 min; NULL: a minute of it is missing';\nCOMMENT ON COLUMN minute_features.drawdown_1440m IS 'ln(last_price / highest of the 1440 newest prices), 0 or less; look-back 1439 min; NULL: a minute of it is missing';\nCOMMENT ON COLUMN minute_features.rsi_14m IS 'Relative strength index (Wilder) of last_price over 14 minutes, 0 to 100; averages cut off after 360 moves, whose weight is below 1e-10; look-back 360 min; NULL: a minute of it is missing, or the price did not move';\nCOMMENT ON COLUMN minute_features.rsi_30m IS 'Relative strength index (Wilder) of last_price over 30 minutes, 0 to 100; averages cut off after 720 moves, whose weight is below 1e-10; look-back 720 min; NULL: a minute of it is missing, or the price did not move';\nCOMMENT ON COLUMN minute_features.rsi_60m IS 'Relative strength index (Wilder) of last_price over 60 minutes, 0 to 100; averages cut off after 1440 moves, whose weight is below 1e-10; look-back 1440 min; NULL: a minute of it is missing, or the price did not move';\nCOMMENT ON COLUMN minute_features.macd_to_volatility IS 'MACD, average over 12 minutes minus average over 26, in units of realised_volatility_60m; exponential averages of ln(last_price) cut off after 360 minutes, whose weight is below 1e-11; look-back 359 min; NULL: a minute of it is missing, or the price did not move';\nCOMMENT ON COLUMN minute_features.macd_signal_to_volatility IS 'Average over 9 minutes of the MACD (12, 26) in units of realised_volatility_60m; exponential averages of ln(last_price) cut off after 360 minutes, whose weight is below 1e-11; look-back 359 min; NULL: a minute of it is missing, or the price did not move';\nCOMMENT ON COLUMN minute_features.macd_histogram_to_volatility IS 'MACD (12, 26) minus its average over 9 minutes, in units of realised_volatility_60m; exponential averages of ln(last_price) cut off after 360 minutes, whose weight is below 1e-11; look-back 359 min; NULL: a minute of it is missing, or the price did not move';\nCOMMENT ON COLUMN minute_features.bollinger_position IS 'Bollinger %B of last_price, 20 minutes and 2 population standard deviations: 0 at the lower band, 1 at the upper; look-back 19 min; NULL: a minute of it is missing, or the price did not move';\nCOMMENT ON COLUMN minute_features.bollinger_width IS 'Upper minus lower Bollinger band (20 minutes, 2 population standard deviations) over their middle, a fraction; look-back 19 min; NULL: a minute of it is missing';\nCOMMENT ON COLUMN minute_features.volume_change_5m IS 'ln of the 24 h volume gauge over its value 5 minutes ago; look-back 5 min; NULL: a minute of it is missing';\nCOMMENT ON COLUMN minute_features.volume_change_15m IS 'ln of the 24 h volume gauge over its value 15 minutes ago; look-back 15 min; NULL: a minute of it is missing';\nCOMMENT ON COLUMN minute_features.volume_change_60m IS 'ln of the 24 h volume gauge over its value 60 minutes ago; look-back 60 min; NULL: a minute of it is missing';\nCOMMENT ON COLUMN minute_features.volume_change_240m IS 'ln of the 24 h volume gauge over its value 240 minutes ago; look-back 240 min; NULL: a minute of it is missing';\nCOMMENT ON COLUMN minute_features.volume_slope_5m IS 'Recorded volume_deriv_5m over volume_avg_5m, fraction of the average a minute; look-back 5 min at the source; NULL: not recorded';\nCOMMENT ON COLUMN minute_features.volume_slope_15m IS 'Recorded volume_deriv_15m over volume_avg_15m, fraction of the average a minute; look-back 15 min at the source; NULL: not recorded';\nCOMMENT ON COLUMN minute_features.volume_slope_60m IS 'Least-squares slope of the 60 newest values of the 24 h volume gauge over their mean, fraction of the mean a minute; look-back 59 min; NULL: a minute of it is missing';\nCOMMENT ON COLUMN minute_features.volume_acceleration IS 'volume_slope_5m - volume_slope_15m, fraction of the average a minute; look-back 15 min at the source; NULL: not recorded';\nCOMMENT ON COLUMN minute_features.volume_distance_to_average_5m IS 'ln(volume_24h / volume_avg_5m); look-back 5 min at the source; NULL: not recorded';\nCOMMENT ON COLUMN minute_features.volume_distance_to_average_15m IS 'ln(volume_24h / volume_avg_15m); look-back 15 min at the source; NULL: not recorded';\nCOMMENT ON COLUMN minute_features.volume_distance_to_average_60m IS 'ln(volume_24h / mean of its 60 newest values); look-back 59 min; NULL: a minute of it is missing';\nCOMMENT ON COLUMN minute_features.volume_distance_to_average_240m IS 'ln(volume_24h / mean of its 240 newest values); look-back 239 min; NULL: a minute of it is missing';\nCOMMENT ON COLUMN minute_features.day_sin IS 'Sine of the time of the UTC day as a cycle, -1 to 1; look-back 0 min; never NULL';\nCOMMENT ON COLUMN minute_features.day_cos IS 'Cosine of the time of the UTC day as a cycle, -1 to 1; look-back 0 min; never NULL';\nCOMMENT ON COLUMN minute_features.week_sin IS 'Sine of the time of the UTC week as a cycle that begins on Thursday 00:00, -1 to 1; look-back 0 min; never NULL';\nCOMMENT ON COLUMN minute_features.week_cos IS 'Cosine of the time of the UTC week as a cycle that begins on Thursday 00:00, -1 to 1; look-back 0 min; never NULL';\nCOMMENT ON COLUMN minute_features.new_york_day_sin IS 'Sine of the time of the day in New York, its summer time included, as a cycle, -1 to 1; look-back 0 min; never NULL';\nCOMMENT ON COLUMN minute_features.new_york_day_cos IS 'Cosine of the time of the day in New York, its summer time included, as a cycle, -1 to 1; look-back 0 min; never NULL';\nCOMMENT ON COLUMN minute_features.minutes_since_move_of_30bp IS 'Minutes since the price last was more than 0.3 % (log return) from that of 15 minutes before; 225: not within 225 minutes; look-back 240 min; NULL: a minute of it is missing';\nCOMMENT ON COLUMN minute_features.minutes_since_move_of_100bp IS 'Minutes since the price last was more than 1 % (log return) from that of 60 minutes before; 1380: not within 1380 minutes; look-back 1440 min; NULL: a minute of it is missing';\nCOMMENT ON COLUMN minute_features.complete IS 'True: no feature is NULL';	2026-11-29 20:02:35.980243+00	{1,2,3,5,10,15,30,60,120,240,480,1440,15,60,240,0,0,0,0,0,119,239,60,60,60,0,0,0,0,0,119,239,1439,5,10,15,30,60,120,240,480,1440,60,240,240,1440,1440,60,240,59,239,1439,59,239,1439,59,239,1439,360,720,1440,359,359,359,19,19,5,15,60,240,0,0,59,0,0,0,59,239,0,0,0,0,0,0,240,1440}
\.


COPY market.ingest_windows (window_id, symbol, window_from, window_to, requests, retries, rows_new, rows_changed, rows_same, seconds, error, finished_at, samples, quarantined, computed) FROM stdin;
1	BTCUSDT	2026-03-01 00:00:00+00	2026-03-05 00:00:00+00	3	0	5760	0	0	2.514633376000347	\N	2026-11-29 20:02:41.707988+00	92153	0	0
2	BTCUSDT	2026-03-05 00:00:00+00	2026-03-08 18:00:00+00	1	0	5400	0	0	2.6451981950003756	\N	2026-11-29 20:02:42.013136+00	86400	0	0
3	BTCUSDT	2026-03-08 17:49:00+00	2026-03-09 00:01:00+00	1	0	361	0	11	0.2626426580000043	\N	2026-11-29 20:02:42.900345+00	5952	0	0
\.


COPY market.kill_switch (switch_id, symbol, is_on, reason, set_by, set_at) FROM stdin;
\.


COPY market.metric_arrivals (symbol, ts, metrics, seen_at) FROM stdin;
\.


COPY market.metric_catalogue (symbol, metric, query, expression, asked_since) FROM stdin;
BTCUSDT	last_price	crypto_last_price{symbol="BTCUSDT"}	\N	2026-11-29 20:02:39.056489+00
BTCUSDT	price_avg_10m	job:crypto_last_price:avg10m{symbol="BTCUSDT"}	avg_over_time(crypto_last_price{symbol="BTCUSDT"}[10m])	2026-11-29 20:02:39.062062+00
BTCUSDT	price_avg_15m	job:crypto_last_price:avg15m{symbol="BTCUSDT"}	avg_over_time(crypto_last_price{symbol="BTCUSDT"}[15m])	2026-11-29 20:02:39.068962+00
BTCUSDT	price_avg_1h	job:crypto_last_price:avg1h{symbol="BTCUSDT"}	avg_over_time(crypto_last_price{symbol="BTCUSDT"}[1h])	2026-11-29 20:02:39.069289+00
BTCUSDT	price_avg_30m	job:crypto_last_price:avg30m{symbol="BTCUSDT"}	avg_over_time(crypto_last_price{symbol="BTCUSDT"}[30m])	2026-11-29 20:02:39.072593+00
BTCUSDT	price_avg_5m	job:crypto_last_price:avg5m{symbol="BTCUSDT"}	avg_over_time(crypto_last_price{symbol="BTCUSDT"}[5m])	2026-11-29 20:02:39.072959+00
BTCUSDT	price_deriv_10m	job:crypto_last_price:deriv10m{symbol="BTCUSDT"}	deriv(crypto_last_price{symbol="BTCUSDT"}[10m])	2026-11-29 20:02:39.07316+00
BTCUSDT	price_deriv_15m	job:crypto_last_price:deriv15m{symbol="BTCUSDT"}	deriv(crypto_last_price{symbol="BTCUSDT"}[15m])	2026-11-29 20:02:39.073387+00
BTCUSDT	price_deriv_1h	job:crypto_last_price:deriv1h{symbol="BTCUSDT"}	deriv(crypto_last_price{symbol="BTCUSDT"}[1h])	2026-11-29 20:02:39.074934+00
BTCUSDT	price_deriv_30m	job:crypto_last_price:deriv30m{symbol="BTCUSDT"}	deriv(crypto_last_price{symbol="BTCUSDT"}[30m])	2026-11-29 20:02:39.075132+00
BTCUSDT	price_deriv_5m	job:crypto_last_price:deriv5m{symbol="BTCUSDT"}	deriv(crypto_last_price{symbol="BTCUSDT"}[5m])	2026-11-29 20:02:39.075336+00
BTCUSDT	volume_24h	crypto_volume{symbol="BTCUSDT"}	\N	2026-11-29 20:02:39.075507+00
BTCUSDT	volume_avg_15m	job:crypto_volume:avg15m{symbol="BTCUSDT"}	avg_over_time(crypto_volume{symbol="BTCUSDT"}[15m])	2026-11-29 20:02:39.07571+00
BTCUSDT	volume_avg_5m	job:crypto_volume:avg5m{symbol="BTCUSDT"}	avg_over_time(crypto_volume{symbol="BTCUSDT"}[5m])	2026-11-29 20:02:39.077989+00
BTCUSDT	volume_deriv_15m	job:crypto_volume:deriv15m{symbol="BTCUSDT"}	deriv(crypto_volume{symbol="BTCUSDT"}[15m])	2026-11-29 20:02:39.078208+00
BTCUSDT	volume_deriv_5m	job:crypto_volume:deriv5m{symbol="BTCUSDT"}	deriv(crypto_volume{symbol="BTCUSDT"}[5m])	2026-11-29 20:02:39.078929+00
\.


COPY market.metric_revisions (symbol, ts, metric, old_value, new_value, seen_at) FROM stdin;
\.


COPY market.minute_metrics (symbol, ts, last_price, price_deriv_5m, price_deriv_10m, price_deriv_15m, price_deriv_30m, price_deriv_1h, price_avg_5m, price_avg_10m, price_avg_15m, price_avg_30m, price_avg_1h, volume_24h, volume_deriv_5m, volume_deriv_15m, volume_avg_5m, volume_avg_15m, computed_columns, first_loaded_at, loaded_at) FROM stdin;
BTCUSDT	2026-03-08 19:00:00+00	61814.91	-0.018983333333320238	-0.02676363636362819	0.03910714285714459	0.12064026696329305	0.004560702046865307	61815.262	61820.334	61811.448000000004	61745.71466666667	61754.94866666666	20052.176646367385	-0.011261805809511619	-0.0027721052179103503	20054.510322132	20056.168289460587	{}	2026-11-29 20:02:42.835132+00	2026-11-29 20:02:42.835132+00
BTCUSDT	2026-03-08 19:01:00+00	61857.9	0.212533333333328	0.014660606060610412	0.03374880952381231	0.12766703744901814	0.009784917106604103	61820.214	61823.436	61818.00466666667	61750.914666666664	61755.24183333333	20053.442247520765	-0.011969734620385376	-0.005709551595316822	20054.18261441402	20056.238776710947	{}	2026-11-29 20:02:42.835135+00	2026-11-29 20:02:42.835135+00
BTCUSDT	2026-03-08 19:02:00+00	61810.79	0.09084999999999127	0.012657575757581401	0.019402380952384366	0.12497712272895867	0.012436755580254182	61821.94	61821.317	61819.111333333334	61755.55766666667	61755.4985	20051.742645250546	-0.013652748990316467	-0.008981118551861464	20053.43661193433	20056.13477965231	{}	2026-11-29 20:02:42.835139+00	2026-11-29 20:02:42.835139+00
BTCUSDT	2026-03-08 19:03:00+00	61819.12	-0.03390000000000631	0.00043030303030911567	0.00966726190476731	0.1207499814608831	0.015799666574048847	61825.990000000005	61822.018000000004	61820.475333333336	61760.884333333335	61755.600333333336	20048.610291778645	-0.02043520809871552	-0.010879274801760572	20052.099136913435	20055.45996054309	{}	2026-11-29 20:02:42.835143+00	2026-11-29 20:02:42.835143+00
BTCUSDT	2026-03-08 19:04:00+00	61824.49	-0.032700000000016494	0.0011797979797972744	-0.00048630952380595514	0.11831408972932939	0.017844317866074284	61825.442	61822.4	61822.39866666667	61765.69433333333	61756.65266666667	20048.50473770027	-0.020292955127248814	-0.012157292109008531	20050.895313723522	20054.769480110754	{}	2026-11-29 20:02:42.835146+00	2026-11-29 20:02:42.835146+00
BTCUSDT	2026-03-08 19:05:00+00	61861.3	0.034166666666666665	0.05097676767676603	0.0147422619047644	0.11823170189099076	0.020904024266000253	61834.72	61824.991	61825.12933333334	61771.886333333336	61758.2785	20048.65215884245	-0.02136347484483849	-0.013371917591209802	20050.190416218535	20054.17486251972	{}	2026-11-29 20:02:42.83515+00	2026-11-29 20:02:42.83515+00
BTCUSDT	2026-03-08 19:06:00+00	61894.13	0.34809999999998886	0.12288484848484016	0.044326190476189624	0.11918464961067876	0.025107381680096668	61841.966	61831.090000000004	61829.61266666667	61779.496666666666	61760.25266666667	20047.954900210552	-0.012556038360301803	-0.012964475623063144	20049.092946756493	20053.340325355537	{}	2026-11-29 20:02:42.835153+00	2026-11-29 20:02:42.835153+00
BTCUSDT	2026-03-08 19:07:00+00	61892.3	0.36	0.14638585858585357	0.07157321428571517	0.11790637745643325	0.029081823654719393	61858.268000000004	61840.104	61833.634	61787.145000000004	61762.237166666666	20048.7702298185	-0.00038326901668066666	-0.012061280119152707	20048.498463670083	20052.64261604286	{}	2026-11-29 20:02:42.835159+00	2026-11-29 20:02:42.835159+00
BTCUSDT	2026-03-08 19:08:00+00	61901.59	0.3086666666666618	0.15646666666665823	0.08963869047618919	0.11360022246941039	0.032403764934704544	61874.762	61850.376000000004	61839.59933333333	61795.77733333333	61764.84616666667	20047.205939421456	-0.00413254263596779	-0.011902267797890567	20048.217593198646	20051.940769740206	{}	2026-11-29 20:02:42.835162+00	2026-11-29 20:02:42.835162+00
BTCUSDT	2026-03-08 19:09:00+00	61900.17	0.14199999999998303	0.17601616161615324	0.10586249999999642	0.10426462736373715	0.035682884134482215	61889.898	61857.67	61844.899333333335	61805.219666666664	61767.348333333335	20043.00900856071	-0.020058768920959362	-0.013019912293384766	20047.118447370733	20050.980769822138	{}	2026-11-29 20:02:42.835166+00	2026-11-29 20:02:42.835166+00
BTCUSDT	2026-03-08 19:10:00+00	61881.63	-0.02855000000000776	0.15028686868686097	0.11663869047618478	0.09636358917315464	0.03871639807353918	61893.964	61864.342	61847.982	61812.44066666667	61769.3055	20042.384798614195	-0.028169040750835848	-0.015036325179525233	20045.864975325083	20050.188571225204	{}	2026-11-29 20:02:42.835169+00	2026-11-29 20:02:42.835169+00
BTCUSDT	2026-03-08 19:11:00+00	61887.21	-0.05023333333334449	0.1639181818181753	0.1259160714285644	0.0919446051167959	0.040486829674909984	61892.58	61867.273	61851.58666666667	61818.546	61772.12666666666	20040.921206888852	-0.034198644444259116	-0.01656810085041473	20044.458236660743	20049.244599277084	{}	2026-11-29 20:02:42.835173+00	2026-11-29 20:02:42.835173+00
BTCUSDT	2026-03-08 19:12:00+00	61900.99	-0.023599999999993695	0.13181111111110452	0.12296428571427896	0.08794564330737745	0.04285552005186636	61894.318	61876.293	61858.17533333333	61825.024666666664	61774.95416666667	20040.843423681024	-0.024688055254537176	-0.017102848600233346	20042.872875433248	20048.269317012553	{}	2026-11-29 20:02:42.835176+00	2026-11-29 20:02:42.835176+00
BTCUSDT	2026-03-08 19:13:00+00	61690.05	-0.6681333333333168	-0.1010262626262623	0.024671428571423997	0.060458138672598416	0.03881697230712256	61852.01	61863.386	61850.920666666665	61824.288	61774.553166666665	20041.106844371163	-0.008909505520447662	-0.016740378929121974	20041.65305642319	20047.323262178423	{}	2026-11-29 20:02:42.83518+00	2026-11-29 20:02:42.83518+00
BTCUSDT	2026-03-08 19:14:00+00	61663.12	-1.0569666666666429	-0.32630404040403854	-0.0648601190476213	0.027803188728215827	0.03399824951375406	61804.6	61847.248999999996	61839.98	61823.36	61773.742666666665	20041.7334862157	-0.0018616455244652268	-0.01564059916529654	20041.397951954186	20046.470571016147	{}	2026-11-29 20:02:42.835183+00	2026-11-29 20:02:42.835183+00
BTCUSDT	2026-03-08 19:15:00+00	61683.43	-1.075716666666655	-0.45961818181817615	-0.14202738095238165	0.0036684464219496416	0.03025151894044663	61764.96	61829.462	61831.21466666667	61821.331333333335	61772.99216666667	20039.362330348566	-0.0037128175764943685	-0.0158851873714381	20040.79345830106	20045.61628328156	{}	2026-11-29 20:02:42.835187+00	2026-11-29 20:02:42.835187+00
BTCUSDT	2026-03-08 19:16:00+00	61695.06	-0.697466666666672	-0.5099484848484833	-0.18605119047619156	-0.017010418984057085	0.028591090117625294	61726.53	61809.555	61820.35866666667	61819.181666666664	61771.416666666664	20041.48868976788	-0.000756636414807872	-0.013878368364421042	20040.906954876868	20044.819379431367	{}	2026-11-29 20:02:42.83519+00	2026-11-29 20:02:42.83519+00
BTCUSDT	2026-03-08 19:17:00+00	61735.72	0.2054666666666526	-0.4851323232323163	-0.22587380952380953	-0.02885739710789808	0.027938181902380375	61693.476	61793.897	61815.354	61817.23266666667	61770.6315	20040.439488777847	-0.0026325127240852454	-0.012406529556159989	20040.82616789623	20044.065835666523	{}	2026-11-29 20:02:42.835193+00	2026-11-29 20:02:42.835193+00
BTCUSDT	2026-03-08 19:18:00+00	61748.63	0.3721833333333173	-0.4066252525252508	-0.25188214285714255	-0.03836881720430144	0.02898050847457617	61705.192	61778.601	61810.65466666667	61815.565	61769.29516666667	20036.04151680232	-0.017177967329128782	-0.01358596902951766	20039.813102382464	20043.227917334767	{}	2026-11-29 20:02:42.835197+00	2026-11-29 20:02:42.835197+00
BTCUSDT	2026-03-08 19:19:00+00	61764.61	0.35988333333333383	-0.2842676767676752	-0.26447916666666665	-0.04613807934742348	0.031218171714365025	61725.49	61765.045	61806.66266666666	61814.530666666666	61767.82133333333	20037.09835175119	-0.016625216933856185	-0.013627183086720522	20038.88607548956	20042.467491604828	{}	2026-11-29 20:02:42.835203+00	2026-11-29 20:02:42.835203+00
BTCUSDT	2026-03-08 19:20:00+00	61779.82	0.33068333333333916	-0.14129696969697092	-0.2496458333333317	-0.04920266963292636	0.03325246364730945	61744.768	61754.864	61801.23066666666	61813.18	61767.0145	20037.642178729515	-0.01839026517231711	-0.012692650481136904	20038.542045165752	20041.73349293063	{}	2026-11-29 20:02:42.835206+00	2026-11-29 20:02:42.835206+00
BTCUSDT	2026-03-08 19:21:00+00	61743.2	0.07691666666665696	-0.004849494949499418	-0.22958750000000042	-0.055152688172044585	0.03285618690376939	61754.396	61740.463	61791.168666666665	61810.390666666666	61766.4675	20039.66848859409	9.776926612782215e-05	-0.01059049405949606	20038.178004930993	20041.181065489534	{}	2026-11-29 20:02:42.835223+00	2026-11-29 20:02:42.835223+00
BTCUSDT	2026-03-08 19:22:00+00	61750.44	-0.029649999999989327	0.18258383838383416	-0.19839999999999763	-0.05911746384872181	0.03242173751968117	61757.34	61725.408	61781.71133333333	61807.672666666665	61766.198333333334	20043.5058348383	0.02916462152476015	-0.006007952388479333	20038.79127414308	20040.83010582419	{}	2026-11-29 20:02:42.835227+00	2026-11-29 20:02:42.835227+00
BTCUSDT	2026-03-08 19:23:00+00	61738.99	-0.13436666666667102	0.15564444444444128	-0.15911547619047564	-0.06599265850945617	0.03096850050940045	61755.412	61730.301999999996	61770.871333333336	61805.23533333333	61766.16366666667	20041.008859302267	0.02280778535156666	-0.002897360535818433	20039.78474264307	20040.416967149573	{}	2026-11-29 20:02:42.83523+00	2026-11-29 20:02:42.83523+00
BTCUSDT	2026-03-08 19:24:00+00	61719.42	-0.2083500000000034	0.07110505050504927	-0.11898273809523877	-0.07344601408973096	0.02929802722978561	61746.373999999996	61735.932	61758.82133333333	61801.86033333333	61765.61666666667	20043.21855452901	0.020821870511942203	-0.0004957270271794775	20041.008783198635	20040.430936880795	{}	2026-11-29 20:02:42.835234+00	2026-11-29 20:02:42.835234+00
BTCUSDT	2026-03-08 19:25:00+00	61740.4	-0.06103333333332557	0.01683131313131507	-0.06817797619047702	-0.07620066740823295	0.02790744651291981	61738.49	61741.629	61749.406	61798.694	61765.61033333333	20043.641926191915	0.012765991477269078	0.001772595535025868	20042.208732691117	20040.514745385975	{}	2026-11-29 20:02:42.835237+00	2026-11-29 20:02:42.835237+00
BTCUSDT	2026-03-08 19:26:00+00	61755.88	0.02048333333332266	-0.021956565656567402	0.00014047619047397305	-0.07684501297738426	0.027345253311104472	61741.026	61747.710999999996	61740.65066666667	61796.11866666667	61765.623	20042.435901950623	0.0008220018571591936	0.0027666305335699126	20042.76221536242	20040.61572505676	{}	2026-11-29 20:02:42.835241+00	2026-11-29 20:02:42.835241+00
BTCUSDT	2026-03-08 19:27:00+00	61784.99	0.21409999999999854	-0.0013898989898999306	0.09496726190475827	-0.07734723767148868	0.028061044734648048	61747.936	61752.638	61732.91733333333	61795.54633333333	61765.835666666666	20045.08823245588	0.01229348954807089	0.004738603199519578	20043.07869488594	20040.89871230842	{}	2026-11-29 20:02:42.835244+00	2026-11-29 20:02:42.835244+00
BTCUSDT	2026-03-08 19:28:00+00	61789.28	0.3071833333333295	0.02746767676767386	0.09803869047618817	-0.07763900630330163	0.02767149671204922	61757.994	61756.703	61739.532666666666	61795.22666666667	61766.83416666667	20044.60640541732	0.007036680067643223	0.00638258583429758	20043.79820410895	20041.13201637816	{}	2026-11-29 20:02:42.835248+00	2026-11-29 20:02:42.835248+00
BTCUSDT	2026-03-08 19:29:00+00	61781.98	0.19426666666667491	0.05923232323232561	0.07933809523809597	-0.07538483500185487	0.026946781513382992	61770.506	61758.44	61747.456666666665	61793.71833333333	61767.75833333333	20045.817144981072	0.010868235075019281	0.008621136960529319	20044.317922199363	20041.404260295854	{}	2026-11-29 20:02:42.835252+00	2026-11-29 20:02:42.835252+00
BTCUSDT	2026-03-08 19:30:00+00	61744.56	-0.042749999999990296	0.07036969696969804	0.04764226190476233	-0.07823485354097216	0.024325988700564457	61771.337999999996	61754.914	61751.532	61791.37333333334	61768.544	20046.58543032555	0.015046615458413726	0.00980761021229076	20044.90662302609	20041.88580029432	{}	2026-11-29 20:02:42.835258+00	2026-11-29 20:02:42.835258+00
BTCUSDT	2026-03-08 19:31:00+00	61756.06	-0.17096666666666957	0.05839595959595692	0.022637499999998995	-0.07438524286244051	0.022102296934333094	61771.373999999996	61756.2	61755.598666666665	61787.97866666667	61769.44666666667	20044.31570769075	0.0007232922966128778	0.010630971376785316	20045.282584174114	20042.074268155844	{}	2026-11-29 20:02:42.835261+00	2026-11-29 20:02:42.835261+00
BTCUSDT	2026-03-08 19:32:00+00	61748.69	-0.17849999999999758	0.04516868686869037	0.010292857142858339	-0.07598783833889534	0.01876831990367644	61764.114	61756.025	61756.46333333333	61785.90866666667	61770.733166666665	20043.24118564398	-0.007053128061670577	0.01033872062636809	20044.913174811732	20042.26104794692	{}	2026-11-29 20:02:42.835265+00	2026-11-29 20:02:42.835265+00
BTCUSDT	2026-03-08 19:33:00+00	61802.19	0.07425000000000485	0.06820909090909573	0.025615476190477715	-0.07041976269929515	0.0164805316291558	61766.696	61762.345	61760.034	61785.344333333334	61773.11433333333	20045.430556341027	-0.006862369936103884	0.008697667626486128	20045.078004996474	20042.886983916167	{}	2026-11-29 20:02:42.835268+00	2026-11-29 20:02:42.835268+00
BTCUSDT	2026-03-08 19:34:00+00	61877.44	0.5198166666666899	0.12514646464647022	0.07671369047619356	-0.05601750092695548	0.016705978512549454	61785.788	61778.147	61767.556	61787.109333333334	61776.40183333334	20045.112187629427	-0.0030527279032806593	0.00686834433321348	20044.937013526145	20043.421239641382	{}	2026-11-29 20:02:42.835272+00	2026-11-29 20:02:42.835272+00
BTCUSDT	2026-03-08 19:35:00+00	61828.03	0.45448333333333724	0.12855353535354128	0.10775119047619311	-0.04308976640711825	0.015267379827729586	61802.482	61786.91	61770.77	61786.00033333333	61778.943333333336	20047.277674503464	0.012991559351467003	0.005723258424859307	20045.07546236173	20044.06360602631	{}	2026-11-29 20:02:42.835345+00	2026-11-29 20:02:42.835345+00
BTCUSDT	2026-03-08 19:36:00+00	61803.88	0.22703333333331102	0.10950303030303121	0.10841845238095284	-0.02873852428624373	0.012753135130128303	61812.046	61791.71	61774.81533333333	61782.992	61781.244333333336	20047.82943889081	0.018372707760166425	0.005199442388770876	20045.778208601743	20044.607669379428	{}	2026-11-29 20:02:42.835349+00	2026-11-29 20:02:42.835349+00
BTCUSDT	2026-03-08 19:37:00+00	61784.69	-0.18093333333334158	0.09565454545454652	0.10092559523809803	-0.015991805710047362	0.009502806335092661	61819.246	61791.68	61777.098666666665	61779.405	61783.275	20046.230930741316	0.0071966667699355944	0.005351118174735993	20046.37615762121	20044.789342439628	{}	2026-11-29 20:02:42.835353+00	2026-11-29 20:02:42.835353+00
BTCUSDT	2026-03-08 19:38:00+00	61745.73	-0.511266666666658	0.0512151515151536	0.06970833333333674	-0.005568520578419535	0.004503681578215884	61807.954	61787.325	61777.548	61774.20966666667	61784.9935	20047.38884559987	0.0058442869645659815	0.00463401442609449	20046.767815472977	20045.214674859468	{}	2026-11-29 20:02:42.835356+00	2026-11-29 20:02:42.835356+00
BTCUSDT	2026-03-08 19:39:00+00	61736.56	-0.4018166666666608	-0.0008737373737353159	0.024950000000001506	0.004861327400816296	-0.0015680420487175295	61779.778	61782.783	61778.69066666667	61768.756	61786.98783333333	20048.0702626551	0.0019076383538837642	0.004873309183579598	20047.35943047811	20045.538122067872	{}	2026-11-29 20:02:42.835362+00	2026-11-29 20:02:42.835362+00
BTCUSDT	2026-03-08 19:40:00+00	61708.67	-0.3975833333333382	-0.11071919191919438	-0.022458928571427134	0.011374490174267763	-0.007153857553024351	61755.906	61779.194	61776.575333333334	61762.990666666665	61787.71566666666	20049.686743142007	0.00925656736029244	0.005698950880678456	20047.84124420582	20045.941109864547	{}	2026-11-29 20:02:42.835365+00	2026-11-29 20:02:42.835365+00
BTCUSDT	2026-03-08 19:41:00+00	61650.8	-0.508066666666673	-0.25314545454545745	-0.08472023809523653	0.01358906192065299	-0.013258159673983739	61725.29	61768.668	61769.57	61755.11033333333	61786.828166666666	20050.73520460839	0.018844075460474414	0.006027343731602308	20048.422397349335	20046.494396708396	{}	2026-11-29 20:02:42.835369+00	2026-11-29 20:02:42.835369+00
BTCUSDT	2026-03-08 19:42:00+00	61671.15	-0.3915333333333304	-0.36399595959596015	-0.11838571428571323	0.021328846866889475	-0.018684250254700645	61702.582	61760.914000000004	61761.98066666667	61747.449	61786.236833333336	20050.154531672222	0.013660523496655514	0.0068827979415211635	20049.20711753552	20046.83214998949	{}	2026-11-29 20:02:42.835372+00	2026-11-29 20:02:42.835372+00
BTCUSDT	2026-03-08 19:43:00+00	61667.93	-0.29129999999998596	-0.40266464646464556	-0.14457380952380933	0.006180830552466347	-0.02400952579420232	61687.022	61747.488	61753.890666666666	61746.71166666667	61785.499833333335	20048.575305367696	0.00246312325901575	0.006549234314742362	20049.444409489082	20047.09674331951	{}	2026-11-29 20:02:42.835376+00	2026-11-29 20:02:42.835376+00
BTCUSDT	2026-03-08 19:44:00+00	61725.01	0.08301666666667491	-0.27870808080807635	-0.1432315476190455	-0.005760919540228659	-0.028332870241734018	61684.712	61732.245	61750.092666666664	61748.774666666664	61786.06733333333	20049.66563283642	-0.0036701997531175343	0.007010272404672616	20049.76348352535	20047.353309176535	{}	2026-11-29 20:02:42.835379+00	2026-11-29 20:02:42.835379+00
BTCUSDT	2026-03-08 19:45:00+00	61631.66	0.025966666666669577	-0.2637212121212066	-0.1952130952380932	-0.025864775676676166	-0.03373180050013903	61669.310000000005	61712.608	61742.566	61747.049	61784.19016666667	20047.317155866127	-0.01220832720055114	0.006629551929629005	20049.289566070172	20047.40209087924	{}	2026-11-29 20:02:42.835382+00	2026-11-29 20:02:42.835382+00
BTCUSDT	2026-03-08 19:46:00+00	61660.39	-0.09631666666666812	-0.20977878787878773	-0.22302738095238095	-0.041158694846124035	-0.03781036862091327	61671.228	61698.259	61736.188	61745.89333333333	61782.5375	20047.812280898175	-0.009904418416105424	0.005330758157284176	20048.704981328126	20047.635195759736	{}	2026-11-29 20:02:42.835385+00	2026-11-29 20:02:42.835386+00
BTCUSDT	2026-03-08 19:47:00+00	61666.05	-0.1139666666666623	-0.14302525252524928	-0.24629821428571283	-0.05091334816462564	-0.040663920533481446	61670.208	61686.395000000004	61730.67866666667	61743.571	61780.40183333334	20047.751635235494	-0.005834487004412949	0.0032868888361092885	20048.22440204078	20047.93589239917	{}	2026-11-29 20:02:42.835389+00	2026-11-29 20:02:42.835389+00
BTCUSDT	2026-03-08 19:48:00+00	61621.6	-0.2873833333333459	-0.1360020202020171	-0.2576946428571418	-0.06344701520207516	-0.044487001018801396	61660.942	61673.982	61718.63933333333	61739.33666666667	61777.450833333336	20048.57343428135	-0.0029165295679558765	0.0023595141164729026	20048.22402782351	20048.14541759519	{}	2026-11-29 20:02:42.835392+00	2026-11-29 20:02:42.835392+00
BTCUSDT	2026-03-08 19:49:00+00	61651.9	0.0028166666666584205	-0.08654545454545405	-0.20988333333333117	-0.06994382647385841	-0.047403533388904184	61646.32	61665.516	61703.60333333333	61735.579666666665	61775.055166666665	20048.148996735934	0.004041391871311741	0.0009166102033233463	20047.920700603416	20048.347871535625	{}	2026-11-29 20:02:42.835396+00	2026-11-29 20:02:42.835396+00
BTCUSDT	2026-03-08 19:50:00+00	61672.71	0.017483333333329937	-0.03205656565657013	-0.16350476190476126	-0.07161890989988753	-0.04892061683801055	61654.53	61661.92	61693.24866666667	61732.009333333335	61772.594666666664	20048.812929238666	0.0039977636357010245	0.0006007666118947392	20048.219855277923	20048.450221851304	{}	2026-11-29 20:02:42.835399+00	2026-11-29 20:02:42.835399+00
BTCUSDT	2026-03-08 19:51:00+00	61682.38	0.1396166666666492	-0.02581212121212718	-0.11535178571428811	-0.07566911383018111	-0.04985201444845805	61658.928	61665.078	61685.14866666667	61729.982	61770.18633333333	20046.305926555855	-0.004419870669935335	-0.0005883006947782459	20047.91858440946	20048.348654362308	{}	2026-11-29 20:02:42.835405+00	2026-11-29 20:02:42.835405+00
BTCUSDT	2026-03-08 19:52:00+00	61697.58	0.30406666666667054	0.010481818181814184	-0.0627714285714297	-0.07680170559881253	-0.05009021024358624	61665.234	61667.721	61679.34133333334	61728.22	61767.94633333333	20045.868797266925	-0.012087240348209889	-0.002630014304041175	20047.542016815747	20048.324512130683	{}	2026-11-29 20:02:42.835408+00	2026-11-29 20:02:42.835409+00
BTCUSDT	2026-03-08 19:53:00+00	61679.58	0.133716666666672	0.021494949494946066	-0.031058333333332803	-0.08079388209121158	-0.05125702973048065	61676.83	61668.886	61674.931333333334	61726.23966666667	61765.7375	20047.609561967023	-0.00670500251593694	-0.003373465696427913	20047.34924235288	20048.33922655516	{}	2026-11-29 20:02:42.835412+00	2026-11-29 20:02:42.835412+00
BTCUSDT	2026-03-08 19:54:00+00	61719.27	0.15053333333333285	0.12965858585858026	0.016763095238092794	-0.08232717834631044	-0.05097486801889429	61690.304	61668.312	61673.778666666665	61726.23466666666	61764.0475	20046.635934591304	-0.005083923139257725	-0.004211248729014707	20047.046629923956	20048.243604684238	{}	2026-11-29 20:02:42.835415+00	2026-11-29 20:02:42.835415+00
BTCUSDT	2026-03-08 19:55:00+00	61736.29	0.2158500000000034	0.15073232323232177	0.0594244047619014	-0.07961776047460094	-0.04971794479948146	61703.02	61678.775	61675.62	61726.09766666667	61762.395833333336	20047.019705024853	0.0036578237706271464	-0.004033998131012162	20046.687985081193	20048.065802143097	{}	2026-11-29 20:02:42.835419+00	2026-11-29 20:02:42.835419+00
BTCUSDT	2026-03-08 19:56:00+00	61709.11	0.13294999999999466	0.1578818181818166	0.06155952380952147	-0.07802113459399315	-0.049175419097897695	61708.366	61683.647	61679.507333333335	61724.53866666667	61760.32866666667	20045.815120395597	-0.0011620178080435533	-0.0037006381613770957	20046.58982384914	20047.73779652891	{}	2026-11-29 20:02:42.835422+00	2026-11-29 20:02:42.835422+00
BTCUSDT	2026-03-08 19:57:00+00	61718.99	0.11443333333332703	0.17045959595959548	0.07403095238094942	-0.07166933629959249	-0.04912321478188398	61712.648	61688.941	61682.69666666667	61722.33866666667	61758.9425	20046.490557365938	-0.005098038996463098	-0.0030694948872280205	20046.714175868943	20047.493531575157	{}	2026-11-29 20:02:42.835425+00	2026-11-29 20:02:42.835425+00
BTCUSDT	2026-03-08 19:58:00+00	61711.42	-0.055	0.11607171717171429	0.0789672619047581	-0.06514898034853611	-0.04929374826340655	61719.015999999996	61697.923	61685.596	61719.74333333333	61757.485	20047.552217042452	0.002172362072299923	-0.0025299122317888048	20046.70270688403	20047.425325686807	{}	2026-11-29 20:02:42.835429+00	2026-11-29 20:02:42.835429+00
BTCUSDT	2026-03-08 19:59:00+00	61746.71	0.03858333333332363	0.10928686868686745	0.12319999999999669	-0.05509569892473175	-0.04761794943039739	61724.504	61707.404	61687.04266666667	61718.56766666667	61756.143	20047.740285977692	0.005297097587554162	-0.0013318658488671125	20046.923577161306	20047.29696922956	{}	2026-11-29 20:02:42.835432+00	2026-11-29 20:02:42.835432+00
BTCUSDT	2026-03-08 20:00:00+00	61786.87	0.3054000000000087	0.14297979797979946	0.13842202380952323	-0.04476373748609625	-0.045118329165508786	61734.62	61718.82	61697.39	61719.978	61755.67566666667	20044.107108473538	-0.0036104920539401066	-0.002651361813129283	20046.341057851045	20047.082966070055	{}	2026-11-29 20:02:42.835435+00	2026-11-29 20:02:42.835435+00
BTCUSDT	2026-03-08 20:01:00+00	61807.19	0.41975000000002183	0.182827272727274	0.1665529761904764	-0.03123874675565513	-0.040823140687227664	61754.236	61731.301	61707.176666666666	61721.68233333333	61754.8305	20041.639414712477	-0.021912323126392342	-0.004572215436822781	20045.50591671442	20046.671441657672	{}	2026-11-29 20:02:42.835451+00	2026-11-29 20:02:42.835451+00
BTCUSDT	2026-03-08 20:02:00+00	61798.71	0.3917666666666749	0.20664040404040604	0.18510773809523923	-0.019851872450871916	-0.03804347040844657	61770.18	61741.414	61716.02066666666	61723.34966666667	61754.629166666666	20042.99732982104	-0.025351076180068047	-0.005588717474553223	20044.807271205438	20046.354487963377	{}	2026-11-29 20:02:42.835455+00	2026-11-29 20:02:42.835455+00
BTCUSDT	2026-03-08 20:03:00+00	61783.08	0.14096666666666957	0.17581414141414706	0.16808690476190602	-0.004367148683722896	-0.03544435028248549	61784.512	61751.764	61726.786	61722.712666666666	61754.0285	20046.712399284323	-0.005275920065396349	-0.004382946653695831	20044.639307653815	20046.230418963576	{}	2026-11-29 20:02:42.83546+00	2026-11-29 20:02:42.83546+00
BTCUSDT	2026-03-08 20:04:00+00	61616.95	-0.6065833333333527	0.01715151515151471	0.08666190476190547	0.0020452725250273826	-0.03719922663702861	61758.56	61741.532	61724.456	61714.02966666667	61750.5695	20043.685795150544	0.00705059654309783	-0.004529598112763306	20043.828409488386	20045.932872191213	{}	2026-11-29 20:02:42.835464+00	2026-11-29 20:02:42.835464+00
BTCUSDT	2026-03-08 20:05:00+00	61583.31	-1.049200000000019	-0.13251111111111263	0.0032101190476186317	0.0010928809788646003	-0.038641178105028956	61717.848	61726.234	61718.496	61705.87233333333	61745.93633333333	20043.835460853097	0.008467596017908363	-0.004032063766764536	20043.774079964296	20045.60104096551	{}	2026-11-29 20:02:42.835467+00	2026-11-29 20:02:42.835467+00
BTCUSDT	2026-03-08 20:06:00+00	61592.43	-1.020550000000003	-0.2731777777777777	-0.06651547619047744	0.00016002966258694428	-0.03864907844771681	61674.896	61714.566	61712.49933333333	61698.824	61740.908	20044.753570798857	0.0010592392073522205	-0.004049516531277472	20044.39691118157	20045.49755058171	{}	2026-11-29 20:02:42.835471+00	2026-11-29 20:02:42.835471+00
BTCUSDT	2026-03-08 20:07:00+00	61613.82	-0.6050666666666681	-0.35984949494949664	-0.1147363095238099	0.0008894697812374289	-0.0378448180050011	61637.918	61704.049	61706.91533333333	61693.128333333334	61736.26666666667	20046.486394850508	0.0010262779678062847	-0.003460713950128896	20045.094724187467	20045.53872375395	{}	2026-11-29 20:02:42.835474+00	2026-11-29 20:02:42.835474+00
BTCUSDT	2026-03-08 20:08:00+00	61614.56	0.04288333333333867	-0.4330131313131367	-0.16623452380952408	-0.0015125695216916825	-0.036499986107251865	61604.214	61694.363	61702.58066666667	61688.756	61731.482833333335	20046.91609677502	0.015185895410607676	-0.0019006950898853704	20045.135463685605	20045.49249274115	{}	2026-11-29 20:02:42.835478+00	2026-11-29 20:02:42.835478+00
BTCUSDT	2026-03-08 20:09:00+00	61611.7	0.13151666666666037	-0.4499979797979881	-0.1961541666666692	-0.00430344827586356	-0.035007566916736205	61603.164	61680.862	61695.40933333333	61684.594	61726.675	20045.710188922167	0.009853303523838501	-0.0012654922286734914	20045.54034243993	20045.430776363206	{}	2026-11-29 20:02:42.835481+00	2026-11-29 20:02:42.835481+00
BTCUSDT	2026-03-08 20:10:00+00	61623.44	0.09983333333333576	-0.3844131313131337	-0.2066744047619055	-0.00811179087875561	-0.03345093544503103	61611.19	61664.519	61687.886	61681.753	61722.37183333333	20044.58272764055	-0.0018631537415906981	-0.0008622131670914054	20045.68979579742	20045.268311204254	{}	2026-11-29 20:02:42.835485+00	2026-11-29 20:02:42.835485+00
BTCUSDT	2026-03-08 20:11:00+00	61563.99	-0.15129999999999805	-0.31727979797979866	-0.24819107142857233	-0.024332295142752546	-0.03312186255441332	61605.502	61640.199	61678.21133333333	61678.859333333334	61716.984833333336	20041.44971924964	-0.02067786722701688	-0.002192907818969917	20045.029025487576	20044.97728446119	{}	2026-11-29 20:02:42.835488+00	2026-11-29 20:02:42.835488+00
BTCUSDT	2026-03-08 20:12:00+00	61570.14	-0.22758333333332606	-0.20484646464646472	-0.2738023809523825	-0.036908676307009024	-0.0319361304065946	61596.765999999996	61617.342	61668.288	61675.492333333335	61711.47066666667	20041.306624918285	-0.025799022310002327	-0.0030017431500618842	20043.993071501132	20044.63168896468	{}	2026-11-29 20:02:42.835491+00	2026-11-29 20:02:42.835492+00
BTCUSDT	2026-03-08 20:13:00+00	61552.81	-0.28513333333333624	-0.07935858585858453	-0.30137916666666975	-0.050969558769004	-0.03687622487728087	61584.416	61594.315	61657.714	61671.655	61709.183333333334	20040.703257153364	-0.02214994376645336	-0.0032478620820278418	20042.7505035768	20044.17509163874	{}	2026-11-29 20:02:42.835495+00	2026-11-29 20:02:42.835495+00
BTCUSDT	2026-03-08 20:14:00+00	61583.65	-0.15126666666667007	-0.06390404040403834	-0.2898601190476215	-0.05429970337412037	-0.04160732147818842	61578.806	61590.985	61646.84333333333	61666.943	61707.85883333333	20043.92144709863	-0.0034483719668605773	-0.0016558357170966009	20042.392755212095	20043.920502380137	{}	2026-11-29 20:02:42.8355+00	2026-11-29 20:02:42.8355+00
BTCUSDT	2026-03-08 20:15:00+00	61591.47	0.11411666666668073	-0.0719909090909068	-0.24625297619047642	-0.06647059695958514	-0.04547742428452346	61572.412	61591.801	61633.816666666666	61665.60333333333	61706.326166666666	20046.125866421276	0.01994519420603562	-0.0006480739888110317	20042.70138296824	20044.05508624332	{}	2026-11-29 20:02:42.835504+00	2026-11-29 20:02:42.835504+00
BTCUSDT	2026-03-08 20:16:00+00	61585.24	0.11476666666666764	-0.07725656565656383	-0.18393452380952335	-0.07571104931405329	-0.0491040427896639	61576.662	61591.082	61619.02	61663.098333333335	61704.495833333334	20049.317716514135	0.0357413207660223	0.0003943688474382292	20044.27498242114	20044.566973030094	{}	2026-11-29 20:02:42.835507+00	2026-11-29 20:02:42.835507+00
BTCUSDT	2026-03-08 20:17:00+00	61579.3	0.09095000000001165	-0.06270303030302463	-0.11491785714285502	-0.08438235076010372	-0.051642655367231595	61578.494	61587.63	61604.39266666667	61660.206666666665	61701.88883333333	20046.945271474033	0.029800496761405764	0.0006378773852421087	20045.402711732288	20044.830169140296	{}	2026-11-29 20:02:42.835511+00	2026-11-29 20:02:42.835511+00
BTCUSDT	2026-03-08 20:18:00+00	61600.65	0.036383333333336244	-0.02094444444443915	-0.03138809523809132	-0.09522384130515371	-0.05308837176993611	61588.062	61586.239	61592.23066666666	61659.50833333333	61699.4225	20048.733680761354	0.017406453963673508	0.003160640629267575	20047.008796453887	20044.964921238763	{}	2026-11-29 20:02:42.835514+00	2026-11-29 20:02:42.835514+00
BTCUSDT	2026-03-08 20:19:00+00	61610.79	0.09008333333333818	0.029664646464649433	-0.011883928571425194	-0.10133689284390017	-0.05366856997314067	61593.49	61586.148	61591.82	61658.138	61696.85883333333	20047.673074960687	0.004183968876732252	0.003679930352345114	20047.7591220263	20045.230739892773	{}	2026-11-29 20:02:42.835517+00	2026-11-29 20:02:42.835517+00
BTCUSDT	2026-03-08 20:20:00+00	61615.89	0.15465000000000145	0.09813838383838822	-0.00590714285714057	-0.1042047460140894	-0.05353729739742523	61598.374	61585.393	61593.992	61656.244	61694.12666666666	20046.434732620088	-0.00839694050240117	0.003517175398403976	20047.82089526606	20045.40402467724	{}	2026-11-29 20:02:42.835521+00	2026-11-29 20:02:42.835521+00
BTCUSDT	2026-03-08 20:21:00+00	61582.02	0.0344666666666429	0.07129090909090824	-0.011639285714284468	-0.10918168335187269	-0.05521406872279354	61597.73	61587.195999999996	61593.298	61652.89866666667	61691.44033333333	20044.648092719268	-0.01148884275132635	0.0028924638071623036	20046.886970507087	20045.39699280527	{}	2026-11-29 20:02:42.835524+00	2026-11-29 20:02:42.835524+00
BTCUSDT	2026-03-08 20:22:00+00	61626.36	0.0377499999999903	0.0879434343434336	0.011908928571430286	-0.1068995179829439	-0.05532556265629351	61607.142	61592.818	61594.134	61650.524666666664	61689.37233333333	20042.266235974894	-0.0265997863572314	0.002106744673193091	20045.95116340726	20045.115648880226	{}	2026-11-29 20:02:42.835527+00	2026-11-29 20:02:42.835528+00
BTCUSDT	2026-03-08 20:23:00+00	61622.55	0.05665000000000873	0.07051919191919112	0.03347559523809737	-0.10656785317018841	-0.05574968046679639	61611.522	61599.792	61594.666666666664	61648.62366666667	61687.431666666664	20040.040877309577	-0.03238815324568956	0.0008496126591346963	20044.212602716903	20044.657300915864	{}	2026-11-29 20:02:42.835531+00	2026-11-29 20:02:42.835531+00
BTCUSDT	2026-03-08 20:24:00+00	61617	0.07125000000001212	0.06822727272727243	0.05089226190476265	-0.10184797923618795	-0.0567704177086229	61612.764	61603.127	61595.02	61645.21466666667	61685.72466666667	20042.72742546649	-0.02003638286147179	0.0005468731296603091	20043.223472818063	20044.458450018818	{}	2026-11-29 20:02:42.835534+00	2026-11-29 20:02:42.835534+00
BTCUSDT	2026-03-08 20:25:00+00	61565.61	-0.07029999999998836	0.021168686868687576	0.05217142857143049	-0.09993919169447477	-0.058507738260627995	61602.708	61600.541	61591.164666666664	61639.52533333333	61682.8115	20044.126285088467	-0.0009707096166736544	0.0004676508952200363	20042.76178331174	20044.428020515345	{}	2026-11-29 20:02:42.835538+00	2026-11-29 20:02:42.835538+00
BTCUSDT	2026-03-08 20:26:00+00	61568.48	-0.2878333333333285	-0.024978787878787257	0.029779166666668883	-0.09958023730070348	-0.059567467815133876	61600	61598.865	61591.464	61634.837666666666	61679.68816666667	20040.078648176204	-0.00048294636414842294	-0.0027628262773781724	20041.847894403127	20044.336615777116	{}	2026-11-29 20:02:42.835543+00	2026-11-29 20:02:42.835543+00
BTCUSDT	2026-03-08 20:27:00+00	61568.24	-0.2619000000000112	-0.07455858585858559	0.009948214285714995	-0.09706859473489005	-0.05963787163100878	61588.376000000004	61597.759	61591.33733333334	61629.812666666665	61676.075666666664	20040.264373273083	-0.003669642272125202	-0.005902446777312261	20041.447521862763	20044.267132334102	{}	2026-11-29 20:02:42.835547+00	2026-11-29 20:02:42.835547+00
BTCUSDT	2026-03-08 20:28:00+00	61517.09	-0.328650000000016	-0.14468181818182022	-0.039334523809525956	-0.09980915832406376	-0.06078387978142104	61567.284	61589.403	61588.956	61623.335	61671.53916666667	20039.98164523311	-0.015589120470243264	-0.00938514982212577	20041.435675447472	20044.219024872753	{}	2026-11-29 20:02:42.83555+00	2026-11-29 20:02:42.83555+00
BTCUSDT	2026-03-08 20:29:00+00	61539.36	-0.17315000000001116	-0.16641212121212154	-0.06252619047619191	-0.09465769373377832	-0.061275534870797635	61551.756	61582.26	61586.003333333334	61616.42333333333	61667.4955	20040.596510827236	-0.01192758577592637	-0.011036234376388166	20041.00949251962	20043.997362454662	{}	2026-11-29 20:02:42.835554+00	2026-11-29 20:02:42.835554+00
BTCUSDT	2026-03-08 20:30:00+00	61538.81	-0.1470333333333474	-0.16854545454545733	-0.07958690476190679	-0.08341164256581382	-0.06261456886172116	61546.396	61574.551999999996	61582.492666666665	61608.15466666667	61664.066333333336	20042.05649844868	0.007146396831843352	-0.010831354394776576	20040.595535191664	20043.726071256486	{}	2026-11-29 20:02:42.835557+00	2026-11-29 20:02:42.835557+00
BTCUSDT	2026-03-08 20:31:00+00	61560.39	0.010033333333340125	-0.17312222222222845	-0.08748809523809845	-0.06567000370782304	-0.06284856441604188	61544.778	61572.389	61580.836	61599.928	61660.805166666665	20040.157668740576	0.0031024069175934225	-0.009655500558478707	20040.611339304538	20043.115401404917	{}	2026-11-29 20:02:42.835561+00	2026-11-29 20:02:42.835561+00
BTCUSDT	2026-03-08 20:32:00+00	61561.21	0.18211666666667345	-0.12331717171717803	-0.09639702380952604	-0.046984723767148615	-0.06308712142261771	61543.371999999996	61565.873999999996	61579.63	61592.011333333336	61657.6805	20040.20551149577	1.4817397762575031e-05	-0.009044207035329974	20040.599566949073	20042.666084073033	{}	2026-11-29 20:02:42.835565+00	2026-11-29 20:02:42.835565+00
BTCUSDT	2026-03-08 20:33:00+00	61583.78	0.1853999999999966	-0.044065656565660194	-0.08465833333333515	-0.02590789766407078	-0.06102407150134323	61556.71	61561.997	61578.505333333334	61585.368	61654.04033333333	20039.66592546376	-0.006186929466439324	-0.007404941366183353	20040.536422995203	20042.06156705319	{}	2026-11-29 20:02:42.835568+00	2026-11-29 20:02:42.835568+00
BTCUSDT	2026-03-08 20:34:00+00	61610.7	0.27861666666666374	0.06132424242423734	-0.055870238095240415	-0.019553911753800664	-0.05589750856719497	61570.977999999996	61561.367	61578.49933333333	61585.15966666667	61649.594666666664	20041.67149114012	-0.0021029298232254708	-0.0048953263740135556	20040.751419057782	20041.661461465155	{}	2026-11-29 20:02:42.835571+00	2026-11-29 20:02:42.835571+00
BTCUSDT	2026-03-08 20:35:00+00	61674.67	0.46341666666665937	0.16904141414140994	0.002005952380949609	-0.010141750092696085	-0.05017184403074969	61598.15	61572.273	61582.418	61588.205	61647.03866666667	20044.20633323185	0.01593884771150139	-0.001561976873636879	20041.181386014414	20041.51290150594	{}	2026-11-29 20:02:42.835575+00	2026-11-29 20:02:42.835575+00
BTCUSDT	2026-03-08 20:36:00+00	61720.03	0.6808833333333314	0.2991515151515157	0.05915476190475775	0.00451861327400768	-0.0437469991664356	61630.078	61587.428	61591.61866666667	61592.458333333336	61645.64116666667	20049.25646303165	0.037737184733080846	0.0031574552922317405	20043.00114487263	20041.82012619343	{}	2026-11-29 20:02:42.835578+00	2026-11-29 20:02:42.835578+00
BTCUSDT	2026-03-08 20:37:00+00	61718.71	0.6319833333333372	0.39717878787878846	0.12865297619047242	0.020549425287355812	-0.03782264981013297	61661.578	61602.475	61597.77533333333	61595.954666666665	61644.5415	20050.47144076561	0.04866000415871288	0.006974602926574161	20045.054330726598	20042.367139846145	{}	2026-11-29 20:02:42.835584+00	2026-11-29 20:02:42.835584+00
BTCUSDT	2026-03-08 20:38:00+00	61733.95	0.4842333333333348	0.42182929292929017	0.19718988095237797	0.03752617723396269	-0.03252136241548625	61691.612	61624.161	61605.202	61599.93433333333	61644.345166666666	20051.568260009542	0.04343107545433668	0.009700658929623386	20047.434797635753	20043.135632026144	{}	2026-11-29 20:02:42.835588+00	2026-11-29 20:02:42.835588+00
BTCUSDT	2026-03-08 20:39:00+00	61711.86	0.14716666666667153	0.40733232323232427	0.2472488095238078	0.050913570634036676	-0.028071756043345893	61711.844	61641.411	61611.526	61603.273	61643.9335	20051.957027388446	0.029688642151807776	0.013181856254558018	20049.49190488542	20043.75093882094	{}	2026-11-29 20:02:42.835591+00	2026-11-29 20:02:42.835591+00
BTCUSDT	2026-03-08 20:40:00+00	61710.61	-0.04281666666665842	0.35623939393939563	0.2666690476190473	0.06477322951427443	-0.02442127905899838	61719.032	61658.591	61621.19266666666	61606.17866666667	61643.965833333335	20051.46174774224	0.00982692674003071	0.016573429622969257	20050.942987787497	20044.239969664526	{}	2026-11-29 20:02:42.835594+00	2026-11-29 20:02:42.835594+00
BTCUSDT	2026-03-08 20:41:00+00	61742.77	0.04129999999999806	0.3236535353535361	0.2922250000000008	0.0746111976269918	-0.021528656108178706	61723.58	61676.829	61632.812	61612.138	61645.49866666667	20051.755274846808	0.004101926491821359	0.017723225121148538	20051.44275015053	20045.018411442565	{}	2026-11-29 20:02:42.835611+00	2026-11-29 20:02:42.835611+00
BTCUSDT	2026-03-08 20:42:00+00	61765.9	0.1580166666666749	0.2761616161616197	0.3169297619047638	0.08631738969224967	-0.017514388255997455	61733.018	61697.297999999995	61645.98933333333	61618.66333333333	61647.07783333334	20051.759615649342	0.0003015978966019854	0.018268232507551885	20051.700385127275	20045.784760934315	{}	2026-11-29 20:02:42.835614+00	2026-11-29 20:02:42.835614+00
BTCUSDT	2026-03-08 20:43:00+00	61760.02	0.25268333333332216	0.207050505050507	0.30306190476190453	0.09394768261030624	-0.013839492451607403	61738.231999999996	61714.922	61662.18466666667	61625.57033333333	61648.61266666667	20050.93501349799	-0.002910266456347017	0.017650782646604142	20051.573735824964	20046.514985485308	{}	2026-11-29 20:02:42.835618+00	2026-11-29 20:02:42.835618+00
BTCUSDT	2026-03-08 20:44:00+00	61727.64	0.08551666666666279	0.10281010101010171	0.2718470238095245	0.10010448646644293	-0.009522158933037376	61741.388	61726.616	61674.736666666664	61630.37	61648.6565	20053.984583111393	0.007042348982480083	0.017944793725057372	20051.979246969553	20047.407523637587	{}	2026-11-29 20:02:42.835621+00	2026-11-29 20:02:42.835621+00
BTCUSDT	2026-03-08 20:45:00+00	61714.18	-0.15906666666665842	0.03378686868686994	0.2235547619047629	0.10464505005561636	-0.008212026488839777	61742.102	61730.566999999995	61686.428	61634.460333333336	61650.031833333334	20053.895974232008	0.010843943720750152	0.018100207573255225	20052.466092267507	20048.19682202314	{}	2026-11-29 20:02:42.835624+00	2026-11-29 20:02:42.835624+00
BTCUSDT	2026-03-08 20:46:00+00	61720.83	-0.22663333333332655	0.013227272727276095	0.1778708333333357	0.10827460140897197	-0.005985046772251793	61737.714	61730.647	61697.123999999996	61638.979999999996	61651.03916666667	20054.2599400234	0.013269349136886982	0.01679833851023735	20052.967025302827	20049.136973441997	{}	2026-11-29 20:02:42.835628+00	2026-11-29 20:02:42.835628+00
BTCUSDT	2026-03-08 20:47:00+00	61669.83	-0.31198333333331296	-0.05532424242423719	0.1017773809523844	0.1047320355951054	-0.005047601185514584	61718.5	61725.759	61704.365333333335	61641.99766666666	61651.102166666664	20054.381067783575	0.01194577580529464	0.014730300701978758	20053.491315729672	20050.082010527847	{}	2026-11-29 20:02:42.835631+00	2026-11-29 20:02:42.835631+00
BTCUSDT	2026-03-08 20:48:00+00	61594.59	-0.517416666666674	-0.16546767676767724	-0.0013839285714263771	0.09488183166481232	-0.007425043993702149	61685.414	61711.823	61705.085999999996	61641.795666666665	61650.652	20055.41361897075	0.0055719421171367385	0.011991763713145009	20054.387036824224	20051.131856761647	{}	2026-11-29 20:02:42.835634+00	2026-11-29 20:02:42.835634+00
BTCUSDT	2026-03-08 20:49:00+00	61639.06	-0.4608000000000175	-0.2315747474747486	-0.07384047619047557	0.09102380422691837	-0.007706511067889433	61667.698	61704.543	61706.97666666667	61642.738	61650.438	20057.510838787497	0.01397234676388204	0.010144736880331169	20055.092287959447	20052.187813271474	{}	2026-11-29 20:02:42.83564+00	2026-11-29 20:02:42.83564+00
BTCUSDT	2026-03-08 20:50:00+00	61606.45	-0.4325500000000223	-0.3140090909090926	-0.1311107142857149	0.0840358917315529	-0.008279216449013877	61646.152	61694.127	61702.42866666667	61642.42333333333	61649.333666666666	20059.715556756146	0.02340167411569079	0.009480591884838586	20056.256204464273	20053.221761506426	{}	2026-11-29 20:02:42.835644+00	2026-11-29 20:02:42.835644+00
BTCUSDT	2026-03-08 20:51:00+00	61630.71	-0.11063333333334109	-0.3176131313131352	-0.15261190476190548	0.07583348164627274	-0.007854547559507612	61628.128	61682.921	61696.474	61644.04633333333	61648.472499999996	20061.206777685213	0.029922262647784616	0.010919444590391063	20057.645571996636	20054.018449149997	{}	2026-11-29 20:02:42.835647+00	2026-11-29 20:02:42.835647+00
BTCUSDT	2026-03-08 20:52:00+00	61643.81	0.1501500000000063	-0.2609696969696998	-0.16396666666666795	0.07377515758249813	-0.006594720755765816	61622.924	61670.712	61691.48066666666	61644.628	61647.57633333333	20061.69151911129	0.027086231964658508	0.012427505462649908	20059.10766226218	20054.766454373043	{}	2026-11-29 20:02:42.83565+00	2026-11-29 20:02:42.83565+00
BTCUSDT	2026-03-08 20:53:00+00	61682.97	0.20863333333334594	-0.15059494949495236	-0.14728928571428693	0.07536025213199823	-0.004723622302491652	61640.6	61663.007	61688.082	61646.642	61647.63283333333	20063.468552257047	0.02315231549040618	0.014530429884080362	20060.71864891944	20055.559807189544	{}	2026-11-29 20:02:42.835654+00	2026-11-29 20:02:42.835654+00
BTCUSDT	2026-03-08 20:54:00+00	61716.66	0.4544666666666914	-0.03000505050504933	-0.1240589285714274	0.07948194289951832	-0.0008139853663056508	61656.12	61661.909	61688.402	61649.964	61647.58933333333	20067.21784635393	0.028777256279008723	0.01767233677348161	20062.660050432725	20056.577195120575	{}	2026-11-29 20:02:42.835657+00	2026-11-29 20:02:42.835657+00
BTCUSDT	2026-03-08 20:55:00+00	61643.02	0.16245000000000195	0.010902020202019497	-0.1323928571428565	0.06903941416388608	0.0015668380105582785	61663.434	61654.793	61683.896	61652.54433333333	61646.03483333333	20067.140550176926	0.028989787043446996	0.01963780739061089	20064.14504911688	20057.62244861622	{}	2026-11-29 20:02:42.83566+00	2026-11-29 20:02:42.83566+00
BTCUSDT	2026-03-08 20:56:00+00	61652.37	-0.038049999999990786	0.0820737373737424	-0.1174934523809516	0.05935810159436513	0.0035217143651012904	61667.766	61647.947	61677.869333333336	61655.34066666666	61645.089166666665	20066.482767077276	0.022090823086418823	0.020535714478234608	20065.200246995293	20058.604281431584	{}	2026-11-29 20:02:42.835664+00	2026-11-29 20:02:42.835664+00
BTCUSDT	2026-03-08 20:57:00+00	61633.27	-0.2728166666666827	0.09304545454545984	-0.0941571428571423	0.04697334074898102	0.00528638047605796	61665.658	61644.291	61669.02733333333	61657.50833333333	61643.6605	20065.06539507496	0.004097677265278132	0.019968480504762087	20065.87502218803	20059.491333393293	{}	2026-11-29 20:02:42.835667+00	2026-11-29 20:02:42.835667+00
BTCUSDT	2026-03-08 20:58:00+00	61680.87	-0.13555000000000292	0.0710757575757636	-0.04589285714285628	0.03334530960326368	0.008217143651014027	61665.238	61652.919	61663.75066666667	61662.967666666664	61643.151333333335	20061.460601809453	-0.022649406984874075	0.016714570966112962	20065.473432098508	20060.193039280723	{}	2026-11-29 20:02:42.83567+00	2026-11-29 20:02:42.835671+00
BTCUSDT	2026-03-08 20:59:00+00	61641.04	0.040900000000013585	0.04487777777778301	-0.024932142857141563	0.01677971820541448	0.01108484301194763	61650.114	61653.117	61657.977333333336	61666.356999999996	61641.390166666664	20063.637083320507	-0.02004849830109985	0.015193181616341029	20064.757279491823	20060.836539294665	{}	2026-11-29 20:02:42.835674+00	2026-11-29 20:02:42.835674+00
BTCUSDT	2026-03-08 21:00:00+00	61655.57	0.023616666666663757	-0.0047444444444423575	0.0008279761904777265	0.0009592510196524775	0.015581869963878786	61652.624	61658.029	61654.07	61670.248999999996	61639.20183333333	20068.123142614222	0.003087398865736759	0.014924235350605332	20064.953797979284	20061.785017186812	{}	2026-11-29 20:02:42.83568+00	2026-11-29 20:02:42.83568+00
BTCUSDT	2026-03-08 21:01:00+00	61653.39	0.02490000000000388	-0.03931616161616121	0.0323351190476214	-0.013481015943640092	0.02071495322774853	61652.828	61660.297	61649.574	61673.349	61636.6385	20066.80932389099	0.016917330728053154	0.013434326399529883	20065.019109342025	20062.621642777984	{}	2026-11-29 20:02:42.835686+00	2026-11-29 20:02:42.835686+00
BTCUSDT	2026-03-08 21:02:00+00	61659.14	-0.051850000000013094	-0.05868686868687165	0.04596666666667004	-0.027898405635890754	0.025908039270167663	61658.002	61661.83	61648.861333333334	61676.613333333335	61634.312333333335	20066.847518934257	0.023243458033484786	0.01127102480063838	20065.375534113886	20063.452739521363	{}	2026-11-29 20:02:42.835689+00	2026-11-29 20:02:42.835689+00
BTCUSDT	2026-03-08 21:03:00+00	61668.56	0.09768333333332217	-0.02907979797980233	0.02833095238095363	-0.03943485354097069	0.031046244327127936	61655.54	61660.389	61653.79266666667	61679.439333333336	61632.403666666665	20070.35002417949	0.020250430063333623	0.01031674076504108	20067.15341858789	20064.448499868613	{}	2026-11-29 20:02:42.835693+00	2026-11-29 20:02:42.835693+00
BTCUSDT	2026-03-08 21:04:00+00	61634.39	-0.04531666666667055	0.009808080808079926	0.013230952380952716	-0.052179940674823365	0.030663971473557462	61654.21	61652.162	61653.48133333333	61680.229	61632.69433333333	20074.065173439583	0.025707936565371105	0.011020039952413537	20069.239036611707	20065.552122178753	{}	2026-11-29 20:02:42.835696+00	2026-11-29 20:02:42.835696+00
BTCUSDT	2026-03-08 21:05:00+00	61664.92	-0.002816666666670547	0.011248484848479763	-0.00439880952381091	-0.05446503522432305	0.030149416504584477	61656.08	61654.352	61657.37933333333	61679.904	61634.0545	20073.02450056102	0.032746679742310034	0.011354214077116792	20070.219308201067	20066.43938509908	{}	2026-11-29 20:02:42.835699+00	2026-11-29 20:02:42.835699+00
BTCUSDT	2026-03-08 21:06:00+00	61645.95	-0.050033333333340126	0.0014080808080766335	-0.021860714285717005	-0.05350381905821287	0.029298596832453304	61654.592	61653.71	61658.395333333334	61677.43466666667	61634.9465	20074.526771366076	0.030054968741945534	0.012232240538906765	20071.762797696087	20067.327384677803	{}	2026-11-29 20:02:42.835703+00	2026-11-29 20:02:42.835703+00
BTCUSDT	2026-03-08 21:07:00+00	61665.36	0.00860000000000582	-0.010712121212126651	-0.025904166666669837	-0.0500578791249536	0.029532772992497795	61655.835999999996	61656.919	61659.832	61675.65633333333	61635.8055	20077.37397274792	0.024182491772250313	0.013734573393592525	20073.868088458818	20068.37288158691	{}	2026-11-29 20:02:42.835706+00	2026-11-29 20:02:42.835706+00
BTCUSDT	2026-03-08 21:08:00+00	61696.46	0.20763333333333625	0.05184646464646232	0.00037559523809250095	-0.04112050426399725	0.0305898444012224	61661.416	61658.478	61660.73133333333	61674.40666666667	61637.1705	20074.756476717663	0.009553464571763471	0.01405900977909022	20074.74937896645	20069.125409884284	{}	2026-11-29 20:02:42.83571+00	2026-11-29 20:02:42.83571+00
BTCUSDT	2026-03-08 21:09:00+00	61685.89	0.15408333333334062	0.057390909090908916	0.03749107142857048	-0.03558075639599561	0.03120147263128623	61671.716	61662.962999999996	61658.68	61673.541	61638.407	20074.51005757062	0.005334698951313234	0.015394249395847378	20074.83835579266	20069.61155729873	{}	2026-11-29 20:02:42.835713+00	2026-11-29 20:02:42.835713+00
BTCUSDT	2026-03-08 21:10:00+00	61698.66	0.20991666666668607	0.0816282828282875	0.04669226190476149	-0.028618984056358394	0.032424932851718026	61678.464	61667.272	61662.38933333333	61673.14266666667	61639.66066666666	20074.267703765174	-0.0056367506318383675	0.016157640365529784	20075.08699643349	20070.08670087128	{}	2026-11-29 20:02:42.835717+00	2026-11-29 20:02:42.835717+00
BTCUSDT	2026-03-08 21:11:00+00	61691.72	0.09153333333334256	0.08842929292929924	0.05414226190476343	-0.018618279569892128	0.03170972955450584	61687.618	61671.104999999996	61665.01266666667	61671.441	61641.7895	20074.308008292493	-0.011034503105565818	0.016200359508175746	20075.043243818774	20070.60838361896	{}	2026-11-29 20:02:42.83572+00	2026-11-29 20:02:42.83572+00
BTCUSDT	2026-03-08 21:12:00+00	61768.16	0.24871666666668413	0.1633666666666764	0.08200476190476365	0.0026389692250659113	0.03313847828100402	61708.178	61682.007	61674.005333333334	61671.51633333333	61645.08983333333	20073.36519061806	-0.004974369128885883	0.014709510736846216	20074.241487392803	20071.161703321835	{}	2026-11-29 20:02:42.880534+00	2026-11-29 20:02:42.880534+00
BTCUSDT	2026-03-08 21:13:00+00	61783.7	0.4418666666666589	0.240873737373742	0.13097976190476357	0.024874564330738272	0.034318866351764336	61725.626000000004	61693.521	61680.86066666667	61672.30566666667	61648.938	20073.743763015704	-0.004058503761577109	0.0111657967938713	20074.03894465241	20071.980580735584	{}	2026-11-29 20:02:42.880553+00	2026-11-29 20:02:42.880553+00
BTCUSDT	2026-03-08 21:14:00+00	61769.35	0.38893333333331004	0.24410808080808358	0.14888809523809698	0.04166970708194314	0.035764517921644874	61742.318	61707.017	61689.414666666664	61673.695999999996	61652.033	20071.369867897432	-0.010599861687120817	0.006938239104127725	20073.410906717774	20072.49609970738	{}	2026-11-29 20:02:42.880558+00	2026-11-29 20:02:42.880558+00
BTCUSDT	2026-03-08 21:15:00+00	61790.61	0.33161666666665646	0.2733272727272744	0.1749363095238117	0.05889443826473899	0.03783995554320645	61760.708	61719.586	61698.41733333333	61676.24366666667	61655.352	20071.904709794824	-0.011336532859944176	0.004609466120011261	20072.9383079237	20072.748204186086	{}	2026-11-29 20:02:42.880562+00	2026-11-29 20:02:42.880562+00
BTCUSDT	2026-03-08 21:16:00+00	61849.96	0.28418333333332463	0.3100313131313107	0.21663750000000181	0.08269847979236246	0.04117654904140032	61792.356	61739.987	61711.522	61680.548	61659.764	20069.12346430011	-0.017204176427961404	0.000271119598427547	20071.901399125225	20072.90248021336	{}	2026-11-29 20:02:42.880567+00	2026-11-29 20:02:42.880567+00
BTCUSDT	2026-03-08 21:17:00+00	61791.9	0.16168333333334886	0.2743060606060596	0.22518452380952622	0.09343985910270773	0.04251382791516176	61797.104	61752.641	61720.37266666667	61684.617	61663.30733333333	20066.227135434467	-0.028799431266324973	-0.005393588954257211	20070.473788088508	20072.861121313377	{}	2026-11-29 20:02:42.880572+00	2026-11-29 20:02:42.880572+00
BTCUSDT	2026-03-08 21:18:00+00	61802.31	0.11201666666666521	0.2570363636363589	0.2346523809523816	0.09574708935854702	0.044541733814948734	61800.826	61763.226	61729.289333333334	61691.541	61666.668333333335	20067.3653305236	-0.022811081846703017	-0.008879262323275943	20069.198101590086	20072.662141736317	{}	2026-11-29 20:02:42.880576+00	2026-11-29 20:02:42.880576+00
BTCUSDT	2026-03-08 21:19:00+00	61820.18	0.019149999999996604	0.22288383838383288	0.22733333333333403	0.1035469410456065	0.04715755765490431	61810.992	61776.655	61741.67533333333	61697.57833333333	61670.15816666667	20067.40558752329	-0.017927297199294118	-0.01040138291048065	20068.40524551526	20072.218169341897	{}	2026-11-29 20:02:42.880581+00	2026-11-29 20:02:42.880581+00
BTCUSDT	2026-03-08 21:20:00+00	61795.5	-0.13439999999999902	0.15335454545454316	0.21321011904761897	0.10360163144234338	0.04904919885153299	61811.97	61786.339	61750.380666666664	61703.88	61673.151666666665	20069.235308753276	0.0023369016585881278	-0.011260274241871704	20067.87136530695	20071.965556554715	{}	2026-11-29 20:02:42.880585+00	2026-11-29 20:02:42.880585+00
BTCUSDT	2026-03-08 21:21:00+00	61718.17	-0.25711666666667343	-0.01374949494949742	0.15006011904761707	0.09672784575454188	0.047704867092711024	61785.612	61788.984	61755.19533333334	61706.795333333335	61675.42083333333	20068.971110104958	0.012263212617763202	-0.011288334161954914	20067.840894467918	20071.595179137305	{}	2026-11-29 20:02:42.880635+00	2026-11-29 20:02:42.880635+00
BTCUSDT	2026-03-08 21:22:00+00	61675.5	-0.5927166666666623	-0.14005454545454335	0.07407499999999824	0.08612306266221685	0.04632113086968615	61762.332	61779.718	61755.871333333336	61707.85166666667	61676.23983333333	20065.704760137356	-0.002926030318036889	-0.01099086893069008	20067.736419408495	20070.817231629935	{}	2026-11-29 20:02:42.880639+00	2026-11-29 20:02:42.880639+00
BTCUSDT	2026-03-08 21:23:00+00	61679.77	-0.668033333333345	-0.2264919191919218	0.014074999999996512	0.08024356692621373	0.0449009215522832	61737.824	61769.325	61754.75866666667	61707.745	61677.1935	20066.516343772553	-0.008848393528993862	-0.010907074543776747	20067.566622058286	20070.267889433595	{}	2026-11-29 20:02:42.880643+00	2026-11-29 20:02:42.880643+00
BTCUSDT	2026-03-08 21:24:00+00	61672.68	-0.47340000000000143	-0.31432323232323484	-0.05291904761905116	0.07749784946236551	0.04307722052421989	61708.324	61759.657999999996	61753.878	61706.279	61678.1215	20067.597446413005	-0.009550818354910007	-0.009999679070438972	20067.60499383623	20069.807048689752	{}	2026-11-29 20:02:42.88065+00	2026-11-29 20:02:42.88065+00
BTCUSDT	2026-03-08 21:25:00+00	61675.03	-0.14849999999999758	-0.35686666666666833	-0.11206666666666887	0.06686659251019604	0.03981446235065313	61684.229999999996	61748.1	61752.30266666666	61707.346	61679.945166666665	20064.497666795814	-0.011757000571063448	-0.010087800061761257	20066.657465444736	20069.155712891796	{}	2026-11-29 20:02:42.880654+00	2026-11-29 20:02:42.880654+00
BTCUSDT	2026-03-08 21:26:00+00	61631.4	-0.15489999999999177	-0.3497797979797981	-0.19129166666666733	0.05238127549128669	0.03533935815504348	61666.876	61726.244	61748.28133333333	61706.647	61680.993833333334	20064.196050794846	-0.008393492769597893	-0.009700851935158645	20065.702453582715	20068.481582391953	{}	2026-11-29 20:02:42.880658+00	2026-11-29 20:02:42.880658+00
BTCUSDT	2026-03-08 21:27:00+00	61610.32	-0.30029999999998835	-0.3822141414141389	-0.23930952380952253	0.03358939562476801	0.030223242567380196	61653.84	61708.085999999996	61737.75866666667	61705.882	61681.695166666665	20063.615774642232	-0.015337556464667917	-0.00940274410415809	20065.28465648369	20067.8316213269	{}	2026-11-29 20:02:42.880662+00	2026-11-29 20:02:42.880662+00
BTCUSDT	2026-03-08 21:28:00+00	61630.77	-0.24755000000001018	-0.34780808080808256	-0.26201130952381047	0.022637893956247417	0.024181981105862907	61644.04	61690.932	61727.56333333333	61704.212	61683.58983333333	20064.04995801507	-0.01329478158241424	-0.008163131584654452	20064.791379332193	20067.18536766019	{}	2026-11-29 20:02:42.880666+00	2026-11-29 20:02:42.880666+00
BTCUSDT	2026-03-08 21:29:00+00	61622.89	-0.17485000000000583	-0.26605555555555593	-0.285726785714287	0.006632443455691377	0.018449226637029015	61634.082	61671.203	61717.799333333336	61703.606999999996	61684.981999999996	20067.638422120235	0.010225696448445282	-0.005981739732376679	20064.79957447364	20066.936604608378	{}	2026-11-29 20:02:42.880669+00	2026-11-29 20:02:42.880669+00
BTCUSDT	2026-03-08 21:30:00+00	61711.35	0.2874499999999898	-0.09145050505050512	-0.253742261904763	0.001943529847979075	0.015040511253126018	61641.346	61662.788	61712.51533333333	61705.46633333333	61687.85766666666	20069.609045152978	0.02474772699044479	-0.002502458464293472	20065.821850145072	20066.783560298918	{}	2026-11-29 20:02:42.880673+00	2026-11-29 20:02:42.880673+00
BTCUSDT	2026-03-08 21:31:00+00	61650.37	0.26780000000001264	-0.04120404040403802	-0.21418630952380924	-0.009966592510196366	0.01041547652125614	61645.14	61656.008	61699.20933333333	61705.365666666665	61689.35733333333	20071.1818099417	0.03448526289473496	0.0004443855540990799	20067.219001974445	20066.92078334169	{}	2026-11-29 20:02:42.880677+00	2026-11-29 20:02:42.880677+00
BTCUSDT	2026-03-08 21:32:00+00	61708.74	0.30570000000000924	0.02839191919192084	-0.16607678571428505	-0.014917055988134996	0.007325076410114059	61664.824	61659.332	61693.66533333333	61707.019	61691.816166666664	20071.532012484044	0.030845827932347067	0.002035422502828537	20068.802249542805	20067.274441811664	{}	2026-11-29 20:02:42.880681+00	2026-11-29 20:02:42.880681+00
BTCUSDT	2026-03-08 21:33:00+00	61688.12	0.21308333333334303	0.07727171717171917	-0.11665178571428444	-0.02136978123841298	0.004172219134945168	61676.294	61660.167	61686.05266666666	61707.671	61693.555166666665	20069.810489684525	0.01044517076607614	0.0031353894555379504	20069.954355876696	20067.437452422393	{}	2026-11-29 20:02:42.880685+00	2026-11-29 20:02:42.880685+00
BTCUSDT	2026-03-08 21:34:00+00	61645.26	-0.1573833333333217	0.07762323232323685	-0.0697785714285687	-0.036503744901742366	0.0005121376308236399	61680.768000000004	61657.425	61674.39133333333	61708.03333333333	61694.131166666666	20069.710668165808	-0.0019467903858579423	0.004067388920484518	20070.36880508581	20067.591124465227	{}	2026-11-29 20:02:42.880689+00	2026-11-29 20:02:42.880689+00
BTCUSDT	2026-03-08 21:35:00+00	61669.64	-0.04156666666667055	0.1082888888888916	-0.014087499999997298	-0.04558761586948449	-0.0007067703991847431	61672.426	61656.886	61666.00066666667	61708.19066666667	61694.047333333336	20071.42115947014	-0.0022377421022550456	0.0064461817382696265	20070.731227949243	20067.73684784635	{}	2026-11-29 20:02:42.880696+00	2026-11-29 20:02:42.880696+00
BTCUSDT	2026-03-08 21:36:00+00	61633.99	-0.279966666666672	0.05915656565656801	-0.0025827380952367614	-0.060720281794587	-0.0016137075113455673	61669.15	61657.145	61660.388666666666	61707.792	61692.613333333335	20068.733942871753	-0.006642449064941805	0.007449381931523712	20070.241654535253	20067.721036697472	{}	2026-11-29 20:02:42.8807+00	2026-11-29 20:02:42.8807+00
BTCUSDT	2026-03-08 21:37:00+00	61618.46	-0.25098333333335177	-0.028039393939392115	-0.012857142857141558	-0.07520311457174678	-0.0029025608965451816	61651.094	61657.959	61656.586	61706.22866666667	61690.9425	20068.98496934604	-0.004379609951714277	0.007015888839800722	20069.732245907653	20067.939717311383	{}	2026-11-29 20:02:42.880704+00	2026-11-29 20:02:42.880704+00
BTCUSDT	2026-03-08 21:38:00+00	61582.51	-0.29446666666666715	-0.1268393939393931	-0.032682142857141855	-0.08962903225806476	-0.004650296378623555	61629.972	61653.133	61650.102	61702.43033333333	61688.4185	20072.049294033248	0.003735102684628752	0.008050415550658814	20070.1800067774	20068.308580662095	{}	2026-11-29 20:02:42.880707+00	2026-11-29 20:02:42.880707+00
BTCUSDT	2026-03-08 21:39:00+00	61554.78	-0.4686666666666618	-0.2498545454545467	-0.061648214285713585	-0.1074065999258439	-0.007639432249698857	61611.876	61646.322	61642.242	61698.06	61685.8005	20069.916646091013	0.0005105406720637499	0.00838180745599749	20070.221202362438	20068.463193973963	{}	2026-11-29 20:02:42.880711+00	2026-11-29 20:02:42.880711+00
BTCUSDT	2026-03-08 21:40:00+00	61564.42	-0.33803333333333285	-0.2520575757575804	-0.07846071428571469	-0.12170752688172058	-0.010255006020190662	61590.832	61631.629	61634.868	61693.585333333336	61683.364	20066.49234127764	-0.005919210738751038	0.005672272557220869	20069.23543872394	20068.59617227275	{}	2026-11-29 20:02:42.880715+00	2026-11-29 20:02:42.880715+00
BTCUSDT	2026-03-08 21:41:00+00	61529.74	-0.3258833333333435	-0.3238606060606098	-0.12391547619047655	-0.13953971078976657	-0.012774247476150765	61569.981999999996	61619.566	61628.09066666666	61688.186	61679.8135	20067.335619314043	-0.014759421365997696	0.0030517462158990245	20068.955774012396	20068.8054768407	{}	2026-11-29 20:02:42.880718+00	2026-11-29 20:02:42.880718+00
BTCUSDT	2026-03-08 21:42:00+00	61532.17	-0.2095333333333474	-0.3042292929292998	-0.17234464285714368	-0.1471232109751574	-0.014376400852088514	61552.724	61601.909	61622.880666666664	61680.31966666666	61675.918	20065.211929274676	-0.027092927156857818	-0.000916852031117785	20068.201165998125	20068.911887149527	{}	2026-11-29 20:02:42.880722+00	2026-11-29 20:02:42.880722+00
BTCUSDT	2026-03-08 21:43:00+00	61610.72	0.13271666666667442	-0.2004292929292951	-0.17365476190476328	-0.1427242491657396	-0.013782004260442713	61558.366	61594.169	61621.544	61674.55366666667	61673.42966666666	20070.452932544744	-0.0003463984925050075	-0.0025899541328518742	20067.88189370042	20069.338752118172	{}	2026-11-29 20:02:42.880726+00	2026-11-29 20:02:42.880726+00
BTCUSDT	2026-03-08 21:44:00+00	61610.34	0.28803333333333286	-0.1289606060606082	-0.17768214285714573	-0.1387328142380427	-0.013974400296378718	61569.477999999996	61590.676999999996	61620.70733333333	61669.253333333334	61671.47466666667	20069.179396401036	0.014152372462485801	-0.0034660332997241096	20067.734443762427	20069.441483736893	{}	2026-11-29 20:02:42.880729+00	2026-11-29 20:02:42.880729+00
BTCUSDT	2026-03-08 21:45:00+00	61721.48	0.7694166666666812	0.07768787878788105	-0.09253035714285902	-0.11916800148312914	-0.011401769009910152	61600.89	61595.861	61621.382666666665	61666.949	61671.596333333335	20066.972499766416	0.005402046718512186	-0.004414985470238902	20067.83047546018	20069.265714044453	{}	2026-11-29 20:02:42.880733+00	2026-11-29 20:02:42.880733+00
BTCUSDT	2026-03-08 21:46:00+00	61697.03	0.7341333333333386	0.2120252525252528	-0.04720714285714383	-0.09489773822766032	-0.009316078540335221	61634.348	61602.165	61624.49333333333	61661.85133333333	61671.19966666667	20066.365395723486	-0.001955833134513038	-0.004711024819573921	20067.63643074207	20068.944619763242	{}	2026-11-29 20:02:42.880736+00	2026-11-29 20:02:42.880736+00
BTCUSDT	2026-03-08 21:47:00+00	61673.19	0.35271666666667445	0.2946989898989925	0.013200595238094614	-0.07873040415276183	-0.009300388996943406	61662.552	61607.638	61622.12333333334	61657.89433333333	61671.255666666664	20066.735052907217	-0.017082933254338666	-0.004399585904439369	20067.94105546858	20068.624822458118	{}	2026-11-29 20:02:42.880742+00	2026-11-29 20:02:42.880742+00
BTCUSDT	2026-03-08 21:48:00+00	61686.24	0.17251666666667007	0.3382353535353572	0.071342857142857	-0.05908298109009981	-0.011056677780864986	61677.656	61618.011	61621.998	61654.02533333333	61672.78316666667	20064.665376067464	-0.01544247921057225	-0.005484751792733256	20066.783544173122	20068.28181488365	{}	2026-11-29 20:02:42.880745+00	2026-11-29 20:02:42.880745+00
BTCUSDT	2026-03-08 21:49:00+00	61717.98	-0.029650000000001456	0.3588595959596026	0.12241250000000256	-0.03310789766407056	-0.010774423450958458	61699.184	61634.331	61626.846	61650.61866666667	61674.0985	20067.269841349953	-0.001842227481580873	-0.005226001106934966	20066.401633162906	20068.119093095924	{}	2026-11-29 20:02:42.880749+00	2026-11-29 20:02:42.880749+00
BTCUSDT	2026-03-08 21:50:00+00	61727.79	0.17718333333334157	0.36614343434344016	0.18485059523809816	-0.0081568780126058	-0.011218417152912774	61700.446	61650.668	61630.72266666667	61648.361666666664	61676.120833333334	20069.194416353654	0.010321382838452943	-0.003205537190397081	20066.846016480355	20067.970643554825	{}	2026-11-29 20:02:42.880753+00	2026-11-29 20:02:42.880753+00
BTCUSDT	2026-03-08 21:51:00+00	61748.76	0.3211500000000039	0.3209535353535405	0.23558869047619346	0.010662588060809197	-0.010516532370102692	61710.792	61672.57	61638.374	61649.38133333333	61678.08833333333	20067.24207991	0.009238490486259252	-0.003145629510537176	20067.021353317657	20067.87118602404	{}	2026-11-29 20:02:42.880756+00	2026-11-29 20:02:42.880756+00
BTCUSDT	2026-03-08 21:52:00+00	61792.34	0.40496666666665987	0.2738353535353529	0.29025833333333434	0.029036633296255648	-0.008363216634250296	61734.622	61698.587	61649.966	61653.276	61680.56383333333	20064.93952618814	0.0008675646690001789	-0.0038367814316883856	20066.662247973843	20067.601489813514	{}	2026-11-29 20:02:42.88076+00	2026-11-29 20:02:42.88076+00
BTCUSDT	2026-03-08 21:53:00+00	61818.09	0.4412833333333037	0.28484444444444146	0.328188095238096	0.04980385613644776	-0.004537700287116882	61760.992	61719.324	61665.67133333333	61657.886666666665	61682.815833333334	20066.124682569458	-0.010908679544172628	-0.002334115773982419	20066.95410927424	20067.20651571593	{}	2026-11-29 20:02:42.880764+00	2026-11-29 20:02:42.880764+00
BTCUSDT	2026-03-08 21:54:00+00	61769.98	0.2561833333333319	0.2098020202020166	0.31884464285714487	0.06355728587319273	-0.0012001157728997703	61771.392	61735.288	61680.018	61661.13	61683.7045	20066.396388725196	-0.011189087662429908	-0.0013811304129387194	20066.77941874929	20066.97183189154	{}	2026-11-29 20:02:42.880767+00	2026-11-29 20:02:42.880767+00
BTCUSDT	2026-03-08 21:55:00+00	61754.48	-0.018199999999984964	0.21190707070707265	0.2948238095238123	0.07519262143122044	-0.000415638603315605	61776.73	61738.588	61692.68866666667	61663.778333333335	61685.56216666666	20065.290722170514	-0.00407642156986185	-0.0023099216604625674	20065.99867991266	20066.891723951067	{}	2026-11-29 20:02:42.880771+00	2026-11-29 20:02:42.880771+00
BTCUSDT	2026-03-08 21:56:00+00	61761.5	-0.20881666666664386	0.18656060606060576	0.24590059523809668	0.08197868001483206	0.0007215337593778263	61779.278	61745.035	61708.13933333333	61668.115	61687.381	20063.174626642478	-0.007272932483780702	-0.0036473334614332826	20065.18518925916	20066.61432443963	{}	2026-11-29 20:02:42.880775+00	2026-11-29 20:02:42.880775+00
BTCUSDT	2026-03-08 21:57:00+00	61786.62	-0.1190333333333183	0.1445373737373773	0.19480595238095402	0.08807804968483601	0.0019044225247756043	61778.134	61756.378	61725.102666666666	61673.99166666667	61689.93683333333	20062.108784133226	-0.018755931591967964	-0.006192449143840396	20064.619040848174	20066.407448096867	{}	2026-11-29 20:02:42.880778+00	2026-11-29 20:02:42.880778+00
BTCUSDT	2026-03-08 21:58:00+00	61663.08	-0.3027666666666725	-0.018210101010099424	0.11449523809524047	0.08193674453096116	0.0009145040288972378	61747.132000000005	61754.062	61728.59333333333	61675.068666666666	61689.64033333334	20062.029950664673	-0.019858023597219776	-0.006089985241597311	20063.800094467217	20065.845915971528	{}	2026-11-29 20:02:42.880782+00	2026-11-29 20:02:42.880782+00
BTCUSDT	2026-03-08 21:59:00+00	61604.24	-0.6648333333333479	-0.194503030303029	0.006370238095237479	0.0683232109751581	-0.002791729184032297	61713.984000000004	61742.688	61728.18666666667	61674.447	61689.027	20064.080467235966	-0.00594197641149852	-0.00523821724831513	20063.33691016937	20065.505987360524	{}	2026-11-29 20:02:42.880788+00	2026-11-29 20:02:42.880788+00
BTCUSDT	2026-03-08 22:00:00+00	61462.16	-1.3017666666666627	-0.46608181818181366	-0.1076678571428554	0.04973837597330435	-0.00993539409095077	61655.520000000004	61716.125	61710.89866666667	61666.140666666666	61685.8035	20064.17568473846	0.006622998824508007	-0.005094170766606112	20063.113902682962	20065.319533025326	{}	2026-11-29 20:02:42.880791+00	2026-11-29 20:02:42.880791+00
BTCUSDT	2026-03-08 22:01:00+00	61445.56	-1.4717333333333464	-0.6757888888888856	-0.2248297619047623	0.02420730441231067	-0.017415059738815998	61592.332	61685.805	61694.134	61659.31366666667	61682.33966666667	20064.22830425351	0.010641290523920665	-0.005050819565263045	20063.324638205166	20065.17706026066	{}	2026-11-29 20:02:42.880808+00	2026-11-29 20:02:42.880808+00
BTCUSDT	2026-03-08 22:02:00+00	61470.57	-0.9061666666666739	-0.7530848484848501	-0.32795476190476186	0.009593474230627001	-0.02385647402056094	61529.122	61653.628	61680.626000000004	61651.37466666667	61679.196833333335	20064.937868237394	0.009939453604971882	-0.004408581648025834	20063.890455026	20065.05724794934	{}	2026-11-29 20:02:42.880811+00	2026-11-29 20:02:42.880811+00
BTCUSDT	2026-03-08 22:03:00+00	61512.85	-0.290616666666671	-0.6983292929293011	-0.39518809523809717	-0.0010780496848345306	-0.028701944984717752	61499.076	61623.104	61669.066666666666	61645.532333333336	61676.60166666667	20062.58426080396	-0.0037170489417985664	-0.005625598616636255	20064.00131705386	20064.918506931772	{}	2026-11-29 20:02:42.880815+00	2026-11-29 20:02:42.880815+00
BTCUSDT	2026-03-08 22:04:00+00	61484.67	0.18718333333331733	-0.6609828282828358	-0.44872797619047766	-0.018406377456432556	-0.03513839955543189	61475.162	61594.573000000004	61653.51266666667	61640.17933333333	61674.10633333333	20062.850673638834	-0.007156776081337739	-0.005367512765750732	20063.75535833443	20064.623895751032	{}	2026-11-29 20:02:42.880819+00	2026-11-29 20:02:42.880819+00
BTCUSDT	2026-03-08 22:05:00+00	61484.66	0.1538333333333503	-0.5832292929292943	-0.4837130952380953	-0.03174260289210149	-0.04057402982309879	61479.662	61567.591	61637.304000000004	61634.013333333336	61671.102	20062.586394618287	-0.008951689781673242	-0.004040033188859222	20063.437500310396	20064.183360968673	{}	2026-11-29 20:02:42.880822+00	2026-11-29 20:02:42.880822+00
BTCUSDT	2026-03-08 22:06:00+00	61477.27	-0.024650000000001455	-0.4498848484848537	-0.49731964285714325	-0.04859940674823853	-0.04658049458182823	61486.004	61539.168	61619.204666666665	61628.789333333334	61668.29066666667	20063.79084790578	-0.003819844748165148	-0.0027470474691944262	20063.350009040852	20063.95327883506	{}	2026-11-29 20:02:42.880825+00	2026-11-29 20:02:42.880825+00
BTCUSDT	2026-03-08 22:07:00+00	61436.21	-0.2678000000000005	-0.2685363636363669	-0.4911220238095266	-0.07049414163885794	-0.0530042835972955	61479.132	61504.127	61595.462666666666	61622.71433333334	61664.4715	20065.57596102007	0.011539291165275549	-0.0016012882954009892	20063.477627597385	20063.995707823855	{}	2026-11-29 20:02:42.880829+00	2026-11-29 20:02:42.880829+00
BTCUSDT	2026-03-08 22:08:00+00	61421.78	-0.29038333333333866	-0.16678282828282984	-0.4574767857142907	-0.0967211716722282	-0.05873156895433916	61460.918	61479.997	61569.042	61617.35666666667	61659.8935	20064.626215795834	0.010901084526303749	-0.00032477914250259005	20063.88601859576	20063.895810038946	{}	2026-11-29 20:02:42.880833+00	2026-11-29 20:02:42.880833+00
BTCUSDT	2026-03-08 22:09:00+00	61378.19	-0.4473833333333338	-0.12128686868686922	-0.44131369047619295	-0.1296307378568777	-0.06569402148745017	61439.622	61457.392	61542.922666666665	61611.47033333333	61654.765166666664	20066.91963228973	0.015836405388229953	0.002125898550681476	20064.69981032594	20063.930692943246	{}	2026-11-29 20:02:42.880836+00	2026-11-29 20:02:42.880836+00
BTCUSDT	2026-03-08 22:10:00+00	61336.06	-0.5673999999999918	-0.22629090909090752	-0.426764880952383	-0.16465283648498344	-0.07316184588311557	61409.902	61444.782	61515.028	61603.85833333333	61648.72183333334	20067.478884470154	0.01453290733067964	0.004251944652257321	20065.678308296312	20064.07657042989	{}	2026-11-29 20:02:42.880842+00	2026-11-29 20:02:42.880842+00
BTCUSDT	2026-03-08 22:11:00+00	61355.62	-0.4114999999999903	-0.30648282828282536	-0.3758172619047629	-0.1998644790507973	-0.07995545521904208	61385.572	61435.788	61487.969333333334	61598.05433333333	61643.12016666667	20066.78808515513	0.008794861574072759	0.00495224541281589	20066.277755746185	20064.317467664066	{}	2026-11-29 20:02:42.880845+00	2026-11-29 20:02:42.880845+00
BTCUSDT	2026-03-08 22:12:00+00	61334.2	-0.32955000000000534	-0.3601888888888884	-0.2976732142857155	-0.23580882461994876	-0.08486369824951358	61365.17	61422.151	61457.808	61591.45533333333	61635.8875	20068.16078420482	0.011562649472295258	0.005501873242491716	20066.794720383135	20064.720934335506	{}	2026-11-29 20:02:42.880849+00	2026-11-29 20:02:42.880849+00
BTCUSDT	2026-03-08 22:13:00+00	61358.48	-0.06879999999999806	-0.3172949494949466	-0.2413113095238082	-0.2586456062291437	-0.08826764378994142	61352.51	61406.714	61437.50133333333	61583.047333333336	61628.8005	20066.096202860652	-0.00160826520581395	0.004793480999000427	20067.088717796098	20064.99201781524	{}	2026-11-29 20:02:42.880852+00	2026-11-29 20:02:42.880852+00
BTCUSDT	2026-03-08 22:14:00+00	61355.34	0.06903333333333042	-0.27738080808081034	-0.1961458333333342	-0.279993177604747	-0.09176891729184021	61347.94	61393.781	61420.908	61574.547333333336	61621.90033333333	20063.559936478494	-0.014216297129666296	0.0037627087376079413	20066.41677863385	20064.95731576474	{}	2026-11-29 20:02:42.880856+00	2026-11-29 20:02:42.880856+00
BTCUSDT	2026-03-08 22:15:00+00	61363.73	0.062266666666667636	-0.2037232323232271	-0.20032619047618808	-0.28577289581015985	-0.09405694174307662	61353.474	61381.688	61414.346	61562.62233333333	61614.78566666666	20065.265481493825	-0.012743425081565268	0.003518905874116821	20065.974098038583	20065.029968881765	{}	2026-11-29 20:02:42.880859+00	2026-11-29 20:02:42.880859+00
BTCUSDT	2026-03-08 22:16:00+00	61308.2	-0.07791666666666666	-0.1643282828282834	-0.22968988095238052	-0.29768097886540684	-0.09579025655274599	61343.99	61364.781	61405.18866666667	61549.66133333334	61605.75633333333	20067.82861975167	-0.002491750455210422	0.004303265342170475	20066.18220495789	20065.269989914977	{}	2026-11-29 20:02:42.880863+00	2026-11-29 20:02:42.880863+00
BTCUSDT	2026-03-08 22:17:00+00	61337.29	-0.1492000000000068	-0.10995454545454575	-0.22684702380952293	-0.3063179087875421	-0.09786710660368607	61344.608	61354.889	61396.30333333333	61538.46466666667	61598.1795	20069.155889935453	0.01731342903796758	0.0057642371709016515	20066.38122610402	20065.551191361512	{}	2026-11-29 20:02:42.880866+00	2026-11-29 20:02:42.880866+00
BTCUSDT	2026-03-08 22:18:00+00	61364.92	-0.012133333333331393	-0.02651212121212427	-0.18442500000000026	-0.3079929551353365	-0.09847391868111505	61345.896	61349.203	61386.441333333336	61527.754	61590.88966666667	20069.608746351634	0.0266467136465144	0.0060420610084269185	20067.083734802214	20066.019490398026	{}	2026-11-29 20:02:42.88087+00	2026-11-29 20:02:42.88087+00
BTCUSDT	2026-03-08 22:19:00+00	61397.78	0.20803333333332072	0.049856565656564364	-0.13292500000000118	-0.3001035965888032	-0.09727301102158	61354.384	61351.162	61380.64866666667	61517.08066666667	61583.84966666667	20066.27607059087	0.006335507990085413	0.0046400090605926555	20067.62696162469	20066.247850194828	{}	2026-11-29 20:02:42.880873+00	2026-11-29 20:02:42.880873+00
BTCUSDT	2026-03-08 22:20:00+00	61405.41	0.42485000000001794	0.08239292929292953	-0.0730785714285693	-0.2878917315535784	-0.09616958877465938	61362.72	61358.097	61375.365333333335	61506.33466666667	61577.34816666666	20064.63013085428	-0.015461328565615986	0.0022224090608213877	20067.49989149678	20066.384099277228	{}	2026-11-29 20:02:42.880877+00	2026-11-29 20:02:42.880877+00
BTCUSDT	2026-03-08 22:21:00+00	61393.27	0.2540833333333285	0.11161616161616161	-0.017092261904762426	-0.27218424175009304	-0.0972210289895341	61379.734	61361.862	61369.76533333334	61494.485	61571.93316666667	20065.735479928808	-0.019699059184410242	0.0007172693935297589	20067.081263532207	20066.513741412095	{}	2026-11-29 20:02:42.88088+00	2026-11-29 20:02:42.88088+00
BTCUSDT	2026-03-08 22:22:00+00	61347.48	-0.0656499999999869	0.06780606060606123	0.005262500000000669	-0.2537550241008531	-0.1004280124108547	61381.772	61363.19	61363.85	61479.65633333333	61566.466166666665	20067.46261712581	-0.008054748522851393	0.0006660721828033967	20066.74260897028	20066.639518485812	{}	2026-11-29 20:02:42.880886+00	2026-11-29 20:02:42.880886+00
BTCUSDT	2026-03-08 22:23:00+00	61342.05	-0.28231666666665356	0.04335454545455198	0.02376488095238225	-0.22965098257323005	-0.10335892840603854	61377.198000000004	61361.547	61358.53466666667	61463.78833333333	61560.8375	20070.954688488306	0.02031620344400532	0.0015053441171868967	20067.011797397616	20067.06141666531	{}	2026-11-29 20:02:42.880889+00	2026-11-29 20:02:42.880889+00
BTCUSDT	2026-03-08 22:24:00+00	61333.25	-0.32590000000000147	0.010733333333335744	0.02258928571428788	-0.20849291805710074	-0.10641777345558937	61364.292	61359.338	61355.53866666667	61449.23066666667	61555.18033333333	20071.76444283476	0.032479720867431755	0.0033974219851342284	20068.109471846394	20067.38440403498	{}	2026-11-29 20:02:42.880893+00	2026-11-29 20:02:42.880893+00
BTCUSDT	2026-03-08 22:25:00+00	61347.88	-0.17501666666667007	0.005196969696972343	0.010122619047618908	-0.1843047089358547	-0.10869613318514394	61352.786	61357.753	61356.32666666667	61435.67733333333	61549.72783333333	20074.78761448474	0.03734349136802242	0.006527083689285671	20070.140968572483	20067.871652702615	{}	2026-11-29 20:02:42.8809+00	2026-11-29 20:02:42.8809+00
BTCUSDT	2026-03-08 22:26:00+00	61363.36	0.06264999999998205	-0.044764646464646285	0.01271666666666793	-0.1546298850574713	-0.11148102713716757	61346.804000000004	61363.269	61356.842666666664	61422.406	61545.2605	20069.643808017096	0.013658846298343026	0.0067494971905632285	20070.92263419014	20068.062034226747	{}	2026-11-29 20:02:42.880903+00	2026-11-29 20:02:42.880903+00
BTCUSDT	2026-03-08 22:27:00+00	61367.33	0.1344499999999971	-0.06993838383838158	0.006304166666667307	-0.11868835743418567	-0.11450467722515502	61350.774	61366.273	61359.05133333334	61408.42966666666	61541.210666666666	20068.32730872924	-0.012292323892991893	0.006907052032351031	20071.09557251083	20068.07313586171	{}	2026-11-29 20:02:42.880907+00	2026-11-29 20:02:42.880907+00
BTCUSDT	2026-03-08 22:28:00+00	61307.66	-0.052883333333314415	-0.12472626262625977	-0.015380952380949003	-0.10025365220615393	-0.11835591831064167	61343.896	61360.547	61355.66333333333	61396.58233333333	61535.8255	20068.513510529807	-0.021603617275674575	0.006149144810221645	20070.60733691913	20068.23428970632	{}	2026-11-29 20:02:42.88091+00	2026-11-29 20:02:42.88091+00
BTCUSDT	2026-03-08 22:29:00+00	61345.85	-0.09959999999999126	-0.09671717171717319	-0.019623809523808676	-0.08184004449388146	-0.12108705658979334	61346.416	61355.354	61355.030666666666	61387.969333333334	61531.20816666666	20073.317720650517	-0.006783475259556629	0.0060413585475299365	20070.91799248228	20068.88480865112	{}	2026-11-29 20:02:42.880914+00	2026-11-29 20:02:42.880914+00
BTCUSDT	2026-03-08 22:30:00+00	61383.63	0.03176666666665066	-0.01539393939394101	-0.0035648809523800514	-0.07377897664071112	-0.12003049458182828	61353.566	61353.176	61356.35733333333	61385.35166666667	61525.746166666664	20071.450899998177	0.014340993139066996	0.005387074152948203	20070.250649584967	20069.297169884743	{}	2026-11-29 20:02:42.880918+00	2026-11-29 20:02:42.880918+00
BTCUSDT	2026-03-08 22:31:00+00	61323.42	-0.019750000000021826	0.002104040404033231	-0.04022083333333458	-0.0735177975528362	-0.12203808465314438	61345.578	61346.191	61357.372	61381.280333333336	61520.297	20072.80614959619	0.019825118670444983	0.006149839445539068	20070.883117900787	20069.629005207713	{}	2026-11-29 20:02:42.880921+00	2026-11-29 20:02:42.880921+00
BTCUSDT	2026-03-08 22:32:00+00	61312.82	-0.02018333333334643	-0.026801010101014686	-0.06834702380952487	-0.07061594364108241	-0.12238360655737712	61334.676	61342.725	61355.740666666665	61376.022	61513.698333333334	20071.317232971174	0.00849312304734364	0.0066279746935249155	20071.481102749174	20069.77309474343	{}	2026-11-29 20:02:42.880925+00	2026-11-29 20:02:42.880925+00
BTCUSDT	2026-03-08 22:33:00+00	61294.67	-0.28861666666666375	-0.07123737373737668	-0.08942202380952644	-0.06363611420096407	-0.12344082152449756	61332.078	61337.987	61351.05733333333	61368.74933333333	61507.14083333333	20070.823785854478	-0.008535894365134784	0.00698750151751396	20071.94315781411	20069.85409737695	{}	2026-11-29 20:02:42.88093+00	2026-11-29 20:02:42.880931+00
BTCUSDT	2026-03-08 22:34:00+00	61284.71	-0.37764999999999416	-0.12493434343434623	-0.09481785714286074	-0.059348387096774514	-0.1256164953227748	61319.85	61333.133	61343.51933333333	61362.084	61501.13166666667	20071.81348698055	-0.0020953162949384325	0.0061000915732618175	20071.642311080115	20070.223258469596	{}	2026-11-29 20:02:42.880934+00	2026-11-29 20:02:42.880934+00
BTCUSDT	2026-03-08 22:35:00+00	61275.51	-0.20654999999998835	-0.16093333333333606	-0.09368333333333453	-0.05456822395253951	-0.1270208993238862	61298.226	61325.896	61334.859333333334	61355.11233333333	61494.56283333333	20069.378204777273	-0.01059939271409045	0.0030845917655958747	20071.227772035934	20070.53979673113	{}	2026-11-29 20:02:42.880938+00	2026-11-29 20:02:42.880938+00
BTCUSDT	2026-03-08 22:36:00+00	61265.94	-0.18819999999998496	-0.17381212121212106	-0.09458511904762071	-0.050115535780496656	-0.12932880429749	61286.73	61316.154	61326.37066666667	61348.068	61488.42866666667	20070.163824076983	-0.006253998109314125	0.0006401665871683127	20070.699306932092	20070.83501967434	{}	2026-11-29 20:02:42.880941+00	2026-11-29 20:02:42.880941+00
BTCUSDT	2026-03-08 22:37:00+00	61261.53	-0.14174999999999272	-0.1666080808080799	-0.11155000000000091	-0.04928943270300329	-0.13185501991293883	61276.472	61305.574	61320.640666666666	61342.24533333333	61482.47983333333	20071.796405636236	0.0004926277665799716	-0.0005651619041988115	20070.795141465103	20071.123938908368	{}	2026-11-29 20:02:42.880944+00	2026-11-29 20:02:42.880945+00
BTCUSDT	2026-03-08 22:38:00+00	61278.64	-0.0435333333333377	-0.1887757575757529	-0.11885535714285696	-0.046986800148313135	-0.13459870334352128	61273.266	61302.672	61316.41333333333	61337.474	61477.41533333333	20074.218284440212	0.012046326297143726	0.0006435532959444788	20071.47404118225	20071.34151197183	{}	2026-11-29 20:02:42.880948+00	2026-11-29 20:02:42.880948+00
BTCUSDT	2026-03-08 22:39:00+00	61299.61	0.10149999999999029	-0.14358383838383357	-0.1178392857142851	-0.04637819799777519	-0.13727132999907374	61276.246	61298.048	61314.170666666665	61334.854666666666	61473.1625	20071.474644926206	0.013745567768492038	0.000900421009282798	20071.406272771383	20071.32219211126	{}	2026-11-29 20:02:42.880951+00	2026-11-29 20:02:42.880951+00
BTCUSDT	2026-03-08 22:40:00+00	61288.75	0.13949999999999516	-0.05694545454545181	-0.1123791666666672	-0.051197144975899306	-0.13973202741502272	61278.894	61288.56	61310.22866666667	61333.27766666667	61468.568	20075.10646497476	0.0159392018092088	0.004127402499304395	20072.55192481088	20071.343448810592	{}	2026-11-29 20:02:42.880955+00	2026-11-29 20:02:42.880955+00
BTCUSDT	2026-03-08 22:41:00+00	61305.69	0.1640500000000126	-0.002639393939390735	-0.08896964285714212	-0.05159547645532033	-0.1424542233953876	61286.844	61286.787	61306.384	61331.613333333335	61464.83383333333	20075.7394259763	0.01462370202445527	0.005149706892873274	20073.66704519074	20071.749823341208	{}	2026-11-29 20:02:42.880972+00	2026-11-29 20:02:42.880972+00
BTCUSDT	2026-03-08 22:42:00+00	61328.99	0.17796666666666472	0.06465252525252575	-0.05052857142857084	-0.051580237300704636	-0.14426365194035398	61300.336	61288.404	61303.828	61331.439666666665	61461.4475	20075.37201205478	0.010953727132049002	0.005029183327354379	20074.38216647445	20072.219470229575	{}	2026-11-29 20:02:42.880975+00	2026-11-29 20:02:42.880975+00
BTCUSDT	2026-03-08 22:43:00+00	61456.54	0.5901666666666643	0.22446565656565573	0.014926190476193197	-0.03502050426399675	-0.14018099935167183	61335.916	61304.591	61313.753333333334	61334.708333333336	61458.87783333333	20075.11685926453	0.012583292927780956	0.0044716860444092765	20074.561881439316	20072.65969347856	{}	2026-11-29 20:02:42.880978+00	2026-11-29 20:02:42.880978+00
BTCUSDT	2026-03-08 22:44:00+00	61539.51	1.0872833333333376	0.4159383838383833	0.12427559523809838	-0.010627363737486009	-0.13369934240992876	61383.896	61330.071	61326.664	61340.84733333333	61457.69733333333	20071.94951057607	-0.01156079251525322	0.004489122774067211	20074.656854569286	20072.568479473593	{}	2026-11-29 20:02:42.880982+00	2026-11-29 20:02:42.880982+00
BTCUSDT	2026-03-08 22:45:00+00	61537.77	1.124466666666655	0.5441323232323206	0.23936309523809585	0.013177308120133535	-0.12406007687320567	61433.7	61356.297	61336.94	61346.64866666667	61454.6355	20068.267079190475	-0.03061199175059907	0.0021646919535210363	20073.28897741243	20072.356224753083	{}	2026-11-29 20:02:42.880988+00	2026-11-29 20:02:42.880988+00
BTCUSDT	2026-03-08 22:46:00+00	61577.4	0.9634166666666715	0.6447383838383852	0.3331166666666671	0.03356989247311818	-0.11385855330184323	61488.042	61387.443	61353.872	61355.622	61452.64166666667	20071.745700393305	-0.02350400566167688	0.0021245567289036316	20072.490232295833	20072.285528139557	{}	2026-11-29 20:02:42.880991+00	2026-11-29 20:02:42.880991+00
BTCUSDT	2026-03-08 22:47:00+00	61554.06	0.38821666666665505	0.6563050505050481	0.3969797619047612	0.052800185391175106	-0.10485738168009641	61533.056	61416.695999999996	61369.954666666665	61362.84766666667	61450.65616666667	20071.526365381545	-0.012307996581221232	0.0013471459757418052	20071.721102961186	20072.299470300248	{}	2026-11-29 20:02:42.880995+00	2026-11-29 20:02:42.880995+00
BTCUSDT	2026-03-08 22:48:00+00	61565.3	0.11311666666667103	0.6380040404040407	0.44252380952380915	0.0748074527252501	-0.09507012596091505	61554.808	61445.362	61387.996666666666	61369.527	61448.6405	20071.905507927306	0.005285468155907438	0.00048028810807885575	20071.07883269374	20072.371585105102	{}	2026-11-29 20:02:42.880998+00	2026-11-29 20:02:42.880998+00
BTCUSDT	2026-03-08 22:49:00+00	61547.16	0.01113333333335807	0.5686010101010134	0.45965773809523847	0.09715524657026332	-0.08476987589145124	61556.338	61470.117	61405.49333333333	61374.50633333333	61445.7935	20070.45661358898	0.0075647938850185404	-0.0005833777019963582	20070.78025329632	20072.281126878996	{}	2026-11-29 20:02:42.881002+00	2026-11-29 20:02:42.881002+00
BTCUSDT	2026-03-08 22:50:00+00	61585.65	0.0160000000000097	0.4721121212121245	0.472826190476192	0.12341101223581809	-0.07298265721959792	61565.914000000004	61499.807	61426.16933333333	61380.51433333333	61443.4245	20071.53150380957	-0.0024969082667303157	-0.0022780645055555803	20071.43313822014	20072.42468014782	{}	2026-11-29 20:02:42.881005+00	2026-11-29 20:02:42.881005+00
BTCUSDT	2026-03-08 22:51:00+00	61588.09	0.14734999999999368	0.33668383838384025	0.4639934523809532	0.14719714497589886	-0.06040475131981097	61568.052	61528.047	61447.646	61387.00833333333	61440.746666666666	20072.082034298306	0.0012288895263069814	-0.0034974317384872155	20071.50040500114	20072.552560829237	{}	2026-11-29 20:02:42.881009+00	2026-11-29 20:02:42.881009+00
BTCUSDT	2026-03-08 22:52:00+00	61568.42	0.07861666666663951	0.15221212121211838	0.4256892857142848	0.16216028921023343	-0.04698439381309623	61570.924	61551.99	61468.10533333333	61394.373	61437.01466666667	20071.87878698045	0.0026199646926943388	-0.004138244743578417	20071.570889320923	20072.558052918852	{}	2026-11-29 20:02:42.881012+00	2026-11-29 20:02:42.881012+00
BTCUSDT	2026-03-08 22:53:00+00	61508.7	-0.15691666666669335	0.00680202020201544	0.3523821428571405	0.1684393770856506	-0.03426093822358076	61559.604	61557.206	61483.44266666667	61399.928	61431.858166666665	20077.735844149374	0.024842907152784997	-0.0011902452921185613	20072.736956565335	20072.792556899465	{}	2026-11-29 20:02:42.881016+00	2026-11-29 20:02:42.881016+00
BTCUSDT	2026-03-08 22:54:00+00	61519.82	-0.35175000000000484	-0.04684747474747704	0.2799999999999977	0.1736668520578419	-0.02230614522552577	61554.136	61555.237	61498.12333333334	61406.147	61427.68883333333	20077.775559755995	0.03023653623986926	0.00025842876798010404	20074.20074579874	20073.212617888115	{}	2026-11-29 20:02:42.881019+00	2026-11-29 20:02:42.88102+00
BTCUSDT	2026-03-08 22:55:00+00	61514.13	-0.327533333333328	-0.10362525252525982	0.18696785714285424	0.17858057100481942	-0.010712975826618735	61539.831999999995	61552.873	61513.14866666667	61411.68866666667	61423.683	20077.048813082205	0.02638388390557035	0.002758675378204749	20075.304207653266	20073.342107761946	{}	2026-11-29 20:02:42.88111+00	2026-11-29 20:02:42.88111+00
BTCUSDT	2026-03-08 22:56:00+00	61480.76	-0.2831499999999869	-0.14193030303030602	0.07468273809523712	0.1804525769373374	0.0003893581550430445	61518.366	61543.209	61524.82	61415.602	61419.004	20077.6027708542	0.017934894467210447	0.005675531768716135	20076.408354964446	20073.466330753807	{}	2026-11-29 20:02:42.881114+00	2026-11-29 20:02:42.881114+00
BTCUSDT	2026-03-08 22:57:00+00	61455.02	-0.2440333333333304	-0.21004545454546233	-0.0476529761904792	0.17914256581386676	0.011758034639251472	61495.686	61533.305	61533.222	61418.525	61413.477333333336	20078.436006163705	0.002045891878109008	0.00865369714235255	20077.719798801096	20073.670597027733	{}	2026-11-29 20:02:42.88112+00	2026-11-29 20:02:42.88112+00
BTCUSDT	2026-03-08 22:58:00+00	61448.1	-0.3375833333333382	-0.2519545454545504	-0.11963571428571716	0.16957956989247291	0.019754931925534756	61483.566	61521.585	61532.65933333333	61423.206333333335	61409.89433333333	20078.125654015	0.003478969332512255	0.011198667190282147	20077.79776077422	20073.871183344432	{}	2026-11-29 20:02:42.881124+00	2026-11-29 20:02:42.881124+00
BTCUSDT	2026-03-08 22:59:00+00	61465.05	-0.21803333333332073	-0.27493333333333014	-0.14454404761904785	0.1651873563218391	0.026751907937389966	61472.612	61513.373999999996	61527.69533333333	61427.17966666666	61407.5745	20077.44483457085	0.0021915435634885703	0.011772606263974316	20077.731615737193	20074.23753827742	{}	2026-11-29 20:02:42.881127+00	2026-11-29 20:02:42.881127+00
BTCUSDT	2026-03-08 23:00:00+00	61476.02	0.0009166666666593907	-0.2285848484848447	-0.1612779761904788	0.16543329625509773	0.030163966842641436	61464.99	61502.411	61523.57866666667	61430.259333333335	61407.8055	20079.198027353854	0.0036655690107606155	0.010996400956802236	20078.161458591523	20074.966268154978	{}	2026-11-29 20:02:42.881131+00	2026-11-29 20:02:42.881131+00
BTCUSDT	2026-03-08 23:01:00+00	61448.53	0.02490000000000388	-0.1823686868686851	-0.1669190476190497	0.15511750092695503	0.032343169398906975	61458.544	61488.455	61514.98733333333	61434.42966666666	61407.855	20073.90821235985	-0.01330535711476235	0.009021940679465284	20077.422546892652	20075.110435619412	{}	2026-11-29 20:02:42.881134+00	2026-11-29 20:02:42.881134+00
BTCUSDT	2026-03-08 23:02:00+00	61447.23	-0.0304333333333246	-0.1309959595959545	-0.17654523809523934	0.14251575824990695	0.035190599240529724	61456.986	61476.335999999996	61507.865333333335	61438.91	61407.466	20073.47717487901	-0.021389300804961143	0.006634715257694855	20076.430780635714	20075.24048958591	{}	2026-11-29 20:02:42.881138+00	2026-11-29 20:02:42.881138+00
BTCUSDT	2026-03-08 23:03:00+00	61484.71	0.01754999999999806	-0.08742323232322992	-0.15884345238095232	0.13086117908787476	0.04027804019635075	61464.308	61473.937	61502.492666666665	61445.244666666666	61406.997	20077.01608682562	-0.010963913275506153	0.005786460936810077	20076.208867197838	20075.5811948458	{}	2026-11-29 20:02:42.881141+00	2026-11-29 20:02:42.881141+00
BTCUSDT	2026-03-08 23:04:00+00	61536.64	0.2623666666666759	0.02056060606060856	-0.12334523809523613	0.12223637374860864	0.04601435120866893	61478.626	61475.619	61501.791333333334	61453.64233333334	61407.86316666667	20074.447735985574	-0.010654513784647861	0.0028739096227556244	20075.609447480783	20075.84726967224	{}	2026-11-29 20:02:42.881145+00	2026-11-29 20:02:42.881145+00
BTCUSDT	2026-03-08 23:05:00+00	61539.53	0.4523499999999937	0.12145151515151469	-0.06768809523809244	0.11099662588060753	0.05178120774289149	61491.328	61478.159	61498.71666666667	61462.443	61408.77766666667	20074.578426654978	0.0038516494946998136	0.0002900984309599153	20074.685527341007	20076.05039786193	{}	2026-11-29 20:02:42.881148+00	2026-11-29 20:02:42.881148+00
BTCUSDT	2026-03-08 23:06:00+00	61506.37	0.2884999999999976	0.14998787878788367	-0.021940476190473072	0.09313340748980342	0.05638247661387413	61502.896	61480.72	61493.26866666666	61470.45733333333	61409.26266666667	20076.38646978945	0.005634882750388594	-0.0014595685343006405	20075.181178826926	20076.337360228008	{}	2026-11-29 20:02:42.881152+00	2026-11-29 20:02:42.881152+00
BTCUSDT	2026-03-08 23:07:00+00	61494.23	-0.01871666666664775	0.13371414141414623	0.014246428571432695	0.07167497219132371	0.059465212559044155	61512.296	61484.641	61488.32266666667	61478.214	61410.229666666666	20075.907857806946	-0.0004628737224569098	-0.0037616579942940528	20075.667315412513	20076.605964949773	{}	2026-11-29 20:02:42.881155+00	2026-11-29 20:02:42.881155+00
BTCUSDT	2026-03-08 23:08:00+00	61498.79	-0.20166666666665453	0.10597575757576087	0.028311309523812833	0.050947905079718435	0.062211174400296346	61515.112	61489.71	61487.662	61485.55233333333	61411.513166666664	20075.794247850416	0.006704091469418927	-0.0035618357382647793	20075.422947617473	20076.47652519651	{}	2026-11-29 20:02:42.881161+00	2026-11-29 20:02:42.881161+00
BTCUSDT	2026-03-08 23:09:00+00	61505.37	-0.1264999999999903	0.09281212121212894	0.051002976190480435	0.031706154987022964	0.0638342363619525	61508.858	61493.742	61486.69866666666	61492.411	61413.63283333334	20077.08734000842	0.007376007946416697	-0.002688741681166513	20075.950868422042	20076.430643880005	{}	2026-11-29 20:02:42.881165+00	2026-11-29 20:02:42.881165+00
BTCUSDT	2026-03-08 23:10:00+00	61506.85	0.020166666666652115	0.08503737373737552	0.07246190476190696	0.00984942528735669	0.06418983050847457	61502.322	61496.825	61486.21333333333	61499.681	61416.47933333334	20075.922786708903	0.00042019340063537434	-0.0026059825490305924	20076.219740432825	20076.35557545512	{}	2026-11-29 20:02:42.881168+00	2026-11-29 20:02:42.881168+00
BTCUSDT	2026-03-08 23:11:00+00	61520.86	0.10219999999998738	0.05322626262626218	0.0843011904761936	-0.010171078976639929	0.06532257108456059	61505.22	61504.058000000005	61488.886666666665	61506.85333333333	61419.23333333333	20080.404015098207	0.015201422401684492	-0.00032523012675288296	20077.023249494578	20076.542325071387	{}	2026-11-29 20:02:42.881171+00	2026-11-29 20:02:42.881171+00
BTCUSDT	2026-03-08 23:12:00+00	61527.65	0.1220166666666652	0.011531313131315689	0.08432559523809727	-0.02837893956247622	0.06588270352875802	61511.904	61512.1	61493.72866666667	61513.475333333336	61422.4575	20080.018116170493	0.01960735288323728	0.002024769065646544	20077.845301167286	20076.647799071838	{}	2026-11-29 20:02:42.881175+00	2026-11-29 20:02:42.881175+00
BTCUSDT	2026-03-08 23:13:00+00	61554.05	0.19693333333333915	0.0192343434343462	0.08773154761904975	-0.03056036336670274	0.0676708530147265	61522.956	61519.034	61500.792	61516.725666666665	61425.717	20077.801634087	0.009206529364588883	0.003209274104422201	20078.246778414607	20076.626197743306	{}	2026-11-29 20:02:42.881178+00	2026-11-29 20:02:42.881178+00
BTCUSDT	2026-03-08 23:14:00+00	61566.81	0.2551833333333343	0.0822292929292907	0.09821904761904945	-0.022556062291433976	0.06953780216726872	61535.244	61522.051	61507.576	61517.63566666667	61429.241500000004	20080.72557877726	0.011672005209178072	0.005307176595972903	20078.974426168374	20076.84491402373	{}	2026-11-29 20:02:42.881182+00	2026-11-29 20:02:42.881182+00
BTCUSDT	2026-03-08 23:15:00+00	61576.46	0.25059999999998883	0.15111313131312512	0.11189404761904717	-0.01391657397107843	0.07170955821061414	61549.166	61525.744	61514.272	61518.92533333333	61432.787	20080.890562518318	0.0028009290783120376	0.008113393625917741	20079.967981330257	20076.957749701363	{}	2026-11-29 20:02:42.881185+00	2026-11-29 20:02:42.881185+00
BTCUSDT	2026-03-08 23:16:00+00	61347.81	-0.5621166666666856	-0.03217171717172452	0.011229166666664184	-0.025594846125324047	0.06586837547466885	61514.556	61509.888	61507.55733333333	61511.272333333334	61433.447166666665	20080.507606855455	0.006779849668734338	0.008140340134640003	20079.988699681704	20077.397709334404	{}	2026-11-29 20:02:42.881189+00	2026-11-29 20:02:42.881189+00
BTCUSDT	2026-03-08 23:17:00+00	61345.52	-1.0601000000000205	-0.19899494949495714	-0.08501369047619327	-0.03849955506117931	0.06074968972862819	61478.13	61495.017	61500.776666666665	61504.320999999996	61433.58433333333	20077.573415507453	-0.0011240151348344322	0.006346629870843225	20079.499759549097	20077.670792042965	{}	2026-11-29 20:02:42.881192+00	2026-11-29 20:02:42.881192+00
BTCUSDT	2026-03-08 23:18:00+00	61312.25	-1.2334333333333294	-0.3609545454545518	-0.1712172619047652	-0.052143270300333555	0.05549487357599318	61429.77	61476.363	61489.27933333333	61495.886	61432.7065	20077.66773803458	-0.015721380827041383	0.006033592978136377	20079.472980338614	20077.714235456897	{}	2026-11-29 20:02:42.881196+00	2026-11-29 20:02:42.881196+00
BTCUSDT	2026-03-08 23:19:00+00	61315.83	-0.9280333333333203	-0.47466363636363756	-0.22093511904762203	-0.06561056729699587	0.05131490228767237	61379.574	61457.409	61474.558666666664	61488.175	61431.34066666666	20076.537433862017	-0.019243543555797563	0.0039877830415443495	20078.635351355566	20077.853548648658	{}	2026-11-29 20:02:42.881199+00	2026-11-29 20:02:42.881199+00
BTCUSDT	2026-03-08 23:20:00+00	61332.58	-0.10024999999997818	-0.5332101010101018	-0.24915416666666976	-0.07113718946978002	0.04788401870890063	61330.798	61439.982	61460.762	61479.73933333333	61430.126833333336	20082.113540315542	0.00362647545789514	0.0042031976676588844	20078.87994691501	20078.355889559363	{}	2026-11-29 20:02:42.881205+00	2026-11-29 20:02:42.881205+00
BTCUSDT	2026-03-08 23:21:00+00	61330.51	-0.01614999999997963	-0.5428656565656546	-0.28170773809523947	-0.07472925472747387	0.04412109382235802	61327.338	61420.947	61449.038	61471.153333333335	61429.08083333333	20079.810094146254	0.014865265930942163	0.003871297307475418	20078.74044437317	20078.58413118315	{}	2026-11-29 20:02:42.881222+00	2026-11-29 20:02:42.881222+00
BTCUSDT	2026-03-08 23:22:00+00	61335.89	0.10326666666666522	-0.5016313131313104	-0.30733273809523864	-0.07809362254356612	0.039269787904047455	61325.412000000004	61401.771	61438.482	61463.40233333333	61428.88766666667	20078.34924962227	0.007726139099371115	0.0024990140970112405	20078.895611196134	20078.746890637507	{}	2026-11-29 20:02:42.881226+00	2026-11-29 20:02:42.881226+00
BTCUSDT	2026-03-08 23:23:00+00	61294.23	-0.06648333333333237	-0.4301969696969605	-0.33871964285714184	-0.09107756766777816	0.03313757525238513	61321.808000000005	61375.789	61424.844666666664	61456.253333333334	61428.09066666666	20080.689114925914	0.007565119057538444	0.0019022538423760576	20079.4998865744	20079.073215109205	{}	2026-11-29 20:02:42.88123+00	2026-11-29 20:02:42.88123+00
BTCUSDT	2026-03-08 23:24:00+00	61323.25	-0.09156666666667054	-0.2657141414141347	-0.34270535714285527	-0.09807248794957285	0.02759396128554251	61323.292	61351.433	61412.70333333333	61449.701	61427.924	20081.602930517645	-0.00023699802689103913	0.0020106471193278032	20080.512985905527	20079.374254476486	{}	2026-11-29 20:02:42.881233+00	2026-11-29 20:02:42.881233+00
BTCUSDT	2026-03-08 23:25:00+00	61291.44	-0.15129999999999805	-0.07022323232322489	-0.3483999999999979	-0.10768416759362189	0.021603760303788272	61315.064	61322.931	61398.342666666664	61442.278	61426.98333333333	20080.478523901707	0.0076509006771326915	0.0008272033000338568	20080.18598262276	20079.67797028934	{}	2026-11-29 20:02:42.881237+00	2026-11-29 20:02:42.881237+00
BTCUSDT	2026-03-08 23:26:00+00	61295.71	-0.13858333333333575	-0.06732626262625957	-0.3328220238095223	-0.11902094920281725	0.016219787904047635	61308.104	61317.721	61383.33266666667	61436.10966666666	61425.855833333335	20079.29589535658	0.0028045007406823667	0.0010137410346526719	20080.083142864823	20079.6040956399	{}	2026-11-29 20:02:42.88124+00	2026-11-29 20:02:42.88124+00
BTCUSDT	2026-03-08 23:27:00+00	61287.82	-0.06726666666667977	-0.06362121212121417	-0.3038964285714268	-0.1327924731182793	0.010795044919885378	61298.49	61311.951	61367.344	61430.53633333334	61424.530666666666	20080.24506044697	-0.005325240198253596	0.00147796233788172	20080.462305029763	20079.61922525833	{}	2026-11-29 20:02:42.881244+00	2026-11-29 20:02:42.881244+00
BTCUSDT	2026-03-08 23:28:00+00	61249.84	-0.25073333333334935	-0.11975353535354247	-0.26394880952380806	-0.1502033741193923	0.0027206446235067423	61289.612	61305.71	61347.06333333333	61423.92766666667	61423.567	20080.03009350813	-0.005631895789617071	0.0007836378365690118	20080.330500746208	20079.76778921974	{}	2026-11-29 20:02:42.881248+00	2026-11-29 20:02:42.881248+00
BTCUSDT	2026-03-08 23:29:00+00	61226.89	-0.29161666666668073	-0.18016363636364324	-0.2093797619047617	-0.1666635150166854	-0.004848439381309459	61270.34	61296.816	61324.402	61415.989	61421.58433333333	20080.577229165694	0.0015526811325374487	0.001576994746202174	20080.125360475817	20079.757899245637	{}	2026-11-29 20:02:42.881251+00	2026-11-29 20:02:42.881251+00
BTCUSDT	2026-03-08 23:30:00+00	61238.7	-0.29158333333334063	-0.19325858585859415	-0.12506130952381078	-0.17882673340749067	-0.01091743539872185	61259.792	61287.428	61301.884666666665	61408.07833333333	61419.16883333334	20082.881333571848	0.012505075248767147	0.003417789178639569	20080.605922409843	20079.890617315872	{}	2026-11-29 20:02:42.881255+00	2026-11-29 20:02:42.881255+00
BTCUSDT	2026-03-08 23:31:00+00	61225.15	-0.22746666666665988	-0.20200606060606507	-0.13516488095238252	-0.19384682981090193	-0.018923265721959775	61245.68	61276.892	61293.70733333333	61400.632333333335	61417.531	20086.02409588291	0.024015518225993824	0.0062672097908983105	20081.95156251511	20080.258383251035	{}	2026-11-29 20:02:42.881261+00	2026-11-29 20:02:42.881261+00
BTCUSDT	2026-03-08 23:32:00+00	61251.34	0.0021000000000033956	-0.1596818181818261	-0.12814523809524264	-0.20454371523915563	-0.026421941279985286	61238.384	61268.437	61287.42866666667	61394.102666666666	61416.50633333333	20086.102660441502	0.02932000097326939	0.0074237692185546884	20083.123082514016	20080.82699957997	{}	2026-11-29 20:02:42.881264+00	2026-11-29 20:02:42.881264+00
BTCUSDT	2026-03-08 23:33:00+00	61251.08	0.10170000000000678	-0.14680202020202202	-0.13147083333333714	-0.20950786058583692	-0.034383490784477236	61238.632	61264.122	61283.350666666665	61386.315	61415.779833333334	20090.41597559166	0.03816469953597334	0.009914765630381095	20085.200258930723	20081.676882083775	{}	2026-11-29 20:02:42.881268+00	2026-11-29 20:02:42.881268+00
BTCUSDT	2026-03-08 23:34:00+00	61241.17	0.05145000000000437	-0.10196969696969918	-0.1335797619047658	-0.20783611420096518	-0.04285678892284911	61241.488	61255.914	61278.37333333334	61376.466	61415.05416666667	20092.66060934053	0.0399173854101961	0.012043962357953379	20087.61693496569	20082.75176044901	{}	2026-11-29 20:02:42.881271+00	2026-11-29 20:02:42.881271+00
BTCUSDT	2026-03-08 23:35:00+00	61191.34	-0.1296500000000136	-0.12120000000000125	-0.14403095238095673	-0.20899914720059487	-0.05291112346022064	61232.015999999996	61245.903999999995	61268.95733333333	61364.85966666666	61413.651333333335	20094.574086777026	0.039429884478771174	0.01666601731202242	20089.955485606726	20083.58246354644	{}	2026-11-29 20:02:42.881274+00	2026-11-29 20:02:42.881275+00
BTCUSDT	2026-03-08 23:36:00+00	61198.83	-0.2745999999999913	-0.10865454545454328	-0.14393988095238322	-0.2105862439747881	-0.06295319533203676	61226.752	61236.216	61260.17866666667	61354.60833333333	61412.53283333333	20093.990343843434	0.033222463315384324	0.019206267721393444	20091.54873519883	20084.527813526256	{}	2026-11-29 20:02:42.881278+00	2026-11-29 20:02:42.881278+00
BTCUSDT	2026-03-08 23:37:00+00	61193.03	-0.26406666666667056	-0.09057676767676465	-0.13586547619047887	-0.21191179087875506	-0.07321615726590737	61215.09	61226.737	61250.65466666667	61344.568333333336	61411.39116666667	20094.096027877407	0.014483065123998435	0.020250850413429444	20093.14740868601	20085.577598743264	{}	2026-11-29 20:02:42.881281+00	2026-11-29 20:02:42.881282+00
BTCUSDT	2026-03-08 23:38:00+00	61184.06	-0.18754999999999805	-0.10370404040404096	-0.14286309523809693	-0.21144412309974153	-0.08317742428452368	61201.686	61220.159	61243.31	61334.077333333335	61409.81483333333	20094.116382834687	0.004055813481154473	0.021480827681355848	20093.887490134617	20086.47274993718	{}	2026-11-29 20:02:42.881285+00	2026-11-29 20:02:42.881285+00
BTCUSDT	2026-03-08 23:39:00+00	61204.88	0.020516666666662787	-0.11011515151515293	-0.1208089285714305	-0.20564749721913345	-0.0918898675558028	61194.428	61217.958	61235.418666666665	61324.061	61408.236	20096.27220012827	0.005870442822906625	0.023244970299292185	20094.609808292164	20087.450701244557	{}	2026-11-29 20:02:42.881289+00	2026-11-29 20:02:42.881289+00
BTCUSDT	2026-03-08 23:40:00+00	61209.67	0.05588333333331927	-0.09460303030303395	-0.10486071428571496	-0.19693737486095775	-0.1006904788367142	61198.094	61215.055	61229.967333333334	61314.155	61406.918	20095.611969680896	0.00903237320964763	0.02332541436545766	20094.81738487294	20088.459597629837	{}	2026-11-29 20:02:42.881292+00	2026-11-29 20:02:42.881292+00
BTCUSDT	2026-03-08 23:41:00+00	61191.08	0.036183333333344	-0.10518181818181623	-0.08975773809523721	-0.18641205042640055	-0.10944723997406706	61196.544	61211.648	61222.992	61303.162333333334	61405.00783333334	20093.345395852226	-9.462006922452322e-06	0.02099749587561681	20094.688395274698	20089.39623099621	{}	2026-11-29 20:02:42.881296+00	2026-11-29 20:02:42.881296+00
BTCUSDT	2026-03-08 23:42:00+00	61174.23	-0.05576666666664096	-0.09509595959595642	-0.07920476190475884	-0.1744725621060441	-0.1179000416782441	61192.784	61203.937	61215.41933333333	61291.38166666667	61402.4285	20093.323090887414	-0.007522313617652495	0.018275987235406754	20094.533807876698	20090.268099692243	{}	2026-11-29 20:02:42.881299+00	2026-11-29 20:02:42.881299+00
BTCUSDT	2026-03-08 23:43:00+00	61189.65	-0.10983333333331151	-0.055703030303022864	-0.07355119047618765	-0.15521968854282514	-0.12218508845049557	61193.902	61197.794	61211.40666666667	61279.235	61397.98033333333	20090.981356626755	-0.021450942994191185	0.013697936584732945	20093.906802635112	20090.998183900152	{}	2026-11-29 20:02:42.881305+00	2026-11-29 20:02:42.881305+00
BTCUSDT	2026-03-08 23:44:00+00	61201.92	-0.028216666666667153	-0.003756565656560747	-0.07013095238095005	-0.1304785317018912	-0.1235439149763824	61193.31	61193.869	61209.742	61267.072	61392.353833333334	20089.616800552016	-0.023923962472053972	0.008160000792316472	20092.575722719863	20091.60082199257	{}	2026-11-29 20:02:42.881308+00	2026-11-29 20:02:42.881308+00
BTCUSDT	2026-03-08 23:45:00+00	61235.07	0.1927833333333183	0.030888888888890652	-0.0457880952380938	-0.09835776789024857	-0.12373348615356133	61198.39	61198.242	61209.5	61255.69233333333	61387.308833333336	20093.169523777953	-0.006763390806572716	0.004661489193023218	20092.087233539274	20092.286701339646	{}	2026-11-29 20:02:42.881312+00	2026-11-29 20:02:42.881312+00
BTCUSDT	2026-03-08 23:46:00+00	61251.24	0.3323999999999796	0.07972222222222441	-0.02094404761904595	-0.08824827586206957	-0.12208140687227945	61210.422	61203.483	61211.23933333333	61252.473333333335	61381.872833333335	20096.537138820797	0.014360438363273715	0.003450311735532956	20092.725582132985	20092.987570868838	{}	2026-11-29 20:02:42.881315+00	2026-11-29 20:02:42.881315+00
BTCUSDT	2026-03-08 23:47:00+00	61267.39	0.34133333333332605	0.126205050505052	0.021547619047619482	-0.07594931405265207	-0.12034530888209717	61229.054	61210.919	61212.30933333333	61249.869	61377.095	20099.585785938845	0.04021532815493629	0.0029210392397804492	20093.978121143275	20093.886445901993	{}	2026-11-29 20:02:42.881319+00	2026-11-29 20:02:42.881319+00
BTCUSDT	2026-03-08 23:48:00+00	61250.92	0.2171999999999995	0.13272626262626094	0.056097619047620055	-0.06866607341490656	-0.11847618782995298	61241.308	61217.604999999996	61212.29866666667	61247.82466666667	61371.85533333333	20100.487883182217	0.046930712368824366	0.004019033196856243	20095.879426454365	20094.55790640803	{}	2026-11-29 20:02:42.881323+00	2026-11-29 20:02:42.881323+00
BTCUSDT	2026-03-08 23:49:00+00	61310.45	0.2507333333333251	0.20299191919191284	0.11074226190476154	-0.05411546162402787	-0.1152018199499863	61263.013999999996	61228.162	61216.91733333333	61247.645333333334	61367.91016666667	20101.46962552295	0.03425157975235682	0.005995441367357931	20098.249991448552	20095.145174153527	{}	2026-11-29 20:02:42.881326+00	2026-11-29 20:02:42.881326+00
BTCUSDT	2026-03-08 23:50:00+00	61306.26	0.25516666666667637	0.2534434343434289	0.13578869047619008	-0.038050203930293514	-0.11073540798369916	61277.252	61237.820999999996	61224.57866666667	61246.768	61363.253666666664	20105.701060727344	0.033686138995332536	0.010121781070019788	20100.75629883843	20095.88697241688	{}	2026-11-29 20:02:42.88133+00	2026-11-29 20:02:42.88133+00
BTCUSDT	2026-03-08 23:51:00+00	61138.68	-0.3367999999999908	0.11138080808080496	0.08773630952381047	-0.040047052280311767	-0.1105199916643513	61254.74	61232.581	61220.568666666666	61240.37366666667	61355.7635	20105.4777310768	0.028328446368395818	0.013214774048106804	20102.54441728963	20096.652798232437	{}	2026-11-29 20:02:42.881336+00	2026-11-29 20:02:42.881336+00
BTCUSDT	2026-03-08 23:52:00+00	61155.78	-0.6034166666666594	-0.02327272727272747	0.04762738095238135	-0.03816425658138704	-0.10997677595628427	61232.418	61230.736	61218.085333333336	61234.37	61348.88616666666	20104.024441181802	0.018468702588367403	0.015068782250802888	20103.432148338223	20097.314692452732	{}	2026-11-29 20:02:42.881339+00	2026-11-29 20:02:42.881339+00
BTCUSDT	2026-03-08 23:53:00+00	61235.93	-0.49919999999999465	-0.06420202020201711	0.03886011904761896	-0.031116054875787797	-0.10854849495230182	61229.42	61235.364	61221.543333333335	61232.426666666666	61344.34	20105.12339988869	0.009384881976560185	0.01679940576909736	20104.359251679518	20098.048493589664	{}	2026-11-29 20:02:42.881343+00	2026-11-29 20:02:42.881343+00
BTCUSDT	2026-03-08 23:54:00+00	61231.62	-0.08671666666666472	-0.10476565656565145	0.035123809523809627	-0.020763329625509204	-0.10667121422617402	61213.654	61238.334	61223.326	61229.37233333333	61339.53666666667	20107.059041082597	0.003936049203991085	0.01970794652858374	20105.477134791447	20098.767616319954	{}	2026-11-29 20:02:42.881346+00	2026-11-29 20:02:42.881346+00
BTCUSDT	2026-03-08 23:55:00+00	61238.58	0.45940000000001113	-0.10816868686867978	0.03497678571428575	-0.01263904338153383	-0.10449757803093472	61200.118	61238.685	61225.253333333334	61227.61033333333	61334.94416666667	20107.860806981924	0.013001252851736353	0.021994087095329927	20105.909084042363	20099.584205473355	{}	2026-11-29 20:02:42.881352+00	2026-11-29 20:02:42.881352+00
BTCUSDT	2026-03-08 23:56:00+00	61268.13	0.37891666666666424	-0.06745050505050232	0.03656904761904719	-0.0004545420837958559	-0.102204010373252	61226.008	61240.373999999996	61230.39	61226.691	61331.40033333333	20109.37503584348	0.022397660694320316	0.023102738025201602	20106.688544995697	20100.652848139438	{}	2026-11-29 20:02:42.88141+00	2026-11-29 20:02:42.88141+00
BTCUSDT	2026-03-08 23:57:00+00	61289.17	0.23831666666665113	0.006927272727273639	0.034317857142857684	0.01328995179829525	-0.0998657636380479	61252.686	61242.551999999996	61238.05266666666	61226.736	61328.63616666666	20109.242146244997	0.017589145789164224	0.023191251639648164	20107.73208600834	20101.71411849661	{}	2026-11-29 20:02:42.881414+00	2026-11-29 20:02:42.881414+00
BTCUSDT	2026-03-08 23:58:00+00	61306.74	0.33471666666664535	0.07457777777777555	0.039888690476191216	0.024548164627364113	-0.09708933500046348	61266.848	61248.134	61245.85866666667	61228.632666666665	61326.280166666664	20109.1475146848	0.009263810779126894	0.021177661065747175	20108.53690896756	20102.92519570048	{}	2026-11-29 20:02:42.881418+00	2026-11-29 20:02:42.881418+00
BTCUSDT	2026-03-08 23:59:00+00	61343.8	0.4150833333333382	0.23078686868686657	0.059774404761906444	0.036731442343345216	-0.09269059924052998	61289.284	61251.469	61255.31733333333	61232.52966666667	61324.259333333335	20112.187038910226	0.014041571163203722	0.018699431380062467	20109.562508533087	20104.429878257695	{}	2026-11-29 20:02:42.881421+00	2026-11-29 20:02:42.881421+00
BTCUSDT	2026-03-09 00:00:00+00	61366.47	0.4188500000000204	0.3962121212121218	0.09644642857143093	0.05184286243974852	-0.08725027785495994	61314.862	61257.49	61264.077333333335	61236.78866666667	61322.4335	20110.17739774772	0.007582694122847897	0.01573215760579149	20110.025826686244	20105.563736522345	{}	2026-11-29 20:02:42.881425+00	2026-11-29 20:02:42.881425+00
\.


COPY market.model_evaluations (evaluation_id, run_id, candidate, is_baseline, symbol, horizon_minutes, threshold, fold, as_of, model_id, log_loss, log_loss_skill, skill_low, skill_high, auc_up, auc_down, auc_big_move, auc_direction, calibration_error, rows, events, days, evaluated_from, evaluated_to, created_at, share_up, share_down, average_precision_lift_up, average_precision_lift_down, precision_top_up, precision_top_down, brier, brier_prior, mcc, recall_down, recall_sideways, recall_up, precision_down, precision_sideways, precision_up, share_decided_down, share_decided_sideways, share_decided_up, decided_rows, decided_events, decided_days, legacy_accuracy, legacy_directional_accuracy, legacy_directional_rows, legacy_high_confidence_accuracy, legacy_high_confidence_rows, legacy_balanced_score, legacy_sideways_accuracy, legacy_sideways_balanced_score, curves, recipe_hash, trades, trades_a_day, win_rate, mean_net_return_bps, net_return_low_bps, net_return_high_bps, net_return, sharpe, max_drawdown, hold_net_return, hold_sharpe, hold_max_drawdown, deflated_sharpe, lucky_sharpe, trials, placebo_skill, placebo_low, placebo_high, daily_from, daily_net_returns) FROM stdin;
1	924ab526-2dd1-4d0f-9426-bfa44da2a520	class_prior	t	BTCUSDT	15	0.00300	\N	2026-03-08 23:30:00+00	\N	0.5575242446041127	3.3306690738754696e-16	0	3.3306690738754696e-16	0.501797724283285	0.5234132715110976	0.5133112936943944	0.4800137362637363	0.03917555890328908	5476	134	4	2026-03-05 04:00:00+00	2026-03-08 23:16:00+00	2026-11-29 20:03:00.67143+00	0.08308984660336012	0.07596785975164354	1.0033184398019561	1.0470136834319526	0.08363769174579985	0.08254200146092038	0.2843617295871965	0.2843617295871965	0	0	1	0	\N	0.8480642804967129	\N	0.06939371804236669	0.8480642804967129	0.08254200146092038	2738	65	2	0.8409422936449964	\N	0	0.8480642804967129	2738	0.4218955441928415	0.8409422936449964	0.4204711468224982	{"months": [{"days": 4, "rows": 5476, "month": "2026-03", "events": 134, "prior_up": 669.525360554411, "prior_down": 471.4190859711556, "expected_up": 669.5253605544111, "observed_up": 455, "expected_down": 471.4190859711557, "observed_down": 416}], "regimes": [{"days": 4, "rows": 2160, "events": 61, "regime": "calm", "skill_low": 0.0, "skill_high": 0.00000000000000033306690738754696, "log_loss_skill": 0.0000000000000002220446049250313}, {"days": 4, "rows": 1559, "events": 49, "regime": "middle", "skill_low": 0.0, "skill_high": 0.0000000000000002220446049250313, "log_loss_skill": 0.0}, {"days": 4, "rows": 1757, "events": 53, "regime": "lively", "skill_low": 0.0, "skill_high": 0.0000000000000002220446049250313, "log_loss_skill": 0.0000000000000002220446049250313}], "confusion": [[0, 190, 0], [0, 2322, 0], [0, 226, 0]], "importance": null, "calibration_up": [{"rows": 2738, "observed": 0.08254200146092038, "predicted": 0.1103202846975089}, {"rows": 2738, "observed": 0.08363769174579985, "predicted": 0.1342105263157895}], "calibration_down": [{"rows": 2738, "observed": 0.06939371804236669, "predicted": 0.0800711743772242}, {"rows": 2738, "observed": 0.08254200146092038, "predicted": 0.09210526315789475}], "hold_daily_net_returns": [0.007090728816354197, 0.0007722906850478051]}	6b887d270f2d59ef00baec02131ad923866c8055ab2142beed7d408bc8065b13	0	0	\N	\N	\N	\N	0	\N	0	0.007868495605217074	16.81167748215726	0.02407781716693813	\N	\N	\N	\N	\N	\N	2026-03-07	{0,0}
2	924ab526-2dd1-4d0f-9426-bfa44da2a520	class_prior	t	BTCUSDT	15	0.00300	0	2026-03-08 23:30:00+00	\N	0.578772662280443	3.3306690738754696e-16	\N	\N	0.5	0.5	0.5	0.5	0.05057283456998964	2738	69	3	2026-03-05 04:00:00+00	2026-03-07 01:38:00+00	2026-11-29 20:03:00.676598+00	0.08363769174579985	0.08254200146092038	1	1	0.08363769174579985	0.08254200146092038	0.2972006681383801	0.2972006681383801	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	0	0	0	0.8338203067932798	\N	0	\N	0	0.25014609203798394	0.8338203067932798	0.4169101533966399	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N
3	924ab526-2dd1-4d0f-9426-bfa44da2a520	class_prior	t	BTCUSDT	15	0.00300	1	2026-03-08 23:30:00+00	\N	0.5362758269277822	0	0	0	0.5	0.5	0.5	0.5	0.02777828323658852	2738	65	2	2026-03-07 01:38:00+00	2026-03-08 23:16:00+00	2026-11-29 20:03:00.700176+00	0.08254200146092038	0.06939371804236669	1	1	0.08254200146092038	0.06939371804236669	0.2715227910360166	0.2715227910360166	0	0	1	0	\N	0.8480642804967129	\N	0.06939371804236669	0.8480642804967129	0.08254200146092038	2738	65	2	0.8480642804967129	\N	0	0.8480642804967129	2738	0.42403214024835645	0.8480642804967129	0.42403214024835645	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N
4	924ab526-2dd1-4d0f-9426-bfa44da2a520	always_sideways	t	BTCUSDT	15	0.00300	\N	2026-03-08 23:30:00+00	\N	2.1974654214711338	-2.9414706046218893	-3.0178804316329053	-2.6801596155592327	0.5	0.5	0.5	0.5	0.08308884660536012	5476	134	4	2026-03-05 04:00:00+00	2026-03-08 23:16:00+00	2026-11-29 20:03:00.7099+00	0.08308984660336012	0.07596785975164354	1	1	0.08308984660336012	0.07596785975164354	0.3181144583716735	0.2843617295871965	0	0	1	0	\N	0.8480642804967129	\N	0.06939371804236669	0.8480642804967129	0.08254200146092038	2738	65	2	0.8409422936449964	\N	0	0.8409422936449964	5476	0.4204711468224982	0.8409422936449964	0.4204711468224982	{"months": [{"days": 4, "rows": 5476, "month": "2026-03", "events": 134, "prior_up": 669.525360554411, "prior_down": 471.4190859711556, "expected_up": 0.005475989048021904, "observed_up": 455, "expected_down": 0.005475989048021904, "observed_down": 416}], "regimes": [{"days": 4, "rows": 2160, "events": 61, "regime": "calm", "skill_low": -2.907787672256617, "skill_high": -1.8857264290581726, "log_loss_skill": -2.767334154709253}, {"days": 4, "rows": 1559, "events": 49, "regime": "middle", "skill_low": -2.94514228665523, "skill_high": -2.878636522124533, "log_loss_skill": -2.9249794153162774}, {"days": 4, "rows": 1757, "events": 53, "regime": "lively", "skill_low": -3.206524523444564, "skill_high": -2.9334544752938227, "log_loss_skill": -3.136527345360218}], "confusion": [[0, 190, 0], [0, 2322, 0], [0, 226, 0]], "importance": null, "calibration_up": [{"rows": 5476, "observed": 0.08308984660336012, "predicted": 0.000000999998000004}], "calibration_down": [{"rows": 5476, "observed": 0.07596785975164354, "predicted": 0.000000999998000004}], "hold_daily_net_returns": [0.007090728816354197, 0.0007722906850478051]}	5d25bb23e32453c5e981baf3257c621802f2004c3abdc38ab0f10509e4a670a2	0	0	\N	\N	\N	\N	0	\N	0	0.007868495605217074	16.81167748215726	0.02407781716693813	\N	\N	\N	\N	\N	\N	2026-03-07	{0,0}
5	924ab526-2dd1-4d0f-9426-bfa44da2a520	always_sideways	t	BTCUSDT	15	0.00300	0	2026-03-08 23:30:00+00	\N	2.295859306014707	-2.9667721985497875	\N	\N	0.5	0.5	0.5	0.5	0.08363669174779985	2738	69	3	2026-03-05 04:00:00+00	2026-03-07 01:38:00+00	2026-11-29 20:03:00.715474+00	0.08363769174579985	0.08254200146092038	1	1	0.08363769174579985	0.08254200146092038	0.3323583893432731	0.2972006681383801	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	0	0	0	0.8338203067932798	\N	0	0.8338203067932798	2738	0.4169101533966399	0.8338203067932798	0.4169101533966399	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N
6	924ab526-2dd1-4d0f-9426-bfa44da2a520	always_sideways	t	BTCUSDT	15	0.00300	1	2026-03-08 23:30:00+00	\N	2.0990715369275605	-2.914164002044852	-3.122037554918281	-2.6801596155592327	0.5	0.5	0.5	0.5	0.08254100146292037	2738	65	2	2026-03-07 01:38:00+00	2026-03-08 23:16:00+00	2026-11-29 20:03:00.718408+00	0.08254200146092038	0.06939371804236669	1	1	0.08254200146092038	0.06939371804236669	0.3038705274000779	0.2715227910360166	0	0	1	0	\N	0.8480642804967129	\N	0.06939371804236669	0.8480642804967129	0.08254200146092038	2738	65	2	0.8480642804967129	\N	0	0.8480642804967129	2738	0.42403214024835645	0.8480642804967129	0.42403214024835645	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N
7	924ab526-2dd1-4d0f-9426-bfa44da2a520	volatility_60m	t	BTCUSDT	15	0.00300	\N	2026-03-08 23:30:00+00	1	0.5636010932399479	-0.010899702918121923	-0.012725010356548827	-0.004657405156996974	0.4949042592539904	0.4398449376710246	0.48508198172255734	0.40161136939983094	0.05249590215841711	5476	134	4	2026-03-05 04:00:00+00	2026-03-08 23:16:00+00	2026-11-29 20:03:00.723543+00	0.08308984660336012	0.07596785975164354	1.3446215556261225	0.8761886339364306	0.3090909090909091	0.07272727272727272	0.2866179484784295	0.2843617295871965	0	0	1	0	\N	0.8480642804967129	\N	0.06939371804236669	0.8480642804967129	0.08254200146092038	2738	65	2	0.8409422936449964	\N	0	0.8256562654779593	2019	0.4174139411890908	0.8409422936449964	0.4204711468224982	{"months": [{"days": 4, "rows": 5476, "month": "2026-03", "events": 134, "prior_up": 669.525360554411, "prior_down": 471.4190859711556, "expected_up": 672.5365156997374, "observed_up": 455, "expected_down": 481.4757606496783, "observed_down": 416}], "regimes": [{"days": 4, "rows": 2160, "events": 61, "regime": "calm", "skill_low": -0.026463362409594016, "skill_high": -0.01603490365371618, "log_loss_skill": -0.017468001449575388}, {"days": 4, "rows": 1559, "events": 49, "regime": "middle", "skill_low": 0.00020114980676477767, "skill_high": 0.0004975784221344925, "log_loss_skill": 0.00040770873827977727}, {"days": 4, "rows": 1757, "events": 53, "regime": "lively", "skill_low": -0.01879918358061272, "skill_high": 0.002862153360589592, "log_loss_skill": -0.013246643235428568}], "confusion": [[0, 190, 0], [0, 2322, 0], [0, 226, 0]], "importance": [{"spread": 0.0001377663775843546, "feature": "realised_volatility_60m", "skill_lost": -0.010149638155081556}], "calibration_up": [{"rows": 366, "observed": 0.1885245901639344, "predicted": 0.09299037633913297}, {"rows": 365, "observed": 0.0821917808219178, "predicted": 0.10260717850642731}, {"rows": 365, "observed": 0.052054794520547946, "predicted": 0.10715976239454253}, {"rows": 365, "observed": 0.0547945205479452, "predicted": 0.10997942267408863}, {"rows": 365, "observed": 0.06027397260273973, "predicted": 0.11365269863075218}, {"rows": 365, "observed": 0.11232876712328767, "predicted": 0.11763687724592536}, {"rows": 365, "observed": 0.049315068493150684, "predicted": 0.12247202749397383}, {"rows": 365, "observed": 0.0136986301369863, "predicted": 0.12961184131548592}, {"rows": 365, "observed": 0.049315068493150684, "predicted": 0.13237846721332636}, {"rows": 365, "observed": 0.0958904109589041, "predicted": 0.13353025447303238}, {"rows": 365, "observed": 0.10684931506849316, "predicted": 0.13436797681120702}, {"rows": 365, "observed": 0.10410958904109589, "predicted": 0.13533898388598256}, {"rows": 365, "observed": 0.07945205479452055, "predicted": 0.13607908721328224}, {"rows": 365, "observed": 0.0821917808219178, "predicted": 0.1367127134020807}, {"rows": 365, "observed": 0.11506849315068493, "predicted": 0.13779336068404294}], "calibration_down": [{"rows": 366, "observed": 0.12295081967213115, "predicted": 0.06984903272013449}, {"rows": 365, "observed": 0.09041095890410959, "predicted": 0.07504507972967626}, {"rows": 365, "observed": 0.07945205479452055, "predicted": 0.07743539399184943}, {"rows": 365, "observed": 0.09863013698630137, "predicted": 0.07887134519885125}, {"rows": 365, "observed": 0.09041095890410959, "predicted": 0.07989629512363002}, {"rows": 365, "observed": 0.12876712328767123, "predicted": 0.08111117870292997}, {"rows": 365, "observed": 0.07397260273972603, "predicted": 0.08245168570030299}, {"rows": 365, "observed": 0.024657534246575342, "predicted": 0.08368295270858135}, {"rows": 365, "observed": 0.06027397260273973, "predicted": 0.08511615978096251}, {"rows": 365, "observed": 0.043835616438356165, "predicted": 0.08711928408943236}, {"rows": 365, "observed": 0.021917808219178082, "predicted": 0.09056046937016539}, {"rows": 365, "observed": 0.07945205479452055, "predicted": 0.09707138952613413}, {"rows": 365, "observed": 0.0958904109589041, "predicted": 0.10280300757358835}, {"rows": 365, "observed": 0.07671232876712329, "predicted": 0.10823100530980918}, {"rows": 365, "observed": 0.052054794520547946, "predicted": 0.11967602627383771}], "hold_daily_net_returns": [0.007090728816354197, 0.0007722906850478051]}	e4cd04cc2106fe025ec1e61c0b6a6b0c2c329be83f459983906634f5692aabd3	0	0	\N	\N	\N	\N	0	\N	0	0.007868495605217074	16.81167748215726	0.02407781716693813	\N	\N	\N	\N	\N	\N	2026-03-07	{0,0}
8	924ab526-2dd1-4d0f-9426-bfa44da2a520	volatility_60m	t	BTCUSDT	15	0.00300	0	2026-03-08 23:30:00+00	1	0.5846103343506283	-0.01008629545007178	\N	\N	0.5762851986125059	0.41504671382672903	0.49576564478009943	0.35776944777215286	0.051170364130809824	2738	69	3	2026-03-05 04:00:00+00	2026-03-07 01:38:00+00	2026-11-29 20:03:00.73311+00	0.08363769174579985	0.08254200146092038	1.72228326840633	0.8274119843447278	0.4642857142857143	0	0.29893419912475183	0.2972006681383801	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	0	0	0	0.8338203067932798	\N	0	0.8285714285714286	70	0.4158603777522697	0.8338203067932798	0.4169101533966399	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N
9	924ab526-2dd1-4d0f-9426-bfa44da2a520	volatility_60m	t	BTCUSDT	15	0.00300	1	2026-03-08 23:30:00+00	1	0.5425918521292675	-0.011777568341404754	-0.01810263617628638	-0.004657405156996974	0.3885244631080548	0.4555482111873089	0.412204747233817	0.42836516068933395	0.053821440186024395	2738	65	2	2026-03-07 01:38:00+00	2026-03-08 23:16:00+00	2026-11-29 20:03:00.760904+00	0.08254200146092038	0.06939371804236669	0.8747504100707589	0.8521931837466221	0.14285714285714285	0.07142857142857142	0.2743016978321068	0.2715227910360166	0	0	1	0	\N	0.8480642804967129	\N	0.06939371804236669	0.8480642804967129	0.08254200146092038	2738	65	2	0.8480642804967129	\N	0	0.8255515649050795	1949	0.4195295971300298	0.8480642804967129	0.42403214024835645	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N
10	924ab526-2dd1-4d0f-9426-bfa44da2a520	original	t	BTCUSDT	15	0.00300	\N	2026-03-08 23:30:00+00	\N	1.055365177888863	-0.8929493884849042	-1.0495034457669532	-0.8471714880693737	0.5403809494628057	0.5672361945120097	0.5251466296679967	0.5945847421808961	0.2676349835778949	5476	134	4	2026-03-05 04:00:00+00	2026-03-08 23:16:00+00	2026-11-29 20:03:00.777975+00	0.08308984660336012	0.07596785975164354	1.0976394454941185	1.2454402628086578	0.0929016189290162	0.19090909090909092	0.6423028318259353	0.2843617295871965	0	0	1	0	\N	0.8480642804967129	\N	0.06939371804236669	0.8480642804967129	0.08254200146092038	2738	65	2	0.27903579254930605	0.15231143552311435	4110	\N	0	0.15986645552634898	0.8409422936449964	0.4204711468224982	{"months": [{"days": 4, "rows": 5476, "month": "2026-03", "events": 134, "prior_up": 669.525360554411, "prior_down": 471.4190859711556, "expected_up": 1920.5691700725522, "observed_up": 455, "expected_down": 1624.371476408895, "observed_down": 416}], "regimes": [{"days": 4, "rows": 2160, "events": 61, "regime": "calm", "skill_low": -1.595606470473888, "skill_high": -0.9538432561245693, "log_loss_skill": -1.042035525900681}, {"days": 4, "rows": 1559, "events": 49, "regime": "middle", "skill_low": -0.8914930597181729, "skill_high": -0.884722401077024, "log_loss_skill": -0.8894403666918649}, {"days": 4, "rows": 1757, "events": 53, "regime": "lively", "skill_low": -0.9026575412880147, "skill_high": -0.6843266612866203, "log_loss_skill": -0.7402923213517376}], "confusion": [[0, 190, 0], [0, 2322, 0], [0, 226, 0]], "importance": null, "calibration_up": [{"rows": 417, "observed": 0.06235011990407674, "predicted": 0.2771118233473442}, {"rows": 318, "observed": 0.050314465408805034, "predicted": 0.30594781419010303}, {"rows": 2943, "observed": 0.08222901800883452, "predicted": 0.332257607189428}, {"rows": 439, "observed": 0.10250569476082004, "predicted": 0.35782391361281163}, {"rows": 327, "observed": 0.09174311926605505, "predicted": 0.3804804268492936}, {"rows": 309, "observed": 0.08414239482200647, "predicted": 0.4062160812514439}, {"rows": 358, "observed": 0.09497206703910614, "predicted": 0.4244917260525213}, {"rows": 365, "observed": 0.09863013698630137, "predicted": 0.46821203336035117}], "calibration_down": [{"rows": 378, "observed": 0.047619047619047616, "predicted": 0.1648636950795442}, {"rows": 353, "observed": 0.06232294617563739, "predicted": 0.19117646951753117}, {"rows": 369, "observed": 0.032520325203252036, "predicted": 0.21676841727965765}, {"rows": 419, "observed": 0.05489260143198091, "predicted": 0.24218875766091158}, {"rows": 429, "observed": 0.07459207459207459, "predicted": 0.2805797482413311}, {"rows": 2857, "observed": 0.08295414770738536, "predicted": 0.3332164713726541}, {"rows": 346, "observed": 0.10982658959537572, "predicted": 0.3381641751177088}, {"rows": 325, "observed": 0.10461538461538461, "predicted": 0.3807079852156677}], "hold_daily_net_returns": [0.007090728816354197, 0.0007722906850478051]}	9049ac4e51d691ade1a010fa3d56ab24c6db6f5763093e6a100e2c80b2608a0e	1	0.523065746458409	1	2.2348646966337107	\N	\N	0.0002234864696633032	13.509256086106296	0.0010556437520704565	0.007868495605217074	16.81167748215726	0.02407781716693813	0.7602499389065234	0	1	\N	\N	\N	2026-03-07	{0,0.0002234864696633032}
11	924ab526-2dd1-4d0f-9426-bfa44da2a520	original	t	BTCUSDT	15	0.00300	0	2026-03-08 23:30:00+00	\N	1.0986122994851004	-0.8981758660756687	\N	\N	0.5	0.5	0.5	0.5	0.2507913292581742	2738	69	3	2026-03-05 04:00:00+00	2026-03-07 01:38:00+00	2026-11-29 20:03:00.782841+00	0.08363769174579985	0.08254200146092038	1	1	0.08363769174579985	0.08254200146092038	0.6666666738779938	0.2972006681383801	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	0	0	0	0.08363769174579985	0.08363769174579985	2738	\N	0	0.06691015339663989	0.8338203067932798	0.4169101533966399	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N
12	924ab526-2dd1-4d0f-9426-bfa44da2a520	original	t	BTCUSDT	15	0.00300	1	2026-03-08 23:30:00+00	\N	1.0121180562926262	-0.8873087420159318	-1.0495034457669532	-0.743226018472414	0.5558196761738347	0.5965783276873502	0.5370370370370371	0.6277363763390778	0.2855743181438182	2738	65	2	2026-03-07 01:38:00+00	2026-03-08 23:16:00+00	2026-11-29 20:03:00.787914+00	0.08254200146092038	0.06939371804236669	1.1486577253140111	1.5126093304991894	0.08571428571428572	0.14285714285714285	0.6179389897738782	0.2715227910360166	0	0	1	0	\N	0.8480642804967129	\N	0.06939371804236669	0.8480642804967129	0.08254200146092038	2738	65	2	0.4744338933528123	0.2893586005830904	1372	\N	0	0.2870094682973888	0.8480642804967129	0.42403214024835645	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N
13	924ab526-2dd1-4d0f-9426-bfa44da2a520	logistic	f	BTCUSDT	15	0.00300	\N	2026-03-08 23:30:00+00	2	0.6586356363831292	-0.18135783826013485	-0.21766415966184183	-0.05719526486052562	0.5471862135076634	0.4587346077835208	0.5082009147447428	0.47935333896872356	0.09149782199182974	5476	134	4	2026-03-05 04:00:00+00	2026-03-08 23:16:00+00	2026-11-29 20:03:00.804529+00	0.08308984660336012	0.07596785975164354	1.0826492138272317	0.9338340746711483	0.10909090909090909	0.09090909090909091	0.34361616824229524	0.2843617295871965	0.005129134987999512	0	0.9444444444444444	0.06637168141592921	\N	0.8480278422273781	0.09868421052631579	0.06939371804236669	0.8480642804967129	0.08254200146092038	2738	65	2	0.806245434623813	0.7804878048780488	246	0.8547784303256807	1873	0.8030732188913045	0.8409422936449964	0.4204711468224982	{"months": [{"days": 4, "rows": 5476, "month": "2026-03", "events": 134, "prior_up": 669.525360554411, "prior_down": 471.4190859711556, "expected_up": 825.9663487273499, "observed_up": 455, "expected_down": 670.012344743037, "observed_down": 416}], "regimes": [{"days": 4, "rows": 2160, "events": 61, "regime": "calm", "skill_low": -0.2202330513284041, "skill_high": 0.004563968836345689, "log_loss_skill": -0.1893410353886369}, {"days": 4, "rows": 1559, "events": 49, "regime": "middle", "skill_low": -0.21996700080173315, "skill_high": -0.15062825919360456, "log_loss_skill": -0.19894524222613952}, {"days": 4, "rows": 1757, "events": 53, "regime": "lively", "skill_low": -0.21280076496109834, "skill_high": -0.0018372699385504898, "log_loss_skill": -0.15872361724609996}], "confusion": [[0, 182, 8], [0, 2193, 129], [0, 211, 15]], "importance": [{"spread": 0.006333127124279249, "feature": "upside_variance_share_240m", "skill_lost": 0.12597086367395197}, {"spread": 0.0028739225428135607, "feature": "drawdown_60m", "skill_lost": 0.050055860734698955}, {"spread": 0.002914041045222786, "feature": "volume_slope_60m", "skill_lost": 0.03686890803328772}, {"spread": 0.002950858346075913, "feature": "slope_to_volatility_5m", "skill_lost": 0.036120386897013836}, {"spread": 0.002571728308869891, "feature": "volume_change_60m", "skill_lost": 0.027196445354101373}, {"spread": 0.0027107296830624203, "feature": "realised_volatility_120m", "skill_lost": 0.02063290792211007}, {"spread": 0.002617884284839769, "feature": "realised_volatility_10m", "skill_lost": 0.020491636991568713}, {"spread": 0.0006831515249445551, "feature": "slope_120m", "skill_lost": 0.0193810464340316}, {"spread": 0.0019174740256020855, "feature": "slope_to_volatility_60m", "skill_lost": 0.01755959143826047}, {"spread": 0.0026068401435740693, "feature": "volume_distance_to_average_240m", "skill_lost": 0.01705310806107459}, {"spread": 0.0016440041300984146, "feature": "return_60m", "skill_lost": 0.016935915427180277}, {"spread": 0.0015250425805774883, "feature": "realised_volatility_240m", "skill_lost": 0.016863614584688102}, {"spread": 0.0005233821167353106, "feature": "distance_to_average_120m", "skill_lost": 0.01652825175140397}, {"spread": 0.0012524640931006433, "feature": "bollinger_position", "skill_lost": 0.014722229171854876}, {"spread": 0.0018959492592622708, "feature": "up_move_share_60m", "skill_lost": 0.013635189519784522}, {"spread": 0.0014166850939110024, "feature": "volume_distance_to_average_15m", "skill_lost": 0.013380931746469704}, {"spread": 0.0009514597292389392, "feature": "slope_15m", "skill_lost": 0.01315687174248333}, {"spread": 0.0010205398406161873, "feature": "volatility_ratio_15m_240m", "skill_lost": 0.010209738097756604}, {"spread": 0.00043609317449617833, "feature": "range_position_60m", "skill_lost": 0.009843502323416761}, {"spread": 0.0015466775315943965, "feature": "volume_change_15m", "skill_lost": 0.00980435720489455}, {"spread": 0.001970357468165241, "feature": "return_3m", "skill_lost": 0.009543901929848072}, {"spread": 0.0004727065104375288, "feature": "volume_distance_to_average_5m", "skill_lost": 0.008834174130796754}, {"spread": 0.0003637236424072764, "feature": "distance_to_average_240m", "skill_lost": 0.008552548698585497}, {"spread": 0.0008271271627278763, "feature": "volume_slope_15m", "skill_lost": 0.006255079278336018}, {"spread": 0.002367496457503581, "feature": "slope_5m", "skill_lost": 0.005961286339941123}, {"spread": 0.00300952028957021, "feature": "week_sin", "skill_lost": 0.0058294551586701715}, {"spread": 0.0003702347533370983, "feature": "return_30m", "skill_lost": 0.004464316985562415}, {"spread": 0.0029708405891828568, "feature": "volume_distance_to_average_60m", "skill_lost": 0.004328774759480458}, {"spread": 0.0003269668063713933, "feature": "realised_volatility_15m", "skill_lost": 0.00370675830260588}, {"spread": 0.000323299614839582, "feature": "drawdown_240m", "skill_lost": 0.002600131047075127}, {"spread": 0.0006814522138385377, "feature": "return_15m", "skill_lost": 0.0022512298180098846}, {"spread": 0.001123833115429582, "feature": "bollinger_width", "skill_lost": 0.002238601824399241}, {"spread": 0.00030481313679685295, "feature": "minutes_since_move_of_30bp", "skill_lost": 0.0019849294709265073}, {"spread": 0.0003179133987303816, "feature": "slope_30m", "skill_lost": 0.0013866171602862447}, {"spread": 0.00030742573407906273, "feature": "slope_10m", "skill_lost": 0.0013431538267673442}, {"spread": 0.0023060979924036857, "feature": "volatility_ratio_5m_60m", "skill_lost": 0.0012752595912186582}, {"spread": 0.00017820161423995608, "feature": "return_5m", "skill_lost": 0.00094477018805413}, {"spread": 0.000754426197651277, "feature": "return_2m", "skill_lost": 0.00045919171416371657}, {"spread": 0.0011720759406012274, "feature": "range_width_60m", "skill_lost": 0.00036473892318341267}, {"spread": 0.0006920465696359576, "feature": "slope_to_volatility_15m", "skill_lost": 0.0003147440554734556}, {"spread": 0.0007845817071832206, "feature": "up_move_share_15m", "skill_lost": 0.00030160273439575985}, {"spread": 0.0008682664773401339, "feature": "return_1m", "skill_lost": 0.0002608894504170974}, {"spread": 0.00018851760789383908, "feature": "distance_to_average_15m", "skill_lost": 0.0002466039230917261}, {"spread": 0.00018665516932858577, "feature": "week_cos", "skill_lost": -0.00018667184344593282}, {"spread": 0.0008090063925249822, "feature": "return_10m", "skill_lost": -0.00020009905051369495}, {"spread": 0.001146085221776275, "feature": "distance_to_average_5m", "skill_lost": -0.0004905262162390548}, {"spread": 0.006323873466889857, "feature": "upside_variance_share_60m", "skill_lost": -0.0006457184900758121}, {"spread": 0.0005455678439544754, "feature": "new_york_day_cos", "skill_lost": -0.0010090285732047288}, {"spread": 0.00023939471088558074, "feature": "distance_to_average_10m", "skill_lost": -0.0010549387751008037}, {"spread": 0.0009098583172476607, "feature": "distance_to_average_30m", "skill_lost": -0.0012838349312800368}, {"spread": 0.00025589287557598554, "feature": "volume_acceleration", "skill_lost": -0.001310973419679599}, {"spread": 0.000011668467593551616, "feature": "day_sin", "skill_lost": -0.0014674521463421037}, {"spread": 0.00023682525895883164, "feature": "volume_slope_5m", "skill_lost": -0.002085065285322152}, {"spread": 0.0018234822493664081, "feature": "volatility_ratio_60m_240m", "skill_lost": -0.0021609036001821735}, {"spread": 0.0006346454133733774, "feature": "range_position_240m", "skill_lost": -0.002174090542210516}, {"spread": 0.0010489013797720921, "feature": "realised_volatility_60m", "skill_lost": -0.0021871358534806262}, {"spread": 0.00108619344588161, "feature": "volume_change_240m", "skill_lost": -0.0026922927450832765}, {"spread": 0.0004243991438680134, "feature": "realised_volatility_30m", "skill_lost": -0.0034717787132338973}, {"spread": 0.00030163686095047317, "feature": "return_240m", "skill_lost": -0.0036775276675229396}, {"spread": 0.0016829673811621531, "feature": "volume_change_5m", "skill_lost": -0.003881719395116908}, {"spread": 0.0028404208619914723, "feature": "return_120m", "skill_lost": -0.003920056305484865}, {"spread": 0.00045308446713845853, "feature": "range_width_240m", "skill_lost": -0.003996127895933584}, {"spread": 0.0006879456584812173, "feature": "up_move_share_240m", "skill_lost": -0.004218745701957571}, {"spread": 0.00017609186600895912, "feature": "slope_240m", "skill_lost": -0.0049427633631786705}, {"spread": 0.00211539363780667, "feature": "realised_volatility_5m", "skill_lost": -0.005785047666063618}, {"spread": 0.0007786085009674154, "feature": "distance_to_average_60m", "skill_lost": -0.006210591789242992}, {"spread": 0.002246712173854772, "feature": "slope_60m", "skill_lost": -0.008118421466170552}, {"spread": 0.0003140531408044948, "feature": "new_york_day_sin", "skill_lost": -0.01190790429728191}, {"spread": 0.0009676308345328009, "feature": "day_cos", "skill_lost": -0.012270102616525577}], "calibration_up": [{"rows": 366, "observed": 0.04371584699453552, "predicted": 0.03224753920548577}, {"rows": 365, "observed": 0.0684931506849315, "predicted": 0.05233125615642765}, {"rows": 365, "observed": 0.06575342465753424, "predicted": 0.06798863949263438}, {"rows": 365, "observed": 0.0821917808219178, "predicted": 0.08127904406703627}, {"rows": 365, "observed": 0.03561643835616438, "predicted": 0.09339780769865333}, {"rows": 365, "observed": 0.0821917808219178, "predicted": 0.10539931431800977}, {"rows": 365, "observed": 0.09041095890410959, "predicted": 0.11811390213557336}, {"rows": 365, "observed": 0.08767123287671233, "predicted": 0.13093207694718748}, {"rows": 365, "observed": 0.1095890410958904, "predicted": 0.14596115812037153}, {"rows": 365, "observed": 0.1232876712328767, "predicted": 0.16319832544030355}, {"rows": 365, "observed": 0.09315068493150686, "predicted": 0.18170438070331618}, {"rows": 365, "observed": 0.13424657534246576, "predicted": 0.20317889923455737}, {"rows": 365, "observed": 0.07945205479452055, "predicted": 0.23196081266904353}, {"rows": 365, "observed": 0.07397260273972603, "predicted": 0.27728647829366354}, {"rows": 365, "observed": 0.07671232876712329, "predicted": 0.3778535194578583}], "calibration_down": [{"rows": 366, "observed": 0.10109289617486339, "predicted": 0.010324652974949038}, {"rows": 365, "observed": 0.0684931506849315, "predicted": 0.019012638093053057}, {"rows": 365, "observed": 0.11232876712328767, "predicted": 0.02694908924083657}, {"rows": 365, "observed": 0.09863013698630137, "predicted": 0.03651711657012031}, {"rows": 365, "observed": 0.0821917808219178, "predicted": 0.047285665573968884}, {"rows": 365, "observed": 0.07397260273972603, "predicted": 0.05847196386190434}, {"rows": 365, "observed": 0.057534246575342465, "predicted": 0.06953150253497546}, {"rows": 365, "observed": 0.06575342465753424, "predicted": 0.08127520110852167}, {"rows": 365, "observed": 0.07397260273972603, "predicted": 0.09464125226997114}, {"rows": 365, "observed": 0.07945205479452055, "predicted": 0.1114535370954444}, {"rows": 365, "observed": 0.08767123287671233, "predicted": 0.13341063682670448}, {"rows": 365, "observed": 0.0547945205479452, "predicted": 0.16395973957309476}, {"rows": 365, "observed": 0.030136986301369864, "predicted": 0.2135262354043098}, {"rows": 365, "observed": 0.07123287671232877, "predicted": 0.2970786521768876}, {"rows": 365, "observed": 0.0821917808219178, "predicted": 0.4721840895447436}], "hold_daily_net_returns": [0.007090728816354197, 0.0007722906850478051]}	c110fc2bb2dd45515c8c22e9c186fefd922f2630c94cdb770d1e7a9b624a17d4	10	5.23065746458409	0.3	-7.5528523600964945	-14.811862123235308	21.483186692458755	-0.00754213282834848	-6.288389878752538	0.013740530341715518	0.007868495605217074	16.81167748215726	0.02407781716693813	0.3710213948287241	0	1	\N	\N	\N	2026-03-07	{-0.011792550563848647,0.004301139136246412}
14	924ab526-2dd1-4d0f-9426-bfa44da2a520	logistic	f	BTCUSDT	15	0.00300	0	2026-03-08 23:30:00+00	2	0.7278759103131007	-0.2576197145268928	\N	\N	0.5396398293653764	0.42185826616312494	0.4705385722468508	0.48090968814004714	0.14114615381953685	2738	69	3	2026-03-05 04:00:00+00	2026-03-07 01:38:00+00	2026-11-29 20:03:00.814451+00	0.08363769174579985	0.08254200146092038	1.029280136109576	0.8942900106637477	0.03571428571428571	0.10714285714285714	0.3940163638807226	0.2972006681383801	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	0	0	0	0.7717311906501095	0.863013698630137	219	0.8066298342541437	362	0.8243521733609301	0.8338203067932798	0.4169101533966399	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N
15	924ab526-2dd1-4d0f-9426-bfa44da2a520	logistic	f	BTCUSDT	15	0.00300	1	2026-03-08 23:30:00+00	2	0.5893953624531577	-0.09905263832175093	-0.13623587691830408	-0.05719526486052562	0.5513270813370159	0.48360943567710485	0.5395640777181475	0.46991150442477875	0.0636801995971017	2738	65	2	2026-03-07 01:38:00+00	2026-03-08 23:16:00+00	2026-11-29 20:03:00.819495+00	0.08254200146092038	0.06939371804236669	1.1463558551356599	0.9418535940186256	0.14285714285714285	0	0.293215972603868	0.2715227910360166	0.005129134987999512	0	0.9444444444444444	0.06637168141592921	\N	0.8480278422273781	0.09868421052631579	0.06939371804236669	0.8480642804967129	0.08254200146092038	2738	65	2	0.8407596785975164	0.1111111111111111	27	0.8663136995367307	1511	0.48104619904215656	0.8480642804967129	0.42403214024835645	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N
\.


COPY market.models (model_id, candidate, is_baseline, symbol, horizon_minutes, threshold, trained_from, trained_to, as_of, snapshot_hash, feature_version, feature_hash, feature_columns, code_revision, parameters, decision, artifact, artifact_format, artifact_sha256, created_at, input_quantiles) FROM stdin;
1	volatility_60m	t	BTCUSDT	15	0.00300	2026-03-01 04:00:00+00	2026-03-08 23:15:00+00	2026-03-08 23:30:00+00	d50e7cc1d6d45df956960600fa0e2cd91c616a9160a0b443eae95d82e9fd79a1	1	2896719c45db08822f693cd25813806c14312cfd83a8a7fc0d86ade84d2f1b45	{realised_volatility_60m}	0.1.0+e77c955831ca	{"rows": 750, "seed": 7, "folds": 2, "numpy": "2.4.6", "optuna": "5.0.0", "python": "3.11.7", "lightgbm": "4.7.0", "scikit-learn": "1.9.1", "judged_symbol": "BTCUSDT", "stride_minutes": 15, "embargo_minutes": 60.0}	{"cut_offs": {"up": 0.1368636590692463, "down": 0.1101878075273562}, "may_trade": false, "base_rates": [0.08, 0.8226666666666667, 0.09733333333333333], "paper_trades": {"low": null, "high": null, "stops": 0, "times": 0, "sharpe": null, "trades": 0, "targets": 0, "win_rate": null, "late_exits": 0, "net_return": 0.0, "not_entered": 0, "max_drawdown": 0.0, "trades_a_day": 0.0, "mean_net_return_bps": null}, "trade_reason": "On unseen minutes no trade was worth its costs, so nothing shows an edge.", "class_returns": [-0.004257230650077744, -0.00004913218898214057, 0.0040376062955950935]}	\\x504b030414000000080000002100f74012ea4c0000009800000005000000312e6e70799bec17ea1b10c9c850c650ad9e925a9c5ca46ea5a06e9369a1aea3a09e965f54529498179f5f94920a12774bcc294e058a17672416a402f91ac63a9a3a0ab50a14002e06286084d24c501a00504b030414000000080000002100b9a6b7224d0000008800000005000000322e6e70799bec17ea1b10c9c850c650ad9e925a9c5ca46ea5a06e9366a1aea3a09e965f54529498179f5f94920a12774bcc294e058a17672416a402f91a863a9a3a0ab50a1400aebf8e3d47a238140e0000504b030414000000080000002100406e01e64d0000008800000005000000332e6e70799bec17ea1b10c9c850c650ad9e925a9c5ca46ea5a06e9366a1aea3a09e965f54529498179f5f94920a12774bcc294e058a17672416a402f91a863a9a3a0ab50a1400aed5d9df94137e491d0000504b030414000000080000002100f280ec8e4c0000008800000005000000342e6e70799bec17ea1b10c9c850c650ad9e925a9c5ca46ea5a06e9366a1aea3a09e965f54529498179f5f94920a12774bcc294e058a17672416a402f91a863a9a3a0ab50a14002ef96821ed5c46b90300504b030414000000080000002100e804f9054d0000008800000005000000352e6e70799bec17ea1b10c9c850c650ad9e925a9c5ca46ea5a06e9366a1aea3a09e965f54529498179f5f94920a12774bcc294e058a17672416a402f91a863a9a3a0ab50a1400ae65d3f8965e7b75c21e00504b030414000000080000002100d6691c48600000009800000005000000362e6e70799bec17ea1b10c9c850c650ad9e925a9c5ca46ea5a06e9366a1aea3a09e965f54529498179f5f94920a12774bcc294e058a17672416a402f91ac63a0a869a3a0ab50a6403ae1f7377ff72debc6d7fda9c9b7a8e732aed5d59ce3daf97dc6a0f00504b030414000000080000002100b615bbd45e0000009800000005000000372e6e70799bec17ea1b10c9c850c650ad9e925a9c5ca46ea5a06e9366a1aea3a09e965f54529498179f5f94920a12774bcc294e058a17672416a402f91ac63a9a3a0ab50a14002ea1c88e92854caff75ffd72fbf5a69bdfed574fd04f3eb2e1c97e00504b030414000000080000002100553582f3810100003f0a00000b000000736368656d612e6a736f6eed964d6b02311086ff8aecb92ceb77db5ba1a722f6527a2925c4eca8a3315992d9ca22fef74ed68ad82c1429eec9e34cde79e721dfbb4408a5a5f742248f9d646217ef564b428d5471809e5025771d566d6c5e6a38c8d0285de690720eb44f67d2834603fea0d456e6e00ecad7d90a144d5917c694350486786077de374745719b59899ad034d83e63b32949d4b1bb277789f98bb726364fb234cbba21875eac58c2397225d4e598d7a5dd3d47b47420737f2d8c3f107a01a16e0a5ec40c2697cec92ae630e5a6a8628869fe14f4470eaa0a3853cf51d7896e6a8ee53f20fd0062c41c24958e59d034e0b43725da6e5b9c8e5e341d8300b1c4c5b2458a7e44310c141b904d6b712d8a4144310a145e496ed01ec630c218078c2df09a509b47651481dc0710e4edec1414d422ca384279d8079635542214355c629a9f844b8eec84f5f191fdf8df3df0c66c47d3d3e59b31facdf7e67bf3fdedfb7916d7bf9453d83b0ffb1c15ce9255367ca57a61d0af6de1c517388ff50bcb7fa1ee28cd92fd37504b0102140314000000080000002100f74012ea4c00000098000000050000000000000000000000800100000000312e6e7079504b0102140314000000080000002100b9a6b7224d0000008800000005000000000000000000000080016f000000322e6e7079504b0102140314000000080000002100406e01e64d000000880000000500000000000000000000008001df000000332e6e7079504b0102140314000000080000002100f280ec8e4c0000008800000005000000000000000000000080014f010000342e6e7079504b0102140314000000080000002100e804f9054d000000880000000500000000000000000000008001be010000352e6e7079504b0102140314000000080000002100d6691c48600000009800000005000000000000000000000080012e020000362e6e7079504b0102140314000000080000002100b615bbd45e000000980000000500000000000000000000008001b1020000372e6e7079504b0102140314000000080000002100553582f3810100003f0a00000b0000000000000000000000800132030000736368656d612e6a736f6e504b050600000000080008009e010000dc0400000000	skops	7fc41edf1140514ec1efbd985f04b36249c8b8168cae9a69717a6d8ea0996313	2026-11-29 20:03:00.632348+00	{"realised_volatility_60m": [0.0003217608609702438, 0.0003300685680296738, 0.00037410358781926335, 0.0004201444215141237, 0.00044165834842715415, 0.00047274379758164284, 0.0004965528612956404, 0.0005202019936405123, 0.0005431524477899075, 0.0005683815688826144, 0.000596530840266496, 0.0006368502741679549, 0.000708985491655767, 0.0007738000655081122, 0.0010433501831721506, 0.0011785410543670848, 0.0012724781408905983]}
2	logistic	f	BTCUSDT	15	0.00300	2026-03-01 04:00:00+00	2026-03-08 23:15:00+00	2026-03-08 23:30:00+00	d50e7cc1d6d45df956960600fa0e2cd91c616a9160a0b443eae95d82e9fd79a1	1	2896719c45db08822f693cd25813806c14312cfd83a8a7fc0d86ade84d2f1b45	{return_1m,return_2m,return_3m,return_5m,return_10m,return_15m,return_30m,return_60m,return_120m,return_240m,up_move_share_15m,up_move_share_60m,up_move_share_240m,slope_5m,slope_10m,slope_15m,slope_30m,slope_60m,slope_120m,slope_240m,slope_to_volatility_5m,slope_to_volatility_15m,slope_to_volatility_60m,distance_to_average_5m,distance_to_average_10m,distance_to_average_15m,distance_to_average_30m,distance_to_average_60m,distance_to_average_120m,distance_to_average_240m,realised_volatility_5m,realised_volatility_10m,realised_volatility_15m,realised_volatility_30m,realised_volatility_60m,realised_volatility_120m,realised_volatility_240m,volatility_ratio_5m_60m,volatility_ratio_15m_240m,volatility_ratio_60m_240m,upside_variance_share_60m,upside_variance_share_240m,range_position_60m,range_position_240m,range_width_60m,range_width_240m,drawdown_60m,drawdown_240m,bollinger_position,bollinger_width,volume_change_5m,volume_change_15m,volume_change_60m,volume_change_240m,volume_slope_5m,volume_slope_15m,volume_slope_60m,volume_acceleration,volume_distance_to_average_5m,volume_distance_to_average_15m,volume_distance_to_average_60m,volume_distance_to_average_240m,day_sin,day_cos,week_sin,week_cos,new_york_day_sin,new_york_day_cos,minutes_since_move_of_30bp}	0.1.0+e77c955831ca	{"rows": 750, "seed": 7, "folds": 2, "numpy": "2.4.6", "optuna": "5.0.0", "python": "3.11.7", "lightgbm": "4.7.0", "scikit-learn": "1.9.1", "judged_symbol": "BTCUSDT", "stride_minutes": 15, "embargo_minutes": 60.0}	{"cut_offs": {"up": 0.29068622404982175, "down": 0.33884059033538394}, "may_trade": false, "base_rates": [0.08, 0.8226666666666667, 0.09733333333333333], "paper_trades": {"low": -14.811862123235308, "high": 21.483186692458755, "stops": 1, "times": 7, "sharpe": -6.288389878752538, "trades": 10, "targets": 2, "win_rate": 0.3, "late_exits": 0, "net_return": -0.00754213282834848, "not_entered": 0, "max_drawdown": 0.013740530341715518, "trades_a_day": 5.23065746458409, "mean_net_return_bps": -7.5528523600964945}, "trade_reason": "10 trades on unseen minutes brought -7.6 bp (95 %: -14.8 to +21.5) each after costs. The Sharpe ratio is -6.29 a year, where luck alone reaches 0.00 in 1 trial: with a probability of 0.37 it is more than luck; 30 trades, a lower bound above 0 and a probability of 0.95 are needed.", "class_returns": [-0.004257230650077744, -0.00004913218898214057, 0.0040376062955950935]}	\\x504b030414000000080000002100d0dc8ac8e1000000a802000005000000312e6e70799bec17ea1b10c9c850c650ad9e925a9c5ca46ea5a06e9366a1aea3a09e965f54529498179f5f94920a12774bcc294e058a17672416a402f91a66963a9a3a0ab50ae4032e062a03136363e3cebd2bed41b4d2a295f667cf9ce9d93961a53db5ed211700dd551c19c90172cf819c604efb593367ce3410e402d367a6718369c12a1eb0fb33457941f4e6d36960ba58ba612bc83f3c77f76e03d13e4f77ec00a997ec5ab8d23e3d2dedd9c36a88bfef7d5e0532bf6197fd6a10edb0a2c019ecffd49a507ba0b4f1176303b0be1dcb1ded91ddb5a3c66cd084130c80fc636cfcd91e00504b030414000000080000002100f74012ea4c0000009800000005000000322e6e70799bec17ea1b10c9c850c650ad9e925a9c5ca46ea5a06e9369a1aea3a09e965f54529498179f5f94920a12774bcc294e058a17672416a402f91ac63a9a3a0ab50a14002e06286084d24c501a00504b0304140000000800000021000f00f17d4b020000a802000005000000332e6e70799bec17ea1b10c9c850c650ad9e925a9c5ca46ea5a06e9366a1aea3a09e965f54529498179f5f94920a12774bcc294e058a17672416a402f91a66963a9a3a0ab50ae4032e55b6c68b3f4d52f6578bacdb79c7ae707febebc03ddb5796eff7e2615afffa7ff57e4996b05961fa8dfb9b0f9cbafb7361e37e9630beb749e75bf6eff2e4c98ab7efdeffab2eebc3da1d93f6bb74e74c360a9db37fc2961577f66f7f67afc1f446cfe8de1ffb2725a207175d6270b8fdb32ecfa3217cff8fe0c79c7ab7fdf6273cbdf0eea185eb7ecb2d272e993559ef07ca9faaf234d8ff78e9ec09abfea9ec9ff77eb9dd865bb2fbbb739e4f9fb2f0effe65b38f28fc5ffe7c3f5be3d4db4ad937f76bc6f4cfdaa491b35fdd90e3c4a3a0b2fd218f97c6ebfeacd82f10619932dda066bfc7c3aa84f9c68dfb5faa19b6fc7cdbb2fff44257a7baefbdfb6b9f1e91bf98ffc13e635ea0d71fc79ff62bb2d5cfbbd9fdb167dcf4c036e7c43ffb09276ff23cf4fb6f9ffcb7fcc5dc6b0c0e77c4264fcc136774f82ae36dfee8c66bfbe229c97f4c027fdbbb66eacb753afdb7bfea56cb63bbff8d7d85efca0f7bf4fed833a0811feb03df7ca8fa69dfaab63170e7cc5ff67f8e4f0bf9e620704040ffc50a66198103c0f0bcea56777e7f427e7db986fe377b60789ed0eb70df7ff6cc998a8d01c1fb037aa74bf9b826efb7e5ba7eda5ca21824de735f5c79ffa6b9efb377728a81e8f99bcfb3efef9d9e9726caa2088aafa2ab71c6fb859a0fe449a73bef7f5763fff1f1f17050fcb6bfde9fb91fe2aa0f703a6b4f49fceeffef31c45169060600504b0304140000000800000021003af3a0b653020000a802000005000000342e6e70799bec17ea1b10c9c850c650ad9e925a9c5ca46ea5a06e9366a1aea3a09e965f54529498179f5f94920a12774bcc294e058a17672416a402f91a66963a9a3a0ab50ae403ae2f75593aac6ce9f6d5f6a6f77c5cf2ec79eefb87b6e6e6d9b74ab058392eccb717ea9ddef7c0a8c6feebb5c52c5fae35d82f9efbfeb1ad498b3dd786a215139f74dad7bdad89de2233c57ee211859e759af3ed7f73ab54093d607770fbe9b5473690cdc16c8bc4be7d5cac0e3b4a267f892c0bb42fcc9838b13dd9cd7ee5a985861bb6bad8eff736cf6dd4b0b097bbabf2ea7b80befd3c29fdb32e1f54eddba6e7b1b137c8d9d74dcf7b1493fac33ef0f9efa9ff66bdb1dfe5c9f32dd5f4967dec9e92724be1447b31fdbb3ff2df65da4f2bcab0fdb4b0d05e266e972b4f7795fd852a11b7fac78df68b80ee3d3babd55e262ae5754de604fb35392b586cb60938bce555fbbcb991cf41e3e1a51b4a2f791d56662aba4999733b44cc95d76afac1e1906f9e2b372f9edd21f8f28599e20b591d8ad7e92ee93fcae350d33635fe81208f43946df08447faec0ee6552be65dcb657770d798232793c1e6d078e0e3fc87dfd81d82fc23ffce79c8ee20a2b5ced94d86cb81475a6695f7094e070634a0b9692ef7dcd39fedaf4ecb5b59a7c9e730594affef551677fb551f2f39ce5b1f62ff3f94af756f64927d6a5a5a5bbb77a17d8bebb6db1bceabd837cd9cb9f56a9c987dc8e3a5cd8281ecf66ed6f77faf9ba7642fd87ce0d5e67a537b773edd6b4d4fddecbbf384fa3f4986d9373977efb96e9c620fb1f5039cceda5312bffbff7b388d2e7fa93988932d4bd80100504b03041400000008000000210048494c9286020000a802000005000000352e6e70799bec17ea1b10c9c850c650ad9e925a9c5ca46ea5a06e9366a1aea3a09e965f54529498179f5f94920a12774bcc294e058a17672416a402f91a66963a9a3a0ab50ae403ae0fc2edce1d3ebfedd6ae3d7a76ce7601fb9be7eafe7f94e0b53ffb3dd8ea701ebb3d4fd7c3656ccaacf6de53ee455f5fca6d1ff33c92e1c61a697b53d977bc2eebb5ed3728d5da05a558d94f3f7823ece27e0f7bd3dfa70bfe1f607230a87ffdaf568ed961d7da27a66fcd991dcce4afeba5d63db38b160b7df3f143afddbbd278edd5ab3af73dd856c6767cc261bbc2ff13bb445e9fb4bbbfef61cfcf8a9376cad1cc7a0b669db0739dbb335b67fa64fbdee34f17cd5ae8667ff96bf8c2754515f6cc32a1a9dd82ccf622291b4bcc6631dadf5e99fbe5fb6246fb1a254d9bc8f97cf63dc15f98179d94b1efa93f53697257cb7e8d494da5e0794bfb7dd901029216cc0e12a7eb4f7c08637628f1ba247ea684d961ca9303896951cc0e5caf79e6ca07323b04bb29acaef4657648f974d35dd087d941ec8cc692e596cc0e6bea5336de086176782e28fee901909f7a3c7e0bdb5126871be7f9ff4efec7e4503ef1c7d7bd590c0e2fe54a7a147e32383825f7e69664313bdc757fbdce07a83ef2db69f7fc08c603d2af54da0e2f603c30a3de9f674afe03fbdadaa2b4122f668787cf16b0144e3bbb4f29f98484c5fd87768ff733ccd67166b29f1ef8664ad966697bbdfa68c3a73fa7ee7b3c476a0dc3aa2ebb528b5d7f7b672db28b94fcdfeca1bb68df9c10be3597a267d99de3bb93f754a0d3aead66d5eafacad776c92f0db2f732f1d97f7b68fce68452f37e9f0f09f3dec84edd1f11b93a799f6fe57e9f4bfcbad97f77eeefce79fedbf77193fd01c1532fee3c9db89f6d9a81980b1fa30300504b03041400000008000000210005fedca887020000a802000005000000362e6e70799dc8ed2f140000c7f1f35458914dba453915e7e1d861bb250f3fb9ab3ce461390f79be9d933c9deea27637ac0931eb5c8c39b25d290f5bec9c24ab2463266fcef3b31b9da7d0ee36bb114aff42df77df4f65484470d85d1d422e41484ee6f0d93cf23512d92be52a994222a770790f79acac442e2f99f3cf6fb232f89c63e7a7b2b239c76f4ff3a038504879a4ffcf58d575caa6c1cb0f3d3b9d9144452078f9691ee1b161089214feec6b8940cab4d8fdb64902427753e59dc66cd4adf86aeb0fd360d9c0f08c2de643f97ab89e1d2f4402e970997aa3108b0aa7e6ba8349b8da0633e8eb83685b0ae48a62ba50db48177b56b8831535fb2880e6040ba1f89dcb693b68ca6b256b326b2485c68dcd082c20697b9cede67006041f0dd1d2ef0456fcf27df52694e896be9cdd2b1a056923f3719c453ff4454f5dfc271978622b2addc80f03db8ea9fdd6c4843975f24fd8c904540ff6bee9d572302fbdc5145772415fd714317572f1e06c41bb11791656da81d8bec87108aae40746f4512cb9b78f38aa4720151bd62c0d0d22fae8e2c10bb33e94d076531891dd08d18d7a2ee2cf607a405cbdb0a880fdb86379ed7e3f3aa65d867ec92761e9ac7b3d4e328caecd243355d93682d5a6fb06099bf8d16aee6d113e8e73e131a36aa731ec7ca75abff756a3582bdfbf53b803dfdf32a1aa740239052df1fa66733030bf9729135050e5cc2e2b75f640abd1871c35d71f1d04e527a259345eb135476a376324d604a8a21a0f7c6644e7b915f22d1fdac0c78c953643e47d2e36bfbc6d892be99aa6a979476c514d36beee7a42af225eb3e616046ac917d3bdfe55f4e8cfd9990a5691aee3c2ce7aa6828d954c11c25bc3b2f48292d8bc8aedfb6fd316aa57e1aaecba34c5dac55f504b030414000000080000002100476d53b6ac060000f806000005000000372e6e70799d92f93f14081fc75da1c3d1534a5b3b86694314254754dfa44bd1b1ae75adb5066969ec2893a3d0c34b4a65669bc8186766c8b886191e83ef18b79030a9964a8945ce282c3ddbf32f3cefdf3eef1f3faff71f679ceccfb9caca84ca44e8927d437ca8ba9644dd037e16ba86445d3f0af532d5fb9217854af6fd9f3fee1d18e2fbcd875cf00ef6fdb6f54c0c8966fbf50d89d788ff2f6bca9463965bf59be1cfd5f1b7dbaedec009eb0f42cbba661cb20ae888da44478b6df934c2d50a54a426b6982614c2ecf0263d277f169691533e46299482daccc94aff403eb85cb7aeeedd92853eddf8a97dbe126fc5e8d095780d509c423228a517e1f4a97dc332fe59b09061634d89126369eb33f67a0f847043a1dd4ea50294ed49afe23ad721799b4705420a161ee8f9d12b8e8721fbfc29138d5d40f6998b247fd704a7e7d2e91f3cb341d6f755e0b07602a89a858e688747e0de0c05bbd7c145f024e6a29f502004ffd1f70687aa7331f0082dc91cae606ece9bd0cc2c261abf74f4715cf71f584c725d4b60f7e189a82ee363b174a058c6dbdb1db6c5c2c4a917ce474b803f716ecf454b094a57523b2f2770216432ab37b952040f730c1ad8f537a04cab2f3921371f146a929c891322e445ebcad85ec9c14b7a234f453b9f60e6a147cf8d7f6a05bd817f2d092384a82c13586dcbcf44f717ce230ef26278d2f4d7af498985705af8924f5640ac4ea64834651b80e6898bfbba3231d2438df17d6838a8be1bb3d85dcbc4337ecf6bac238ac0c04d3a74568e095bc24c13f78d0a61c6ef89bec5b32cfcf278e9be85848dc569faefd39ac2d0f4c2f4d62b9bb3607a6e57454f7139fad3af3a149a086023217dd5ea252e9e607186f7df8c40df48d941234f01e6edfe2232bece8477bdd177bd4b2ae0bc83a28ce1760ed867e6c51fadd48794bf79def1215548b263a4b7043e403f978529a67516d8d1d6be4d7711c2b16b5fbd5f7532f197c6028d970102f8b93b943517761b77f34c62cf5e7f0c0ea706fccd7822343bc388b522d463ac4ac2d06b5a099e1470b3da5ff3914b71d25826376008679a4dcd10e3fb664d0ab1a91c728c26c3e281019b6b0f7f92536403c77d4ad1c685098460325f7dba065869562a3dbd0520eef2a899ed4cc53f8b8bc205ad22f494f96317899d072a2e059a11774af1c785fdef3c2663516df9966669f97d6cff2b7adc63633126a942c7e45a3ee2c2fa9e1717383020a7a4c56ae27cfb777a7c6743340e7f225a93e84d30a86943ea5bcac2fe9c1bf38df925e0f4f1a0bce2c55c345930a07aff70148bef7d9e71d4aa00a536e6d64c4b16ee28ac521d57e4a1cfbc3af4c795e2bb00db0fda0409de9ce96b75fb590afc65d691444909d86c68e51a8ed523c1c0439d391b0caf0efd3d63bda7188565ac96c2f97a30df4b3b6596ce07a573f58290ed7ce8ad57b3fb109d890991a4d0c8993bf062c228da2ab8000f07152850fb2590171d9560641c04af22d4a42b7e713878a25e2b66518055a4355e0652317e4d99bd16abf7087c686975f7dfb0d1ca5445b2e53c03dd6e666c3dc6ac03d1aa71a3bc5c2e9206dcf73ecec883f8d3613eb5b36c54524caa2db66f041bbf2f2e99540ec4a5767ed631a9476985fb29730b0798b9b5217d855383791a4ec9ebde9621a9db6968577e066c341cb19406d783875ee9c7afebf9182ed253978e5783e57f1796f76f96e04f7aa355ba8c47d068c92fe2dad4a23f5fcf8b1d950d6d85d96525e466e8a76cff28153640853d3bfa489810079c08bf5c58dd0e34dde616f2ed4a589aeadf11f97b1ebc79bca37671be0e43530d38e7951f82d6d398b2eb2e35a01470a781f8b602c764e6f837d73b435fa74efcf29e4e54de6c19b5e1b7123cbf94e2157b4d80e31b890f22bb79a091b0342674a2c3656dc4b84d8fd0c32c4fa255948627e4f7bc5719ab0696bafce08c380759bfee6e668e27a362dbf3554f3f09f1eb2e865433bf051cf8028d80df19708939e271ec5bdf1bdc8e789e3df800cbb6d433ee9d9180bd52364f895a872a91d51d53a3e578bca1982defcc05df07cc76cf76061c183aa9ecbaa60b82657bf24ba7ba91b0f361d1955609f815068ad42b73f1d6772af9770205f0ef0c93bec6990a5039bed817bdfc0c3bdbe60f025f8c71ed864b83980f89f67daf6beb105d57022b0bb80cb0959beca069e7c1a8fadd83bced6254363277d7d12d41b1056b2e8b1d8b8da4e377833e072165253220ccb611d6a94a3b32bf8f436f8ac90a5b2f1b1c4db9e399a27b2831d791099ae761e236451abf2e1b23872a927f2877449530fa25bf8bd920ba4748333a2440d9a845b7fe941294135bd4b6fc5608a5c6ae5513351ca40b9f4668a7d6c03f504b030414000000080000002100c60993fc5e0000009800000005000000382e6e70799bec17ea1b10c9c850c650ad9e925a9c5ca46ea5a06e9366a1aea3a09e965f54529498179f5f94920a12774bcc294e058a17672416a402f91ac63a9a3a0ab50a1400aeb79947f2180cdeee973ad763d870f2a7fd54a3d02fff939eed0700504b0304140000000800000021003dde088ea6010000d50c00000b000000736368656d612e6a736f6eed96cf6bc23014c7ff15e97994faabea6e839d86b8c3761b23c4f4699fc6a424e9a488fffb923891923291cd9e0abdbc976fbef990342fef1011c238d59a90e8b117bdc99599cbb5fd501b64d143cf8eef645672380950305e6610db1c701df39a904b9a813a095f971b606661656e8c496140183b70a82f982133e12acb12b941a143db676c36351479e8ae8dbac5fc454b119a47499c247d97434d365662734695e0a763e6a7f68f3632b9029ae97b615c411838049d2b145bba863beec5158ea1e3d80ab823c21582912328051a1222888c2a45ab104394bba20a1916d993d39f314c55404dbd42ee13fd589ca7ff508c1d855f19748b20830024752082ac809a525916140d38ff7334e9ecf7939938142ef72deec730d88fa983c8719db748310a28668e6207b4e930ee45310e28fa89af1a8cda15dae348430e5f40f7604fc5b4795b262189afa3687f69c5a068b3844c4396e1d11753a8889bd5f0b270fbfade726fe7561fdedb8fbf158377cb7636bdb0bb2adcf976be9d6fe7dbecfb598b7dbf7409d37a38b151a1a4914cba3e7fe006f556169a7c81d2e8bb0dd719a671121dbf01504b0102140314000000080000002100d0dc8ac8e1000000a8020000050000000000000000000000800100000000312e6e7079504b0102140314000000080000002100f74012ea4c00000098000000050000000000000000000000800104010000322e6e7079504b01021403140000000800000021000f00f17d4b020000a8020000050000000000000000000000800173010000332e6e7079504b01021403140000000800000021003af3a0b653020000a80200000500000000000000000000008001e1030000342e6e7079504b010214031400000008000000210048494c9286020000a8020000050000000000000000000000800157060000352e6e7079504b010214031400000008000000210005fedca887020000a8020000050000000000000000000000800100090000362e6e7079504b0102140314000000080000002100476d53b6ac060000f80600000500000000000000000000008001aa0b0000372e6e7079504b0102140314000000080000002100c60993fc5e00000098000000050000000000000000000000800179120000382e6e7079504b01021403140000000800000021003dde088ea6010000d50c00000b00000000000000000000008001fa120000736368656d612e6a736f6e504b05060000000009000900d1010000c91400000000	skops	b9bcf71ef1dbb8494ce080f6a2437e81227bdd2d5b3492ee35e54a76020674f3	2026-11-29 20:03:00.649982+00	{"day_cos": [-1.0, -1.0, -0.9989508813619614, -0.9914448857307434, -0.9469301104545593, -0.8314695954322815, -0.6087614297866821, -0.3214394748210907, -0.06540312618017197, 0.258819043636322, 0.5555702447891235, 0.7933533191680908, 0.9469301104545593, 0.9807852506637573, 0.9978589415550232, 1.0, 1.0], "day_sin": [-1.0, -1.0, -0.9989508813619614, -0.9914448857307434, -0.9469301104545593, -0.8314695954322815, -0.6087614297866821, -0.3214394748210907, -0.00000000000000032162452459154583, 0.3214394748210907, 0.6087614297866821, 0.8314695954322815, 0.9469301104545593, 0.9914448857307434, 0.9989508813619613, 1.0, 1.0], "slope_5m": [-0.0019225729629397392, -0.0014343936290824786, -0.0008169064129469917, -0.0004463264573132619, -0.0003474118624581024, -0.00021420397097244857, -0.00012437401892384514, -0.00004467595135793085, 0.00001260380895473645, 0.00007177641091402619, 0.00014971254859119637, 0.00024247728579211987, 0.00037138622137717904, 0.0004802612820640204, 0.0007159172988031059, 0.001065814826055429, 0.0010963673703372478], "week_cos": [-1.0, -1.0, -0.9998251795768738, -0.9960882544517518, -0.9842617511749268, -0.9342489242553711, -0.7718156874179841, -0.5080753564834595, -0.1813141256570816, 0.16750621795654297, 0.4943166673183437, 0.7640373706817627, 0.9378635942935944, 0.9842617511749268, 0.9993007183074951, 0.9999672760367393, 1.0], "week_sin": [-1.0, -0.9999672760367393, -0.9993007183074951, -0.9842617511749268, -0.9378635942935943, -0.7640373706817627, -0.4943166673183442, -0.24977648258209229, -0.018698865547776222, 0.21339578926563263, 0.4943166673183437, 0.7640373706817627, 0.9378635942935944, 0.9842617511749268, 0.9993007183074951, 0.9999672760367393, 1.0], "return_1m": [-0.0024836347438395023, -0.002466667105210945, -0.0013984186004381627, -0.0008374677301617339, -0.0005701433459762484, -0.00035506084677763275, -0.00020049503655172887, -0.00008607508498243986, 0.000016776467418821994, 0.00013724499149248, 0.0002372202507103791, 0.0003970506135374309, 0.0006323678942862899, 0.0009206746850395567, 0.0016294318553991612, 0.0028104878468438958, 0.0028968786355108023], "return_2m": [-0.007035261485725641, -0.004210340698482469, -0.0021401274623349307, -0.0011533897661138326, -0.0008442425518296659, -0.0005344929173588752, -0.0003307064704131335, -0.00012209027918288484, 0.00006315490827546455, 0.0002515521133318543, 0.000404503964819014, 0.000632031064014882, 0.0010147182736545803, 0.0013431318628136064, 0.0021574381017126143, 0.0036946774795651427, 0.003714896971359849], "return_3m": [-0.007304794620722532, -0.0057770898030139505, -0.0027632312220521272, -0.0014295528060756623, -0.0010855192551389337, -0.0006890104850754141, -0.00039295115566346795, -0.0001826159365009516, 0.00006178040894155856, 0.00031023412011563776, 0.0005297434341628096, 0.0008126337663270534, 0.0012453381321392955, 0.0016304199467413127, 0.0023313901503570376, 0.0037143329777754638, 0.004369545727968216], "return_5m": [-0.010602939873933792, -0.006835861815605313, -0.0034258859464898705, -0.0019919038168154657, -0.0015737337991595267, -0.0009825847577303647, -0.0005999724904540926, -0.0002605565881822258, 0.00006644829045399092, 0.0003932405612431464, 0.0006879015476442871, 0.0010965182445943356, 0.0015934898168779913, 0.0021508627803996203, 0.003187621515244245, 0.003861071964027354, 0.00405483040958643], "slope_10m": [-0.0013495349558070302, -0.0009416556165670045, -0.00048790607339469714, -0.0003430480312090367, -0.00026242926833219826, -0.00016438534657936543, -0.0000961735029704869, -0.00004362303952802902, 0.0000023304642127186526, 0.00004713130547315809, 0.00010358116996940225, 0.00016497128235641874, 0.00024446750467177486, 0.0003191772702848537, 0.0005263255373574793, 0.0006832515674759632, 0.0006880821310915053], "slope_15m": [-0.000719769683200866, -0.0006476500690332614, -0.0003978549310704693, -0.00028753601072821765, -0.00020526215666905046, -0.00012955034617334604, -0.00007838412275305018, -0.00003443319073994644, 0.0000009758190628872399, 0.00003703316615428775, 0.00008004290211829354, 0.00013280140701681377, 0.0002038926249952056, 0.00027420016413088884, 0.0003990205016452819, 0.0006320104905753371, 0.0007112403400242329], "slope_30m": [-0.0004216525121591985, -0.0004197486730699893, -0.0002808967875898816, -0.00019433883135206996, -0.0001422046756488271, -0.00009128823585342616, -0.00006241878581931814, -0.00002892094234994145, 0.000000732556401317197, 0.000030492977020912798, 0.00006153390859253702, 0.00010516928741708398, 0.00015767713921377435, 0.0002015475300140679, 0.00025917271967045957, 0.0003686252577754199, 0.00038150098407641053], "slope_60m": [-0.00026352505665272474, -0.0002485203535761684, -0.00021025838635978288, -0.0001362420771329198, -0.00010064020752906799, -0.00006678590434603392, -0.00004114638613827993, -0.000020857388881267968, 0.000001203035253638518, 0.00002274085927638225, 0.000047590523172402735, 0.00007601200049975887, 0.00011537786995177158, 0.0001440224135876633, 0.00018751444105873804, 0.00023892427732062014, 0.000253492034971714], "return_10m": [-0.009349919855594635, -0.008391071877442301, -0.0041891966946423055, -0.002958355378359556, -0.0022105388808995484, -0.0013877160847187043, -0.0008133883588016034, -0.00033527674386277787, 0.000002845203425749787, 0.000516785157378763, 0.0009579727484378964, 0.001446148450486362, 0.0022829968249425295, 0.002936217025853693, 0.00423709793947637, 0.0068844577558338105, 0.008595035411417484], "return_15m": [-0.009113142266869545, -0.008609726029448211, -0.005704188873060048, -0.003423761937301606, -0.0028098396491259337, -0.0018203387036919594, -0.0011341510456986726, -0.0005736986058764158, 0.000020186420442769304, 0.0005971163976937531, 0.0012553137261420487, 0.0019142879173159601, 0.002897327928803862, 0.0038569986820220946, 0.005502330125309527, 0.008222490684129261, 0.009367463178932667], "return_30m": [-0.010391662828624249, -0.010161183223128319, -0.007818224914371967, -0.005525292665697634, -0.003996771527454257, -0.0025503781624138353, -0.0015410125022754073, -0.0008175850729458027, 0.00012715682532871142, 0.000983569351956248, 0.0017935360781848426, 0.003003135463222861, 0.004224685486406089, 0.005283815367147324, 0.007810099851340054, 0.009865268248133335, 0.010709227994084358], "return_60m": [-0.013489888980984688, -0.013304467605426907, -0.011614416241645813, -0.007636834145523607, -0.005936539592221379, -0.0034919890109449624, -0.002170095848850906, -0.0009735661325976253, 0.000026134512154385448, 0.001090009487234055, 0.0024890640284866094, 0.004361907579004768, 0.006674830149859191, 0.008384813042357562, 0.011108544347807761, 0.012642991974949797, 0.013882043771445751], "slope_120m": [-0.00016372276877518743, -0.0001601775368762901, -0.00013639079639688134, -0.00010251981730107218, -0.00007741186636849305, -0.00004811482867808081, -0.000026382095711596776, -0.000012046604570059565, 0.0000018217439787804324, 0.00001809246969060041, 0.00003138852662232238, 0.0000553519319510088, 0.00008301350026158617, 0.00010851514089154078, 0.0001471300414414145, 0.0001673778520780615, 0.00016875566507223994], "slope_240m": [-0.00011562043073354289, -0.00011388493263802957, -0.00008795325920800679, -0.00006224582102731802, -0.0000488261164719006, -0.00003414169696043245, -0.00001831399367802078, -0.000009074055742530615, 0.00000043966362284209026, 0.000009783354107639752, 0.000023190702086139934, 0.00003716227365657688, 0.00005874773196410388, 0.00007891246968938502, 0.00010605230410874355, 0.00011634867551765628, 0.00011933211499126628], "return_120m": [-0.018735704943537712, -0.018282621191814542, -0.013767183208838105, -0.010714934300631284, -0.008170111570507288, -0.004893110599368811, -0.002961788815446198, -0.0014013919513672587, 0.00005918513852520846, 0.001740837260149419, 0.0035251975758001197, 0.006128164846450093, 0.009371637925505638, 0.011516267247498034, 0.016667851638048885, 0.019640749057754807, 0.021723119542002678], "return_240m": [-0.029212255030870438, -0.02766875290684402, -0.01991327151656151, -0.013276785518974066, -0.010422338545322417, -0.00684985788539052, -0.004174851160496474, -0.002108510676771402, -0.0001289301217184402, 0.0020237700548022975, 0.005277168098837136, 0.008382135629653934, 0.013690548948943617, 0.017086732294410458, 0.02429424874484539, 0.030432441046461426, 0.03165056183934212], "drawdown_60m": [-0.014740435406565666, -0.014139690630137921, -0.012534750234335661, -0.008513225987553595, -0.006948813330382109, -0.005208168923854828, -0.004065629281103611, -0.0033238866832107305, -0.002472373191267252, -0.0018585714045912028, -0.0012344750110059976, -0.0005838013486936688, -0.000035674425453180394, 0.0, 0.0, 0.0, 0.0], "drawdown_240m": [-0.030285153537988663, -0.029696081740781664, -0.02105141567066312, -0.016973150614649057, -0.014309750124812125, -0.010845806263387202, -0.008214058354496956, -0.006615500058978795, -0.005387925077229738, -0.003954004123806954, -0.0028346354374662055, -0.0017937404802069062, -0.0005737464409321537, -0.00006697779244859716, 0.0, 0.0, 0.0], "bollinger_width": [0.0009759946260601282, 0.0010300451098009943, 0.0013202449190430343, 0.001640170463360846, 0.001884585409425199, 0.002293294155970216, 0.002685027290135622, 0.0030428822152316574, 0.003431272809393704, 0.0038058317266404626, 0.004359628120437264, 0.005032651219516993, 0.00643665697425604, 0.007561629544943571, 0.011291574649512765, 0.014583278495818317, 0.01646324060857296], "range_width_60m": [0.002060451777651906, 0.00232754808338359, 0.0028397632483392952, 0.0035463639069348574, 0.003907204908318818, 0.004464811552315951, 0.005046712607145309, 0.005512103158980608, 0.00593263772316277, 0.006624457240104675, 0.007264716923236847, 0.00837950073182583, 0.00975165143609047, 0.010922854207456109, 0.013411771571263671, 0.014919990168884394, 0.015005063265562057], "volume_slope_5m": [-0.00015981083561200649, -0.0001456699741538614, -0.00011651292625174392, -0.00008149662244250067, -0.00006487544014817103, -0.00004137656360398977, -0.000025002206893987032, -0.0000134872807393549, -0.0000018626170685820398, 0.000009530560419079848, 0.000026678304129745806, 0.000043035417184000836, 0.00006171674322104081, 0.00007915417445474305, 0.00012272717671294226, 0.00015877756036934362, 0.00018455859390087426], "new_york_day_cos": [-1.0, -1.0, -0.9989508813619614, -0.9914448857307434, -0.9469301104545593, -0.8314695954322815, -0.6087614297866821, -0.3214394748210907, -0.06540312618017197, 0.258819043636322, 0.5555702447891235, 0.7933533191680908, 0.9469301104545593, 0.9914448857307434, 0.9989508813619613, 1.0, 1.0], "new_york_day_sin": [-1.0, -1.0, -0.9989508813619614, -0.9914448857307434, -0.9469301104545593, -0.7933533191680908, -0.5555702447891235, -0.258819043636322, 0.0, 0.3214394748210907, 0.6087614297866821, 0.8314695954322815, 0.9469301104545593, 0.9914448857307434, 0.9989508813619613, 1.0, 1.0], "range_width_240m": [0.005303066223859787, 0.0056053757378831505, 0.006626617987640202, 0.008121605962514877, 0.008513789623975754, 0.009891646541655063, 0.0106440968811512, 0.011982575803995133, 0.0131139624863863, 0.014241295866668224, 0.015284125693142414, 0.01755210943520069, 0.020490832254290582, 0.0237980737350881, 0.02878615425899624, 0.031603884603828174, 0.03213940188288689], "volume_change_5m": [-0.0007468262920156121, -0.0007181385452277027, -0.00047444312192965296, -0.00035875681351171806, -0.0002746987825958058, -0.00018973392725456505, -0.00011856131968670525, -0.000058300783712184024, -0.000009528795089863706, 0.00004896015670965426, 0.0001145329435530584, 0.00018021835130639383, 0.0002723526617046446, 0.0003453384939348325, 0.0005171791644534095, 0.0007024807804264114, 0.0007467720424756408], "volume_slope_15m": [-0.00009265490371035412, -0.00008406824325356865, -0.00006419854355044663, -0.00004406828302307986, -0.00003381934038770851, -0.000022493827054859138, -0.000014278508842835436, -0.000007600804292451352, -0.000000033696260892668306, 0.0000065979626924672614, 0.000014276159527071285, 0.000022599368458031682, 0.000035616393506643366, 0.000045369472536549405, 0.00006466541679401416, 0.00008533648851880539, 0.00009546978253638372], "volume_slope_60m": [-0.00004944247120874934, -0.000045416516506520564, -0.00003242235288780648, -0.000021139924319868443, -0.00001701501587376697, -0.00001019398659991566, -0.000006515363838843768, -0.0000034058694836858187, 0.00000012302608354275435, 0.000003886811464326456, 0.000007640262765562508, 0.000011887879918504047, 0.0000176243978785351, 0.000022591966626350768, 0.00003446638151217484, 0.00004447302531480091, 0.00004451284621609375], "up_move_share_15m": [0.0677293911576271, 0.0812623013406992, 0.12966775625944138, 0.22209400460124015, 0.2767302721738816, 0.33924352526664736, 0.39526099860668185, 0.4489541471004486, 0.5027416944503784, 0.5565067291259765, 0.6108487546443939, 0.66929612159729, 0.7395234704017639, 0.8126646846532821, 0.8666548198461532, 0.9439427920579905, 0.9618277549743652], "up_move_share_60m": [0.2513512372970581, 0.2541044029891491, 0.28340267270803454, 0.34517456740140917, 0.3817592352628708, 0.42673630118370054, 0.453644672036171, 0.47775513529777525, 0.5006510615348816, 0.5227557063102722, 0.5531667590141296, 0.5950754880905151, 0.6365664303302765, 0.6692846268415451, 0.7132264620065688, 0.7647507001161572, 0.7757412195205688], "volume_change_15m": [-0.0013140176888555288, -0.0011789067386416719, -0.0009282802941743284, -0.0005845601786859334, -0.00046709592861589045, -0.0003075034532230347, -0.00019901987689081583, -0.00010190670291194685, -0.000004033632194477832, 0.00009354727808386078, 0.0002086526277707889, 0.0003257261530961843, 0.0004994077782612294, 0.0006453136826166882, 0.0009891943476395678, 0.0012625737647758797, 0.0012635596795007586], "volume_change_60m": [-0.002580757485702634, -0.002352379455929622, -0.0016993346204981208, -0.001170841895509511, -0.0009057561226654797, -0.0005631667096167803, -0.00036229912948329004, -0.00017433759057894344, 0.000038345429857145064, 0.00020873326575383542, 0.0004119295394048094, 0.0006658795522525907, 0.0009742812369950116, 0.0012876283377408978, 0.0018076135660521685, 0.002240057140123097, 0.002304521854966879], "bollinger_position": [-0.2884657680988312, -0.24604115870594978, -0.15293673321604728, -0.011768331844359632, 0.06894329264760019, 0.1916686356067658, 0.2855413258075714, 0.38866661190986634, 0.5004217624664307, 0.6379816055297851, 0.7505862891674041, 0.8533887505531311, 0.9631441354751589, 1.0310549318790434, 1.1356254279613494, 1.237210317015647, 1.2642745971679688], "range_position_60m": [0.0, 0.0, 0.0, 0.0, 0.03859625272452832, 0.12145568579435351, 0.21464012563228602, 0.3665503740310671, 0.526418149471283, 0.6463173627853394, 0.7830905318260192, 0.9043265819549562, 0.9937428772449494, 1.0, 1.0, 1.0, 1.0], "up_move_share_240m": [0.34719663858413696, 0.35904507941007613, 0.3952784040570259, 0.4305581271648407, 0.44603451788425447, 0.46500747203826903, 0.4778528124094009, 0.4888749420642853, 0.49932287633419037, 0.5103017091751099, 0.527402663230896, 0.544169020652771, 0.5710918307304382, 0.5858514666557312, 0.6271522372961045, 0.6429983601570127, 0.6496670842170715], "volume_change_240m": [-0.004936910234391689, -0.004661767915822565, -0.0035605419124476612, -0.0022772529628127813, -0.0016058731125667691, -0.0010708142071962357, -0.0006250592588912696, -0.0002927965309936551, 0.00005767636503151152, 0.00040758400573395184, 0.0008070636133197693, 0.0013362802332267166, 0.001992208557203413, 0.002517089492175727, 0.0037273681350052357, 0.004222421068698167, 0.004250393249094486], "range_position_240m": [0.0, 0.0, 0.0, 0.025935263838619, 0.067043686658144, 0.15243957042694092, 0.2750015646219253, 0.39907121658325195, 0.5322058498859406, 0.64767347574234, 0.7634945213794707, 0.8698090553283692, 0.9630049526691437, 0.9967739790678024, 1.0, 1.0, 1.0], "volume_acceleration": [-0.00013371740351431072, -0.00012982140762323978, -0.00011320432218781207, -0.00007519436803704593, -0.00005791728981421329, -0.000037767757021356374, -0.00002627827034302755, -0.000013765563744527752, -0.000002450146780574869, 0.000009560962098476011, 0.000021765835299447638, 0.00003640116265160032, 0.00006086108478484677, 0.00008268623860203661, 0.00011679597264446784, 0.00014205823930387769, 0.0001677330583333969], "distance_to_average_5m": [-0.004321590531617403, -0.003437374911736697, -0.0016113746527116745, -0.00091575795377139, -0.0006543905707076192, -0.0004268783668521791, -0.00027060067222919317, -0.00011514599027577785, 0.000030814360798103735, 0.00017838329367805272, 0.00033008336322382087, 0.0005359059898182751, 0.0007657549169380218, 0.00104228004347533, 0.0016358419717289506, 0.0020843622584361524, 0.0022645043209195137], "realised_volatility_5m": [0.00003642857336672023, 0.00008728013135259971, 0.00014880231698043644, 0.00022496261808555574, 0.0002679524681298062, 0.00032339257304556666, 0.00037160193896852435, 0.0004124463477637619, 0.00046442072198260576, 0.0005221396218985319, 0.0005757633771281688, 0.0006469504558481276, 0.0007924421748612077, 0.0009904693812131879, 0.0013805389765184368, 0.0029943381100892875, 0.0034603532403707504], "slope_to_volatility_5m": [-1.9750312566757202, -1.8519483503103256, -1.377131040096283, -0.8431827902793885, -0.6197043478488922, -0.39268457293510434, -0.22847291231155398, -0.08394933491945267, 0.021813091821968555, 0.14427012205123896, 0.2775469750165939, 0.4484164178371431, 0.6560430645942689, 0.8740350723266596, 1.243038563728332, 1.5247467846870388, 1.6315417289733887], "distance_to_average_10m": [-0.005872861947864294, -0.005450139870401472, -0.0024698239634744824, -0.0015189232246484608, -0.0011472340556792913, -0.0007335386238992214, -0.0004084031679667533, -0.0001798449084162711, 0.000043513504351722077, 0.00028109244303777816, 0.0005123219511006026, 0.0008309912751428783, 0.0012302263407036663, 0.0015913949289824813, 0.0023937536543235174, 0.003165453620487822, 0.003232598537579179], "distance_to_average_15m": [-0.007083094213157892, -0.006097008934710175, -0.0029230354307219386, -0.002092920325230807, -0.0014904302079230547, -0.0009546814253553748, -0.0005462263710796833, -0.00023713149421382694, 0.000014827800896455301, 0.0003455181373283265, 0.0006331598968245089, 0.0010559184476733208, 0.0015717076603323221, 0.0019889160874299702, 0.0031543003884144105, 0.004304834603797622, 0.00503122853115201], "distance_to_average_30m": [-0.0075941844843328, -0.006882277844473719, -0.004289285307750106, -0.0028651376720517873, -0.0021925205131992694, -0.0013772958889603614, -0.0008658091246616095, -0.0004766432859469205, -0.00002779353872028878, 0.0004292015975806861, 0.0009963795426301658, 0.001593799446709454, 0.0024431416764855384, 0.003093251830432563, 0.004300493500195443, 0.0064802626981399734, 0.007162452209740877], "distance_to_average_60m": [-0.008799479342997074, -0.008399243480525911, -0.0065423787524923685, -0.004095260659232736, -0.0031050120014697313, -0.0020117678213864565, -0.0014150726492516696, -0.0005877105286344885, 0.00011364734746166505, 0.0006750350818037983, 0.001412293838802725, 0.00237226146273315, 0.003640701808035374, 0.004850627575069665, 0.00580156125128269, 0.008734697652980655, 0.00968455895781517], "realised_volatility_10m": [0.00015641498612239957, 0.00018657848777365872, 0.00023365663233562372, 0.0002816207561409101, 0.0003186200134223327, 0.0003744119079783559, 0.00041186993184965103, 0.0004491245315875858, 0.0004830527905141935, 0.0005191844655200839, 0.0005638560978695749, 0.0006369372014887631, 0.0007662032847292723, 0.0008762454701354726, 0.0012980702391359954, 0.0021469480795785686, 0.0024581975303590298], "realised_volatility_15m": [0.00023835797037463635, 0.00024078153571463191, 0.00027636844664812087, 0.0003168147915857844, 0.0003508599038468674, 0.0004027486720588058, 0.0004375847143819556, 0.0004679396282881498, 0.000497191387694329, 0.0005389644997194409, 0.0005828622786793857, 0.0006569072254933417, 0.0007595201139338315, 0.0008767724066274238, 0.0012505096127279102, 0.0020410130312666286, 0.00207488308660686], "realised_volatility_30m": [0.00030125846387818456, 0.0003077437938482035, 0.0003286338894395158, 0.0003762850596103817, 0.00040030107484199105, 0.00044014417217113077, 0.0004702647711383179, 0.0004975840565748513, 0.0005262195481918752, 0.0005543606006540358, 0.0005960226408205926, 0.0006472002249211074, 0.0007357964990660548, 0.0008302477857796474, 0.001036814145045355, 0.0015271733629051592, 0.0015403222059831023], "realised_volatility_60m": [0.0003217608609702438, 0.0003300685680296738, 0.00037410358781926335, 0.0004201444215141237, 0.00044165834842715415, 0.00047274379758164284, 0.0004965528612956404, 0.0005202019936405123, 0.0005431524477899075, 0.0005683815688826144, 0.000596530840266496, 0.0006368502741679549, 0.000708985491655767, 0.0007738000655081122, 0.0010433501831721506, 0.0011785410543670848, 0.0012724781408905983], "slope_to_volatility_15m": [-0.8412250876426697, -0.7392573966979981, -0.6511515152454376, -0.4981948688626289, -0.3749713659286499, -0.24470273256301878, -0.14334576427936557, -0.06438626050949096, 0.0018507626955397427, 0.07081452757120132, 0.1477077424526214, 0.23388400971889506, 0.3679693371057511, 0.4818425416946411, 0.6321758717298508, 0.8939202241301506, 0.9919776916503906], "slope_to_volatility_60m": [-0.40047580003738403, -0.39716407245397567, -0.33778904408216476, -0.23422551974654196, -0.18384683281183242, -0.12007194310426711, -0.08015060201287272, -0.03914651125669472, 0.0022105289390310645, 0.04161963537335395, 0.08333277255296705, 0.13852290511131288, 0.2072287365794182, 0.26244136691093445, 0.33529532968997955, 0.4095091727077961, 0.4104899764060974], "volatility_ratio_5m_60m": [0.06929832696914673, 0.11881629067659377, 0.24647563368082046, 0.4053406834602356, 0.46821160018444063, 0.5793565034866333, 0.6812751173973083, 0.7531745076179505, 0.8398601114749908, 0.9520392775535583, 1.0833412051200866, 1.2005482912063599, 1.442953944206238, 1.6700391948223112, 2.1772671651840207, 2.98092925357818, 3.1758430004119873], "distance_to_average_120m": [-0.01030384749174118, -0.010219525667838751, -0.008987631173804403, -0.006299979053437709, -0.004994142521172762, -0.0028673459775745867, -0.0017311328905634583, -0.0005790185881778598, 0.0002051387054962106, 0.0009565352462232113, 0.0019500226713716974, 0.003505368158221245, 0.005264590680599213, 0.006693643028847873, 0.009237147914245725, 0.010549171942286165, 0.011416151188313961], "distance_to_average_240m": [-0.016747090965509415, -0.014632212064228952, -0.010428114049136638, -0.008361381245777011, -0.006241579866036772, -0.004153147619217634, -0.0023662858409807088, -0.0011246446752920744, 0.00018745532725006342, 0.0012140951817855232, 0.002634910936467349, 0.0049404637888073935, 0.0075235308613628175, 0.009844981692731375, 0.013633011542260647, 0.016027404658496378, 0.016129745170474052], "realised_volatility_120m": [0.0003952805418521166, 0.00039971018250798806, 0.0004171043721726164, 0.0004500811905018054, 0.0004774272325448692, 0.0005030449363403022, 0.0005211984913330525, 0.0005354515626095236, 0.0005547263426706195, 0.0005792311625555157, 0.0005987803684547544, 0.0006253705359995365, 0.0006747207371518016, 0.0007225590758025644, 0.0008903093670960515, 0.0009748062936705535, 0.0009813396027311683], "realised_volatility_240m": [0.00041195916128344834, 0.00041888480458874254, 0.00045760528824757786, 0.00048764880921225995, 0.0005030003900174052, 0.0005256960401311516, 0.0005428829288575798, 0.0005509995738975703, 0.0005607899802271277, 0.0005766352755017578, 0.0005940117815043777, 0.0006128796259872616, 0.0006528883241117001, 0.0006870009412523358, 0.0007759669929509982, 0.0007814227436902001, 0.0007853471324779093], "upside_variance_share_60m": [0.06229780986905098, 0.07302808057144285, 0.11945709683001042, 0.20875361859798433, 0.27659406065940856, 0.35011333823204044, 0.4110732764005661, 0.4596745789051056, 0.5006057322025299, 0.5495541453361511, 0.6003254294395447, 0.654844605922699, 0.7358273029327392, 0.7908476084470748, 0.8625472646951675, 0.8861840023398397, 0.8937811851501465], "volatility_ratio_15m_240m": [0.3785907030105591, 0.4011951712667942, 0.47451326668262483, 0.5515014201402664, 0.619275587797165, 0.7090115189552307, 0.7675758302211761, 0.8244388461112976, 0.888345867395401, 0.9578946590423584, 1.0378004670143128, 1.1617356300354005, 1.353756070137024, 1.5227158248424526, 1.9577119565010066, 2.8800540308952285, 3.033565044403076], "volatility_ratio_60m_240m": [0.5814547538757324, 0.5847468827962875, 0.6540411591529847, 0.7366581380367279, 0.7883942186832428, 0.840563189983368, 0.8848668694496155, 0.9257756352424622, 0.96571284532547, 1.0219820976257323, 1.0651308655738831, 1.1167924880981446, 1.1953715801239013, 1.272246140241623, 1.506369500160217, 1.6557065507173534, 1.6686056852340698], "minutes_since_move_of_30bp": [0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 4.0, 8.0, 12.0, 17.0, 24.0, 34.0, 49.0, 62.549999999999955, 97.03999999999996, 152.76499999999965, 164.0], "upside_variance_share_240m": [0.23818618059158325, 0.23994094173610211, 0.2528377732634544, 0.32583203762769697, 0.3531972646713257, 0.3909874439239502, 0.4340920835733414, 0.47160287499427794, 0.4977327287197113, 0.5220862627029419, 0.5574155390262604, 0.5922502636909485, 0.6350996434688568, 0.6684060364961624, 0.7350123339891433, 0.7694175544977186, 0.7734357714653015], "volume_distance_to_average_5m": [-0.00031858516740612686, -0.00029556952571147124, -0.000226181492471369, -0.00016876387744559906, -0.00014364268718054516, -0.00008853391482261939, -0.000052020007206010636, -0.000026777253151522017, -0.0000013840685255672724, 0.00002467231934133451, 0.00005320988530002064, 0.000091167313803453, 0.00013748445198871197, 0.00017942843114724378, 0.00025769414409296585, 0.0003280462503898888, 0.00033108360366895795], "volume_distance_to_average_15m": [-0.0006129959365352988, -0.0005921253155102022, -0.00046744867926463486, -0.0003216552155208774, -0.0002587123919511214, -0.0001697096973657608, -0.00010732398004620336, -0.00005951962157269008, -0.00001052488005370833, 0.00004126624262426048, 0.00010614813290885643, 0.00018172987620346254, 0.0002696777693927288, 0.00034406473423587153, 0.00048420338775031265, 0.0006987465716083518, 0.0007486632675863802], "volume_distance_to_average_60m": [-0.0016712229698896408, -0.00145146617887076, -0.0009596430358942598, -0.0006510592414997518, -0.0004969937377609313, -0.00031790494685992595, -0.00021665196254616603, -0.00011600246943999079, -0.000010042639587481972, 0.00010399555758340281, 0.00022427146031986923, 0.00036458375980146244, 0.0005604483070783319, 0.0007472201396012671, 0.0010706539126113055, 0.0013489598025334972, 0.0014365229289978743], "volume_distance_to_average_240m": [-0.003147674025967717, -0.0031432724185287953, -0.001755263264058158, -0.0012474084389396012, -0.0009585857740603387, -0.0006167127401567995, -0.0003583106445148588, -0.00016238078824244433, 0.00003142846253467724, 0.0002513675601221621, 0.0004564110946375877, 0.0007020163233391944, 0.0011433479492552582, 0.0015137505368329582, 0.001969626899808645, 0.002466126785613588, 0.002728739520534873]}
\.


COPY market.overfitting_checks (check_id, run_id, symbol, as_of, trials, days, splits, overfitting_probability, probability_of_loss, cost_bps_per_side, created_at) FROM stdin;
\.


COPY market.performance_days (day, symbol, horizon_minutes, threshold, model_id, kind, signals, abstained, settled, expected_up, observed_up, expected_down, observed_down, events, correct, brier, brier_prior, log_loss, log_loss_prior, trades, wins, net_return_sum, net_return_squares, latency_median_seconds, latency_p95_seconds, latency_max_seconds, computed_at) FROM stdin;
2026-03-08	BTCUSDT	15	0.00300	1	late	29	0	15	1.5668458697719752	0	1.0912592299395025	0	0	15	0.04761149168305794	0.04732088888888886	0.19505065375422725	0.1952041826249684	0	0	0	0	903.280529	1659.2805289999997	1743.280529	2026-11-29 20:03:05.171178+00
2026-03-08	BTCUSDT	15	0.00300	2	late	29	0	15	0.7769200855449745	0	1.3727048558834456	0	0	15	0.0343496132702015	0.04732088888888886	0.155835728120175	0.1952041826249684	0	0	0	0	903.280529	1659.2805289999997	1743.280529	2026-11-29 20:03:05.171428+00
\.


COPY market.pipeline_checks (check_id, checked_at, name, symbol, horizon_minutes, threshold, model_id, status, is_blocking, value, bound, detail, runbook, evidence) FROM stdin;
1	2026-11-29 20:03:06.049612+00	freshness	BTCUSDT	\N	\N	\N	alert	f	29	5	The newest minute of BTCUSDT is 2026-03-09 00:00 UTC, 0.0 min behind the clock; answers in time are 29 min (15 min ±0.3 %) behind it.	freshness	{"answers_behind": {"15 min ±0.3 %": 29.0}, "minutes_behind": 0.0}
2	2026-11-29 20:03:06.476516+00	gaps	BTCUSDT	\N	\N	\N	ok	f	0	10	0 of the 1440 minutes of BTCUSDT to 2026-03-09 00:00 UTC lack a metric.	gaps	\N
3	2026-11-29 20:03:07.244624+00	inputs	BTCUSDT	\N	\N	\N	unknown	f	\N	0.1	Nothing of BTCUSDT was answered in time in the last hour.	inputs	\N
4	2026-11-29 20:03:08.082726+00	answers	BTCUSDT	\N	\N	\N	alert	f	0.48333333333333334	0.1	29 of 29 answers of BTCUSDT 15 min ±0.3 % in the last hour are late, or ABSTAIN though the inputs are good: 29 late.	answers	{"late": 29}
5	2026-11-29 20:03:09.998754+00	skew	BTCUSDT	\N	\N	\N	ok	t	0	0	29 scored minutes of BTCUSDT were computed again: 29 have the same bits, 0 differ since minutes were corrected or came late, 0 differ without a reason.	skew	{"compared": 29, "explained": 0, "unexplained": []}
6	2026-11-29 20:03:10.644716+00	training	BTCUSDT	\N	\N	\N	ok	f	0.020833333333333332	30	BTCUSDT 15 min ±0.3 % was trained 0.0 days ago, its champion (model 1) 0.0 days ago; from 45 days on (signals.max_model_age_days) it abstains.	training	{"days_since_training": 0.020833333333333332, "most_days_since_training": 9.0}
7	2026-11-29 20:03:11.468291+00	calibration	BTCUSDT	15	0.00300	1	unknown	f	\N	\N	BTCUSDT 15 min ±0.3 % has 0 settled live events on 0 days; 30 on 7 days are needed.	calibration	\N
8	2026-11-29 20:03:11.705878+00	failed_runs	\N	\N	\N	\N	ok	f	0	0	0 tasks failed in the last day or before; 0 have not succeeded since.	failed_runs	{}
9	2026-11-29 20:03:13.410236+00	skew_day	BTCUSDT	\N	\N	\N	ok	f	0	0	29 scored minutes of BTCUSDT were computed again: 29 have the same bits, 0 differ since minutes were corrected or came late, 0 differ without a reason.	skew_day	{"compared": 29, "explained": 0, "unexplained": []}
10	2026-11-29 20:03:14.322011+00	drift	BTCUSDT	15	0.00300	1	unknown	f	\N	1.2	1 minutes 15 apart were scored; 672 are needed to compare inputs.	drift	\N
11	2026-11-29 20:03:15.064295+00	replay	\N	\N	\N	\N	ok	f	0	0	58 stored signals were computed again: 58 have the same bits, 0 are within 1e-9 under other libraries or another machine, 0 came out otherwise.	replay	{"equal": 58, "checked": 58, "different": [], "within_tolerance": 0}
\.


COPY market.promotions (promotion_id, run_id, symbol, horizon_minutes, threshold, candidate, model_id, is_accepted, reason, skill_margin, margin_low, margin_high, decided_by, decided_at, effective_from, kind, reigning, reigning_margin, reigning_low, reigning_high, may_trade, trade_reason, answers_to) FROM stdin;
1	924ab526-2dd1-4d0f-9426-bfa44da2a520	BTCUSDT	15	0.00300	volatility_60m	1	t	No candidate passed the gate: the volatility baseline scores, so that signals go on.	\N	\N	\N	market_admin	2026-11-29 20:03:00.824295+00	2026-03-08 23:31:00+00	baseline	\N	\N	\N	\N	f	On unseen minutes no trade was worth its costs, so nothing shows an edge.	\N
2	924ab526-2dd1-4d0f-9426-bfa44da2a520	BTCUSDT	15	0.00300	logistic	2	f	134 events that begin on 4 days are too few to judge by; 200 events on 60 days are needed. The skill differs from that of the volatility baseline by -0.1705 (95 % interval -0.2049 to -0.0525); at least 0.002 and a lower bound above 0 are needed. The skill over the class prior is -0.1814 (95 % interval -0.2177 to -0.0572); a lower bound above 0 is needed. The calibration error is 0.0915, more than the 0.02 allowed and the volatility baseline's 0.0525.	-0.170458135342013	-0.20493914930529294	-0.05253785970352863	market_admin	2026-11-29 20:03:00.830287+00	2026-03-08 23:31:00+00	too_few	\N	\N	\N	\N	f	10 trades on unseen minutes brought -7.6 bp (95 %: -14.8 to +21.5) each after costs. The Sharpe ratio is -6.29 a year, where luck alone reaches 0.00 in 1 trial: with a probability of 0.37 it is more than luck; 30 trades, a lower bound above 0 and a probability of 0.95 are needed.	\N
\.


COPY market.quarantined_samples (sample_id, symbol, metric, first_at, last_at, samples, value, labels, reason, seen_at) FROM stdin;
\.


COPY market.schema_migrations (name, checksum, applied_at) FROM stdin;
0001_market.sql	27239cae1fe8946c11670ebd60a72da7aaef40473ff8cc0f83373f9d54a7ee5c	2026-11-29 20:02:35.34862+00
0002_ingestion.sql	b8ec9838dd4e99fb267097276944867c52aaa5b5710a1a79e68472c096bfc39a	2026-11-29 20:02:35.431856+00
0003_feature_versions.sql	25f62438b613dd44eb01413ad9135258b75cec6ac0424c49837759497322cde8	2026-11-29 20:02:35.443872+00
0004_model_scores.sql	f0962882803e75f0ac64aa143e5ecadeb08252ed7c6b5c177c7eb4f90c0dc4ce	2026-11-29 20:02:35.452042+00
0005_training.sql	77feb28eed2e923cc00941f88e3d8164962dd5c8d1bcf0df15b36f14e6724385	2026-11-29 20:02:35.48248+00
0006_scoring.sql	86d104ce2624da134c41de34ab3b2f1b8fb01e0429e0cf27ff116daeb8ae713c	2026-11-29 20:02:35.516243+00
0007_outcomes.sql	4acfa71231099cbe6be3c01b3aea5a8a8c71eadfb4fba5f3dabe019b9f118226	2026-11-29 20:02:35.533999+00
0008_watching.sql	bfa66797d6796d5957495d806e2ff6f386c8e01e54c127ce51b66a768be99d2e	2026-11-29 20:02:35.580793+00
0009_page.sql	dba629c9b2b977393f33a84f1481053ec5c27acd8a3ff6d7adab5a94df7a0e06	2026-11-29 20:02:35.595908+00
0010_settle_due.sql	33f45945aae0c03684f8081a7adf20ad6c9b0e837f95ab04cd92631246322d9c	2026-11-29 20:02:35.602636+00
\.


COPY market.schema_objects (kind, name, relation, definition, server_major) FROM stdin;
column	alerts.alert_id	alerts	bigint NOT NULL GENERATED ALWAYS AS IDENTITY	15
column	alerts.alert_key	alerts	text NOT NULL	15
column	alerts.closed_at	alerts	timestamp with time zone	15
column	alerts.last_seen_at	alerts	timestamp with time zone NOT NULL DEFAULT clock_timestamp()	15
column	alerts.opened_at	alerts	timestamp with time zone NOT NULL DEFAULT clock_timestamp()	15
column	alerts.runbook	alerts	text NOT NULL	15
column	alerts.seen	alerts	integer NOT NULL DEFAULT 1	15
column	alerts.summary	alerts	text NOT NULL	15
column	alerts.tell_from	alerts	timestamp with time zone NOT NULL DEFAULT clock_timestamp()	15
column	alerts.told_at	alerts	timestamp with time zone	15
column	catch_ups.begun_at	catch_ups	timestamp with time zone NOT NULL DEFAULT clock_timestamp()	15
column	catch_ups.since	catch_ups	timestamp with time zone NOT NULL	15
column	catch_ups.symbol	catch_ups	text NOT NULL	15
column	challengers.appointed_at	challengers	timestamp with time zone NOT NULL DEFAULT clock_timestamp()	15
column	challengers.appointed_by	challengers	text NOT NULL	15
column	challengers.challenge_id	challengers	bigint NOT NULL GENERATED ALWAYS AS IDENTITY	15
column	challengers.effective_from	challengers	timestamp with time zone NOT NULL	15
column	challengers.horizon_minutes	challengers	integer NOT NULL	15
column	challengers.model_id	challengers	bigint	15
column	challengers.reason	challengers	text NOT NULL	15
column	challengers.symbol	challengers	text NOT NULL	15
column	challengers.threshold	challengers	numeric(6,5) NOT NULL	15
column	feature_versions.columns	feature_versions	text[] NOT NULL	15
column	feature_versions.created_at	feature_versions	timestamp with time zone NOT NULL DEFAULT clock_timestamp()	15
column	feature_versions.definition	feature_versions	text NOT NULL	15
column	feature_versions.feature_hash	feature_versions	text NOT NULL	15
column	feature_versions.feature_version	feature_versions	integer NOT NULL	15
column	feature_versions.lookback_minutes	feature_versions	integer[]	15
column	ingest_windows.computed	ingest_windows	bigint	15
column	ingest_windows.error	ingest_windows	text	15
column	ingest_windows.finished_at	ingest_windows	timestamp with time zone NOT NULL DEFAULT clock_timestamp()	15
column	ingest_windows.quarantined	ingest_windows	bigint	15
column	ingest_windows.requests	ingest_windows	integer NOT NULL	15
column	ingest_windows.retries	ingest_windows	integer NOT NULL	15
column	ingest_windows.rows_changed	ingest_windows	bigint NOT NULL	15
column	ingest_windows.rows_new	ingest_windows	bigint NOT NULL	15
column	ingest_windows.rows_same	ingest_windows	bigint NOT NULL	15
column	ingest_windows.samples	ingest_windows	bigint	15
column	ingest_windows.seconds	ingest_windows	double precision NOT NULL	15
column	ingest_windows.symbol	ingest_windows	text NOT NULL	15
column	ingest_windows.window_from	ingest_windows	timestamp with time zone NOT NULL	15
column	ingest_windows.window_id	ingest_windows	bigint NOT NULL GENERATED ALWAYS AS IDENTITY	15
column	ingest_windows.window_to	ingest_windows	timestamp with time zone NOT NULL	15
column	kill_switch.is_on	kill_switch	boolean NOT NULL	15
column	kill_switch.reason	kill_switch	text NOT NULL	15
column	kill_switch.set_at	kill_switch	timestamp with time zone NOT NULL DEFAULT clock_timestamp()	15
column	kill_switch.set_by	kill_switch	text NOT NULL	15
column	kill_switch.switch_id	kill_switch	bigint NOT NULL GENERATED ALWAYS AS IDENTITY	15
column	kill_switch.symbol	kill_switch	text	15
column	metric_arrivals.metrics	metric_arrivals	text[] NOT NULL	15
column	metric_arrivals.seen_at	metric_arrivals	timestamp with time zone NOT NULL DEFAULT clock_timestamp()	15
column	metric_arrivals.symbol	metric_arrivals	text NOT NULL	15
column	metric_arrivals.ts	metric_arrivals	timestamp with time zone NOT NULL	15
column	metric_catalogue.asked_since	metric_catalogue	timestamp with time zone NOT NULL DEFAULT clock_timestamp()	15
column	metric_catalogue.expression	metric_catalogue	text	15
column	metric_catalogue.metric	metric_catalogue	text NOT NULL	15
column	metric_catalogue.query	metric_catalogue	text NOT NULL	15
column	metric_catalogue.symbol	metric_catalogue	text NOT NULL	15
column	metric_revisions.metric	metric_revisions	text NOT NULL	15
column	metric_revisions.new_value	metric_revisions	double precision NOT NULL	15
column	metric_revisions.old_value	metric_revisions	double precision NOT NULL	15
column	metric_revisions.seen_at	metric_revisions	timestamp with time zone NOT NULL DEFAULT clock_timestamp()	15
column	metric_revisions.symbol	metric_revisions	text NOT NULL	15
column	metric_revisions.ts	metric_revisions	timestamp with time zone NOT NULL	15
column	minute_metrics.computed_columns	minute_metrics	text[] NOT NULL DEFAULT '{}'::text[]	15
column	minute_metrics.first_loaded_at	minute_metrics	timestamp with time zone NOT NULL DEFAULT clock_timestamp()	15
column	minute_metrics.last_price	minute_metrics	double precision	15
column	minute_metrics.loaded_at	minute_metrics	timestamp with time zone NOT NULL DEFAULT clock_timestamp()	15
column	minute_metrics.price_avg_10m	minute_metrics	double precision	15
column	minute_metrics.price_avg_15m	minute_metrics	double precision	15
column	minute_metrics.price_avg_1h	minute_metrics	double precision	15
column	minute_metrics.price_avg_30m	minute_metrics	double precision	15
column	minute_metrics.price_avg_5m	minute_metrics	double precision	15
column	minute_metrics.price_deriv_10m	minute_metrics	double precision	15
column	minute_metrics.price_deriv_15m	minute_metrics	double precision	15
column	minute_metrics.price_deriv_1h	minute_metrics	double precision	15
column	minute_metrics.price_deriv_30m	minute_metrics	double precision	15
column	minute_metrics.price_deriv_5m	minute_metrics	double precision	15
column	minute_metrics.symbol	minute_metrics	text NOT NULL	15
column	minute_metrics.ts	minute_metrics	timestamp with time zone NOT NULL	15
column	minute_metrics.volume_24h	minute_metrics	double precision	15
column	minute_metrics.volume_avg_15m	minute_metrics	double precision	15
column	minute_metrics.volume_avg_5m	minute_metrics	double precision	15
column	minute_metrics.volume_deriv_15m	minute_metrics	double precision	15
column	minute_metrics.volume_deriv_5m	minute_metrics	double precision	15
column	model_evaluations.as_of	model_evaluations	timestamp with time zone NOT NULL	15
column	model_evaluations.auc_big_move	model_evaluations	double precision	15
column	model_evaluations.auc_direction	model_evaluations	double precision	15
column	model_evaluations.auc_down	model_evaluations	double precision	15
column	model_evaluations.auc_up	model_evaluations	double precision	15
column	model_evaluations.average_precision_lift_down	model_evaluations	double precision	15
column	model_evaluations.average_precision_lift_up	model_evaluations	double precision	15
column	model_evaluations.brier	model_evaluations	double precision	15
column	model_evaluations.brier_prior	model_evaluations	double precision	15
column	model_evaluations.calibration_error	model_evaluations	double precision	15
column	model_evaluations.candidate	model_evaluations	text NOT NULL	15
column	model_evaluations.created_at	model_evaluations	timestamp with time zone NOT NULL DEFAULT clock_timestamp()	15
column	model_evaluations.curves	model_evaluations	jsonb	15
column	model_evaluations.daily_from	model_evaluations	date	15
column	model_evaluations.daily_net_returns	model_evaluations	double precision[]	15
column	model_evaluations.days	model_evaluations	bigint NOT NULL	15
column	model_evaluations.decided_days	model_evaluations	bigint	15
column	model_evaluations.decided_events	model_evaluations	bigint	15
column	model_evaluations.decided_rows	model_evaluations	bigint	15
column	model_evaluations.deflated_sharpe	model_evaluations	double precision	15
column	model_evaluations.evaluated_from	model_evaluations	timestamp with time zone NOT NULL	15
column	model_evaluations.evaluated_to	model_evaluations	timestamp with time zone NOT NULL	15
column	model_evaluations.evaluation_id	model_evaluations	bigint NOT NULL GENERATED ALWAYS AS IDENTITY	15
column	model_evaluations.events	model_evaluations	bigint NOT NULL	15
column	model_evaluations.fold	model_evaluations	integer	15
column	model_evaluations.hold_max_drawdown	model_evaluations	double precision	15
column	model_evaluations.hold_net_return	model_evaluations	double precision	15
column	model_evaluations.hold_sharpe	model_evaluations	double precision	15
column	model_evaluations.horizon_minutes	model_evaluations	integer NOT NULL	15
column	model_evaluations.is_baseline	model_evaluations	boolean NOT NULL	15
column	model_evaluations.legacy_accuracy	model_evaluations	double precision	15
column	model_evaluations.legacy_balanced_score	model_evaluations	double precision	15
column	model_evaluations.legacy_directional_accuracy	model_evaluations	double precision	15
column	model_evaluations.legacy_directional_rows	model_evaluations	bigint	15
column	model_evaluations.legacy_high_confidence_accuracy	model_evaluations	double precision	15
column	model_evaluations.legacy_high_confidence_rows	model_evaluations	bigint	15
column	model_evaluations.legacy_sideways_accuracy	model_evaluations	double precision	15
column	model_evaluations.legacy_sideways_balanced_score	model_evaluations	double precision	15
column	model_evaluations.log_loss	model_evaluations	double precision	15
column	model_evaluations.log_loss_skill	model_evaluations	double precision	15
column	model_evaluations.lucky_sharpe	model_evaluations	double precision	15
column	model_evaluations.max_drawdown	model_evaluations	double precision	15
column	model_evaluations.mcc	model_evaluations	double precision	15
column	model_evaluations.mean_net_return_bps	model_evaluations	double precision	15
column	model_evaluations.model_id	model_evaluations	bigint	15
column	model_evaluations.net_return	model_evaluations	double precision	15
column	model_evaluations.net_return_high_bps	model_evaluations	double precision	15
column	model_evaluations.net_return_low_bps	model_evaluations	double precision	15
column	model_evaluations.placebo_high	model_evaluations	double precision	15
column	model_evaluations.placebo_low	model_evaluations	double precision	15
column	model_evaluations.placebo_skill	model_evaluations	double precision	15
column	model_evaluations.precision_down	model_evaluations	double precision	15
column	model_evaluations.precision_sideways	model_evaluations	double precision	15
column	model_evaluations.precision_top_down	model_evaluations	double precision	15
column	model_evaluations.precision_top_up	model_evaluations	double precision	15
column	model_evaluations.precision_up	model_evaluations	double precision	15
column	model_evaluations.recall_down	model_evaluations	double precision	15
column	model_evaluations.recall_sideways	model_evaluations	double precision	15
column	model_evaluations.recall_up	model_evaluations	double precision	15
column	model_evaluations.recipe_hash	model_evaluations	text	15
column	model_evaluations.rows	model_evaluations	bigint NOT NULL	15
column	model_evaluations.run_id	model_evaluations	uuid NOT NULL	15
column	model_evaluations.share_decided_down	model_evaluations	double precision	15
column	model_evaluations.share_decided_sideways	model_evaluations	double precision	15
column	model_evaluations.share_decided_up	model_evaluations	double precision	15
column	model_evaluations.share_down	model_evaluations	double precision	15
column	model_evaluations.share_up	model_evaluations	double precision	15
column	model_evaluations.sharpe	model_evaluations	double precision	15
column	model_evaluations.skill_high	model_evaluations	double precision	15
column	model_evaluations.skill_low	model_evaluations	double precision	15
column	model_evaluations.symbol	model_evaluations	text NOT NULL	15
column	model_evaluations.threshold	model_evaluations	numeric(6,5) NOT NULL	15
column	model_evaluations.trades	model_evaluations	bigint	15
column	model_evaluations.trades_a_day	model_evaluations	double precision	15
column	model_evaluations.trials	model_evaluations	bigint	15
column	model_evaluations.win_rate	model_evaluations	double precision	15
column	models.artifact	models	bytea NOT NULL	15
column	models.artifact_format	models	text NOT NULL	15
column	models.artifact_sha256	models	text NOT NULL	15
column	models.as_of	models	timestamp with time zone NOT NULL	15
column	models.candidate	models	text NOT NULL	15
column	models.code_revision	models	text NOT NULL	15
column	models.created_at	models	timestamp with time zone NOT NULL DEFAULT clock_timestamp()	15
column	models.decision	models	jsonb NOT NULL	15
column	models.feature_columns	models	text[] NOT NULL	15
column	models.feature_hash	models	text NOT NULL	15
column	models.feature_version	models	integer NOT NULL	15
column	models.horizon_minutes	models	integer NOT NULL	15
column	models.input_quantiles	models	jsonb	15
column	models.is_baseline	models	boolean NOT NULL	15
column	models.model_id	models	bigint NOT NULL GENERATED ALWAYS AS IDENTITY	15
column	models.parameters	models	jsonb NOT NULL	15
column	models.snapshot_hash	models	text NOT NULL	15
column	models.symbol	models	text NOT NULL	15
column	models.threshold	models	numeric(6,5) NOT NULL	15
column	models.trained_from	models	timestamp with time zone NOT NULL	15
column	models.trained_to	models	timestamp with time zone NOT NULL	15
column	overfitting_checks.as_of	overfitting_checks	timestamp with time zone NOT NULL	15
column	overfitting_checks.check_id	overfitting_checks	bigint NOT NULL GENERATED ALWAYS AS IDENTITY	15
column	overfitting_checks.cost_bps_per_side	overfitting_checks	double precision NOT NULL	15
column	overfitting_checks.created_at	overfitting_checks	timestamp with time zone NOT NULL DEFAULT clock_timestamp()	15
column	overfitting_checks.days	overfitting_checks	bigint NOT NULL	15
column	overfitting_checks.overfitting_probability	overfitting_checks	double precision	15
column	overfitting_checks.probability_of_loss	overfitting_checks	double precision	15
column	overfitting_checks.run_id	overfitting_checks	uuid NOT NULL	15
column	overfitting_checks.splits	overfitting_checks	bigint	15
column	overfitting_checks.symbol	overfitting_checks	text NOT NULL	15
column	overfitting_checks.trials	overfitting_checks	bigint NOT NULL	15
column	performance_days.abstained	performance_days	bigint NOT NULL	15
column	performance_days.brier	performance_days	double precision	15
column	performance_days.brier_prior	performance_days	double precision	15
column	performance_days.computed_at	performance_days	timestamp with time zone NOT NULL DEFAULT clock_timestamp()	15
column	performance_days.correct	performance_days	bigint NOT NULL	15
column	performance_days.day	performance_days	date NOT NULL	15
column	performance_days.events	performance_days	bigint NOT NULL	15
column	performance_days.expected_down	performance_days	double precision	15
column	performance_days.expected_up	performance_days	double precision	15
column	performance_days.horizon_minutes	performance_days	integer NOT NULL	15
column	performance_days.kind	performance_days	text NOT NULL	15
column	performance_days.latency_max_seconds	performance_days	double precision	15
column	performance_days.latency_median_seconds	performance_days	double precision	15
column	performance_days.latency_p95_seconds	performance_days	double precision	15
column	performance_days.log_loss	performance_days	double precision	15
column	performance_days.log_loss_prior	performance_days	double precision	15
column	performance_days.model_id	performance_days	bigint	15
column	performance_days.net_return_squares	performance_days	double precision NOT NULL	15
column	performance_days.net_return_sum	performance_days	double precision NOT NULL	15
column	performance_days.observed_down	performance_days	bigint NOT NULL	15
column	performance_days.observed_up	performance_days	bigint NOT NULL	15
column	performance_days.settled	performance_days	bigint NOT NULL	15
column	performance_days.signals	performance_days	bigint NOT NULL	15
column	performance_days.symbol	performance_days	text NOT NULL	15
column	performance_days.threshold	performance_days	numeric(6,5) NOT NULL	15
column	performance_days.trades	performance_days	bigint NOT NULL	15
column	performance_days.wins	performance_days	bigint NOT NULL	15
column	pipeline_checks.bound	pipeline_checks	double precision	15
column	pipeline_checks.check_id	pipeline_checks	bigint NOT NULL GENERATED ALWAYS AS IDENTITY	15
column	pipeline_checks.checked_at	pipeline_checks	timestamp with time zone NOT NULL DEFAULT clock_timestamp()	15
column	pipeline_checks.detail	pipeline_checks	text NOT NULL	15
column	pipeline_checks.evidence	pipeline_checks	jsonb	15
column	pipeline_checks.horizon_minutes	pipeline_checks	integer	15
column	pipeline_checks.is_blocking	pipeline_checks	boolean NOT NULL	15
column	pipeline_checks.model_id	pipeline_checks	bigint	15
column	pipeline_checks.name	pipeline_checks	text NOT NULL	15
column	pipeline_checks.runbook	pipeline_checks	text NOT NULL	15
column	pipeline_checks.status	pipeline_checks	text NOT NULL	15
column	pipeline_checks.symbol	pipeline_checks	text	15
column	pipeline_checks.threshold	pipeline_checks	numeric(6,5)	15
column	pipeline_checks.value	pipeline_checks	double precision	15
column	promotions.answers_to	promotions	bigint	15
column	promotions.candidate	promotions	text NOT NULL	15
column	promotions.decided_at	promotions	timestamp with time zone NOT NULL DEFAULT clock_timestamp()	15
column	promotions.decided_by	promotions	text NOT NULL	15
column	promotions.effective_from	promotions	timestamp with time zone NOT NULL	15
column	promotions.horizon_minutes	promotions	integer NOT NULL	15
column	promotions.is_accepted	promotions	boolean NOT NULL	15
column	promotions.kind	promotions	text	15
column	promotions.margin_high	promotions	double precision	15
column	promotions.margin_low	promotions	double precision	15
column	promotions.may_trade	promotions	boolean	15
column	promotions.model_id	promotions	bigint	15
column	promotions.promotion_id	promotions	bigint NOT NULL GENERATED ALWAYS AS IDENTITY	15
column	promotions.reason	promotions	text NOT NULL	15
column	promotions.reigning	promotions	text	15
column	promotions.reigning_high	promotions	double precision	15
column	promotions.reigning_low	promotions	double precision	15
column	promotions.reigning_margin	promotions	double precision	15
column	promotions.run_id	promotions	uuid NOT NULL	15
column	promotions.skill_margin	promotions	double precision	15
column	promotions.symbol	promotions	text NOT NULL	15
column	promotions.threshold	promotions	numeric(6,5) NOT NULL	15
column	promotions.trade_reason	promotions	text	15
column	quarantined_samples.first_at	quarantined_samples	timestamp with time zone NOT NULL	15
column	quarantined_samples.labels	quarantined_samples	text	15
column	quarantined_samples.last_at	quarantined_samples	timestamp with time zone NOT NULL	15
column	quarantined_samples.metric	quarantined_samples	text NOT NULL	15
column	quarantined_samples.reason	quarantined_samples	text NOT NULL	15
column	quarantined_samples.sample_id	quarantined_samples	bigint NOT NULL GENERATED ALWAYS AS IDENTITY	15
column	quarantined_samples.samples	quarantined_samples	bigint NOT NULL	15
column	quarantined_samples.seen_at	quarantined_samples	timestamp with time zone NOT NULL DEFAULT clock_timestamp()	15
column	quarantined_samples.symbol	quarantined_samples	text NOT NULL	15
column	quarantined_samples.value	quarantined_samples	text	15
column	schema_migrations.applied_at	schema_migrations	timestamp with time zone NOT NULL DEFAULT clock_timestamp()	15
column	schema_migrations.checksum	schema_migrations	text NOT NULL	15
column	schema_migrations.name	schema_migrations	text NOT NULL	15
column	schema_objects.definition	schema_objects	text NOT NULL	15
column	schema_objects.kind	schema_objects	text NOT NULL	15
column	schema_objects.name	schema_objects	text NOT NULL	15
column	schema_objects.relation	schema_objects	text	15
column	schema_objects.server_major	schema_objects	integer NOT NULL	15
column	scoring_environments.environment_id	scoring_environments	integer NOT NULL GENERATED ALWAYS AS IDENTITY	15
column	scoring_environments.fingerprint	scoring_environments	text NOT NULL	15
column	scoring_environments.first_used_at	scoring_environments	timestamp with time zone NOT NULL DEFAULT clock_timestamp()	15
column	scoring_environments.libraries	scoring_environments	jsonb NOT NULL	15
column	settle_marks.looked_at	settle_marks	timestamp with time zone NOT NULL	15
column	settle_marks.minutes_due	settle_marks	tstzmultirange NOT NULL DEFAULT '{}'::tstzmultirange	15
column	settle_marks.signal_id	settle_marks	bigint NOT NULL	15
column	settle_marks.symbol	settle_marks	text NOT NULL	15
column	settled_outcomes.entry_at	settled_outcomes	timestamp with time zone	15
column	settled_outcomes.entry_price	settled_outcomes	double precision	15
column	settled_outcomes.exit_at	settled_outcomes	timestamp with time zone	15
column	settled_outcomes.exit_price	settled_outcomes	double precision	15
column	settled_outcomes.exit_reason	settled_outcomes	text	15
column	settled_outcomes.forward_return	settled_outcomes	double precision	15
column	settled_outcomes.horizon_minutes	settled_outcomes	integer NOT NULL	15
column	settled_outcomes.net_return	settled_outcomes	double precision	15
column	settled_outcomes.opens_position	settled_outcomes	boolean NOT NULL	15
column	settled_outcomes.outcome	settled_outcomes	text	15
column	settled_outcomes.settled_at	settled_outcomes	timestamp with time zone NOT NULL DEFAULT clock_timestamp()	15
column	settled_outcomes.signal_id	settled_outcomes	bigint NOT NULL	15
column	settled_outcomes.symbol	settled_outcomes	text NOT NULL	15
column	settled_outcomes.threshold	settled_outcomes	numeric(6,5) NOT NULL	15
column	settled_outcomes.ts	settled_outcomes	timestamp with time zone NOT NULL	15
column	settled_outcomes.version	settled_outcomes	integer NOT NULL	15
column	signal_commits.committed_at	signal_commits	timestamp with time zone NOT NULL	15
column	signal_commits.decided_at	signal_commits	timestamp with time zone NOT NULL	15
column	signal_commits.is_late	signal_commits	boolean NOT NULL	15
column	signal_commits.latency_seconds	signal_commits	double precision NOT NULL	15
column	signal_commits.signals	signal_commits	integer NOT NULL	15
column	signal_commits.symbol	signal_commits	text NOT NULL	15
column	signal_commits.ts	signal_commits	timestamp with time zone NOT NULL	15
column	signal_inputs.feature_version	signal_inputs	integer NOT NULL	15
column	signal_inputs.inputs_hash	signal_inputs	text NOT NULL	15
column	signal_inputs.known_at	signal_inputs	timestamp with time zone NOT NULL DEFAULT clock_timestamp()	15
column	signal_inputs.symbol	signal_inputs	text NOT NULL	15
column	signal_inputs.ts	signal_inputs	timestamp with time zone NOT NULL	15
column	signal_inputs.values	signal_inputs	real[] NOT NULL	15
column	signals.base_rate_down	signals	double precision	15
column	signals.base_rate_sideways	signals	double precision	15
column	signals.base_rate_up	signals	double precision	15
column	signals.confidence	signals	double precision	15
column	signals.cost_bps_per_side	signals	double precision NOT NULL	15
column	signals.cutoff_at	signals	timestamp with time zone NOT NULL	15
column	signals.decided_at	signals	timestamp with time zone NOT NULL	15
column	signals.environment_id	signals	integer	15
column	signals.executable_at	signals	timestamp with time zone NOT NULL	15
column	signals.expected_edge_bps	signals	double precision	15
column	signals.horizon_minutes	signals	integer NOT NULL	15
column	signals.inputs_hash	signals	text	15
column	signals.is_late	signals	boolean NOT NULL	15
column	signals.is_shadow	signals	boolean NOT NULL DEFAULT false	15
column	signals.is_simulated	signals	boolean NOT NULL	15
column	signals.latency_seconds	signals	double precision NOT NULL	15
column	signals.model_id	signals	bigint	15
column	signals.p_down	signals	double precision	15
column	signals.p_sideways	signals	double precision	15
column	signals.p_up	signals	double precision	15
column	signals.prediction	signals	text	15
column	signals.reason	signals	text	15
column	signals.reason_code	signals	text	15
column	signals.reference_price	signals	double precision	15
column	signals.side	signals	text NOT NULL	15
column	signals.signal_id	signals	bigint NOT NULL DEFAULT nextval('signal_ids'::regclass)	15
column	signals.stop_loss_price	signals	double precision	15
column	signals.stop_loss_volatilities	signals	double precision	15
column	signals.symbol	signals	text NOT NULL	15
column	signals.take_profit_price	signals	double precision	15
column	signals.take_profit_volatilities	signals	double precision	15
column	signals.threshold	signals	numeric(6,5) NOT NULL	15
column	signals.ts	signals	timestamp with time zone NOT NULL	15
column	source.identity	source	text NOT NULL	15
column	source.kind	source	text NOT NULL	15
column	source.only_one	source	boolean NOT NULL DEFAULT true	15
column	source.recorded_at	source	timestamp with time zone NOT NULL DEFAULT clock_timestamp()	15
column	source_absences.absent_from	source_absences	timestamp with time zone NOT NULL	15
column	source_absences.absent_to	source_absences	timestamp with time zone NOT NULL	15
column	source_absences.attempts	source_absences	integer NOT NULL	15
column	source_absences.first_missed_at	source_absences	timestamp with time zone NOT NULL	15
column	source_absences.last_asked_at	source_absences	timestamp with time zone NOT NULL	15
column	source_absences.metric	source_absences	text NOT NULL	15
column	source_absences.next_ask_at	source_absences	timestamp with time zone	15
column	source_absences.symbol	source_absences	text NOT NULL	15
column	source_limits.fitted	source_limits	integer NOT NULL	15
column	source_limits.learned_at	source_limits	timestamp with time zone NOT NULL DEFAULT clock_timestamp()	15
column	source_limits.limit_name	source_limits	text NOT NULL	15
column	source_limits.said	source_limits	text NOT NULL	15
column	view_definitions.applied_at	view_definitions	timestamp with time zone NOT NULL DEFAULT clock_timestamp()	15
column	view_definitions.hash	view_definitions	text NOT NULL	15
column	view_definitions.name	view_definitions	text NOT NULL	15
column	view_definitions.position	view_definitions	integer NOT NULL	15
constraint	alerts.alerts_pkey	alerts	PRIMARY KEY (alert_id)	15
constraint	catch_ups.catch_ups_pkey	catch_ups	PRIMARY KEY (symbol)	15
constraint	challengers.challengers_model_id_fkey	challengers	FOREIGN KEY (model_id) REFERENCES models(model_id)	15
constraint	challengers.challengers_pkey	challengers	PRIMARY KEY (challenge_id)	15
constraint	feature_versions.feature_versions_feature_hash_key	feature_versions	UNIQUE (feature_hash)	15
constraint	feature_versions.feature_versions_pkey	feature_versions	PRIMARY KEY (feature_version)	15
constraint	ingest_windows.ingest_windows_pkey	ingest_windows	PRIMARY KEY (window_id)	15
constraint	kill_switch.kill_switch_pkey	kill_switch	PRIMARY KEY (switch_id)	15
constraint	metric_arrivals.metric_arrivals_pkey	metric_arrivals	PRIMARY KEY (symbol, ts, seen_at)	15
constraint	metric_catalogue.metric_catalogue_pkey	metric_catalogue	PRIMARY KEY (symbol, metric)	15
constraint	metric_revisions.metric_revisions_pkey	metric_revisions	PRIMARY KEY (symbol, ts, metric, seen_at)	15
constraint	minute_metrics.minute_metrics_pkey	minute_metrics	PRIMARY KEY (symbol, ts)	15
constraint	minute_metrics.minute_metrics_ts_check	minute_metrics	CHECK ((ts = date_bin('00:01:00'::interval, ts, '2000-01-01 00:00:00+00'::timestamp with time zone)))	15
constraint	model_evaluations.model_evaluations_model_id_fkey	model_evaluations	FOREIGN KEY (model_id) REFERENCES models(model_id)	15
constraint	model_evaluations.model_evaluations_pkey	model_evaluations	PRIMARY KEY (evaluation_id)	15
constraint	models.models_artifact_format_check	models	CHECK ((artifact_format = ANY (ARRAY['lightgbm'::text, 'skops'::text])))	15
constraint	models.models_feature_version_fkey	models	FOREIGN KEY (feature_version) REFERENCES feature_versions(feature_version)	15
constraint	models.models_horizon_minutes_check	models	CHECK ((horizon_minutes > 0))	15
constraint	models.models_pkey	models	PRIMARY KEY (model_id)	15
constraint	models.models_threshold_check	models	CHECK ((threshold > (0)::numeric))	15
constraint	overfitting_checks.overfitting_checks_pkey	overfitting_checks	PRIMARY KEY (check_id)	15
constraint	performance_days.performance_days_day_symbol_horizon_minutes_threshold_model_key	performance_days	UNIQUE NULLS NOT DISTINCT (day, symbol, horizon_minutes, threshold, model_id, kind)	15
constraint	performance_days.performance_days_kind_check	performance_days	CHECK ((kind = ANY (ARRAY['live'::text, 'shadow'::text, 'late'::text])))	15
constraint	pipeline_checks.pipeline_checks_pkey	pipeline_checks	PRIMARY KEY (check_id)	15
constraint	pipeline_checks.pipeline_checks_status_check	pipeline_checks	CHECK ((status = ANY (ARRAY['ok'::text, 'alert'::text, 'failed'::text, 'unknown'::text])))	15
constraint	promotions.promotions_answers_to_fkey	promotions	FOREIGN KEY (answers_to) REFERENCES promotions(promotion_id)	15
constraint	promotions.promotions_check	promotions	CHECK (((NOT is_accepted) OR (model_id IS NOT NULL)))	15
constraint	promotions.promotions_kind_check	promotions	CHECK ((kind = ANY (ARRAY['promoted'::text, 'refreshed'::text, 'baseline'::text, 'refused'::text, 'surpassed'::text, 'too_few'::text, 'proposed'::text, 'approved'::text, 'declined'::text, 'rolled_back'::text])))	15
constraint	promotions.promotions_model_id_fkey	promotions	FOREIGN KEY (model_id) REFERENCES models(model_id)	15
constraint	promotions.promotions_pkey	promotions	PRIMARY KEY (promotion_id)	15
constraint	quarantined_samples.quarantined_samples_pkey	quarantined_samples	PRIMARY KEY (sample_id)	15
constraint	quarantined_samples.quarantined_samples_symbol_metric_first_at_last_at_value_la_key	quarantined_samples	UNIQUE NULLS NOT DISTINCT (symbol, metric, first_at, last_at, value, labels, reason)	15
constraint	schema_migrations.schema_migrations_pkey	schema_migrations	PRIMARY KEY (name)	15
constraint	schema_objects.schema_objects_pkey	schema_objects	PRIMARY KEY (kind, name)	15
constraint	scoring_environments.scoring_environments_fingerprint_key	scoring_environments	UNIQUE (fingerprint)	15
constraint	scoring_environments.scoring_environments_pkey	scoring_environments	PRIMARY KEY (environment_id)	15
constraint	settle_marks.settle_marks_pkey	settle_marks	PRIMARY KEY (symbol)	15
constraint	settled_outcomes.settled_outcomes_exit_reason_check	settled_outcomes	CHECK ((exit_reason = ANY (ARRAY['STOP'::text, 'TARGET'::text, 'TIME'::text])))	15
constraint	settled_outcomes.settled_outcomes_outcome_check	settled_outcomes	CHECK ((outcome = ANY (ARRAY['UP'::text, 'SIDEWAYS'::text, 'DOWN'::text])))	15
constraint	settled_outcomes.settled_outcomes_pkey	settled_outcomes	PRIMARY KEY (signal_id, version)	15
constraint	settled_outcomes.settled_outcomes_version_check	settled_outcomes	CHECK ((version > 0))	15
constraint	signal_commits.signal_commits_pkey	signal_commits	PRIMARY KEY (symbol, ts, committed_at)	15
constraint	signal_inputs.signal_inputs_feature_version_fkey	signal_inputs	FOREIGN KEY (feature_version) REFERENCES feature_versions(feature_version)	15
constraint	signal_inputs.signal_inputs_pkey	signal_inputs	PRIMARY KEY (symbol, ts, feature_version, inputs_hash)	15
constraint	signals.signals_check	signals	CHECK (((side = 'ABSTAIN'::text) = (p_up IS NULL)))	15
constraint	signals.signals_check1	signals	CHECK (((side = 'ABSTAIN'::text) OR (num_nulls(model_id, p_down, p_sideways, p_up, prediction, confidence, inputs_hash, reference_price) = 0)))	15
constraint	signals.signals_check2	signals	CHECK (((side <> 'ABSTAIN'::text) OR ((num_nonnulls(p_down, p_sideways, p_up, prediction, confidence) = 0) AND (reason IS NOT NULL))))	15
constraint	signals.signals_environment_id_fkey	signals	FOREIGN KEY (environment_id) REFERENCES scoring_environments(environment_id)	15
constraint	signals.signals_model_id_fkey	signals	FOREIGN KEY (model_id) REFERENCES models(model_id)	15
constraint	signals.signals_pkey	signals	PRIMARY KEY (signal_id, ts)	15
constraint	signals.signals_prediction_check	signals	CHECK ((prediction = ANY (ARRAY['UP'::text, 'SIDEWAYS'::text, 'DOWN'::text])))	15
constraint	signals.signals_reason_code_check	signals	CHECK ((reason_code = ANY (ARRAY['no_edge'::text, 'may_not_trade'::text, 'missing_minute'::text, 'missing_input'::text, 'stale_input'::text, 'out_of_range'::text, 'model_too_old'::text, 'kill_switch'::text, 'failed_check'::text, 'model_refused'::text, 'features_lost'::text])))	15
constraint	signals.signals_side_check	signals	CHECK ((side = ANY (ARRAY['BUY'::text, 'SELL'::text, 'HOLD'::text, 'ABSTAIN'::text])))	15
constraint	source.source_kind_check	source	CHECK ((kind = ANY (ARRAY['simulated'::text, 'replay'::text, 'cortex'::text])))	15
constraint	source.source_only_one_check	source	CHECK (only_one)	15
constraint	source.source_pkey	source	PRIMARY KEY (only_one)	15
constraint	source_absences.source_absences_attempts_check	source_absences	CHECK ((attempts > 0))	15
constraint	source_absences.source_absences_check	source_absences	CHECK ((absent_from < absent_to))	15
constraint	source_absences.source_absences_pkey	source_absences	PRIMARY KEY (symbol, metric, absent_from)	15
constraint	source_limits.source_limits_fitted_check	source_limits	CHECK ((fitted > 0))	15
constraint	source_limits.source_limits_limit_name_check	source_limits	CHECK ((limit_name = ANY (ARRAY['minutes'::text, 'metrics'::text])))	15
constraint	source_limits.source_limits_pkey	source_limits	PRIMARY KEY (limit_name)	15
constraint	view_definitions.view_definitions_name_key	view_definitions	UNIQUE (name)	15
constraint	view_definitions.view_definitions_pkey	view_definitions	PRIMARY KEY ("position")	15
database grant	TEMPORARY TO market_writer	\N		15
grant	INSERT ON model_evaluations TO market_writer	model_evaluations		15
grant	INSERT ON model_leaderboard TO market_writer	model_leaderboard		15
grant	INSERT ON models TO market_writer	models		15
grant	INSERT ON overfitting_checks TO market_writer	overfitting_checks		15
grant	INSERT ON performance_days TO market_writer	performance_days		15
grant	INSERT ON pipeline_checks TO market_writer	pipeline_checks		15
grant	INSERT ON pipeline_freshness TO market_writer	pipeline_freshness		15
grant	INSERT ON promotions TO market_writer	promotions		15
grant	INSERT ON quarantined_samples TO market_writer	quarantined_samples		15
grant	INSERT ON scoring_environments TO market_writer	scoring_environments		15
grant	INSERT ON settle_marks TO market_writer	settle_marks		15
function	barrier_outcomes(text,timestamp with time zone,timestamp with time zone,integer,double precision,double precision,text)	\N	CREATE OR REPLACE FUNCTION market.barrier_outcomes(p_symbol text, p_from timestamp with time zone, p_to timestamp with time zone, p_horizon_minutes integer, p_stop double precision, p_target double precision, p_side text)\n RETURNS TABLE(ts timestamp with time zone, label_end timestamp with time zone, outcome text, touched_at timestamp with time zone, exit_at timestamp with time zone, exit_return double precision)\n LANGUAGE plpgsql\n STABLE PARALLEL SAFE\n SET search_path TO 'market', 'public'\n SET jit TO 'off'\nAS $function$\nDECLARE\n    horizon CONSTANT interval := make_interval(mins => p_horizon_minutes);\n    stop CONSTANT double precision := p_stop * (1 - 1e-11);\n    target CONSTANT double precision := p_target * (1 - 1e-11);\n    direction CONSTANT double precision := CASE p_side WHEN 'BUY' THEN 1 WHEN 'SELL' THEN -1 END;\nBEGIN\n    IF p_horizon_minutes IS NULL OR p_horizon_minutes NOT BETWEEN 1 AND 1440 THEN\n        RAISE EXCEPTION 'A horizon is 1 to 1440 minutes; % was asked for', p_horizon_minutes\n            USING ERRCODE = 'invalid_parameter_value';\n    END IF;\n    IF p_stop IS NULL OR NOT (p_stop > 0 AND p_stop < 'Infinity') THEN\n        RAISE EXCEPTION 'A stop is a fraction above zero, such as 0.01 for 1 %%; % was asked for', p_stop\n            USING ERRCODE = 'invalid_parameter_value';\n    END IF;\n    IF p_target IS NULL OR NOT (p_target > 0 AND p_target < 'Infinity') THEN\n        RAISE EXCEPTION 'A target is a fraction above zero, such as 0.01 for 1 %%; % was asked for', p_target\n            USING ERRCODE = 'invalid_parameter_value';\n    END IF;\n    IF direction IS NULL THEN\n        RAISE EXCEPTION 'A side is BUY or SELL; % was asked for', p_side\n            USING ERRCODE = 'invalid_parameter_value';\n    END IF;\n    RETURN QUERY\n    WITH minutes AS (\n        SELECT\n            m.ts,\n            CASE WHEN m.last_price > 1e-30 AND m.last_price < 1e30 THEN m.last_price END AS price\n        FROM minute_metrics AS m\n        WHERE m.symbol = p_symbol AND m.ts >= p_from AND m.ts < p_to + horizon + INTERVAL '1 minute'\n    ),\n\n    entries AS (\n        SELECT\n            m.ts,\n            m.price,\n            count(m.price) OVER (ORDER BY m.ts RANGE BETWEEN CURRENT ROW AND horizon + INTERVAL '1 minute' FOLLOWING)\n            = p_horizon_minutes + 2 AS is_whole\n        FROM minutes AS m\n    ),\n\n    touches AS (\n        SELECT\n            e.ts,\n            e.price,\n            t.touched_at,\n            CASE WHEN e.is_whole THEN coalesce(t.touched_at + INTERVAL '1 minute', e.ts + horizon) END AS exit_at,\n            CASE WHEN t.move > 0 THEN 'TARGET' WHEN t.move < 0 THEN 'STOP' ELSE 'TIME' END AS outcome\n        FROM entries AS e\n        LEFT JOIN LATERAL (\n            SELECT\n                p.ts AS touched_at,\n                direction * (p.last_price / e.price - 1) AS move\n            FROM minute_metrics AS p\n            WHERE\n                e.is_whole\n                AND p.symbol = p_symbol\n                AND p.ts > e.ts\n                AND p.ts <= e.ts + horizon\n                AND (\n                    direction * (p.last_price / e.price - 1) >= target\n                    OR direction * (p.last_price / e.price - 1) <= -stop\n                )\n            ORDER BY p.ts\n            LIMIT 1\n        ) AS t ON TRUE\n        WHERE e.ts < p_to\n    )\n\n    SELECT\n        t.ts,\n        CASE WHEN x.price IS NOT NULL THEN t.ts + horizon + INTERVAL '1 minute' END AS label_end,\n        CASE WHEN x.price IS NOT NULL THEN t.outcome END AS outcome,\n        CASE WHEN x.price IS NOT NULL THEN t.touched_at END AS touched_at,\n        CASE WHEN x.price IS NOT NULL THEN t.exit_at END AS exit_at,\n        CASE p_side WHEN 'BUY' THEN x.price / t.price - 1 WHEN 'SELL' THEN 1 - x.price / t.price END AS exit_return\n    FROM touches AS t\n    LEFT JOIN LATERAL (\n        SELECT f.last_price AS price\n        FROM minute_metrics AS f\n        WHERE f.symbol = p_symbol AND f.ts = t.exit_at AND f.last_price > 1e-30 AND f.last_price < 1e30\n        LIMIT 1\n    ) AS x ON TRUE\n    ORDER BY t.ts;\nEND;\n$function$\n	15
function	champions_at(timestamp with time zone)	\N	CREATE OR REPLACE FUNCTION market.champions_at(p_at timestamp with time zone)\n RETURNS TABLE(symbol text, horizon_minutes integer, threshold numeric, model_id bigint, candidate text, effective_from timestamp with time zone, kind text, reason text)\n LANGUAGE sql\n STABLE PARALLEL SAFE\nBEGIN ATOMIC\n SELECT DISTINCT ON (p.symbol, p.horizon_minutes, p.threshold) p.symbol,\n     p.horizon_minutes,\n     p.threshold,\n     p.model_id,\n     p.candidate,\n     p.effective_from,\n     p.kind,\n     p.reason\n    FROM promotions p\n   WHERE (p.is_accepted AND (p.effective_from <= champions_at.p_at))\n   ORDER BY p.symbol, p.horizon_minutes, p.threshold, p.effective_from DESC, p.promotion_id DESC;\nEND\n	15
function	features_between(text,timestamp with time zone,timestamp with time zone)	\N	CREATE OR REPLACE FUNCTION market.features_between(p_symbol text, p_from timestamp with time zone, p_to timestamp with time zone)\n RETURNS SETOF minute_features\n LANGUAGE sql\n STABLE PARALLEL SAFE\n SET jit TO 'off'\nBEGIN ATOMIC\n SELECT f.symbol,\n     f.day,\n     f.ts,\n     f.return_1m,\n     f.return_2m,\n     f.return_3m,\n     f.return_5m,\n     f.return_10m,\n     f.return_15m,\n     f.return_30m,\n     f.return_60m,\n     f.return_120m,\n     f.return_240m,\n     f.return_480m,\n     f.return_1440m,\n     f.up_move_share_15m,\n     f.up_move_share_60m,\n     f.up_move_share_240m,\n     f.slope_5m,\n     f.slope_10m,\n     f.slope_15m,\n     f.slope_30m,\n     f.slope_60m,\n     f.slope_120m,\n     f.slope_240m,\n     f.slope_to_volatility_5m,\n     f.slope_to_volatility_15m,\n     f.slope_to_volatility_60m,\n     f.distance_to_average_5m,\n     f.distance_to_average_10m,\n     f.distance_to_average_15m,\n     f.distance_to_average_30m,\n     f.distance_to_average_60m,\n     f.distance_to_average_120m,\n     f.distance_to_average_240m,\n     f.distance_to_average_1440m,\n     f.realised_volatility_5m,\n     f.realised_volatility_10m,\n     f.realised_volatility_15m,\n     f.realised_volatility_30m,\n     f.realised_volatility_60m,\n     f.realised_volatility_120m,\n     f.realised_volatility_240m,\n     f.realised_volatility_480m,\n     f.realised_volatility_1440m,\n     f.volatility_ratio_5m_60m,\n     f.volatility_ratio_15m_240m,\n     f.volatility_ratio_60m_240m,\n     f.volatility_ratio_60m_1440m,\n     f.volatility_ratio_240m_1440m,\n     f.upside_variance_share_60m,\n     f.upside_variance_share_240m,\n     f.range_position_60m,\n     f.range_position_240m,\n     f.range_position_1440m,\n     f.range_width_60m,\n     f.range_width_240m,\n     f.range_width_1440m,\n     f.drawdown_60m,\n     f.drawdown_240m,\n     f.drawdown_1440m,\n     f.rsi_14m,\n     f.rsi_30m,\n     f.rsi_60m,\n     f.macd_to_volatility,\n     f.macd_signal_to_volatility,\n     f.macd_histogram_to_volatility,\n     f.bollinger_position,\n     f.bollinger_width,\n     f.volume_change_5m,\n     f.volume_change_15m,\n     f.volume_change_60m,\n     f.volume_change_240m,\n     f.volume_slope_5m,\n     f.volume_slope_15m,\n     f.volume_slope_60m,\n     f.volume_acceleration,\n     f.volume_distance_to_average_5m,\n     f.volume_distance_to_average_15m,\n     f.volume_distance_to_average_60m,\n     f.volume_distance_to_average_240m,\n     f.day_sin,\n     f.day_cos,\n     f.week_sin,\n     f.week_cos,\n     f.new_york_day_sin,\n     f.new_york_day_cos,\n     f.minutes_since_move_of_30bp,\n     f.minutes_since_move_of_100bp,\n     f.complete\n    FROM minute_features f\n   WHERE ((f.symbol = features_between.p_symbol) AND (f.day >= ((features_between.p_from AT TIME ZONE 'UTC'::text))::date) AND (f.day <= (((features_between.p_to - '00:00:00.000001'::interval) AT TIME ZONE 'UTC'::text))::date) AND (f.ts >= features_between.p_from) AND (f.ts < features_between.p_to))\n   ORDER BY f.ts;\nEND\n	15
function	label_classes(text,timestamp with time zone,timestamp with time zone,integer,double precision)	\N	CREATE OR REPLACE FUNCTION market.label_classes(p_symbol text, p_from timestamp with time zone, p_to timestamp with time zone, p_horizon_minutes integer, p_threshold double precision)\n RETURNS TABLE(ts timestamp with time zone, label_end timestamp with time zone, forward_log_return double precision, label text)\n LANGUAGE plpgsql\n STABLE PARALLEL SAFE\n SET search_path TO 'market', 'public'\n SET jit TO 'off'\nAS $function$\nBEGIN\n    IF p_horizon_minutes IS NULL OR p_horizon_minutes NOT IN (15, 30, 45, 60, 120, 240) THEN\n        RAISE EXCEPTION 'There are labels over 15, 30, 45, 60, 120 and 240 minutes; a horizon of % was asked for', p_horizon_minutes\n            USING ERRCODE = 'invalid_parameter_value';\n    END IF;\n    IF p_threshold IS NULL OR NOT (p_threshold > 0 AND p_threshold < 'Infinity') THEN\n        RAISE EXCEPTION 'A threshold is a fraction above zero, such as 0.005 for 0.5 %%; % was asked for', p_threshold\n            USING ERRCODE = 'invalid_parameter_value';\n    END IF;\n    RETURN QUERY\n    SELECT\n        m.ts,\n        m.label_end,\n        m.forward_log_return,\n        CASE\n            WHEN exp(m.forward_log_return) - 1 > p_threshold + 1e-13 THEN 'UP'\n            WHEN exp(m.forward_log_return) - 1 < -(p_threshold + 1e-13) THEN 'DOWN'\n            WHEN m.forward_log_return IS NOT NULL THEN 'SIDEWAYS'\n        END AS label\n    FROM (\n        SELECT\n            l.ts,\n            CASE p_horizon_minutes\n                WHEN 15 THEN l.label_end_15m\n                WHEN 30 THEN l.label_end_30m\n                WHEN 45 THEN l.label_end_45m\n                WHEN 60 THEN l.label_end_1h\n                WHEN 120 THEN l.label_end_2h\n                WHEN 240 THEN l.label_end_4h\n            END AS label_end,\n            CASE p_horizon_minutes\n                WHEN 15 THEN l.forward_log_return_15m\n                WHEN 30 THEN l.forward_log_return_30m\n                WHEN 45 THEN l.forward_log_return_45m\n                WHEN 60 THEN l.forward_log_return_1h\n                WHEN 120 THEN l.forward_log_return_2h\n                WHEN 240 THEN l.forward_log_return_4h\n            END AS forward_log_return\n        FROM minute_labels AS l\n        WHERE\n            l.symbol = p_symbol\n            AND l.day >= (p_from AT TIME ZONE 'UTC')::date\n            AND l.day <= ((p_to - INTERVAL '1 microsecond') AT TIME ZONE 'UTC')::date\n            AND l.ts >= p_from\n            AND l.ts < p_to\n    ) AS m\n    ORDER BY m.ts;\nEND;\n$function$\n	15
function	live_calibration(text,integer,numeric,timestamp with time zone,timestamp with time zone)	\N	CREATE OR REPLACE FUNCTION market.live_calibration(p_symbol text, p_horizon_minutes integer, p_threshold numeric, p_from timestamp with time zone DEFAULT (now() - '30 days'::interval), p_to timestamp with time zone DEFAULT 'infinity'::timestamp with time zone)\n RETURNS TABLE(model_id bigint, outcome text, bin integer, promised double precision, delivered double precision, signals bigint, delivered_count bigint)\n LANGUAGE sql\n STABLE PARALLEL SAFE\nBEGIN ATOMIC\n WITH newest AS MATERIALIZED (\n          SELECT DISTINCT ON (k.signal_id) k.signal_id,\n             k.outcome\n            FROM settled_outcomes k\n           WHERE ((k.symbol = live_calibration.p_symbol) AND (k.horizon_minutes = live_calibration.p_horizon_minutes) AND (k.threshold = live_calibration.p_threshold) AND (k.ts >= live_calibration.p_from) AND (k.ts < live_calibration.p_to))\n           ORDER BY k.signal_id, k.version DESC\n         ), cells AS MATERIALIZED (\n          SELECT s.model_id,\n             (LEAST(floor((s.p_up * (10)::double precision)), (9)::double precision))::integer AS bin_up,\n             (LEAST(floor((s.p_down * (10)::double precision)), (9)::double precision))::integer AS bin_down,\n             sum(s.p_up) AS p_up,\n             sum(s.p_down) AS p_down,\n             count(*) FILTER (WHERE (o.outcome = 'UP'::text)) AS came_up,\n             count(*) FILTER (WHERE (o.outcome = 'DOWN'::text)) AS came_down,\n             count(*) AS signals\n            FROM (signals s\n              JOIN newest o ON ((s.signal_id = o.signal_id)))\n           WHERE ((s.symbol = live_calibration.p_symbol) AND (s.horizon_minutes = live_calibration.p_horizon_minutes) AND (s.threshold = live_calibration.p_threshold) AND (NOT s.is_shadow) AND (NOT s.is_late) AND (s.ts >= live_calibration.p_from) AND (s.ts < live_calibration.p_to) AND (o.outcome IS NOT NULL))\n           GROUP BY s.model_id, ((LEAST(floor((s.p_up * (10)::double precision)), (9)::double precision))::integer), ((LEAST(floor((s.p_down * (10)::double precision)), (9)::double precision))::integer)\n         )\n  SELECT c.model_id,\n     b.outcome,\n     b.bin,\n     (sum(b.p) / (sum(c.signals))::double precision) AS promised,\n     ((sum(b.came))::double precision / (sum(c.signals))::double precision) AS delivered,\n     (sum(c.signals))::bigint AS signals,\n     (sum(b.came))::bigint AS delivered_count\n    FROM (cells c\n      CROSS JOIN LATERAL ( VALUES ('UP'::text,c.bin_up,c.p_up,c.came_up), ('DOWN'::text,c.bin_down,c.p_down,c.came_down)) b(outcome, bin, p, came))\n   GROUP BY c.model_id, b.outcome, b.bin\n   ORDER BY c.model_id, b.outcome, b.bin;\nEND\n	15
function	minute_metrics_as_of(timestamp with time zone)	\N	CREATE OR REPLACE FUNCTION market.minute_metrics_as_of(known_at timestamp with time zone)\n RETURNS TABLE(symbol text, ts timestamp with time zone, last_price double precision, price_deriv_5m double precision, price_deriv_10m double precision, price_deriv_15m double precision, price_deriv_30m double precision, price_deriv_1h double precision, price_avg_5m double precision, price_avg_10m double precision, price_avg_15m double precision, price_avg_30m double precision, price_avg_1h double precision, volume_24h double precision, volume_deriv_5m double precision, volume_deriv_15m double precision, volume_avg_5m double precision, volume_avg_15m double precision)\n LANGUAGE sql\n STABLE PARALLEL SAFE\nBEGIN ATOMIC\n SELECT m.symbol,\n     m.ts,\n         CASE\n             WHEN ('last_price'::text = ANY (a.metrics)) THEN NULL::double precision\n             WHEN (r.old ? 'last_price'::text) THEN ((r.old ->> 'last_price'::text))::double precision\n             ELSE m.last_price\n         END AS last_price,\n         CASE\n             WHEN ('price_deriv_5m'::text = ANY (a.metrics)) THEN NULL::double precision\n             WHEN (r.old ? 'price_deriv_5m'::text) THEN ((r.old ->> 'price_deriv_5m'::text))::double precision\n             ELSE m.price_deriv_5m\n         END AS price_deriv_5m,\n         CASE\n             WHEN ('price_deriv_10m'::text = ANY (a.metrics)) THEN NULL::double precision\n             WHEN (r.old ? 'price_deriv_10m'::text) THEN ((r.old ->> 'price_deriv_10m'::text))::double precision\n             ELSE m.price_deriv_10m\n         END AS price_deriv_10m,\n         CASE\n             WHEN ('price_deriv_15m'::text = ANY (a.metrics)) THEN NULL::double precision\n             WHEN (r.old ? 'price_deriv_15m'::text) THEN ((r.old ->> 'price_deriv_15m'::text))::double precision\n             ELSE m.price_deriv_15m\n         END AS price_deriv_15m,\n         CASE\n             WHEN ('price_deriv_30m'::text = ANY (a.metrics)) THEN NULL::double precision\n             WHEN (r.old ? 'price_deriv_30m'::text) THEN ((r.old ->> 'price_deriv_30m'::text))::double precision\n             ELSE m.price_deriv_30m\n         END AS price_deriv_30m,\n         CASE\n             WHEN ('price_deriv_1h'::text = ANY (a.metrics)) THEN NULL::double precision\n             WHEN (r.old ? 'price_deriv_1h'::text) THEN ((r.old ->> 'price_deriv_1h'::text))::double precision\n             ELSE m.price_deriv_1h\n         END AS price_deriv_1h,\n         CASE\n             WHEN ('price_avg_5m'::text = ANY (a.metrics)) THEN NULL::double precision\n             WHEN (r.old ? 'price_avg_5m'::text) THEN ((r.old ->> 'price_avg_5m'::text))::double precision\n             ELSE m.price_avg_5m\n         END AS price_avg_5m,\n         CASE\n             WHEN ('price_avg_10m'::text = ANY (a.metrics)) THEN NULL::double precision\n             WHEN (r.old ? 'price_avg_10m'::text) THEN ((r.old ->> 'price_avg_10m'::text))::double precision\n             ELSE m.price_avg_10m\n         END AS price_avg_10m,\n         CASE\n             WHEN ('price_avg_15m'::text = ANY (a.metrics)) THEN NULL::double precision\n             WHEN (r.old ? 'price_avg_15m'::text) THEN ((r.old ->> 'price_avg_15m'::text))::double precision\n             ELSE m.price_avg_15m\n         END AS price_avg_15m,\n         CASE\n             WHEN ('price_avg_30m'::text = ANY (a.metrics)) THEN NULL::double precision\n             WHEN (r.old ? 'price_avg_30m'::text) THEN ((r.old ->> 'price_avg_30m'::text))::double precision\n             ELSE m.price_avg_30m\n         END AS price_avg_30m,\n         CASE\n             WHEN ('price_avg_1h'::text = ANY (a.metrics)) THEN NULL::double precision\n             WHEN (r.old ? 'price_avg_1h'::text) THEN ((r.old ->> 'price_avg_1h'::text))::double precision\n             ELSE m.price_avg_1h\n         END AS price_avg_1h,\n         CASE\n             WHEN ('volume_24h'::text = ANY (a.metrics)) THEN NULL::double precision\n             WHEN (r.old ? 'volume_24h'::text) THEN ((r.old ->> 'volume_24h'::text))::double precision\n             ELSE m.volume_24h\n         END AS volume_24h,\n         CASE\n             WHEN ('volume_deriv_5m'::text = ANY (a.metrics)) THEN NULL::double precision\n             WHEN (r.old ? 'volume_deriv_5m'::text) THEN ((r.old ->> 'volume_deriv_5m'::text))::double precision\n             ELSE m.volume_deriv_5m\n         END AS volume_deriv_5m,\n         CASE\n             WHEN ('volume_deriv_15m'::text = ANY (a.metrics)) THEN NULL::double precision\n             WHEN (r.old ? 'volume_deriv_15m'::text) THEN ((r.old ->> 'volume_deriv_15m'::text))::double precision\n             ELSE m.volume_deriv_15m\n         END AS volume_deriv_15m,\n         CASE\n             WHEN ('volume_avg_5m'::text = ANY (a.metrics)) THEN NULL::double precision\n             WHEN (r.old ? 'volume_avg_5m'::text) THEN ((r.old ->> 'volume_avg_5m'::text))::double precision\n             ELSE m.volume_avg_5m\n         END AS volume_avg_5m,\n         CASE\n             WHEN ('volume_avg_15m'::text = ANY (a.metrics)) THEN NULL::double precision\n             WHEN (r.old ? 'volume_avg_15m'::text) THEN ((r.old ->> 'volume_avg_15m'::text))::double precision\n             ELSE m.volume_avg_15m\n         END AS volume_avg_15m\n    FROM ((minute_metrics m\n      LEFT JOIN LATERAL ( SELECT array_agg(u.metric) AS metrics\n            FROM (metric_arrivals x\n              CROSS JOIN LATERAL unnest(x.metrics) u(metric))\n           WHERE ((x.symbol = m.symbol) AND (x.ts = m.ts) AND (x.seen_at > minute_metrics_as_of.known_at))) a ON (true))\n      LEFT JOIN LATERAL ( SELECT jsonb_object_agg(f.metric, f.old_value) AS old\n            FROM ( SELECT DISTINCT ON (v.metric) v.metric,\n                     v.old_value\n                    FROM metric_revisions v\n                   WHERE ((v.symbol = m.symbol) AND (v.ts = m.ts) AND (v.seen_at > minute_metrics_as_of.known_at))\n                   ORDER BY v.metric, v.seen_at) f) r ON (true))\n   WHERE (m.first_loaded_at <= minute_metrics_as_of.known_at);\nEND\n	15
grant	INSERT ON settled_outcomes TO market_writer	settled_outcomes		15
grant	INSERT ON signal_commits TO market_writer	signal_commits		15
grant	INSERT ON signal_inputs TO market_writer	signal_inputs		15
grant	INSERT ON signal_outcomes TO market_writer	signal_outcomes		15
grant	INSERT ON signals TO market_writer	signals		15
grant	INSERT ON signals_latest TO market_writer	signals_latest		15
grant	INSERT ON signals_live TO market_writer	signals_live		15
grant	INSERT ON source TO market_writer	source		15
function	minutes_of_loads(text,timestamp with time zone)	\N	CREATE OR REPLACE FUNCTION market.minutes_of_loads(p_symbol text, p_since timestamp with time zone)\n RETURNS tstzmultirange\n LANGUAGE plpgsql\n STABLE\n SET search_path TO 'market', 'public'\n SET jit TO 'off'\n SET plan_cache_mode TO 'force_custom_plan'\nAS $function$\nBEGIN\n    RETURN (\n        WITH loaded AS MATERIALIZED (\n            SELECT range_agg(tstzrange(w.window_from, w.window_to)) AS spans\n            FROM ingest_windows AS w\n            WHERE w.symbol = p_symbol AND w.finished_at >= p_since AND w.rows_new + w.rows_changed > 0\n        ),\n\n        windows AS MATERIALIZED (\n            SELECT\n                lower(u.span) AS window_from,\n                upper(u.span) AS window_to\n            FROM loaded AS l\n            CROSS JOIN LATERAL unnest(l.spans) AS u (span)\n        ),\n\n        priced AS (\n            SELECT m.ts\n            FROM windows AS w\n            INNER JOIN minute_metrics AS m ON m.symbol = p_symbol AND m.ts >= w.window_from AND m.ts < w.window_to\n            WHERE m.first_loaded_at >= p_since AND m.last_price IS NOT NULL\n            UNION ALL\n            SELECT r.ts\n            FROM windows AS w\n            INNER JOIN metric_revisions AS r ON r.symbol = p_symbol AND r.ts >= w.window_from AND r.ts < w.window_to\n            WHERE r.seen_at >= p_since AND r.metric = 'last_price'\n            UNION ALL\n            SELECT a.ts\n            FROM windows AS w\n            INNER JOIN metric_arrivals AS a ON a.symbol = p_symbol AND a.ts >= w.window_from AND a.ts < w.window_to\n            WHERE a.seen_at >= p_since AND 'last_price' = ANY(a.metrics)\n        )\n\n        SELECT coalesce(range_agg(tstzrange(p.ts, p.ts + INTERVAL '1 minute')), '{}')\n        FROM priced AS p\n    );\nEND;\n$function$\n	15
function	missing_minutes(text,timestamp with time zone,timestamp with time zone,text[])	\N	CREATE OR REPLACE FUNCTION market.missing_minutes(p_symbol text, p_from timestamp with time zone, p_to timestamp with time zone, p_metrics text[])\n RETURNS TABLE(metric text, gap_from timestamp with time zone, gap_to timestamp with time zone)\n LANGUAGE sql\n STABLE PARALLEL SAFE\nBEGIN ATOMIC\n WITH held AS (\n          SELECT m.symbol,\n             m.ts,\n             m.last_price,\n             m.price_deriv_5m,\n             m.price_deriv_10m,\n             m.price_deriv_15m,\n             m.price_deriv_30m,\n             m.price_deriv_1h,\n             m.price_avg_5m,\n             m.price_avg_10m,\n             m.price_avg_15m,\n             m.price_avg_30m,\n             m.price_avg_1h,\n             m.volume_24h,\n             m.volume_deriv_5m,\n             m.volume_deriv_15m,\n             m.volume_avg_5m,\n             m.volume_avg_15m,\n             m.computed_columns,\n             m.first_loaded_at,\n             m.loaded_at,\n             lag(m.ts, 1, (missing_minutes.p_from - '00:01:00'::interval)) OVER (ORDER BY m.ts) AS previous_ts\n            FROM minute_metrics m\n           WHERE ((m.symbol = missing_minutes.p_symbol) AND (m.ts >= missing_minutes.p_from) AND (m.ts < missing_minutes.p_to))\n         ), holes AS (\n          SELECT tstzrange((h.previous_ts + '00:01:00'::interval), h.ts) AS span\n            FROM held h\n           WHERE (h.ts > (h.previous_ts + '00:01:00'::interval))\n         UNION ALL\n          SELECT tstzrange(COALESCE((max(h.ts) + '00:01:00'::interval), missing_minutes.p_from), missing_minutes.p_to) AS tstzrange\n            FROM held h\n          HAVING (COALESCE((max(h.ts) + '00:01:00'::interval), missing_minutes.p_from) < missing_minutes.p_to)\n         ), missing AS (\n          SELECT w.metric,\n             o.span\n            FROM (holes o\n              CROSS JOIN unnest(missing_minutes.p_metrics) w(metric))\n         UNION ALL\n          SELECT v.metric,\n             tstzrange(h.ts, (h.ts + '00:01:00'::interval)) AS span\n            FROM (held h\n              CROSS JOIN LATERAL ( VALUES ('last_price'::text,h.last_price), ('price_deriv_5m'::text,h.price_deriv_5m), ('price_deriv_10m'::text,h.price_deriv_10m), ('price_deriv_15m'::text,h.price_deriv_15m), ('price_deriv_30m'::text,h.price_deriv_30m), ('price_deriv_1h'::text,h.price_deriv_1h), ('price_avg_5m'::text,h.price_avg_5m), ('price_avg_10m'::text,h.price_avg_10m), ('price_avg_15m'::text,h.price_avg_15m), ('price_avg_30m'::text,h.price_avg_30m), ('price_avg_1h'::text,h.price_avg_1h), ('volume_24h'::text,h.volume_24h), ('volume_deriv_5m'::text,h.volume_deriv_5m), ('volume_deriv_15m'::text,h.volume_deriv_15m), ('volume_avg_5m'::text,h.volume_avg_5m), ('volume_avg_15m'::text,h.volume_avg_15m)) v(metric, value))\n           WHERE ((num_nulls(h.last_price, h.price_deriv_5m, h.price_deriv_10m, h.price_deriv_15m, h.price_deriv_30m, h.price_deriv_1h, h.price_avg_5m, h.price_avg_10m, h.price_avg_15m, h.price_avg_30m, h.price_avg_1h, h.volume_24h, h.volume_deriv_5m, h.volume_deriv_15m, h.volume_avg_5m, h.volume_avg_15m) > 0) AND (v.value IS NULL) AND (v.metric = ANY (missing_minutes.p_metrics)))\n         ), runs AS (\n          SELECT m.metric,\n             unnest(range_agg(m.span)) AS span\n            FROM missing m\n           GROUP BY m.metric\n         )\n  SELECT r.metric,\n     lower(r.span) AS gap_from,\n     upper(r.span) AS gap_to\n    FROM runs r\n   ORDER BY (lower(r.span)), r.metric;\nEND\n	15
function	outcomes_of(text,bigint[])	\N	CREATE OR REPLACE FUNCTION market.outcomes_of(p_symbol text, p_signal_ids bigint[])\n RETURNS TABLE(signal_id bigint, ts timestamp with time zone, horizon_minutes integer, threshold numeric, model_id bigint, is_shadow boolean, is_trade boolean, forward_return double precision, outcome text, entry_at timestamp with time zone, entry_price double precision, exit_at timestamp with time zone, exit_price double precision, exit_reason text, net_return double precision)\n LANGUAGE plpgsql\n STABLE\n SET search_path TO 'market', 'public'\n SET jit TO 'off'\n SET plan_cache_mode TO 'force_custom_plan'\nAS $function$\nDECLARE\n    minute CONSTANT interval := INTERVAL '1 minute';\n    newest CONSTANT timestamptz := (\n        SELECT m.ts\n        FROM minute_metrics AS m\n        WHERE m.symbol = p_symbol AND m.last_price > 1e-30 AND m.last_price < 1e30\n        ORDER BY m.ts DESC\n        LIMIT 1\n    );\nBEGIN\n    RETURN QUERY\n    WITH asked AS MATERIALIZED (\n        SELECT\n            s.*,\n            s.side IN ('BUY', 'SELL') AND NOT s.is_late AS is_trade,\n            CASE s.side WHEN 'BUY' THEN 1 ELSE -1 END AS direction,\n            make_interval(mins => s.horizon_minutes) AS horizon\n        FROM unnest(p_signal_ids) AS i (signal_id)\n        INNER JOIN signals AS s ON s.signal_id = i.signal_id\n        WHERE s.symbol = p_symbol AND s.side <> 'ABSTAIN' AND s.ts + make_interval(mins => s.horizon_minutes) <= newest\n    ),\n\n    priced AS (\n        SELECT\n            a.*,\n            e.last_price / b.last_price - 1 AS moved,\n            CASE WHEN n.last_price IS NOT NULL THEN a.executable_at END AS entered,\n            n.last_price AS paid\n        FROM asked AS a\n        LEFT JOIN minute_metrics AS b\n            ON b.symbol = p_symbol AND b.ts = a.ts AND b.last_price > 1e-30 AND b.last_price < 1e30\n        LEFT JOIN minute_metrics AS e\n            ON e.symbol = p_symbol AND e.ts = a.ts + a.horizon AND e.last_price > 1e-30 AND e.last_price < 1e30\n        LEFT JOIN minute_metrics AS n\n            ON a.is_trade AND n.symbol = p_symbol AND n.ts = a.executable_at AND n.last_price > 1e-30 AND n.last_price < 1e30\n        WHERE NOT a.is_trade OR a.executable_at + a.horizon + minute <= newest\n    ),\n\n    due AS (\n        SELECT\n            p.*,\n            coalesce(t.ts + minute, p.entered + p.horizon) AS due_at,\n            CASE WHEN t.is_stop THEN 'STOP' WHEN NOT t.is_stop THEN 'TARGET' WHEN p.entered IS NOT NULL THEN 'TIME' END AS why\n        FROM priced AS p\n        LEFT JOIN LATERAL (\n            SELECT\n                m.ts,\n                p.direction * (m.last_price - p.stop_loss_price) <= 0 AS is_stop\n            FROM minute_metrics AS m\n            WHERE\n                m.symbol = p_symbol\n                AND m.ts > p.entered\n                AND m.ts <= p.entered + p.horizon\n                AND m.last_price > 1e-30\n                AND m.last_price < 1e30\n                AND (\n                    p.direction * (m.last_price - p.stop_loss_price) <= 0\n                    OR p.direction * (m.last_price - p.take_profit_price) >= 0\n                )\n            ORDER BY m.ts\n            LIMIT 1\n        ) AS t ON TRUE\n    )\n\n    SELECT\n        d.signal_id,\n        d.ts,\n        d.horizon_minutes,\n        d.threshold,\n        d.model_id,\n        d.is_shadow,\n        d.is_trade,\n        d.moved,\n        CASE\n            WHEN d.moved > d.threshold + 1e-13 THEN 'UP'\n            WHEN d.moved < -d.threshold - 1e-13 THEN 'DOWN'\n            WHEN d.moved IS NOT NULL THEN 'SIDEWAYS'\n        END,\n        d.entered,\n        d.paid,\n        x.ts,\n        x.last_price,\n        d.why,\n        d.direction * (x.last_price / d.paid - 1) - 2 * d.cost_bps_per_side / 10000\n    FROM due AS d\n    LEFT JOIN LATERAL (\n        SELECT\n            m.ts,\n            m.last_price\n        FROM minute_metrics AS m\n        WHERE m.symbol = p_symbol AND m.ts >= d.due_at AND m.last_price > 1e-30 AND m.last_price < 1e30\n        ORDER BY m.ts\n        LIMIT 1\n    ) AS x ON TRUE\n    WHERE d.moved IS NOT NULL OR d.entered IS NOT NULL;\nEND;\n$function$\n	15
function	performance_between(date,date)	\N	CREATE OR REPLACE FUNCTION market.performance_between(p_from date, p_to date)\n RETURNS TABLE(symbol text, horizon_minutes integer, threshold numeric, model_id bigint, candidate text, kind text, first_day date, last_day date, days bigint, signals bigint, abstained bigint, settled bigint, coverage double precision, promised_up double precision, delivered_up double precision, promised_down double precision, delivered_down double precision, events bigint, accuracy double precision, sideways_accuracy double precision, brier double precision, brier_prior double precision, log_loss double precision, log_loss_prior double precision, log_loss_skill double precision, trades bigint, trade_days bigint, win_rate double precision, net_return double precision, mean_net_return_bps double precision, net_return_low_bps double precision, net_return_high_bps double precision)\n LANGUAGE sql\n STABLE PARALLEL SAFE\nBEGIN ATOMIC\n WITH days AS (\n          SELECT d.day,\n             d.symbol,\n             d.horizon_minutes,\n             d.threshold,\n             d.model_id,\n             d.kind,\n             d.signals,\n             d.abstained,\n             d.settled,\n             d.expected_up,\n             d.observed_up,\n             d.expected_down,\n             d.observed_down,\n             d.events,\n             d.correct,\n             d.brier,\n             d.brier_prior,\n             d.log_loss,\n             d.log_loss_prior,\n             d.trades,\n             d.wins,\n             d.net_return_sum,\n             d.net_return_squares,\n             d.latency_median_seconds,\n             d.latency_p95_seconds,\n             d.latency_max_seconds,\n             d.computed_at,\n             (sum(d.net_return_sum) OVER w / (NULLIF(sum(d.trades) OVER w, (0)::numeric))::double precision) AS mean\n            FROM performance_days d\n           WHERE ((d.day >= performance_between.p_from) AND (d.day < performance_between.p_to))\n           WINDOW w AS (PARTITION BY d.symbol, d.horizon_minutes, d.threshold, d.model_id, d.kind)\n         ), pooled AS (\n          SELECT d.symbol,\n             d.horizon_minutes,\n             d.threshold,\n             d.model_id,\n             d.kind,\n             min(d.day) AS first_day,\n             max(d.day) AS last_day,\n             count(*) AS days,\n             (sum(d.signals))::bigint AS signals,\n             (sum(d.abstained))::bigint AS abstained,\n             (sum(d.settled))::bigint AS settled,\n             (NULLIF(sum(d.settled), (0)::numeric))::double precision AS n,\n             sum(d.expected_up) AS expected_up,\n             (sum(d.observed_up))::double precision AS observed_up,\n             sum(d.expected_down) AS expected_down,\n             (sum(d.observed_down))::double precision AS observed_down,\n             (sum(d.events))::bigint AS events,\n             (sum(d.correct))::double precision AS correct,\n             sum((d.brier * (d.settled)::double precision)) AS brier,\n             sum((d.brier_prior * (d.settled)::double precision)) AS brier_prior,\n             sum((d.log_loss * (d.settled)::double precision)) AS log_loss,\n             sum((d.log_loss_prior * (d.settled)::double precision)) AS log_loss_prior,\n             (sum(d.trades))::bigint AS trades,\n             count(*) FILTER (WHERE (d.trades > 0)) AS trade_days,\n             (sum(d.wins))::double precision AS wins,\n             sum(d.net_return_sum) AS net_return_sum,\n             sum(((d.net_return_sum - (d.mean * (d.trades)::double precision)) ^ (2)::double precision)) AS squares\n            FROM days d\n           GROUP BY d.symbol, d.horizon_minutes, d.threshold, d.model_id, d.kind\n         )\n  SELECT p.symbol,\n     p.horizon_minutes,\n     p.threshold,\n     p.model_id,\n     m.candidate,\n     p.kind,\n     p.first_day,\n     p.last_day,\n     p.days,\n     p.signals,\n     p.abstained,\n     p.settled,\n     ((p.signals)::double precision / ((1440.0 * (((p.last_day - p.first_day) + 1))::numeric))::double precision) AS coverage,\n     (p.expected_up / p.n) AS promised_up,\n     (p.observed_up / p.n) AS delivered_up,\n     (p.expected_down / p.n) AS promised_down,\n     (p.observed_down / p.n) AS delivered_down,\n     p.events,\n     (p.correct / p.n) AS accuracy,\n     ((1)::double precision - ((p.observed_up + p.observed_down) / p.n)) AS sideways_accuracy,\n     (p.brier / p.n) AS brier,\n     (p.brier_prior / p.n) AS brier_prior,\n     (p.log_loss / p.n) AS log_loss,\n     (p.log_loss_prior / p.n) AS log_loss_prior,\n     ((1)::double precision - (p.log_loss / NULLIF(p.log_loss_prior, (0)::double precision))) AS log_loss_skill,\n     p.trades,\n     p.trade_days,\n     (p.wins / (NULLIF(p.trades, 0))::double precision) AS win_rate,\n         CASE\n             WHEN (p.trades > 0) THEN p.net_return_sum\n             ELSE NULL::double precision\n         END AS net_return,\n     ((10000)::double precision * i.mean) AS mean_net_return_bps,\n     ((10000)::double precision * (i.mean - i.reach)) AS net_return_low_bps,\n     ((10000)::double precision * (i.mean + i.reach)) AS net_return_high_bps\n    FROM ((pooled p\n      LEFT JOIN models m ON ((m.model_id = p.model_id)))\n      CROSS JOIN LATERAL ( SELECT (p.net_return_sum / (NULLIF(p.trades, 0))::double precision) AS mean,\n             ((student_t_95((((p.trade_days)::numeric - 1.0))::double precision) * sqrt(((p.squares * (p.trade_days)::double precision) / (NULLIF((p.trade_days - 1), 0))::double precision))) / (NULLIF(p.trades, 0))::double precision) AS reach) i)\n   ORDER BY p.symbol, p.horizon_minutes, p.threshold, p.kind, p.last_day DESC, p.model_id;\nEND\n	15
function	refuse_change()	\N	CREATE OR REPLACE FUNCTION market.refuse_change()\n RETURNS trigger\n LANGUAGE plpgsql\nAS $function$\nBEGIN\n    RAISE EXCEPTION '% is append-only: % is refused', tg_table_name, tg_op USING ERRCODE = 'insufficient_privilege';\nEND\n$function$\n	15
grant	INSERT ON source_absences TO market_writer	source_absences		15
grant	INSERT ON source_limits TO market_writer	source_limits		15
grant	SELECT ON alerts TO market_reader	alerts		15
grant	SELECT ON alerts TO market_writer	alerts		15
grant	SELECT ON blocking_checks TO market_reader	blocking_checks		15
grant	SELECT ON blocking_checks TO market_writer	blocking_checks		15
grant	SELECT ON candles_1h TO market_reader	candles_1h		15
grant	SELECT ON candles_1h TO market_writer	candles_1h		15
grant	SELECT ON candles_5m TO market_reader	candles_5m		15
grant	SELECT ON candles_5m TO market_writer	candles_5m		15
grant	SELECT ON catch_ups TO market_reader	catch_ups		15
grant	SELECT ON catch_ups TO market_writer	catch_ups		15
grant	SELECT ON challengers TO market_reader	challengers		15
function	settle_outcomes(text,integer,interval,boolean)	\N	CREATE OR REPLACE FUNCTION market.settle_outcomes(p_symbol text, p_most_signals integer DEFAULT 10000, p_most_time interval DEFAULT '12:00:00'::interval, p_asks_ledger boolean DEFAULT true)\n RETURNS TABLE(settled bigint, resettled bigint, days bigint, signals_left bigint, minutes_left bigint, is_waiting boolean)\n LANGUAGE plpgsql\n SET search_path TO 'market', 'public'\n SET jit TO 'off'\n SET plan_cache_mode TO 'force_custom_plan'\nAS $function$\nDECLARE\n    overlap CONSTANT interval := INTERVAL '5 minutes';\n    began timestamptz;\n    mark settle_marks;\n    newest_id bigint;\n    upper_id bigint;\n    missing_id bigint;\n    due tstzmultirange;\n    taken tstzmultirange;\n    ids bigint [];\n    again bigint [];\nBEGIN\n    PERFORM pg_advisory_xact_lock(hashtextextended('settle ' || current_schema() || ' ' || p_symbol, 0));\n    began := clock_timestamp();\n    SELECT * INTO mark FROM settle_marks AS m WHERE m.symbol = p_symbol;\n    newest_id := coalesce((SELECT max(s.signal_id) FROM signals AS s), 0);\n    upper_id := least(newest_id, coalesce(mark.signal_id, 0) + p_most_signals);\n    IF\n        EXISTS (\n            SELECT\n            FROM pg_locks AS l\n            WHERE\n                l.locktype = 'relation'\n                AND l.relation = 'signals'::regclass\n                AND l.database = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())\n                AND l.mode = 'RowExclusiveLock'\n                AND l.pid <> pg_backend_pid()\n        )\n    THEN\n        missing_id := (\n            SELECT min(g.signal_id)\n            FROM generate_series(coalesce(mark.signal_id, 0) + 1, upper_id) AS g (signal_id)\n            WHERE NOT EXISTS (SELECT FROM signals AS s WHERE s.signal_id = g.signal_id)\n        );\n    END IF;\n    ids := ARRAY(\n        SELECT s.signal_id\n        FROM signals AS s\n        WHERE s.signal_id > coalesce(mark.signal_id, 0) AND s.signal_id <= upper_id AND s.symbol = p_symbol\n    );\n    due := coalesce(mark.minutes_due, '{}');\n    IF p_asks_ledger THEN\n        due := due + minutes_of_loads(p_symbol, mark.looked_at - overlap);\n        mark.looked_at := began;\n    END IF;\n    taken := due * tstzmultirange(tstzrange(upper(due) - p_most_time, NULL));\n    due := due - taken;\n    again := ARRAY(\n        SELECT DISTINCT d.signal_id\n        FROM signals_of_minutes(p_symbol, taken) AS d\n        WHERE d.signal_id <= mark.signal_id\n    );\n    SELECT * INTO settled, resettled FROM settle_signals(p_symbol, ids || again);\n    days := sum_performance(p_symbol, began, ids);\n    upper_id := coalesce(missing_id - 1, upper_id);\n    IF mark.symbol IS NULL THEN\n        INSERT INTO settle_marks (symbol, signal_id, looked_at, minutes_due) VALUES (p_symbol, upper_id, began, due);\n    ELSE\n        UPDATE settle_marks AS m\n        SET signal_id = upper_id, looked_at = mark.looked_at, minutes_due = due\n        WHERE m.symbol = p_symbol;\n    END IF;\n    signals_left := newest_id - upper_id;\n    minutes_left := (SELECT coalesce(sum(extract(EPOCH FROM upper(u.span) - lower(u.span)) / 60), 0) FROM unnest(due) AS u (span));\n    is_waiting := missing_id IS NOT NULL;\n    RETURN NEXT;\nEND;\n$function$\n	15
function	settle_signals(text,bigint[])	\N	CREATE OR REPLACE FUNCTION market.settle_signals(p_symbol text, p_signal_ids bigint[])\n RETURNS TABLE(settled bigint, resettled bigint)\n LANGUAGE plpgsql\n SET search_path TO 'market', 'public'\n SET jit TO 'off'\n SET plan_cache_mode TO 'force_custom_plan'\nAS $function$\nDECLARE\n    longest_delay CONSTANT interval := INTERVAL '1 hour'; -- of an entry after ts, of what is not late\n    chunk CONSTANT integer := 2000;\n    stream record;\n    r record;\n    last_ts timestamptz;\n    open_until timestamptz;\n    opens boolean;\n    is_other boolean;\n    rows_read integer;\nBEGIN\n    WITH written AS (\n        INSERT INTO settled_outcomes (signal_id, version, symbol, ts, horizon_minutes, threshold, forward_return, outcome, opens_position)\n        SELECT\n            n.signal_id,\n            coalesce(o.version, 0) + 1,\n            p_symbol,\n            n.ts,\n            n.horizon_minutes,\n            n.threshold,\n            n.forward_return,\n            n.outcome,\n            FALSE\n        FROM outcomes_of(p_symbol, p_signal_ids) AS n\n        LEFT JOIN LATERAL (\n            SELECT *\n            FROM settled_outcomes AS k\n            WHERE k.signal_id = n.signal_id\n            ORDER BY k.version DESC\n            LIMIT 1\n        ) AS o ON TRUE\n        WHERE NOT n.is_trade AND (o.version IS NULL OR o.forward_return <> n.forward_return OR o.outcome <> n.outcome)\n        RETURNING version\n    )\n\n    SELECT\n        count(*) FILTER (WHERE w.version = 1),\n        count(*) FILTER (WHERE w.version > 1)\n    INTO settled, resettled\n    FROM written AS w;\n    FOR stream IN\n        SELECT\n            s.horizon_minutes,\n            s.threshold,\n            s.is_shadow,\n            CASE WHEN s.is_shadow THEN s.model_id END AS model_id,\n            min(s.ts) AS first_ts,\n            max(s.ts) AS last_ts,\n            min(s.executable_at) AS first_entry,\n            array_agg(s.signal_id) AS signal_ids\n        FROM unnest(p_signal_ids) AS i (signal_id)\n        INNER JOIN signals AS s ON s.signal_id = i.signal_id\n        WHERE s.symbol = p_symbol AND s.side IN ('BUY', 'SELL') AND NOT s.is_late\n        GROUP BY 1, 2, 3, 4\n    LOOP\n        -- what is open at an entry was entered less than a horizon and two minutes before: the entry is held, or opens nothing\n        open_until := (\n            SELECT o.exit_at\n            FROM signals AS s\n            CROSS JOIN LATERAL (\n                SELECT *\n                FROM settled_outcomes AS k\n                WHERE k.signal_id = s.signal_id\n                ORDER BY k.version DESC\n                LIMIT 1\n            ) AS o\n            WHERE\n                s.symbol = p_symbol\n                AND s.horizon_minutes = stream.horizon_minutes\n                AND s.threshold = stream.threshold\n                AND s.is_shadow = stream.is_shadow\n                AND (NOT s.is_shadow OR s.model_id = stream.model_id)\n                AND s.side IN ('BUY', 'SELL')\n                AND NOT s.is_late\n                AND s.ts < stream.first_ts\n                AND s.ts > stream.first_entry - make_interval(mins => stream.horizon_minutes + 2) - longest_delay\n                AND o.opens_position\n            ORDER BY s.ts DESC\n            LIMIT 1\n        );\n        last_ts := stream.first_ts - INTERVAL '1 minute';\n        is_other := FALSE;\n        <<following>>\n        LOOP\n            rows_read := 0;\n            FOR r IN\n                WITH known AS MATERIALIZED (\n                    SELECT * FROM outcomes_of(p_symbol, CASE WHEN last_ts < stream.last_ts THEN stream.signal_ids ELSE '{}' END)\n                ),\n\n                slice AS MATERIALIZED (\n                    SELECT\n                        s.signal_id,\n                        s.ts\n                    FROM signals AS s\n                    WHERE\n                        s.symbol = p_symbol\n                        AND s.horizon_minutes = stream.horizon_minutes\n                        AND s.threshold = stream.threshold\n                        AND s.is_shadow = stream.is_shadow\n                        AND (NOT s.is_shadow OR s.model_id = stream.model_id)\n                        AND s.side IN ('BUY', 'SELL')\n                        AND NOT s.is_late\n                        AND s.ts > last_ts\n                    ORDER BY s.ts\n                    LIMIT chunk\n                )\n\n                SELECT\n                    s.signal_id,\n                    s.ts,\n                    n.signal_id IS NOT NULL AS is_new,\n                    n.forward_return,\n                    n.outcome,\n                    n.entry_at,\n                    n.entry_price,\n                    n.exit_at,\n                    n.exit_price,\n                    n.exit_reason,\n                    n.net_return,\n                    o.old\n                FROM slice AS s\n                LEFT JOIN known AS n ON n.signal_id = s.signal_id\n                LEFT JOIN LATERAL (\n                    SELECT k AS old\n                    FROM settled_outcomes AS k\n                    WHERE k.signal_id = s.signal_id\n                    ORDER BY k.version DESC\n                    LIMIT 1\n                ) AS o ON TRUE\n                ORDER BY s.ts\n            LOOP\n                rows_read := rows_read + 1;\n                last_ts := r.ts;\n                EXIT following WHEN r.ts > stream.last_ts AND NOT is_other;\n                CONTINUE WHEN NOT r.is_new AND (r.old).version IS NULL;\n                IF NOT r.is_new THEN\n                    r.forward_return := (r.old).forward_return;\n                    r.outcome := (r.old).outcome;\n                    r.entry_at := (r.old).entry_at;\n                    r.entry_price := (r.old).entry_price;\n                    r.exit_at := (r.old).exit_at;\n                    r.exit_price := (r.old).exit_price;\n                    r.exit_reason := (r.old).exit_reason;\n                    r.net_return := (r.old).net_return;\n                END IF;\n                opens := r.entry_at IS NOT NULL AND (open_until IS NULL OR r.entry_at >= open_until);\n                IF opens THEN\n                    open_until := r.exit_at;\n                    is_other := NOT coalesce((r.old).opens_position AND (r.old).exit_at = r.exit_at, FALSE);\n                ELSIF (r.old).opens_position THEN\n                    is_other := TRUE;\n                END IF;\n                IF\n                    (r.old).version IS NULL\n                    OR ((r.old).forward_return, (r.old).outcome, (r.old).opens_position)\n                    IS DISTINCT FROM (r.forward_return, r.outcome, opens)\n                    OR ((r.old).entry_at, (r.old).entry_price, (r.old).exit_at, (r.old).exit_price, (r.old).exit_reason, (r.old).net_return)\n                    IS DISTINCT FROM (r.entry_at, r.entry_price, r.exit_at, r.exit_price, r.exit_reason, r.net_return)\n                THEN\n                    INSERT INTO settled_outcomes (\n                        signal_id, version, symbol, ts, horizon_minutes, threshold, forward_return, outcome, opens_position,\n                        entry_at, entry_price, exit_at, exit_price, exit_reason, net_return\n                    )\n                    VALUES (\n                        r.signal_id, coalesce((r.old).version, 0) + 1, p_symbol, r.ts, stream.horizon_minutes, stream.threshold,\n                        r.forward_return, r.outcome, opens,\n                        r.entry_at, r.entry_price, r.exit_at, r.exit_price, r.exit_reason, r.net_return\n                    );\n                    settled := settled + ((r.old).version IS NULL)::integer;\n                    resettled := resettled + ((r.old).version IS NOT NULL)::integer;\n                END IF;\n            END LOOP;\n            EXIT following WHEN rows_read < chunk;\n        END LOOP;\n    END LOOP;\n    RETURN NEXT;\nEND;\n$function$\n	15
function	settle_span(text,timestamp with time zone,timestamp with time zone)	\N	CREATE OR REPLACE FUNCTION market.settle_span(p_symbol text, p_from timestamp with time zone, p_to timestamp with time zone)\n RETURNS TABLE(settled bigint, resettled bigint, days bigint)\n LANGUAGE plpgsql\n SET search_path TO 'market', 'public'\n SET jit TO 'off'\n SET plan_cache_mode TO 'force_custom_plan'\nAS $function$\nDECLARE\n    began timestamptz;\n    ids bigint [];\nBEGIN\n    PERFORM pg_advisory_xact_lock(hashtextextended('settle ' || current_schema() || ' ' || p_symbol, 0));\n    began := clock_timestamp();\n    ids := ARRAY(SELECT s.signal_id FROM signals AS s WHERE s.symbol = p_symbol AND s.ts >= p_from AND s.ts < p_to);\n    SELECT * INTO settled, resettled FROM settle_signals(p_symbol, ids);\n    days := sum_performance(p_symbol, began, ids);\n    RETURN NEXT;\nEND;\n$function$\n	15
function	signals_of_minutes(text,tstzmultirange)	\N	CREATE OR REPLACE FUNCTION market.signals_of_minutes(p_symbol text, p_minutes tstzmultirange)\n RETURNS TABLE(signal_id bigint)\n LANGUAGE plpgsql\n STABLE\n SET search_path TO 'market', 'public'\n SET jit TO 'off'\n SET plan_cache_mode TO 'force_custom_plan'\nAS $function$\nDECLARE\n    span record;\n    longest CONSTANT interval := (\n        SELECT make_interval(mins => max(h.horizon_minutes))\n        FROM (SELECT m.horizon_minutes FROM models AS m WHERE m.symbol = p_symbol) AS h\n    );\nBEGIN\n    FOR span IN\n        WITH spans AS (\n            SELECT\n                lower(u.span) AS first_ts,\n                upper(u.span) - INTERVAL '1 minute' AS last_ts\n            FROM unnest(p_minutes) AS u (span)\n        )\n\n        SELECT\n            s.last_ts,\n            coalesce(\n                (\n                    SELECT m.ts\n                    FROM minute_metrics AS m\n                    WHERE m.symbol = p_symbol AND m.ts < s.first_ts AND m.last_price > 1e-30 AND m.last_price < 1e30\n                    ORDER BY m.ts DESC\n                    LIMIT 1\n                ),\n                s.first_ts\n            ) AS first_ts\n        FROM spans AS s\n    LOOP\n        RETURN QUERY\n        SELECT s.signal_id\n        FROM signals AS s\n        WHERE\n            s.symbol = p_symbol\n            AND s.ts >= span.first_ts - longest - INTERVAL '1 hour'\n            AND s.ts <= span.last_ts\n            AND CASE\n                WHEN s.side IN ('BUY', 'SELL') AND NOT s.is_late\n                    THEN greatest(s.executable_at + INTERVAL '1 minute', s.ts) + make_interval(mins => s.horizon_minutes) >= span.first_ts\n                WHEN s.side <> 'ABSTAIN'\n                    THEN\n                        s.ts >= span.first_ts\n                        OR (\n                            s.ts + make_interval(mins => s.horizon_minutes) >= span.first_ts\n                            AND s.ts + make_interval(mins => s.horizon_minutes) <= span.last_ts\n                        )\n            END;\n    END LOOP;\nEND;\n$function$\n	15
function	student_t_95(double precision)	\N	CREATE OR REPLACE FUNCTION market.student_t_95(degrees double precision)\n RETURNS double precision\n LANGUAGE sql\n IMMUTABLE PARALLEL SAFE\nRETURN CASE WHEN ((degrees >= (1)::double precision) AND (degrees <= (30)::double precision)) THEN (ARRAY[(12.706205)::double precision, (4.302653)::double precision, (3.182446)::double precision, (2.776445)::double precision, (2.570582)::double precision, (2.446912)::double precision, (2.364624)::double precision, (2.306004)::double precision, (2.262157)::double precision, (2.228139)::double precision, (2.200985)::double precision, (2.178813)::double precision, (2.160369)::double precision, (2.144787)::double precision, (2.131450)::double precision, (2.119905)::double precision, (2.109816)::double precision, (2.100922)::double precision, (2.093024)::double precision, (2.085963)::double precision, (2.079614)::double precision, (2.073873)::double precision, (2.068658)::double precision, (2.063899)::double precision, (2.059539)::double precision, (2.055529)::double precision, (2.051831)::double precision, (2.048407)::double precision, (2.045230)::double precision, (2.042272)::double precision])[(floor(degrees))::integer] WHEN (degrees > (30)::double precision) THEN ((((1.959963985)::double precision + ((2.372271231)::double precision / degrees)) + ((2.822498616)::double precision / (degrees ^ (2)::double precision))) + ((2.555849680)::double precision / (degrees ^ (3)::double precision))) ELSE NULL::double precision END\n	15
function	sum_performance(text,timestamp with time zone,bigint[])	\N	CREATE OR REPLACE FUNCTION market.sum_performance(p_symbol text, p_settled_since timestamp with time zone, p_signal_ids bigint[])\n RETURNS bigint\n LANGUAGE plpgsql\n SET search_path TO 'market', 'public'\n SET jit TO 'off'\n SET plan_cache_mode TO 'force_custom_plan'\nAS $function$\nDECLARE\n    changed record;\n    written bigint;\n    total bigint := 0;\nBEGIN\n    FOR changed IN\n        WITH touched AS (\n            SELECT\n                s.ts,\n                s.horizon_minutes,\n                s.threshold\n            FROM unnest(p_signal_ids) AS i (signal_id)\n            INNER JOIN signals AS s ON s.signal_id = i.signal_id\n            WHERE s.symbol = p_symbol\n            UNION ALL\n            SELECT\n                o.ts,\n                o.horizon_minutes,\n                o.threshold\n            FROM settled_outcomes AS o\n            WHERE o.settled_at >= p_settled_since AND o.symbol = p_symbol\n        )\n\n        SELECT\n            t.horizon_minutes,\n            t.threshold,\n            d.day,\n            make_interval(mins => t.horizon_minutes) AS horizon,\n            d.day::timestamp AT TIME ZONE 'UTC' AS day_begins\n        FROM touched AS t\n        CROSS JOIN LATERAL (\n            VALUES\n            ((t.ts AT TIME ZONE 'UTC')::date),\n            (((t.ts + make_interval(mins => t.horizon_minutes)) AT TIME ZONE 'UTC')::date)\n        ) AS d (day)\n        GROUP BY 1, 2, 3\n    LOOP\n        DELETE FROM performance_days AS p\n        WHERE\n            p.symbol = p_symbol\n            AND p.day = changed.day\n            AND p.horizon_minutes = changed.horizon_minutes\n            AND p.threshold = changed.threshold;\n        INSERT INTO performance_days (\n            day, symbol, horizon_minutes, threshold, model_id, kind, signals, abstained, settled, expected_up, observed_up,\n            expected_down, observed_down, events, correct, brier, brier_prior, log_loss, log_loss_prior, trades, wins,\n            net_return_sum, net_return_squares, latency_median_seconds, latency_p95_seconds, latency_max_seconds\n        )\n        WITH newest AS MATERIALIZED (\n            SELECT DISTINCT ON (k.signal_id)\n                k.signal_id,\n                k.outcome,\n                k.opens_position,\n                k.net_return\n            FROM settled_outcomes AS k\n            WHERE\n                k.symbol = p_symbol\n                AND k.horizon_minutes = changed.horizon_minutes\n                AND k.threshold = changed.threshold\n                AND k.ts > changed.day_begins - changed.horizon\n                AND k.ts < changed.day_begins + INTERVAL '24 hours'\n            ORDER BY k.signal_id, k.version DESC\n        ),\n\n        commits AS MATERIALIZED (\n            SELECT\n                c.ts,\n                c.decided_at,\n                min(c.latency_seconds) AS latency_seconds\n            FROM signal_commits AS c\n            WHERE c.symbol = p_symbol AND c.ts >= changed.day_begins AND c.ts < changed.day_begins + INTERVAL '24 hours'\n            GROUP BY c.ts, c.decided_at\n        ),\n\n        outcomes AS (\n            SELECT\n                s.*,\n                coalesce(c.latency_seconds, s.latency_seconds) AS latency,\n                o.outcome,\n                o.opens_position,\n                o.net_return,\n                s.ts >= changed.day_begins AS is_of_day,\n                CASE WHEN s.is_late THEN 'late' WHEN s.is_shadow THEN 'shadow' ELSE 'live' END AS kind,\n                CASE o.outcome WHEN 'UP' THEN s.p_up WHEN 'DOWN' THEN s.p_down WHEN 'SIDEWAYS' THEN s.p_sideways END AS p,\n                CASE o.outcome WHEN 'UP' THEN s.base_rate_up WHEN 'DOWN' THEN s.base_rate_down WHEN 'SIDEWAYS' THEN s.base_rate_sideways END AS prior\n            FROM (\n                SELECT * FROM signals AS n WHERE NOT n.is_shadow\n                UNION ALL\n                SELECT * FROM signals AS n WHERE n.is_shadow\n            ) AS s\n            LEFT JOIN newest AS o ON o.signal_id = s.signal_id\n            LEFT JOIN commits AS c ON c.ts = s.ts AND c.decided_at = s.decided_at\n            WHERE\n                s.symbol = p_symbol\n                AND s.horizon_minutes = changed.horizon_minutes\n                AND s.threshold = changed.threshold\n                AND s.ts > changed.day_begins - changed.horizon\n                AND s.ts < changed.day_begins + INTERVAL '24 hours'\n        ),\n\n        scored AS (\n            SELECT\n                o.*,\n                o.outcome IN ('UP', 'DOWN')\n                AND o.ts - lag(o.ts) OVER (PARTITION BY o.model_id, o.kind, o.outcome ORDER BY o.ts) < changed.horizon AS goes_on,\n                p_up ^ 2 + p_down ^ 2 + p_sideways ^ 2 - 2 * o.p + 1 AS brier,\n                base_rate_up ^ 2 + base_rate_down ^ 2 + base_rate_sideways ^ 2 - 2 * o.prior + 1 AS brier_prior\n            FROM outcomes AS o\n        )\n\n        SELECT\n            changed.day,\n            p_symbol,\n            changed.horizon_minutes,\n            changed.threshold,\n            s.model_id,\n            s.kind,\n            count(*),\n            count(*) FILTER (WHERE s.side = 'ABSTAIN'),\n            count(s.outcome),\n            sum(s.p_up) FILTER (WHERE s.outcome IS NOT NULL),\n            count(*) FILTER (WHERE s.outcome = 'UP'),\n            sum(s.p_down) FILTER (WHERE s.outcome IS NOT NULL),\n            count(*) FILTER (WHERE s.outcome = 'DOWN'),\n            count(*) FILTER (WHERE s.outcome IN ('UP', 'DOWN') AND s.goes_on IS NOT TRUE),\n            count(*) FILTER (WHERE s.prediction = s.outcome),\n            avg(s.brier),\n            avg(s.brier_prior),\n            avg(-ln(greatest(s.p, 1e-15))) FILTER (WHERE s.outcome IS NOT NULL),\n            avg(-ln(greatest(s.prior, 1e-15))) FILTER (WHERE s.outcome IS NOT NULL),\n            count(s.net_return) FILTER (WHERE s.opens_position),\n            count(*) FILTER (WHERE s.opens_position AND s.net_return > 0),\n            coalesce(sum(s.net_return) FILTER (WHERE s.opens_position), 0),\n            coalesce(sum(s.net_return ^ 2) FILTER (WHERE s.opens_position), 0),\n            percentile_cont(0.5) WITHIN GROUP (ORDER BY s.latency),\n            percentile_cont(0.95) WITHIN GROUP (ORDER BY s.latency),\n            max(s.latency)\n        FROM scored AS s\n        WHERE s.is_of_day\n        GROUP BY s.model_id, s.kind;\n        GET DIAGNOSTICS written = ROW_COUNT;\n        total := total + written;\n    END LOOP;\n    RETURN total;\nEND;\n$function$\n	15
grant	DELETE ON alerts TO market_writer	alerts		15
grant	DELETE ON catch_ups TO market_writer	catch_ups		15
grant	DELETE ON metric_catalogue TO market_writer	metric_catalogue		15
grant	DELETE ON performance_days TO market_writer	performance_days		15
grant	DELETE ON settle_marks TO market_writer	settle_marks		15
grant	DELETE ON source_absences TO market_writer	source_absences		15
grant	DELETE ON source_limits TO market_writer	source_limits		15
grant	INSERT ON alerts TO market_writer	alerts		15
grant	INSERT ON blocking_checks TO market_writer	blocking_checks		15
grant	INSERT ON candles_1h TO market_writer	candles_1h		15
grant	INSERT ON candles_5m TO market_writer	candles_5m		15
grant	INSERT ON catch_ups TO market_writer	catch_ups		15
grant	INSERT ON challengers TO market_writer	challengers		15
grant	INSERT ON champions TO market_writer	champions		15
grant	INSERT ON checks_latest TO market_writer	checks_latest		15
grant	INSERT ON coverage_gaps TO market_writer	coverage_gaps		15
grant	INSERT ON daily_performance TO market_writer	daily_performance		15
grant	INSERT ON feature_versions TO market_writer	feature_versions		15
grant	INSERT ON ingest_windows TO market_writer	ingest_windows		15
grant	INSERT ON kill_switch TO market_writer	kill_switch		15
grant	INSERT ON kill_switch_state TO market_writer	kill_switch_state		15
grant	INSERT ON metric_arrivals TO market_writer	metric_arrivals		15
grant	INSERT ON metric_catalogue TO market_writer	metric_catalogue		15
grant	INSERT ON metric_days TO market_writer	metric_days		15
grant	INSERT ON metric_revisions TO market_writer	metric_revisions		15
grant	INSERT ON minute_features TO market_writer	minute_features		15
grant	INSERT ON minute_features_v1 TO market_writer	minute_features_v1		15
grant	INSERT ON minute_labels TO market_writer	minute_labels		15
grant	INSERT ON minute_metrics TO market_writer	minute_metrics		15
grant	SELECT ON challengers TO market_writer	challengers		15
grant	SELECT ON champions TO market_reader	champions		15
grant	SELECT ON champions TO market_writer	champions		15
grant	SELECT ON checks_latest TO market_reader	checks_latest		15
grant	SELECT ON checks_latest TO market_writer	checks_latest		15
grant	SELECT ON coverage_gaps TO market_reader	coverage_gaps		15
grant	SELECT ON coverage_gaps TO market_writer	coverage_gaps		15
grant	SELECT ON daily_performance TO market_reader	daily_performance		15
grant	SELECT ON daily_performance TO market_writer	daily_performance		15
grant	SELECT ON feature_versions TO market_reader	feature_versions		15
grant	SELECT ON feature_versions TO market_writer	feature_versions		15
grant	SELECT ON ingest_windows TO market_reader	ingest_windows		15
grant	SELECT ON ingest_windows TO market_writer	ingest_windows		15
grant	SELECT ON kill_switch TO market_reader	kill_switch		15
grant	SELECT ON kill_switch TO market_writer	kill_switch		15
grant	SELECT ON kill_switch_state TO market_reader	kill_switch_state		15
grant	SELECT ON kill_switch_state TO market_writer	kill_switch_state		15
grant	SELECT ON metric_arrivals TO market_reader	metric_arrivals		15
grant	SELECT ON metric_arrivals TO market_writer	metric_arrivals		15
grant	SELECT ON metric_catalogue TO market_reader	metric_catalogue		15
grant	SELECT ON metric_catalogue TO market_writer	metric_catalogue		15
grant	SELECT ON metric_days TO market_reader	metric_days		15
grant	SELECT ON metric_days TO market_writer	metric_days		15
grant	SELECT ON metric_revisions TO market_reader	metric_revisions		15
grant	SELECT ON metric_revisions TO market_writer	metric_revisions		15
grant	SELECT ON minute_features TO market_reader	minute_features		15
grant	SELECT ON minute_features TO market_writer	minute_features		15
grant	SELECT ON minute_features_v1 TO market_reader	minute_features_v1		15
grant	SELECT ON minute_features_v1 TO market_writer	minute_features_v1		15
grant	SELECT ON minute_labels TO market_reader	minute_labels		15
grant	SELECT ON minute_labels TO market_writer	minute_labels		15
grant	SELECT ON minute_metrics TO market_reader	minute_metrics		15
grant	SELECT ON minute_metrics TO market_writer	minute_metrics		15
grant	SELECT ON model_evaluations TO market_reader	model_evaluations		15
grant	SELECT ON model_evaluations TO market_writer	model_evaluations		15
grant	SELECT ON model_leaderboard TO market_reader	model_leaderboard		15
grant	SELECT ON model_leaderboard TO market_writer	model_leaderboard		15
grant	SELECT ON models TO market_reader	models		15
grant	SELECT ON models TO market_writer	models		15
grant	SELECT ON overfitting_checks TO market_reader	overfitting_checks		15
grant	SELECT ON overfitting_checks TO market_writer	overfitting_checks		15
grant	SELECT ON performance_days TO market_reader	performance_days		15
grant	SELECT ON performance_days TO market_writer	performance_days		15
grant	SELECT ON pipeline_checks TO market_reader	pipeline_checks		15
grant	SELECT ON pipeline_checks TO market_writer	pipeline_checks		15
grant	SELECT ON pipeline_freshness TO market_reader	pipeline_freshness		15
grant	SELECT ON pipeline_freshness TO market_writer	pipeline_freshness		15
grant	SELECT ON promotions TO market_reader	promotions		15
grant	SELECT ON promotions TO market_writer	promotions		15
grant	SELECT ON quarantined_samples TO market_reader	quarantined_samples		15
grant	SELECT ON quarantined_samples TO market_writer	quarantined_samples		15
grant	SELECT ON schema_migrations TO market_reader	schema_migrations		15
grant	SELECT ON schema_migrations TO market_writer	schema_migrations		15
grant	SELECT ON schema_objects TO market_reader	schema_objects		15
grant	SELECT ON schema_objects TO market_writer	schema_objects		15
grant	SELECT ON scoring_environments TO market_reader	scoring_environments		15
grant	SELECT ON scoring_environments TO market_writer	scoring_environments		15
grant	SELECT ON settle_marks TO market_reader	settle_marks		15
grant	SELECT ON settle_marks TO market_writer	settle_marks		15
grant	SELECT ON settled_outcomes TO market_reader	settled_outcomes		15
grant	SELECT ON settled_outcomes TO market_writer	settled_outcomes		15
grant	SELECT ON signal_commits TO market_reader	signal_commits		15
grant	SELECT ON signal_commits TO market_writer	signal_commits		15
grant	SELECT ON signal_inputs TO market_reader	signal_inputs		15
grant	SELECT ON signal_inputs TO market_writer	signal_inputs		15
grant	SELECT ON signal_outcomes TO market_reader	signal_outcomes		15
grant	SELECT ON signal_outcomes TO market_writer	signal_outcomes		15
grant	SELECT ON signals TO market_reader	signals		15
grant	SELECT ON signals TO market_writer	signals		15
grant	SELECT ON signals_latest TO market_reader	signals_latest		15
grant	SELECT ON signals_latest TO market_writer	signals_latest		15
grant	SELECT ON signals_live TO market_reader	signals_live		15
grant	SELECT ON signals_live TO market_writer	signals_live		15
grant	SELECT ON source TO market_reader	source		15
grant	SELECT ON source TO market_writer	source		15
grant	SELECT ON source_absences TO market_reader	source_absences		15
grant	SELECT ON source_absences TO market_writer	source_absences		15
grant	SELECT ON source_limits TO market_reader	source_limits		15
grant	SELECT ON source_limits TO market_writer	source_limits		15
grant	SELECT ON view_definitions TO market_reader	view_definitions		15
grant	SELECT ON view_definitions TO market_writer	view_definitions		15
grant	UPDATE ON alerts TO market_writer	alerts		15
grant	UPDATE ON catch_ups TO market_writer	catch_ups		15
grant	UPDATE ON metric_catalogue TO market_writer	metric_catalogue		15
grant	UPDATE ON minute_metrics TO market_writer	minute_metrics		15
grant	UPDATE ON performance_days TO market_writer	performance_days		15
grant	UPDATE ON settle_marks TO market_writer	settle_marks		15
grant	UPDATE ON source TO market_writer	source		15
grant	UPDATE ON source_absences TO market_writer	source_absences		15
grant	UPDATE ON source_limits TO market_writer	source_limits		15
grant	USAGE ON SCHEMA market TO market_reader	\N		15
grant	USAGE ON SCHEMA market TO market_writer	\N		15
grant	USAGE ON alerts_alert_id_seq TO market_writer	alerts_alert_id_seq		15
grant	USAGE ON challengers_challenge_id_seq TO market_writer	challengers_challenge_id_seq		15
grant	USAGE ON ingest_windows_window_id_seq TO market_writer	ingest_windows_window_id_seq		15
grant	USAGE ON kill_switch_switch_id_seq TO market_writer	kill_switch_switch_id_seq		15
grant	USAGE ON model_evaluations_evaluation_id_seq TO market_writer	model_evaluations_evaluation_id_seq		15
grant	USAGE ON models_model_id_seq TO market_writer	models_model_id_seq		15
grant	USAGE ON overfitting_checks_check_id_seq TO market_writer	overfitting_checks_check_id_seq		15
grant	USAGE ON pipeline_checks_check_id_seq TO market_writer	pipeline_checks_check_id_seq		15
grant	USAGE ON promotions_promotion_id_seq TO market_writer	promotions_promotion_id_seq		15
grant	USAGE ON quarantined_samples_sample_id_seq TO market_writer	quarantined_samples_sample_id_seq		15
grant	USAGE ON scoring_environments_environment_id_seq TO market_writer	scoring_environments_environment_id_seq		15
grant	USAGE ON signal_ids TO market_writer	signal_ids		15
index	alerts_open	alerts	CREATE UNIQUE INDEX alerts_open ON market.alerts USING btree (alert_key) WHERE (closed_at IS NULL)	15
index	challengers_cell	challengers	CREATE INDEX challengers_cell ON market.challengers USING btree (symbol, horizon_minutes, threshold, challenge_id)	15
index	ingest_windows_finished	ingest_windows	CREATE INDEX ingest_windows_finished ON market.ingest_windows USING btree (finished_at)	15
index	ingest_windows_loaded	ingest_windows	CREATE INDEX ingest_windows_loaded ON market.ingest_windows USING btree (symbol, window_to) WHERE (error IS NULL)	15
index	model_evaluations_cell	model_evaluations	CREATE INDEX model_evaluations_cell ON market.model_evaluations USING btree (symbol, horizon_minutes, threshold, run_id)	15
index	model_evaluations_model	model_evaluations	CREATE INDEX model_evaluations_model ON market.model_evaluations USING btree (model_id) WHERE (model_id IS NOT NULL)	15
index	overfitting_checks_run	overfitting_checks	CREATE INDEX overfitting_checks_run ON market.overfitting_checks USING btree (run_id, symbol)	15
index	pipeline_checks_checked	pipeline_checks	CREATE INDEX pipeline_checks_checked ON market.pipeline_checks USING btree (checked_at)	15
index	pipeline_checks_failed	pipeline_checks	CREATE INDEX pipeline_checks_failed ON market.pipeline_checks USING btree (check_id) WHERE (is_blocking AND (status = 'failed'::text))	15
index	pipeline_checks_newest	pipeline_checks	CREATE INDEX pipeline_checks_newest ON market.pipeline_checks USING btree (name, symbol, horizon_minutes, threshold, checked_at DESC)	15
index	promotions_cell	promotions	CREATE INDEX promotions_cell ON market.promotions USING btree (symbol, horizon_minutes, threshold, effective_from) WHERE is_accepted	15
index	promotions_model	promotions	CREATE INDEX promotions_model ON market.promotions USING btree (model_id) WHERE (model_id IS NOT NULL)	15
index	settled_outcomes_cell	settled_outcomes	CREATE INDEX settled_outcomes_cell ON market.settled_outcomes USING btree (symbol, horizon_minutes, threshold, ts)	15
index	settled_outcomes_settled	settled_outcomes	CREATE INDEX settled_outcomes_settled ON market.settled_outcomes USING btree (settled_at)	15
index	signals_answered	signals	CREATE UNIQUE INDEX signals_answered ON market.signals USING btree (symbol, horizon_minutes, threshold, ts) INCLUDE (side, is_late) WHERE (NOT is_shadow)	15
index	signals_named	signals	CREATE INDEX signals_named ON market.signals USING btree (symbol, horizon_minutes, threshold, ts) WHERE ((NOT is_shadow) AND ((prediction <> 'SIDEWAYS'::text) OR (side = ANY (ARRAY['BUY'::text, 'SELL'::text]))))	15
index	signals_newest	signals	CREATE INDEX signals_newest ON market.signals USING btree (ts DESC)	15
index	signals_shadowed	signals	CREATE UNIQUE INDEX signals_shadowed ON market.signals USING btree (symbol, horizon_minutes, threshold, ts) WHERE is_shadow	15
role	market_reader	\N		15
role	market_writer	\N		15
sequence	alerts_alert_id_seq	alerts_alert_id_seq	bigint by 1	15
sequence	challengers_challenge_id_seq	challengers_challenge_id_seq	bigint by 1	15
sequence	ingest_windows_window_id_seq	ingest_windows_window_id_seq	bigint by 1	15
sequence	kill_switch_switch_id_seq	kill_switch_switch_id_seq	bigint by 1	15
sequence	model_evaluations_evaluation_id_seq	model_evaluations_evaluation_id_seq	bigint by 1	15
sequence	models_model_id_seq	models_model_id_seq	bigint by 1	15
sequence	overfitting_checks_check_id_seq	overfitting_checks_check_id_seq	bigint by 1	15
sequence	pipeline_checks_check_id_seq	pipeline_checks_check_id_seq	bigint by 1	15
sequence	promotions_promotion_id_seq	promotions_promotion_id_seq	bigint by 1	15
sequence	quarantined_samples_sample_id_seq	quarantined_samples_sample_id_seq	bigint by 1	15
sequence	scoring_environments_environment_id_seq	scoring_environments_environment_id_seq	integer by 1	15
sequence	signal_ids	signal_ids	bigint by 1	15
table	alerts	alerts	table	15
table	catch_ups	catch_ups	table	15
table	challengers	challengers	table	15
table	feature_versions	feature_versions	table	15
table	ingest_windows	ingest_windows	table	15
table	kill_switch	kill_switch	table	15
table	metric_arrivals	metric_arrivals	table	15
table	metric_catalogue	metric_catalogue	table	15
table	metric_revisions	metric_revisions	table	15
table	minute_metrics	minute_metrics	table	15
table	model_evaluations	model_evaluations	table	15
table	models	models	table	15
table	overfitting_checks	overfitting_checks	table	15
table	performance_days	performance_days	table	15
table	pipeline_checks	pipeline_checks	table	15
table	promotions	promotions	table	15
table	quarantined_samples	quarantined_samples	table	15
table	schema_migrations	schema_migrations	table	15
table	schema_objects	schema_objects	table	15
table	scoring_environments	scoring_environments	table	15
table	settle_marks	settle_marks	table	15
table	settled_outcomes	settled_outcomes	table	15
table	signal_commits	signal_commits	table	15
table	signal_inputs	signal_inputs	table	15
table	signals	signals	table	15
table	source	source	table	15
table	source_absences	source_absences	table	15
table	source_limits	source_limits	table	15
table	view_definitions	view_definitions	table	15
trigger	challengers.challengers_append_only	challengers	CREATE TRIGGER challengers_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON market.challengers FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()	15
trigger	kill_switch.kill_switch_append_only	kill_switch	CREATE TRIGGER kill_switch_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON market.kill_switch FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()	15
trigger	pipeline_checks.pipeline_checks_append_only	pipeline_checks	CREATE TRIGGER pipeline_checks_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON market.pipeline_checks FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()	15
trigger	settled_outcomes.settled_outcomes_append_only	settled_outcomes	CREATE TRIGGER settled_outcomes_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON market.settled_outcomes FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()	15
trigger	signal_commits.signal_commits_append_only	signal_commits	CREATE TRIGGER signal_commits_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON market.signal_commits FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()	15
trigger	signal_inputs.signal_inputs_append_only	signal_inputs	CREATE TRIGGER signal_inputs_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON market.signal_inputs FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()	15
trigger	signals.signals_append_only	signals	CREATE TRIGGER signals_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON market.signals FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()	15
view	blocking_checks	blocking_checks	e43591595ae20f6773cb531fa9ab395a8d7c81909c857ef4243e375f02fccfb9	15
view	candles_1h	candles_1h	3aaf75d3962ca79f260c437e0df51d3e89fe59411518798769edd8179f1b2ac7	15
view	candles_5m	candles_5m	0086b9974bfb3162d68d0fd1bae19f8344a5cdd77fc6e18f29ebf6004495f6ba	15
view	champions	champions	a4b50447bae9b325d89a858e80d47d5b481b7fbf5eb49d2fa16674d17386d642	15
view	checks_latest	checks_latest	a56472a6ee90d82063db6ff34f185a4a9d3a560f37bf388d7ab1f335c4d0eb6e	15
view	coverage_gaps	coverage_gaps	51592816135d69d77b0876e92c68969c647efe69239eac9ad035374c2ee92414	15
view	daily_performance	daily_performance	e18de1506105a2870dc7d3241131ca16891cc2c3d72f654d4d85cb0cb06d631e	15
view	kill_switch_state	kill_switch_state	9ad4631621933ffd719e8983b9b3f309de843a7569dd12737b8f82207d3c699e	15
view	metric_days	metric_days	e0dec49be4bb5cc3eaebabf927d5e5161a27af39d436fe18650fb909a088d0d5	15
view	minute_features	minute_features	8fa6ee5c3723951de15caea3cf2c8cca2c5dc6bbf93bc18a0acdbce7e134eeaa	15
view	minute_features_v1	minute_features_v1	c6fe2364e4f6ec9a4fa3ab2c08bf77cbcff7751728e53a389d9b447524de33c1	15
view	minute_labels	minute_labels	a507437c9cf6c0d4578653c8b2d662ac86c2d5c194949b3068dc7287abfbaa23	15
view	model_leaderboard	model_leaderboard	e1736f54a4a9b0aa6f8dacfc40db9be5a1621ae46a4e7ceee361ce19eac0c68e	15
view	pipeline_freshness	pipeline_freshness	a5aefaca74c65d6a02eebd2f74bcb142c01abf179560cdcb938be5263876a9a1	15
view	signal_outcomes	signal_outcomes	7da505aaf3518830e1b87e827fb51ce6895e706d5ab11468cf09c1472315418c	15
view	signals_latest	signals_latest	8fd0c116e19ae16004ef8fae7c905666bcb110ea3c142ce0ddca08d9842b5563	15
view	signals_live	signals_live	3f12063313cc5e569c6dcdead2ffd4ade6f0f16b56432131864a0573fbf58440	15
query	schema_objects.sql	\N	d9a29c77e6ff46a517540bb510398d7d74a1d63f9ef4b3b44041e63b943b7762	15
\.


COPY market.scoring_environments (environment_id, fingerprint, libraries, first_used_at) FROM stdin;
1	8047012589fd235c9e90df3337e0ed27c8351e12b9f24f13d4ef7e08bebace3b	{"libc": "glibc 2.36", "numpy": "2.4.6", "scipy": "1.17.1", "skops": "0.16.0", "python": "3.11.7", "machine": "x86_64", "lightgbm": "4.7.0", "openblas": ["SkylakeX"], "scikit-learn": "1.9.1", "vector_instructions": {"found": ["X86_V3", "X86_V4", "AVX512_ICL"], "baseline": ["X86_V2"], "not found": ["AVX512_SPR"]}}	2026-11-29 20:03:02.876832+00
\.


COPY market.settle_marks (symbol, signal_id, looked_at, minutes_due) FROM stdin;
BTCUSDT	58	2026-11-29 20:03:04.913953+00	{}
\.


COPY market.settled_outcomes (signal_id, version, symbol, ts, horizon_minutes, threshold, forward_return, outcome, opens_position, entry_at, entry_price, exit_at, exit_price, exit_reason, net_return, settled_at) FROM stdin;
16	1	BTCUSDT	2026-03-08 23:45:00+00	15	0.00300	0.0021458291792595396	SIDEWAYS	f	\N	\N	\N	\N	\N	\N	2026-11-29 20:03:05.097095+00
17	1	BTCUSDT	2026-03-08 23:44:00+00	15	0.00300	0.002318227924875682	SIDEWAYS	f	\N	\N	\N	\N	\N	\N	2026-11-29 20:03:05.097375+00
18	1	BTCUSDT	2026-03-08 23:43:00+00	15	0.00300	0.0019135589106979989	SIDEWAYS	f	\N	\N	\N	\N	\N	\N	2026-11-29 20:03:05.097384+00
19	1	BTCUSDT	2026-03-08 23:42:00+00	15	0.00300	0.0018788957376332238	SIDEWAYS	f	\N	\N	\N	\N	\N	\N	2026-11-29 20:03:05.097388+00
20	1	BTCUSDT	2026-03-08 23:41:00+00	15	0.00300	0.0012591704542557203	SIDEWAYS	f	\N	\N	\N	\N	\N	\N	2026-11-29 20:03:05.097392+00
21	1	BTCUSDT	2026-03-08 23:40:00+00	15	0.00300	0.0004723109926911828	SIDEWAYS	f	\N	\N	\N	\N	\N	\N	2026-11-29 20:03:05.097395+00
22	1	BTCUSDT	2026-03-08 23:39:00+00	15	0.00300	0.00043689326733442613	SIDEWAYS	f	\N	\N	\N	\N	\N	\N	2026-11-29 20:03:05.097398+00
23	1	BTCUSDT	2026-03-08 23:38:00+00	15	0.00300	0.0008477698276316836	SIDEWAYS	f	\N	\N	\N	\N	\N	\N	2026-11-29 20:03:05.097401+00
24	1	BTCUSDT	2026-03-08 23:37:00+00	15	0.00300	-0.0006087294582406422	SIDEWAYS	f	\N	\N	\N	\N	\N	\N	2026-11-29 20:03:05.097404+00
25	1	BTCUSDT	2026-03-08 23:36:00+00	15	0.00300	-0.0009828619272623795	SIDEWAYS	f	\N	\N	\N	\N	\N	\N	2026-11-29 20:03:05.097407+00
26	1	BTCUSDT	2026-03-08 23:35:00+00	15	0.00300	0.0018780435270744356	SIDEWAYS	f	\N	\N	\N	\N	\N	\N	2026-11-29 20:03:05.09741+00
27	1	BTCUSDT	2026-03-08 23:34:00+00	15	0.00300	0.0011312651276911279	SIDEWAYS	f	\N	\N	\N	\N	\N	\N	2026-11-29 20:03:05.097413+00
28	1	BTCUSDT	2026-03-08 23:33:00+00	15	0.00300	-2.6121988380145567e-06	SIDEWAYS	f	\N	\N	\N	\N	\N	\N	2026-11-29 20:03:05.097419+00
29	1	BTCUSDT	2026-03-08 23:32:00+00	15	0.00300	0.00026203508364064376	SIDEWAYS	f	\N	\N	\N	\N	\N	\N	2026-11-29 20:03:05.097422+00
30	1	BTCUSDT	2026-03-08 23:31:00+00	15	0.00300	0.0004261320715424066	SIDEWAYS	f	\N	\N	\N	\N	\N	\N	2026-11-29 20:03:05.097425+00
44	1	BTCUSDT	2026-03-08 23:45:00+00	15	0.00300	0.0021458291792595396	SIDEWAYS	f	\N	\N	\N	\N	\N	\N	2026-11-29 20:03:05.097428+00
45	1	BTCUSDT	2026-03-08 23:44:00+00	15	0.00300	0.002318227924875682	SIDEWAYS	f	\N	\N	\N	\N	\N	\N	2026-11-29 20:03:05.097432+00
46	1	BTCUSDT	2026-03-08 23:43:00+00	15	0.00300	0.0019135589106979989	SIDEWAYS	f	\N	\N	\N	\N	\N	\N	2026-11-29 20:03:05.097435+00
47	1	BTCUSDT	2026-03-08 23:42:00+00	15	0.00300	0.0018788957376332238	SIDEWAYS	f	\N	\N	\N	\N	\N	\N	2026-11-29 20:03:05.097438+00
48	1	BTCUSDT	2026-03-08 23:41:00+00	15	0.00300	0.0012591704542557203	SIDEWAYS	f	\N	\N	\N	\N	\N	\N	2026-11-29 20:03:05.097441+00
49	1	BTCUSDT	2026-03-08 23:40:00+00	15	0.00300	0.0004723109926911828	SIDEWAYS	f	\N	\N	\N	\N	\N	\N	2026-11-29 20:03:05.097444+00
50	1	BTCUSDT	2026-03-08 23:39:00+00	15	0.00300	0.00043689326733442613	SIDEWAYS	f	\N	\N	\N	\N	\N	\N	2026-11-29 20:03:05.097447+00
51	1	BTCUSDT	2026-03-08 23:38:00+00	15	0.00300	0.0008477698276316836	SIDEWAYS	f	\N	\N	\N	\N	\N	\N	2026-11-29 20:03:05.09745+00
52	1	BTCUSDT	2026-03-08 23:37:00+00	15	0.00300	-0.0006087294582406422	SIDEWAYS	f	\N	\N	\N	\N	\N	\N	2026-11-29 20:03:05.097456+00
53	1	BTCUSDT	2026-03-08 23:36:00+00	15	0.00300	-0.0009828619272623795	SIDEWAYS	f	\N	\N	\N	\N	\N	\N	2026-11-29 20:03:05.097459+00
54	1	BTCUSDT	2026-03-08 23:35:00+00	15	0.00300	0.0018780435270744356	SIDEWAYS	f	\N	\N	\N	\N	\N	\N	2026-11-29 20:03:05.097462+00
55	1	BTCUSDT	2026-03-08 23:34:00+00	15	0.00300	0.0011312651276911279	SIDEWAYS	f	\N	\N	\N	\N	\N	\N	2026-11-29 20:03:05.097465+00
56	1	BTCUSDT	2026-03-08 23:33:00+00	15	0.00300	-2.6121988380145567e-06	SIDEWAYS	f	\N	\N	\N	\N	\N	\N	2026-11-29 20:03:05.097469+00
57	1	BTCUSDT	2026-03-08 23:32:00+00	15	0.00300	0.00026203508364064376	SIDEWAYS	f	\N	\N	\N	\N	\N	\N	2026-11-29 20:03:05.097472+00
58	1	BTCUSDT	2026-03-08 23:31:00+00	15	0.00300	0.0004261320715424066	SIDEWAYS	f	\N	\N	\N	\N	\N	\N	2026-11-29 20:03:05.097475+00
\.


COPY market.signal_commits (symbol, ts, signals, decided_at, committed_at, latency_seconds, is_late) FROM stdin;
BTCUSDT	2026-03-08 23:59:00+00	2	2026-03-09 00:00:01.501216+00	2026-03-09 00:00:01.569592+00	61.569592	t
BTCUSDT	2026-03-08 23:39:00+00	2	2026-03-09 00:00:02.989354+00	2026-03-09 00:00:03.280529+00	1263.280529	t
BTCUSDT	2026-03-08 23:44:00+00	2	2026-03-09 00:00:02.989354+00	2026-03-09 00:00:03.280529+00	963.280529	t
BTCUSDT	2026-03-08 23:49:00+00	2	2026-03-09 00:00:02.989354+00	2026-03-09 00:00:03.280529+00	663.280529	t
BTCUSDT	2026-03-08 23:51:00+00	2	2026-03-09 00:00:02.989354+00	2026-03-09 00:00:03.280529+00	543.280529	t
BTCUSDT	2026-03-08 23:56:00+00	2	2026-03-09 00:00:02.989354+00	2026-03-09 00:00:03.280529+00	243.280529	t
BTCUSDT	2026-03-08 23:34:00+00	2	2026-03-09 00:00:02.989354+00	2026-03-09 00:00:03.280529+00	1563.280529	t
BTCUSDT	2026-03-08 23:46:00+00	2	2026-03-09 00:00:02.989354+00	2026-03-09 00:00:03.280529+00	843.280529	t
BTCUSDT	2026-03-08 23:53:00+00	2	2026-03-09 00:00:02.989354+00	2026-03-09 00:00:03.280529+00	423.280529	t
BTCUSDT	2026-03-08 23:31:00+00	2	2026-03-09 00:00:02.989354+00	2026-03-09 00:00:03.280529+00	1743.280529	t
BTCUSDT	2026-03-08 23:58:00+00	2	2026-03-09 00:00:02.989354+00	2026-03-09 00:00:03.280529+00	123.280529	t
BTCUSDT	2026-03-08 23:43:00+00	2	2026-03-09 00:00:02.989354+00	2026-03-09 00:00:03.280529+00	1023.280529	t
BTCUSDT	2026-03-08 23:36:00+00	2	2026-03-09 00:00:02.989354+00	2026-03-09 00:00:03.280529+00	1443.280529	t
BTCUSDT	2026-03-08 23:41:00+00	2	2026-03-09 00:00:02.989354+00	2026-03-09 00:00:03.280529+00	1143.280529	t
BTCUSDT	2026-03-08 23:48:00+00	2	2026-03-09 00:00:02.989354+00	2026-03-09 00:00:03.280529+00	723.280529	t
BTCUSDT	2026-03-08 23:33:00+00	2	2026-03-09 00:00:02.989354+00	2026-03-09 00:00:03.280529+00	1623.280529	t
BTCUSDT	2026-03-08 23:38:00+00	2	2026-03-09 00:00:02.989354+00	2026-03-09 00:00:03.280529+00	1323.280529	t
BTCUSDT	2026-03-08 23:45:00+00	2	2026-03-09 00:00:02.989354+00	2026-03-09 00:00:03.280529+00	903.280529	t
BTCUSDT	2026-03-08 23:50:00+00	2	2026-03-09 00:00:02.989354+00	2026-03-09 00:00:03.280529+00	603.280529	t
BTCUSDT	2026-03-08 23:57:00+00	2	2026-03-09 00:00:02.989354+00	2026-03-09 00:00:03.280529+00	183.280529	t
BTCUSDT	2026-03-08 23:55:00+00	2	2026-03-09 00:00:02.989354+00	2026-03-09 00:00:03.280529+00	303.280529	t
BTCUSDT	2026-03-08 23:35:00+00	2	2026-03-09 00:00:02.989354+00	2026-03-09 00:00:03.280529+00	1503.280529	t
BTCUSDT	2026-03-08 23:42:00+00	2	2026-03-09 00:00:02.989354+00	2026-03-09 00:00:03.280529+00	1083.280529	t
BTCUSDT	2026-03-08 23:40:00+00	2	2026-03-09 00:00:02.989354+00	2026-03-09 00:00:03.280529+00	1203.280529	t
BTCUSDT	2026-03-08 23:54:00+00	2	2026-03-09 00:00:02.989354+00	2026-03-09 00:00:03.280529+00	363.280529	t
BTCUSDT	2026-03-08 23:47:00+00	2	2026-03-09 00:00:02.989354+00	2026-03-09 00:00:03.280529+00	783.280529	t
BTCUSDT	2026-03-08 23:52:00+00	2	2026-03-09 00:00:02.989354+00	2026-03-09 00:00:03.280529+00	483.280529	t
BTCUSDT	2026-03-08 23:32:00+00	2	2026-03-09 00:00:02.989354+00	2026-03-09 00:00:03.280529+00	1683.280529	t
BTCUSDT	2026-03-08 23:37:00+00	2	2026-03-09 00:00:02.989354+00	2026-03-09 00:00:03.280529+00	1383.280529	t
\.


COPY market.signal_inputs (symbol, ts, feature_version, inputs_hash, "values", known_at) FROM stdin;
BTCUSDT	2026-03-08 23:59:00+00	1	4a2cb91172a08bff00e8b8c71c9405a037e1c9ee21786af51e472138cdbd8b6c	{0.0006043186,0.0008909513,0.0012343009,0.0018303838,0.0005438051,0.002315545,0.0019076344,-0.001974614,-0.004236593,-0.006546588,-0.01408627,-0.0023202791,0.63454366,0.4589976,0.46892256,0.0004059905,0.00022573124,5.8464982e-05,3.59268e-05,-9.066011e-05,-2.5038375e-05,-3.2283333e-05,0.5679713,0.081791155,-0.1268314,0.0008890913,0.0015062738,0.0014434473,0.0018155278,0.00031859422,-0.0003604754,-0.002796089,0.00036552086,0.00040271538,0.0010053138,0.000877685,0.00065706426,0.0007148082,0.00066628744,0.00064787286,0.0006012101,0.0005831883,0.5633895,1.3547179,1.1033155,1.2256901,1.1109153,0.20248735,0.35274932,0.46943432,0.2895703,0.44301283,0.0071349284,0.011566726,0.031724587,-0.003785548,-0.008217346,-0.017670188,61.119865,52.64036,48.885082,0.1486165,-0.232746,0.3813625,0.9832269,0.0035138533,0.00025500217,0.0011228472,0.0017289142,0.0032095083,4.1895208e-05,5.58069e-05,3.1008487e-05,-1.3911693e-05,0.00013050305,0.00038576894,0.0011954457,0.0021501647,-0.004363309,0.99999046,-0.43332204,-0.90123916,-0.8681988,0.4962165,29,1317}	2026-11-29 20:03:02.932945+00
BTCUSDT	2026-03-08 23:31:00+00	1	54c592e6ebd988076ebf137fce9b7d59dac84ced469961a6af682fb3106d875f	{-0.0002212898,-2.841929e-05,-0.00040318436,-0.001151804,-0.0017193825,-0.0020014208,-0.003641861,-0.0016037726,-0.006921178,-0.008634056,-0.0147824455,-0.0036820564,0.26790616,0.46551028,0.4597328,-0.00022291492,-0.0001979638,-0.00013246016,-0.00018996785,-1.85446e-05,-3.8246602e-05,-2.590094e-05,-0.330554,-0.19642128,-0.027499244,-0.00033526352,-0.0008447533,-0.0011191312,-0.002862081,-0.0031372628,-0.0039735306,-0.0056491303,-0.0016661119,0.00035424653,0.00039936337,0.00036237616,0.0007650558,0.00067436765,0.0006795011,0.0006393006,0.00061484444,0.0005832868,0.5253018,0.5668322,1.0548521,1.1561509,1.0960313,0.34101343,0.36533397,0,0,0.3819859,0.005910455,0.0105976015,0.031724587,-0.005910455,-0.0105976015,-0.019606242,28.870481,37.37175,42.180794,-1.4765292,-1.2260224,-0.25050688,0.21881919,0.0071749855,0.00033502537,0.00027468088,0.0006582835,0.0020786468,7.175254e-05,1.8726481e-05,9.348805e-06,5.3026062e-05,0.00020277513,0.00028709217,0.000486082,0.001148042,-0.12619896,0.99200493,-0.41752726,-0.9086644,-0.922201,0.38671097,1,1289}	2026-11-29 20:03:04.538397+00
BTCUSDT	2026-03-08 23:32:00+00	1	01362ed3ae9755931de860e02cb7fea41b378037f9edbcd2d8d166263e9859df	{0.00042767392,0.00020638412,0.00039925464,-0.0005954015,-0.0013794261,-0.0015364181,-0.003193031,-0.0010032298,-0.007439847,-0.008087034,-0.014625588,-0.0037353006,0.33662108,0.47865906,0.46239212,2.0570978e-06,-0.00015641958,-0.00012552728,-0.00020036497,-2.5882151e-05,-3.8052938e-05,-2.6131178e-05,0.0030418925,-0.18562098,-0.038272716,0.00021154428,-0.00027908964,-0.0005890163,-0.0023280561,-0.002692905,-0.0034838454,-0.0051877997,-0.0012358424,0.00039844372,0.00042072815,0.00037870472,0.00076902035,0.0006762559,0.00067511696,0.00063985004,0.00061503,0.00058325805,0.5891907,0.5918648,1.0568975,1.1594455,1.0970274,0.3457775,0.36656836,0.072358884,0.040355727,0.39546674,0.005910455,0.0105976015,0.031724587,-0.0054827807,-0.010169928,-0.019178567,34.595825,39.598263,43.15514,-1.4329631,-1.2646718,-0.16829139,0.29847425,0.006776692,0.00029166703,0.00042472433,0.0007363734,0.0021361671,8.759594e-05,2.2181664e-05,9.734608e-06,6.541428e-05,0.00014835128,0.00026268678,0.00047771906,0.0011430521,-0.12186934,0.99254614,-0.4180936,-0.90840393,-0.92050487,0.39073113,2,1290}	2026-11-29 20:03:04.566943+00
BTCUSDT	2026-03-08 23:33:00+00	1	f7869cdf1cbad9fadd38225fce9a3f734c05c05f54d6345c6064379f96c94065	{-4.244814e-06,0.0004234291,0.00020213932,2.0244746e-05,-0.00070422934,-0.0009981779,-0.0038070441,-0.0007114078,-0.007109886,-0.008957319,-0.013315453,-0.0035861519,0.38013527,0.4846765,0.45800838,9.962273e-05,-0.00014380353,-0.00012878548,-0.00020522857,-3.3681194e-05,-3.7967126e-05,-2.6274629e-05,0.14755096,-0.19074382,-0.04988512,0.00020324973,-0.0002129042,-0.00052672,-0.0022054457,-0.0026853208,-0.0034288352,-0.005154748,-0.0012375953,0.00028619575,0.00036173177,0.000351851,0.0007609198,0.0006751751,0.00067442737,0.00063740334,0.00061209704,0.000583244,0.42388374,0.55200684,1.0592588,1.1576203,1.0928588,0.3468854,0.36169598,0.0716407,0.039955184,0.39533293,0.005910455,0.0105976015,0.031724587,-0.0054870257,-0.010174173,-0.019182812,34.566082,39.58381,43.1478,-1.3884501,-1.291047,-0.09740309,0.31350276,0.0060226903,0.0005170907,0.00063474465,0.00097567664,0.002241659,0.00011400842,2.962332e-05,1.0389977e-05,8.43851e-05,0.0002596459,0.00043508282,0.0006761728,0.0013484278,-0.117537394,0.99306846,-0.41865975,-0.90814316,-0.91879123,0.39474386,3,1291}	2026-11-29 20:03:04.572797+00
BTCUSDT	2026-03-08 23:34:00+00	1	f27287680bc2e0296fdba20680c6fbfbda0a48d94f618b73756bbe1b22b7311e	{-0.00016180615,-0.00016605097,0.00026162295,0.00023320367,-0.0013393775,-0.001218372,-0.004813094,-0.00071070704,-0.006576665,-0.010335979,-0.013854652,-0.0048516067,0.35723943,0.48469114,0.45106116,5.0407267e-05,-9.990308e-05,-0.0001308725,-0.00020362392,-4.1988213e-05,-3.8198647e-05,-2.6302689e-05,0.07465837,-0.19383572,-0.062188886,-5.1925717e-06,-0.0002407241,-0.0006073045,-0.002206796,-0.0028353112,-0.0035358507,-0.005273493,-0.0013960289,0.0002430113,0.00033326077,0.0003540018,0.0007457302,0.0006751723,0.00067159877,0.00063263136,0.0006118992,0.00058253406,0.35992485,0.55957043,1.0672445,1.1590264,1.0859989,0.3468883,0.35175747,0.044264436,0.02576703,0.3902326,0.005910455,0.010153399,0.031724587,-0.005648832,-0.009891776,-0.019344619,33.387737,39.02225,42.865177,-1.3550782,-1.3038576,-0.051220726,0.2897364,0.004849017,0.00060156366,0.00080276316,0.0010380878,0.0023692618,0.00011922983,3.5983005e-05,1.1257914e-05,8.324682e-05,0.00025105223,0.00049327925,0.0007705872,0.0014502737,-0.11320321,0.9935719,-0.41922572,-0.90788203,-0.9170601,0.39874908,4,1292}	2026-11-29 20:03:04.572944+00
BTCUSDT	2026-03-08 23:35:00+00	1	89c9269d95409de144b9d1d5b415cad399c72aab9cb1c069f9db316cf7f2da00	{-0.0008139995,-0.0009758057,-0.0009800505,-0.00077366637,-0.0016345158,-0.00230551,-0.0056740562,-0.0013745762,-0.007786075,-0.010351146,-0.014286748,-0.0058012833,0.26024467,0.47121447,0.4509964,-0.00012712584,-0.00011884035,-0.0001412268,-0.00020493013,-5.188099e-05,-3.8578546e-05,-2.6507847e-05,-0.18612136,-0.2067662,-0.07595751,-0.00066451373,-0.0008912975,-0.0012676328,-0.002831677,-0.0036264686,-0.0042849937,-0.006044401,-0.002205997,0.00042910807,0.00038781512,0.00040560652,0.0007603463,0.00068302656,0.00067473226,0.00063271186,0.00061277824,0.0005829179,0.62824506,0.64106035,1.0795223,1.1717371,1.0854219,0.33895633,0.3516679,0,0,0.36457428,0.0064628315,0.010705776,0.031724587,-0.0064628315,-0.010705776,-0.020158619,28.18489,36.340565,41.47598,-1.39345,-1.3097814,-0.083668545,-0.012394882,0.0029640796,0.0005820555,0.00062028744,0.0012546517,0.002356465,0.00011776,4.9789975e-05,1.201873e-05,6.7970024e-05,0.00022986962,0.0005471443,0.0008448997,0.0015356796,-0.10886688,0.99405634,-0.41979155,-0.90762055,-0.91531146,0.40274668,5,1293}	2026-11-29 20:03:04.573036+00
BTCUSDT	2026-03-08 23:36:00+00	1	088624b5f02c1413ced58bed82997ef65911a0fd92acfdee2895a8ca1a98e451	{0.00012239545,-0.0006916041,-0.0008534102,-0.00042998113,-0.0015817852,-0.0021493635,-0.005012675,-0.0010959888,-0.0070854323,-0.0098380735,-0.0148145165,-0.004957557,0.28052902,0.47701594,0.45330673,-0.00026922082,-0.0001065261,-0.00014112022,-0.00020646105,-6.172e-05,-3.9062485e-05,-2.670787e-05,-0.39422497,-0.20664492,-0.09037772,-0.0004561465,-0.0006107075,-0.0010019463,-0.0025422121,-0.0034858605,-0.004103588,-0.0058810534,-0.0020801574,0.00042111284,0.00038911865,0.00040674245,0.00075428264,0.00068291166,0.00067275704,0.0006322585,0.00061208475,0.00058261683,0.6166432,0.6433167,1.0801146,1.1721455,1.0852047,0.33960575,0.3523286,0.018938363,0.011432656,0.36843234,0.0064628315,0.010705776,0.031724587,-0.006340436,-0.01058338,-0.020036222,29.951849,37.01363,41.764473,-1.4057834,-1.3291581,-0.07662535,0.08086197,0.003042361,0.00039652787,0.0007059452,0.0011864571,0.002299892,9.921325e-05,5.737631e-05,1.272845e-05,4.1836938e-05,0.00012151678,0.00047102437,0.00079607096,0.0014970432,-0.104528464,0.9945219,-0.42035723,-0.9073587,-0.9135454,0.40673664,6,1294}	2026-11-29 20:03:04.573115+00
BTCUSDT	2026-03-08 23:37:00+00	1	232fbf5d818aef58f00b2e634ebf76eb8b5a60dad1b1f8f24df647de7902434c	{-9.477755e-05,2.7617905e-05,-0.0007863816,-0.0009524326,-0.0015478341,-0.0023318587,-0.004910055,-0.0011187824,-0.006928207,-0.009622305,-0.015016996,-0.0059395405,0.26223728,0.47656032,0.45423707,-0.0002589184,-8.881087e-05,-0.00013321661,-0.00020778032,-7.178872e-05,-3.9651302e-05,-2.694774e-05,-0.37911317,-0.19505827,-0.10511439,-0.00036043362,-0.00055067905,-0.00094124366,-0.0024733373,-0.0035620476,-0.004140671,-0.0059357835,-0.002170807,0.00037756003,0.00038814236,0.000406848,0.0007536198,0.00068295805,0.0006724193,0.00063197024,0.0006120803,0.00058215286,0.5528305,0.64377713,1.0806807,1.1731592,1.0855744,0.3395596,0.35265008,0.0042733448,0.0025797202,0.36544484,0.0064628315,0.010705776,0.031724587,-0.0064352136,-0.010678158,-0.020131001,29.349644,36.70277,41.602974,-1.4102178,-1.3452978,-0.06491996,0.096114,0.0030839136,0.00039787596,0.0007839592,0.0011103762,0.0023848894,4.3247775e-05,6.0493705e-05,1.3518657e-05,-1.7245931e-05,4.7209967e-05,0.00042401685,0.0007828198,0.0014923626,-0.10018806,0.99496853,-0.42092273,-0.9070965,-0.91176206,0.41071886,7,1295}	2026-11-29 20:03:04.573189+00
BTCUSDT	2026-03-08 23:38:00+00	1	0e2de14bbe880ed4cb5f76ff4a267d6bf4740fe598a6160485ef79596bdad91d	{-0.00014659607,-0.00024137361,-0.00011897816,-0.0010947839,-0.0010745391,-0.0017990132,-0.005130802,-0.0015446339,-0.006491204,-0.009138125,-0.014769915,-0.005659453,0.29420593,0.4674574,0.4563387,-0.00018392045,-0.000101697115,-0.00014009835,-0.00020735216,-8.156774e-05,-4.050149e-05,-2.7262484e-05,-0.269572,-0.205342,-0.119553745,-0.0002880401,-0.0005898326,-0.0009679209,-0.0024489013,-0.003682975,-0.0042332285,-0.006044361,-0.0023134707,0.00038320498,0.00033819675,0.00036902836,0.00075397344,0.00068226835,0.0006704391,0.00063072826,0.0006118531,0.0005820571,0.56166315,0.585083,1.0817152,1.1721674,1.0836192,0.33745426,0.3540403,0,0,0.36082393,0.00658181,0.010824754,0.031724587,-0.00658181,-0.010824754,-0.020277597,28.398672,36.216152,41.351482,-1.416249,-1.360576,-0.05567309,0.1025881,0.003239649,0.00018417073,0.0006684422,0.0009907356,0.0023281418,1.2110589e-05,6.4165055e-05,1.4453248e-05,-5.2054467e-05,1.13910955e-05,0.00038046396,0.0007673159,0.0014836717,-0.09584575,0.9953962,-0.42148808,-0.90683395,-0.9099613,0.41469324,8,1296}	2026-11-29 20:03:04.573245+00
BTCUSDT	2026-03-08 23:39:00+00	1	e6120ae14707d741046f0c4fc5b1ced1cf58b8d7bf1054b0771d833fb4013597	{0.00034022683,0.00019363075,9.885321e-05,-0.00059275085,-0.0003595472,-0.0019321283,-0.0048975633,-0.0015465559,-0.005700585,-0.008649375,-0.014101102,-0.005248528,0.27203593,0.4674143,0.4587495,2.0112775e-05,-0.000107947424,-0.00011843068,-0.00020159912,-9.0080925e-05,-4.1336385e-05,-2.7536318e-05,0.029479966,-0.1735878,-0.13203461,0.00017078528,-0.00021365295,-0.0004988336,-0.0019453532,-0.003317038,-0.003845545,-0.005668144,-0.0019695968,0.00040590722,0.00033452592,0.00035911286,0.00075627567,0.00068225234,0.0006698976,0.00063103763,0.0006118663,0.0005821232,0.59495175,0.5690831,1.0811595,1.1720068,1.0840278,0.33742315,0.35490438,0.051691987,0.031430446,0.37154832,0.00658181,0.010824754,0.031724587,-0.006241583,-0.010484527,-0.01993737,33.763264,38.184055,42.176548,-1.36397,-1.3612803,-0.0026897073,0.23532578,0.0032385238,0.00017973062,0.0007302163,0.0012347,0.0024014323,1.7528411e-05,6.943132e-05,1.5277088e-05,-5.190291e-05,8.272482e-05,0.00043905832,0.00085401273,0.0015809422,-0.091501616,0.9958049,-0.42205325,-0.90657103,-0.90814316,0.41865975,9,1297}	2026-11-29 20:03:04.573298+00
BTCUSDT	2026-03-08 23:40:00+00	1	cd978835c3c72394a1a85725462b7d6dd30168c04c71149138ef39d997d32caa	{7.825867e-05,0.0004184855,0.00027188944,0.00029950734,-0.00047415902,-0.0013350085,-0.0048433673,-0.0012911189,-0.0057789227,-0.008119256,-0.018043969,-0.005033409,0.32421094,0.47268242,0.46113926,5.4778928e-05,-9.273342e-05,-0.00010278838,-0.00019304536,-9.870056e-05,-4.2043546e-05,-2.7849252e-05,0.080327645,-0.15072855,-0.14473419,0.00018913833,-8.7972425e-05,-0.00033154842,-0.0017055463,-0.0032173162,-0.0037191696,-0.005556106,-0.0018878405,0.00018293854,0.00032984864,0.00033380016,0.00075639784,0.00068194367,0.0006697831,0.00063038344,0.00058370095,0.0005821156,0.26826048,0.52951926,1.0817919,1.1714917,1.0829179,0.3379482,0.35570562,0.06358213,0.038660046,0.37401512,0.00658181,0.010824754,0.031724587,-0.006163324,-0.010406269,-0.019859111,34.97043,38.63466,42.366245,-1.2988782,-1.3492929,0.050414704,0.28105122,0.0030998327,5.1648574e-05,0.00075335585,0.0010209181,0.0022879515,2.6969263e-05,6.96681e-05,1.6284985e-05,-4.269884e-05,3.9540995e-05,0.00035598045,0.00080413837,0.0015385513,-0.087155744,0.9961947,-0.42261827,-0.9063078,-0.9063078,0.42261827,10,1298}	2026-11-29 20:03:04.573352+00
BTCUSDT	2026-03-08 23:41:00+00	1	eda591d80bf70c9719c61eb952d4afce06b726cdea2543d0b9934d4822ccb2e3	{-0.0003037563,-0.00022549764,0.000114729184,-0.00012664443,-0.00055662554,-0.0017084295,-0.0053748772,-0.0018712336,-0.005519208,-0.0074847788,-0.018071068,-0.0055700764,0.28810334,0.46045417,0.4639571,3.5479028e-05,-0.00010313446,-8.801061e-05,-0.00018278355,-0.00010731686,-4.309034e-05,-2.829626e-05,0.05201152,-0.12902173,-0.1573243,-8.929007e-05,-0.00033607095,-0.00052137795,-0.0018300022,-0.0034899653,-0.0039769895,-0.0058287415,-0.0021877263,0.00022118761,0.00033634802,0.00034241815,0.00075728743,0.00068213785,0.0006683805,0.00062777376,0.000583729,0.0005821383,0.32425648,0.54544836,1.0865983,1.1717796,1.0783927,0.33502024,0.35866913,0.017431252,0.01059878,0.36444035,0.00658181,0.010824754,0.031724587,-0.00646708,-0.010710025,-0.020162867,32.4952,37.536133,41.824703,-1.2677661,-1.3326802,0.06491409,0.20782302,0.0029724773,-3.2097076e-05,0.0006994562,0.0008765931,0.0021228637,-2.8252263e-08,6.271218e-05,1.7104521e-05,-6.274043e-05,-6.683579e-05,0.00019656026,0.000676729,0.0014169071,-0.082808204,0.9965655,-0.4231831,-0.9060442,-0.9044551,0.42656875,11,1299}	2026-11-29 20:03:04.573411+00
BTCUSDT	2026-03-08 23:42:00+00	1	38e188b745191ce33a164430f3ea3d85d63bddb7733627656cdc982a78346a7d	{-0.00027540486,-0.00057916116,-0.0005009025,-0.00030727172,-0.0012597044,-0.0018551059,-0.005760645,-0.0025266288,-0.005834105,-0.008090214,-0.018006163,-0.0056959563,0.27798885,0.44636625,0.46102113,-5.4696233e-05,-9.327061e-05,-7.768444e-05,-0.00017112358,-0.00011563697,-4.4195192e-05,-2.8729972e-05,-0.08028216,-0.11402384,-0.16972989,-0.00030325167,-0.0004854951,-0.0006730853,-0.001913218,-0.003723364,-0.00420384,-0.006070506,-0.0024591743,0.0002495936,0.00032003794,0.00034814075,0.0007586874,0.00068129995,0.00066884345,0.000627664,0.0005836577,0.0005821702,0.36634907,0.55466104,1.0854533,1.1702762,1.0781451,0.33066016,0.35764262,0,0,0.35575923,0.0067424853,0.010985429,0.031724587,-0.0067424853,-0.010985429,-0.020438273,30.39518,36.561367,41.337646,-1.2629913,-1.3200537,0.057062395,0.13807377,0.0027955172,-3.8466616e-05,0.0006510764,0.00089378457,0.0021507144,-2.2460776e-05,5.458161e-05,1.7842469e-05,-7.704239e-05,-6.0252878e-05,0.00015205168,0.00066071923,0.0014068326,-0.0784591,0.9969173,-0.4237478,-0.9057802,-0.90258527,0.4305111,12,1300}	2026-11-29 20:03:04.573461+00
BTCUSDT	2026-03-08 23:43:00+00	1	6f69f577219cd81277ee37dc9bd4fbb24230471ab421e65c83a2266d2cc246c4	{0.00025203516,-2.3369692e-05,-0.000327126,9.135949e-05,-0.0010034244,-0.0009831797,-0.005937593,-0.004352201,-0.0068578236,-0.007785965,-0.017240716,-0.005453186,0.37097722,0.39985225,0.4625591,-0.00010769795,-5.462005e-05,-7.2121205e-05,-0.0001522019,-0.00011980956,-4.4592627e-05,-2.9120858e-05,-0.17173246,-0.11500267,-0.19104533,-6.9486465e-05,-0.00013308554,-0.00035549802,-0.0014629841,-0.0033988834,-0.0038946848,-0.0057860906,-0.0022033502,0.0002659008,0.00032981002,0.0003159416,0.0007560355,0.00062712637,0.00065902807,0.0006278658,0.00058330054,0.00058220804,0.42399874,0.5031993,0.9988224,1.0771517,1.0784216,0.21002512,0.3580842,0.03738016,0.022942677,0.3637037,0.0067424853,0.010985429,0.031724587,-0.0064904504,-0.010733395,-0.020186238,34.562893,38.083538,41.966583,-1.3190061,-1.4110692,0.092063084,0.25271678,0.0027281514,-0.00015602929,0.00054523215,0.0007899447,0.0021129316,-6.405208e-05,4.0907682e-05,1.8318035e-05,-0.00010495976,-0.0001455993,-8.375532e-07,0.00053100195,0.001281477,-0.07410849,0.9972502,-0.42431232,-0.9055159,-0.90069824,0.43444526,13,1301}	2026-11-29 20:03:04.573513+00
BTCUSDT	2026-03-08 23:44:00+00	1	3d37a342dd5ded63a77dd411dce465a63f682d97cb0e79236e7fbfd82da60045	{0.000200504,0.00045253916,0.00017713431,-4.8363327e-05,-0.0006411142,-0.00040791053,-0.005944365,-0.005500846,-0.006651152,-0.008510635,-0.01658102,-0.00758011,0.44390422,0.3663562,0.45878708,-2.766253e-05,-3.6827919e-06,-6.875368e-05,-0.00012791612,-0.000121117686,-4.4864162e-05,-2.9387926e-05,-0.0458741,-0.114017524,-0.20085527,0.00014069176,0.00013155681,-0.00012779828,-0.0010639755,-0.0031067354,-0.0036387732,-0.005550172,-0.0019975726,0.00023578115,0.00033192878,0.00030518186,0.0007559746,0.0006030098,0.00065928197,0.00062515313,0.0005829957,0.00057899253,0.39100716,0.48817137,0.9645793,1.041481,1.0797257,0.1455735,0.35250142,0.067117564,0.04119449,0.37002385,0.0067424853,0.010985429,0.031724587,-0.006289946,-0.01053289,-0.019985734,37.75661,39.282776,42.465736,-1.2863449,-1.4312714,0.14492656,0.34214276,0.0023768232,-0.00033123067,0.0004500636,0.00087981083,0.0019906275,-7.14412e-05,2.4368393e-05,1.8370916e-05,-9.58096e-05,-0.00014727529,-9.875368e-05,0.00044841703,0.0012052598,-0.06975647,0.9975641,-0.42487666,-0.90525126,-0.89879405,0.43837115,14,1302}	2026-11-29 20:03:04.596764+00
BTCUSDT	2026-03-08 23:45:00+00	1	7552f32cd34be9a72e50f4b249d3c6514032cb30d25d401249c181dc1a3f31dc	{0.000541503,0.00074200705,0.0009940421,0.00041488104,0.0007143884,-5.9277998e-05,-0.00555959,-0.004931068,-0.007911942,-0.0064556347,-0.016391722,-0.0059000845,0.49256137,0.38311392,0.4684414,0.00018889502,3.0265881e-05,-4.486458e-05,-9.637396e-05,-0.00012123786,-4.4087585e-05,-2.9740666e-05,0.3111752,-0.07390743,-0.19972055,0.0005991826,0.000601601,0.0004176584,-0.00033671656,-0.0024830527,-0.0030312785,-0.004981818,-0.0014519662,0.000336174,0.00027062843,0.00033197048,0.00076187466,0.0006070375,0.00064033386,0.0006184608,0.00058329786,0.0005783907,0.55379444,0.53676885,0.9815295,1.0495284,1.0692785,0.15691045,0.36336577,0.14742965,0.09048733,0.3870927,0.0067424853,0.010985429,0.031724587,-0.0057484433,-0.009991388,-0.019444231,45.496277,42.40079,43.793983,-1.1256127,-1.3625424,0.23692968,0.5979989,0.002166276,-0.00012154864,0.0005121554,0.0012401174,0.0022845955,-2.0197178e-05,1.3920235e-05,1.8354012e-05,-3.4117413e-05,5.3865042e-05,4.393741e-05,0.00060457666,0.0013725666,-0.065403126,0.99785894,-0.42544085,-0.9049862,-0.89687276,0.4422887,15,1303}	2026-11-29 20:03:04.596896+00
BTCUSDT	2026-03-08 23:46:00+00	1	cc1c847639407b6e5a8f15886bf5d8972b908f80e01a4fb49058c14345bc4494	{0.0002640295,0.00080553256,0.0010060365,0.0009826669,0.0008560224,0.0004260413,-0.0015753796,-0.005310826,-0.0072516995,-0.0066576535,-0.015801521,-0.004689951,0.5528953,0.37180415,0.4673894,0.00032560973,7.809366e-05,-2.0516203e-05,-8.644554e-05,-0.00011958753,-4.3327334e-05,-3.0019295e-05,0.5406229,-0.034063876,-0.19855598,0.000666625,0.0007799945,0.0006532722,-2.0135443e-05,-0.0021304667,-0.0027067643,-0.0046900865,-0.0011846761,0.00032939596,0.00028055807,0.00033404675,0.00034849945,0.00060228625,0.0006397657,0.0006179638,0.0005832324,0.000577895,0.54690933,0.5405604,0.9746303,1.042207,1.0693357,0.14355612,0.36234125,0.18658872,0.114521846,0.39541528,0.0067424853,0.010985429,0.031724587,-0.0054844134,-0.009727358,-0.019180201,48.838127,43.85565,44.43036,-0.9664099,-1.2919149,0.32550502,0.76670545,0.0019225341,0.00015883315,0.00052326394,0.001234379,0.002427484,4.28825e-05,1.03030325e-05,1.8836718e-05,3.2579468e-05,0.00018968034,0.00017664145,0.00075158663,0.0015300347,-0.06104854,0.9981348,-0.4260049,-0.90472084,-0.89493436,0.4461978,16,1304}	2026-11-29 20:03:04.59696+00
BTCUSDT	2026-03-08 23:47:00+00	1	3e25874f4e687dbd44905e202b0487fd8dcfea54abbcf1f565d48aa22d0d3325	{0.00026363338,0.00052766287,0.0010691659,0.0015217051,0.0012144333,0.00026200077,-0.0012744174,-0.0046680854,-0.006601587,-0.0064858086,-0.015895065,-0.0035730011,0.53391004,0.3866873,0.46828452,0.00033427245,0.00012359435,2.110188e-05,-7.437821e-05,-0.00011785582,-4.2571533e-05,-3.0254983e-05,0.5559547,0.03509619,-0.19601525,0.00062591204,0.00092213886,0.0008994253,0.00028601685,-0.0017889924,-0.002388069,-0.0043994603,-0.00091855926,0.00032746396,0.00029114398,0.0003225323,0.00035174162,0.0006012584,0.0006392454,0.00061816967,0.00058312865,0.00057749916,0.544631,0.52175367,0.9726431,1.0411416,1.0704252,0.14725159,0.36276594,0.22568905,0.1385203,0.40372533,0.0067424853,0.010985429,0.031724587,-0.00522078,-0.009463725,-0.018916568,52.00345,45.283585,45.062138,-0.79013854,-1.1933264,0.40318784,0.9442713,0.001785514,0.00031163185,0.0006710412,0.0013969952,0.0025821975,0.000120081735,8.722173e-06,1.9481105e-05,0.00011135956,0.00027903297,0.00028359532,0.0008799875,0.0016709601,-0.056692787,0.9983917,-0.42656875,-0.9044551,-0.89297897,0.45009845,17,1305}	2026-11-29 20:03:04.597204+00
BTCUSDT	2026-03-08 23:48:00+00	1	3996db030d6b4aed7679de2f5e283e92a92396b4f0698e026e7a5b0d31984609	{-0.00026885778,-5.2243977e-06,0.0002588051,0.0010008122,0.0010921716,-2.6122023e-06,-0.0010007902,-0.0051195305,-0.007082022,-0.0060335887,-0.015983662,-0.0039382977,0.4996836,0.3762473,0.4703648,0.00021276415,0.00013001561,5.4951943e-05,-6.726372e-05,-0.000116056566,-4.1813983e-05,-3.060494e-05,0.35354745,0.091312945,-0.19284971,0.00015694057,0.00054405816,0.00063074176,5.053657e-05,-0.001972478,-0.0025978556,-0.0046432195,-0.0011846799,0.00033012909,0.00029974026,0.0003299164,0.00034106008,0.000601798,0.0006394247,0.00061665906,0.0005831997,0.000577537,0.5485712,0.53500617,0.97590065,1.0420077,1.0677395,0.14545345,0.36454538,0.18581387,0.114046276,0.3952506,0.0067424853,0.010985429,0.031724587,-0.005489638,-0.009732583,-0.019185426,48.694736,44.100304,44.537006,-0.6767989,-1.089165,0.41236606,0.792435,0.0017895781,0.00047306193,0.00050120335,0.0014229862,0.0025860867,0.0001401204,1.2000363e-05,2.0153448e-05,0.00012812004,0.00022929718,0.00029506008,0.0009011467,0.0017050606,-0.052335955,0.9986295,-0.42713243,-0.90418905,-0.8910065,0.4539905,18,1306}	2026-11-29 20:03:04.597265+00
BTCUSDT	2026-03-08 23:49:00+00	1	8ff1ee147b85170b9cbb81876a4c4dcca4a1764e2e4e66d3980b9734ae8bac34	{0.0009714318,0.000702574,0.00096620736,0.0017717399,0.0017233766,0.0011306257,-8.774628e-05,-0.0038534086,-0.006624997,-0.0055537466,-0.014768459,-0.0030161391,0.6144958,0.4098038,0.4728496,0.00024537416,0.00019865317,0.00010837526,-5.2958796e-05,-0.00011273949,-4.033708e-05,-3.0759045e-05,0.39992642,0.17663689,-0.18375002,0.0007740012,0.0013430545,0.0015267232,0.0010248964,-0.0009367613,-0.0015711208,-0.0036486674,-0.00021115092,0.00053822,0.0004154958,0.00041232439,0.00038427117,0.0006135482,0.0006438345,0.00061902625,0.000584777,0.00057810266,0.8772253,0.6660855,0.9911506,1.0613137,1.0707896,0.18171626,0.36939606,0.3298901,0.20247538,0.42587137,0.0067424853,0.010985429,0.031724587,-0.004518206,-0.008761151,-0.018213993,58.878773,49.07581,46.815178,-0.4434151,-0.94332784,0.49991274,1.1446037,0.002214389,0.0005898236,0.0004383235,0.0015440144,0.002656098,0.00010225242,1.7901164e-05,2.0704483e-05,8.435126e-05,0.00016018192,0.00031467582,0.00092424935,0.0017428293,-0.04797813,0.9988484,-0.42769596,-0.9039227,-0.88901716,0.4578739,19,1307}	2026-11-29 20:03:04.619185+00
BTCUSDT	2026-03-08 23:50:00+00	1	ef867af16edd19227444cfc044b1baa8ab73288f2c6be3fa9068a81789933cb3	{-6.834305e-05,0.0009030887,0.00063423096,0.0011618938,0.0015767749,0.0018762822,-0.0004292278,-0.0045469305,-0.006852276,-0.005959573,-0.01478055,-0.0035234413,0.7238064,0.39072204,0.4707888,0.0002497298,0.00024804327,0.00013289542,-3.7239464e-05,-0.000108375956,-3.8818278e-05,-3.091173e-05,0.41055042,0.21847722,-0.17816773,0.00047327735,0.0011169696,0.0013332374,0.00097087777,-0.0009292231,-0.0015822577,-0.003692197,-0.0002770435,0.00048163245,0.00041532083,0.0003551757,0.00038122592,0.0006082805,0.00064370123,0.00061865855,0.00058477966,0.0005779897,0.79179335,0.57410616,0.98322487,1.0524071,1.0703626,0.16727172,0.3685954,0.31975392,0.19625413,0.4237171,0.0067424853,0.010985429,0.031724587,-0.0045865495,-0.008829494,-0.018282337,58.006016,48.759808,46.67794,-0.27692991,-0.8165837,0.5396538,1.0202675,0.0025058608,0.0006234771,0.00055357703,0.0017009417,0.0028334633,0.00010055186,3.0220455e-05,2.1605734e-05,7.03314e-05,0.00024596855,0.00048824382,0.0011063743,0.0019414986,-0.043619387,0.99904823,-0.4282593,-0.9036559,-0.8870108,0.4617486,20,1308}	2026-11-29 20:03:04.61935+00
BTCUSDT	2026-03-08 23:51:00+00	1	82886bd36fd88b4dec629cffaa3bd5401aa07f4f90186d4c9b3452e7139de6c5	{-0.002737232,-0.002805575,-0.0018341433,-0.0018393677,-0.0008567008,-0.0009833452,-0.0031327088,-0.007323781,-0.009929168,-0.008853588,-0.017503478,-0.006083812,0.42776522,0.3441884,0.45767432,-0.00033052725,0.00010930639,8.610226e-05,-3.9301194e-05,-0.00010846161,-3.833959e-05,-3.1410043e-05,-0.46986076,0.12239861,-0.15418352,-0.0018965078,-0.0015346907,-0.001338496,-0.0016619461,-0.0035443848,-0.0042366893,-0.006392612,-0.0030100506,0.0013101585,0.00095525314,0.0007903461,0.00062852463,0.00070345786,0.00068980205,0.0006433152,0.0005979767,0.00058245467,1.8624549,1.2285519,1.0934886,1.207747,1.1044898,0.1250174,0.34063467,0,0,0.33743602,0.0071349284,0.011566726,0.031724587,-0.0071349284,-0.011566726,-0.021019569,35.402946,38.5023,41.70533,-0.43174398,-0.65122914,0.21948518,0.013399867,0.0028006905,0.0004447833,0.00057151937,0.0016624058,0.0029474082,8.455182e-05,3.945366e-05,2.2440634e-05,4.5098168e-05,0.00014590689,0.0004390281,0.0010675527,0.0019181044,-0.039259817,0.999229,-0.42882252,-0.90338874,-0.88498765,0.46561453,21,1309}	2026-11-29 20:03:04.628466+00
BTCUSDT	2026-03-08 23:52:00+00	1	3c7cf5d32019ced72117b81e7d383741c2433fc94ad64aa7b738af93ebad2457	{0.0002796529,-0.0024575791,-0.0025259221,-0.0018233481,-0.00030164307,-0.0006089148,-0.0029407735,-0.0067246975,-0.010355029,-0.008820329,-0.017033348,-0.0063598333,0.456453,0.35669118,0.45784673,-0.0005920127,-2.2832897e-05,4.6727273e-05,-3.744299e-05,-0.00010789833,-3.7259702e-05,-3.175201e-05,-0.84191316,0.066451795,-0.15344438,-0.0012523758,-0.0012249063,-0.0010182785,-0.0012842539,-0.0031526363,-0.003870635,-0.0060762693,-0.002725979,0.0013108227,0.00095537654,0.0007932603,0.0006303916,0.0007031755,0.00068726315,0.0006433719,0.00059804966,0.0005823172,1.8641472,1.2329732,1.0929534,1.2075472,1.1048478,0.12775391,0.3407508,0.039194915,0.024177361,0.34625104,0.0071349284,0.011566726,0.031724587,-0.0068552755,-0.011287073,-0.020739915,38.05545,39.838272,42.342712,-0.545979,-0.6303883,0.08440931,0.15519631,0.002916269,0.00022080878,0.000493974,0.0016002458,0.0028969285,5.5121043e-05,4.498745e-05,2.3047338e-05,1.0133594e-05,2.946184e-05,0.00033380723,0.00096859125,0.0018337432,-0.034899496,0.99939084,-0.42938554,-0.9031213,-0.88294756,0.46947157,22,1310}	2026-11-29 20:03:04.628644+00
BTCUSDT	2026-03-08 23:53:00+00	1	2b32dbe7f400bdeb1206d6eb2ccc0b98456f71a7025a7c9c171e78e415f4e682	{0.0013097294,0.0015893823,-0.0011478497,-0.00024476097,0.00075605116,0.0008474107,-0.00095160253,-0.0044445195,-0.009461931,-0.007218811,-0.015822478,-0.0054458273,0.55195904,0.4066338,0.46583298,-0.0004891246,-6.290623e-05,3.8075803e-05,-3.0488038e-05,-0.00010635765,-3.5353438e-05,-3.1948028e-05,-0.6866982,0.053455874,-0.14931902,0.00010631578,9.242982e-06,0.00023496592,5.721206e-05,-0.0017688007,-0.0024818815,-0.0047364957,-0.0014124629,0.0014306912,0.0010382347,0.00086150365,0.0006627105,0.0007122847,0.00069654797,0.0006486294,0.00060101313,0.00058324594,2.0085945,1.3281909,1.0981382,1.2212424,1.1121027,0.1808586,0.35223788,0.2227608,0.13740988,0.38753542,0.0071349284,0.011566726,0.031724587,-0.005545546,-0.0099773435,-0.019430187,48.690372,45.571457,45.198776,-0.47439325,-0.5927398,0.11834658,0.60950416,0.002886714,0.00023059054,0.00054762315,0.0013631464,0.0028647552,2.8008499e-05,5.015235e-05,2.414912e-05,-2.2143851e-05,3.800836e-05,0.00035195763,0.0010005267,0.0018764635,-0.030538512,0.9995336,-0.4299484,-0.9028535,-0.8808907,0.47331968,23,1311}	2026-11-29 20:03:04.628737+00
BTCUSDT	2026-03-08 23:54:00+00	1	c1e843257f8e11684d9694a8d6f5ac98bf9e5aef7312909fe120a4206350c54c	{-7.038599e-05,0.0012393434,0.0015189963,-0.0012865787,0.00048516117,0.00043679785,-0.0014953305,-0.0046956767,-0.0087537635,-0.007932477,-0.015677933,-0.0053037507,0.5276989,0.4008981,0.46225044,-8.497244e-05,-0.000102658385,3.4417324e-05,-2.0345693e-05,-0.000104525614,-3.3791483e-05,-3.2121083e-05,-0.11934997,0.04834164,-0.14681384,0.00029345354,-0.00010964322,0.00013546206,3.6708287e-05,-0.0017608823,-0.0024791835,-0.004773857,-0.0014791613,0.0013635,0.0010365358,0.0008572059,0.0006571773,0.00071196025,0.00069294235,0.0006473149,0.00060094165,0.000583222,1.9151349,1.3242487,1.099867,1.2207363,1.1098944,0.17994899,0.34955505,0.21289581,0.13132466,0.38531676,0.0071349284,0.011566726,0.031724587,-0.005615932,-0.010047729,-0.019500572,48.21104,45.331146,45.07667,-0.42644897,-0.55969775,0.13324879,0.5882507,0.002872538,0.00027802138,0.0005366143,0.0014574397,0.0030095936,1.17462e-05,5.88333e-05,2.5336374e-05,-4.70871e-05,7.867727e-05,0.00041244892,0.0010724989,0.001960189,-0.026176948,0.99965733,-0.4305111,-0.90258527,-0.87881714,0.47715876,24,1312}	2026-11-29 20:03:04.628845+00
BTCUSDT	2026-03-08 23:55:00+00	1	922a08c76c395d43f27dd78b615acdb016c79a359bdc16b20e90a664b08dda94	{0.0001136603,4.327431e-05,0.0013530038,-0.0011045753,5.731845e-05,0.0004721995,-0.000862809,-0.0044895215,-0.0083891405,-0.008094544,-0.015438379,-0.0052042236,0.52980995,0.40533358,0.46141967,0.0004501084,-0.00010598092,3.4269364e-05,-1.23834125e-05,-0.00010238407,-3.2221706e-05,-3.224044e-05,0.63216466,0.048130363,-0.14379555,0.00062826544,-1.714604e-06,0.00021764249,0.00017914604,-0.0015723491,-0.002295483,-0.0046264892,-0.0013618825,0.0013641048,0.0010229251,0.00085747003,0.0006506448,0.0007120113,0.00069264125,0.00064711174,0.0006009366,0.0005832296,1.915847,1.3250726,1.1002913,1.220808,1.1095318,0.18034789,0.34914663,0.22882594,0.14115115,0.38889948,0.0071349284,0.011566726,0.031724587,-0.0055022715,-0.009934069,-0.019386912,49.082756,45.808525,45.319263,-0.37109482,-0.52194506,0.15085024,0.61472476,0.002864262,0.00010741383,0.00060934224,0.001533511,0.003030324,3.8798305e-05,6.565535e-05,2.644663e-05,-2.6857046e-05,9.7067394e-05,0.000411695,0.0010868058,0.0019874307,-0.021814885,0.999762,-0.43107364,-0.90231675,-0.87672675,0.48098877,25,1313}	2026-11-29 20:03:04.62894+00
BTCUSDT	2026-03-08 23:56:00+00	1	afcd547331c54b58d296edc1dc6e123c063ff7facbbc8cbbc4c2cbff689cb233	{0.00048242256,0.0005960829,0.0005256969,0.0021150792,0.0002757115,0.0012583784,-0.0004500512,-0.0034644748,-0.008020387,-0.0071717645,-0.015177827,-0.0048379446,0.57768893,0.42676187,0.46583155,0.00037107384,-6.605441e-05,3.581214e-05,-4.4513396e-07,-0.00010008859,-3.0335064e-05,-3.2337164e-05,0.5216923,0.05034825,-0.14071444,0.00068773906,0.00045312772,0.00061617076,0.00067658373,-0.0010321465,-0.0017460744,-0.004114201,-0.0008760951,0.00063940615,0.0010308627,0.00086291315,0.0006564561,0.0007112887,0.00069396227,0.00064723665,0.0006012546,0.0005833601,0.8989404,1.3332266,1.0989623,1.2192961,1.1094977,0.18838127,0.35132664,0.29644015,0.18285894,0.40410605,0.0071349284,0.011566726,0.031724587,-0.005019849,-0.009451646,-0.018904489,52.721363,47.81014,46.342552,-0.2697454,-0.4719293,0.20218392,0.75739473,0.0029319015,0.00019382415,0.0007974406,0.0015812223,0.0031657163,6.6836445e-05,6.8961155e-05,2.7641892e-05,-2.1247092e-06,0.00013360288,0.00043383148,0.0011357452,0.0020495364,-0.017452406,0.9998477,-0.43163598,-0.9020479,-0.8746197,0.4848096,26,1314}	2026-11-29 20:03:04.629016+00
BTCUSDT	2026-03-08 23:57:00+00	1	24c611506658a0904918382722abb175988aa1a937338bfdb73adf240832e740	{0.00034334962,0.0008257722,0.0009394325,0.0021787758,0.00035542774,0.0018771328,2.2026972e-05,-0.0027023698,-0.008083681,-0.0069885077,-0.014361415,-0.004433195,0.614925,0.44268987,0.46676266,0.00023330386,6.781563e-06,3.3596007e-05,1.3010408e-05,-9.7765165e-05,-2.808422e-05,-3.237958e-05,0.32831255,0.04727736,-0.13757822,0.0005954537,0.0007609132,0.00083438336,0.0010191983,-0.00064372655,-0.0013351804,-0.0037417398,-0.0005296617,0.0006455826,0.0010332068,0.0008645356,0.00065902347,0.00071061513,0.0006936772,0.00064753357,0.0006010711,0.000583428,0.90848416,1.3351209,1.0974182,1.2179997,1.1098775,0.1926295,0.35192135,0.3445625,0.21254319,0.41492888,0.0071349284,0.011566726,0.031724587,-0.0046764994,-0.009108297,-0.01856114,55.17743,49.192398,47.05991,-0.14860478,-0.40762228,0.2590175,0.8346919,0.003046761,0.00025950168,0.0007919423,0.001533114,0.0031254138,5.2484724e-05,6.9221715e-05,2.8808676e-05,-1.673699e-05,7.509567e-05,0.0003744267,0.0011035759,0.0020298995,-0.013089595,0.99991435,-0.43219817,-0.90177864,-0.872496,0.48862123,27,1315}	2026-11-29 20:03:04.62911+00
BTCUSDT	2026-03-08 23:58:00+00	1	2ea7abb3a2e885623266428afc607a6a14f770fe4e77c53fc4a72cb691a28d8a	{0.00028663274,0.0006299823,0.0011124049,0.0011556792,0.0009109182,0.0019117304,0.0009285508,-0.0023031281,-0.0057955845,-0.006579215,-0.014680623,-0.0037629697,0.6165495,0.4515146,0.468758,0.00032758224,7.2988165e-05,3.903847e-05,2.4024926e-05,-9.5019896e-05,-2.650829e-05,-3.2400898e-05,0.46045643,0.054873288,-0.13356194,0.000650907,0.0009564043,0.0009935545,0.0012748538,-0.00031867708,-0.0010001605,-0.0034276978,-0.00024041151,0.00030021713,0.0010336846,0.00086525385,0.00065133837,0.0007114294,0.0006696944,0.00064774946,0.00060057716,0.00058338937,0.42199147,1.3357848,1.0983095,1.2194762,1.110321,0.19489422,0.35250267,0.3847357,0.237324,0.4239639,0.0071349284,0.011566726,0.031724587,-0.0043898667,-0.008821664,-0.018274507,57.177998,50.328865,47.65422,-0.019600982,-0.32964477,0.3100438,0.8796478,0.0031776463,0.00020013367,0.0009037861,0.0015438652,0.0030677493,2.7641427e-05,6.32077e-05,2.9856263e-05,-3.5566274e-05,3.0365036e-05,0.00030947517,0.0010731309,0.002012405,-0.008726535,0.9999619,-0.4327602,-0.90150905,-0.8703557,0.49242356,28,1316}	2026-11-29 20:03:04.629207+00
\.


COPY market.signals (signal_id, symbol, ts, horizon_minutes, threshold, model_id, p_down, p_sideways, p_up, base_rate_down, base_rate_sideways, base_rate_up, prediction, confidence, side, reason, expected_edge_bps, cost_bps_per_side, reference_price, stop_loss_price, take_profit_price, cutoff_at, decided_at, executable_at, latency_seconds, inputs_hash, is_shadow, is_late, is_simulated, environment_id, stop_loss_volatilities, take_profit_volatilities, reason_code) FROM stdin;
1	BTCUSDT	2026-03-08 23:59:00+00	15	0.00300	1	0.07023103567817339	0.8224345122494013	0.10733445207242538	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8224345122494013	HOLD	no edge: -13.1 bp expected after costs	-13.06023466135221	7	61343.8	\N	\N	2026-03-08 23:59:00+00	2026-03-09 00:00:01.501216+00	2026-03-09 00:01:00+00	61.501216	4a2cb91172a08bff00e8b8c71c9405a037e1c9ee21786af51e472138cdbd8b6c	f	t	t	1	1	1.5	no_edge
2	BTCUSDT	2026-03-08 23:59:00+00	15	0.00300	2	0.04805800353291767	0.7922588615264002	0.1596831349406821	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.7922588615264002	HOLD	no edge: -10.0 bp expected after costs	-9.987817867923134	7	61343.8	\N	\N	2026-03-08 23:59:00+00	2026-03-09 00:00:01.501216+00	2026-03-09 00:01:00+00	61.501216	4a2cb91172a08bff00e8b8c71c9405a037e1c9ee21786af51e472138cdbd8b6c	t	t	t	1	1	1.5	no_edge
3	BTCUSDT	2026-03-08 23:58:00+00	15	0.00300	1	0.07039604482239024	0.8224644081796261	0.10713954699798375	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8224644081796261	HOLD	no edge: -13.1 bp expected after costs	-13.075143669296265	7	61306.74	\N	\N	2026-03-08 23:58:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	122.989354	2ea7abb3a2e885623266428afc607a6a14f770fe4e77c53fc4a72cb691a28d8a	f	t	t	1	1	1.5	no_edge
4	BTCUSDT	2026-03-08 23:57:00+00	15	0.00300	1	0.0704359785755087	0.8224715426671568	0.10709247875733428	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8224715426671568	HOLD	no edge: -13.1 bp expected after costs	-13.078747676851338	7	61289.17	\N	\N	2026-03-08 23:57:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	182.989354	24c611506658a0904918382722abb175988aa1a937338bfdb73adf240832e740	f	t	t	1	1	1.5	no_edge
5	BTCUSDT	2026-03-08 23:56:00+00	15	0.00300	1	0.07040293985397182	0.8224656428276956	0.10713141731833259	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8224656428276956	HOLD	no edge: -13.1 bp expected after costs	-13.075766057761118	7	61268.13	\N	\N	2026-03-08 23:56:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	242.989354	afcd547331c54b58d296edc1dc6e123c063ff7facbbc8cbbc4c2cbff689cb233	f	t	t	1	1	1.5	no_edge
6	BTCUSDT	2026-03-08 23:55:00+00	15	0.00300	1	0.07036754682483498	0.8224592928455152	0.10717316032964981	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8224592928455152	HOLD	no edge: -13.1 bp expected after costs	-13.072570756538555	7	61238.58	\N	\N	2026-03-08 23:55:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	302.989354	922a08c76c395d43f27dd78b615acdb016c79a359bdc16b20e90a664b08dda94	f	t	t	1	1	1.5	no_edge
7	BTCUSDT	2026-03-08 23:54:00+00	15	0.00300	1	0.07037004551778206	0.8224597421539181	0.10717021232829986	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8224597421539181	HOLD	no edge: -13.1 bp expected after costs	-13.072796381103702	7	61231.62	\N	\N	2026-03-08 23:54:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	362.989354	c1e843257f8e11684d9694a8d6f5ac98bf9e5aef7312909fe120a4206350c54c	f	t	t	1	1	1.5	no_edge
8	BTCUSDT	2026-03-08 23:53:00+00	15	0.00300	1	0.0703541687835373	0.8224568846311039	0.10718894658535891	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8224568846311039	HOLD	no edge: -13.1 bp expected after costs	-13.071362652401245	7	61235.93	\N	\N	2026-03-08 23:53:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	422.989354	2b32dbe7f400bdeb1206d6eb2ccc0b98456f71a7025a7c9c171e78e415f4e682	f	t	t	1	1	1.5	no_edge
9	BTCUSDT	2026-03-08 23:52:00+00	15	0.00300	1	0.07080388949657823	0.8225354400986876	0.10666067040473418	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8225354400986876	HOLD	no edge: -13.1 bp expected after costs	-13.111876608784394	7	61155.78	\N	\N	2026-03-08 23:52:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	482.989354	3c7cf5d32019ced72117b81e7d383741c2433fc94ad64aa7b738af93ebad2457	f	t	t	1	1	1.5	no_edge
10	BTCUSDT	2026-03-08 23:51:00+00	15	0.00300	1	0.07078982438669673	0.822533057847119	0.10667711776618409	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.822533057847119	HOLD	no edge: -13.1 bp expected after costs	-13.110612574461848	7	61138.68	\N	\N	2026-03-08 23:51:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	542.989354	82886bd36fd88b4dec629cffaa3bd5401aa07f4f90186d4c9b3452e7139de6c5	f	t	t	1	1	1.5	no_edge
11	BTCUSDT	2026-03-08 23:50:00+00	15	0.00300	1	0.07604318907113752	0.8231077424158811	0.10084906851298148	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8231077424158811	HOLD	no edge: -13.6 bp expected after costs	-13.569856464634288	7	61306.26	\N	\N	2026-03-08 23:50:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	602.989354	ef867af16edd19227444cfc044b1baa8ab73288f2c6be3fa9068a81789933cb3	f	t	t	1	1	1.5	no_edge
12	BTCUSDT	2026-03-08 23:49:00+00	15	0.00300	1	0.07572247263388196	0.8230898357209803	0.10118769164513762	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8230898357209803	HOLD	no edge: -13.5 bp expected after costs	-13.54252175931415	7	61310.45	\N	\N	2026-03-08 23:49:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	662.989354	8ff1ee147b85170b9cbb81876a4c4dcca4a1764e2e4e66d3980b9734ae8bac34	f	t	t	1	1	1.5	no_edge
13	BTCUSDT	2026-03-08 23:48:00+00	15	0.00300	1	0.07644332397426826	0.823127134973425	0.10042954105230678	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.823127134973425	HOLD	no edge: -13.6 bp expected after costs	-13.603839525524002	7	61250.92	\N	\N	2026-03-08 23:48:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	722.989354	3996db030d6b4aed7679de2f5e283e92a92396b4f0698e026e7a5b0d31984609	f	t	t	1	1	1.5	no_edge
14	BTCUSDT	2026-03-08 23:47:00+00	15	0.00300	1	0.07647690631749854	0.8231286148223528	0.10039447886014875	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8231286148223528	HOLD	no edge: -13.6 bp expected after costs	-13.606685603693133	7	61267.39	\N	\N	2026-03-08 23:47:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	782.989354	3e25874f4e687dbd44905e202b0487fd8dcfea54abbcf1f565d48aa22d0d3325	f	t	t	1	1	1.5	no_edge
15	BTCUSDT	2026-03-08 23:46:00+00	15	0.00300	1	0.07641297370118832	0.8231257779457836	0.10046124835302805	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8231257779457836	HOLD	no edge: -13.6 bp expected after costs	-13.60126656168859	7	61251.24	\N	\N	2026-03-08 23:46:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	842.989354	cc1c847639407b6e5a8f15886bf5d8972b908f80e01a4fb49058c14345bc4494	f	t	t	1	1	1.5	no_edge
16	BTCUSDT	2026-03-08 23:45:00+00	15	0.00300	1	0.07611944106886465	0.8231116893763741	0.10076886955476129	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8231116893763741	HOLD	no edge: -13.6 bp expected after costs	-13.576342745467013	7	61235.07	\N	\N	2026-03-08 23:45:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	902.989354	7552f32cd34be9a72e50f4b249d3c6514032cb30d25d401249c181dc1a3f31dc	f	t	t	1	1	1.5	no_edge
17	BTCUSDT	2026-03-08 23:44:00+00	15	0.00300	1	0.07636806251523356	0.8231237356794285	0.100508201805338	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8231237356794285	HOLD	no edge: -13.6 bp expected after costs	-13.59745778995818	7	61201.92	\N	\N	2026-03-08 23:44:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	962.989354	3d37a342dd5ded63a77dd411dce465a63f682d97cb0e79236e7fbfd82da60045	f	t	t	1	1	1.5	no_edge
18	BTCUSDT	2026-03-08 23:43:00+00	15	0.00300	1	0.07491354563275197	0.8230351796467051	0.10205127472054289	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8230351796467051	HOLD	no edge: -13.5 bp expected after costs	-13.47318893273933	7	61189.65	\N	\N	2026-03-08 23:43:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	1022.989354	6f69f577219cd81277ee37dc9bd4fbb24230471ab421e65c83a2266d2cc246c4	f	t	t	1	1	1.5	no_edge
19	BTCUSDT	2026-03-08 23:42:00+00	15	0.00300	1	0.07191868850828788	0.8227092010807286	0.1053721104109835	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8227092010807286	HOLD	no edge: -13.2 bp expected after costs	-13.21144852600193	7	61174.23	\N	\N	2026-03-08 23:42:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	1082.989354	38e188b745191ce33a164430f3ea3d85d63bddb7733627656cdc982a78346a7d	f	t	t	1	1	1.5	no_edge
20	BTCUSDT	2026-03-08 23:41:00+00	15	0.00300	1	0.07187505132709546	0.8227029520358633	0.10542199663704131	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8227029520358633	HOLD	no edge: -13.2 bp expected after costs	-13.2075735108529	7	61191.08	\N	\N	2026-03-08 23:41:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	1142.989354	eda591d80bf70c9719c61eb952d4afce06b726cdea2543d0b9934d4822ccb2e3	f	t	t	1	1	1.5	no_edge
21	BTCUSDT	2026-03-08 23:40:00+00	15	0.00300	1	0.0718851573092632	0.8227044032175118	0.10541043947322488	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8227044032175118	HOLD	no edge: -13.2 bp expected after costs	-13.20847109159439	7	61209.67	\N	\N	2026-03-08 23:40:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	1202.989354	cd978835c3c72394a1a85725462b7d6dd30168c04c71149138ef39d997d32caa	f	t	t	1	1	1.5	no_edge
22	BTCUSDT	2026-03-08 23:39:00+00	15	0.00300	1	0.07186909447720138	0.8227020955358908	0.10542880998690789	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8227020955358908	HOLD	no edge: -13.2 bp expected after costs	-13.20704439695309	7	61204.88	\N	\N	2026-03-08 23:39:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	1262.989354	e6120ae14707d741046f0c4fc5b1ced1cf58b8d7bf1054b0771d833fb4013597	f	t	t	1	1	1.5	no_edge
23	BTCUSDT	2026-03-08 23:38:00+00	15	0.00300	1	0.0718682617826359	0.8227019757416054	0.10542976247575865	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8227019757416054	HOLD	no edge: -13.2 bp expected after costs	-13.20697043061747	7	61184.06	\N	\N	2026-03-08 23:38:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	1322.989354	0e2de14bbe880ed4cb5f76ff4a267d6bf4740fe598a6160485ef79596bdad91d	f	t	t	1	1	1.5	no_edge
24	BTCUSDT	2026-03-08 23:37:00+00	15	0.00300	1	0.0718324096954281	0.8226968025552718	0.10547078774930005	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8226968025552718	HOLD	no edge: -13.2 bp expected after costs	-13.203785143845188	7	61193.03	\N	\N	2026-03-08 23:37:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	1382.989354	232fbf5d818aef58f00b2e634ebf76eb8b5a60dad1b1f8f24df647de7902434c	f	t	t	1	1	1.5	no_edge
25	BTCUSDT	2026-03-08 23:36:00+00	15	0.00300	1	0.07183481959593958	0.8226971512287193	0.10546802917534104	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8226971512287193	HOLD	no edge: -13.2 bp expected after costs	-13.203999290535135	7	61198.83	\N	\N	2026-03-08 23:36:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	1442.989354	088624b5f02c1413ced58bed82997ef65911a0fd92acfdee2895a8ca1a98e451	f	t	t	1	1	1.5	no_edge
26	BTCUSDT	2026-03-08 23:35:00+00	15	0.00300	1	0.07182885121046285	0.8226962874517164	0.1054748613378208	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8226962874517164	HOLD	no edge: -13.2 bp expected after costs	-13.203468922384348	7	61191.34	\N	\N	2026-03-08 23:35:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	1502.989354	89c9269d95409de144b9d1d5b415cad399c72aab9cb1c069f9db316cf7f2da00	f	t	t	1	1	1.5	no_edge
27	BTCUSDT	2026-03-08 23:34:00+00	15	0.00300	1	0.0722401551627196	0.8227538708066946	0.10500597403058586	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8227538708066946	HOLD	no edge: -13.2 bp expected after costs	-13.239939195703757	7	61241.17	\N	\N	2026-03-08 23:34:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	1562.989354	f27287680bc2e0296fdba20680c6fbfbda0a48d94f618b73756bbe1b22b7311e	f	t	t	1	1	1.5	no_edge
28	BTCUSDT	2026-03-08 23:33:00+00	15	0.00300	1	0.07224000763880056	0.8227538508567681	0.10500614150443138	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8227538508567681	HOLD	no edge: -13.2 bp expected after costs	-13.239926143533893	7	61251.08	\N	\N	2026-03-08 23:33:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	1622.989354	f7869cdf1cbad9fadd38225fce9a3f734c05c05f54d6345c6064379f96c94065	f	t	t	1	1	1.5	no_edge
29	BTCUSDT	2026-03-08 23:32:00+00	15	0.00300	1	0.07218300569605561	0.8227461047325145	0.10507088957142989	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8227461047325145	HOLD	no edge: -13.2 bp expected after costs	-13.234881361486401	7	61251.34	\N	\N	2026-03-08 23:32:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	1682.989354	01362ed3ae9755931de860e02cb7fea41b378037f9edbcd2d8d166263e9859df	f	t	t	1	1	1.5	no_edge
30	BTCUSDT	2026-03-08 23:31:00+00	15	0.00300	1	0.07228267831876217	0.8227596003427299	0.10495772133850777	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8227596003427299	HOLD	no edge: -13.2 bp expected after costs	-13.243700573315794	7	61225.15	\N	\N	2026-03-08 23:31:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	1742.989354	54c592e6ebd988076ebf137fce9b7d59dac84ced469961a6af682fb3106d875f	f	t	t	1	1	1.5	no_edge
31	BTCUSDT	2026-03-08 23:58:00+00	15	0.00300	2	0.033737404946631626	0.7868511052636117	0.17941148978975668	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.7868511052636117	HOLD	no edge: -8.6 bp expected after costs	-8.578946709202864	7	61306.74	\N	\N	2026-03-08 23:58:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	122.989354	2ea7abb3a2e885623266428afc607a6a14f770fe4e77c53fc4a72cb691a28d8a	t	t	t	1	1	1.5	no_edge
32	BTCUSDT	2026-03-08 23:57:00+00	15	0.00300	2	0.044411832692967695	0.839882065061322	0.11570610224571033	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.839882065061322	HOLD	no edge: -11.6 bp expected after costs	-11.631609728438807	7	61289.17	\N	\N	2026-03-08 23:57:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	182.989354	24c611506658a0904918382722abb175988aa1a937338bfdb73adf240832e740	t	t	t	1	1	1.5	no_edge
33	BTCUSDT	2026-03-08 23:56:00+00	15	0.00300	2	0.06492235715115911	0.8236253447725788	0.1114522980762621	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8236253447725788	HOLD	no edge: -12.7 bp expected after costs	-12.668554644577988	7	61268.13	\N	\N	2026-03-08 23:56:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	242.989354	afcd547331c54b58d296edc1dc6e123c063ff7facbbc8cbbc4c2cbff689cb233	t	t	t	1	1	1.5	no_edge
34	BTCUSDT	2026-03-08 23:55:00+00	15	0.00300	2	0.09176367612776756	0.7915786377299732	0.11665768614225927	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.7915786377299732	HOLD	no edge: -13.6 bp expected after costs	-13.585333178005714	7	61238.58	\N	\N	2026-03-08 23:55:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	302.989354	922a08c76c395d43f27dd78b615acdb016c79a359bdc16b20e90a664b08dda94	t	t	t	1	1	1.5	no_edge
35	BTCUSDT	2026-03-08 23:54:00+00	15	0.00300	2	0.037016148679173	0.8462137037340883	0.11677014758673875	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8462137037340883	HOLD	no edge: -11.3 bp expected after costs	-11.276907312821658	7	61231.62	\N	\N	2026-03-08 23:54:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	362.989354	c1e843257f8e11684d9694a8d6f5ac98bf9e5aef7312909fe120a4206350c54c	t	t	t	1	1	1.5	no_edge
36	BTCUSDT	2026-03-08 23:53:00+00	15	0.00300	2	0.06671623048699173	0.8610708121888587	0.0722129573241496	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8610708121888587	HOLD	no edge: -13.7 bp expected after costs	-13.652348159571856	7	61235.93	\N	\N	2026-03-08 23:53:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	422.989354	2b32dbe7f400bdeb1206d6eb2ccc0b98456f71a7025a7c9c171e78e415f4e682	t	t	t	1	1	1.5	no_edge
37	BTCUSDT	2026-03-08 23:52:00+00	15	0.00300	2	0.03947384966260072	0.9377636379474689	0.022762512389930455	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.9377636379474689	HOLD	no edge: -12.8 bp expected after costs	-12.77782400388745	7	61155.78	\N	\N	2026-03-08 23:52:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	482.989354	3c7cf5d32019ced72117b81e7d383741c2433fc94ad64aa7b738af93ebad2457	t	t	t	1	1	1.5	no_edge
38	BTCUSDT	2026-03-08 23:51:00+00	15	0.00300	2	0.009746301766702837	0.9736153373851881	0.01663836084810908	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.9736153373851881	HOLD	no edge: -13.8 bp expected after costs	-13.778510431502744	7	61138.68	\N	\N	2026-03-08 23:51:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	542.989354	82886bd36fd88b4dec629cffaa3bd5401aa07f4f90186d4c9b3452e7139de6c5	t	t	t	1	1	1.5	no_edge
39	BTCUSDT	2026-03-08 23:50:00+00	15	0.00300	2	0.05618755702345972	0.8741782341600951	0.06963420881644522	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8741782341600951	HOLD	no edge: -14.0 bp expected after costs	-13.99001839787971	7	61306.26	\N	\N	2026-03-08 23:50:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	602.989354	ef867af16edd19227444cfc044b1baa8ab73288f2c6be3fa9068a81789933cb3	t	t	t	1	1	1.5	no_edge
40	BTCUSDT	2026-03-08 23:49:00+00	15	0.00300	2	0.08589023446684901	0.8334847500678094	0.08062501546534163	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8334847500678094	HOLD	no edge: -13.2 bp expected after costs	-13.189266010566179	7	61310.45	\N	\N	2026-03-08 23:49:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	662.989354	8ff1ee147b85170b9cbb81876a4c4dcca4a1764e2e4e66d3980b9734ae8bac34	t	t	t	1	1	1.5	no_edge
41	BTCUSDT	2026-03-08 23:48:00+00	15	0.00300	2	0.05423325661061297	0.8814495941822128	0.06431714920717424	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8814495941822128	HOLD	no edge: -13.9 bp expected after costs	-13.854962962177911	7	61250.92	\N	\N	2026-03-08 23:48:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	722.989354	3996db030d6b4aed7679de2f5e283e92a92396b4f0698e026e7a5b0d31984609	t	t	t	1	1	1.5	no_edge
42	BTCUSDT	2026-03-08 23:47:00+00	15	0.00300	2	0.0709828309179776	0.8474058536715152	0.08161131541050703	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8474058536715152	HOLD	no edge: -13.9 bp expected after costs	-13.856891729327987	7	61267.39	\N	\N	2026-03-08 23:47:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	782.989354	3e25874f4e687dbd44905e202b0487fd8dcfea54abbcf1f565d48aa22d0d3325	t	t	t	1	1	1.5	no_edge
43	BTCUSDT	2026-03-08 23:46:00+00	15	0.00300	2	0.08582348848286118	0.8215877611943078	0.09258875032283108	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8215877611943078	HOLD	no edge: -13.7 bp expected after costs	-13.681001303905017	7	61251.24	\N	\N	2026-03-08 23:46:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	842.989354	cc1c847639407b6e5a8f15886bf5d8972b908f80e01a4fb49058c14345bc4494	t	t	t	1	1	1.5	no_edge
44	BTCUSDT	2026-03-08 23:45:00+00	15	0.00300	2	0.09790806925761468	0.837892007298625	0.06419992344376035	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.837892007298625	HOLD	no edge: -12.0 bp expected after costs	-12.01229313290577	7	61235.07	\N	\N	2026-03-08 23:45:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	902.989354	7552f32cd34be9a72e50f4b249d3c6514032cb30d25d401249c181dc1a3f31dc	t	t	t	1	1	1.5	no_edge
45	BTCUSDT	2026-03-08 23:44:00+00	15	0.00300	2	0.05827616309118043	0.8887655685676947	0.052958268341124846	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8887655685676947	HOLD	no edge: -13.2 bp expected after costs	-13.220625721015496	7	61201.92	\N	\N	2026-03-08 23:44:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	962.989354	3d37a342dd5ded63a77dd411dce465a63f682d97cb0e79236e7fbfd82da60045	t	t	t	1	1	1.5	no_edge
46	BTCUSDT	2026-03-08 23:43:00+00	15	0.00300	2	0.09034621559811662	0.8566772335243976	0.05297655087748582	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8566772335243976	HOLD	no edge: -11.9 bp expected after costs	-11.871833494447984	7	61189.65	\N	\N	2026-03-08 23:43:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	1022.989354	6f69f577219cd81277ee37dc9bd4fbb24230471ab421e65c83a2266d2cc246c4	t	t	t	1	1	1.5	no_edge
47	BTCUSDT	2026-03-08 23:42:00+00	15	0.00300	2	0.11659713209917809	0.8217243853807404	0.061678482520081485	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8217243853807404	HOLD	no edge: -11.1 bp expected after costs	-11.122794270482885	7	61174.23	\N	\N	2026-03-08 23:42:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	1082.989354	38e188b745191ce33a164430f3ea3d85d63bddb7733627656cdc982a78346a7d	t	t	t	1	1	1.5	no_edge
48	BTCUSDT	2026-03-08 23:41:00+00	15	0.00300	2	0.10419815075200684	0.816480491143796	0.07932135810419712	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.816480491143796	HOLD	no edge: -12.4 bp expected after costs	-12.365573800026864	7	61191.08	\N	\N	2026-03-08 23:41:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	1142.989354	eda591d80bf70c9719c61eb952d4afce06b726cdea2543d0b9934d4822ccb2e3	t	t	t	1	1	1.5	no_edge
49	BTCUSDT	2026-03-08 23:40:00+00	15	0.00300	2	0.10973859742509802	0.8023467408862537	0.08791466168864825	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8023467408862537	HOLD	no edge: -12.5 bp expected after costs	-12.483612193521012	7	61209.67	\N	\N	2026-03-08 23:40:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	1202.989354	cd978835c3c72394a1a85725462b7d6dd30168c04c71149138ef39d997d32caa	t	t	t	1	1	1.5	no_edge
50	BTCUSDT	2026-03-08 23:39:00+00	15	0.00300	2	0.17211277559030586	0.7658644179559958	0.06202280645369821	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.7658644179559958	HOLD	no edge: -8.8 bp expected after costs	-8.80071294977214	7	61204.88	\N	\N	2026-03-08 23:39:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	1262.989354	e6120ae14707d741046f0c4fc5b1ced1cf58b8d7bf1054b0771d833fb4013597	t	t	t	1	1	1.5	no_edge
51	BTCUSDT	2026-03-08 23:38:00+00	15	0.00300	2	0.10350492524014991	0.8441145706050438	0.05238050415480637	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8441145706050438	HOLD	no edge: -11.3 bp expected after costs	-11.29374316569974	7	61184.06	\N	\N	2026-03-08 23:38:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	1322.989354	0e2de14bbe880ed4cb5f76ff4a267d6bf4740fe598a6160485ef79596bdad91d	t	t	t	1	1	1.5	no_edge
52	BTCUSDT	2026-03-08 23:37:00+00	15	0.00300	2	0.08413273420635219	0.8725657487623542	0.04330151703129369	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8725657487623542	HOLD	no edge: -11.7 bp expected after costs	-11.737909577687077	7	61193.03	\N	\N	2026-03-08 23:37:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	1382.989354	232fbf5d818aef58f00b2e634ebf76eb8b5a60dad1b1f8f24df647de7902434c	t	t	t	1	1	1.5	no_edge
53	BTCUSDT	2026-03-08 23:36:00+00	15	0.00300	2	0.08145743683496963	0.8839818711129822	0.03456069205204818	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8839818711129822	HOLD	no edge: -11.5 bp expected after costs	-11.493274066905592	7	61198.83	\N	\N	2026-03-08 23:36:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	1442.989354	088624b5f02c1413ced58bed82997ef65911a0fd92acfdee2895a8ca1a98e451	t	t	t	1	1	1.5	no_edge
54	BTCUSDT	2026-03-08 23:35:00+00	15	0.00300	2	0.055649743810573804	0.9173119199242405	0.02703833626518555	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.9173119199242405	HOLD	no edge: -12.3 bp expected after costs	-12.271868191020934	7	61191.34	\N	\N	2026-03-08 23:35:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	1502.989354	89c9269d95409de144b9d1d5b415cad399c72aab9cb1c069f9db316cf7f2da00	t	t	t	1	1	1.5	no_edge
55	BTCUSDT	2026-03-08 23:34:00+00	15	0.00300	2	0.07073026183000203	0.8876487261249214	0.04162101204507661	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8876487261249214	HOLD	no edge: -12.2 bp expected after costs	-12.23322096749806	7	61241.17	\N	\N	2026-03-08 23:34:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	1562.989354	f27287680bc2e0296fdba20680c6fbfbda0a48d94f618b73756bbe1b22b7311e	t	t	t	1	1	1.5	no_edge
56	BTCUSDT	2026-03-08 23:33:00+00	15	0.00300	2	0.08101091684127276	0.8732041586093225	0.04578492454940474	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8732041586093225	HOLD	no edge: -12.0 bp expected after costs	-11.97076909695673	7	61251.08	\N	\N	2026-03-08 23:33:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	1622.989354	f7869cdf1cbad9fadd38225fce9a3f734c05c05f54d6345c6064379f96c94065	t	t	t	1	1	1.5	no_edge
57	BTCUSDT	2026-03-08 23:32:00+00	15	0.00300	2	0.0901297437683462	0.8663131234643648	0.04355713276728896	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.8663131234643648	HOLD	no edge: -11.5 bp expected after costs	-11.495995857252606	7	61251.34	\N	\N	2026-03-08 23:32:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	1682.989354	01362ed3ae9755931de860e02cb7fea41b378037f9edbcd2d8d166263e9859df	t	t	t	1	1	1.5	no_edge
58	BTCUSDT	2026-03-08 23:31:00+00	15	0.00300	2	0.05691198953827864	0.9154840952108472	0.027603915250874262	0.08	0.8226666666666667	0.09733333333333333	SIDEWAYS	0.9154840952108472	HOLD	no edge: -12.2 bp expected after costs	-12.241865382046964	7	61225.15	\N	\N	2026-03-08 23:31:00+00	2026-03-09 00:00:02.989354+00	2026-03-09 00:01:00+00	1742.989354	54c592e6ebd988076ebf137fce9b7d59dac84ced469961a6af682fb3106d875f	t	t	t	1	1	1.5	no_edge
\.


COPY market.source (only_one, kind, identity, recorded_at) FROM stdin;
t	simulated	seed 5	2026-11-29 20:02:41.686868+00
\.


COPY market.source_absences (symbol, metric, absent_from, absent_to, attempts, first_missed_at, last_asked_at, next_ask_at) FROM stdin;
BTCUSDT	price_deriv_10m	2026-03-01 00:00:00+00	2026-03-01 00:01:00+00	1	2026-11-29 20:02:39.079221+00	2026-11-29 20:02:39.079221+00	2026-11-29 21:02:39.079221+00
BTCUSDT	price_deriv_15m	2026-03-01 00:00:00+00	2026-03-01 00:01:00+00	1	2026-11-29 20:02:39.079221+00	2026-11-29 20:02:39.079221+00	2026-11-29 21:02:39.079221+00
BTCUSDT	price_deriv_1h	2026-03-01 00:00:00+00	2026-03-01 00:01:00+00	1	2026-11-29 20:02:39.079221+00	2026-11-29 20:02:39.079221+00	2026-11-29 21:02:39.079221+00
BTCUSDT	price_deriv_30m	2026-03-01 00:00:00+00	2026-03-01 00:01:00+00	1	2026-11-29 20:02:39.079221+00	2026-11-29 20:02:39.079221+00	2026-11-29 21:02:39.079221+00
BTCUSDT	price_deriv_5m	2026-03-01 00:00:00+00	2026-03-01 00:01:00+00	1	2026-11-29 20:02:39.079221+00	2026-11-29 20:02:39.079221+00	2026-11-29 21:02:39.079221+00
BTCUSDT	volume_deriv_15m	2026-03-01 00:00:00+00	2026-03-01 00:01:00+00	1	2026-11-29 20:02:39.079221+00	2026-11-29 20:02:39.079221+00	2026-11-29 21:02:39.079221+00
BTCUSDT	volume_deriv_5m	2026-03-01 00:00:00+00	2026-03-01 00:01:00+00	1	2026-11-29 20:02:39.079221+00	2026-11-29 20:02:39.079221+00	2026-11-29 21:02:39.079221+00
\.


COPY market.source_limits (limit_name, fitted, said, learned_at) FROM stdin;
\.


COPY market.view_definitions ("position", name, hash, applied_at) FROM stdin;
0	10_raw/metric_days.sql	a9ab3dacf440ea731d0bbf2f4c5c875f98f89b5c6fa7b9c42fb9e2de97ad82d6	2026-11-29 20:02:37.084677+00
1	10_raw/missing_minutes.sql	9d95d9944d5cf81f24e2ff72b0988bd4618f21ac028a517c7cca3adb8da06d65	2026-11-29 20:02:37.093913+00
2	11_as_of/minute_metrics_as_of.sql	279bfcab1ff3f10cd9f0f3b796e3a31df4238528ee030252c708c51dc4ff1e87	2026-11-29 20:02:37.094085+00
3	12_coverage/coverage_gaps.sql	944190261696b2d0127dbd3e48a5ff4b07cc75172ef92744875a05647b1ac772	2026-11-29 20:02:37.094196+00
4	13_candles/candles_1h.sql	fed4aff8a7798fb768409a4c9f1295964a7b81a986c512c52e23fd1bbfc12015	2026-11-29 20:02:37.094345+00
5	13_candles/candles_5m.sql	6ffba43cded4d75116d1b08b775a8684741175f10e0ac74d6e0e5563eb012bcc	2026-11-29 20:02:37.094466+00
6	20_features/minute_features.sql	2896719c45db08822f693cd25813806c14312cfd83a8a7fc0d86ade84d2f1b45	2026-11-29 20:02:37.094563+00
7	21_features_between/features_between.sql	3ea417ee2d6adb527877e658a42f388b7abc64c309598458c2474835abc678c4	2026-11-29 20:02:37.097362+00
8	30_labels/minute_labels.sql	96be5c3bddef5377db391f148622548bf85abffdf7ff743ca5a2258af56f1d57	2026-11-29 20:02:37.097576+00
9	31_label_classes/label_classes.sql	7ebee866474fc05c6c2f06e8c436a63ad6e0762c406a80072516ad6ebcca81ae	2026-11-29 20:02:37.097706+00
10	32_barrier_outcomes/barrier_outcomes.sql	0f9d7c15aeee8e713f300ff26788e4914e3c00119bf016ec29a4f7f81cd2df50	2026-11-29 20:02:37.097805+00
11	39_champions_at/champions_at.sql	b4a5e90ccfeebeee80c5d4a55d9fefe20bbf2829bbee29f59e82440fde1500df	2026-11-29 20:02:37.097901+00
12	40_champion/champions.sql	b1d5909870ed7575231ff916ba4b0f28a898bd1bdc07b2c277143acd89bbcfca	2026-11-29 20:02:37.099905+00
13	40_champion/model_leaderboard.sql	1ba258d3218ca4b532bc6e7283811789c94d87b3b3e3fc3fb6a57cc144898a49	2026-11-29 20:02:37.100739+00
14	50_signals/kill_switch_state.sql	80b37814f342e54333c6f48c50eaac6fe08e8f580620e13a48d40fee9440da5d	2026-11-29 20:02:37.100872+00
15	50_signals/signals_latest.sql	7a9ca1a260135c86bafa89b8b6ea4936dcb229b62cf5f8f1c74c6f39423adc3e	2026-11-29 20:02:37.100971+00
16	50_signals/signals_live.sql	8cc5f3871e76eb8fd4cc0a84ec1feed2d410d4f9abca7257c273201c16ccfd18	2026-11-29 20:02:37.101067+00
17	54_intervals/student_t_95.sql	90d908aa0883ac2e0c4ca1b9eb972c66ee125d64bc1b958c1dc1dbd7a019c135	2026-11-29 20:02:37.10116+00
18	55_settle/minutes_of_loads.sql	433f162b9eea3fbd731b332402fb82c5b117a8571001211f63437557a730085c	2026-11-29 20:02:37.101252+00
19	55_settle/outcomes_of.sql	c103aa85434ab4a250658fd7b82230211a73cd314d1e6e105454fe1cf11f448c	2026-11-29 20:02:37.101344+00
20	55_settle/settle_outcomes.sql	3112e67ff02a72acb6648907da683b4d157dc77dcfb63e8bf67827e951c4637a	2026-11-29 20:02:37.101438+00
21	55_settle/settle_signals.sql	fc3d755462370eb407609656110f9066a826942ac35059c0fec126b45a0cdcdd	2026-11-29 20:02:37.101532+00
22	55_settle/settle_span.sql	7cf65b8e6619655598f8b95c6672b90ecf2a0f5890f88fffc79473251f42e8f2	2026-11-29 20:02:37.101644+00
23	55_settle/signals_of_minutes.sql	f86087f69d785acd759729fb5c4bc35b6e859b48790103cb666d89f76c810304	2026-11-29 20:02:37.101737+00
24	55_settle/sum_performance.sql	0f25916633b28e51dfac58e3bbce69929253ff377269f2af1766f920e5c364aa	2026-11-29 20:02:37.101831+00
25	60_outcomes/signal_outcomes.sql	2347f2e9e8c7b8ca3d7a84f9ddd8a51226fe62c71f0cf982f225230b06b81941	2026-11-29 20:02:37.108494+00
26	61_daily_performance/daily_performance.sql	9373cbc0a971c30d1e89b55ec02b327b7bf08ec39a68f40c806851191c21bb83	2026-11-29 20:02:37.124865+00
27	62_performance_between/performance_between.sql	924e71d54ccb6b084eabd9d043d2dc506e9217e151b6dfd5e6055e33b019626d	2026-11-29 20:02:37.127897+00
28	63_live_calibration/live_calibration.sql	12cc4006c7ee81081693f19f41075bf1faa6ce9b317f50664e0a0e6fe0db7129	2026-11-29 20:02:37.12825+00
29	70_pipeline/pipeline_freshness.sql	9a67ea39aba4857f73d828c1e978e8feeac5af3793fc78a43a517dacdd192235	2026-11-29 20:02:37.12837+00
30	71_checks/checks_latest.sql	44a5b6d584a571a19f840f1ac3fc31d5b5e9fecad10f43382ed845e0dafcd3f5	2026-11-29 20:02:37.130566+00
31	72_blocking/blocking_checks.sql	27d4e433fabc9ac5978bd37ecbc47a16bab5b6003e05302e4a90771767119904	2026-11-29 20:02:37.130735+00
\.


SELECT pg_catalog.setval('market.alerts_alert_id_seq', 1, true);


SELECT pg_catalog.setval('market.challengers_challenge_id_seq', 1, true);


SELECT pg_catalog.setval('market.ingest_windows_window_id_seq', 3, true);


SELECT pg_catalog.setval('market.kill_switch_switch_id_seq', 1, false);


SELECT pg_catalog.setval('market.model_evaluations_evaluation_id_seq', 15, true);


SELECT pg_catalog.setval('market.models_model_id_seq', 2, true);


SELECT pg_catalog.setval('market.overfitting_checks_check_id_seq', 1, false);


SELECT pg_catalog.setval('market.pipeline_checks_check_id_seq', 11, true);


SELECT pg_catalog.setval('market.promotions_promotion_id_seq', 2, true);


SELECT pg_catalog.setval('market.quarantined_samples_sample_id_seq', 1, false);


SELECT pg_catalog.setval('market.scoring_environments_environment_id_seq', 1, true);


SELECT pg_catalog.setval('market.signal_ids', 58, true);


ALTER TABLE ONLY market.alerts
    ADD CONSTRAINT alerts_pkey PRIMARY KEY (alert_id);


ALTER TABLE ONLY market.catch_ups
    ADD CONSTRAINT catch_ups_pkey PRIMARY KEY (symbol);


ALTER TABLE ONLY market.challengers
    ADD CONSTRAINT challengers_pkey PRIMARY KEY (challenge_id);


ALTER TABLE ONLY market.feature_versions
    ADD CONSTRAINT feature_versions_feature_hash_key UNIQUE (feature_hash);


ALTER TABLE ONLY market.feature_versions
    ADD CONSTRAINT feature_versions_pkey PRIMARY KEY (feature_version);


ALTER TABLE ONLY market.ingest_windows
    ADD CONSTRAINT ingest_windows_pkey PRIMARY KEY (window_id);


ALTER TABLE ONLY market.kill_switch
    ADD CONSTRAINT kill_switch_pkey PRIMARY KEY (switch_id);


ALTER TABLE ONLY market.metric_arrivals
    ADD CONSTRAINT metric_arrivals_pkey PRIMARY KEY (symbol, ts, seen_at);


ALTER TABLE ONLY market.metric_catalogue
    ADD CONSTRAINT metric_catalogue_pkey PRIMARY KEY (symbol, metric);


ALTER TABLE ONLY market.metric_revisions
    ADD CONSTRAINT metric_revisions_pkey PRIMARY KEY (symbol, ts, metric, seen_at);


ALTER TABLE ONLY market.minute_metrics
    ADD CONSTRAINT minute_metrics_pkey PRIMARY KEY (symbol, ts);


ALTER TABLE market.minute_metrics
    ADD CONSTRAINT minute_metrics_ts_check CHECK ((ts = date_bin('00:01:00'::interval, ts, '2000-01-01 00:00:00+00'::timestamp with time zone))) NOT VALID;


ALTER TABLE ONLY market.model_evaluations
    ADD CONSTRAINT model_evaluations_pkey PRIMARY KEY (evaluation_id);


ALTER TABLE ONLY market.models
    ADD CONSTRAINT models_pkey PRIMARY KEY (model_id);


ALTER TABLE ONLY market.overfitting_checks
    ADD CONSTRAINT overfitting_checks_pkey PRIMARY KEY (check_id);


ALTER TABLE ONLY market.performance_days
    ADD CONSTRAINT performance_days_day_symbol_horizon_minutes_threshold_model_key UNIQUE NULLS NOT DISTINCT (day, symbol, horizon_minutes, threshold, model_id, kind);


ALTER TABLE ONLY market.pipeline_checks
    ADD CONSTRAINT pipeline_checks_pkey PRIMARY KEY (check_id);


ALTER TABLE ONLY market.promotions
    ADD CONSTRAINT promotions_pkey PRIMARY KEY (promotion_id);


ALTER TABLE ONLY market.quarantined_samples
    ADD CONSTRAINT quarantined_samples_pkey PRIMARY KEY (sample_id);


ALTER TABLE ONLY market.quarantined_samples
    ADD CONSTRAINT quarantined_samples_symbol_metric_first_at_last_at_value_la_key UNIQUE NULLS NOT DISTINCT (symbol, metric, first_at, last_at, value, labels, reason);


ALTER TABLE ONLY market.schema_migrations
    ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (name);


ALTER TABLE ONLY market.schema_objects
    ADD CONSTRAINT schema_objects_pkey PRIMARY KEY (kind, name);


ALTER TABLE ONLY market.scoring_environments
    ADD CONSTRAINT scoring_environments_fingerprint_key UNIQUE (fingerprint);


ALTER TABLE ONLY market.scoring_environments
    ADD CONSTRAINT scoring_environments_pkey PRIMARY KEY (environment_id);


ALTER TABLE ONLY market.settle_marks
    ADD CONSTRAINT settle_marks_pkey PRIMARY KEY (symbol);


ALTER TABLE ONLY market.settled_outcomes
    ADD CONSTRAINT settled_outcomes_pkey PRIMARY KEY (signal_id, version);


ALTER TABLE ONLY market.signal_commits
    ADD CONSTRAINT signal_commits_pkey PRIMARY KEY (symbol, ts, committed_at);


ALTER TABLE ONLY market.signal_inputs
    ADD CONSTRAINT signal_inputs_pkey PRIMARY KEY (symbol, ts, feature_version, inputs_hash);


ALTER TABLE ONLY market.signals
    ADD CONSTRAINT signals_pkey PRIMARY KEY (signal_id, ts);


ALTER TABLE ONLY market.source_absences
    ADD CONSTRAINT source_absences_pkey PRIMARY KEY (symbol, metric, absent_from);


ALTER TABLE ONLY market.source_limits
    ADD CONSTRAINT source_limits_pkey PRIMARY KEY (limit_name);


ALTER TABLE ONLY market.source
    ADD CONSTRAINT source_pkey PRIMARY KEY (only_one);


ALTER TABLE ONLY market.view_definitions
    ADD CONSTRAINT view_definitions_name_key UNIQUE (name);


ALTER TABLE ONLY market.view_definitions
    ADD CONSTRAINT view_definitions_pkey PRIMARY KEY ("position");


CREATE UNIQUE INDEX alerts_open ON market.alerts USING btree (alert_key) WHERE (closed_at IS NULL);


CREATE INDEX challengers_cell ON market.challengers USING btree (symbol, horizon_minutes, threshold, challenge_id);


CREATE INDEX ingest_windows_finished ON market.ingest_windows USING btree (finished_at);


CREATE INDEX ingest_windows_loaded ON market.ingest_windows USING btree (symbol, window_to) WHERE (error IS NULL);


CREATE INDEX model_evaluations_cell ON market.model_evaluations USING btree (symbol, horizon_minutes, threshold, run_id);


CREATE INDEX model_evaluations_model ON market.model_evaluations USING btree (model_id) WHERE (model_id IS NOT NULL);


CREATE INDEX overfitting_checks_run ON market.overfitting_checks USING btree (run_id, symbol);


CREATE INDEX pipeline_checks_checked ON market.pipeline_checks USING btree (checked_at);


CREATE INDEX pipeline_checks_failed ON market.pipeline_checks USING btree (check_id) WHERE (is_blocking AND (status = 'failed'::text));


CREATE INDEX pipeline_checks_newest ON market.pipeline_checks USING btree (name, symbol, horizon_minutes, threshold, checked_at DESC);


CREATE INDEX promotions_cell ON market.promotions USING btree (symbol, horizon_minutes, threshold, effective_from) WHERE is_accepted;


CREATE INDEX promotions_model ON market.promotions USING btree (model_id) WHERE (model_id IS NOT NULL);


CREATE INDEX settled_outcomes_cell ON market.settled_outcomes USING btree (symbol, horizon_minutes, threshold, ts);


CREATE INDEX settled_outcomes_settled ON market.settled_outcomes USING btree (settled_at);


CREATE UNIQUE INDEX signals_answered ON market.signals USING btree (symbol, horizon_minutes, threshold, ts) INCLUDE (side, is_late) WHERE (NOT is_shadow);


CREATE INDEX signals_named ON market.signals USING btree (symbol, horizon_minutes, threshold, ts) WHERE ((NOT is_shadow) AND ((prediction <> 'SIDEWAYS'::text) OR (side = ANY (ARRAY['BUY'::text, 'SELL'::text]))));


CREATE INDEX signals_newest ON market.signals USING btree (ts DESC);


CREATE UNIQUE INDEX signals_shadowed ON market.signals USING btree (symbol, horizon_minutes, threshold, ts) WHERE is_shadow;


CREATE TRIGGER challengers_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON market.challengers FOR EACH STATEMENT EXECUTE FUNCTION market.refuse_change();


CREATE TRIGGER kill_switch_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON market.kill_switch FOR EACH STATEMENT EXECUTE FUNCTION market.refuse_change();


CREATE TRIGGER pipeline_checks_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON market.pipeline_checks FOR EACH STATEMENT EXECUTE FUNCTION market.refuse_change();


CREATE TRIGGER settled_outcomes_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON market.settled_outcomes FOR EACH STATEMENT EXECUTE FUNCTION market.refuse_change();


CREATE TRIGGER signal_commits_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON market.signal_commits FOR EACH STATEMENT EXECUTE FUNCTION market.refuse_change();


CREATE TRIGGER signal_inputs_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON market.signal_inputs FOR EACH STATEMENT EXECUTE FUNCTION market.refuse_change();


CREATE TRIGGER signals_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON market.signals FOR EACH STATEMENT EXECUTE FUNCTION market.refuse_change();


ALTER TABLE ONLY market.challengers
    ADD CONSTRAINT challengers_model_id_fkey FOREIGN KEY (model_id) REFERENCES market.models(model_id);


ALTER TABLE ONLY market.model_evaluations
    ADD CONSTRAINT model_evaluations_model_id_fkey FOREIGN KEY (model_id) REFERENCES market.models(model_id);


ALTER TABLE ONLY market.models
    ADD CONSTRAINT models_feature_version_fkey FOREIGN KEY (feature_version) REFERENCES market.feature_versions(feature_version);


ALTER TABLE ONLY market.promotions
    ADD CONSTRAINT promotions_answers_to_fkey FOREIGN KEY (answers_to) REFERENCES market.promotions(promotion_id);


ALTER TABLE ONLY market.promotions
    ADD CONSTRAINT promotions_model_id_fkey FOREIGN KEY (model_id) REFERENCES market.models(model_id);


ALTER TABLE ONLY market.signal_inputs
    ADD CONSTRAINT signal_inputs_feature_version_fkey FOREIGN KEY (feature_version) REFERENCES market.feature_versions(feature_version);


ALTER TABLE ONLY market.signals
    ADD CONSTRAINT signals_environment_id_fkey FOREIGN KEY (environment_id) REFERENCES market.scoring_environments(environment_id);


ALTER TABLE ONLY market.signals
    ADD CONSTRAINT signals_model_id_fkey FOREIGN KEY (model_id) REFERENCES market.models(model_id);


--
-- PostgreSQL database dump complete
--


