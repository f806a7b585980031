"""The markets of `--market`: noise of which nothing can be predicted, and an edge that can be learned."""

import argparse
from dataclasses import replace

import httpx
import numpy as np
import pytest
from numpy.testing import assert_array_equal

from include.cortex.address import Cortex
from include.cortex.client import CortexClient, Identity
from include.errors import SettingsError
from include.lab import command, server
from include.lab.clock import LabClock
from include.lab.faults import Faults
from include.lab.layout import Layout
from include.lab.market import ANCHOR, DAY, EDGE_MINUTES, MARKETS, EdgeMarket, NoiseMarket, SimulatedMarket
from include.lab.server import create_app
from include.settings import LAB_MARKETS, load_settings

FIRST = ANCHOR + DAY
SOME_DAY = ANCHOR + 40 * DAY


@pytest.fixture(scope="module")
def noise():
    return NoiseMarket(7).minutes(FIRST, FIRST + 180 * DAY)


@pytest.fixture(scope="module")
def edge():
    return EdgeMarket(7).minutes(FIRST, FIRST + 180 * DAY)


def returns_of(minutes):
    return np.diff(np.log(minutes.last_price))


def correlation(x, y):
    return np.corrcoef(x, y)[0, 1]


def momentum(returns, minutes=EDGE_MINUTES):
    """Sum over root of sum of squares of the returns before, and the return after: (rows,), (rows,)."""
    windows = np.lib.stride_tricks.sliding_window_view(returns[:-1], minutes)
    total, squares = windows.sum(axis=1), (windows**2).sum(axis=1)
    return total / np.sqrt(total**2 + squares), returns[minutes:]


@pytest.mark.parametrize("make", MARKETS.values(), ids=MARKETS.keys())
def test_a_minute_has_the_same_value_whatever_was_asked_before(make):
    """A fresh market that is asked for later days first gives the same minutes."""
    in_order, backwards = make(3, "BTCUSDT"), make(3, "BTCUSDT")
    early, late = (in_order.minutes(at, at + 2 * DAY) for at in (FIRST, SOME_DAY - DAY))
    for expected in (late, early):
        again = backwards.minutes(int(expected.ts[0]), int(expected.ts[-1]) + 60)
        assert_array_equal(again.last_price, expected.last_price)
        assert_array_equal(again.volume_24h, expected.volume_24h)


@pytest.mark.parametrize(
    ("market", "price", "volume"),
    [(NoiseMarket(7), 76618.78, 12761.04271), (EdgeMarket(7), 57785.46, 17697.31233)],
)
def test_pinned_minutes_of_seed_7(market, price, volume):
    """The value of a minute does not change between releases: warehouses keep it."""
    minute = market.minutes(SOME_DAY, SOME_DAY + 60)
    assert (minute.last_price[0], minute.volume_24h[0]) == (price, volume)


@pytest.mark.parametrize("make", MARKETS.values(), ids=MARKETS.keys())
def test_each_symbol_and_seed_is_a_market_of_its_own(make):
    """Other prices at the same minutes."""
    one = make(7, "BTCUSDT").minutes(SOME_DAY, SOME_DAY + DAY).last_price
    for other in (make(7, "ETHUSDT"), make(8, "BTCUSDT")):
        assert (other.minutes(SOME_DAY, SOME_DAY + DAY).last_price != one).mean() > 0.99


def test_the_settings_know_the_markets_of_the_lab():
    """The names in the settings are those that the switch takes."""
    assert tuple(MARKETS) == LAB_MARKETS


def test_noise_moves_as_much_as_the_usual_market_and_has_tails(noise):
    """About 2 % a day, so that the same thresholds are crossed; kurtosis above the normal's 3."""
    returns = returns_of(noise)
    assert 0.018 < returns.std() * np.sqrt(1440) < 0.021
    assert ((returns - returns.mean()) ** 4).mean() / returns.var() ** 2 > 5
    assert 10_000 < noise.last_price.min() < noise.last_price.max() < 360_000


@pytest.mark.parametrize("lag", [1, 5, 60, 1440])
def test_neither_sizes_nor_directions_of_noise_repeat(noise, lag):
    """Correlations of returns, of their sizes and of volumes with later ones are those of independent draws."""
    returns, volumes = returns_of(noise), np.diff(noise.volume_24h)
    # five standard errors; what two minutes' ranks share is not moved by the tails
    bound = 5 / np.sqrt(len(returns))
    ranks = np.argsort(np.argsort(np.abs(returns)))
    assert abs(correlation(returns[:-lag], returns[lag:])) < bound
    assert abs(correlation(ranks[:-lag], ranks[lag:])) < bound
    assert abs(correlation(volumes[:-lag], np.abs(returns[lag:]))) < bound


def test_noise_has_no_rhythm_and_no_weekend(noise):
    """Every hour of the day and every day of the week is as busy as the others."""
    sizes = np.abs(returns_of(noise))
    for part in (noise.ts[1:] // 3600 % 24, noise.ts[1:] // DAY % 7):
        means = [sizes[part == number].mean() for number in np.unique(part)]
        assert max(means) / min(means) < 1.06


def test_volumes_of_noise_know_nothing_of_its_prices(noise):
    """The volume of a large move is as any other."""
    returns, volumes = np.abs(returns_of(noise)), np.diff(noise.volume_24h)
    assert abs(correlation(returns, volumes)) < 5 / np.sqrt(len(returns))


def test_the_edge_is_the_expected_return_that_it_says(edge):
    """A minute's return over the market's volatility rises with the direction of the minutes before, by the strength."""
    direction, after = momentum(returns_of(edge))
    usual_direction, usual_after = momentum(returns_of(SimulatedMarket(7).minutes(FIRST, FIRST + 180 * DAY)))
    slope = (direction * after).sum() / (direction**2).sum() / np.abs(after).mean()
    usual = (usual_direction * usual_after).sum() / (usual_direction**2).sum() / np.abs(usual_after).mean()
    assert 0.09 < slope < 0.2
    assert abs(usual) < 0.02


def test_an_edge_of_0_is_the_usual_market():
    """To the last bit, volumes too."""
    usual, none = (m.minutes(FIRST, SOME_DAY) for m in (SimulatedMarket(7), EdgeMarket(7, strength=0.0)))
    assert_array_equal(none.last_price, usual.last_price)
    assert_array_equal(none.volume_24h, usual.volume_24h)


def test_an_edge_below_0_turns_round():
    """What rose tends to fall."""
    direction, after = momentum(returns_of(EdgeMarket(7, strength=-0.1).minutes(FIRST, FIRST + 60 * DAY)))
    assert correlation(direction, after) < -0.02


def test_the_market_with_an_edge_stays_plausible(edge):
    """Its prices and the size of its moves are the usual market's."""
    assert 20_000 < edge.last_price.min() < edge.last_price.max() < 180_000
    assert 0.015 < returns_of(edge).std() * np.sqrt(1440) < 0.025


@pytest.mark.parametrize(
    ("market", "label", "told", "identity"),
    [
        (SimulatedMarket(7), "simulated", None, "seed 7"),
        (NoiseMarket(7), "simulated noise", "noise", "noise, seed 7"),
        (EdgeMarket(7), "simulated edge 0.1", "edge 0.1", "edge 0.1, seed 7"),
        (EdgeMarket(7, strength=-0.05), "simulated edge -0.05", "edge -0.05", "edge -0.05, seed 7"),
    ],
)
def test_a_market_other_than_the_usual_one_says_so(ask, market, label, told, identity):
    """In its label, in buildinfo, and in what a warehouse keeps as its source; faults and exchanges hide it not."""
    layout, faults = Layout(exchanges=("a", "b")), Faults(seed=1, gaps=0.01)
    app = create_app(market, LabClock(SOME_DAY, speed=0), layout=layout, faults=faults)
    assert ask(app, "label/market/values").json()["data"] == [label]
    answer = ask(app, "status/buildinfo").json()
    said = answer["data"]["lab"]
    assert (said["kind"], said["seed"], said.get("market")) == ("simulated", 7, told)
    transport = httpx.MockTransport(lambda request: httpx.Response(200, json=answer))
    with CortexClient(Cortex("http://lab.test"), attempts=1, transport=transport) as client:
        assert client.identity() == Identity("simulated", identity)


@pytest.fixture
def served(monkeypatch):
    """The market that the server would have been started with, and its announcement."""
    monkeypatch.setattr(command.signal, "signal", lambda *handler: None)

    def run(*options):
        calls = []
        monkeypatch.setattr(server, "serve", lambda market, clock, **given: calls.append((market, given)))
        parser = argparse.ArgumentParser()
        command.add_arguments(parser)
        command.run(parser.parse_args(["--now", "2025-08-01", "--speed", "0", *options]))
        return calls[0]

    return run


@pytest.mark.parametrize(
    ("options", "variant"),
    [
        ((), None),
        (("--market", "usual"), None),
        (("--market", "noise"), "noise"),
        (("--market", "edge"), "edge 0.1"),
        (("--market", "edge", "--edge", "-0.2"), "edge -0.2"),
    ],
)
def test_the_switch_chooses_the_market_of_every_symbol(served, options, variant):
    """With the seed of the settings, or the one that is given."""
    market, given = served(*options, "--symbols", "BTCUSDT,ETHUSDT", "--seed", "5")
    assert (market.kind, market.seed, market.variant) == ("simulated", 5, variant)
    assert [further.variant for further in given["further"].values()] == [variant]


def test_the_settings_choose_the_market_that_no_switch_names(served, monkeypatch):
    """The launcher starts the lab without a switch; one that is given counts more."""
    settings = replace(load_settings(), lab_market="noise")
    monkeypatch.setattr(command, "load_settings", lambda: settings)
    assert served()[0].variant == "noise"
    assert served("--market", "usual")[0].variant is None
    with pytest.raises(SettingsError, match=r"this one is noise; add --market edge\."):
        served("--edge", "0.1")


def test_the_announcement_names_the_market(served, capsys):
    """After the symbols, before the seed."""
    served("--market", "noise", "--seed", "7")[1]["announce"]("http://127.0.0.1:1/prometheus")
    assert capsys.readouterr().out.startswith("The lab serves SIMULATED BTCUSDT, noise, seed 7, at http://127.0.0.1:1/")


def test_a_replay_is_none_of_the_markets(served, write_candles):
    """Candles and a choice of simulated market contradict each other."""
    replay = ("--replay", str(write_candles(3)))
    for options in (("--market", "noise"), ("--edge", "0.1")):
        with pytest.raises(SettingsError, match="leave out either"):
            served(*replay, *options)


@pytest.mark.parametrize("options", [("--market", "calm"), ("--edge", "1.5"), ("--edge", "nan"), ("--edge", "x")])
def test_an_unknown_market_or_strength_is_bad_usage(served, options, capsys):
    """Exit code 2, and the sentence names the switch."""
    with pytest.raises(SystemExit, match="2"):
        served(*options)
    assert f"argument {options[0]}: " in capsys.readouterr().err
