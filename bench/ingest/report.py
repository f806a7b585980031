"""The numbers as JSON, and as the table of docs/benchmarks.md."""

from __future__ import annotations

import re
import subprocess
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from bench.ingest.loads import Load
from bench.ingest.minutes import Minute
from bench.ingest.source import Download
from bench.ingest.span import MANY_SYMBOLS, Span
from bench.server import Work

METRICS = 16


@dataclass(frozen=True)
class Results:
    """All that was measured; lists hold one entry a round, or a minute."""

    span: Span
    downloads: list[Download]
    loads: list[Load]
    yardsticks: list[Work]
    refetch: Load
    skip: Load
    minutes: list[Minute]
    many: list[Minute]
    many_command_seconds: float


@dataclass(frozen=True)
class Row:
    what: str
    measured: str
    target: str
    by: str


def rows(results: Results) -> list[Row]:
    """What the docs quote; medians over the rounds."""
    return [*_load_rows(results), *_yardstick_rows(results), *_rerun_rows(results), *_minute_rows(results)]


def _load_rows(results: Results) -> list[Row]:
    curl = median(d.wall_seconds for d in results.downloads)
    wall = median(load.run.wall_seconds for load in results.loads)
    ratios = [load.run.wall_seconds / d.wall_seconds for d, load in zip(results.downloads, results.loads, strict=True)]
    samples = results.span.minutes * METRICS
    fetched = results.downloads[0]
    used = [
        f"process {median(load.run.cpu_seconds for load in results.loads):.1f} s",
        f"PostgreSQL {median(load.server.cpu_seconds for load in results.loads):.1f} s",
        f"source {median(load.source_cpu_seconds for load in results.loads):.1f} s",
    ]
    return [
        Row(
            f"download of {results.span.minutes:,} minutes × {METRICS} metrics, {fetched.megabytes:,.0f} MB of JSON in "
            f"{fetched.requests} answers, to /dev/null",
            f"{curl:.1f} s; source's CPU {median(d.source_cpu_seconds for d in results.downloads):.1f} s",
            "",
            "4 `curl` side by side",
        ),
        Row("the same into PostgreSQL", f"{wall:.1f} s, {samples / wall:,.0f} samples/s", "", "`backfill`"),
        Row("its wall ÷ that of curl", f"{median(ratios):.2f}", "≤ 2.5", "the two above, alternately"),
        Row("CPU meanwhile", ", ".join(used), "", "wait4, /proc"),
        Row("peak memory", f"{max(load.run.peak_megabytes for load in results.loads):.0f} MB", "", "wait4"),
        Row(
            "write-ahead log", f"{median(load.server.wal_megabytes for load in results.loads):.0f} MB", "",
            "pg_current_wal_lsn",
        ),
    ]  # fmt: skip


def _yardstick_rows(results: Results) -> list[Row]:
    def ratio(name: str) -> str:
        ours = median(getattr(load.server, name) for load in results.loads)
        plain = median(getattr(work, name) for work in results.yardsticks)
        return f"{ours / plain:.2f} ({ours:.1f} s ÷ {plain:.1f} s)"

    yardstick = "COPY of text into a temporary table, INSERT … ON CONFLICT DO UPDATE"
    return [
        Row("PostgreSQL's CPU ÷ a plain upsert's", ratio("cpu_seconds"), "≤ 1.5", yardstick),
        Row("time in statements ÷ a plain upsert's", ratio("statement_seconds"), "", "pg_stat_database.active_time"),
    ]


def _rerun_rows(results: Results) -> list[Row]:
    answer, first = results.refetch.run.answer, results.loads[-1].server.wal_megabytes
    again = results.refetch.server.wal_megabytes
    return [
        Row(
            "minutes written by a rerun that asks again", f"{answer['minutes_new'] + answer['minutes_changed']}", "0",
            "`backfill --refetch`",
        ),
        Row(
            "its write-ahead log ÷ the first load's", f"{again / first:.1%} ({again:.1f} MB)", "≤ 5 %",
            "pg_current_wal_lsn",
        ),
        Row("its wall", f"{results.refetch.run.wall_seconds:.1f} s", "", "`backfill --refetch`"),
        Row(
            "wall of a rerun that skips what is there",
            f"{results.skip.run.wall_seconds:.1f} s, {results.skip.run.answer['windows_skipped']} windows skipped", "",
            "`backfill`",
        ),
    ]  # fmt: skip


def _minute_rows(results: Results) -> list[Row]:
    database = sorted(minute.database_seconds * 1e3 for minute in results.minutes)
    wall = median(minute.wall_seconds * 1e3 for minute in results.minutes)
    connecting = median(minute.connecting_seconds * 1e3 for minute in results.minutes)
    many = [minute.wall_seconds for minute in results.many]
    return [
        Row(
            "PostgreSQL's time of one new minute, all loaded",
            f"median {median(database):.0f} ms, {connecting:.0f} ms of it connecting; worst {database[-1]:.0f} ms "
            f"(whole ingest: median {wall:.0f} ms)",
            "≤ 50 ms",
            f"{len(database)} calls of `ingest`",
        ),
        Row(
            f"one new minute of {len(MANY_SYMBOLS)} symbols × {METRICS} metrics",
            f"median {median(many):.2f} s, worst {max(many):.2f} s; as a command {results.many_command_seconds:.2f} s",
            "≤ 5 s",
            f"{len(many)} calls of `ingest`",
        ),
    ]


def markdown(table: list[Row], versions: dict[str, Any]) -> str:
    """The table behind a line on what it was measured with."""
    said = ", ".join(f"{name} {value}" for name, value in versions.items())
    lines = [f"| {row.what} | {row.measured} | {row.target} | {row.by} |" for row in table]
    return "\n".join(
        [f"Measured with {said}.", "", "| what | measured | target | by |", "|---|---|---|---|", *lines, ""]
    )


def as_json(results: Results, table: list[Row], versions: dict[str, Any]) -> dict[str, Any]:
    return {"versions": versions, "table": [asdict(row) for row in table], **asdict(results)}


def prometheus_version() -> str:
    told = subprocess.run(["prometheus", "--version"], capture_output=True, text=True, check=True)
    found = re.search(r"version (\S+)", told.stdout + told.stderr)
    return found[1] if found else "unknown"
