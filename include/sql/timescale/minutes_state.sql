-- name: how the minutes lie where TimescaleDB is there
-- grain: one row
-- keys: none
-- reads: timescaledb_information.hypertables, timescaledb_information.chunks, timescaledb_information.jobs
SELECT
    h.hypertable_name IS NOT NULL AS is_hypertable,
    coalesce(h.compression_enabled, FALSE) AS has_columnstore,
    coalesce(h.num_chunks, 0) AS chunks,
    (
        SELECT count(*)
        FROM timescaledb_information.chunks AS c
        WHERE
            c.hypertable_schema = h.hypertable_schema
            AND c.hypertable_name = h.hypertable_name
            AND c.is_compressed
    ) AS compressed_chunks,
    (
        SELECT (j.config ->> 'compress_after')::interval
        FROM timescaledb_information.jobs AS j
        WHERE
            j.hypertable_schema = h.hypertable_schema
            AND j.hypertable_name = h.hypertable_name
            AND j.config ? 'compress_after'
    ) AS compress_after,
    (
        SELECT d.time_interval
        FROM timescaledb_information.dimensions AS d
        WHERE
            d.hypertable_schema = h.hypertable_schema
            AND d.hypertable_name = h.hypertable_name
            AND d.column_name = 'ts'
    ) AS chunk_interval,
    pg_table_size('minute_metrics') + pg_indexes_size('minute_metrics') AS plain_bytes
FROM (SELECT current_schema() AS name) AS s
LEFT JOIN timescaledb_information.hypertables AS h
    ON h.hypertable_schema = s.name AND h.hypertable_name = 'minute_metrics'
