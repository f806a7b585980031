"""What a sitting does and in which order, drawn from its seed: kinds of faults, in groups that fall into one minute."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

EXECUTORS = ("local", "celery")
TIMES_AT_LEAST = 2
MOST_IN_GROUP = 6
# the live tasks are at work in the first seconds of a minute, so half of the groups begin there
BUSY_SECONDS = 8.0
LASTS_SECONDS = (15, 35)
# long enough that a supervisor which gives up after a minute is found out
FULL_SECONDS = (15, 80)
APART_SECONDS = (1.0, 6.0)


@dataclass(frozen=True)
class Kind:
    """`hits`: what it takes down; two of a group hit different things. `lasts`: it is undone after a while."""

    what: str
    hits: str
    lasts: bool = False
    executors: Collection[str] = EXECUTORS


# in the order of the report
KINDS: Mapping[str, Kind] = {
    "kill-scheduler": Kind("`kill -9` of the scheduler", "scheduler"),
    "kill-worker": Kind("`kill -9` of a process that runs tasks", "worker"),
    "kill-training": Kind("`kill -9` of a training in its own process", "training"),
    "kill-api-server": Kind("`kill -9` of the API server", "api-server"),
    "kill-dag-processor": Kind("`kill -9` of the DAG processor", "dag-processor"),
    "kill-triggerer": Kind("`kill -9` of the triggerer", "triggerer"),
    "kill-source": Kind("`kill -9` of the source", "source"),
    "kill-redis": Kind("`kill -9` of Redis", "redis", executors=("celery",)),
    "kill-database": Kind("`kill -9` of PostgreSQL: warehouse and metadata", "database"),
    "cut-warehouse": Kind("every connection to the warehouse cut", "connections"),
    "cut-metadata": Kind("every connection to Airflow's metadata cut", "connections"),
    "disk-full": Kind("the database's disk is full", "database", lasts=True),
    "pipeline-ahead": Kind("Airflow's clock jumps 90 s ahead, and back", "pipeline-clock", lasts=True),
    "pipeline-behind": Kind("Airflow's clock jumps 90 s back, and ahead again", "pipeline-clock", lasts=True),
    "source-ahead": Kind("the source's clock jumps 90 s ahead, and back", "source-clock", lasts=True),
    "source-behind": Kind("the source's clock jumps 90 s back, and ahead again", "source-clock", lasts=True),
}
# a server that is down has no connections, and one wrong clock is enough: a group has one of these
HOLD_UP = frozenset({"database", "connections", "pipeline-clock", "source-clock"})


@dataclass(frozen=True)
class Fault:
    """A kind, how long after the group's begin it comes, and how long it lasts; 0: a blow."""

    kind: str
    after_seconds: float
    lasts_seconds: float


@dataclass(frozen=True)
class Group:
    """Faults of one minute; `second`: of the minute at which the first comes; `meets`: a run that is begun just before."""

    number: int
    second: float
    faults: tuple[Fault, ...]
    meets: str | None


def kinds_of(executor: str, without: Collection[str] = ()) -> list[str]:
    """The kinds that a stack of that executor can be given, but those that cannot be done here."""
    return [name for name, kind in KINDS.items() if executor in kind.executors and name not in without]


def make_plan(seed: int, executor: str, faults: int, without: Collection[str] = ()) -> list[Group]:
    """So many faults, each kind twice where there is room, in groups that hit different things."""
    rng = random.Random(f"{seed} {executor}")
    drawn = _drawn(rng, kinds_of(executor, without), faults)
    # what holds everything up has a group of its own, and the blows are dealt out among these
    groups = [[kind] for kind in drawn if KINDS[kind].hits in HOLD_UP]
    for kind in drawn:
        if KINDS[kind].hits not in HOLD_UP:
            _join(rng, groups, kind)
    rng.shuffle(groups)
    return [_group(rng, number, members) for number, members in enumerate(groups)]


def _drawn(rng: random.Random, kinds: Sequence[str], faults: int) -> list[str]:
    """Each kind as often as promised, the rest from those that are soon over, in a drawn order."""
    sure = [kind for kind in rng.sample(kinds, len(kinds)) for _ in range(TIMES_AT_LEAST)][:faults]
    further = rng.choices([kind for kind in kinds if KINDS[kind].hits not in HOLD_UP], k=max(0, faults - len(sure)))
    drawn = [*sure, *further]
    rng.shuffle(drawn)
    return drawn


def _join(rng: random.Random, groups: list[list[str]], kind: str) -> None:
    """Into one of the smallest groups that do not hit the same; a new one where there is none with room."""
    fitting = [
        members
        for members in groups
        if len(members) < MOST_IN_GROUP and KINDS[kind].hits not in {KINDS[other].hits for other in members}
    ]
    if not fitting:
        groups.append([kind])
        return
    least = min(map(len, fitting))
    rng.choice([members for members in fitting if len(members) == least]).append(kind)


def _group(rng: random.Random, number: int, members: Sequence[str]) -> Group:
    """What lasts begins first, so that the blows fall into it; a training is killed before who would start it is."""
    ordered = sorted(members, key=lambda kind: (not KINDS[kind].lasts, kind != "kill-training"))
    after, faults = 0.0, []
    for kind in ordered:
        between = FULL_SECONDS if kind == "disk-full" else LASTS_SECONDS
        lasts = float(rng.randint(*between)) if KINDS[kind].lasts else 0.0
        faults.append(Fault(kind, round(after, 1), lasts))
        after += rng.uniform(*APART_SECONDS)
    second = rng.uniform(0, BUSY_SECONDS) if rng.random() < 0.5 else rng.uniform(BUSY_SECONDS, 60)
    return Group(number, round(second, 1), tuple(faults), _meets(number, members))


def _meets(number: int, members: Sequence[str]) -> str | None:
    """A training where one is to be killed or the source changes its time; of the others every second meets a backfill."""
    if {"kill-training", "source-ahead", "source-behind"} & set(members):
        return "training"
    return "backfill" if number % 2 else None
