"""The steps of upkeep, to be read without what they work with; first what makes room, then what counts it, then the copy."""

STEPS = (
    "collect_artifacts", "drop_expired", "refresh_candles", "vacuum_and_analyse", "clean_logs", "clean_metadata", "back_up"
)  # fmt: skip
