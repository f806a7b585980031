"""The simulated market: the same everywhere, and like a market."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from include.lab.market import ANCHOR, DAY, SimulatedMarket

FIRST = ANCHOR + DAY
SOME_DAY = ANCHOR + 40 * DAY


@pytest.fixture(scope="module")
def half_year(simulated):
    return simulated.minutes(FIRST, FIRST + 180 * DAY)


@pytest.fixture(scope="module")
def returns(half_year):
    return np.diff(np.log(half_year.last_price))


def autocorrelation(values, lag):
    centred = values - values.mean()
    return (centred[:-lag] * centred[lag:]).mean() / centred.var()


def test_a_minute_has_the_same_value_in_a_fresh_market_whatever_was_asked_before():
    """A fresh market that is asked for later days first gives the same minutes."""
    asked_in_order, asked_backwards = SimulatedMarket(3), SimulatedMarket(3)
    early = asked_in_order.minutes(FIRST, FIRST + 2 * DAY)
    late = asked_in_order.minutes(SOME_DAY - 3600, SOME_DAY + 3600)
    for expected in (late, early):
        again = asked_backwards.minutes(int(expected.ts[0]), int(expected.ts[-1]) + 60)
        assert_array_equal(again.last_price, expected.last_price)
        assert_array_equal(again.volume_24h, expected.volume_24h)


def test_a_pinned_minute_of_seed_7(simulated):
    """The value of a minute does not change between releases: warehouses keep it."""
    minute = simulated.minutes(SOME_DAY, SOME_DAY + 60)
    assert (minute.ts[0], minute.last_price[0], minute.volume_24h[0]) == (1752192000, 59475.47, 17697.31233)


def test_seeds_are_different_markets(simulated):
    """Another seed gives other prices."""
    other = SimulatedMarket(8).minutes(SOME_DAY, SOME_DAY + DAY)
    assert not np.isclose(other.last_price, simulated.minutes(SOME_DAY, SOME_DAY + DAY).last_price).any()


def test_nothing_is_published_before_the_24_hour_volume_is_complete(simulated):
    """Both series begin one day after the anchor."""
    minutes = simulated.minutes(FIRST - 120, FIRST + 120)
    assert_array_equal(np.isnan(minutes.last_price), [True, True, False, False])
    assert_array_equal(np.isnan(minutes.volume_24h), [True, True, False, False])


def test_a_range_holds_its_first_minute_and_not_its_end(simulated):
    """Ranges are half-open and name minutes by their end."""
    assert simulated.minutes(SOME_DAY, SOME_DAY + 180).ts.tolist() == [SOME_DAY, SOME_DAY + 60, SOME_DAY + 120]
    assert simulated.minutes(SOME_DAY + 1, SOME_DAY + 60).ts.tolist() == []


def test_prices_are_whole_cents_and_plausible(half_year):
    """Prices stay between a third and three times the fair price and have two decimals."""
    assert_array_equal(half_year.last_price, np.round(half_year.last_price, 2))
    assert half_year.last_price.min() > 20_000
    assert half_year.last_price.max() < 180_000


def test_the_24_hour_volume_is_a_gauge_that_falls(half_year):
    """It moves both ways, by a minute's volume at a time, and never jumps at midnight."""
    changes = np.diff(half_year.volume_24h)
    assert 0.4 < (changes < 0).mean() < 0.6
    assert np.abs(changes).max() < half_year.volume_24h.min()


def test_volatility_clusters(returns):
    """Large moves follow large moves, after a minute and after an hour."""
    sizes = np.abs(returns)
    assert autocorrelation(sizes, 1) > autocorrelation(sizes, 60) > 0.1


def test_returns_have_fat_tails(returns):
    """Kurtosis of minute returns is far above the normal's 3."""
    assert ((returns - returns.mean()) ** 4).mean() / returns.var() ** 2 > 5


def test_the_direction_cannot_be_predicted(returns):
    """Returns are uncorrelated with the return before, by the minute and by the hour."""
    hourly = returns[: len(returns) // 60 * 60].reshape(-1, 60).sum(axis=1)
    assert abs(autocorrelation(returns, 1)) < 0.02
    assert abs(autocorrelation(hourly, 1)) < 0.06


def test_moves_have_the_size_of_bitcoins(returns, half_year):
    """About 2 % a day, and more than 0.5 % within 30 minutes on one minute in sixteen."""
    log_price = np.log(half_year.last_price)
    assert 0.015 < returns.std() * np.sqrt(1440) < 0.025
    assert 0.05 < (np.abs(log_price[30:] - log_price[:-30]) > 0.005).mean() < 0.08


def test_the_day_and_the_week_have_a_rhythm(returns, half_year):
    """Afternoons are busier than early mornings, and Wednesdays than Sundays (UTC)."""
    hour, weekday = half_year.ts[1:] // 3600 % 24, (half_year.ts[1:] // DAY + 3) % 7
    assert returns[hour == 14].std() > 1.3 * returns[hour == 5].std()
    assert returns[weekday == 2].std() > 1.2 * returns[weekday == 6].std()
