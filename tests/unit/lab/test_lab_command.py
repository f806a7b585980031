"""The command: its options, its sentences, and its end."""

import argparse
import socket
from datetime import UTC, datetime

import pytest

from include.errors import LaunchError, SettingsError
from include.lab import command, server
from include.lab.clock import LabClock
from include.lab.server import serve


@pytest.fixture
def parse():
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return lambda *options: parser.parse_args(options)


@pytest.fixture
def served(monkeypatch):
    """What the server would have been started with; it is not started."""
    calls = []
    monkeypatch.setattr(server, "serve", lambda *args, **options: calls.append((args, options)))
    monkeypatch.setattr(command.signal, "signal", lambda *handler: None)
    return calls


def test_instants_are_utc_unless_they_name_a_zone(parse):
    """A bare ISO instant and the same with an offset are the same."""
    noon = datetime(2025, 10, 1, 12, tzinfo=UTC).timestamp()
    for text in ("2025-10-01T12:00", "2025-10-01 12:00:00Z", "2025-10-01T14:00+02:00"):
        assert parse("--now", text).now == noon


@pytest.mark.parametrize(
    "options",
    [("--now", "soon"), ("--port", "70000"), ("--port", "x"), ("--speed", "-1"), ("--speed", "inf"), ("--seed", "-1")],
)
def test_bad_usage_is_refused_by_the_parser(parse, options):
    """A value out of range ends with exit code 2."""
    with pytest.raises(SystemExit, match="2"):
        parse(*options)


def test_the_lab_is_started_as_asked(parse, served):
    """Seed, clock, port, tenant and hidden history reach the server."""
    command.run(
        parse(
            "--seed", "3", "--now", "2025-08-01", "--speed", "0", "--port", "0", "--tenant", "t", "--from", "2025-07-01"
        )
    )
    ((market, clock), options) = served[0]
    assert (market.kind, market.seed, clock.now()) == ("simulated", 3, datetime(2025, 8, 1, tzinfo=UTC).timestamp())
    assert (options["port"], options["tenant"]) == (0, "t")
    assert options["since"] == datetime(2025, 7, 1, tzinfo=UTC).timestamp()


def test_the_announcement_says_that_the_market_is_simulated(parse, served, capsys):
    """One line holds the address and the word SIMULATED."""
    command.run(parse("--now", "2025-08-01", "--speed", "0"))
    served[0][1]["announce"]("http://127.0.0.1:1/prometheus")
    assert capsys.readouterr().out == (
        "The lab serves SIMULATED BTCUSDT, seed 7, at http://127.0.0.1:1/prometheus "
        "(lab time 2025-08-01 00:00:00 UTC).\n"
    )


def test_the_announcement_says_that_candles_are_replayed(parse, served, capsys, write_candles):
    """A replay is never called simulated."""
    command.run(parse("--replay", str(write_candles(3)), "--now", "2024-03-01T00:02"))
    served[0][1]["announce"]("http://127.0.0.1:1/prometheus")
    assert "replay" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--now", "2025-05-01"), "market begins at 2025-06-02 00:00:00 UTC"),
        (("--now", "2025-08-01", "--from", "2025-09-01"), "--from is 2025-09-01 00:00:00 UTC, after the lab's now"),
    ],
)
def test_a_lab_without_a_visible_minute_is_refused(parse, served, options, sentence):
    """The sentence says which option to change."""
    with pytest.raises(SettingsError, match=sentence):
        command.run(parse(*options))
    assert not served


def test_a_port_in_use_is_one_sentence(simulated):
    """The lab does not start and says which option chooses another port."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(LaunchError, match=rf"127\.0\.0\.1:{port} .* choose another port with --port"):
            serve(simulated, LabClock(), port=port)


def test_a_clock_without_a_start_is_the_wall_clock():
    """Only a given start or speed makes lab time differ."""
    wall = [1000.0]
    clock, frozen = LabClock(wall=lambda: wall[0]), LabClock(5.0, speed=0, wall=lambda: wall[0])
    wall[0] = 1234.5
    assert (clock.now(), frozen.now()) == (1234.5, 5.0)
