"""
### migrate_warehouse: tables, views and roles

| | |
|---|---|
| **in** | the SQL files of this version (`include/sql/`) |
| **out** | the schema `market` in the warehouse, as this version wants it |
| **schedule** | by hand, and at every `make up` |
| **a rerun** | changes nothing where nothing changed; a failed run leaves nothing half done |

**Triage.** Red `migrate`: the log's error names the database and what to grant or to choose. *A migration was
changed after it was applied*: put the change into a new numbered file. *Another object depends on it*: drop that
view of yours, run this again, make it again. *The feature file …*: a file of your own features is not in order; its
folder's README has the form. *TimescaleDB was not set up*: the schema is up to date and everything works without
(`docs/timescaledb.md`). Signals go on meanwhile, by the features that their champions were trained on.
More: `docs/runbook.md#migrate_warehouse`.
"""

from __future__ import annotations

from typing import Any

from airflow.sdk import dag, task

from include.orchestration.defaults import RETRIED, START, TAGS


@dag(schedule=None, start_date=START, catchup=False, max_active_runs=1, doc_md=__doc__, tags=TAGS, default_args=RETRIED)
def migrate_warehouse() -> None:
    @task
    def migrate() -> dict[str, Any]:
        from include.orchestration.connections import pipeline
        from include.warehouse.migrate import migrate

        chosen = pipeline()
        return migrate(chosen.warehouse, chosen.settings.timescale).as_dict()

    migrate()


migrate_warehouse()
