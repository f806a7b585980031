"""What a running stack keeps to itself: its routes from who has no right, its secrets from logs, tables and process lists."""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import sys
import warnings
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import psutil
import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict
from running_stack import VIEWER, RunningStack

from include.launcher.home import CHECKOUT
from include.launcher.secrets import generate_secrets

PRIVATE = {"secrets.json", "addresses.json", "environments.json", "passwords.json"}
OTHERS_DATA = {
    "postgres",
    "bundles",
}  # the server's own files, which only its user may enter, and Airflow's copies of DAGs
SHOWN = {
    "content-security-policy": "frame-ancestors 'self'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
}
ACT = {"is_on": True, "symbol": None, "reason": "by another site"}
EVIL = "https://evil.example"


def secrets_of(stack: RunningStack) -> dict[str, str]:
    """Every generated secret by its name, as it stands and as a header or an address carries it."""
    plain = json.loads((stack.home / "secrets.json").read_text())
    plain |= {f"login of {user}": password for user, password in passwords(stack).items()}
    login = f"admin:{plain['admin_password']}"
    packed = {f"{name}, quoted": quote(value, safe="") for name, value in plain.items()}
    return {**plain, **packed, "basic login": base64.b64encode(login.encode()).decode()}


def renew_secrets(stack: RunningStack) -> tuple[str, str]:
    """As SECURITY.md says, of a stack that is down: new secrets, the new Fernet key before the old one; both of these."""
    file = stack.home / "secrets.json"
    old, new = json.loads(file.read_text()), asdict(generate_secrets())
    keys = new["fernet_key"], old["fernet_key"]
    kept = {"postgres_password": old["postgres_password"], "fernet_key": ",".join(keys)}
    file.write_text(json.dumps(new | kept))
    return keys


def run_airflow(stack: RunningStack, *arguments: str) -> None:
    """As `make airflow`: Airflow's own command line, in the environment of the stack's processes."""
    command = [sys.executable, "-m", "include.launcher", "airflow", *arguments]
    environment = {**os.environ, "CORTEX_SIGNALS_HOME": str(stack.home)}
    done = subprocess.run(command, env=environment, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def metadata_rows(stack: RunningStack, query: str) -> list[tuple[Any, ...]]:
    """Of Airflow's own database, as its superuser."""
    whole: dict[str, Any] = dict(conninfo_to_dict(stack.addresses["warehouse"]["owner"]))
    whole |= {"user": "postgres", "dbname": "airflow"}
    whole["password"] = json.loads((stack.home / "secrets.json").read_text())["postgres_password"]
    with psycopg.connect(**whole) as connection:
        return connection.execute(query.encode()).fetchall()


def passwords(stack: RunningStack) -> dict[str, str]:
    return dict(json.loads((stack.home / "airflow" / "passwords.json").read_text()))


def held(text: str, secrets: dict[str, str]) -> list[str]:
    """Names of the secrets that a text holds."""
    return [name for name, value in secrets.items() if value in text]


def files(stack: RunningStack) -> Iterator[Path]:
    for path in stack.home.rglob("*"):
        if path.is_file() and not OTHERS_DATA & set(path.relative_to(stack.home).parts):
            yield path


@cache
def routes() -> list[tuple[str, str]]:
    """Method and address of each route that the plugin adds, also of one that was added yesterday."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Airflow's own imports
        from include.orchestration.page_routes import create_app

    given = {"path:path": "page.css", "model_id": "1"}
    return [
        (method, re.sub(r"\{([^}]+)\}", lambda found: given[found[1]], route.path))
        for route in create_app().routes
        for method in sorted(route.methods)  # type: ignore[attr-defined]
    ]


def token(stack: RunningStack, username: str, password: str) -> str:
    url = f"{stack.addresses['airflow_url']}/auth/token"
    answer = httpx.post(url, json={"username": username, "password": password}, trust_env=False)
    return str(answer.raise_for_status().json()["access_token"])


def asked(stack: RunningStack, method: str, path: str, **more: Any) -> httpx.Response:
    url = f"{stack.addresses['airflow_url']}/signals{path}"
    return httpx.request(method, url, trust_env=False, timeout=30, **more)


class ClosedToOthers:
    """Tests of the stack that the fixture `stack` is."""

    @pytest.fixture(autouse=True)
    def _airflow(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("AIRFLOW_HOME", str(tmp_path))

    def test_no_route_answers_without_a_login(self, stack: RunningStack) -> None:
        """Each of them, by each method, is 401 for nobody, for a token of another's making and for an expired one's look."""
        assert len(routes()) > 12
        forged = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9."
        for method, path in routes():
            assert asked(stack, method, path).status_code == 401, path
            for headers in ({"Authorization": f"Bearer {forged}"}, {"Cookie": f"_token={forged}"}):
                assert asked(stack, method, path, headers=headers).status_code in {401, 403}, path

    def test_every_answer_says_how_it_may_be_shown(self, stack: RunningStack) -> None:
        """No sniffing, no referrer to others; a page runs no script of others and stands in no other site's frame."""
        headers = {"Authorization": f"Bearer {token(stack, 'admin', passwords(stack)['admin'])}"}
        for _, path in [route for route in routes() if route[0] == "GET"]:
            answer = asked(stack, "GET", path, headers=headers)
            assert answer.status_code in {200, 400}, path
            is_page = answer.headers["content-type"].startswith(("text/html", "application/json"))
            for name, value in SHOWN.items():
                assert value in answer.headers.get(name, "") or (name.startswith("content-s") and not is_page), (
                    path,
                    name,
                )

    def test_who_may_only_look_changes_nothing(self, stack: RunningStack) -> None:
        """Whatever is not GET is 403 for a viewer."""
        headers = {"Authorization": f"Bearer {token(stack, VIEWER, passwords(stack)[VIEWER])}"}
        changing = [route for route in routes() if route[0] != "GET"]
        assert changing
        for method, path in changing:
            assert asked(stack, method, path, headers=headers, json=ACT).status_code == 403, path

    @pytest.mark.parametrize(
        "request_of_another_site",
        [
            {"data": {"is_on": "true", "reason": "form"}},
            {"content": json.dumps(ACT), "headers": {"Content-Type": "text/plain", "Origin": EVIL}},
            {"json": ACT, "headers": {"Origin": EVIL}},
            {"json": ACT, "headers": {"Origin": "null"}},
            {"json": ACT, "headers": {"Sec-Fetch-Site": "cross-site"}},
        ],
    )
    def test_another_site_cannot_use_the_login_in_the_browser(
        self, stack: RunningStack, request_of_another_site: dict[str, Any]
    ) -> None:
        """A form, a text that looks like JSON, and a script elsewhere are refused with an administrator's cookie."""
        headers = {**request_of_another_site.get("headers", {})}
        headers["Cookie"] = f"_token={token(stack, 'admin', passwords(stack)['admin'])}"
        for method, path in [route for route in routes() if route[0] != "GET"]:
            answer = asked(stack, method, path, **{**request_of_another_site, "headers": headers})
            assert answer.status_code in {403, 415}, (path, answer.text)
        assert stack.rows("SELECT count(*) FROM kill_switch WHERE reason IN ('form', 'by another site')") == [(0,)]

    def test_no_secret_stands_in_a_file_that_others_may_read(self, stack: RunningStack) -> None:
        """The private ones are for their owner alone; no log, no configuration and no task's output holds one."""
        secrets, found = secrets_of(stack), list(files(stack))
        private = [path for path in found if path.name in PRIVATE]
        assert {path.name for path in private} == PRIVATE
        assert {oct(path.stat().st_mode & 0o777) for path in private} == {"0o600"}
        assert any(path.suffix == ".log" and "dag_id=" in str(path) for path in found), "tasks have written"
        telling = {str(path): held(path.read_text(errors="replace"), secrets) for path in found if path not in private}
        assert {path: names for path, names in telling.items() if names} == {}

    def test_no_secret_stands_in_airflows_tables(self, stack: RunningStack) -> None:
        """XComs, rendered templates, runs, task instances, serialized DAGs, the audit log: none in any column of any table."""
        secrets = secrets_of(stack)
        names = metadata_rows(stack, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = {name for (name,) in names}
        assert {"xcom", "rendered_task_instance_fields", "task_instance", "dag_run", "log"} <= tables
        assert metadata_rows(stack, "SELECT count(*) > 0 FROM xcom") == [(True,)]
        for table in tables:
            text = "\n".join(row for (row,) in metadata_rows(stack, f'SELECT t::text FROM "{table}" AS t'))
            assert held(text, secrets) == [], table

    def test_no_secret_stands_in_the_process_list(self, stack: RunningStack) -> None:
        """Of no process of this machine."""
        secrets = secrets_of(stack)
        lines = {process.pid: " ".join(process.info["cmdline"] or []) for process in psutil.process_iter(["cmdline"])}
        assert len(stack.processes()) > 5
        assert {pid: line for pid, line in lines.items() if held(line, secrets)} == {}

    def test_no_secret_is_answered_to_who_asks(self, stack: RunningStack) -> None:
        """By the page, the metrics, status, doctor or a refused command; `up` says the one login that it is to say."""
        secrets = secrets_of(stack)
        said = stack.said.replace(secrets["admin_password"], "")
        for command in (
            ["status", "--json"],
            ["doctor", "--json"],
            ["--debug", "ingest", "--until", "x"],
            ["leaderboard"],
        ):
            done = stack.command(*command)
            said += done.stdout + done.stderr
        headers = {"Authorization": f"Bearer {token(stack, VIEWER, passwords(stack)[VIEWER])}"}
        said += "".join(asked(stack, "GET", path, headers=headers).text for method, path in routes() if method == "GET")
        said += httpx.get(stack.addresses["metrics_url"], trust_env=False).text
        assert held(said, secrets) == []
