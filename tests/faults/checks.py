"""What must hold after a scenario: the warehouse equals the source, the ledger adds up, nothing was said that must not."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

import httpx
import numpy as np
import orjson

from include.settings import load_settings
from include.warehouse.minutes import METRIC_COLUMNS
from tests.faults.bench import TENANT, Database, Ended
from tests.integration.conftest import PASSWORD
from tests.markets import ChangeableMarket

SHOWN = 4
LOOK_BACK = {"5m": 5, "10m": 10, "15m": 15, "30m": 30, "1h": 60}
# epoch seconds of a minute's end → column → value
Table = dict[int, dict[str, float]]


@dataclass(frozen=True)
class Problem:
    """Something that must not be: `what` is its class, `detail` one line."""

    what: str
    detail: str

    def __str__(self) -> str:
        return f"{self.what}: {self.detail}"


@dataclass(frozen=True)
class Truth:
    """What the source holds, asked of the lab itself by the half-open minute, with every rule recorded.

    `lost`: minutes of columns that this scenario's source has no recorded value for. `covered`: by column of a rule
    the minutes in whose look-back no base sample is missing; `well_covered`: nor in the minute before it.
    """

    values: Table
    lost: frozenset[tuple[int, str]]
    covered: Mapping[str, frozenset[int]]
    well_covered: Mapping[str, frozenset[int]]

    def recorded(self, ts: int) -> dict[str, float]:
        return {column: value for column, value in self.values.get(ts, {}).items() if (ts, column) not in self.lost}


def ask_truth(lab: str, market: ChangeableMarket, lost_rules: tuple[frozenset[str], int, int]) -> Truth:
    """All of the market, from a lab whose time is past its end."""
    metrics = load_settings().metrics
    first, last = market.first, market.first + 60 * (len(market.last_price) - 1)
    columns = {metric.promql: column for column, metric in metrics.items()}
    query = (
        f'last_over_time({{__name__=~"{"|".join(re.escape(name) for name in columns)}",symbol="BTCUSDT"}}[59s999ms])'
    )
    asked: dict[str, str | int] = {"query": query, "start": first, "end": last, "step": 60}
    answer = httpx.get(f"{lab}/api/v1/query_range", params=asked, headers={"X-Scope-OrgID": TENANT}, timeout=60)
    values: Table = {}
    for series in orjson.loads(answer.content)["data"]["result"]:
        column = columns[series["metric"]["__name__"]]
        for ts, text in series["values"]:
            values.setdefault(int(ts), {})[column] = float(text)
    names, begin, end = lost_rules
    lost = {(ts, columns[name]) for name in names for ts in range(begin, end, 60)}
    return Truth(values, frozenset(lost), _covered(market, 0), _covered(market, 1))


def _covered(market: ChangeableMarket, more: int) -> dict[str, frozenset[int]]:
    """By column of a rule the minutes whose look-back, and so many minutes before it, have a base sample each."""
    covered = {}
    for column in METRIC_COLUMNS:
        minutes = LOOK_BACK.get(column.rpartition("_")[2])
        if minutes is not None:
            base = market.last_price if column.startswith("price") else market.volume_24h
            samples = np.convolve(~np.isnan(base), np.ones(minutes + more, int))[: len(base)]
            whole = samples == minutes + more
            covered[column] = frozenset((market.first + 60 * np.flatnonzero(whole)).tolist())
    return covered


def compare(database: Database, truth: Truth, span: tuple[int, int], *, computed_until: float) -> list[Problem]:
    """Differences between the table and the source.

    Within the span, epoch seconds [from, to), every value must be there; elsewhere what is there must be right.

    Parameters
    ----------
    computed_until
        Up to here, epoch seconds, a value without a recording must be there by expression where its base covers the
        look-back and a minute more: after it the deadline of a recording is not over.
    """
    stored, computed, doubled = _stored(database)
    problems: dict[str, list[str]] = {}

    def note(what: str, ts: int, detail: str) -> None:
        problems.setdefault(what, []).append(f"minute {(ts - first) // 60} {detail}")

    first = min(truth.values)
    if doubled:
        problems["doubled rows"] = [str(doubled)]
    for ts in stored.keys() - truth.values.keys():
        note("invented row", ts, str(stored[ts]))
    for ts, held in truth.values.items():
        inside = span[0] <= ts < span[1]
        row = stored.get(ts)
        recorded = truth.recorded(ts)
        if row is None:
            if inside and recorded:
                note("missing row", ts, "")
            continue
        for column in METRIC_COLUMNS:
            value = row.get(column)
            by_expression = column in computed.get(ts, ())
            if value is None:
                wanted = column in recorded or (
                    ts <= computed_until and column in held and ts in truth.well_covered.get(column, ())
                )
                if inside and wanted:
                    note("missing value", ts, column)
            elif column not in held:
                note("invented value", ts, f"{column} {value}")
            elif by_expression:
                if ts not in truth.covered.get(column, ()):
                    note("computed without its base", ts, column)
                if not math.isclose(value, held[column], rel_tol=1e-9, abs_tol=1e-12):
                    note("wrong computed value", ts, f"{column} is {value!r}, the source says {held[column]!r}")
            elif column not in recorded:
                note("invented value", ts, f"{column} {value}, not recorded and not marked as computed")
            elif value != held[column]:
                note("wrong value", ts, f"{column} is {value!r}, the source says {held[column]!r}")
    return [
        Problem(what, f"{len(found)}, first: {'; '.join(found[:SHOWN])}") for what, found in sorted(problems.items())
    ]


def _stored(database: Database) -> tuple[Table, dict[int, frozenset[str]], int]:
    """Values, columns that were computed, and how many rows there are beyond one a minute."""
    query = f"SELECT extract(epoch FROM ts)::bigint, computed_columns, {', '.join(METRIC_COLUMNS)} FROM minute_metrics"
    found = database.rows(f"{query} WHERE symbol = 'BTCUSDT' ORDER BY ts")
    table = {
        ts: {column: value for column, value in zip(METRIC_COLUMNS, values, strict=True) if value is not None}
        for ts, _, *values in found
    }
    computed = {ts: frozenset(columns) for ts, columns, *_ in found if columns}
    others = database.rows("SELECT count(*) FROM minute_metrics WHERE symbol <> 'BTCUSDT'")[0][0]
    return table, computed, len(found) - len(table) + others


def check_ledger(database: Database) -> list[Problem]:
    """Every minute is counted as new once, at whatever moment one looks."""
    query = "SELECT (SELECT count(*) FROM minute_metrics), (SELECT coalesce(sum(rows_new), 0) FROM ingest_windows)"
    [(minutes, counted)] = database.rows(query)
    return [Problem("ledger", f"{minutes} minutes are held and {counted} counted as new")] if minutes != counted else []


def check_revisions(database: Database) -> list[Problem]:
    """No fault delivers a wrong value, so nothing was corrected."""
    found = database.rows("SELECT ts::text, metric, old_value, new_value FROM metric_revisions ORDER BY ts")
    return [Problem("revisions", f"{len(found)}, first: {found[:SHOWN]}")] if found else []


def check_secrets(database: Database, token: str, runs: Iterable[Ended]) -> list[Problem]:
    """Neither the token nor the warehouse's password stands in an output or in a row."""
    secrets = {"the token": token, "the password": PASSWORD, "the password in the DSN": quote(PASSWORD, safe="")}
    places = [(str(run.arguments), run.stdout + run.stderr) for run in runs]
    tables = database.rows(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'market' AND tablename <> 'minute_metrics'"
    )
    places += [(table, str(database.rows(f"SELECT t::text FROM {table} AS t"))) for (table,) in tables]
    return [
        Problem("secret", f"{name} stands in {place}")
        for place, text in places
        for name, secret in secrets.items()
        if secret in text
    ]


def check_end(run: Ended) -> list[Problem]:
    """Exit code and output of a command, as `--help` and the README promise them."""
    what = " ".join(run.arguments)
    if run.code is None:
        return [Problem("hangs", what)]
    if run.code < 0 and -run.code in run.stopped_by_us:
        return []
    if run.code not in {0, 1}:
        return [Problem("exit code", f"{run.code} of {what}: {run.stderr.strip()[-300:]}")]
    if "Traceback" in run.stderr + run.stdout:
        return [Problem("traceback", f"{what}: {run.stderr.strip().splitlines()[-1]}")]
    problems = []
    lines = [line for line in run.stderr.splitlines() if line.strip()]
    if run.code == 1 and len(lines) != 1:
        problems.append(Problem("not one sentence", f"{what}: {len(lines)} lines: {_short(lines)}"))
    if run.code == 1 and lines and not lines[-1].endswith("."):
        problems.append(Problem("not a sentence", f"{what}: {lines[-1][-200:]}"))
    if run.code == 0 and lines:
        problems.append(Problem("said on success", f"{what}: {_short(lines)}"))
    if "--json" in run.arguments and not run.stopped_by_us and not _is_json(run.stdout):
        problems.append(Problem("not JSON", f"{what}: {run.stdout[:200]!r}"))
    return problems


def _short(lines: Sequence[str]) -> str:
    return " | ".join(line[:160] for line in lines[:SHOWN])


def _is_json(text: str) -> bool:
    try:
        orjson.loads(text)
    except orjson.JSONDecodeError:
        return False
    return True
