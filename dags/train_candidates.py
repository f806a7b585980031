"""
### train_candidates: features and labels → candidates → champion, weekly

| | |
|---|---|
| **in** | `minute_features` and `minute_labels` up to `as_of`, the candidates of the settings |
| **out** | `models`, `model_evaluations`, `promotions`, `overfitting_checks`; read `model_leaderboard`, and *Model cards* in a task's details |
| **schedule** | Sundays 03:00 UTC for the live cells; the whole grid by hand with the form |
| **a rerun** | of this run trains the cells it has not recorded yet; a new run trains all anew. Each cell is committed by itself |

A candidate reigns only where it beats the reigning recipe and the baselines out of sample, with an interval that
excludes zero; else the volatility baseline scores. 'No edge' is an answer, and most weeks it is the answer. Where a
live cell has no champion at all, a run of the schedule tries `logistic` and `lightgbm` alone, so that signals begin soon.

With `training.approval` a new recipe that passed waits under **Required Actions** for a person, one question a cell;
without it, `decide` is skipped. Without an answer within 6 days nothing is promoted and the champion reigns on.

**Triage.** *There is too little history*: load more with `backfill_metrics`. *No minute is loaded*: run
`ingest_metrics` or `backfill_metrics` first. A killed task: clear it; champions are as they were. *Proposal … is out
of date*, or *was declined already*: a later training or another answer came first; nothing is to be done. A champion
that should not reign: `cortex-signals rollback`. More: `docs/runbook.md#train_candidates`.
"""

from __future__ import annotations

from typing import Any

from airflow.sdk import dag, get_current_context, task, task_group

from include.orchestration import model_links, training
from include.orchestration.approval import ask_a_person
from include.orchestration.defaults import RETRIED, START, TAGS, where_trainings_run
from include.orchestration.training_form import training_form
from include.settings import load_settings


@dag(
    schedule="0 3 * * 0",
    start_date=START,
    catchup=False,
    max_active_runs=4,  # a question that waits holds up no other run; trainings wait for each other in their pool
    params=training_form(load_settings()),
    doc_md=__doc__,
    tags=TAGS,
    default_args=RETRIED,
)
def train_candidates() -> None:
    @task
    def plan() -> list[list[str]]:
        from include.orchestration.connections import pipeline

        context = get_current_context()
        is_scheduled = context["dag_run"].run_type == "scheduled"
        return training.plan_training(pipeline(), context["params"], context["run_id"], is_scheduled=is_scheduled)

    @model_links.training_task(map_index_template="{{ task.op_kwargs['arguments'][2] }} min", **where_trainings_run())
    def train(arguments: list[str]) -> list[dict[str, Any]]:
        from include.orchestration.connections import pipeline
        from include.orchestration.processes import run_command

        return run_command(pipeline(), arguments)

    @task
    def check_overfitting() -> list[dict[str, Any]]:
        from include.orchestration.connections import pipeline

        return training.check_overfitting(pipeline(), get_current_context()["run_id"])

    @task
    def proposals(checks: list[dict[str, Any]]) -> list[dict[str, Any]]:
        from include.orchestration.connections import pipeline

        return training.questions(pipeline(), get_current_context()["run_id"], checks)

    @task
    def answer(proposal: int, response: dict[str, Any]) -> dict[str, Any]:
        from include.orchestration.connections import pipeline

        return training.answer_proposal(pipeline(), proposal, response)

    @task_group
    def decide(proposal: int, subject: str, body: str) -> None:
        answer(proposal, ask_a_person(subject, body).output)

    checked = check_overfitting()
    train.expand(arguments=plan()) >> checked
    decide.expand_kwargs(proposals(checked))


train_candidates()
