"""A whole stack at real time amid faults, watched for a span, and then every minute of it accounted for."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import psycopg

from include.errors import LaunchError
from include.lab.market import MARKETS, SYMBOL, SimulatedMarket
from include.settings import load_settings
from tests.soak import disturb
from tests.soak.accounting import (
    MINUTE,
    account,
    live_minutes,
    recovered_after,
    settled_problems,
    unexplained,
)
from tests.soak.found import Found
from tests.soak.plan import Plan, make_plan
from tests.soak.report import Done, Report
from tests.soak.truth import compare, source_values
from tests.system.running_stack import RunningStack, make_stack

HEARTBEAT_SECONDS = 30
LEAD = timedelta(minutes=3)
# late samples of the last minute come, and are read again
AFTER = timedelta(minutes=3)
CATCH_UP = timedelta(minutes=10)
Say = Callable[[str], None]


@dataclass(frozen=True)
class Options:
    """`only`: kinds of disturbances; empty: as many as the span has room for."""

    minutes: int = 60
    seed: int = 1
    home: Path | None = None
    history_days: int = 60
    only: tuple[str, ...] = ()


def soak(options: Options, say: Say) -> Report:
    """Starts a stack, runs it through the plan of the seed and stops it again.

    Its folder stays where it was given, or something is not accounted for.
    """
    stack = make_stack(smaller=False, home=options.home)
    settings = load_settings(_with_history(stack.settings_file, options.history_days))
    market = MARKETS[settings.lab_market](settings.lab_seed, SYMBOL)
    stack.environment["CORTEX_SIGNALS_LAB_ARGS"] = disturb.NO_FAULTS
    say(f"{datetime.now(UTC):%H:%M:%S} the stack is started in {stack.home}")
    try:
        stack.up()
        begin = datetime.now(UTC).replace(second=0, microsecond=0) + LEAD
        plan = make_plan(options.seed, begin, options.minutes, market, options.only)
        disturb.give_faults(stack, plan.lab_arguments)
        _tell(plan, say)
        report = Soak(plan, stack, market, options.history_days, say).run()
    finally:
        stack.launch("down")
    if options.home is None and not report.problems:
        shutil.rmtree(stack.home)
    return report


def _tell(plan: Plan, say: Say) -> None:
    say(f"The span: {plan.minutes} minutes from {plan.begin:%H:%M} UTC on; the lab's faults: {plan.lab_arguments}")
    for disturbance in plan.disturbances:
        say(f"  {disturbance.at:%H:%M:%S} {disturbance.kind}")


def _with_history(settings: Path, days: int) -> Path:
    text = settings.read_text(encoding="utf-8")
    assert "first_load_days = 180" in text
    settings.write_text(text.replace("first_load_days = 180", f"first_load_days = {days}"), encoding="utf-8")
    return settings


@dataclass
class Soak:
    """A running stack, what was done to it so far, and what it holds."""

    plan: Plan
    stack: RunningStack
    market: SimulatedMarket
    history_days: int
    say: Say
    done: list[Done] = field(default_factory=list)

    def run(self) -> Report:
        """The span, the catch-up, the account."""
        self.found = Found(self.stack, self.plan.begin, self.plan.end)
        self.started_before = disturb.starts(self.stack)
        self._live_through()
        return self._caught_up()

    def _live_through(self) -> None:
        """Disturbs when it is time, and says every half minute how it stands."""
        planned = [(one.at, one.kind, self._begin) for one in self.plan.disturbances]
        planned += [(one.ends, one.kind, self._end) for one in self.plan.disturbances]
        planned.sort(key=lambda entry: entry[0])
        while (now := datetime.now(UTC)) < self.plan.end + MINUTE:
            while planned and planned[0][0] <= now:
                _, kind, act = planned.pop(0)
                act(kind)
            self._heartbeat(now)
            until = min([now + timedelta(seconds=HEARTBEAT_SECONDS), *(at for at, *_ in planned[:1])])
            time.sleep(max(0.0, (until - datetime.now(UTC)).total_seconds()))

    def _begin(self, kind: str) -> None:
        self.done.append(Done(kind, datetime.now(UTC)))
        self.say(f"{datetime.now(UTC):%H:%M:%S} {kind}")
        self._try(disturb.begin, kind)

    def _end(self, kind: str) -> None:
        self._try(disturb.end, kind)
        self._of(kind).ended = datetime.now(UTC)

    def _of(self, kind: str) -> Done:
        return next(done for done in self.done if done.kind == kind)

    def _try(self, act: Callable[[str, RunningStack], None], kind: str) -> None:
        try:
            act(kind, self.stack)
        except (OSError, ValueError, LaunchError, psycopg.Error, subprocess.SubprocessError) as error:
            self._of(kind).error = f"{type(error).__name__}: {error}"

    def _heartbeat(self, now: datetime) -> None:
        left = self.plan.end - now
        minute = min(self.plan.minutes, max(0, int((now - self.plan.begin) / MINUTE)))
        self.say(
            f"{now:%H:%M:%S} minute {minute} of {self.plan.minutes}: {self._counts()}; {max(0, left / MINUTE):.0f} min left"
        )

    def _counts(self) -> str:
        try:
            kinds = Counter(answer.kind for answer in self.found.answers() if answer.ts < self.plan.end)
        except psycopg.Error:
            return "the warehouse does not answer"
        return f"live {kinds['live']}, late {kinds['late']}, abstained {kinds['abstained']}"

    def _caught_up(self) -> Report:
        """The account once nothing is open, or the catch-up's time is over."""
        while True:
            now = datetime.now(UTC)
            if now > self.plan.end + AFTER:
                report = self._report(now)
                if not report.problems or now > self.plan.end + CATCH_UP:
                    return report
                self.say(f"{now:%H:%M:%S} catching up: {len(report.problems)} open, first: {report.problems[0]}")
            time.sleep(HEARTBEAT_SECONDS)

    def _report(self, now: datetime) -> Report:
        found, plan = self.found, self.plan
        minutes, until_now, outcomes = found.minutes(), found.answers(), found.outcomes()
        answers = [answer for answer in until_now if answer.ts < plan.end]
        accounted = account(answers, found.cells, plan.span)
        live = live_minutes(until_now, found.cells)
        for done in self.done:
            done.recovered_seconds = recovered_after(done.over, live)
        values, computed = found.values()
        source = source_values(self.market, plan.faults, now, plan.begin, plan.end, found.settings.metrics)
        compared = compare(source, values, computed, found.set_aside(), list(found.settings.metrics))
        runs = found.runs()
        red = unexplained(runs, [(done.began, done.over) for done in self.done])
        settled = {outcome.signal_id for outcome in outcomes}
        return Report(
            plan=plan,
            history_days=self.history_days,
            account=accounted,
            live_minutes=sum(ts < plan.end for ts in live),
            latencies=[answer.latency_seconds for answer in answers if answer.kind == "live"],
            settled=len(settled),
            settled_again=len(outcomes) - len(settled),
            compared=compared,
            runs=runs,
            unexplained=red,
            restarts=disturb.starts(self.stack) - self.started_before,
            disturbances=self.done,
            problems=[
                *accounted.problems,
                *compared.problems,
                *settled_problems((a for a in answers if a.kind != "abstained"), outcomes, minutes),
                *(f"red without a disturbance: {run.dag} {run.run_id}" for run in red),
                *self._disturbed_problems(),
            ],
        )

    def _disturbed_problems(self) -> list[str]:
        states = disturb.program_states(self.stack)
        return [
            *(f"not running: {name} is {state}" for name, state in states.items() if state != "RUNNING"),
            *(f"not done: {done.kind}: {done.error}" for done in self.done if done.error),
            *(f"not live again: {done.kind}" for done in self.done if done.recovered_seconds is None),
        ]


def write_report(report: Report, file: Path) -> None:
    """The JSON there, and beside it the tables as Markdown."""
    file.write_bytes(orjson.dumps(report.as_dict(), option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS))
    file.with_suffix(".md").write_text(report.as_markdown(), encoding="utf-8")
