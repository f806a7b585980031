from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
from hypothesis import given
from hypothesis import strategies as st

from include.evaluation.decision import (
    CutOffs,
    Decisions,
    choose_cut_offs,
    expected_edge_bps,
    mean_returns,
    predict_class,
    walk_forward_decisions,
)

DOWN, SIDEWAYS, UP = 0, 1, 2
DAY = 86_400
Array = npt.NDArray[np.float64]


def p_of(down: npt.ArrayLike, up: npt.ArrayLike) -> Array:
    down, up = np.asarray(down, dtype=float), np.asarray(up, dtype=float)
    return np.column_stack([down, 1 - down - up, up])


def test_cut_offs_predict_as_often_as_observed() -> None:
    """Two UP rows of five: the second largest p_up, .3; one DOWN: the largest p_down, .25."""
    p = p_of(down=[0.05, 0.1, 0.25, 0.2, 0.15], up=[0.1, 0.3, 0.2, 0.4, 0.15])
    assert choose_cut_offs(np.array([UP, UP, DOWN, SIDEWAYS, SIDEWAYS]), p) == CutOffs(up=0.3, down=0.25)


def test_a_class_never_seen_is_never_predicted() -> None:
    """No UP and no DOWN, or no rows at all, put the cut-offs out of reach."""
    p = p_of(down=[0.4, 0.3], up=[0.5, 0.6])
    assert choose_cut_offs(np.array([SIDEWAYS, SIDEWAYS]), p) == CutOffs(1.0, 1.0)
    assert choose_cut_offs(np.array([], dtype=int), p[:0]) == CutOffs(1.0, 1.0)


def test_tied_probabilities_take_the_nearer_frequency() -> None:
    """One of ten UP under a constant p_up: none is nearer than all; eight of ten: all."""
    p = p_of(down=np.zeros(10), up=np.full(10, 0.1))
    assert choose_cut_offs(np.repeat([UP, SIDEWAYS], [1, 9]), p).up == 1.0
    assert choose_cut_offs(np.repeat([UP, SIDEWAYS], [8, 2]), p).up == 0.1


@given(st.integers(1, 80), st.integers(0, 2**32 - 1))
def test_frequencies_match_without_ties(rows: int, seed: int) -> None:
    """However the classes fall, each side is at or above its cut-off as often as it was observed."""
    rng = np.random.default_rng(seed)
    p, y = rng.dirichlet([1, 1, 1], rows), rng.integers(0, 3, rows)
    cut = choose_cut_offs(y, p)
    assert (p[:, UP] >= cut.up).sum() == (y == UP).sum()
    assert (p[:, DOWN] >= cut.down).sum() == (y == DOWN).sum()


def test_a_class_is_predicted_from_its_cut_off_on() -> None:
    """At the cut-off is in; neither is SIDEWAYS; of both the one further above its own wins."""
    # last two rows: up .3/.2 = 1.5 against down .2/.1 = 2, and .5/.2 = 2.5 against 2
    p = p_of(down=[0.0, 0.1, 0.09, 0.2, 0.2], up=[0.2, 0.0, 0.19, 0.3, 0.5])
    assert predict_class(p, CutOffs(up=0.2, down=0.1)).tolist() == [UP, DOWN, SIDEWAYS, DOWN, UP]


def test_mean_return_of_each_class() -> None:
    """−1 % of one DOWN row, +2 and +4 % of two UP rows; SIDEWAYS was not seen."""
    np.testing.assert_allclose(
        mean_returns(np.array([DOWN, UP, UP]), np.array([-0.01, 0.02, 0.04])), [-0.01, np.nan, 0.03]
    )


def test_edge_is_signed_by_the_better_side() -> None:
    """.1 × −1 % + .3 × 1.2 % = 26 bp to buy, 12 after two sides of 7; the mirror sells; a tie costs the round trip."""
    returns = np.array([-0.01, 0.0, 0.012])
    edge, direction = expected_edge_bps(p_of(down=[0.1, 0.36, 0.12], up=[0.3, 0.1, 0.1]), returns, 7)
    # second row: −36 + 12 = −24 bp to sell, 10 after costs; third: −12 + 12 = 0
    np.testing.assert_allclose(edge, [12, 10, -14], atol=1e-9)
    assert direction[:2].tolist() == [1, -1]


def test_an_unseen_class_adds_nothing() -> None:
    """A NaN mean return counts as 0, so the edge stays known."""
    edge, direction = expected_edge_bps(p_of(down=[0.5], up=[0.5]), np.array([np.nan, 0.0, 0.01]), 0)
    assert edge.tolist() == [50]
    assert direction.tolist() == [1]


def test_a_rows_edge_has_the_same_bits_alone() -> None:
    """Alone and in a batch."""
    p = np.random.default_rng(0).dirichlet([1, 1, 1], 200)
    returns = np.array([-0.0101, 0.0003, 0.0097])
    batch, _ = expected_edge_bps(p, returns, 7)
    alone = np.concatenate([expected_edge_bps(p[i : i + 1], returns, 7)[0] for i in range(200)])
    assert alone.tobytes() == batch.tobytes()


def three_folds(rows_each: int = 400) -> dict[str, Any]:
    rng = np.random.default_rng(4)
    rows = 3 * rows_each
    return {
        "y": rng.integers(0, 3, rows),
        "p": rng.dirichlet([1, 2, 1], rows),
        "forward_log_return": rng.normal(0, 0.01, rows),
        "ts": np.arange(rows, dtype=np.int64) * 60,
        "fold": np.repeat(np.arange(3), rows_each),
    }


def decide(rows: dict[str, Any]) -> Decisions:
    return walk_forward_decisions(**rows, horizon=timedelta(minutes=30), cost_bps_per_side=0)


def test_the_first_fold_stays_undecided() -> None:
    """Nothing earlier tells its cut-offs: no class, no edge, no side."""
    decided = decide(three_folds())
    assert (decided.prediction[:400] == -1).all()
    assert np.isnan(decided.edge_bps[:400]).all()
    assert (decided.direction[:400] == 0).all()
    assert (decided.prediction[400:] >= 0).all()


def test_a_fold_is_decided_by_what_was_known_before_it() -> None:
    """The second fold has the cut-offs and means of the first, less its last 30 minutes, whose labels reach over."""
    rows = three_folds()
    known = slice(0, 400 - 29)  # the label of minute 370 ends at minute 400, the fold's first
    y, p = rows["y"][known], rows["p"][known]
    edge, direction = expected_edge_bps(
        rows["p"][400:800], mean_returns(y, np.expm1(rows["forward_log_return"][known])), 0
    )
    decided = decide(rows)
    assert decided.prediction[400:800].tolist() == predict_class(rows["p"][400:800], choose_cut_offs(y, p)).tolist()
    assert decided.edge_bps[400:800].tolist() == edge.tolist()
    assert decided.direction[400:800].tolist() == direction.tolist()


def test_no_decision_knows_what_comes_after() -> None:
    """Other outcomes from minute 771 on change nothing before the third fold, which begins at minute 800."""
    rows, other = three_folds(), three_folds()
    other["y"][771:] = UP
    other["forward_log_return"][771:] = 1.0
    before, after = decide(rows), decide(other)
    assert before.edge_bps[400:].tolist() == after.edge_bps[400:].tolist()
    assert before.prediction.tolist() == after.prediction.tolist()
