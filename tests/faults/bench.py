"""What scenarios run on: PostgreSQL servers that outlive a scenario, a database for each, and the real command."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import psycopg

from include.launcher.postgres import EmbeddedPostgres
from include.settings import PACKAGE
from include.warehouse.connection import Warehouse
from include.warehouse.migrate import migrate
from tests.integration.conftest import DEFAULT_VERSION, OWNER, PASSWORD, running_server

ROOT = PACKAGE.parent
TEMPLATE = "migrated"
RUN_SECONDS = 120  # a command that takes longer hangs
TENANT = "trading"


class Bench:
    """A server that is left alone and one that may be killed, each started when it is first asked for.

    One thread uses a bench at a time.
    """

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._servers: dict[bool, EmbeddedPostgres] = {}
        self._databases = 0
        self.folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="cortex-signals-faults-")))

    def __enter__(self) -> Bench:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def server(self, *, to_be_killed: bool) -> EmbeddedPostgres:
        """A running server with a migrated template database."""
        if to_be_killed not in self._servers:
            server = self._stack.enter_context(running_server(DEFAULT_VERSION))
            server.create_database(TEMPLATE, OWNER)
            migrate(Warehouse(server.dsn(TEMPLATE, OWNER, PASSWORD)))
            self._servers[to_be_killed] = server
        return self._servers[to_be_killed]

    @contextmanager
    def database(self, server: EmbeddedPostgres) -> Iterator[Database]:
        """A fresh migrated database that ends with the block."""
        self._databases += 1
        name = f"faults_{self._databases}"
        with server.connect() as connection:
            connection.execute(f"CREATE DATABASE {name} OWNER {OWNER} TEMPLATE {TEMPLATE}")
        database = Database(server, name)
        try:
            yield database
        finally:
            database.ensure_running()
            server.drop_database(name)


@dataclass(frozen=True)
class Database:
    """One scenario's database, and the server under it."""

    server: EmbeddedPostgres
    name: str

    @property
    def dsn(self) -> str:
        return self.server.dsn(self.name, OWNER, PASSWORD)

    def connect(self) -> psycopg.Connection[Any]:
        """A superuser's connection in autocommit, beside the command's."""
        connection = self.server.connect(self.name)
        connection.execute("SET search_path = market, public")
        return connection

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with self.connect() as connection:
            return connection.execute(query).fetchall()

    def ledger_rows(self) -> int:
        """How many there are; 0 while the server does not answer."""
        with suppress(psycopg.OperationalError):
            return int(self.rows("SELECT count(*) FROM ingest_windows")[0][0])
        return 0

    def waiting_for(self, table: str) -> list[int]:
        """The backends of the command that wait for a lock on the table, or for another that does."""
        query = (
            "SELECT a.pid FROM pg_stat_activity AS a WHERE a.datname = current_database() "
            "AND a.application_name = 'cortex-signals' AND a.wait_event_type = 'Lock' AND EXISTS (SELECT FROM pg_locks AS l "
            f"WHERE l.pid = a.pid AND NOT l.granted AND l.relation = 'market.{table}'::regclass)"
        )
        return [pid for (pid,) in self.rows(query)]

    def stop(self, number: signal.Signals) -> None:
        """Ends the whole server by that signal, SIGQUIT or SIGKILL, its workers too."""
        postmaster = self.server.postmaster()
        if postmaster is None:
            return
        workers = postmaster.children(recursive=True)
        postmaster.send_signal(number)
        for worker in workers if number == signal.SIGKILL else []:
            with suppress(psutil.NoSuchProcess):
                worker.kill()
        self.server.stop()
        psutil.wait_procs(workers, timeout=20)

    def ensure_running(self) -> None:
        """Starts the server where it is down, and waits where it recovers."""
        if self.server.postmaster() is None:
            self.server.stop()  # reaps what was killed
            self.server.start()
        self.server.wait_until_ready()


@dataclass
class Command:
    """A running `cortex-signals` command; its output goes to files, so that it never waits for us."""

    arguments: tuple[str, ...]
    folder: Path
    process: subprocess.Popen[bytes]
    stopped_by_us: set[signal.Signals] = field(default_factory=set)

    def send(self, number: signal.Signals) -> None:
        """A signal to it and nobody else."""
        if self.process.poll() is None:
            self.stopped_by_us.add(number)
            self.process.send_signal(number)

    def ended(self, seconds: float = RUN_SECONDS) -> Ended:
        """What it left; one that hangs is killed, and its exit code is None."""
        code: int | None
        try:
            code = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            code = None
        stdout, stderr = ((self.folder / name).read_text("utf-8", "replace") for name in ("stdout", "stderr"))
        return Ended(self.arguments, code, stdout, stderr, frozenset(self.stopped_by_us))


@dataclass(frozen=True)
class Ended:
    """A command's end."""

    arguments: tuple[str, ...]
    code: int | None
    stdout: str
    stderr: str
    stopped_by_us: frozenset[signal.Signals]

    def __str__(self) -> str:
        last = (self.stderr.strip() or self.stdout.strip()).splitlines()[-1:]
        return f"{' '.join(self.arguments)} → {self.code}: {' '.join(last)[:300]}"


@dataclass
class Console:
    """Starts the command with this scenario's addresses, secrets and settings."""

    folder: Path
    environment: dict[str, str]
    started: int = 0

    def start(self, *arguments: str) -> Command:
        self.started += 1
        folder = self.folder / f"run-{self.started}"
        folder.mkdir()
        with (folder / "stdout").open("wb") as out, (folder / "stderr").open("wb") as err:
            process = subprocess.Popen(
                [sys.executable, "-m", "include.cli", *arguments],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
            )
        return Command(arguments, folder, process)


def console(folder: Path, url: str, dsn: str, token: str, settings: str) -> Console:
    folder.mkdir()
    (folder / "settings.toml").write_text(settings, encoding="utf-8")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("CORTEX_", "WAREHOUSE_", "AIRFLOW", "PG"))}
    return Console(
        folder,
        {
            **kept,
            "PYTHONPATH": str(ROOT),
            "CORTEX_URL": url,
            "CORTEX_TENANT": TENANT,
            "CORTEX_TOKEN": token,
            "WAREHOUSE_DSN": dsn,
            "CORTEX_SIGNALS_ALLOW_SIMULATED": "1",
            "CORTEX_SIGNALS_HOME": str(folder),
            "CORTEX_SIGNALS_SETTINGS": str(folder / "settings.toml"),
        },
    )


def small_settings(window_minutes: int, first_load_minutes: int, attempts: int, timeout_seconds: float) -> str:
    """The shipped settings with small windows and little patience."""
    text = (PACKAGE / "settings.toml").read_text(encoding="utf-8")
    changes: Sequence[tuple[str, float]] = (
        ("window_days", window_minutes / 1440),
        ("first_load_days", first_load_minutes / 1440),
        ("timeout_seconds", timeout_seconds),
        ("attempts", attempts),
    )
    for name, value in changes:
        text, found = re.subn(rf"(?m)^{name}\s*=.*$", f"{name} = {value!r}", text)
        assert found == 1, f"{name} stands {found} times in the settings"
    return text


def wait_until(done: Any, seconds: float) -> bool:
    """Whether it came to be before a generous bound."""
    until = time.monotonic() + seconds
    while not done():
        if time.monotonic() > until:
            return False
        time.sleep(0.01)
    return True
