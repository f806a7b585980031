-- name: take the policy away, to add it with another age
-- grain: none
-- keys: none
-- reads: minute_metrics
CALL remove_columnstore_policy('minute_metrics', if_exists => TRUE)
