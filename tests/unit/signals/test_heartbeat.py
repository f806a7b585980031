"""A sign of life that holds nothing up: real sockets, and settings that no receiver was ever reached with."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest

from include.heartbeat import beat


@contextmanager
def dripping(head: bytes) -> Iterator[tuple[str, Event]]:
    """A receiver that answers with `head` at once, then a byte now and then, until it is told that it is enough."""
    enough = Event()

    def drip(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(4096)
            try:
                connection.sendall(head)
                while not enough.wait(0.05):
                    connection.sendall(b"a")
            except OSError:
                return  # who asked has gone

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=drip, args=(listener,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/beat", enough
        finally:
            enough.set()
            thread.join()


def test_a_receiver_that_drips_its_headers_is_left(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """No single read takes long, and the answer would never be whole: the time-out is of all of it."""
    monkeypatch.setattr("include.heartbeat.TIMEOUT_SECONDS", 0.3)
    with dripping(b"HTTP/1.1 200 OK\r\nX-Drip: ") as (url, _), caplog.at_level(logging.WARNING, "include.heartbeat"):
        assert not beat(url)
    assert "was not heard within 0.3 s" in caplog.text


def test_an_answers_body_is_not_waited_for() -> None:
    """The status is what was asked for; a body without an end is left alone."""
    with dripping(b"HTTP/1.1 200 OK\r\n\r\n") as (url, enough):
        assert beat(url)
        assert not enough.is_set()


@pytest.mark.parametrize(
    ("variable", "value", "url", "error"),
    [
        ("HTTPS_PROXY", "socks5://127.0.0.1:1", "https://monitor.example/secret", "ImportError"),
        ("SSL_CERT_FILE", "/no/such/file.pem", "https://127.0.0.1:1/secret", "FileNotFoundError"),
        ("NO_PROXY", "*", "http://xn--a.example/secret", "InvalidCodepoint"),
    ],
)
def test_what_is_wrong_with_address_or_surroundings_is_a_warning(
    variable: str, value: str, url: str, error: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A proxy that cannot be spoken to, a missing certificate file, a host that is no name: said without the address."""
    monkeypatch.setenv(variable, value)
    with caplog.at_level(logging.WARNING, "include.heartbeat"):
        assert not beat(url)
    assert error in caplog.text
    assert "secret" not in caplog.text
