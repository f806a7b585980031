"""
### repair_gaps: raw → raw, daily

| | |
|---|---|
| **in** | the warehouse's own rows: every minute and metric that is missing in the last `ingest.repair_lookback_days` |
| **out** | what the source has of them by now: `minute_metrics`, `metric_arrivals`, `source_absences`, `ingest_windows` |
| **schedule** | 04:20 UTC daily; by hand with a range, which is then asked for at once |
| **a rerun** | asks for what is still missing and due: 1 hour, 1 day and 7 days after the source lacked it, then no more |

**Triage.** Green with gaps left is no failure: `SELECT * FROM coverage_gaps` says of each why. *Has no sample*: the source
has no recent price, so nothing was asked; check tenant and exporter. *Windows failed*: the other gaps are repaired; clear
the task when the reason is gone. More: `docs/runbook.md#repair_gaps`.
"""

from __future__ import annotations

from typing import Any

from airflow.sdk import Param, dag, get_current_context, task

from include.orchestration.defaults import CORTEX_POOL, RETRIED, START, TAGS

FORM = {
    name: Param(default=None, type=["null", "string"], title=name, description=description)
    for name, description in {
        "from": "First minute (its end), UTC, included: 2026-01-31T00:00Z; empty: what is due of the look-back",
        "to": "End of the range, UTC, not included; empty: the newest stored minute",
    }.items()
}


@dag(
    schedule="20 4 * * *",
    start_date=START,
    catchup=False,
    max_active_runs=1,
    params=FORM,
    doc_md=__doc__,
    tags=TAGS,
    default_args=RETRIED,
)
def repair_gaps() -> None:
    @task(pool=CORTEX_POOL)
    def repair() -> dict[str, Any]:
        from include.ingest import parse_minute
        from include.orchestration.connections import pipeline
        from include.repair import repair

        given = get_current_context()["params"]
        start, end = (parse_minute(given[name]) if given[name] else None for name in ("from", "to"))
        return repair(pipeline(), start, end).as_dict()

    repair()


repair_gaps()
