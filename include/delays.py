"""When each metric's samples come: how far apart, at which second of the minute, and how long after their own time."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from include.cortex.client import CortexClient, Series
from include.cortex.minutes import raw_query
from include.settings import Metric, Symbol

LOOKBACK = timedelta(minutes=10)
LOOK_EVERY_SECONDS = 1.0


@dataclass(frozen=True)
class Delay:
    """What a metric was seen to do, in seconds; `delay` None: no new sample came while it was watched.

    Parameters
    ----------
    interval
        Between samples, the median.
    offset
        Of the samples after the full minute, the median.
    delay
        From a sample's time until it could be read, the longest seen.
    """

    column: str
    interval: float
    offset: float
    delay: float | None


def measure_delays(
    client: CortexClient,
    symbol: Symbol,
    metrics: dict[str, Metric],
    now: Callable[[], datetime],
    seconds: float,
    progress: Callable[[float], None] | None = None,
) -> list[Delay]:
    """Watch the metrics until each has had a new sample, at most for so many seconds of this machine's clock.

    Parameters
    ----------
    now
        The pipeline's now, UTC: against it a sample's age is taken.
    """
    columns = {metric.promql: column for column, metric in metrics.items()}
    seen: dict[str, float] = {}
    delays: dict[str, float] = {}
    times: dict[str, list[float]] = {}
    began = time.monotonic()
    while (watched := time.monotonic() - began) < seconds and len(delays) < len(columns):
        at = now()
        for series in client.query_samples(raw_query(symbol, list(metrics.values()), LOOKBACK), at):
            column = columns.get(series.metric.get("__name__", ""))
            if column and len(series.times):
                _note(column, series, at.timestamp(), seen, delays)
                times[column] = [float(t) for t in series.times]
        if progress:
            progress(watched)
        time.sleep(LOOK_EVERY_SECONDS)
    return [
        Delay(
            column,
            float(np.median(np.diff(found))) if len(found) > 1 else 0.0,
            float(np.median(np.mod(found, 60))),
            delays.get(column),
        )
        for column, found in times.items()
    ]


def _note(column: str, series: Series, now: float, seen: dict[str, float], delays: dict[str, float]) -> None:
    newest = float(series.times[-1])
    if column in seen and newest > seen[column]:
        delays[column] = max(delays.get(column, 0.0), now - newest)
    seen[column] = max(newest, seen.get(column, newest))
