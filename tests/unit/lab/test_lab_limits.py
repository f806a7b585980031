"""Limits of a query, with the statuses and in the words of Cortex."""

import httpx
import pytest
from markets import serving

from include.lab.clock import LabClock
from include.lab.limits import Limits, go_duration
from include.lab.market import ANCHOR, DAY
from include.lab.server import create_app

NOON = ANCHOR + 40 * DAY + DAY // 2
ALL = 'last_over_time({symbol="BTCUSDT"}[59s999ms])'
HOURS = 3600


@pytest.fixture
def asked(simulated, ask):
    """The answer to a range query at one minute's step, by a lab with those limits."""

    def get(start, end, query=ALL, now=NOON, **limits):
        app = create_app(simulated, LabClock(now, speed=0), limits=Limits(**limits))
        return ask(app, "query_range", query=query, start=start, end=end, step=60)

    return get


@pytest.fixture
def asked_at_once(simulated, ask):
    def get(query, at=NOON, **limits):
        app = create_app(simulated, LabClock(NOON, speed=0), limits=Limits(**limits))
        return ask(app, "query", query=query, time=at)

    return get


def error(response):
    body = response.json()
    return response.status_code, body["errorType"], body["error"]


def test_more_steps_than_the_limit_are_refused(asked):
    """As many as it says are answered."""
    assert asked(NOON - 100 * 60, NOON, max_points=100).status_code == 200
    assert error(asked(NOON - 101 * 60, NOON, max_points=100)) == (
        400,
        "bad_data",
        "exceeded maximum resolution of 100 points per timeseries. Try decreasing the query resolution (?step=XX)",
    )


def test_a_longer_query_than_the_limit_is_refused(asked):
    """Its length and the limit are named as Go writes durations."""
    assert asked(NOON - DAY, NOON, max_query_length=DAY).status_code == 200
    assert error(asked(NOON - 7 * DAY, NOON, max_query_length=DAY)) == (
        400,
        "bad_data",
        "the query time range exceeds the limit (query length: 168h0m0s, limit: 24h0m0s)",
    )


@pytest.mark.parametrize("query", ["crypto_volume[2d]", "avg_over_time(crypto_volume[2d])"])
def test_a_longer_range_selector_than_the_limit_is_not_executed(asked_at_once, query):
    """An instant query has no length but that of its selector."""
    assert asked_at_once(query, max_query_length=2 * DAY).status_code == 200
    status, kind, text = error(asked_at_once(query, max_query_length=DAY))
    assert (status, kind) == (422, "execution")
    assert "the query time range exceeds the limit (query length: 48h0m0s, limit: 24h0m0s)" in text


def test_more_series_than_the_limit_are_refused(asked, asked_at_once):
    """16 series are no more than 16."""
    assert asked(NOON - HOURS, NOON, max_series=16).status_code == 200
    for answer in (asked(NOON - HOURS, NOON, max_series=15), asked_at_once('{symbol="BTCUSDT"}[1m]', max_series=15)):
        status, kind, text = error(answer)
        assert (status, kind) == (422, "execution")
        assert "exceeded series limit" in text


def test_more_samples_than_the_limit_are_refused(asked, asked_at_once):
    """Those of all series of the answer count."""
    words = "query processing would load too many samples into memory in query execution"
    assert asked(NOON - 540, NOON, max_samples=160).status_code == 200
    assert error(asked(NOON - 540, NOON, max_samples=159)) == (422, "execution", words)
    assert asked_at_once('{symbol="BTCUSDT"}[10m]', max_samples=160).status_code == 200
    assert error(asked_at_once('{symbol="BTCUSDT"}[10m]', max_samples=159)) == (422, "execution", words)


def test_a_large_answer_takes_too_long(asked):
    """Up to as many points as it says are answered."""
    assert asked(NOON - 540, NOON, query_timeout_points=160).status_code == 200
    assert error(asked(NOON - 540, NOON, query_timeout_points=159)) == (
        503,
        "timeout",
        "query timed out in expression evaluation",
    )


def test_a_range_that_begins_before_the_look_back_is_cut_off_the_minute(asked):
    """The grid begins where the look-back does, with its fraction, and goes on from there."""
    now = NOON + 17.25
    answer = asked(NOON - 2 * HOURS, NOON, "crypto_last_price", now=now, max_query_lookback=HOURS)
    times = [ts for ts, _ in answer.json()["data"]["result"][0]["values"]]
    assert times == [now - HOURS + 60 * k for k in range(60)]


def test_a_range_within_the_look_back_keeps_its_grid(asked):
    """Nothing is cut."""
    limited = asked(NOON - HOURS + 60, NOON, max_query_lookback=HOURS)
    assert limited.json() == asked(NOON - HOURS + 60, NOON).json()


def test_an_instant_query_sees_nothing_before_the_look_back(asked_at_once):
    """Raw samples begin there; a rule's value does not change with it."""
    query = '{__name__=~"crypto_volume|job:crypto_volume:avg15m"}[1h]'
    found = asked_at_once(query, max_query_lookback=600).json()["data"]["result"]
    whole = asked_at_once(query).json()["data"]["result"]
    assert [each["values"] for each in found] == [each["values"][-11:] for each in whole]
    assert asked_at_once("crypto_volume", at=NOON - 700, max_query_lookback=600).json()["data"]["result"] == []


def test_a_range_before_the_look_back_gets_no_answer(simulated, capsys):
    """The connection is closed, each time, and the server goes on without a complaint."""
    app = create_app(simulated, LabClock(NOON, speed=0), limits=Limits(max_query_lookback=HOURS))
    old = {"query": "crypto_volume", "start": NOON - 3 * HOURS, "end": NOON - 2 * HOURS, "step": 60}
    with serving(app) as url, httpx.Client(base_url=url) as client:
        for _ in range(2):
            with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
                client.get("/api/v1/query_range", params=old)
            with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
                client.post("/api/v1/query_range", data=old)
        assert client.get("/api/v1/query_range", params=old | {"end": NOON}).status_code == 200
    assert capsys.readouterr().err == ""


def test_without_a_server_a_dropped_connection_is_an_error(asked):
    """There is no connection to close."""
    with pytest.raises(ConnectionError):
        asked(NOON - 3 * HOURS, NOON - 2 * HOURS, max_query_lookback=HOURS)


@pytest.mark.parametrize(
    ("milliseconds", "text"), [(604_800_000, "168h0m0s"), (90_000, "1m30s"), (1500, "1.5s"), (3_661_000, "1h1m1s")]
)
def test_durations_are_written_as_go_does(milliseconds, text):
    """Hours are not gathered to days."""
    assert go_duration(milliseconds) == text
