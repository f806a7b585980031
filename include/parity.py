"""Whether a recording rule's values are what its expression gives: a check of the settings against the source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from include.cortex.client import CortexClient
from include.cortex.minutes import fetch_expression, fetch_minutes
from include.settings import Metric, Symbol

# Slopes cross zero: a difference is measured by the value, or by this share of the column's usual size.
SMALLEST_SHARE = 1e-3


@dataclass(frozen=True)
class Parity:
    """Recorded against computed values of a metric: minutes compared, and the largest relative difference with its minute."""

    metric: Metric
    minutes: int
    largest: float
    at: datetime | None


def parity(
    client: CortexClient, symbol: Symbol, metrics: dict[str, Metric], start: datetime, end: datetime
) -> list[Parity]:
    """Compare every metric that has an expression over the minutes with ts in [start, end).

    The relative difference is |recorded - computed| over the larger of |recorded| and a thousandth of the column's
    root mean square. It is not zero where the ruler evaluates at another second than the minute's end, and large where
    the expression of the settings is not the rule's, or the engine that recorded counts a range's left edge otherwise
    (Prometheus before 3).

    Raises
    ------
    SourceError
        As CortexClient.query_range.
    """
    derived = {column: metric for column, metric in metrics.items() if metric.expression}
    recorded = fetch_minutes(client, symbol, derived, start, end)
    found = []
    for column, metric in derived.items():
        values = recorded.column(column)
        computed = fetch_expression(client, symbol, metric, start, end)
        both = ~np.isnan(values) & ~np.isnan(computed)
        if not both.any():
            found.append(Parity(metric, 0, 0.0, None))
            continue
        usual = float(np.sqrt(np.mean(values[both] ** 2)))
        scale = np.maximum(np.maximum(np.abs(values), SMALLEST_SHARE * usual), np.finfo(float).tiny)
        relative = np.where(both, np.abs(values - computed) / scale, 0.0)
        worst = int(relative.argmax())
        minute = datetime.fromtimestamp(float(recorded.grid[worst]), start.tzinfo)
        found.append(Parity(metric, int(both.sum()), float(relative[worst]), minute))
    return found
