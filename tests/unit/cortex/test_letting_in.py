"""How a client is let in, and that nothing of it is ever said: addresses, headers, files, proxies, and what gateways answer."""

from __future__ import annotations

import base64
import html
import json
import logging
import ssl
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from certificates import Authority

from include.cortex.address import Cortex
from include.cortex.client import CortexClient
from include.errors import CortexSignalsError, SettingsError, SourceLimit, SourceRefused, SourceUnreachable
from include.orchestration.processes import _environment
from include.pipeline import Pipeline, from_environment
from include.settings import load_settings, parse_headers, read_environment
from include.warehouse.connection import Warehouse

PASSWORD = "p@ss/w#rd é<&>\"'\\+1"
TOKEN = "tok3n" + "x" * 40
HEADER = "Key k3y-with-words"
FULL = Cortex(
    "http://cortex.test", username="ümit", password=PASSWORD, token=TOKEN,
    extra_headers={"X-Gateway-Key": HEADER, "Cookie": "Session s3ss10n"},
)  # fmt: skip
PROXY_VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")

Answer = Callable[[httpx.Request], httpx.Response]


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXY_VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def said(answer: httpx.Response | Answer, cortex: Cortex = FULL, attempts: int = 1) -> CortexSignalsError:
    """The error that an answer to time() becomes."""
    transport = httpx.MockTransport(answer if callable(answer) else lambda request: answer)
    with (
        CortexClient(cortex, attempts=attempts, transport=transport) as client,
        pytest.raises(CortexSignalsError) as raised,
    ):
        client.time()
    return raised.value


def refused(**parts: Any) -> SettingsError:
    """Why a client cannot be made; all that a traceback shows of it is looked through for the secret."""
    with pytest.raises(SettingsError) as raised:
        CortexClient(Cortex(**{"url": "http://cortex.test", **parts}))
    assert "s3cr3t" not in "".join(traceback.format_exception(raised.value))
    return raised.value


# -- addresses


@pytest.mark.parametrize(
    ("given", "url", "login"),
    [
        ("http://me:p%40ss%2Fword@host:9009/prometheus", "http://host:9009/prometheus", ("me", "p@ss/word")),
        ("https://me:p#1?@[::1]:9009/ab", "https://[::1]:9009/ab", ("me", "p#1?")),
        ("http://me@host", "http://host", ("me", "")),
        ("http://host/prometheus", "http://host/prometheus", (None, None)),
    ],
)
def test_a_login_in_the_address_is_taken_out(given: str, url: str, login: tuple[str | None, str | None]) -> None:
    """It is decoded, and the address goes on without it."""
    cortex = Cortex(given)
    assert (cortex.url, (cortex.username, cortex.password)) == (url, login)


def test_a_login_beside_the_address_goes_before_the_one_in_it() -> None:
    """CORTEX_USERNAME and CORTEX_PASSWORD are the more explicit ones."""
    cortex = Cortex("http://a:b@host", username="me", password="mine")
    assert (cortex.url, cortex.username, cortex.password) == ("http://host", "me", "mine")


@pytest.mark.parametrize("url", ["http://me:a/s3cr3t@host:9009/prometheus", "me:s3cr3t@host:9009/prometheus"])
def test_a_login_that_cannot_be_taken_out_is_refused_and_not_repeated(url: str) -> None:
    """A slash that is not encoded would make a host of the user name, and a text of the password."""
    assert "percent-encode" in str(refused(url=url))


@pytest.mark.parametrize("url", ["http://host/prometheus?key=s3cr3t", "http://host/#s3cr3t"])
def test_a_query_in_the_address_is_refused_and_not_repeated(url: str) -> None:
    """It would not be sent with the requests; CORTEX_HEADERS would."""
    assert "CORTEX_HEADERS" in str(refused(url=url))


@pytest.mark.parametrize("url", ["host:9009/prometheus", "ftp://host", "http:///prometheus", "http://host:port", "x"])
def test_what_is_no_address_is_named_before_anything_is_asked(url: str) -> None:
    """No attempt is spent on it."""
    with pytest.raises(SourceRefused, match=r"CORTEX_URL is .*, not an address such as http://host:9009/prometheus"):
        CortexClient(Cortex(url))


def test_a_host_name_that_cannot_be_is_named() -> None:
    """Which is found out when it is looked up."""
    with pytest.raises(SourceRefused, match="CORTEX_URL is"), CortexClient(Cortex(f"http://{'a' * 64}.test")) as client:
        client.time()


def test_no_secret_is_shown_by_what_holds_it() -> None:
    """Neither by the environment, whose address may hold a login, nor by the pipeline made of it."""
    environment = read_environment(
        {
            "CORTEX_URL": "http://me:s3cr3t@host",
            "CORTEX_TOKEN": "s3cr3t",
            "CORTEX_HEADERS": '{"X": "s3cr3t"}',
            "WAREHOUSE_DSN": "postgresql://u:s3cr3t@h/d",
        }
    )
    assert "s3cr3t" not in repr(environment)
    assert "s3cr3t" not in repr(from_environment(environment))


# -- headers


def sent(cortex: Cortex) -> httpx.Headers:
    """The headers of a request."""
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(404)

    said(answer, cortex)
    return seen[0].headers


def test_a_header_is_sent_once_whatever_its_letters() -> None:
    """Own settings go before extra headers of the same name, in whatever case it is written."""
    extra = {"x-scope-orgid": "other", "authorization": "Basic other", "accept": "text/html"}
    headers = sent(Cortex("http://cortex.test", tenant="mine", token="t", extra_headers=extra))
    assert headers.get_list("X-Scope-OrgID") == ["mine"]
    assert headers.get_list("Authorization") == ["Bearer t"]
    basic = sent(Cortex("http://cortex.test", username="u", password="p", extra_headers=extra))
    assert basic.get_list("Authorization") == ["Basic " + base64.b64encode(b"u:p").decode()]


@pytest.mark.parametrize(
    ("parts", "named"),
    [
        ({"token": "s3cr3t\nX-Admin: 1"}, "CORTEX_TOKEN"),
        ({"token": "s3cr3t-ü"}, "CORTEX_TOKEN"),
        ({"tenant": "ümlaut"}, "CORTEX_TENANT"),
        ({"extra_headers": {"X-Key": "s3cr3t\r\n"}}, "CORTEX_HEADERS"),
        ({"extra_headers": {"X Key": "s3cr3t"}}, "CORTEX_HEADERS.*'X Key'"),
    ],
)
def test_what_no_header_can_carry_is_named_and_not_repeated(parts: dict[str, Any], named: str) -> None:
    """Not called a wrong address, and not tried."""
    error = refused(**parts)
    assert error.__cause__ is None
    with pytest.raises(SettingsError, match=named):
        raise error


@pytest.mark.parametrize(
    "given", ["X: s3cr3t", '["s3cr3t"]', '{"X": 1, "Y": "s3cr3t"}', "null", '{"X": {"Y": "s3cr3t"}}']
)
def test_headers_that_are_none_are_refused_and_not_repeated(given: str) -> None:
    """The sentence shows the form."""
    with pytest.raises(SettingsError, match=r'CORTEX_HEADERS is not a JSON object.*\{"X-Scope": "value"\}') as raised:
        parse_headers("CORTEX_HEADERS", given)
    assert "s3cr3t" not in "".join(traceback.format_exception(raised.value))


def test_a_process_of_its_own_is_let_in_alike(tmp_path: Path) -> None:
    """All of the login travels in the environment of a long computation's process."""
    cortex = Cortex(
        "https://cortex.test", tenant="t", username="u", password=PASSWORD, token=TOKEN, ca_file="/ca", client_cert="/cert",
        client_key="/key", extra_headers={"X-Key": HEADER},
    )  # fmt: skip
    carried = _environment(Pipeline(load_settings(), cortex, Warehouse("postgresql://u@h/d")))
    assert from_environment(read_environment({**carried, "CORTEX_SIGNALS_HOME": str(tmp_path)})).cortex == cortex


# -- certificates


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """PEM files, good and bad, by what they are."""
    folder = tmp_path_factory.mktemp("files")
    authority = Authority(folder, "authority")
    mine, other = authority.issue("me"), authority.issue("other")
    locked = authority.issue("locked", passphrase=b"abcd")
    (folder / "garbage").write_text("no PEM")
    return {
        "authority": authority.ca_file, "certificate": mine.certificate, "key": mine.key, "other key": other.key,
        "locked": locked.certificate, "locked key": locked.key, "garbage": str(folder / "garbage"),
        "missing": str(folder / "missing"), "folder": str(folder),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"ca_file": "missing"}, r"CORTEX_CA_FILE.* names .*/missing, which cannot be read \(No such file"),
        ({"ca_file": "folder"}, r"CORTEX_CA_FILE.* cannot be read \(Is a directory\)"),
        ({"ca_file": "garbage"}, r"CORTEX_CA_FILE.* names .*/garbage, which holds no certificate"),
        ({"client_cert": "missing"}, r"CORTEX_CLIENT_CERT.* names .*/missing, which cannot be read"),
        ({"client_cert": "certificate", "client_key": "missing"}, r"CORTEX_CLIENT_KEY.* names .*/missing"),
        ({"client_cert": "garbage", "client_key": "key"}, r"not a certificate and its key; CORTEX_CLIENT_CERT and"),
        ({"client_cert": "certificate", "client_key": "other key"}, r"must be PEM files that belong together"),
        ({"client_cert": "certificate"}, r"not a certificate and its key"),
        ({"client_cert": "locked", "client_key": "locked key"}, r"the key without a passphrase"),
        ({"client_key": "key"}, r"CORTEX_CLIENT_KEY is set and CORTEX_CLIENT_CERT is not"),
    ],
)
def test_a_file_that_is_not_usable_is_named_with_its_setting(
    parts: dict[str, str], sentence: str, files: dict[str, str]
) -> None:
    """One sentence before anything is asked; nobody is asked for a passphrase at a terminal."""
    given: dict[str, Any] = {part: files[name] for part, name in parts.items()}
    with pytest.raises(SettingsError, match=sentence):
        CortexClient(Cortex("HTTPS://cortex.test", **given))


def test_usable_files_are_taken(files: dict[str, str]) -> None:
    """An authority, a certificate and its key; without TLS they are not looked at."""
    given: dict[str, Any] = {
        "ca_file": files["authority"],
        "client_cert": files["certificate"],
        "client_key": files["key"],
    }
    context = Cortex("https://cortex.test", **given).tls()
    assert isinstance(context, ssl.SSLContext)
    alone = ssl.create_default_context(cafile=files["authority"]).get_ca_certs()
    assert all(authority in context.get_ca_certs() for authority in alone)
    assert Cortex("http://cortex.test", ca_file=files["missing"]).tls() is True


# -- proxies


@pytest.mark.parametrize("proxy", ["socks5://me:s3cr3t@proxy:1080", "x://me:s3cr3t@proxy", "http://me:s3cr3t/@proxy"])
def test_a_proxy_that_cannot_be_used_is_a_sentence(proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It names the variables, not the address, which may hold a password; loopback is asked without it."""
    monkeypatch.setenv("ALL_PROXY", proxy)
    assert "HTTP_PROXY, HTTPS_PROXY or ALL_PROXY" in str(refused())
    for host in ("127.0.0.1", "localhost", "[::1]"):
        CortexClient(Cortex(f"http://{host}:9009")).__exit__()


# -- what a gateway says


ECHOES: dict[str, Callable[[str], str]] = {
    "plain": lambda text: text,
    "html": html.escape,
    "numeric html": lambda text: "".join(f"&#{ord(letter)};" for letter in text),
    "url": lambda text: quote(text, safe=""),
    "small url": lambda text: quote(text, safe="").lower(),
    "json": lambda text: json.dumps(text)[1:-1],
    "unicode json": lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
}


def secrets() -> Iterator[str]:
    yield from (PASSWORD, TOKEN, HEADER, "s3ss10n")
    yield base64.b64encode(f"ümit:{PASSWORD}".encode()).decode()


@pytest.mark.parametrize("status", [200, 400, 401, 404, 407, 429, 500, 504])
@pytest.mark.parametrize("encoding", ECHOES)
def test_an_echoed_secret_is_taken_out(encoding: str, status: int) -> None:
    """Of plain bodies and of titles, as it was sent or encoded, whole and at the point where a sentence is cut."""
    for secret in secrets():
        echo = ECHOES[encoding](secret)
        for body in (f"said {echo}", "x" * (200 - len(echo) // 2) + echo, f"<html><title>{echo}</title></html>"):
            text = str(said(httpx.Response(status, text=body, headers={"content-type": "text/html"})))
            assert "***" in text or body.startswith("xxx") or status == 200
            assert not [s for s in (secret, echo, secret[:8], echo[:8]) if s in text], text


def test_a_limit_is_understood_though_a_header_value_is_part_of_its_words() -> None:
    """A value as short as one letter is taken out of what is said, not out of what is understood."""
    cortex = Cortex("http://cortex.test", extra_headers={"X-Env": "e"})
    with (
        CortexClient(
            cortex, transport=httpx.MockTransport(lambda _: httpx.Response(422, text="series limit"))
        ) as client,
        pytest.raises(SourceLimit, match=r"s\*\*\*ri\*\*\*s limit") as raised,
    ):
        client.time()
    assert raised.value.about == "metrics"


@pytest.mark.parametrize("named", ["; charset=latin-1", "; charset=utf-8", ""])
@pytest.mark.parametrize("encoding", ["latin-1", "utf-8"])
def test_an_echo_in_another_encoding_is_taken_out(encoding: str, named: str) -> None:
    """Though the page names a wrong one or none."""
    page = httpx.Response(500, content=PASSWORD.encode(encoding), headers={"content-type": f"text/plain{named}"})
    assert "answered 500 (***)" in str(said(page))


def test_an_echo_in_a_header_or_in_prometheus_own_json_is_taken_out(caplog: pytest.LogCaptureFixture) -> None:
    """Of the server's name, of an error of the API, and of a warning in the log."""
    page = httpx.Response(200, text="<p>", headers={"content-type": f"text/html {TOKEN}", "server": f"nginx {TOKEN}"})
    assert str(said(page)).count("***") == 2
    assert "***" in str(said(httpx.Response(400, json={"status": "error", "error": f"bad {TOKEN}"})))
    warned = {"status": "success", "warnings": [f"hm {TOKEN}"], "data": {"result": [1.0, "x"]}}
    with caplog.at_level(logging.DEBUG):
        assert "broke off" in str(said(httpx.Response(200, json=warned)))
    assert "hm ***" in caplog.text
    assert TOKEN not in caplog.text


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    ("location", "named"),
    [
        ("https://sso.test/login?token=s3cr3t#s3cr3t", "https://sso.test/login"),
        ("https://me:s3cr3t@sso.test:8443/login", "https://sso.test:8443/login"),
        ("//sso.test/login?s3cr3t", "http://sso.test/login"),
        ("/login?next=s3cr3t", "http://cortex.test/login"),
        (f"https://sso.test/{TOKEN}/login", "https://sso.test/***/login"),
    ],
)
def test_a_redirect_names_where_to_without_what_may_be_secret(status: int, location: str, named: str) -> None:
    """A whole address for a relative one; no query, fragment or login; not followed, not asked again."""
    error = said(httpx.Response(status, headers={"location": location}), attempts=3)
    assert type(error) is SourceRefused
    assert f"http://cortex.test redirects with {status} to {named}; " in str(error)
    assert "any gateway before it must let the requests through" in str(error)
    assert "s3cr3t" not in str(error)


def test_a_page_with_an_error_is_told_by_its_title() -> None:
    """Not by the first tags of its source."""
    page = "<!DOCTYPE html>\n<html><head><style>a {}</style><title>Sign in &amp; go\n on</title></head></html>"
    error = said(httpx.Response(403, text=page, headers={"content-type": "text/html"}))
    assert "refused the login with 403 (Sign in & go on); set CORTEX_TENANT (now not set)" in str(error)


def test_a_proxy_that_wants_a_login_is_not_taken_for_cortex() -> None:
    """407 comes from between."""
    error = said(httpx.Response(407, text="auth"))
    assert type(error) is SourceRefused
    assert "The proxy before Cortex at http://cortex.test wants a login (auth); put it into HTTP_PROXY" in str(error)


def test_an_answer_that_cannot_be_unpacked_is_asked_for_again_and_then_said() -> None:
    """It is a fault of the way; the sentence does not call the source unreachable."""
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, headers={"content-encoding": "gzip"}, stream=httpx.ByteStream(b"no gzip"))

    error = said(answer, attempts=2)
    assert type(error) is SourceUnreachable
    assert "packed its answer in a way that cannot be unpacked" in str(error)
    assert len(asked) == 2
