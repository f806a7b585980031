"""Requests keep their distance, on a clock that a test turns."""

from __future__ import annotations

import httpx
import pytest

from include.cortex import client as client_module
from include.cortex.address import Cortex
from include.cortex.client import CortexClient


class Clock:
    """Monotonic seconds that pass by sleeping alone."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    turned = Clock()
    monkeypatch.setattr(client_module, "time", turned)
    return turned


def test_requests_are_so_far_apart_and_the_last_ones_time_is_waited_for(clock: Clock) -> None:
    """Four requests at 0.5 s each take two seconds, those of a window that asks in parts too; another session's do not count."""
    at: list[float] = []

    def answer(request: httpx.Request) -> httpx.Response:
        at.append(clock.now)
        return httpx.Response(200, json={"status": "success", "data": {"result": [0, "0"]}})

    with CortexClient(Cortex("http://cortex.test"), transport=httpx.MockTransport(answer)) as client:
        client.time()
        window = client.counting(0.5)
        for _ in range(4):
            window.time()
        window.rest()
        assert at == [100.0, 100.0, 100.5, 101.0, 101.5]
        assert clock.now == 102.0
        client.time()
        assert at[-1] == 102.0
        assert (client.requests, window.requests) == (2, 4)
