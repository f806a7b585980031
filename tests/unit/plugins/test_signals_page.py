"""The page's routes: closed without Airflow's login, and what they answer with it."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import httpx
import pytest

from include.errors import UnknownModel, WarehouseUnreachable

ROOT = Path(__file__).resolve().parents[3]
ROUTES = {"/", "/state", "/models", "/models/{model_id}"}
STATE = {"read_at": "2026-03-01T00:00:00Z", "source": None, "symbols": []}


@pytest.fixture(scope="module")
def security(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """Airflow's security module, imported over a home of its own."""
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Airflow's own imports
        patch.setenv("AIRFLOW_HOME", str(tmp_path_factory.mktemp("airflow")))
        from airflow.api_fastapi.core_api import security

        yield security


@pytest.fixture
def page(security: ModuleType, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The plugin, over a warehouse that answers STATE."""
    from plugins import signals_page

    monkeypatch.setattr("include.warehouse.page.page_state", lambda *_: STATE)
    monkeypatch.setattr(signals_page, "warehouse", lambda schema: None)
    return signals_page


@pytest.fixture
def rights(security: ModuleType, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Stands for the auth manager: `may` is its answer, `asked` what it was asked."""
    rights: dict[str, Any] = {"may": True, "asked": None}

    def is_authorized_dag(**question: Any) -> bool:
        rights["asked"] = question
        return bool(rights["may"])

    monkeypatch.setattr(security, "get_auth_manager", lambda: SimpleNamespace(is_authorized_dag=is_authorized_dag))
    monkeypatch.setattr(security.DagModel, "get_team_name", lambda dag_id: None)
    return rights


def get(app: Any, path: str, method: str = "GET") -> httpx.Response:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://airflow") as client:
            return await client.request(method, path)

    return asyncio.run(ask())


def logged_in(page: ModuleType, security: ModuleType) -> Any:
    app = page.create_app()
    app.dependency_overrides[security.get_user] = lambda: SimpleNamespace(name="ann")
    return app


def test_every_route_is_closed_to_the_anonymous(page: ModuleType) -> None:
    """A route that is added without the login fails here."""
    app = page.create_app()
    assert {route.path for route in app.routes} == ROUTES
    for route in app.routes:
        for method in route.methods:
            assert get(app, route.path, method).status_code == 401, route.path


def test_every_route_only_reads(page: ModuleType) -> None:
    """Nothing can be changed through the page."""
    assert {method for route in page.create_app().routes for method in route.methods} == {"GET"}


@pytest.mark.parametrize("path", sorted(ROUTES))
def test_a_login_without_the_right_to_the_dag_is_refused(
    page: ModuleType, security: ModuleType, rights: dict[str, Any], path: str
) -> None:
    """Who may not read predict_signals does not read its signals here either."""
    rights["may"] = False
    assert get(logged_in(page, security), path).status_code == 403
    assert rights["asked"]["method"] == "GET"
    assert rights["asked"]["details"].id == "predict_signals"


def test_with_login_and_right_the_page_and_its_state_are_there(
    page: ModuleType, security: ModuleType, rights: dict[str, Any]
) -> None:
    """HTML that no foreign site may frame, and the state as JSON that nobody keeps."""
    app = logged_in(page, security)
    html, state = get(app, "/"), get(app, "/state")
    assert html.headers["content-type"].startswith("text/html")
    assert "frame-ancestors 'self'" in html.headers["content-security-policy"]
    assert (state.status_code, state.json()) == (200, STATE)
    assert state.headers["cache-control"] == "no-store"


def test_an_unreachable_warehouse_is_one_sentence(
    page: ModuleType, security: ModuleType, rights: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """503 with the sentence of our error."""

    def unreachable(schema: str) -> None:
        raise WarehouseUnreachable("The warehouse at host:5432/db cannot be reached.")

    monkeypatch.setattr(page, "warehouse", unreachable)
    answer = get(logged_in(page, security), "/state")
    assert (answer.status_code, answer.json()) == (503, {"error": "The warehouse at host:5432/db cannot be reached."})


class Registry:
    """Stands for the warehouse: `asked` is what its transactions were asked for."""

    def __init__(self) -> None:
        self.asked: list[Any] = []

    @contextmanager
    def transaction(self, role: str, *, one_snapshot: bool) -> Iterator[Registry]:
        self.asked.append((role, one_snapshot))
        yield self

    def execute(self, query: str, values: Any) -> None:
        self.asked.append((query, values))


@pytest.fixture
def registry(page: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Registry:
    """A warehouse with the models 7 and 8, whose cards say what they were asked for."""
    made = Registry()

    def model_card(connection: Registry, model_id: int, index: str) -> str:
        if model_id != 7:
            raise UnknownModel(f"No model {model_id} is registered <here>.")
        return f"card {model_id} {index}"

    monkeypatch.setattr(page, "warehouse", lambda schema: made)
    monkeypatch.setattr("include.model_card.card.model_card", model_card)
    monkeypatch.setattr("include.model_card.card.models_page", lambda connection, ids: f"index of {ids}")
    return made


def test_a_card_is_read_as_the_reader_in_limited_time(
    page: ModuleType, security: ModuleType, rights: dict[str, Any], registry: Registry
) -> None:
    """HTML that runs no script and loads nothing, from one snapshot whose statements are given up after three seconds."""
    card = get(logged_in(page, security), "/models/7")
    assert (card.status_code, card.text) == (200, "card 7 ../models")
    policy = card.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline';")
    assert not re.search("script|connect|img", policy)
    assert card.headers["cache-control"] == "no-store"
    assert registry.asked[0] == ("reader", True)
    assert "statement_timeout" in registry.asked[1][0]
    assert registry.asked[1][1] == ["3000"]


@pytest.mark.parametrize("number", ["8", "0", "-7", "7x", "7٧", "<b>", "9" * 19, "9x" * 400])
def test_what_is_no_model_is_a_plain_page(
    page: ModuleType, security: ModuleType, rights: dict[str, Any], registry: Registry, number: str
) -> None:
    """404 with a sentence, its signs of markup as text, and the way to those that are."""
    answer = get(logged_in(page, security), f"/models/{number}")
    assert answer.status_code == 404
    assert '<a href="../models">' in answer.text
    sentence = f"No model {number} is registered <here>." if page.is_number(number) else "ends with the model's number"
    assert sentence in unescape(answer.text)
    assert "<here>" not in answer.text
    assert "script" not in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("query", "asked"), [("", None), ("?ids=", None), ("?ids=7,8", [7, 8]), ("?ids=7,x,,8;--", [7]), ("?ids=x", [])]
)
def test_the_index_is_of_all_or_of_some(
    page: ModuleType, security: ModuleType, rights: dict[str, Any], registry: Registry, query: str, asked: Any
) -> None:
    """Numbers between commas; what is none is left out."""
    answer = get(logged_in(page, security), f"/models{query}")
    assert (answer.status_code, answer.text) == (200, f"index of {asked}")


@pytest.mark.parametrize("path", ["/models", "/models/7"])
def test_a_warehouse_that_does_not_answer_is_a_plain_page(
    page: ModuleType, security: ModuleType, rights: dict[str, Any], monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """503 with the sentence of our error."""

    def unreachable(schema: str) -> None:
        raise WarehouseUnreachable("The warehouse at host:5432/db cannot be reached.")

    monkeypatch.setattr(page, "warehouse", unreachable)
    answer = get(logged_in(page, security), path)
    assert answer.status_code == 503
    assert "The warehouse at host:5432/db cannot be reached." in answer.text


def test_many_viewers_are_one_read(
    page: ModuleType, security: ModuleType, rights: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Within two seconds the warehouse is asked once, however many look."""
    reads = []
    monkeypatch.setattr("include.warehouse.page.page_state", lambda *_: reads.append(1) or STATE)
    app = logged_in(page, security)

    async def ask_at_once() -> list[httpx.Response]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://airflow") as client:
            return await asyncio.gather(*(client.get("/state") for _ in range(20)))

    assert {answer.status_code for answer in asyncio.run(ask_at_once())} == {200}
    assert len(reads) == 1


def test_a_dsn_from_the_environment_is_found(
    page: ModuleType, security: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The API server takes the connection `warehouse` where every process takes it."""
    monkeypatch.undo()
    monkeypatch.setenv("AIRFLOW_CONN_WAREHOUSE", "postgresql://ann:secret@db.example:6543/metrics?sslmode=require")
    found = page.warehouse("market")
    assert found.place == "db.example:6543/metrics"
    assert "sslmode=require" in found.dsn


def test_the_page_loads_nothing_from_elsewhere() -> None:
    """One file, no library, no foreign address, relative reads: it works below any path and without the internet."""
    html = (ROOT / "plugins" / "signals_page.html").read_text()
    assert not re.search(r"https?://|<link|<script[^>]+src|@import|url\(", html)
    assert 'fetch("state"' in html
    assert "`models/${c.model_id}`" in html
    assert "nothing here sends an order or gives advice" in html


def test_loading_the_plugin_is_light() -> None:
    """Scheduler, DAG processor and tasks load it too: neither FastAPI nor the driver comes with it."""
    code = (
        "import sys, airflow.plugins_manager, plugins.signals_page as page\n"
        "assert page.SignalsPage().external_views[0]['url_route'] == 'signals'\n"
        "print([name for name in ('fastapi', 'psycopg', 'include.warehouse') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip().splitlines()[-1] == "[]"
