"""Runs a scenario: the loads amid their trouble, then in peace until they are done, then the comparison."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from include.lab.clock import LabClock
from include.lab.server import create_app
from tests.faults import checks
from tests.faults.bench import TENANT, Bench, Command, Console, Database, Ended, console, small_settings, wait_until
from tests.faults.checks import Problem, Truth
from tests.faults.injected import LIES
from tests.faults.proxy import Plan, Proxy, Request
from tests.faults.scenarios import Event, Load, Scenario
from tests.markets import ChangeableMarket, serving

TIMEOUT_SECONDS = 2.0  # of the command's requests; an honest answer takes some 20 ms
PEACEFUL_RUNS = 5  # after the trouble a load must succeed within as many
WAIT_SECONDS = 15  # for a transaction to meet our lock
SOURCE_DOWN_SECONDS = 0.3
DEADLINE = 30  # seconds after a minute's end until when its recording may come: time.settle_deadline_seconds
UNWATCHED_MINUTES = 3  # between `now` and the machine's, where the lab poses as a Cortex: what settles meanwhile


@dataclass
class Report:
    """What came of a scenario: its problems, the kinds of trouble that really happened, and how the commands ended."""

    scenario: Scenario
    problems: list[Problem] = field(default_factory=list)
    fired: set[str] = field(default_factory=set)
    runs: list[Ended] = field(default_factory=list)
    seconds: float = 0.0

    def __str__(self) -> str:
        return "\n".join(
            [
                str(self.scenario),
                f"  happened: {', '.join(sorted(self.fired)) or 'nothing'}",
                *(f"  $ {run}" for run in self.runs),
                *(f"  PROBLEM {problem}" for problem in self.problems),
                f"  again: python -m tests.faults --seeds {self.scenario.seed}",
            ]
        )


def run_scenario(scenario: Scenario, bench: Bench) -> Report:
    """Everything of one seed; never raises for what the loader does."""
    began = time.monotonic()
    report = Report(scenario)
    with ExitStack() as stack:
        server = bench.server(to_be_killed=scenario.needs_own_server)
        database = stack.enter_context(bench.database(server))
        _Run(scenario, database, report, bench.folder, stack).all()
    report.seconds = time.monotonic() - began
    return report


def repair_command(start: str, end: str) -> list[str]:
    """What finds and refetches the missing minutes of [start, end)."""
    return ["repair", "--from", start, "--to", end]


class SettableClock(LabClock):
    """Lab time that stands where it is put, or is the machine's, off by some seconds."""

    def __init__(self, at: float | None) -> None:
        super().__init__()
        self.at = at
        self.skew = 0.0

    def now(self) -> float:
        return (time.time() if self.at is None else self.at) + self.skew


class _Run:
    """One scenario in its surroundings."""

    def __init__(self, scenario: Scenario, database: Database, report: Report, folder: Path, stack: ExitStack) -> None:
        self.scenario, self.database, self.report = scenario, database, report
        self.market = _market(scenario)
        self.clock = SettableClock(None if scenario.poses_as_cortex else self._epoch(scenario.now))
        self.lab = stack.enter_context(serving(create_app(self.market, self.clock, TENANT)))
        self.truth = self._truth()
        self.token = f"hush{scenario.seed:04}"  # short: a sentence that is cut off must not hide it
        self.proxy = stack.enter_context(Proxy(self.lab, self._peace()))
        self.console = self._console(folder)
        self.commands: list[Command] = []
        self.pending = list(scenario.events)
        self.lock = threading.Lock()
        self.threads: list[threading.Thread] = []

    def all(self) -> None:
        self._trouble()
        self.database.ensure_running()
        self.clock.skew = 0.0
        self.proxy.follow(self._peace())
        self.report.problems += checks.check_ledger(self.database)
        self._settle()
        self._check()

    # ── surroundings ────────────────────────────────────────────────────────────────────────────────────────────────
    def _epoch(self, minute: int) -> int:
        return self.market.first + 60 * minute

    def _text(self, minute: int) -> str:
        return f"{datetime.fromtimestamp(self._epoch(minute), UTC):%Y-%m-%dT%H:%MZ}"

    def _lost_rules(self) -> tuple[frozenset[str], int, int]:
        names, begin, end = self.scenario.lost_rules
        return names, self._epoch(begin), self._epoch(end)

    def _truth(self) -> Truth:
        usual, self.clock.at = self.clock.at, self._epoch(self.scenario.minutes)
        truth = checks.ask_truth(self.lab, self.market, self._lost_rules())
        self.clock.at = usual
        return truth

    def _peace(self) -> Plan:
        return Plan(poses_as_cortex=self.scenario.poses_as_cortex, lost_rules=self._lost_rules())

    def _console(self, folder: Path) -> Console:
        scenario = self.scenario
        settings = small_settings(
            scenario.window_minutes, scenario.first_load_minutes, scenario.attempts, TIMEOUT_SECONDS
        )
        return console(folder / self.database.name, self.proxy.url, self.database.dsn, self.token, settings)

    def _arguments(self, load: Load) -> list[str]:
        if load.verb == "backfill":
            arguments = ["backfill", "--from", self._text(load.start), "--to", self._text(load.end or 0)]
        elif load.end is None and not self.scenario.poses_as_cortex:
            arguments = ["ingest"]
        else:
            arguments = ["ingest", "--until", self._text(self.scenario.now if load.end is None else load.end)]
        return [*arguments, "--json"] if load.json else arguments

    # ── trouble ─────────────────────────────────────────────────────────────────────────────────────────────────────
    def _trouble(self) -> None:
        scenario = self.scenario
        plan = self._peace()
        plan.faults = scenario.faults
        plan.on_request = self._on_request
        if scenario.skew and scenario.skew[0] == "skew-source":
            plan.skew_seconds = scenario.skew[1]
        if scenario.skew and scenario.skew[0] == "skew-wall":
            self.clock.skew = scenario.skew[1]
            self.report.fired.add("skew-wall")
        self.proxy.follow(plan)
        groups = [scenario.loads] if scenario.at_once else [(load,) for load in scenario.loads]
        if scenario.at_once:
            self.report.fired.update(kind for kind in scenario.kinds if kind.startswith("two-"))
        for group in groups:
            ended = self._load_at_once(group, plan)
            if any(run.code != 0 for run in ended) and set(scenario.kinds) - self.report.fired:
                self._load_at_once(group, plan)  # what ended it early kept the rest of the trouble away

    def _load_at_once(self, loads: tuple[Load, ...], plan: Plan) -> list[Ended]:
        self.commands = [self.console.start(*self._arguments(load)) for load in loads]
        self._watch()
        ended = [command.ended() for command in self.commands]
        self._let_happen()
        self._note(ended)
        self.report.fired |= set(plan.fired)
        for load, run in zip(loads, ended, strict=True):
            self._check_success(load, run, plan)
        return ended

    def _let_happen(self) -> None:
        """Until what has begun to happen is over: a server is started once."""
        for thread in self.threads:
            thread.join()
        self.threads.clear()
        with self.lock:
            pass

    def _in_background(self, what: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=what, args=arguments, daemon=True)
        self.threads.append(thread)
        thread.start()

    def _watch(self) -> None:
        """Lets happen what hangs on the ledger, until the commands have ended."""
        until = time.monotonic() + 100
        while any(c.process.poll() is None for c in self.commands) and time.monotonic() < until:
            waiting = [event for event in self.pending if event.when == "ledger"]
            if waiting:
                rows = self.database.ledger_rows()
                for event in waiting:
                    if rows >= event.number:
                        self._once(event)
            time.sleep(0.02)

    def _on_request(self, request: Request) -> None:
        """In the proxy's thread, before the request is answered."""
        number = request.range_number
        if self.scenario.skew and self.scenario.skew[0] == "skew-jump" and number >= 2:
            self.clock.skew = self.scenario.skew[1]
            self.report.fired.add("skew-jump")
        for event in list(self.pending):
            if number < event.number or event.when == "ledger":
                continue
            if event.when == "request":
                self._once(event)
            else:
                self._at_a_lock(event)

    def _once(self, event: Event, backends: list[int] | None = None) -> None:
        with self.lock:
            if event not in self.pending:
                return
            self.pending.remove(event)
            self.report.fired.add(event.what)
            _HAPPENINGS[event.what](self, event, backends or [])

    def _at_a_lock(self, event: Event) -> None:
        """Lock the table now; the event happens once a transaction waits for it, amid its writing."""
        with self.lock:
            if event not in self.pending:
                return
            self.pending.remove(event)
        try:
            locking = self.database.connect()
        except psycopg.OperationalError:
            return
        try:
            locking.autocommit = False
            locking.execute("SET LOCAL lock_timeout = '5s'")
            locking.execute(f"LOCK TABLE {event.when} IN SHARE MODE")
        except psycopg.Error:
            locking.close()
            return
        self._in_background(self._when_waited_for, event, locking)

    def _when_waited_for(self, event: Event, locking: psycopg.Connection[object]) -> None:
        found: list[int] = []

        def somebody() -> bool:
            found[:] = self.database.waiting_for(event.when)
            return bool(found) or all(c.process.poll() is not None for c in self.commands)

        try:
            if wait_until(somebody, WAIT_SECONDS) and found:
                with self.lock:
                    self.report.fired.add(event.what)
                    _HAPPENINGS[event.what](self, event, found)
        except psycopg.Error:
            pass  # another event took the server down
        finally:
            locking.close()

    def restart_source(self, event: Event, backends: list[int]) -> None:
        # not from the thread of a connection that it cuts, which would be in the middle of its answer
        self._in_background(self.proxy.restart, SOURCE_DOWN_SECONDS)
        time.sleep(0.05)

    def restart_postgres(self, event: Event, backends: list[int]) -> None:
        self.database.stop(signal.SIGKILL if event.what == "postgres-kill" else signal.SIGQUIT)
        if not event.stays_down:
            self.database.ensure_running()

    def kill_backend(self, event: Event, backends: list[int]) -> None:
        postmaster = self.database.server.postmaster()
        for worker in postmaster.children() if postmaster else []:
            if worker.pid in backends[:1]:
                worker.kill()
        time.sleep(0.2)  # until the postmaster has seen it
        self.database.ensure_running()

    def terminate_backend(self, event: Event, backends: list[int]) -> None:
        for pid in backends[:1]:
            self.database.rows(f"SELECT pg_terminate_backend({pid})")

    def kill_command(self, event: Event, backends: list[int]) -> None:
        self.commands[0].send(signal.SIGKILL if event.what == "command-kill" else signal.SIGINT)
        if event.what == "command-kill":
            self.commands[0].process.wait()

    # ── peace ───────────────────────────────────────────────────────────────────────────────────────────────────────
    def _settle(self) -> None:
        """The same loads again until each is done, then a repair where it takes one."""
        repair = self._needs_repair()
        for load in dict.fromkeys(self.scenario.loads):
            self._until_done(self._arguments(load))
        if repair:
            begin, end = self.scenario.span
            self._until_done(repair_command(self._text(begin), self._text(end)))

    def _until_done(self, arguments: list[str]) -> None:
        for _ in range(PEACEFUL_RUNS):
            ended = self.console.start(*arguments).ended()
            self._note([ended])
            if ended.code == 0:
                return
        self.report.problems.append(Problem("does not recover", f"{ended}"))

    def _needs_repair(self) -> bool:
        """Minutes were withheld in silence, or an ingest failed whose watermark may have passed what failed."""
        return self._was_lied_to() or any(run.arguments[0] == "ingest" and run.code != 0 for run in self.report.runs)

    def _was_lied_to(self) -> bool:
        skew = self.scenario.skew
        hidden = skew is not None and (skew[1] > 0 if skew[0] == "skew-source" else skew[1] < 0)
        return hidden or bool(self.report.fired & LIES)

    # ── checks ──────────────────────────────────────────────────────────────────────────────────────────────────────
    def _note(self, ended: list[Ended]) -> None:
        self.report.runs += ended
        for run in ended:
            self.report.problems += checks.check_end(run)

    def _check_success(self, load: Load, run: Ended, plan: Plan) -> None:
        """A backfill that says it is done amid the trouble, and was not lied to, is done."""
        if load.verb == "backfill" and run.code == 0 and not LIES & set(plan.fired) and not self.scenario.skew:
            self.database.ensure_running()
            for problem in self._compare((load.start, load.end or 0)):
                self.report.problems.append(Problem(f"success without {problem.what}", problem.detail))

    def _check(self) -> None:
        self.report.problems += self._compare(self.scenario.span)
        self.report.problems += checks.check_ledger(self.database)
        self.report.problems += checks.check_revisions(self.database)
        self.report.problems += checks.check_secrets(self.database, self.token, self.report.runs)

    def _compare(self, span: tuple[int, int]) -> list[Problem]:
        epochs = self._epoch(span[0]), self._epoch(span[1])
        return checks.compare(
            self.database, self.truth, epochs, computed_until=self._epoch(self.scenario.now) - DEADLINE
        )


_HAPPENINGS: dict[str, Callable[[_Run, Event, list[int]], None]] = {
    "source-restart": _Run.restart_source,
    "postgres-restart": _Run.restart_postgres,
    "postgres-kill": _Run.restart_postgres,
    "backend-kill": _Run.kill_backend,
    "backend-terminate": _Run.terminate_backend,
    "command-kill": _Run.kill_command,
    "command-interrupt": _Run.kill_command,
}


def _market(scenario: Scenario) -> ChangeableMarket:
    market = ChangeableMarket(scenario.minutes / 1440, seed=scenario.seed + 1)
    if scenario.poses_as_cortex:
        market.first = (int(time.time()) // 60 - UNWATCHED_MINUTES - scenario.now) * 60
    for begin, length in scenario.holes:
        market.last_price[begin : begin + length] = float("nan")
        market.volume_24h[begin : begin + length] = float("nan")
    return market
