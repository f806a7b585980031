"""monitor_pipeline as Airflow runs it: connections, callbacks, red tasks and the alerts that come of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pipelines import rows
from psycopg.conninfo import conninfo_to_dict
from stored_prices import MINUTE
from watched import NOWHERE, score, store, this_minute, watched, write

from include.watching.names import CHECK_NAMES

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def airflow(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of an Airflow whose metadata are there."""
    environment = {
        **os.environ,
        "AIRFLOW_HOME": str(tmp_path_factory.mktemp("airflow")),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "airflow", "db", "migrate"]
    subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True)
    return environment


def monitored(airflow: dict[str, str], dsn: str) -> dict[str, str]:
    parts = conninfo_to_dict(dsn)
    warehouse = {
        "conn_type": "postgres",
        "host": parts["host"],
        "port": int(parts["port"]),
        "login": parts["user"],
        "password": parts["password"],
        "schema": parts["dbname"],
    }
    connections = {
        "AIRFLOW_CONN_WAREHOUSE": json.dumps(warehouse),
        "AIRFLOW_CONN_CORTEX": json.dumps({"conn_type": "http", "host": NOWHERE}),
    }
    command = [sys.executable, str(ROOT / "tests" / "integration" / "run_monitor.py")]
    done = subprocess.run(
        command, env={**airflow, **connections}, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def alerts(warehouse: Any) -> dict[str, bool]:
    """Whether each is over, by key."""
    return dict(rows(warehouse, "SELECT alert_key, closed_at IS NOT NULL AS is_over FROM alerts"))  # type: ignore[arg-type]


def test_red_tasks_open_alerts_that_end_when_they_are_green(airflow: dict[str, str], migrated_database: str) -> None:
    """A check that cannot look is its task's alert, one that finds trouble its own; the next run ends what is over."""
    pipeline = watched(migrated_database)
    write(pipeline.warehouse, "DELETE FROM source")
    first = monitored(airflow, migrated_database)
    assert (first["run"], first["freshness"], first["tell"]) == ("failed", "failed", "success")
    assert alerts(pipeline.warehouse)["task:monitor_pipeline.freshness"] is False

    write(pipeline.warehouse, "INSERT INTO source (kind, identity) VALUES ('cortex', 'test')")
    store(pipeline, 400, this_minute())
    score(pipeline, [this_minute() - ago * MINUTE for ago in range(5)])
    write(pipeline.warehouse, "UPDATE minute_metrics SET last_price = 1 + last_price WHERE ts = %s", [this_minute()])
    second = monitored(airflow, migrated_database)
    assert second["freshness"] == "success"
    assert (second["run"], second["skew"], second["skew_day"]) == ("failed", "failed", "failed")
    assert (first["replay"], second["replay"]) == ("success", "skipped"), (
        "of the daily ones, those that could not look alone"
    )
    found = alerts(pipeline.warehouse)
    assert found["task:monitor_pipeline.freshness"] is True
    assert found["check:skew:BTCUSDT:-"] is False
    assert "task:monitor_pipeline.skew" not in {key for key, is_over in found.items() if not is_over}
    assert rows(pipeline.warehouse, "SELECT symbol, name FROM blocking_checks") == [("BTCUSDT", "skew")]
    assert set(second) == {"run", "daily", "tell", *CHECK_NAMES}
