"""
### backfill_metrics: source → raw, a range of history by hand

| | |
|---|---|
| **in** | Cortex: the minutes with `from` <= ts < `to` of one symbol or all |
| **out** | `minute_metrics`, `metric_revisions`, `source_absences`, `quarantined_samples`, `ingest_windows` |
| **schedule** | by hand, with the form; one mapped task a week, as many at a time as the pool `cortex` has slots |
| **a rerun** | skips weeks of which nothing is missing but what the source lacks; safe beside any other load |

**Triage.** A red week names its window and reason in the log's error and in `ingest_windows.error`; the other
weeks are loaded. Clear the red tasks when the reason is gone. Weeks before the source's history are empty and green;
a red `confirm` says that all of them were: tenant, symbol or metric is wrong, or the range. More: `docs/runbook.md#backfill_metrics`.
"""

from __future__ import annotations

from typing import Any

from airflow.sdk import Param, dag, get_current_context, task

from include.orchestration.defaults import CORTEX_POOL, RETRIED, START, TAGS

FORM = {
    "from": Param(
        type="string", title="from", description="First minute (its end), UTC, included: 2026-01-31T00:00Z", minLength=1
    ),
    "to": Param(default="", type="string", title="to", description="End of the range, UTC, not included; empty: now"),
    "adopt_source": Param(
        default=False, type="boolean", title="adopt source", description="The source is the same data at a new address"
    ),
    "symbol": Param(
        default=None, type=["null", "string"], title="symbol", description="A name of the settings; empty: all"
    ),
}


@dag(schedule=None, start_date=START, catchup=False, params=FORM, doc_md=__doc__, tags=TAGS, default_args=RETRIED)
def backfill_metrics() -> None:
    @task
    def plan_weeks() -> list[dict[str, str]]:
        from include.ingest import plan_windows
        from include.orchestration.connections import pipeline

        params = get_current_context()["params"]
        source = pipeline(adopt_source=params["adopt_source"])
        return plan_windows(source, params["from"], params["to"], params["symbol"])

    @task(pool=CORTEX_POOL, map_index_template="{{ task.op_kwargs['window']['from'] }}")
    def load_week(window: dict[str, str]) -> dict[str, Any]:
        from include.ingest import load_planned_window
        from include.orchestration.connections import pipeline

        return load_planned_window(pipeline(), window).as_dict()

    @task
    def confirm(weeks: list[dict[str, str]], loaded: list[dict[str, Any]]) -> int:
        from include.ingest import confirm_planned
        from include.orchestration.connections import pipeline

        return confirm_planned(pipeline(), weeks, [week["empty"] for week in loaded])

    weeks = plan_weeks()
    confirm(weeks, load_week.expand(window=weeks))


backfill_metrics()
