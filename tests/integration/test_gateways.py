"""Let in, or told why not, over real HTTP, TLS and proxies; and no secret in any output, row or process list."""

from __future__ import annotations

import base64
import html
import http.server
import os
import re
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import psutil
import pytest
from certificates import Authority, Issued
from gateways import ForwardingProxy, Gateway, forwarding
from markets import FIRST, ChangeableMarket, serving
from pipelines import rows
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from include.cortex.client import CortexClient
from include.errors import SourceError, SourceRefused, SourceUnreachable
from include.lab.clock import LabClock
from include.lab.server import create_app
from include.launcher.source import choose_source, source_time
from include.orchestration.processes import run_command
from include.pipeline import from_environment
from include.settings import PACKAGE, read_environment
from include.warehouse.connection import Warehouse
from include.warehouse.migrate import migrate

NOW = FIRST + timedelta(days=2)
PROXY_VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
PASSWORD = "p@ss/w#rd é<&>\"'+1"
ENCODED = quote(PASSWORD, safe="")
TOKEN = "tok3n" + "x" * 40
HEADER = "k3y-of-the-gateway"
BASIC = base64.b64encode(f"me:{PASSWORD}".encode()).decode()
SECRETS = (PASSWORD, ENCODED, html.escape(PASSWORD), TOKEN, HEADER, BASIC)

Put = Callable[..., tuple[str, Gateway]]
Means = Callable[..., dict[str, str]]


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXY_VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def put() -> Iterator[Put]:
    """Puts a gateway before a lab of two days, until the test ends; its API root and itself."""
    with ExitStack() as stack:

        def put(
            own: Any = lambda request: None, tls: Mapping[str, Any] | None = None, **more: Any
        ) -> tuple[str, Gateway]:
            lab = create_app(ChangeableMarket(days=3), LabClock(NOW.timestamp(), 0.0))
            gateway = Gateway(lab, own, **more)
            return stack.enter_context(serving(gateway, **(tls or {}))), gateway

        yield put


@pytest.fixture
def settings_file(tmp_path: Path) -> Path:
    """The shipped settings with windows of six hours and two attempts a request."""
    text = (PACKAGE / "settings.toml").read_text(encoding="utf-8")
    for name, value in {"window_days": 0.25, "attempts": 2, "first_load_days": 1}.items():
        text, found = re.subn(rf"^{name} = \S+", f"{name} = {value}", text, flags=re.MULTILINE)
        assert found == 1
    file = tmp_path / "settings.toml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture
def means(settings_file: Path, tmp_path: Path) -> Means:
    """The environment of a run: addresses and secrets, and nothing of this shell's."""

    def means(url: str, dsn: str = "postgresql://nobody@127.0.0.1:1/none", **more: str) -> dict[str, str]:
        return {
            "CORTEX_URL": url, "WAREHOUSE_DSN": dsn, "CORTEX_SIGNALS_HOME": str(tmp_path),
            "CORTEX_SIGNALS_SETTINGS": str(settings_file), "CORTEX_SIGNALS_ALLOW_SIMULATED": "1", **more,
        }  # fmt: skip

    return means


@pytest.fixture
def migrated(new_database: str) -> str:
    migrate(Warehouse(new_database))
    return new_database


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"), "private")


@contextmanager
def client(environment: Mapping[str, str]) -> Iterator[CortexClient]:
    """A client of what the environment names, as every command makes it."""
    with from_environment(read_environment(environment)).source() as made:
        yield made


def why_not(environment: Mapping[str, str]) -> tuple[SourceError, int]:
    """Why time() is not answered, and after how many requests."""
    with client(environment) as one:
        with pytest.raises(SourceError) as raised:
            one.time()
        return raised.value, one.requests


def run(environment: Mapping[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command as a process, with all logs."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "include.cli", *arguments],
        env={**inherited, "PYTHONPATH": str(PACKAGE.parent), **environment},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def backfill(environment: Mapping[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """The first day of the market, in windows of six hours."""
    day = (f"--from={FIRST:%Y-%m-%dT%H:%MZ}", f"--to={FIRST + timedelta(days=1):%Y-%m-%dT%H:%MZ}")
    return run(environment, *arguments, "backfill", *day)


def everything(dsn: str) -> str:
    """All that the warehouse holds, as one text, its ledger with it."""
    warehouse = Warehouse(dsn)
    tables = [name for (name,) in rows(warehouse, "SELECT tablename FROM pg_tables WHERE schemaname = 'market'")]
    assert {"source", "ingest_windows", "minute_metrics"} <= set(tables)
    found = (row for table in tables for row in rows(warehouse, f"SELECT * FROM market.{table}"))
    return "\n".join(str(value) for row in found for value in row)


def command_lines() -> set[str]:
    """What the process list shows of all processes that this one started, and they in turn."""
    found = set()
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            found.add(" ".join(process.cmdline()))
    return found


def demanding(header: str, value: str) -> Callable[[Request], Response | None]:
    """A gateway that lets through who sends exactly that."""
    return lambda request: (
        None if request.headers.getlist(header) == [value] else PlainTextResponse("not you", status_code=401)
    )


# -- headers


@pytest.mark.parametrize(("given", "sent"), [({}, []), ({"CORTEX_TENANT": " "}, []), ({"CORTEX_TENANT": "a"}, ["a"])])
def test_the_tenant_is_sent_exactly_when_it_is_set(
    given: dict[str, str], sent: list[str], put: Put, means: Means
) -> None:
    """No empty header, which Cortex would refuse, when it is not."""
    url, gateway = put()
    with client(means(url, **given)) as one:
        assert one.time() == NOW
    assert gateway.seen("X-Scope-OrgID") == [sent]


@pytest.mark.parametrize(
    ("login", "header", "value"),
    [
        ({"CORTEX_USERNAME": "me", "CORTEX_PASSWORD": PASSWORD}, "Authorization", f"Basic {BASIC}"),
        ({"in the address": f"me:{ENCODED}@"}, "Authorization", f"Basic {BASIC}"),
        ({"CORTEX_TOKEN": TOKEN}, "Authorization", f"Bearer {TOKEN}"),
        ({"CORTEX_TOKEN": TOKEN, "in the address": f"me:{ENCODED}@"}, "Authorization", f"Bearer {TOKEN}"),
        ({"CORTEX_HEADERS": f'{{"X-Key": "{HEADER}"}}'}, "x-key", HEADER),
        (
            {"CORTEX_TOKEN": TOKEN, "CORTEX_HEADERS": '{"authorization": "Basic x"}'},
            "Authorization",
            f"Bearer {TOKEN}",
        ),
    ],
    ids=[
        "basic",
        "basic in the address",
        "bearer",
        "bearer before basic",
        "extra header",
        "bearer before extra header",
    ],
)
def test_a_gateway_lets_in_who_has_the_login(
    login: dict[str, str], header: str, value: str, put: Put, means: Means
) -> None:
    """Each way is accepted as it is meant, and without it the refusal names the settings."""
    url, _ = put(demanding(header, value))
    variables = {name: said for name, said in login.items() if name.isupper()}
    with client(means(url.replace("://", f"://{login.get('in the address', '')}"), **variables)) as one:
        assert one.time() == NOW
        assert one.requests == 1
    error, requests = why_not(means(url))
    assert type(error) is SourceRefused
    assert re.search(
        r"401 \(not you\); set CORTEX_TENANT .*CORTEX_TOKEN or CORTEX_USERNAME and CORTEX_PASSWORD", str(error)
    )
    assert requests == 1


def test_a_login_in_the_address_is_no_part_of_the_source(put: Put, means: Means, migrated: str) -> None:
    """What the warehouse knows the source by is its address and tenant; another password is the same source."""
    url, _ = put(hides="buildinfo")
    with_login = means(url.replace("://", f"://me:{ENCODED}@"), migrated, CORTEX_TENANT="a")
    loaded = backfill(with_login)
    assert loaded.returncode == 0, loaded.stderr
    warehouse = Warehouse(migrated)
    assert rows(warehouse, "SELECT kind, identity FROM source") == [("cortex", f"{url} tenant a")]
    assert not [secret for secret in SECRETS if secret in everything(migrated)]
    other = from_environment(read_environment(means(url.replace("://", "://me:new@"), migrated, CORTEX_TENANT="a")))
    with other.source() as one:
        assert other.recognise(one).name == f"{url} tenant a"


# -- TLS


def served_with(issued: Issued, authority: Authority | None = None) -> dict[str, Any]:
    """uvicorn's options: a certificate, and of which authority it wants the clients' to be."""
    own = {"ssl_certfile": issued.certificate, "ssl_keyfile": issued.key}
    return {**own, "ssl_ca_certs": authority.ca_file, "ssl_cert_reqs": ssl.CERT_REQUIRED} if authority else own


@pytest.mark.parametrize(
    ("issued_for", "ends", "trusted", "said"),
    [
        ("127.0.0.1", 1, False, r"unable to get local issuer certificate\); set CORTEX_CA_FILE .*PEM file"),
        ("127.0.0.1", -1, True, r"certificate has expired\); it must be renewed"),
        ("cortex.example", 1, True, r"not valid for '127.0.0.1'\); CORTEX_URL must name a host that"),
    ],
)
def test_a_certificate_that_is_not_trusted_is_one_sentence_with_the_remedy(
    issued_for: str, ends: int, trusted: bool, said: str, put: Put, means: Means, authority: Authority
) -> None:
    """Asked once: the next attempt would meet the same certificate."""
    url, gateway = put(tls=served_with(authority.issue(issued_for, timedelta(days=ends))))
    error, requests = why_not(means(url, **({"CORTEX_CA_FILE": authority.ca_file} if trusted else {})))
    assert type(error) is SourceRefused
    assert re.search(rf"^The certificate of Cortex at {url} is not trusted \(.*{said}", str(error))
    assert requests == 1
    assert gateway.requests == []


def test_a_private_authority_is_trusted_when_it_is_named(put: Put, means: Means, authority: Authority) -> None:
    """CORTEX_CA_FILE, beside the system's."""
    url, _ = put(tls=served_with(authority.issue("127.0.0.1")))
    with client(means(url, CORTEX_CA_FILE=authority.ca_file)) as one:
        assert one.time() == NOW


def test_a_client_certificate_is_shown_when_it_is_set(
    put: Put, means: Means, authority: Authority, tmp_path: Path
) -> None:
    """Who shows none, or another authority's, is told the settings although this server hangs up without a word."""
    url, gateway = put(tls=served_with(authority.issue("127.0.0.1"), authority))
    trusting = means(url, CORTEX_CA_FILE=authority.ca_file)
    stranger = Authority(tmp_path, "stranger").issue("me")
    for environment in (trusting, shown(trusting, stranger)):
        error, _ = why_not(environment)
        assert "CORTEX_CLIENT_CERT" in str(error)
    assert gateway.requests == []
    with client(shown(trusting, authority.issue("me"))) as one:
        assert one.time() == NOW


def shown(environment: Mapping[str, str], issued: Issued) -> dict[str, str]:
    return {**environment, "CORTEX_CLIENT_CERT": issued.certificate, "CORTEX_CLIENT_KEY": issued.key}


def test_make_up_is_let_in_as_every_command_is(put: Put, means: Means, authority: Authority) -> None:
    """Its first question shows certificate, login and headers; without them it ends with the same sentences."""

    def own(request: Request) -> Response | None:
        sent = [request.headers.get(name) for name in ("authorization", "x-gateway-key")]
        return None if sent == [f"Basic {BASIC}", HEADER] else PlainTextResponse("not you", 401)

    url, gateway = put(own, tls=served_with(authority.issue("127.0.0.1"), authority))
    address = means(url.replace("://", f"://me:{ENCODED}@"), CORTEX_HEADERS=f'{{"X-Gateway-Key": "{HEADER}"}}')
    trusting = shown({**address, "CORTEX_CA_FILE": authority.ca_file}, authority.issue("me"))

    def asked(environment: Mapping[str, str]) -> datetime:
        return source_time(choose_source(read_environment(environment), lab_port=0, allow_simulated=False))

    assert asked(trusting) == NOW
    for without, named in (
        ("CORTEX_CA_FILE", "set CORTEX_CA_FILE"),
        ("CORTEX_HEADERS", r"401 \(not you\); set CORTEX_T"),
    ):
        with pytest.raises(SourceRefused, match=named) as raised:
            asked({name: value for name, value in trusting.items() if name != without})
        assert not [secret for secret in SECRETS if secret in str(raised.value)]
    assert len(gateway.requests) == 2


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_a_server_that_says_which_certificate_it_wants_is_understood(
    version: ssl.TLSVersion, means: Means, authority: Authority, tmp_path: Path
) -> None:
    """The alert comes in the handshake or after it, and names the client's certificate either way."""
    with alerting(authority, version) as url:
        trusting = means(url, CORTEX_CA_FILE=authority.ca_file)
        error, _ = why_not(trusting)
        assert "CORTEX_CLIENT_CERT" in str(error)
        stranger = Authority(tmp_path, "stranger").issue("me")
        error, requests = why_not(shown(trusting, stranger))
        assert f"does not accept the certificate {stranger.certificate}" in str(error)
        assert requests == 1


@contextmanager
def alerting(authority: Authority, version: ssl.TLSVersion) -> Iterator[str]:
    """The root of a server that wants a client certificate, and sends the alert that the TLS library has for it."""
    issued = authority.issue("127.0.0.1")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=authority.ca_file)
    context.load_cert_chain(issued.certificate, issued.key)
    context.verify_mode, context.maximum_version = ssl.CERT_REQUIRED, version

    class Server(http.server.ThreadingHTTPServer):
        def finish_request(self, request: Any, client_address: Any) -> None:
            with context.wrap_socket(request, server_side=True) as wrapped:
                super().finish_request(wrapped, client_address)

        def handle_error(self, request: Any, client_address: Any) -> None:
            """A refused handshake is what the test is about."""

    with Server(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"https://127.0.0.1:{server.server_address[1]}/prometheus"
        server.shutdown()
        thread.join()


# -- proxies and packing


@contextmanager
def proxied(url: str, login: str | None = None) -> Iterator[ForwardingProxy]:
    """A proxy that alone knows that the gateway is cortex.example."""
    port = urlsplit(url).port
    assert port is not None
    with forwarding({"cortex.example": port, "0.0.0.0": port}, login) as proxy:
        yield proxy


def test_a_proxy_is_used_for_what_is_not_on_this_machine(
    put: Put, means: Means, migrated: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A whole load goes through HTTP_PROXY to a name that nobody else knows, packed; loopback is asked directly, unpacked."""
    url, gateway = put()
    with proxied(url) as proxy:
        loaded = backfill(means("http://cortex.example/prometheus", migrated, HTTP_PROXY=proxy.address))
        assert loaded.returncode == 0, loaded.stderr
        assert rows(Warehouse(migrated), "SELECT count(*) FROM minute_metrics") == [(1440,)]
        assert len(proxy.asked) == len(gateway.requests) > 4
        assert "GET http://cortex.example/prometheus/api/v1/query_range" in proxy.asked
        assert all("gzip" in accepted for (accepted,) in gateway.seen("accept-encoding"))
        assert "gzip" in gateway.packed
        monkeypatch.setenv("HTTP_PROXY", proxy.address)
        before = len(proxy.asked)
        with client(means(url)) as one:
            assert (
                len(one.query_range("crypto_last_price", FIRST, FIRST + timedelta(days=1), timedelta(minutes=1))) == 1
            )
        assert len(proxy.asked) == before
    assert gateway.seen("accept-encoding")[-1] == ["identity"]
    assert gateway.packed[-1] is None


def test_no_proxy_takes_a_host_out(put: Put, means: Means, monkeypatch: pytest.MonkeyPatch) -> None:
    """0.0.0.0 is no loopback address, and this machine all the same: the proxy sees it only without NO_PROXY."""
    url, _ = put()
    elsewhere = means(url.replace("127.0.0.1", "0.0.0.0"))
    with proxied(url) as proxy:
        monkeypatch.setenv("HTTP_PROXY", f"http://{proxy.address}")
        for exempt, seen in (("other.example", 1), ("other.example,0.0.0.0", 1)):
            monkeypatch.setenv("NO_PROXY", exempt)
            with client(elsewhere) as one:
                assert one.time() == NOW
            assert len(proxy.asked) == seen


def test_tls_goes_through_a_proxy(
    put: Put, means: Means, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    """HTTPS_PROXY carries it unseen, with the private authority and the client's certificate of a direct connection."""
    url, gateway = put(tls=served_with(authority.issue("cortex.example"), authority))
    with proxied(url) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.address)
        address = means("https://cortex.example/prometheus", CORTEX_CA_FILE=authority.ca_file)
        with client(shown(address, authority.issue("me"))) as one:
            assert one.time() == NOW
        assert proxy.asked == ["CONNECT cortex.example:443"]
    assert len(gateway.requests) == 1


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_does_not_let_through_is_named(
    scheme: str, put: Put, means: Means, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that wants a login, and one that is not there; its password is not said."""
    url, gateway = put()
    cortex = means(f"{scheme}://cortex.example/prometheus")
    login = "Basic " + base64.b64encode(f"me:{PASSWORD}".encode()).decode()
    with proxied(url, login) as proxy:
        monkeypatch.setenv(f"{scheme.upper()}_PROXY", f"http://me:wrong-s3cr3t@{proxy.address}")
        error, _ = why_not(cortex)
        assert "407" in str(error) or "wants a login" in str(error)
        assert "proxy" in str(error).lower().replace("_proxy", "")
        assert "s3cr3t" not in str(error)
        if scheme == "http":
            monkeypatch.setenv("HTTP_PROXY", f"http://me:{ENCODED}@{proxy.address}")
            with client(cortex) as one:
                assert one.time() == NOW
            assert gateway.seen("proxy-authorization") == [[login]]
    monkeypatch.setenv(f"{scheme.upper()}_PROXY", "http://me:s3cr3t@127.0.0.1:1")
    error, _ = why_not(cortex)
    assert re.search(r"cannot be reached \(.*refused\); check CORTEX_URL .*, NO_PROXY and the proxy", str(error))
    assert "s3cr3t" not in str(error)


@pytest.mark.parametrize(("spoilt", "requests"), [(1, 2), (9, 2)])
def test_an_answer_that_cannot_be_unpacked_is_asked_for_again(
    spoilt: int, requests: int, put: Put, means: Means
) -> None:
    """The second attempt counts; when that fails too it is said what was wrong."""
    broken = Response(b"no gzip", headers={"content-encoding": "gzip", "content-type": "application/json"})
    left = iter([broken] * spoilt)
    url, _ = put(lambda request: next(left, None))
    with client(means(url)) as one:
        if spoilt < requests:
            assert one.time() == NOW
        else:
            with pytest.raises(SourceUnreachable, match="packed its answer in a way that cannot be unpacked"):
                one.time()
        assert (one.requests, one.retries) == (requests, requests - 1)


# -- login pages


def login_page(status: int) -> Response:
    if status == 200:
        return HTMLResponse("<!DOCTYPE html><title>Sign in\n to ACME</title>", headers={"server": "acme-gate"})
    return RedirectResponse("https://sso.example/login?next=/prometheus&ticket=t1cket#t1cket", status)


@pytest.mark.parametrize("status", [200, 302, 307, 308])
def test_a_login_page_is_an_error_that_names_the_gateway_and_leaves_nothing_half_written(
    status: int, put: Put, means: Means, migrated: str
) -> None:
    """A session that ends while the second window is loaded: one sentence, exit code 1, and whole windows alone."""
    second = (FIRST + timedelta(hours=6)).timestamp()
    url, _ = put(lambda request: login_page(status) if float(request.query_params.get("start", 0)) >= second else None)
    warehouse = Warehouse(migrated)
    ended = backfill(means(url, migrated))
    assert ended.returncode == 1
    named = {
        200: f"{url} answered with text/html titled 'Sign in to ACME' from the gateway .*acme-gate.* instead of JSON; ",
    }.get(status, f"{url} redirects with {status} to https://sso.example/login; ")
    assert re.search(named + ".*any gateway before it must let the requests through", ended.stderr)
    assert "Traceback" not in ended.stderr
    assert "t1cket" not in ended.stderr + everything(migrated)
    held = rows(
        warehouse,
        "SELECT error IS NULL, rows_new, count(m.ts) FROM ingest_windows AS w LEFT JOIN minute_metrics AS m "
        "ON m.ts >= w.window_from AND m.ts < w.window_to GROUP BY w.window_from, error, rows_new ORDER BY w.window_from",
    )
    assert held == [(True, 360, 360)] + [(False, 0, 0)] * 3


@pytest.mark.parametrize("status", [200, 302])
def test_a_login_page_from_the_beginning_writes_no_minute_and_claims_no_source(
    status: int, put: Put, means: Means, migrated: str
) -> None:
    """A gateway's page is never taken for a Cortex without build information."""
    url, _ = put(lambda request: login_page(status))
    ended = backfill(means(url, migrated))
    assert ended.returncode == 1
    assert len(ended.stderr.splitlines()) == 1
    assert ("titled 'Sign in to ACME'" if status == 200 else "redirects with 302") in ended.stderr
    assert rows(Warehouse(migrated), "SELECT ts FROM minute_metrics UNION ALL SELECT recorded_at FROM source") == []


# -- secrets


class Echo:
    """A gateway that answers ranges with all that it was sent and made of it; notes what these tests run meanwhile."""

    def __init__(self, status: int) -> None:
        self.status = status
        self.commands: set[str] = set()

    def __call__(self, request: Request) -> Response | None:
        self.commands |= command_lines()
        if not request.url.path.endswith("query_range"):
            return None
        given = request.headers["authorization"].partition(" ")[2]
        known = base64.b64decode(given).decode().partition(":")[2] if given == BASIC else given
        seen = [*(f"{name}: {value}" for name, value in request.headers.items()), known, quote(known, safe="")]
        headers = {"www-authenticate": f"Bearer error={given}", "server": f"gate {given}"}
        if self.status == 200:
            page = f"<title>{html.escape(known)} {given}</title><pre>{html.escape('; '.join(seen))}</pre>"
            return HTMLResponse(page, headers=headers)
        return PlainTextResponse("you sent " + "; ".join(seen[::-1]), self.status, headers=headers)


@pytest.mark.parametrize(
    ("kind", "status", "other"),
    [("basic", 401, "ingest"), ("bearer", 400, "doctor"), ("basic", 500, "status"), ("bearer", 200, "ingest")],
)
def test_no_secret_in_any_output_row_or_process_list(
    kind: str, status: int, other: str, put: Put, means: Means, migrated: str
) -> None:
    """A load and another command, with all logs and tracebacks, against a gateway that echoes what it is sent."""
    echo = Echo(status)
    url, _ = put(echo)
    login = {"CORTEX_TOKEN": TOKEN} if kind == "bearer" else {}
    address = url if login else url.replace("://", f"://me:{ENCODED}@")
    environment = means(address, migrated, CORTEX_HEADERS=f'{{"X-Gateway-Key": "{HEADER}"}}', **login)
    with ThreadPoolExecutor(2) as pool:
        ended = [
            pool.submit(backfill, environment, "--debug"),
            pool.submit(run, environment, "--debug", other, "--json"),
        ]
    loaded, further = (one.result() for one in ended)
    said = loaded.stdout + loaded.stderr + further.stdout + further.stderr
    assert (loaded.returncode, further.returncode) == (1, 0 if other == "status" else 1), said
    assert "Traceback" in loaded.stderr
    assert "***" in loaded.stderr
    assert rows(Warehouse(migrated), "SELECT DISTINCT error LIKE '%***%' FROM ingest_windows") == [(True,)]
    assert any("include.cli --debug backfill" in command for command in echo.commands)
    for text in (said, everything(migrated), "\n".join(echo.commands)):
        assert not [secret for secret in SECRETS if secret in text]


def test_the_process_of_a_task_is_let_in_and_shows_no_secret(
    put: Put, means: Means, migrated: str, authority: Authority
) -> None:
    """What a DAG starts anew has certificates, login and headers from its environment, and none of it in its arguments."""
    commands: set[str] = set()

    def own(request: Request) -> Response | None:
        commands.update(command_lines())
        sent = [request.headers.get(name) for name in ("authorization", "x-gateway-key", "x-scope-orgid")]
        return None if sent == [f"Basic {BASIC}", HEADER, "a"] else PlainTextResponse("not you", 403)

    url, _ = put(own, tls=served_with(authority.issue("127.0.0.1"), authority))
    environment = means(
        url.replace("://", f"://me:{ENCODED}@"), migrated,
        CORTEX_TENANT="a", CORTEX_CA_FILE=authority.ca_file, CORTEX_HEADERS=f'{{"X-Gateway-Key": "{HEADER}"}}',
    )  # fmt: skip
    given = from_environment(read_environment(shown(environment, authority.issue("me"))))
    day = (f"--from={FIRST:%Y-%m-%dT%H:%MZ}", f"--to={FIRST + timedelta(days=1):%Y-%m-%dT%H:%MZ}")
    loaded = run_command(given, ["backfill", *day, "--allow-simulated"])
    assert loaded["minutes_new"] == 1440
    assert any("include.cli backfill" in command for command in commands)
    assert not [secret for secret in SECRETS if secret in "\n".join(commands)]
    assert not [secret for secret in SECRETS if secret in everything(migrated)]
