-- name: corrected minutes are remembered until they are looked at, so that settling them goes in steps
-- Numbered, checksummed, run once; a change is a new file.

ALTER TABLE settle_marks ADD COLUMN minutes_due tstzmultirange NOT NULL DEFAULT '{}';
COMMENT ON COLUMN settle_marks.minutes_due IS 'Minutes, UTC, whose price came or was corrected and that are not looked at yet: [ts, ts + 1 minute) each';
COMMENT ON COLUMN settle_marks.looked_at IS 'Minutes that were loaded before were looked at, or are among minutes_due';
DROP FUNCTION IF EXISTS settle_outcomes(text, integer);

COMMENT ON COLUMN performance_days.model_id IS 'Model that scored them, or was asked; NULL: minutes that were abstained from without one';
COMMENT ON COLUMN performance_days.latency_median_seconds IS 'Median of the seconds from the minute''s end to the commit of its signals (signal_commits; where it has none, to the decision); NULL: no signal';
COMMENT ON COLUMN performance_days.latency_p95_seconds IS '95th percentile of the same, seconds; NULL: no signal';
COMMENT ON COLUMN performance_days.latency_max_seconds IS 'Largest of the same, seconds; NULL: no signal';
