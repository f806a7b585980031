-- name: look at all signals of a span again
-- grain: one row with the counts
-- keys: none
-- reads: settle_span
SELECT settled, resettled, days
FROM settle_span(%(symbol)s, %(start)s, %(end)s)
