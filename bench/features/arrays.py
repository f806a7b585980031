"""All minutes into arrays, by us and by Polars, each in a process of its own."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import numpy as np

from bench.features.place import Place
from bench.ingest.span import SYMBOL, Span
from bench.processes import Run, run_module
from include.warehouse.connection import Warehouse
from include.warehouse.snapshots import feature_version, read_features

WEEK = timedelta(days=7)
TOLERANCE = 1e-6  # of a column's standard deviation


@dataclass(frozen=True)
class Whole:
    """A run that made all the arrays, and the CPU seconds of PostgreSQL meanwhile; None: another's server."""

    run: Run
    server_cpu_seconds: float | None

    @property
    def seconds(self) -> float:
        return float(self.run.answer["seconds"])


def whole(place: Place, span: Span) -> Whole:
    """Everything into arrays, in a process of its own."""
    environment = {"WAREHOUSE_DSN": place.warehouse.dsn}
    bounds = (span.start.isoformat(), span.end.isoformat())
    if not place.server:
        return Whole(run_module("bench.features.whole", environment, *bounds), None)
    with place.server.measured(place.database) as done:
        run = run_module("bench.features.whole", environment, *bounds)
    return Whole(run, done[0].cpu_seconds)


def by_polars(place: Place, span: Span, minutes: Path, work: Path) -> Run:
    """The same by Polars, in a process of its own; its last week must be that of the view."""
    with tempfile.TemporaryDirectory(dir=work) as folder:
        week = Path(folder) / "week.npz"
        run = run_module("bench.features.by_polars", {}, str(minutes), str(week))
        assert_same_week(place.warehouse, Span(span.end - WEEK, span.end), week)
    return run


def assert_same_week(warehouse: Warehouse, span: Span, week: Path) -> None:
    with warehouse.transaction("reader", one_snapshot=True) as connection:
        ours = read_features(connection, SYMBOL, span.start, span.end, feature_version(connection))
    theirs = np.load(week)
    names = theirs["names"].tolist()
    assert sorted(names) == sorted(ours.columns), set(names) ^ set(ours.columns)
    X = theirs["X"][:, [names.index(name) for name in ours.columns]]
    off = np.abs(ours.X.astype(float) - X).max(axis=0) / ours.X.astype(float).std(axis=0)
    assert (off < TOLERANCE).all(), {
        name: ratio for name, ratio in zip(ours.columns, off, strict=True) if ratio >= TOLERANCE
    }
