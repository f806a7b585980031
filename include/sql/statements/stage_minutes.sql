-- name: the table that a window is copied into before it is merged; gone with the transaction
-- grain: ts
-- keys: ts
-- reads: nothing
CREATE TEMPORARY TABLE staged_minutes (
    ts timestamptz NOT NULL,
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
    computed_columns text NOT NULL
) ON COMMIT DROP
