"""Real candles as a Prometheus holds them: two bases, the fourteen recording rules over them, and what went wrong."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from tests.system.console import PROJECT

CANDLES = Path(os.environ.get("CORTEX_SIGNALS_CANDLES") or PROJECT.parent / "shared/data/btcusdt_1m.parquet")
Floats = npt.NDArray[np.float64]
MINUTE = timedelta(minutes=1)
DAY_MINUTES = 1440
PRICE, VOLUME = "crypto_last_price", "crypto_volume"
WINDOW_MINUTES = {"5m": 5, "10m": 10, "15m": 15, "30m": 30, "1h": 60}
RULE_WINDOWS = {PRICE: ("5m", "10m", "15m", "30m", "1h"), VOLUME: ("5m", "15m")}
RULES = tuple(
    f"job:{base}:{word}{window}"
    for base, windows in RULE_WINDOWS.items()
    for word in ("deriv", "avg")
    for window in windows
)
BASES = (PRICE, VOLUME)
ALL = (*BASES, *RULES)


@dataclass(frozen=True)
class Defect:
    """`minutes` minutes from `start` on at which the named series hold `value`; NaN: they have no sample."""

    start: datetime
    minutes: int
    series: Sequence[str]
    value: float = np.nan

    @property
    def last(self) -> datetime:
        return self.start + (self.minutes - 1) * MINUTE


def bases(candles: Path, first: datetime, last: datetime) -> pd.DataFrame:
    """Price and rolling 24 h volume at the minute ends of [first, last], UTC.

    The day's volume is summed in whole 1e-8, so that it is the double next to the decimal sum.
    """
    read = pd.read_parquet(
        candles, filters=[("open_time", ">=", first - DAY_MINUTES * MINUTE), ("open_time", "<", last)]
    )
    ends = pd.DatetimeIndex(read["open_time"]) + MINUTE
    units = np.rint(read["volume"].to_numpy() * 1e8).astype(np.int64)
    total = np.concatenate([[0], np.cumsum(units)])
    volume = np.full(len(units), np.nan)
    volume[DAY_MINUTES - 1 :] = (total[DAY_MINUTES:] - total[:-DAY_MINUTES]) / 1e8
    frame = pd.DataFrame({PRICE: read["close"].to_numpy(), VOLUME: volume}, index=ends)
    return frame.loc[first:last]


def recorded(sampled: pd.DataFrame, defects: Iterable[Defect] = ()) -> pd.DataFrame:
    """All 16 series, NaN where there is no sample: rules see the bases as the defects left them, and have their own."""
    left = _spoiled(sampled, defects)
    rules = {rule: recording_rule(left, rule) for rule in RULES}
    return _spoiled(pd.concat([left, pd.DataFrame(rules, index=left.index)], axis=1), defects)


def recording_rule(sampled: pd.DataFrame, rule: str) -> Floats:
    """A rule's value at every minute, over the samples in (ts - window, ts]; NaN where there are too few."""
    _, base, name = rule.split(":")
    word, window = ("deriv", name[5:]) if name.startswith("deriv") else ("avg", name[3:])
    function: Callable[[Floats], Floats] = slope if word == "deriv" else average
    return function(_windows(sampled[base].to_numpy(), WINDOW_MINUTES[window]))


def average(windows: Floats) -> Floats:
    """Mean of the samples of each row; NaN for none."""
    held = ~np.isnan(windows)
    with np.errstate(invalid="ignore"):
        return np.where(held, windows, 0).sum(axis=1) / held.sum(axis=1)


def slope(windows: Floats) -> Floats:
    """Least-squares slope per second of the samples of each row, a minute apart; NaN for fewer than two."""
    held = ~np.isnan(windows)
    count = held.sum(axis=1, keepdims=True)
    seconds = np.broadcast_to(60.0 * np.arange(windows.shape[1]), windows.shape)
    with np.errstate(invalid="ignore"):
        late = np.where(held, seconds - np.where(held, seconds, 0).sum(axis=1, keepdims=True) / count, 0)
        high = np.where(held, windows - np.where(held, windows, 0).sum(axis=1, keepdims=True) / count, 0)
        return (late * high).sum(axis=1) / (late * late).sum(axis=1)


def _windows(values: Floats, minutes: int) -> Floats:
    before = np.full(minutes - 1, np.nan)
    return np.lib.stride_tricks.sliding_window_view(np.concatenate([before, values]), minutes)


def _spoiled(frame: pd.DataFrame, defects: Iterable[Defect]) -> pd.DataFrame:
    spoiled = frame.copy()
    for defect in defects:
        columns = [series for series in defect.series if series in frame.columns]
        spoiled.loc[defect.start : defect.last, columns] = defect.value
    return spoiled


def storable(series: pd.DataFrame) -> pd.DataFrame:
    """What may be kept of the series: NaN for what has no finite value, and no minute without any."""
    return series.where(np.isfinite(series)).dropna(how="all")


def epochs(index: pd.DatetimeIndex) -> npt.NDArray[np.int64]:
    return index.as_unit("s").asi8
