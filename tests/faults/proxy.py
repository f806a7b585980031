"""An HTTP/1.1 proxy before the lab that does to its answers what a plan says; the plan may change while it runs."""

from __future__ import annotations

import gzip
import http.client
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qs, urlsplit

import orjson

from tests.faults.injected import ALTERATIONS, DELIVERIES, REPLACEMENTS, RESET, Answer, Fault, Hangup, altered

GZIP_FROM = 1024


@dataclass(frozen=True)
class Request:
    """One request of the command: `number` among all, `range_number` among range queries (0: it is none)."""

    line: str
    headers: str
    body: bytes
    number: int
    range_number: int

    @property
    def path(self) -> str:
        return urlsplit(self.line.split(" ")[1]).path

    @property
    def query(self) -> str:
        """The PromQL that is asked for; empty where none is."""
        given = urlsplit(self.line.split(" ")[1]).query or self.body.decode("utf-8", "replace")
        return parse_qs(given).get("query", [""])[0]

    def header(self, name: str) -> str:
        found = (
            line.partition(":")[2].strip() for line in self.headers.split("\r\n") if line.lower().startswith(f"{name}:")
        )
        return next(found, "")

    def number_for(self, on: str) -> int:
        return self.range_number if on == "range" else self.number


@dataclass
class Plan:
    """What is done to requests until another plan takes over; `fired` is how often what was done.

    Parameters
    ----------
    faults
        Counted from this plan's first request on.
    skew_seconds
        What the source's `time()` is off by.
    poses_as_cortex
        Whether the source hides that it is the lab.
    lost_rules
        Recorded series that the source has not, and the minutes, epoch seconds [from, to), for which it has not.
    on_request
        Called for each request before its answer is fetched.
    """

    faults: tuple[Fault, ...] = ()
    skew_seconds: float = 0
    poses_as_cortex: bool = False
    lost_rules: tuple[frozenset[str], int, int] = (frozenset(), 0, 0)
    on_request: Callable[[Request], None] = lambda request: None
    fired: Counter[str] = field(default_factory=Counter)
    requests: int = 0
    range_requests: int = 0
    over: threading.Event = field(default_factory=threading.Event)


class Proxy:
    """Listens on a port of its own until `close`; as a context manager until the end of the block."""

    def __init__(self, upstream: str, plan: Plan) -> None:
        self._upstream = urlsplit(upstream)
        self._plan = plan
        self._lock = threading.Lock()
        self._clients: set[socket.socket] = set()
        self._listener = self._listen(0)
        self.port: int = self._listener.getsockname()[1]

    @property
    def url(self) -> str:
        """The API root for the command."""
        return f"http://127.0.0.1:{self.port}{self._upstream.path}"

    def __enter__(self) -> Proxy:
        return self

    def __exit__(self, *_: object) -> None:
        self._plan.over.set()
        self._stop()

    def follow(self, plan: Plan) -> None:
        """Take up another plan; whoever stalls by the old one is let go."""
        with self._lock:
            old, self._plan = self._plan, plan
        old.over.set()

    def restart(self, seconds: float) -> None:
        """Every connection is cut, and for that long none is accepted, as while a server restarts."""
        self._stop()
        time.sleep(seconds)
        self._listener = self._listen(self.port)

    def _listen(self, port: int) -> socket.socket:
        listener = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()
        return listener

    def _stop(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            clients = list(self._clients)
        for client in clients:
            with suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self._attend, args=(client,), daemon=True).start()

    def _attend(self, client: socket.socket) -> None:
        """Every request of one connection."""
        with self._lock:
            self._clients.add(client)
        try:
            received = b""
            while True:
                head, received = _read_head(client, received)
                self._answer(client, head, received)
                received = b""
        except Hangup as hangup:
            if hangup.reset:
                with suppress(OSError):
                    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        except OSError:
            pass
        finally:
            with self._lock:
                self._clients.discard(client)
            client.close()

    def _answer(self, client: socket.socket, head: str, body: bytes) -> None:
        line, _, headers = head.partition("\r\n")
        plan, request = self._count(line, headers, body)
        plan.on_request(request)
        answer = self._as_the_source(plan, request)
        for fault in _due(plan, request, ALTERATIONS):
            changed = altered(fault.kind, answer, fault.random(request.range_number))
            if changed is not None:
                plan.fired[fault.kind] += 1
                answer = changed
        for fault in _due(plan, request, {**REPLACEMENTS, **DELIVERIES}):
            plan.fired[fault.kind] += 1
            rng = fault.random(request.number_for(fault.on))
            if fault.kind in DELIVERIES:
                DELIVERIES[fault.kind](client, _packed(answer, request), rng, plan.over)
                return
            answer = REPLACEMENTS[fault.kind](answer, rng, f"{request.headers} {request.line}")
            break
        answer = _packed(answer, request)
        client.sendall(answer.head(len(answer.body)) + answer.body)

    def _count(self, line: str, headers: str, body: bytes) -> tuple[Plan, Request]:
        is_range = "/query_range" in line.split(" ")[1]
        with self._lock:
            plan = self._plan
            plan.requests += 1
            plan.range_requests += is_range
            return plan, Request(line, headers, body, plan.requests, plan.range_requests if is_range else 0)

    def _as_the_source(self, plan: Plan, request: Request) -> Answer:
        """What the source says when nothing goes wrong on the way."""
        if request.path == "/login":
            return Answer(200, b"<html>Sign in</html>", "text/html")
        if plan.poses_as_cortex and request.path.endswith("/status/buildinfo"):
            return Answer(404, b"404 page not found\n", "text/plain")
        answer = self._fetch(request)
        if answer.status != 200:
            return answer
        if plan.skew_seconds and request.query == "time()":
            document = orjson.loads(answer.body)
            document["data"]["result"][1] = repr(float(document["data"]["result"][1]) + plan.skew_seconds)
            plan.fired["skew-source"] += 1
            return replace(answer, body=orjson.dumps(document))
        names, begin, end = plan.lost_rules
        if names and request.range_number:
            document = orjson.loads(answer.body)
            for series in document["data"]["result"]:
                if series["metric"].get("__name__") in names:
                    series["values"] = [[t, v] for t, v in series["values"] if not begin <= t < end]
            document["data"]["result"] = [series for series in document["data"]["result"] if series["values"]]
            return replace(answer, body=orjson.dumps(document))
        return answer

    def _fetch(self, request: Request) -> Answer:
        method, target, _ = request.line.split(" ")
        assert self._upstream.hostname
        connection = http.client.HTTPConnection(self._upstream.hostname, self._upstream.port, timeout=30)
        passed = {name: request.header(name.lower()) for name in ("X-Scope-OrgID", "Content-Type")}
        try:
            connection.request(method, target, request.body or None, {k: v for k, v in passed.items() if v})
            response = connection.getresponse()
            return Answer(response.status, response.read(), response.headers["content-type"])
        finally:
            connection.close()


def _read_head(client: socket.socket, received: bytes) -> tuple[str, bytes]:
    """Request line and headers, and the request's body."""
    while b"\r\n\r\n" not in received:
        received += _some(client)
    head, _, body = received.partition(b"\r\n\r\n")
    text = head.decode("latin-1")
    lengths = (line.partition(":")[2] for line in text.split("\r\n") if line.lower().startswith("content-length:"))
    length = int(next(lengths, "0"))
    while len(body) < length:
        body += _some(client)
    return text, body


def _some(client: socket.socket) -> bytes:
    piece = client.recv(65536)
    if not piece:
        raise Hangup
    return piece


def _due(plan: Plan, request: Request, kinds: Iterable[str]) -> list[Fault]:
    """The faults of that request; first the one that happened least, so that none hides another."""
    due = [f for f in plan.faults if f.kind in kinds and f.covers(request.number_for(f.on))]
    return sorted(due, key=lambda fault: plan.fired[fault.kind])


def _packed(answer: Answer, request: Request) -> Answer:
    """Gzipped where the client takes it and a server would."""
    if answer.encoding or len(answer.body) < GZIP_FROM or "gzip" not in request.header("accept-encoding"):
        return answer
    return replace(answer, body=gzip.compress(answer.body, 1), encoding="gzip")
