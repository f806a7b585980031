"""The warehouse: an embedded PostgreSQL as the launcher starts it, with a fresh database for each load."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from bench.processes import cortex_signals, cpu_seconds
from include.launcher.postgres import EmbeddedPostgres

OWNER, PASSWORD = "bench_owner", "only on loopback, for minutes"
STATISTICS_SECONDS = 2  # until the statistics of sessions that ended are to be read


@dataclass(frozen=True)
class Work:
    """What the server did: CPU of all its processes, time its sessions spent in statements, write-ahead log."""

    cpu_seconds: float
    statement_seconds: float
    wal_megabytes: float


class Server:
    """A server that runs, and its databases."""

    def __init__(self, postgres: EmbeddedPostgres) -> None:
        self.postgres = postgres
        self._numbers = count(1)

    def new_database(self) -> str:
        """Name of an empty database."""
        name = f"bench_{next(self._numbers)}"
        self.postgres.create_database(name, OWNER)
        return name

    def new_warehouse(self) -> str:
        """Name of a migrated database."""
        name = self.new_database()
        cortex_signals({"WAREHOUSE_DSN": self.dsn(name), "CORTEX_URL": "http://127.0.0.1:9"}, "migrate")
        return name

    def dsn(self, database: str) -> str:
        return self.postgres.dsn(database, OWNER, PASSWORD)

    def ask(self, query: str, database: str = "postgres") -> Any:
        """The first value of the answer."""
        with self.postgres.connect(database) as connection:
            row = connection.execute(query.encode()).fetchone()
        return row[0] if row else None

    @property
    def version(self) -> str:
        return str(self.ask("SHOW server_version")).split()[0]

    @contextmanager
    def measured(self, database: str) -> Iterator[list[Work]]:
        """The list gets what the server did inside the block; every block begins behind a checkpoint."""
        with self.postgres.connect() as connection:
            connection.execute("CHECKPOINT")
        done: list[Work] = []
        before = self._counters(database)
        yield done
        cpu = cpu_seconds(self._pid)
        time.sleep(STATISTICS_SECONDS)
        after = self._counters(database)
        done.append(Work(cpu - before[0], (after[1] - before[1]) / 1e3, (after[2] - before[2]) / 1e6))

    @property
    def _pid(self) -> int:
        postmaster = self.postgres.postmaster()
        assert postmaster is not None
        return int(postmaster.pid)

    def _counters(self, database: str) -> tuple[float, float, float]:
        statements = f"SELECT active_time FROM pg_stat_database WHERE datname = '{database}'"
        wal = "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')"
        return cpu_seconds(self._pid), float(self.ask(statements)), float(self.ask(wal))


@contextmanager
def running(work: Path) -> Iterator[Server]:
    """A server with the launcher's settings in a folder below `work`, removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="postgres-", dir=work))
    folder.chmod(0o755)  # as root, the server runs as another user
    postgres = EmbeddedPostgres(folder / "postgres", password=PASSWORD)
    try:
        postgres.start()
        postgres.ensure_role(OWNER, PASSWORD, "CREATEROLE")
        yield Server(postgres)
    finally:
        postgres.stop()
        shutil.rmtree(folder)
