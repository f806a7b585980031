"""The numbers as JSON, and as the table of docs/benchmarks.md."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from statistics import median, quantiles
from typing import Any

from bench.features.arrays import Whole
from bench.features.reads import Seconds
from bench.ingest.span import Span
from bench.processes import Run


@dataclass(frozen=True)
class Results:
    """All that was measured, in seconds; lists hold one entry a round or a repetition.

    newest: by time of day, with all columns and with those of a short look-back. months: by days that were read.
    """

    span: Span
    newest: dict[str, list[Seconds]]
    days: Seconds
    quarters: Seconds
    months: dict[int, Seconds]
    wholes: list[Whole]
    polars: list[Run]
    one_symbol: Seconds
    three_symbols: Seconds
    rows_of_a_day: int


@dataclass(frozen=True)
class Row:
    """A line of the table; `ratio` is measured ÷ wanted."""

    what: str
    measured: str
    wanted: str = ""
    ratio: str = ""


def rows(results: Results) -> list[Row]:
    """What the docs quote."""
    return [*_newest_rows(results), *_range_rows(results), *_whole_rows(results), *_growth_rows(results)]


def _newest_rows(results: Results) -> list[Row]:
    return [
        _percentiles(f"newest minute at {time}, {columns}", seconds, 0.05)
        for time, both in results.newest.items()
        for columns, seconds in zip(("all columns", "look-back ≤ 4 h"), both, strict=True)
    ]


def _percentiles(what: str, seconds: Seconds, wanted: float) -> Row:
    p95 = quantiles(seconds, n=20, method="inclusive")[-1]
    measured = f"p50 {median(seconds) * 1e3:.0f} ms, p95 {p95 * 1e3:.0f} ms"
    return Row(what, measured, f"p95 ≤ {wanted * 1e3:.0f} ms", f"{p95 / wanted:.2f}")


def _range_rows(results: Results) -> list[Row]:
    return [
        _percentiles(f"`SELECT *` of a day, {len(results.days)} days", results.days, 0.1),
        _against("92 days, `read_snapshot` with six horizons", results.quarters, 4),
        _against("92 days, one `COPY` on one connection", results.months[92], 4),
    ]


def _against(what: str, seconds: Seconds, wanted: float) -> Row:
    return Row(what, _times(seconds), f"≤ {wanted:.0f} s", f"{median(seconds) / wanted:.2f}")


def _times(seconds: Seconds) -> str:
    return f"median {median(seconds):.1f} s, best {min(seconds):.1f} s"


def _whole_rows(results: Results) -> list[Row]:
    wholes = results.wholes
    minutes, columns = wholes[0].run.answer["features"]
    ours, polars = [whole.seconds for whole in wholes], [float(run.answer["seconds"]) for run in results.polars]
    used = [f"process {median(whole.run.cpu_seconds for whole in wholes):.1f} s"]
    server = [whole.server_cpu_seconds for whole in wholes if whole.server_cpu_seconds is not None]
    used += [f"PostgreSQL {median(server):.1f} s"] if server else []
    peak = max(whole.run.peak_megabytes for whole in wholes) / 1e3
    of_polars = max(run.peak_megabytes for run in results.polars) / 1e3
    return [
        _against(f"all {minutes:,} minutes × {columns} features and six labels into arrays", ours, 60),
        Row("CPU of it", ", ".join(used)),
        Row("peak memory of its process", f"{peak:.2f} GB", "≤ 2 GB", f"{peak / 2:.2f}"),
        Row("the same by Polars, from Parquet", f"{_times(polars)}; {of_polars:.2f} GB"),
        Row("ours ÷ Polars", f"{median(ours) / median(polars):.1f}, of the best {min(ours) / min(polars):.1f}"),
    ]


def _growth_rows(results: Results) -> list[Row]:
    month = median(results.months[30])
    growth = [f"{months} months: {median(results.months[30 * months]) / month / months:.2f}" for months in (2, 4)]
    three = median(results.three_symbols) / median(results.one_symbol) / 3
    return [
        Row(f"time of more months ÷ as many times that of one, {month:.2f} s", ", ".join(growth), "1"),
        Row("time of three symbols ÷ three times that of one, 60 days", f"{three:.2f}", "1"),
        Row("rows read for one day of one symbol, three symbols loaded", f"{results.rows_of_a_day:,}"),
    ]


def markdown(table: list[Row], versions: dict[str, Any]) -> str:
    """The table behind a line on what it was measured with."""
    said = ", ".join(f"{name} {value}" for name, value in versions.items())
    lines = [f"| {row.what} | {row.measured} | {row.wanted} | {row.ratio} |" for row in table]
    head = ["| what | measured | wanted | measured ÷ wanted |", "|---|---|---|---|"]
    return "\n".join([f"Measured with {said}.", "", *head, *lines, ""])


def as_json(results: Results, table: list[Row], versions: dict[str, Any]) -> dict[str, Any]:
    return {"versions": versions, "table": [asdict(row) for row in table], **asdict(results)}
