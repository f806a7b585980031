"""The real command amid seeded faults: afterwards the warehouse equals the source, to the last bit."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.bench import Bench
from tests.faults.run_scenario import run_scenario
from tests.faults.scenarios import FAMILIES, KINDS, draw

ALL_SEEDS = range(220)
SAMPLE_SIZE = 12


def _sample() -> list[int]:
    """The seeds that cover every family of faults, then as many kinds as the sample's size allows, greedily."""
    family_of = {kind: family for family, kinds in FAMILIES.items() for kind in kinds}
    kinds = {seed: set(draw(seed).kinds) for seed in ALL_SEEDS}
    families = {seed: {family_of[kind] for kind in kinds[seed]} for seed in ALL_SEEDS}
    chosen: list[int] = []
    for covers, missing in ((families, set(FAMILIES)), (kinds, set(KINDS))):
        for seed in chosen:
            missing -= covers[seed]
        while missing and len(chosen) < SAMPLE_SIZE:
            chosen.append(max(ALL_SEEDS, key=lambda seed: len(covers[seed] & missing)))
            missing -= covers[chosen[-1]]
    assert set().union(*(families[seed] for seed in chosen)) == set(FAMILIES)
    return sorted(chosen)


SAMPLE = _sample()


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with Bench() as made:
        yield made


@pytest.mark.parametrize("seed", SAMPLE)
def test_fault_scenarios(seed: int, bench: Bench) -> None:
    """Amid a sample of faults that covers every family, nothing is missing, doubled, invented or given away."""
    _must_hold(seed, bench)


@pytest.mark.long
@pytest.mark.parametrize("seed", [seed for seed in ALL_SEEDS if seed not in SAMPLE])
def test_every_fault_scenario(seed: int, bench: Bench) -> None:
    """The other seeds."""
    _must_hold(seed, bench)


def _must_hold(seed: int, bench: Bench) -> None:
    report = run_scenario(draw(seed), bench)
    if report.problems:
        pytest.fail(str(report), pytrace=False)


def test_the_seeds_cover_every_kind_of_fault() -> None:
    """What is drawn holds each kind, and a seed stands for the same scenario each time."""
    assert {kind for seed in ALL_SEEDS for kind in draw(seed).kinds} == set(KINDS)
    assert [str(draw(seed)) for seed in ALL_SEEDS] == [str(draw(seed)) for seed in ALL_SEEDS]
