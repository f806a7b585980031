"""Features and labels as arrays: the one place where features become float32, for training and live alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import numpy as np
import numpy.typing as npt
from psycopg import sql

from include.errors import NotReady
from include.warehouse.connection import Connection, Warehouse
from include.warehouse.migrate import feature_hash
from include.warehouse.statements import statement

HORIZON_LABELS = {15: "15m", 30: "30m", 45: "45m", 60: "1h", 120: "2h", 240: "4h"}
CHUNK = timedelta(days=30)


@dataclass(frozen=True)
class FeatureVersion:
    """The definition of minute_features in force: its number, hash and columns in order."""

    number: int
    hash: str
    columns: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Features:
    """Rows of minute_features in order of ts.

    ts: epoch seconds of the minute's end, int64, shape (rows,). X: float32, shape (rows, columns), NaN for unknown.
    price: last_price, float64, shape (rows,), NaN for unknown.
    """

    version: FeatureVersion
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

    `hash` is of every byte of it, so that a training can say what it rested on.
    """

    features: Features
    forward_log_returns: dict[int, npt.NDArray[np.float64]]

    @property
    def hash(self) -> str:
        digest = sha256(self.features.version.hash.encode())
        for array in (self.features.ts, self.features.X, *self.forward_log_returns.values()):
            digest.update(np.ascontiguousarray(array).data)
        return digest.hexdigest()


def feature_version(connection: Connection) -> FeatureVersion:
    """The definition in force; raises NotReady where this code's was never applied."""
    row = connection.execute(statement("feature_version"), {"hash": feature_hash()}).fetchone()
    if row is None:
        raise NotReady(
            "The warehouse does not have this version's features yet; run `cortex-signals migrate` (in Airflow, migrate_warehouse)."
        )
    return FeatureVersion(row.feature_version, row.feature_hash, tuple(row.columns))


def read_features(connection: Connection, symbol: str, start: datetime, end: datetime) -> Features:
    """Features of the symbol's loaded minutes with ts in [start, end), UTC; empty arrays where there are none.

    The connection's transaction must see one snapshot: features and prices are two reads.
    """
    version = feature_version(connection)
    ts, values = _read(connection, "minute_features", symbol, start, end, version.columns, np.float32)
    price_ts, price = _read(connection, "minute_metrics", symbol, start, end, ["last_price"], np.float64)
    if not np.array_equal(ts, price_ts):
        raise AssertionError("minute_features has other minutes than minute_metrics in one snapshot")
    return Features(version, ts, values, price[:, 0])


def read_snapshot(
    warehouse: Warehouse, symbol: str, start: datetime, end: datetime, horizons_minutes: Sequence[int]
) -> Snapshot:
    """One consistent read of features and labels of the minutes with ts in [start, end), UTC.

    A label is known when it ends before `end`; later ones are NaN, whatever the warehouse holds.
    """
    with warehouse.transaction("reader", one_snapshot=True) as connection:
        features = read_features(connection, symbol, start, end)
        columns = [f"forward_log_return_{HORIZON_LABELS[h]}" for h in horizons_minutes]
        ts, labels = _read(connection, "minute_labels", symbol, start, end, columns, np.float64)
    if not np.array_equal(ts, features.ts):
        raise AssertionError("minute_labels has other minutes than minute_features in one snapshot")
    returns = {}
    for position, horizon in enumerate(horizons_minutes):
        known = ts + horizon * 60 < int(end.timestamp())
        returns[horizon] = np.where(known, labels[:, position], np.nan)
    return Snapshot(features, returns)


def _read(
    connection: Connection, view: str, symbol: str, start: datetime, end: datetime, columns: Sequence[str], dtype: Any
) -> tuple[npt.NDArray[np.int64], npt.NDArray[Any]]:
    """(ts, values) of a view or table, read in chunks so that the binary text of years is never held at once."""
    parts = [_read_chunk(connection, view, symbol, a, b, columns, dtype) for a, b in _chunks(start, end)]
    ts = np.concatenate([part[0] for part in parts]) if parts else np.empty(0, dtype=np.int64)
    values = np.concatenate([part[1] for part in parts]) if parts else np.empty((0, len(columns)), dtype=dtype)
    return ts, values


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
