"""What stands between a pipeline and its Cortex: a gateway before it, and a forwarding proxy on the way."""

from __future__ import annotations

import select
import socket
import socketserver
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response

Own = Callable[[Request], Response | None]


@dataclass
class Gateway:
    """An ASGI application before another.

    Parameters
    ----------
    own
        What the gateway answers itself; None: the request goes through.
    hides
        What it does not let through at all: a lab whose build information is hidden passes for a Cortex.
    """

    app: Any
    own: Own = lambda request: None
    hides: str = "nothing"
    requests: list[Request] = field(default_factory=list)
    packed: list[str | None] = field(default_factory=list)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        request = Request(scope)
        self.requests.append(request)
        answer = Response("404 page not found", 404) if request.url.path.endswith(self.hides) else self.own(request)

        async def noting(message: Any) -> None:
            if message["type"] == "http.response.start":
                self.packed.append(MutableHeaders(scope=message).get("content-encoding"))
            await send(message)

        await (answer or self.app)(scope, receive, noting)

    def seen(self, header: str) -> list[list[str]]:
        """The values of a header, request by request."""
        return [request.headers.getlist(header) for request in self.requests]


class ForwardingProxy(socketserver.ThreadingTCPServer):
    """An HTTP proxy that alone knows where a host is; forwards plain requests and tunnels TLS.

    Parameters
    ----------
    hosts
        Ports on 127.0.0.1 by host name.
    login
        The Proxy-Authorization that it wants; None: any or none.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, hosts: Mapping[str, int], login: str | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Forwarding)
        self.hosts, self.login = hosts, login
        self.asked: list[str] = []

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"


class _Forwarding(socketserver.BaseRequestHandler):
    server: ForwardingProxy

    def handle(self) -> None:
        begin, _, rest = self._head().partition(b"\r\n")
        if not begin:
            return
        method, target, _ = begin.decode().split(" ")
        self.server.asked.append(f"{method} {target.partition('?')[0]}")
        if self.server.login and f"proxy-authorization: {self.server.login}".lower() not in rest.decode().lower():
            self.request.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            return
        to = urlsplit(f"//{target}" if method == "CONNECT" else target)
        with socket.create_connection(("127.0.0.1", self.server.hosts[str(to.hostname)])) as onward:
            if method == "CONNECT":
                self.request.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            else:  # one request a connection: the next may be for another host
                onward.sendall(f"{method} {to.path}?{to.query} HTTP/1.1\r\nConnection: close\r\n".encode() + rest)
            self._carry(onward)

    def _head(self) -> bytes:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            part = self.request.recv(65_536)
            if not part:
                return b""
            head += part
        return head

    def _carry(self, onward: socket.socket) -> None:
        while True:
            for one in select.select([self.request, onward], [], [])[0]:
                part = one.recv(65_536)
                if not part:
                    return
                (onward if one is self.request else self.request).sendall(part)


@contextmanager
def forwarding(hosts: Mapping[str, int], login: str | None = None) -> Iterator[ForwardingProxy]:
    """A proxy that runs while the context lasts."""
    with ForwardingProxy(hosts, login) as proxy:
        thread = threading.Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield proxy
        finally:
            proxy.shutdown()
            thread.join()
