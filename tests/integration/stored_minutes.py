"""Minutes put into the warehouse by a test, as the loads would, and what the view of features makes of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from markets import ChangeableMarket
from pipelines import rows

from include.warehouse.connection import Warehouse
from include.warehouse.minutes import METRIC_COLUMNS, Source
from include.warehouse.windows import Block, LedgerEntry, write_window

SIMULATED: Source = ("simulated", "test")


def source_rows(market: ChangeableMarket) -> dict[str, npt.NDArray[np.float64]]:
    """The 16 columns of every minute, with rules computed by pandas."""
    price, volume = pd.Series(market.last_price), pd.Series(market.volume_24h)
    columns = {"last_price": price, "volume_24h": volume}
    for name, base, lengths in (("price", price, (5, 10, 15, 30, 60)), ("volume", volume, (5, 15))):
        for length in lengths:
            label = "1h" if length == 60 else f"{length}m"
            columns[f"{name}_avg_{label}"] = base.rolling(length).mean()
            columns[f"{name}_deriv_{label}"] = slope(base, length)
    return {name: column.to_numpy() for name, column in columns.items()}


def slope(values: pd.Series[float], length: int) -> pd.Series[float]:
    """Least-squares slope a second over `length` samples a minute apart."""
    x = 60.0 * (np.arange(length) - (length - 1) / 2)
    return values.rolling(length).apply(lambda y: float(np.dot(x, y - y.mean()) / np.dot(x, x)), raw=True)


def store(warehouse: Warehouse, market: ChangeableMarket) -> None:
    """Every minute of the market; one without a price is no row."""
    columns = {name: np.where(np.isnan(market.last_price), np.nan, c) for name, c in source_rows(market).items()}
    store_columns(warehouse, {"ts": minutes_of(market), **columns})


def minutes_of(market: ChangeableMarket) -> npt.NDArray[np.int64]:
    """Epoch seconds of the market's minutes."""
    return market.first + 60 * np.arange(len(market.last_price))


def store_columns(
    warehouse: Warehouse, columns: Mapping[str, npt.NDArray[Any]], source: Source = SIMULATED, symbol: str = "BTCUSDT"
) -> None:
    """Minutes `ts`, epoch seconds, with columns by name, NaN for NULL; a minute without any value is no row."""
    ts = columns["ts"]
    values = np.column_stack([columns[name] for name in METRIC_COLUMNS])
    start, end = (datetime.fromtimestamp(int(instant), UTC) for instant in (ts[0], ts[-1] + 60))
    block = Block(ts, values, np.zeros(values.shape, bool))
    with warehouse.transaction("writer") as connection:
        write_window(connection, warehouse, LedgerEntry(symbol, start, end), block, source)


def feature_columns(warehouse: Warehouse) -> list[str]:
    """The columns of minute_features that hold a feature: those of double precision."""
    query = (
        "SELECT attname FROM pg_attribute WHERE attrelid = 'minute_features'::regclass AND attnum > 0 "
        "AND atttypid = 'double precision'::regtype ORDER BY attnum"
    )
    return [name for (name,) in rows(warehouse, query)]


def stored_features(warehouse: Warehouse, names: list[str]) -> dict[str, npt.NDArray[Any]]:
    """`ts`, epoch seconds, and these columns of minute_features in order of ts, NaN for NULL: no value may be NaN itself."""
    found = np.array(
        rows(
            warehouse,
            f"SELECT extract(epoch FROM ts)::bigint AS at, {', '.join(names)} FROM minute_features ORDER BY ts",
        ),
        dtype=object,
    )
    values = np.where(np.equal(found[:, 1:], None), 0.0, found[:, 1:]).astype(np.float64)
    strange = [name for name, column in zip(names, values.T, strict=True) if not np.isfinite(column).all()]
    assert not strange, f"neither a number nor NULL: {strange}"
    known = np.where(np.equal(found[:, 1:], None), np.nan, values)
    return {"ts": found[:, 0].astype(np.int64), **dict(zip(names, known.T, strict=True))}
