"""The settings of upkeep: how long what piles up is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

DAYS = {
    "keep_logs_days": 30,
    "keep_metadata_days": 90,
    "keep_checks_days": 400,
    "keep_windows_days": 400,
    "keep_artifacts_days": 90,
    "keep_minutes_days": 0,
    "keep_signals_days": 0,
}  # as shipped, for a settings file of before they could be set
KEEP_BACKUPS = 14
LEAST_DAYS = {
    "keep_metadata_days": 8,
    "keep_checks_days": 8,
    "keep_windows_days": 8,
}  # what the checks and pages look back


@dataclass(frozen=True)
class Upkeep:
    """How long each is kept; None: for ever. `backups`: how many of the newest are kept."""

    logs: timedelta | None
    metadata: timedelta | None
    checks: timedelta | None
    windows: timedelta | None
    artifacts: timedelta | None
    minutes: timedelta | None
    signals: timedelta | None
    backups: int


def parse_upkeep(entry: Mapping[str, Any], needed_minutes: timedelta) -> Upkeep:
    """The section [upkeep], checked.

    Parameters
    ----------
    needed_minutes
        How far back trainings and repairs read minutes: a shorter `keep_minutes_days` is refused.

    Raises
    ------
    ValueError
        It holds an unknown entry, or one that is out of range.
    """
    if unknown := entry.keys() - DAYS.keys() - {"keep_backups"}:
        raise ValueError(f"[upkeep] holds {', '.join(sorted(unknown))}; known: {', '.join([*DAYS, 'keep_backups'])}")
    kept = {name: _kept(name, entry.get(name, default)) for name, default in DAYS.items()}
    minutes = kept["keep_minutes_days"]
    if minutes is not None and minutes < needed_minutes:
        raise ValueError(
            f"upkeep.keep_minutes_days is {minutes.days}, under the {needed_minutes / timedelta(days=1):g} days that "
            "training.history_days, ingest.repair_lookback_days and ingest.first_load_days reach back"
        )
    backups = int(entry.get("keep_backups", KEEP_BACKUPS))
    if backups < 1:
        raise ValueError(f"upkeep.keep_backups is {backups}, not 1 or more")
    return Upkeep(
        **{name.removeprefix("keep_").removesuffix("_days"): span for name, span in kept.items()}, backups=backups
    )


def _kept(name: str, days: Any) -> timedelta | None:
    if isinstance(days, bool) or int(days) != days or days < 0 or 0 < days < LEAST_DAYS.get(name, 1):
        least = LEAST_DAYS.get(name, 1)
        raise ValueError(f"upkeep.{name} is {days}, neither a whole number of days from {least} on nor 0 (for ever)")
    return timedelta(days=int(days)) if days else None
