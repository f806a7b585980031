"""A real Prometheus, served from a folder of its own."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from include.launcher.ports import any_free_port
from tests.system.console import end

PROGRAMS = ("prometheus", "promtool")
READY_SECONDS = 60


@dataclass(frozen=True)
class Prometheus:
    """A server that runs: the root of its API and its process."""

    url: str
    pid: int


def missing_programs() -> list[str]:
    """The programs that are not installed; Debian's package `prometheus` has both."""
    return [program for program in PROGRAMS if shutil.which(program) is None]


@contextmanager
def served(folder: Path) -> Iterator[Prometheus]:
    """A Prometheus over the blocks in `folder`/data, which it leaves as they are, and which scrapes nothing."""
    config = folder / "prometheus.yml"
    config.write_text("scrape_configs: []\n", encoding="utf-8")
    port = any_free_port()
    command = [
        "prometheus",
        f"--config.file={config}",
        f"--storage.tsdb.path={folder / 'data'}",
        "--storage.tsdb.retention.time=20y",
        "--storage.tsdb.max-block-duration=162h",  # what promtool makes of 240h: none is compacted with another
        f"--web.listen-address=127.0.0.1:{port}",
        "--log.level=warn",
    ]
    log = folder / "prometheus.log"
    with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out, cwd=folder) as process:
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_until_ready(url, process, log)
            yield Prometheus(url, process.pid)
        finally:
            end(process)


def _wait_until_ready(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + READY_SECONDS
    while not _is_ready(url):
        waiting = process.poll() is None and time.monotonic() < until
        assert waiting, f"Prometheus does not serve: {log.read_text(encoding='utf-8')}"
        time.sleep(0.1)


def _is_ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/-/ready").status_code == 200
    except httpx.TransportError:
        return False
