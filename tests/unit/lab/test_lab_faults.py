"""Faults of the source: lost, late and impossible samples, rulers that lag or were down, and answers that fail."""

import numpy as np
import pytest

from include.lab.clock import LabClock
from include.lab.faults import Faults, FaultyMarket, Span
from include.lab.market import ANCHOR, DAY
from include.lab.server import create_app

NOON = ANCHOR + 40 * DAY + DAY // 2
DAY_OF_MINUTES = range(NOON - DAY + 60, NOON + 1, 60)


@pytest.fixture
def samples(simulated, ask):
    """{ts: value} of a metric in the day that ends at NOON, as a lab with those faults shows it at `now`."""

    def get(metric, now=NOON, **faults):
        app = create_app(simulated, LabClock(now, speed=0), faults=Faults(**faults))
        found = ask(app, "query", query=f"{metric}[1d]", time=NOON).json()["data"]["result"]
        return {ts: float(value) for series in found for ts, value in series["values"]}

    return get


def lost(found):
    return [ts for ts in DAY_OF_MINUTES if ts not in found]


def test_gaps_take_their_share_of_the_minutes(samples):
    """Price and volume lack the same minutes, and what is left is what it was."""
    whole, holed = samples("crypto_last_price"), samples("crypto_last_price", gaps=0.1)
    assert 0.07 < len(lost(holed)) / 1440 < 0.13
    assert lost(holed) == lost(samples("crypto_volume", gaps=0.1))
    assert holed == {ts: value for ts, value in whole.items() if ts in holed}


def test_gaps_are_those_of_their_seed(samples, simulated):
    """The same minutes in whatever span they are asked for, other ones with another seed."""
    faulty = FaultyMarket(simulated, Faults(gaps=0.1), "BTCUSDT")
    whole = faulty.minutes(NOON - DAY + 60, NOON + 60)
    pieces = [faulty.minutes(ts, ts + 7 * 60).last_price for ts in range(NOON - DAY + 60, NOON + 1, 7 * 60)]
    np.testing.assert_array_equal(np.concatenate(pieces)[:1440], whole.last_price)
    assert lost(samples("crypto_last_price", gaps=0.1)) != lost(samples("crypto_last_price", gaps=0.1, seed=1))


def test_a_rule_looks_fresh_in_a_short_hole(samples):
    """It has all its minutes, and where a base sample is lacking it is the mean of the others."""
    price, average = samples("crypto_last_price", gaps=0.1), samples("job:crypto_last_price:avg5m", gaps=0.1)
    assert lost(average) == []
    for ts in lost(price)[5:10]:
        there = [price[ts - age] for age in (0, 60, 120, 180, 240) if ts - age in price]
        assert average[ts] == pytest.approx(np.mean(there), rel=1e-12)


def test_an_outage_leaves_no_sample_from_its_start_up_to_its_end(samples):
    """Half-open, for bases and rules; the first rule after it is made of what has come since."""
    outages = (Span(NOON - 7200, NOON - 3600), Span(NOON - 600, NOON - 540))
    gone = [*range(NOON - 7200, NOON - 3600, 60), NOON - 600]
    for metric in ("crypto_last_price", "crypto_volume", "job:crypto_last_price:avg1h"):
        assert lost(samples(metric, outages=outages)) == gone
    price = samples("crypto_last_price")
    assert samples("job:crypto_last_price:avg15m", outages=outages)[NOON - 3600] == price[NOON - 3600]
    assert lost(samples("job:crypto_last_price:deriv15m", outages=outages)) == [*gone[:-1], NOON - 3600, gone[-1]]


def test_a_late_sample_comes_with_its_own_time(samples):
    """Of the newest minutes a share is not there yet; each comes ten minutes after its end, and then all is there."""
    faults = {"late": 0.5, "late_by": 600}
    waiting = lost(samples("crypto_last_price", **faults))
    assert 0 < len(waiting) < 10
    assert set(waiting) <= set(range(NOON - 540, NOON + 1, 60))
    newest = waiting[-1]
    assert lost(samples("crypto_last_price", now=newest + 599, **faults))[0] == newest
    assert samples("crypto_last_price", now=newest + 600, **faults) == samples("crypto_last_price")


@pytest.mark.parametrize("rule", ["job:crypto_last_price:avg5m", "job:crypto_last_price:deriv5m"])
def test_a_late_sample_changes_no_recorded_value(samples, rule):
    """What the rule was at its minute's end it is an hour later, and it is not what all samples would have made it."""
    faults = {"late": 0.2, "late_by": 130}
    at_once, later = samples(rule, **faults), samples(rule, now=NOON + 3600, **faults)
    assert at_once == later
    differing = [ts for ts, value in samples(rule).items() if at_once.get(ts) != value]
    assert 0.3 < len(differing) / 1440 < 0.7  # of the newest three samples of five one was late: 1 - 0.8³ = 0.49


def test_a_late_sample_is_out_of_the_mean_until_it_came(samples):
    """The mean of five minutes is that of the samples which had come by its end."""
    faults = {"late": 0.3, "late_by": 90}
    seen = samples("job:crypto_last_price:avg5m", **faults)
    for ts in range(NOON - 1200, NOON - 300, 60):
        there = samples("crypto_last_price", now=ts, **faults)
        assert seen[ts] == pytest.approx(np.mean([there[t] for t in range(ts - 240, ts + 1, 60) if t in there]))


def test_a_rule_without_enough_samples_records_nothing(samples):
    """Where all samples come 4 minutes late, 5 minutes hold one: a mean and no slope; 5 minutes late, neither."""
    price = samples("crypto_last_price")
    average = samples("job:crypto_last_price:avg5m", late=1, late_by=240)
    assert average[NOON] == price[NOON - 240]
    assert samples("job:crypto_last_price:deriv5m", late=1, late_by=240) == {}
    assert samples("job:crypto_last_price:avg5m", late=1, late_by=300) == {}


def test_a_ruler_that_waits_sees_what_was_late(samples):
    """Evaluated after the delay, with the minute's time, over all that came until then."""
    rule = "job:crypto_last_price:avg5m"
    waited = samples(rule, now=NOON + 100, late=0.2, late_by=90, ruler_delay=100)
    assert waited == samples(rule)


def test_a_rules_sample_is_there_after_the_rulers_delay(samples):
    """Until then its newest is that of the minute before; the bases do not wait."""
    rule = "job:crypto_volume:avg5m"
    assert lost(samples(rule, now=NOON + 19, ruler_delay=20)) == [NOON]
    assert samples(rule, now=NOON + 20, ruler_delay=20) == samples(rule)
    assert lost(samples("crypto_volume", ruler_delay=20)) == []


def test_rules_have_no_history_before_they_were_made(samples):
    """From that minute on they are what they would have been, for the bases have a history."""
    since = NOON - 3600
    rule, made = samples("job:crypto_last_price:avg1h"), samples("job:crypto_last_price:avg1h", rules_since=since)
    assert made == {ts: value for ts, value in rule.items() if ts >= since}
    assert lost(samples("crypto_last_price", rules_since=since)) == []


def test_a_ruler_that_was_down_leaves_a_hole_in_the_rules_alone(samples):
    """Half-open; before and after it the rules are what they were."""
    down = (Span(NOON - 600, NOON - 300),)
    rule, holed = samples("job:crypto_last_price:avg5m"), samples("job:crypto_last_price:avg5m", rules_outages=down)
    assert lost(holed) == list(range(NOON - 600, NOON - 300, 60))
    assert holed.items() <= rule.items()
    assert lost(samples("crypto_last_price", rules_outages=down)) == []


def test_bad_values_are_of_five_kinds(samples):
    """NaN, both infinities, negative and tenfold, together their share; the rest is what it was."""
    whole, bad = samples("crypto_last_price"), samples("crypto_last_price", bad_values=0.2)
    assert list(bad) == list(whole)
    ratios = np.array([bad[ts] / whole[ts] for ts in whole])
    kinds = [np.isnan(ratios), ratios == np.inf, ratios == -np.inf, ratios == -1, np.isclose(ratios, 10)]
    assert all(0.02 < kind.mean() < 0.06 for kind in kinds)
    assert (sum(kinds) + (ratios == 1) == 1).all()


def test_a_nan_is_a_sample(simulated, ask):
    """It is answered as "NaN", hides the sample before it, and makes the rules NaN while it is in their window."""
    app = create_app(simulated, LabClock(NOON, speed=0), faults=Faults(bad_values=0.05))
    asked = {"start": NOON - DAY, "end": NOON, "step": 60}
    answers = {
        query: ask(app, "query_range", query=query, **asked).json()["data"]["result"][0]["values"]
        for query in (
            "crypto_last_price",
            "last_over_time(crypto_last_price[59s999ms])",
            "count_over_time(crypto_last_price[1m])",
            "job:crypto_last_price:avg5m",
            "deriv(crypto_last_price[5m])",
            "sum(crypto_last_price)",
            "min(crypto_last_price)",
        )
    }
    assert {len(values) for values in answers.values()} == {1441}
    [(ts, _), *_] = [point for point in answers["crypto_last_price"] if point[1] == "NaN"]
    at = [dict(values)[ts] for query, values in answers.items() if not query.startswith("count")]
    assert at == ["NaN"] * 6
    assert dict(answers["count_over_time(crypto_last_price[1m])"])[ts] == "1"
    [alone] = ask(app, "query", query="crypto_last_price", time=ts).json()["data"]["result"]
    assert alone["value"] == [ts, "NaN"]
    assert {"+Inf", "-Inf"} <= {value for _, value in answers["job:crypto_last_price:avg5m"]}


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (429, "too many outstanding requests"),
        (500, "consistency check failed because some blocks were not queried"),
        (503, "query timed out in expression evaluation"),
    ],
)
def test_a_share_of_the_requests_fails(simulated, ask, status, words):
    """In Cortex's words, 429 in plain text and without Retry-After, and the same requests with the same seed."""

    def answers(seed):
        faults = Faults(error_share=0.3, error_statuses=(status,), seed=seed)
        app = create_app(simulated, LabClock(NOON, speed=0), faults=faults)
        return [ask(app, path, query="1") for path in ["query", "labels"] * 50]

    first = answers(1)
    statuses = [answer.status_code for answer in first]
    assert set(statuses) == {200, status}
    assert 15 <= statuses.count(status) <= 45
    failed = first[statuses.index(status)]
    said = failed.text.strip() if status == 429 else failed.json()["error"]
    assert (said, "retry-after" in failed.headers) == (words, False)
    assert failed.headers["content-type"].startswith("text/plain" if status == 429 else "application/json")
    assert [answer.status_code for answer in answers(1)] == statuses
    assert [answer.status_code for answer in answers(2)] != statuses


def test_the_errors_are_drawn_from_all_that_are_named(simulated, ask):
    """Each of them comes, and nothing else."""
    faults = Faults(error_share=0.5, error_statuses=(429, 500, 503), seed=1)
    app = create_app(simulated, LabClock(NOON, speed=0), faults=faults)
    assert {ask(app, "query", query="1").status_code for _ in range(60)} == {200, 429, 500, 503}


def test_faults_do_not_change_what_the_lab_is(simulated, ask):
    """buildinfo names kind and seed of the market."""
    app = create_app(simulated, LabClock(NOON, speed=0), faults=Faults(seed=9, gaps=0.5, bad_values=0.1))
    told = ask(app, "status/buildinfo").json()["data"]["lab"]
    assert told == {"kind": "simulated", "seed": 7, "file": None, "now": float(NOON)}
