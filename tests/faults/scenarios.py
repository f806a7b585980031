"""A scenario drawn from its seed: a small market with holes, one or two loads, and one to three kinds of trouble.

All instants are minutes since the market's first minute end. The lab's time is `NOW` unless a scenario skews it.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from tests.faults.injected import LIES, Fault

DAY = 1440
RULES = (
    "job:crypto_last_price:deriv5m",
    "job:crypto_last_price:deriv1h",
    "job:crypto_last_price:avg5m",
    "job:crypto_last_price:avg30m",
    "job:crypto_volume:deriv15m",
    "job:crypto_volume:avg5m",
)
# family → the kinds of fault in it; those of events and of the shape of a scenario are named after the family
FAMILIES: dict[str, tuple[str, ...]] = {
    "dropped": ("dropped-before", "dropped-in-headers", "dropped-in-body"),
    "truncated": ("truncated-json", "truncated-until-closed"),
    "malformed": ("malformed-json", "malformed-shape"),
    "gzip": ("gzip-not", "gzip-truncated", "gzip-corrupt"),
    "slow": ("slow-dribble",),
    "stalled": ("stalled-at-once", "stalled-in-body"),
    "storm": ("storm-429",),
    "error": ("error-500", "error-503", "error-502", "error-echo"),
    "partial": (
        "partial-minutes",
        "partial-scattered",
        "partial-tail",
        "partial-series",
        "partial-price",
        "partial-one-series",
        "partial-not-a-number",
    ),
    "off-grid": ("off-grid-fraction", "off-grid-second", "off-grid-from-a-minute-on"),
    "login": ("login-page", "login-redirect"),
    "empty": ("empty-result", "empty-body"),
    "doubled": ("doubled-points",),
    "skew": ("skew-source", "skew-wall", "skew-jump"),
    "source-restart": ("source-restart",),
    "postgres-restart": ("postgres-restart",),
    "postgres-kill": ("postgres-kill", "backend-kill", "backend-terminate"),
    "kill": ("command-kill", "command-interrupt"),
    "two-at-once": ("two-same", "two-overlapping", "two-backfill-ingest"),
}
# whose turn it is, by seed: silence is the most dangerous, and has the most kinds
TURNS = (*FAMILIES, "partial", "off-grid", "kill")
KINDS = tuple(kind for kinds in FAMILIES.values() for kind in kinds)
# only these shapes of an answer are known to be no range answer: elsewhere they would be another source's
RANGE_ONLY = LIES | {"malformed-shape", "doubled-points"}
EVENTS = {
    "source-restart",
    "postgres-restart",
    "postgres-kill",
    "backend-kill",
    "backend-terminate",
    "command-kill",
    "command-interrupt",
}
NEEDS_OWN_SERVER = {"postgres-restart", "postgres-kill", "backend-kill"}

When = Literal["request", "ledger", "minute_metrics", "ingest_windows"]


@dataclass(frozen=True)
class Event:
    """Something that happens to a process, at a point that is counted and not timed.

    Parameters
    ----------
    when
        "request": at range request `number`, before it is answered. "ledger": once that many ledger rows are there.
        A table: at range request `number` the table is locked, and it happens once a transaction waits for the lock.
    stays_down
        A server comes back only when the loads have ended, else at once.
    """

    what: str
    when: When
    number: int
    stays_down: bool = False

    def __str__(self) -> str:
        points = {"request": f"at range request {self.number}", "ledger": f"after {self.number} ledger rows"}
        point = points.get(self.when, f"while a load waits to write {self.when}, from range request {self.number} on")
        return f"{self.what} {point}{', down until the loads end' if self.stays_down else ''}"


@dataclass(frozen=True)
class Load:
    """One command: `backfill` of [start, end), or `ingest` up to and including `end` (None: its own now)."""

    verb: Literal["backfill", "ingest"]
    start: int
    end: int | None
    json: bool = False

    def __str__(self) -> str:
        span = f"[{self.start}, {self.end})" if self.verb == "backfill" else f"until {self.end or 'now'}"
        return f"{self.verb} {span}{' --json' if self.json else ''}"


@dataclass(frozen=True)
class Scenario:
    """What one seed stands for.

    `holes`: (first minute, length) that the source lost. `lost_rules`: (names, from, to) for which no rule was
    recorded. `skew`: kind and seconds that the source's time is off by while there is trouble.
    """

    seed: int
    minutes: int
    now: int
    holes: tuple[tuple[int, int], ...]
    lost_rules: tuple[frozenset[str], int, int]
    window_minutes: int
    first_load_minutes: int
    attempts: int
    loads: tuple[Load, ...]
    at_once: bool
    kinds: tuple[str, ...]
    faults: tuple[Fault, ...] = ()
    events: tuple[Event, ...] = ()
    skew: tuple[str, int] | None = None

    @property
    def span(self) -> tuple[int, int]:
        """[from, to) of the minutes that all loads together ask for."""
        starts = [load.start for load in self.loads]
        ends = [self.now + 1 if load.end is None else load.end + (load.verb == "ingest") for load in self.loads]
        return min(starts), max(ends)

    @property
    def least_windows(self) -> int:
        """How many range requests the first load makes at least: trouble comes at one of them."""
        return max(
            1,
            (max(0, self.now if self.loads[0].end is None else self.loads[0].end) - max(0, self.loads[0].start))
            // self.window_minutes,
        )

    @property
    def poses_as_cortex(self) -> bool:
        return self.skew is not None and self.skew[0] == "skew-wall"

    @property
    def needs_own_server(self) -> bool:
        return any(event.what in NEEDS_OWN_SERVER for event in self.events)

    def __str__(self) -> str:
        names, begin, end = self.lost_rules
        lines = [
            f"seed {self.seed}: {self.minutes} minutes, now is {self.now}, windows of {self.window_minutes}, first load "
            f"{self.first_load_minutes}, {self.attempts} attempts",
            f"  the source lacks {', '.join(f'[{a}, {a + n})' for a, n in self.holes) or 'nothing'}"
            + (f"; without {', '.join(sorted(names))} in [{begin}, {end})" if names else ""),
            f"  loads{' at once' if self.at_once else ''}: {'; '.join(map(str, self.loads))}",
            *(f"  {fault}" for fault in self.faults),
            *(f"  {event}" for event in self.events),
            *([f"  {self.skew[0]} by {self.skew[1]} s"] if self.skew else []),
        ]
        return "\n".join(lines)


def draw(seed: int) -> Scenario:
    """The scenario of that seed. Consecutive seeds go through the families in turn; further trouble is drawn."""
    rng = random.Random(f"cortex-signals faults {seed}")
    chosen = [TURNS[seed % len(TURNS)]]
    others = [family for family in FAMILIES if family != chosen[0]]
    chosen += rng.sample(others, rng.choices([0, 1, 2], [3, 4, 3])[0])
    kinds = (_kind_in_turn(seed), *(rng.choice(FAMILIES[family]) for family in chosen[1:]))
    scenario = _calm(rng, seed, kinds)
    return replace(
        scenario,
        faults=tuple(_fault(rng, kind, scenario) for kind in kinds if kind in _INJECTED),
        events=tuple(_event(rng, kind, scenario) for kind in kinds if kind in EVENTS),
        skew=next(((kind, _skew(rng, kind)) for kind in kinds if kind.startswith("skew-")), None),
    )


def _kind_in_turn(seed: int) -> str:
    """Each time it is a family's turn, its next kind."""
    rounds, turn = divmod(seed, len(TURNS))
    kinds = FAMILIES[TURNS[turn]]
    return kinds[(rounds * TURNS.count(TURNS[turn]) + TURNS[:turn].count(TURNS[turn])) % len(kinds)]


def _calm(rng: random.Random, seed: int, kinds: tuple[str, ...]) -> Scenario:
    """Market and loads, without any trouble."""
    minutes = rng.choice([DAY, DAY * 5 // 4, DAY * 3 // 2])
    now = minutes - 120
    first_load = rng.choice([360, 540, 720])
    two = next((kind for kind in kinds if kind.startswith("two-")), None)
    loads = _LOADS[two](rng, now, first_load) if two else rng.choice(_ALONE)(rng, now, first_load)
    loads = tuple(replace(load, json=rng.random() < 0.3) for load in loads)
    return Scenario(
        seed=seed,
        minutes=minutes,
        now=now,
        holes=_holes(rng, loads, now),
        lost_rules=_lost_rules(rng, now),
        window_minutes=rng.choice([90, 180, 360]),
        first_load_minutes=first_load,
        attempts=rng.choice([1, 2, 3]),
        loads=loads,
        at_once=two is not None,
        kinds=kinds,
    )


def _begin(rng: random.Random) -> int:
    """Mostly within the history, sometimes before it."""
    return -rng.randint(1, 300) if rng.random() < 0.12 else rng.randint(0, 240)


def _one_backfill(rng: random.Random, now: int, first_load: int) -> tuple[Load, ...]:
    return (Load("backfill", _begin(rng), rng.randint(now - 300, now)),)


def _backfill_then_ingest(rng: random.Random, now: int, first_load: int) -> tuple[Load, ...]:
    end = rng.randint(now - 300, now - 60)
    return Load("backfill", _begin(rng), end), _ingest(end + rng.randint(0, 60), first_load)


def _ingest_alone(rng: random.Random, now: int, first_load: int) -> tuple[Load, ...]:
    return (Load("ingest", now - first_load, None),)


def _ingest_twice(rng: random.Random, now: int, first_load: int) -> tuple[Load, ...]:
    until = rng.randint(now - 240, now - 10)
    return _ingest(until, first_load), Load("ingest", now - first_load, None)


def _ingest(until: int, first_load: int) -> Load:
    return Load("ingest", until - first_load, until)


def _same_twice(rng: random.Random, now: int, first_load: int) -> tuple[Load, ...]:
    return _one_backfill(rng, now, first_load) * 2


def _overlapping(rng: random.Random, now: int, first_load: int) -> tuple[Load, ...]:
    middle = now // 2
    return (
        Load("backfill", _begin(rng), rng.randint(middle + 60, now - 120)),
        Load("backfill", rng.randint(300, middle), rng.randint(now - 60, now)),
    )


def _backfill_beside_ingest(rng: random.Random, now: int, first_load: int) -> tuple[Load, ...]:
    end = rng.randint(now - 300, now - 60)
    return Load("backfill", _begin(rng), end), _ingest(rng.randint(end, now), first_load)


_ALONE = (_one_backfill, _one_backfill, _backfill_then_ingest, _ingest_alone, _ingest_twice)
_LOADS: dict[str, Callable[[random.Random, int, int], tuple[Load, ...]]] = {
    "two-same": _same_twice,
    "two-overlapping": _overlapping,
    "two-backfill-ingest": _backfill_beside_ingest,
}


def _holes(rng: random.Random, loads: tuple[Load, ...], now: int) -> tuple[tuple[int, int], ...]:
    """None ends a load: an ingest whose newest minutes are missing at the source is an error by intent."""
    edges = [now if load.end is None else load.end for load in loads]
    holes = []
    for _ in range(rng.choice([0, 1, 2, 4])):
        length = rng.choice([1, 1, 2, 3, 5, 8, 30, 75, 200])
        begin = rng.randint(20, now - length - 20)
        if all(edge < begin - 1 or edge > begin + length + 20 for edge in edges):
            holes.append((begin, length))
    return tuple(sorted(holes))


def _lost_rules(rng: random.Random, now: int) -> tuple[frozenset[str], int, int]:
    """In a quarter of the scenarios some rules were not recorded for a while, or not before an instant."""
    if rng.random() >= 0.25:
        return frozenset(), 0, 0
    begin = rng.choice([0, rng.randint(0, now - 100)])
    return frozenset(rng.sample(RULES, rng.randint(1, 3))), begin, begin + rng.randint(5, 400)


_INJECTED = {kind for kind in KINDS if kind not in EVENTS and not kind.startswith(("two-", "skew-"))}


def _fault(rng: random.Random, kind: str, scenario: Scenario) -> Fault:
    counts = {"storm-429": (2, 12), "stalled-at-once": (1, 2), "stalled-in-body": (1, 2)}.get(kind, (1, 4))
    on = "range" if kind in RANGE_ONLY or rng.random() < 0.8 else "any"
    return Fault(kind, rng.randint(1, min(4, scenario.least_windows)), rng.randint(*counts), rng.randrange(2**32), on)


def _event(rng: random.Random, kind: str, scenario: Scenario) -> Event:
    whens: dict[str, tuple[When, ...]] = {
        "source-restart": ("request",),
        "backend-kill": ("minute_metrics", "ingest_windows"),
        "backend-terminate": ("minute_metrics", "ingest_windows"),
    }
    when = rng.choice(whens.get(kind, ("request", "ledger", "minute_metrics", "ingest_windows")))
    number = rng.randint(1, max(1, min(5, scenario.least_windows - 1)))
    return Event(kind, when, number, stays_down=kind.startswith("postgres") and rng.random() < 0.4)


def _skew(rng: random.Random, kind: str) -> int:
    return rng.choice([-1, 1]) * rng.choice([61, 90, 600, 3600])
