"""Minutes of a symbol as the source holds them: never a stale value, one request a window."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from include.cortex.client import CortexClient, Series
from include.errors import SourceRefused
from include.settings import Symbol

MINUTE = timedelta(minutes=1)
# A plain selector carries the last sample forward for 5 minutes. A range of 59 s 999 ms is the half-open minute
# (ts - 1 min, ts] on Prometheus 2, whose ranges include their left edge, as on 3 and Cortex, whose do not.
HALF_OPEN_MINUTE = "59s999ms"
NOT_FINITE = frozenset({"NaN", "+Inf", "-Inf", "Inf"})


@dataclass(frozen=True)
class Minutes:
    """What a source answered for [start, end): per column the value as text by minute end (epoch seconds).

    A minute without a sample is absent; NaN and infinite values are taken as absent. `off_grid` counts points that
    were not at a minute's end inside the range, which are set aside.
    """

    symbol: str
    start: datetime
    end: datetime
    values: Mapping[str, Mapping[int, str]]
    off_grid: int

    def rows(self, columns: Sequence[str]) -> list[tuple[int, list[str | None]]]:
        """(epoch seconds, values in the order of `columns`) of every minute that has any value."""
        by_column = [self.values.get(column, {}) for column in columns]
        epochs = sorted(set().union(*by_column)) if by_column else []
        return [(epoch, [column.get(epoch) for column in by_column]) for epoch in epochs]


def fetch_minutes(
    client: CortexClient, symbol: Symbol, metrics: Mapping[str, str], start: datetime, end: datetime
) -> Minutes:
    """All metrics of a symbol's minutes with ts in [start, end), both minute-aligned.

    Parameters
    ----------
    metrics
        Column of minute_metrics → PromQL name.

    Raises
    ------
    SourceRefused
        Two series answer for one metric and are not declared replicas.
    """
    answer = client.query_range(_query(symbol, metrics), start, end - MINUTE, MINUTE)
    columns = {promql: column for column, promql in metrics.items()}
    by_column: dict[str, list[Series]] = {}
    for series in answer:
        if series.values:
            by_column.setdefault(columns[series.labels["__name__"]], []).append(series)
    _refuse_strangers(symbol, by_column)
    grid = range(int(start.timestamp()), int(end.timestamp()), 60)
    values: dict[str, dict[int, str]] = {}
    off_grid = 0
    for column, found in by_column.items():
        values[column], astray = _on_grid(found, grid)
        off_grid += astray
    return Minutes(symbol.name, start, end, values, off_grid)


def _query(symbol: Symbol, metrics: Mapping[str, str]) -> str:
    names = "|".join(re.escape(name) for name in metrics.values())
    pairs = {symbol.label: symbol.value, **symbol.matchers}
    matchers = ",".join(
        [f'__name__=~"{_quoted(names)}"', *(f'{label}="{_quoted(value)}"' for label, value in pairs.items())]
    )
    return f"last_over_time({{{matchers}}}[{HALF_OPEN_MINUTE}])"


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _on_grid(found: list[Series], grid: range) -> tuple[dict[int, str], int]:
    """The finite values at minute ends, and how many points lie elsewhere; of replicas the first in label order wins."""
    values: dict[int, str] = {}
    off_grid = 0
    for series in sorted(found, key=lambda s: sorted(s.labels.items()), reverse=True):
        for t, text in series.values:
            if int(t) != t or int(t) not in grid:
                off_grid += 1
            elif text not in NOT_FINITE:
                values[int(t)] = text
    return values, off_grid


def _refuse_strangers(symbol: Symbol, by_column: Mapping[str, list[Series]]) -> None:
    for column, found in by_column.items():
        labels = [{k: v for k, v in s.labels.items() if k != symbol.replicas} for s in found]
        differing = sorted({k for one in labels for k in one if any(one.get(k) != other.get(k) for other in labels)})
        if len(found) > 1 and (differing or symbol.replicas is None):
            raise SourceRefused(
                f"{len(found)} series answer for {column} of {symbol.name}; they differ in {', '.join(differing) or 'nothing'}: "
                "add a matcher to the symbol's entry in the settings, or name the label as its replicas."
            )
