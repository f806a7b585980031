"""docker-compose.yaml natively, as far as the logins: what each of Airflow's roles may do on the page and with questions."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import pytest

from tests.compose.natively import ComposeFailed, NativeCompose

SWITCH = {"is_on": True, "reason": "a try", "symbol": None}
READ = ("/signals/", "/signals/state", "/signals/pipeline", "/signals/models", "/signals/files/page.js")
QUESTION = "/api/v2/dags/train_candidates/dagRuns/none/taskInstances/decide.ask/0/hitlDetails"
ANSWER = {"chosen_options": ["promote"], "params_input": {}}
AWAY = ("scheduler", "dag-processor", "triggerer", "metrics", "begin")


@pytest.fixture(scope="module")
def compose() -> Iterator[NativeCompose]:
    """The database, the lab, what comes first, and the API server."""
    with tempfile.TemporaryDirectory(prefix="cortex-signals-compose-") as folder:
        Path(folder).chmod(0o755)
        with NativeCompose(Path(folder), profiles=("demo",), without=AWAY) as running:
            yield running


@pytest.fixture(scope="module")
def tokens(compose: NativeCompose) -> dict[str, str]:
    """Of a login with each role; the first one made the others by the API."""
    admin = token(compose, "admin", compose.secret("admin_password"))
    for role in ("Op", "User", "Viewer", "Public"):
        made = asked(compose, admin, "POST", "/auth/fab/v1/users", json=person(role))
        assert made.is_success, made.text
    return {"Admin": admin} | {role: token(compose, role, "pass-word-1") for role in ("Op", "User", "Viewer", "Public")}


def person(role: str) -> dict[str, object]:
    names = {"username": role, "email": f"{role}@localhost", "first_name": role, "last_name": role}
    return {**names, "password": "pass-word-1", "roles": [{"name": role}]}


def token(compose: NativeCompose, username: str, password: str) -> str:
    login = {"username": username, "password": password}
    answer = httpx.post(f"{compose.web_url}/auth/token", json=login, trust_env=False, timeout=60)
    return str(answer.raise_for_status().json()["access_token"])


def asked(compose: NativeCompose, login: str | None, method: str, path: str, **options: object) -> httpx.Response:
    headers = {"Authorization": f"Bearer {login}"} if login else {}
    url = compose.web_url + path
    return httpx.request(method, url, headers=headers, trust_env=False, timeout=60, **options)  # type: ignore[arg-type]


def test_nobody_reads_without_a_login(compose: NativeCompose) -> None:
    """The page, its routes and Airflow's API answer 401 to anyone."""
    for path in (*READ, "/signals/kill-switch", "/api/v2/dags"):
        assert asked(compose, None, "GET", path).status_code == 401, path
    assert asked(compose, None, "POST", "/signals/kill-switch", json=SWITCH).status_code == 401
    assert token_refused(compose)


def token_refused(compose: NativeCompose) -> bool:
    login = {"username": "admin", "password": "wrong"}
    return httpx.post(f"{compose.web_url}/auth/token", json=login, trust_env=False, timeout=60).status_code == 401


@pytest.mark.parametrize("role", ["Admin", "Op", "User", "Viewer"])
def test_every_role_with_rights_reads_the_page(compose: NativeCompose, tokens: dict[str, str], role: str) -> None:
    """All of it but the kill switch's turning."""
    for path in READ:
        assert asked(compose, tokens[role], "GET", path).status_code == 200, path


def test_a_login_without_rights_reads_nothing(compose: NativeCompose, tokens: dict[str, str]) -> None:
    """A person whom nobody gave a role to is known and may not look."""
    for path in READ:
        assert asked(compose, tokens["Public"], "GET", path).status_code == 403, path


@pytest.mark.parametrize(("role", "may"), [("Admin", True), ("Op", True), ("User", True), ("Viewer", False)])
def test_who_may_edit_the_dag_may_turn_the_kill_switch(
    compose: NativeCompose, tokens: dict[str, str], role: str, may: bool
) -> None:
    """The others see that they may not, and are refused; the act bears the login's name."""
    assert asked(compose, tokens[role], "GET", "/signals/kill-switch").json()["may_set"] is may
    answer = asked(compose, tokens[role], "POST", "/signals/kill-switch", json=SWITCH)
    assert answer.status_code == (200 if may else 403)
    with psycopg.connect(compose.warehouse_dsn()) as connection:
        acts = connection.execute("SELECT set_by FROM kill_switch WHERE set_by ILIKE %s", [role]).fetchall()
    assert bool(acts) is may


@pytest.mark.parametrize(("role", "may"), [("Admin", True), ("Op", True), ("User", True), ("Viewer", False)])
def test_who_may_edit_the_dag_may_answer_its_question(
    compose: NativeCompose, tokens: dict[str, str], role: str, may: bool
) -> None:
    """A Viewer is refused before anything is looked up; the others are told that there is no such question."""
    assert asked(compose, tokens[role], "PATCH", QUESTION, json=ANSWER).status_code == (404 if may else 403)


@pytest.mark.parametrize(
    ("method", "path", "roles"),
    [
        ("POST", "/api/v2/dags/predict_signals/dagRuns", {"Admin", "Op", "User"}),
        ("GET", "/api/v2/connections", {"Admin", "Op"}),
        ("POST", "/api/v2/pools", {"Admin", "Op"}),
        ("GET", "/auth/fab/v1/users", {"Admin"}),
    ],
)
def test_rights_are_as_the_docs_table_says(
    compose: NativeCompose, tokens: dict[str, str], method: str, path: str, roles: set[str]
) -> None:
    """Who is not told 403 may: to trigger DAGs, to see connections, to make pools, to see logins."""
    options = {"json": {}} if method == "POST" else {}
    answers = {role: asked(compose, login, method, path, **options).status_code for role, login in tokens.items()}
    assert {role for role, status in answers.items() if status != 403} == roles, answers


def test_the_first_step_again_changes_nothing(compose: NativeCompose, tokens: dict[str, str]) -> None:
    """At each start it runs: the login keeps the password that was given to it, a pool the slots that somebody gave it."""
    pool = {"name": "live", "slots": 9, "description": "", "include_deferred": False}
    assert asked(compose, tokens["Admin"], "PATCH", "/api/v2/pools/live", json=pool).is_success
    compose.start_service("airflow-init")
    compose.wait_ended("airflow-init")
    assert asked(compose, tokens["Admin"], "GET", "/api/v2/pools/live").json()["slots"] == 9
    assert token(compose, "admin", compose.secret("admin_password"))


def test_the_readers_login_reads_and_no_more(compose: NativeCompose) -> None:
    """Grafana's login may SELECT; neither it nor the warehouse's owner enters Airflow's metadata."""
    with psycopg.connect(compose.warehouse_dsn("reader")) as connection:
        assert connection.execute("SELECT count(*) FROM signals").fetchone() == (0,)
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            connection.execute("DELETE FROM signals")
    for role in ("reader", "owner"):
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            psycopg.connect(compose.warehouse_dsn(role).replace("/market?", "/airflow?"))


def test_no_secret_is_an_argument(compose: NativeCompose) -> None:
    """No command line of any process holds one."""
    secrets = [file.read_text() for file in (compose.folder / "secrets").iterdir()]
    lines = [" ".join(process.cmdline()) for name in compose.names() for process in compose.processes(name)]
    assert lines
    assert not [line for line in lines for secret in secrets if secret and secret in line]


def test_without_a_source_it_says_what_to_set() -> None:
    """Neither CORTEX_URL nor a profile that has a source: the first step ends with the sentence that names both."""
    with tempfile.TemporaryDirectory(prefix="cortex-signals-compose-") as folder:
        Path(folder).chmod(0o755)
        started = NativeCompose(Path(folder), without=(*AWAY, "api-server", "postgres"))
        with pytest.raises(ComposeFailed, match=r"Set CORTEX_URL in \.env .* or COMPOSE_PROFILES=demo"), started:
            started.wait_ended("airflow-init")
