"""What a client makes of a source's answers, given over httpx's own test transport."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import numpy as np
import pytest

from include.cortex.address import Cortex
from include.cortex.client import CortexClient
from include.cortex.minutes import Minutes, fetch_minutes
from include.errors import SourceRefused, SourceUnreachable
from include.settings import Metric, Symbol

START = datetime(2026, 1, 1, tzinfo=UTC)
T0 = int(START.timestamp())
METRICS = {"last_price": Metric("last_price", "crypto_last_price"), "volume_24h": Metric("volume_24h", "crypto_volume")}
Answer = Callable[[httpx.Request], httpx.Response]


def series(name: str, values: list[list[Any]], **labels: str) -> dict[str, Any]:
    return {"metric": {"__name__": name, "symbol": "BTCUSDT", **labels}, "values": values}


def result(*found: dict[str, Any]) -> Answer:
    body = {"status": "success", "data": {"resultType": "matrix", "result": list(found)}}
    return lambda request: httpx.Response(200, json=body)


def values_of(minutes: Minutes, *columns: str) -> list[tuple[float, list[float | None]]]:
    """(epoch seconds, values) of the minutes that have any; None for unknown."""
    table = np.column_stack([minutes.column(column) for column in columns])
    return [
        (t, [None if np.isnan(value) else float(value) for value in row])
        for t, row in zip(minutes.grid, table, strict=True)
        if not np.isnan(row).all()
    ]


def fetch(answer: Answer, symbol: Symbol | None = None, attempts: int = 1) -> Minutes:
    cortex = Cortex("http://cortex.test/prometheus", tenant="t")
    with CortexClient(cortex, attempts=attempts, transport=httpx.MockTransport(answer)) as client:
        return fetch_minutes(
            client, symbol or Symbol("BTCUSDT", "symbol", "BTCUSDT"), METRICS, START, START + timedelta(minutes=5)
        )


def test_the_query_asks_for_the_half_open_minute_and_an_inclusive_end() -> None:
    """[start, end) is asked as start to end - 60 s, each minute as (ts - 60 s, ts], with the tenant's header."""
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return result()(request)

    fetch(answer, Symbol("BTC", "pair", 'B"TC', {"exchange": "x"}))
    (request,) = seen
    assert request.headers["X-Scope-OrgID"] == "t"
    assert dict(request.url.params) == {
        "query": 'last_over_time({__name__=~"crypto_last_price|crypto_volume",pair="B\\"TC",exchange="x"}[59s999ms])',
        "start": str(T0),
        "end": str(T0 + 240),
        "step": "60",
    }


def test_values_are_the_nearest_doubles_and_what_is_no_number_is_absent() -> None:
    """To the last bit; NaN and infinities are unknown, not zero, and set aside with the reason."""
    values = [[T0, "60000.100000000006"], [T0 + 60, "NaN"], [T0 + 120, "+Inf"], [T0 + 180, "-Inf"], [T0 + 240, "1e-05"]]
    minutes = fetch(result(series("crypto_last_price", values), series("crypto_volume", [[T0 + 60, "5"]])))
    assert values_of(minutes, "volume_24h", "last_price") == [
        (T0, [None, 60000.100000000006]),
        (T0 + 60, [5.0, None]),
        (T0 + 240, [None, 1e-05]),
    ]
    assert [(one.value, one.reason) for one in minutes.set_aside] == [
        (text, "not a finite number") for text in ("nan", "inf", "-inf")
    ]


def test_points_off_the_minute_grid_are_set_aside_with_the_reason() -> None:
    """A fractional, shifted or outlying timestamp is never stored as a minute."""
    values = [[T0, "0"], [T0 + 0.5, "1"], [T0 + 61, "2"], [T0 + 300, "3"], [T0 - 60, "4"], [T0 + 60.0, "5"]]
    minutes = fetch(result(series("crypto_last_price", values)))
    assert [one.value for one in minutes.set_aside] == ["1.0", "2.0", "3.0", "4.0"]
    assert values_of(minutes, "last_price") == [(T0, [0.0]), (T0 + 60, [5.0])]


def test_two_series_for_one_metric_are_set_aside_with_the_labels_that_differ() -> None:
    """Two exchanges under one matcher would be mixed; the other metrics of the window are there."""
    found = [series("crypto_last_price", [[T0, "1"]], exchange=name) for name in ("a", "b")]
    minutes = fetch(result(*found, series("crypto_volume", [[T0, "7"]])))
    assert values_of(minutes, "last_price", "volume_24h") == [(T0, [None, 7.0])]
    assert [(one.metric, one.samples, one.labels) for one in minutes.set_aside] == [
        ("last_price", 1, f'exchange="{name}", symbol="BTCUSDT"') for name in ("a", "b")
    ]
    assert "differ in exchange" in minutes.set_aside[0].reason


def test_tenants_of_a_federated_answer_are_told_apart() -> None:
    """tenant1|tenant2 answers with `__tenant_id__`: both are set aside by that name, and a matcher chooses one."""
    found = [series("crypto_last_price", [[T0, "1"]], __tenant_id__=name) for name in ("tenant1", "tenant2")]
    assert "differ in __tenant_id__" in fetch(result(*found)).set_aside[0].reason
    chosen = Symbol("BTCUSDT", "symbol", "BTCUSDT", {"__tenant_id__": "tenant2"})
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.params["query"])
        return result(found[1])(request)

    assert values_of(fetch(answer, chosen), "last_price") == [(T0, [1.0])]
    assert 'symbol="BTCUSDT",__tenant_id__="tenant2"}' in asked[0]


def test_declared_replicas_are_one_series() -> None:
    """Where replicas are named, the first in label order answers and the other fills its holes."""
    one = series("crypto_last_price", [[T0, "1"]], replica="a")
    two = series("crypto_last_price", [[T0, "2"], [T0 + 60, "3"]], replica="b")
    minutes = fetch(result(two, one), Symbol("BTCUSDT", "symbol", "BTCUSDT", replicas=("replica",)))
    assert values_of(minutes, "last_price") == [(T0, [1.0]), (T0 + 60, [3.0])]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_passing_refusal_is_tried_again(status: int) -> None:
    """429 and 5xx get another attempt, and the answer of that counts."""
    answers = [
        httpx.Response(status, text="busy"),
        result(series("crypto_last_price", [[T0, "1"]]))(httpx.Request("GET", "/")),
    ]
    minutes = fetch(lambda request: answers.pop(0), attempts=2)
    assert values_of(minutes, "last_price") == [(T0, [1.0])]


@pytest.mark.parametrize(
    ("response", "said"),
    [
        (httpx.Response(401, text="no org id"), r"401 \(no org id\).*CORTEX_TENANT"),
        (httpx.Response(404, text="404 page not found"), "404.*API root"),
        (httpx.Response(400, json={"status": "error", "error": "1:19: parse error"}), "400 .*parse error"),
        (httpx.Response(422, json={"status": "error", "error": "unknown function"}), "422 .*unknown function"),
        (
            httpx.Response(302, headers={"location": "https://sso.test/login?token=s"}),
            r"redirects with 302 to https://sso.test/login;.*gateway",
        ),
        (
            httpx.Response(
                200,
                text="<html><title>Log in</title></html>",
                headers={"content-type": "text/html", "server": "nginx"},
            ),
            "text/html titled 'Log in' from the gateway nginx instead of JSON.*gateway",
        ),
    ],
)
def test_a_lasting_refusal_is_one_sentence_and_not_repeated(response: httpx.Response, said: str) -> None:
    """Each refusal names what Cortex said and what to do, after a single request."""
    requests = []

    def answer(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return response

    with pytest.raises(SourceRefused, match=said):
        fetch(answer, attempts=3)
    assert len(requests) == 1


def test_an_answer_that_breaks_off_is_tried_again() -> None:
    """Truncated JSON is a fault of the way, not of the question."""
    with pytest.raises(SourceUnreachable, match=r"broke off"):
        fetch(
            lambda request: httpx.Response(
                200, content=b'{"status":"succ', headers={"content-type": "application/json"}
            )
        )


def test_no_secret_is_said() -> None:
    """Neither the address book's repr nor an error shows a token or password."""
    cortex = Cortex("http://cortex.test", username="u", password="hunter2", token="s3cr3t")
    assert "hunter2" not in repr(cortex)
    assert "s3cr3t" not in repr(cortex)
