"""Which of Airflow's processes preload the heavy libraries."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from include.launcher.airflow import LOCAL_SETTINGS
from include.orchestration.local_settings.airflow_local_settings import PRELOADED, forks_tasks
from include.settings import PACKAGE


@pytest.mark.parametrize(
    ("arguments", "forks"),
    [
        ("airflow scheduler --skip-serve-logs", True),
        ("airflow celery worker --celery-hostname celery@one", True),
        ("airflow api-server", False),
        ("airflow dag-processor", False),
        ("airflow celery flower", False),
    ],
)
def test_schedulers_and_celery_workers_do(arguments: str, forks: bool) -> None:
    """Their tasks inherit what is loaded; the others would only grow."""
    assert forks_tasks(arguments.split()) is forks


def test_all_of_them_exist() -> None:
    """A name that is gone would be passed over in silence."""
    code = f"import importlib; [importlib.import_module(name) for name in {PRELOADED!r}]"
    done = subprocess.run([sys.executable, "-c", code], cwd=PACKAGE.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_folder_on_the_path_is_enough() -> None:
    """A scheduler that imports airflow_local_settings has LightGBM afterwards, another process not."""
    code = "import sys; sys.argv = sys.argv[1:]; import airflow_local_settings; print('lightgbm' in sys.modules)"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(PACKAGE.parent), str(LOCAL_SETTINGS)))}
    for words, loaded in (("airflow scheduler", "True"), ("airflow triggerer", "False")):
        command = [sys.executable, "-c", code, *words.split()]
        assert (
            subprocess.run(command, env=environment, capture_output=True, text=True, check=False).stdout.strip()
            == loaded
        )


WITH_WORKERS = """
import os, signal, sys, time
sys.argv = ["airflow", "scheduler"]
import airflow.settings
from airflow.executors.local_executor import LocalExecutor
executor = LocalExecutor(parallelism=2)
executor.start()
executor.sync()
[first, _] = executor.workers.values()
os.kill(first.pid, signal.SIGKILL)
first.join()
sys.stdout.write("one is killed\\n")
sys.stdout.flush()
executor.sync()
sys.stdout.write("and nothing happens\\n")
"""


def test_a_scheduler_whose_worker_was_killed_ends(tmp_path: Path) -> None:
    """The worker may have held the queue's lock: no other would get a task, and nobody would notice."""
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(PACKAGE.parent), str(LOCAL_SETTINGS))),
        "AIRFLOW_HOME": str(tmp_path),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
    }
    # The other worker lives on until a supervisor ends it, and would keep a pipe open.
    said = tmp_path / "said"
    with said.open("w") as file:
        scheduler = subprocess.Popen(
            [sys.executable, "-c", WITH_WORKERS], env=environment, stdout=file, stderr=file, start_new_session=True
        )
    try:
        assert scheduler.wait() == 1
    finally:
        os.killpg(scheduler.pid, signal.SIGKILL)
    assert "one is killed" in said.read_text()
    assert "was killed, and no other may get a task" in said.read_text()
    assert "nothing happens" not in said.read_text()
