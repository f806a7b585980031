from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

import numpy as np
import numpy.typing as npt
import pytest

from include.evaluation.curves import by_month, curves
from include.evaluation.regimes import REGIMES, skill_by_regime, volatility_regimes
from include.evaluation.scores import log_loss_rows, skill
from include.evaluation.walk_forward import Fold

DOWN, SIDEWAYS, UP = 0, 1, 2
HORIZON = timedelta(minutes=30)


def seconds(*instants: str) -> npt.NDArray[np.int64]:
    return np.array([int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) for text in instants])


def test_months_hold_what_was_expected_beside_what_came() -> None:
    """Two rows to the last minute of January, none in February, one in March: UTC months, sums of the probabilities."""
    ts = seconds("2025-01-31 23:00", "2025-01-31 23:59", "2025-03-01 00:00")
    p = np.array([[0.1, 0.5, 0.4], [0.3, 0.4, 0.3], [0.2, 0.6, 0.2]])
    january, march = by_month(np.array([UP, SIDEWAYS, DOWN]), p, np.tile([0.25, 0.6, 0.15], (3, 1)), ts, HORIZON)
    assert (january.month, january.rows, january.events, january.days) == ("2025-01", 2, 1, 1)
    assert (january.observed_up, january.expected_up, january.prior_up) == (1, pytest.approx(0.7), pytest.approx(0.3))
    assert (january.observed_down, january.expected_down, january.prior_down) == (
        0,
        pytest.approx(0.4),
        pytest.approx(0.5),
    )
    assert (march.month, march.rows, march.observed_down, march.events) == ("2025-03", 1, 1, 1)


def test_an_event_counts_in_the_month_in_which_it_begins() -> None:
    """One move across midnight of the month's end is January's event; February has its minutes and no event."""
    ts = seconds("2025-01-31 23:50", "2025-01-31 23:59", "2025-02-01 00:00", "2025-02-01 00:10")
    p = np.full((4, 3), 1 / 3)
    january, february = by_month(np.full(4, UP), p, p, ts, HORIZON)
    assert (january.events, january.days, january.observed_up) == (1, 1, 2)
    assert (february.events, february.days, february.observed_up) == (0, 0, 2)


def test_calibrated_probabilities_expect_what_comes() -> None:
    """A year of classes drawn from their probabilities: each month's sum is within 4 deviations, and all rows are in one."""
    rng = np.random.default_rng(0)
    p = rng.dirichlet([1, 8, 1], 8760)
    y = (rng.random(8760)[:, None] > p.cumsum(axis=1)[:, :2]).sum(axis=1)
    found = by_month(y, p, p, int(seconds("2024-01-01")[0]) + np.arange(8760) * 3600, HORIZON)
    assert [one.month for one in found] == [f"2024-{month:02}" for month in range(1, 13)]
    assert sum(one.rows for one in found) == 8760
    assert sum(one.observed_up for one in found) == (y == UP).sum()
    assert all(abs(one.observed_up - one.expected_up) < 4 * np.sqrt(one.expected_up) for one in found)


def test_regimes_are_thirds_of_the_training_rows() -> None:
    """Each fold's own training rows say what is calm; test rows may all be lively."""
    volatility = np.array([1, 2, 3, 4, 5, 6, 7, 1, 9, 9, 100, 3.5], dtype=np.float32)
    folds = [
        Fold(np.arange(7), np.arange(7, 9), 0, 0),  # 1 to 7: thirds at 3 and 5
        Fold(np.arange(9), np.arange(9, 12), 0, 0),  # 1, 1 to 7, 9: thirds at 2.67 and 5.33
    ]
    assert [REGIMES[k] for k in volatility_regimes(volatility, folds)] == [
        "calm",
        "lively",
        "lively",
        "lively",
        "middle",
    ]


def test_test_rows_do_not_move_the_regimes() -> None:
    """Other volatilities in the test rows leave the regimes of the rest as they are."""
    volatility = np.random.default_rng(0).random(100).astype(np.float32)
    folds = [Fold(np.arange(60), np.arange(60, 100), 0, 0)]
    changed = volatility.copy()
    changed[80:] *= 50
    assert volatility_regimes(volatility, folds)[:20].tolist() == volatility_regimes(changed, folds)[:20].tolist()


def test_knowing_the_regime_is_no_skill_within_it() -> None:
    """Probabilities that only tell lively from calm have skill over all rows and none inside a regime."""
    rng = np.random.default_rng(1)
    regime = np.repeat(np.arange(3, dtype=np.int8), 4000)[rng.permutation(12_000)]
    share = np.array([0.02, 0.1, 0.4])[regime]
    p = np.column_stack([share / 2, 1 - share, share / 2])
    y = (rng.random(12_000)[:, None] > p.cumsum(axis=1)[:, :2]).sum(axis=1)
    prior, ts = np.tile(np.bincount(y) / 12_000, (12_000, 1)), np.arange(12_000) * 3600
    overall = skill(log_loss_rows(y, p), log_loss_rows(y, prior))
    own = np.array([np.bincount(y[regime == k], minlength=3) / 4000 for k in range(3)])[regime]
    found = skill_by_regime(y, p, own, ts, regime, HORIZON, seed=1)
    assert overall is not None
    assert overall > 0.1
    assert [(one.regime, one.rows) for one in found] == [(name, 4000) for name in REGIMES]
    assert all(one.log_loss_skill is not None and abs(one.log_loss_skill) < 0.02 for one in found)
    assert all(one.events > 50 and one.days > 50 for one in found)


def test_a_regime_without_rows_is_unknown() -> None:
    """A quiet test block has no lively rows: None and zeros."""
    p = np.full((10, 3), 1 / 3)
    found = skill_by_regime(
        np.ones(10, dtype=int), p, p, np.arange(10) * 60, np.zeros(10, dtype=np.int8), HORIZON, seed=1
    )
    assert (found[2].log_loss_skill, found[2].skill_low, found[2].rows, found[2].events) == (None, None, 0, 0)


def test_curves_are_plain_json() -> None:
    """All numbers are Python's own, none is NaN, and an empty evaluation has empty tables."""
    rng = np.random.default_rng(0)
    y, p = rng.integers(0, 3, 5000), rng.dirichlet([1, 3, 1], 5000)
    prediction = rng.integers(-1, 3, 5000).astype(np.int8)
    regime = rng.integers(0, 3, 5000).astype(np.int8)
    found = asdict(curves(y, p, p, np.arange(5000) * 600, HORIZON, 1, prediction, regime))
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert sum(map(sum, found["confusion"])) == (prediction >= 0).sum()
    assert len(found["calibration_up"]) == len(found["calibration_down"]) == 15
    none, of_class = np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int8)
    empty = curves(none, np.empty((0, 3)), np.empty((0, 3)), none, HORIZON, 1, of_class, of_class)
    assert (empty.months, empty.calibration_up, empty.confusion) == ([], [], [[0] * 3] * 3)
