"""The DAG files: they parse without a database, each is one arrow of the data's way, and each says what to do when red."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from include.cli.commands import train
from include.cli.main import parser
from include.orchestration.alerts import on_failure, on_live_failure, on_success
from include.orchestration.defaults import where_trainings_run
from include.orchestration.training import (
    CANDIDATES,
    DECLINE,
    LATER,
    PROMOTE,
    QUICK_CANDIDATES,
    plan_training,
)
from include.settings import load_settings
from include.upkeep_names import STEPS
from include.watching.names import CHECK_NAMES, DAILY

ROOT = Path(__file__).resolve().parents[2]
SCHEDULES = {
    "migrate_warehouse": None,
    "backfill_metrics": None,
    "ingest_metrics": "* * * * *",
    "repair_gaps": "20 4 * * *",
    "predict_signals": "asset",
    "train_candidates": "0 3 * * 0",
    "monitor_pipeline": "*/10 * * * *",
    "maintain_warehouse": "20 3 * * *",
}
RUNS_AT_ONCE = {"backfill_metrics": 16, "train_candidates": 4}  # others: one
LONGEST_FILE = 90


@pytest.fixture(scope="module")
def dags(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AIRFLOW_HOME", str(tmp_path_factory.mktemp("airflow")))
        patch.setenv("AIRFLOW__CORE__LOAD_EXAMPLES", "False")
        return read_dags()


def read_dags() -> dict[str, Any]:
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
    assert dag.max_active_runs == RUNS_AT_ONCE.get(dag_id, 1)
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


def test_trainings_run_where_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """A queue and an executor of their own where they are named; else none, so that they run where all tasks run."""
    assert where_trainings_run() == {"pool": "training"}
    monkeypatch.setenv("CORTEX_SIGNALS_TRAINING_QUEUE", "training")
    monkeypatch.setenv("CORTEX_SIGNALS_TRAINING_EXECUTOR", "KubernetesExecutor")
    assert where_trainings_run() == {"pool": "training", "queue": "training", "executor": "KubernetesExecutor"}


def test_only_the_training_itself_leaves_the_other_tasks_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a queue of its own, the mapped task is in it and no other task of any DAG is."""
    monkeypatch.setenv("CORTEX_SIGNALS_TRAINING_QUEUE", "training")
    queues = {task.task_id: task.queue for dag in read_dags().values() for task in dag.tasks}
    assert {name for name, queue in queues.items() if queue == "training"} == {"train"}


def test_each_check_is_a_task_that_holds_nobody_up(dags: dict[str, Any]) -> None:
    """One at a time, outside the live pool, not retried; the daily ones behind a gate; `tell` hides no red check."""
    dag = dags["monitor_pipeline"]
    assert dag.max_active_tasks == 1
    assert {task.task_id for task in dag.tasks} == {*CHECK_NAMES, "daily", "tell"}
    assert {task.pool for task in dag.tasks} == {"default_pool"}
    assert {task.retries for task in dag.tasks} == {0}
    assert set(dag.get_task("daily").downstream_task_ids) == set(DAILY)
    assert all(not dag.get_task(name).downstream_task_ids for name in CHECK_NAMES)
    assert dag.get_task("freshness").priority_weight > dag.get_task("tell").priority_weight


def test_each_step_of_upkeep_is_a_task_that_waits_for_none(dags: dict[str, Any]) -> None:
    """One at a time, in the order of the steps, outside the pools of the others; one that is red stops no other."""
    dag = dags["maintain_warehouse"]
    assert dag.max_active_tasks == 1
    assert sorted(dag.tasks, key=lambda task: -task.priority_weight) == [dag.get_task(name) for name in STEPS]
    assert {task.pool for task in dag.tasks} == {"default_pool"}
    assert all(not task.upstream_task_ids for task in dag.tasks)


def test_every_task_s_failure_is_an_alert(dags: dict[str, Any]) -> None:
    """Whatever a DAG does: failing opens its alert, a live task's with patience; succeeding ends it."""
    for dag in dags.values():
        for task in dag.tasks:
            given = task.partial_kwargs if task.is_mapped else vars(task)
            found = [given[f"on_{result}_callback"] for result in ("failure", "success")]
            fails = on_live_failure if task.pool == "live" else on_failure
            assert found in ([fails, on_success], [[fails], [on_success]]), (dag.dag_id, task.task_id)


def test_the_runbook_has_a_section_for_all_that_can_be_red(dags: dict[str, Any]) -> None:
    """Every check, every DAG and every rule's alert has one; no section is of something that is not there."""
    sections = re.findall(r"^## (\w+)$", (ROOT / "docs" / "runbook.md").read_text(encoding="utf-8"), re.MULTILINE)
    rules = (ROOT / "include" / "prometheus" / "rules.yaml").read_text(encoding="utf-8")
    assert set(re.findall(r"runbook\.md#(\w+)$", rules, re.MULTILINE)) <= set(sections)
    for dag_id in set(dags) - {"monitor_pipeline"}:  # whose tasks name their checks' own
        assert f"docs/runbook.md#{dag_id}" in dags[dag_id].doc_md
    assert set(sections) == {*CHECK_NAMES, *dags, "warehouse_away", "heartbeat", "grafana"}


def test_the_runbook_says_of_each_task_what_red_means(dags: dict[str, Any]) -> None:
    """A DAG's section has a row for each of its tasks, checks aside: what is wrong, what to do, when to wake somebody."""
    text = (ROOT / "docs" / "runbook.md").read_text(encoding="utf-8")
    for dag_id, dag in dags.items():
        section = text.partition(f"## {dag_id}\n")[2].partition("\n## ")[0]
        rows = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("| `")]
        assert sorted(row[0].strip("`") for row in rows) == sorted(set(dag.task_ids) - set(CHECK_NAMES)), dag_id
        assert all(len(row) == 4 and all(row) for row in rows), dag_id


def test_the_runbook_says_of_each_alert_when_to_wake_somebody() -> None:
    """Every check and every alert from elsewhere; the alerts' rules are those of the file that Prometheus reads."""
    text = (ROOT / "docs" / "runbook.md").read_text(encoding="utf-8")
    for name in (*CHECK_NAMES, "warehouse_away", "heartbeat", "grafana"):
        section = text.partition(f"## {name}\n")[2].partition("\n## ")[0]
        assert all(part in section for part in ("**Means.**", "**Do.**", "**Wake somebody.**")), name
    rules = (ROOT / "include" / "prometheus" / "rules.yaml").read_text(encoding="utf-8")
    for alert in re.findall(r"- alert: (\w+)", rules):
        assert f"`{alert}`" in text, alert


def test_each_training_horizon_is_a_task_and_each_proposal_a_question(dags: dict[str, Any]) -> None:
    """More workers mean more horizons at a time; an answer to one proposal does not wait for the others'."""
    dag = dags["train_candidates"]
    assert dag.get_task("train").is_mapped
    assert dag.get_task("decide.ask").get_closest_mapped_task_group() is dag.get_task("decide.answer").task_group
    assert {
        name: set(dag.get_task(name).upstream_task_ids) for name in ("train", "check_overfitting", "proposals")
    } == {
        "train": {"plan"},
        "check_overfitting": {"train"},
        "proposals": {"check_overfitting"},
    }
    assert dag.get_task("decide.answer").upstream_task_ids >= {"decide.ask"}


def test_a_question_without_an_answer_promotes_nothing(dags: dict[str, Any]) -> None:
    """It ends before the next weekly run, and what it then answers is neither yes nor no."""
    ask = dags["train_candidates"].get_task("decide.ask")
    assert ask.response_timeout < timedelta(days=7)
    assert ask.defaults == [LATER]
    assert {PROMOTE, DECLINE, LATER} == set(ask.options)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"as_of": "2026-03-01T12:00:00.000Z"},  # as the picker gives it
        {"as_of": "2026-03-01T12:00Z"},
        {"horizons": ["15", "60"], "thresholds": ["0.005"], "candidates": ["logistic", "lightgbm_tuned"]},
        {"horizons": [15, 240], "thresholds": [0.003]},
        {"horizons": None, "thresholds": None, "candidates": None},  # emptied on the page
        {"tuning_trials": 1, "grid": True},
        {"tuning_trials": 200},
    ],
)
def test_the_training_form_takes(dags: dict[str, Any], given: dict[str, Any]) -> None:
    """Texts of the multi-selects, numbers of the API, and empty fields; and the command line takes what comes of it."""
    form = filled(dags, given)
    [*commands] = plan_training(SimpleNamespace(settings=load_settings()), form, "manual__1", is_scheduled=False)
    assert commands
    for arguments in commands:
        args = parser().parse_args([*arguments, "--json"])
        assert args.run_key == "manual__1"
        assert args.run is train, "no option takes the place of the command itself"
        assert args.trials == form["tuning_trials"]
        assert args.threshold == [Decimal(str(fraction)) for fraction in form["thresholds"] or ()]


@pytest.mark.parametrize(
    "given",
    [
        {"as_of": "yesterday"},
        {"as_of": "2026-03-01T12:00:30Z"},
        {"horizons": [20]},
        {"horizons": 15},
        {"thresholds": ["0.5 %"]},
        {"candidates": ["astrology"]},
        {"tuning_trials": 0},
        {"tuning_trials": 201},
        {"tuning_trials": 2.5},
        {"grid": "yes"},
    ],
)
def test_the_training_form_refuses(dags: dict[str, Any], given: dict[str, Any]) -> None:
    """What the settings do not know, and numbers out of range, make no run."""
    from airflow.sdk.exceptions import ParamValidationError

    with pytest.raises(ParamValidationError):
        filled(dags, given)


def filled(dags: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """The form with these fields, as Airflow checks it before it makes a run."""
    params = deepcopy(dags["train_candidates"].params)
    params.update(given)
    return dict(params.validate())


def test_the_form_names_every_candidate_there_is(dags: dict[str, Any]) -> None:
    """Its list, which the DAG processor reads without the modelling libraries, is the registry's."""
    from include.models.candidates import RECIPES

    assert set(CANDIDATES) == {name for name, recipe in RECIPES.items() if not recipe.is_baseline}
    assert set(QUICK_CANDIDATES) <= set(CANDIDATES)


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
