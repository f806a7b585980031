"""The DAG files: they parse without a database, each is one arrow of the data's way, and each says what to do when red."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCHEDULES = {
    "migrate_warehouse": None,
    "backfill_metrics": None,
    "ingest_metrics": "* * * * *",
    "repair_gaps": "20 4 * * *",
    "predict_signals": "asset",
    "train_candidates": "0 3 * * 0",
}
LONGEST_FILE = 90


@pytest.fixture(scope="module")
def dags(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AIRFLOW_HOME", str(tmp_path_factory.mktemp("airflow")))
        patch.setenv("AIRFLOW__CORE__LOAD_EXAMPLES", "False")
        from airflow.dag_processing.dagbag import DagBag

        bag = DagBag(str(ROOT / "dags"))
        assert bag.import_errors == {}
        return dict(bag.dags)


def test_the_dags_are_the_arrows_of_the_way(dags: dict[str, Any]) -> None:
    """Exactly the DAGs that work are there, one a file of the same name."""
    assert set(dags) == set(SCHEDULES)
    assert {path.stem for path in (ROOT / "dags").glob("*.py")} == set(SCHEDULES)


@pytest.mark.parametrize("dag_id", SCHEDULES)
def test_its_page_says_what_it_does_and_what_to_do_when_red(dags: dict[str, Any], dag_id: str) -> None:
    """The UI shows what goes in and out, the schedule, what a rerun does, and the triage."""
    for part in (f"### {dag_id}", "**in**", "**out**", "**schedule**", "**a rerun**", "**Triage.**"):
        assert part in dags[dag_id].doc_md, part


@pytest.mark.parametrize("dag_id", SCHEDULES)
def test_it_is_a_table_of_contents(dag_id: str) -> None:
    """A DAG file is short; the work is done in plain functions."""
    assert len((ROOT / "dags" / f"{dag_id}.py").read_text().splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("dag_id", SCHEDULES)
def test_it_runs_when_it_should_and_catches_nothing_up(dags: dict[str, Any], dag_id: str) -> None:
    """The schedule is the contract's; a backlog is work of one run, not thousands of runs."""
    dag = dags[dag_id]
    assert not dag.catchup
    assert dag.max_active_runs == 1 or dag_id == "backfill_metrics"
    if SCHEDULES[dag_id] == "asset":
        assert type(dag.timetable).__name__ == "AssetTriggeredTimetable"
    else:
        assert getattr(dag.timetable, "expression", None) == SCHEDULES[dag_id]


def test_live_tasks_training_and_history_have_pools_of_their_own(dags: dict[str, Any]) -> None:
    """A backfill or a training cannot take the live tasks' slots."""
    pools = {task.task_id: task.pool for dag in dags.values() for task in dag.tasks}
    assert pools["ingest"] == pools["predict"] == "live"
    assert pools["load_week"] == "cortex"
    assert pools["train"] == "training"


def test_parsing_imports_nothing_heavy() -> None:
    """No DAG file drags a modelling library into the DAG processor."""
    import subprocess
    import sys

    code = (
        "import sys, runpy, pathlib\n"
        f"for file in pathlib.Path({str(ROOT / 'dags')!r}).glob('*.py'): runpy.run_path(str(file))\n"
        "print([name for name in ('numpy', 'pandas', 'sklearn', 'lightgbm', 'psycopg') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip().splitlines()[-1] == "[]"


def test_the_training_leads_to_its_models_cards(dags: dict[str, Any]) -> None:
    """The serialized mapped task names the link and the XCom that holds it; no other task of any DAG has one."""
    from airflow.serialization.serialized_objects import DagSerialization

    links = {
        (dag_id, task["__var"]["task_id"]): task["__var"]["_operator_extra_links"]
        for dag_id, dag in dags.items()
        for task in DagSerialization.to_dict(dag)["dag"]["tasks"]
        if task["__var"].get("_operator_extra_links")
    }
    assert links == {("train_candidates", "train"): {"Model cards": "_link_ModelCards"}}
