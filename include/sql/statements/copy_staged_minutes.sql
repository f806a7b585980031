-- name: a window's minutes in binary: the minute's end, the metrics, and the columns asked by expression as an array's text
-- grain: ts
-- keys: ts
-- reads: nothing
COPY staged_minutes FROM STDIN (FORMAT binary)
