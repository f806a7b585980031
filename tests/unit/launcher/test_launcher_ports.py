"""Ports: kept from run to run, avoided where taken, a clear error where one was asked for."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from include.errors import LaunchError
from include.launcher.ports import Ports, any_free_port, choose_ports, free_port, is_free, next_free_port


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that this process listens on."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_taken_port_is_not_free(taken: int) -> None:
    assert not is_free(taken)


def test_preferred_port_is_kept_while_it_is_free(taken: int) -> None:
    """A free preferred port is taken, a taken one avoided."""
    free = any_free_port()
    assert free_port(free) == free
    assert free_port(taken) != taken


def test_next_free_port_skips_a_taken_one(taken: int) -> None:
    assert next_free_port(taken) > taken


def test_ports_stay_the_same_from_run_to_run(tmp_path: Path) -> None:
    """A second choice finds the ports of the first one free and takes them."""
    file = tmp_path / "ports.json"
    assert choose_ports(file, None) == choose_ports(file, None)


def test_port_that_another_took_meanwhile_is_replaced(tmp_path: Path, taken: int) -> None:
    """Only the taken one of the remembered ports changes."""
    file = tmp_path / "ports.json"
    first = choose_ports(file, None)
    file.write_text(f'{{"postgres": {taken}, "lab": {first.lab}, "web": {first.web}}}')
    second = choose_ports(file, None)
    assert second.postgres != taken
    assert (second.lab, second.web) == (first.lab, first.web)


def test_ports_of_a_run_without_metrics_are_kept(tmp_path: Path) -> None:
    """What an older version wrote stays, and the metrics get a port beside it."""
    file = tmp_path / "ports.json"
    first = choose_ports(file, None)
    file.write_text(f'{{"postgres": {first.postgres}, "lab": {first.lab}, "web": {first.web}}}')
    second = choose_ports(file, None)
    assert (second.postgres, second.lab, second.web) == (first.postgres, first.lab, first.web)
    assert second.metrics > 0


def test_spoilt_memory_is_forgotten(tmp_path: Path) -> None:
    """A file of another version does no harm."""
    file = tmp_path / "ports.json"
    file.write_text('{"something": 1}')
    assert isinstance(choose_ports(file, None), Ports)


def test_asked_for_port_that_is_taken(tmp_path: Path, taken: int) -> None:
    """The sentence names the port, who has it, and the setting."""
    with pytest.raises(LaunchError, match=rf"The port {taken} .* by .*process \d+.*--port or CORTEX_SIGNALS_WEB_PORT"):
        choose_ports(tmp_path / "ports.json", taken)
