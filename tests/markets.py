"""A real HTTP lab over a market that a test can change."""

from __future__ import annotations

import asyncio
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

import numpy as np
import uvicorn
from starlette.responses import PlainTextResponse

from include.lab.clock import LabClock
from include.lab.market import Market, Minutes, minute_ends
from include.lab.server import create_app

FIRST = datetime(2026, 3, 1, tzinfo=UTC)


class ChangeableMarket:
    """A random walk of some days from 2026-03-01 00:00 UTC on, whose minutes a test may change or take away."""

    kind = "simulated"
    file_sha256 = None
    variant = None

    def __init__(self, days: float, seed: int = 1) -> None:
        self.seed = seed
        self.first = int(FIRST.timestamp())
        generator = np.random.default_rng(seed)
        count = int(days * 1440)
        self.last_price = np.round(60_000 * np.exp(np.cumsum(generator.standard_t(4, count) * 4e-4)), 2)
        self.volume_24h = 20_000 * np.exp(np.cumsum(generator.normal(0, 1e-4, count)))

    def minutes(self, start: int, stop: int) -> Minutes:
        ts = minute_ends(start, stop)
        position = (ts - self.first) // 60
        held = (position >= 0) & (position < len(self.last_price))
        price, volume = np.full(len(ts), np.nan), np.full(len(ts), np.nan)
        price[held], volume[held] = self.last_price[position[held]], self.volume_24h[position[held]]
        return Minutes(ts, price, volume)

    def position(self, ts: datetime) -> int:
        return round((ts - FIRST) / timedelta(minutes=1))

    def take_away(self, *instants: datetime) -> None:
        for ts in instants:
            self.last_price[self.position(ts)] = np.nan
            self.volume_24h[self.position(ts)] = np.nan


@contextmanager
def served(
    market: Market,
    now: datetime,
    speed: float = 0.0,
    tenant: str | None = None,
    seen: Seen | None = None,
    fail_once: datetime | None = None,
    fail_before: datetime | None = None,
    **switches: Any,
) -> Iterator[str]:
    """The API root of a lab over that market, its time standing still at `now` unless it is given a speed.

    Parameters
    ----------
    seen
        Is told of every request.
    fail_once, fail_before
        The first range that begins there, and every range that begins before, is answered with 500.
    switches
        layout, faults, limits and further, as create_app takes them.
    """
    app = create_app(market, LabClock(now.timestamp(), speed), tenant, **switches)
    if fail_once or fail_before:
        app = _failing(app, fail_once, fail_before)
    with serving(seen.watching(app) if seen else app) as url:
        yield url


def _failing(app: Any, once: datetime | None, before: datetime | None) -> Any:
    failed = False

    async def failing(scope: Any, receive: Any, send: Any) -> None:
        nonlocal failed
        if scope.get("path", "").endswith("/query_range"):
            first = datetime.fromtimestamp(int(dict(parse_qsl(scope["query_string"].decode()))["start"]), UTC)
            if (before and first < before) or (first == once and not failed):
                failed = True
                await PlainTextResponse("consistency check failed because some blocks were not queried", 500)(
                    scope, receive, send
                )
                return
        await app(scope, receive, send)

    return failing


@dataclass
class Seen:
    """The range queries that a source was asked: (metrics, first minute, minutes), and how many it answered at once."""

    ranges: list[tuple[tuple[str, ...], datetime, int]] = field(default_factory=list)
    most_at_once: int = 0
    slowly: float = 0.0
    _at_once: int = 0

    def watching(self, app: Any) -> Any:
        async def watched(scope: Any, receive: Any, send: Any) -> None:
            if scope.get("path", "").endswith("/query_range"):
                asked = dict(parse_qsl(scope["query_string"].decode()))
                first, last = (datetime.fromtimestamp(int(asked[name]), UTC) for name in ("start", "end"))
                names = re.search(r'__name__=~"([^"]*)"', asked["query"])
                metrics = tuple(names[1].split("|")) if names else (asked["query"],)
                self.ranges.append((metrics, first, round((last - first) / timedelta(minutes=1)) + 1))
                self._at_once += 1
                self.most_at_once = max(self.most_at_once, self._at_once)
                await asyncio.sleep(self.slowly)
                try:
                    await app(scope, receive, send)
                finally:
                    self._at_once -= 1
            else:
                await app(scope, receive, send)

        return watched


@contextmanager
def served_as_a_cortex(market: Market, since: datetime, tenant: str) -> Iterator[str]:
    """The API root of what does not say that it is a lab: a Cortex, as far as a client can tell, with a history since."""
    app = create_app(market, LabClock(), tenant, since.timestamp())

    async def anonymous(scope: Any, receive: Any, send: Any) -> None:
        if scope.get("path", "").endswith("/status/buildinfo"):
            scope = {**scope, "path": "/none", "raw_path": b"/none"}
        await app(scope, receive, send)

    with serving(anonymous) as url:
        yield url


@contextmanager
def serving(app: Any, **tls: Any) -> Iterator[str]:
    """The API root of an application that is served while the context lasts; `tls` are uvicorn's ssl options."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off", **tls))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"{'https' if tls else 'http'}://127.0.0.1:{listener.getsockname()[1]}/prometheus"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


Serve = Callable[..., str]
