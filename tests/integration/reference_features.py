"""The features of minute_features a second time, from their definitions, in Python: slow, plain and exact.

Each value is computed from the windows of its own look-back, in extended precision where the machine has it, so that it
is right to about 1e-12 of itself. Slopes over long windows and extremes are TA-Lib's: its slopes are right to 2e-11 of
their standard deviation, its extremes are exact. Its RSI and MACD go back without end, and its bands lose digits where a
price hardly moves (9e-9 of the standard deviation of %B in August 2023): they are computed here, and
test_features_reference.py holds them against TA-Lib.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import talib

Floats = npt.NDArray[np.float64]
Exact = npt.NDArray[np.longdouble]
Features = dict[str, Exact]

RETURNS = (1, 2, 3, 5, 10, 15, 30, 60, 120, 240, 480, 1440)
SHARES = (15, 60, 240)
RULE_OF_MINUTES = {5: "5m", 10: "10m", 15: "15m", 30: "30m", 60: "1h"}
RULE_AVERAGES = (5, 10, 15, 30, 60)
LONG_SLOPES = (120, 240)
LONG_AVERAGES = (120, 240, 1440)
SLOPES_TO_VOLATILITY = (5, 15, 60)
VOLATILITIES = (5, 10, 15, 30, 60, 120, 240, 480, 1440)
VOLATILITY_RATIOS = ((5, 60), (15, 240), (60, 240), (60, 1440), (240, 1440))
VARIANCE_SHARES = (60, 240)
RANGES = (60, 240, 1440)
RSI_MOVES = {14: 360, 30: 720, 60: 1440}  # span: moves after which it is truncated
MACD_MINUTES = 360
BAND_MINUTES = 20
VOLUME_CHANGES = (5, 15, 60, 240)
VOLUME_RULES = (5, 15)
VOLUME_AVERAGES = (60, 240)
BIG_MOVES = {"30bp": (0.003, 15, 225), "100bp": (0.01, 60, 1380)}  # size, minutes it takes, minutes looked back for it
CALENDAR = {"day": (86_400, "UTC"), "week": (604_800, "UTC"), "new_york_day": (86_400, "America/New_York")}

# how many minutes before t a feature looks at; 0: at columns of the row t alone
LOOK_BACKS: dict[str, int] = {
    **{f"return_{n}m": n for n in RETURNS},
    **{f"up_move_share_{n}m": n for n in SHARES},
    **{f"slope_{n}m": 0 for n in RULE_AVERAGES},
    **{f"slope_{n}m": n - 1 for n in LONG_SLOPES},
    **{f"slope_to_volatility_{n}m": 60 for n in SLOPES_TO_VOLATILITY},
    **{f"distance_to_average_{n}m": 0 for n in RULE_AVERAGES},
    **{f"distance_to_average_{n}m": n - 1 for n in LONG_AVERAGES},
    **{f"realised_volatility_{n}m": n for n in VOLATILITIES},
    **{f"volatility_ratio_{short}m_{long}m": long for short, long in VOLATILITY_RATIOS},
    **{f"upside_variance_share_{n}m": n for n in VARIANCE_SHARES},
    **{f"range_position_{n}m": n - 1 for n in RANGES},
    **{f"range_width_{n}m": n - 1 for n in RANGES},
    **{f"drawdown_{n}m": n - 1 for n in RANGES},
    **{f"rsi_{n}m": moves for n, moves in RSI_MOVES.items()},
    "macd_to_volatility": MACD_MINUTES - 1,
    "macd_signal_to_volatility": MACD_MINUTES - 1,
    "macd_histogram_to_volatility": MACD_MINUTES - 1,
    "bollinger_position": BAND_MINUTES - 1,
    "bollinger_width": BAND_MINUTES - 1,
    **{f"volume_change_{n}m": n for n in VOLUME_CHANGES},
    **{f"volume_slope_{n}m": 0 for n in VOLUME_RULES},
    "volume_slope_60m": 59,
    "volume_acceleration": 0,
    **{f"volume_distance_to_average_{n}m": 0 for n in VOLUME_RULES},
    **{f"volume_distance_to_average_{n}m": n - 1 for n in VOLUME_AVERAGES},
    **{f"{period}_{wave}": 0 for period in CALENDAR for wave in ("sin", "cos")},
    **{f"minutes_since_move_of_{size}": span + back for size, (_, span, back) in BIG_MOVES.items()},
}

# window cells that are laid out side by side at once
BLOCK = 500_000


def reference(columns: Mapping[str, npt.NDArray[Any]]) -> dict[str, Floats]:
    """Every feature of every minute, NaN where it is unknown.

    Parameters
    ----------
    columns
        `ts`, epoch seconds, one minute apart without a gap, and the columns of minute_metrics by name; NaN for NULL,
        and for all of a minute that has no row.
    """
    price, volume = _positive(columns["last_price"]), _positive(columns["volume_24h"])
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        found = {
            **_returns(price),
            **_slopes(price, columns),
            **_distances(price, columns),
            **_volatilities(price),
            **_ranges(price),
            **{f"rsi_{n}m": rsi(price, n, moves) for n, moves in RSI_MOVES.items()},
            **_macd_to_volatility(price),
            **_bands(price),
            **_volumes(volume, columns),
            **_calendar(columns["ts"]),
            **{f"minutes_since_move_of_{size}": _minutes_since(price, *move) for size, move in BIG_MOVES.items()},
        }
    assert found.keys() == LOOK_BACKS.keys()
    return {
        name: _known(found[name], volume if name.startswith("volume_") else price, look_back)
        for name, look_back in LOOK_BACKS.items()
    }


def _positive(values: npt.NDArray[Any]) -> Floats:
    return np.where(np.isfinite(values) & (values > 0), values, np.nan).astype(np.float64)


def _known(feature: Exact, base: Floats, look_back: int) -> Floats:
    """The feature where it is a number and, if it looks back, its base is known in all of [t - look_back, t]."""
    known = np.isfinite(feature)
    if look_back:
        known &= ~np.isnan(over_windows(base, look_back + 1, lambda windows: windows.sum(axis=1)))
    return np.where(known, feature, np.nan).astype(np.float64)


def over_windows(values: npt.NDArray[Any], length: int, function: Callable[[Any], Any]) -> Any:
    """A function of the windows, one a row, that hold each minute and the length - 1 before it; NaN before the first."""
    windows = np.lib.stride_tricks.sliding_window_view(np.concatenate([[np.nan] * (length - 1), values]), length)
    size = max(1, BLOCK // length)
    return np.concatenate([function(windows[first : first + size]) for first in range(0, len(windows), size)])


def _sum(values: npt.NDArray[Any], length: int) -> Exact:
    return np.asarray(over_windows(values.astype(np.longdouble), length, lambda windows: windows.sum(axis=1)))


def _by_run(function: Callable[[Floats], Floats], values: Floats) -> Floats:
    """TA-Lib's function over each run of known values by itself: it knows no holes."""
    answer = np.full(len(values), np.nan)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], ~np.isnan(values), [False]]).astype(int)))
    for first, stop in edges.reshape(-1, 2):
        answer[first:stop] = function(values[first:stop])
    return answer


def slope(values: Floats, length: int) -> Floats:
    """Least-squares slope a minute over the newest `length` values, of their rises: a level would cost it digits."""
    return _by_run(lambda run: talib.LINEARREG_SLOPE(run - run[0], length), values)


def _logarithm(values: Floats) -> Exact:
    return np.log(values.astype(np.longdouble))


def _change(values: npt.NDArray[Any], minutes: int) -> Any:
    """values[t] - values[t - minutes]."""
    if minutes >= len(values):
        return np.full_like(values, np.nan)
    return np.concatenate([np.full_like(values[:minutes], np.nan), values[minutes:] - values[:-minutes]])


def _divided(above: npt.NDArray[Any], below: npt.NDArray[Any]) -> Exact:
    return np.asarray(np.where(below != 0, above / below, np.nan), dtype=np.longdouble)


def _returns(price: Floats) -> Features:
    x = _logarithm(price)
    r = _change(x, 1)
    return {
        **{f"return_{n}m": _change(x, n) for n in RETURNS},
        **{f"up_move_share_{n}m": _divided(_sum(np.maximum(r, 0), n), _sum(np.abs(r), n)) for n in SHARES},
    }


def _slopes(price: Floats, columns: Mapping[str, npt.NDArray[Any]]) -> Features:
    recorded = {n: 60 * columns[f"price_deriv_{rule}"].astype(np.longdouble) for n, rule in RULE_OF_MINUTES.items()}
    slopes = {n: _divided(value, price) for n, value in recorded.items()}
    volatility = realised_volatility(price, 60)
    return {
        **{f"slope_{n}m": slopes[n] for n in RULE_AVERAGES},
        **{f"slope_{n}m": _divided(slope(price, n), price) for n in LONG_SLOPES},
        **{f"slope_to_volatility_{n}m": _divided(slopes[n], volatility) for n in SLOPES_TO_VOLATILITY},
    }


def _distances(price: Floats, columns: Mapping[str, npt.NDArray[Any]]) -> Features:
    recorded = {n: columns[f"price_avg_{rule}"] for n, rule in RULE_OF_MINUTES.items()}
    return {
        **{f"distance_to_average_{n}m": np.log(_divided(price, recorded[n])) for n in RULE_AVERAGES},
        **{f"distance_to_average_{n}m": np.log(price / (_sum(price, n) / n)) for n in LONG_AVERAGES},
    }


def realised_volatility(price: Floats, length: int) -> Exact:
    """Root of the mean square of the last `length` moves of ln price."""
    return np.asarray(np.sqrt(_sum(_change(_logarithm(price), 1) ** 2, length) / length))


def _volatilities(price: Floats) -> Features:
    r = _change(_logarithm(price), 1)
    volatility = {n: realised_volatility(price, n) for n in VOLATILITIES}
    return {
        **{f"realised_volatility_{n}m": volatility[n] for n in VOLATILITIES},
        **{f"volatility_ratio_{a}m_{b}m": _divided(volatility[a], volatility[b]) for a, b in VOLATILITY_RATIOS},
        **{
            f"upside_variance_share_{n}m": _divided(_sum(np.maximum(r, 0) ** 2, n), _sum(r**2, n))
            for n in VARIANCE_SHARES
        },
    }


def _extreme(extreme: Callable[[Floats, int], Floats], values: Floats, length: int) -> Floats:
    return _by_run(lambda run: extreme(run, length), values)


def _ranges(price: Floats) -> Features:
    found: Features = {}
    x = _logarithm(price)
    for n in RANGES:
        # the logarithm keeps the order: its extremes are those of the price
        high, low = (_logarithm(_extreme(extreme, price, n)) for extreme in (talib.MAX, talib.MIN))
        found[f"range_position_{n}m"] = _divided(x - low, high - low)
        found[f"range_width_{n}m"] = high - low
        found[f"drawdown_{n}m"] = x - high
    return found


def rsi(price: Floats, span: int, moves: int) -> Exact:
    """Wilder's RSI, 0 to 100, of the last `moves` moves, the k-th before the newest weighted (1 - 1/span)^k."""
    move = _change(price.astype(np.longdouble), 1)
    up, down = (
        _weighted_sum(np.maximum(side, 0), _decay(1 - np.longdouble(1) / span, moves)) for side in (move, -move)
    )
    return _divided(100 * up, up + down)


def exponential_average(values: Exact, span: int, length: int = MACD_MINUTES) -> Exact:
    """Mean of the last `length` values, the k-th before the newest weighted (1 - 2/(span + 1))^k."""
    weights = _decay(_memory(span), length)
    return _weighted_sum(values, weights) / weights.sum()


def _memory(span: int) -> Any:
    return 1 - np.longdouble(2) / (span + 1)


def _decay(memory: Any, length: int) -> Exact:
    """Powers of `memory`, that of the newest value last."""
    return np.asarray(memory ** np.arange(length)[::-1])


def _weighted_sum(values: Exact, weights: Exact) -> Exact:
    return np.asarray(over_windows(values, len(weights), lambda windows: (windows * weights).sum(axis=1)))


def macd(price: Floats) -> tuple[Exact, Exact]:
    """The 12 minute less the 26 minute exponential average of ln price, and the 9 minute one of that difference."""
    x = _logarithm(price)
    average = {span: exponential_average(x, span) for span in (9, 12, 26)}

    def smoothed(a: int, b: int) -> Exact:
        """The a minute average of the b minute average, both of the whole past, from the two of the values."""
        q_a, q_b = _memory(a), _memory(b)
        return np.asarray(((1 - q_b) * q_a * average[a] - (1 - q_a) * q_b * average[b]) / (q_a - q_b))

    return average[12] - average[26], smoothed(9, 12) - smoothed(9, 26)


def _macd_to_volatility(price: Floats) -> Features:
    difference, signal = macd(price)
    volatility = realised_volatility(price, 60)
    return {
        "macd_to_volatility": _divided(difference, volatility),
        "macd_signal_to_volatility": _divided(signal, volatility),
        "macd_histogram_to_volatility": _divided(difference - signal, volatility),
    }


def bands(price: Floats) -> tuple[Exact, Exact, Exact]:
    """Lower band, mean and upper band of the last 20 prices, 2 population standard deviations apart, less the price.

    Less the price: bands around a price that does not move are then 0 and not almost 0.
    """

    def of_windows(windows: Exact) -> Exact:
        rises = windows - windows[:, -1:]
        mean = rises.mean(axis=1)
        deviation = np.sqrt(((rises - mean[:, None]) ** 2).mean(axis=1))
        return np.column_stack([mean - 2 * deviation, mean, mean + 2 * deviation])

    lower, mean, upper = over_windows(price.astype(np.longdouble), BAND_MINUTES, of_windows).T
    return lower, mean, upper


def _bands(price: Floats) -> Features:
    lower, mean, upper = bands(price)
    return {
        "bollinger_position": _divided(-lower, upper - lower),
        "bollinger_width": _divided(upper - lower, price + mean),
    }


def _volumes(volume: Floats, columns: Mapping[str, npt.NDArray[Any]]) -> Features:
    v = _logarithm(volume)
    average = {n: columns[f"volume_avg_{n}m"].astype(np.longdouble) for n in VOLUME_RULES}
    recorded = {n: _divided(60 * columns[f"volume_deriv_{n}m"].astype(np.longdouble), average[n]) for n in VOLUME_RULES}
    return {
        **{f"volume_change_{n}m": _change(v, n) for n in VOLUME_CHANGES},
        **{f"volume_slope_{n}m": recorded[n] for n in VOLUME_RULES},
        "volume_slope_60m": _divided(slope(volume, 60), _sum(volume, 60) / 60),
        "volume_acceleration": recorded[5] - recorded[15],
        **{f"volume_distance_to_average_{n}m": np.log(_divided(volume, average[n])) for n in VOLUME_RULES},
        **{f"volume_distance_to_average_{n}m": np.log(volume / (_sum(volume, n) / n)) for n in VOLUME_AVERAGES},
    }


def _calendar(ts: npt.NDArray[Any]) -> Features:
    angle = {cycle: 2 * np.pi * (_clock(ts, zone) % period) / period for cycle, (period, zone) in CALENDAR.items()}
    waves = {"sin": np.sin, "cos": np.cos}
    return {f"{cycle}_{wave}": waves[wave](angle[cycle]) for cycle in CALENDAR for wave in waves}


def _clock(ts: npt.NDArray[Any], zone: str) -> npt.NDArray[np.int64]:
    """What the zone's clocks show at ts, as seconds since they showed 1970."""
    shown = (datetime.fromtimestamp(second, ZoneInfo(zone)).replace(tzinfo=UTC) for second in ts.tolist())
    return np.array([int(instant.timestamp()) for instant in shown])


def _minutes_since(price: Floats, size: float, span: int, back: int) -> Exact:
    """Minutes from the newest move of more than `size` within `span` minutes, of those that end in [t - back, t]."""
    is_big = np.abs(_change(_logarithm(price), span)) > size

    def newest(windows: Floats) -> Floats:
        backwards = windows[:, ::-1] == 1
        return np.where(backwards.any(axis=1), backwards.argmax(axis=1), back)

    return np.asarray(over_windows(is_big.astype(float), back + 1, newest))
