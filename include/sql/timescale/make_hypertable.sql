-- name: the minutes in chunks of time, those that are there already included
-- grain: one row
-- keys: none
-- reads: minute_metrics
-- No index on ts alone is added: reads name the symbol, as on a plain server.
SELECT
    create_hypertable(
        'minute_metrics',
        by_range('ts', make_interval(days => %(chunk_days)s)),
        create_default_indexes => FALSE,
        if_not_exists => TRUE,
        migrate_data => TRUE
    )
