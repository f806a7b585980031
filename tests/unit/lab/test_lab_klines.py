"""Binance's klines: header or none, milliseconds or microseconds, CSV, zip or folder, and files that are none."""

from hashlib import sha256
from zipfile import ZipFile

import numpy as np
import pytest

from include.errors import SettingsError
from include.lab.klines import read_klines
from include.lab.replay import ReplayMarket

FIRST_OPEN = 1709251200  # 2024-03-01 00:00 UTC
HEADER = (
    "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore"
)


def line(number, *, unit=1000, last=60):
    """The candle of that minute, its close 100 + number; `unit` is of a second, `last` how long it lasts, seconds."""
    opened = (FIRST_OPEN + 60 * number) * unit
    return (
        f"{opened},1.0,2.0,0.5,{100 + number}.50000000,{1 + number % 7}.25,{opened + last * unit - 1},9.9,5,0.5,0.1,0"
    )


def csv(numbers, *, header=False, **shape):
    return "\n".join([HEADER] * header + [line(number, **shape) for number in numbers]) + "\n"


@pytest.fixture
def write(tmp_path):
    def write_text(name, text):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
        return tmp_path / name

    return write_text


@pytest.fixture
def write_zip(tmp_path):
    def write_members(name, **members):
        with ZipFile(tmp_path / name, "w") as archive:
            for member, text in members.items():
                archive.writestr(f"{member}.csv", text)
        return tmp_path / name

    return write_members


@pytest.mark.parametrize("shape", [{}, {"header": True}, {"unit": 1_000_000}, {"header": True, "unit": 1_000_000}])
def test_a_candle_is_the_sample_of_its_minutes_end(write, shape):
    """With a header or without, in milliseconds or microseconds, the first close is the price of 00:01."""
    market = ReplayMarket(write("BTCUSDT-1m-2024-03.csv", csv(range(3), **shape)))
    minutes = market.minutes(FIRST_OPEN, FIRST_OPEN + 300)
    np.testing.assert_array_equal(minutes.last_price, [np.nan, 100.5, 101.5, 102.5, np.nan])


def test_the_volume_is_the_sum_of_a_day(write):
    """The 1,440th candle is the first with a 24 h volume."""
    market = ReplayMarket(write("a.csv", csv(range(1441))))
    volume = market.minutes(FIRST_OPEN + 1439 * 60, FIRST_OPEN + 1442 * 60).volume_24h
    sums = [sum(1.25 + n % 7 for n in range(newest - 1439, newest + 1)) for newest in (1439, 1440)]
    np.testing.assert_array_equal(volume, [np.nan, *sums])


def test_a_folder_is_joined_in_order_of_time(write, write_zip, tmp_path):
    """CSVs and zips of it, whatever their names' order; a minute that two hold is there once, others stay missing."""
    write("BTCUSDT-1m-2024-04.csv", csv(range(3)))
    write_zip("BTCUSDT-1m-2024-03.zip", klines=csv(range(2, 6), header=True, unit=1_000_000))
    write("BTCUSDT-1m-2024-05.csv", csv([8, 7]))
    write("BTCUSDT-1m-2024-03.zip.CHECKSUM", "not a candle")
    found = read_klines(tmp_path)
    assert ((found.opened // 1_000_000 - FIRST_OPEN) // 60).tolist() == [0, 1, 2, 3, 4, 5, 7, 8]
    assert found.close.tolist() == [100.5, 101.5, 102.5, 103.5, 104.5, 105.5, 107.5, 108.5]


def test_the_digest_is_that_of_the_candles(write, write_zip):
    """The same candles are the same replay however they are packed; another close is another one."""
    plain = ReplayMarket(write("a.csv", csv(range(5)))).file_sha256
    packed = ReplayMarket(write_zip("b.zip", klines=csv(range(5), header=True, unit=1_000_000))).file_sha256
    other = ReplayMarket(write("c.csv", csv(range(5)).replace("104.5", "104.6"))).file_sha256
    assert (len(plain), plain == packed, plain == other) == (64, True, False)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "its first line has 1 columns"),
        ("1,2,3\n", "is not Parquet, and its first line has 3 columns"),
        (HEADER + "\n", "is empty"),
        (csv([0, 1], last=300), "a candle that does not last a minute but 299.999 s"),
        (csv([0]).replace("17092512", "17092513"), "not the first instant of a minute"),
        (csv([0]).replace("100.5", "dear"), "is no such CSV"),
        (csv([0]) + "1,2,3\n", "is no such CSV"),
    ],
)
def test_a_csv_of_another_shape_is_refused_in_one_sentence(write, text, complaint):
    """The sentence names the file, what is wrong, and what it must be."""
    file = write("candles.csv", text)
    with pytest.raises(SettingsError, match=complaint) as refused:
        ReplayMarket(file)
    assert str(file) in str(refused.value)
    assert str(refused.value).endswith("as a folder of these.")


def test_zips_and_folders_of_another_shape_are_refused(write, write_zip, tmp_path):
    """No zip, no CSV or two in it, an absent file, an empty folder, and one of two symbols."""
    (tmp_path / "empty").mkdir()
    write("both/BTCUSDT-1m-2024-01.csv", csv([0]))
    two = write("both/ETHUSDT-1m-2024-01.csv", csv([0])).parent
    for path, complaint in (
        (write("text.zip", "text"), "is no zip"),
        (write_zip("none.zip"), "is a zip of 0 CSVs"),
        (write_zip("two.zip", one=csv([0]), two=csv([1])), "is a zip of 2 CSVs"),
        (tmp_path / "absent.csv", "cannot be read"),
        (tmp_path / "empty", "a folder without a .csv or .zip"),
        (two, "the candles of BTCUSDT and ETHUSDT, not of one symbol"),
    ):
        with pytest.raises(SettingsError, match=complaint):
            ReplayMarket(path)


def test_a_parquet_file_keeps_the_digest_of_its_bytes(write_candles):
    """A warehouse that knows a replay by it goes on knowing it."""
    file = write_candles(3)
    assert ReplayMarket(file).file_sha256 == sha256(file.read_bytes()).hexdigest()
