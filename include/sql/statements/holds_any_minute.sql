-- name: whether any minute of a window is stored
-- grain: one row
-- keys: none
-- reads: minute_metrics
SELECT
    EXISTS (
        SELECT FROM minute_metrics AS m WHERE m.symbol = %(symbol)s AND m.ts >= %(start)s AND m.ts < %(end)s
    ) AS any_held
