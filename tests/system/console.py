"""The console command as a user runs it: a process of its own that knows what its environment says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

PROJECT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-m", "include.cli")
OURS = ("CORTEX_", "WAREHOUSE_", "AIRFLOW_")
STOP_SECONDS = 20


@dataclass(frozen=True)
class Console:
    """`cortex-signals` with CORTEX_URL and WAREHOUSE_DSN set and nothing else."""

    cortex_url: str
    warehouse_dsn: str

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command run to its end, whatever that is."""
        return subprocess.run(
            [*COMMAND, *arguments], env=self._environment(), cwd=PROJECT, capture_output=True, text=True, check=False
        )

    def json(self, *arguments: str) -> Any:
        """The JSON document of a command that must succeed."""
        ended = self.run(*arguments, "--json")
        assert ended.returncode == 0, ended.stderr
        return orjson.loads(ended.stdout)

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """A command that goes on by itself, silent."""
        return subprocess.Popen(
            [*COMMAND, *arguments],
            env=self._environment(),
            cwd=PROJECT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def _environment(self) -> dict[str, str]:
        return {**_bare_environment(), "CORTEX_URL": self.cortex_url, "WAREHOUSE_DSN": self.warehouse_dsn}


@contextmanager
def lab(*arguments: str) -> Iterator[str]:
    """The API root of the bundled lab, run as a command on a free port; it ends with the block."""
    command = [*COMMAND, "lab", "--port", "0", *arguments]
    with subprocess.Popen(command, env=_bare_environment(), cwd=PROJECT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            announced = process.stdout.readline()
            found = re.search(r"http://\S+", announced)
            assert found, f"the lab did not begin to serve: {announced!r}"
            yield found[0]
        finally:
            end(process)


def end(process: subprocess.Popen[Any]) -> None:
    """Ask a process that we started to end, and kill it where it does not."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _bare_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
