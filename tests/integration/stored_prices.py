"""Minutes with chosen prices, written straight into the table: the views read no more of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
from markets import FIRST

from include.warehouse.connection import Warehouse

MINUTE = timedelta(minutes=1)
UNUSABLE = (None, float("nan"), 0.0, -5.0, float("inf"), float("-inf"))


def walk(minutes: int, seed: int, step: float = 4e-4) -> npt.NDArray[np.float64]:
    """A random walk of prices near 60,000, in cents."""
    generator = np.random.default_rng(seed)
    return np.round(60_000 * np.exp(np.cumsum(generator.standard_t(4, minutes) * step)), 2)


def store_prices(
    warehouse: Warehouse,
    prices: Sequence[float | None] | npt.NDArray[np.float64],
    symbol: str = "BTCUSDT",
    first: datetime = FIRST,
    missing: Collection[int] = (),
    volumes: Sequence[float | None] | None = None,
) -> None:
    """One row a price, a minute apart; positions in `missing` get no row at all."""
    kept = [n for n in range(len(prices)) if n not in missing]
    values = {
        "symbol": symbol,
        "ts": [first + n * MINUTE for n in kept],
        "prices": [None if prices[n] is None else float(prices[n]) for n in kept],
        "volumes": [None if volumes is None else volumes[n] for n in kept],
    }
    with warehouse.transaction() as connection:
        connection.execute(
            "INSERT INTO minute_metrics (symbol, ts, last_price, volume_24h) SELECT %(symbol)s, u.* FROM "
            "unnest(%(ts)s::timestamptz[], %(prices)s::float8[], %(volumes)s::float8[]) AS u",
            values,
        )


def usable(prices: Sequence[float | None], missing: Collection[int] = ()) -> npt.NDArray[np.float64]:
    """The prices, NaN where none counts: above zero, finite and held."""
    held = np.array([np.nan if price is None else price for price in prices], dtype=float)
    held[list(missing)] = np.nan
    return np.where((held > 0) & np.isfinite(held), held, np.nan)


def scanned_rows(node: dict[str, Any], table: str = "minute_metrics") -> list[float]:
    """Rows of the table that each scan of a plan took up, over all loops, filtered ones included."""
    here = (
        [(node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]]
        if node.get("Relation Name") == table
        else []
    )
    return here + [count for child in node.get("Plans", []) for count in scanned_rows(child, table)]
