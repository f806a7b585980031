"""A real Prometheus over given series: blocks made by promtool, served from a folder of its own."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pandas as pd
from console import end
from real_series import epochs

from include.launcher.ports import any_free_port

PROGRAMS = ("prometheus", "promtool")
READY_SECONDS = 60


def missing_programs() -> list[str]:
    """The programs that are not installed; Debian's package `prometheus` has both."""
    return [program for program in PROGRAMS if shutil.which(program) is None]


@contextmanager
def serving(series: pd.DataFrame, folder: Path) -> Iterator[str]:
    """The API root of a Prometheus that holds the series and scrapes nothing."""
    _make_blocks(series, folder)
    config = folder / "prometheus.yml"
    config.write_text("scrape_configs: []\n", encoding="utf-8")
    port = any_free_port()
    command = [
        "prometheus",
        f"--config.file={config}",
        f"--storage.tsdb.path={folder / 'data'}",
        "--storage.tsdb.retention.time=20y",
        f"--web.listen-address=127.0.0.1:{port}",
        "--log.level=warn",
    ]
    log = folder / "prometheus.log"
    with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out, cwd=folder) as process:
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_until_ready(url, process, log)
            yield url
        finally:
            end(process)


def _make_blocks(series: pd.DataFrame, folder: Path) -> None:
    text = folder / "series.txt"
    with text.open("w", encoding="utf-8") as file:
        file.writelines(_open_metrics(series))
    command = ["promtool", "tsdb", "create-blocks-from", "openmetrics", "--max-block-duration=240h", "--quiet"]
    made = subprocess.run([*command, text, folder / "data"], capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    text.unlink()


def _open_metrics(series: pd.DataFrame) -> Iterator[str]:
    """The samples, NaN being none, as OpenMetrics text; repr gives back the same double when it is read."""
    for metric, column in series.items():
        held = column.dropna()
        yield f"# TYPE {metric} gauge\n"
        samples = zip(epochs(held.index).tolist(), held.tolist(), strict=True)
        yield from (f'{metric}{{symbol="BTCUSDT"}} {value!r} {ts}\n' for ts, value in samples)
    yield "# EOF\n"


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
