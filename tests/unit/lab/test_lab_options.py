"""The switches: what reaches the server, what is refused, and that docs/lab.md tells them all."""

import argparse
import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from include.errors import SettingsError
from include.lab import command, server
from include.lab.faults import Faults, Span
from include.lab.layout import Layout
from include.lab.limits import Limits

ROOT = Path(__file__).resolve().parents[3]
JULY = 1751328000  # 2025-07-01 00:00 UTC
EVERY_SWITCH = {
    "--symbols": "BTCUSDT,ETHUSDT",
    "--label": "pair",
    "--exchanges": "binance,kraken",
    "--replicas": "2",
    "--replica-gaps": "0.1",
    "--second-label-set": None,
    "--gaps": "0.01",
    "--outage": "2025-07-01/2025-07-01T06:00",
    "--late": "0.02",
    "--late-by": "30",
    "--ruler-delay": "12.5",
    "--rules-since": "2025-07-01",
    "--rules-outage": "2025-07-01/2025-07-02T00:00Z",
    "--bad-values": "0.03",
    "--fault-seed": "5",
    "--max-points": "100",
    "--max-query-length": "24h",
    "--max-series": "64",
    "--max-samples": "1000",
    "--max-query-lookback": "30d",
    "--query-timeout-points": "900",
    "--error-share": "0",
    "--error-status": "429",
}
OPTIONS = [text for switch, value in EVERY_SWITCH.items() for text in (switch, value) if text is not None]


@pytest.fixture
def parse():
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return lambda *options: parser.parse_args(options)


@pytest.fixture
def served(monkeypatch, parse):
    """What the server would have been started with."""
    monkeypatch.setattr(command.signal, "signal", lambda *handler: None)

    def run(*options):
        calls = []
        monkeypatch.setattr(server, "serve", lambda market, clock, **options: calls.append((market, options)))
        command.run(parse("--seed", "7", "--now", "2025-08-01", "--speed", "0", *options))
        return calls[0]

    return run


def test_every_switch_reaches_the_server(served):
    """Each in its place."""
    market, given = served(*OPTIONS)
    assert given["layout"] == Layout("BTCUSDT", "pair", ("binance", "kraken"), 2, 0.1, True)
    assert given["faults"] == Faults(
        seed=5,
        gaps=0.01,
        outages=(Span(JULY, JULY + 6 * 3600),),
        late=0.02,
        late_by=30,
        ruler_delay=12.5,
        rules_since=JULY,
        rules_outages=(Span(JULY, JULY + 86400),),
        bad_values=0.03,
        error_share=0,
        error_statuses=(429,),
    )
    assert given["limits"] == Limits(100, 86400, 64, 1000, 30 * 86400, 900)
    assert (market.seed, list(given["further"])) == (7, ["ETHUSDT"])


def test_without_switches_nothing_is_odd(served):
    """No label more, no fault, and Cortex's own limit alone."""
    given = served()[1]
    assert (given["layout"], given["faults"], given["limits"], given["further"]) == (Layout(), Faults(), Limits(), {})


def test_outages_can_be_several(parse):
    """The switch is repeatable and starts from none each time."""
    twice = parse("--outage", "2025-07-01/2025-07-02", "--outage", "2025-07-03/2025-07-04")
    assert len(twice.outage) == 2
    assert parse().outage == []


def test_errors_can_be_of_several_kinds(served):
    """The switch is repeatable and replaces the default."""
    both = served("--error-status", "500", "--error-status", "503")[1]["faults"]
    assert both.error_statuses == (500, 503)
    assert served()[1]["faults"].error_statuses == (503,)


@pytest.mark.parametrize(
    "options",
    [
        ("--gaps", "1.1"),
        ("--gaps", "nan"),
        ("--late", "-0.1"),
        ("--late-by", "soon"),
        ("--ruler-delay", "-1"),
        ("--outage", "2025-07-01"),
        ("--outage", "2025-07-02/2025-07-01"),
        ("--rules-outage", "a/b"),
        ("--rules-since", "once"),
        ("--max-query-length", "24"),
        ("--max-query-lookback", "0s"),
        ("--max-points", "0"),
        ("--max-series", "x"),
        ("--symbols", "BTCUSDT,BTCUSDT"),
        ("--symbols", ""),
        ("--exchanges", "a,,b"),
        ("--label", "replica"),
        ("--label", "a-b"),
        ("--replicas", "27"),
        ("--error-status", "404"),
    ],
)
def test_a_switch_out_of_range_is_bad_usage(parse, options, capsys):
    """Exit code 2, and the sentence names the switch."""
    with pytest.raises(SystemExit, match="2"):
        parse(*options)
    assert f"argument {options[0]}: " in capsys.readouterr().err


def test_a_replay_is_of_one_symbol(served, write_candles):
    """Its name can be chosen; two are refused."""
    candles = str(write_candles(3))
    replay = ("--replay", candles, "--now", "2024-03-01T00:02")
    assert served(*replay, "--symbols", "ETHUSDT")[1]["layout"].symbol == "ETHUSDT"
    with pytest.raises(SettingsError, match="--symbols names 2"):
        served(*replay, "--symbols", "BTCUSDT,ETHUSDT")


def test_contradicting_replicas_are_one_sentence(served):
    """Before anything is simulated."""
    with pytest.raises(SettingsError, match="add --replicas"):
        served("--replica-gaps", "0.1")


def test_the_lab_starts_with_every_switch():
    """`python -m include.lab` prints its one line and answers with all labels."""
    arguments = ["--port", "0", "--seed", "7", "--now", "2025-07-10", "--speed", "0", *OPTIONS]
    lab = subprocess.Popen(
        [sys.executable, "-m", "include.lab", *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        line = lab.stdout.readline()
        assert line.startswith("The lab serves SIMULATED BTCUSDT, ETHUSDT, seed 7, at http://127.0.0.1:")
        root = re.search(r"at (http\S+) ", line)[1]
        query = 'crypto_volume{pair="ETHUSDT",exchange="kraken"}[10m]'
        found = httpx.get(f"{root}/api/v1/query", params={"query": query}).json()["data"]["result"]
        assert [series["metric"]["replica"] for series in found] == ["a", "b"]
    finally:
        lab.terminate()
        lab.wait(timeout=10)
        lab.stdout.close()


def test_the_docs_tell_every_option(parse):
    """The page on the lab and the parser name the same ones, and this file knows all the switches."""
    parser = argparse.ArgumentParser(add_help=False)
    command.add_arguments(parser)
    known = {option for action in parser._actions for option in action.option_strings}
    page = (ROOT / "docs" / "lab.md").read_text(encoding="utf-8")
    assert set(re.findall(r"--[a-z][a-z-]+", page)) == known
    assert set(EVERY_SWITCH) < known
