"""A market replayed from one-minute candles: a Parquet file, or Binance's klines."""

from __future__ import annotations

from hashlib import file_digest
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from include.errors import SettingsError
from include.lab.klines import are_klines, read_klines
from include.lab.market import DAY_MINUTES, MINUTE, Floats, Integers, Minutes, minute_ends

# columns are read one after another and in pieces, and Arrow's buffers given back: a few years of minutes read at
# once take 100 MB that nobody needs afterwards
READ_BYTES = 65_536
COLUMNS = ("open_time", "close", "volume")


class ReplayMarket:
    """The candles of a file as Cortex would hold them; a minute that the file lacks stays missing.

    `last_price` is the candle's close. `volume_24h` is the sum of the volumes that the file holds of the last 1,440
    minutes, published from one day after the file's first minute, at the minutes that the file holds: exchanges leave
    out candles without a trade, and those add nothing to the sum.

    Parameters
    ----------
    file
        Parquet with `open_time` (timestamp with time zone, the first instant of the minute, ascending), `close` and
        `volume`; or what `read_klines` reads.

    Raises
    ------
    SettingsError
        The file cannot be read as such, in one sentence.
    """

    kind = "replay"
    seed = None
    variant = None

    def __init__(self, file: Path) -> None:
        self.file_sha256, opened, close, volume = _klines(file) if are_klines(file) else _parquet(file)
        pa.default_memory_pool().release_unused()
        ends = _minute_ends(file, opened)
        self.first = int(ends[0])
        position = (ends - self.first) // MINUTE
        self._last_price = _dense(position, close)
        self._volume_24h = _rolling_day(_dense(position, volume))

    def minutes(self, start: int, stop: int) -> Minutes:
        """The minutes that end in [start, stop); see `Market`."""
        ts = minute_ends(start, stop)
        position = (ts - self.first) // MINUTE
        held = (position >= 0) & (position < len(self._last_price))
        last_price, volume_24h = np.full(len(ts), np.nan), np.full(len(ts), np.nan)
        last_price[held] = self._last_price[position[held]]
        volume_24h[held] = self._volume_24h[position[held]]
        return Minutes(ts, last_price, volume_24h)


def _klines(file: Path) -> tuple[str, Integers, Floats, Floats]:
    found = read_klines(file)
    return found.sha256(), found.opened, found.close, found.volume


def _parquet(file: Path) -> tuple[str, Integers, Floats, Floats]:
    return _digest(file), *_candles(file)


def _refused(file: Path, what: str) -> SettingsError:
    return SettingsError(
        f"The replay file {file} {what}; it must be Parquet with the columns open_time (timestamp with time zone), "
        "close and volume, one row a minute."
    )


def _digest(file: Path) -> str:
    try:
        with file.open("rb") as content:
            return file_digest(content, "sha256").hexdigest()
    except OSError as error:
        raise _refused(file, f"cannot be read ({error.strerror})") from error


def _candles(file: Path) -> tuple[Integers, Floats, Floats]:
    """Opening times in epoch microseconds, closes and volumes."""
    try:
        with pq.ParquetFile(file, pre_buffer=False, buffer_size=READ_BYTES) as candles:
            _check(file, candles.schema_arrow, candles.metadata.num_rows)
            return _opening_times(file, candles), _column(candles, "close"), _column(candles, "volume")
    except (pa.ArrowException, OSError) as error:
        raise _refused(file, "is not Parquet, or damaged") from error


def _check(file: Path, schema: pa.Schema, rows: int) -> None:
    lacking = [column for column in COLUMNS if column not in schema.names]
    if lacking:
        raise _refused(file, f"lacks {' and '.join(lacking)}")
    if not rows:
        raise _refused(file, "is empty")
    opened = schema.field("open_time").type
    if not pa.types.is_timestamp(opened) or opened.tz is None:
        raise _refused(file, f"has open_time of type {opened}")
    for column in ("close", "volume"):
        kind = schema.field(column).type
        if not (pa.types.is_floating(kind) or pa.types.is_integer(kind)):
            raise _refused(file, f"has {column} of type {kind}")


def _opening_times(file: Path, candles: pq.ParquetFile) -> Integers:
    pieces = []
    for batch in candles.iter_batches(columns=["open_time"], use_threads=False):
        if batch[0].null_count:
            raise _refused(file, "has rows without open_time")
        pieces.append(batch[0].cast(pa.timestamp("us", "UTC"), safe=False).cast(pa.int64()).to_numpy())
    return np.concatenate(pieces)


def _column(candles: pq.ParquetFile, name: str) -> Floats:
    batches = candles.iter_batches(columns=[name], use_threads=False)
    return np.concatenate([batch[0].cast(pa.float64()).to_numpy(zero_copy_only=False) for batch in batches])


def _minute_ends(file: Path, opened: Integers) -> Integers:
    """Sample times, epoch seconds: a candle is known when its minute has ended."""
    if (opened % (MINUTE * 1_000_000)).any():
        raise _refused(file, "has an open_time that is not the first instant of a minute")
    if (np.diff(opened) <= 0).any():
        raise _refused(file, "has an open_time that is not after the one before it")
    return np.asarray(opened // 1_000_000 + MINUTE, dtype=np.int64)


def _dense(position: Integers, values: Floats) -> Floats:
    """The values at their minute, NaN at the minutes between."""
    dense = np.full(int(position[-1]) + 1, np.nan)
    dense[position] = values
    return dense


def _rolling_day(volumes: Floats) -> Floats:
    rolling = np.full(len(volumes), np.nan)
    # week by week and rounded: a running sum over years would leave noise where a day's sum has none
    for begin in range(DAY_MINUTES - 1, len(volumes), 7 * DAY_MINUTES):
        week = np.nan_to_num(volumes[begin - DAY_MINUTES + 1 : begin + 7 * DAY_MINUTES])
        total = np.concatenate([[0.0], np.cumsum(week)])
        rolling[begin : begin + 7 * DAY_MINUTES] = np.round(total[DAY_MINUTES:] - total[:-DAY_MINUTES], 8)
    rolling[np.isnan(volumes)] = np.nan
    return rolling
