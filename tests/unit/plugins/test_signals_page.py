"""The page's routes: closed without Airflow's login, and what they answer with it."""

from __future__ import annotations

import asyncio
import hashlib
import re
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import httpx
import orjson
import pytest

from include.errors import UnknownModel, WarehouseUnreachable
from include.warehouse.scoring import Switch

ROOT = Path(__file__).resolve().parents[3]
ROUTES = {
    "/", "/files/{path:path}", "/state", "/series", "/coverage", "/leaderboard", "/performance", "/pipeline", "/kill-switch",
    "/signals.csv", "/models", "/models/{model_id}",
}  # fmt: skip
OF_A_CELL = ("/series", "/coverage", "/leaderboard", "/performance", "/signals.csv")
ONE_CELL = "symbol=BTCUSDT&horizon=15&threshold=0.003"
FILES = ROOT / "include" / "page"
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
    """The routes, over a warehouse that answers STATE."""
    from include.orchestration import page_routes

    monkeypatch.setattr(page_routes, "page_state", lambda *_: STATE)
    monkeypatch.setattr(page_routes, "warehouse", lambda schema: None)
    return page_routes


@pytest.fixture
def rights(security: ModuleType, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Stands for the auth manager: `may` and `may_edit` are its answers, `asked` what it was asked."""
    rights: dict[str, Any] = {"may": True, "may_edit": True, "asked": None}

    def is_authorized_dag(**question: Any) -> bool:
        rights["asked"] = question
        return bool(rights["may" if question["method"] == "GET" else "may_edit"])

    monkeypatch.setattr(security, "get_auth_manager", lambda: SimpleNamespace(is_authorized_dag=is_authorized_dag))
    monkeypatch.setattr(security.DagModel, "get_team_name", lambda dag_id: None)
    return rights


def get(app: Any, path: str, method: str = "GET", **more: Any) -> httpx.Response:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://airflow") as client:
            return await client.request(method, path, **more)

    return asyncio.run(ask())


def logged_in(page: ModuleType, security: ModuleType) -> Any:
    app = page.create_app()
    app.dependency_overrides[security.get_user] = lambda: SimpleNamespace(get_name=lambda: "ann")
    return app


def test_every_route_is_closed_to_the_anonymous(page: ModuleType) -> None:
    """A route that is added without the login fails here."""
    app = page.create_app()
    assert {route.path for route in app.routes} == ROUTES
    for route in app.routes:
        for method in route.methods:
            assert get(app, route.path, method).status_code == 401, route.path


def test_one_route_writes_and_every_other_only_reads(page: ModuleType) -> None:
    """Nothing but the kill switch can be changed through the page."""
    methods = {(route.path, method) for route in page.create_app().routes for method in route.methods}
    assert {(path, method) for path, method in methods if method != "GET"} == {("/kill-switch", "POST")}


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
    policy = html.headers["content-security-policy"]
    assert "frame-ancestors 'self'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy, "no script or style stands in the page itself"
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
    def transaction(self, role: str, *, one_snapshot: bool = False) -> Iterator[Registry]:
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
    monkeypatch.setattr(page, "model_card", model_card)
    monkeypatch.setattr(page, "models_page", lambda connection, ids: f"index of {ids}")
    return made


def test_a_card_is_read_as_the_reader_in_limited_time(
    page: ModuleType, security: ModuleType, rights: dict[str, Any], registry: Registry
) -> None:
    """HTML that runs no script and loads nothing, from one snapshot whose statements are given up after three seconds."""
    card = get(logged_in(page, security), "/models/7")
    assert (card.status_code, card.text) == (200, "card 7 ../models")
    policy = card.headers["content-security-policy"]
    assert policy.startswith("default-src 'none';")
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
    monkeypatch.setattr(page, "page_state", lambda *_: reads.append(1) or STATE)
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
    """No foreign address, relative reads, no script or style in the page: it works below any path, without the internet."""
    html = (FILES / "page.html").read_text()
    own = {path: path.read_text() for path in FILES.glob("*.*") if path.suffix in {".js", ".css", ".html"}}
    for path, text in own.items():
        assert not re.search(r"https?://(?!www.w3.org/2000/svg)|@import|url\(", text), path
    loaded = re.findall(r'(?:src|href)="([^"#]+)"', html)
    assert all((FILES / found.removeprefix("files/")).is_file() for found in loaded if found.startswith("files/"))
    assert not [found for found in loaded if found.startswith(("/", "http"))]
    assert not re.search(r"<script(?![^>]+src=)|<style|\bstyle=|\bon[a-z]+=", html)
    assert "nothing here sends an order or gives advice" in html


def test_the_vendored_library_is_what_its_readme_says() -> None:
    """Version, licence and hash: nobody edited it."""
    readme = (FILES / "vendor" / "README.md").read_text()
    [folder] = (path for path in (FILES / "vendor").iterdir() if path.is_dir())
    assert folder.name in readme
    assert "MIT" in (folder / "LICENSE").read_text()
    for path in folder.glob("*.min.*"):
        assert hashlib.sha256(path.read_bytes()).hexdigest() in readme, path


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("page.js", 200),
        ("page.css", 200),
        ("vendor/uplot-1.6.32/uPlot.iife.min.js", 200),
        ("page.html", 404),
        ("__init__.py", 404),
        ("none.js", 404),
        ("..%2fsettings.toml", 404),
        ("..%2f..%2fbench%2fx.js", 404),
        ("vendor", 404),
    ],
)
def test_only_styles_and_scripts_are_handed_out(
    page: ModuleType, security: ModuleType, rights: dict[str, Any], path: str, status: int
) -> None:
    """With a type that the browser need not guess, and asked for anew each time; what is no style or script is not there."""
    answer = get(logged_in(page, security), f"/files/{path}")
    assert answer.status_code == status
    if status == 200:
        assert re.match(r"text/css|(text|application)/javascript", answer.headers["content-type"])
        assert answer.headers["cache-control"] == "no-cache"
        again = get(logged_in(page, security), f"/files/{path}", headers={"If-None-Match": answer.headers["etag"]})
        assert again.status_code == 304


@pytest.mark.parametrize("path", OF_A_CELL)
@pytest.mark.parametrize(
    "query",
    [
        "",
        "symbol=ETHUSDT&horizon=15&threshold=0.003",
        "symbol=BTCUSDT&horizon=16&threshold=0.003",
        "symbol=BTCUSDT&horizon=15&threshold=NaN",
        "symbol=BTCUSDT&horizon=15&threshold=sNaN",
        "symbol=BTCUSDT&horizon=15&threshold=1e999999999",
        "symbol=BTCUSDT&horizon=15&threshold=x';--",
    ],
)
def test_a_cell_that_is_not_live_is_a_sentence(
    page: ModuleType, security: ModuleType, rights: dict[str, Any], path: str, query: str
) -> None:
    """400, naming the cells that there are, before the warehouse is asked."""
    answer = get(logged_in(page, security), f"{path}?{query}&hours=3&from=2026-01-01&to=2026-01-02")
    assert answer.status_code == 400
    assert "15/0.003" in answer.json()["error"]


@pytest.mark.parametrize("hours", ["", "0", "4", "1e3", "-3", "168.0"])
def test_another_span_than_those_that_are_drawn_is_a_sentence(
    page: ModuleType, security: ModuleType, rights: dict[str, Any], registry: Registry, hours: str
) -> None:
    """400, naming the spans."""
    answer = get(logged_in(page, security), f"/series?{ONE_CELL}&hours={hours}")
    assert (answer.status_code, answer.json()) == (400, {"error": "hours is one of 3, 24, 168."})


@pytest.mark.parametrize(
    ("span", "said"),
    [
        ("", "from is an instant"),
        ("from=2026-01-01", "to is an instant"),
        ("from=2026-01-02&to=2026-01-02", "31 days at most"),
        ("from=2026-01-02&to=2026-01-01", "31 days at most"),
        ("from=2026-01-01&to=2026-02-02", "31 days at most"),
        ("from=0001-01-01T00:00%2B14:00&to=2026-02-02", "from is an instant"),
        ("from=0001-01-01&to=0001-01-02", "from is an instant of the years 1970 to 2200"),
        ("from=9999-12-30&to=9999-12-31", "from is an instant of the years 1970 to 2200"),
        ("from=2200-12-31&to=2201-01-01", "to is an instant of the years 1970 to 2200"),
    ],
)
def test_a_file_of_no_span_or_too_long_a_one_is_refused(
    page: ModuleType, security: ModuleType, rights: dict[str, Any], span: str, said: str
) -> None:
    """400 with a sentence."""
    answer = get(logged_in(page, security), f"/signals.csv?{ONE_CELL}&{span}")
    assert answer.status_code == 400
    assert said in answer.json()["error"]


class Busy:
    """How many are at work at once, and the most that ever were."""

    def __init__(self) -> None:
        self.now = self.most = 0
        self._lock = threading.Lock()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        with self._lock:
            self.now += 1
            self.most = max(self.most, self.now)
        time.sleep(0.01)
        yield
        with self._lock:
            self.now -= 1


def test_every_page_of_a_file_waits_its_turn(
    page: ModuleType, security: ModuleType, rights: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten files at once, four pages each: all are whole, and never more pages are read at once than other reads may be."""
    busy = Busy()

    def pages(*_: Any) -> Iterator[str]:
        for number in range(4):
            with busy.at_work():
                text = f"{number}\r\n"
            yield text

    monkeypatch.setattr(page, "signals_csv", pages)
    app = logged_in(page, security)
    address = f"/signals.csv?{ONE_CELL}&from=2026-01-01&to=2026-01-02"

    async def ask_at_once() -> list[httpx.Response]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://airflow") as client:
            return await asyncio.gather(*(client.get(address) for _ in range(10)))

    assert {answer.text for answer in asyncio.run(ask_at_once())} == {"0\r\n1\r\n2\r\n3\r\n"}
    assert 1 < busy.most <= page.READS_AT_ONCE


ON = {"is_on": True, "symbol": None, "reason": "the exchange is down"}


@pytest.fixture
def acts(page: ModuleType, registry: Registry, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the kill switch was told."""
    told: list[Any] = []

    def append(connection: Any, symbol: str | None, is_on: bool, reason: str, set_by: str) -> Switch:
        told.append((symbol, is_on, reason, set_by))
        return Switch(symbol, is_on, reason, set_by, datetime(2026, 1, 1, tzinfo=UTC))

    monkeypatch.setattr(page, "append_switch", append)
    return told


def test_who_may_edit_the_dag_turns_the_kill_switch(
    page: ModuleType, security: ModuleType, rights: dict[str, Any], registry: Registry, acts: list[Any]
) -> None:
    """The act is appended by the writer, under the name of Airflow's user; PUT on the DAG is what is asked for."""
    answer = get(logged_in(page, security), "/kill-switch", "POST", json=ON, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 200, answer.text
    assert acts == [(None, True, "the exchange is down", "ann")]
    assert registry.asked[0] == ("writer", False)
    assert (rights["asked"]["method"], rights["asked"]["details"].id) == ("PUT", "predict_signals")


def test_who_may_only_look_is_refused_the_kill_switch_and_told_so_before(
    page: ModuleType,
    security: ModuleType,
    rights: dict[str, Any],
    registry: Registry,
    acts: list[Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """403, nothing written; the state is shown, with may_set false."""
    rights["may_edit"] = False
    monkeypatch.setattr(page, "kill_switches", lambda _: [])
    app = logged_in(page, security)
    assert get(app, "/kill-switch", "POST", json=ON).status_code == 403
    assert acts == []
    assert get(app, "/kill-switch").json() == {"may_set": False, "switches": []}


def test_it_is_turned_while_a_look_at_it_hangs(
    page: ModuleType,
    security: ModuleType,
    rights: dict[str, Any],
    registry: Registry,
    acts: list[Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Who turns it does not wait for those who look."""
    over = threading.Event()
    monkeypatch.setattr(page, "kill_switches", lambda _: over.wait(30) and [])
    app = logged_in(page, security)

    async def act_beside_a_look() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://airflow") as client:
            look = asyncio.create_task(client.get("/kill-switch"))
            try:
                await asyncio.sleep(0.05)
                return await asyncio.wait_for(client.post("/kill-switch", json=ON), 10)
            finally:
                over.set()
                await look

    assert asyncio.run(act_beside_a_look()).status_code == 200
    assert len(acts) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
    ],
)
def test_another_site_cannot_turn_it_with_the_user_s_cookie(
    page: ModuleType, security: ModuleType, rights: dict[str, Any], acts: list[Any], headers: dict[str, str]
) -> None:
    """Refused by origin, or since a form cannot send JSON; nothing is written."""
    answer = get(logged_in(page, security), "/kill-switch", "POST", json=ON, headers=headers)
    assert answer.status_code in {403, 415}
    assert acts == []


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "http://airflow"}, {"Content-Type": "application/json; charset=utf-8"}]
)
def test_the_page_itself_and_a_script_with_a_token_can(
    page: ModuleType, security: ModuleType, rights: dict[str, Any], acts: list[Any], headers: dict[str, str]
) -> None:
    """The same origin, or a program, which sends none."""
    assert get(logged_in(page, security), "/kill-switch", "POST", json=ON, headers=headers).status_code == 200
    assert len(acts) == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"[]", 400),
        (b'"x"', 400),
        (orjson.dumps({**ON, "is_on": "yes"}), 400),
        (orjson.dumps({**ON, "reason": "   "}), 400),
        (orjson.dumps({**ON, "reason": "x" * 301}), 400),
        (orjson.dumps({**ON, "reason": "two\nlines"}), 400),
        (orjson.dumps({**ON, "reason": 7}), 400),
        (orjson.dumps({**ON, "symbol": "DOGE"}), 400),
        (orjson.dumps({**ON, "symbol": ["BTCUSDT"]}), 400),
        (orjson.dumps({"is_on": True, "reason": "no symbol"}), 400),
        (b" " * 5000, 413),
    ],
)
def test_an_act_that_is_none_is_refused(
    page: ModuleType, security: ModuleType, rights: dict[str, Any], acts: list[Any], body: bytes, status: int
) -> None:
    """A sentence, and nothing written."""
    headers = {"Content-Type": "application/json"}
    answer = get(logged_in(page, security), "/kill-switch", "POST", content=body, headers=headers)
    assert answer.status_code == status
    assert acts == []


def test_loading_the_plugin_is_light() -> None:
    """Scheduler, DAG processor and tasks load it too: neither FastAPI nor the driver comes with it."""
    code = (
        "import sys, airflow.plugins_manager, plugins.signals_page as page\n"
        "assert page.SignalsPage().external_views[0]['url_route'] == 'signals'\n"
        "print([name for name in ('fastapi', 'psycopg', 'include.warehouse') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip().splitlines()[-1] == "[]"
