"""Candles of 5 minutes and 1 hour: equal to pandas' over holes and corrections, by UTC days, a day at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
import psycopg
import pytest
from markets import FIRST
from pipelines import rows
from stored_prices import MINUTE, UNUSABLE, scanned_rows, store_prices, walk

from include.warehouse.connection import Warehouse
from include.warehouse.migrate import migrate
from tests.integration.conftest import PG_VERSIONS

every_version = pytest.mark.parametrize("postgres", PG_VERSIONS, indirect=True)
both_lengths = pytest.mark.parametrize(("view", "length"), [("candles_5m", 5), ("candles_1h", 60)])

DAY = 1440
COLUMNS = "symbol, day, ts, open, high, low, close, volume_24h, minutes"


@pytest.fixture
def warehouse(new_database: str) -> Warehouse:
    made = Warehouse(new_database)
    migrate(made)
    return made


def candles(warehouse: Warehouse, view: str, where: str = "TRUE") -> list[tuple[Any, ...]]:
    return rows(warehouse, f"SELECT {COLUMNS} FROM {view} WHERE {where} ORDER BY symbol, ts")


def candles_by_pandas(warehouse: Warehouse, length: int) -> list[tuple[Any, ...]]:
    """Right-closed, right-labelled bins of what the table holds, without the minutes whose price counts for nothing."""
    found = []
    held = pd.DataFrame(
        rows(warehouse, "SELECT symbol, ts, last_price, volume_24h FROM minute_metrics"),
        columns=["symbol", "ts", "price", "volume"],
    )
    for symbol, minutes in held.groupby("symbol"):
        prices = minutes.set_index("ts").sort_index().astype({"price": float, "volume": float})
        counts = prices[(prices.price > 0) & np.isfinite(prices.price)].price
        bins = counts.resample(f"{length}min", closed="right", label="right")
        volume = prices.volume.where((prices.volume >= 0) & np.isfinite(prices.volume))
        for ts, bin_ in bins:
            if len(bin_):
                gauge = volume.get(ts, np.nan)
                values = (bin_.iloc[0], bin_.max(), bin_.min(), bin_.iloc[-1], None if np.isnan(gauge) else gauge)
                found.append((symbol, ts.date(), ts.to_pydatetime(), *values, len(bin_)))
    return found


def strange_volumes(count: int) -> list[float | None]:
    """A falling gauge from hh:03 on, with every kind of value that is none, and a zero, at the ends of some hours."""
    volumes: list[float | None] = [20_000.0 - n for n in range(count)]
    for number, volume in enumerate((None, float("nan"), -1.0, float("inf"), float("-inf"))):
        volumes[60 * (number + 3) + 57] = volume
    volumes[60 * 9 + 57] = 0.0
    return volumes


@both_lengths
@every_version
def test_candles_are_those_of_pandas(warehouse: Warehouse, view: str, length: int) -> None:
    """Two symbols, missing minutes, candles without any, prices and volumes of every unusable kind, midnights."""
    first = FIRST + timedelta(hours=7, minutes=3)
    prices: list[float | None] = list(walk(3 * DAY + 17, seed=21))
    for number, price in enumerate(UNUSABLE):
        prices[300 + 121 * number] = price  # at other places of their candles
    holes = {*range(1010, 1017), *range(1900, 2100), 20, 400, 3000, 3001}
    missing = holes | set(np.random.default_rng(22).choice(len(prices), 300, replace=False).tolist())
    store_prices(warehouse, prices, first=first, missing=missing, volumes=strange_volumes(len(prices)))
    store_prices(warehouse, walk(100, seed=23), "ETHUSDT", FIRST + timedelta(days=9), volumes=[5.0] * 100)
    found = candles(warehouse, view)
    assert found == candles_by_pandas(warehouse, length)
    assert {row[8] for row in found} >= ({1, 2, 3, 4, 5} if length == 5 else {60 - n for n in range(1, 8)})
    assert {row[7] is None for row in found} == {True, False}
    assert all(row[1] == row[2].date() for row in found)


@both_lengths
def test_a_late_correction_shows_at_once(warehouse: Warehouse, view: str, length: int) -> None:
    """A minute changed, taken away or arriving late: the candles are again those of the table, and no longer the old ones."""
    store_prices(warehouse, walk(2 * DAY, seed=24), missing={777}, volumes=[7.0] * 2 * DAY)
    seen = [candles(warehouse, view)]
    for change in (
        f"UPDATE minute_metrics SET last_price = 1 WHERE ts = '{FIRST + 500 * MINUTE}'",
        f"UPDATE minute_metrics SET volume_24h = 8 WHERE ts = '{FIRST + 600 * MINUTE}'",
        f"DELETE FROM minute_metrics WHERE ts = '{FIRST + 1440 * MINUTE}'",
        f"INSERT INTO minute_metrics (symbol, ts, last_price) VALUES ('BTCUSDT', '{FIRST + 777 * MINUTE}', 99999)",
    ):
        with warehouse.transaction() as connection:
            connection.execute(change)
        now = candles(warehouse, view)
        assert now == candles_by_pandas(warehouse, length)
        assert len(set(now) ^ set(seen[-1])) == 2
        seen.append(now)


@both_lengths
def test_the_candle_that_ends_at_midnight_is_the_next_days(warehouse: Warehouse, view: str, length: int) -> None:
    """It holds the last minutes of the day before; asked by its day it comes first, and its own day does not have it."""
    prices = walk(2 * DAY + 1, seed=25)
    store_prices(warehouse, prices)
    midnight = FIRST + timedelta(days=1)
    [first, *rest] = candles(warehouse, view, f"day = '{midnight.date()}'")
    held = prices[DAY - length + 1 : DAY + 1]
    assert first[1:] == (midnight.date(), midnight, held[0], held.max(), held.min(), held[-1], None, length)
    assert len(rest) == DAY // length - 1
    assert rest[-1][2] == midnight + timedelta(days=1, minutes=-length)
    assert candles(warehouse, view, f"day = '{FIRST.date()}'")[0][2:] == (FIRST, *[prices[0]] * 4, None, 1)


@both_lengths
@pytest.mark.parametrize("last", ["23:58", "23:59", "00:00", "00:01"])
def test_the_last_candle_is_there_although_it_ends_on_a_day_without_minutes(
    warehouse: Warehouse, view: str, length: int, last: str
) -> None:
    """The last minute may be 23:58, and its candle ends at 00:00 of a day that has no minute yet."""
    end = datetime(2026, 3, 1 if last > "12" else 2, int(last[:2]), int(last[3:]), tzinfo=UTC)
    count = round((end - FIRST) / MINUTE) + 1
    store_prices(warehouse, walk(count, seed=26))
    found = candles(warehouse, view)
    assert found == candles_by_pandas(warehouse, length)
    midnight = FIRST + timedelta(days=1)
    expected = {"23:58": (midnight, length - 2), "23:59": (midnight, length - 1), "00:00": (midnight, length)}
    assert (found[-1][2], found[-1][8]) == expected.get(last, (midnight + length * MINUTE, 1))
    assert sum(row[8] for row in found) == count
    assert len({row[2] for row in found}) == len(found)
    by_day = [row for day in (1, 2, 3) for row in candles(warehouse, view, f"day = '2026-03-0{day}'")]
    assert by_day == found


@both_lengths
def test_no_price_no_candle(warehouse: Warehouse, view: str, length: int) -> None:
    """An empty warehouse and minutes without a usable price give no candles and no error."""
    assert candles(warehouse, view) == []
    store_prices(warehouse, [*UNUSABLE] * 30, volumes=[1.0] * 6 * 30)
    assert candles(warehouse, view) == []
    store_prices(warehouse, [5.0], "ONE", volumes=[None])
    assert candles(warehouse, view) == [("ONE", FIRST.date(), FIRST, 5.0, 5.0, 5.0, 5.0, None, 1)]


@both_lengths
@pytest.mark.parametrize(
    "setting", ["TimeZone = 'America/New_York'", "TimeZone = 'Asia/Kathmandu'", "extra_float_digits = -10"]
)
def test_a_sessions_settings_shift_no_candle(
    warehouse: Warehouse, new_database: str, view: str, length: int, setting: str
) -> None:
    """Days and hours are of UTC in any session's zone, on the days on which its clocks change too; every bit stays."""
    store_prices(warehouse, walk(3 * DAY, seed=27), first=datetime(2026, 3, 7, tzinfo=UTC))
    query = (
        "SELECT day - DATE '2026-01-01', extract(epoch FROM ts)::bigint AS at, float8send(open) AS open, "
        f"float8send(close) AS close, minutes FROM market.{view} ORDER BY ts"
    )
    plain = rows(warehouse, query)
    assert sum(row[-1] for row in plain) == 3 * DAY
    with psycopg.connect(new_database) as connection:
        connection.execute(f"SET {setting}")
        assert connection.execute(query).fetchall() == plain


@both_lengths
@every_version
@pytest.mark.parametrize(
    ("days", "count"), [(["2026-03-04"], 1), (["2026-03-04", "2026-03-05"], 2), (["2026-04-01"], 0)]
)
def test_a_day_reads_only_its_own_minutes(
    warehouse: Warehouse, view: str, length: int, days: Sequence[str], count: int
) -> None:
    """The plan of one day of eight touches the 1440 minutes of its candles, and that of two twice as many."""
    store_prices(warehouse, walk(8 * DAY, seed=28))
    with warehouse.transaction() as connection:
        connection.execute("ANALYZE minute_metrics")
    where = f"symbol = 'BTCUSDT' AND day >= '{days[0]}' AND day <= '{days[-1]}'"
    [(plan,)] = rows(warehouse, f"EXPLAIN (ANALYZE, FORMAT JSON) SELECT * FROM {view} WHERE {where}")
    scanned = scanned_rows(plan[0]["Plan"])
    assert sorted(scanned)[-1] == max(count * DAY, 1)
    assert sum(sorted(scanned)[:-1]) < 20  # the calendar's probes
