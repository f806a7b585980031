"""Which data a source serves."""

from __future__ import annotations

import httpx
import pytest

from include.cortex.address import Cortex
from include.cortex.client import CortexClient, Identity
from include.errors import SourceRefused


def identity(buildinfo: httpx.Response, lab_info: httpx.Response | None = None) -> Identity:
    """Of a source that answers so when it is asked what it is, and which lab has fed it."""

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/buildinfo"):
            return buildinfo
        assert lab_info
        assert request.url.params["query"] == "last_over_time(crypto_lab_info[1d])"
        return lab_info

    cortex = Cortex("http://cortex.test/prometheus", tenant="t")
    with CortexClient(cortex, attempts=1, transport=httpx.MockTransport(answer)) as client:
        return client.identity()


def test_the_lab_says_what_it_is() -> None:
    """Simulated with its seed, or a replay with its file's hash."""
    lab = {"kind": "replay", "seed": None, "file": "0123456789abcdef99", "now": 0.0}
    found = identity(httpx.Response(200, json={"status": "success", "data": {"version": "", "lab": lab}}))
    assert found == Identity("replay", "file 0123456789abcdef")


def vector(*labels: dict[str, str]) -> httpx.Response:
    result = [{"metric": each, "value": [60, "1"]} for each in labels]
    return httpx.Response(200, json={"status": "success", "data": {"resultType": "vector", "result": result}})


@pytest.mark.parametrize("response", [httpx.Response(404, text="404 page not found"), httpx.Response(405, text="no")])
def test_a_gateway_without_buildinfo_is_a_cortex(response: httpx.Response) -> None:
    """The address and the tenant tell it from others."""
    for lab_info in (vector(), response):  # of range queries alone, too
        assert identity(response, lab_info) == Identity("cortex", "http://cortex.test/prometheus tenant t")


def test_a_cortex_that_a_lab_feeds_is_that_lab() -> None:
    """What it simulates stays simulated on its way through a Cortex; of several labs a simulated one is told."""
    cortex = httpx.Response(200, json={"status": "success", "data": {"version": "1.21.1"}})
    replay, simulated = {"kind": "replay", "file": "0123456789abcdef99"}, {"kind": "simulated", "seed": "7"}
    assert identity(cortex, vector(replay)) == Identity("replay", "file 0123456789abcdef")
    assert identity(cortex, vector(replay, simulated)) == Identity("simulated", "seed 7")
    assert identity(cortex, vector()) == Identity("cortex", "http://cortex.test/prometheus tenant t")


def test_a_refused_login_is_no_identity() -> None:
    """401 is the error that it is, and not another source."""
    with pytest.raises(SourceRefused, match=r"401 \(no org id\)"):
        identity(httpx.Response(401, text="no org id"))


@pytest.mark.parametrize(
    "busy",
    [
        httpx.Response(503, json={"status": "error", "error": "query timed out in expression evaluation"}),
        httpx.Response(504, text="Gateway Time-out"),
    ],
)
def test_a_question_that_cannot_be_made_smaller_is_asked_again(busy: httpx.Response) -> None:
    """The time and the identity are small already: a source that was too busy for them may answer the next time."""
    clock = httpx.Response(200, json={"status": "success", "data": {"resultType": "scalar", "result": [60, "60"]}})
    answers = {"query": [vector(), busy, clock], "buildinfo": [busy, httpx.Response(404, text="404 page not found")]}

    def answer(request: httpx.Request) -> httpx.Response:
        return answers[request.url.path.rpartition("/")[2]].pop(0)

    cortex = Cortex("http://cortex.test/prometheus")
    with CortexClient(cortex, attempts=2, transport=httpx.MockTransport(answer)) as client:
        assert client.identity().kind == "cortex"
        assert client.time().timestamp() == 60
        assert client.retries == 2
