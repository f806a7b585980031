-- name: the jobs of this schema's tables whose last run failed
-- grain: job_id
-- keys: job_id
-- reads: timescaledb_information.jobs, timescaledb_information.job_stats
SELECT
    j.job_id,
    j.proc_name::text AS job,
    s.last_run_started_at,
    s.total_failures
FROM timescaledb_information.jobs AS j
INNER JOIN timescaledb_information.job_stats AS s ON s.job_id = j.job_id
WHERE s.last_run_status = 'Failed' AND j.owner = current_user::regrole
ORDER BY j.job_id
