"""The query API: what it answers, hides and refuses."""

import asyncio

import httpx
import numpy as np
import pytest

from include.lab.answers import format_values
from include.lab.clock import LabClock
from include.lab.market import ANCHOR, DAY
from include.lab.server import create_app

FIRST_END = 1709251260  # 2024-03-01 00:01 UTC
NOON = ANCHOR + 40 * DAY + DAY // 2
ALL = '{__name__=~"crypto_.*|job:.*",symbol="BTCUSDT"}'


@pytest.fixture
def lab(simulated):
    return create_app(simulated, LabClock(NOON, speed=0))


@pytest.fixture
def tenant_lab(simulated):
    return create_app(simulated, LabClock(NOON, speed=0), tenant="traders")


def minute(number):
    """End of the candle of that number."""
    return FIRST_END + 60 * number


def result(response):
    assert response.status_code == 200, response.text
    return response.json()["data"]["result"]


def error(response):
    body = response.json()
    assert body["status"] == "error"
    return response.status_code, body["errorType"], body["error"]


def numbers_in_range(ask, app, query, first=0, last=11):
    """Which of the candles' minutes a range query answers."""
    series = result(ask(app, "query_range", query=query, start=minute(first), end=minute(last), step=60))
    return [(int(ts) - FIRST_END) // 60 for ts, _ in series[0]["values"]] if series else []


def test_a_plain_selector_fills_a_hole_and_last_over_time_does_not(ask, replay_app):
    """The last sample is carried forward for less than 5 minutes; a window of a minute leaves the hole a hole."""
    app = replay_app(12, now=minute(11), lacking=(4, 5, 6))
    present = [0, 1, 2, 3, 7, 8, 9, 10, 11]
    assert numbers_in_range(ask, app, "crypto_last_price") == list(range(12))
    assert numbers_in_range(ask, app, "last_over_time(crypto_last_price[1m])") == present
    assert numbers_in_range(ask, app, "last_over_time(crypto_last_price[59s999ms])") == present


def test_the_end_of_the_data_gets_four_invented_points(ask, replay_app):
    """The look-back is left-open: a sample that is 5 minutes old is gone."""
    app = replay_app(3, now=minute(11))
    assert numbers_in_range(ask, app, "crypto_last_price") == [0, 1, 2, 3, 4, 5, 6]


def test_a_recorded_average_looks_fresh_inside_a_hole(ask, replay_app):
    """The rule is evaluated at every minute while its window holds a sample, deriv while it holds two."""
    app = replay_app(3, now=minute(11))
    assert numbers_in_range(ask, app, "last_over_time(job:crypto_last_price:avg5m[1m])") == [0, 1, 2, 3, 4, 5, 6]
    assert numbers_in_range(ask, app, "last_over_time(job:crypto_last_price:deriv5m[1m])") == [1, 2, 3, 4, 5]


def test_both_ends_of_a_range_query_are_answered(ask, lab):
    """A range of ten minutes at a step of one has eleven points, at exactly the times that were asked."""
    series = result(ask(lab, "query_range", query="crypto_last_price", start=NOON - 600, end=NOON, step="1m"))
    assert [ts for ts, _ in series[0]["values"]] == list(range(NOON - 600, NOON + 1, 60))


def test_a_grid_off_the_minute_gives_the_minute_before(ask, lab):
    """Half a second early shows the previous minute's value, under the time that was asked."""
    sharp = result(ask(lab, "query", query="crypto_last_price", time=NOON - 60))[0]["value"]
    early = result(ask(lab, "query", query="crypto_last_price", time=NOON - 0.5))[0]["value"]
    assert early == [NOON - 0.5, sharp[1]]


def test_all_16_series_come_in_one_answer(ask, lab):
    """last_over_time keeps the names, and each series carries its symbol and market."""
    series = result(ask(lab, "query", query=f"last_over_time({ALL}[59s999ms])"))
    assert len({each["metric"]["__name__"] for each in series}) == 16
    assert {each["metric"]["symbol"] for each in series} == {"BTCUSDT"}
    assert {each["metric"]["market"] for each in series} == {"simulated"}


def test_functions_that_drop_the_name_refuse_two_series(ask, lab):
    """Two series that differ in their name alone cannot be told apart without it."""
    for query in (f"deriv({ALL}[5m])", f"timestamp({ALL})"):
        answer = ask(lab, "query", query=query)
        assert error(answer) == (422, "execution", "vector cannot contain metrics with the same labelset")


def test_functions_and_aggregations_answer(ask, lab):
    """Each gives its one value at the lab's now."""
    expected = {
        "count_over_time(crypto_volume[1h])": "60",
        "timestamp(crypto_volume)": str(NOON),
        f"count({ALL})": "16",
        "min(crypto_last_price)": result(ask(lab, "query", query="max(crypto_last_price)"))[0]["value"][1],
    }
    for query, value in expected.items():
        answer = result(ask(lab, "query", query=query))
        assert [(each["value"], "__name__" in each["metric"]) for each in answer] == [([NOON, value], False)]


def test_an_instant_query_of_a_range_gives_the_raw_samples(ask, lab):
    """A range vector is answered as a matrix, left-open."""
    answer = ask(lab, "query", query="crypto_volume[3m]").json()["data"]
    assert answer["resultType"] == "matrix"
    assert [ts for ts, _ in answer["result"][0]["values"]] == [NOON - 120, NOON - 60, NOON]


def test_time_is_the_labs_own(ask, simulated):
    """time() reads the source's clock, which runs at the lab's speed."""
    wall = [1000.0]
    app = create_app(simulated, LabClock(NOON, speed=6, wall=lambda: wall[0]))
    wall[0] += 10
    assert result(ask(app, "query", query="time()")) == [NOON + 60, str(NOON + 60)]


def test_nothing_after_now_is_visible(ask, lab):
    """Neither as a sample nor through a rule; the grid beyond now holds only what is carried forward."""
    series = result(
        ask(lab, "query_range", query=f"last_over_time({ALL}[59s999ms])", start=NOON - 60, end=NOON + 3600, step=60)
    )
    assert {each["values"][-1][0] for each in series} == {NOON}
    raw = result(ask(lab, "query", query="crypto_last_price[1h]", time=NOON + 1800))
    assert raw[0]["values"][-1][0] == NOON


def test_history_before_since_is_hidden(ask, simulated):
    """The first visible sample is at `since`, and rules know none before it."""
    app = create_app(simulated, LabClock(NOON, speed=0), since=NOON - 300)
    raw = result(ask(app, "query", query=f"{ALL}[1h]"))
    assert {each["values"][0][0] for each in raw} == {NOON - 300, NOON - 240}
    average = next(each for each in raw if each["metric"]["__name__"] == "job:crypto_last_price:avg1h")
    price = next(each for each in raw if each["metric"]["__name__"] == "crypto_last_price")
    assert average["values"][0] == price["values"][0]


def test_eleven_thousand_steps_are_the_most(ask, lab):
    """11,001 points are answered, one more is refused in Cortex's words."""
    most = ask(lab, "query_range", query="1", start=NOON - 11_000 * 60, end=NOON, step=60)
    assert len(result(most)[0]["values"]) == 11_001
    assert error(ask(lab, "query_range", query="1", start=NOON - 11_001 * 60, end=NOON, step=60)) == (
        400,
        "bad_data",
        "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)",
    )


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"query": "crypto_last_price{x}"}, "1:20: parse error: unexpected operator '}'"),
        ({"query": "crypto_volume[5m]"}, 'invalid expression type "range vector" for range query'),
        ({"start": "yesterday"}, 'invalid parameter "start": cannot parse "yesterday" to a valid timestamp'),
        ({"end": "nan"}, 'invalid parameter "end": cannot parse "nan" to a valid timestamp'),
        ({"end": "0"}, 'invalid parameter "end": end timestamp must not be before start time'),
        ({"step": "0"}, 'invalid parameter "step": zero or negative query resolution'),
        ({"step": "soon"}, 'invalid parameter "step": cannot parse "soon" to a valid duration'),
    ],
)
def test_bad_parameters_are_refused_by_name(ask, lab, changed, message):
    """Status 400, type bad_data, and the parameter or the place in the expression."""
    asked = {"query": "crypto_volume", "start": NOON - 60, "end": NOON, "step": 60} | changed
    status, kind, text = error(ask(lab, "query_range", **asked))
    assert (status, kind) == (400, "bad_data")
    assert text.startswith(message)


def test_too_large_a_query_is_refused(ask, lab):
    """A month-long window at every minute would hold the server for minutes."""
    asked = {"query": "avg_over_time(crypto_volume[30d])", "start": NOON - 10 * 600, "end": NOON, "step": 1}
    assert error(ask(lab, "query_range", **asked))[:2] == (422, "execution")
    assert error(ask(lab, "query", query=f"{ALL}[200d]"))[:2] == (422, "execution")


def test_no_tenant_is_refused_in_plain_text(ask, tenant_lab):
    """A lab with a tenant answers 401 to a request without one, on every path."""
    for path in ("query", "status/buildinfo", "labels"):
        answer = ask(tenant_lab, path, query="1")
        assert (answer.status_code, answer.text.strip()) == (401, "no org id")
        assert answer.headers["content-type"].startswith("text/plain")


def test_another_tenant_sees_nothing(ask, tenant_lab):
    """A mistyped tenant is answered 200 with an empty result; the right one sees the series."""
    assert result(ask(tenant_lab, "query", tenant="trader", query="crypto_volume")) == []
    assert ask(tenant_lab, "series", tenant="trader", **{"match[]": ALL}).json()["data"] == []
    assert len(result(ask(tenant_lab, "query", tenant="traders", query="crypto_volume"))) == 1


def test_series_and_labels_are_listed(ask, lab):
    """Discovery finds the 16 metrics and the three labels, and nothing in a time without samples."""
    listed = ask(lab, "series", **{"match[]": 'crypto_volume{symbol="BTCUSDT"}'}).json()["data"]
    assert listed == [{"__name__": "crypto_volume", "market": "simulated", "symbol": "BTCUSDT"}]
    assert ask(lab, "labels").json()["data"] == ["__name__", "market", "symbol"]
    assert ask(lab, "label/symbol/values").json()["data"] == ["BTCUSDT"]
    assert len(ask(lab, "label/__name__/values").json()["data"]) == 16
    assert ask(lab, "labels", end=ANCHOR).json()["data"] == []
    assert error(ask(lab, "series"))[:2] == (400, "bad_data")


def test_buildinfo_says_which_lab_it_is(ask, lab, replay_app):
    """Kind, seed or the file's digest, and the lab's now."""
    data = ask(lab, "status/buildinfo").json()["data"]
    assert data["application"] == "cortex-signals lab"
    assert data["lab"] == {"kind": "simulated", "seed": 7, "file": None, "now": float(NOON)}
    replayed = ask(replay_app(3, now=minute(2)), "status/buildinfo").json()["data"]["lab"]
    assert (replayed["kind"], replayed["seed"], len(replayed["file"])) == ("replay", None, 64)


def test_a_form_and_the_bare_root_are_answered_too(lab):
    """POST with a form body gives what GET gives, at both roots, gzipped where accepted."""
    asked = {"query": ALL, "time": str(NOON)}

    async def answers():
        async with httpx.AsyncClient(transport=httpx.ASGITransport(lab), base_url="http://lab") as client:
            return (
                await client.get("/prometheus/api/v1/query", params=asked),
                await client.post("/api/v1/query", data=asked),
                await client.post("/api/v1/query", data=asked, headers={"Accept-Encoding": "identity"}),
            )

    got, posted, plain = asyncio.run(answers())
    assert got.json() == posted.json() == plain.json()
    assert (posted.headers["content-encoding"], "content-encoding" in plain.headers) == ("gzip", False)


def test_values_are_the_shortest_text_that_reads_back():
    """Whole numbers have no point, small and large ones follow Go, and NaN and Inf have their names."""
    written = {65000.0: "65000", 0.1: "0.1", -0.0: "-0", 2e-5: "0.00002", 1e16: "10000000000000000", 3.5e-7: "3.5e-07"}
    written |= {1e21: "1e+21", float("inf"): "+Inf", float("-inf"): "-Inf"}
    assert format_values(np.array(list(written))) == list(written.values())
    assert format_values(np.array([float("nan")])) == ["NaN"]
    assert format_values(np.array([])) == []
