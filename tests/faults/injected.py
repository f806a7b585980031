"""The faults: what can be done to an answer on its way, by name.

An alteration changes what a range answer says and leaves it well-formed; a replacement is another answer in its place;
a delivery sends an answer as a network would that fails. Each draws what it needs from a generator that the scenario
seeds, so the same scenario does the same again.
"""

from __future__ import annotations

import gzip
import random
import socket
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Event
from typing import Any

import orjson

RESET = struct.pack("ii", 1, 0)  # SO_LINGER: close with RST instead of FIN
STALL_SECONDS = 20.0  # far beyond the client's time-out; the client hangs up first
Document = dict[str, Any]


@dataclass(frozen=True)
class Fault:
    """One kind of fault for requests `first` to `first + count - 1`, counted among range requests or among any."""

    kind: str
    first: int
    count: int
    seed: int
    on: str = "range"

    def covers(self, number: int) -> bool:
        return self.first <= number < self.first + self.count

    def random(self, number: int) -> random.Random:
        """The generator of that request."""
        return random.Random(f"{self.seed} {self.kind} {number}")

    def __str__(self) -> str:
        which = f"{self.first}" if self.count == 1 else f"{self.first} to {self.first + self.count - 1}"
        return f"{self.kind} at {self.on} request {which}"


@dataclass(frozen=True)
class Answer:
    """An HTTP answer before it is sent; `encoding` is what the header says, whatever the body is."""

    status: int
    body: bytes
    content_type: str = "application/json"
    encoding: str | None = None
    location: str | None = None

    def head(self, length: int | None) -> bytes:
        """Status line and headers; without a length the end of the connection ends the body."""
        lines = [
            f"HTTP/1.1 {self.status} {'OK' if self.status == 200 else 'Injected'}",
            f"Content-Type: {self.content_type}",
        ]
        lines += [f"Content-Encoding: {self.encoding}"] if self.encoding else []
        lines += [f"Location: {self.location}"] if self.location else []
        lines += [f"Content-Length: {length}"] if length is not None else ["Connection: close"]
        return "\r\n".join([*lines, "", ""]).encode()


class Hangup(Exception):
    """The connection is to be closed now; `reset`: with RST."""

    def __init__(self, reset: bool = False) -> None:
        super().__init__(reset)
        self.reset = reset


# ── alterations: a well-formed answer that says something else ──────────────────────────────────────────────────────
def _series(document: Document) -> list[Document]:
    data = document.get("data")
    result = data.get("result") if isinstance(data, dict) and data.get("resultType") == "matrix" else None
    return [series for series in result or [] if series["values"]]


def _all_times(document: Document) -> list[float]:
    return sorted({t for series in _series(document) for t, _ in series["values"]})


def _stretch(times: list[float], rng: random.Random) -> set[float]:
    """From one minute up to a third of them, side by side."""
    length = rng.randint(1, max(1, len(times) // 3))
    begin = rng.randrange(len(times) - length + 1)
    return set(times[begin : begin + length])


def _without(document: Document, gone: set[float]) -> None:
    for series in _series(document):
        series["values"] = [[t, v] for t, v in series["values"] if t not in gone]
    document["data"]["result"] = _series(document)


def _lose_minutes(document: Document, rng: random.Random) -> None:
    _without(document, _stretch(_all_times(document), rng))


def _lose_scattered_minutes(document: Document, rng: random.Random) -> None:
    times = _all_times(document)
    _without(document, set(rng.sample(times, rng.randint(1, max(1, len(times) // 10)))))


def _lose_tail(document: Document, rng: random.Random) -> None:
    times = _all_times(document)
    _without(document, set(times[rng.randrange(len(times)) :]))


def _lose_series(document: Document, rng: random.Random) -> None:
    held = _series(document)
    gone = rng.sample(range(len(held)), rng.randint(1, max(1, len(held) // 4)))
    document["data"]["result"] = [series for number, series in enumerate(held) if number not in gone]


def _lose_price(document: Document, rng: random.Random) -> None:
    names = {"crypto_last_price"} if rng.random() < 0.5 else {"crypto_last_price", "crypto_volume"}
    document["data"]["result"] = [s for s in _series(document) if s["metric"].get("__name__") not in names]


def _lose_minutes_of_one_series(document: Document, rng: random.Random) -> None:
    series = rng.choice(_series(document))
    gone = _stretch([t for t, _ in series["values"]], rng)
    series["values"] = [[t, v] for t, v in series["values"] if t not in gone]


def _not_a_number(document: Document, rng: random.Random) -> None:
    gone, word = _stretch(_all_times(document), rng), rng.choice(["NaN", "+Inf", "-Inf"])
    for series in _series(document):
        series["values"] = [[t, word if t in gone else v] for t, v in series["values"]]


def _lose_everything(document: Document, rng: random.Random) -> None:
    document["data"]["result"] = []


def _shift(document: Document, by: float, after: float = float("-inf")) -> None:
    """The grid is off by so many seconds: a moment before a minute's end the minute before it is the newest."""
    for series in _series(document):
        known = dict(series["values"])
        begins = {t: t - 60 if by < 0 else t for t in known if t >= after}
        shifted = [[t + by, known[begin]] for t, begin in begins.items() if begin in known]
        series["values"] = [[t, v] for t, v in series["values"] if t < after] + shifted
    document["data"]["result"] = _series(document)


def _shift_by_a_fraction(document: Document, rng: random.Random) -> None:
    _shift(document, rng.choice([0.001, 0.5, 0.999, -0.001]))


def _shift_by_a_second(document: Document, rng: random.Random) -> None:
    _shift(document, rng.choice([1, -1]))


def _shift_from_a_minute_on(document: Document, rng: random.Random) -> None:
    _shift(document, rng.choice([7.3, 13]), after=rng.choice(_all_times(document)))


def _double_points(document: Document, rng: random.Random) -> None:
    for series in _series(document):
        series["values"] = [point for point in series["values"] for _ in range(2)]


ALTERATIONS: dict[str, Callable[[Document, random.Random], None]] = {
    "partial-minutes": _lose_minutes,
    "partial-scattered": _lose_scattered_minutes,
    "partial-tail": _lose_tail,
    "partial-series": _lose_series,
    "partial-price": _lose_price,
    "partial-one-series": _lose_minutes_of_one_series,
    "partial-not-a-number": _not_a_number,
    "empty-result": _lose_everything,
    "off-grid-fraction": _shift_by_a_fraction,
    "off-grid-second": _shift_by_a_second,
    "off-grid-from-a-minute-on": _shift_from_a_minute_on,
    "doubled-points": _double_points,
}
# what leaves the warehouse short of minutes without anybody noticing
LIES = frozenset(ALTERATIONS) - {"doubled-points"}


def altered(kind: str, answer: Answer, rng: random.Random) -> Answer | None:
    """The altered answer; None where there is nothing to alter."""
    document = orjson.loads(answer.body)
    if answer.status != 200 or not _series(document):
        return None
    ALTERATIONS[kind](document, rng)
    return replace(answer, body=orjson.dumps(document))


# ── replacements: another answer in its place ───────────────────────────────────────────────────────────────────────
def _truncated(answer: Answer, rng: random.Random, request: str) -> Answer:
    return replace(answer, body=answer.body[: rng.randint(1, len(answer.body) - 1)])


NOT_JSON = (
    b'{"status":"success","data":{"resultType":"matrix","result":[}',
    b'{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1,NaN]]}]}}',
    b"upstream request failed",
    b'{"status":"success","data":"\xff\xfe"}',
    b'{"status":"success","data":{"resultType":"matrix","result":[]}}{"status":"success"}',
    b"{'status': 'success'}",
)
NOT_THE_SHAPE = (
    b'{"status":"success"}',
    b'{"status":"success","data":null}',
    b'{"status":"success","data":{}}',
    b'{"status":"success","data":{"resultType":"matrix","result":null}}',
    b'{"status":"success","data":{"resultType":"matrix","result":[{}]}}',
    b'{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"__name__":"crypto_last_price"},"values":[[1]]}]}}',
    b'{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"__name__":"crypto_last_price"},"values":null}]}}',
    b'{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"1"]}]}}',
    b'{"status":"error","errorType":"internal","error":"stream terminated"}',
    b"[]",
    b"null",
)


def _not_json(answer: Answer, rng: random.Random, request: str) -> Answer:
    return replace(answer, body=rng.choice(NOT_JSON))


def _not_the_shape(answer: Answer, rng: random.Random, request: str) -> Answer:
    return replace(answer, body=rng.choice(NOT_THE_SHAPE))


def _not_gzip(answer: Answer, rng: random.Random, request: str) -> Answer:
    return replace(answer, encoding="gzip", body=rng.choice([answer.body, b"", b"\x1f\x8b"]))


def _truncated_gzip(answer: Answer, rng: random.Random, request: str) -> Answer:
    packed = gzip.compress(answer.body, 1)
    return replace(answer, encoding="gzip", body=packed[: rng.randint(3, len(packed) - 1)])


def _corrupt_gzip(answer: Answer, rng: random.Random, request: str) -> Answer:
    packed = bytearray(gzip.compress(answer.body, 1))
    packed[-rng.randint(1, 8)] ^= 0xFF  # length and checksum
    return replace(answer, encoding="gzip", body=bytes(packed))


def _error(status: int, said: str, rng: random.Random) -> Answer:
    if rng.random() < 0.5:
        return Answer(status, f"{said}\n".encode(), "text/plain; charset=utf-8")
    return Answer(status, orjson.dumps({"status": "error", "errorType": "internal", "error": said}))


def _too_many(answer: Answer, rng: random.Random, request: str) -> Answer:
    return _error(429, "too many outstanding requests", rng)


def _internal(answer: Answer, rng: random.Random, request: str) -> Answer:
    said = (
        "consistency check failed because some blocks were not queried: 01JD8M2Z4Q",
        "bucket index is too old and the last time it was updated exceeds the allowed max staleness",
        "queue is stopped",
    )
    return _error(500, rng.choice(said), rng)


def _unavailable(answer: Answer, rng: random.Random, request: str) -> Answer:
    return _error(503, "query timed out in expression evaluation", rng)


def _bad_gateway(answer: Answer, rng: random.Random, request: str) -> Answer:
    page = b"<html><head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<h1>502</h1>\r\n<hr>nginx\r\n</body></html>"
    return Answer(502, page, "text/html")


def _echoed(answer: Answer, rng: random.Random, request: str) -> Answer:
    """A gateway's debug page that repeats the request's headers, the token among them."""
    return Answer(rng.choice([500, 503, 403]), f"refused: {request}".encode(), "text/plain")


def _login_page(answer: Answer, rng: random.Random, request: str) -> Answer:
    page = b"<!doctype html><html><title>Sign in</title><form action=/login><input type=password></form></html>"
    return Answer(200, page, "text/html; charset=utf-8")


def _redirect(answer: Answer, rng: random.Random, request: str) -> Answer:
    return Answer(rng.choice([302, 307]), b"", "text/html", location="/login")


def _empty_body(answer: Answer, rng: random.Random, request: str) -> Answer:
    return replace(answer, body=b"")


REPLACEMENTS: dict[str, Callable[[Answer, random.Random, str], Answer]] = {
    "truncated-json": _truncated,
    "malformed-json": _not_json,
    "malformed-shape": _not_the_shape,
    "gzip-not": _not_gzip,
    "gzip-truncated": _truncated_gzip,
    "gzip-corrupt": _corrupt_gzip,
    "storm-429": _too_many,
    "error-500": _internal,
    "error-503": _unavailable,
    "error-502": _bad_gateway,
    "error-echo": _echoed,
    "login-page": _login_page,
    "login-redirect": _redirect,
    "empty-body": _empty_body,
}


# ── deliveries: an answer sent as by a network that fails ───────────────────────────────────────────────────────────
Deliver = Callable[[socket.socket, Answer, random.Random, Event], None]


def _nothing(client: socket.socket, answer: Answer, rng: random.Random, over: Event) -> None:
    raise Hangup(reset=rng.random() < 0.5)


def _part_of_headers(client: socket.socket, answer: Answer, rng: random.Random, over: Event) -> None:
    head = answer.head(len(answer.body))
    client.sendall(head[: rng.randint(1, len(head) - 3)])
    raise Hangup(reset=rng.random() < 0.3)


def _part_of_body(client: socket.socket, answer: Answer, rng: random.Random, over: Event) -> None:
    client.sendall(answer.head(len(answer.body)) + answer.body[: rng.randint(0, len(answer.body) - 1)])
    raise Hangup(reset=rng.random() < 0.3)


def _until_closed(client: socket.socket, answer: Answer, rng: random.Random, over: Event) -> None:
    """Without a length: a body that is cut off looks whole."""
    client.sendall(answer.head(None) + answer.body[: rng.randint(0, len(answer.body) - 1)])
    raise Hangup


def _dribble(client: socket.socket, answer: Answer, rng: random.Random, over: Event) -> None:
    client.sendall(answer.head(len(answer.body)))
    pieces = rng.randint(5, 20)
    size = max(1, -(-len(answer.body) // pieces))
    for begin in range(0, len(answer.body), size):
        client.sendall(answer.body[begin : begin + size])
        time.sleep(rng.uniform(0.2, 0.6) / pieces)


def _stall_at_once(client: socket.socket, answer: Answer, rng: random.Random, over: Event) -> None:
    over.wait(STALL_SECONDS)
    raise Hangup


def _stall_in_body(client: socket.socket, answer: Answer, rng: random.Random, over: Event) -> None:
    client.sendall(answer.head(len(answer.body)) + answer.body[: len(answer.body) // 2])
    over.wait(STALL_SECONDS)
    raise Hangup


DELIVERIES: dict[str, Deliver] = {
    "dropped-before": _nothing,
    "dropped-in-headers": _part_of_headers,
    "dropped-in-body": _part_of_body,
    "truncated-until-closed": _until_closed,
    "slow-dribble": _dribble,
    "stalled-at-once": _stall_at_once,
    "stalled-in-body": _stall_in_body,
}
