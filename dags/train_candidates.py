"""
### train_candidates: features and labels → candidates → champion, weekly

| | |
|---|---|
| **in** | `minute_features` and `minute_labels` up to `as_of`, the candidates of the settings |
| **out** | `model_evaluations`, `promotions` (refusals too), `models`; read `model_leaderboard`, and *Model cards* in an ended task's details |
| **schedule** | Sundays 03:00 UTC for the live cells; the whole grid by hand with the form |
| **a rerun** | trains again and records it again; cells are committed one by one, so a crash leaves each champion whole |

A candidate reigns only where it beats the 60-minute volatility baseline out of sample, with an interval that excludes
zero; else that baseline scores. 'No edge' is an answer, and most weeks it is the answer.

**Triage.** *There is too little history*: load more with `backfill_metrics`. *No minute is loaded*: run
`ingest_metrics` or `backfill_metrics` first. A killed task: clear it; champions are as they were.
"""

from __future__ import annotations

from typing import Any

from airflow.sdk import Param, dag, get_current_context, task

from include.orchestration.defaults import RETRIED, START, TAGS, TRAINING_POOL
from include.orchestration.model_links import training_task

FORM = {
    "as_of": Param(
        default=None,
        type=["null", "string"],
        title="as of",
        description="Last market time to use, UTC; empty: the newest minute",
    ),
    "horizons": Param(
        default=[],
        type="array",
        items={"type": "integer"},
        title="horizons",
        description="Minutes; empty: those of the cells",
    ),
    "candidates": Param(
        default=[],
        type="array",
        items={"type": "string"},
        title="candidates",
        description="Empty: those of the settings",
    ),
    "grid": Param(
        default=False,
        type="boolean",
        title="whole grid",
        description="All horizons x thresholds, not only the live cells",
    ),
}


@dag(
    schedule="0 3 * * 0",
    start_date=START,
    catchup=False,
    max_active_runs=1,
    params=FORM,
    doc_md=__doc__,
    tags=TAGS,
    default_args=RETRIED,
)
def train_candidates() -> None:
    @task
    def choose_horizons() -> list[int]:
        from include.settings import load_settings

        params = get_current_context()["params"]
        return sorted({cell.horizon_minutes for cell in load_settings().cells(params["horizons"], grid=params["grid"])})

    @training_task(pool=TRAINING_POOL, map_index_template="{{ task.op_kwargs['horizon'] }} minutes")
    def train(horizon: int) -> list[dict[str, Any]]:
        from include.orchestration.connections import pipeline
        from include.orchestration.processes import run_command
        from include.orchestration.training import train_arguments

        return run_command(pipeline(), train_arguments(horizon, get_current_context()["params"]))

    train.expand(horizon=choose_horizons())


train_candidates()
