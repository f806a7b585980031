-- name: old chunks are held by columns: a symbol's minutes together, newest first
-- grain: none
-- keys: none
-- reads: minute_metrics
ALTER TABLE minute_metrics SET (
    timescaledb.enable_columnstore = TRUE,
    timescaledb.segmentby = 'symbol',
    timescaledb.orderby = 'ts DESC'
)
