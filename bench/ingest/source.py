"""The source: blocks made once and kept, and what of them is asked for."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlencode

from bench.ingest.span import MINUTE, SYMBOL, Span
from bench.processes import PROJECT, cpu_seconds
from include.settings import PACKAGE, load_settings
from tests.system.prometheus_server import Prometheus

PARALLEL = 4
PACKED_HOST = "127.1"


@dataclass(frozen=True)
class Download:
    """What `curl` took to fetch the answers and throw them away; the source's CPU meanwhile."""

    wall_seconds: float
    source_cpu_seconds: float
    requests: int
    megabytes: float


def blocks_folder(work: Path, candles: Path, days: int) -> Path:
    """A folder with data/ and span.json; made where an earlier run has not."""
    digest = hashlib.sha256(candles.read_bytes()).hexdigest()[:12]
    folder = work / f"blocks-{digest}-{days}d"
    if not folder.exists():
        unfinished = folder.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        command = [sys.executable, "-m", "bench.ingest.blocks", str(candles), str(days), str(unfinished)]
        subprocess.run(command, cwd=PROJECT, check=True)
        unfinished.rename(folder)
    return folder


def packed(prometheus: Prometheus) -> Prometheus:
    """The same server by a name that the loader does not take for loopback, so that it asks for gzip.

    Packing makes Debian's Prometheus about as slow as Cortex is without.
    """
    return replace(prometheus, url=prometheus.url.replace("127.0.0.1", PACKED_HOST))


def download(prometheus: Prometheus, span: Span, work: Path) -> Download:
    """The loader's answers by curl to /dev/null, four at a time, compressed where the loader asks so."""
    requests = [request(prometheus.url, window) for window in span.windows()]
    config = work / "curl.conf"
    config.write_text("".join(f'url = "{url}"\noutput = /dev/null\n' for url in requests), encoding="utf-8")
    command = ["curl", "-sSf", "--parallel", "--parallel-immediate", "--parallel-max", str(PARALLEL), "-K", str(config)]
    command += ["--compressed"] if PACKED_HOST in prometheus.url else []
    cpu = cpu_seconds(prometheus.pid)
    began = time.monotonic()
    done = subprocess.run([*command, "-w", "%{size_download}\n"], capture_output=True, text=True, check=True)
    wall = time.monotonic() - began
    sizes = [int(size) for size in done.stdout.split()]
    assert len(sizes) == len(requests), f"{len(sizes)} of {len(requests)} answers"
    return Download(wall, cpu_seconds(prometheus.pid) - cpu, len(sizes), sum(sizes) / 1e6)


def request(root: str, window: Span) -> str:
    """The address of the loader's question for a window: all metrics of the symbol in one."""
    names = "|".join(metric.promql for metric in load_settings(PACKAGE / "settings.toml").metrics.values())
    first, last = window.start, window.end - MINUTE
    asked = {
        "query": f'last_over_time({{__name__=~"{names}",symbol="{SYMBOL}"}}[59s999ms])',
        "start": int(first.timestamp()),
        "end": int(last.timestamp()),
        "step": 60,
    }
    return f"{root}/api/v1/query_range?{urlencode(asked)}"
