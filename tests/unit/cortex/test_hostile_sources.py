"""Sources that mean harm, over real sockets: redirects that want a login, answers without an end, packings that explode."""

from __future__ import annotations

import gzip
import socket
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import repeat
from threading import Thread

import pytest

from include.cortex import client as client_module
from include.cortex.address import Cortex
from include.cortex.client import CortexClient
from include.errors import SettingsError, SourceLimit, SourceRefused, SourceUnreachable
from include.heartbeat import beat
from include.settings import read_environment

START = datetime(2026, 1, 1, tzinfo=UTC)
LINK_LOCAL = (
    "169.254.169.254",
    "169.254.0.1",
    "2852039166",
    "0xA9FEA9FE",
    "[fd00:ec2::254]",
    "[fe80::1]",
    "metadata.google.internal",
)


@contextmanager
def answering(head: str, body: Iterable[bytes] = ()) -> Iterator[tuple[str, list[bytes]]]:
    """A server that answers everything so; its address, and what was sent to it."""
    asked: list[bytes] = []

    def serve(listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return  # it was closed
            with connection:
                asked.append(connection.recv(65_536))
                try:
                    connection.sendall(head.replace("\n", "\r\n").encode() + b"\r\n\r\n")
                    for part in body:
                        connection.sendall(part)
                except OSError:
                    continue  # who asked has gone

    with socket.create_server(("127.0.0.1", 0)) as listener:
        Thread(target=serve, args=(listener,), daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", asked
        listener.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A megabyte instead of sixty-four."""
    monkeypatch.setattr(client_module, "LARGEST_ANSWER_BYTES", 1_000_000)


def ask(url: str, **parts: object) -> None:
    """A range of an hour."""
    with CortexClient(Cortex(url, **parts), attempts=1, timeout_seconds=20) as client:  # type: ignore[arg-type]
        client.query_range("x", START, START + timedelta(hours=1), timedelta(minutes=1))


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_takes_no_login_along(status: int) -> None:
    """The second server is not even asked."""
    with answering("HTTP/1.1 200 OK\nContent-Length: 0") as (second, asked):
        head = f"HTTP/1.1 {status} Found\nLocation: {second}/api/v1/query_range\nContent-Length: 0\nConnection: close"
        with answering(head) as (first, _), pytest.raises(SourceRefused, match=f"redirects with {status}"):
            ask(first, token="t0ken", extra_headers={"X-Key": "k"})
        assert asked == []


def test_an_answer_without_an_end_is_left(small_limits: None) -> None:
    """After as much as a whole answer may have: fewer minutes are asked for, as with a limit of the source."""
    head = "HTTP/1.1 200 OK\nContent-Type: application/json"
    with (
        answering(head, repeat(b" " * 65_536)) as (url, _),
        pytest.raises(SourceLimit, match="more than 1 MB") as raised,
    ):
        ask(url)
    assert raised.value.about == "minutes"


def test_a_refusal_without_an_end_is_understood_by_its_beginning() -> None:
    """And not read further."""
    head, said = "HTTP/1.1 401 Unauthorized\nContent-Type: text/plain", r"refused the login with 401 \(no no no"
    with answering(head, repeat(b"no " * 10_000)) as (url, _), pytest.raises(SourceRefused, match=said):
        ask(url)


def test_a_bomb_is_left_while_it_unpacks(small_limits: None) -> None:
    """A kilobyte that would be a gigabyte: of each part that comes, no more is unpacked than a thousand times it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    bomb = [packer.compress(bytes(10_000_000)) for _ in range(20)]
    head = "HTTP/1.1 200 OK\nContent-Encoding: gzip"
    with answering(head, bomb) as (url, _), pytest.raises(SourceLimit, match="more than 1 MB"):
        ask(url)


@pytest.mark.parametrize("packing", ["gzip, gzip", "br", "zstd", "deflate", "gzip,gzip,gzip"])
def test_other_packings_than_the_one_asked_for_are_not_unpacked(packing: str) -> None:
    """A bomb in a bomb would be a terabyte at once."""
    body = gzip.compress(gzip.compress(bytes(1000)))
    head = f"HTTP/1.1 200 OK\nContent-Encoding: {packing}\nContent-Length: {len(body)}"
    with answering(head, [body]) as (url, _), pytest.raises(SourceUnreachable, match="cannot be unpacked"):
        ask(url)


def test_gzip_is_the_one_packing_that_is_asked_for() -> None:
    """Of another machine; on this one none is."""
    assert Cortex("http://cortex.test").headers()["Accept-Encoding"] == "gzip"
    assert Cortex("http://127.0.0.1:9009").headers()["Accept-Encoding"] == "identity"


@pytest.mark.parametrize("host", LINK_LOCAL)
def test_a_link_local_address_is_no_cortex(host: str) -> None:
    """Where clouds keep a machine's credentials nothing is asked, however the address is written."""
    with pytest.raises(SourceRefused, match="at link-local addresses clouds keep"):
        CortexClient(Cortex(f"http://{host}/prometheus"))


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://host", "gopher://host:70", "javascript:alert(1)", "unix:/run/x"]
)
def test_only_http_is_spoken(url: str) -> None:
    """Another scheme is no address of a Cortex, nor of a monitor."""
    with pytest.raises(SourceRefused, match="not an address such as http://"):
        CortexClient(Cortex(url))
    with pytest.raises(SettingsError, match="begins with http:// or https://"):
        read_environment({"CORTEX_SIGNALS_HEARTBEAT_URL": url})


@pytest.mark.parametrize("host", LINK_LOCAL)
def test_a_link_local_address_is_no_monitor(host: str) -> None:
    """Of the heartbeat; the address, which may hold a secret, is not repeated."""
    with pytest.raises(SettingsError, match="is a link-local address") as raised:
        read_environment({"CORTEX_SIGNALS_HEARTBEAT_URL": f"https://{host}/s3cret"})
    assert "s3cret" not in str(raised.value)


def test_a_heartbeat_is_not_led_to_a_link_local_address(caplog: pytest.LogCaptureFixture) -> None:
    """A monitor may redirect, to its https address for one, and not there."""
    with answering("HTTP/1.1 302 Found\nLocation: http://169.254.169.254/latest\nContent-Length: 0") as (url, _):
        assert not beat(f"{url}/s3cret")
    assert "was not heard: SettingsError" in caplog.text
    assert "s3cret" not in caplog.text
    with answering("HTTP/1.1 200 OK\nContent-Length: 0") as (second, asked):
        with answering(f"HTTP/1.1 301 Moved\nLocation: {second}/beat\nContent-Length: 0") as (url, _):
            assert beat(url.replace("://", "://me:s3cret@"))
        assert b"authorization" not in asked[0].lower(), "another port is another origin"


def test_a_certificate_cannot_be_left_unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    """By no setting, and by none of Python's variables; the file of authorities only adds to those trusted."""
    import ssl

    monkeypatch.setenv("PYTHONHTTPSVERIFY", "0")
    context = Cortex("https://cortex.test").tls()
    assert isinstance(context, ssl.SSLContext)
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2


@pytest.mark.parametrize(
    ("cortex", "is_exposed"),
    [
        (Cortex("http://cortex.test", token="t"), True),
        (Cortex("http://me:p@cortex.test"), True),
        (Cortex("http://10.0.0.7", extra_headers={"X-Key": "k"}), True),
        (Cortex("https://cortex.test", token="t"), False),
        (Cortex("HTTPS://cortex.test", token="t"), False),
        (Cortex("http://127.0.0.1:9009", token="t"), False),
        (Cortex("http://cortex.test", tenant="mine"), False),
    ],
)
def test_a_login_that_goes_unencrypted_is_known(cortex: Cortex, is_exposed: bool) -> None:
    """Which doctor warns of; a tenant is no secret."""
    assert cortex.is_exposed is is_exposed
