"""The checks by name; each run writes its rows in one transaction."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta

from include.errors import CheckFailed
from include.pipeline import Pipeline
from include.warehouse.checks import append_checks, last_checked
from include.watching.arrival import freshness, gaps
from include.watching.calibration import calibration
from include.watching.drift import drift
from include.watching.evidence import failed_runs, replay
from include.watching.names import DAILY
from include.watching.result import CheckResult
from include.watching.skew import skew, skew_day
from include.watching.trained import training
from include.watching.usable import answers, inputs

log = logging.getLogger(__name__)

RUNBOOK = "docs/runbook.md"
CHECKS: dict[str, Callable[[Pipeline], Iterable[CheckResult]]] = {
    "freshness": freshness,
    "gaps": gaps,
    "inputs": inputs,
    "answers": answers,
    "skew": skew,
    "training": training,
    "calibration": calibration,
    "failed_runs": failed_runs,
    "skew_day": skew_day,
    "drift": drift,
    "replay": replay,
}
DAILY_FROM = timedelta(hours=3)  # of each UTC day


def run_checks(pipeline: Pipeline, names: Sequence[str] = ()) -> list[CheckResult]:
    """Run the checks of those names, all where none is given, and write what each found.

    Raises
    ------
    NotReady, SourceMismatch, SourceUnreachable, WarehouseError
        A check could not look; the rows of those before it are written.
    """
    found: list[CheckResult] = []
    for name in names or CHECKS:
        results = list(CHECKS[name](pipeline))
        with pipeline.warehouse.transaction("writer") as connection:
            append_checks(connection, [result.as_dict() for result in results])
        for result in results:
            log.info("%s %s: %s", result.name, result.status, result.detail)
        found += results
    return found


def require_ok(results: Sequence[CheckResult]) -> None:
    """Raises CheckFailed where one is alert or failed, with every such sentence and its section of the runbook."""
    troubles = [result for result in results if result.is_trouble]
    if troubles:
        sections = " ".join(sorted({f"{RUNBOOK}#{trouble.runbook}" for trouble in troubles}))
        raise CheckFailed(f"{' '.join(trouble.detail for trouble in troubles)} See {sections}.")


def due(pipeline: Pipeline, now: datetime | None = None) -> list[str]:
    """The checks of once a day that have not run since the newest 03:00 UTC, each by itself.

    One that could not look wrote no row, and is due until it can; a run by hand before 03:00 does not count for the day.
    """
    now = now or datetime.now(UTC)
    begins = (now - DAILY_FROM).replace(hour=0, minute=0, second=0, microsecond=0) + DAILY_FROM
    last = last_checked(pipeline.warehouse, DAILY)
    return [name for name in DAILY if (ran := last[name]) is None or ran < begins]
