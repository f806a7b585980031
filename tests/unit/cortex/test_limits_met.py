"""What a client does when a source refuses more than it allows in one request: it asks for less, and remembers."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import httpx
import numpy as np
import pytest

from include.cortex.address import Cortex
from include.cortex.client import CortexClient
from include.cortex.limits import Limits
from include.cortex.minutes import Minutes, fetch_minutes
from include.errors import SourceLimit, SourceRefused, SourceUnreachable
from include.settings import Metric, Symbol

START = datetime(2026, 1, 1, tzinfo=UTC)
T0 = int(START.timestamp())
BTC = Symbol("BTCUSDT", "symbol", "BTCUSDT")
NAMES = ["a", "b", "c", "d"]
METRICS = {name: Metric(name, f"m_{name}") for name in NAMES}
Answer = Callable[[httpx.Request], httpx.Response]


def asked(request: httpx.Request) -> tuple[list[str], int, int]:
    """Metrics, first and last minute of a request."""
    names = re.search(r'__name__=~"([^"]*)"', request.url.params["query"])
    assert names is not None
    return names[1].split("|"), int(request.url.params["start"]), int(request.url.params["end"])


def clock() -> httpx.Response:
    """time(), 90 days after the minutes of these tests."""
    now = T0 + 90 * 86_400
    return httpx.Response(200, json={"status": "success", "data": {"result": [now, str(now)]}})


def whole(request: httpx.Request) -> httpx.Response:
    """Every metric at every minute that was asked for; a value is its minute."""
    names, start, end = asked(request)
    found = [
        {"metric": {"__name__": name, "symbol": "BTCUSDT"}, "values": [[t, str(t)] for t in range(start, end + 1, 60)]}
        for name in names
    ]
    return httpx.Response(200, json={"status": "success", "data": {"resultType": "matrix", "result": found}})


def refusal(status: int, error: str) -> httpx.Response:
    return httpx.Response(status, json={"status": "error", "errorType": "x", "error": error})


def fetch(answer: Answer, limits: Limits | None = None, minutes: int = 100, attempts: int = 1) -> Minutes:
    with CortexClient(Cortex("http://cortex.test"), attempts=attempts, transport=httpx.MockTransport(answer)) as client:
        return fetch_minutes(client, BTC, METRICS, START, START + timedelta(minutes=minutes), limits=limits)


def refusing(too_much: Callable[[int, int], bool], response: httpx.Response) -> tuple[Answer, list[tuple[int, int]]]:
    """An answer that refuses where `too_much(metrics, minutes)`, and the (metrics, minutes) that were asked for."""
    seen: list[tuple[int, int]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/query"):
            return clock()
        names, start, end = asked(request)
        seen.append((len(names), (end - start) // 60 + 1))
        return response if too_much(*seen[-1]) else whole(request)

    return answer, seen


def complete(minutes: Minutes) -> bool:
    return all(np.array_equal(minutes.column(name), minutes.grid) for name in NAMES)


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (
            400,
            "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)",
        ),
        (400, "the query time range exceeds the limit (query length: 168h0m0s, limit: 24h0m0s)"),
        (422, "query processing would load too many samples into memory in query execution"),
        (422, "the query hit the aggregated data size limit (limit: 10 bytes)"),
        (422, "expanding series: the query hit the max number of chunks limit (limit: 2000000 chunks)"),
        (504, "Gateway Time-out"),
    ],
)
def test_a_range_that_is_too_long_is_halved_until_it_fits(status: int, error: str) -> None:
    """Nothing is lost or doubled at the cuts, and later requests begin with what fitted."""
    answer, seen = refusing(lambda metrics, minutes: minutes > 30, refusal(status, error))
    learned: list[tuple[str, int]] = []
    limits = Limits(learned=lambda name, fitted, said: learned.append((name, fitted)))
    assert complete(fetch(answer, limits))
    assert seen == [(4, 100), (4, 50), (4, 25), (4, 25), (4, 25), (4, 25)]
    assert learned == ([("minutes", 50), ("minutes", 25)] if status != 504 else [])
    assert complete(fetch(answer, limits))
    assert max(minutes for _, minutes in seen[6:]) == 25


def test_too_many_series_halve_the_metrics() -> None:
    """A limit on series is met with fewer metrics, not with shorter ranges."""
    answer, seen = refusing(lambda metrics, minutes: metrics > 1, refusal(422, "exceeded series limit"))
    limits = Limits()
    assert complete(fetch(answer, limits))
    assert seen == [(4, 100), (2, 100), (1, 100), (1, 100), (1, 100), (1, 100)]
    assert limits.metrics == 1


def test_series_of_one_metric_are_asked_for_shorter_ranges() -> None:
    """Where there are no fewer metrics to ask for, fewer minutes hold fewer series."""
    answer, seen = refusing(lambda metrics, minutes: metrics * minutes > 50, refusal(422, "exceeded series limit"))
    assert complete(fetch(answer))
    assert seen[-1] == (1, 50)


def test_where_one_minute_is_too_much_the_metrics_are_halved() -> None:
    """A limit on samples that even the shortest range meets is met with fewer metrics."""
    answer, seen = refusing(lambda metrics, minutes: metrics * minutes > 2, refusal(422, "too many samples"))
    assert complete(fetch(answer, minutes=2))
    assert all(metrics * minutes <= 2 for metrics, minutes in seen[-2:])


def test_one_minute_of_one_metric_refused_is_an_error() -> None:
    """There is nothing left to halve."""
    with pytest.raises(SourceLimit, match="too many samples"):
        fetch(lambda request: refusal(422, "too many samples"))


def test_a_time_out_halves_and_is_not_remembered() -> None:
    """What takes too long is asked in parts; the next hour it may be faster again."""
    answer, seen = refusing(
        lambda metrics, minutes: minutes > 50, refusal(503, "query timed out in expression evaluation")
    )
    learned: list[str] = []
    assert complete(fetch(answer, Limits(learned=lambda name, fitted, said: learned.append(name)), attempts=5))
    assert seen == [(4, 100), (4, 50), (4, 50)]
    assert learned == []


def test_a_source_that_hangs_is_not_asked_ever_smaller_questions() -> None:
    """A time-out after which not even time() is answered is an outage."""
    requests: list[httpx.Request] = []

    def hang(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        raise httpx.ReadTimeout("slow")

    with pytest.raises(SourceUnreachable, match="took longer"):
        fetch(hang)
    assert len(requests) == 2


def test_a_range_cut_at_the_look_back_is_asked_on_the_minute_grid_again() -> None:
    """Cortex truncates at max_query_lookback and shifts the grid off the minute; the rest is not lost."""
    cut = T0 + 40 * 60 + 17.25

    def answer(request: httpx.Request) -> httpx.Response:
        names, start, end = asked(request)
        if start >= cut:
            return whole(request)
        times = [cut + 60 * i for i in range(int((end - cut) // 60) + 1)]
        found = [{"metric": {"__name__": n, "symbol": "BTCUSDT"}, "values": [[t, "1"] for t in times]} for n in names]
        return httpx.Response(200, json={"status": "success", "data": {"result": found}})

    minutes = fetch(answer)
    assert np.isnan(minutes.column("a")[:42]).all()
    assert np.array_equal(minutes.column("a")[42:], minutes.grid[42:])
    assert minutes.set_aside == []


def test_a_connection_dropped_every_time_is_told_from_an_outage() -> None:
    """A range wholly before max_query_lookback is dropped while the source answers other questions."""

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/query"):
            return clock()
        raise httpx.RemoteProtocolError("Server disconnected without sending a response.")

    with pytest.raises(
        SourceRefused, match=r"drops the connection.*2026-01-01 00:00 to 2026-01-01 01:40.*max_query_lookback"
    ):
        fetch(answer)


def test_an_outage_is_an_outage() -> None:
    """A source that drops everything is unreachable, and tried again later."""

    def drop(request: httpx.Request) -> httpx.Response:
        raise httpx.RemoteProtocolError("Server disconnected without sending a response.")

    with pytest.raises(SourceUnreachable, match="cannot be reached"):
        fetch(drop)
