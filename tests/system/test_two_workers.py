"""Celery with two workers that share no disk: trainings spread, a lost worker costs one retry, and minutes go on."""

from __future__ import annotations

import shutil
import signal
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from running_stack import wait_for
from separate_machines import WORKERS, SeparateMachines, lacking, make_folder

from include.orchestration.training import CANDIDATES as ALL_CANDIDATES
from include.registry import run_id_of
from include.settings import PACKAGE

pytestmark = [pytest.mark.long, pytest.mark.skipif(lacking() is not None, reason=lacking() or "")]

HORIZONS = ("15", "30", "45")
THRESHOLDS = ("0.003", "0.005", "0.0075")
CANDIDATES = ("logistic", "lightgbm")
ENDED = {"success", "failed"}
# What a training found of each cell and recipe, model bytes and all; nothing of when and by whom.
FOUND = """
SELECT e.horizon_minutes, e.threshold, e.candidate, e.log_loss_skill, e.rows, m.snapshot_hash, m.artifact_sha256
FROM model_evaluations AS e LEFT JOIN models AS m USING (model_id)
WHERE e.run_id = %s AND e.fold IS NULL
ORDER BY 1, 2, 3
"""
RECORDED = "SELECT DISTINCT horizon_minutes, threshold FROM model_evaluations WHERE run_id = %s AND fold IS NULL"
ANSWERED = "SELECT ts, count(*), bool_or(is_late) FROM signals WHERE NOT is_shadow AND ts >= %s GROUP BY ts ORDER BY ts"


def few_settings() -> str:
    """The shipped ones with a month of history, fewer folds, one candidate, and the first three live cells."""
    text = (PACKAGE / "settings.toml").read_text(encoding="utf-8").replace("folds = 6", "folds = 2")
    text = text.replace("first_load_days = 180", "first_load_days = 30")
    dropped = [f"horizon_minutes = {minutes}," for minutes in (60, 120, 240)]
    dropped += [f'    "{name}",' for name in ALL_CANDIDATES if name != "logistic"]
    return "\n".join(line for line in text.splitlines() if not any(part in line for part in dropped))


@pytest.fixture(scope="module")
def stack() -> Iterator[SeparateMachines]:
    """With a history, champions, all DAGs turned on, and two slots for trainings."""
    folder = make_folder(Path(tempfile.mkdtemp(prefix="cortex-signals-workers-", dir="/var/tmp")) / "stack")
    folder.parent.chmod(0o755)
    (folder / "settings.toml").write_text(few_settings(), encoding="utf-8")
    variables = {"EXECUTOR": "CeleryExecutor", "SETTINGS_FILE": str(folder / "settings.toml"), "PARALLELISM": "16"}
    with SeparateMachines(folder, ("demo", "celery"), variables, {"worker": 2}) as made:
        made.wait_ended("begin")
        pool = {"name": "training", "slots": 2, "include_deferred": False}
        with made.api() as api:
            api.json("PATCH", "/pools/training", params={"update_mask": "slots"}, json=pool)
        yield made
    shutil.rmtree(folder.parent)


def trigger(stack: SeparateMachines, **form: Any) -> str:
    """A training of all cells of HORIZONS and THRESHOLDS as of the last midnight; the run."""
    as_of = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    asked = {"as_of": f"{as_of:%Y-%m-%dT%H:%MZ}", "horizons": HORIZONS, "thresholds": THRESHOLDS}
    with stack.api() as api:
        return api.trigger("train_candidates", {**asked, "candidates": CANDIDATES, **form})


def finish(stack: SeparateMachines, run: str) -> list[dict[str, Any]]:
    """Waits for the end of the run, which has to be good; its training tasks."""
    with stack.api() as api:
        wait_for("the training's end", lambda: api.run_state("train_candidates", run) in ENDED, seconds=1200)
        assert api.run_state("train_candidates", run) == "success"
    return stack.tasks(run)


def found(stack: SeparateMachines, run: str) -> list[tuple[Any, ...]]:
    return stack.rows(FOUND, [run_id_of(run)])


def answered(stack: SeparateMachines, since: datetime) -> list[tuple[Any, ...]]:
    """(minute, how many cells, whether any was late) of the minutes since then."""
    return stack.rows(ANSWERED, [since])


def newest_minute(stack: SeparateMachines) -> datetime:
    return stack.rows("SELECT max(ts) FROM signals WHERE NOT is_shadow")[0][0]  # type: ignore[no-any-return]


def worker_amid_a_cell(stack: SeparateMachines, run: str) -> str | None:
    """One that has recorded a cell of its horizon and is at work on another; None while there is none."""
    recorded = [horizon for horizon, _ in stack.rows(RECORDED, [run_id_of(run)])]
    for task in running(stack, run):
        if recorded.count(int(HORIZONS[int(task["map_index"])])) in range(1, len(THRESHOLDS)):
            return str(task["hostname"])
    return None


def running(stack: SeparateMachines, run: str) -> list[dict[str, Any]]:
    return [task for task in stack.tasks(run) if task["state"] == "running"]


@pytest.fixture(scope="module")
def undisturbed(stack: SeparateMachines) -> str:
    """A training that nothing happens to."""
    run = trigger(stack)
    finish(stack, run)
    return run


def test_trainings_spread_over_both_workers_and_cost_no_minute(stack: SeparateMachines, undisturbed: str) -> None:
    """Each worker trains horizons, each task once, and every minute meanwhile is answered in every cell, in time."""
    tasks = stack.tasks(undisturbed)
    assert {task["hostname"] for task in tasks} == set(WORKERS)
    assert {task["try_number"] for task in tasks} == {1}
    began = min(datetime.fromisoformat(task["start_date"]) for task in tasks)
    ended = max(datetime.fromisoformat(task["end_date"]) for task in tasks)
    wait_for("the minute after the training", lambda: newest_minute(stack) >= ended)
    meanwhile = [row for row in answered(stack, began) if row[0] <= ended + timedelta(minutes=1)]
    assert {(cells, late) for _, cells, late in meanwhile} == {(len(HORIZONS), False)}


def test_a_lost_worker_costs_one_retry_and_no_minute(stack: SeparateMachines, undisturbed: str) -> None:
    """Its horizon is trained again on the other, without the cell that was recorded, to the same bytes; minutes go on."""
    before = newest_minute(stack)
    run = trigger(stack)
    lost = wait_for("a worker amid a cell", lambda: worker_amid_a_cell(stack, run), seconds=600)
    struck = [task["map_index"] for task in running(stack, run) if task["hostname"] == lost]
    stack.lose(lost)
    [other] = {*WORKERS} - {lost}
    tasks = finish(stack, run)
    assert [task["map_index"] for task in tasks if task["try_number"] == 2] == struck
    assert max(task["try_number"] for task in tasks) == 2
    for number in struck:
        assert [one["hostname"] for one in stack.tries(run, number)] == [lost, other]
    assert found(stack, run) == found(stack, undisturbed), "each cell once, and what was found is the same"
    wait_for("more minutes", lambda: newest_minute(stack) > before + timedelta(minutes=5), seconds=480)
    minutes = [row for row in answered(stack, before) if row[0] <= newest_minute(stack)]
    assert {b - a for (a, *_), (b, *_) in pairwise(minutes)} == {timedelta(minutes=1)}
    assert {cells for _, cells, _ in minutes} == {len(HORIZONS)}
    stack.start_service(lost)
    stack.wait_healthy(lost)


def test_a_worker_told_to_end_finishes_its_task_first(stack: SeparateMachines) -> None:
    """SIGTERM amid a training, as a deployment sends it: no retry, and the worker ends by itself."""
    run = trigger(stack, horizons=HORIZONS[:2])
    told = wait_for("a worker at work", lambda: next(filter(stack.trains, WORKERS), None), seconds=300)
    stack.instances[told].wanted = False
    stack.kill(told, signal.SIGTERM)
    tasks = finish(stack, run)
    assert {task["try_number"] for task in tasks} == {1}
    assert told in {task["hostname"] for task in tasks}
    wait_for("the worker's end", lambda: stack.exit_code(told) is not None)
    assert stack.exit_code(told) == 0
    stack.start_service(told)
    stack.wait_healthy(told)


def test_a_message_that_redis_gives_out_again_runs_nothing_twice(stack: SeparateMachines, undisturbed: str) -> None:
    """With a visibility timeout shorter than the training, the second worker refuses what the first is at work on."""
    for name in WORKERS:
        stack.stop_service(name)
        environment = stack.instances[name].service["environment"]
        environment["AIRFLOW__CELERY_BROKER_TRANSPORT_OPTIONS__VISIBILITY_TIMEOUT"] = "1"
    for name in WORKERS:
        stack.start_service(name)
        stack.wait_healthy(name)
    # A worker looks for old messages each hundred seconds, which is longer than a training here.
    for _ in range(15):
        run = trigger(stack)
        tasks = finish(stack, run)
        assert {task["try_number"] for task in tasks} == {1}
        assert found(stack, run) == found(stack, undisturbed)
        said = "".join(stack.log(name).read_text(encoding="utf-8", errors="replace") for name in WORKERS)
        if "Task already running elsewhere, ignoring redelivered message" in said:
            return
    pytest.fail("no message was given out again in any of 15 trainings")
