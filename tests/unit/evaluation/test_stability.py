"""The population stability index: by hand, against the closed form, and where it cannot be known."""

from __future__ import annotations

import numpy as np
import pytest

from include.evaluation.stability import QUANTILES, stability_index

RANDOM = np.random.default_rng(5)
TRAINED = np.quantile(RANDOM.normal(size=200_000), QUANTILES).tolist()


def test_the_same_share_in_each_bin_is_zero() -> None:
    """Ten values, one in each decile's bin."""
    quantiles = np.quantile(np.arange(1001.0), QUANTILES)
    assert stability_index(quantiles.tolist(), np.arange(50.0, 1000, 100)) == pytest.approx(0)


def test_all_in_one_bin() -> None:
    """100 values in one bin: shares 100.5/105 and nine times 0.5/105, by hand."""
    full, empty = 100.5 / 105, 0.5 / 105
    expected = (full - 0.1) * np.log(full / 0.1) + 9 * (empty - 0.1) * np.log(empty / 0.1)
    assert stability_index(TRAINED, np.full(100, 0.01)) == pytest.approx(expected)


def test_a_normal_that_moves_by_one_deviation_has_about_one() -> None:
    """The symmetric divergence of two normals d deviations apart is d²; ten bins see most of it."""
    found = stability_index(TRAINED, RANDOM.normal(1, 1, 50_000).astype(np.float32))
    assert found is not None
    assert 0.8 < found < 1


def test_mass_on_a_decile_is_shared_between_its_bins() -> None:
    """Whole numbers, compared with themselves, are near 0 though many of them are deciles."""
    numbers = RANDOM.integers(0, 40, 20_000).astype(float)
    assert stability_index(np.quantile(numbers, QUANTILES).tolist(), numbers) == pytest.approx(0, abs=0.03)


def test_where_deciles_are_one_value_or_nothing_is_known_it_is_unknown() -> None:
    """Half of the training rows have one value: no bin's share is known. All NaN: there is nothing to compare."""
    lumped = np.quantile(np.concatenate([np.zeros(500), np.arange(500.0)]), QUANTILES).tolist()
    assert stability_index(lumped, np.zeros(10)) is None
    assert stability_index(TRAINED, np.full(10, np.nan)) is None


def test_unknown_values_are_left_out() -> None:
    """NaN among the live ones changes nothing."""
    live = RANDOM.normal(size=1000)
    assert stability_index(TRAINED, np.append(live, np.nan)) == stability_index(TRAINED, live)
