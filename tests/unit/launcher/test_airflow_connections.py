"""What `make up` hands on of the address of Cortex: to its Airflow as a connection, to the commands as a file."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from include.cortex.address import Cortex
from include.launcher.airflow import connections, inherited_environment
from include.launcher.databases import Warehouse
from include.launcher.plan import Plan
from include.launcher.secrets import generate_secrets
from include.launcher.source import Source, choose_source
from include.pipeline import from_environment
from include.settings import read_environment

DSN = "postgresql://owner:hush@127.0.0.1:5433/signals_cortex"
URL = "https://cortex.example:9009/prometheus"
WAREHOUSE = Warehouse(DSN, DSN, DSN)
FILES = {"ca_file": "/ca.pem", "client_cert": "/me.pem", "client_key": "/key.pem"}
WHOLE = Cortex(URL, "team", "me", "p@ss/w", "t", **FILES, extra_headers={"X-Key": "k%1"})


@pytest.mark.parametrize(
    ("cortex", "parts"),
    [
        (Cortex(URL), {"extra": {}}),
        (Cortex(URL, "team", token="t"), {"extra": {"tenant": "team", "token": "t"}}),
        (Cortex(URL, username="ann", password="pw"), {"login": "ann", "password": "pw", "extra": {}}),
        (Cortex(URL.replace("://", "://ann:p%40w@")), {"login": "ann", "password": "p@w", "extra": {}}),
        (Cortex(URL, **FILES), {"extra": FILES}),
        (Cortex(URL, extra_headers={"X-Key": "k"}), {"extra": {"secret_headers": {"X-Key": "k"}}}),
    ],
)
def test_the_source_is_a_connection_of_the_type_cortex(cortex: Cortex, parts: dict[str, object]) -> None:
    """With what is set, and nothing for what is not."""
    given = connections(Source("cortex", cortex), WAREHOUSE)
    assert json.loads(given["AIRFLOW_CONN_CORTEX"]) == {"conn_type": "cortex", "host": URL, **parts}
    assert json.loads(given["AIRFLOW_CONN_WAREHOUSE"])["conn_type"] == "postgres"


@pytest.mark.parametrize("cortex", [WHOLE, Cortex(URL), Cortex("http://127.0.0.1:7000", "1234")])
def test_the_dags_read_the_same_address_from_it(
    cortex: Cortex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is lost between what the launcher writes and what a task asks with."""
    monkeypatch.setenv("AIRFLOW_HOME", str(tmp_path))
    from airflow.sdk import Connection

    from include.orchestration.connections import cortex as read

    written = connections(Source("cortex", cortex), WAREHOUSE)["AIRFLOW_CONN_CORTEX"]
    assert read(Connection.from_json(written, conn_id="cortex")) == cortex


def test_the_dags_go_past_a_pooler_where_the_user_says_how(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The direct DSN reaches the tasks, under a name that Airflow does not show; without one there is none."""
    monkeypatch.setenv("AIRFLOW_HOME", str(tmp_path))
    from airflow.sdk import Connection

    from include.orchestration.connections import warehouse as read

    direct = "postgresql://owner:hush@db:5432/market"
    for given in (direct, None):
        pooled = Warehouse(DSN, DSN, DSN, given)
        written = connections(Source("cortex", Cortex(URL)), pooled)["AIRFLOW_CONN_WAREHOUSE"]
        found = read(Connection.from_json(written, conn_id="warehouse"), "market")
        assert (found.direct_dsn, found.schema) == (given, "market")
        assert "hush" not in repr(found)
        assert "direct" not in found.dsn


def addresses(source: Source) -> dict[str, Any]:
    """The content of addresses.json in a plan with that source."""
    plan = SimpleNamespace(
        source=source,
        warehouse=WAREHOUSE,
        secrets=generate_secrets(),
        web_url="http://127.0.0.1:8080",
        metrics_url="http://127.0.0.1:9464/metrics",
    )
    return Plan.addresses(plan)  # type: ignore[arg-type]


def test_the_commands_read_the_same_address_from_the_file(tmp_path: Path) -> None:
    """A command in another shell has the login, the files and the headers that `make up` was given; no part is empty."""
    home = {"CORTEX_SIGNALS_HOME": str(tmp_path)}
    for cortex in (WHOLE, Cortex(URL)):
        written = addresses(Source("cortex", cortex))
        assert all(written.values())
        (tmp_path / "addresses.json").write_text(json.dumps(written), encoding="utf-8")
        assert from_environment(read_environment(home)).cortex == cortex


def test_a_login_in_the_address_is_written_beside_it(tmp_path: Path) -> None:
    """Where a page or a log shows the address, it shows no password."""
    given = {"CORTEX_URL": URL.replace("://", "://me:p%40ss%2Fw@"), "CORTEX_CA_FILE": "/ca.pem"}
    source = choose_source(read_environment(given), lab_port=0, allow_simulated=False)
    written = addresses(source)
    assert (written["cortex_url"], written["cortex_username"], written["cortex_password"]) == (URL, "me", "p@ss/w")
    assert replace(source.cortex, ca_file=None) == Cortex(URL, username="me", password="p@ss/w")


def test_proxies_are_taken_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """In either spelling, and no login of a Cortex beside them: that goes into the connection alone."""
    proxies = {name: f"http://{name}" for kind in ("HTTP", "HTTPS", "ALL", "NO") for name in both(f"{kind}_PROXY")}
    for name, value in {**proxies, "CORTEX_TOKEN": "t"}.items():
        monkeypatch.setenv(name, value)
    inherited = inherited_environment()
    assert {name: inherited.get(name) for name in proxies} == proxies
    assert "CORTEX_TOKEN" not in inherited


def both(name: str) -> tuple[str, str]:
    return name, name.lower()
