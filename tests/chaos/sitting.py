"""A sitting: a stack at real time, the faults of a plan one group after another, and then every minute accounted for."""

from __future__ import annotations

import random
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import psutil
import psycopg

from include.errors import CortexSignalsError
from include.ingest import backfill, floor_minute
from include.lab.faults import Faults
from include.lab.market import MARKETS, SYMBOL
from include.launcher.airflow_api import AirflowApi
from include.replay import replay_sample
from tests.chaos import acts
from tests.chaos.evidence import Kept, evidence_problems
from tests.chaos.plan import Group
from tests.chaos.records import NOT_LIVE_AGAIN, RECOVERS_WITHIN, Accounted, Done, Records
from tests.chaos.stack import ChaosStack
from tests.soak.accounting import MINUTE, Run, account, live_minutes, settled_problems, unexplained
from tests.soak.found import Found
from tests.soak.truth import compare, source_values
from tests.system.running_stack import wait_for

CATCH_UP = timedelta(minutes=10)
POLL_SECONDS = 1.0
CATCH_UP_POLL_SECONDS = 20.0
BACKFILLED = timedelta(days=7)
REPLAYED = 200
TRAINED_HORIZONS = 2
HANDLED = (
    OSError,
    RuntimeError,
    ValueError,
    psutil.Error,
    psycopg.Error,
    subprocess.SubprocessError,
    CortexSignalsError,
)
BY_HAND = {"training": "train_candidates", "backfill": "backfill_metrics"}
OPEN_RUNS = {"running", "queued"}
FAR = datetime(9999, 1, 1, tzinfo=UTC)
Say = Callable[[str], None]
Range = tuple[datetime, datetime]


@dataclass
class Sitting:
    """A running stack, the groups that are still to be done, and what was done so far; `is_over` ends it after a group."""

    stack: ChaosStack
    seed: int
    groups: Sequence[Group]
    records: Records
    say: Say
    is_over: Callable[[], bool] = lambda: False
    done: list[Done] = field(default_factory=list)
    # by the run that was to load it
    backfilled: dict[str, Range] = field(default_factory=dict)
    # when Airflow's clock and the machine's were apart, both ends by either clock
    disturbed: list[Range] = field(default_factory=list)

    def run(self) -> Accounted:
        """The faults, the catch-up, the account; the account is recorded."""
        self.name = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
        self.kept = Kept()
        self.begin = self._first_live() + MINUTE
        self.found = Found(self.stack, self.begin, FAR)
        self.newest = self.begin
        settings = self.found.settings
        self.market = MARKETS[settings.lab_market](settings.lab_seed, SYMBOL)
        [(self.first_held,)] = self.stack.rows("SELECT min(ts) FROM minute_metrics")
        for group in self.groups:
            if self.is_over():
                break
            self._live_through(group)
        accounted = self._caught_up()
        self.records.append(accounted)
        return accounted

    def _first_live(self) -> datetime:
        """The first minute that every cell answers in time."""
        now = floor_minute(datetime.now(UTC))
        found = Found(self.stack, now, FAR)
        live = wait_for("a minute in time", lambda: live_minutes(found.answers(), found.cells))
        return max(live)

    def _live_through(self, group: Group) -> None:
        """One group, until a minute that ended after each of its faults is live, or the bound is over."""
        rng = random.Random(f"{self.seed} {self.stack.executor} {group.number}")
        self._look()
        self._wait_for_second(group.second)
        self._meet(group, rng)
        done = self._do(group, rng)
        until = max(one.over for one in done if one.over) + RECOVERS_WITHIN
        while not self._have_recovered(done) and datetime.now(UTC) < until:
            time.sleep(POLL_SECONDS)
        for one in done:
            self.done.append(one)
            self.records.append(one)
        self._tell(group, done)

    def _look(self) -> bool:
        """Remembers the signals that are new, and the newest answered minute; False: the warehouse does not answer."""
        try:
            self.kept.look(self.stack.rows)
            self.newest = max((answer.ts for answer in self.found.answers()), default=self.newest)
        except psycopg.Error:
            return False
        return True

    def _meet(self, group: Group, rng: random.Random) -> None:
        """Begins the run that the group's faults are to meet, unless one of before is still at work."""
        try:
            with self.stack.api() as api:
                if group.meets and not api.unfinished_run(BY_HAND[group.meets]):
                    self._trigger(api, group.meets, rng)
        except HANDLED as error:
            self.say(f"  no {group.meets} was begun: {error}")

    def _trigger(self, api: AirflowApi, what: str, rng: random.Random) -> None:
        """A training of some horizons, or a backfill of the week before all that is held."""
        if what == "training":
            horizons = sorted({horizon for horizon, _ in self.found.cells})
            api.trigger(BY_HAND[what], {"horizons": sorted(rng.sample(horizons, TRAINED_HORIZONS))})
            return
        week = (self.first_held - BACKFILLED, self.first_held)
        run_id = api.trigger(BY_HAND[what], {"from": week[0].isoformat(), "to": week[1].isoformat()})
        self.first_held, self.backfilled[run_id] = week[0], week

    @staticmethod
    def _wait_for_second(second: float) -> None:
        now = datetime.now(UTC)
        time.sleep((second - now.second - now.microsecond / 1e6) % 60)

    def _do(self, group: Group, rng: random.Random) -> list[Done]:
        """Every fault at its time, and the end of what lasts at its own."""
        began = datetime.now(UTC)
        done = [
            Done(self.stack.executor, self.seed, self.name, group.number, fault.kind, began, group.meets)
            for fault in group.faults
        ]
        steps: list[tuple[float, Callable[[], None]]] = []
        for fault, one in zip(group.faults, done, strict=True):
            steps.append((fault.after_seconds, lambda one=one: self._begin(one, rng)))  # type: ignore[misc]
            if fault.lasts_seconds:
                steps.append((fault.after_seconds + fault.lasts_seconds, lambda one=one: self._end(one)))  # type: ignore[misc]
        for after, step in sorted(steps, key=lambda entry: entry[0]):
            time.sleep(max(0.0, after - (datetime.now(UTC) - began).total_seconds()))
            step()
        return done

    def _begin(self, one: Done, rng: random.Random) -> None:
        one.began = self._note_disturbed()
        try:
            one.hit = acts.begin(one.kind, self.stack, rng)
        except HANDLED as error:
            one.error = f"{type(error).__name__}: {error}"
        one.over = self._note_disturbed()

    def _end(self, one: Done) -> None:
        try:
            acts.end(one.kind, self.stack)
        except HANDLED as error:
            one.error = f"{type(error).__name__}: {error}"
        one.over = self._note_disturbed()
        self._look()

    def _note_disturbed(self) -> datetime:
        """Something is done now, by this machine's clock and by Airflow's."""
        now = datetime.now(UTC)
        ahead = timedelta(seconds=self.stack.clocks.seconds["pipeline"])
        self.disturbed.append((min(now, now + ahead), max(now, now + ahead)))
        return now

    def _have_recovered(self, done: Sequence[Done]) -> bool:
        """Whether each of them has, and since when; the minutes that were answered before its end do not count."""
        answered_before = self.newest
        try:
            answers = self.found.answers()
        except psycopg.Error:
            return False
        live = live_minutes(answers, self.found.cells)
        for one in done:
            assert one.over
            after = [ts for ts in live if ts > one.over and ts > answered_before]
            if not after:
                continue
            one.recovered_seconds = round((live[after[0]] - one.over).total_seconds(), 1)
            began = floor_minute(min(fault.began for fault in done))
            one.not_live_minutes = round((after[0] - began) / MINUTE) - sum(began < ts <= after[0] for ts in live)
        return all(one.recovered_seconds is not None for one in done)

    def _tell(self, group: Group, done: Sequence[Done]) -> None:
        kinds = ", ".join(
            f"{one.kind} ({one.error or one.hit}) {'NOT LIVE AGAIN' if one.recovered_seconds is None else f'{one.recovered_seconds:.0f} s'}"
            for one in done
        )
        met = f", in a {group.meets}" if group.meets else ""
        left = sum(len(one.faults) for one in self.groups if one.number > group.number)
        self.say(
            f"{datetime.now(UTC):%H:%M:%S} {self.stack.executor} group {group.number}{met}: {kinds}; {left} faults left"
        )

    def _caught_up(self) -> Accounted:
        """The account once nothing is open, or the catch-up's time is over."""
        until = datetime.now(UTC) + CATCH_UP
        while True:
            try:
                accounted = self._accounted()
                is_last = not self._may_still_end(accounted.problems) or datetime.now(UTC) > until
                said = f"{len(accounted.problems)} open, first: {accounted.problems[:1]}"
            except HANDLED as error:
                is_last, said = False, f"{type(error).__name__}: {error}"
                if datetime.now(UTC) > until:
                    raise
            if is_last:
                return accounted
            self.say(f"{datetime.now(UTC):%H:%M:%S} catching up: {said}")
            time.sleep(CATCH_UP_POLL_SECONDS)

    @staticmethod
    def _may_still_end(problems: Sequence[str]) -> bool:
        """Whether any of them is of those that time mends."""
        return any(not problem.startswith(NOT_LIVE_AGAIN) for problem in problems)

    def _accounted(self) -> Accounted:
        """Of the minutes from the first live one until the newest that is live."""
        self._look()
        answers = self.found.answers()
        live = live_minutes(answers, self.found.cells)
        end = max(live, default=self.begin - MINUTE) + MINUTE
        span = [self.begin + number * MINUTE for number in range(round((end - self.begin) / MINUTE))]
        found = Found(self.stack, self.begin, end)
        inside = [answer for answer in answers if answer.ts < end]
        total = account(inside, found.cells, span)
        outcomes = found.outcomes()
        runs = found.runs()
        red = unexplained(runs, self.disturbed)
        equal, wrong = self._compared(self.begin, end)
        filled, lost = self._backfills_compared(runs)
        replayed = replay_sample(self.stack.pipeline(), REPLAYED, days=1, seed=self.seed)
        [(promotions,)] = self.stack.rows(
            f"SELECT count(*) FROM promotions WHERE decided_at >= '{self.begin.isoformat()}'"
        )
        return Accounted(
            executor=self.stack.executor,
            seed=self.seed,
            sitting=self.name,
            begin=self.begin,
            end=end,
            cells=len(found.cells),
            total=dict(total.total),
            reasons=dict(total.reasons),
            values_equal=equal,
            backfilled_minutes=filled,
            settled=len({outcome.signal_id for outcome in outcomes}),
            kept_signals=self.kept.count,
            replayed=replayed.equal,
            trainings=Counter(run.state for run in runs if run.dag == BY_HAND["training"]),
            promotions=promotions,
            red_runs=Counter(run.dag for run in runs if run.state == "failed"),
            problems=[
                *total.problems,
                *wrong,
                *lost,
                *settled_problems((one for one in inside if one.kind != "abstained"), outcomes, found.minutes()),
                *(f"red without a fault: {run.dag} {run.run_id}" for run in red),
                *(f"still {run.state}: {run.dag} {run.run_id}" for run in runs if _is_stuck(run)),
                *evidence_problems(self.stack.rows, self.begin),
                *self.kept.problems(self.stack.rows),
                *(f"comes out otherwise: signal {number}" for number in replayed.different),
                *(
                    f"not running: {name} is {state}"
                    for name, state in self.stack.states().items()
                    if state != "RUNNING"
                ),
                *(
                    f"{NOT_LIVE_AGAIN}: {one.kind}"
                    for one in self.done
                    if one.recovered_seconds is None and not one.error
                ),
            ],
        )

    def _compared(self, begin: datetime, end: datetime) -> tuple[int, list[str]]:
        """How many values are the source's, and what is not."""
        found = Found(self.stack, begin, end)
        values, computed = found.values()
        settings = found.settings
        source = source_values(self.market, Faults(), datetime.now(UTC) + CATCH_UP, begin, end, settings.metrics)
        compared = compare(source, values, computed, found.set_aside(), list(settings.metrics))
        return compared.counts["equal"], compared.problems

    def _backfills_compared(self, runs: Sequence[Run]) -> tuple[int, list[str]]:
        """How many minutes of the backfills are held, all of them the source's; what a red run left is loaded here first."""
        states = {run.run_id: run.state for run in runs}
        minutes, problems = 0, []
        for run_id, (begin, end) in self.backfilled.items():
            if states.get(run_id) in OPEN_RUNS:
                continue
            if states.get(run_id) != "success":
                backfill(self.stack.pipeline(), begin, end)
            values, wrong = self._compared(begin, end)
            minutes += round((end - begin) / MINUTE) if values else 0
            problems += wrong
        return minutes, problems


def _is_stuck(run: Run) -> bool:
    """A run by hand has ended by then; those of the schedule come and go, and none is as old as that."""
    if run.state not in OPEN_RUNS:
        return False
    old = run.began is not None and run.began < datetime.now(UTC) - CATCH_UP
    return old or run.dag in BY_HAND.values()
