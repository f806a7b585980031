"""The same features and labels by Polars, from Parquet into one array: `python -m bench.features.by_polars`.

Gapless minutes are assumed, as they are in the candles: nothing here looks for a missing one. Exponential averages go
back without end where the view truncates them.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np
import polars as pl

from include.warehouse.snapshots import HORIZON_LABELS

Columns = dict[str, pl.Expr]

RULES = {5: "5m", 10: "10m", 15: "15m", 30: "30m", 60: "1h"}
WEEK = 7 * 1440


def main(minutes: Path, week: Path) -> None:
    """Prints the seconds from the file to the arrays; writes the last week's features, by name, into `week`."""
    began = time.perf_counter()
    frame = known(pl.scan_parquet(minutes)).select(**features(), **labels()).collect()
    names = list(features())
    X = frame.select(names).to_numpy()
    forward = frame.drop(names).to_numpy()
    seconds = time.perf_counter() - began
    np.savez(week, names=names, X=X[-WEEK:])
    print(json.dumps({"seconds": seconds, "features": X.shape, "labels": forward.shape, "dtype": str(X.dtype)}))


def known(minutes: pl.LazyFrame) -> pl.LazyFrame:
    """With what several features rest on; levels are in units of the first, to keep digits in sums over windows."""
    p, v = pl.col("last_price"), pl.col("volume_24h")
    return minutes.with_columns(
        n=pl.int_range(pl.len()).cast(pl.Float64),
        x=(p / p.first()).log(),
        y=p / p.first() - 1,
        u=v.log(),
        w=v / v.first() - 1,
    ).with_columns(r=pl.col("x").diff(), d=pl.col("y").diff())


def labels() -> Columns:
    """Forward log returns, in float64."""
    x = pl.col("x")
    return {f"forward_log_return_{name}": x.shift(-minutes) - x for minutes, name in HORIZON_LABELS.items()}


def features() -> Columns:
    """All of them, in float32, by their names in the view."""
    volatility = {n: (pl.col("r") ** 2).rolling_mean(n).sqrt() for n in (5, 10, 15, 30, 60, 120, 240, 480, 1440)}
    found = {
        **_returns(),
        **_slopes(volatility[60]),
        **_distances(),
        **_volatilities(volatility),
        **_ranges(),
        **_oscillators(volatility[60]),
        **_bands(),
        **_volumes(),
        **_calendar(),
        "minutes_since_move_of_30bp": _minutes_since(0.003, 15, 225),
        "minutes_since_move_of_100bp": _minutes_since(0.01, 60, 1380),
    }
    return {name: value.cast(pl.Float32) for name, value in found.items()}


def _returns() -> Columns:
    x, r = pl.col("x"), pl.col("r")
    return {
        **{f"return_{n}m": x - x.shift(n) for n in (1, 2, 3, 5, 10, 15, 30, 60, 120, 240, 480, 1440)},
        **{f"up_move_share_{n}m": r.clip(0).rolling_sum(n) / r.abs().rolling_sum(n) for n in (15, 60, 240)},
    }


def _slope(level: pl.Expr, length: int) -> pl.Expr:
    """Least squares over the newest `length` levels, a minute: sum of (n - mean n) * level over sum of (n - mean n)^2."""
    n = pl.col("n")
    moments = (n * level).rolling_sum(length) - (n - (length - 1) / 2) * level.rolling_sum(length)
    return moments / (length * (length**2 - 1) / 12)


def _slopes(volatility: pl.Expr) -> Columns:
    p, y = pl.col("last_price"), pl.col("y")
    recorded = {n: 60 * pl.col(f"price_deriv_{rule}") / p for n, rule in RULES.items()}
    return {
        **{f"slope_{n}m": recorded[n] for n in RULES},
        **{f"slope_{n}m": _slope(y, n) / (1 + y) for n in (120, 240)},
        **{f"slope_to_volatility_{n}m": recorded[n] / volatility for n in (5, 15, 60)},
    }


def _distances() -> Columns:
    p = pl.col("last_price")
    return {
        **{f"distance_to_average_{n}m": (p / pl.col(f"price_avg_{rule}")).log() for n, rule in RULES.items()},
        **{f"distance_to_average_{n}m": (p / p.rolling_mean(n)).log() for n in (120, 240, 1440)},
    }


def _volatilities(volatility: dict[int, pl.Expr]) -> Columns:
    r = pl.col("r")
    ratios = ((5, 60), (15, 240), (60, 240), (60, 1440), (240, 1440))
    return {
        **{f"realised_volatility_{n}m": value for n, value in volatility.items()},
        **{f"volatility_ratio_{short}m_{long}m": volatility[short] / volatility[long] for short, long in ratios},
        **{f"upside_variance_share_{n}m": (r.clip(0) ** 2).rolling_sum(n) / (r**2).rolling_sum(n) for n in (60, 240)},
    }


def _ranges() -> Columns:
    x, found = pl.col("x"), {}
    for n in (60, 240, 1440):
        high, low = x.rolling_max(n), x.rolling_min(n)
        found[f"range_position_{n}m"] = (x - low) / (high - low)
        found[f"range_width_{n}m"] = high - low
        found[f"drawdown_{n}m"] = x - high
    return found


def _oscillators(volatility: pl.Expr) -> Columns:
    x, d = pl.col("x"), pl.col("d")
    macd = x.ewm_mean(span=12) - x.ewm_mean(span=26)
    signal = macd.ewm_mean(span=9)
    found = {
        "macd_to_volatility": macd / volatility,
        "macd_signal_to_volatility": signal / volatility,
        "macd_histogram_to_volatility": (macd - signal) / volatility,
    }
    for n in (14, 30, 60):
        rises, moves = (side.ewm_mean(alpha=1 / n) for side in (d.clip(0), d.abs()))
        found[f"rsi_{n}m"] = 100 * rises / moves
    return found


def _bands() -> Columns:
    y = pl.col("y")
    mean, deviation = y.rolling_mean(20), y.rolling_std(20, ddof=0)
    return {
        "bollinger_position": 0.5 + (y - mean) / (4 * deviation),
        "bollinger_width": 4 * deviation / (1 + mean),
    }


def _volumes() -> Columns:
    v, u, w = pl.col("volume_24h"), pl.col("u"), pl.col("w")
    average = {n: pl.col(f"volume_avg_{n}m") for n in (5, 15)}
    recorded = {n: 60 * pl.col(f"volume_deriv_{n}m") / average[n] for n in average}
    return {
        **{f"volume_change_{n}m": u - u.shift(n) for n in (5, 15, 60, 240)},
        **{f"volume_slope_{n}m": slope for n, slope in recorded.items()},
        "volume_slope_60m": _slope(w, 60) / (1 + w.rolling_mean(60)),
        "volume_acceleration": recorded[5] - recorded[15],
        **{f"volume_distance_to_average_{n}m": (v / average[n]).log() for n in average},
        **{f"volume_distance_to_average_{n}m": (v / v.rolling_mean(n)).log() for n in (60, 240)},
    }


def _calendar() -> Columns:
    angle = {
        period: pl.col("ts") % seconds * (2 * np.pi / seconds)
        for period, seconds in (("day", 86_400), ("week", 604_800))
    }
    return {
        **{f"{period}_sin": value.sin() for period, value in angle.items()},
        **{f"{period}_cos": value.cos() for period, value in angle.items()},
    }


def _minutes_since(size: float, span: int, back: int) -> pl.Expr:
    x, n = pl.col("x"), pl.col("n")
    newest = pl.when((x - x.shift(span)).abs() > size).then(n).forward_fill()
    return (n - newest).fill_null(back).clip(upper_bound=back)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
