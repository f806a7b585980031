"""Processes, and what they use: wall, CPU, memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import psutil

PROJECT = Path(__file__).resolve().parents[1]
OURS = ("CORTEX_", "WAREHOUSE_", "AIRFLOW_")


@dataclass(frozen=True)
class Run:
    """A process that ended well: its JSON answer, and what the process took from its start to its end."""

    answer: Any
    wall_seconds: float
    cpu_seconds: float
    peak_megabytes: float


def cortex_signals(environment: Mapping[str, str], *arguments: str) -> Run:
    """`cortex-signals` as a process of its own, measured."""
    return run_module("include.cli", environment, *arguments, "--json")


def run_module(module: str, environment: Mapping[str, str], *arguments: str) -> Run:
    """A module of the checkout as a process of its own, measured."""
    command = [sys.executable, "-m", module, *arguments]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        began = time.monotonic()
        process = subprocess.Popen(command, cwd=PROJECT, env={**os.environ, **environment}, stdout=out, stderr=err)
        peak = 0.0
        while not (ended := os.wait4(process.pid, os.WNOHANG))[0]:
            peak = max(peak, _peak_megabytes(process.pid))
            time.sleep(0.01)
        _, status, usage = ended
        wall = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        said, complained = (_all_of(file) for file in (out, err))
    assert process.returncode == 0, complained.decode()
    return Run(orjson.loads(said), wall, usage.ru_utime + usage.ru_stime, peak)


def _peak_megabytes(pid: int) -> float:
    """The most that the program has had in memory so far; wait4's figure holds what this process had before the exec."""
    with suppress(FileNotFoundError, ProcessLookupError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return 0.0


def forget_our_settings() -> None:
    """So that nothing but what the benchmark says reaches the processes that it starts."""
    for name in [name for name in os.environ if name.startswith(OURS)]:
        del os.environ[name]


def cpu_seconds(pid: int) -> float:
    """User and system time of a process and its descendants, those that ended and were waited for included."""
    process = psutil.Process(pid)
    total = 0.0
    for one in [process, *process.children(recursive=True)]:
        with suppress(psutil.NoSuchProcess):
            total += sum(one.cpu_times()[:4])
    return total


def _all_of(file: Any) -> bytes:
    file.seek(0)
    return bytes(file.read())
