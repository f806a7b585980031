"""The local processes as one thing: started in order, each waited for until it really answers, and ended."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from contextlib import suppress

import psutil

from include.cortex.client import CortexClient
from include.errors import LaunchError, SourceError
from include.launcher import airflow, processes
from include.launcher.airflow_api import AirflowApi
from include.launcher.databases import ensure_metadata, ensure_warehouse
from include.launcher.files import write_private
from include.launcher.home import Home
from include.launcher.plan import Plan
from include.launcher.postgres import last_line, postmaster_of
from include.launcher.supervision import Supervisor
from include.launcher.terminal import Step, Terminal
from include.settings import Settings

POSTGRES_SECONDS = 60
LAB_SECONDS = 60
LAB_ANSWER_SECONDS = 5
WEB_SECONDS = 180
DATABASE_SECONDS = 30
AIRFLOW_SECONDS = 180
HEALTH_POLL_SECONDS = 0.25
# Names in Airflow's health report.
BACKGROUND = {"scheduler": "scheduler", "dag-processor": "dag_processor", "triggerer": "triggerer"}


class Stack:
    """Starts the plan's programs; what runs already and is healthy stays as it is."""

    def __init__(self, plan: Plan, settings: Settings, terminal: Terminal) -> None:
        self.plan = plan
        self.settings = settings
        self.terminal = terminal
        self.supervisor = Supervisor(plan.home)
        self.api = AirflowApi(plan.web_url, airflow.USERNAME, plan.secrets.admin_password)

    def is_running(self) -> bool:
        """Whether all of exactly this plan runs and answers."""
        expected = {program.name for program in self.plan.programs}
        running = {name for name, state in self.supervisor.states().items() if state == "RUNNING"}
        return running >= expected and self.plan.is_launched() and self._background_is_healthy()

    def start(self) -> None:
        """Starts what does not run yet; returns when all of it is healthy."""
        self.start_database()
        self.start_source()
        self.start_airflow()
        self.supervisor.start_program("metrics")

    def start_database(self) -> None:
        """PostgreSQL, with the logins and databases that this plan needs."""
        plan = self.plan
        with self.terminal.step(f"PostgreSQL {plan.postgres.binaries.major} in {plan.postgres.folder}") as step:
            self._start_supervisor()
            self._start("postgres", plan.postgres.answers, POSTGRES_SECONDS, step)
            ensure_metadata(plan.postgres, plan.secrets)
            if plan.embedded_warehouse:
                ensure_warehouse(plan.postgres, plan.secrets, plan.source, self.settings)

    def _start_supervisor(self) -> None:
        if self.supervisor.leader():
            return
        self.plan.postgres.initialise()
        self.plan.postgres.clear_stale_lock()
        self.plan.write_files()
        self.supervisor.start(self.plan.supervisor_config)
        write_private(self.plan.home.launched, self.plan.fingerprint)

    def start_source(self) -> None:
        """The bundled lab, where no Cortex was given."""
        if self.plan.source.is_lab:
            with self.terminal.step(f"The bundled lab on {self.plan.source.cortex.url}") as step:
                self._start("lab", self._lab_answers, LAB_SECONDS, step)

    def _lab_answers(self) -> bool:
        with (
            suppress(SourceError),
            CortexClient(self.plan.source.cortex, attempts=1, timeout_seconds=LAB_ANSWER_SECONDS) as client,
        ):
            return client.identity().kind == self.plan.source.kind
        return False

    def start_airflow(self) -> None:
        """Its tables, its API server, then the three processes that need the API server, and the pools."""
        with self.terminal.step("Airflow's tables"):
            airflow.migrate_metadata(self.plan.home, self.plan.airflow_environment)
        with self.terminal.step(f"Airflow's web server on {self.plan.web_url}") as step:
            self._start("api-server", lambda: self.api.version() is not None, WEB_SECONDS, step)
        with self.terminal.step("Airflow's scheduler, DAG processor and triggerer") as step:
            for name in BACKGROUND:
                self.supervisor.start_program(name)
            for name in BACKGROUND:
                self._wait(name, lambda name=name: self._is_healthy(name), AIRFLOW_SECONDS, step)  # type: ignore[misc]
        for name, pool in airflow.POOLS.items():
            self.api.ensure_pool(name, pool["slots"], pool["description"])
        self.supervisor.record()

    def _is_healthy(self, name: str) -> bool:
        return self.api.health().get(BACKGROUND[name]) == "healthy"

    def _background_is_healthy(self) -> bool:
        health = self.api.health()
        return all(health.get(name) == "healthy" for name in BACKGROUND.values())

    def _start(self, name: str, healthy: Callable[[], bool], seconds: float, step: Step) -> None:
        self.supervisor.start_program(name)
        self._wait(name, healthy, seconds, step)
        self.supervisor.record()

    def _wait(self, name: str, healthy: Callable[[], bool], seconds: float, step: Step) -> None:
        until = time.monotonic() + seconds
        while not healthy():
            step.note(f"waiting for {name}")
            state = self.supervisor.state(name)
            if state in {"FATAL", "ABSENT"} or time.monotonic() > until:
                raise LaunchError(self._why_not(name, state, seconds))
            time.sleep(HEALTH_POLL_SECONDS)

    def _why_not(self, name: str, state: str, seconds: float) -> str:
        log = self.plan.home.logs / f"{name}.log"
        what = "keeps ending" if state in {"FATAL", "BACKOFF"} else f"was not healthy after {seconds:.0f} s"
        return f"The process {name} {what}: {last_line(log) or 'it wrote nothing'}; {log} tells more."


def stop_everything(home: Home) -> int:
    """Ends every process that `up` started for this home, however it was left, and nothing else.

    Returns
    -------
    How many there were.

    Raises
    ------
    LaunchError
        A process is alive even after it was killed.
    """
    before = _ours(home)
    Supervisor(home).shutdown(together=BACKGROUND)
    left = processes.end(_without_database(home, _ours(home)))
    left += _end_database(home)
    if left:
        numbers = ", ".join(str(process.pid) for process in left)
        raise LaunchError(f"The processes {numbers} do not end; look at them with `ps`, and run `make down` again.")
    home.processes.unlink(missing_ok=True)
    return len(before)


def _ours(home: Home) -> list[psutil.Process]:
    supervisor = Supervisor(home)
    leader = supervisor.leader()
    roots = [leader] if leader else []
    roots += processes.recorded(home.processes) + processes.tagged(supervisor.url)
    postmaster = postmaster_of(home.database / "data")
    return processes.with_descendants([*roots, postmaster] if postmaster else roots)


def _without_database(home: Home, family: list[psutil.Process]) -> list[psutil.Process]:
    """The server's own processes end with it: killed one by one they would make it recover from a crash."""
    postmaster = postmaster_of(home.database / "data")
    of_database = set(processes.with_descendants([postmaster])) if postmaster else set()
    return [process for process in family if process not in of_database]


def _end_database(home: Home) -> list[psutil.Process]:
    postmaster = postmaster_of(home.database / "data")
    return processes.end([postmaster], signal.SIGINT, DATABASE_SECONDS) if postmaster else []
