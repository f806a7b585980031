"""What a client makes of a source's answers, given over httpx's own test transport."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from include.cortex.client import Cortex, CortexClient
from include.cortex.minutes import Minutes, fetch_minutes
from include.errors import SourceRefused, SourceUnreachable
from include.settings import Symbol

START = datetime(2026, 1, 1, tzinfo=UTC)
T0 = int(START.timestamp())
METRICS = {"last_price": "crypto_last_price", "volume_24h": "crypto_volume"}
Answer = Callable[[httpx.Request], httpx.Response]


def series(name: str, values: list[list[Any]], **labels: str) -> dict[str, Any]:
    return {"metric": {"__name__": name, "symbol": "BTCUSDT", **labels}, "values": values}


def result(*found: dict[str, Any]) -> Answer:
    body = {"status": "success", "data": {"resultType": "matrix", "result": list(found)}}
    return lambda request: httpx.Response(200, json=body)


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


def test_values_stay_text_and_what_is_no_number_is_absent() -> None:
    """Text passes through; NaN and infinities are unknown, not zero."""
    values = [[T0, "60000.10"], [T0 + 60, "NaN"], [T0 + 120, "+Inf"], [T0 + 180, "-Inf"], [T0 + 240, "1e-05"]]
    minutes = fetch(result(series("crypto_last_price", values), series("crypto_volume", [[T0 + 60, "5"]])))
    assert minutes.rows(["volume_24h", "last_price"]) == [
        (T0, [None, "60000.10"]),
        (T0 + 60, ["5", None]),
        (T0 + 240, [None, "1e-05"]),
    ]


def test_points_off_the_minute_grid_are_set_aside_and_counted() -> None:
    """A fractional, shifted or outlying timestamp is never stored as a minute."""
    values = [[T0 + 0.5, "1"], [T0 + 61, "2"], [T0 + 300, "3"], [T0 - 60, "4"], [T0 + 60.0, "5"]]
    minutes = fetch(result(series("crypto_last_price", values)))
    assert minutes.off_grid == 4
    assert minutes.rows(["last_price"]) == [(T0 + 60, ["5"])]


def test_two_series_for_one_metric_are_refused_with_the_labels_that_differ() -> None:
    """Two exchanges under one matcher would be mixed; the sentence says what to add."""
    found = [series("crypto_last_price", [[T0, "1"]], exchange=name) for name in ("a", "b")]
    with pytest.raises(SourceRefused, match=r"differ in exchange.*matcher"):
        fetch(result(*found))


def test_declared_replicas_are_one_series() -> None:
    """Where replicas are named, the first in label order answers and the other fills its holes."""
    one = series("crypto_last_price", [[T0, "1"]], replica="a")
    two = series("crypto_last_price", [[T0, "2"], [T0 + 60, "3"]], replica="b")
    minutes = fetch(result(two, one), Symbol("BTCUSDT", "symbol", "BTCUSDT", replicas="replica"))
    assert minutes.rows(["last_price"]) == [(T0, ["1"]), (T0 + 60, ["3"])]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_passing_refusal_is_tried_again(status: int) -> None:
    """429 and 5xx get another attempt, and the answer of that counts."""
    answers = [
        httpx.Response(status, text="busy"),
        result(series("crypto_last_price", [[T0, "1"]]))(httpx.Request("GET", "/")),
    ]
    minutes = fetch(lambda request: answers.pop(0), attempts=2)
    assert minutes.rows(["last_price"]) == [(T0, ["1"])]


@pytest.mark.parametrize(
    ("response", "said"),
    [
        (httpx.Response(401, text="no org id"), r"401 \(no org id\).*CORTEX_TENANT"),
        (httpx.Response(404, text="404 page not found"), "404.*API root"),
        (httpx.Response(400, json={"status": "error", "error": "1:19: parse error"}), "400 .*parse error"),
        (httpx.Response(422, json={"status": "error", "error": "exceeded series limit"}), "422 .*series limit"),
        (httpx.Response(302, headers={"location": "/login"}), "302.*gateway"),
        (
            httpx.Response(200, text="<html>log in</html>", headers={"content-type": "text/html"}),
            "other than JSON.*gateway",
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
