"""Live against recomputed: the inputs that minutes were scored on, bit for bit as their version gives them now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

import numpy as np
import numpy.typing as npt

from include.cortex.minutes import MINUTE
from include.pipeline import Pipeline
from include.warehouse import checks
from include.warehouse.connection import Connection
from include.warehouse.snapshots import Features, kept_versions, read_features
from include.watching.result import CheckResult

RECENT = timedelta(minutes=30)
DAY = timedelta(hours=24)
SHOWN = 5
Bits = npt.NDArray[np.uint32]


def skew(pipeline: Pipeline) -> Iterator[CheckResult]:
    """The last 30 minutes; what differs and is not explained stops the symbol's signals."""
    return _skew(pipeline, "skew", RECENT, is_blocking=True)


def skew_day(pipeline: Pipeline) -> Iterator[CheckResult]:
    """The last 24 hours: what was changed in the warehouse after it was scored, without a revision's trace."""
    return _skew(pipeline, "skew_day", DAY, is_blocking=False)


def _skew(pipeline: Pipeline, name: str, span: timedelta, *, is_blocking: bool) -> Iterator[CheckResult]:
    with pipeline.market() as market:
        end = market.now() + MINUTE
    for symbol in pipeline.settings.symbols:
        with pipeline.warehouse.transaction("reader", one_snapshot=True) as connection:
            yield _compare(connection, name, symbol.name, end - span, end, is_blocking=is_blocking)


def _compare(
    connection: Connection, name: str, symbol: str, start: datetime, end: datetime, *, is_blocking: bool
) -> CheckResult:
    scored = checks.scored_inputs(connection, symbol, start, end)
    kept = kept_versions(connection)
    scored = [row for row in scored if row.feature_version in kept]
    if not scored:
        text = f"No minute of {symbol} from {start:%Y-%m-%d %H:%M} UTC on was scored."
        return CheckResult(name, "unknown", text, None, 0.0, symbol, is_blocking=is_blocking)
    different: list[dict[str, Any]] = []
    for number, rows in groupby(sorted(scored, key=lambda row: row.feature_version), lambda row: row.feature_version):
        stored = list(rows)
        now = read_features(connection, symbol, stored[0].ts, stored[-1].ts + MINUTE, kept[number])
        different += _different(stored, now)
    explained = [found for found in different if _is_explained(connection, symbol, found)]
    unexplained = [found for found in different if found not in explained]
    text = (
        f"{len(scored)} scored minutes of {symbol} were computed again: {len(scored) - len(different)} have the same bits, "
        f"{len(explained)} differ since minutes were corrected or came late, {len(unexplained)} differ without a reason."
    )
    evidence = {"compared": len(scored), "explained": len(explained), "unexplained": _shown(unexplained)}
    status = "failed" if unexplained else "ok"
    return CheckResult(
        name, status, text, float(len(unexplained)), 0.0, symbol, is_blocking=is_blocking, evidence=evidence
    )


def _different(stored: Sequence[Any], now: Features) -> list[dict[str, Any]]:
    """The rows of signal_inputs that are not what the version gives, with the columns that differ."""
    row_of = {int(ts): row for row, ts in enumerate(now.ts)}
    found = []
    for inputs in stored:
        row = row_of.get(int(inputs.ts.timestamp()))
        then = _array(inputs.values)
        if row is None or len(then) != len(now.columns):
            found.append({"inputs": inputs, "columns": {}})
            continue
        unlike = np.flatnonzero(_bits(then) != _bits(now.X[row]))
        if len(unlike):
            columns = {now.columns[n]: [_number(then[n]), _number(now.X[row, n])] for n in unlike[:SHOWN]}
            found.append({"inputs": inputs, "columns": columns})
    return found


def _array(values: Sequence[float | None]) -> npt.NDArray[np.float32]:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float32)


def _bits(values: npt.NDArray[np.float32]) -> Bits:
    """One pattern for unknown."""
    return np.where(np.isnan(values), np.float32(np.nan), values).astype(np.float32).view(np.uint32)


def _number(value: np.float32) -> float | None:
    return None if not np.isfinite(value) else float(value)


def _is_explained(connection: Connection, symbol: str, found: dict[str, Any]) -> bool:
    inputs = found["inputs"]
    return any(checks.changed_since(connection, symbol, inputs.ts, inputs.known_at).values())


def _shown(unexplained: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The first few, with what was scored on and what is computed now of the first few columns."""
    return [
        {
            "ts": found["inputs"].ts.isoformat(),
            "inputs_hash": found["inputs"].inputs_hash,
            "then_and_now": found["columns"],
        }
        for found in unexplained[:SHOWN]
    ]
