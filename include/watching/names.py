"""The checks' names, to be read without what they compute with."""

OFTEN = ("freshness", "gaps", "inputs", "answers", "skew", "training", "calibration", "failed_runs")
DAILY = ("skew_day", "drift", "replay")
CHECK_NAMES = (*OFTEN, *DAILY)
