"""The stack of `make up` for a sitting: LocalExecutor, one PostgreSQL, everything under the launcher's supervisor."""

from __future__ import annotations

import json
import os
import random
import signal
import time
from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil
from psycopg.conninfo import conninfo_to_dict

from include.launcher.airflow_api import AirflowApi
from include.launcher.databases import METADATA
from include.launcher.files import write_private_json
from include.launcher.home import Home
from include.launcher.ports import LOOPBACK
from include.pipeline import Pipeline, from_environment
from include.settings import read_environment
from tests.chaos.clocks import Clocks
from tests.chaos.small_disk import SmallDisk
from tests.chaos.small_settings import write_settings
from tests.chaos.stack import NothingThereError, kill_any
from tests.soak.disturb import program_states, supervise
from tests.system.running_stack import make_stack, wait_for

DISK_MEGABYTES = 1024
STARTED_WITHIN_SECONDS = 20
SERVICES = {"source": "lab", "database": "postgres"}
WITH_CLOCKS = {"airflow": "pipeline", "metrics": "pipeline", "lab": "source"}


class LaunchedStack:
    """See ChaosStack; `home` is a folder of its own."""

    executor = "local"

    def __init__(self, home: Path | None = None) -> None:
        self.stack = make_stack(smaller=False, home=home)
        self.home = self.stack.home
        self.settings_file = write_settings(self.stack.settings_file)
        self.clocks = Clocks(self.home / "clocks")
        self.disk = SmallDisk(Home(self.home).database, DISK_MEGABYTES)

    def start(self) -> None:
        if not SmallDisk.why_not():
            self.disk.mount()
        self.stack.up()
        if not Clocks.why_not():
            self._give_clocks()

    def _give_clocks(self) -> None:
        """Starts the programs again with the library preloaded: run_program reads their environments at each start."""
        self.clocks.build()
        file = Home(self.home).program_environments
        environments = json.loads(file.read_text(encoding="utf-8"))
        for name, whose in WITH_CLOCKS.items():
            environments[name] |= self.clocks.environment(whose)
        write_private_json(file, environments)
        for program in ("lab", "api-server", "scheduler", "dag-processor", "triggerer", "metrics"):
            supervise(self.stack, "restart", program)
        with self.stack.api() as api:
            wait_for("Airflow with its clock", lambda: api.health().get("scheduler") == "healthy")

    def stop(self) -> None:
        self.stack.launch("down")
        self.disk.unmount()

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return self.stack.rows(query)

    def api(self) -> AbstractContextManager[AirflowApi]:
        return self.stack.api()

    def pipeline(self) -> Pipeline:
        return from_environment(read_environment(self.stack.environment))

    def kill(self, service: str) -> str:
        pid = self._pid(SERVICES.get(service, service))
        os.kill(pid, signal.SIGKILL)
        return f"process {pid}"

    def _pid(self, program: str) -> int:
        """Once it runs; raises NothingThereError where it does not come."""
        until = time.monotonic() + STARTED_WITHIN_SECONDS
        while not (pid := int(supervise(self.stack, "pid", program) or 0)):
            if time.monotonic() > until:
                raise NothingThereError(f"{program} does not run")
            time.sleep(0.5)
        return pid

    def kill_worker(self, rng: random.Random) -> str:
        """One of the executor's processes below the scheduler, or of the tasks below them."""
        return f"process {kill_any(psutil.Process(self._pid('scheduler')).children(recursive=True), rng)}"

    def processes(self, *words: str) -> Sequence[psutil.Process]:
        return self.stack.processes(*words)

    def database_services(self) -> Collection[str]:
        return ["database"]

    def administrator(self, what: str) -> tuple[str, str]:
        secrets = json.loads(Home(self.home).secrets.read_text(encoding="utf-8"))
        warehouse = conninfo_to_dict(self.stack.addresses["warehouse"]["owner"])
        dsn = f"postgresql://postgres:{quote(secrets['postgres_password'], safe='')}@{LOOPBACK}:{warehouse['port']}/postgres"
        return dsn, METADATA if what == "metadata" else str(warehouse["dbname"])

    def states(self) -> Mapping[str, str]:
        return program_states(self.stack)

    def server_log(self) -> Path:
        return self.home / "logs" / "postgres.log"
