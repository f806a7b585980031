-- name: settle what is due of a symbol
-- grain: one row with the counts
-- keys: none
-- reads: settle_outcomes
SELECT settled, resettled, days, signals_left, minutes_left, is_waiting
FROM settle_outcomes(%(symbol)s, %(most_signals)s, %(most_time)s, %(asks_ledger)s)
