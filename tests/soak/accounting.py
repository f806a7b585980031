"""What must hold of the minutes of a soak, on rows alone: each answered once, each outcome settled, each red run explained."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

MINUTE = timedelta(minutes=1)
# what a live minute needs when everything works: a run that is red for so long after a disturbance is its doing
AFTERMATH = timedelta(minutes=3)
# after the minute that it is known with: a run that waits for late columns settles at its end
SETTLES_WITHIN = timedelta(minutes=2)
# it is red because it saw the faults
WATCHERS = frozenset({"monitor_pipeline"})

# horizon in minutes and threshold as the settings have it
Cell = tuple[int, str]


@dataclass(frozen=True)
class Answer:
    """A row of `signals` that is no shadow. `reason`: its code, where there is none its text."""

    signal_id: int
    cell: Cell
    ts: datetime
    side: str
    is_late: bool
    reason: str | None
    decided_at: datetime
    latency_seconds: float

    @property
    def is_trade(self) -> bool:
        """It may open a position, which is known a horizon and a minute after the minute at which it is entered."""
        return self.side in {"BUY", "SELL"} and not self.is_late

    @property
    def kind(self) -> str:
        if self.side == "ABSTAIN":
            return "abstained"
        return "late" if self.is_late else "live"


@dataclass(frozen=True)
class Outcome:
    """A row of `settled_outcomes`."""

    signal_id: int
    version: int
    forward_return: float
    outcome: str
    settled_at: datetime


@dataclass(frozen=True)
class Held:
    """A minute that the warehouse holds: its price, None where unknown, and when the row last changed."""

    price: float | None
    loaded_at: datetime


@dataclass(frozen=True)
class Run:
    """A run of a DAG; None: it has not begun or ended."""

    dag: str
    run_id: str
    state: str
    began: datetime | None
    ended: datetime | None


@dataclass(frozen=True)
class Account:
    """Every minute × cell: counts by cell and kind, why was abstained, and what must not be."""

    counts: Mapping[Cell, Counter[str]]
    reasons: Counter[str]
    problems: Sequence[str] = field(default=())

    @property
    def total(self) -> Counter[str]:
        return sum(self.counts.values(), Counter())


def account(answers: Sequence[Answer], cells: Collection[Cell], span: Collection[datetime]) -> Account:
    """Each minute of the span in each cell is live, late, abstained from with a reason, or a problem."""
    wanted = {(cell, ts) for cell in cells for ts in span}
    rows = Counter((answer.cell, answer.ts) for answer in answers)
    inside = [answer for answer in answers if (answer.cell, answer.ts) in wanted]
    counts = {cell: Counter(answer.kind for answer in inside if answer.cell == cell) for cell in cells}
    problems = [
        *(f"unanswered: {_where(*at)}" for at in sorted(wanted - rows.keys())),
        *(f"doubled: {_where(*at)} has {number} rows" for at, number in sorted(rows.items()) if number > 1),
        *(f"no live cell: {_where(*at)}" for at in sorted(rows.keys() - wanted)),
        *(f"without a reason: {_where(a.cell, a.ts)}" for a in inside if a.kind == "abstained" and not a.reason),
    ]
    reasons = Counter(str(answer.reason) for answer in inside if answer.kind == "abstained")
    return Account(counts, reasons, problems)


def _where(cell: Cell, ts: datetime) -> str:
    return f"{ts:%H:%M} at {cell[0]} min ±{cell[1]}"


def live_minutes(answers: Iterable[Answer], cells: Collection[Cell]) -> dict[datetime, datetime]:
    """The minutes that every cell scored in time, and when the last of them was decided; in order."""
    live: dict[datetime, dict[Cell, datetime]] = {}
    for answer in answers:
        if answer.kind == "live":
            live.setdefault(answer.ts, {})[answer.cell] = answer.decided_at
    return {ts: max(decided.values()) for ts, decided in sorted(live.items()) if decided.keys() >= set(cells)}


def recovered_after(moment: datetime, live: Mapping[datetime, datetime]) -> float | None:
    """Seconds from the moment until the first minute that ended after it was live; None: none was."""
    after = [decided for ts, decided in live.items() if ts > moment]
    return (min(after) - moment).total_seconds() if after else None


def settled_problems(
    scored: Iterable[Answer], outcomes: Iterable[Outcome], minutes: Mapping[datetime, Held]
) -> list[str]:
    """Scored signals whose outcome is not what the held minutes say, settled once and again only where they changed."""
    versions: dict[int, list[Outcome]] = {}
    for outcome in outcomes:
        versions.setdefault(outcome.signal_id, []).append(outcome)
    newest = max((ts for ts, minute in minutes.items() if minute.price is not None), default=None)
    problems = []
    for signal in scored:
        settled = sorted(versions.get(signal.signal_id, []), key=lambda outcome: outcome.version)
        known_with = signal.ts + (signal.cell[0] + (2 if signal.is_trade else 0)) * MINUTE
        if not settled and newest and newest < known_with + SETTLES_WITHIN:
            continue
        wrong = _wrongly_settled(signal, settled, minutes)
        problems += [f"{wrong}: {_where(signal.cell, signal.ts)}"] if wrong else []
    return problems


def _prices(signal: Answer, minutes: Mapping[datetime, Held]) -> tuple[float | None, float | None]:
    """Of its minute and of its horizon's end; None: not held."""
    ends = (signal.ts, signal.ts + signal.cell[0] * MINUTE)
    first, last = (minutes[ts].price if ts in minutes else None for ts in ends)
    return first, last


def _wrongly_settled(signal: Answer, settled: Sequence[Outcome], minutes: Mapping[datetime, Held]) -> str | None:
    first, last = _prices(signal, minutes)
    if first is None or last is None:
        return "settled without its minutes" if settled else None
    if not settled:
        return "not settled"
    if [outcome.version for outcome in settled] != list(range(1, len(settled) + 1)):
        return f"settled as versions {', '.join(str(outcome.version) for outcome in settled)}"
    if len(settled) > 1 and not _changed_since(settled[0].settled_at, signal, minutes):
        return "settled again without a change"
    moved = last / first - 1
    if not math.isclose(settled[-1].forward_return, moved, rel_tol=1e-9, abs_tol=1e-12):
        return f"settled at {settled[-1].forward_return:.6f} where the minutes say {moved:.6f}"
    wanted = _class_of(moved, float(signal.cell[1]))
    return None if settled[-1].outcome == wanted else f"settled as {settled[-1].outcome} where {wanted} came"


def _class_of(moved: float, threshold: float) -> str:
    if abs(moved) <= threshold + 1e-13:
        return "SIDEWAYS"
    return "UP" if moved > 0 else "DOWN"


def _changed_since(moment: datetime, signal: Answer, minutes: Mapping[datetime, Held]) -> bool:
    """Whether a minute of the horizon came later; a position changes with those before it as well."""
    seen = (signal.ts + number * MINUTE for number in range(signal.cell[0] + 1))
    return signal.is_trade or any(minutes[ts].loaded_at > moment for ts in seen if ts in minutes)


def unexplained(runs: Iterable[Run], disturbed: Sequence[tuple[datetime, datetime]]) -> list[Run]:
    """The red runs that did not meet a disturbance, [from, to] each, or its aftermath, and do not report the faults."""
    return [
        run
        for run in runs
        if run.state == "failed"
        and run.dag not in WATCHERS
        and not any(_meets(run, begin, end + AFTERMATH) for begin, end in disturbed)
    ]


def _meets(run: Run, begin: datetime, end: datetime) -> bool:
    return (run.began is None or run.began <= end) and (run.ended is None or run.ended >= begin)
