"""Which processes are ours, by number and start time, and their end.

A process number alone says nothing, since the system gives it to another process later. Only ours are signalled.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

from include.launcher.files import read_json, write_private_json

SAME_START_SECONDS = 0.02
POLITE_SECONDS = 4
KILLED_SECONDS = 8
# supervisord sets this in the environment of all its children, so it finds those that were never recorded.
TAG = "SUPERVISOR_SERVER_URL"


def record(file: Path, leader: psutil.Process) -> None:
    """Writes the identity of `leader` and of all its descendants."""
    family = [leader, *leader.children(recursive=True)]
    write_private_json(file, [_identity(process) for process in family if process.is_running()])


def _identity(process: psutil.Process) -> dict[str, Any]:
    return {"pid": process.pid, "create_time": process.create_time()}


def recorded(file: Path) -> list[psutil.Process]:
    """Those of the recorded processes that are still the same and alive."""
    found = (_same(entry["pid"], entry["create_time"]) for entry in read_json(file, []))
    return [process for process in found if process]


def _same(pid: int, create_time: float) -> psutil.Process | None:
    with suppress(psutil.Error):
        process = psutil.Process(pid)
        if abs(process.create_time() - create_time) < SAME_START_SECONDS and is_alive(process):
            return process
    return None


def is_alive(process: psutil.Process) -> bool:
    """Running and not merely waiting for its parent to take notice of its end."""
    with suppress(psutil.Error):
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    return False


def tagged(server_url: str) -> list[psutil.Process]:
    """Processes that a supervisord which listened there started, or their descendants."""
    return [process for process in psutil.process_iter() if _tag(process) == server_url]


def _tag(process: psutil.Process) -> str:
    with suppress(psutil.Error, OSError):
        return str(process.environ().get(TAG, ""))
    return ""


def with_descendants(processes: Iterable[psutil.Process]) -> list[psutil.Process]:
    """Each process once, with all that it started; never this process itself."""
    family: dict[psutil.Process, None] = {}
    for process in processes:
        family[process] = None
        with suppress(psutil.Error):
            family |= dict.fromkeys(process.children(recursive=True))
    return [process for process in family if process.pid != os.getpid()]


def end(
    processes: Iterable[psutil.Process], first: signal.Signals = signal.SIGTERM, seconds: float = POLITE_SECONDS
) -> list[psutil.Process]:
    """Asks them to end by the signal `first`, kills after `seconds`; returns those that are alive even then."""
    waiting = _signal_all(processes, first, seconds)
    return _signal_all(waiting, signal.SIGKILL, KILLED_SECONDS)


def _signal_all(processes: Iterable[psutil.Process], number: signal.Signals, seconds: float) -> list[psutil.Process]:
    alive = [process for process in processes if is_alive(process)]
    for process in alive:
        with suppress(psutil.NoSuchProcess):
            process.send_signal(number)  # psutil compares the start time first
    _, left = psutil.wait_procs(alive, timeout=seconds)
    return [process for process in left if is_alive(process)]
