"""
### ingest_metrics: source → raw, every minute

| | |
|---|---|
| **in** | Cortex: the minutes since the watermark, and ten minutes before it again |
| **out** | `minute_metrics`, `metric_revisions`, `source_absences`, `ingest_windows`; the asset that starts `predict_signals` |
| **schedule** | every minute; waits for the settle delay, then until the minute is there or its deadlines are over |
| **a rerun** | writes only rows that differ; after hours of being down, one run loads them all |

**Triage.** Red for a minute or two and green again: nothing was lost, the next run loaded it. *Cannot be reached*: is
Cortex up, is the connection `cortex` right? *Refused the login*: tenant or token of that connection. *Has no sample*:
Cortex answers 200 to a mistyped tenant; compare tenant, `[[symbols]]` and `[metrics]`; a red `confirm` says it of one
symbol or metric, and the others were loaded and answered. *Series answer for*: two series are one metric of a symbol; add a matcher, or name the
replica label. *Holds the minutes of another source*: this warehouse was filled from somewhere else; choose another
database. `cortex-signals doctor` checks all of it. More: `docs/runbook.md#ingest_metrics`.
"""

from __future__ import annotations

from typing import Any

from airflow.sdk import dag, task

from include.orchestration.defaults import LIVE, MINUTES, START, TAGS


@dag(
    schedule="* * * * *",
    start_date=START,
    catchup=False,
    max_active_runs=1,
    doc_md=__doc__,
    tags=TAGS,
    default_args=LIVE,
)
def ingest_metrics() -> None:
    @task(outlets=[MINUTES])
    def ingest() -> dict[str, Any]:
        from include.ingest import ingest_live
        from include.orchestration.connections import pipeline

        return ingest_live(pipeline()).as_dict()

    @task
    def confirm(loaded: dict[str, Any]) -> None:
        from include.ingest import confirm_ingested

        confirm_ingested(loaded["complaint"])

    confirm(ingest())


ingest_metrics()
