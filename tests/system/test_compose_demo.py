"""The profile demo of docker-compose.yaml natively: from nothing to signals behind the login."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import psycopg
import pytest
from running_stack import CELLS, smaller_settings, wait_for

from include.launcher.airflow_api import AirflowApi
from include.settings import PACKAGE
from tests.compose.natively import NativeCompose

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def compose() -> Iterator[NativeCompose]:
    with tempfile.TemporaryDirectory(prefix="cortex-signals-compose-") as folder:
        Path(folder).chmod(0o755)
        settings = Path(folder) / "settings.toml"
        settings.write_text(smaller_settings((PACKAGE / "settings.toml").read_text()))
        with NativeCompose(Path(folder), ("demo",), {"SETTINGS_FILE": str(settings)}) as running:
            running.wait_ended("begin")
            yield running


def rows(compose: NativeCompose, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(compose.warehouse_dsn("reader")) as connection:
        return connection.execute(query).fetchall()  # type: ignore[arg-type]


def test_every_service_is_healthy(compose: NativeCompose) -> None:
    """By the file's own health checks, and by Airflow's report."""
    assert [name for name in compose.names() if not compose.is_healthy(name)] == ["airflow-init", "begin"]
    with closing(AirflowApi(compose.web_url, "admin", compose.secret("admin_password"))) as api:
        assert set(api.health().values()) == {"healthy"}
        assert api.import_errors() == []


def test_signals_are_written_and_are_called_simulated(compose: NativeCompose) -> None:
    """Minute after minute, one in each live cell, by DAGs that were turned on."""
    older = "FROM signals WHERE NOT is_shadow AND ts < (SELECT max(ts) FROM signals)"  # the newest may be in work
    wait_for("answered minutes", lambda: rows(compose, f"SELECT 1 {older} HAVING count(DISTINCT ts) >= 2"))
    assert rows(compose, f"SELECT DISTINCT count(*) {older} GROUP BY ts") == [(CELLS,)]
    assert rows(compose, "SELECT DISTINCT is_simulated FROM signals") == [(True,)]


def test_a_killed_scheduler_is_started_anew(compose: NativeCompose) -> None:
    """By the restart policy, and minutes go on."""
    [(before,)] = rows(compose, "SELECT max(ts) FROM signals")
    compose.kill("scheduler")
    wait_for("a later minute", lambda: rows(compose, f"SELECT 1 FROM signals HAVING max(ts) > '{before}'"), seconds=420)
    assert compose.restarts("scheduler") == 1


def test_what_began_begins_no_second_time(compose: NativeCompose) -> None:
    """Where signals are there, a second start of `begin` changes nothing."""
    compose.start_service("begin")
    compose.wait_ended("begin")
    assert "nothing was changed" in compose.log("begin").read_text()


def test_prometheus_finds_the_metrics(compose: NativeCompose) -> None:
    """At the port that the file publishes, of the warehouse that the stack fills."""
    address = compose.instances["metrics"].address
    served = httpx.get(f"http://{address}:9464/metrics", trust_env=False).text
    assert re.search(r"^cortex_signals_warehouse_up 1", served, re.MULTILINE)


def test_the_command_line_works_beside_a_service(compose: NativeCompose) -> None:
    """`docker compose exec api-server with-secrets cortex-signals status` knows the addresses."""
    said = compose.run("api-server", "cortex-signals", "status")
    assert said.returncode == 0, said.stderr
    assert "BTCUSDT" in said.stdout
