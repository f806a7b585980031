"""What a sitting does and in which order, drawn from its seed: kinds of faults, in groups that fall into one minute."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

EXECUTORS = ("local", "celery")
TIMES_AT_LEAST = 2
IN_GROUP = (2, 4)
# the live tasks are at work in the first seconds of a minute, so half of the groups begin there
BUSY_SECONDS = 8.0
LASTS_SECONDS = (15, 35)
# long enough that a supervisor which gives up after a minute is found out
FULL_SECONDS = (15, 80)
APART_SECONDS = (1.0, 6.0)
TRAINING_EVERY, BACKFILL_EVERY = 3, 5


@dataclass(frozen=True)
class Kind:
    """`hits`: what it takes down; two of a group hit different things. `lasts`: it is undone after a while."""

    what: str
    hits: str
    lasts: bool = False
    executors: Collection[str] = EXECUTORS

    @property
    def is_soon_over(self) -> bool:
        return not self.lasts and self.hits not in {"database", "pipeline-clock"}


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
    "pipeline-leap": Kind("Airflow's clock jumps ten minutes ahead and stays there", "pipeline-clock"),
    "source-ahead": Kind("the source's clock jumps 90 s ahead, and back", "source-clock", lasts=True),
    "source-behind": Kind("the source's clock jumps 90 s back, and ahead again", "source-clock", lasts=True),
}
# beyond the least number of each kind: what is over within a minute
FURTHER = tuple(name for name, kind in KINDS.items() if kind.is_soon_over)
# a server that is down has no connections, and one thing that lasts is enough
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
    """So many faults in groups of two to four, each kind twice where there is room."""
    rng = random.Random(f"{seed} {executor}")
    kinds = kinds_of(executor, without)
    drawn = _drawn(rng, kinds, faults)
    groups: list[Group] = []
    while drawn:
        members = _members(rng, drawn)
        groups.append(_group(rng, len(groups), members))
    return groups


def _drawn(rng: random.Random, kinds: Sequence[str], faults: int) -> list[str]:
    """Each kind as often as promised, the rest from those that are soon over, in a drawn order."""
    sure = [kind for kind in rng.sample(kinds, len(kinds)) for _ in range(TIMES_AT_LEAST)][:faults]
    further = rng.choices([kind for kind in FURTHER if kind in kinds], k=max(0, faults - len(sure)))
    drawn = [*sure, *further]
    rng.shuffle(drawn)
    return drawn


def _members(rng: random.Random, drawn: list[str]) -> list[str]:
    """Takes the next kind from the list, and those of the others that go with it."""
    members = [drawn.pop(0)]
    wanted = rng.randint(*IN_GROUP)
    for kind in list(drawn):
        if len(members) == wanted:
            break
        if all(_go_together(kind, other) for other in members):
            drawn.remove(kind)
            members.append(kind)
    return members


def _go_together(one: str, other: str) -> bool:
    first, second = KINDS[one], KINDS[other]
    return first.hits != second.hits and not {first.hits, second.hits} <= HOLD_UP


def _group(rng: random.Random, number: int, members: Sequence[str]) -> Group:
    """What lasts begins first, so that the blows fall into it."""
    ordered = sorted(members, key=lambda kind: not KINDS[kind].lasts)
    after, faults = 0.0, []
    for kind in ordered:
        between = FULL_SECONDS if kind == "disk-full" else LASTS_SECONDS
        lasts = float(rng.randint(*between)) if KINDS[kind].lasts else 0.0
        faults.append(Fault(kind, round(after, 1), lasts))
        after += rng.uniform(*APART_SECONDS)
    second = rng.uniform(0, BUSY_SECONDS) if rng.random() < 0.5 else rng.uniform(BUSY_SECONDS, 60)
    return Group(number, round(second, 1), tuple(faults), _meets(number, members))


def _meets(number: int, members: Sequence[str]) -> str | None:
    """A training is begun where one is to be killed, or source and Airflow disagree about the time, and now and then."""
    if number % TRAINING_EVERY == 0 or {"kill-training", "source-ahead", "source-behind"} & set(members):
        return "training"
    return "backfill" if number % BACKFILL_EVERY == 1 else None
