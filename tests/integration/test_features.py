"""The view of features, over its whole catalogue: no peeking, holes, one value whatever range is asked, odd input."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from markets import FIRST, ChangeableMarket
from pipelines import rows
from stored_minutes import feature_columns, store

from include.errors import WarehouseError
from include.warehouse import features as features_module
from include.warehouse.connection import Connection, Warehouse
from include.warehouse.migrate import migrate
from include.warehouse.minutes import METRIC_COLUMNS
from include.warehouse.snapshots import Features, feature_version, read_features, read_snapshot

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
CUT = FIRST + timedelta(days=2, hours=13, minutes=7)
LONGEST = 1440


@pytest.fixture
def market() -> ChangeableMarket:
    return ChangeableMarket(days=3.5, seed=3)


@pytest.fixture
def warehouse(new_database: str) -> Warehouse:
    made = Warehouse(new_database)
    migrate(made)
    return made


@pytest.fixture
def stored(warehouse: Warehouse, market: ChangeableMarket) -> Warehouse:
    store(warehouse, market)
    return warehouse


@contextmanager
def changed(warehouse: Warehouse, *changes: str) -> Iterator[Connection]:
    """A connection that sees the minutes changed; afterwards they are as they were."""
    with warehouse.transaction() as connection, connection.transaction(force_rollback=True):
        for change in changes:
            connection.execute(change.encode())
        yield connection


def features(warehouse: Warehouse, start: datetime, end: datetime, symbol: str = "BTCUSDT") -> Features:
    with warehouse.transaction("reader") as connection:
        return read_features(connection, symbol, start, end, feature_version(connection))


def look_backs(warehouse: Warehouse) -> dict[str, int]:
    """Minutes before ts that each feature uses, as its comment says."""
    with warehouse.transaction("reader") as connection:
        version = feature_version(connection)
    assert version.lookback_minutes is not None
    return dict(zip(version.columns, version.lookback_minutes, strict=True))


def bits(connection: Connection, columns: list[str], where: str) -> dict[datetime, list[bytes | None]]:
    """Each value to the last bit, by minute; NULL as None."""
    sent = ", ".join(f"float8send({name}) AS c{position}" for position, name in enumerate(columns))
    query = f"SELECT ts, {sent} FROM minute_features WHERE symbol = 'BTCUSDT' AND {where} ORDER BY ts"
    return {row[0]: list(row[1:]) for row in connection.execute(query.encode())}


def moved(columns: list[str], before: dict[datetime, list[bytes | None]], after: dict[datetime, Any]) -> set[str]:
    """Columns of which any value differs in any bit."""
    assert list(before) == list(after)
    return {c for k, c in enumerate(columns) if any(after[ts][k] != row[k] for ts, row in before.items())}


EVERYTHING_ELSE = ", ".join(f"{name} = {name} * 1.5 + 1" for name in METRIC_COLUMNS)
AFTERWARDS = {
    "other values": [f"UPDATE minute_metrics SET {EVERYTHING_ELSE} WHERE ts > '{CUT}'"],
    "fewer minutes": [f"DELETE FROM minute_metrics WHERE ts > '{CUT}' AND extract(minute FROM ts)::int % 3 = 0"],
    "none": [f"DELETE FROM minute_metrics WHERE ts > '{CUT}'"],
    "the next one spoilt": [
        f"UPDATE minute_metrics SET volume_24h = NULL, last_price = 'NaN' WHERE ts = '{CUT + MINUTE}'"
    ],
    "more minutes": [
        "INSERT INTO minute_metrics (symbol, ts, last_price, volume_24h) SELECT 'BTCUSDT', g, 1e6, 1e6 "
        f"FROM generate_series(TIMESTAMPTZ '{FIRST + 3.5 * DAY}', '{FIRST + 5 * DAY}', '1 minute') AS g"
    ],
}


def peeking(warehouse: Warehouse) -> set[str]:
    """Features of the minutes up to CUT that are moved by what comes after it."""
    columns = feature_columns(warehouse)
    until = f"day >= '{(CUT - DAY).date()}' AND ts <= '{CUT}'"
    with warehouse.transaction() as connection:
        before = bits(connection, columns, until)
    assert len(before) == 1440 + 13 * 60 + 8
    found = set()
    for changes in AFTERWARDS.values():
        with changed(warehouse, *changes) as connection:
            found |= moved(columns, before, bits(connection, columns, until))
    return found


def test_nothing_after_a_minute_changes_it(stored: Warehouse) -> None:
    """Other, fewer, more or no minutes after t move no feature at or before t by one bit, for every feature there is."""
    assert peeking(stored) == set()
    assert len(feature_columns(stored)) >= 60


LEAKS = {
    "the next price": "lead(m.x, 1) OVER (ORDER BY m.n)",
    "the mean of the whole day": "avg(m.x) OVER ()",
    "a frame that ends an hour later": "max(m.x) OVER (ORDER BY m.n ROWS BETWEEN 5 PRECEDING AND 60 FOLLOWING)",
    "the newest price of the day": "last_value(m.price) OVER (ORDER BY m.n ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)",
}


@pytest.mark.parametrize("leak", LEAKS.values(), ids=LEAKS)
def test_a_leaking_feature_is_caught(
    leak: str, warehouse: Warehouse, market: ChangeableMarket, own_features: Callable[..., None]
) -> None:
    """A feature that looks ahead, put into the folder of one's own, is found by the same test, and it alone."""
    own_features(leak=feature_file("leaking", leak, look_back=60))
    migrate(warehouse)
    store(warehouse, market)
    assert peeking(warehouse) == {"leaking"}


def feature_file(name: str, expression: str, look_back: int) -> str:
    """A file of one feature, as the README's template has it."""
    return (
        f"-- name: a test's\n-- grain: n\n-- keys: n\n-- reads: minutes\nSELECT\n    m.n,\n    {expression} AS {name}\n"
        f"FROM minutes AS m;\nCOMMENT ON COLUMN minute_features.{name} IS 'A test''s; look-back {look_back} min; NULL: missing';\n"
    )


@pytest.fixture
def own_features(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Puts files, by name, into the folder of one's own features."""

    def put(**files: str) -> None:
        real = features_module.sql_files
        more = [(f"own/of_a_test_{name}.sql", text) for name, text in files.items()]
        monkeypatch.setattr(
            features_module, "sql_files", lambda folder: real(folder) + (more if folder == "features" else [])
        )

    return put


def test_a_value_is_the_same_bits_whatever_is_asked(stored: Warehouse) -> None:
    """One minute alone, a day, days, the function, a column by itself: each feature agrees to the last bit."""
    columns = feature_columns(stored)
    with stored.transaction() as connection:
        everything = bits(connection, columns, "TRUE")
        for ts in (FIRST + timedelta(hours=4), FIRST + DAY, FIRST + DAY + MINUTE, CUT, FIRST + 3 * DAY - MINUTE):
            assert bits(connection, columns, f"ts = '{ts}'")[ts] == everything[ts]
            assert bits(connection, columns, f"day = '{ts.date()}'")[ts] == everything[ts]
            by_function = connection.execute("SELECT * FROM features_between('BTCUSDT', %s, %s)", [ts, ts + MINUTE])
            assert (
                by_function.fetchall()
                == connection.execute("SELECT * FROM minute_features WHERE ts = %s", [ts]).fetchall()
            )
        for position, name in enumerate(columns):
            alone = bits(connection, [name], f"day = '{CUT.date()}'")
            assert {ts: row[0] for ts, row in alone.items()} == {ts: everything[ts][position] for ts in alone}


@pytest.mark.parametrize("minute", [0, 1, 239, 787, 1439])
def test_a_minute_has_its_values_as_soon_as_it_is_there(stored: Warehouse, minute: int) -> None:
    """What is read while a minute is the newest is what is read of it ever after, to the last bit."""
    ts = FIRST + 2 * DAY + minute * MINUTE
    columns = feature_columns(stored)
    with stored.transaction() as connection:
        afterwards = bits(connection, columns, f"ts = '{ts}'")
    with changed(stored, f"DELETE FROM minute_metrics WHERE ts > '{ts}'") as connection:
        assert bits(connection, columns, f"ts = '{ts}'") == afterwards


def test_training_and_live_read_the_same_values(stored: Warehouse) -> None:
    """A minute of a snapshot that two connections read is the minute as it is read alone."""
    snapshot = read_snapshot(stored, "BTCUSDT", FIRST, FIRST + timedelta(days=3.5), [30])
    for ts in (FIRST + DAY, CUT):
        alone = features(stored, ts, ts + MINUTE)
        row = int(np.searchsorted(snapshot.features.ts, int(ts.timestamp())))
        assert alone.ts.tolist() == [int(ts.timestamp())]
        assert alone.X.tobytes() == snapshot.features.X[row : row + 1].tobytes()


def test_a_snapshot_holds_levels_where_they_are_asked_for(stored: Warehouse) -> None:
    """They are those of the minutes of the features, unknown ones included, and change its hash; no feature is one."""
    end = FIRST + timedelta(days=3.5)
    plain = read_snapshot(stored, "BTCUSDT", FIRST, end, [30])
    asked = read_snapshot(stored, "BTCUSDT", FIRST, end, [30], levels=["last_price", "price_avg_1h"])
    assert list(asked.levels) == ["last_price", "price_avg_1h"]
    np.testing.assert_array_equal(asked.levels["last_price"], asked.features.price.astype(np.float32))
    with stored.transaction() as connection:
        known = connection.execute("SELECT price_avg_1h AS value FROM minute_metrics ORDER BY ts").fetchall()
    kept = len(asked.features.ts)
    expected = [np.nan if row.value is None else row.value for row in known[:kept]]
    np.testing.assert_array_equal(asked.levels["price_avg_1h"], np.array(expected, dtype=np.float32))
    assert plain.levels == {}
    assert plain.hash_for(30) != asked.hash_for(30)
    assert not set(asked.levels) & set(asked.features.columns)
    assert read_snapshot(stored, "NONE", FIRST, end, [30], levels=["last_price"]).levels["last_price"].size == 0


def test_a_snapshot_holds_no_feature_that_looks_back_further_than_asked(stored: Warehouse) -> None:
    """With 4 hours as the longest look-back the features of 24 hours are not read, and the others are the same."""
    whole = read_snapshot(stored, "BTCUSDT", FIRST, FIRST + timedelta(days=3.5), [30]).features
    short = read_snapshot(stored, "BTCUSDT", FIRST, FIRST + timedelta(days=3.5), [30], timedelta(hours=4)).features
    kept = [name for name, minutes in look_backs(stored).items() if minutes <= 240]
    assert list(short.columns) == kept
    assert len(kept) < len(whole.columns)
    assert short.X.tobytes() == whole.X[:, [whole.columns.index(name) for name in kept]].tobytes()


def test_a_minute_that_arrives_while_reading_is_not_seen(stored: Warehouse) -> None:
    """Features and prices are of one instant: what is committed after the first read is of the next."""
    late = FIRST + timedelta(days=3.5)
    with stored.transaction("reader", one_snapshot=True) as connection:
        version = feature_version(connection)
        with stored.transaction("writer") as other:
            other.execute("INSERT INTO minute_metrics (symbol, ts, last_price) VALUES ('BTCUSDT', %s, 1)", [late])
        found = read_features(connection, "BTCUSDT", FIRST + 2 * DAY, late + MINUTE, version)
    assert found.ts[-1] == int((late - MINUTE).timestamp())


def test_a_snapshot_is_read_where_idle_transactions_are_ended(stored: Warehouse) -> None:
    """The transaction whose snapshot is read does nothing meanwhile, and a server's limit on that does not end it."""
    impatient = replace(stored, dsn=f"{stored.dsn}?options=-cidle_in_transaction_session_timeout%3D20")
    found = read_snapshot(impatient, "BTCUSDT", FIRST, FIRST + timedelta(days=3.5), [30])
    assert len(found.features.ts) == int(3.5 * 1440)


@pytest.mark.parametrize("ts", ["2026-03-01 23:59:59.7Z", "2026-03-01 10:00:00.3Z", "2026-03-01 10:00:30Z"])
def test_a_minute_that_is_no_whole_one_is_refused(warehouse: Warehouse, ts: str) -> None:
    """It would stand on the grid of another minute, or of another day."""
    with pytest.raises(WarehouseError, match=r"minute_metrics_ts_check"), warehouse.transaction() as connection:
        connection.execute("INSERT INTO minute_metrics (symbol, ts, last_price) VALUES ('X', %s, 1)", [ts])


HOLES = {
    "in the day": FIRST + timedelta(days=1, hours=10),
    "before midnight": FIRST + timedelta(days=2) - MINUTE,
    "at midnight": FIRST + timedelta(days=2),
}


@pytest.mark.parametrize("hole", HOLES.values(), ids=HOLES)
def test_a_hole_is_null_exactly_where_a_look_back_covers_it(stored: Warehouse, hole: datetime) -> None:
    """A missing minute makes each feature NULL for as long as its look-back reaches it, and changes it nowhere else.

    Sums over what came before are rounded otherwise without that minute: 1e-9 of the column's scale are let through.
    """
    columns, reach = feature_columns(stored), look_backs(stored)
    around = f"ts >= '{hole - timedelta(hours=3)}' AND ts <= '{hole + (LONGEST + 60) * MINUTE}'"
    with stored.transaction() as connection:
        before = values(connection, columns, around)
    with changed(stored, f"DELETE FROM minute_metrics WHERE ts = '{hole}'") as connection:
        after = values(connection, columns, around)
        incomplete = count_complete(connection, hole, hole + LONGEST * MINUTE)
    assert hole.timestamp() not in after
    unknown = {c: {ts for ts in after if np.isnan(after[ts][k])} for k, c in enumerate(columns)}
    at_first = {c: {ts for ts in before if np.isnan(before[ts][k])} for k, c in enumerate(columns)}
    wrong = {
        c
        for c in columns
        if unknown[c] != (at_first[c] | {hole.timestamp() + 60 * n for n in range(1, reach[c] + 1)}) & set(after)
    }
    assert wrong == set()
    assert incomplete == 0
    was, now = np.array([before[ts] for ts in after]), np.array(list(after.values()))
    change = np.nanmax(np.abs(now - was) / np.nanstd(was, axis=0), axis=0)
    assert {c: x for c, x in zip(columns, change, strict=True) if x > 1e-9} == {}


def test_a_lost_volume_costs_the_volume_features_alone(stored: Warehouse) -> None:
    """A minute without volume makes those features NULL as far as they look back, and none of the price."""
    hole = HOLES["in the day"]
    columns, reach = feature_columns(stored), look_backs(stored)
    around = f"ts >= '{hole}' AND ts < '{hole + timedelta(hours=5)}' AND day = '{hole.date()}'"
    with changed(stored, f"UPDATE minute_metrics SET volume_24h = NULL WHERE ts = '{hole}'") as connection:
        after = values(connection, columns, around)
    for position, name in enumerate(columns):
        unknown = sum(np.isnan(row[position]) for row in after.values())
        reaches = reach[name] < LONGEST and "1440" not in name and not name.startswith(("rsi_", "minutes_since"))
        if name.startswith("volume") and "slope_5" not in name and "slope_15" not in name and "accel" not in name:
            assert unknown == reach[name] + 1, name
        elif reaches and "480" not in name:
            assert unknown == 0, name


def values(connection: Connection, columns: list[str], where: str) -> dict[float, npt.NDArray[np.float64]]:
    """The features by epoch second, NaN for NULL."""
    query = f"SELECT extract(epoch FROM ts)::float8 AS at, {', '.join(columns)} FROM minute_features WHERE {where} ORDER BY ts"
    return {row[0]: np.array(row[1:], dtype=float) for row in connection.execute(query.encode())}


def count_complete(connection: Connection, start: datetime, end: datetime) -> int:
    """Complete minutes of [start, end]."""
    query = "SELECT count(*) FROM minute_features WHERE complete AND ts >= %s AND ts <= %s"
    row = connection.execute(query, [start, end]).fetchone()
    return int(row[0]) if row else 0


def test_complete_means_that_every_feature_is_known(stored: Warehouse) -> None:
    """From 24 hours after the first minute on all is known, and before it something is not."""
    columns = feature_columns(stored)
    query = f"SELECT ts, complete, num_nulls({', '.join(columns)}) = 0 FROM minute_features ORDER BY ts"
    found = rows(stored, query)
    assert [known for _, known, _ in found] == [none_missing for _, _, none_missing in found]
    assert [ts for ts, known, _ in found if known] == [FIRST + DAY + n * MINUTE for n in range(int(2.5 * 1440))]


@pytest.mark.parametrize("setting", ["TimeZone = 'Asia/Kathmandu'", "extra_float_digits = -10", "DateStyle = 'German'"])
def test_a_sessions_settings_shift_nothing(stored: Warehouse, setting: str) -> None:
    """day, time of day and every value are of UTC, whatever the reader's session says."""
    columns = feature_columns(stored)
    sent = ", ".join(f"float8send({name}) AS c{k}" for k, name in enumerate(columns))
    query = (
        f"SELECT extract(epoch FROM ts)::bigint AS at, day - DATE '2026-01-01' AS days, complete, {sent} "
        "FROM minute_features WHERE day = make_date(2026, 3, 3) ORDER BY ts"
    )
    plain = rows(stored, query)
    with changed(stored, f"SET LOCAL {setting}") as connection:
        shifted = [tuple(row) for row in connection.execute(query.encode())]
    assert len(plain) == 1440
    assert shifted == plain


def test_no_minutes_give_no_rows(warehouse: Warehouse) -> None:
    """An empty warehouse, a symbol without data and ranges before and after the minutes are empty answers."""
    assert rows(warehouse, "SELECT * FROM minute_features") == []
    assert len(features(warehouse, FIRST, FIRST + DAY).ts) == 0
    with warehouse.transaction() as connection:
        connection.execute("INSERT INTO minute_metrics (symbol, ts, last_price) VALUES ('BTCUSDT', %s, 1)", [FIRST])
    for start, symbol in ((FIRST - 9 * DAY, "BTCUSDT"), (FIRST + 9 * DAY, "BTCUSDT"), (FIRST, "NONE")):
        assert len(features(warehouse, start, start + 2 * DAY, symbol).ts) == 0
        ends = [symbol, start, start + 2 * DAY]
        assert rows(warehouse, "SELECT * FROM features_between(%s, %s, %s)", ends) == []
    assert read_snapshot(warehouse, "NONE", FIRST, FIRST + DAY, [15]).features.X.shape[0] == 0


def test_flat_and_strange_minutes_give_null_and_no_error(warehouse: Warehouse) -> None:
    """A price that does not move, zeros, negative values, NaN and infinities divide nothing by zero and are no price."""
    with warehouse.transaction() as connection:
        connection.execute(
            "INSERT INTO minute_metrics (symbol, ts, last_price) SELECT 'FLAT', g, 0.1 "
            "FROM generate_series('2026-01-01'::timestamptz, '2026-01-02 10:00', '1 minute') g"
        )
        odd = ", ".join(f"{name} = v" for name in METRIC_COLUMNS)
        connection.execute(
            "INSERT INTO minute_metrics (symbol, ts) SELECT 'ODD', g "
            "FROM generate_series('2026-01-01'::timestamptz, '2026-01-01 00:09', '1 minute') g"
        )
        for minute, value in enumerate(("0", "-1", "NaN", "Infinity", "-Infinity", "1e308", "1e29", "1e28", "5e-324")):
            connection.execute(
                f"UPDATE minute_metrics SET {odd} FROM (SELECT {value!r}::float8 AS v) AS s "
                f"WHERE symbol = 'ODD' AND ts = '2026-01-01 00:0{minute}'".encode()
            )
    undefined = "rsi_14m, bollinger_position, volatility_ratio_5m_60m, range_position_60m, up_move_share_15m, macd_to_volatility"
    still = rows(
        warehouse, f"SELECT count(*), max(num_nonnulls({undefined})) FROM minute_features WHERE symbol = 'FLAT'"
    )
    assert still == [(2041, 0)]
    zero = "realised_volatility_60m, bollinger_width, range_width_240m, drawdown_60m, return_240m"
    assert rows(
        warehouse, f"SELECT DISTINCT {zero} FROM minute_features WHERE symbol = 'FLAT' AND ts >= '2026-01-01 05:00'"
    ) == [(0.0, 0.0, 0.0, 0.0, 0.0)]
    columns = feature_columns(warehouse)
    with warehouse.transaction() as connection:
        of_odd = values(connection, columns, "symbol = 'ODD'")
        strange = ", ".join(f"CASE WHEN abs({c}) < 'Infinity' THEN NULL ELSE {c} END AS {c}" for c in columns)
        query = f"SELECT max(num_nonnulls({', '.join(columns)})) FROM (SELECT {strange} FROM minute_features) AS s"
        assert connection.execute(query.encode()).fetchall() == [(0,)]
    assert len(of_odd) == 10
    known = [np.isfinite(row[columns.index("return_1m")]) for row in of_odd.values()]
    assert known == [*[False] * 7, True, False, False]


LEVELS = {
    "volume falls to dust": "volume_24h = CASE WHEN k < 1200 THEN 2e4 ELSE 3e-13 END",
    "a price that was far too high": "last_price = CASE WHEN k = 0 THEN 1e25 ELSE last_price END",
    "a volume that was far too high": "volume_24h = CASE WHEN k = 0 THEN 1e25 ELSE volume_24h END",
    "a price that nearly vanishes": "last_price = CASE WHEN k = 900 THEN 1e-13 ELSE last_price END",
    "a price that falls to nothing": "last_price = last_price * exp(-k / 20.0)",
    "a price at the edge of what is taken": "last_price = CASE WHEN k > 700 THEN 1.01e-6 ELSE 1 END * last_price",
}


@pytest.mark.parametrize("change", LEVELS.values(), ids=LEVELS)
def test_no_level_breaks_a_feature(stored: Warehouse, change: str) -> None:
    """A level that collapses or begins absurdly gives NULL or a finite number, to every reader, and no error."""
    position = "(extract(epoch FROM ts - TIMESTAMPTZ '2026-03-01 00:00Z') / 60)::int"
    columns = feature_columns(stored)
    with changed(stored, f"UPDATE minute_metrics SET {change.replace('k', position)}") as connection:
        found = np.array(list(values(connection, columns, "TRUE").values()))
    assert found.shape[0] == int(3.5 * 1440)
    assert not np.isinf(found).any()
    strength = found[:, columns.index("rsi_14m")]
    assert ((strength >= 0) & (strength <= 100) | np.isnan(strength)).all()


def test_a_day_on_which_clocks_change_is_whole(stored: Warehouse) -> None:
    """The 24 hours before a day are 24 hours in every zone."""
    with changed(stored, "UPDATE minute_metrics SET ts = ts + 6 * INTERVAL '24 hours'") as connection:
        connection.execute("SET LOCAL TimeZone = 'America/New_York'")
        found = connection.execute(
            "SELECT day, count(*), count(*) FILTER (WHERE complete) AS whole FROM minute_features GROUP BY 1 ORDER BY 1"
        )
        assert [tuple(row)[1:] for row in found] == [(1440, 0), (1440, 1440), (1440, 1440), (720, 720)]


def test_new_yorks_clock_goes_on_an_hour_in_spring(stored: Warehouse) -> None:
    """On 8 March 2026, 02:00 there, which is 07:00 UTC, it shows 03:00; the cycles of UTC do not notice."""
    with changed(stored, "UPDATE minute_metrics SET ts = ts + 6 * INTERVAL '24 hours'") as connection:
        found = connection.execute(
            "SELECT round(atan2d(new_york_day_sin, new_york_day_cos) * 4) AS new_york, round(atan2d(day_sin, day_cos) * 4) AS utc "
            "FROM minute_features WHERE ts BETWEEN '2026-03-08 06:58+00' AND '2026-03-08 07:01+00' ORDER BY ts"
        )
        assert [tuple(row) for row in found] == [(118, 418), (119, 419), (180, 420), (181, 421)]


def test_a_day_reads_only_its_own_minutes(stored: Warehouse) -> None:
    """The plan of one day touches that day and the 24 hours before it, not the history and not another symbol."""
    with stored.transaction() as connection:
        connection.execute("INSERT INTO minute_metrics SELECT 'OTHER', ts, last_price FROM minute_metrics")
        for query in (
            "SELECT * FROM minute_features WHERE symbol = 'BTCUSDT' AND day = '2026-03-03'",
            "SELECT * FROM minute_features WHERE symbol = 'BTCUSDT' AND day >= '2026-03-03' AND day < '2026-03-04'",
        ):
            row = connection.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {query}".encode()).fetchone()
            assert row is not None
            [plan] = row[0]
            assert max(rows_read(plan["Plan"])) == 2880, query
    read = "SELECT coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) FROM pg_stat_xact_user_tables WHERE relname = 'minute_metrics'"
    with stored.transaction() as connection:
        connection.execute("SELECT count(*) FROM features_between('BTCUSDT', '2026-03-03', '2026-03-04')")
        [(count,)] = connection.execute(read.encode()).fetchall()
    assert 2880 + 1440 <= count < 2880 + 1440 + 50, "the minutes, the recorded values, and some steps of the calendar"


def rows_read(plan: dict[str, Any]) -> list[float]:
    """Rows that each scan of minute_metrics returned, over all its loops; the steps of the calendar are of one row."""
    own = (
        [(plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)) * plan["Actual Loops"]]
        if plan.get("Relation Name") == "minute_metrics"
        else []
    )
    return own + [count for child in plan.get("Plans", []) for count in rows_read(child)]
