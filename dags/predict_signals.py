"""
### predict_signals: champion → signals, as soon as a minute is loaded

| | |
|---|---|
| **in** | the unanswered settled minutes of the last day, in the version of `minute_features` that each champion of `models` knows |
| **out** | `signals` (one row a live cell and minute, `ABSTAIN` included) and `signal_inputs`, append-only |
| **schedule** | by the asset of `ingest_metrics`; asset events may coalesce, so a run answers all that is open, newest first |
| **a rerun** | answers nothing twice: an answered minute stays answered |

**Triage.** *No live cell has a champion yet*: run `train_candidates`. *Run `cortex-signals migrate`*: run
`migrate_warehouse`. Many `ABSTAIN`: their `reason` says what is missing; `SELECT * FROM coverage_gaps`. Signals that
are `is_late` were answered after an outage and are not live. These are signals on paper: nothing here sends an order.
More: `docs/runbook.md#predict_signals`.
"""

from __future__ import annotations

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

    predict()


predict_signals()
