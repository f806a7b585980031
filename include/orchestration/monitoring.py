"""A check as a task: it writes its rows, its alerts follow, and it is red where the check is not ok."""

from __future__ import annotations

from include.orchestration.alerts import follow_check
from include.orchestration.connections import pipeline
from include.watching.checks import require_ok, run_checks


def check(name: str) -> None:
    """Run the check of that name; raises CheckFailed where it is alert or failed."""
    watched = pipeline()
    results = run_checks(watched, [name])
    follow_check(watched.warehouse, name, results)
    require_ok(results)
