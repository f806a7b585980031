"""How often the drift check alarms where nothing but time has passed.

    python -m bench.drift [--candles PATH] [--days 720] [--work DIR]

A champion is taken to be trained on 180 days and watched for 28 days after; training and watching move on by a week.
The market is the bundled lab's, which is stationary, or with `--candles` the real one, which is not: there an alarm may
be right. Prints, for each length of the live span, the quantiles over all windows of the largest stability index of the
inputs, and the share of windows beyond the shipped bound.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bench.features.minutes import fill, minutes_file, span_of
from bench.server import running
from include.evaluation.stability import QUANTILES
from include.lab.market import SimulatedMarket
from include.settings import load_settings
from include.warehouse.connection import Warehouse
from include.warehouse.snapshots import Features, feature_version, read_features
from include.watching.drift import THINNED_MINUTES, stability

SYMBOL = "BTCUSDT"
SIMULATED_FROM = datetime(2025, 6, 3, tzinfo=UTC)
TRAINING, STEP = timedelta(days=180), timedelta(days=7)
SPANS = tuple(timedelta(days=days) for days in (3, 7, 14, 28))
Arrays = dict[str, npt.NDArray[np.float32]]


def main() -> None:
    arguments = _arguments()
    with running(arguments.work) as server:
        warehouse = Warehouse(server.dsn(server.new_warehouse()))
        span = span_of(arguments.candles, arguments.days) if arguments.candles else None
        if span:
            fill(warehouse, minutes_file(arguments.work, arguments.candles, span))
            first, last = span.start, span.end
        else:
            first, last = SIMULATED_FROM, SIMULATED_FROM + timedelta(days=arguments.days)
            _simulate(warehouse, arguments.seed, first, last)
        features = _features(warehouse, first, last)
    _report(features)


def _simulate(warehouse: Warehouse, seed: int, first: datetime, last: datetime) -> None:
    minutes = SimulatedMarket(seed).minutes(int(first.timestamp()), int(last.timestamp()))
    with warehouse.transaction() as connection, connection.cursor() as cursor:
        with cursor.copy("COPY minute_metrics (symbol, ts, last_price, volume_24h) FROM STDIN") as copy:
            for ts, price, volume in zip(minutes.ts, minutes.last_price, minutes.volume_24h, strict=True):
                copy.write_row((SYMBOL, datetime.fromtimestamp(int(ts), UTC), float(price), float(volume)))
        cursor.execute("ANALYZE minute_metrics")


def _features(warehouse: Warehouse, first: datetime, last: datetime) -> Features:
    with warehouse.transaction("reader", one_snapshot=True) as connection:
        version = feature_version(connection)
        columns = version.columns_within(load_settings().training.longest_lookback)
        return read_features(connection, SYMBOL, first + timedelta(days=2), last, version, columns)


def _report(features: Features) -> None:
    bound = load_settings().watching.drift_stability_index
    names = [name for name, column in zip(features.columns, features.X.T, strict=True) if np.isfinite(column).any()]
    print(
        f"{len(names)} inputs, minutes {THINNED_MINUTES} apart, trained on {TRAINING.days} days; shipped bound {bound:g}"
    )
    print("live span  windows   median    90 %    95 %    99 %  beyond the bound  volatility_60m: 95 %  beyond")
    for span in SPANS:
        found = list(_windows(features, names, span))
        largest = np.array([next(iter(one.values())) for one in found])
        volatility = np.array([one["realised_volatility_60m"] for one in found])
        quantiles = "".join(f"{value:8.2f}" for value in np.quantile(largest, (0.5, 0.9, 0.95, 0.99)))
        print(
            f"{span.days:4} days  {len(found):8} {quantiles}  {(largest > bound).mean():16.1%}  "
            f"{np.quantile(volatility, 0.95):20.2f}  {(volatility > bound).mean():6.1%}"
        )
        furthest = [next(iter(one)) for one in found]
        print("           furthest most often:", ", ".join(sorted(set(furthest), key=furthest.count, reverse=True)[:4]))


def _windows(features: Features, names: list[str], span: timedelta) -> Iterator[dict[str, float]]:
    """Stability of the inputs in every window: the first `span` after a training, and each later one within 28 days."""
    thinned = features.ts % (THINNED_MINUTES * 60) == 0
    ts = features.ts[thinned]
    X = {name: features.X[thinned, features.columns.index(name)] for name in names}
    start = int(ts[0]) + int(TRAINING.total_seconds())
    while start + SPANS[-1].total_seconds() <= ts[-1]:
        trained = (ts >= start - TRAINING.total_seconds()) & (ts < start)
        quantiles = {name: np.nanquantile(column[trained], QUANTILES).tolist() for name, column in X.items()}
        for begin in np.arange(
            start, start + SPANS[-1].total_seconds() - span.total_seconds() + 1, span.total_seconds()
        ):
            live = (ts >= begin) & (ts < begin + span.total_seconds())
            yield stability(quantiles, {name: column[live] for name, column in X.items()}, names)
        start += int(STEP.total_seconds())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--candles", type=Path, help="one-minute candles as Parquet; without: the lab's market")
    parser.add_argument("--days", type=int, default=720)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()))
    return parser.parse_args()


if __name__ == "__main__":
    main()
