"""Airflow's own command on a database that Airflow made and filled: old runs go, and nothing that is still needed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from include.airflow_metadata import ADDRESS, clean_metadata
from include.errors import AddressUnknown
from include.launcher.postgres import EmbeddedPostgres
from tests.integration.conftest import PASSWORD, running_server

ROOT = Path(__file__).resolve().parents[2]
AGES = (400, 120, 100, 60, 1)  # days
KEPT = timedelta(days=90)


def test_a_task_is_not_told_the_address(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What stands in a task's environment in its place is no address, and the sentence says where to run it."""
    monkeypatch.setenv(ADDRESS, "airflow-db-not-allowed:///")
    with pytest.raises(AddressUnknown, match="scheduler's environment"):
        clean_metadata(tmp_path, KEPT)


@pytest.fixture(scope="module")
def server() -> Iterator[EmbeddedPostgres]:
    with running_server(18) as made:
        yield made


@pytest.fixture
def metadata(server: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """A database with runs of every DAG of those ages; the environment names it as the scheduler's does."""
    server.ensure_role("airflow", PASSWORD)
    server.create_database("airflow", "airflow")
    dsn = server.dsn("airflow", "airflow", PASSWORD)
    monkeypatch.setenv(ADDRESS, dsn.replace("postgresql:", "postgresql+psycopg2:", 1))
    monkeypatch.setenv("AIRFLOW_HOME", str(tmp_path / "airflow"))
    monkeypatch.setenv("AIRFLOW__CORE__DAGS_FOLDER", str(ROOT / "dags"))
    monkeypatch.setenv("AIRFLOW__CORE__LOAD_EXAMPLES", "False")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    for command in (["db", "migrate"], ["dags", "reserialize"]):
        run("-m", "airflow", *command)
    run(str(ROOT / "tests" / "system" / "runs_of_the_past.py"), *map(str, AGES))
    return dsn


def run(*arguments: str) -> None:
    done = subprocess.run([sys.executable, *arguments], env=os.environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]


def rows(dsn: str, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(dsn) as connection:
        return connection.execute(query).fetchall()  # type: ignore[arg-type]


@pytest.mark.long
def test_old_runs_go_and_each_dag_and_its_young_runs_stay(
    metadata: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """With their tasks, tries, XComs and events; a DAG that is gone for long stops nothing; again, nothing is left to do."""
    dags = len(list((ROOT / "dags").glob("*.py")))
    rows(
        metadata, "UPDATE dag SET last_parsed_time = now() - interval '1 year' WHERE dag_id = 'repair_gaps' RETURNING 1"
    )
    would = clean_metadata(tmp_path, KEPT, dry_run=True)
    assert rows(metadata, "SELECT count(*) FROM dag_run") == [(len(AGES) * dags,)]
    assert clean_metadata(tmp_path, KEPT)["rows"] > 0
    assert would["rows"] > 0
    young = [age for age in AGES if age < KEPT.days]
    assert rows(metadata, "SELECT dag_id, count(*) FROM dag_run GROUP BY dag_id HAVING count(*) <> 2") == []
    for table, at in {
        "dag_run": "start_date",
        "asset_event": "timestamp",
        "job": "latest_heartbeat",
        "xcom": "timestamp",
    }.items():
        assert rows(metadata, f"SELECT count(*) FROM {table} WHERE \"{at}\" >= now() - interval '90 days'") == [
            (len(young) * dags,)
        ]
        assert rows(metadata, f"SELECT count(*) FROM {table} WHERE \"{at}\" < now() - interval '90 days'") == [(0,)], (
            table
        )
    assert rows(
        metadata, "SELECT count(*) FROM task_instance_history WHERE start_date < now() - interval '90 days'"
    ) == [(0,)]
    assert (
        rows(metadata, "SELECT count(*) FROM dag") == rows(metadata, "SELECT count(*) FROM serialized_dag") == [(dags,)]
    )
    assert rows(metadata, "SELECT tablename::text FROM pg_tables WHERE tablename LIKE '\\_airflow\\_deleted%'") == []

    (tmp_path / "environments.json").write_text(json.dumps({"airflow": dict(os.environ)}))
    monkeypatch.setenv(ADDRESS, "airflow-db-not-allowed:///")  # as in a task of `make up`
    assert clean_metadata(tmp_path, KEPT) == {"rows": 0}
