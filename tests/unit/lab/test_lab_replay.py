"""Replayed candles: sample times, the rolling volume, holes, and files that are none."""

import numpy as np
import pandas as pd
import pytest

from include.errors import SettingsError
from include.lab.replay import ReplayMarket

FIRST_END = 1709251260  # the candle that opens at 2024-03-01 00:00 UTC ends at 00:01


def test_a_candle_is_the_sample_of_its_minutes_end(write_candles):
    """The close of the candle that opens at 00:00 is the price of 00:01."""
    market = ReplayMarket(write_candles(3))
    minutes = market.minutes(FIRST_END - 60, FIRST_END + 240)
    assert market.first == FIRST_END
    np.testing.assert_array_equal(minutes.last_price, [np.nan, 100, 101, 102, np.nan])


def test_the_volume_is_published_once_a_day_is_complete(write_candles):
    """The 1,440th candle is the first with a 24 h volume, the sum of all 1,440."""
    market = ReplayMarket(write_candles(1442))
    volume = market.minutes(FIRST_END + 1438 * 60, FIRST_END + 1442 * 60).volume_24h
    sums = [sum(1 + n % 7 for n in range(newest - 1439, newest + 1)) for newest in (1439, 1440, 1441)]
    np.testing.assert_array_equal(volume, [np.nan, *sums])


def test_a_missing_minute_stays_missing(write_candles):
    """A hole has neither price nor volume, and adds nothing to the sums after it."""
    whole = ReplayMarket(write_candles(1500)).minutes(FIRST_END, FIRST_END + 1500 * 60)
    holed = ReplayMarket(write_candles(1500, lacking=(1450,))).minutes(FIRST_END, FIRST_END + 1500 * 60)
    assert np.flatnonzero(np.isnan(holed.last_price)).tolist() == [1450]
    assert np.isnan(holed.volume_24h[1450])
    assert holed.volume_24h[1451] == whole.volume_24h[1451] - (1 + 1450 % 7)


@pytest.mark.parametrize(
    ("columns", "complaint"),
    [
        ({"close": "dear"}, "has close of type"),
        ({"volume": "much"}, "has volume of type"),
        ({"open_time": 1}, "has open_time of type int64"),
        ({"open_time": pd.Timestamp("2024-03-01")}, "has open_time of type timestamp"),
        ({"open_time": pd.Timestamp("2024-03-01 00:00:30", tz="UTC")}, "not the first instant of a minute"),
        ({"open_time": pd.Timestamp("2024-03-01", tz="UTC")}, "not after the one before it"),
    ],
)
def test_a_file_of_another_shape_is_refused_in_one_sentence(write_candles, columns, complaint):
    """The sentence names the file, what is wrong, and what the file must hold."""
    file = write_candles(5, **columns)
    with pytest.raises(SettingsError, match=complaint) as refused:
        ReplayMarket(file)
    assert str(file) in str(refused.value)
    assert str(refused.value).endswith("one row a minute.")


def test_a_file_without_a_needed_column_is_refused(tmp_path):
    """The sentence names the lacking columns."""
    pd.DataFrame({"close": [1.0]}).to_parquet(tmp_path / "prices.parquet")
    with pytest.raises(SettingsError, match="lacks open_time and volume"):
        ReplayMarket(tmp_path / "prices.parquet")


def test_a_damaged_file_is_refused(write_candles):
    """Bytes that changed on the disk are a sentence too, not a traceback."""
    file = write_candles(5000)
    content = bytearray(file.read_bytes())
    content[100:3000] = bytes(2900)
    file.write_bytes(content)
    with pytest.raises(SettingsError, match="damaged"):
        ReplayMarket(file)


def test_what_is_no_parquet_or_not_there_is_refused(tmp_path, write_candles):
    """Text, an empty table and an absent file each get their own words."""
    text = tmp_path / "candles.csv"
    text.write_text("open_time,close,volume\n")
    for file, complaint in ((text, "is not Parquet"), (tmp_path / "no", "cannot be read"), (write_candles(0), "empty")):
        with pytest.raises(SettingsError, match=complaint):
            ReplayMarket(file)
