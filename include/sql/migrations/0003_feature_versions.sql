-- name: every version of the features has a view of its own
-- Numbered, checksummed, run once; a change is a new file.

ALTER TABLE feature_versions ADD COLUMN lookback_minutes integer [];
COMMENT ON COLUMN feature_versions.lookback_minutes IS 'Minutes before ts that each column uses, in the order of columns; 0: the row of ts alone; NULL: not recorded (versions before the schema''s 0003)';
COMMENT ON COLUMN feature_versions.feature_version IS 'Number of the version, counted up; its view is minute_features_v<number>, kept while a model rests on it';

-- what is in force so far goes on as the view of its version: the models that were trained on it are scored through it
DO $$
DECLARE
    in_force integer;
    feature text;
    comment text;
BEGIN
    SELECT v.feature_version INTO in_force
    FROM feature_versions AS v
    INNER JOIN view_definitions AS d
        ON
            d.name = '20_features/minute_features.sql'
            AND d.hash = encode(
                sha256(convert_to(substr(v.definition, strpos(v.definition, '-- name: what a model sees of a minute')), 'UTF8')),
                'hex'
            );
    IF in_force IS NULL THEN
        RETURN;
    END IF;
    EXECUTE format('CREATE VIEW minute_features_v%s AS %s', in_force, pg_get_viewdef('minute_features'::regclass));
    EXECUTE format(
        'COMMENT ON VIEW minute_features_v%s IS %L',
        in_force, format('Version %s of minute_features, kept while a model rests on it', in_force)
    );
    FOR feature, comment IN
        SELECT a.attname, col_description(a.attrelid, a.attnum)
        FROM pg_attribute AS a
        WHERE a.attrelid = 'minute_features'::regclass AND a.attnum > 0
    LOOP
        EXECUTE format('COMMENT ON COLUMN minute_features_v%s.%I IS %L', in_force, feature, comment);
    END LOOP;
END
$$;

-- a minute is a whole one: the first check rounded to seconds. Not checked against what is there
ALTER TABLE minute_metrics DROP CONSTRAINT IF EXISTS minute_metrics_ts_check;
ALTER TABLE minute_metrics ADD CONSTRAINT minute_metrics_ts_check
CHECK (ts = date_bin(INTERVAL '1 minute', ts, TIMESTAMPTZ '2000-01-01 00:00Z')) NOT VALID;
