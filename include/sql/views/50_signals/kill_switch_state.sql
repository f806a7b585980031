-- name: whether a person has turned signals off: the newest act for each symbol, and for all of them
-- grain: symbol
-- keys: symbol
-- reads: kill_switch
CREATE OR REPLACE VIEW kill_switch_state AS
SELECT DISTINCT ON (k.symbol)
    k.symbol,
    k.is_on,
    k.reason,
    k.set_by,
    k.set_at
FROM kill_switch AS k
ORDER BY k.symbol, k.switch_id DESC;
COMMENT ON VIEW kill_switch_state IS 'The newest act of the kill switch for each symbol and for all of them; on in either row, the symbol''s minutes are answered with ABSTAIN. No row: never used';
COMMENT ON COLUMN kill_switch_state.symbol IS 'Name of the market; NULL: all of them';
COMMENT ON COLUMN kill_switch_state.is_on IS 'True: ABSTAIN; false: signals';
COMMENT ON COLUMN kill_switch_state.reason IS 'Why, in the words of who did it';
COMMENT ON COLUMN kill_switch_state.set_by IS 'Who: the user of Airflow''s web UI, or the database login';
COMMENT ON COLUMN kill_switch_state.set_at IS 'When';
