"""What the DAGs share: the assets that link them, their pools, and which failures are worth another try."""

from __future__ import annotations

from datetime import timedelta

import pendulum
from airflow.sdk import Asset, ExceptionRetryPolicy, RetryAction, RetryRule

from include.orchestration.alerts import on_failure, on_live_failure, on_success
from include.settings import read_environment

MINUTES = Asset(name="minute_metrics", uri="cortex-signals://market/minute_metrics")
SIGNALS = Asset(name="signals", uri="cortex-signals://market/signals")

LIVE_POOL = "live"
CORTEX_POOL = "cortex"
TRAINING_POOL = "training"

START = pendulum.datetime(2025, 1, 1, tz="UTC")
TAGS = ["cortex-signals"]

# An address that does not answer may answer later; every other expected error waits for a person.
RETRY_POLICY = ExceptionRetryPolicy(
    rules=[
        RetryRule(
            exception=[
                f"include.errors.{name}"
                for name in ("SourceUnreachable", "WarehouseUnreachable", "ProcessKilled", "ChampionChanged")
            ],
            action=RetryAction.RETRY,
            retry_delay=timedelta(seconds=20),
        ),
        RetryRule(exception="include.errors.CortexSignalsError", action=RetryAction.FAIL),
    ]
)
ALERTED = {"on_failure_callback": on_failure, "on_success_callback": on_success}
RETRIED = {**ALERTED, "retries": 3, "retry_policy": RETRY_POLICY, "retry_delay": timedelta(seconds=20)}
# A live run is not retried: the next minute's run does its work too.
LIVE = {
    **ALERTED,
    "on_failure_callback": on_live_failure,
    "retries": 0,
    "pool": LIVE_POOL,
    "execution_timeout": timedelta(minutes=10),
}
# A check is not retried: it is made again ten minutes later.
WATCHED = {**ALERTED, "retries": 0, "execution_timeout": timedelta(minutes=10)}


def where_trainings_run() -> dict[str, str]:
    """The arguments `pool`, `queue` and `executor` of the task that trains.

    The latter two as the environment of the DAG processor names them; without, it runs where all tasks run.
    """
    environment = read_environment()
    named = {"pool": TRAINING_POOL, "queue": environment.training_queue, "executor": environment.training_executor}
    return {argument: value for argument, value in named.items() if value}
