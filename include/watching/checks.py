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
ONCE_A_DAY = timedelta(hours=23, minutes=30)  # of a schedule of ten minutes, a day's checks keep their time of day


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


def is_due(pipeline: Pipeline, name: str, now: datetime | None = None) -> bool:
    """Whether a check of once a day has not run for that long."""
    last = last_checked(pipeline.warehouse, name)
    return last is None or (now or datetime.now(UTC)) - last >= ONCE_A_DAY
