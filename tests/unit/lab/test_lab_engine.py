"""Window functions against plain loops, and the recording rules against their definition."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from include.lab.market import ANCHOR, DAY
from include.lab.series import RULES, Querier
from include.lab.windows import Samples, avg_over_time, count_over_time, deriv, last_over_time

NOON = ANCHOR + 40 * DAY + DAY // 2


def window(samples, end, range_ms):
    """Times and values in (end - range, end]."""
    inside = (samples.times > end - range_ms) & (samples.times <= end)
    return samples.times[inside], samples.values[inside]


def expected(function, times, values):
    if len(values) < (2 if function is deriv else 1):
        return np.nan
    if function is deriv:
        return np.polyfit((times - times[0]) / 1000, values, 1)[0]
    return {last_over_time: values[-1], avg_over_time: values.mean(), count_over_time: len(values)}[function]


irregular = st.lists(
    st.tuples(st.integers(0, 200).map(lambda n: n * 5_000), st.floats(-1e5, 1e5)),
    max_size=30,
    unique_by=lambda sample: sample[0],
).map(
    lambda pairs: Samples(*(np.array(column) for column in (zip(*sorted(pairs), strict=True) if pairs else ([], []))))
)


@pytest.mark.parametrize("function", [last_over_time, avg_over_time, count_over_time, deriv])
@given(samples=irregular, range_ms=st.sampled_from([5_000, 59_999, 60_000, 300_000]))
def test_a_window_is_left_open_and_holds_its_end(function, samples, range_ms):
    """Each function gives what a loop over the samples in (t - range, t] gives."""
    at = np.arange(0, 1_100_000, 20_000)
    wanted = [expected(function, *window(samples, end, range_ms)) for end in at]
    np.testing.assert_allclose(function(samples, at, range_ms), wanted, rtol=1e-6, atol=1e-6)


def test_deriv_of_a_hand_computed_window():
    """Through (0 s, 10), (60 s, 40), (120 s, 10), (180 s, 40) the slope is 1/10 a second."""
    samples = Samples(np.array([0, 60_000, 120_000, 180_000]), np.array([10.0, 40.0, 10.0, 40.0]))
    # Σ(x - 90)(y - 25) = 90·15 - 30·15 - 30·15 + 90·15 = 1800 and Σ(x - 90)² = 18000
    assert deriv(samples, np.array([180_000]), 300_000)[0] == pytest.approx(0.1, rel=1e-12)


def test_a_constant_has_no_slope_and_its_own_mean():
    """Neither gains a rounding error."""
    samples = Samples(np.arange(0, 3_600_000, 60_000), np.full(60, 60518.6))
    at = samples.times[1:]
    assert (deriv(samples, at, 3_600_000) == 0).all()
    assert (avg_over_time(samples, at, 3_600_000) == 60518.6).all()


@pytest.mark.parametrize("metric", RULES)
def test_a_recorded_series_is_its_rule_at_the_minutes_end(simulated, metric):
    """Every recorded value is the rule's function over the base samples of its window."""
    rule = RULES[metric]
    querier = Querier(simulated, since=None, until=NOON)
    recorded = querier.samples(metric, 1000 * (NOON - 300), 1000 * NOON)
    base = querier.samples(rule.base, 1000 * (NOON - 7200), 1000 * NOON)
    wanted = [expected(rule.function, *window(base, end, 1000 * rule.seconds)) for end in recorded.times]
    assert recorded.times.tolist() == [1000 * (NOON - age) for age in (240, 180, 120, 60, 0)]
    np.testing.assert_allclose(recorded.values, wanted, rtol=1e-9)


@pytest.mark.parametrize("metric", ["crypto_last_price", "crypto_volume", *RULES])
def test_what_happens_later_changes_nothing(simulated, metric):
    """A sample is the same whether now is its own minute or a day later."""
    span = (1000 * (NOON - 600), 1000 * NOON)
    at_once = Querier(simulated, None, NOON).samples(metric, *span)
    a_day_later = Querier(simulated, None, NOON + DAY).samples(metric, *span)
    np.testing.assert_array_equal(at_once.times, a_day_later.times)
    np.testing.assert_array_equal(at_once.values, a_day_later.values)


def test_an_expression_equals_the_rule_that_records_it(simulated):
    """`deriv` over the base, asked in one go for a week, gives the recorded series to the last digit."""
    querier = Querier(simulated, None, NOON)
    at = np.arange(NOON - 7 * DAY, NOON + 1, 60) * 1000
    base = querier.samples("crypto_last_price", int(at[0]) - 3_600_000, int(at[-1]))
    recorded = querier.samples("job:crypto_last_price:deriv1h", int(at[0]) - 1, int(at[-1]))
    np.testing.assert_array_equal(deriv(base, at, 3_600_000), recorded.values)
