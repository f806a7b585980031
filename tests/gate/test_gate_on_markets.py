"""The gate over markets of which it is known what can be learned: nothing of noise is promoted, a planted edge is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from include.launcher.postgres import EmbeddedPostgres
from tests.gate.__main__ import TOLERATED, record, recorded
from tests.gate.run_gate import Plan, Run, run_gate, share_bounds

# small enough for every day, with limits that let the gate judge so little: it must not refuse for lack of events
SMALL = Plan(
    days=60,
    thresholds=("0.005",),
    candidates=("logistic", "lightgbm"),
    stride_minutes=15,
    folds=3,
    min_events=50,
    min_event_days=20,
)
NOISE = Plan(**{**vars(SMALL), "market": "noise", "horizons": (30, 60, 120)})
EDGE = Plan(**{**vars(SMALL), "market": "edge", "horizons": (30,)})
NOISE_SEED, EDGE_SEED = 1, 1

# the whole grid and all candidates, at a price at which sixty runs are an evening's work
WHOLE = Plan(market="noise", days=60, stride_minutes=30, folds=2, tuning_trials=2, min_events=50, min_event_days=20)
WHOLE_EDGE = Plan(market="edge", grid=False, stride_minutes=15, folds=3, tuning_trials=2)
NOISE_RUNS, EDGE_RUNS = 60, 5


def test_noise_promotes_nothing(server: EmbeddedPostgres) -> None:
    """Each cell has enough events to be judged, and the volatility baseline goes on scoring in each."""
    run = run_gate(NOISE, NOISE_SEED, server)
    assert (run.cells, run.promoted) == (3, [])
    assert "too_few" not in run.verdicts


def test_a_planted_edge_is_promoted(server: EmbeddedPostgres) -> None:
    """A candidate finds the direction that noise does not have, and the gate lets it through."""
    run = run_gate(EDGE, EDGE_SEED, server)
    assert [(one["horizon_minutes"], one["threshold"]) for one in run.promoted] == [(30, 0.005)]
    assert run.promoted[0]["candidate"] in EDGE.candidates


@pytest.mark.long
def test_hardly_a_run_over_noise_promotes_anything(server: EmbeddedPostgres) -> None:
    """Of whole runs, all cells and candidates, at most one in twenty lets something through."""
    runs = _runs(WHOLE, NOISE_RUNS, server)
    promoting = [str(run) for run in runs if run.promoted]
    assert len(promoting) <= TOLERATED * len(runs), "\n".join(promoting)


@pytest.mark.long
def test_every_run_over_an_edge_promotes_a_candidate(server: EmbeddedPostgres) -> None:
    """Of the live cells, each run finds the edge in one at least."""
    assert all(run.promoted for run in _runs(WHOLE_EDGE, EDGE_RUNS, server))


def _runs(plan: Plan, count: int, server: EmbeddedPostgres) -> list[Run]:
    """Seeds from 1 on; resumed from the file that CORTEX_SIGNALS_GATE_RUNS names, where it is set."""
    kept = os.environ.get("CORTEX_SIGNALS_GATE_RUNS")
    file = Path(kept) if kept else None
    known = recorded(file, plan)
    for seed in range(1, count + 1):
        if seed not in known:
            known[seed] = run_gate(plan, seed, server)
            record(file, plan, known[seed])
    return [known[seed] for seed in range(1, count + 1)]


def test_runs_are_kept_by_plan_and_seed(tmp_path: Path) -> None:
    """A file holds the runs of several plans; a line that was cut off by a kill is run again."""
    file = tmp_path / "runs.jsonl"
    runs = [Run(seed, 30, [{"candidate": "lightgbm", "threshold": 0.005}], {"refused": 3}, 1.5, 0.5) for seed in (1, 2)]
    assert recorded(file, NOISE) == {}
    for plan, run in ((NOISE, runs[0]), (EDGE, runs[0]), (NOISE, runs[1])):
        record(file, plan, run)
    assert recorded(file, NOISE) == {1: runs[0], 2: runs[1]}
    file.write_bytes(file.read_bytes()[:-20])
    assert recorded(file, NOISE) == {1: runs[0]}
    assert recorded(file, EDGE) == {1: runs[0]}
    record(file, NOISE, runs[1])
    assert recorded(file, NOISE) == {1: runs[0], 2: runs[1]}


@pytest.mark.parametrize(
    ("promoting", "runs", "least", "largest"),
    [
        (0, 60, 0.0, 1 - 0.05 ** (1 / 60)),
        (60, 60, 0.05 ** (1 / 60), 1.0),
        (1, 1, 0.05, 1.0),
        # tables of Clopper and Pearson, 90 % two-sided
        (1, 10, 0.00512, 0.39416),
    ],
)
def test_the_bounds_of_a_share_are_exact(promoting: int, runs: int, least: float, largest: float) -> None:
    """With none of n promoting, the largest believable share q is that of which (1 − q)^n is 5 %."""
    assert share_bounds(promoting, runs) == pytest.approx((least, largest), abs=1e-5)
