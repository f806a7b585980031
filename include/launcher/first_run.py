"""From running processes to signals: schema, first history, first models, first signals, all by the project's DAGs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from include.errors import LaunchError
from include.launcher.airflow_api import AirflowApi
from include.launcher.databases import Warehouse
from include.launcher.files import read_json, write_private_json
from include.launcher.home import CHECKOUT, Home
from include.launcher.source import Source, source_time
from include.launcher.terminal import Terminal, how_long
from include.orchestration.training import quick_candidates
from include.settings import Settings

MIGRATE, BACKFILL, INGEST = "migrate_warehouse", "backfill_metrics", "ingest_metrics"
PREDICT, TRAIN = "predict_signals", "train_candidates"
DAGS = frozenset({MIGRATE, BACKFILL, INGEST, PREDICT, TRAIN})
PARSE_SECONDS = 120
FIRST_SIGNAL_SECONDS = 300
SCHEDULED_RUN_SECONDS = 15
STATUS_POLL_SECONDS = 2.0
MINUTE = timedelta(minutes=1)

Status = dict[str, Any]


class Stack(Protocol):
    """What must be known of the processes that run, whoever started them."""

    @property
    def home(self) -> Home: ...
    @property
    def source(self) -> Source: ...
    @property
    def warehouse(self) -> Warehouse: ...
    @property
    def embedded_warehouse(self) -> bool: ...
    @property
    def web_url(self) -> str: ...
    @property
    def airflow_environment(self) -> Mapping[str, str]: ...


class FirstRun:
    """Brings the DAGs of a running Airflow to the point where each minute is answered."""

    def __init__(self, plan: Stack, settings: Settings, api: AirflowApi, terminal: Terminal) -> None:
        self.plan = plan
        self.settings = settings
        self.api = api
        self.terminal = terminal

    def run(self) -> None:
        """Each step is skipped or resumed where an earlier `up` did it or left it half-done."""
        self.wait_for_dags()
        self.migrate()
        signals_before = self.status()["signals"]
        self.load_history()
        self.api.unpause(INGEST)
        self.train()
        self.predict()
        try:
            self.wait_for_signals(signals_before)
        finally:  # a wait that is given up leaves a pipeline that runs
            for dag_id in sorted(self.api.dag_ids()):
                self.api.unpause(dag_id)

    def wait_for_dags(self) -> None:
        """Returns when all DAGs were parsed; raises LaunchError that names the file which does not."""
        with self.terminal.step("Reading the DAGs") as step:
            until = time.monotonic() + PARSE_SECONDS
            while missing := DAGS - self.api.dag_ids():
                step.note(f"waiting for {', '.join(sorted(missing))}")
                if errors := self.api.import_errors():
                    raise LaunchError(f"A DAG file does not load: {errors[0]}")
                if time.monotonic() > until:
                    raise LaunchError(
                        f"Airflow did not find the DAGs {', '.join(sorted(missing))} in {CHECKOUT / 'dags'} within "
                        f"{PARSE_SECONDS} s; {self.plan.home.logs}/dag-processor.log tells why."
                    )
                time.sleep(0.5)

    def migrate(self) -> None:
        with self.terminal.step("The warehouse's schema"):
            self._run_dag(MIGRATE)

    def load_history(self) -> None:
        """The settings' first load, unless this warehouse had it from this source already."""
        if self._was_loaded():
            return
        first, last = self._span()
        asked = int((last - first) / MINUTE) * len(self.settings.symbols)
        days = (last - first).days
        with self.terminal.step(f"Loading {days} days of {self._what()} minutes") as step:

            def follow() -> bool:
                step.advance(loaded_minutes(self.status()), asked, "minutes")
                return False

            conf = {"from": first.isoformat(), "to": last.isoformat()}
            self._run_dag(BACKFILL, conf, self._every_few_seconds(follow))
        self._remember_load()

    def _was_loaded(self) -> bool:
        known = read_json(self.plan.home.first_loads, [])
        symbols = self.status()["symbols"]
        return self._load_key() in known and bool(symbols) and all(s["last_ts"] for s in symbols)

    def _remember_load(self) -> None:
        known = read_json(self.plan.home.first_loads, [])
        write_private_json(self.plan.home.first_loads, [*known, self._load_key()])

    def _load_key(self) -> list[str]:
        """Which history into which warehouse; the lab is one source on whatever port it listens."""
        source = self.plan.source
        where = source.kind if source.is_lab else f"{source.cortex.url} {source.cortex.tenant or ''}"
        target = source.database if self.plan.embedded_warehouse else self.plan.warehouse.owner.rpartition("@")[2]
        return [where, target, *sorted(symbol.name for symbol in self.settings.symbols)]

    def _span(self) -> tuple[datetime, datetime]:
        """[from, to) of the first load: up to the newest settled minute."""
        clock = self.settings.lab_clock if self.plan.source.is_lab else self.settings.clock
        attempts = self.settings.ingest.attempts
        now = source_time(self.plan.source, attempts) if clock.source == "source" else datetime.now(UTC)
        newest = (now - clock.settle_delay).replace(second=0, microsecond=0)
        last = newest + MINUTE  # a minute is named by its end, and the range is half-open
        return last - self.settings.ingest.first_load, last

    def _what(self) -> str:
        return {"simulated": "SIMULATED", "replay": "replayed", "cortex": "real"}[self.plan.source.kind]

    def train(self) -> None:
        """A first champion for each live cell, by the quick candidates; what the run does after that is not waited for."""
        status = self.status()
        if status["champions"] >= status["live_cells"]:
            return
        with self.terminal.step("Training the first models") as step:

            def has_champions() -> bool:
                status = self.status()
                step.note(f"{status['champions']} of {status['live_cells']} champions")
                return bool(status["champions"] >= status["live_cells"])

            candidates = quick_candidates(self.settings)
            self._run_dag(TRAIN, {"candidates": candidates}, self._every_few_seconds(has_champions))

    def predict(self) -> None:
        """The minutes that are open now. Not before the training: without a champion every run would be red."""
        with self.terminal.step("The first signals"):
            self._run_dag(PREDICT)

    def wait_for_signals(self, before: int) -> None:
        """Returns when a minute has its signal in every live cell, and there are more than the `before` of an earlier run."""
        with self.terminal.step("Waiting for the next minute's signals") as step:
            while not _is_answered(now := self.status(), before):
                step.note(f"{now['signals']:,} signals so far")
                if step.seconds > FIRST_SIGNAL_SECONDS:
                    raise LaunchError(
                        f"No signal was written within {how_long(FIRST_SIGNAL_SECONDS)}; look at the runs of {INGEST} "
                        f"and {PREDICT} on {self.plan.web_url}."
                    )
                time.sleep(STATUS_POLL_SECONDS)

    def has_signals(self) -> bool:
        status = self.status()
        return bool(status["signals"]) and status["champions"] >= status["live_cells"]

    def told_paused(self) -> str:
        """A sentence that names the DAGs that nobody has turned on, or has turned off; empty where all are on."""
        paused = ", ".join(sorted(self.api.paused()))
        return f" Paused: {paused}; turn them on in the web UI where that is not meant." if paused else ""

    def _run_dag(
        self, dag_id: str, conf: dict[str, Any] | None = None, meanwhile: Callable[[], bool] = lambda: False
    ) -> None:
        """Runs the DAG, or goes on with the run that an interrupted `up` left, until it ends or `meanwhile` says so."""
        due = self.api.is_due(dag_id)
        self.api.unpause(dag_id)
        run = (self._scheduled_run(dag_id) if due else None) or self.api.unfinished_run(dag_id)
        self.api.wait(dag_id, run or self.api.trigger(dag_id, conf), meanwhile)

    def _scheduled_run(self, dag_id: str) -> str | None:
        """The run that the scheduler makes of a schedule that was paused; a second one beside it would be too much."""
        until = time.monotonic() + SCHEDULED_RUN_SECONDS
        while (run := self.api.unfinished_run(dag_id)) is None and time.monotonic() < until:
            time.sleep(0.5)
        return run

    def _every_few_seconds(self, follow: Callable[[], bool]) -> Callable[[], bool]:
        last = 0.0

        def due() -> bool:
            nonlocal last
            if time.monotonic() - last < STATUS_POLL_SECONDS:
                return False
            last = time.monotonic()
            return follow()

        return due

    def status(self) -> Status:
        """What `cortex-signals status --json` says of this warehouse."""
        command = [sys.executable, "-m", "include.cli.main", "status", "--json"]
        environ = {**os.environ, "CORTEX_SIGNALS_HOME": str(self.plan.home.folder), "PYTHONPATH": str(CHECKOUT)}
        allowed = "CORTEX_SIGNALS_ALLOW_SIMULATED"
        environ |= {k: v for k, v in self.plan.airflow_environment.items() if k == allowed}
        result = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
        if result.returncode:
            raise LaunchError(f"The state of the warehouse could not be read: {result.stderr.strip()}")
        return dict(json.loads(result.stdout))


def _is_answered(status: Status, before: int) -> bool:
    return bool(status["signals"] > before and status["signals_of_newest"] >= status["live_cells"])


def loaded_minutes(status: Status) -> int:
    return sum(symbol["minutes"] or 0 for symbol in status["symbols"])
