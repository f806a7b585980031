"""What shows only later: signals that do not come out again, and tasks that failed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from include.pipeline import Pipeline
from include.warehouse.checks import failed_tasks
from include.watching.result import CheckResult

if TYPE_CHECKING:
    from include.replay import ReplaySample


def replay(pipeline: Pipeline) -> Iterator[CheckResult]:
    """A sample of stored signals against their recomputation; a difference is failed, and stops nothing.

    What differs is in the past: the evidence was changed, or this code is not what scored it. Signals to come are scored
    by the artifact's checked bytes on inputs that `skew` compares, so that stopping them would mend nothing.
    """
    from include.replay import replay_sample  # loads the models' libraries, which no other check needs

    watching = pipeline.settings.watching
    yield of_sample(replay_sample(pipeline, watching.replayed_signals, watching.replayed.days))


def of_sample(sample: ReplaySample) -> CheckResult:
    """What a sample's counts mean."""
    if not sample.checked:
        return CheckResult("replay", "unknown", "No signal of the last days was scored.", None, 0.0)
    different = len(sample.different)
    text = (
        f"{sample.checked} stored signals were computed again: {sample.equal} have the same bits, {sample.within_tolerance} are "
        f"within 1e-9 under other libraries or another machine, {different} came out otherwise."
    )
    status = "failed" if different else "ok"
    return CheckResult("replay", status, text, float(different), 0.0, evidence=sample.as_dict())


def failed_runs(pipeline: Pipeline) -> Iterator[CheckResult]:
    """Tasks that failed and have not succeeded since.

    Their alerts are what is counted: a task has no other sight of other DAGs' runs without Airflow's metadata.
    """
    found = failed_tasks(pipeline.warehouse, datetime.now(UTC) - timedelta(days=1))
    still = [row for row in found if row["is_open"]]
    names = ", ".join(row["alert_key"].removeprefix("task:") for row in still)
    text = f"{len(found)} tasks failed in the last day or before; {len(still)} have not succeeded since"
    evidence = {row["alert_key"]: row["last_seen_at"].isoformat() for row in found}
    yield CheckResult(
        "failed_runs",
        "alert" if still else "ok",
        f"{text}: {names}." if still else f"{text}.",
        float(len(still)),
        0.0,
        evidence=evidence,
    )
