"""docker-compose.yaml's services for a sitting: CeleryExecutor, Redis, two workers that share no folder, one PostgreSQL."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import psycopg

from include.launcher.airflow_api import AirflowApi
from include.pipeline import Pipeline, from_environment
from include.settings import PACKAGE, read_environment
from tests.chaos.clocks import Clocks
from tests.chaos.small_disk import SmallDisk
from tests.chaos.small_settings import write_settings
from tests.chaos.stack import NothingThereError, kill_any
from tests.compose.natively import TAG, NativeCompose
from tests.system.running_stack import wait_for

DISK_MEGABYTES = 1024
STARTED_WITHIN_SECONDS = 20
SERVICES = {"source": "lab", "database": "postgres"}
FIRST_RUN = "begin"
ONCE = {"airflow-init", FIRST_RUN}
BEGUN_WITHIN_SECONDS = 1800
BY_ITSELF = 0.5  # of the workers' kills one of its processes alone, of the others the whole worker


class ComposedStack:
    """See ChaosStack; `home` is a folder of its own."""

    executor = "celery"

    def __init__(self, home: Path) -> None:
        self.home = home
        home.mkdir(parents=True, exist_ok=True)
        home.chmod(0o755)
        self.settings_file = home / "settings.toml"
        if not self.settings_file.exists():
            shutil.copy(PACKAGE / "settings.toml", self.settings_file)
        write_settings(self.settings_file)
        self.clocks = Clocks(home / "clocks")
        self.disk = SmallDisk(home / "volumes" / "postgres", DISK_MEGABYTES)
        self.compose = _Moved(
            home,
            profiles=("demo", "celery"),
            variables={"EXECUTOR": "CeleryExecutor", "SETTINGS_FILE": str(self.settings_file)},
            scale={"worker": 2},
        )
        self.compose.clocks = self.clocks

    def start(self) -> None:
        if not SmallDisk.why_not():
            self.disk.mount()
            shutil.chown(self.disk.folder, "postgres", "postgres")
        if not Clocks.why_not():
            self.clocks.build()
        self.compose.start()
        wait_for("the first signals", lambda: self.compose.exit_code(FIRST_RUN) is not None, BEGUN_WITHIN_SECONDS)
        assert self.compose.exit_code(FIRST_RUN) == 0, self.compose.log(FIRST_RUN).read_text(encoding="utf-8")

    def stop(self) -> None:
        self.compose.stop()
        self.disk.unmount()

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        options = "-csearch_path=market,public -cTimeZone=UTC"
        with psycopg.connect(self.compose.warehouse_dsn("reader"), connect_timeout=5, options=options) as connection:
            return connection.execute(query).fetchall()  # type: ignore[arg-type]

    @contextmanager
    def api(self) -> Iterator[AirflowApi]:
        api = AirflowApi(self.compose.web_url, "admin", self.compose.secret("admin_password").strip())
        try:
            yield api
        finally:
            api.close()

    def pipeline(self) -> Pipeline:
        environ = {
            "CORTEX_URL": self.compose.environment("scheduler")["CORTEX_URL"],
            "WAREHOUSE_DSN": self.compose.warehouse_dsn("owner"),
            "CORTEX_SIGNALS_SETTINGS": str(self.settings_file),
            "CORTEX_SIGNALS_ALLOW_SIMULATED": "1",
        }
        return from_environment(read_environment(environ))

    def kill(self, service: str) -> str:
        """All of the container, as the kernel ends it with its first process."""
        name = SERVICES.get(service, service)
        pid = self._pid(name)
        self.compose.kill(name)
        return f"process {pid}"

    def _pid(self, name: str) -> int:
        until = time.monotonic() + STARTED_WITHIN_SECONDS
        while not (pid := self.compose.pid(name)):
            if time.monotonic() > until:
                raise NothingThereError(f"{name} does not run")
            time.sleep(0.5)
        return pid

    def kill_worker(self, rng: random.Random) -> str:
        """A whole worker, or one of the processes in which it runs tasks."""
        name = rng.choice([name for name in self.compose.names() if name.startswith("worker-")])
        self._pid(name)
        inside = self.compose.processes(name)[1:]
        if not inside or rng.random() > BY_ITSELF:
            self.compose.kill(name)
            return f"{name} whole"
        return f"process {kill_any(inside, rng)} of {name}"

    def processes(self, *words: str) -> Sequence[psutil.Process]:
        found = []
        for process in psutil.process_iter(["cmdline", "environ"]):
            is_ours = (process.info["environ"] or {}).get(TAG, "").startswith(f"{self.compose.folder} ")
            if is_ours and all(word in " ".join(process.info["cmdline"] or []) for word in words):
                found.append(process)
        return found

    def database_services(self) -> Collection[str]:
        return ["database"]

    def administrator(self, what: str) -> tuple[str, str]:
        return self.compose.warehouse_dsn("postgres"), "airflow" if what == "metadata" else "market"

    def states(self) -> Mapping[str, str]:
        return {
            name: "RUNNING" if self.compose.pid(name) else "ENDED" for name in self.compose.names() if name not in ONCE
        }

    def server_log(self) -> Path:
        return self.compose.log("postgres")


class _Moved(NativeCompose):
    """Whose Python programs have a clock that can be moved: the lab the source's, all others the pipeline's."""

    clocks: Clocks

    def environment(self, name: str) -> dict[str, str]:
        found = super().environment(name)
        if not self.instances[name].is_ours or not self.clocks.library.exists():
            return found
        return {**found, **self.clocks.environment("source" if name == "lab" else "pipeline")}
