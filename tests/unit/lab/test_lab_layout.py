"""Labels: several symbols, exchanges and replicas, and a metric that exists twice."""

import numpy as np
import pytest

from include.errors import SettingsError
from include.lab.clock import LabClock
from include.lab.layout import Layout
from include.lab.market import ANCHOR, DAY, SimulatedMarket
from include.lab.server import create_app

NOON = ANCHOR + 40 * DAY + DAY // 2
BASES = ("crypto_last_price", "crypto_volume")


@pytest.fixture(scope="module")
def ether():
    return SimulatedMarket(7, "ETHUSDT")


@pytest.fixture
def lab(simulated):
    return lambda further=None, **layout: create_app(
        simulated, LabClock(NOON, speed=0), layout=Layout(**layout), further=further
    )


@pytest.fixture
def raw(ask):
    """Labels and {ts: text} of each series of an instant query."""

    def get(app, query):
        answer = ask(app, "query", query=query).json()
        return [(series["metric"], dict(series["values"])) for series in answer["data"]["result"]]

    return get


def test_a_further_symbol_is_a_market_of_its_own(raw, lab, ether):
    """It has 16 series under its name, other prices, and BTCUSDT keeps its own."""
    app = lab({"ETHUSDT": ether})
    assert len(raw(app, '{__name__=~".+",symbol="ETHUSDT"}[1m]')) == 16
    [(_, bitcoin)] = raw(app, 'crypto_last_price{symbol="BTCUSDT"}[5m]')
    [(_, other)] = raw(app, 'crypto_last_price{symbol="ETHUSDT"}[5m]')
    assert [(bitcoin, {"__name__", "market", "symbol"})] == [
        (values, set(labels)) for labels, values in raw(lab(), "crypto_last_price[5m]")
    ]
    assert set(bitcoin) == set(other)
    assert not set(bitcoin.values()) & set(other.values())


def test_the_first_symbol_keeps_the_market_of_its_seed():
    """BTCUSDT by name is BTCUSDT by default, to the last digit."""
    named, unnamed = SimulatedMarket(7, "BTCUSDT"), SimulatedMarket(7)
    one, other = (market.minutes(NOON - DAY, NOON).last_price for market in (named, unnamed))
    np.testing.assert_array_equal(one, other)


def test_another_label_holds_the_symbol(raw, lab):
    """`pair` takes the place of `symbol`."""
    [(labels, _)] = raw(lab(label="pair"), 'crypto_volume{pair="BTCUSDT"}[1m]')
    assert set(labels) == {"__name__", "market", "pair"}
    assert raw(lab(label="pair"), 'crypto_volume{symbol="BTCUSDT"}[1m]') == []


def test_every_series_exists_at_every_exchange(ask, raw, lab):
    """The first one's values are the market's; another one's price is some basis points off."""
    app = lab(exchanges=("binance", "kraken"))
    listed = ask(app, "series", **{"match[]": '{symbol="BTCUSDT"}'}).json()["data"]
    assert len(listed) == len({tuple(labels.items()) for labels in listed}) == 32
    [(_, alone)] = raw(lab(), "crypto_last_price[1h]")
    [(_, first), (_, second)] = raw(app, "crypto_last_price[1h]")
    assert first == alone
    off = np.array([float(second[ts]) / float(first[ts]) - 1 for ts in first])
    assert len(off) == 60
    assert np.abs(off).min() > 0
    assert np.abs(off).max() < 1e-3


def test_expressions_over_one_exchange_answer_range_queries(ask, lab):
    """What a loader asks where a recording rule has no data gives one value a minute, equal to the rule's."""
    app = lab(exchanges=("binance", "kraken"))
    asked = {"start": NOON - 600, "end": NOON, "step": 60}
    for exchange in ("binance", "kraken"):
        chosen = f'{{symbol="BTCUSDT",exchange="{exchange}"}}'
        for expression, rule in (
            (f"deriv(crypto_last_price{chosen}[5m])", f"job:crypto_last_price:deriv5m{chosen}"),
            (f"avg_over_time(crypto_volume{chosen}[15m])", f"job:crypto_volume:avg15m{chosen}"),
        ):
            [computed] = ask(app, "query_range", query=expression, **asked).json()["data"]["result"]
            [recorded] = ask(app, "query_range", query=rule, **asked).json()["data"]["result"]
            assert computed["values"] == recorded["values"]
            assert len(computed["values"]) == 11
            assert computed["metric"] == {"exchange": exchange, "market": "simulated", "symbol": "BTCUSDT"}


def test_replicas_have_equal_values(raw, lab):
    """Three of each, told apart by their letter alone."""
    found = raw(lab(replicas=3), "job:crypto_last_price:deriv5m[5m]")
    assert [labels["replica"] for labels, _ in found] == ["a", "b", "c"]
    assert found[0][1] == found[1][1] == found[2][1]


@pytest.mark.parametrize("metric", ["crypto_last_price", "job:crypto_volume:avg15m"])
def test_replicas_lack_different_minutes(raw, lab, metric):
    """Each lacks its share, and together they hold what one without gaps holds."""
    [(_, whole)] = raw(lab(), f"{metric}[1d]")
    (_, one), (_, other) = raw(lab(replicas=2, replica_gaps=0.3), f"{metric}[1d]")
    assert one | other == whole
    for replica in (one, other):
        assert 0.25 < 1 - len(replica) / len(whole) < 0.35


@pytest.mark.parametrize(("replicas", "sentence"), [(1, "add --replicas 2 or more"), (3, r"choose at most 0\.33")])
def test_replicas_that_leave_a_minute_to_none_are_refused(replicas, sentence):
    """The sentence says how much may be lacking."""
    with pytest.raises(SettingsError, match=sentence):
        Layout(replicas=replicas, replica_gaps=0.4)


def test_a_metric_can_exist_twice(raw, lab):
    """One of the 16, and its two series differ in `instance`."""
    found = [labels for labels, _ in raw(lab(second_label_set=True), '{symbol="BTCUSDT"}[1m]')]
    twice = [labels for labels in found if "instance" in labels]
    assert len(found) == 17
    assert {labels["__name__"] for labels in twice} == {"job:crypto_volume:avg5m"}
    assert len({labels["instance"] for labels in twice}) == 2


def test_labels_do_not_change_what_the_lab_is(ask, lab, ether):
    """buildinfo names kind and seed alone."""
    app = lab({"ETHUSDT": ether}, exchanges=("kraken",), replicas=2)
    told = ask(app, "status/buildinfo").json()["data"]["lab"]
    assert told == {"kind": "simulated", "seed": 7, "file": None, "now": float(NOON)}
    assert (ether.kind, ether.seed) == ("simulated", 7)
