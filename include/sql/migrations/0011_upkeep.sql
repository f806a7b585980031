-- name: what upkeep rests on: artifacts that may be emptied, and when autovacuum comes by the tables that only grow
-- Numbered, checksummed, run once; a change is a new file.

ALTER TABLE models
ALTER COLUMN artifact DROP NOT NULL,
ADD COLUMN artifact_collected_at timestamptz,
ADD CONSTRAINT models_artifact_kept CHECK ((artifact IS NULL) = (artifact_collected_at IS NOT NULL));
COMMENT ON TABLE models IS 'One row a trained model that was registered; rows are never changed, but for the bytes of a model that nothing refers to';
COMMENT ON COLUMN models.artifact IS 'The fitted model, never a pickle; NULL: its bytes were collected, see artifact_collected_at';
COMMENT ON COLUMN models.artifact_collected_at IS 'When its bytes were collected, since it never reigned, does not challenge and no signal refers to it; NULL: they are there';

-- Autovacuum's defaults count changes as a share of the table: of 1.3 million minutes a fifth is half a year of one
-- symbol, and a tenth, for the statistics, three months of minutes that the planner takes for none. These tables get
-- rows at their end and hardly a change: a vacuum reads what is new alone (older pages are marked all-visible), an
-- analyze a sample of fixed size. So both come after a number of rows: each week or so of one symbol, each day of ten.
ALTER TABLE minute_metrics SET (
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 10000,
    autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 10000
);
ALTER TABLE signal_inputs SET (
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 10000,
    autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 10000
);
ALTER TABLE signal_commits SET (
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 10000,
    autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 10000
);
ALTER TABLE ingest_windows SET (
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 10000,
    autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 10000
);
ALTER TABLE pipeline_checks SET (
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 10000,
    autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 10000
);
-- Six rows a minute and symbol: 0009_page.sql has the vacuum of signals after 10,000, which is a day.
ALTER TABLE signals SET (autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 50000);
ALTER TABLE settled_outcomes SET (
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 10000,
    autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 50000
);
