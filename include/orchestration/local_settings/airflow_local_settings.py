"""Imports heavy libraries once, in what forks: tasks of the scheduler or of a Celery worker inherit them and start in 0.3 s.

Every process of Airflow reads this file where its folder is on the path, or a copy in `$AIRFLOW_HOME/config`.
"""

import contextlib
import importlib
import sys
import warnings

PRELOADED = (
    "numpy",
    "sklearn.linear_model",
    "lightgbm",
    "skops.io",
    "psycopg",
    "httpx",
    "include.ingest",
    "include.predict",
)


def forks_tasks(arguments: list[str]) -> bool:
    """Whether a process with these arguments is a scheduler or a Celery worker."""
    return "scheduler" in arguments or {"celery", "worker"} <= set(arguments)


if forks_tasks(sys.argv):
    # skops looks through all modules for its names and so meets hundreds of Airflow's deprecated ones.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in PRELOADED:
            with contextlib.suppress(ImportError):
                importlib.import_module(name)
