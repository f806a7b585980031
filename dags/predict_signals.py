"""
### predict_signals: champion → signals → outcomes, as soon as a minute is loaded

| | |
|---|---|
| **in** | the unanswered settled minutes of the last day, in the version of `minute_features` that each champion of `models` knows |
| **out** | `signals` (a live cell and minute each, and a challenger's), `signal_inputs`, `signal_commits`, `settled_outcomes`; `performance_days` |
| **schedule** | by the asset of `ingest_metrics`; asset events may coalesce, so a run answers all that is open, newest first |
| **a rerun** | answers nothing twice: an answered minute stays answered; an outcome is settled again where a correction changed it |

**Triage.** *No live cell has a champion yet*: run `train_candidates`. *Run `cortex-signals migrate`*: run
`migrate_warehouse`. Many `ABSTAIN`: `reason_code` and `reason` say why; for what is missing see `coverage_gaps`, for
`kill_switch` see `kill_switch_state`, for `failed_check` see `pipeline_checks` and docs/runbook.md. Signals that are
`is_late` were answered after an outage and are not live. `settle` begins no further transaction after ten seconds, so
that after an upgrade, or when prices of years were corrected, it catches up over many runs (`left`, `minutes_left`):
`cortex-signals settle` does it at once. On paper: nothing here sends an order. More: `docs/runbook.md#predict_signals`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from airflow.sdk import dag, task

from include.orchestration.defaults import LIVE, MINUTES, SIGNALS, START, TAGS


@dag(
    schedule=[MINUTES], start_date=START, catchup=False, max_active_runs=1, doc_md=__doc__, tags=TAGS, default_args=LIVE
)
def predict_signals() -> None:
    @task(outlets=[SIGNALS])
    def predict() -> dict[str, Any]:
        from include.orchestration.connections import pipeline
        from include.predict import predict

        return predict(pipeline()).as_dict()

    @task
    def settle() -> dict[str, int]:
        from include.orchestration.connections import pipeline
        from include.settle import settle

        return settle(pipeline(), longest=timedelta(seconds=10)).as_dict()

    predict() >> settle()


predict_signals()
