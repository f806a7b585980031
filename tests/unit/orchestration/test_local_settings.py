"""Which of Airflow's processes preload the heavy libraries."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys

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
    for name in PRELOADED:
        importlib.import_module(name)


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
