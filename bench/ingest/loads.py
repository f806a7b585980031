"""Loads of the whole span by `cortex-signals backfill`: the first, and reruns over what is there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bench.ingest.span import SYMBOL, Span
from bench.processes import Run, cortex_signals, cpu_seconds
from bench.server import Server, Work
from tests.system.prometheus_server import Prometheus


@dataclass(frozen=True)
class Load:
    """A load's command, what PostgreSQL did for it, and the source's CPU meanwhile."""

    run: Run
    server: Work
    source_cpu_seconds: float


@dataclass(frozen=True)
class Place:
    """Where a load goes from and to; `home` is an empty folder in the place of .cortex-signals."""

    prometheus: Prometheus
    server: Server
    database: str
    home: Path

    def environment(self) -> dict[str, str]:
        return {
            "CORTEX_URL": self.prometheus.url,
            "WAREHOUSE_DSN": self.server.dsn(self.database),
            "CORTEX_SIGNALS_HOME": str(self.home),
        }


def backfill(place: Place, span: Span, *options: str) -> Load:
    """The span loaded by a process of its own."""
    bounds = ("--from", f"{span.start:%Y-%m-%dT%H:%MZ}", "--to", f"{span.end:%Y-%m-%dT%H:%MZ}")
    source = cpu_seconds(place.prometheus.pid)
    with place.server.measured(place.database) as done:
        run = cortex_signals(place.environment(), "backfill", *bounds, "--symbol", SYMBOL, *options)
        source = cpu_seconds(place.prometheus.pid) - source
    return Load(run, done[0], source)


def first_load(place: Place, span: Span) -> Load:
    """Into an empty warehouse: every minute must be new."""
    load = backfill(place, span)
    assert load.run.answer["minutes_new"] == span.minutes, load.run.answer
    return load
