"""Labels, classes and the triple barrier: what the price did afterwards, against references in Python."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt
import psycopg
import pytest
from markets import FIRST
from pipelines import rows
from stored_prices import MINUTE, UNUSABLE, scanned_rows, store_prices, usable, walk

from include.models.classes import CLASSES, classify
from include.warehouse.connection import Warehouse
from include.warehouse.migrate import migrate
from tests.integration.conftest import PG_VERSIONS

every_version = pytest.mark.parametrize("postgres", PG_VERSIONS, indirect=True)

HORIZONS = {"15m": 15, "30m": 30, "45m": 45, "1h": 60, "2h": 120, "4h": 240}
THRESHOLDS = (0.003, 0.005, 0.0075, 0.01, 0.015)
DAY = 1440
NEXT_DAY = FIRST + timedelta(days=1)


@pytest.fixture
def warehouse(new_database: str) -> Warehouse:
    made = Warehouse(new_database)
    migrate(made)
    return made


def with_strange_minutes(count: int, seed: int) -> tuple[list[float | None], set[int]]:
    """A walk with unusable prices of every kind and missing minutes, some on either side of midnights."""
    prices: list[float | None] = list(walk(count, seed))
    for number, price in enumerate(UNUSABLE):
        prices[200 + 390 * number] = price
    return prices, {700, 701, 1438, 1442, 2880, count - 300}


def labels(warehouse: Warehouse, columns: str, where: str = "TRUE") -> dict[datetime, tuple[Any, ...]]:
    found = rows(warehouse, f"SELECT ts, {columns} FROM minute_labels WHERE symbol = 'BTCUSDT' AND {where} ORDER BY ts")
    return {ts: tuple(values) for ts, *values in found}


def forward(price: npt.NDArray[np.float64], horizon: int) -> npt.NDArray[np.float64]:
    """ln(p[t + horizon] / p[t]) where every price of [t, t + horizon] is known, NaN elsewhere."""
    x = np.log(price)
    padded = np.concatenate((x, np.full(horizon, np.nan)))
    whole = np.isfinite(np.lib.stride_tricks.sliding_window_view(padded, horizon + 1)).all(axis=1)
    return np.where(whole, padded[horizon:] - x, np.nan)


@every_version
def test_a_label_is_known_where_its_whole_horizon_is(warehouse: Warehouse) -> None:
    """NumPy's forward returns, NULL across holes and prices that are none, over midnights; label_end where known."""
    prices, missing = with_strange_minutes(3 * DAY, seed=5)
    store_prices(warehouse, prices, missing=missing)
    price = usable(prices, missing)
    kept = [n for n in range(len(prices)) if n not in missing]
    for name, horizon in HORIZONS.items():
        found = labels(warehouse, f"forward_log_return_{name}, label_end_{name}")
        assert list(found) == [FIRST + n * MINUTE for n in kept]
        expected = forward(price, horizon)[kept]
        returns = np.array([np.nan if value is None else value for value, _ in found.values()])
        assert np.isfinite(expected).sum() > 500, name
        np.testing.assert_allclose(returns, expected, rtol=0, atol=1e-12, err_msg=name)
        ends = [
            None if np.isnan(value) else FIRST + (n + horizon) * MINUTE for n, value in zip(kept, expected, strict=True)
        ]
        assert [end for _, end in found.values()] == ends, name


def test_no_label_rests_on_what_comes_after_its_end(warehouse: Warehouse) -> None:
    """Everything after an instant changed, the labels that end by it keep every bit; taken away, later ones are NULL."""
    cut = NEXT_DAY + timedelta(hours=2, minutes=11)
    columns = ", ".join(f"forward_log_return_{name}, label_end_{name}" for name in HORIZONS)
    store_prices(warehouse, walk(2 * DAY, seed=6))
    before = labels(warehouse, columns, f"ts <= '{cut}'")
    with warehouse.transaction() as connection:
        connection.execute("UPDATE minute_metrics SET last_price = last_price * 1.5 WHERE ts > %s", [cut])
    changed = labels(warehouse, columns, f"ts <= '{cut}'")
    with warehouse.transaction() as connection:
        connection.execute("DELETE FROM minute_metrics WHERE ts > %s", [cut])
    gone = labels(warehouse, columns, f"ts <= '{cut}'")
    for ts, row in before.items():
        for position, horizon in enumerate(HORIZONS.values()):
            was, is_, left = (found[ts][2 * position : 2 * position + 2] for found in (before, changed, gone))
            if ts + horizon * MINUTE <= cut:
                assert was == is_ == left
            else:
                assert was != is_
                assert left == (None, None)
        assert None not in row


def test_a_label_is_the_same_bits_whatever_range_is_asked(warehouse: Warehouse) -> None:
    """One minute, one day, all days and the classes' own column agree."""
    store_prices(warehouse, walk(3 * DAY, seed=7))
    everything = labels(warehouse, "forward_log_return_4h, label_end_4h")
    assert {**labels(warehouse, "forward_log_return_4h, label_end_4h", "day = '2026-03-02'")} == {
        ts: row for ts, row in everything.items() if NEXT_DAY <= ts < NEXT_DAY + timedelta(days=1)
    }
    for minute in (0, 1, 777, 1439, 1440, 2640, 2641):
        ts = FIRST + minute * MINUTE
        assert [(row[2], row[1]) for row in classes(warehouse, ts, ts + MINUTE, 240, 0.01)] == [everything[ts]]
    assert [(row[2], row[1]) for row in classes(warehouse, FIRST, FIRST + timedelta(days=3), 240, 0.01)] == list(
        everything.values()
    )


@pytest.mark.parametrize(
    ("zone", "changes_on"),
    [
        ("America/New_York", "2026-03-08"),
        ("America/New_York", "2026-11-01"),
        ("Europe/Berlin", "2026-10-25"),
        ("Australia/Lord_Howe", "2026-04-05"),
    ],
)
def test_a_day_has_all_its_minutes_where_the_clocks_change(warehouse: Warehouse, zone: str, changes_on: str) -> None:
    """A session's zone with a day of 23, 24.5 or 25 hours takes no minute from a UTC day and doubles none."""
    first = datetime.fromisoformat(changes_on).replace(tzinfo=UTC) - timedelta(days=1)
    store_prices(warehouse, walk(3 * DAY, seed=8), first=first)
    with warehouse.transaction() as connection:
        connection.execute("SELECT set_config('TimeZone', %s, TRUE)", [zone])
        found = connection.execute(
            "SELECT day, count(*) AS rows, count(DISTINCT ts) AS minutes, count(label_end_4h) AS known "
            "FROM minute_labels GROUP BY day ORDER BY day"
        ).fetchall()
    days = [(first + timedelta(days=n)).date() for n in range(3)]
    assert [tuple(row) for row in found] == [(day, DAY, DAY, DAY - 240 * (day == days[2])) for day in days]


def classes(
    warehouse: Warehouse, start: datetime, end: datetime, horizon: int, threshold: Any, symbol: str = "BTCUSDT"
) -> list[tuple[Any, ...]]:
    with warehouse.transaction("reader") as connection:
        found = connection.execute(
            "SELECT * FROM label_classes(%s, %s, %s, %s, %s)", [symbol, start, end, horizon, threshold]
        )
        return [tuple(row) for row in found]


def classified(found: Sequence[tuple[Any, ...]], threshold: float) -> list[str | None]:
    """What the models call those rows."""
    known = iter(classify(np.array([row[2] for row in found if row[2] is not None]), threshold))
    return [None if row[2] is None else CLASSES[next(known)] for row in found]


@every_version
def test_classes_are_those_that_models_learn(warehouse: Warehouse) -> None:
    """Every row of every horizon and threshold has the class of classify, NULL where the future is not known."""
    prices, missing = with_strange_minutes(3 * DAY, seed=9)
    store_prices(warehouse, prices, missing=missing)
    start, end = FIRST + timedelta(hours=1), FIRST + timedelta(days=2, hours=23)
    asked = [FIRST + n * MINUTE for n in range(3 * DAY) if n not in missing]
    seen: set[str | None] = set()
    for name, horizon in HORIZONS.items():
        view = labels(warehouse, f"label_end_{name}, forward_log_return_{name}")
        for threshold in THRESHOLDS:
            found = classes(warehouse, start, end, horizon, threshold)
            assert [row[0] for row in found] == [ts for ts in asked if start <= ts < end]
            assert [row[1:3] for row in found] == [view[row[0]] for row in found]
            assert [row[3] for row in found] == classified(found, threshold)
            seen |= {row[3] for row in found}
    assert seen == {*CLASSES, None}


def test_a_move_of_exactly_the_threshold_is_sideways(warehouse: Warehouse) -> None:
    """Prices exactly 0.5 % apart are SIDEWAYS at 0.005, a tick more is UP or DOWN, at prices from 1e-6 to 1e5."""
    steps = 15
    for number, threshold in enumerate(map(str, THRESHOLDS)):
        move, prices, expected = Decimal(threshold), [], []
        for exponent in range(-6, 6):
            for digits in ("1", "1.2", "2.56", "3", "7.84"):
                price = Decimal(digits).scaleb(exponent)
                tick = Decimal(1).scaleb(exponent - 6)
                for sign, name in ((1, "UP"), (-1, "DOWN")):
                    for more, label in ((0, "SIDEWAYS"), (1, name), (-1, "SIDEWAYS")):
                        prices += [price] * steps + [price * (1 + sign * move) + sign * more * tick] * steps
                        expected += [label] * steps
        symbol = f"BORDER{number}"
        store_prices(warehouse, [float(price) for price in prices], symbol)
        found = classes(warehouse, FIRST, FIRST + len(prices) * MINUTE, steps, threshold, symbol)
        assert [row[3] for n, row in enumerate(found) if n // steps % 2 == 0] == expected
        assert [row[3] for row in found] == classified(found, float(threshold))


def test_a_threshold_of_any_type_is_the_same_number(warehouse: Warehouse) -> None:
    """What models.threshold holds (numeric) and a double give the same classes."""
    store_prices(warehouse, walk(DAY, seed=10))
    span = (FIRST, FIRST + timedelta(days=1), 60)
    assert classes(warehouse, *span, Decimal("0.00500")) == classes(warehouse, *span, 0.005)


def barriers(
    warehouse: Warehouse,
    start: datetime,
    end: datetime,
    horizon: int,
    stop: Any,
    target: Any,
    side: str | None,
    symbol: str = "BTCUSDT",
) -> list[tuple[Any, ...]]:
    with warehouse.transaction("reader") as connection:
        found = connection.execute(
            "SELECT * FROM barrier_outcomes(%s, %s, %s, %s, %s, %s, %s)",
            [symbol, start, end, horizon, stop, target, side],
        )
        return [tuple(row) for row in found]


def barrier_by_hand(
    price: npt.NDArray[np.float64], t: int, horizon: int, stop: Fraction, target: Fraction, side: str
) -> tuple[Any, ...]:
    """The row of one minute, a minute at a time, with moves in whole ticks over exact fractions."""
    unknown = (None, None, None, None, None)
    if t + horizon + 1 >= len(price) or np.isnan(price[t : t + horizon + 2]).any():
        return unknown
    entry, outcome, touched, exit_ = Fraction(str(price[t])), "TIME", None, t + horizon
    for k in range(t + 1, t + horizon + 1):
        move = (Fraction(str(price[k])) / entry - 1) * (1 if side == "BUY" else -1)
        if move >= target or move <= -stop:
            outcome, touched, exit_ = "TARGET" if move > 0 else "STOP", k, k + 1
            break
    gained = price[exit_] / price[t] - 1 if side == "BUY" else 1 - price[exit_] / price[t]
    return at(t + horizon + 1), outcome, None if touched is None else at(touched), at(exit_), gained


def at(n: int) -> datetime:
    return FIRST + n * MINUTE


BARRIERS = [  # horizon, stop, target; 0.25 of a price of 4, 8, … 64 is met exactly, and so is 0.1 of 10 or 20
    (1, "0.1", "0.1"), (2, "0.25", "0.25"), (15, "0.1", "0.2"), (15, "0.25", "0.1"), (37, "0.3", "0.3"),
    (60, "0.05", "0.5"), (60, "0.5", "0.05"), (120, "0.6", "0.6"), (240, "0.9", "1.5"), (300, "0.003", "0.003"),
]  # fmt: skip


@every_version
@pytest.mark.parametrize("seed", range(3))
def test_the_triple_barrier_is_that_of_a_minute_by_minute_reading(warehouse: Warehouse, seed: int) -> None:
    """Walks over few ticks, with holes: outcome, touch, exit and return of every minute, both sides, ten barriers."""
    generator = np.random.default_rng(seed)
    prices: list[float | None] = list(np.clip(20 + np.cumsum(generator.integers(-1, 2, 900)), 4, 64).astype(float))
    missing = set(generator.choice(900, 3, replace=False).tolist()) | {890}
    for position, price in zip(generator.choice(900, len(UNUSABLE), replace=False), UNUSABLE, strict=True):
        prices[position] = price
    store_prices(warehouse, prices, missing=missing)
    price = usable(prices, missing)
    kept = [n for n in range(900) if n not in missing]
    seen: set[tuple[str | None, bool]] = set()
    for horizon, stop, target in BARRIERS:
        for side in ("BUY", "SELL"):
            found = barriers(warehouse, FIRST, at(900), horizon, stop, target, side)
            assert [row[0] for row in found] == [at(n) for n in kept]
            expected = [barrier_by_hand(price, n, horizon, Fraction(stop), Fraction(target), side) for n in kept]
            assert [row[1:] for row in found] == expected, (horizon, stop, target, side)
            seen |= {(row[2], row[1] is not None and row[4] > row[0] + horizon * MINUTE) for row in found}
    late = {(outcome, True) for outcome in ("STOP", "TARGET")}
    assert seen == {("STOP", False), ("TARGET", False), ("TIME", False), (None, False), *late}


@pytest.mark.parametrize(
    ("side", "price", "outcome", "gained"),
    [
        ("BUY", 101, "TARGET", 0.02),
        ("BUY", 99, "STOP", 0.02),
        ("SELL", 99, "TARGET", -0.02),
        ("SELL", 101, "STOP", -0.02),
    ],
)
def test_a_touch_fills_at_the_next_minutes_price(
    warehouse: Warehouse, side: str, price: float, outcome: str, gained: float
) -> None:
    """At exactly the barrier it touches; what is gained is by the minute after, whatever the barrier said."""
    store_prices(warehouse, [100, 100, price, 102, 100, 100])
    [row] = barriers(warehouse, FIRST, at(1), 4, 0.01, 0.01, side)
    assert row[:5] == (FIRST, at(5), outcome, at(2), at(3))
    assert row[5] == pytest.approx(gained, abs=1e-15)


@pytest.mark.parametrize("barrier", [0.003, 0.005, 0.01, 0.015, 0.02])
def test_a_move_of_exactly_the_barrier_touches(warehouse: Warehouse, barrier: float) -> None:
    """100.3 is 0.3 % above 100 although the quotient of the doubles is a bit less; a tick nearer does not touch."""
    for sign, side, outcome in ((1, "BUY", "TARGET"), (1, "SELL", "STOP"), (-1, "SELL", "TARGET"), (-1, "BUY", "STOP")):
        for tick, expected in ((0, outcome), (-1, "TIME"), (1, outcome)):
            symbol = f"{side}{outcome}{tick}"
            there = round(60_000 * (1 + sign * barrier) + sign * tick * 0.01, 2)
            store_prices(warehouse, [60_000, there, 60_000, 60_000], symbol)
            [row] = barriers(warehouse, FIRST, at(1), 2, barrier, barrier, side, symbol)
            assert row[2] == expected, symbol


def test_the_minute_after_the_horizon_is_needed_wherever_it_was_touched(warehouse: Warehouse) -> None:
    """A touch at the last minute fills after the horizon: while that minute is missing, nothing is known of any row."""
    store_prices(warehouse, [100, 100, 100, 103])
    unknown = (FIRST, None, None, None, None, None)
    for barrier in (0.02, 0.05):
        assert barriers(warehouse, FIRST, at(1), 3, barrier, barrier, "BUY") == [unknown]
    store_prices(warehouse, [None], first=at(4))
    for price in (*UNUSABLE, 104):
        assert barriers(warehouse, FIRST, at(1), 3, 0.02, 0.02, "BUY") == [unknown]
        with warehouse.transaction() as connection:
            connection.execute("UPDATE minute_metrics SET last_price = %s WHERE ts = %s", [price, at(4)])
    [row] = barriers(warehouse, FIRST, at(1), 3, 0.02, 0.02, "BUY")
    assert row == (FIRST, at(4), "TARGET", at(3), at(4), 104 / 100 - 1)
    assert barriers(warehouse, FIRST, at(1), 3, 0.05, 0.05, "BUY")[0][:5] == (FIRST, at(4), "TIME", None, at(3))


@pytest.mark.parametrize("hole", ["missing", *UNUSABLE])
def test_a_hole_in_the_horizon_hides_a_touch_before_it(warehouse: Warehouse, hole: Any) -> None:
    """A barrier touched in the second minute is not told while a later minute of the horizon has no price."""
    prices: list[float | None] = [100, 100, 110, 110, 110, 110, 110, 110]
    prices[5] = None if hole == "missing" else hole
    store_prices(warehouse, prices, missing={5} if hole == "missing" else ())
    found = {row[0]: row[2] for row in barriers(warehouse, FIRST, at(8), 3, 0.05, 0.05, "BUY")}
    assert found.pop(at(5), None) is None
    assert found == {at(0): "TARGET", at(1): None, at(2): None, at(3): None, at(4): None, at(6): None, at(7): None}
    assert [row[2] for row in barriers(warehouse, FIRST, at(1), 4, 0.05, 0.05, "BUY")] == [None]


def test_an_outcome_rests_on_nothing_after_its_end_and_on_no_range(warehouse: Warehouse) -> None:
    """Asked minute by minute it is the same, and what comes after label_end changes nothing at or before it."""
    store_prices(warehouse, walk(DAY, seed=11, step=1e-3))
    found = barriers(warehouse, FIRST, at(DAY), 45, 0.004, 0.006, "SELL")
    assert {row[2] for row in found} == {"STOP", "TARGET", "TIME", None}
    for n in range(600, 720):
        assert barriers(warehouse, at(n), at(n + 1), 45, 0.004, 0.006, "SELL") == [found[n]]
    cut = at(800)
    with warehouse.transaction() as connection:
        connection.execute("UPDATE minute_metrics SET last_price = last_price * 1.5 WHERE ts > %s", [cut])
    after = barriers(warehouse, FIRST, at(DAY), 45, 0.004, 0.006, "SELL")
    kept = [row for row in found if row[1] is not None and row[1] <= cut]
    assert kept == [row for row in after if row[1] is not None and row[1] <= cut]
    assert len(kept) > 700


CLOCK_CHANGE = datetime(2026, 3, 8, 7, tzinfo=UTC)  # in New York
ANSWERS = [
    "float8send(forward_log_return) AS value, label FROM market.label_classes('BTCUSDT', {span}, 60, 0.005)",
    "float8send(exit_return) AS value, outcome FROM market.barrier_outcomes('BTCUSDT', {span}, 60, 0.005, 0.01, 'BUY')",
]


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize(
    "setting",
    [
        "TimeZone = 'America/New_York'",
        "TimeZone = 'Asia/Kathmandu'",
        "extra_float_digits = -10",
        "DateStyle = 'German'",
    ],
)
def test_a_sessions_settings_change_no_answer(
    warehouse: Warehouse, new_database: str, answer: str, setting: str
) -> None:
    """By its full name without a search path, in another zone, with few digits: the same bits, over a clock change too."""
    store_prices(warehouse, walk(3 * DAY, seed=12), first=CLOCK_CHANGE - timedelta(days=2))
    epochs = [int((CLOCK_CHANGE + hours * timedelta(hours=1)).timestamp()) for hours in (-9, 19)]
    span = ", ".join(f"to_timestamp({epoch})" for epoch in epochs)
    query = (
        "SELECT extract(epoch FROM ts)::bigint AS at, extract(epoch FROM label_end)::bigint AS known_at, "
        + answer.format(span=span)
    )
    plain = rows(warehouse, query)
    assert [row[0] for row in plain] == list(range(*epochs, 60))
    with psycopg.connect(new_database) as connection:
        connection.execute(f"SET {setting}")
        assert connection.execute(query).fetchall() == plain


@pytest.mark.parametrize("held", [False, True])
def test_where_there_is_nothing_there_are_no_rows(warehouse: Warehouse, held: bool) -> None:
    """An empty warehouse, an unknown symbol, a range before, after or without minutes: no rows and no error."""
    if held:
        store_prices(warehouse, walk(300, seed=13))
    spans = [
        (FIRST - timedelta(days=400), FIRST),
        (FIRST + timedelta(days=3), FIRST + timedelta(days=400)),
        (FIRST + timedelta(hours=1), FIRST + timedelta(hours=1)),
        (FIRST + timedelta(hours=2), FIRST),
    ]
    for symbol, start, end in [*(("BTCUSDT", *span) for span in spans), ("NONE", FIRST, at(60))]:
        assert classes(warehouse, start, end, 15, 0.005, symbol) == []
        assert barriers(warehouse, start, end, 15, 0.01, 0.01, "BUY", symbol) == []
    for call in ("label_classes('BTCUSDT', '-infinity', 'infinity', 15, 0.005)",
                 "barrier_outcomes('BTCUSDT', '-infinity', 'infinity', 15, 0.01, 0.01, 'SELL')"):  # fmt: skip
        known = 285 if "classes" in call else 284  # an outcome needs the minute after its horizon too
        assert rows(warehouse, f"SELECT count(*), count(label_end) AS known FROM {call}") == [
            (300, known) if held else (0, 0)
        ]


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            "label_classes('B', now(), now(), 20, 0.005)",
            "labels over 15, 30, 45, 60, 120 and 240 minutes; a horizon of 20 was",
        ),
        ("label_classes('B', now(), now(), NULL, 0.005)", "a horizon of <NULL> was asked for"),
        (
            "label_classes('B', now(), now(), 15, 0)",
            "A threshold is a fraction above zero, such as 0.005 for 0.5 %; 0 was",
        ),
        ("label_classes('B', now(), now(), 15, -0.005)", "-0.005 was asked for"),
        ("label_classes('B', now(), now(), 15, 'NaN')", "NaN was asked for"),
        ("label_classes('B', now(), now(), 15, NULL)", "<NULL> was asked for"),
        (
            "barrier_outcomes('B', now(), now(), 0, 0.01, 0.01, 'BUY')",
            "A horizon is 1 to 1440 minutes; 0 was asked for",
        ),
        ("barrier_outcomes('B', now(), now(), 1441, 0.01, 0.01, 'BUY')", "1441 was asked for"),
        ("barrier_outcomes('B', now(), now(), NULL, 0.01, 0.01, 'BUY')", "<NULL> was asked for"),
        (
            "barrier_outcomes('B', now(), now(), 15, 0, 0.01, 'BUY')",
            "A stop is a fraction above zero, such as 0.01 for 1 %; 0 was",
        ),
        ("barrier_outcomes('B', now(), now(), 15, 'NaN', 0.01, 'BUY')", "A stop .* NaN was"),
        ("barrier_outcomes('B', now(), now(), 15, 0.01, -1, 'BUY')", "A target is a fraction above zero, .* -1 was"),
        ("barrier_outcomes('B', now(), now(), 15, 0.01, 'Infinity', 'BUY')", "A target .* Infinity was"),
        ("barrier_outcomes('B', now(), now(), 15, 0.01, 0.01, 'HOLD')", "A side is BUY or SELL; HOLD was asked for"),
        ("barrier_outcomes('B', now(), now(), 15, 0.01, 0.01, NULL)", "A side is BUY or SELL; <NULL> was asked for"),
    ],
)
def test_what_cannot_be_asked_is_said(warehouse: Warehouse, new_database: str, call: str, sentence: str) -> None:
    """A wrong horizon, threshold, barrier or side is an error of one sentence with what was given, not an empty answer."""
    with (
        psycopg.connect(new_database) as connection,
        pytest.raises(psycopg.errors.InvalidParameterValue, match=sentence) as raised,
    ):
        connection.execute(f"SELECT * FROM market.{call}")
    assert "\n" not in str(raised.value.diag.message_primary)


@every_version
@pytest.mark.parametrize(
    ("query", "most"),
    [
        ("SELECT * FROM minute_labels WHERE symbol = 'BTCUSDT' AND day = '2026-03-04'", DAY + 240),
        ("SELECT * FROM label_classes('BTCUSDT', '2026-03-04', '2026-03-05', 60, 0.005)", DAY + 240),
        ("SELECT * FROM barrier_outcomes('BTCUSDT', '2026-03-04', '2026-03-05', 30, 0.9, 0.9, 'BUY')", DAY * 32 + 30),
    ],
)
def test_a_day_reads_only_its_own_minutes(warehouse: Warehouse, query: str, most: int) -> None:
    """Of eight days, one and the horizon after it are read, a touch is looked for within its horizon, plans kept or not."""
    store_prices(warehouse, walk(8 * DAY, seed=14))
    with warehouse.transaction() as connection:
        connection.execute("ANALYZE minute_metrics")
    if "(" not in query:
        plan = rows(warehouse, f"EXPLAIN (ANALYZE, FORMAT JSON) {query}")[0][0][0]["Plan"]
        assert DAY <= max(scanned_rows(plan)) <= most
        return
    for mode in ("force_custom_plan", "force_generic_plan"):
        assert DAY <= fetched_rows(warehouse, query, mode) <= most + 100  # the calendar's probes


def fetched_rows(warehouse: Warehouse, query: str, plan_cache_mode: str) -> int:
    """Rows of minute_metrics that a query in a function took up, by the server's own count of this transaction."""
    with warehouse.transaction() as connection:
        connection.execute("SELECT set_config('plan_cache_mode', %s, TRUE)", [plan_cache_mode])
        connection.execute(query)
        counted = connection.execute(
            "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relname = 'minute_metrics'"
        ).fetchone()
    assert counted is not None
    return int(counted[0])
