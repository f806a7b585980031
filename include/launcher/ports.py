"""Ports of the loopback address: a free one where any will do, a clear error where one was asked for."""

from __future__ import annotations

import socket
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from include.errors import LaunchError
from include.launcher.files import read_json, write_private_json

LOOPBACK = "127.0.0.1"
FIRST_WEB_PORT = 8080
FIRST_METRICS_PORT = 9464


@dataclass(frozen=True)
class Ports:
    """What our servers listen on; kept, so that addresses stay the same from run to run."""

    postgres: int
    lab: int
    web: int
    metrics: int = 0  # 0: of a run that had none


def remembered_ports(file: Path) -> Ports | None:
    with suppress(TypeError):
        return Ports(**read_json(file, {}))
    return None


def choose_ports(file: Path, wanted_web: int | None) -> Ports:
    """Free ports, the ones of the last run where they still are, written to `file`.

    Raises LaunchError where the web port that the user asked for is taken.
    """
    last = remembered_ports(file)
    ports = Ports(
        postgres=free_port(last.postgres if last else None),
        lab=free_port(last.lab if last else None),
        web=_web_port(wanted_web, last),
        metrics=_kept_or_next(last.metrics if last else 0, FIRST_METRICS_PORT),
    )
    write_private_json(file, asdict(ports))
    return ports


def _web_port(wanted: int | None, last: Ports | None) -> int:
    if wanted is None:
        return _kept_or_next(last.web if last else 0, FIRST_WEB_PORT)
    if not is_free(wanted):
        raise LaunchError(
            f"The port {wanted} for the web page is taken{_by_whom(wanted)}; give another by --port or "
            f"CORTEX_SIGNALS_WEB_PORT, or none to have a free one chosen."
        )
    return wanted


def _kept_or_next(kept: int, first: int) -> int:
    """The port of the last run where it is still free, else the first free one from `first` on."""
    return kept if kept and is_free(kept) else next_free_port(first)


def _by_whom(port: int) -> str:
    """The process that listens there, where this user may see it."""
    with suppress(psutil.Error):
        for connection in psutil.net_connections("tcp"):
            if connection.status == psutil.CONN_LISTEN and connection.laddr.port == port and connection.pid:
                return f" by {psutil.Process(connection.pid).name()} (process {connection.pid})"
    return ""


def is_free(port: int) -> bool:
    """Whether a server could listen on that port of the loopback address now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As servers do: a port whose last connections are still fading away counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def any_free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def free_port(preferred: int | None) -> int:
    """The preferred port where it is free, else one that the system chooses."""
    return preferred if preferred and is_free(preferred) else any_free_port()


def next_free_port(first: int, attempts: int = 100) -> int:
    """The first free port from `first` on, so that an address stays easy to remember."""
    ports = range(first, min(first + attempts, 65_536))
    return next((port for port in ports if is_free(port)), any_free_port())
