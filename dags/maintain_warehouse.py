"""
### maintain_warehouse: room, statistics, backups, daily

| | |
|---|---|
| **in** | the warehouse, Airflow's log files and its own database; `[upkeep]` of the settings, `CORTEX_SIGNALS_BACKUPS` |
| **out** | bytes of models that nothing needs given up, expired rows dropped, tables vacuumed and analysed, old logs and old runs removed, a backup |
| **schedule** | 03:20 UTC daily, one step at a time, so that the live tasks are not held up |
| **a rerun** | does what is left to do: nothing is lost by one, or by a run killed midway. A backup is one more file |

As shipped, minutes and signals are kept for ever: `drop_expired` thins `pipeline_checks` and `ingest_windows` alone. A step that
is not asked for is skipped: `refresh_candles` without stored candles, `back_up` without `CORTEX_SIGNALS_BACKUPS`, and
`clean_metadata` where this process is not told the address of Airflow's database (docs/upkeep.md says where it runs then).

**Triage.** No step waits for another, and signals go on whatever is red here. `cortex-signals maintain STEP` does the same on
the terminal, `--dry-run` only counts. *Belongs to another login*: the connection warehouse is not the schema's owner.
*Uses what is to be changed*: somebody held a table; the next night's run does it. *Cannot be written*: is the disk full?
`back_up` red for two days: there is no newer backup than that. More: `docs/runbook.md#maintain_warehouse`.
"""

from __future__ import annotations

from typing import Any

from airflow.sdk import dag, task

from include.orchestration.defaults import RETRIED, START, TAGS
from include.upkeep_names import STEPS


@dag(
    schedule="20 3 * * *",
    start_date=START,
    catchup=False,
    max_active_runs=1,
    max_active_tasks=1,
    doc_md=__doc__,
    tags=TAGS,
    default_args=RETRIED,
)
def maintain_warehouse() -> None:
    @task
    def step(name: str) -> dict[str, Any]:
        from include.orchestration.upkeep import maintain

        return maintain(name)

    for weight, name in enumerate(reversed(STEPS), start=1):
        step.override(task_id=name, priority_weight=weight)(name)


maintain_warehouse()
