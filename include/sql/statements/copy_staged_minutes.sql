-- name: a window's minutes as text, epoch seconds of the minute's end first after the symbol
-- grain: symbol, ts
-- keys: symbol, ts
-- reads: nothing
COPY staged_minutes FROM STDIN
