"""What a soak does and when, all of it drawn from its seed: the source's faults, the disturbances, the minutes that count."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count

import numpy as np

from include.lab.absence import held
from include.lab.faults import Faults, FaultyMarket
from include.lab.market import MINUTE, SYMBOL, Market

# how long each lasts, seconds; 0: a blow, or something that ends by itself
KINDS = {
    "kill-scheduler": 0,
    "kill-api-server": 0,
    "kill-lab": 0,
    "kill-postgres": 0,
    "hang-lab": 120,
    "stop-lab": 180,
    "kill-switch": 180,
    "training": 0,
}
# Parts of the span: minutes are disturbed until the one; a minute that the source loses makes features unknown for as
# long as they look back, so it loses none before the other.
DISTURBED_UNTIL = 0.70
LOSES_FROM = 0.80
FIRST_AFTER_MINUTES = 2
LEAST_SLOT_MINUTES = 4
LOOKBACK_MINUTES = 240
FAULTS = Faults(
    gaps=0.002,
    late=0.05,
    late_by=90,
    ruler_delay=3,
    bad_values=0.002,
    error_share=0.03,
    error_statuses=(429, 500, 503),
)


@dataclass(frozen=True)
class Disturbance:
    """Something that is done to the running stack at an instant, and undone when it has lasted."""

    kind: str
    at: datetime

    @property
    def ends(self) -> datetime:
        return self.at + timedelta(seconds=KINDS[self.kind])


@dataclass(frozen=True)
class Plan:
    """The minutes with begin <= ts < begin + minutes are accounted for; `begin` is a whole minute, UTC."""

    seed: int
    begin: datetime
    minutes: int
    faults: Faults
    disturbances: tuple[Disturbance, ...]

    @property
    def end(self) -> datetime:
        return self.begin + timedelta(minutes=self.minutes)

    @property
    def span(self) -> list[datetime]:
        return [self.begin + timedelta(minutes=number) for number in range(self.minutes)]

    @property
    def lab_arguments(self) -> str:
        """The faults as the lab's switches have them."""
        faults = self.faults
        shares = (
            f"--fault-seed {faults.seed} --gaps {faults.gaps} --late {faults.late} --late-by {faults.late_by:g} "
            f"--ruler-delay {faults.ruler_delay:g} --bad-values {faults.bad_values} --error-share {faults.error_share}"
        )
        return " ".join([shares, *(f"--error-status {status}" for status in faults.error_statuses)])


def make_plan(seed: int, begin: datetime, minutes: int, market: Market, only: Sequence[str] = ()) -> Plan:
    """The plan of that seed.

    Parameters
    ----------
    market
        What the lab publishes, without its faults.
    only
        Kinds of disturbances; empty: as many as the span has room for.
    """
    rng = random.Random(seed)
    faults = replace(FAULTS, seed=_fault_seed(rng.randrange(2**31), begin, minutes, market))
    return Plan(seed, begin, minutes, faults, _disturbances(rng, begin, minutes, only))


def _disturbances(rng: random.Random, begin: datetime, minutes: int, only: Sequence[str]) -> tuple[Disturbance, ...]:
    """Each kind once, in a drawn order, at a drawn second, with the same time to recover after each."""
    room = 60 * (minutes * DISTURBED_UNTIL - FIRST_AFTER_MINUTES)
    kinds = list(only or KINDS)
    rng.shuffle(kinds)
    if not only:
        kinds = kinds[: max(1, int(room / 60 / LEAST_SLOT_MINUTES))]
    apart = max(0.0, room - sum(KINDS[kind] for kind in kinds)) / len(kinds)
    at, found = begin + timedelta(minutes=FIRST_AFTER_MINUTES), []
    for kind in kinds:
        found.append(Disturbance(kind, at + timedelta(seconds=rng.randrange(60))))
        at += timedelta(seconds=round(apart) + KINDS[kind])
    return tuple(found)


def _fault_seed(first: int, begin: datetime, minutes: int, market: Market) -> int:
    """The first from there on whose source loses a minute and has a bad price in the last part, and neither before."""
    start = int(begin.timestamp())
    late = LOOKBACK_MINUTES + int(minutes * LOSES_FROM)
    asked = (start - MINUTE * LOOKBACK_MINUTES, start + MINUTE * minutes)
    ts = np.arange(*asked, MINUTE)
    price = market.minutes(*asked).last_price
    for seed in count(first):
        faults = replace(FAULTS, seed=seed)
        lost = faults.lost(SYMBOL, ts)
        if lost[:late].any() or not lost[late:].any():
            continue
        given = FaultyMarket(market, faults, SYMBOL).minutes(*asked).last_price
        bad = held(given) & (given != price)
        if bad[late:].any() and not bad[:late].any():
            return seed
    raise AssertionError("count() does not end")
