"""Every feature of the view against its definition computed a second time, and that against TA-Lib and Prometheus."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
import talib
from markets import FIRST, ChangeableMarket, Serve
from reference_features import (
    LOOK_BACKS,
    MACD_MINUTES,
    RSI_MOVES,
    Floats,
    bands,
    macd,
    reference,
    rsi,
)
from scipy.signal import lfilter
from stored_minutes import feature_columns, minutes_of, source_rows, store, store_columns, stored_features

from include.cortex.address import Cortex
from include.cortex.client import CortexClient
from include.settings import PACKAGE, load_settings
from include.warehouse.connection import Warehouse
from include.warehouse.features import groups
from include.warehouse.migrate import migrate
from include.warehouse.minutes import METRIC_COLUMNS
from tests.system.prometheus_blocks import make_blocks
from tests.system.prometheus_server import missing_programs, served
from tests.system.real_series import CANDLES, bases, epochs, recorded

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
WARM_UP = 3 * 1440  # minutes; after them nothing is left of the seeds of TA-Lib's recursions
TOLERANCE = 1e-9  # of a column's standard deviation
METRICS = {column: metric.promql for column, metric in load_settings(PACKAGE / "settings.toml").metrics.items()}
LONG_SLOPES = {"slope_120m": 120, "slope_240m": 240}

# the quiet days before the fall of 17 August 2023, and the crash of 5 August 2024: first day after the warm-up, days
STRETCHES = {"2023-08": (datetime(2023, 8, 10, tzinfo=UTC), 10), "2024-08": (datetime(2024, 8, 3, tzinfo=UTC), 5)}
needs_candles = pytest.mark.skipif(not CANDLES.is_file(), reason=f"{CANDLES} is not there; set CORTEX_SIGNALS_CANDLES")

Columns = Mapping[str, npt.NDArray[np.float64]]


@pytest.fixture
def warehouse(new_database: str) -> Warehouse:
    made = Warehouse(new_database)
    migrate(made)
    return made


def simulated() -> dict[str, npt.NDArray[np.float64]]:
    """Four days without a hole."""
    market = ChangeableMarket(days=4, seed=7)
    return {"ts": minutes_of(market), **source_rows(market)}


def odd() -> dict[str, npt.NDArray[np.float64]]:
    """Four days with everything that makes a feature unknown, and a price that stands still for seven hours."""
    market = ChangeableMarket(days=4, seed=8)
    market.last_price[2000:2421] = market.last_price[2000]
    columns = {"ts": minutes_of(market), **{name: values.copy() for name, values in source_rows(market).items()}}
    for name in METRIC_COLUMNS:
        columns[name][[300, 3500]] = np.nan  # no row
    for position, value in ((310, np.nan), (400, 0.0), (401, -1.0), (480, np.inf)):
        columns["last_price"][position] = value
    for position, value in ((320, np.nan), (410, 0.0), (411, -1.0), (490, np.inf)):
        columns["volume_24h"][position] = value
    for name in ("price_avg_5m", "price_deriv_1h", "volume_avg_15m", "volume_deriv_5m"):
        columns[name][330] = np.nan
    for name in ("price_avg_10m", "volume_avg_5m"):
        columns[name][420] = 0.0
    return columns


def real(stretch: str) -> dict[str, npt.NDArray[np.float64]]:
    """Real minutes of a stretch and of the three days before it, with the rules of a Prometheus."""
    first, days = STRETCHES[stretch]
    warm = first - WARM_UP * MINUTE
    series = recorded(bases(CANDLES, warm - DAY, first + days * DAY)).loc[warm:]
    return {
        "ts": epochs(pd.DatetimeIndex(series.index)),
        **{column: series[metric].to_numpy() for column, metric in METRICS.items()},
    }


def disagreements(found: Columns, expected: Columns) -> list[str]:
    """One line for each feature that is not the same in both, the worst first."""
    lines = []
    for name in found.keys() & expected.keys() - {"ts"}:
        ours, theirs = found[name], expected[name]
        nulls = np.isnan(ours) != np.isnan(theirs)
        errors = np.nan_to_num(np.abs(ours - theirs))
        worst = int(errors.argmax())
        ratio = errors[worst] / np.nanstd(theirs) if errors[worst] else 0.0
        if ratio > TOLERANCE:
            said = f"is {float(ours[worst])!r}, not {float(theirs[worst])!r}, {minute(found, worst)}"
            lines.append((ratio, f"{name}: {ratio:.1e} of its standard deviation: {said}"))
        if nulls.any():
            first = int(nulls.argmax())
            said = "NULL, not known," if np.isnan(ours[first]) else "known, not NULL,"
            lines.append((np.inf, f"{name}: in {nulls.sum()} minutes {said} {minute(found, first)} first"))
    return [line for _, line in sorted(lines, reverse=True)]


def minute(columns: Columns, position: int) -> str:
    return f"{datetime.fromtimestamp(int(columns['ts'][position]), UTC):%Y-%m-%d %H:%M}"


def assert_the_view_is_the_reference(warehouse: Warehouse, columns: Columns) -> None:
    """Names, rows, NULLs and values of minute_features are those of the definitions; one's own features have none here."""
    own = {name for group in groups() if group.is_own for name in group.comments}
    names = [name for name in feature_columns(warehouse) if name not in own]
    stored = ~np.isnan([columns[name] for name in METRIC_COLUMNS]).all(axis=0)
    found = stored_features(warehouse, names)
    np.testing.assert_array_equal(found["ts"], columns["ts"][stored])
    expected = {name: values[stored] for name, values in reference(columns).items()}
    differing = [
        *(f"{name}: not in the view" for name in expected if name not in names),
        *(f"{name}: not in the catalogue" for name in names if name not in expected),
        *disagreements(found, expected),
    ]
    assert not differing, "\n".join([f"{len(differing)} disagreements, {len(expected)} features", *differing])


def test_every_feature_is_its_definition_on_simulated_minutes(warehouse: Warehouse) -> None:
    """Four days of a random walk: each column within 1e-9 of its standard deviation, NULL exactly where it must be."""
    columns = simulated()
    store_columns(warehouse, columns)
    assert_the_view_is_the_reference(warehouse, columns)


def test_every_feature_is_its_definition_on_odd_minutes(warehouse: Warehouse) -> None:
    """The same with missing minutes and values, zeros, infinities, and seven hours in which the price stands still."""
    columns = odd()
    store_columns(warehouse, columns)
    assert_the_view_is_the_reference(warehouse, columns)


@needs_candles
@pytest.mark.parametrize("stretch", STRETCHES)
def test_every_feature_is_its_definition_on_real_minutes(warehouse: Warehouse, stretch: str) -> None:
    """The same on real candles, quiet ones and those of a crash."""
    columns = real(stretch)
    store_columns(warehouse, columns, ("cortex", "test"))
    assert_the_view_is_the_reference(warehouse, columns)


def newest(columns: Columns, t: int, minutes: int) -> Columns:
    """The rows [t - minutes, t]."""
    return {name: values[t - minutes : t + 1] for name, values in columns.items()}


@pytest.mark.parametrize("look_back", sorted(set(LOOK_BACKS.values())))
def test_the_reference_looks_back_as_far_as_it_says(look_back: int) -> None:
    """A feature of its look-back alone is that of the whole history, and unknown of a minute less."""
    columns, t = simulated(), WARM_UP
    whole, alone = (reference(newest(columns, t, minutes)) for minutes in (t, look_back))
    for name in (name for name, minutes in LOOK_BACKS.items() if minutes == look_back):
        assert abs(alone[name][-1] - whole[name][t]) < TOLERANCE * np.nanstd(whole[name]), name
    if look_back:
        short = reference(newest(columns, t, look_back - 1))
        assert all(np.isnan(short[name][-1]) for name, minutes in LOOK_BACKS.items() if minutes == look_back)


def test_the_reference_on_minutes_worked_by_hand() -> None:
    """A price that grows by a thousandth each minute, and a volume that gains 3 each minute."""
    market = ChangeableMarket(days=2)
    steps = np.arange(len(market.last_price))
    market.last_price, market.volume_24h = 100 * 1.001**steps, 20_000 + 3.0 * steps
    found = {name: values[-1] for name, values in reference({"ts": minutes_of(market), **source_rows(market)}).items()}
    g, v = np.log(1.001), market.volume_24h[-1]

    def gap(span: int) -> float:
        """By how much an exponential average of a line trails it, in steps: the mean age of what it averages."""
        ages, weights = np.arange(MACD_MINUTES), (1 - 2 / (span + 1)) ** np.arange(MACD_MINUTES)
        return float((ages * weights).sum() / weights.sum())

    expected = {
        "return_480m": 480 * g,
        "up_move_share_60m": 1,
        "realised_volatility_1440m": g,
        "volatility_ratio_5m_60m": 1,
        "upside_variance_share_240m": 1,
        "range_position_1440m": 1,
        "range_width_240m": 239 * g,
        "drawdown_60m": 0,
        "rsi_30m": 100,
        "distance_to_average_120m": -np.log((1 - 1.001**-120) / (1 - 1 / 1.001) / 120),
        "macd_to_volatility": gap(26) - gap(12),
        "macd_histogram_to_volatility": 0,  # of a line that goes on for ever the signal has caught up
        "volume_change_240m": np.log(v / (v - 720)),
        "volume_slope_5m": 3 / (v - 6),
        "volume_slope_60m": 3 / (v - 88.5),
        "volume_acceleration": 3 / (v - 6) - 3 / (v - 21),
        "volume_distance_to_average_60m": np.log(v / (v - 88.5)),
        "day_sin": np.sin(-2 * np.pi / 1440),
        "week_cos": np.cos(2 * np.pi * (4 + 1439 / 1440) / 7),  # it is Monday, and the epoch began on a Thursday
        "new_york_day_cos": np.cos(2 * np.pi * (18 * 60 + 59) / 1440),  # 23:59 UTC in winter
        "minutes_since_move_of_30bp": 0,
        "minutes_since_move_of_100bp": 0,
    }
    assert {name: found[name] for name in expected} == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_the_reference_counts_the_minutes_since_a_jump() -> None:
    """A jump of 0.5 % is a move of 15 minutes for 15 minutes, and no move of 1 %; what is too long ago is not counted."""
    market = ChangeableMarket(days=2)
    market.last_price[:] = 100.0
    market.last_price[2000:] = 100.5
    found = reference({"ts": minutes_of(market), **source_rows(market)})
    since = found["minutes_since_move_of_30bp"]
    assert since[[1999, 2000, 2014, 2015, 2238, 2239, 2240]].tolist() == [225, 0, 0, 1, 224, 225, 225]
    assert np.isnan(since[:240]).all()
    assert set(found["minutes_since_move_of_100bp"][1440:]) == {1380.0}


def walk(name: str) -> Floats:
    """Six days of prices: an even walk, one with a fall of 20 % in a minute, one that all but stands still after that."""
    generator = np.random.default_rng(len(name))
    moves = generator.standard_t(4, 6 * 1440) * 4e-4
    if name != "even":
        moves[CRASH] = np.log(0.8)
    if name == "a crash, then calm":
        moves[CRASH + 1 :] /= 100
    return np.round(60_000 * np.exp(np.cumsum(moves)), 2)


# the minute in which the price of a walk falls by a fifth
CRASH = WARM_UP + 100
SERIES = [
    "even",
    "a crash",
    "a crash, then calm",
    *(pytest.param(stretch, marks=needs_candles) for stretch in STRETCHES),
]


@pytest.fixture(params=SERIES)
def price(request: pytest.FixtureRequest) -> Floats:
    """Prices a minute apart, the first three days of which warm TA-Lib up."""
    return np.asarray(real(request.param)["last_price"] if request.param in STRETCHES else walk(request.param))


def rsi_bound(price: Floats, span: int, length: int) -> Floats:
    """By how many points an RSI of `length` moves may differ from one of all, after the warm-up.

    100 q^L times the weighted sum of the moves before the edge over that of the moves after it: U and D with q^L of
    the older U' and D' added, 100 U / (U + D) moves by 100 q^L |U' D - U D'| / ((U + D) (U + D + q^L (U' + D'))).
    """
    memory = 1 - 1 / span
    of_all = lfilter([1.0], [1.0, -memory], np.abs(np.diff(price, prepend=price[0])))
    before = of_all[WARM_UP - length : -length]
    return np.asarray(100 * memory**length * before / (of_all[WARM_UP:] - memory**length * before))


@pytest.mark.parametrize(("span", "length"), RSI_MOVES.items())
def test_a_truncated_rsi_is_talibs(price: Floats, span: int, length: int) -> None:
    """Left out is q^L, at most 3.2e-11, of 100 points times the ratio of the moves before the edge to those after it."""
    error = np.abs(rsi(price, span, length).astype(float) - talib.RSI(price, span))[WARM_UP:]
    assert (1 - 1 / span) ** length < 3.2e-11
    assert (error <= rsi_bound(price, span, length) + 1e-10).all()


@pytest.mark.parametrize(("span", "length"), RSI_MOVES.items())
def test_a_crash_right_before_the_edge_moves_an_rsi_by_less_than_1e_7_points(span: int, length: int) -> None:
    """Where a fall of 20 % is the newest move left out the bound is met to a factor of 4: no smaller one would do."""
    price, edge = walk("a crash"), CRASH + length
    error = abs(float(rsi(price, span, length)[edge]) - talib.RSI(price, span)[edge])
    assert rsi_bound(price, span, length)[edge - WARM_UP] / 4 < error < 1e-7


def test_a_truncated_macd_is_talibs(price: Floats) -> None:
    """Left out of an exponential average is q^L, at most 9.4e-13, of what ln price spreads over the whole past."""
    x = np.log(price / price[0])
    assert (1 - 2 / 27) ** MACD_MINUTES < 9.4e-13
    of_9, of_12, of_26 = ((1 - 2 / (span + 1)) ** MACD_MINUTES * np.ptp(x) for span in (9, 12, 26))
    # the signal is -2.2, 3.7 and -1.5 times the three averages
    for ours, theirs, bound in zip(
        macd(price), talib.MACD(x, 12, 26, 9), (of_12 + of_26, 3 * of_9 + 4 * of_12 + 2 * of_26), strict=False
    ):
        assert (np.abs(ours.astype(float) - theirs) <= bound + 1e-14)[WARM_UP:].all()


def test_the_bands_are_talibs(price: Floats) -> None:
    """Lower band, mean and upper band of 20 prices are TA-Lib's within a millionth of the quote currency."""
    for ours, theirs in zip(bands(price), reversed(talib.BBANDS(price, 20, 2, 2)), strict=True):
        np.testing.assert_allclose((price + ours).astype(float)[19:], theirs[19:], rtol=0, atol=1e-6)


def asked(url: str, expression: str) -> npt.NDArray[np.float64]:
    """An expression's values in the minutes of the second day."""
    with CortexClient(Cortex(url)) as client:
        [series] = client.query_range(expression, FIRST + DAY, FIRST + 2 * DAY - MINUTE, MINUTE)
    assert len(series.values) == 1440
    return np.asarray(series.values)


def assert_same_slopes(found: Columns, source: Columns) -> None:
    for name in LONG_SLOPES:
        assert np.abs(found[name][1440:] - source[name]).max() < TOLERANCE * np.std(source[name]), name


@pytest.fixture
def market() -> ChangeableMarket:
    return ChangeableMarket(days=2, seed=9)


@pytest.fixture
def slopes_of_the_lab(market: ChangeableMarket, serve: Serve) -> Columns:
    """The least-squares slopes of the lab's own engine, whose ranges are left-open as those of Prometheus 3."""
    url = serve(market, FIRST + 2 * DAY)
    price = asked(url, "last_over_time(crypto_last_price[1m])")
    return {name: 60 * asked(url, f"deriv(crypto_last_price[{n // 60}h])") / price for name, n in LONG_SLOPES.items()}


def test_the_long_slopes_are_those_of_the_lab(market: ChangeableMarket, slopes_of_the_lab: Columns) -> None:
    """60 * deriv over 2 and 4 hours, over the price, asked over HTTP."""
    assert_same_slopes(reference({"ts": minutes_of(market), **source_rows(market)}), slopes_of_the_lab)


def test_the_views_long_slopes_are_those_of_the_lab(
    warehouse: Warehouse, market: ChangeableMarket, slopes_of_the_lab: Columns
) -> None:
    """What the view computes of stored prices is what the source would have said of its own."""
    store(warehouse, market)
    assert_same_slopes(stored_features(warehouse, list(LONG_SLOPES)), slopes_of_the_lab)


@pytest.mark.skipif(bool(missing_programs()), reason=f"{' and '.join(missing_programs())} not installed")
def test_the_long_slopes_are_those_of_a_prometheus(market: ChangeableMarket, tmp_path: Path) -> None:
    """The same of a real Prometheus, in one expression; a range a millisecond shorter is left-open in every version."""
    index = pd.to_datetime(minutes_of(market), unit="s", utc=True)
    make_blocks({"BTCUSDT": pd.DataFrame({"crypto_last_price": market.last_price}, index=index)}, tmp_path / "data")
    price = "last_over_time(crypto_last_price[59s999ms])"
    with served(tmp_path) as server:
        slopes = {
            name: asked(server.url, f"60 * deriv(crypto_last_price[{n * 60_000 - 1}ms]) / {price}")
            for name, n in LONG_SLOPES.items()
        }
    assert_same_slopes(reference({"ts": minutes_of(market), **source_rows(market)}), slopes)
