"""
### monitor_pipeline: everything → checks and alerts, every ten minutes

| | |
|---|---|
| **in** | minutes, signals, their inputs and outcomes, the champions, the alerts of failed tasks |
| **out** | `pipeline_checks`, a row a check and thing checked (`checks_latest`, `blocking_checks`); `alerts` |
| **schedule** | every ten minutes; those below `daily` once a UTC day, from 03:00 on. One task at a time, so that the live tasks are not held up |
| **a rerun** | looks again and appends rows; an alert that is open stays the same alert |

**Triage.** A red task is a check that is not ok. Its error is the sentence of what was found and names a section of
`docs/runbook.md`. While the newest row of `skew` is *failed*, its symbol is answered with `ABSTAIN`; the next run that
does not find it failed lets signals go on. Green with *unknown* in the log: too little to tell. Red with another error
than *See docs/runbook.md*: the check could not look; the error says what to do.
"""

from __future__ import annotations

from airflow.sdk import dag, task

from include.orchestration.defaults import START, TAGS, WATCHED
from include.watching.names import DAILY, OFTEN


@dag(
    schedule="*/10 * * * *",
    start_date=START,
    catchup=False,
    max_active_runs=1,
    max_active_tasks=1,
    doc_md=__doc__,
    tags=TAGS,
    default_args=WATCHED,
)
def monitor_pipeline() -> None:
    @task(priority_weight=10)
    def check(name: str) -> None:
        from include.orchestration.monitoring import check

        check(name)

    @task.branch
    def daily() -> list[str]:
        from include.orchestration.connections import pipeline
        from include.watching.checks import due

        return due(pipeline())

    @task
    def tell() -> int:
        from include.orchestration.alerts import tell_open
        from include.orchestration.connections import pipeline

        return tell_open(pipeline().warehouse)

    for name in OFTEN:
        check.override(task_id=name)(name)
    daily() >> [check.override(task_id=name, priority_weight=1)(name) for name in DAILY]
    tell()


monitor_pipeline()
