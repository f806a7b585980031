-- name: settle what is due of a symbol
-- grain: one row with the counts
-- keys: none
-- reads: settle_outcomes
SELECT settled, resettled, days, signals_left
FROM settle_outcomes(%(symbol)s, %(most_signals)s)
