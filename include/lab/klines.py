"""Binance's public one-minute klines: a CSV, a zip that holds one, or a folder of them.

Such as https://data.binance.vision/data/spot/monthly/klines/BTCUSDT/1m/BTCUSDT-1m-2024-01.zip: with a header or
without, times in milliseconds, since 2025 in microseconds.
"""

from __future__ import annotations

import io
import re
import zlib
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import numpy as np
import pyarrow as pa
import pyarrow.csv

from include.errors import SettingsError
from include.lab.market import MINUTE, Floats, Integers

COLUMNS = (
    "open_time", "open", "high", "low", "close", "volume", "close_time",
    "quote_volume", "trades", "taker_buy_volume", "taker_buy_quote_volume", "ignore",
)  # fmt: skip
READ = {"open_time": pa.int64(), "close": pa.float64(), "volume": pa.float64(), "close_time": pa.int64()}
SUFFIXES = (".csv", ".zip")
MINUTE_US = MINUTE * 1_000_000
# a time from here on is in microseconds: as milliseconds it would be the year 5138
LEAST_US = 10**14


@dataclass(frozen=True)
class Klines:
    """Candles, ascending: opening times in epoch microseconds, closes in quote currency, volumes in base currency."""

    opened: Integers
    close: Floats
    volume: Floats

    def sha256(self) -> str:
        """Hex digest of what they hold, the same however they are packed in files."""
        digest = sha256()
        for column in (self.opened, self.close, self.volume):
            digest.update(np.ascontiguousarray(column).tobytes())
        return digest.hexdigest()


def are_klines(path: Path) -> bool:
    """Whether a path is to be read as klines, by its name."""
    return path.is_dir() or path.suffix.lower() in SUFFIXES


def read_klines(path: Path) -> Klines:
    """The candles of a file, or of the CSVs and zips of a folder, joined in order of time; of two of a minute, one.

    Raises
    ------
    SettingsError
        A file cannot be read as such, or the folder holds none or those of several symbols.
    """
    tables = [_read(file) for file in (_files(path) if path.is_dir() else [path])]
    opened, first = np.unique(np.concatenate([table.opened for table in tables]), return_index=True)
    close = np.concatenate([table.close for table in tables])
    volume = np.concatenate([table.volume for table in tables])
    return Klines(opened, close[first], volume[first])


def _refused(path: Path, what: str) -> SettingsError:
    return SettingsError(
        f"The replay file {path} {what}; it must be Parquet, or Binance's one-minute klines as CSV of "
        f"{len(COLUMNS)} columns, as a zip of one, or as a folder of these."
    )


def _files(folder: Path) -> list[Path]:
    found = sorted(file for file in folder.iterdir() if file.suffix.lower() in SUFFIXES)
    if not found:
        raise _refused(folder, "is a folder without a .csv or .zip")
    symbols = {match[1] for file in found if (match := re.match(r"([A-Z0-9]+)-1m-", file.name))}
    if len(symbols) > 1:
        raise _refused(folder, f"is a folder with the candles of {' and '.join(sorted(symbols))}, not of one symbol")
    return found


def _read(file: Path) -> Klines:
    try:
        content = _unzipped(file) if file.suffix.lower() == ".zip" else file.read_bytes()
    except (BadZipFile, zlib.error, EOFError, RuntimeError) as error:  # RuntimeError: it wants a password
        raise _refused(file, "is no zip, or damaged") from error
    except OSError as error:
        raise _refused(file, f"cannot be read ({error.strerror})") from error
    first_line = content[:4096].split(b"\n", 1)[0]
    if first_line.count(b",") + 1 != len(COLUMNS):
        raise _refused(file, f"is not Parquet, and its first line has {first_line.count(b',') + 1} columns")
    return _checked(file, _parsed(file, content, has_header=not first_line[:1].isdigit()))


def _unzipped(file: Path) -> bytes:
    with ZipFile(file) as archive:
        inside = [name for name in archive.namelist() if name.lower().endswith(".csv")]
        if len(inside) != 1:
            raise _refused(file, f"is a zip of {len(inside)} CSVs")
        return archive.read(inside[0])


def _parsed(file: Path, content: bytes, *, has_header: bool) -> pa.Table:
    try:
        return pa.csv.read_csv(
            io.BytesIO(content),
            read_options=pa.csv.ReadOptions(column_names=COLUMNS, skip_rows=int(has_header), use_threads=False),
            convert_options=pa.csv.ConvertOptions(include_columns=list(READ), column_types=READ, null_values=[]),
        )
    except pa.ArrowInvalid as error:
        raise _refused(file, f"is no such CSV ({_first_words(error)})") from error


def _first_words(error: Exception) -> str:
    return str(error).splitlines()[0][:120]


def _checked(file: Path, table: pa.Table) -> Klines:
    if not table.num_rows:
        raise _refused(file, "is empty")
    opened, closed = (_microseconds(table[name].to_numpy()) for name in ("open_time", "close_time"))
    if (opened % MINUTE_US).any():
        raise _refused(file, "has an open_time that is not the first instant of a minute")
    # it ends with the last millisecond or microsecond of its minute
    lengths = closed - opened
    odd = lengths[(lengths != MINUTE_US - 1_000) & (lengths != MINUTE_US - 1)]
    if len(odd):
        raise _refused(file, f"has a candle that does not last a minute but {odd[0] / 1e6:g} s")
    return Klines(opened, table["close"].to_numpy(), table["volume"].to_numpy())


def _microseconds(times: Integers) -> Integers:
    return np.where(times < LEAST_US, 1000 * times, times)
