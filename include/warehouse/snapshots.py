"""Features and labels as arrays: the one place where features become float32, for training and live alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from hashlib import sha256
from typing import Any

import numpy as np
import numpy.typing as npt
from psycopg import sql

from include.errors import NotReady
from include.warehouse.connection import Connection, Warehouse
from include.warehouse.features import definition, view_name
from include.warehouse.statements import statement

HORIZON_LABELS = {15: "15m", 30: "30m", 45: "45m", 60: "1h", 120: "2h", 240: "4h"}
CHUNK = timedelta(days=15)
MINUTE = timedelta(minutes=1)
READERS = 2  # connections that a training reads with; a view of one connection computes on one core


@dataclass(frozen=True)
class FeatureVersion:
    """A definition of minute_features: its number, hash and columns in order.

    `lookback_minutes`: minutes before ts that each column uses, 0 for the row of ts alone; None where it was not recorded.
    """

    number: int
    hash: str
    columns: tuple[str, ...]
    lookback_minutes: tuple[int, ...] | None

    def columns_within(self, lookback: timedelta) -> tuple[str, ...]:
        """The columns that look back no further, in order: what a hole of a minute keeps unknown for no longer."""
        minutes = self.lookback_minutes or (0,) * len(self.columns)
        return tuple(c for c, m in zip(self.columns, minutes, strict=True) if m <= lookback / MINUTE)


@dataclass(frozen=True, eq=False)
class Features:
    """Rows of a version's view in order of ts.

    columns: names of the columns of X. ts: epoch seconds of the minute's end, int64, shape (rows,). X: float32, shape
    (rows, columns), NaN for unknown. price: last_price, float64, shape (rows,), NaN for unknown.
    """

    version: FeatureVersion
    columns: tuple[str, ...]
    ts: npt.NDArray[np.int64]
    X: npt.NDArray[np.float32]
    price: npt.NDArray[np.float64]

    @property
    def complete(self) -> npt.NDArray[np.bool_]:
        """Rows without an unknown value, shape (rows,)."""
        return np.asarray(np.isfinite(self.X).all(axis=1) & np.isfinite(self.price))


@dataclass(frozen=True, eq=False)
class Snapshot:
    """What a training reads: features, and forward log returns by horizon in minutes, NaN for unknown.

    levels: columns of minute_metrics that were asked for, float32, shape (rows,) each, NaN for unknown.
    """

    features: Features
    forward_log_returns: dict[int, npt.NDArray[np.float64]]
    levels: dict[str, npt.NDArray[np.float32]] = field(default_factory=dict)

    def hash_for(self, horizon_minutes: int) -> str:
        """SHA-256 of every byte that a training of the horizon rests on, whichever others were read with it."""
        digest = self._digest.copy()
        digest.update(np.ascontiguousarray(self.forward_log_returns[horizon_minutes]).data)
        return str(digest.hexdigest())

    @cached_property
    def _digest(self) -> Any:
        digest = sha256(f"{self.features.version.hash} {' '.join([*self.features.columns, *self.levels])}".encode())
        for array in (self.features.ts, self.features.X, *self.levels.values()):
            digest.update(np.ascontiguousarray(array).data)
        return digest


def feature_version(connection: Connection) -> FeatureVersion:
    """The definition that this code holds; raises NotReady where it was never applied."""
    version = find_feature_version(connection, definition().hash)
    if version is None:
        raise NotReady(
            "The warehouse does not have this version's features yet; run `cortex-signals migrate` (in Airflow, migrate_warehouse)."
        )
    return version


def find_feature_version(connection: Connection, feature_hash: str) -> FeatureVersion | None:
    """The registered version of that hash, whether its view is there or not; None where it was never applied."""
    row = connection.execute(statement("feature_version"), {"hash": feature_hash}).fetchone()
    return _version(row) if row else None


def kept_versions(connection: Connection) -> dict[int, FeatureVersion]:
    """The versions whose view is there, by number: those that models may be scored on."""
    return {row.feature_version: _version(row) for row in connection.execute(statement("feature_versions_kept"))}


def _version(row: Any) -> FeatureVersion:
    lookbacks = tuple(row.lookback_minutes) if row.lookback_minutes else None
    return FeatureVersion(row.feature_version, row.feature_hash, tuple(row.columns), lookbacks)


def read_features(
    connection: Connection,
    symbol: str,
    start: datetime,
    end: datetime,
    version: FeatureVersion,
    columns: Sequence[str] | None = None,
) -> Features:
    """Features of the symbol's loaded minutes with ts in [start, end), UTC; empty arrays where there are none.

    The connection's transaction must see one snapshot: features and prices are two reads.

    Parameters
    ----------
    version
        Whose view is read.
    columns
        Only these of it; what is not asked for is not computed. None: all.
    """
    chosen = version.columns if columns is None else tuple(columns)
    parts = [_read_features(connection, symbol, a, b, version, chosen) for a, b in _chunks(start, end)]
    return _together(version, chosen, parts)


def read_minutes(
    connection: Connection, symbol: str, start: datetime, end: datetime, columns: Sequence[str]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Epoch seconds and values of the symbol's loaded minutes with ts in [start, end), UTC; NaN for unknown.

    Shapes (rows,) and (rows, columns).
    """
    return _read_chunk(connection, "minute_metrics", symbol, start, end, columns, np.float64)


Part = tuple[npt.NDArray[np.int64], npt.NDArray[np.float32], npt.NDArray[np.float64]]


def _read_features(
    connection: Connection, symbol: str, start: datetime, end: datetime, version: FeatureVersion, columns: Sequence[str]
) -> Part:
    """(ts, X, price) of one chunk."""
    ts, values = _read_chunk(connection, view_name(version.number), symbol, start, end, columns, np.float32)
    price_ts, price = read_minutes(connection, symbol, start, end, ["last_price"])
    if not np.array_equal(ts, price_ts):
        raise AssertionError("minute_features has other minutes than minute_metrics in one snapshot")
    return ts, values, price[:, 0]


def _together(version: FeatureVersion, columns: tuple[str, ...], parts: Sequence[Part]) -> Features:
    none = (np.empty(0, np.int64), np.empty((0, len(columns)), np.float32), np.empty(0))
    ts, values, price = (np.concatenate(arrays) for arrays in zip(none, *parts, strict=True))
    return Features(version, columns, ts, values, price)


def read_snapshot(
    warehouse: Warehouse,
    symbol: str,
    start: datetime,
    end: datetime,
    horizons_minutes: Sequence[int],
    longest_lookback: timedelta | None = None,
    levels: Sequence[str] = (),
) -> Snapshot:
    """One consistent read of features and labels of the minutes with ts in [start, end), UTC.

    A label is known when it ends before `end`; later ones are NaN, whatever the warehouse holds.

    Parameters
    ----------
    longest_lookback
        Only the features that look back no further. None: all.
    levels
        Columns of minute_metrics to read beside the features.
    """
    labels = [f"forward_log_return_{HORIZON_LABELS[h]}" for h in horizons_minutes]
    with warehouse.transaction("reader", one_snapshot=True) as connection:
        version = feature_version(connection)
        columns = version.columns if longest_lookback is None else version.columns_within(longest_lookback)
        of_this_instant = _export_snapshot(connection)
        level_values = (
            [_read_levels(connection, symbol, a, b, levels) for a, b in _chunks(start, end)] if levels else []
        )

        def read(chunks: Sequence[tuple[datetime, datetime]]) -> list[tuple[Part, npt.NDArray[np.float64]]]:
            with warehouse.transaction("reader", snapshot=of_this_instant) as other:
                return [_read_both(other, symbol, a, b, version, columns, labels) for a, b in chunks]

        with ThreadPoolExecutor(READERS) as pool:
            chunks = list(_chunks(start, end))
            shares = list(pool.map(read, [chunks[k::READERS] for k in range(READERS)]))
    parts = [shares[k % READERS][k // READERS] for k in range(len(chunks))]
    features = _together(version, columns, [part for part, _ in parts])
    values = np.concatenate([np.empty((0, len(labels))), *(label for _, label in parts)])
    known = {h: features.ts + h * 60 < int(end.timestamp()) for h in horizons_minutes}
    return Snapshot(
        features,
        {h: np.where(known[h], values[:, k], np.nan) for k, h in enumerate(horizons_minutes)},
        dict(zip(levels, np.concatenate([np.empty((0, len(levels)), np.float32), *level_values]).T, strict=True)),
    )


def read_labelled(
    connection: Connection,
    symbol: str,
    start: datetime,
    end: datetime,
    version: FeatureVersion,
    columns: Sequence[str],
    horizon_minutes: int,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Features, npt.NDArray[np.float64]]:
    """Some features of a version with ts in [start, end), UTC, and each row's forward log return.

    A return is NaN where it is unknown, or where it ends at or after `end`. The connection's transaction must see one
    snapshot.

    Parameters
    ----------
    progress
        Called with (minutes read, minutes of the span).
    """
    label = f"forward_log_return_{HORIZON_LABELS[horizon_minutes]}"
    read = []
    for a, b in _chunks(start, end):
        read.append(_read_both(connection, symbol, a, b, version, columns, [label]))
        if progress:
            progress((b - start) // MINUTE, (end - start) // MINUTE)
    features = _together(version, tuple(columns), [part for part, _ in read])
    returns = np.concatenate([np.empty(0), *(values[:, 0] for _, values in read)])
    return features, np.where(features.ts + horizon_minutes * 60 < int(end.timestamp()), returns, np.nan)


def _export_snapshot(connection: Connection) -> str:
    """The name of the transaction's snapshot, which others may take while it lasts: it does nothing meanwhile."""
    connection.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
    row = connection.execute("SELECT pg_export_snapshot() AS name").fetchone()
    assert row is not None
    return str(row.name)


def _read_both(
    connection: Connection,
    symbol: str,
    start: datetime,
    end: datetime,
    version: FeatureVersion,
    columns: Sequence[str],
    labels: Sequence[str],
) -> tuple[Part, npt.NDArray[np.float64]]:
    """Features and labels of one chunk."""
    part = _read_features(connection, symbol, start, end, version, columns)
    ts, values = _read_chunk(connection, "minute_labels", symbol, start, end, labels, np.float64)
    if not np.array_equal(ts, part[0]):
        raise AssertionError("minute_labels has other minutes than minute_features in one snapshot")
    return part, values


def _read_levels(
    connection: Connection, symbol: str, start: datetime, end: datetime, levels: Sequence[str]
) -> npt.NDArray[np.float32]:
    """Columns of minute_metrics of one chunk, whose minutes are those of the features."""
    _, values = _read_chunk(connection, "minute_metrics", symbol, start, end, levels, np.float32)
    return np.asarray(values)


def _chunks(start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """[start, end) cut at midnights UTC, so that no day is computed twice."""
    while start < end:
        cut = min((start + CHUNK).astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0), end)
        yield start, cut
        start = cut


def _read_chunk(
    connection: Connection, view: str, symbol: str, start: datetime, end: datetime, columns: Sequence[str], dtype: Any
) -> tuple[npt.NDArray[np.int64], npt.NDArray[Any]]:
    by_day = sql.SQL("" if view == "minute_metrics" else "AND day >= {first} AND day <= {last}").format(
        first=sql.Literal(start.astimezone(UTC).date()),
        last=sql.Literal((end - timedelta(minutes=1)).astimezone(UTC).date()),
    )
    # NULL travels as NaN: then every row has the same length and the whole answer is one array
    query = sql.SQL(
        "COPY (SELECT extract(epoch FROM ts)::float8, {columns} FROM {view} WHERE symbol = {symbol} {by_day} "
        "AND ts >= {start} AND ts < {end} ORDER BY ts) TO STDOUT (FORMAT BINARY)"
    ).format(
        columns=sql.SQL(", ").join(sql.SQL("coalesce({}, 'NaN')").format(sql.Identifier(c)) for c in columns),
        view=sql.Identifier(view),
        symbol=sql.Literal(symbol),
        by_day=by_day,
        start=sql.Literal(start),
        end=sql.Literal(end),
    )
    with connection.cursor().copy(query) as copy:
        answer = b"".join(bytes(block) for block in copy)
    return _decode(answer, len(columns), dtype)


# https://www.postgresql.org/docs/current/sql-copy.html, binary format: a header of 19 bytes, then for each row a count
# of fields and for each field its length and bytes, big-endian, then a trailer of 2 bytes.
HEADER, TRAILER = 19, 2


def _decode(answer: bytes, columns: int, dtype: Any) -> tuple[npt.NDArray[np.int64], npt.NDArray[Any]]:
    row = np.dtype([("fields", ">i2"), ("field", [("length", ">i4"), ("value", ">f8")], columns + 1)])
    rows = np.frombuffer(answer, dtype=row, offset=HEADER, count=(len(answer) - HEADER - TRAILER) // row.itemsize)
    values = rows["field"]["value"]
    return values[:, 0].astype(np.int64), values[:, 1:].astype(dtype)
