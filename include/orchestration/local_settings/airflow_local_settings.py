"""Imports heavy libraries once, in what forks: tasks of the scheduler or of a Celery worker inherit them and start in 0.3 s.

And ends a scheduler one of whose workers was killed. Every process of Airflow reads this file where its folder is on the
path, or a copy in `$AIRFLOW_HOME/config`.
"""

import contextlib
import importlib
import os
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


def end_with_a_killed_worker() -> None:
    """A LocalExecutor one of whose workers was killed ends its scheduler, which its supervisor starts again.

    A worker that waits for a task holds the lock of the queue. Killed, it leaves it locked: no other worker gets a task
    any more, and the scheduler is healthy and queues them for ever.
    """
    from airflow.executors.local_executor import LocalExecutor

    sync = LocalExecutor.sync

    def watched(self: LocalExecutor) -> None:
        if killed := [pid for pid, worker in self.workers.items() if (worker.exitcode or 0) < 0]:
            sys.stderr.write(f"Worker {killed[0]} was killed, and no other may get a task now: the scheduler ends.\n")
            sys.stderr.flush()
            os._exit(1)
        sync(self)

    LocalExecutor.sync = watched  # type: ignore[method-assign]


if "scheduler" in sys.argv:
    end_with_a_killed_worker()

if forks_tasks(sys.argv):
    # skops looks through all modules for its names and so meets hundreds of Airflow's deprecated ones.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in PRELOADED:
            with contextlib.suppress(ImportError):
                importlib.import_module(name)
