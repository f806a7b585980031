"""Features and labels of the views: no peeking, holes, one value whatever range is asked, and an independent reference."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from markets import FIRST, ChangeableMarket
from pipelines import rows

from include.warehouse.connection import Warehouse
from include.warehouse.migrate import migrate
from include.warehouse.minutes import METRIC_COLUMNS
from include.warehouse.snapshots import Features, read_features, read_snapshot
from include.warehouse.windows import Block, LedgerEntry, write_window

MINUTE = timedelta(minutes=1)
HORIZONS = (15, 30, 45, 60, 120, 240)


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
    columns = source_rows(market)
    ts = market.first + 60 * np.arange(len(market.last_price))
    values = np.column_stack([columns[name] for name in METRIC_COLUMNS])
    values[np.isnan(market.last_price)] = np.nan  # a minute without a price is no row here
    entry = LedgerEntry("BTCUSDT", FIRST, FIRST + timedelta(minutes=len(ts)))
    with warehouse.transaction("writer") as connection:
        write_window(
            connection, warehouse, entry, Block(ts, values, np.zeros(values.shape, bool)), ("simulated", "test")
        )


@pytest.fixture
def market() -> ChangeableMarket:
    return ChangeableMarket(days=3, seed=3)


@pytest.fixture
def warehouse(new_database: str) -> Warehouse:
    made = Warehouse(new_database)
    migrate(made)
    return made


def features(warehouse: Warehouse, start: datetime, end: datetime, symbol: str = "BTCUSDT") -> Features:
    with warehouse.transaction("reader") as connection:
        return read_features(connection, symbol, start, end)


def raw_features(warehouse: Warehouse, where: str = "TRUE") -> list[tuple[Any, ...]]:
    return rows(warehouse, f"SELECT * FROM minute_features WHERE {where} ORDER BY ts")


def test_nothing_after_a_minute_changes_it(warehouse: Warehouse, market: ChangeableMarket) -> None:
    """Everything after t changed, taken away or added moves no column at or before t by one bit."""
    cut = FIRST + timedelta(days=1, hours=13, minutes=7)
    store(warehouse, market)
    before = raw_features(warehouse, f"ts <= '{cut}'")
    with warehouse.transaction() as connection:
        assignments = ", ".join(f"{name} = {name} * 1.5 + 1" for name in METRIC_COLUMNS)
        connection.execute(f"UPDATE minute_metrics SET {assignments} WHERE ts > '{cut}'")
        connection.execute(f"DELETE FROM minute_metrics WHERE ts > '{cut}' AND extract(minute FROM ts)::int % 3 = 0")
        connection.execute(f"UPDATE minute_metrics SET volume_24h = NULL, last_price = 0 WHERE ts = '{cut + MINUTE}'")
    assert raw_features(warehouse, f"ts <= '{cut}'") == before
    assert len(before) == 1440 + 13 * 60 + 8


def test_a_leaking_column_would_be_caught(warehouse: Warehouse, market: ChangeableMarket) -> None:
    """The same change does move what looks ahead: the labels before t."""
    cut = FIRST + timedelta(days=1, hours=13, minutes=7)
    store(warehouse, market)
    query = f"SELECT ts, forward_log_return_15m FROM minute_labels WHERE ts <= '{cut}' ORDER BY ts"
    before = rows(warehouse, query)
    with warehouse.transaction() as connection:
        connection.execute(f"UPDATE minute_metrics SET last_price = last_price * 1.5 WHERE ts > '{cut}'")
    after = rows(warehouse, query)
    moved = [ts for (ts, a), (_, b) in zip(before, after, strict=True) if a != b]
    assert moved == [cut - n * MINUTE for n in range(14, -1, -1)]


def test_a_value_is_the_same_bits_whatever_range_is_asked(warehouse: Warehouse, market: ChangeableMarket) -> None:
    """One minute alone, a day, the whole history and the function agree bit for bit."""
    store(warehouse, market)
    everything = features(warehouse, FIRST, FIRST + timedelta(days=3))
    for offset in (
        timedelta(days=1),
        timedelta(days=1, minutes=1),
        timedelta(days=2, hours=23, minutes=59),
        timedelta(hours=4),
    ):
        ts = FIRST + offset
        alone = features(warehouse, ts, ts + MINUTE)
        position = int(np.searchsorted(everything.ts, int(ts.timestamp())))
        assert alone.ts.tolist() == [int(ts.timestamp())]
        assert alone.X.tobytes() == everything.X[position : position + 1].tobytes()
        by_function = rows(warehouse, "SELECT * FROM features_between('BTCUSDT', %s, %s)", [ts, ts + MINUTE])
        assert by_function == raw_features(warehouse, f"ts = '{ts}'")


def test_a_minute_that_arrives_while_reading_is_not_seen(warehouse: Warehouse, market: ChangeableMarket) -> None:
    """Features and prices are of one instant: what is committed after the first read is of the next."""
    store(warehouse, market)
    late = FIRST + timedelta(days=3)
    with warehouse.transaction("reader", one_snapshot=True) as connection:
        with warehouse.transaction("writer") as other:
            other.execute("INSERT INTO minute_metrics (symbol, ts, last_price) VALUES ('BTCUSDT', %s, 1)", [late])
        found = read_features(connection, "BTCUSDT", FIRST + timedelta(days=2), late + MINUTE)
    assert found.ts[-1] == int((late - MINUTE).timestamp())


LOOK_BACKS = {
    "return_1m": 1, "return_5m": 5, "return_240m": 240, "realised_volatility_15m": 15, "realised_volatility_60m": 60,
    "realised_volatility_240m": 240, "rsi_14m": 14, "rsi_60m": 60, "bollinger_position": 19, "bollinger_width": 19,
    "macd_to_volatility": 179, "volatility_ratio_5m_60m": 60,
}  # fmt: skip


def test_a_hole_is_null_exactly_where_a_look_back_covers_it(warehouse: Warehouse, market: ChangeableMarket) -> None:
    """Each feature is NULL while its window touches the missing minute, and back as soon as it does not."""
    hole = FIRST + timedelta(days=1, hours=10)
    store(warehouse, market)
    with warehouse.transaction() as connection:
        connection.execute("DELETE FROM minute_metrics WHERE ts = %s", [hole])
    for name, look_back in LOOK_BACKS.items():
        after = f"ts > '{hole}' AND ts < '{hole + timedelta(hours=6)}'"
        found = rows(warehouse, f"SELECT ts FROM minute_features WHERE {name} IS NULL AND {after} ORDER BY ts")
        assert [ts for (ts,) in found] == [hole + n * MINUTE for n in range(1, look_back + 1)], name
    assert rows(
        warehouse,
        f"SELECT count(*) FROM minute_features WHERE complete AND ts >= '{hole}' AND ts <= '{hole + 240 * MINUTE}'",
    ) == [(0,)]


def test_a_hole_changes_no_feature_whose_look_back_lies_after_it(
    warehouse: Warehouse, market: ChangeableMarket
) -> None:
    """Windows are time and not rows: five hours later every feature is as without the hole, to 1e-9 of its scale."""
    hole = FIRST + timedelta(days=1, hours=10)
    store(warehouse, market)
    start, end = hole + timedelta(hours=5), hole + timedelta(hours=10)
    query = "SELECT {columns} FROM minute_features WHERE ts >= %s AND ts < %s ORDER BY ts"
    names = features(warehouse, start, end).version.columns
    before = np.array(rows(warehouse, query.format(columns=", ".join(names)), [start, end]), dtype=float)
    with warehouse.transaction() as connection:
        connection.execute("DELETE FROM minute_metrics WHERE ts = %s", [hole])
    after = np.array(rows(warehouse, query.format(columns=", ".join(names)), [start, end]), dtype=float)
    scale = before.std(axis=0) + 1e-300
    assert np.isfinite(before).all()
    assert (np.abs(after - before) / scale).max() < 1e-9


def test_features_equal_an_independent_computation(warehouse: Warehouse, market: ChangeableMarket) -> None:
    """NumPy and pandas give the same returns, volatilities, oscillators and bands within 1e-9 of the column's scale."""
    store(warehouse, market)
    frame = pd.DataFrame(
        rows(warehouse, "SELECT * FROM minute_features ORDER BY ts"),
        columns=[
            c
            for (c,) in rows(
                warehouse,
                "SELECT attname FROM pg_attribute WHERE attrelid = 'minute_features'::regclass AND attnum > 0 ORDER BY attnum",
            )
        ],
    )
    x = pd.Series(np.log(market.last_price))
    r = x.diff()
    volatility = {n: np.sqrt((r**2).rolling(n).mean()) for n in (5, 15, 60, 240)}
    volume = pd.Series(market.volume_24h)
    expected = {
        **{f"return_{n}m": x.diff(n) for n in (1, 10, 60, 240)},
        **{f"realised_volatility_{n}m": v for n, v in volatility.items()},
        "volatility_ratio_15m_240m": np.log(volatility[15] / volatility[240]),
        "rsi_14m": r.clip(lower=0).rolling(14).sum() / r.abs().rolling(14).sum(),
        "macd_to_volatility": macd(x) / volatility[60],
        "bollinger_position": (x - x.rolling(20).mean()) / x.rolling(20).apply(np.std, raw=True),
        "bollinger_width": x.rolling(20).apply(np.std, raw=True),
        "volume_change_60m": np.log(volume / volume.shift(60)),
        "slope_30m": 60 * slope(pd.Series(market.last_price), 30) / market.last_price,
        "distance_to_average_60m": np.log(market.last_price / pd.Series(market.last_price).rolling(60).mean()),
    }
    for name, values in expected.items():
        ours = frame[name].astype(float).to_numpy()
        known = np.isfinite(ours)
        assert known.sum() > 3500, name
        assert np.abs(ours - values.to_numpy())[known].max() < 1e-9 * np.nanstd(ours), name


def macd(x: pd.Series[float]) -> pd.Series[float]:
    """Difference of the 12 and 26 minute exponential averages over the last 180 minutes, weights made to add up to 1."""

    def average(span: int) -> pd.Series[float]:
        weights = (1 - 2 / (span + 1)) ** np.arange(180)[::-1]
        return x.rolling(180).apply(lambda window: float(np.dot(window, weights) / weights.sum()), raw=True)

    return average(12) - average(26)


def test_labels_equal_the_future_price_and_stop_at_holes(warehouse: Warehouse, market: ChangeableMarket) -> None:
    """ln(p[t + h] / p[t]) by time, NULL where a minute in (t, t + h] is missing or not there yet."""
    hole = FIRST + timedelta(days=1, hours=3)
    market.take_away(hole)
    store(warehouse, market)
    snapshot = read_snapshot(warehouse, "BTCUSDT", FIRST, FIRST + timedelta(days=3), HORIZONS)
    x = np.log(market.last_price)
    held = np.flatnonzero(~np.isnan(x))
    assert snapshot.features.ts.tolist() == (market.first + 60 * held).tolist()
    for horizon, found in snapshot.forward_log_returns.items():
        expected = np.full(len(x), np.nan)
        expected[:-horizon] = x[horizon:] - x[:-horizon]
        touched = market.position(hole)
        expected[touched - horizon : touched] = np.nan
        np.testing.assert_allclose(found, expected[held], rtol=0, atol=1e-12)


def test_a_label_that_ends_after_the_snapshot_is_unknown(warehouse: Warehouse, market: ChangeableMarket) -> None:
    """A snapshot as of an instant knows no price after it, whatever the warehouse holds."""
    store(warehouse, market)
    end = FIRST + timedelta(days=2, hours=5)
    snapshot = read_snapshot(warehouse, "BTCUSDT", FIRST, end, [30])
    known = snapshot.features.ts[np.isfinite(snapshot.forward_log_returns[30])]
    assert known[-1] == int((end - 31 * MINUTE).timestamp())


def test_the_same_minutes_give_the_same_snapshot_hash(warehouse: Warehouse, market: ChangeableMarket) -> None:
    """The hash is of the rows read: again it is the same, and one changed price changes it."""
    store(warehouse, market)
    span = ("BTCUSDT", FIRST, FIRST + timedelta(days=2), HORIZONS)
    first = read_snapshot(warehouse, *span).hash
    assert read_snapshot(warehouse, *span).hash == first
    with warehouse.transaction() as connection:
        connection.execute(
            "UPDATE minute_metrics SET last_price = last_price + 0.01 WHERE ts = %s", [FIRST + timedelta(days=1)]
        )
    assert read_snapshot(warehouse, *span).hash != first


@pytest.mark.parametrize("setting", ["TimeZone = 'Asia/Kathmandu'", "extra_float_digits = -10", "DateStyle = 'German'"])
def test_a_sessions_settings_shift_nothing(warehouse: Warehouse, market: ChangeableMarket, setting: str) -> None:
    """day, time of day and every value are of UTC, whatever the reader's session says."""
    store(warehouse, market)
    query = (
        "SELECT extract(epoch FROM ts)::bigint, day - DATE '2026-01-01', float8send(day_sin) AS a, "
        "float8send(week_cos) AS b, float8send(return_60m) AS c "
        "FROM minute_features WHERE day = make_date(2026, 3, 2) ORDER BY ts"
    )
    plain = rows(warehouse, query)
    with warehouse.transaction() as connection:
        connection.execute(f"SET LOCAL {setting}")
        shifted = [tuple(row) for row in connection.execute(query)]
    assert len(plain) == 1440
    assert shifted == plain


def test_flat_empty_and_strange_minutes_give_null_and_no_error(warehouse: Warehouse) -> None:
    """No data, a price that does not move, zeros and NaN divide nothing by zero."""
    assert raw_features(warehouse) == []
    with warehouse.transaction() as connection:
        connection.execute(
            "INSERT INTO minute_metrics (symbol, ts, last_price) SELECT 'FLAT', g, 5 "
            "FROM generate_series('2026-01-01'::timestamptz, '2026-01-01 10:00', '1 minute') g"
        )
        connection.execute(
            "INSERT INTO minute_metrics (symbol, ts, last_price, volume_24h) "
            "VALUES ('ODD', '2026-01-01', 0, 0), ('ODD', '2026-01-01 00:01', 'NaN', -1)"
        )
    assert rows(
        warehouse, "SELECT count(*) FROM minute_features WHERE symbol = 'FLAT' AND (complete OR rsi_14m IS NOT NULL)"
    ) == [(0,)]
    assert rows(warehouse, "SELECT count(*), count(return_1m) AS known FROM minute_features WHERE symbol = 'ODD'") == [
        (2, 0)
    ]


def test_a_day_reads_only_its_own_minutes(warehouse: Warehouse, market: ChangeableMarket) -> None:
    """The plan of one day touches that day and the 4 hours before it, not the history."""
    store(warehouse, market)
    with warehouse.transaction() as connection:
        connection.execute("ANALYZE minute_metrics")
        plan = connection.execute(
            "EXPLAIN (ANALYZE, FORMAT JSON) SELECT * FROM minute_features WHERE symbol = 'BTCUSDT' AND day = '2026-03-02'"
        ).fetchone()
    assert plan is not None
    assert max(scanned_rows(plan[0][0]["Plan"])) <= 1440 + 241


def scanned_rows(node: dict[str, Any]) -> list[float]:
    """Rows that each scan of minute_metrics gave, over all loops."""
    here = [node["Actual Rows"] * node["Actual Loops"]] if node.get("Relation Name") == "minute_metrics" else []
    return here + [count for child in node.get("Plans", []) for count in scanned_rows(child)]
